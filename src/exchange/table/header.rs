//! Where the header of a table stands, in one row or two.

use std::collections::BTreeSet;

use crate::text::{count, cut};

use super::{Column, Form, Hints, REASON, Raw, Row, Table, Unreadable, folded, totals, trimmed};

/// Rows in which the header is looked for.
pub(super) const SEARCHED: usize = 25;

/// Makes a table of lines: finds the header, and leaves out what is blank or a total at the end.
///
/// `merged` are ranges of cells that are one, as first row, first column, last row, last column, from 0.
pub(super) fn settle(
    lines: Vec<super::csv::Line>,
    merged: &[[u32; 4]],
    form: Form,
    hints: &Hints,
) -> Result<Table, Unreadable> {
    let lines: Vec<_> =
        lines.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).collect();
    // Refused rows have their header at the top, wherever it stood in the file that they come from.
    let is_rejects = is_rejects(&lines);
    let at = match hints.header {
        _ if is_rejects => 0,
        Some(said) => lines.iter().position(|(at, _)| *at == said).ok_or_else(|| {
            Unreadable::new(format!("there is no header in row {said}: the row is blank, or beyond the end"))
        })?,
        None => {
            found(&lines, hints).ok_or_else(|| Unreadable::new("there is no header: the table is empty"))?
        }
    };
    let is_found = hints.header.is_none() && hints.header_rows != Some(1) && !is_rejects;
    let begins_above = is_found && completes(&lines, at);
    let at = at - usize::from(begins_above);
    let upper = names(&lines[at], merged);
    let lower = lines.get(at + 1);
    let is_double = match hints.header_rows {
        _ if is_rejects => false,
        Some(rows) => rows > 1,
        None if begins_above => true,
        None => lower.is_some_and(|lower| is_second_row(&upper, lower, hints)),
    };
    let lower = lower.filter(|_| is_double).map(|line| names(line, &[]));
    let mut columns = columns_of(&upper, lower.as_deref());
    if columns.is_empty() {
        return Err(Unreadable::new(format!("the header in row {} has no names", lines[at].0)));
    }
    let mut notes = Vec::new();
    number_twins(&mut columns, &mut notes);
    let header = match lower {
        Some(_) => format!("header in rows {} and {}", lines[at].0, lines[at + 1].0),
        None => format!("header in {} {}", if form == Form::Lines { "line" } else { "row" }, lines[at].0),
    };
    if at > 0 {
        notes.push(format!("{} above the header left out", count(at, "row")));
    }
    let head_at = lines[at].0;
    let below = at + 1 + usize::from(is_double);
    let beyond = lines[below..].iter().find(|(_, cells)| has_beyond(cells, &columns));
    if let Some((row, _)) = beyond {
        notes.push(format!("cells without a header are left out, the first in row {row}"));
    }
    let mut rows: Vec<Row> = lines
        .into_iter()
        .skip(below)
        .map(|(at, mut line)| {
            let cells =
                columns.iter().map(|column| line.get_mut(column.at).map(std::mem::take).unwrap_or_default());
            Row { at, cells: cells.collect() }
        })
        .filter(|row| row.cells.iter().any(|cell| !cell.is_empty()))
        .collect();
    notes.extend(totals::leave_out(&mut rows, form, hints));
    Ok(Table {
        columns,
        rows,
        form,
        described: String::new(),
        header,
        header_at: head_at,
        header_rows: if is_double { 2 } else { 1 },
        sheet: None,
        notes,
        delimiter: None,
        counts_from_1904: false,
    })
}

/// Whether a column of the first line holds the reasons of refused rows.
pub(super) fn is_rejects(lines: &[super::csv::Line]) -> bool {
    let is_reason = |cell: &Raw| matches!(cell, Raw::Text(text) if folded(text) == REASON);
    lines.first().is_some_and(|(_, cells)| cells.iter().any(is_reason))
}

/// The row that is most likely the header: it has names that are known, or else it is wide and all text.
fn found(lines: &[super::csv::Line], hints: &Hints) -> Option<usize> {
    let known = known(hints);
    let widest = lines.iter().take(SEARCHED).map(|(_, cells)| filled(cells)).max()?;
    let score = |cells: &[Raw]| {
        let is_all_text = texts(cells).count() == filled(cells);
        let is_wide = filled(cells) * 2 > widest;
        (hits(cells, &known), is_all_text && is_wide)
    };
    let mut best: Option<(usize, (usize, bool))> = None;
    for (at, (_, cells)) in lines.iter().take(SEARCHED).enumerate() {
        let this = score(cells);
        if best.is_none_or(|(_, known)| this > known) {
            best = Some((at, this));
        }
    }
    best.map(|(at, _)| at)
}

/// How many names that are known stand in one of the first lines.
pub(super) fn known_names(lines: &[super::csv::Line], hints: &Hints) -> usize {
    let known = known(hints);
    lines.iter().take(SEARCHED).map(|(_, cells)| hits(cells, &known)).max().unwrap_or(0)
}

fn known(hints: &Hints) -> BTreeSet<String> {
    hints.known.iter().map(|name| folded(name)).collect()
}

fn texts(cells: &[Raw]) -> impl Iterator<Item = &String> {
    cells.iter().filter_map(|cell| if let Raw::Text(text) = cell { Some(text) } else { None })
}

fn hits(cells: &[Raw], known: &BTreeSet<String>) -> usize {
    texts(cells).filter(|text| known.contains(&folded(text))).count()
}

pub(super) fn filled(cells: &[Raw]) -> usize {
    cells.iter().filter(|cell| !cell.is_empty()).count()
}

/// The names in a row; a name over merged cells is that of each.
fn names(line: &super::csv::Line, merged: &[[u32; 4]]) -> Vec<String> {
    let (at, cells) = line;
    let one_line = |cell: &Raw| cell.shown().split_whitespace().collect::<Vec<_>>().join(" ");
    let mut names: Vec<String> = cells.iter().map(one_line).collect();
    for [top, left, _, right] in merged.iter().filter(|range| range[0] as usize + 1 == *at) {
        let _ = top;
        let name = names.get(*left as usize).cloned().unwrap_or_default();
        for column in *left as usize..=(*right as usize).min(names.len().saturating_sub(1)) {
            names[column].clone_from(&name);
        }
    }
    names
}

/// Whether the line above a header names columns that it leaves open and that have cells below: both are the header,
/// as where cells are merged from one into the other.
fn completes(lines: &[super::csv::Line], at: usize) -> bool {
    let (Some((row, header)), Some((above, upper))) =
        (lines.get(at), at.checked_sub(1).and_then(|above| lines.get(above)))
    else {
        return false;
    };
    let is_open = |column: &usize| header.get(*column).is_none_or(Raw::is_empty);
    let is_used = |column: &usize| {
        let below = lines.iter().skip(at + 1).take(SEARCHED);
        below.filter(|(_, cells)| cells.get(*column).is_some_and(|cell| !cell.is_empty())).count() > 1
    };
    let is_all_text = |cells: &[Raw]| texts(cells).count() == filled(cells);
    let names =
        |column: &usize| matches!(upper.get(*column), Some(Raw::Text(text)) if !has_digit_first(text));
    // A title stands alone in its row.
    *row == above + 1
        && filled(upper) > 1
        && is_all_text(upper)
        && is_all_text(header)
        && (0..upper.len()).any(|column| names(&column) && is_open(&column) && is_used(&column))
}

/// Whether the line below a header belongs to it: the header repeats names or leaves gaps, and the line is all text
/// and names every gap.
fn is_second_row(upper: &[String], lower: &super::csv::Line, hints: &Hints) -> bool {
    let last = upper.iter().rposition(|name| !name.is_empty()).unwrap_or(0);
    let is_text = |cell: &Raw| cell.is_empty() || matches!(cell, Raw::Text(text) if !has_digit_first(text));
    let all_text = lower.1.iter().all(is_text);
    let named_below = |column: usize| lower.1.get(column).is_some_and(|cell| !cell.is_empty());
    let open: Vec<usize> = (0..=last.max(lower.1.len().saturating_sub(1)))
        .filter(|column| {
            let name = upper.get(*column).map(String::as_str).unwrap_or_default();
            let before = column.checked_sub(1).and_then(|before| upper.get(before));
            name.is_empty() || before.is_some_and(|before| before == name)
        })
        .collect();
    let is_sparse = lower.1.iter().take(upper.len()).filter(|cell| cell.is_empty()).count() > 0;
    let known = lower
        .1
        .iter()
        .any(|cell| matches!(cell, Raw::Text(text) if hints.known.iter().any(|k| folded(k) == folded(text))));
    !open.is_empty()
        && all_text
        && open.iter().all(|column| named_below(*column))
        && (is_sparse || known || open.len() > 1)
}

fn has_digit_first(text: &str) -> bool {
    trimmed(text).starts_with(|c: char| c.is_ascii_digit() || "£$€-(".contains(c))
}

/// The columns that have a name; of a header of two rows, both parts joined, the upper one reaching to the right.
fn columns_of(upper: &[String], lower: Option<&[String]>) -> Vec<Column> {
    let width = upper.len().max(lower.map_or(0, <[String]>::len));
    let mut group = String::new();
    let mut columns = Vec::new();
    for at in 0..width {
        let above = upper.get(at).map(String::as_str).unwrap_or_default();
        let below = lower.and_then(|lower| lower.get(at)).map(String::as_str).unwrap_or_default();
        if !above.is_empty() {
            above.clone_into(&mut group);
        }
        let name = match (lower.is_some(), above.is_empty(), below.is_empty()) {
            (false, _, _) | (true, false, true) => above.to_owned(),
            (true, _, false) if group.is_empty() => below.to_owned(),
            (true, _, false) => format!("{group} / {below}"),
            (true, true, true) => String::new(),
        };
        let name = trimmed(&name).to_owned();
        if !name.is_empty() {
            columns.push(Column { name, at });
        }
    }
    columns
}

/// Gives columns of the same name a number, so that each can be named: `Date`, `Date (2)`.
fn number_twins(columns: &mut [Column], notes: &mut Vec<String>) {
    let mut seen: BTreeSet<String> = columns.iter().map(|column| folded(&column.name)).collect();
    let mut first = BTreeSet::new();
    for column in columns {
        if first.insert(folded(&column.name)) {
            continue;
        }
        let own = column.name.clone();
        let mut names = (2..).map(|number| format!("{own} ({number})"));
        if let Some(name) = names.find(|name| !seen.contains(&folded(name))) {
            notes.push(format!(
                "two columns are called `{0}`: the other is `{1}` here",
                cut(&own, 40),
                cut(&name, 46)
            ));
            first.insert(folded(&name));
            seen.insert(folded(&name));
            column.name = name;
        }
    }
}

fn has_beyond(cells: &[Raw], columns: &[Column]) -> bool {
    let named = |at: usize| columns.iter().any(|column| column.at == at);
    cells.iter().enumerate().any(|(at, cell)| !cell.is_empty() && !named(at))
}

#[cfg(test)]
mod tests {
    use super::super::csv::read;
    use super::*;

    fn table(text: &str, known: &[&str]) -> Table {
        let hints = Hints { known: known.iter().map(|k| (*k).to_owned()).collect(), ..Hints::default() };
        read(text.as_bytes(), &hints).unwrap()
    }

    fn names(table: &Table) -> Vec<&str> {
        table.columns.iter().map(|column| column.name.as_str()).collect()
    }

    #[test]
    fn a_header_is_found_below_a_title() {
        let read = table("Portfolio 2026,,\n,,\nName,Budget,Finish\nCRM,5,2027-01-01\n", &[]);
        assert_eq!((names(&read), read.rows.len()), (vec!["Name", "Budget", "Finish"], 1));
        assert_eq!(read.header, "header in line 3");
        assert_eq!(read.notes, ["1 row above the header left out"]);
    }

    #[test]
    fn two_rows_are_one_header() {
        let read = table(
            "Project,Budget,,Dates,\n,approved,spent,start,finish\nCRM,5,2,2026-01-01,2027-01-01\n",
            &[],
        );
        let expected = ["Project", "Budget / approved", "Budget / spent", "Dates / start", "Dates / finish"];
        assert_eq!(names(&read), expected);
        assert_eq!(read.rows.len(), 1);
    }

    #[test]
    fn a_header_that_begins_above_the_row_with_the_known_names_is_taken_whole() {
        let text = "Review of November,,,\nProject,Governance,,Money\n,SRO,Manager,approved\nCRM,Liam,Jana,5\nERP,Liam,Amir,6\n";
        let read = table(text, &["sro", "manager", "approved"]);
        assert_eq!(names(&read), ["Project", "Governance / SRO", "Governance / Manager", "Money / approved"]);
        assert_eq!((read.header.as_str(), read.rows.len()), ("header in rows 2 and 3", 2));
    }

    #[test]
    fn a_row_of_texts_below_a_full_header_is_a_record() {
        let read = table("name,manager,note\nCRM,Jana,\nERP,Liam,x\nHR,Liam,y\n", &["name"]);
        assert_eq!((read.rows.len(), names(&read)), (3, vec!["name", "manager", "note"]));
        assert_eq!(table("name,manager\nCRM,Jana\nERP,Liam\n", &[]).rows.len(), 2);
    }
}
