//! What each side moved, once a place is chosen: what was written for the other place leads to the chosen one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::change::settle::{Verdict, names};
use crate::change::{Plan, refer};
use crate::load::load;
use crate::model::{RecordId, Scope};
use crate::store::{Overlay, Source};
use crate::text;

use super::{Case, CliError};

/// Plans the chosen name in every reference to the name that was not chosen, and says how many files follow.
///
/// Those of `others` that are still in conflict are only named: nobody has said yet what will stand in them.
pub(super) fn follow(
    cases: &[Case],
    others: &[Case],
    source: &Arc<dyn Source>,
    plan: &mut Plan,
) -> Result<Vec<String>, CliError> {
    let chosen = chosen(cases);
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let register = load(&Overlay::new(source.clone(), &plan.changes()), &Scope::all())?.register;
    let mut said = Vec::new();
    for (lost, kept) in &chosen {
        let paths: BTreeSet<String> =
            refer::referrers(&register, lost).into_iter().map(|referrer| referrer.path).collect();
        let mut count = 0;
        for path in paths {
            let before = source.read_if_present(&path)?.unwrap_or_default();
            let now = plan.planned(&path).map_or(before.as_slice(), |planned| planned);
            match refer::rewritten_file(&path, now, lost, kept) {
                Some(bytes) => {
                    plan.rewrite(path, &before, bytes);
                    count += 1;
                }
                None => said.push(format!("look at {path}: it names {lost}, which is {kept} now")),
            }
        }
        if count > 0 {
            said.push(format!("{kept}: references to {lost} in {} follow", text::count(count, "file")));
        }
        let sides = |case: &Case| [case.file.ours.clone(), case.file.theirs.clone()].into_iter().flatten();
        for case in others.iter().filter(|case| case.places.is_none()) {
            if sides(case).any(|bytes| names(&case.file.path, &bytes, lost)) {
                said.push(format!(
                    "look at {} once it is settled: a side names {lost}, which is {kept} now",
                    case.file.path
                ));
            }
        }
    }
    Ok(said)
}

/// The names that were not chosen, with those that were; what is in a folder that moved goes with it.
fn chosen(cases: &[Case]) -> BTreeMap<RecordId, RecordId> {
    let pairs = cases.iter().filter_map(|case| {
        let places = case.places.as_ref()?;
        let Verdict::Settled { bytes: Some(_), .. } = &case.verdict else { return None };
        let lost = if case.file.path == places.ours { &places.theirs } else { &places.ours };
        Some((RecordId::at_path(lost)?, case.id.clone()?))
    });
    let pairs: BTreeMap<RecordId, RecordId> = pairs.collect();
    let folders: BTreeSet<(String, String)> = pairs
        .iter()
        .filter(|(lost, _)| matches!(lost.kind, "project" | "programme"))
        .map(|(lost, kept)| (lost.home.clone(), kept.home.clone()))
        .collect();
    let goes_along = |lost: &RecordId, kept: &RecordId| {
        !matches!(lost.kind, "project" | "programme")
            && lost.name == kept.name
            && folders.contains(&(lost.home.clone(), kept.home.clone()))
    };
    pairs.into_iter().filter(|(lost, kept)| !goes_along(lost, kept)).collect()
}
