//! The register: every record by its identity, read as far as was asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::audience::Withheld;
use super::baseline_move::BaselineMove;
use super::filing::Filings;
use super::late_change::LateChange;
use super::place::{Name, RecordId};
use super::record::{AnyRecord, Record};
use super::{Config, KindSet, Period, Person, Programme, Project, Ref, Target};

/// What is known of one record's file.
#[derive(Clone)]
pub enum Slot {
    /// The file is there; nobody asked for its contents.
    Unread,
    /// Read.
    Read(Arc<dyn AnyRecord>),
    /// Read as far as it goes, but placeholders are left in it: it does not count yet.
    Draft(Option<Arc<dyn AnyRecord>>),
    /// It could not be read; the problems say why.
    Broken,
}

impl Slot {
    /// The record, when it was read and counts.
    pub fn record(&self) -> Option<&dyn AnyRecord> {
        match self {
            Self::Read(record) => Some(record.as_ref()),
            _ => None,
        }
    }

    /// The record, drafts included.
    pub fn record_or_draft(&self) -> Option<&dyn AnyRecord> {
        match self {
            Self::Read(record) | Self::Draft(Some(record)) => Some(record.as_ref()),
            _ => None,
        }
    }
}

/// A record's place on a shelf: its kind, then its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The kind's name.
    pub kind: &'static str,
    /// The name in the folder.
    pub name: Name,
}

/// The records of one project, one programme, or the register's own.
///
/// A sorted list and not a tree: a shelf is filled once, in order, and there may be very many of them.
#[derive(Clone, Default)]
pub struct Shelf {
    slots: Vec<(Key, Slot)>,
}

impl Shelf {
    /// Puts a record in its place.
    pub fn put(&mut self, kind: &'static str, name: Name, slot: Slot) {
        let key = Key { kind, name };
        match self.slots.binary_search_by(|(there, _)| there.cmp(&key)) {
            Ok(at) => self.slots[at].1 = slot,
            Err(at) => self.slots.insert(at, (key, slot)),
        }
    }

    /// Gives back the room that was kept for more records.
    pub fn trim(&mut self) {
        self.slots.shrink_to_fit();
    }

    /// Lets go of the contents of records of these kinds; their names, drafts and broken files stay.
    pub fn forget(&mut self, kinds: KindSet) {
        for (key, slot) in &mut self.slots {
            if matches!(slot, Slot::Read(_)) && kinds.has(key.kind) {
                *slot = Slot::Unread;
            }
        }
    }

    /// What stands in a place.
    pub fn slot(&self, kind: &'static str, name: &Name) -> Option<&Slot> {
        let order = |(there, _): &(Key, Slot)| there.kind.cmp(kind).then_with(|| there.name.cmp(name));
        self.slots.binary_search_by(order).ok().map(|at| &self.slots[at].1)
    }

    /// Every place of one kind, by name.
    pub fn slots(&self, kind: &'static str) -> impl DoubleEndedIterator<Item = (&Name, &Slot)> {
        // Names of kinds nearly always are the same text at the same place, which is quicker seen than read.
        let is_same = |key: &Key| std::ptr::eq(key.kind, kind) || key.kind == kind;
        let from = self.slots.partition_point(|(key, _)| !std::ptr::eq(key.kind, kind) && key.kind < kind);
        let count = self.slots[from..].partition_point(|(key, _)| is_same(key));
        self.slots[from..from + count].iter().map(|(key, slot)| (&key.name, slot))
    }

    /// Every place, by kind and name.
    pub fn all(&self) -> impl Iterator<Item = (&Key, &Slot)> {
        self.slots.iter().map(|(key, slot)| (key, slot))
    }

    /// The record of this type and name, when it was read and counts.
    pub fn get<T: Record>(&self, name: &Name) -> Option<&T> {
        self.slot(T::SPEC.name, name)?.record()?.as_any().downcast_ref()
    }

    /// The records of this type that were read and count, by name.
    pub fn records<T: Record>(&self) -> impl DoubleEndedIterator<Item = (&Name, &T)> {
        self.slots(T::SPEC.name)
            .filter_map(|(name, slot)| Some((name, slot.record()?.as_any().downcast_ref::<T>()?)))
    }

    /// The records of this type that were read and count, with their periods, oldest first.
    pub fn series<T: Record>(&self) -> impl DoubleEndedIterator<Item = (Period, &T)> {
        self.records::<T>().filter_map(|(name, record)| match name {
            Name::Period(period) => Some((*period, record)),
            _ => None,
        })
    }

    /// How many records of the kind are drafts, and how many could not be read.
    pub fn unusable(&self, kind: &'static str) -> (usize, usize) {
        self.slots(kind).fold((0, 0), |(drafts, broken), (_, slot)| match slot {
            Slot::Draft(_) => (drafts + 1, broken),
            Slot::Broken => (drafts, broken + 1),
            _ => (drafts, broken),
        })
    }
}

/// A PMO's register, or as much of it as was asked for.
#[derive(Clone, Default)]
pub struct Register {
    /// `pmo.toml`.
    pub config: Arc<Config>,
    /// Whether `pmo.toml` has mistakes: where it has, the built-in settings count.
    pub are_settings_faulty: bool,
    /// People, objectives, requests and periods.
    pub own: Shelf,
    /// Programmes, with their status words, by id.
    pub programmes: BTreeMap<String, Shelf>,
    /// Projects, with everything in their folders, by id.
    pub projects: BTreeMap<String, Shelf>,
    /// When reports were filed, as far as that was asked for.
    pub filings: Filings,
    /// Reports that came or changed after their period was closed, where somebody asked git for them.
    pub late_changes: Vec<LateChange>,
    /// Agreed figures that moved since they were last approved, where somebody asked git for them.
    pub baseline_moves: Vec<BaselineMove>,
    /// What was withheld from it, where it is what an audience may see.
    pub withheld: Option<Arc<Withheld>>,
}

impl Register {
    /// The shelf on which records of this kind and home stand.
    pub fn shelf(&self, kind: &str, home: &str) -> Option<&Shelf> {
        match kind {
            "programme" | "programme-status" => self.programmes.get(home),
            _ if home.is_empty() => Some(&self.own),
            _ => self.projects.get(home),
        }
    }

    /// What stands in a record's place.
    pub fn slot(&self, id: &RecordId) -> Option<&Slot> {
        self.shelf(id.kind, &id.home)?.slot(id.kind, &id.name)
    }

    /// The record of this type, when it was read and counts.
    pub fn get<T: Record>(&self, id: &RecordId) -> Option<&T> {
        self.slot(id)?.record()?.as_any().downcast_ref()
    }

    /// The charter of a project.
    pub fn project(&self, id: &str) -> Option<&Project> {
        self.projects.get(id)?.get(&Name::Sole)
    }

    /// The programme of that id.
    pub fn programme(&self, id: &str) -> Option<&Programme> {
        self.programmes.get(id)?.get(&Name::Sole)
    }

    /// The programme of a project and those above it, the nearest first.
    pub fn programmes_of<'a>(&'a self, charter: &'a Project) -> Vec<&'a str> {
        let mut found: Vec<&str> = Vec::new();
        let mut next = charter.programme.as_deref();
        while let Some(id) = next.filter(|id| !found.contains(id)) {
            found.push(id);
            next = self.programme(id).and_then(|programme| programme.parent.as_deref());
        }
        found
    }

    /// The person of that id.
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.own.get(&Name::Slug(id.to_owned()))
    }

    /// The person with an e-mail address, whatever its case and the space around it; nobody has an empty one.
    pub fn person_at(&self, email: &str) -> Option<(&str, &Person)> {
        let email = email.trim();
        let is_theirs = |person: &Person| {
            !email.is_empty()
                && person.email.as_deref().is_some_and(|own| own.trim().eq_ignore_ascii_case(email))
        };
        self.own.records::<Person>().find_map(|(name, person)| match name {
            Name::Slug(id) if is_theirs(person) => Some((id.as_str(), person)),
            _ => None,
        })
    }

    /// What people call the person of that id: the name, or the id when nobody has it.
    pub fn person_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.person(id).map_or(id, |person| person.name.as_str())
    }

    /// Projects whose charter was read, by id, with their shelves.
    pub fn charters(&self) -> impl Iterator<Item = (&str, &Project, &Shelf)> {
        self.projects.iter().filter_map(|(id, shelf)| Some((id.as_str(), shelf.get(&Name::Sole)?, shelf)))
    }

    /// Every record's place, whatever its kind, in a stable order.
    pub fn all(&self) -> impl Iterator<Item = (RecordId, &Slot)> {
        let own = self.own.all().map(|(key, slot)| (String::new(), key, slot));
        let folders = self.programmes.iter().chain(&self.projects);
        let rest =
            folders.flat_map(|(home, shelf)| shelf.all().map(move |(key, slot)| (home.clone(), key, slot)));
        own.chain(rest)
            .map(|(home, key, slot)| (RecordId { kind: key.kind, home, name: key.name.clone() }, slot))
    }

    /// Every record of a type that was read and counts.
    pub fn records<T: Record>(&self) -> impl Iterator<Item = (RecordId, &T)> {
        self.slots(T::SPEC.name)
            .filter_map(|(id, slot)| Some((id, slot.record()?.as_any().downcast_ref::<T>()?)))
    }

    /// Every place of one kind, in the order of [`Register::all`].
    pub fn slots(&self, kind: &'static str) -> impl Iterator<Item = (RecordId, &Slot)> {
        let own = self.own.slots(kind).map(|found| ("", found));
        let folders = self.programmes.iter().chain(&self.projects);
        let rest =
            folders.flat_map(move |(home, shelf)| shelf.slots(kind).map(|found| (home.as_str(), found)));
        own.chain(rest).map(move |(home, (name, slot))| {
            (RecordId { kind, home: home.to_owned(), name: name.clone() }, slot)
        })
    }

    /// The record that a project, programme or objective of that name has.
    pub fn named(&self, name: &str) -> Option<RecordId> {
        if self.projects.contains_key(name) {
            return Some(RecordId::project(name));
        }
        if self.programmes.contains_key(name) {
            return Some(RecordId::programme(name));
        }
        let objective =
            RecordId { kind: "objective", home: String::new(), name: Name::Slug(name.to_owned()) };
        self.slot(&objective).map(|_| objective)
    }

    /// The record that a reference leads to, if it exists; a milestone leads to its project.
    ///
    /// `home` is the project or programme in whose files the reference stands.
    pub fn resolve(&self, reference: &Ref, home: Option<&str>) -> Option<RecordId> {
        match reference.target(home)? {
            Target::Named(name) => self.named(&name),
            Target::Milestone { project, id } => {
                let slot = self.projects.get(&project)?.slot("project", &Name::Sole)?;
                match slot.record_or_draft().and_then(|r| r.as_any().downcast_ref::<Project>()) {
                    Some(charter) => {
                        charter.milestone.iter().any(|m| m.id == id).then(|| RecordId::project(&project))
                    }
                    // A charter that cannot be read may well have the milestone.
                    None => Some(RecordId::project(&project)),
                }
            }
            Target::Record(id) => {
                let id = self.prefer_programme(id);
                self.slot(&id).map(|_| id)
            }
        }
    }

    /// `customer-360/2026-W47` is a programme's when there is a programme of that name.
    fn prefer_programme(&self, id: RecordId) -> RecordId {
        if id.kind == "status" && self.programmes.contains_key(&id.home) {
            return RecordId { kind: "programme-status", ..id };
        }
        id
    }
}
