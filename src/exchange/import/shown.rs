//! What the cells of a column show of how they are read: the order of day and month, and the sign before a fraction.
//!
//! A cell that could be two things is read as another cell of its column can only be read; that is said, with the line
//! of the other. Where a column shows both, nothing is taken from it.

use crate::exchange::table::{Raw, Table, trimmed};
use crate::text::cut;

use super::value::date::{self, Order};
use super::value::number;
use super::wiring::Piece;

/// What a column shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown<T> {
    /// The one thing that its cells show, if it is one.
    pub value: Option<T>,
    /// What is to be said of it: that other cells are read by it, or that the column shows both.
    pub note: Option<String>,
}

/// The texts of a column that may be a number or a day, with their rows.
fn texts<'t>(
    table: &'t Table,
    column: usize,
    part: Option<&'t Piece>,
) -> impl Iterator<Item = (usize, &'t str)> {
    table.rows.iter().filter_map(move |row| {
        let Some(Raw::Text(text)) = row.cells.get(column) else { return None };
        let text = match part {
            Some((index, sign)) => text.split(sign.as_str()).nth(*index)?,
            None => text,
        };
        let text = trimmed(text);
        (text.len() < 40 && text.contains(|c: char| c.is_ascii_digit())).then_some((row.at, text))
    })
}

/// The order of day and month, where some cell of the column can only be read in one and none in the other.
pub fn order(table: &Table, column: usize, part: Option<&Piece>) -> Shown<Order> {
    let (mut day_first, mut month_first, mut is_either) = (None, None, false);
    for (row, text) in texts(table, column, part).filter(|(_, text)| text.contains(['/', '-'])) {
        match date::read(text, None) {
            date::Said::Either(..) => is_either = true,
            date::Said::Day(day) => {
                let only = |order| date::read(text, Some(order)) == date::Said::Day(day);
                match (only(Order::DayFirst), only(Order::MonthFirst)) {
                    (true, false) => day_first = day_first.or(Some(row)),
                    (false, true) => month_first = month_first.or(Some(row)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    let one = |order, row, words| Shown {
        value: Some(order),
        note: is_either.then(|| said(table, column, &format!("{words}, as in {}", table.place(row, None)))),
    };
    match (day_first, month_first) {
        (Some(row), None) => one(Order::DayFirst, row, "the day before the month"),
        (None, Some(row)) => one(Order::MonthFirst, row, "the month before the day"),
        (Some(day), Some(month)) => {
            let (day, month) = (table.place(day, None), table.place(month, None));
            let words = format!("the day first in {day} and the month first in {month}: look which is right");
            Shown { value: None, note: Some(said(table, column, &words)) }
        }
        (None, None) => Shown { value: None, note: None },
    }
}

/// The sign before a fraction, where some cell of the column shows one and none another.
pub fn decimal(table: &Table, column: usize, part: Option<&Piece>) -> Shown<char> {
    let (mut point, mut comma) = (None, None);
    for (row, text) in texts(table, column, part) {
        match number::shows_decimal(text) {
            Some('.') => point = point.or(Some(row)),
            Some(_) => comma = comma.or(Some(row)),
            None => {}
        }
    }
    let one = |sign, row, words| {
        // `1,200` and `1.200` are other numbers by the sign of another row.
        let turns = texts(table, column, part)
            .any(|(_, text)| number::shows_decimal(text).is_none() && is_turned(text, sign));
        let note = turns.then(|| said(table, column, &format!("{words}, as in {}", table.place(row, None))));
        Shown { value: Some(sign), note }
    };
    match (point, comma) {
        (Some(row), None) => one('.', row, "decimal point"),
        (None, Some(row)) => one(',', row, "decimal comma"),
        (Some(point), Some(comma)) => {
            let (point, comma) = (table.place(point, None), table.place(comma, None));
            let words =
                format!("decimal point in {point} and decimal comma in {comma}: each as it is written");
            Shown { value: None, note: Some(said(table, column, &words)) }
        }
        (None, None) => Shown { value: None, note: None },
    }
}

/// Whether a text is another number by a sign than without it.
fn is_turned(text: &str, sign: char) -> bool {
    let alone = number::read(text, None);
    alone != number::Said::Nothing && alone != number::read(text, Some(sign))
}

fn said(table: &Table, column: usize, words: &str) -> String {
    let name = table.columns.get(column).map(|column| cut(&column.name, 40)).unwrap_or_default();
    format!("column `{name}`: {words}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::table::{Hints, read};

    fn table(text: &str) -> Table {
        read("a.csv", text.as_bytes(), &Hints::default()).unwrap()
    }

    #[test]
    fn a_column_shows_its_signs_and_orders() {
        let cells = table("n;d\n1,200;03/04/2026\n1.234,50;31/12/2026\n");
        let sign = decimal(&cells, 0, None);
        assert_eq!(sign.value, Some(','));
        assert_eq!(sign.note.as_deref(), Some("column `n`: decimal comma, as in line 3"));
        let shown = order(&cells, 1, None);
        assert_eq!(shown.value, Some(Order::DayFirst));
        assert_eq!(shown.note.as_deref(), Some("column `d`: the day before the month, as in line 3"));
        let clear = table("n;d\n1.500,00;2026-04-03\n1.234,50;31/12/2026\n");
        assert_eq!((decimal(&clear, 0, None).note, order(&clear, 1, None).note), (None, None));
    }

    #[test]
    fn a_column_with_both_signs_shows_neither() {
        let cells = table("n;d\n1,234.50;12/31/2026\n1.234,50;31/12/2026\n");
        let sign = decimal(&cells, 0, None);
        assert!(
            sign.value.is_none() && sign.note.unwrap().contains("comma in line 3: each as it is written")
        );
        let shown = order(&cells, 1, None);
        assert!(shown.value.is_none() && shown.note.unwrap().contains("first in line 2"));
    }
}
