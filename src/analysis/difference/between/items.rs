//! Risks, issues, decisions, changes and the rest: opened, moved, settled, gone.

use std::collections::BTreeSet;

use crate::analysis::exposure;
use crate::analysis::standing::Standing;
use crate::model::change::ChangeState;
use crate::model::decision::DecisionState;
use crate::model::risk::RiskState;
use crate::model::{AnyRecord, Change, Decision, KINDS, Name, RecordId, Register, Risk, Slot};

use super::{Difference, Finds, Moves};

/// A record as it stands in the two states; a draft counts in neither.
struct Pair<'a, T: ?Sized> {
    id: RecordId,
    was: Option<&'a T>,
    is: Option<&'a T>,
}

impl<T: ?Sized> Pair<'_, T> {
    fn short(&self) -> String {
        self.id.stem()
    }
}

/// What kinds of item have words of their own, or are told by what they say of the project.
const NO_ITEMS: [&str; 3] = ["project", "status", "actuals"];

/// Everything in the project's folder but its reports.
pub(super) fn items(
    before: &Register,
    after: &Register,
    then: &Standing<'_>,
    now: &Standing<'_>,
    moves: &Moves,
    finds: &mut Finds,
) {
    for spec in KINDS.iter().map(|kind| kind.spec) {
        let kind = spec.name;
        if !spec.in_project || NO_ITEMS.contains(&kind) {
            continue;
        }
        let names: BTreeSet<&Name> =
            then.shelf.slots(kind).chain(now.shelf.slots(kind)).map(|(name, _)| name).collect();
        for name in names {
            let [old, new] =
                [then.id, now.id].map(|home| RecordId { kind, home: home.to_owned(), name: name.clone() });
            if now.shelf.slot(kind, name).is_none()
                && let Some(to) = moves.to.get(&old)
            {
                away(&old, to, then, now, finds);
                continue;
            }
            let from = if then.shelf.slot(kind, name).is_none() { moves.from.get(&new) } else { None };
            let was = match from {
                Some(from) => before.slot(from),
                None => then.shelf.slot(kind, name),
            };
            let sides = [was, now.shelf.slot(kind, name)];
            // What cannot be read on one side is named elsewhere, and is neither new nor gone.
            if sides.iter().flatten().any(|slot| matches!(slot, Slot::Broken | Slot::Unread)) {
                continue;
            }
            let [was, is] = sides.map(|slot| slot.and_then(Slot::record));
            if let (Some(from), Some(is)) = (from, is) {
                let (record, title) = (new.stem(), is.title().to_owned());
                let from = if from.home == then.id { from.stem() } else { from.to_string() };
                let difference = Difference::Moved { record, item: kind, title, from };
                finds.of(&new, difference, &[]);
            }
            item(&Pair { id: new, was, is }, after, finds);
        }
    }
}

/// A record that stands in another project now; one that only has another number is told where it stands.
fn away(old: &RecordId, to: &RecordId, then: &Standing<'_>, now: &Standing<'_>, finds: &mut Finds) {
    let Some(was) = then.shelf.slot(old.kind, &old.name).and_then(Slot::record) else { return };
    if to.home != now.id {
        let (record, title) = (old.stem(), was.title().to_owned());
        let difference = Difference::MovedAway { record, item: old.kind, title, to: to.to_string() };
        finds.of(old, difference, &[]);
    }
}

fn item(pair: &Pair<'_, dyn AnyRecord>, after: &Register, finds: &mut Finds) {
    fn both<'a, T: 'static>(pair: &Pair<'a, dyn AnyRecord>) -> Pair<'a, T> {
        let typed = |side: Option<&'a dyn AnyRecord>| side.and_then(|record| record.as_any().downcast_ref());
        Pair { id: pair.id.clone(), was: typed(pair.was), is: typed(pair.is) }
    }
    if let (Some(was), None) = (pair.was, pair.is) {
        let (record, item) = (pair.short(), pair.id.kind);
        let title = was.title().to_owned();
        finds.of(&pair.id, Difference::Dropped { record, item, title }, &[""]);
        return;
    }
    match pair.id.kind {
        "risk" => risk(&both::<Risk>(pair), finds),
        "change" => change(&both::<Change>(pair), finds),
        "decision" => decision(&both::<Decision>(pair), after, finds),
        _ => other(pair, finds),
    }
}

fn risk(pair: &Pair<'_, Risk>, finds: &mut Finds) {
    let Some(is) = pair.is else { return };
    let (risk, title, score) = (pair.short(), is.title.clone(), exposure::current_score(is));
    let was_open = pair.was.map(exposure::is_open);
    let found = match (was_open, exposure::is_open(is)) {
        (None, true) => Difference::RiskRaised { risk, title, score },
        (Some(false), true) => Difference::RiskReopened { risk, title, score },
        (Some(true), true) => match (pair.was.and_then(exposure::current_score), score) {
            (Some(from), Some(to)) if from != to => Difference::RiskScored { risk, title, from, to },
            _ => return,
        },
        (Some(true), false) => {
            Difference::RiskEnded { risk, title, occurred: is.state == RiskState::Occurred }
        }
        (None | Some(false), false) => return,
    };
    let keys: &[&str] = match &found {
        Difference::RiskRaised { .. } => &[""],
        Difference::RiskScored { .. } => &["probability", "impact"],
        _ => &["state", "closed_on"],
    };
    finds.of(&pair.id, found, keys);
}

fn change(pair: &Pair<'_, Change>, finds: &mut Finds) {
    let Some(is) = pair.is else { return };
    if pair.was.map(|was| was.state) == Some(is.state) {
        return;
    }
    let (change, title) = (pair.short(), is.title.clone());
    let (cost, days) = (is.effect.cost, is.effect.days);
    let found = match is.state {
        ChangeState::Draft => return,
        ChangeState::Submitted => Difference::ChangeSubmitted { change, title, cost, days },
        state => Difference::ChangeDecided { change, title, state, cost, days },
    };
    let keys: &[&str] = if pair.was.is_none() { &[""] } else { &["state", "submitted_on", "decided_on"] };
    finds.of(&pair.id, found, keys);
}

fn decision(pair: &Pair<'_, Decision>, after: &Register, finds: &mut Finds) {
    let Some(is) = pair.is else { return };
    let (decision, title) = (pair.short(), is.title.clone());
    let is_open = |one: &Decision| !matches!(one.state, DecisionState::Decided | DecisionState::Withdrawn);
    let of = is.of.as_deref().map(|of| after.person_name(of.trim_start_matches('@')).to_owned());
    let found = match (pair.was.map(|was| was.state), is.state) {
        (was, DecisionState::Decided) if was != Some(DecisionState::Decided) => {
            Difference::DecisionTaken { decision, title, outcome: is.outcome.clone() }
        }
        (None, _) if is_open(is) => Difference::DecisionWanted { decision, title, by: is.wanted_by, of },
        _ => return,
    };
    let keys: &[&str] =
        if pair.was.is_none() { &[""] } else { &["state", "decided_on", "decided_by", "outcome", "forum"] };
    finds.of(&pair.id, found, keys);
}

fn other(pair: &Pair<'_, dyn AnyRecord>, finds: &mut Finds) {
    let Some(is) = pair.is else { return };
    let (record, item, title) = (pair.short(), pair.id.kind, is.title().to_owned());
    match (pair.was.map(AnyRecord::is_closed), is.is_closed()) {
        (None, _) => finds.of(&pair.id, Difference::Opened { record, item, title }, &[""]),
        (Some(false), true) => {
            let closing = is.spec().closing;
            let keys: Vec<&str> = closing.iter().map(|closing| closing.on).chain(["state"]).collect();
            finds.of(&pair.id, Difference::Closed { record, item, title }, &keys);
        }
        (Some(true), false) => {
            let closing = is.spec().closing;
            let keys: Vec<&str> = closing.iter().map(|closing| closing.on).chain(["state"]).collect();
            finds.of(&pair.id, Difference::Reopened { record, item, title }, &keys);
        }
        _ => {}
    }
}
