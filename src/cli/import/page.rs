//! What an import would do, as lines for people.

use std::fmt::Write as _;

use crate::exchange::import::proposal::Near;
use crate::exchange::import::{Proposal, Target, Wiring};
use crate::exchange::table::Table;
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

    /// What a table of an export comes to, in a few words.
    pub fn of_part(&self) -> String {
        let proposal = self.proposal;
        let same = if proposal.same > 0 { format!(", {} the same", proposal.same) } else { String::new() };
        let changed = proposal.changed.len();
        if self.target.is_whole && changed > 0 {
            let rows = count(proposal.rows - proposal.same, "row");
            return format!("{rows} of {}{same}", self.target.counted(changed));
        }
        format!("{}{same}", self.in_one_line())
    }

    /// The lines for people.
    pub fn text(&self, columns: usize) -> String {
        let columns = columns.clamp(40, 120);
        let mut out = String::new();
        let file = terminal(self.file);
        let rows = match self.proposal.rows {
            0 => "no rows below it".to_owned(),
            rows => count(rows, "row"),
        };
        let line = format!("{file} · {} · {} · {rows}", self.table.described, self.table.header);
        match width::width(&line) <= columns {
            true => out.push_str(&(line + "\n")),
            false => hanging(&mut out, "", &line, columns),
        }
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

    /// What is said below the one line of a table: what was found out of it, and records of nearly the same name.
    pub fn beside(&self, columns: usize) -> String {
        let columns = columns.clamp(40, 120);
        let mut out = String::new();
        for note in self.table.notes.iter().chain(&self.wiring.notes) {
            hanging(&mut out, "  ", &terminal(note), columns);
        }
        for one in self.proposal.near.iter().take(SHOWN) {
            hanging(&mut out, "  ", &self.met(one), columns);
        }
        more(&mut out, self.proposal.near.len());
        out
    }

    /// A record and one of nearly its name.
    fn met(&self, one: &Near) -> String {
        let (title, other) = (terminal(&one.title), terminal(&one.other_title));
        let is = if one.title == one.other_title { "has the name of" } else { "is nearly" };
        let row = self.table.place(one.row, None);
        format!("{row}: {title} {is} {other} ({}), and is added beside it", terminal(&one.other))
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
            out.push_str("  nothing to import\n");
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
            let cell = self.cell(refusal.row, refusal.column).map(|cell| one_line(&cell)).unwrap_or_default();
            let cell = cut(&cell, 40);
            // What the user sees, where the reason speaks of what it was read as.
            let cell = match cell.is_empty() || refusal.reason.contains(cell.as_ref()) {
                true => String::new(),
                false => format!("; the cell says `{cell}`"),
            };
            let line = format!("{place}: {}{cell}", refusal.reason);
            hanging(out, "  ", &terminal(&line), columns);
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
                let key = pad(&cut(&terminal(&field.key), wide), wide, text::Align::Left);
                for (at, line) in turned(field, columns - 6 - wide).into_iter().enumerate() {
                    let _ = match at {
                        0 => writeln!(out, "    {key}  {line}"),
                        _ => writeln!(out, "    {:wide$}  {line}", ""),
                    };
                }
            }
        }
        more(out, changed.len());
    }

    /// The new records, each with what it would say.
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
            values(out, &one.fields, columns);
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
                .map(|(word, cells)| format!("{cells} × {}", terminal(&cut(word, 40))))
                .collect();
            let all: usize = proposal.missing.values().sum();
            lines.push(format!("{} taken as missing: {}", count(all, "cell"), list(&told, "and")));
        }
        if !proposal.strangers.is_empty() {
            let told: Vec<String> = proposal
                .strangers
                .iter()
                .take(6)
                .map(|(id, one)| {
                    let place = self.table.place(one.row, None);
                    match one.name == *id {
                        true => format!("{id} ({place})"),
                        false => format!("{} ({id}, {place})", terminal(&cut(&one_line(&one.name), 40))),
                    }
                })
                .collect();
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

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn more(out: &mut String, all: usize) {
    if all > SHOWN {
        let _ = writeln!(out, "  … and {} more; -O json lists all", all - SHOWN);
    }
}

/// How many lines the values of a new record take.
const LINES: usize = 3;

/// What a new record would say, on a few lines.
fn values(out: &mut String, fields: &[FieldChange], columns: usize) {
    let told = |field: &FieldChange| {
        let (value, most) = match field.to.as_ref() {
            Some(FieldValue::List(items)) => match elements(items) {
                Some(elements) => (elements, columns),
                None => (field.to.as_ref().map(said).unwrap_or_default(), 40),
            },
            value => (value.map(said).unwrap_or_default(), 40),
        };
        format!("{}: {}", terminal(&field.key), cut(&value, most))
    };
    let room = columns - 4;
    let mut lines: Vec<String> = Vec::new();
    for field in fields {
        let told = told(field);
        match lines.last_mut() {
            Some(line) if width::width(line) + 3 + width::width(&told) <= room => {
                line.push_str(" · ");
                line.push_str(&told);
            }
            _ => lines.push(told),
        }
    }
    let rest = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    if rest > 0
        && let Some(last) = lines.last_mut()
    {
        last.push_str(" · …");
    }
    for line in lines {
        let _ = writeln!(out, "    {}", cut(&line, room));
    }
}

/// Tables of a list by their ids, each with its days: `design 2026-10-02, go-live 2027-01-31`.
fn elements(items: &[FieldValue]) -> Option<String> {
    let one = |item: &FieldValue| {
        let FieldValue::Table(entries) = item else { return None };
        let id = entries.iter().find(|(key, _)| key == "id").map(|(_, id)| said(id))?;
        let days = entries.iter().filter(|(_, value)| matches!(value, FieldValue::Date(_)));
        Some(days.fold(id, |told, (_, day)| format!("{told} {}", said(day))))
    };
    let told: Vec<String> = items.iter().map(one).collect::<Option<_>>()?;
    (!told.is_empty()).then(|| told.join(", "))
}

/// A value on one line.
fn said(value: &FieldValue) -> String {
    let text = match value {
        FieldValue::Text(text) => one_line(text),
        other => crate::change::compose::literal(other).on_one_line(),
    };
    terminal(&text).into_owned()
}

/// A change on one line, or with the new value below the old one; long values begin shortly before they differ.
fn turned(field: &FieldChange, room: usize) -> Vec<String> {
    let shown = |value: &Option<FieldValue>| value.as_ref().map_or("·".to_owned(), said);
    let (mut from, mut to) = (shown(&field.from), shown(&field.to));
    if from == to
        && let (Some(FieldValue::Text(old)), Some(FieldValue::Text(new))) = (&field.from, &field.to)
    {
        // They differ in blanks and ends of lines only.
        let signs = |text: &str| terminal(&text.replace('\n', "↵").replace(' ', "␣")).into_owned();
        (from, to) = (signs(old), signs(new));
    }
    let line = format!("{from} → {to}");
    if width::width(&line) <= room {
        return vec![line];
    }
    let same = from.chars().zip(to.chars()).take_while(|(one, other)| one == other).count();
    let room = room.saturating_sub(2).max(10);
    let skipped = if same > room / 2 { same.saturating_sub(room / 4) } else { 0 };
    let part = |text: &str| {
        let rest: String = text.chars().skip(skipped).collect();
        let rest = if skipped > 0 { format!("…{rest}") } else { rest };
        cut(&rest, room).into_owned()
    };
    vec![format!("  {}", part(&from)), format!("→ {}", part(&to))]
}

/// A line that is broken between words; what follows the first is indented as far.
fn hanging(out: &mut String, indent: &str, line: &str, columns: usize) {
    let room = columns.saturating_sub(indent.len() + 2).max(20);
    for (at, part) in width::wrap(line, room).into_iter().enumerate() {
        let more = if at == 0 { "" } else { "  " };
        let _ = writeln!(out, "{indent}{more}{part}");
    }
}
