//! One table on one sheet: a frozen header with a filter, columns as wide as what they hold.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet};

use crate::document::{Cell, Level, Row, Table};
use crate::text;

use super::WorkbookError;
use super::cell::{Held, Shown, exact, held};

/// The widest that a column is made; longer text is wrapped.
const WIDEST: usize = 60;
/// The narrowest: room for the filter's button.
const NARROWEST: usize = 8;
/// How many signs a cell holds, in UTF-16 units.
const LONGEST: usize = 32_767;

/// A table and what its sheet is called.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// The name that is wanted; it is made valid and unique.
    pub name: String,
    /// The table.
    pub table: &'a Table,
    /// Whether the sheet must be read back as it was: stable names above, texts with every sign that they have.
    pub exact: bool,
}

impl<'a> Sheet<'a> {
    /// The sheet of a table for people.
    pub fn of_page(name: &str, table: &'a Table) -> Self {
        Self { name: capital(&name.replace('_', " ")), table, exact: false }
    }

    /// The sheet of a table of records, for programs and people.
    pub fn of_records(name: &str, table: &'a Table) -> Self {
        Self { name: name.to_owned(), table, exact: true }
    }

    /// Writes it, and says how many texts had to be cut.
    pub(super) fn write(&self, page: &mut Worksheet) -> Result<usize, WorkbookError> {
        let carried: Vec<usize> =
            (0..self.table.columns.len()).filter(|at| !self.table.columns[*at].seen_only).collect();
        let is_grouped = self.table.rows.iter().any(|row| matches!(row, Row::Group(_)));
        let mut heads = self.heads(&carried);
        if is_grouped {
            heads.insert(0, "Group".to_owned());
        }
        let count = self.table.cells().count();
        let too_large =
            || WorkbookError::TooLarge { name: self.name.clone(), rows: count, columns: heads.len() };
        let last_column = u16::try_from(heads.len()).ok().filter(|n| *n <= 16_384).ok_or_else(too_large)?;
        let last_row = u32::try_from(count).ok().filter(|n| *n < 1_048_576).ok_or_else(too_large)?;
        let mut formats = Formats::default();
        let mut widths: Vec<usize> = heads.iter().map(|head| text::width(head) + 3).collect();
        for (column, head) in (0..).zip(&heads) {
            page.write_string_with_format(0, column, head, &formats.head())?;
        }
        let (mut row_at, mut group, mut cut) = (0, String::new(), 0);
        for row in &self.table.rows {
            let cells = match row {
                Row::Group(title) => {
                    group.clone_from(title);
                    continue;
                }
                Row::Cells(cells) => cells,
            };
            row_at += 1;
            let of_group = is_grouped.then(|| held(&Cell::text(group.as_str())));
            let own = carried.iter().map(|at| cells.get(*at).unwrap_or(&Cell::Empty));
            let own = own.map(|cell| if self.exact { exact(cell) } else { held(cell) });
            for (column, value) in (0..).zip(of_group.into_iter().chain(own)) {
                let width = &mut widths[usize::from(column)];
                cut += usize::from(put(page, row_at, column, value, &mut formats, width)?);
            }
        }
        for (column, width) in (0..).zip(widths) {
            page.set_column_width(
                column,
                f64::from(u8::try_from(width.clamp(NARROWEST, WIDEST)).unwrap_or(60)),
            )?;
        }
        page.set_freeze_panes(1, 0)?;
        if last_column > 0 {
            page.autofilter(0, 0, last_row, last_column - 1)?;
        }
        Ok(cut)
    }

    /// What stands above the columns, each with words of its own.
    fn heads(&self, carried: &[usize]) -> Vec<String> {
        let mut taken = BTreeSet::new();
        let mut own = |at: usize| {
            let column = &self.table.columns[at];
            let head = self.head(at);
            let fallbacks = [capital(&spoken(&column.key)), format!("{head} ({})", column.key)];
            let free = std::iter::once(head.clone()).chain(fallbacks).find(|head| !taken.contains(head));
            let head = free.unwrap_or(head);
            taken.insert(head.clone());
            head
        };
        carried.iter().map(|at| own(*at)).collect()
    }

    fn head(&self, at: usize) -> String {
        let column = &self.table.columns[at];
        if self.exact {
            return column.key.clone();
        }
        let title = match column.title.is_empty() {
            true => capital(&spoken(&column.key)),
            false => column.title.clone(),
        };
        // What stands above several columns may be their unit.
        let is_unit =
            |text: &String| self.table.columns.iter().any(|other| other.unit.as_ref() == Some(text));
        let title = match &column.group {
            Some(group) if !is_unit(group) => capital(&format!("{group}: {title}")),
            _ => title,
        };
        match &column.unit {
            Some(unit) if !self.is_mixed(at, unit) => format!("{title} ({unit})"),
            _ => title,
        }
    }

    /// Whether a column has amounts in another currency than the one above it; which, a column of its own says.
    fn is_mixed(&self, at: usize, unit: &str) -> bool {
        self.table.rows.iter().any(|row| match row {
            Row::Cells(cells) => {
                matches!(cells.get(at), Some(Cell::Money { currency, .. }) if !currency.is_empty() && currency != unit)
            }
            Row::Group(_) => false,
        })
    }
}

/// Figures that are known by their first letters.
const KNOWN_BY_LETTERS: [&str; 15] =
    ["ac", "bac", "cpi", "eac", "es", "etc", "ev", "id", "ieac", "pd", "pv", "spi", "sv", "tcpi", "vac"];

/// The words of a key, as people write them: `etc_by_cpi` is ETC by CPI.
fn spoken(key: &str) -> String {
    let word = |word: &str| match KNOWN_BY_LETTERS.contains(&word) || key == "at" {
        true => word.to_uppercase(),
        false => word.to_owned(),
    };
    key.split('_').map(word).collect::<Vec<_>>().join(" ")
}

/// A text with a capital at its beginning.
fn capital(text: &str) -> String {
    let mut signs = text.chars();
    let first: String = signs.next().into_iter().flat_map(char::to_uppercase).collect();
    first + signs.as_str()
}

/// Writes one value, widens its column, and says whether it had to be cut.
fn put(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    value: Held,
    formats: &mut Formats,
    width: &mut usize,
) -> Result<bool, WorkbookError> {
    let mut is_cut = false;
    let wide = match value {
        Held::Nothing => 0,
        Held::Text(text) => {
            let longest = text.lines().map(text::width).max().unwrap_or(0);
            let is_long = longest > WIDEST || text.contains('\n');
            let text = match text.encode_utf16().count() > LONGEST {
                true => {
                    is_cut = true;
                    shortened(&text)
                }
                false => text,
            };
            page.write_string_with_format(row, column, text, &formats.text(is_long))?;
            longest
        }
        Held::Number(number, shown) => {
            page.write_number_with_format(row, column, number, &formats.number(&shown))?;
            match shown {
                Shown::Date => 10,
                _ => format!("{number}").len() + 4,
            }
        }
        Held::Flag(flag) => {
            page.write_boolean(row, column, flag)?;
            5
        }
        Held::Rating(word, level) => {
            page.write_string_with_format(row, column, word, &formats.rating(level))?;
            word.len()
        }
    };
    *width = (*width).max(wide + 1);
    Ok(is_cut)
}

/// As much of a text as a cell holds, with a sign that it was longer.
fn shortened(text: &str) -> String {
    let mut units = 1;
    let part: String = text
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= LONGEST
        })
        .collect();
    part + "…"
}

/// The formats of a sheet, each made once.
#[derive(Default)]
struct Formats {
    numbers: BTreeMap<Shown, Format>,
}

impl Formats {
    fn head(&self) -> Format {
        Format::new()
            .set_bold()
            .set_align(FormatAlign::Top)
            .set_background_color(Color::RGB(0xE7_EB_F0))
            .set_border_bottom(FormatBorder::Thin)
    }

    fn text(&self, is_long: bool) -> Format {
        let top = Format::new().set_align(FormatAlign::Top);
        if is_long { top.set_text_wrap() } else { top }
    }

    fn number(&mut self, shown: &Shown) -> Format {
        let made = || Format::new().set_align(FormatAlign::Top).set_num_format(shown.code());
        self.numbers.entry(shown.clone()).or_insert_with(made).clone()
    }

    /// The word in a colour that it can be read on; the word says it too.
    fn rating(&self, level: Level) -> Format {
        let (back, front) = match level {
            Level::Red => (0xF8_CB_C6, 0x7A_10_10),
            Level::AmberRed => (0xFB_DC_BE, 0x7A_3A_00),
            Level::Amber => (0xFF_EB_B0, 0x5C_46_00),
            Level::AmberGreen => (0xEA_F1_BF, 0x45_50_00),
            Level::Green => (0xCD_EB_CF, 0x0F_4D_1A),
            Level::Grey => (0xE3_E3_E3, 0x40_40_40),
        };
        Format::new()
            .set_align(FormatAlign::Top)
            .set_background_color(Color::RGB(back))
            .set_font_color(Color::RGB(front))
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Column;

    use super::*;

    #[test]
    fn every_column_has_words_of_its_own_and_the_currency_that_holds_for_it() {
        let columns = vec![
            Column::new("phase", "Phase"),
            Column::figures("budget", "Budget").unit("EUR").group("EUR"),
            Column::figures("spent", "Spent").unit("EUR"),
            Column::figures("variance_percent", "± %").group("EUR"),
            Column::new("phase_code", "Phase"),
            Column::figures("etc_by_cpi", ""),
        ];
        let mut table = Table::new("finance", columns);
        let money = |currency: &str| Cell::money(1, currency);
        let name = || Cell::text("x");
        table.row(vec![name(), money("GBP"), money(""), Cell::Empty, name(), Cell::Empty]);
        let sheet = Sheet::of_page("finance", &table);
        assert_eq!(
            sheet.heads(&[0, 1, 2, 3, 4, 5]),
            ["Phase", "Budget", "Spent (EUR)", "± %", "Phase code", "ETC by CPI"]
        );
    }
}
