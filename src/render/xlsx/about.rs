//! What a page says of itself, as a table of its own: source, day, what is missing, and its single values.

use crate::document::{Block, Cell, Column, Document, Inline, Line, Table};

/// The table of what stands on a page beside its tables.
pub(super) fn of(document: &Document) -> Table {
    let columns = vec![Column::new("what", "What"), Column::new("value", "Value").stretch()];
    let mut table = Table::new("about", columns);
    let mut add = |what: &str, value: Cell| {
        table.row(vec![Cell::text(what), value]);
    };
    let own = ["Report", "Day", "Source"];
    add("Report", Cell::text(document.title.as_str()));
    if let Some(subtitle) = &document.subtitle {
        add("", Cell::text(words(subtitle)));
    }
    add("Day", Cell::Date(document.day));
    if let Some(source) = &document.source {
        add("Source", Cell::text(source.as_str()));
    }
    for imprint in document.imprint.iter().filter(|imprint| !own.contains(&imprint.label)) {
        add(imprint.label, Cell::text(imprint.value.as_str()));
    }
    blocks(&document.blocks, &mut add);
    table
}

fn blocks(all: &[Block], add: &mut dyn FnMut(&str, Cell)) {
    for block in all {
        match block {
            Block::NewPage(title) => add("Page", Cell::text(title.as_str())),
            Block::Notice(notice) => add("Note", Cell::text(words(&notice.text))),
            Block::Fold(fold) => blocks(&fold.blocks, add),
            Block::Facts(facts) => {
                for fact in &facts.items {
                    add(&fact.label, value(&fact.value));
                }
            }
            Block::Attention(items) => {
                for item in items {
                    add(&item.subject, Cell::text(words(&item.text)));
                }
            }
            Block::Entries(entries) => {
                for entry in entries {
                    add(&entry.subject, Cell::text(words(&entry.text)));
                    entry.points.iter().for_each(|point| add("", Cell::text(words(point))));
                }
            }
            Block::Table(table) => {
                if let Some(note) = &table.note {
                    add("Note", Cell::text(words(note)));
                }
            }
            _ => {}
        }
    }
}

/// A line that is one value keeps its type.
fn value(line: &Line) -> Cell {
    match line.0.as_slice() {
        [Inline::Value(cell)] => cell.clone(),
        _ => Cell::text(words(line)),
    }
}

fn words(line: &Line) -> String {
    let mut words = String::new();
    for span in &line.0 {
        match span {
            Inline::Text(text) | Inline::Strong(text) | Inline::Dim(text) | Inline::Code(text) => {
                words.push_str(text);
            }
            Inline::Value(cell) => words.push_str(&super::super::csv::raw(cell)),
        }
    }
    words.trim().to_owned()
}
