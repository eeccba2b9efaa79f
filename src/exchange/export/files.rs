//! Tables as CSV: one file a table, exact values, nothing that a spreadsheet takes for a formula.

use super::super::cell::guarded;
use super::table::Table;

/// Why a table has no CSV.
#[derive(Debug, thiserror::Error)]
#[error("the CSV could not be written: {0}")]
pub struct CsvError(String);

/// A table as CSV (RFC 4180, UTF-8, a comma between values).
///
/// # Errors
/// The writer failed.
pub fn csv(table: &Table) -> Result<String, CsvError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| CsvError(error.to_string());
    let names = table.columns.iter().map(|column| guarded(&column.name).into_owned());
    writer.write_record(names).map_err(failed)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|value| value.written().into_owned())).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| CsvError(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| CsvError(error.to_string()))
}
