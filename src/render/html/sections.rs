//! Sections, paragraphs, lists, facts, notices: everything on a page but its tables.

use crate::document::{Attention, Block, Command, Entry, Facts, Notice, Severity};

use crate::render::figures::Short;

use super::Page;

impl Page {
    /// Writes a heading and what stands under it.
    pub(super) fn part(&mut self, level: &'static str, id: &str, title: &str, blocks: &[Block]) {
        let wide = blocks.iter().any(|block| matches!(block, Block::Table(table) if is_wide(table)));
        let class = if wide { "wide" } else { "plain" };
        self.lines("section", &[("class", class)], |page| {
            page.markup.line();
            page.title_of_part(level, id, title);
            for block in blocks {
                page.block(block);
            }
        });
    }

    /// Writes a heading to which there may be a link.
    pub(super) fn title_of_part(&mut self, level: &'static str, id: &str, title: &str) {
        self.lines(level, &[("id", id)], |page| page.markup.text(title));
    }

    /// Writes one block.
    pub(super) fn block(&mut self, block: &Block) {
        match block {
            // Both begin a section of their own, and do not occur inside of one.
            Block::NewPage(text) | Block::Heading(text) => {
                self.lines("h2", &[], |page| page.markup.text(text));
            }
            Block::Paragraph(line) => self.lines("p", &[], |page| page.line(line)),
            Block::List(points) => self.lines("ul", &[], |page| {
                for point in points {
                    page.lines("li", &[], |page| page.line(point));
                }
            }),
            Block::Table(table) if table.is_for_data() => {}
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
            Block::Heat(heat) => self.heat(heat),
            Block::Facts(facts) => self.facts(facts),
            Block::Notice(notice) => self.notice(notice),
            Block::Attention(items) => self.attention(items),
            Block::Entries(entries) => self.entries(entries),
            Block::Fold(fold) => self.lines("details", &[], |page| {
                page.lines("summary", &[], |page| page.markup.text(&fold.title));
                for block in &fold.blocks {
                    page.block(block);
                }
            }),
            Block::Commands(commands) => self.commands(commands),
        }
    }

    fn facts(&mut self, facts: &Facts) {
        if facts.items.is_empty() {
            return;
        }
        let class = if facts.columns > 1 { "facts grid" } else { "facts" };
        self.lines("dl", &[("class", class)], |page| {
            for fact in &facts.items {
                page.lines("div", &[], |page| {
                    page.markup.wrap("dt", &[], &fact.label);
                    page.around("dd", &[], |page| page.line(&fact.value));
                });
            }
        });
    }

    /// What the reader must know first, begun by a word: colour alone would say nothing.
    fn notice(&mut self, notice: &Notice) {
        let (class, word) = match notice.severity {
            Severity::Info => ("notice info", "Note"),
            Severity::Warning => ("notice warning", "Attention"),
            Severity::Error => ("notice error", "Incomplete"),
        };
        self.lines("div", &[("class", class), ("role", "note")], |page| {
            page.markup.wrap("strong", &[("class", "kind")], word);
            page.markup.text(" ");
            page.around("span", &[], |page| page.line(&notice.text));
            page.next(notice.next.as_deref());
        });
    }

    fn attention(&mut self, items: &[Attention]) {
        self.lines("ul", &[("class", "attention")], |page| {
            for item in items {
                page.lines("li", &[], |page| {
                    page.around("span", &[("class", "mark")], |page| {
                        if let Some(mark) = item.mark {
                            page.value(&mark.into(), None, Short::Sentence);
                        }
                    });
                    page.markup.wrap("strong", &[("class", "ref")], &item.subject);
                    page.around("span", &[("class", "why")], |page| {
                        page.line(&item.text);
                        page.next(item.next.as_deref());
                    });
                });
            }
        });
    }

    fn entries(&mut self, entries: &[Entry]) {
        self.lines("ul", &[("class", "entries")], |page| {
            for entry in entries {
                page.lines("li", &[], |page| {
                    page.around("span", &[("class", "mark")], |page| {
                        if let Some(mark) = entry.mark {
                            page.value(&mark.into(), None, Short::Sentence);
                        }
                    });
                    page.markup.wrap("strong", &[("class", "ref")], &entry.subject);
                    page.markup.text(" ");
                    page.around("span", &[("class", "why")], |page| page.line(&entry.text));
                    if entry.points.is_empty() {
                        return;
                    }
                    page.lines("ul", &[], |page| {
                        for point in &entry.points {
                            page.lines("li", &[], |page| page.line(point));
                        }
                    });
                });
            }
        });
    }

    /// What to type about it; left out in print.
    fn next(&mut self, command: Option<&str>) {
        if let Some(command) = command {
            self.markup.text(" ");
            self.markup.wrap("code", &[("class", "next")], command);
        }
    }

    fn commands(&mut self, commands: &[Command]) {
        if commands.is_empty() {
            return;
        }
        self.lines("p", &[("class", "commands")], |page| {
            page.markup.text("To go on: ");
            for (at, command) in commands.iter().enumerate() {
                if at > 0 {
                    page.markup.text(" · ");
                }
                page.markup.wrap("code", &[], &command.command);
                if let Some(note) = &command.note {
                    page.markup.text(&format!(" {note}"));
                }
            }
        });
    }
}

/// From how many columns on a table wants the page sideways when printed.
const WIDE: usize = 10;

fn is_wide(table: &crate::document::Table) -> bool {
    table.seen().len() > WIDE
}
