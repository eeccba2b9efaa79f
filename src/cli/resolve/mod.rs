//! `pmo resolve`: what git could not join, said of records and fields, and settled where nobody need decide.

use std::sync::Arc;

use clap::Args;

use crate::change::moved::{MovedTwice, moved_twice};
use crate::change::settle::{Choice, Verdict, Why, covers, settle, settle_moved};
use crate::change::{Plan, diff};
use crate::model::RecordId;
use crate::store::{self, Conflicted, Joining, Location, Source};
use crate::syntax::merge::Side;
use crate::text;

use super::{CliError, Context, Done, Outcome};

mod explain;
mod number;
mod places;
mod untouched;

use number::Moved;

/// Explain what git could not join, and settle what needs no decision
///
/// For a merge, rebase, cherry-pick or revert that stopped: which record is in conflict, which field, and what each
/// side says. "ours" is what git calls so: the side that is checked out (in a rebase the branch that you rebase onto);
/// "theirs" comes in. Settled files are staged; nothing is committed.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo resolve                        explain every conflict, settle what needs no decision
  pmo resolve --dry-run              only show it
  pmo resolve crm/R-003 --theirs     where both changed a field, take what comes in
  pmo resolve crm/R-003 --field owner=ours --field plan_cost=theirs
  pmo resolve projects/crm --ours    all that is in conflict in a folder
  pmo resolve pmo.toml --ours")]
pub struct Resolve {
    /// The record, such as crm/R-003, the file, or a folder; all that are in conflict unless given
    #[arg(value_name = "REF")]
    reference: Option<String>,
    /// Where both changed a field, keep what is here; what only one side changed is joined all the same
    #[arg(long, requires = "reference", conflicts_with = "theirs")]
    ours: bool,
    /// Where both changed a field, take what comes in
    #[arg(long, requires = "reference")]
    theirs: bool,
    /// Decide one field, or all of a table: owner=ours, milestone.go-live.baseline=theirs, rag=ours
    #[arg(long = "field", value_name = "KEY=SIDE", requires = "reference")]
    fields: Vec<String>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// So many files are named; of more it is said how many.
const MANY: usize = 8;

/// A file in conflict and what is to become of it.
struct Case {
    file: Conflicted,
    /// What people call it: the record, or the file.
    name: String,
    id: Option<RecordId>,
    verdict: Verdict,
    /// The places of the file, where each side moved it to one of its own.
    places: Option<MovedTwice>,
    /// Where it gives way to another record of its number.
    moved: Option<Moved>,
}

impl Resolve {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let choice = self.choice()?;
        if !self.dry_run {
            context.hold()?;
        }
        let location = context.location()?;
        let (mut files, outside) = store::conflicts(location)?;
        let joining = store::joining(location)?;
        if files.is_empty() {
            return Ok(nothing(context, joining.as_ref(), outside));
        }
        if let Some(joining) = &joining {
            store::note_moved(location, joining, &mut files)?;
        }
        let (mut cases, mut others) = (cases(files, &choice), Vec::new());
        if let Some(text) = &self.reference {
            (cases, others) = named(cases, text)?;
            if !choice.fields.is_empty() {
                unused(&cases, &choice)?;
            }
        }
        let source: Arc<dyn Source> = Arc::new(location.work_tree());
        for case in &mut cases {
            untouched::leave_alone(case, source.as_ref())?;
        }
        let mut plan = Plan::new();
        number::give(context, joining.as_ref(), &mut cases, &choice)?;
        let mut staged = planned(&cases, source.as_ref(), &mut plan)?;
        let mut said = number::rewrite(location, joining.as_ref(), &cases, &source, &mut plan)?;
        said.extend(places::follow(&cases, &others, &source, &mut plan)?);
        staged.extend(plan.paths());
        staged.sort();
        staged.dedup();
        context.put(&explain::page(location, joining.as_ref(), &cases, context.screen.width)?)?;
        if self.dry_run {
            let steps = diff::text(&diff::steps(&plan, source.as_ref()));
            context
                .put(&steps.lines().map(|line| format!("{}\n", text::terminal(line))).collect::<String>())?;
            said.iter().for_each(|line| context.say(line));
            context.say("nothing was written (--dry-run)");
            return Ok(done(&cases));
        }
        context.apply(&plan)?;
        if !staged.is_empty() {
            store::stage(location, &staged)?;
            let told = match staged.len() {
                0..=MANY => text::list(&staged, "and"),
                many => text::count(many, "file"),
            };
            context.say(&format!("settled and staged: {told}"));
        }
        said.iter().for_each(|line| context.say(line));
        self.next(context, location, joining.as_ref(), outside)?;
        Ok(done(&cases))
    }

    fn choice(&self) -> Result<Choice, CliError> {
        let all = match (self.ours, self.theirs) {
            (true, _) => Some(Side::Ours),
            (_, true) => Some(Side::Theirs),
            _ => None,
        };
        let mut fields = Vec::new();
        for typed in &self.fields {
            let side = match typed.rsplit_once('=') {
                Some((path, "ours")) => (path.to_owned(), Side::Ours),
                Some((path, "theirs")) => (path.to_owned(), Side::Theirs),
                _ => {
                    return Err(CliError::new(format!("`{typed}` does not say which side"))
                        .hint("write  --field owner=ours  or  --field owner=theirs"));
                }
            };
            fields.push(side);
        }
        Ok(Choice { all, fields })
    }

    /// Says what to do next.
    fn next(
        &self,
        context: &Context,
        location: &Location,
        joining: Option<&Joining>,
        outside: usize,
    ) -> Result<(), CliError> {
        let (left, _) = store::conflicts(location)?;
        if outside > 0 {
            context.say(&format!(
                "{} outside of the register {} in conflict too: `git status` lists them",
                text::count(outside, "file"),
                if outside == 1 { "is" } else { "are" }
            ));
        }
        if left.is_empty() {
            let goes_on = joining.map_or("git commit", |joining| joining.goes_on);
            context.say(&format!(
                "nothing of this register is in conflict any more\nnext: pmo check · {goes_on}"
            ));
        }
        Ok(())
    }
}

/// Whether something still needs a person.
fn done(cases: &[Case]) -> Done {
    let settled = |case: &Case| matches!(case.verdict, Verdict::Settled { .. }) || case.moved.is_some();
    if cases.iter().all(settled) { Done::Fine } else { Done::Findings }
}

/// What is said where git has no conflict.
fn nothing(context: &Context, joining: Option<&Joining>, outside: usize) -> Done {
    let where_else = match outside {
        0 => String::new(),
        n => format!("; {} outside of it: `git status` lists them", text::count(n, "file")),
    };
    context.say(&format!("nothing of this register is in conflict{where_else}"));
    if let Some(joining) = joining {
        context.say(&format!("a {} is under way; next: pmo check · {}", joining.what, joining.goes_on));
    }
    Done::Fine
}

/// Judges each file; those that belong together know of each other.
fn cases(files: Vec<Conflicted>, choice: &Choice) -> Vec<Case> {
    let moved = moved_twice(&files);
    let is_unclear = files.iter().any(|file| {
        file.ours.is_none() && file.theirs.is_none() && !moved.iter().any(|moved| moved.from == file.path)
    });
    let places = |path: &str| moved.iter().find(|moved| moved.holds(path)).cloned();
    let case = |file: Conflicted| {
        let id = RecordId::at_path(&file.path);
        let name = id.as_ref().map_or_else(|| file.path.clone(), RecordId::to_string);
        let sides = [&file.base, &file.ours, &file.theirs].iter().filter(|side| side.is_some()).count();
        let places = places(&file.path);
        let verdict = match &places {
            Some(places) => settle_moved(&file, places, choice),
            None if is_unclear && sides == 1 => Verdict::ByHand(
                "it may be a file that each side moved to a place of its own: `git rm` the ones that are not meant, \
                 `git add` the other"
                    .to_owned(),
            ),
            None => settle(&file, choice),
        };
        Case { file, name, id, verdict, places, moved: None }
    };
    files.into_iter().map(case).collect()
}

/// The cases that a reference, a path or a folder names, with those that are decided with them; and all others.
fn named(cases: Vec<Case>, text: &str) -> Result<(Vec<Case>, Vec<Case>), CliError> {
    let folder = format!("{}/", text.trim_end_matches('/'));
    let is_meant =
        |case: &Case| case.name == text || case.file.path == text || case.file.path.starts_with(&folder);
    let groups: Vec<Option<[String; 3]>> = cases.iter().filter(|case| is_meant(case)).map(group).collect();
    if groups.is_empty() {
        let names: Vec<String> = cases.iter().map(|case| case.name.clone()).collect();
        let error = CliError::new(format!("{} is not in conflict", text::terminal(text)));
        return Err(error.hint(format!("in conflict: {}", text::list(&names, "and"))));
    }
    let belongs = |case: &Case| is_meant(case) || group(case).is_some_and(|own| groups.contains(&Some(own)));
    Ok(cases.into_iter().partition(belongs))
}

/// What is decided together: the places of a file that each side moved, or the folders that each side renamed.
fn group(case: &Case) -> Option<[String; 3]> {
    let places = case.places.as_ref()?;
    let folders = places.folders().unwrap_or([&places.from, &places.ours, &places.theirs]);
    Some(folders.map(str::to_owned))
}

/// Refuses a choice for a field that is not in conflict.
fn unused(cases: &[Case], choice: &Choice) -> Result<(), CliError> {
    let [case] = cases else {
        return Err(CliError::new("--field decides for one record")
            .hint("name a record, or decide all of them with --ours or --theirs"));
    };
    let known: Vec<String> = match &settle(&case.file, &Choice::default()) {
        Verdict::Open { conflicts, .. } => conflicts.iter().map(|conflict| conflict.path.clone()).collect(),
        _ => Vec::new(),
    };
    let names_none = |typed: &str| !known.iter().any(|path| covers(typed, path));
    let Some((path, _)) = choice.fields.iter().find(|(path, _)| names_none(path)) else { return Ok(()) };
    let error = CliError::new(format!("`{}` of {} is not in conflict", text::terminal(path), case.name));
    Err(if known.is_empty() {
        error
    } else {
        error.hint(format!("in conflict: {}", text::list(&known, "and")))
    })
}

/// Plans the settled files, and lists those to stage.
fn planned(cases: &[Case], source: &dyn Source, plan: &mut Plan) -> Result<Vec<String>, CliError> {
    let mut staged = Vec::new();
    for case in cases {
        let path = case.file.path.as_str();
        let bytes = match (&case.verdict, &case.moved) {
            (_, Some(moved)) => {
                plan.create(moved.new.path(), moved.bytes.clone());
                Some(moved.stays.clone())
            }
            (Verdict::Settled { bytes, .. }, None) => bytes.clone(),
            _ => continue,
        };
        match (source.read_if_present(path)?, bytes) {
            (Some(before), Some(bytes)) => {
                plan.rewrite(path, &before, bytes);
            }
            (None, Some(bytes)) => {
                plan.write(path, bytes);
            }
            (Some(_), None) => {
                plan.remove(path);
            }
            (None, None) => {}
        }
        staged.push(path.to_owned());
    }
    Ok(staged)
}

/// Why a file needed no decision, in words.
fn reason(why: Why) -> &'static str {
    match why {
        Why::Joined => "settled: what each side changed is in it",
        Why::Same => "settled: both sides say the same",
        Why::OneSide => "settled: one side removed it, and the other did not change it",
        Why::Placed => {
            "settled: added on one side, to a folder that the other side renamed; it stays where git put it"
        }
        Why::Chosen => "settled as you chose",
    }
}
