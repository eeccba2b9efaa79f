//! `pmo find TEXT`: records by their words.

use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Args;
use rayon::prelude::*;
use serde::Serialize;

use crate::document::{Cell, Column, Document, Table};
use crate::load::read_slot;
use crate::model::{Kind, RecordId, Scope, Slot};
use crate::store::Source as _;
use crate::text;

use super::emit::ListFormat;
use super::progress::Progress;
use super::{CliError, Context, Done, Outcome};

/// Finds records whose files hold some words, in any order and case.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo find vendor workshop
  pmo find \"mapping vendor\" -O ids
  pmo find amir --kind risk")]
pub struct Find {
    /// The words
    #[arg(value_name = "TEXT", required = true)]
    words: Vec<String>,
    /// Look only at records of this kind, such as risk
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// The format
    #[arg(short = 'O', long = "format", value_name = "FORMAT", default_value = "table")]
    format: ListFormat,
}

/// A record that has the words.
#[derive(Debug, Serialize)]
struct Hit {
    /// The reference.
    id: String,
    kind: &'static str,
    title: String,
    state: Option<String>,
    file: String,
    /// The line of the file that the first word stands in, from 1.
    line: usize,
    text: String,
}

#[derive(Debug, Serialize)]
struct Found<'a> {
    schema_version: u32,
    kind: &'static str,
    words: &'a [String],
    found: &'a [Hit],
}

impl Find {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let kind = match &self.kind {
            Some(name) => Some(super::set::kind_named(name)?.spec.name),
            None => None,
        };
        let words: Vec<String> = self.words.iter().map(|word| word.trim().to_lowercase()).collect();
        if words.iter().all(String::is_empty) {
            return Err(CliError::new("there is no word to look for").hint("pmo find vendor workshop"));
        }
        let register = context.load(&Scope::names())?.register;
        let ids = register.all().map(|(id, _)| id).filter(|id| kind.is_none_or(|kind| kind == id.kind));
        let ids: Vec<RecordId> = ids.collect();
        let (source, progress, looked) = (context.source()?, Progress::new(context), AtomicUsize::new(0));
        // Only what has the words is read as a record: most files have not.
        let look = |bytes: &mut Vec<u8>, id: &RecordId| {
            progress.tell(looked.fetch_add(1, Ordering::Relaxed) + 1, ids.len(), "record");
            source.read(&id.path(), bytes).ok()?;
            hit(id, bytes, &words)
        };
        let found: Vec<Hit> = ids.par_iter().map_init(Vec::new, look).flatten().collect();
        progress.clear();
        let value = Found { schema_version: 1, kind: "found", words: &self.words, found: &found };
        if found.is_empty() && self.format == ListFormat::Table {
            context.put("")?;
        } else {
            let ids = found.iter().map(|hit| hit.id.to_string());
            let page = |format| page(context, &found, format != ListFormat::Table);
            context.list(self.format, || &value, ids, page)?;
        }
        if found.is_empty() {
            context.say(&format!("no record has {}", text::list(&self.words, "and")));
        }
        Ok(Done::Fine)
    }
}

/// What a file has of the words, if it has them all; its name counts, too.
fn hit(id: &RecordId, bytes: &[u8], words: &[String]) -> Option<Hit> {
    let content = String::from_utf8_lossy(bytes);
    let reference = id.to_string();
    let lower = format!("{reference}\n{content}").to_lowercase();
    if !words.iter().all(|word| lower.contains(word.as_str())) {
        return None;
    }
    let slot = read_slot(Kind::named(id.kind)?, bytes);
    let record = slot.record_or_draft();
    let unnamed = if matches!(slot, Slot::Draft(_)) { "(draft)" } else { "(cannot be read)" };
    // Comments are words too, but a value says more.
    let holds = |line: &(usize, &str)| words.iter().any(|word| line.1.to_lowercase().contains(word.as_str()));
    let lines = content.lines().enumerate();
    let best = lines.filter(holds).min_by_key(|(_, line)| line.trim_start().starts_with('#'));
    let (line, shown) = best.unwrap_or((0, content.lines().next().unwrap_or_default()));
    Some(Hit {
        kind: id.kind,
        title: record.map_or(unnamed, |record| record.title()).to_owned(),
        state: record.and_then(|record| record.state()).map(|state| state.into_owned()),
        file: id.path(),
        line: line + 1,
        text: shown.trim().to_owned(),
        id: reference,
    })
}

fn page(context: &Context, found: &[Hit], all: bool) -> Document {
    let mut columns = vec![
        Column::new("id", "Record"),
        Column::new("title", "Title").priority(1).stretch(),
        Column::new("state", "State").priority(2),
        Column::new("text", "Where").priority(3).stretch(),
    ];
    if all {
        columns.push(Column::data("kind"));
        columns.push(Column::data("file"));
        columns.push(Column::data("line"));
    }
    let mut table = Table::new("found", columns).main();
    for hit in found {
        let state = hit.state.clone().map_or(Cell::Empty, Cell::Text);
        let mut cells = vec![Cell::reference(&hit.id), Cell::text(&hit.title), state, Cell::text(&hit.text)];
        if all {
            cells.extend([Cell::text(hit.kind), Cell::text(&hit.file), Cell::count(hit.line)]);
        }
        table.row(cells);
    }
    let mut page = Document::new(text::count(found.len(), "record"), context.today.0);
    page.table(table);
    page
}
