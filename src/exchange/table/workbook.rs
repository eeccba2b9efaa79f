//! Sheets of XLSX and ODS workbooks: the values that are stored in them. No formula is evaluated.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{CellErrorType, Data, DataRef, Ods, OdsError, Reader as _, SheetVisible, Xlsx, XlsxError};
use quick_xml::events::Event;
use rust_decimal::Decimal;

use crate::model::Date;
use crate::text::{count, list, nearest, terminal};

use super::csv::too_many;
use super::{Form, Hints, MOST_CELLS, Raw, Table, Unreadable, archive, header};

/// What stands for a formula whose result the file does not hold.
pub const NO_RESULT: &str = "a formula without a stored result";

/// Ranges of cells that are one, by sheet: first row, first column, last row, last column, from 0.
type Merged = BTreeMap<String, Vec<[u32; 4]>>;

/// No sheet has more of them that are heeded.
const MOST_MERGED: usize = 10_000;

/// Cells by row and column, counted from 0.
type Cells = BTreeMap<u32, BTreeMap<u32, Raw>>;

/// Reads a sheet of a workbook.
pub fn read(bytes: &[u8], hints: &Hints) -> Result<Table, Unreadable> {
    if !bytes.starts_with(b"PK") {
        return Err(compound(bytes));
    }
    let parts = archive::parts(bytes)?;
    let text = |name: &str| {
        parts
            .iter()
            .find(|part| part.name == name)
            .map(archive::Part::text)
            .transpose()
            .map(Option::unwrap_or_default)
    };
    if parts.iter().any(|part| part.name == "content.xml") {
        if text("META-INF/manifest.xml")?.contains("encryption-data") {
            return Err(locked());
        }
        let content = text("content.xml")?;
        let merged = measure_ods(&content)?;
        return ods(bytes, hints, &merged);
    }
    if !parts.iter().any(|part| part.name == "xl/workbook.xml") {
        return Err(Unreadable::new("the file is an archive, but no workbook of XLSX or ODS")
            .help("in Excel: Save as, Excel workbook (.xlsx)"));
    }
    xlsx(bytes, hints)
}

/// The names of the sheets of a workbook.
pub fn names(bytes: &[u8]) -> Result<Vec<String>, Unreadable> {
    let parts = archive::parts(bytes)?;
    let broken = || Unreadable::new("the workbook cannot be read");
    if let Some(content) = parts.iter().find(|part| part.name == "content.xml") {
        measure_ods(&content.text()?)?;
        return Ok(Ods::new(Cursor::new(bytes)).map_err(|_| broken())?.sheet_names());
    }
    Ok(Xlsx::new(Cursor::new(bytes)).map_err(|_| broken())?.sheet_names())
}

/// What is wrong with a file in Microsoft's older container.
fn compound(bytes: &[u8]) -> Unreadable {
    let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(wide.len()).any(|found| found == wide) {
        return locked();
    }
    Unreadable::new("this is a workbook of Excel 97 to 2003 (.xls), which is not read")
        .help("in Excel: Save as, Excel workbook (.xlsx)")
}

fn locked() -> Unreadable {
    Unreadable::new("the workbook is locked with a password")
        .help("open it, take the password away (in Excel: File, Info, Protect workbook), and save it")
}

fn xlsx(bytes: &[u8], hints: &Hints) -> Result<Table, Unreadable> {
    let failed = |error: XlsxError| match error {
        XlsxError::Password => locked(),
        other => Unreadable::new(format!("the workbook cannot be read: {}", terminal(&other.to_string()))),
    };
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(failed)?;
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let name = chosen(&sheets, hints)?;
    let merged: Vec<[u32; 4]> = book
        .merge_cells_by_sheet_name(&name)
        .map_err(failed)?
        .into_iter()
        .map(|merged| [merged.start.0, merged.start.1, merged.end.0, merged.end.1])
        .collect();
    let from_1904 = book.has_1904_epoch();
    let mut cells = Cells::new();
    let mut reader = book.worksheet_cells_reader(&name).map_err(failed)?;
    let mut number = 0;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(failed)? {
        let raw = match (&cell.value, cell.formula.is_some()) {
            (DataRef::Empty, true) => Raw::Fault(NO_RESULT),
            (value, _) => raw_of(value.clone().into(), from_1904),
        };
        if raw != Raw::Empty {
            number += 1;
            cells.entry(cell.pos.0).or_default().insert(cell.pos.1, raw);
        }
        if number > MOST_CELLS {
            return Err(too_many());
        }
    }
    let mut table = settled(cells, &merged, hints, &sheets, &name)?;
    table.counts_from_1904 = from_1904;
    Ok(table)
}

fn ods(bytes: &[u8], hints: &Hints, merged: &Merged) -> Result<Table, Unreadable> {
    let failed = |error: OdsError| match error {
        OdsError::Password => locked(),
        other => Unreadable::new(format!("the workbook cannot be read: {}", terminal(&other.to_string()))),
    };
    let mut book = Ods::new(Cursor::new(bytes)).map_err(failed)?;
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let name = chosen(&sheets, hints)?;
    let range = book.worksheet_range(&name).map_err(failed)?;
    let formulas = book.worksheet_formula(&name).map_err(failed)?;
    let start = range.start().unwrap_or((0, 0));
    let mut cells = Cells::new();
    for (row, column, value) in range.used_cells() {
        let raw = raw_of(value.clone(), false);
        if raw != Raw::Empty {
            let at = (start.0 + position(row), start.1 + position(column));
            cells.entry(at.0).or_default().insert(at.1, raw);
        }
    }
    let start = formulas.start().unwrap_or((0, 0));
    for (row, column, formula) in formulas.used_cells() {
        let at = (start.0 + position(row), start.1 + position(column));
        if !formula.is_empty() {
            cells.entry(at.0).or_default().entry(at.1).or_insert(Raw::Fault(NO_RESULT));
        }
    }
    settled(cells, merged.get(&name).map_or(&[], Vec::as_slice), hints, &sheets, &name)
}

fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The sheet that is meant: the one that was said, or the only one that is shown, or the first.
fn chosen(sheets: &[(String, bool)], hints: &Hints) -> Result<String, Unreadable> {
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    let shown = || {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", terminal(name))).collect();
        format!("the workbook has {}", list(&quoted, "and"))
    };
    let Some(said) = &hints.sheet else {
        // A workbook of `pmo export` has a sheet of the kind's name.
        if let Some(own) = names.iter().find(|name| **name == hints.kind) {
            return Ok((*own).to_owned());
        }
        let first = sheets.iter().find(|(_, is_shown)| *is_shown).or(sheets.first());
        return first
            .map(|(name, _)| name.clone())
            .ok_or_else(|| Unreadable::new("the workbook has no sheet"));
    };
    let by_number = said.parse::<usize>().ok().and_then(|number| names.get(number.checked_sub(1)?));
    let found = names.iter().find(|name| name.eq_ignore_ascii_case(said)).or(by_number);
    found.map(|name| (*name).to_owned()).ok_or_else(|| {
        let wrong = Unreadable::new(format!("there is no sheet `{}`", terminal(said)));
        match nearest(said, names.iter().copied()) {
            Some(near) => wrong.help(format!("did you mean `{near}`? {}", shown())),
            None => wrong.help(shown()),
        }
    })
}

fn settled(
    cells: Cells,
    merged: &[[u32; 4]],
    hints: &Hints,
    sheets: &[(String, bool)],
    name: &str,
) -> Result<Table, Unreadable> {
    let width =
        cells.values().filter_map(|row| row.keys().next_back()).max().map_or(0, |last| *last as usize + 1);
    if width.saturating_mul(cells.len()) > MOST_CELLS {
        return Err(too_many());
    }
    let lines = cells.into_iter().map(|(row, cells)| {
        let mut line = vec![Raw::Empty; width];
        for (column, raw) in cells {
            line[column as usize] = raw;
        }
        (row as usize + 1, line)
    });
    let mut table = header::settle(lines.collect(), merged, Form::Sheet, hints)?;
    table.described = format!("sheet {}", terminal(name));
    table.sheet = Some(name.to_owned());
    let others = sheets.len().saturating_sub(1);
    if others > 0 && hints.sheet.is_none() {
        let named: Vec<&str> =
            sheets.iter().map(|(name, _)| name.as_str()).filter(|other| *other != name).collect();
        table.notes.push(format!(
            "{} {} not read ({}): --sheet NAME reads another",
            count(others, "other sheet"),
            if others == 1 { "was" } else { "were" },
            terminal(&crate::text::cut(&list(&named, "and"), 60))
        ));
    }
    Ok(table)
}

/// What a stored value says.
fn raw_of(value: Data, from_1904: bool) -> Raw {
    match value {
        Data::Int(whole) => Raw::Number(whole.to_string()),
        Data::Float(float) => number(float),
        Data::String(text) if text.is_empty() => Raw::Empty,
        Data::String(text) => Raw::Text(text),
        Data::Bool(truth) => Raw::Bool(truth),
        Data::DateTime(moment) if moment.is_datetime() => {
            serial(moment.as_f64(), from_1904).map_or_else(|| number(moment.as_f64()), Raw::Date)
        }
        Data::DateTime(duration) => number(duration.as_f64()),
        Data::DateTimeIso(text) => match text.get(..10).and_then(|day| day.parse().ok()) {
            Some(date) => Raw::Date(date),
            None => Raw::Text(text),
        },
        Data::DurationIso(text) => Raw::Text(text),
        Data::Error(error) => Raw::Fault(match error {
            CellErrorType::Div0 => "#DIV/0!",
            CellErrorType::NA => "#N/A",
            CellErrorType::Name => "#NAME?",
            CellErrorType::Null => "#NULL!",
            CellErrorType::Num => "#NUM!",
            CellErrorType::Ref => "#REF!",
            CellErrorType::Value => "#VALUE!",
            _ => "an error",
        }),
        _ => Raw::Empty,
    }
}

/// A stored number with the 15 digits that a workbook shows of it: what 0.1 + 0.2 is, is 0.3.
fn number(float: f64) -> Raw {
    if !float.is_finite() {
        return Raw::Fault("no number");
    }
    match Decimal::from_scientific(&format!("{float:.14e}")) {
        Ok(exact) => Raw::Number(exact.normalize().to_string()),
        Err(_) => Raw::Number(format!("{float}")),
    }
}

/// The day of a workbook's serial number.
///
/// Day 1 is 1 January 1900, and day 60 is the 29 February 1900 that never was; or day 0 is 1 January 1904.
pub fn serial(number: f64, from_1904: bool) -> Option<Date> {
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range was looked at")]
    let day = number.floor() as i64;
    match (from_1904, day) {
        (true, _) => Date::new(1904, 1, 1).map(|first| first.plus_days(day)),
        (false, 0) => None,
        (false, 1..=59) => Date::new(1899, 12, 31).map(|first| first.plus_days(day)),
        (false, _) => Date::new(1899, 12, 30).map(|first| first.plus_days(day)),
    }
}

/// The merged cells of an ODS; refuses a sheet whose repeated cells would fill the memory.
fn measure_ods(content: &str) -> Result<Merged, Unreadable> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_count_from_1900_and_1904() {
        let day = |number, from_1904| serial(number, from_1904).map(|date| date.to_string());
        assert_eq!(day(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(day(59.0, false).as_deref(), Some("1900-02-28"));
        assert_eq!(day(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(day(45_292.75, false).as_deref(), Some("2024-01-01"));
        assert_eq!(day(43_830.0, true).as_deref(), Some("2024-01-01"));
        assert_eq!(day(0.0, true).as_deref(), Some("1904-01-01"));
        assert_eq!(day(-1.0, false), None);
    }

    #[test]
    fn numbers_have_the_digits_that_a_workbook_shows() {
        assert_eq!(number(0.1 + 0.2), Raw::Number("0.3".into()));
        assert_eq!(number(1_250_000.5), Raw::Number("1250000.5".into()));
        assert_eq!(number(-3.0), Raw::Number("-3".into()));
        assert_eq!(number(1e20), Raw::Number("100000000000000000000".into()));
    }
}
