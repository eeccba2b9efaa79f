//! `pmo diff`: what differs between two states of the register, in the register's own words.

use clap::Args;

use crate::history::{self, PointError, State};
use crate::load;
use crate::model::{Date, Ref, Register, Scope};
use crate::report::difference::{self, Narrowing};
use crate::store::{Location, Source as _};
use crate::text::{escape, near};

use super::report::PageOptions;
use super::{CliError, Context, Done, Outcome, PageFormat, standpoint};

/// Show what differs between two states: commits, branches, dates, or the work tree
///
/// Without an end the last commit is set against the work tree, with one that end, with two both. What differs is told
/// in words, project by project, the gravest first; a renamed project is the same project. Keys that no words tell
/// are listed below, so that nothing is hidden.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo diff                          what is not committed yet
  pmo diff last-week                what changed since then, as of today
  pmo diff 2026-W46 2026-W47        two periods: at their close
  pmo diff main                     this branch and work tree against main
  pmo diff HEAD~3 HEAD              two commits; HEAD~3..HEAD is the same
  pmo diff main -- crm              one project only; or a record, or a path
  pmo diff -O markdown main HEAD    for a comment on a pull request
  pmo diff -O json v1 v2            every key, before and after
  pmo diff --exit-code -q           exit code 1 if anything differs")]
pub struct Diff {
    /// The first state, or both as A..B; the last commit unless given
    #[arg(value_name = "A")]
    from: Option<String>,
    /// The second state; the work tree unless given
    #[arg(value_name = "B")]
    to: Option<String>,
    /// Only these projects, programmes, records or paths
    #[arg(last = true, value_name = "REF|PATH")]
    only: Vec<String>,
    /// End with 1 if anything differs, as git does
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    page: PageOptions,
}

/// A state with how it is called and the day on which it is looked at.
struct End {
    state: State,
    source: String,
    day: Date,
}

impl Diff {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let location = context.location()?;
        let (from, to) = self.ends()?;
        let before = end(context, Some(from.as_deref().unwrap_or("HEAD")))?;
        let after = end(context, to.as_deref())?;
        let differing = history::differing(location, &before.state, &after.state)?;
        let [then, now] = [&before, &after].map(|end| read(location, end));
        let (then, now) = (then?, now?);
        let narrowing = self.narrowing([&now, &then])?;
        let state = |register, end: &'_ End| (register, end.day, end.source.clone());
        let (a, b) = (state(&then, &before), state(&now, &after));
        let [a, b] =
            [&a, &b].map(|(register, day, source)| difference::State { register, day: *day, source });
        let report = difference::difference(&a, &b, &differing, &narrowing);
        let format = self.page.format(context);
        let is_people = matches!(format, PageFormat::Terminal);
        if !(context.quiet && self.exit_code && is_people) {
            self.page.put(context, &report, || match format {
                PageFormat::Csv | PageFormat::Xlsx => report.keys(),
                PageFormat::Markdown => report.page(true),
                _ => report.page(false),
            })?;
        }
        Ok(if self.exit_code && !report.is_empty() { Done::Findings } else { Done::Fine })
    }

    /// The two ends as they were typed.
    fn ends(&self) -> Result<(Option<String>, Option<String>), CliError> {
        let Some((from, to)) = self.from.as_deref().and_then(|text| text.split_once("..")) else {
            return Ok((self.from.clone(), self.to.clone()));
        };
        if let Some(to) = to.strip_prefix('.') {
            let hint = format!("pmo diff $(git merge-base {from} {to}) {to}");
            return Err(CliError::new("`A...B` is not known here").hint(escape::terminal(&hint).into_owned()));
        }
        if self.to.is_some() {
            return Err(CliError::new("`A..B` has both ends, and a third was given")
                .hint("write `pmo diff A B`, or `pmo diff A..B`"));
        }
        let or_head = |end: &str| Some(if end.is_empty() { "HEAD" } else { end }.to_owned());
        Ok((or_head(from), or_head(to)))
    }

    /// What is asked for, in either state.
    fn narrowing(&self, registers: [&Register; 2]) -> Result<Narrowing, CliError> {
        let mut narrowing = Narrowing::default();
        for text in &self.only {
            let path = text.trim_end_matches('/').trim_start_matches("./");
            let home = path.strip_prefix("projects/").or_else(|| path.strip_prefix("programmes/"));
            let named = home.filter(|id| !id.contains('/')).unwrap_or(path);
            let named = named.strip_suffix(".toml").unwrap_or(named);
            let mut is_known = false;
            for register in registers {
                if register.projects.contains_key(named) {
                    narrowing.homes.insert(named.to_owned());
                    is_known = true;
                } else if register.programmes.contains_key(named) {
                    narrowing.homes.insert(named.to_owned());
                    is_known = true;
                    let of_it = register
                        .charters()
                        .filter(|(_, charter, _)| charter.programme.as_deref() == Some(named));
                    narrowing.homes.extend(of_it.map(|(id, ..)| id.to_owned()));
                } else if let Some(id) = register.resolve(&Ref::typed(text), None) {
                    narrowing.records.insert(id.to_string());
                    is_known = true;
                } else if path == load::CONFIG {
                    narrowing.records.insert(path.to_owned());
                    is_known = true;
                }
            }
            if !is_known {
                return Err(unknown(text, registers));
            }
        }
        Ok(narrowing)
    }
}

/// No record or project of either state is called so.
fn unknown(text: &str, registers: [&Register; 2]) -> CliError {
    let error = CliError::new(format!("neither state has a record `{}`", escape::terminal(text)));
    let known: Vec<String> =
        registers.iter().flat_map(|register| register.all().map(|(id, _)| id.to_string())).collect();
    match near::nearest(text, known.iter().map(String::as_str)) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("name a project such as crm, a record such as crm/R-003, or a file's path"),
    }
}

/// Opens a state: what a text names, or the work tree where there is none.
fn end(context: &Context, text: Option<&str>) -> Result<End, CliError> {
    let location = context.location()?;
    let Some(text) = text else {
        let source = location.work_tree().describe();
        return Ok(End { state: State::WorkTree, source, day: context.today });
    };
    let point = match history::point(location, text, context.today) {
        Ok(point) => point,
        Err(PointError::Unknown { .. }) if is_record(context, text) => {
            let shown = escape::terminal(text);
            return Err(CliError::new(format!("`{shown}` is a record, and no commit, branch or date"))
                .hint(format!("to see what differs in it only: pmo diff -- {shown}")));
        }
        Err(error) => return Err(standpoint::explained(error)),
    };
    // A day that was asked for outright holds for both states.
    let day = point.day.filter(|_| !context.asked_today).unwrap_or(context.today);
    match point.open(location) {
        Ok(revision) => {
            let source = revision.describe();
            Ok(End { state: State::At(Box::new(revision)), source, day })
        }
        Err(PointError::NoRegister { words, .. }) => {
            Ok(End { state: State::Nothing, source: format!("{words} (no register yet)"), day })
        }
        Err(error) => Err(standpoint::explained(error)),
    }
}

/// Whether the text names a record of the register, and not a state of it.
fn is_record(context: &Context, text: &str) -> bool {
    let names = context.load(&Scope::names());
    names.is_ok_and(|loaded| loaded.register.resolve(&Ref::new(text), None).is_some())
}

/// Reads the register of a state.
fn read(location: &Location, end: &End) -> Result<Register, CliError> {
    if matches!(end.state, State::Nothing) {
        return Ok(Register::default());
    }
    let source = end.state.source(location);
    Ok(load::load(source.as_ref(), &difference::scope(end.day))?.register)
}
