//! `pmo log REF[.KEY]`: the history of a record or of one field, as git knows it.

use clap::Args;
use clap_complete::ArgValueCandidates;
use serde_json::Value;

use crate::history::{self, FileHistories};
use crate::load::{self, CONFIG, Loaded};
use crate::model::field_change::FileHistory;
use crate::model::{Date, Kind, Name, RecordId, Ref, Register, Scope, Target};
use crate::report::Asked;
use crate::report::log::{self, Files, Limits, Reports, Subject};
use crate::text::{self, escape};

use super::report::{PageOptions, asked};
use super::{CliError, Context, Outcome, complete};

/// Show the history of a record or of one field: when, from, to, by whom, in which commit
///
/// The newest change first. Changes are those of the commits that `git log -- FILE` names: where a merge took a
/// file as one side had it, the other side is not followed. Renamed projects and moved records are followed back.
/// A key that stands in status reports is told over all of them, behind the project's own reference: each
/// report's value and the commit that brought it.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo log crm                        everything that happened to a project's charter
  pmo log crm/R-003                  ... to a risk, and so for every kind of record
  pmo log crm/R-003.probability      one key, dotted as `pmo set` takes it
  pmo log crm.schedule               a table: every key below it
  pmo log crm.rag.overall            over the status reports: each report's rating, and who brought it
  pmo log crm#go-live                a milestone: its baseline, and its forecasts
  pmo log pmo.toml.policy            the settings
  pmo log crm.forecast_finish -O csv

`pmo blame` answers who set last what stands there now.")]
pub struct Log {
    /// The record, and behind a dot a key of it: crm, crm/R-003.owner, crm.rag.overall, pmo.toml
    #[arg(value_name = "REF[.KEY]", add = ArgValueCandidates::new(complete::references))]
    subject: String,
    /// Only changes of this day or later
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// Only changes of this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// Only so many commits, the newest
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    page: PageOptions,
}

/// Show who set last what a record says now, key by key
///
/// The newest commit that changed a key to what it says: who turned it amber, and when.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo blame crm.rag.overall          who turned it amber, and when
  pmo blame crm.forecast_finish
  pmo blame crm/R-003                each key of a risk
  pmo blame pmo.toml -O json         the settings, for programs

`pmo log` shows every change.")]
pub struct Blame {
    /// The record, and behind a dot a key of it: crm, crm/R-003.owner, crm.rag.overall, pmo.toml
    #[arg(value_name = "REF[.KEY]", add = ArgValueCandidates::new(complete::references))]
    subject: String,
    #[command(flatten)]
    page: PageOptions,
}

impl Log {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let limits = Limits { since: self.since, until: self.until, newest: self.limit };
        let found = Found::of(context, &self.subject)?;
        let (register, asked) = (&found.loaded.register, found.asked(context));
        let log = log::log(register, &asked, &found.subject, found.files(), limits);
        self.page.put(context, &log, || log.page())
    }
}

impl Blame {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let found = Found::of(context, &self.subject)?;
        let (register, asked) = (&found.loaded.register, found.asked(context));
        let blame = log::blame(register, &asked, &found.subject, found.files());
        self.page.put(context, &blame, || blame.page())
    }
}

/// The files that a subject's history stands in.
struct Found {
    loaded: Loaded,
    subject: Subject,
    own: Option<FileHistory>,
    reports: Option<Reports>,
}

/// A file or a folder of reports, and what keys it may have.
struct Places {
    /// Where the record's file may stand.
    own: Vec<String>,
    own_schema: Option<&'static Value>,
    /// The folder of the reports on it, and their kind.
    reports: Option<(String, &'static Kind)>,
}

impl Found {
    fn of(context: &Context, typed: &str) -> Result<Self, CliError> {
        let location = context.history()?;
        location.repo()?;
        let loaded = context.load(&Scope::kinds(&["person"]))?;
        let (reference, key) = split(typed);
        let mut subject =
            Subject { reference: reference.to_owned(), key: key.map(str::to_owned), within: None };
        let (places, milestone) = places(context, &loaded.register, reference)?;
        subject.within = match (&milestone, key) {
            (Some(id), Some(key)) => Some(format!("milestone.{id}.{key}")),
            (Some(id), None) => Some(format!("milestone.{id}")),
            (None, key) => key.map(str::to_owned),
        };
        let within = subject.within.as_deref();
        let is_own =
            places.own_schema.is_none_or(|schema| within.is_none_or(|key| load::has_key(schema, key)));
        let in_reports =
            |kind: &Kind| within.is_some_and(|key| load::has_key(load::schema_of_kind(kind), key));
        let mut paths = places.own.clone();
        if let Some((folder, kind)) = &places.reports {
            // A key that neither has may stand in old files.
            if in_reports(kind) || !is_own {
                paths.push(folder.clone());
            }
        }
        let work = if context.is_past() { None } else { Some(context.source()?) };
        let mut files = history::file_histories(location, &paths, work.as_deref())?;
        let own = places.own.iter().find_map(|path| files.remove(path));
        let folder = places.reports.map(|(folder, _)| folder);
        let reports = folder.filter(|folder| paths.contains(folder)).map(|_| reports(files));
        let found = Self { loaded, subject, own, reports };
        found.must_exist(context, reference, is_own, milestone.is_some())?;
        Ok(found)
    }

    fn files(&self) -> Files<'_> {
        // Without a key the record's own file is meant.
        let reports = self.reports.as_ref().filter(|_| self.subject.within.is_some());
        Files { own: self.own.as_ref(), reports }
    }

    fn asked(&self, context: &Context) -> Asked {
        asked(context, &self.loaded)
    }

    /// Refuses a record that never was, and a key that nothing ever had and no file may have.
    fn must_exist(
        &self,
        context: &Context,
        reference: &str,
        is_known: bool,
        is_milestone: bool,
    ) -> Result<(), CliError> {
        if self.own.is_none() && self.reports.as_ref().is_none_or(|reports| reports.0.is_empty()) {
            let id = context.resolve(&self.loaded.register, reference)?;
            return Err(CliError::new(format!("{} has no history: no commit holds it", id.path()))
                .hint("its file may be ignored, see `git status --ignored`"));
        }
        let Some(within) = self.subject.within.as_deref() else { return Ok(()) };
        let mut keys: Vec<&str> = Vec::new();
        let reports = self.reports.iter().flat_map(|reports| reports.0.values());
        for change in
            self.own.iter().chain(reports).flat_map(|history| &history.edits).flat_map(|e| &e.changes)
        {
            keys.push(&change.key);
        }
        let has = keys.iter().any(|key| {
            key.strip_prefix(within).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        });
        if has || (is_known && !is_milestone) {
            return Ok(());
        }
        keys.sort_unstable();
        keys.dedup();
        let shown = escape::terminal(self.subject.key.as_deref().unwrap_or(within)).into_owned();
        if is_milestone && self.subject.key.is_none() {
            let error =
                CliError::new(format!("`{}` is no milestone, and never was", escape::terminal(reference)));
            return Err(near(error, within, keys.iter().map(|key| table_of(key))));
        }
        let error =
            CliError::new(format!("{} has no key `{shown}`, and never had", escape::terminal(reference)));
        Err(near(error, within, keys.into_iter()))
    }
}

/// Adds what was probably meant.
fn near<'a>(error: CliError, typed: &str, keys: impl Iterator<Item = &'a str>) -> CliError {
    match text::nearest(typed, keys) {
        Some(near) => error.hint(format!("did you mean `{}`?", escape::terminal(near))),
        None => error.hint("`pmo blame REF` lists the keys that it has"),
    }
}

/// The first two steps of a key: `milestone.go-live`.
fn table_of(key: &str) -> &str {
    key.match_indices('.').nth(1).map_or(key, |(at, _)| &key[..at])
}

/// A reference and the key behind it. No reference has a dot, but for the settings' `pmo.toml`.
fn split(typed: &str) -> (&str, Option<&str>) {
    let typed = typed.trim();
    let start = if typed == CONFIG || typed.starts_with("pmo.toml.") { CONFIG.len() } else { 0 };
    match typed[start..].find('.') {
        Some(dot) => (&typed[..start + dot], Some(&typed[start + dot + 1..]).filter(|key| !key.is_empty())),
        None => (typed, None),
    }
}

/// Where the history of a reference stands, and the milestone that it names.
///
/// What is not there any more has a history all the same.
fn places(
    context: &Context,
    register: &Register,
    reference: &str,
) -> Result<(Places, Option<String>), CliError> {
    let settings =
        Places { own: vec![CONFIG.to_owned()], own_schema: Some(load::config_schema()), reports: None };
    if reference == CONFIG || (reference == "pmo" && register.named("pmo").is_none()) {
        return Ok((settings, None));
    }
    let typed = Ref::typed(reference);
    if let Some(Target::Milestone { project, id }) = typed.target(None) {
        return Ok((of_record(&RecordId::project(&project)), Some(id)));
    }
    if let Some(id) = register.resolve(&typed, None) {
        return Ok((of_record(&id), None));
    }
    match typed.target(None) {
        Some(Target::Record(id)) => Ok((of_record(&id), None)),
        Some(Target::Named(name)) => {
            let objective =
                RecordId { kind: "objective", home: String::new(), name: Name::Slug(name.clone()) };
            let ids = [RecordId::project(&name), RecordId::programme(&name), objective];
            Ok((
                Places { own: ids.iter().map(RecordId::path).collect(), own_schema: None, reports: None },
                None,
            ))
        }
        _ => Err(context.resolve(register, reference).map_or_else(|error| error, |_| unreachable(reference))),
    }
}

fn unreachable(reference: &str) -> CliError {
    CliError::new(format!("`{}` is no reference", escape::terminal(reference)))
}

fn of_record(id: &RecordId) -> Places {
    let kind = Kind::named(id.kind);
    let reports = match id.kind {
        "project" => Some(("projects", "status")),
        "programme" => Some(("programmes", "programme-status")),
        _ => None,
    };
    let reports =
        reports.and_then(|(folder, kind)| Some((format!("{folder}/{}/status", id.home), Kind::named(kind)?)));
    Places { own: vec![id.path()], own_schema: kind.map(load::schema_of_kind), reports }
}

/// The histories of reports, by period; what is no report is left out.
fn reports(files: FileHistories) -> Reports {
    let period = |path: &str| RecordId::at_path(path)?.name.period();
    Reports(files.into_iter().filter_map(|(path, history)| Some((period(&path)?, history))).collect())
}
