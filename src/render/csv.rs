//! A document as CSV: exact values under stable names.
//!
//! A page with a table of its own (`main`) is that table, one line a row. Any other page is written long, one
//! value a line, so that nothing of it is lost: `table,row,column,value`. A list of records under a heading
//! is a table of that name.

use crate::document::{Block, Cell, Document, Inline, Line, Mark, Table};
use crate::render::figures::minor;
use crate::text;

/// Why a page has no CSV.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CsvError {
    /// The page has no table of that name.
    #[error("no table `{name}` on this page; it has {}", text::words::list(.known, "and"))]
    NoTable {
        /// The name that was asked for.
        name: String,
        /// The names that the page has.
        known: Vec<String>,
    },
    /// The writer failed.
    #[error("the CSV could not be written: {0}")]
    Write(String),
}

/// Writes a page's own table, or all of the page in long form if it has none.
///
/// # Errors
/// The writer failed.
pub fn csv(document: &Document) -> Result<String, CsvError> {
    match document.tables().find(|table| table.main) {
        Some(table) => write(rows_of(table)),
        None => write(long(document)),
    }
}

/// Writes the table of that name.
///
/// # Errors
/// There is no such table.
pub fn csv_of_table(document: &Document, name: &str) -> Result<String, CsvError> {
    match document.tables().find(|table| table.key == name) {
        Some(table) => write(rows_of(table)),
        None => Err(CsvError::NoTable {
            name: name.to_owned(),
            known: document.tables().map(|table| table.key.clone()).collect(),
        }),
    }
}

fn write(rows: Vec<Vec<String>>) -> Result<String, CsvError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row).map_err(|error| CsvError::Write(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| CsvError::Write(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| CsvError::Write(error.to_string()))
}

fn rows_of(table: &Table) -> Vec<Vec<String>> {
    let carried = || table.columns.iter().enumerate().filter(|(_, column)| !column.seen_only);
    let mut rows = vec![carried().map(|(_, column)| text::csv_cell(&column.key).into_owned()).collect()];
    for cells in table.cells() {
        rows.push(carried().map(|(at, _)| cells.get(at).map_or_else(String::new, raw)).collect());
    }
    rows
}

/// The blocks of a page, those that may be closed opened.
fn opened<'a>(blocks: &'a [Block], all: &mut Vec<&'a Block>) {
    for block in blocks {
        match block {
            Block::Fold(fold) => opened(&fold.blocks, all),
            block => all.push(block),
        }
    }
}

fn long(document: &Document) -> Vec<Vec<String>> {
    let mut blocks = Vec::new();
    opened(&document.blocks, &mut blocks);
    let record = |table: &str, row: usize, column: &str, value: String| {
        // Names of tables and columns may be made of the register's words too, such as a currency.
        let name = |words: &str| text::csv_cell(words).into_owned();
        vec![name(table), row.to_string(), name(column), value]
    };
    let mut rows = vec![["table", "row", "column", "value"].map(String::from).to_vec()];
    let (mut pages, mut section) = (0, String::new());
    for block in blocks {
        // What stands on a page of its own has that page's number before it.
        let on_page = |key: &str| if pages == 0 { key.to_owned() } else { format!("{pages}.{key}") };
        match block {
            Block::NewPage(title) => {
                pages += 1;
                rows.push(record("page", pages, "title", text::csv_cell(title).into_owned()));
            }
            Block::Heading(title) => section = key_of(title),
            Block::Attention(items) => {
                for (at, item) in items.iter().enumerate() {
                    let mut add = |column: &str, value: String| {
                        rows.push(record(&on_page(&section), at + 1, column, value));
                    };
                    if let Some(mark) = item.mark {
                        add("mark", raw(&Cell::Rating(mark)));
                    }
                    add("subject", text::csv_cell(&item.subject).into_owned());
                    add("text", raw_line(&item.text));
                    if let Some(next) = &item.next {
                        add("next", text::csv_cell(next).into_owned());
                    }
                }
            }
            Block::Entries(entries) => {
                for (at, entry) in entries.iter().enumerate() {
                    for point in &entry.points {
                        rows.push(record(&on_page(&section), at + 1, &entry.subject, raw_line(point)));
                    }
                }
            }
            Block::Facts(facts) => {
                for fact in &facts.items {
                    if fact.parts.is_empty() {
                        rows.push(record(&on_page(&facts.key), 1, &fact.key, raw_line(&fact.value)));
                    }
                    for (key, cell) in &fact.parts {
                        rows.push(record(&on_page(&facts.key), 1, key, raw(cell)));
                    }
                }
            }
            Block::Table(table) => {
                for (at, cells) in table.cells().enumerate() {
                    for (column, cell) in
                        table.columns.iter().zip(cells).filter(|(column, _)| !column.seen_only)
                    {
                        rows.push(record(&on_page(&table.key), at + 1, &column.key, raw(cell)));
                    }
                }
            }
            Block::Notice(notice) => rows.push(record(&on_page("notice"), 1, "text", raw_line(&notice.text))),
            _ => {}
        }
    }
    rows
}

/// The name of a section in machine formats: its title in `snake_case`.
fn key_of(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

/// The exact value without unit, sign or marker; empty where it is missing.
pub(super) fn raw(cell: &Cell) -> String {
    match cell {
        Cell::Empty | Cell::Missing => String::new(),
        Cell::Text(text) | Cell::Reference(text) => text::csv_cell(text).into_owned(),
        Cell::Integer(number) | Cell::Days(number) => number.to_string(),
        Cell::Number { value, .. } | Cell::Percent { value, .. } => value.to_string(),
        Cell::Money { amount, currency, .. } => minor(*amount, currency).to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Span(first, last) => format!("{first}/{last}"),
        Cell::Spark(values) => {
            let value =
                |value: &Option<rust_decimal::Decimal>| value.map_or_else(String::new, |one| one.to_string());
            values.iter().map(value).collect::<Vec<_>>().join(" ")
        }
        Cell::Rating(rating) => match rating.mark {
            Mark::Level => rating.level.word(),
            Mark::NotReported => "not-reported",
            Mark::GreenerThanFigures => "greener-than-figures",
        }
        .to_owned(),
    }
}

/// The exact value of a line that is one value; the words of any other.
fn raw_line(line: &Line) -> String {
    if let [Inline::Value(cell)] = line.0.as_slice() {
        return raw(cell);
    }
    let mut words = String::new();
    for span in &line.0 {
        match span {
            Inline::Text(text) | Inline::Strong(text) | Inline::Dim(text) | Inline::Code(text) => {
                words.push_str(text)
            }
            Inline::Value(cell) => words.push_str(raw(cell).trim_start_matches('\'')),
        }
    }
    text::csv_cell(words.trim()).into_owned()
}
