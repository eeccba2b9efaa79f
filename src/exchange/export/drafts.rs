//! Drafts: records in which something is left to be filled in. They count nowhere, and move as the files that they are.

use std::io;

use serde::Serialize;

use crate::document::{Cell, Column, Row, Table as Page};

use super::super::cell::guarded;

/// The name of the table that holds them.
pub const DRAFT: &str = "draft";

/// The columns of that table.
const COLUMNS: [&str; 2] = ["path", "text"];

/// The longest text that a cell of a workbook holds.
const LONGEST_CELL: usize = 32_767;

/// A draft, as its file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// Where the file stands in the register.
    pub path: String,
    /// What it says, placeholders and comments included.
    pub text: String,
}

impl Draft {
    /// Whether it can be written into a cell of a workbook and come back as it is.
    pub fn fits_a_cell(&self) -> bool {
        self.text.chars().map(char::len_utf16).sum::<usize>() <= LONGEST_CELL && !self.text.contains('\r')
    }
}

/// Writes drafts as a table of CSV.
///
/// # Errors
/// What the stream says.
pub fn drafts_csv(drafts: &[Draft], stream: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(stream);
    writer.write_record(COLUMNS)?;
    for draft in drafts {
        writer.write_record([guarded(&draft.path).as_ref(), guarded(&draft.text).as_ref()])?;
    }
    writer.flush()
}

/// Drafts as a table of a page, for the sheet of a workbook.
pub fn drafts_sheet(drafts: &[Draft]) -> Page {
    let mut page = Page::new(DRAFT, COLUMNS.map(|name| Column::new(name, name)).into()).main();
    let row = |draft: &Draft| Row::Cells(vec![Cell::text(&draft.path), Cell::text(&draft.text)]);
    page.rows = drafts.iter().map(row).collect();
    page
}
