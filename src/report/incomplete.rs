//! What a report had to leave out: files that could not be read, and drafts.

use serde::Serialize;

use crate::analysis::calendar;
use crate::document::{Block, Document, Line, Notice, Severity};
use crate::model::{Name, RecordId, Register, Reports, Scope, Slot};
use crate::text;

/// The records that a report should have used and could not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Incomplete {
    /// Files that could not be read, by path.
    pub unreadable: Vec<String>,
    /// Drafts, which do not count yet, by reference.
    pub drafts: Vec<String>,
    /// Whether `pmo.toml` has mistakes, so that built-in settings count where it has.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub are_settings_faulty: bool,
}

impl Incomplete {
    /// What could not be used of all that a report reads.
    pub fn of(register: &Register, scope: &Scope) -> Self {
        let mut missing = Self { are_settings_faulty: register.are_settings_faulty, ..Self::default() };
        // Shelf by shelf, so that nothing is copied for the many records that are as they should be.
        let own = std::iter::once(("", &register.own));
        let homes = register.programmes.iter().chain(&register.projects);
        for (home, shelf) in own.chain(homes.map(|(home, shelf)| (home.as_str(), shelf))) {
            for (key, slot) in shelf.all().filter(|(_, slot)| !is_usable(slot)) {
                let id = RecordId { kind: key.kind, home: home.to_owned(), name: key.name.clone() };
                match slot {
                    _ if !reads(register, scope, &id) => {}
                    Slot::Broken => missing.unreadable.push(id.path()),
                    _ => missing.drafts.push(id.to_string()),
                }
            }
        }
        missing.unreadable.sort();
        missing.drafts.sort();
        missing
    }

    /// Says it at the top of a page.
    pub fn tell(&self, page: &mut Document) {
        if self.are_settings_faulty {
            let text =
                Line::new().code("pmo.toml").text(" has mistakes; where it has, the built-in settings count");
            let next = Some("pmo check pmo.toml".to_owned());
            page.push(Block::Notice(Notice { severity: Severity::Error, text, next }));
        }
        if !self.unreadable.is_empty() {
            let verb = text::plural(self.unreadable.len(), "is");
            let line = Line::new()
                .strong(text::count(self.unreadable.len(), "file"))
                .text(format!(" could not be read and {verb} left out: "))
                .line(names(&self.unreadable));
            page.push(Block::Notice(Notice {
                severity: Severity::Error,
                text: line,
                next: Some("pmo check".to_owned()),
            }));
        }
        if !self.drafts.is_empty() {
            let verb = text::plural(self.drafts.len(), "is");
            let line = Line::new()
                .text(format!("{} {verb} not counted: ", text::count(self.drafts.len(), "draft")))
                .line(names(&self.drafts));
            page.push(Block::Notice(Notice { severity: Severity::Warning, text: line, next: None }));
        }
    }
}

fn is_usable(slot: &Slot) -> bool {
    matches!(slot, Slot::Read(_) | Slot::Unread)
}

/// Whether a report of this scope reads the record, so that a wider load changes nothing.
fn reads(register: &Register, scope: &Scope, id: &RecordId) -> bool {
    if id.spec().in_project && register.projects.contains_key(&id.home) && !scope.wants_project(&id.home) {
        return false;
    }
    if id.kind != "status" {
        return scope.kinds.has(id.kind);
    }
    let Some(shelf) = register.projects.get(&id.home) else { return false };
    let begun = |name: &Name| match (name, scope.day) {
        (Name::Period(period), Some(day)) => period.first() <= day,
        _ => true,
    };
    let mut left = match scope.reports {
        Reports::None => 0,
        Reports::Newest(count) => count,
        Reports::All => return true,
    };
    // As the loader walks: from the newest back, until so many count.
    let terms = calendar::terms_of(register, &id.home);
    let fits = |name: &Name| !matches!(name, Name::Period(period) if terms.is_off(shelf, *period));
    for (name, slot) in shelf.slots("status").rev().filter(|(name, _)| begun(name) && fits(name)) {
        if left == 0 {
            return false;
        }
        if *name == id.name {
            return true;
        }
        left -= usize::from(matches!(slot, Slot::Read(_)));
    }
    false
}

/// The first few names, and how many more.
fn names(all: &[String]) -> Line {
    const SHOWN: usize = 4;
    let mut line = Line::new();
    for (at, name) in all.iter().take(SHOWN).enumerate() {
        line = if at > 0 { line.text(", ") } else { line };
        line = line.code(name);
    }
    if all.len() > SHOWN { line.text(format!(" and {} more", all.len() - SHOWN)) } else { line }
}
