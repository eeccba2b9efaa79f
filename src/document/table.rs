//! Tables: columns that say how they may be drawn, and rows of typed cells.

use super::{Cell, Line};

/// On which side of its column a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Figures.
    Right,
    /// Markers.
    Centre,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The stable name in machine formats, in `snake_case`.
    pub key: String,
    /// What people read above it.
    pub title: String,
    /// What stands above several columns that belong together.
    pub group: Option<String>,
    /// On which side its cells stand.
    pub align: Align,
    /// 0 stays whatever happens; of the others the highest drops first when space runs out.
    pub priority: u8,
    /// The unit of all its values, such as a currency, which cells then leave out.
    pub unit: Option<String>,
    /// Whether it may be cut when space runs out.
    pub stretch: bool,
    /// Whether it hugs the column to its right, as a marker does.
    pub hugs: bool,
    /// Whether only machine formats carry it.
    pub data_only: bool,
    /// Whether machine formats leave it out, because they have its values one by one.
    pub seen_only: bool,
}

impl Column {
    /// A column of words.
    pub fn new(key: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            title: title.into(),
            group: None,
            align: Align::Left,
            priority: 0,
            unit: None,
            stretch: false,
            hugs: false,
            data_only: false,
            seen_only: false,
        }
    }

    /// A column of figures, to the right.
    pub fn figures(key: impl Into<String>, title: impl Into<String>) -> Self {
        Self { align: Align::Right, ..Self::new(key, title) }
    }

    /// A column of ratings, in the middle.
    pub fn ratings(key: impl Into<String>, title: impl Into<String>) -> Self {
        Self { align: Align::Centre, ..Self::new(key, title) }
    }

    /// The marker before a name, without a title of its own.
    pub fn marker(key: impl Into<String>) -> Self {
        Self { hugs: true, ..Self::new(key, "") }
    }

    /// A column that only machine formats carry.
    pub fn data(key: impl Into<String>) -> Self {
        Self { data_only: true, ..Self::new(key, "") }
    }

    /// Leaves it out of machine formats.
    #[must_use]
    pub fn seen_only(mut self) -> Self {
        self.seen_only = true;
        self
    }

    /// Sets what stands above this and its neighbours.
    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// Sets when it drops: of several the highest number goes first.
    #[must_use]
    pub fn priority(mut self, priority: u8) -> Self {
        self.priority = priority;
        self
    }

    /// Sets the unit that all its values share.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// Lets it be cut when space runs out.
    #[must_use]
    pub fn stretch(mut self) -> Self {
        self.stretch = true;
        self
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// A title over the rows that follow; machine formats leave it out.
    Group(String),
    /// One cell a column.
    Cells(Vec<Cell>),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The stable name in machine formats.
    pub key: String,
    /// Whether it is the page's own table, which CSV carries.
    pub main: bool,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Totals under a rule of their own; machine formats leave them out.
    pub footer: Vec<Vec<Cell>>,
    /// What the table lacks, in words, such as "2 of 16 projects have no forecast".
    pub note: Option<Line>,
}

impl Table {
    /// Starts an empty table.
    pub fn new(key: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { key: key.into(), columns, ..Self::default() }
    }

    /// Makes it the page's own table.
    #[must_use]
    pub fn main(mut self) -> Self {
        self.main = true;
        self
    }

    /// Keeps it for machine formats: people see its figures elsewhere on the page.
    #[must_use]
    pub fn for_data(mut self) -> Self {
        self.columns.iter_mut().for_each(|column| column.data_only = true);
        self
    }

    /// Whether people see none of its columns.
    pub fn is_for_data(&self) -> bool {
        self.columns.iter().all(|column| column.data_only)
    }

    /// Adds a row of cells.
    pub fn row(&mut self, cells: Vec<Cell>) -> &mut Self {
        self.rows.push(Row::Cells(cells));
        self
    }

    /// Adds a title over the rows that follow.
    pub fn group(&mut self, title: impl Into<String>) -> &mut Self {
        self.rows.push(Row::Group(title.into()));
        self
    }

    /// The places of the columns that people see: those that are not for machines only and have something in
    /// at least one row.
    pub fn seen(&self) -> Vec<usize> {
        let has_content =
            |at: usize| self.cells().any(|cells| !matches!(cells.get(at), None | Some(Cell::Empty)));
        (0..self.columns.len()).filter(|at| !self.columns[*at].data_only && has_content(*at)).collect()
    }

    /// The rows of cells, without the titles between them.
    pub fn cells(&self) -> impl Iterator<Item = &Vec<Cell>> {
        self.rows.iter().filter_map(|row| match row {
            Row::Cells(cells) => Some(cells),
            Row::Group(_) => None,
        })
    }
}
