//! Tables as CSV: one file a table, exact values, nothing that a spreadsheet takes for a formula.

use std::io;

use super::super::cell::guarded;
use super::table::Table;

/// Writes a table as CSV (RFC 4180, UTF-8, a comma between values).
///
/// # Errors
/// What the stream says.
pub fn csv(table: &Table<'_>, stream: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(stream);
    let names = table.columns.iter().map(|column| guarded(&column.name).into_owned());
    writer.write_record(names)?;
    for row in table.rows() {
        let row = row.map_err(io::Error::other)?;
        writer.write_record(row.iter().map(|value| value.written().into_owned()))?;
    }
    writer.flush()
}
