//! Rows at the end of a table that are no records: what sums up the others, and the notes that stand below that.

use crate::text::{list, plural};

use super::header::filled;
use super::{Form, Hints, Raw, Row, folded};

/// First words of a row that sums up the others.
const TOTALS: [&str; 12] = [
    "total",
    "totals",
    "sum",
    "grand total",
    "subtotal",
    "summe",
    "gesamt",
    "gesamtsumme",
    "insgesamt",
    "totale",
    "somme",
    "total général",
];

/// Leaves out the totals at the end, with the notes below them, and says so.
///
/// Notes alone stay: a row with nothing but a name may be a record.
pub(super) fn leave_out(rows: &mut Vec<Row>, form: Form, hints: &Hints) -> Vec<String> {
    let is_end = |row: &&Row| is_total(row, hints) || is_note(row);
    let tail = rows.iter().rev().take_while(is_end).count();
    let first = rows.len() - tail;
    let total = rows.iter().skip(first).position(|row| is_total(row, hints));
    let mut notes = Vec::new();
    if let Some(total) = total {
        let left = rows.split_off(first + total);
        let (totals, below): (Vec<Row>, Vec<Row>) = left.into_iter().partition(|row| is_total(row, hints));
        notes.push(format!("{} left out: totals at the end", named(&totals, form)));
        if !below.is_empty() {
            notes.push(format!("{} left out: notes below the total", named(&below, form)));
        }
    }
    let within: Vec<Row> = rows.iter().filter(|row| is_total(row, hints)).take(4).cloned().collect();
    if !within.is_empty() {
        let is = plural(within.len(), "is");
        notes.push(format!(
            "{} {is} called a total and stands among the records: read as one",
            named(&within, form)
        ));
    }
    notes
}

/// Rows by their numbers: `rows 5 and 6`.
fn named(rows: &[Row], form: Form) -> String {
    let noun = if form == Form::Lines { "line" } else { "row" };
    let numbers: Vec<String> = rows.iter().map(|row| row.at.to_string()).collect();
    format!("{} {}", plural(rows.len(), noun), list(&numbers, "and"))
}

/// Whether a row sums up others: its first cell says so, and nothing but numbers follows.
fn is_total(row: &Row, hints: &Hints) -> bool {
    let mut cells = row.cells.iter().filter(|cell| !cell.is_empty());
    let Some(Raw::Text(first)) = cells.next() else { return false };
    let first = folded(first.trim_end_matches([':', ' ']));
    let rest = |word: &str| first.strip_prefix(word).map(str::to_owned);
    let says =
        |word: &str| rest(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':', '(']));
    if hints.totals.iter().any(|word| says(&folded(word))) {
        return true;
    }
    // "Total quality management" has more than numbers beside its name.
    let sums = cells.clone().all(is_numeric);
    let is_sparse = filled(&row.cells) * 2 <= row.cells.len();
    // "Portfolio total", with sums and nothing else.
    let ends = first.ends_with(" total") && sums && cells.next().is_some();
    ends || TOTALS.iter().any(|word| first == *word || (says(word) && (sums || is_sparse)))
}

fn is_numeric(cell: &Raw) -> bool {
    match cell {
        Raw::Number(_) | Raw::Fault(_) => true,
        Raw::Text(text) => {
            text.contains(|c: char| c.is_ascii_digit())
                && text.chars().filter(|c| c.is_alphabetic()).count() < 4
        }
        _ => false,
    }
}

/// Whether a row may be a note: little but a text at its beginning.
fn is_note(row: &Row) -> bool {
    let first = row.cells.iter().find(|cell| !cell.is_empty());
    let most = (row.cells.len() / 3).max(1);
    row.cells.len() > 1 && matches!(first, Some(Raw::Text(_))) && filled(&row.cells) <= most
}

#[cfg(test)]
mod tests {
    use super::super::csv::read;
    use super::*;

    fn left(text: &str) -> (usize, Vec<String>) {
        let table = read(text.as_bytes(), &Hints::default()).unwrap();
        (table.rows.len(), table.notes)
    }

    #[test]
    fn totals_at_the_end_are_left_out_and_told() {
        let read = left("name,cost,note\nTotal quality,3,x\nCRM,5,\n,,\nTotal,8,\nGrand total:,8,\n");
        assert_eq!(read, (2, vec!["lines 5 and 6 left out: totals at the end".to_owned()]));
        for total in ["Summe (EUR)", "Portfolio total", "Total:"] {
            let read = left(&format!("name,cost\nCRM,5\n{total},5\n"));
            assert_eq!(read, (1, vec!["line 3 left out: totals at the end".to_owned()]), "{total}");
        }
    }

    #[test]
    fn notes_below_a_total_go_with_it() {
        let read = left("name,cost,note\nCRM,5,\nTotal,8,\n,,\nSource: finance,,\nAs of October,,\n");
        let told = ["line 3 left out: totals at the end", "lines 5 and 6 left out: notes below the total"];
        assert_eq!(read, (1, told.map(str::to_owned).to_vec()));
    }

    #[test]
    fn a_record_is_not_taken_for_a_total_or_a_note() {
        assert_eq!(left("name,cost,note\nCRM,5,\nTotal rewards,8,new\n"), (2, vec![]));
        assert_eq!(left("name,cost,note\nCRM,5,\nERP,,\n"), (2, vec![]));
        let read = left("name,cost,note\nCRM,5,\nTotal,5,\nERP,7,x\n");
        let told = "line 3 is called a total and stands among the records: read as one";
        assert_eq!(read, (3, vec![told.to_owned()]));
    }
}
