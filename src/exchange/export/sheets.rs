//! Tables of records as tables of a page, for the sheets of a workbook.

use rust_decimal::Decimal;

use crate::document::{Cell, Column, Row, Table as Page};

use super::table::Table;
use super::value::{Value, guarded, list};

/// The table as one of a page: the same columns, and values that keep their types.
///
/// A text that begins with an apostrophe, and an empty one, have one before them as in CSV, since import takes one
/// off; nothing else does, as a workbook says itself what is text.
pub fn sheet(table: &Table) -> Page {
    let columns = table.columns.iter().map(|column| Column::new(column.name.as_str(), column.name.as_str()));
    let mut page = Page::new(table.name(), columns.collect()).main();
    page.rows = table.rows.iter().map(|row| Row::Cells(row.iter().map(cell).collect())).collect();
    page
}

fn cell(value: &Value) -> Cell {
    let text = |text: &str| match text {
        "" => Cell::text("'"),
        quoted if quoted.starts_with('\'') => Cell::text(guarded(quoted)),
        plain => Cell::text(plain),
    };
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
