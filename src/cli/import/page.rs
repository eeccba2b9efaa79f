//! What an import would do, as lines for people and as a value for programs.

use std::fmt::Write as _;

use serde::Serialize;

use crate::exchange::import::{Proposal, Target, Wiring};
use crate::exchange::table::{Raw, Table};
use crate::model::field_change::{FieldChange, FieldValue};
use crate::text::{self, count, cut, list, pad, terminal, width};

/// How many entries of a list are shown to people.
const SHOWN: usize = 20;

/// An import, to be told.
pub(super) struct Told<'a> {
    pub target: &'a Target,
    pub table: &'a Table,
    pub wiring: &'a Wiring,
    pub proposal: &'a Proposal,
    pub file: &'a str,
}

/// The value for programs.
#[derive(Serialize)]
pub(super) struct Value<'a> {
    schema_version: u32,
    kind: &'static str,
    records: &'a str,
    file: &'a str,
    read_as: &'a str,
    written: bool,
    rows: usize,
    added: Vec<Added<'a>>,
    changed: Vec<Changed<'a>>,
    same: usize,
    refused: Vec<Refused<'a>>,
    near: Vec<Near<'a>>,
    missing: Vec<Missing<'a>>,
    unknown_people: Vec<&'a str>,
    columns_left_out: &'a [String],
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct Added<'a> {
    row: usize,
    id: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct Changed<'a> {
    row: usize,
    id: &'a str,
    title: &'a str,
    fields: &'a [FieldChange],
}

#[derive(Serialize)]
struct Refused<'a> {
    row: usize,
    column: Option<&'a str>,
    value: Option<String>,
    reason: &'a str,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Near<'a> {
    row: usize,
    title: &'a str,
    other: &'a str,
    other_title: &'a str,
}

#[derive(Serialize)]
struct Missing<'a> {
    word: &'a str,
    cells: usize,
}

impl<'a> Told<'a> {
    /// What was done, in a few words: "24 added, 3 changed".
    pub fn in_one_line(&self) -> String {
        let added = self.proposal.added.len();
        let changed = self.proposal.changed.len();
        let mut parts = Vec::new();
        if added > 0 {
            parts.push(format!("{} added", self.target.counted(added)));
        }
        if changed > 0 {
            parts.push(format!("{} changed", self.target.counted(changed)));
        }
        if parts.is_empty() { "nothing new".to_owned() } else { parts.join(", ") }
    }

    /// The value for programs.
    pub fn value(&self, written: bool) -> Value<'a> {
        let proposal = self.proposal;
        Value {
            schema_version: 1,
            kind: "import",
            records: self.target.part.as_deref().unwrap_or(self.target.kind.spec.name),
            file: self.file,
            read_as: &self.table.described,
            written,
            rows: proposal.rows,
            added: proposal.added.iter().map(|a| Added { row: a.row, id: &a.id, title: &a.title }).collect(),
            changed: proposal
                .changed
                .iter()
                .map(|c| Changed { row: c.row, id: &c.id, title: &c.title, fields: &c.fields })
                .collect(),
            same: proposal.same,
            refused: proposal
                .refused
                .iter()
                .map(|r| Refused {
                    row: r.row,
                    column: r.column.and_then(|c| self.table.columns.get(c)).map(|c| c.name.as_str()),
                    value: self.cell(r.row, r.column),
                    reason: &r.reason,
                    help: r.help.as_deref(),
                })
                .collect(),
            near: proposal
                .near
                .iter()
                .map(|n| Near { row: n.row, title: &n.title, other: &n.other, other_title: &n.other_title })
                .collect(),
            missing: proposal.missing.iter().map(|(word, cells)| Missing { word, cells: *cells }).collect(),
            unknown_people: proposal.strangers.keys().map(String::as_str).collect(),
            columns_left_out: &self.wiring.left_out,
            notes: self.table.notes.iter().chain(&self.wiring.notes).map(String::as_str).collect(),
        }
    }

    fn cell(&self, row: usize, column: Option<usize>) -> Option<String> {
        let at = self.table.rows.binary_search_by_key(&row, |row| row.at).ok()?;
        self.table.rows[at].cells.get(column?).map(Raw::shown)
    }

    /// The lines for people.
    pub fn text(&self, columns: usize) -> String {
        let columns = columns.clamp(40, 120);
        let mut out = String::new();
        let file = terminal(self.file);
        let rows = match self.proposal.rows {
            0 => "no rows".to_owned(),
            rows => count(rows, "row"),
        };
        let _ = writeln!(out, "{file} · {} · {} · {rows}", self.table.described, self.table.header);
        for note in self.table.notes.iter().chain(&self.wiring.notes) {
            hanging(&mut out, "  ", &terminal(note), columns);
        }
        self.counts(&mut out);
        self.refused(&mut out, columns);
        self.near(&mut out, columns);
        self.changed(&mut out, columns);
        self.added(&mut out, columns);
        self.aside(&mut out, columns);
        out
    }

    fn counts(&self, out: &mut String) {
        let proposal = self.proposal;
        let lines = [
            (proposal.added.len(), "to add"),
            (proposal.changed.len(), "to change"),
            (proposal.same, "the same already"),
            (proposal.refused_rows(), "refused"),
        ];
        let most = lines.iter().map(|(number, _)| number.to_string().len()).max().unwrap_or(1);
        out.push('\n');
        for (number, what) in lines.into_iter().filter(|(number, _)| *number > 0) {
            let _ = writeln!(out, "  {number:>most$}  {what}");
        }
        if lines.iter().all(|(number, _)| *number == 0) {
            out.push_str("  nothing to do\n");
        }
    }

    fn refused(&self, out: &mut String, columns: usize) {
        let refused = &self.proposal.refused;
        if refused.is_empty() {
            return;
        }
        out.push_str("\nRefused\n");
        for refusal in refused.iter().take(SHOWN) {
            let place = match refusal.row {
                0 => "as a whole".to_owned(),
                row => self.table.place(row, refusal.column),
            };
            hanging(out, "  ", &format!("{}: {}", terminal(&place), terminal(&refusal.reason)), columns);
            if let Some(help) = &refusal.help {
                hanging(out, "    ", &terminal(help), columns);
            }
        }
        more(out, refused.len());
    }

    fn near(&self, out: &mut String, columns: usize) {
        let near = &self.proposal.near;
        if near.is_empty() {
            return;
        }
        out.push_str("\nThe same name as another, or nearly: added beside it, never merged\n");
        for one in near.iter().take(SHOWN) {
            let row = self.table.place(one.row, None);
            let line = format!(
                "{row}: {} ~ {} ({})",
                terminal(&one.title),
                terminal(&one.other_title),
                terminal(&one.other)
            );
            hanging(out, "  ", &line, columns);
        }
        more(out, near.len());
    }

    fn changed(&self, out: &mut String, columns: usize) {
        let changed = &self.proposal.changed;
        if changed.is_empty() {
            return;
        }
        out.push_str("\nTo change\n");
        for one in changed.iter().take(SHOWN) {
            let line = format!("{}  {}", terminal(&one.id), terminal(&one.title));
            let _ = writeln!(out, "  {}", cut(&line, columns - 2));
            let wide = one.fields.iter().map(|field| width::width(&field.key)).max().unwrap_or(0).min(32);
            for field in &one.fields {
                let key = pad(&terminal(&field.key), wide, text::Align::Left);
                let from = field.from.as_ref().map_or("·".to_owned(), said);
                let to = field.to.as_ref().map_or("·".to_owned(), said);
                let line = format!("{key}  {from} → {to}");
                let _ = writeln!(out, "    {}", cut(&line, columns - 4));
            }
        }
        more(out, changed.len());
    }

    fn added(&self, out: &mut String, columns: usize) {
        let added = &self.proposal.added;
        if added.is_empty() {
            return;
        }
        out.push_str("\nTo add\n");
        let wide =
            added.iter().take(SHOWN).map(|one| width::width(&one.id)).max().unwrap_or(0).min(columns / 2);
        for one in added.iter().take(SHOWN) {
            let id = pad(&cut(&terminal(&one.id), wide), wide, text::Align::Left);
            let _ =
                writeln!(out, "  {}", cut(format!("{id}  {}", terminal(&one.title)).trim_end(), columns - 2));
        }
        more(out, added.len());
    }

    /// What is not written, and what is not known.
    fn aside(&self, out: &mut String, columns: usize) {
        let proposal = self.proposal;
        let mut lines = Vec::new();
        if !proposal.missing.is_empty() {
            let mut words: Vec<(&String, &usize)> = proposal.missing.iter().collect();
            words.sort_by(|one, other| other.1.cmp(one.1).then(one.0.cmp(other.0)));
            let told: Vec<String> = words
                .iter()
                .take(6)
                .map(|(word, cells)| format!("{cells} × {}", terminal(&cut(word, 32))))
                .collect();
            let all: usize = proposal.missing.values().sum();
            lines.push(format!("{} taken as missing: {}", count(all, "cell"), list(&told, "and")));
        }
        if !proposal.strangers.is_empty() {
            let told: Vec<String> = proposal.strangers.keys().take(6).cloned().collect();
            let rest = proposal.strangers.len() - told.len();
            let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
            let people = count(proposal.strangers.len(), "person");
            let is = text::words::plural(proposal.strangers.len(), "is");
            lines.push(format!("{people} {is} not in people/: {}{rest}", told.join(", ")));
        }
        if !self.wiring.left_out.is_empty() {
            let told: Vec<String> = self
                .wiring
                .left_out
                .iter()
                .take(8)
                .map(|name| format!("`{}`", terminal(&cut(name, 30))))
                .collect();
            let rest = self.wiring.left_out.len() - told.len();
            let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
            lines.push(format!(
                "{} left out: {}{rest}",
                count(self.wiring.left_out.len(), "column"),
                told.join(", ")
            ));
        }
        if !lines.is_empty() {
            out.push('\n');
        }
        for line in lines {
            hanging(out, "", &line, columns);
        }
    }
}

fn more(out: &mut String, all: usize) {
    if all > SHOWN {
        let _ = writeln!(out, "  … and {} more; -O json lists all", all - SHOWN);
    }
}

/// A value on one line.
fn said(value: &FieldValue) -> String {
    let text = match value {
        FieldValue::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        other => crate::change::compose::literal(other).on_one_line(),
    };
    terminal(&cut(&text, 60)).into_owned()
}

/// A line that is broken between words; what follows the first is indented as far.
fn hanging(out: &mut String, indent: &str, line: &str, columns: usize) {
    let room = columns.saturating_sub(indent.len() + 2).max(20);
    for (at, part) in width::wrap(line, room).into_iter().enumerate() {
        let more = if at == 0 { "" } else { "  " };
        let _ = writeln!(out, "{indent}{more}{part}");
    }
}
