//! A table without boxes: one rule under the header, figures to the right, nothing wrapped.

mod choose;

use anstyle::Style;

use crate::document::{Align, Cell, Column, Row, Table};
use crate::text;

use super::{Page, Pen, Short};
use choose::{Wanted, choose};

/// Blanks before every line of a table, and between columns.
const INDENT: usize = 2;
const GAP: usize = 2;

/// A cell as drawn: its words, already cut to the column, and their style.
struct Drawn {
    words: String,
    style: Style,
}

/// One line of the table's body.
enum Line {
    Title(String),
    Cells(Vec<Drawn>),
    Rule,
}

/// A column that is shown, and how wide.
struct Shown<'a> {
    column: &'a Column,
    width: usize,
    gap: usize,
}

/// A cell's words at their side of the column, and the gap behind it.
fn in_column(words: &str, shown: &Shown<'_>) -> String {
    let free = shown.width.saturating_sub(text::width(words));
    let before = match shown.column.align {
        Align::Left => 0,
        Align::Right => free,
        Align::Centre => free.div_ceil(2),
    };
    format!("{}{words}{}", " ".repeat(before), " ".repeat(free - before + shown.gap))
}

impl Pen {
    /// The words of each cell of a row; none of what stands between the rows.
    fn words(&self, row: &Row, columns: &[Column]) -> Vec<String> {
        match row {
            Row::Group(_) => Vec::new(),
            Row::Cells(cells) => self.written(cells, columns),
        }
    }

    fn written(&self, cells: &[Cell], columns: &[Column]) -> Vec<String> {
        let write = |(cell, column): (&Cell, &Column)| self.cell(cell, column.unit.as_deref(), Short::Column);
        cells.iter().zip(columns).map(write).collect()
    }
}

impl Page {
    pub(super) fn table(&mut self, table: &Table) {
        let room = self.pen.width.saturating_sub(INDENT);
        let pen = &self.pen;
        // A table may have a row for each of ten thousand projects: each cell is written once.
        let rows: Vec<Vec<String>> = table.rows.iter().map(|row| pen.words(row, &table.columns)).collect();
        let footer: Vec<Vec<String>> =
            table.footer.iter().map(|cells| pen.written(cells, &table.columns)).collect();
        let wanted: Vec<Wanted> = table
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let cells = rows.iter().chain(&footer).filter_map(|words| words.get(at));
                let widest = cells.map(|words| text::width(words)).max().unwrap_or(0);
                let title = text::width(&pen.plain(&column.title));
                Wanted { natural: widest.max(title), title, gap: if column.hugs { 1 } else { GAP } }
            })
            .collect();
        let (kept, dropped) = choose(&table.columns, &wanted, table.seen(), room);
        let shown: Vec<Shown> = kept
            .iter()
            .map(|(at, width)| Shown { column: &table.columns[*at], width: *width, gap: wanted[*at].gap })
            .collect();

        let drawn = |cells: &[Cell], words: &[String], total: bool| {
            let draw = |(at, width): &(usize, usize)| {
                let style = match cells.get(*at) {
                    Some(cell) if !total || matches!(cell, Cell::Rating(_) | Cell::Missing) => {
                        pen.paint.cell(cell)
                    }
                    _ if total => pen.paint.strong(),
                    _ => Style::new(),
                };
                Drawn { words: pen.cut(words.get(*at).map_or("", String::as_str), *width), style }
            };
            Line::Cells(kept.iter().map(draw).collect())
        };
        let mut body: Vec<Line> = Vec::new();
        for (row, words) in table.rows.iter().zip(&rows) {
            body.push(match row {
                Row::Group(title) => Line::Title(pen.cut(&pen.plain(title), room)),
                Row::Cells(cells) => drawn(cells, words, false),
            });
        }
        if !footer.is_empty() {
            body.push(Line::Rule);
            body.extend(table.footer.iter().zip(&footer).map(|(cells, words)| drawn(cells, words, true)));
        }

        self.groups(&shown);
        self.lay(&shown, &body);
        self.after(table, &dropped);
    }

    /// What stands above several columns, in the middle of them; a long word reaches over its neighbours.
    fn groups(&mut self, shown: &[Shown<'_>]) {
        let mut labels: Vec<(usize, String)> = Vec::new();
        let mut start = INDENT;
        let mut at = 0;
        while at < shown.len() {
            let group = &shown[at].column.group;
            let after = shown[at..].iter().position(|next| next.column.group != *group);
            let end = after.map_or(shown.len(), |count| at + count);
            let span: usize = shown[at..end].iter().map(|next| next.width + next.gap).sum();
            if let Some(group) = group {
                let words = self.pen.plain(group).into_owned();
                let middle = start + (span - shown[end - 1].gap) / 2;
                labels.push((middle.saturating_sub(text::width(&words) / 2), words));
            }
            start += span;
            at = end;
        }
        let mut used = 0;
        for (at, (wanted, words)) in labels.iter().enumerate() {
            let left = if at == 0 { (*wanted).max(INDENT) } else { (*wanted).max(used + 2) };
            if left + text::width(words) > self.pen.width {
                break;
            }
            self.blanks(left - used);
            self.pen.paint.put(&mut self.out, self.pen.paint.dim(), words);
            used = left + text::width(words);
        }
        if !labels.is_empty() {
            self.end_line();
        }
    }

    /// Draws the titles, the rule below them and the rows, each cell at its side of the column.
    fn lay(&mut self, shown: &[Shown<'_>], body: &[Line]) {
        let titles: Vec<Drawn> =
            shown.iter().map(|shown| Drawn { words: self.title_of(shown), style: Style::new() }).collect();
        let gaps: usize = shown.iter().map(|shown| shown.width + shown.gap).sum();
        let rule_width = gaps - shown.last().map_or(0, |last| last.gap);
        let full_rule: String = std::iter::repeat_n(self.pen.figures.marks.rule, rule_width).collect();
        if titles.iter().any(|title| !title.words.is_empty()) {
            let header: String =
                titles.iter().zip(shown).map(|(title, shown)| in_column(&title.words, shown)).collect();
            self.blanks(INDENT);
            self.pen.paint.put(&mut self.out, self.pen.paint.strong(), header.trim_end());
            self.end_line();
            self.rule(&full_rule);
        }
        for line in body {
            match line {
                Line::Title(title) => {
                    self.blanks(INDENT);
                    self.pen.paint.put(&mut self.out, self.pen.paint.strong(), title);
                    self.end_line();
                }
                Line::Rule => self.rule(&full_rule),
                Line::Cells(cells) => self.row(shown, cells),
            }
        }
    }

    fn title_of(&self, shown: &Shown<'_>) -> String {
        self.pen.cut(&self.pen.plain(&shown.column.title), shown.width)
    }

    fn rule(&mut self, rule: &str) {
        self.blanks(INDENT);
        self.pen.paint.put(&mut self.out, self.pen.paint.dim(), rule);
        self.end_line();
    }

    fn row(&mut self, shown: &[Shown<'_>], cells: &[Drawn]) {
        self.blanks(INDENT);
        for (cell, shown) in cells.iter().zip(shown) {
            let laid = in_column(&cell.words, shown);
            let words = laid.trim_matches(' ');
            let before = laid.len() - laid.trim_start_matches(' ').len();
            self.blanks(before);
            if !words.is_empty() {
                self.pen.paint.put(&mut self.out, cell.style, words);
                self.blanks(laid.len() - before - words.len());
            }
        }
        self.end_line();
    }

    /// What the table lacks, and what the screen has no room for.
    fn after(&mut self, table: &Table, dropped: &[usize]) {
        if let Some(note) = &table.note {
            let mut spans = self.pen.spans(note);
            for span in &mut spans {
                span.style = self.pen.paint.dim();
            }
            self.flow(&spans, INDENT);
        }
        let titles: Vec<&str> = dropped
            .iter()
            .map(|at| &table.columns[*at])
            // A marker has no title: it goes with the column beside it.
            .filter(|column| !(column.hugs && column.title.is_empty()))
            .map(|column| if column.title.is_empty() { column.key.as_str() } else { column.title.as_str() })
            .collect();
        if !titles.is_empty() {
            let words = format!("no room here for: {}", self.pen.plain(&titles.join(", ")));
            let words = self.pen.cut(&words, self.pen.width.saturating_sub(INDENT));
            self.blanks(INDENT);
            self.pen.paint.put(&mut self.out, self.pen.paint.dim(), &words);
            self.end_line();
        }
    }
}
