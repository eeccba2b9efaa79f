//! What the charter says: its life, its dates and money, its people, its words.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::analysis::standing::Standing;
use crate::model::{Date, Number, Project};

use super::{Difference, Finds, Moves, Side};

/// Its name, its state, its programme, its phase.
pub(super) fn life(then: &Standing<'_>, now: &Standing<'_>, finds: &mut Finds) {
    let (was, is) = (then.charter, now.charter);
    let from_id = (then.id != now.id).then(|| then.id.to_owned());
    let from_name = (was.name != is.name).then(|| was.name.clone());
    if from_id.is_some() || from_name.is_some() {
        finds.agreed(Difference::Renamed { from_id, from_name }, &["name"]);
    }
    if was.state != is.state {
        let on = match is.state.is_over() {
            true => is.closed_on,
            false => is.started_on.filter(|on| was.started_on != Some(*on)),
        };
        let keys = ["state", "closed_on", "started_on"];
        finds.agreed(Difference::State { from: Some(was.state), to: is.state, on }, &keys);
    }
    if was.programme != is.programme {
        let (from, to) = (was.programme.clone(), is.programme.clone());
        finds.agreed(Difference::Programme { from, to }, &["programme"]);
    }
    if was.phase != is.phase {
        finds.agreed(Difference::Phase { from: was.phase.clone(), to: is.phase.clone() }, &["phase"]);
    }
}

/// The agreed finish, budget, milestones and dependencies.
pub(super) fn baseline(then: &Standing<'_>, now: &Standing<'_>, moves: &Moves, finds: &mut Finds) {
    let (was, is) = (then.charter, now.charter);
    let days = |from: Option<Date>, to: Option<Date>| Some(to?.days_since(from?));
    let (from, to) = (was.schedule.finish, is.schedule.finish);
    if from != to {
        finds.agreed(Difference::Baseline { from, to, days: days(from, to) }, &["schedule.finish"]);
    }
    let [from, to] = [was, is].map(|charter| charter.budget.approved.map(Number::from));
    if from != to {
        let by = from.zip(to).and_then(|(from, to)| to.0.checked_sub(from.0)).map(Number);
        finds.agreed(Difference::Budget { from, to, by }, &["budget.approved"]);
    }
    for milestone in &is.milestone {
        let (id, name) = (milestone.id.clone(), milestone.title().to_owned());
        let key = format!("milestone.{id}");
        match was.milestone(&milestone.id) {
            None => {
                let baseline = milestone.baseline;
                finds.agreed(Difference::MilestoneAdded { milestone: id, name, baseline }, &[&key]);
            }
            Some(old) if old.baseline != milestone.baseline => {
                let (from, to) = (old.baseline, milestone.baseline);
                let days = days(from, to);
                let found = Difference::MilestoneRebaselined { milestone: id, name, from, to, days };
                finds.agreed(found, &[&format!("{key}.baseline")]);
            }
            Some(_) => {}
        }
    }
    for milestone in was.milestone.iter().filter(|old| is.milestone(&old.id).is_none()) {
        let (id, name) = (milestone.id.clone(), milestone.title().to_owned());
        let (key, baseline) = (format!("milestone.{id}"), milestone.baseline);
        finds.agreed(Difference::MilestoneRemoved { milestone: id, name, baseline }, &[&key]);
    }
    let needed: BTreeSet<String> = was.dependency.iter().map(|one| moves.now(one.on.as_str())).collect();
    for dependency in is.dependency.iter().filter(|one| !needed.contains(one.on.as_str())) {
        let (on, needed_by) = (dependency.on.to_string(), dependency.needed_by);
        let key = format!("dependency[{on}]");
        finds.agreed(Difference::DependencyAdded { on, needed_by }, &[&key]);
    }
    for on in needed.into_iter().filter(|on| !is.dependency.iter().any(|one| one.on.as_str() == on)) {
        let key = format!("dependency[{on}]");
        finds.agreed(Difference::DependencyDropped { on }, &[&key]);
    }
}

/// Who manages and sponsors it, and whom it has.
pub(super) fn people(
    before: &Side<'_>,
    after: &Side<'_>,
    then: &Standing<'_>,
    now: &Standing<'_>,
    finds: &mut Finds,
) {
    let (was, is) = (then.charter, now.charter);
    let name = |side: &Side<'_>, id: &str| side.register.person_name(id).to_owned();
    if was.manager != is.manager {
        let (from, to) = (Some(name(before, &was.manager)), Some(name(after, &is.manager)));
        finds.agreed(Difference::Person { role: "manager", from, to }, &["manager"]);
    }
    if was.sponsor != is.sponsor {
        let from = was.sponsor.as_deref().map(|id| name(before, id));
        let to = is.sponsor.as_deref().map(|id| name(after, id));
        finds.agreed(Difference::Person { role: "sponsor", from, to }, &["sponsor"]);
    }
    let (from, to) = (allocated(before, was), allocated(after, is));
    for who in from.keys().chain(to.keys().filter(|who| !from.contains_key(*who))) {
        let (from, to) = (from.get(who).copied().map(Number), to.get(who).copied().map(Number));
        if from != to {
            finds.agreed(Difference::Allocation { who: who.clone(), from, to }, &[]);
        }
    }
}

/// How much of whom it has or asks for, over all stretches.
fn allocated(side: &Side<'_>, charter: &Project) -> BTreeMap<String, Decimal> {
    let mut sums = BTreeMap::new();
    for one in &charter.allocation {
        let person = one.person.as_deref().map(|id| side.register.person_name(id));
        let Some(who) = person.or(one.role.as_deref()) else { continue };
        let sum: &mut Decimal = sums.entry(who.to_owned()).or_default();
        *sum = sum.saturating_add(one.fte.0);
    }
    sums
}

/// What it is for and what it delivers.
pub(super) fn words(then: &Standing<'_>, now: &Standing<'_>, finds: &mut Finds) {
    let (was, is) = (then.charter, now.charter);
    if was.scope != is.scope {
        finds.agreed(Difference::Reworded { text: "scope" }, &[]);
    }
    if was.purpose != is.purpose {
        finds.agreed(Difference::Reworded { text: "purpose" }, &[]);
    }
}
