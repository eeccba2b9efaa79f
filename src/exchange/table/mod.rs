//! Bytes of a foreign file into a table of raw cells, each with its place: CSV, XLSX, ODS, JSON and YAML.
//!
//! - `text`: encoding and byte order mark; [`csv`]: delimiter and rows
//! - [`workbook`]: sheets of XLSX and ODS, by their `stored` values; `archive` and `ods`: its size before it is opened
//! - [`tree`]: JSON and YAML, as `pmo export` writes them
//! - `header`: where the header stands, in one row or two; `totals`: which rows at the end are no records
//!
//! A cell is what the file says. What it means for a field is the business of `import::value`.

mod archive;
pub mod csv;
mod header;
mod ods;
mod stored;
mod text;
mod totals;
pub mod tree;
pub mod workbook;
mod yaml;

use crate::model::Date;
use crate::model::field_change::FieldValue;

/// No file is read that is larger, in bytes.
pub const LARGEST: u64 = 256 * 1024 * 1024;

/// No table has more cells.
pub const MOST_CELLS: usize = 20_000_000;

/// The heading of the column in which refused rows say why, as a header is compared.
pub const REASON: &str = "refused because";

/// What a cell says.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Raw {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A number of a workbook or of JSON, as decimal text.
    Number(String),
    /// A day of a workbook, or of YAML.
    Date(Date),
    /// Yes or no.
    Bool(bool),
    /// Nothing that can be used: an error such as #N/A, or a formula without a stored value.
    Fault(&'static str),
    /// A list, or a table within a record.
    Tree(FieldValue),
}

impl Raw {
    /// Whether nothing but blanks is there.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => trimmed(text).is_empty(),
            _ => false,
        }
    }

    /// The cell as text, as it is shown in a message and in a file of rejects.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.clone(),
            Self::Date(date) => date.to_string(),
            Self::Bool(truth) => truth.to_string(),
            Self::Fault(what) => (*what).to_owned(),
            Self::Tree(value) => serde_json::to_string(&tree::Plain(value)).unwrap_or_default(),
        }
    }
}

/// A text without blanks around it, non-breaking ones and byte order marks included.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}'))
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its header, on one line; of two rows joined by ` / `.
    pub name: String,
    /// Which it is in the file, counted from 0.
    pub at: usize,
}

/// A row below the header.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The line, row or record, counted from 1 as the file's own program counts.
    pub at: usize,
    /// A cell for each column.
    pub cells: Vec<Raw>,
}

/// How places in a file are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Lines of text and columns by number.
    Lines,
    /// Rows by number and columns by letter.
    Sheet,
    /// Records by number and keys by name.
    Records,
}

/// A table of cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// The rows, from the top.
    pub rows: Vec<Row>,
    /// How its places are named.
    pub form: Form,
    /// What was recognised: "UTF-8, separated by commas", "sheet Portfolio".
    pub described: String,
    /// Where the header stands, in words.
    pub header: String,
    /// The row of the header, counted from 1; 0 where names stand in every record.
    pub header_at: usize,
    /// How many rows the header has.
    pub header_rows: u8,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// What was left out or is odd, one sentence each.
    pub notes: Vec<String>,
    /// The sign between the cells of a CSV.
    pub delimiter: Option<u8>,
    /// Whether the workbook counts its days from 1904.
    pub counts_from_1904: bool,
}

impl Table {
    /// A place, as "row 5, column C (Budget)".
    pub fn place(&self, row: usize, column: Option<usize>) -> String {
        let row = match self.form {
            Form::Lines => format!("line {row}"),
            Form::Sheet => format!("row {row}"),
            Form::Records => format!("record {row}"),
        };
        let Some(column) = column.and_then(|column| self.columns.get(column)) else { return row };
        match self.form {
            Form::Lines => format!("{row}, column {} ({})", column.at + 1, column.name),
            Form::Sheet => format!("{row}, column {} ({})", letters(column.at), column.name),
            Form::Records => format!("{row}, {}", column.name),
        }
    }

    /// The column of that name, whatever its case and the blanks in it.
    pub fn column(&self, name: &str) -> Option<usize> {
        let exact = self.columns.iter().position(|column| column.name == name);
        exact.or_else(|| {
            let wanted = folded(name);
            self.columns.iter().position(|column| folded(&column.name) == wanted)
        })
    }
}

/// A header or word without case, and with one blank for any number of them.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c == '\u{feff}').filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}

/// The letters of a column in a workbook: 0 is A, 26 is AA.
pub fn letters(mut column: usize) -> String {
    let mut out = Vec::new();
    loop {
        out.push(b'A' + u8::try_from(column % 26).unwrap_or(0));
        match column / 26 {
            0 => break,
            rest => column = rest - 1,
        }
    }
    out.reverse();
    String::from_utf8(out).unwrap_or_default()
}

/// What a command line or a mapping says of how to read a table; what it does not say is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// The sheet, by name or by number from 1.
    pub sheet: Option<String>,
    /// The row of the header, counted from 1; with two rows the upper one.
    pub header: Option<usize>,
    /// How many rows the header has: 1 or 2.
    pub header_rows: Option<usize>,
    /// The sign between the cells of a CSV.
    pub delimiter: Option<u8>,
    /// The encoding of a text, by a name such as `windows-1252`.
    pub encoding: Option<String>,
    /// First words of rows that are totals, beside the usual ones.
    pub totals: Vec<String>,
    /// Names that a header may have, by which it is recognised.
    pub known: Vec<String>,
    /// The kind of record that is wanted, where a file holds several; also the name of its sheet.
    pub kind: String,
}

/// A file that cannot be read as a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unreadable {
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Unreadable {
    /// Says what is wrong.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Reads a file as a table; what sort of file it is shows in its first bytes, and in its name.
pub fn read(name: &str, bytes: &[u8], hints: &Hints) -> Result<Table, Unreadable> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::new("the file is empty"));
    }
    if workbook::is_one(bytes) {
        return workbook::read(bytes, hints);
    }
    match ending.as_str() {
        "json" => tree::json(bytes, &hints.kind),
        "yaml" | "yml" => tree::yaml(bytes, &hints.kind),
        "xlsx" | "xlsm" | "ods" => {
            Err(Unreadable::new(format!("the file is named .{ending}, but it is no workbook"))
                .help("open it in the program that wrote it, and save it again"))
        }
        _ => csv::read(bytes, hints),
    }
}

pub use stored::serial;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_workbook() {
        let names: Vec<String> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(letters).collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
