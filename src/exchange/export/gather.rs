//! Every record of a register that counts, as a tree, kind by kind.

use std::collections::BTreeMap;

use crate::model::place::Name;
use crate::model::record::Place;
use crate::model::tree::{Node, TreeError};
use crate::model::{KINDS, RecordId, Register, Slot, Spec};

use super::drafts::Draft;

/// What an export carries, and what it had to leave out.
///
/// No tree is kept: each is made of its record when it is its turn.
pub struct Gathered<'a> {
    register: &'a Register,
    counts: BTreeMap<&'static str, usize>,
    /// Records that do not count yet, since something is left to be filled in.
    pub drafts: Vec<RecordId>,
    /// Those of them that are carried as the files that they are.
    pub carried: Vec<Draft>,
    /// Records whose files cannot be read.
    pub broken: Vec<RecordId>,
}

impl Gathered<'_> {
    /// The records of a kind, by their references.
    ///
    /// # Errors
    /// A record cannot be written at all, which no record of the format can.
    pub fn of(&self, kind: &'static str) -> impl Iterator<Item = Result<(RecordId, Node), TreeError>> {
        self.register
            .slots(kind)
            .filter_map(|(id, slot)| Some(Node::of(slot.record()?.fields()).map(|node| (id, node))))
    }

    /// How many records there are.
    pub fn count(&self) -> usize {
        self.counts.values().sum()
    }

    /// How many records of a kind there are.
    pub fn count_of(&self, kind: &str) -> usize {
        self.counts.get(kind).copied().unwrap_or(0)
    }

    /// Carries the drafts whose files can be read; a register for others (an audience) keeps its own.
    pub fn carry(&mut self, text: impl Fn(&str) -> Option<String>) {
        if self.register.withheld.is_some() {
            return;
        }
        let mut left = Vec::new();
        for id in std::mem::take(&mut self.drafts) {
            let path = id.path();
            match text(&path) {
                Some(text) => self.carried.push(Draft { path, text }),
                None => left.push(id),
            }
        }
        self.drafts = left;
    }

    /// Leaves out what a cell of a workbook cannot hold.
    pub fn carry_in_cells(&mut self) {
        let (fits, left): (Vec<Draft>, Vec<Draft>) =
            std::mem::take(&mut self.carried).into_iter().partition(Draft::fits_a_cell);
        self.carried = fits;
        self.drafts.extend(left.iter().filter_map(|draft| RecordId::at_path(&draft.path)));
    }

    /// Every kind that has a record, in the order of the kinds.
    pub fn kinds(&self) -> impl Iterator<Item = &'static Spec> {
        KINDS.iter().map(|kind| kind.spec).filter(|spec| self.counts.contains_key(spec.name))
    }
}

/// Gathers every record that counts; drafts and what cannot be read are told by their references.
pub fn gather(register: &Register) -> Gathered<'_> {
    let mut gathered = Gathered {
        register,
        counts: BTreeMap::new(),
        drafts: Vec::new(),
        carried: Vec::new(),
        broken: Vec::new(),
    };
    for (id, slot) in register.all() {
        match slot {
            Slot::Read(_) => *gathered.counts.entry(id.kind).or_default() += 1,
            Slot::Draft(_) => gathered.drafts.push(id),
            Slot::Broken => gathered.broken.push(id),
            Slot::Unread => {}
        }
    }
    gathered
}

/// The values of the columns that name a record: `crm` and `R-003`.
pub(super) fn names(id: &RecordId) -> Vec<String> {
    let spec = id.spec();
    match (spec.place, &id.name) {
        (Place::Sole | Place::ProgrammeFile, _) => vec![id.home.clone()],
        (_, Name::Sole) => vec![id.home.clone()],
        _ if id.home.is_empty() => vec![id.stem()],
        _ => vec![id.home.clone(), id.stem()],
    }
}
