//! A document as lines for a terminal of a given width.

mod flow;
mod heat;
mod sections;
mod table;

use std::borrow::Cow;

use crate::document::{Block, Cell, Document, Inline, Line, Severity};
use crate::text;

use super::date_chart;
use super::figures::{Figures, Short, TIED};
use super::marks::{ASCII, UNICODE, to_ascii};
use super::paint::Paint;
use flow::Span;

/// What a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// How many columns a line has.
    pub width: usize,
    /// Whether to colour.
    pub colour: bool,
    /// Whether it shows more than ASCII.
    pub unicode: bool,
    /// Whether figures keep all their digits.
    pub exact: bool,
}

impl Default for Screen {
    /// Eighty plain columns of UTF-8.
    fn default() -> Self {
        Self { width: 80, colour: false, unicode: true, exact: false }
    }
}

/// Draws a page; every line ends in a newline and none has blanks at its end.
pub fn terminal(document: &Document, screen: &Screen) -> String {
    let figures = Figures::new(document, screen.exact, if screen.unicode { UNICODE } else { ASCII });
    let mut page = Page {
        out: String::new(),
        pen: Pen { figures, paint: Paint::new(screen.colour), width: screen.width.max(20) },
    };
    page.title(document);
    let mut before: Option<&Block> = None;
    for block in document.blocks.iter().filter(|block| block.is_seen()) {
        page.gap(before, block);
        page.block(block);
        before = Some(block);
    }
    page.out
}

/// How this page is drawn.
struct Pen {
    figures: Figures,
    paint: Paint,
    width: usize,
}

impl Pen {
    /// Text of a register, harmless and in the signs that the terminal has.
    fn plain<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let safe = text::terminal(text);
        if self.figures.marks.ascii && !safe.is_ascii() { Cow::Owned(to_ascii(&safe)) } else { safe }
    }

    fn cell(&self, cell: &Cell, unit: Option<&str>, short: Short) -> String {
        let written = self.figures.cell(cell, unit, short);
        let tied = match self.plain(&written) {
            Cow::Borrowed(_) if written.is_ascii() => written,
            plain => plain.replace(TIED, " "),
        };
        // A figure stays with its unit when text around it is broken into lines.
        if short == Short::Sentence && !matches!(cell, Cell::Text(_)) {
            return tied.replace(' ', &TIED.to_string());
        }
        tied
    }

    fn spans(&self, line: &Line) -> Vec<Span> {
        let span = |inline: &Inline| {
            let words = match inline {
                Inline::Text(text) | Inline::Strong(text) | Inline::Dim(text) => {
                    self.plain(text).into_owned()
                }
                // A command is typed as one.
                Inline::Code(text) => self.plain(text).into_owned(),
                Inline::Value(cell) => self.cell(cell, None, Short::Sentence),
            };
            Span { style: self.paint.inline(inline), words }
        };
        line.0.iter().map(span).collect()
    }

    /// Shortens text to the columns, ending in the sign of a cut.
    fn cut(&self, text: &str, columns: usize) -> String {
        let cut = text::cut(text, columns);
        if self.figures.marks.ascii { cut.replace('…', self.figures.marks.cut) } else { cut.into_owned() }
    }
}

/// A page under the pen.
struct Page {
    out: String,
    pen: Pen,
}

impl Page {
    /// Ends the line, without blanks at its end.
    fn end_line(&mut self) {
        let kept = self.out.trim_end_matches(' ').len();
        self.out.truncate(kept);
        self.out.push('\n');
    }

    fn title(&mut self, document: &Document) {
        let mut line = Line::new().strong(&document.title);
        if let Some(subtitle) = &document.subtitle {
            line = line.text(" · ").line(subtitle.clone());
        }
        let left = self.pen.spans(&line);
        let source = document.source.as_deref().map(|source| self.pen.plain(source).into_owned());
        let right = source.unwrap_or_default();
        let used = flow::width(&left);
        if !right.is_empty() && used + 3 + text::width(&right) <= self.pen.width {
            self.spans(&left);
            self.blanks(self.pen.width - used - text::width(&right));
            self.pen.paint.put(&mut self.out, self.pen.paint.dim(), &right);
            self.end_line();
        } else {
            self.flow(&left, 0);
            if !right.is_empty() {
                self.flow(&[Span { style: self.pen.paint.dim(), words: right }], 0);
            }
        }
    }

    /// The blank line between blocks, which a heading and its content do without.
    fn gap(&mut self, before: Option<&Block>, block: &Block) {
        let joined = matches!(
            (before, block),
            (Some(Block::Heading(_)), _) | (Some(Block::Notice(_)), Block::Notice(_))
        );
        if !joined {
            self.out.push('\n');
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::NewPage(title) => {
                let rule: String = std::iter::repeat_n(self.pen.figures.marks.rule, self.pen.width).collect();
                self.pen.paint.put(&mut self.out, self.pen.paint.dim(), &rule);
                self.end_line();
                let words = self.pen.cut(&self.pen.plain(title), self.pen.width);
                self.pen.paint.put(&mut self.out, self.pen.paint.strong(), &words);
                self.end_line();
            }
            Block::Heading(text) => {
                let words = self.pen.cut(&self.pen.plain(text), self.pen.width);
                self.pen.paint.put(&mut self.out, self.pen.paint.strong(), &words);
                self.end_line();
            }
            Block::Paragraph(line) => {
                let spans = self.pen.spans(line);
                self.flow(&spans, 2);
            }
            Block::List(points) => {
                for point in points {
                    let mut spans =
                        vec![Span::plain(format!("{TIED}{TIED}{}{TIED}", self.pen.figures.marks.bullet))];
                    spans.extend(self.pen.spans(point));
                    self.flow_hanging(&spans, 4);
                }
            }
            Block::Table(table) => self.table(table),
            Block::Facts(facts) => self.facts(facts),
            Block::Chart(chart) => {
                for line in date_chart::draw(chart, &self.pen.figures, self.pen.width) {
                    self.out.push_str(&self.pen.plain(&line));
                    self.end_line();
                }
            }
            Block::Heat(heat) => self.heat(heat),
            Block::Attention(items) => self.attention(items),
            Block::Entries(entries) => self.entries(entries),
            Block::Fold(fold) => {
                let mut before = Block::Heading(fold.title.clone());
                self.block(&before);
                for block in &fold.blocks {
                    self.gap(Some(&before), block);
                    self.block(block);
                    before = block.clone();
                }
            }
            Block::Notice(notice) => {
                let sign = if notice.severity == Severity::Info { "i" } else { "!" };
                let style = self.pen.paint.severity(notice.severity);
                let mut spans = vec![Span { style, words: format!("{sign}{TIED}") }];
                spans.extend(self.pen.spans(&notice.text));
                if let Some(next) = &notice.next {
                    spans.push(Span::plain("   ".to_owned()));
                    spans.push(self.command(next));
                }
                self.flow_hanging(&spans, 2);
            }
            Block::Commands(commands) => {
                let mut spans = Vec::new();
                for command in commands {
                    if !spans.is_empty() {
                        spans.push(Span::plain(self.pen.figures.marks.dot.to_owned()));
                    }
                    spans.push(self.command(&command.command));
                    if let Some(note) = &command.note {
                        spans.push(Span::plain(format!(": {}", self.pen.plain(note))));
                    }
                }
                self.flow_hanging(&spans, 0);
            }
        }
    }

    /// A command, which stays on one line where it can.
    fn command(&self, command: &str) -> Span {
        let words = self.pen.plain(command).replace(' ', &TIED.to_string());
        Span { style: self.pen.paint.code(), words }
    }

    fn blanks(&mut self, count: usize) {
        self.out.extend(std::iter::repeat_n(' ', count));
    }

    fn spans(&mut self, spans: &[Span]) {
        for span in spans {
            let words = span.words.replace(TIED, " ");
            self.pen.paint.put(&mut self.out, span.style, &words);
        }
    }

    /// Writes running text behind `indent` blanks.
    fn flow(&mut self, spans: &[Span], indent: usize) {
        for line in flow::wrap(spans, self.pen.width.saturating_sub(indent)) {
            self.blanks(indent);
            self.spans(&line);
            self.end_line();
        }
    }

    /// Writes running text whose later lines stand behind `indent` blanks.
    fn flow_hanging(&mut self, spans: &[Span], indent: usize) {
        for (at, line) in flow::wrap_hanging(spans, self.pen.width, indent).iter().enumerate() {
            if at > 0 {
                self.blanks(indent);
            }
            self.spans(line);
            self.end_line();
        }
    }
}
