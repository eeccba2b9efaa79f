//! Every record of a register that counts, as a tree, kind by kind.

use std::collections::BTreeMap;

use crate::model::place::Name;
use crate::model::record::Place;
use crate::model::tree::{Node, TreeError};
use crate::model::{KINDS, RecordId, Register, Slot, Spec};

/// What an export carries, and what it had to leave out.
#[derive(Debug, Default)]
pub struct Gathered {
    records: BTreeMap<&'static str, Vec<(RecordId, Node)>>,
    /// Records that do not count yet, since something is left to be filled in.
    pub drafts: Vec<RecordId>,
    /// Records whose files cannot be read.
    pub broken: Vec<RecordId>,
}

impl Gathered {
    /// The records of a kind, by their references.
    pub fn of(&self, kind: &str) -> &[(RecordId, Node)] {
        self.records.get(kind).map_or(&[], Vec::as_slice)
    }

    /// How many records there are.
    pub fn count(&self) -> usize {
        self.records.values().map(Vec::len).sum()
    }

    /// Every kind that has a record, in the order of the kinds.
    pub fn kinds(&self) -> impl Iterator<Item = &'static Spec> {
        KINDS.iter().map(|kind| kind.spec).filter(|spec| self.records.contains_key(spec.name))
    }
}

/// Gathers every record that counts; drafts and what cannot be read are told by their references.
///
/// # Errors
/// A record cannot be written at all, which no record of the format can.
pub fn gather(register: &Register) -> Result<Gathered, TreeError> {
    let mut gathered = Gathered::default();
    for (id, slot) in register.all() {
        match slot {
            Slot::Read(record) => {
                let node = Node::of(record.fields())?;
                gathered.records.entry(id.kind).or_default().push((id, node));
            }
            Slot::Draft(_) => gathered.drafts.push(id),
            Slot::Broken => gathered.broken.push(id),
            Slot::Unread => {}
        }
    }
    Ok(gathered)
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
