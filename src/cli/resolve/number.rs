//! Two records of one number: one of them gets the next free one, and the references that came with it follow.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::change::settle::{Choice, Verdict, names};
use crate::change::{Plan, refer};
use crate::load::load;
use crate::model::{Name, RecordId, Scope};
use crate::store::{self, Joining, Location, Overlay, SideOf, Source};
use crate::syntax::merge::Side;
use crate::text;

use super::super::rename::numbers;
use super::{Case, CliError, Context};

/// A record that gets another number.
pub(super) struct Moved {
    /// The side whose record it is.
    pub side: Side,
    /// Its new name.
    pub new: RecordId,
    /// What its file says.
    pub bytes: Vec<u8>,
    /// What the file of the one that keeps the number says.
    pub stays: Vec<u8>,
}

impl Moved {
    /// What the side is called.
    pub fn word(&self) -> &'static str {
        match self.side {
            Side::Ours => "ours",
            Side::Theirs => "theirs",
        }
    }
}

/// Gives each pair of records of one number two numbers.
///
/// `--ours` and `--theirs` say whose record keeps the number. Unless given it is the one that others may
/// know already: whose commit a remote-tracking branch holds; and ours where that does not tell.
pub(super) fn give(
    context: &Context,
    joining: Option<&Joining>,
    cases: &mut [Case],
    choice: &Choice,
) -> Result<(), CliError> {
    let location = context.location()?;
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    for case in cases.iter_mut().filter(|case| case.verdict == Verdict::TwoRecords) {
        let (Some(id), Some(ours), Some(theirs)) = (&case.id, &case.file.ours, &case.file.theirs) else {
            continue;
        };
        let keeps = match choice.all {
            Some(side) => side,
            None => keeps(location, joining, &case.file.path)?,
        };
        if keeps == Side::Ours
            && let Some(joining) = joining
            && let commits = later_of(location, joining, &case.file.path, id)?
            && !commits.is_empty()
        {
            case.verdict = Verdict::ByHand(still_to_come(joining, id, &commits));
            continue;
        }
        let folder = case.file.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let last = numbers(context, id)?.last().copied().unwrap_or(0);
        let number = taken.get(&folder).copied().unwrap_or(last).max(last) + 1;
        taken.insert(folder, number);
        let new = RecordId { name: Name::Number(number), ..id.clone() };
        let (stays, bytes, side) = match keeps {
            Side::Ours => (ours.clone(), theirs.clone(), Side::Theirs),
            Side::Theirs => (theirs.clone(), ours.clone(), Side::Ours),
        };
        case.moved = Some(Moved { side, new, bytes, stays });
    }
    follow(cases);
    Ok(())
}

/// The commits that are still to come and go on with a record under the number that it would lose: git would put
/// their changes into the other record.
fn later_of(
    location: &Location,
    joining: &Joining,
    path: &str,
    id: &RecordId,
) -> Result<Vec<String>, CliError> {
    let mut found = Vec::new();
    for later in &joining.later {
        let changed = later.changed(location)?;
        let is_named = || -> Result<bool, CliError> {
            Ok(later.files(location, &changed)?.iter().any(|(path, bytes)| names(path, bytes, id)))
        };
        if changed.contains(path) || is_named()? {
            found.push(later.name.clone());
        }
    }
    Ok(found)
}

fn still_to_come(joining: &Joining, id: &RecordId, commits: &[String]) -> String {
    let what = joining.what;
    let count = text::count(commits.len(), "commit");
    let go = if commits.len() == 1 { "goes" } else { "go" };
    let listed = text::list(commits, "and");
    format!(
        "two people gave this number to two records, and {count} of this {what} that {is} still to come ({listed}) \
         {go} on with theirs under this number: git would put that into the other record.\n\
         decide: `git {what} --abort` and `git merge`, which joins everything at once; or `pmo resolve {id} --theirs`, \
         and theirs keeps the number",
        is = if commits.len() == 1 { "is" } else { "are" },
    )
}

/// Gives the new numbers to records that came together and name each other.
fn follow(cases: &mut [Case]) {
    let given: Vec<(RecordId, RecordId, Side)> = cases
        .iter()
        .filter_map(|case| Some((case.id.clone()?, case.moved.as_ref()?)))
        .map(|(old, moved)| (old, moved.new.clone(), moved.side))
        .collect();
    for case in cases {
        let Some(moved) = &mut case.moved else { continue };
        for (old, new, _) in given.iter().filter(|(_, _, side)| *side == moved.side) {
            if let Some(bytes) = refer::rewritten_file(&case.file.path, &moved.bytes, old, new) {
                moved.bytes = bytes;
            }
        }
    }
}

fn keeps(location: &Location, joining: Option<&Joining>, path: &str) -> Result<Side, CliError> {
    let Some(joining) = joining else { return Ok(Side::Ours) };
    let shared = |side: &SideOf| -> Result<bool, CliError> {
        let last = side.last_change(location, path)?;
        Ok(last.map(|last| store::is_shared(location, &last.commit)).transpose()?.unwrap_or(false))
    };
    Ok(if shared(&joining.theirs)? && !shared(&joining.ours)? { Side::Theirs } else { Side::Ours })
}

/// Plans the new number in every reference that came with the record that moves, and names what to look at.
pub(super) fn rewrite(
    location: &Location,
    joining: Option<&Joining>,
    cases: &[Case],
    source: &Arc<dyn Source>,
    plan: &mut Plan,
) -> Result<Vec<String>, CliError> {
    let mut said = Vec::new();
    let moved = cases.iter().filter_map(|case| Some((case.id.as_ref()?, case.moved.as_ref()?)));
    for (old, moved) in moved {
        let Some(joining) = joining else {
            said.push(format!(
                "git does not say what is joined: look whether references to {old} mean {}",
                moved.new
            ));
            continue;
        };
        let (side, other) = match moved.side {
            Side::Ours => (&joining.ours, &joining.theirs),
            Side::Theirs => (&joining.theirs, &joining.ours),
        };
        let mut changed = side.changed(location)?;
        // Where these files moved to, their references have followed already.
        let gone = |path: &str| {
            let with = |case: &Case| case.moved.as_ref().is_some_and(|other| other.side == moved.side);
            cases.iter().any(|case| case.file.path == path && with(case))
        };
        changed.retain(|path| !gone(path));
        let naming = |files: BTreeMap<String, Vec<u8>>| -> BTreeSet<String> {
            files.into_iter().filter(|(path, bytes)| names(path, bytes, old)).map(|(path, _)| path).collect()
        };
        let came = naming(side.files(location, &changed)?);
        let theirs_too = naming(other.files(location, &came)?);
        let overlay = Overlay::new(source.clone(), &plan.changes());
        let register = load(&overlay, &Scope::all())?.register;
        let is_meant = |path: &str| came.contains(path) && !theirs_too.contains(path);
        let unread = refer::rewrite_in(&register, source, old, &moved.new, plan, &is_meant)?;
        let count = came.iter().filter(|path| is_meant(path) && !unread.contains(*path)).count();
        let new = &moved.new;
        if count > 0 {
            said.push(format!("{new}: its references in {} follow", text::count(count, "file")));
        }
        for path in came.iter().filter(|path| theirs_too.contains(*path) || unread.contains(*path)) {
            said.push(format!("look at {path}: it names {old}, and may mean {new}"));
        }
    }
    Ok(said)
}
