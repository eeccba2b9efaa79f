//! `pmo status receive`: a filled-in report that came by mail, checked and put in its place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::change::Plan;
use crate::model::place::is_slug;
use crate::model::{KindSet, Period, RecordId, Register, Reports, Scope, Slot};
use crate::store::{self, FileChange, Location, Overlay, Revision, Source};
use crate::text::terminal;

use super::super::commit::CommitOptions;
use super::verdict::{Meant, problems, rules};
use super::{
    CliError, Context, Done, Outcome, charter, is_open, neighbourhood, period_of, project_id, refused, show,
};

/// Take in a filled-in report that came by mail
///
/// Which project and period it is for is read from its first lines, or from its name.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo status receive ~/Downloads/2026-W47.toml
  pmo status receive crm.toml --project crm --period 2026-W47 --commit
  pmo status receive crm.toml --replace     over a report that is there and complete")]
pub(super) struct Receive {
    /// The file
    file: PathBuf,
    /// The project that it is for, whatever the file says
    #[arg(long)]
    project: Option<String>,
    /// The period that it is for, whatever the file says
    #[arg(long)]
    period: Option<Period>,
    /// Replace a report that is there and complete
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    commit: CommitOptions,
}

impl Receive {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let bytes = store::read_input(&self.file)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let shown = self.file.display().to_string();
        let names = context.load(&Scope::names())?.register;
        let (stated, stated_period) = stated(&text, &self.file, &names);
        let id = match self.project.as_deref().or(stated.as_deref()) {
            Some(typed) => project_id(&names, typed)?,
            None => {
                return Err(CliError::new(format!(
                    "{} does not say which project it is for",
                    terminal(&shown)
                ))
                .hint("say it: --project ID --period PERIOD"));
            }
        };
        let scope = Scope {
            kinds: KindSet::of(&["project", "period", "person"]),
            projects: Some([id.clone()].into()),
            ..Scope::default()
        };
        context.hold()?;
        let register = context.load(&scope.with_reports(Reports::All))?.register;
        charter(&register, &id)?;
        let Some(period) = self.period.or(stated_period) else {
            return Err(CliError::new(format!("{} does not say which period it is for", terminal(&shown)))
                .hint(format!("say it: --period {}", period_of(&register, &id, None, context.today)?)));
        };
        let period = period_of(&register, &id, Some(period), context.today)?;
        is_open(&register, period)?;
        let record = RecordId::status(&id, period);
        let path = record.path();

        let meant = Meant { file: &shown, project: &id, period, day: context.today };
        let mut found = problems(&bytes, &meant);
        if found.is_empty() {
            let change = FileChange::Write { path: path.clone(), bytes: bytes.clone() };
            let filed = Overlay::new(Arc::new(context.source()?), &[change]);
            found = rules(&neighbourhood(&filed, &id)?, &path, &meant, &found);
        }
        if show(context, &found, &|_| Some(text.clone()))? {
            return refused(
                context,
                &format!("{record} is not taken in. Send it back, or mend it and run this again"),
            );
        }
        let before = context.source()?.read_if_present(&path)?;
        if before.as_deref() == Some(bytes.as_slice()) {
            context.say(&format!("{record} is there already, byte for byte"));
            return Ok(Done::Fine);
        }
        let complete = matches!(register.slot(&record), Some(Slot::Read(_)));
        if complete && !self.replace {
            return Err(CliError::new(format!(
                "{path} is there already and complete, and this file differs from it"
            ))
            .hint(format!("compare them: git diff --no-index {path} {}", terminal(&shown)))
            .hint("to put this one in its place: --replace"));
        }
        let commit = self.commit.begin(context, &register.config)?;
        let mut plan = Plan::new();
        match &before {
            Some(before) => {
                if let Some(kept) = keep(context.location()?, &record, before)? {
                    context.say(&format!("the text that was there is kept in {kept}"));
                }
                plan.rewrite(path.as_str(), before, bytes)
            }
            None => plan.create(path.as_str(), bytes),
        };
        context.apply(&plan)?;
        let verb = if before.is_some() { "replaced" } else { "taken in" };
        context.say(&format!("{record} is {verb}: {path}"));
        let made = commit.finish(context, &plan.paths(), &format!("{id}: status report {period}"))?;
        if made.is_none() && context.location()?.repo.is_some() {
            context.say(&format!("next: pmo status submit {id} --period {period}"));
        }
        Ok(Done::Fine)
    }
}

/// Finds which report a file says it is: `crm/2026-W47` or `pmo status submit crm` in its comments, then its name.
fn stated(text: &str, file: &Path, names: &Register) -> (Option<String>, Option<Period>) {
    let (mut project, mut period) = (None, None);
    let comments = text.lines().map(str::trim).take_while(|line| line.is_empty() || line.starts_with('#'));
    for line in comments {
        let words: Vec<&str> = line.split_whitespace().collect();
        for word in &words {
            let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
            if let Some((id, rest)) = word.split_once('/')
                && is_slug(id)
                && let Ok(found) = rest.parse::<Period>()
            {
                project = project.or(Some(id.to_owned()));
                period = period.or(Some(found));
            }
        }
        if let Some(at) = words.windows(3).position(|three| three == ["pmo", "status", "submit"]) {
            project = project.or_else(|| words.get(at + 3).map(|id| (*id).to_owned()));
        }
    }
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    period = period.or_else(|| period_in(&stem));
    let named = || names.projects.keys().filter(|id| stem.starts_with(id.as_str())).max_by_key(|id| id.len());
    (project.or_else(|| named().cloned()), period)
}

/// Finds a period in a file's name, such as `crm-2026-W47 (1)`.
fn period_in(stem: &str) -> Option<Period> {
    let starts = stem.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at);
    starts
        .flat_map(|at| [12, 8, 7].map(|length| stem.get(at..at + length)))
        .flatten()
        .find_map(|part| part.parse().ok())
}

/// Keeps a text that is in no commit before it is replaced, and returns where.
fn keep(location: &Location, record: &RecordId, text: &[u8]) -> Result<Option<String>, CliError> {
    let committed = match &location.repo {
        Some(repo) if repo.head.commit().is_some() => {
            Revision::open(location, "HEAD")?.read_if_present(&record.path())?
        }
        _ => None,
    };
    if committed.as_deref() == Some(text) {
        return Ok(None);
    }
    for turn in 1..1000 {
        let path = format!(".pmo/kept/{}-{}.{turn}.toml", record.home, record.stem());
        match store::create(&location.root, &path, text) {
            Ok(()) => return Ok(Some(path)),
            Err(store::StoreError::Exists { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(CliError::new(".pmo/kept is full").hint("look through it and remove what is not needed"))
}
