//! The file of rejects: the rows that were refused, as they were, with the reason beside each.

use std::collections::BTreeMap;

use crate::exchange::table::Table;
use crate::text::csv_cell;

use super::rows::Refusal;
use super::wiring::REASON;

/// Writes the refused rows as CSV, ready to be corrected and imported again.
pub fn write(table: &Table, refused: &[Refusal]) -> Result<Vec<u8>, csv::Error> {
    let mut reasons: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for refusal in refused {
        let column = refusal.column.and_then(|column| table.columns.get(column));
        let reason = match column {
            Some(column) => format!("{}: {}", column.name, refusal.reason),
            None => refusal.reason.clone(),
        };
        reasons.entry(refusal.row).or_default().push(reason);
    }
    let mut writer = csv::WriterBuilder::new()
        .delimiter(table.delimiter.unwrap_or(b','))
        .from_writer(b"\xEF\xBB\xBF".to_vec());
    let header = table.columns.iter().map(|column| column.name.as_str()).chain([REASON]);
    writer.write_record(header.map(|name| csv_cell(name).into_owned()))?;
    for row in &table.rows {
        let Some(reasons) = reasons.get(&row.at) else { continue };
        let cells = row.cells.iter().map(|cell| csv_cell(&cell.shown()).into_owned());
        writer.write_record(cells.chain([csv_cell(&reasons.join("; ")).into_owned()]))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
