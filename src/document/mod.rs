//! The neutral form of a page: headings, paragraphs, facts, tables of typed cells.
//!
//! A report says here *what* stands on the page and what each figure means; how it looks is left to `render`.
//! So cells keep exact values with their meaning (money, percent, slip in days, a rating) and nothing is
//! rounded, coloured, escaped or cut in this room.

mod cell;
mod chart;
mod diagram;
mod heat;
mod inline;
mod rating;
mod table;

pub use cell::Cell;
pub use chart::{DateChart, DateLine};
pub use diagram::{Diagram, DiagramEdge, DiagramGroup, Stroke};
pub use heat::{Heat, HeatBand, HeatCell, HeatLevel, HeatMark, HeatMove};
pub use inline::{Inline, Line};
pub use rating::{Face, Level, Mark, Rating, Trend};
pub use table::{Align, Column, Row, Table};

use chrono::NaiveDate;

use crate::model::Language;

/// A page: what it is called, where it comes from, and its blocks in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What the page is about, such as the organisation's name.
    pub title: String,
    /// What follows the title on the same line: the period, the number of projects.
    pub subtitle: Option<Line>,
    /// Where the figures come from: `work tree on 3f2c1a9`.
    pub source: Option<String>,
    /// The day that the page speaks of; dates of its year are shown without the year.
    pub day: NaiveDate,
    /// How its dates, money and figures are written.
    pub language: Language,
    /// How the page was made, so that it can be made again: shown where a page has a foot.
    pub imprint: Vec<Imprint>,
    /// The parts of the page in reading order.
    pub blocks: Vec<Block>,
}

/// One thing that a page says of its own making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// Its stable name, such as `rules`.
    pub key: &'static str,
    /// What people read before it.
    pub label: &'static str,
    /// What it is.
    pub value: String,
}

impl Document {
    /// Starts an empty page.
    pub fn new(title: impl Into<String>, day: impl Into<NaiveDate>) -> Self {
        Self {
            title: title.into(),
            subtitle: None,
            source: None,
            day: day.into(),
            language: Language::default(),
            imprint: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// Sets the subtitle.
    #[must_use]
    pub fn subtitle(mut self, line: impl Into<Line>) -> Self {
        self.subtitle = Some(line.into());
        self
    }

    /// Sets the source note.
    #[must_use]
    pub fn source(mut self, text: impl Into<String>) -> Self {
        self.source = Some(text.into());
        self
    }

    /// Sets how dates, money and figures are written.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// Adds one thing that the page says of its own making.
    #[must_use]
    pub fn imprint(mut self, key: &'static str, label: &'static str, value: impl Into<String>) -> Self {
        self.imprint.push(Imprint { key, label, value: value.into() });
        self
    }

    /// Adds a block at the end.
    pub fn push(&mut self, block: Block) -> &mut Self {
        self.blocks.push(block);
        self
    }

    /// Adds a section heading.
    pub fn heading(&mut self, text: impl Into<String>) -> &mut Self {
        self.push(Block::Heading(text.into()))
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, line: impl Into<Line>) -> &mut Self {
        self.push(Block::Paragraph(line.into()))
    }

    /// Adds a table, unless it has no rows: a section without content is not printed.
    pub fn table(&mut self, table: Table) -> &mut Self {
        if table.rows.is_empty() { self } else { self.push(Block::Table(table)) }
    }

    /// The tables of the page, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }
}

/// One part of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A new page of paper begins, with a title of its own; the sections that follow belong to it.
    NewPage(String),
    /// The title of the section that follows.
    Heading(String),
    /// Running text.
    Paragraph(Line),
    /// A list of points.
    List(Vec<Line>),
    /// A table of typed cells.
    Table(Table),
    /// Labels with their values.
    Facts(Facts),
    /// Forecast dates over reporting dates.
    Chart(DateChart),
    /// Things in the cells of two scales.
    Heat(Heat),
    /// Something missing or broken, which the reader must know before reading on.
    Notice(Notice),
    /// Records that need somebody, each with the reason and what to type.
    Attention(Vec<Attention>),
    /// Things of which several points are to be told.
    Entries(Vec<Entry>),
    /// What not every reader wants to see: closed at first where a page can be opened and closed.
    Fold(Fold),
    /// What to type next.
    Commands(Vec<Command>),
}

impl Block {
    /// Whether people see it; a table may be for machine formats only.
    pub fn is_seen(&self) -> bool {
        !matches!(self, Self::Table(table) if table.is_for_data())
    }
}

/// A thing, and what is to be told of it point by point.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its rating, which gives the line its marker.
    pub mark: Option<Rating>,
    /// The reference of the thing.
    pub subject: String,
    /// What stands beside it.
    pub text: Line,
    /// The points.
    pub points: Vec<Line>,
}

/// Blocks under a title, which may be closed.
#[derive(Debug, Clone, PartialEq)]
pub struct Fold {
    /// What people read while it is closed.
    pub title: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// Labels with their values, set in one or more columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The stable name of the block in machine formats.
    pub key: String,
    /// How many columns of facts fit a wide page.
    pub columns: usize,
    /// The facts in reading order, down the columns.
    pub items: Vec<Fact>,
}

/// One label with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The stable name of the fact in machine formats.
    pub key: String,
    /// What people read before the value.
    pub label: String,
    /// The value.
    pub value: Line,
    /// The values in it by their own stable names, where it holds more than one.
    pub parts: Vec<(String, Cell)>,
}

impl Facts {
    /// Starts a block of facts that uses up to `columns` columns.
    pub fn new(key: impl Into<String>, columns: usize) -> Self {
        Self { key: key.into(), columns, items: Vec::new() }
    }

    /// Adds a fact.
    pub fn add(&mut self, key: &str, label: &str, value: impl Into<Line>) -> &mut Self {
        let (key, label) = (key.to_owned(), label.to_owned());
        self.items.push(Fact { key, label, value: value.into(), parts: Vec::new() });
        self
    }

    /// Adds a second value behind that of the last fact, under a name of its own in machine formats.
    pub fn beside(&mut self, key: &str, cell: Cell, unit: &str) -> &mut Self {
        if let Some(fact) = self.items.last_mut() {
            if let [Inline::Value(own)] = fact.value.0.as_slice() {
                fact.parts.push((fact.key.clone(), own.clone()));
            }
            fact.parts.push((key.to_owned(), cell.clone()));
            fact.value = std::mem::take(&mut fact.value).text("  ").value(cell).text(unit);
        }
        self
    }
}

/// How bad the thing is that a [`Notice`] tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Something is missing.
    Warning,
    /// Something is broken, and the page lacks it.
    Error,
}

/// Something missing or broken.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in words.
    pub text: Line,
    /// What to type about it.
    pub next: Option<String>,
}

/// A record that needs somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Attention {
    /// Its rating, which gives the line its marker.
    pub mark: Option<Rating>,
    /// The reference of the record.
    pub subject: String,
    /// Why it needs somebody.
    pub text: Line,
    /// What to type about it.
    pub next: Option<String>,
}

/// A command that the reader may type next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The command as typed.
    pub command: String,
    /// What it would show, in a few words.
    pub note: Option<String>,
}

impl Command {
    /// A command without a note.
    pub fn new(command: impl Into<String>) -> Self {
        Self { command: command.into(), note: None }
    }

    /// A command with a note of what it would show.
    pub fn noted(command: impl Into<String>, note: impl Into<String>) -> Self {
        Self { command: command.into(), note: Some(note.into()) }
    }
}
