//! Sheets of XLSX and ODS workbooks: the values that are stored in them. No formula is evaluated.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Ods, OdsError, Reader as _, SheetVisible, Xlsx, XlsxError};

use crate::text::{count, cut, list, nearest, plural, terminal};

use super::csv::{Line, too_many};
use super::ods::{self, Merged, position};
use super::stored::raw_of;
use super::{Form, Hints, MOST_CELLS, Raw, Table, Unreadable, archive, header};

/// What stands for a formula whose result the file does not hold.
pub const NO_RESULT: &str = "a formula without a stored result";

/// Cells by row and column, counted from 0.
type Cells = BTreeMap<u32, BTreeMap<u32, Raw>>;

/// A workbook that is open.
pub struct Book<'b> {
    inner: Inner<'b>,
    sheets: Vec<Sheet>,
}

/// A workbook in one of its two forms.
enum Inner<'b> {
    Xlsx(Box<Xlsx<Cursor<&'b [u8]>>>),
    Ods(Box<Ods<Cursor<&'b [u8]>>>, Merged),
}

/// A sheet, and whether people see it.
struct Sheet {
    name: String,
    is_shown: bool,
}

/// Reads a sheet of a workbook.
pub fn read(bytes: &[u8], hints: &Hints) -> Result<Table, Unreadable> {
    Book::open(bytes)?.table(hints)
}

/// Whether a file is a workbook by its first bytes, be it one that cannot be read.
pub fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
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

fn broken(why: &str) -> Unreadable {
    Unreadable::new(format!("the workbook cannot be read: {}", terminal(why)))
}

fn of_xlsx(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => locked(),
        other => broken(&other.to_string()),
    }
}

fn of_ods(error: OdsError) -> Unreadable {
    match error {
        OdsError::Password => locked(),
        other => broken(&other.to_string()),
    }
}

impl<'b> Book<'b> {
    /// Opens a workbook, after a look at its size.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Unreadable> {
        if !bytes.starts_with(b"PK") {
            return Err(compound(bytes));
        }
        let parts = archive::parts(bytes)?;
        let text = |name: &str| {
            let part = parts.iter().find(|part| part.name == name);
            part.map(archive::Part::text).transpose().map(Option::unwrap_or_default)
        };
        let has = |name: &str| parts.iter().any(|part| part.name == name);
        let (inner, sheets) = if has("content.xml") {
            if text("META-INF/manifest.xml")?.contains("encryption-data") {
                return Err(locked());
            }
            let merged = ods::measured(&text("content.xml")?)?;
            let book = Ods::new(Cursor::new(bytes)).map_err(of_ods)?;
            let sheets = sheets_of(book.sheets_metadata());
            (Inner::Ods(Box::new(book), merged), sheets)
        } else if has("xl/workbook.xml") {
            let book = Xlsx::new(Cursor::new(bytes)).map_err(of_xlsx)?;
            let sheets = sheets_of(book.sheets_metadata());
            (Inner::Xlsx(Box::new(book)), sheets)
        } else {
            return Err(Unreadable::new("the file is an archive, but no workbook of XLSX or ODS")
                .help("in Excel: Save as, Excel workbook (.xlsx)"));
        };
        Ok(Self { inner, sheets })
    }

    /// The names of the sheets.
    pub fn names(&self) -> Vec<String> {
        self.sheets.iter().map(|sheet| sheet.name.clone()).collect()
    }

    /// Reads the sheet that is meant.
    pub fn table(&mut self, hints: &Hints) -> Result<Table, Unreadable> {
        let name = self.chosen(hints)?;
        let cells = self.cells(&name, None)?;
        let merged = self.merged(&name)?;
        let mut table = header::settle(lines(cells)?, &merged, Form::Sheet, hints)?;
        table.described = format!("sheet {}", terminal(&name));
        table.counts_from_1904 = match &self.inner {
            Inner::Xlsx(book) => book.has_1904_epoch(),
            Inner::Ods(..) => false,
        };
        let others: Vec<&str> =
            self.sheets.iter().map(|sheet| sheet.name.as_str()).filter(|other| *other != name).collect();
        if !others.is_empty() && hints.sheet.is_none() {
            table.notes.push(format!(
                "{} {} not read ({}): --sheet NAME reads another",
                count(others.len(), "other sheet"),
                plural(others.len(), "was"),
                terminal(&cut(&list(&others, "and"), 60))
            ));
        }
        table.sheet = Some(name);
        Ok(table)
    }

    /// The sheet that is meant: the one that was said, or that has the kind's name, or whose headings are known best.
    fn chosen(&mut self, hints: &Hints) -> Result<String, Unreadable> {
        if let Some(said) = &hints.sheet {
            let found = self.said(said);
            // Refused rows that were saved as a workbook have one sheet, whatever the mapping calls the table's own.
            return match (&found, self.sheets.first().map(|sheet| sheet.name.clone())) {
                (Err(_), Some(only)) if self.sheets.len() == 1 => {
                    let lines = lines(self.cells(&only, Some(header::SEARCHED))?)?;
                    if header::is_rejects(&lines) { Ok(only) } else { found }
                }
                _ => found,
            };
        }
        // A workbook of `pmo export` has a sheet of the kind's name.
        if let Some(own) = self.sheets.iter().find(|sheet| sheet.name == hints.kind) {
            return Ok(own.name.clone());
        }
        let mut shown: Vec<String> =
            self.sheets.iter().filter(|sheet| sheet.is_shown).map(|sheet| sheet.name.clone()).collect();
        if shown.is_empty() {
            shown = self.names();
        }
        let mut best: Option<(usize, bool, String)> = None;
        if shown.len() > 1 {
            for name in &shown {
                // A sheet that is a chart has no cells.
                let lines = self.cells(name, Some(header::SEARCHED)).and_then(lines).unwrap_or_default();
                let hits = header::known_names(&lines, hints);
                let is_called_so = name.to_lowercase().contains(&hints.kind);
                if best.as_ref().is_none_or(|(most, so, _)| (hits, is_called_so) > (*most, *so)) {
                    best = Some((hits, is_called_so, name.clone()));
                }
            }
        }
        let best = best.map(|(_, _, name)| name).or_else(|| shown.into_iter().next());
        best.ok_or_else(|| Unreadable::new("the workbook has no sheet"))
    }

    /// The sheet of that name or number.
    fn said(&self, said: &str) -> Result<String, Unreadable> {
        let names = self.names();
        let by_number = || said.parse::<usize>().ok().and_then(|number| names.get(number.checked_sub(1)?));
        let by_name = names.iter().find(|name| name.eq_ignore_ascii_case(said));
        by_name.or_else(by_number).cloned().ok_or_else(|| {
            let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", terminal(name))).collect();
            let shown = format!("the workbook has {}", list(&quoted, "and"));
            let wrong = Unreadable::new(format!("there is no sheet `{}`", terminal(said)));
            match nearest(said, names.iter().map(String::as_str)) {
                Some(near) => wrong.help(format!("did you mean `{}`? {shown}", terminal(near))),
                None => wrong.help(shown),
            }
        })
    }

    /// The cells of a sheet that say something; of its first rows, where so many are enough.
    fn cells(&mut self, sheet: &str, rows: Option<usize>) -> Result<Cells, Unreadable> {
        let is_enough = |cells: &Cells| rows.is_some_and(|rows| cells.len() > rows);
        let mut cells = Cells::new();
        match &mut self.inner {
            Inner::Xlsx(book) => {
                let from_1904 = book.has_1904_epoch();
                let mut reader = book.worksheet_cells_reader(sheet).map_err(of_xlsx)?;
                let mut number = 0;
                while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(of_xlsx)? {
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
                    if is_enough(&cells) {
                        break;
                    }
                }
            }
            Inner::Ods(book, _) => {
                let range = book.worksheet_range(sheet).map_err(of_ods)?;
                let start = range.start().unwrap_or((0, 0));
                for (row, column, value) in range.used_cells() {
                    let raw = raw_of(value.clone(), false);
                    if raw != Raw::Empty {
                        let at = (start.0 + position(row), start.1 + position(column));
                        cells.entry(at.0).or_default().insert(at.1, raw);
                    }
                    if is_enough(&cells) {
                        return Ok(cells);
                    }
                }
                let formulas = book.worksheet_formula(sheet).map_err(of_ods)?;
                let start = formulas.start().unwrap_or((0, 0));
                for (row, column, formula) in formulas.used_cells() {
                    let at = (start.0 + position(row), start.1 + position(column));
                    if !formula.is_empty() {
                        cells.entry(at.0).or_default().entry(at.1).or_insert(Raw::Fault(NO_RESULT));
                    }
                }
            }
        }
        Ok(cells)
    }

    /// The ranges of a sheet that are one cell.
    fn merged(&mut self, sheet: &str) -> Result<Vec<[u32; 4]>, Unreadable> {
        match &mut self.inner {
            Inner::Xlsx(book) => {
                let merged = book.merge_cells_by_sheet_name(sheet).map_err(of_xlsx)?;
                let range = |at: calamine::Dimensions| [at.start.0, at.start.1, at.end.0, at.end.1];
                Ok(merged.into_iter().map(range).collect())
            }
            Inner::Ods(_, merged) => Ok(merged.get(sheet).cloned().unwrap_or_default()),
        }
    }
}

fn sheets_of(known: &[calamine::Sheet]) -> Vec<Sheet> {
    let sheet = |sheet: &calamine::Sheet| Sheet {
        name: sheet.name.clone(),
        is_shown: sheet.visible == SheetVisible::Visible,
    };
    known.iter().map(sheet).collect()
}

/// Cells as lines, each as wide as the widest.
fn lines(cells: Cells) -> Result<Vec<Line>, Unreadable> {
    let last = cells.values().filter_map(|row| row.keys().next_back()).max();
    let width = last.map_or(0, |last| *last as usize + 1);
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
    Ok(lines.collect())
}
