//! Facts in columns, and records that need somebody.

use crate::document::{Attention, Entry, Facts, Line};
use crate::text;

use super::flow::{self, Span};
use super::{Page, Pen, TIED};

/// Below this many columns, a column of facts is too narrow to read.
const FACT_COLUMN: usize = 36;

/// Blanks between columns of facts.
const FACT_GAP: usize = 4;

impl Page {
    pub(super) fn facts(&mut self, facts: &Facts) {
        if facts.items.is_empty() {
            return;
        }
        let label =
            facts.items.iter().map(|fact| text::width(&self.pen.plain(&fact.label))).max().unwrap_or(0);
        let fits = (self.pen.width + FACT_GAP) / (FACT_COLUMN + FACT_GAP);
        let columns = facts.columns.clamp(1, fits.max(1)).min(facts.items.len());
        if columns == 1 {
            for fact in &facts.items {
                let words = text::pad(&self.pen.plain(&fact.label), label + 2, text::Align::Left);
                let mut spans =
                    vec![Span { style: self.pen.paint.dim(), words: words.replace(' ', &TIED.to_string()) }];
                spans.extend(self.pen.spans(&fact.value));
                self.flow_hanging(&spans, label + 2);
            }
            return;
        }
        let rows = facts.items.len().div_ceil(columns);
        let columns = facts.items.len().div_ceil(rows);
        let each = (self.pen.width - FACT_GAP * (columns - 1)) / columns;
        for row in 0..rows {
            for column in 0..columns {
                let Some(fact) = facts.items.get(column * rows + row) else { continue };
                let words = text::pad(&self.pen.plain(&fact.label), label + 2, text::Align::Left);
                self.pen.paint.put(&mut self.out, self.pen.paint.dim(), &words);
                let used = self.cut_spans(&fact.value, each.saturating_sub(label + 2));
                let free = each.saturating_sub(label + 2 + used);
                self.blanks(free + FACT_GAP);
            }
            self.end_line();
        }
    }

    /// Marker, record and reason; the command in a column to the right where there is room beside the reason.
    pub(super) fn attention(&mut self, items: &[Attention]) {
        let subject = |pen: &Pen, item: &Attention| text::width(&pen.plain(&item.subject));
        let widest = items.iter().map(|item| subject(&self.pen, item)).max().unwrap_or(0);
        let widest = widest.min(self.pen.width / 3);
        let before = 4 + widest + 2;
        // Where each reason ends and how wide its command is, of those that fit beside each other.
        let width = self.pen.width;
        let fitting = |pen: &Pen, item: &Attention| {
            let next = text::width(&pen.plain(item.next.as_deref()?));
            let end = before + flow::width(&pen.spans(&item.text)) + 3;
            (end + next <= width).then_some((end, next))
        };
        let start =
            items.iter().filter_map(|item| fitting(&self.pen, item)).map(|(end, _)| end).max().unwrap_or(0);
        for item in items {
            self.blanks(2);
            match item.mark {
                Some(rating) => {
                    let sign = self.pen.figures.marks.of(rating);
                    self.pen.paint.put(&mut self.out, self.pen.paint.level(rating.level), sign);
                }
                None => self.blanks(1),
            }
            self.blanks(1);
            let name = self.pen.cut(&self.pen.plain(&item.subject), widest);
            self.pen.paint.put(&mut self.out, self.pen.paint.strong(), &name);
            self.blanks(widest - text::width(&name) + 2);
            let spans = self.pen.spans(&item.text);
            let lines = flow::wrap(&spans, width.saturating_sub(before));
            for (at, line) in lines.iter().enumerate() {
                if at > 0 {
                    self.blanks(before);
                }
                self.spans(line);
                if let (Some((end, next)), Some(command)) = (fitting(&self.pen, item), item.next.as_deref()) {
                    self.blanks(start.min(width - next) - (end - 3));
                    let command = self.pen.plain(command).into_owned();
                    self.pen.paint.put(&mut self.out, self.pen.paint.code(), &command);
                }
                self.end_line();
            }
        }
    }

    /// Marker, record and what stands beside it, then each point on lines of its own.
    pub(super) fn entries(&mut self, entries: &[Entry]) {
        for (at, entry) in entries.iter().enumerate() {
            if at > 0 {
                self.out.push('\n');
            }
            self.blanks(2);
            match entry.mark {
                Some(rating) => {
                    let sign = self.pen.figures.marks.of(rating);
                    self.pen.paint.put(&mut self.out, self.pen.paint.level(rating.level), sign);
                }
                None => self.blanks(1),
            }
            self.blanks(1);
            let name = self.pen.cut(&self.pen.plain(&entry.subject), self.pen.width / 2);
            self.pen.paint.put(&mut self.out, self.pen.paint.strong(), &name);
            self.blanks(2);
            let left = self.pen.width.saturating_sub(6 + text::width(&name));
            self.cut_spans(&entry.text, left);
            self.end_line();
            for point in &entry.points {
                let spans = self.pen.spans(point);
                for (line_at, line) in
                    flow::wrap_hanging(&spans, self.pen.width.saturating_sub(4), 2).iter().enumerate()
                {
                    self.blanks(if line_at > 0 { 6 } else { 4 });
                    self.spans(line);
                    self.end_line();
                }
            }
        }
    }

    /// Writes a line on at most `columns`; tells how many it took.
    fn cut_spans(&mut self, line: &Line, columns: usize) -> usize {
        let spans = self.pen.spans(line);
        let fits = flow::width(&spans) <= columns;
        let mut used = 0;
        for span in &spans {
            let words = span.words.replace(TIED, " ");
            let room = columns - used;
            if fits || text::width(&words) < room {
                self.pen.paint.put(&mut self.out, span.style, &words);
                used += text::width(&words);
                continue;
            }
            // Something is left out, even if this span alone would just fit.
            let shown = self.pen.cut(&format!("{words}  "), room);
            self.pen.paint.put(&mut self.out, span.style, &shown);
            return used + text::width(&shown);
        }
        used
    }
}
