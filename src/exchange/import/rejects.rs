//! The file of rejects: the rows that were refused, as they were, with the reason beside each.

use std::collections::BTreeMap;

use crate::exchange::table::{REASON, Table, folded};
use crate::text::csv_cell;

use super::rows::Refusal;

/// Whether a column is the one that says why a row was refused: it is read over, and not kept twice.
pub fn is_reason(name: &str) -> bool {
    folded(name) == REASON
}

/// Whether a file holds refused rows, by its headings.
pub fn is_rejects(bytes: &[u8]) -> bool {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    String::from_utf8_lossy(first).contains(REASON)
}

/// The sign between the cells of a file of refused rows: it stands before the last heading.
pub fn delimiter(bytes: &[u8]) -> Option<u8> {
    let first = bytes.split(|byte| *byte == b'\n').next()?;
    let at = first.windows(REASON.len()).rposition(|found| found == REASON.as_bytes())?;
    let before = first[..at].iter().rev().find(|byte| **byte != b'"')?;
    (!before.is_ascii_alphanumeric()).then_some(*before)
}

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
    // Rejects that were refused again have their old reasons left out.
    let kept = |at: usize| table.columns.get(at).is_none_or(|column| !is_reason(&column.name));
    let header = (0..).zip(&table.columns).filter(|(at, _)| kept(*at));
    let header = header.map(|(_, column)| column.name.as_str()).chain([REASON]);
    writer.write_record(header.map(|name| csv_cell(name).into_owned()))?;
    for row in &table.rows {
        let Some(reasons) = reasons.get(&row.at) else { continue };
        let cells = (0..).zip(&row.cells).filter(|(at, _)| kept(*at));
        let cells = cells.map(|(_, cell)| csv_cell(&cell.shown()).into_owned());
        writer.write_record(cells.chain([csv_cell(&reasons.join("; ")).into_owned()]))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
