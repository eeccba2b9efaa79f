//! What differs in a project between two states of the register, in the words of [`Difference`].
//!
//! Unlike over a period, nothing is left to dates: what one state says and the other does not is told,
//! whenever it is said to have happened. Where the two states are of different days, a milestone whose day
//! passed in between is told too.

mod agreed;
mod items;
mod reported;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::analysis::rating;
use crate::analysis::standing::Standing;
use crate::model::{Date, Rag, RecordId, Register};

use super::Difference;
use super::files::RecordChange;

/// A state of a register, on the day on which it is looked at.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The register.
    pub register: &'a Register,
    /// The day.
    pub day: Date,
}

/// A difference, and which keys of which records it says, so that they need not be listed again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The difference.
    pub difference: Difference,
    /// The records, by reference, with the key that is said; an empty key is all of the record.
    pub says: Vec<(String, String)>,
}

/// What stands in another place: projects under another name, and records of which that is not all.
#[derive(Clone, Debug, Default)]
pub struct Moves {
    renamed: BTreeMap<String, String>,
    from: BTreeMap<RecordId, RecordId>,
    to: BTreeMap<RecordId, RecordId>,
}

impl Moves {
    /// Those among the files that differ; `renamed` has the ids of projects after by their ids before.
    pub fn of(files: &[RecordChange], renamed: &BTreeMap<String, String>) -> Self {
        let mut moves = Self { renamed: renamed.clone(), ..Self::default() };
        for file in files {
            let places =
                file.was_file.as_deref().and_then(RecordId::at_path).zip(RecordId::at_path(&file.file));
            let Some((was, is)) = places else { continue };
            if renamed.get(&was.home) == Some(&is.home) && was.name == is.name {
                continue;
            }
            moves.from.insert(is.clone(), was.clone());
            moves.to.insert(was, is);
        }
        moves
    }

    /// A reference as the second state writes it, where it leads into a project that got another name.
    fn now(&self, reference: &str) -> String {
        let end = reference.find(['#', '/']).unwrap_or(reference.len());
        let (project, rest) = reference.split_at(end);
        self.renamed.get(project).map_or_else(|| reference.to_owned(), |is| format!("{is}{rest}"))
    }
}

/// The differences of one project, as they are found.
struct Finds {
    project: String,
    told: Vec<Told>,
}

impl Finds {
    /// Tells a difference that the charter says.
    fn agreed(&mut self, difference: Difference, keys: &[&str]) {
        let says = keys.iter().map(|key| (self.project.clone(), (*key).to_owned())).collect();
        self.told.push(Told { difference, says });
    }

    /// Tells a difference that a record says.
    fn of(&mut self, record: &RecordId, difference: Difference, keys: &[&str]) {
        let says = keys.iter().map(|key| (record.to_string(), (*key).to_owned())).collect();
        self.told.push(Told { difference, says });
    }
}

/// Tells what differs in a project that has `was` for its id in the first state and `is` in the second; a
/// state in which it does not stand has none.
///
/// Nothing is told of a project whose charter cannot be read where it stands: its files say what differs.
pub fn of(
    before: Side<'_>,
    after: Side<'_>,
    was: Option<&str>,
    is: Option<&str>,
    moves: &Moves,
) -> Vec<Told> {
    let stands =
        |side: Side<'_>, id: Option<&str>| id.is_some_and(|id| side.register.projects.contains_key(id));
    let then = was.and_then(|id| Standing::of(before.register, id, before.day));
    let now = is.and_then(|id| Standing::of(after.register, id, after.day));
    let project = is.or(was).unwrap_or_default().to_owned();
    let mut finds = Finds { project, told: Vec::new() };
    match (then, now) {
        (Some(then), Some(now)) => {
            agreed::life(&then, &now, &mut finds);
            reported::ratings(&then, &now, &mut finds);
            figures(&before, &after, &then, &now, &mut finds);
            reported::forecasts(&then, &now, &mut finds);
            agreed::baseline(&then, &now, moves, &mut finds);
            reported::milestones((&then, before.day), (&now, after.day), &mut finds);
            items::items(before.register, after.register, &then, &now, moves, &mut finds);
            agreed::people(&before, &after, &then, &now, &mut finds);
            agreed::words(&then, &now, &mut finds);
            reported::progress(&then, &now, &mut finds);
        }
        (None, Some(now)) if !stands(before, was) => {
            finds.agreed(Difference::Added { state: now.charter.state }, &[""]);
            if let Some(status) = now.status() {
                finds.agreed(Difference::FirstReport { rating: status.rag.overall }, &[]);
            }
        }
        (Some(then), None) if !stands(after, is) => {
            finds.agreed(Difference::Removed { state: then.charter.state }, &[""]);
        }
        _ => {}
    }
    finds.told
}

/// What the figures say, where both states tell it.
fn figures(before: &Side<'_>, after: &Side<'_>, then: &Standing<'_>, now: &Standing<'_>, finds: &mut Finds) {
    let from = rating::of(&before.register.config, then, before.day).figures;
    let to = rating::of(&after.register.config, now, after.day).figures;
    if from != to && from != Rag::Grey && to != Rag::Grey {
        finds.agreed(Difference::Figures { from, to }, &[]);
    }
}
