//! Comma-separated values: the delimiter that fits, and rows with their lines.

use super::super::cell::unguarded;
use super::{Form, Hints, MOST_CELLS, Raw, Table, Unreadable, header, text};

/// Signs that stand between cells, the most usual first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Records that are looked at to find the delimiter.
const SAMPLE: usize = 60;

/// A row as it stands in the file.
pub(super) type Line = (usize, Vec<Raw>);

/// Reads a CSV.
pub fn read(bytes: &[u8], hints: &Hints) -> Result<Table, Unreadable> {
    let decoded = text::decode(bytes, hints.encoding.as_deref())?;
    let text = decoded.text.strip_prefix('\u{feff}').unwrap_or(&decoded.text);
    if text.contains('\0') {
        return Err(Unreadable::new("this is no text: it holds zero bytes")
            .help("a table is read from CSV, XLSX, ODS, JSON or YAML"));
    }
    // Excel's own way of naming it, in a line of its own.
    let named = text.lines().next().and_then(|line| line.strip_prefix("sep=")).filter(|sign| sign.len() == 1);
    let (body, skipped) = match named {
        Some(_) => (text.split_once('\n').map_or("", |(_, rest)| rest), 1),
        None => (text, 0),
    };
    let delimiter = hints
        .delimiter
        .or_else(|| named.map(|sign| sign.as_bytes()[0]))
        .unwrap_or_else(|| found_delimiter(body));
    let mut lines = Vec::new();
    let mut cells = 0;
    let mut ends = Ends { bytes: body.as_bytes(), at: 0, line: 1 + skipped };
    for record in reader(body, delimiter).into_byte_records() {
        let record = record.map_err(|error| Unreadable::new(format!("the CSV cannot be read: {error}")))?;
        let line = ends.line_at(record.position().map_or(0, |position| position.byte()) as usize);
        cells += record.len();
        if cells > MOST_CELLS {
            return Err(too_many());
        }
        let cells: Vec<Raw> = record.iter().map(|cell| cell_of(&String::from_utf8_lossy(cell))).collect();
        lines.push((line, cells));
    }
    let described = format!("{}, separated by {}", decoded.encoding, called(delimiter));
    let mut table = header::settle(lines, &[], Form::Lines, hints)?;
    if decoded.lost > 0 {
        let characters = crate::text::count(decoded.lost, "character");
        table.notes.push(format!(
            "{characters} could not be read as {}: say which it is with --encoding",
            decoded.encoding
        ));
    }
    table.described = if table.columns.len() > 1 { described } else { decoded.encoding };
    table.delimiter = Some(delimiter);
    Ok(table)
}

/// The ends of lines of a text, counted as editors count them.
struct Ends<'t> {
    bytes: &'t [u8],
    at: usize,
    line: usize,
}

impl Ends<'_> {
    /// The line in which a record begins; what ended the one before may still stand at its place.
    fn line_at(&mut self, byte: usize) -> usize {
        while let Some(sign) = self.bytes.get(self.at) {
            let ends = match sign {
                b'\n' => true,
                b'\r' => self.bytes.get(self.at + 1) != Some(&b'\n'),
                _ => false,
            };
            if self.at >= byte && !matches!(sign, b'\n' | b'\r') {
                break;
            }
            self.line += usize::from(ends);
            self.at += 1;
        }
        self.line
    }
}

pub(super) fn too_many() -> Unreadable {
    Unreadable::new(format!("the table has more than {MOST_CELLS} cells")).help("split it into several files")
}

/// What a cell says; the sign that keeps a text from being a formula, which `pmo export` writes, is taken away.
fn cell_of(text: &str) -> Raw {
    match unguarded(text) {
        "" => Raw::Empty,
        text => Raw::Text(text.to_owned()),
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// The sign by which most records have the same number of cells, and more than one.
fn found_delimiter(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let widths: Vec<usize> = reader(text, delimiter)
            .into_byte_records()
            .take(SAMPLE)
            .filter_map(|record| record.ok().map(|record| record.len()))
            .collect();
        let widest = widths.iter().copied().max().unwrap_or(1);
        let full = widths.iter().filter(|width| **width == widest).count();
        if widest < 2 || full * 2 <= widths.len() {
            (0, 0)
        } else {
            (full * 100 / widths.len().max(1), widest)
        }
    };
    let mut best = (b',', (0, 0));
    for delimiter in DELIMITERS {
        let found = score(delimiter);
        if found > best.1 {
            best = (delimiter, found);
        }
    }
    // One column: a sign that does not occur leaves its cells whole.
    let absent = || DELIMITERS.into_iter().find(|sign| !text.as_bytes().contains(sign));
    if best.1 == (0, 0) { absent().unwrap_or(b',') } else { best.0 }
}

/// What a delimiter is called.
fn called(delimiter: u8) -> String {
    match delimiter {
        b',' => "commas".to_owned(),
        b';' => "semicolons".to_owned(),
        b'\t' => "tabs".to_owned(),
        b'|' => "bars".to_owned(),
        other => format!("`{}`", char::from(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        read(text.as_bytes(), &Hints::default()).unwrap()
    }

    fn names(table: &Table) -> Vec<&str> {
        table.columns.iter().map(|column| column.name.as_str()).collect()
    }

    #[test]
    fn delimiters_quotes_and_lines_are_kept_apart() {
        let read = table("name;note;cost\nCRM;\"a, b;\nsecond line\";\"1,5\"\nERP;x;2\n");
        assert_eq!(names(&read), ["name", "note", "cost"]);
        assert_eq!(read.described, "UTF-8, separated by semicolons");
        assert_eq!(read.rows[0].cells[1], Raw::Text("a, b;\nsecond line".into()));
        assert_eq!(read.rows[1].at, 4, "a quoted line break is counted");
        assert_eq!(read.place(4, Some(2)), "line 4, column 3 (cost)");
        assert_eq!(table("a\tb\n1\t2\n").delimiter, Some(b'\t'));
        assert_eq!(table("sep=|\na|b\n1|2,3\n").rows[0].at, 3);
        assert_eq!(table("only\nx, y\n").rows[0].cells[0], Raw::Text("x, y".into()));
    }

    #[test]
    fn lines_are_counted_as_editors_count_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a;b", "1;\"x", "y\"", "", "2;z", "3;z"].join(end);
            let at: Vec<usize> = table(&text).rows.iter().map(|row| row.at).collect();
            assert_eq!(at, [2, 5, 6], "{end:?}");
        }
    }

    #[test]
    fn a_guarded_cell_is_what_it_was() {
        assert_eq!(
            table("a,b\n'-5,'tis\n").rows[0].cells,
            [Raw::Text("-5".into()), Raw::Text("'tis".into())]
        );
    }
}
