//! Tables of records as tables of a page, for the sheets of a workbook.

use rust_decimal::Decimal;

use crate::document::{Cell, Column, Row, Table as Page};
use crate::model::tree::TreeError;

use super::super::cell::list;
use super::table::Table;
use super::value::Value;

/// The table as one of a page: the same columns, and values that keep their types.
///
/// No text has an apostrophe before it: a workbook says itself what is text.
///
/// # Errors
/// A record cannot be written at all, which no record of the format can.
pub fn sheet(table: &Table<'_>) -> Result<Page, TreeError> {
    let columns = table.columns.iter().map(|column| Column::new(column.name.as_str(), column.name.as_str()));
    let mut page = Page::new(table.name(), columns.collect()).main();
    let row = |row: Result<Vec<Value>, TreeError>| Ok(Row::Cells(row?.iter().map(cell).collect()));
    page.rows = table.rows().map(row).collect::<Result<_, _>>()?;
    Ok(page)
}

fn cell(value: &Value) -> Cell {
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::text(text) };
    match value {
        Value::Missing => Cell::Empty,
        Value::Text(own) => text(own),
        Value::List(own) => text(&list(own)),
        Value::Json(json) => Cell::text(json.as_str()),
        Value::Whole(whole) => Cell::number(Decimal::from(*whole), 0),
        Value::Decimal(number) => Cell::number(*number, 0),
        Value::Date(date) => Cell::Date(*date),
        Value::Flag(flag) => Cell::Flag(*flag),
    }
}
