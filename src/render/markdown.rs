//! A document as GitHub's Markdown.

use std::collections::BTreeMap;

use crate::document::{
    Align, Block, Cell, Column, Document, Heat, HeatLevel, Imprint, Inline, Line, Rating, Row, Severity,
    Table,
};
use crate::text;

use super::date_chart;
use super::figures::{Figures, Short, TIED};
use super::marks::UNICODE;

/// How many columns a chart has.
const CHART: usize = 80;

/// Writes a page as Markdown; `exact` keeps all digits.
pub fn markdown(document: &Document, exact: bool) -> String {
    let writer = Writer { figures: Figures::new(document, exact, UNICODE) };
    let mut parts = Vec::new();
    let subtitle = document.subtitle.as_ref().map(|subtitle| format!(" · {}", writer.line(subtitle)));
    parts.push(format!("# {}{}", prose(&document.title), subtitle.unwrap_or_default()));
    if let Some(source) = &document.source {
        parts.push(prose(source));
    }
    let seen = document.blocks.iter().filter(|block| block.is_seen());
    parts.extend(seen.map(|block| writer.block(block)).filter(|part| !part.is_empty()));
    parts.extend(foot(&document.imprint));
    let mut out = parts.join("\n\n");
    out.push('\n');
    out
}

/// How the page was made: a line for people, and the same for programs where no browser shows it.
fn foot(imprint: &[Imprint]) -> Option<String> {
    let shown = |item: &Imprint| match item.key {
        "command" => format!("{} {}", item.label, code(&item.value)),
        _ => format!("{} {}", item.label, prose(&item.value)),
    };
    let said: BTreeMap<&str, &str> = imprint.iter().map(|item| (item.key, item.value.as_str())).collect();
    let json = serde_json::to_string(&said).ok().filter(|_| !imprint.is_empty())?;
    // Nothing in it may end the comment, or look as if it did.
    let json =
        text::escape::json(&json).replace("--", "-\\u002d").replace('<', "\\u003c").replace('>', "\\u003e");
    let line: Vec<String> = imprint.iter().map(shown).collect();
    Some(format!("---\n\n{}\n\n<!-- pmo {json} -->", line.join(" · ")))
}

struct Writer {
    figures: Figures,
}

impl Writer {
    fn block(&self, block: &Block) -> String {
        match block {
            Block::NewPage(title) => format!("---\n\n# {}", prose(title)),
            Block::Heading(text) => format!("## {}", prose(text)),
            Block::Paragraph(line) => self.opening(line),
            Block::List(points) => {
                points.iter().map(|point| format!("- {}", self.opening(point))).collect::<Vec<_>>().join("\n")
            }
            Block::Table(table) => self.table(table),
            Block::Facts(facts) => {
                let fact = |(label, value): (&String, &Line)| {
                    format!("- **{}:** {}", prose(label), self.line(value))
                };
                let items = facts.items.iter().map(|item| (&item.label, &item.value));
                items.map(fact).collect::<Vec<_>>().join("\n")
            }
            Block::Chart(chart) => {
                let lines = date_chart::draw(chart, &self.figures, CHART);
                format!(
                    "```text\n{}\n```",
                    lines.iter().map(|line| text::terminal(line)).collect::<Vec<_>>().join("\n")
                )
            }
            Block::Heat(heat) => self.heat(heat),
            Block::Notice(notice) => {
                let kind = match notice.severity {
                    Severity::Info => "NOTE",
                    Severity::Warning => "WARNING",
                    Severity::Error => "CAUTION",
                };
                let next = notice.next.as_deref().map(|next| format!(" ({})", code(next)));
                format!("> [!{kind}]\n> {}{}", self.line(&notice.text), next.unwrap_or_default())
            }
            Block::Attention(items) => {
                let item = |item: &crate::document::Attention| {
                    let mark = item.mark.map(|rating| format!("{} ", self.figures.marks.of(rating)));
                    let next = item.next.as_deref().map(|next| format!(" ({})", code(next)));
                    format!(
                        "- {}**{}** {}{}",
                        mark.unwrap_or_default(),
                        prose(&item.subject),
                        self.line(&item.text),
                        next.unwrap_or_default()
                    )
                };
                items.iter().map(item).collect::<Vec<_>>().join("\n")
            }
            Block::Entries(entries) => {
                let entry = |entry: &crate::document::Entry| {
                    let mark = entry.mark.map(|rating| format!("{} ", self.figures.marks.of(rating)));
                    let head = format!(
                        "- {}**{}** {}",
                        mark.unwrap_or_default(),
                        prose(&entry.subject),
                        self.line(&entry.text)
                    );
                    let points = entry.points.iter().map(|point| format!("\n  - {}", self.opening(point)));
                    head.trim_end().to_owned() + &points.collect::<String>()
                };
                entries.iter().map(entry).collect::<Vec<_>>().join("\n")
            }
            Block::Fold(fold) => {
                let blocks =
                    fold.blocks.iter().map(|block| self.block(block)).filter(|part| !part.is_empty());
                let inner = blocks.collect::<Vec<_>>().join("\n\n");
                let title = fold.title.split_whitespace().collect::<Vec<_>>().join(" ");
                let title = text::html(&title).into_owned();
                format!("<details>\n<summary>{title}</summary>\n\n{inner}\n\n</details>")
            }
            Block::Commands(commands) => {
                let command = |command: &crate::document::Command| {
                    let note = command.note.as_deref().map(|note| format!(": {}", prose(note)));
                    format!("{}{}", code(&command.command), note.unwrap_or_default())
                };
                commands.iter().map(command).collect::<Vec<_>>().join(" · ")
            }
        }
    }

    /// Rows of cells; what is in a cell stands below its score.
    fn heat(&self, heat: &Heat) -> String {
        let level = |level: &HeatLevel| format!("{} {}", level.number, prose(&level.name));
        let titles: Vec<String> = heat.columns.iter().map(level).collect();
        let mut out = format!(
            "| {} ↓ {} → | {} |\n|{}",
            prose(&heat.upward),
            prose(&heat.across),
            titles.join(" | "),
            " --- |".repeat(titles.len() + 1)
        );
        for (name, cells) in &heat.rows {
            out.push_str(&format!("\n| **{}** |", level(name)));
            for cell in cells {
                let shape =
                    heat.band(cell).map_or("", |band| self.figures.marks.of(Rating::shape(band.level)));
                out.push_str(&format!(" {shape} {}{}", cell.score, if cell.outside { " \\!" } else { "" }));
                for mark in &cell.marks {
                    let moved = mark.moved.map_or("", |moved| self.figures.marks.moved(moved));
                    out.push_str(&format!("<br>{}{moved}", prose(&mark.reference)));
                }
                if cell.more > 0 {
                    out.push_str(&format!("<br>+{}", cell.more));
                }
                out.push_str(" |");
            }
        }
        out
    }

    /// A line that stands at the start of its own: a date there, such as `14. Sept.`, would begin a numbered list.
    fn opening(&self, line: &Line) -> String {
        let mut out = self.line(line);
        let digits = out.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && out[digits..].starts_with(". ") {
            out.insert(digits, '\\');
        }
        out
    }

    fn line(&self, line: &Line) -> String {
        let mut out = String::new();
        for span in &line.0 {
            match span {
                Inline::Text(text) | Inline::Dim(text) => out.push_str(&span_text(text, "")),
                Inline::Strong(text) => out.push_str(&span_text(text, "**")),
                Inline::Code(text) => out.push_str(&code(text)),
                Inline::Value(cell) => out.push_str(&self.value(cell, None, Short::Sentence)),
            }
        }
        // A line of prose stays one line, so that a list or quotation around it holds.
        out.replace('\n', " ")
    }

    fn value(&self, cell: &Cell, unit: Option<&str>, short: Short) -> String {
        let written = self.figures.cell(cell, unit, short);
        match cell {
            Cell::Text(_) | Cell::Reference(_) => text::markdown_cell(&written).into_owned(),
            // Units and currencies come out of the register too.
            Cell::Number { .. } | Cell::Money { .. } => {
                let (sign, rest) = written
                    .strip_prefix(['-', '+'])
                    .map_or(("", written.as_str()), |rest| (&written[..1], rest));
                let tied = rest.replace(TIED, " ");
                let safe: Vec<_> = tied.split(' ').map(safe_word).collect();
                format!("{sign}{}", safe.join(" "))
            }
            _ => written.replace(TIED, " "),
        }
    }

    fn table(&self, table: &Table) -> String {
        let columns: Vec<(usize, &Column)> =
            table.seen().into_iter().map(|at| (at, &table.columns[at])).collect();
        let mut out = String::from("|");
        for (_, column) in &columns {
            out.push_str(&format!(" {} |", header(column)));
        }
        out.push_str("\n|");
        for (_, column) in &columns {
            out.push_str(match column.align {
                Align::Left => " --- |",
                Align::Right => " ---: |",
                Align::Centre => " :---: |",
            });
        }
        let row = |out: &mut String, cells: &Vec<Cell>, strong: bool| {
            out.push_str("\n|");
            for (at, column) in &columns {
                let value = cells
                    .get(*at)
                    .map_or_else(String::new, |cell| self.value(cell, column.unit.as_deref(), Short::Column));
                match (strong, value.is_empty()) {
                    (_, true) => out.push_str("  |"),
                    (true, false) => out.push_str(&format!(" **{value}** |")),
                    (false, false) => out.push_str(&format!(" {value} |")),
                }
            }
        };
        for line in &table.rows {
            match line {
                Row::Cells(cells) => row(&mut out, cells, false),
                Row::Group(title) => {
                    // The title stands under the first column that has one.
                    let place = columns.iter().position(|(_, column)| !column.title.is_empty()).unwrap_or(0);
                    out.push_str("\n|");
                    for at in 0..columns.len() {
                        if at == place {
                            out.push_str(&format!(" **{}** |", text::markdown_cell(title)));
                        } else {
                            out.push_str("  |");
                        }
                    }
                }
            }
        }
        for cells in &table.footer {
            row(&mut out, cells, true);
        }
        if let Some(note) = &table.note {
            out.push_str(&format!("\n\n{}", self.line(note)));
        }
        out
    }
}

/// A figure's own signs (`1.20`, `-3`) mean nothing in Markdown in the middle of a line; a unit's might.
fn safe_word(word: &str) -> String {
    if word.bytes().all(|byte| byte.is_ascii_digit() || b".,-".contains(&byte)) {
        word.to_owned()
    } else {
        text::markdown_cell(word).into_owned()
    }
}

/// The group, the title, and the unit in brackets.
fn header(column: &Column) -> String {
    let unit = column.unit.as_deref().filter(|unit| !unit.is_empty());
    let group = column.group.as_deref().filter(|group| Some(*group) != unit);
    let mut words: Vec<String> = Vec::new();
    words.extend(group.map(String::from));
    words.extend((!column.title.is_empty()).then(|| column.title.clone()));
    words.extend(unit.map(|unit| format!("({unit})")));
    text::markdown_cell(&words.join(" ")).into_owned()
}

fn prose(text: &str) -> String {
    text::markdown_cell(text).into_owned()
}

/// Escapes a span without losing the blanks at its ends, and wraps what is between them.
fn span_text(text: &str, around: &str) -> String {
    let body = text.trim();
    if body.is_empty() {
        return if text.is_empty() { String::new() } else { " ".to_owned() };
    }
    let before = if text.starts_with(char::is_whitespace) { " " } else { "" };
    let after = if text.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{before}{around}{}{around}{after}", text::markdown_cell(body))
}

/// Something to type, between as many backticks as it needs.
fn code(text: &str) -> String {
    let safe = text::terminal(text);
    let longest = safe.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = if safe.starts_with('`') || safe.ends_with('`') { " " } else { "" };
    format!("{fence}{blank}{safe}{blank}{fence}")
}
