//! A document as a workbook: a sheet for each of its tables, with real numbers, dates and percentages.
//!
//! Every text is written as text, so that nothing of a register is ever taken for a formula. Figures are what
//! Excel has for them, binary numbers of about fifteen digits; one that would lose a digit is written as text.
//! The same commit and day give the same bytes: the file's own dates are those of the day.

mod about;
mod cell;
mod names;
mod sheet;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::document::{Block, Document, Table};

pub use sheet::Sheet;

/// Why there is no workbook.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// A table is larger than a sheet may be.
    #[error(
        "the table `{name}` has {rows} rows and {columns} columns; a sheet of Excel holds 1,048,576 and 16,384"
    )]
    TooLarge {
        /// The table's name.
        name: String,
        /// How many rows it has.
        rows: usize,
        /// How many columns it has.
        columns: usize,
    },
    /// The page has nothing that a sheet could hold.
    #[error("this page has no table, so there is nothing to put into a workbook")]
    Nothing,
    /// The writer failed.
    #[error("the workbook could not be written: {0}")]
    Write(#[from] rust_xlsxwriter::XlsxError),
}

/// A workbook, and what it could not hold.
#[derive(Debug)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many texts were cut, since a cell of Excel holds no more than 32,767 signs.
    pub cut: usize,
}

/// Writes a page as a workbook: what the page says of itself, then a sheet for each table.
///
/// # Errors
/// There is no table, or one that no sheet can hold.
pub fn xlsx(document: &Document) -> Result<Written, WorkbookError> {
    let mut found = Vec::new();
    tables(&document.blocks, &mut String::new(), &mut found);
    found.retain(|(_, table)| !table.rows.is_empty());
    if found.is_empty() {
        return Err(WorkbookError::Nothing);
    }
    let main = found.iter().position(|(_, table)| table.main).unwrap_or(0);
    let about = about::of(document);
    let mut sheets = vec![Sheet::of_page("About", &about)];
    sheets.extend(found.iter().map(|(name, table)| Sheet::of_page(name, table)));
    workbook(&document.title, document.day, &sheets, main + 1)
}

/// Writes sheets as one workbook, with the one at `active` in front.
///
/// # Errors
/// There is no sheet, or a table that no sheet can hold.
pub fn workbook(
    title: &str,
    day: NaiveDate,
    sheets: &[Sheet<'_>],
    active: usize,
) -> Result<Written, WorkbookError> {
    if sheets.is_empty() {
        return Err(WorkbookError::Nothing);
    }
    let mut book = Workbook::new();
    let created = u16::try_from(day.year()).ok().and_then(|year| {
        let (month, day) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
        ExcelDateTime::from_ymd(year, month, day).ok()
    });
    // A day that Excel does not know must not become that of the clock.
    let created = match created {
        Some(created) => created,
        None => ExcelDateTime::from_ymd(1900, 1, 1)?,
    };
    let properties = DocProperties::new().set_title(cell::clean(title)).set_creation_datetime(&created);
    book.set_properties(&properties);
    let mut names = names::Names::default();
    let mut cut = 0;
    for (at, sheet) in sheets.iter().enumerate() {
        let page = book.add_worksheet();
        page.set_name(names.take(&sheet.name))?;
        page.set_active(at == active.min(sheets.len() - 1));
        cut += sheet.write(page)?;
    }
    Ok(Written { bytes: book.save_to_buffer()?, cut })
}

/// The tables of a page, those in what may be closed too, and what their sheets are called: by their names, and by the
/// page of paper that they stand on.
fn tables<'a>(blocks: &'a [Block], on_page: &mut String, found: &mut Vec<(String, &'a Table)>) {
    for block in blocks {
        match block {
            Block::NewPage(title) => on_page.clone_from(title),
            Block::Fold(fold) => tables(&fold.blocks, on_page, found),
            Block::Table(table) if on_page.is_empty() => found.push((table.key.clone(), table)),
            Block::Table(table) => found.push((format!("{} {on_page}", table.key), table)),
            _ => {}
        }
    }
}
