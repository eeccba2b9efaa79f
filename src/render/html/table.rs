//! Tables: a caption, titles with a scope, a first column that names its row, and a region of its own to scroll in.

use crate::document::{Align, Cell, Column, Row, Table};
use crate::render::figures::Short;

use super::Page;

/// A column that is shown.
struct Shown<'a> {
    at: usize,
    column: &'a Column,
    /// Whether its cells name their rows.
    names: bool,
}

impl Page {
    pub(super) fn table(&mut self, table: &Table) {
        let seen = table.seen();
        if seen.is_empty() {
            return;
        }
        let naming = |at: &usize| {
            let column = &table.columns[*at];
            !column.hugs && column.align == Align::Left && !column.title.is_empty()
        };
        let named = seen.iter().copied().find(naming);
        let shown: Vec<Shown> = seen
            .iter()
            .map(|at| Shown { at: *at, column: &table.columns[*at], names: named == Some(*at) })
            .collect();

        let mut caption = self.section.clone().unwrap_or_else(|| in_words(&table.key));
        if let Some(sheet) = &self.sheet {
            // Each page of paper has the same tables: a name that is read aloud says which one it is.
            caption = format!("{caption}: {sheet}");
        }
        let id = self.name(&format!("table {}", table.key));
        // The heading above says the same to the eye.
        let unseen = if self.section.is_some() { "vh" } else { "shown" };
        // Whoever has no mouse reaches what does not fit.
        let region = [("class", "scroll"), ("aria-labelledby", id.as_str()), ("tabindex", "0")];
        self.lines("section", &region, |page| {
            page.lines("table", &[], |page| {
                page.lines("caption", &[("id", &id), ("class", unseen)], |page| page.markup.text(&caption));
                page.head(&shown);
                page.body(table, &shown);
            });
        });
        if let Some(note) = &table.note {
            self.lines("p", &[("class", "note")], |page| page.line(note));
        }
    }

    /// One line of titles, and one above it where columns belong together.
    fn head(&mut self, shown: &[Shown<'_>]) {
        let grouped = shown.iter().any(|one| one.column.group.is_some());
        self.lines("thead", &[], |page| {
            if !grouped {
                page.lines("tr", &[], |page| shown.iter().for_each(|one| page.title(one, "1")));
                return;
            }
            page.lines("tr", &[], |page| {
                let mut rest = shown;
                while let Some(first) = rest.first() {
                    let Some(group) = &first.column.group else {
                        page.title(first, "2");
                        rest = &rest[1..];
                        continue;
                    };
                    let together =
                        rest.iter().take_while(|one| one.column.group.as_ref() == Some(group)).count();
                    let span = together.to_string();
                    let with = [("scope", "colgroup"), ("colspan", span.as_str()), ("class", "group")];
                    page.around("th", &with, |page| page.markup.text(group));
                    rest = &rest[together..];
                }
            });
            page.lines("tr", &[], |page| {
                shown.iter().filter(|one| one.column.group.is_some()).for_each(|one| page.title(one, "1"));
            });
        });
    }

    /// The title of a column; one without words of its own has them for the ear only.
    fn title(&mut self, one: &Shown<'_>, rows: &str) {
        let mut with = vec![("scope", "col"), ("class", class(one))];
        if rows != "1" {
            with.push(("rowspan", rows));
        }
        let column = one.column;
        self.around("th", &with, |page| {
            let title = column.title.as_str();
            let full = in_words(&column.key);
            if title.is_empty() {
                let words = if column.hugs { "Rating".to_owned() } else { full };
                page.markup.wrap("span", &[("class", "vh")], &words);
            } else if full.len() > title.len() && full.starts_with(title) {
                page.markup.wrap("abbr", &[("title", &full)], title);
            } else {
                page.markup.text(title);
            }
            let unit = column.unit.as_deref().filter(|unit| !unit.is_empty());
            if let Some(unit) = unit.filter(|unit| column.group.as_deref() != Some(*unit)) {
                page.markup.text(" ");
                page.markup.wrap("span", &[("class", "unit")], unit);
            }
        });
    }

    fn body(&mut self, table: &Table, shown: &[Shown<'_>]) {
        let mut rest = table.rows.as_slice();
        while !rest.is_empty() {
            let title = match &rest[0] {
                Row::Group(title) => Some(title),
                Row::Cells(_) => None,
            };
            let rows = &rest[usize::from(title.is_some())..];
            let end = rows.iter().position(|row| matches!(row, Row::Group(_))).unwrap_or(rows.len());
            self.lines("tbody", &[], |page| {
                if let Some(title) = title {
                    let span = shown.len().to_string();
                    page.lines("tr", &[("class", "group")], |page| {
                        let with = [("scope", "rowgroup"), ("colspan", span.as_str())];
                        page.around("th", &with, |page| page.markup.text(title));
                    });
                }
                for row in &rows[..end] {
                    if let Row::Cells(cells) = row {
                        page.row(cells, shown);
                    }
                }
            });
            rest = &rows[end..];
        }
        if !table.footer.is_empty() {
            self.lines("tfoot", &[], |page| {
                for cells in &table.footer {
                    page.row(cells, shown);
                }
            });
        }
    }

    fn row(&mut self, cells: &[Cell], shown: &[Shown<'_>]) {
        self.lines("tr", &[], |page| {
            for one in shown {
                let cell = cells.get(one.at).unwrap_or(&Cell::Empty);
                let is_named = one.names && !matches!(cell, Cell::Empty | Cell::Missing);
                let class = class(one);
                let with: &[_] = match (is_named, class) {
                    (true, _) => &[("scope", "row"), ("class", class)],
                    (false, "") => &[],
                    (false, _) => &[("class", class)],
                };
                let tag = if is_named { "th" } else { "td" };
                page.around(tag, with, |page| page.value(cell, one.column.unit.as_deref(), Short::Column));
            }
        });
    }
}

/// How a column is set.
fn class(one: &Shown<'_>) -> &'static str {
    match (one.column.hugs, one.column.align) {
        _ if one.names => "name",
        (true, _) => "mark",
        (_, Align::Right) => "num",
        (_, Align::Centre) => "mid",
        (_, Align::Left) if one.column.stretch => "long",
        (_, Align::Left) => "",
    }
}

/// A stable name as words: `top_risk` is `Top risk`.
fn in_words(key: &str) -> String {
    let words = key.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
