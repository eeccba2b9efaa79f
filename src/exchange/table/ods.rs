//! The size and the merged cells of an ODS, before it is opened: a cell may be repeated a billion times.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::csv::too_many;
use super::{MOST_CELLS, Unreadable};

/// Ranges of cells that are one, by sheet: first row, first column, last row, last column, from 0.
pub(super) type Merged = BTreeMap<String, Vec<[u32; 4]>>;

/// No sheet has more of them that are heeded.
const MOST_MERGED: usize = 10_000;

/// The merged cells of an ODS; refuses a sheet whose repeated cells would fill the memory.
pub(super) fn measured(content: &str) -> Result<Merged, Unreadable> {
    let mut reader = quick_xml::Reader::from_str(content);
    let broken = || Unreadable::new("the workbook is damaged: content.xml cannot be read");
    let mut merged = Merged::new();
    let mut sheet = Measured::default();
    loop {
        let event = reader.read_event().map_err(|_| broken())?;
        let is_whole = matches!(event, Event::Empty(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let said = |name: &str| tag.try_get_attribute(name).ok().flatten();
                let number =
                    |name: &str| said(name).and_then(|found| found.value.parse::<usize>().ok()).unwrap_or(1);
                match tag.name().as_ref() {
                    "table:table" => {
                        let name = said("table:name")
                            .and_then(|name| name.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok())
                            .map(std::borrow::Cow::into_owned);
                        sheet = Measured { name: name.unwrap_or_default(), ..Measured::default() };
                    }
                    "table:table-row" => {
                        sheet.begin(number("table:number-rows-repeated"));
                        if is_whole {
                            sheet.end()?;
                        }
                    }
                    "table:table-cell" | "table:covered-table-cell" => {
                        let spans =
                            [number("table:number-rows-spanned"), number("table:number-columns-spanned")];
                        if spans != [1, 1] {
                            let ranges = merged.entry(sheet.name.clone()).or_default();
                            if ranges.len() < MOST_MERGED {
                                ranges.push(sheet.range(spans));
                            }
                        }
                        let holds = said("office:value-type").is_some() || said("table:formula").is_some();
                        sheet.cell(number("table:number-columns-repeated"), holds);
                    }
                    _ => {}
                }
            }
            Event::End(tag) if tag.name().as_ref() == "table:table-row" => sheet.end()?,
            Event::Eof => return Ok(merged),
            _ => {}
        }
    }
}

pub(super) fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// How far a sheet of ODS has been measured.
#[derive(Default)]
struct Measured {
    name: String,
    /// Rows that take room.
    rows: usize,
    /// The row at hand, counted from 0, and how often it stands there.
    row: usize,
    repeats: usize,
    /// Columns of the row at hand, and of the widest.
    width: usize,
    widest: usize,
    is_filled: bool,
}

impl Measured {
    fn begin(&mut self, repeats: usize) {
        (self.repeats, self.width, self.is_filled) = (repeats, 0, false);
    }

    fn cell(&mut self, repeats: usize, holds: bool) {
        self.width = self.width.saturating_add(repeats);
        if holds {
            self.is_filled = true;
            self.widest = self.widest.max(self.width);
        }
    }

    /// The cells that one cell covers which spans so many rows and columns.
    fn range(&self, [rows, columns]: [usize; 2]) -> [u32; 4] {
        let last = |first: usize, spans: usize| position(first.saturating_add(spans.saturating_sub(1)));
        [position(self.row), position(self.width), last(self.row, rows), last(self.width, columns)]
    }

    fn end(&mut self) -> Result<(), Unreadable> {
        // Empty rows between filled ones take room too.
        let takes = if self.is_filled { self.repeats } else { self.repeats.min(1_000) };
        self.rows = self.rows.saturating_add(takes);
        self.row = self.row.saturating_add(self.repeats);
        if self.rows.saturating_mul(self.widest) > MOST_CELLS { Err(too_many()) } else { Ok(()) }
    }
}
