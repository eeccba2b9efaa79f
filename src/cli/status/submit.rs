//! `pmo status submit`: checks a report and brings it as far as `[git] submit` says.

use clap::{Args, ValueEnum};
use clap_complete::ArgValueCandidates;

use crate::diag::{Level, Problem};
use crate::model::config::Submit as Mode;
use crate::model::{Config, Name, Period, RecordId, Register, Slot};
use crate::store::{self, Committed, Local, Location, Published, Source};

use super::super::commit::said;
use super::super::complete;
use super::programme;
use super::verdict::{Meant, problems, rules};
use super::{
    CliError, Context, Done, Outcome, charter, is_open, neighbourhood, newest_file, period_of, project_id,
    refused, show, surroundings,
};

/// Check a report and commit it, with whatever else changed in the folder of the project or programme
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo status submit crm
  pmo status submit crm --period 2026-W46 -m \"crm: report, corrected\"
  pmo status submit crm --to push

`[git] submit` in pmo.toml says how far it goes: commit, push (others see it at once), or branch (a branch
of its own, from which a merge request is opened).")]
pub(super) struct Submit {
    /// The project or programme
    #[arg(add = ArgValueCandidates::new(complete::reporters))]
    project: String,
    /// The period, such as 2026-W47; the newest report that is there unless given
    #[arg(long)]
    period: Option<Period>,
    /// How far it goes, whatever pmo.toml says
    #[arg(long, value_name = "HOW")]
    to: Option<To>,
    /// The message of the commit
    #[arg(short, long, value_name = "MSG")]
    message: Option<String>,
}

/// How far a submitted report goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum To {
    /// It is committed
    Commit,
    /// It is committed and pushed
    Push,
    /// It is committed and pushed to a branch of its own
    Branch,
}

impl From<To> for Mode {
    fn from(to: To) -> Self {
        match to {
            To::Commit => Self::Commit,
            To::Push => Self::Push,
            To::Branch => Self::Branch,
        }
    }
}

impl Submit {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let names = surroundings(context, &self.project, &[])?.register;
        let of_programme = programme::named(&names, &self.project);
        let id = match &of_programme {
            Some(id) => id.clone(),
            None => project_id(&names, &self.project)?,
        };
        context.hold()?;
        let loaded = neighbourhood(&context.source()?, &id)?;
        let register = &loaded.register;
        let (record, folder) = if of_programme.is_some() {
            let period = programme::choose(register, &id, self.period)?;
            (programme::record(&id, period), format!("programmes/{id}"))
        } else {
            let period = self.choose_period(context, register, &id)?;
            (RecordId::status(&id, period), format!("projects/{id}"))
        };
        let Name::Period(period) = record.name else { return Ok(Done::Fine) };
        is_open(register, period)?;
        let path = record.path();
        let source = context.source()?;
        let Some(bytes) = source.read_if_present(&path)? else {
            return Err(CliError::new(format!("there is no report {record}: {path} does not exist"))
                .hint(format!("begin it with `pmo status new {id} --period {period}`")));
        };

        let location = context.location()?;
        let pending = match &location.repo {
            Some(_) => self.pending(context, location, &folder, register, &record)?,
            None => Vec::new(),
        };
        let meant = Meant { file: &path, project: &id, period, day: context.today };
        let mut found = match of_programme {
            Some(_) => programme::problems(&bytes, &meant, &record),
            None => problems(&bytes, &meant),
        };
        if found.is_empty() {
            found = rules(&loaded, &path, &meant, &found);
        }
        found.extend(others(&loaded.problems, &pending, &path));
        let text = |file: &str| String::from_utf8(source.read_if_present(file).ok().flatten()?).ok();
        if show(context, &found, &text)? {
            return refused(
                context,
                &format!("not submitted. Mend it (pmo edit {record}), then: pmo status submit {id}"),
            );
        }
        if location.repo.is_none() {
            context.say(&format!(
                "{record} is complete and counts. There is no git repository, so nothing is committed"
            ));
            return Ok(Done::Fine);
        }
        let made = self.commit(context, location, &record, &pending)?;
        let mode = self.to.map_or(register.config.git.submit, Mode::from);
        self.publish(context, location, &register.config, &record, &made, mode)
    }

    /// What changed in the folder and goes with the report; a report of another period that is still being written stays.
    fn pending(
        &self,
        context: &Context,
        location: &Location,
        folder: &str,
        register: &Register,
        record: &RecordId,
    ) -> Result<Vec<String>, CliError> {
        let is_begun = |path: &String| {
            RecordId::at_path(path).is_some_and(|id| {
                id.kind == record.kind && id != *record && matches!(register.slot(&id), Some(Slot::Draft(_)))
            })
        };
        let (stays, pending): (Vec<String>, Vec<String>) =
            store::pending(location, folder)?.into_iter().partition(is_begun);
        for path in &stays {
            context.say(&format!("{path} is not filled in yet, and is not committed"));
        }
        Ok(pending)
    }

    /// The period asked for, else the newest that has a file, unless that one is complete and older than due.
    fn choose_period(&self, context: &Context, register: &Register, id: &str) -> Result<Period, CliError> {
        charter(register, id)?;
        let current = period_of(register, id, self.period, context.today)?;
        let has_file = register.slot(&RecordId::status(id, current)).is_some();
        if self.period.is_some() || has_file {
            return Ok(current);
        }
        // Last period's report, finished after its end.
        let newest = newest_file(register, id, context.today);
        let begun = |period: &Period| {
            let slot = register.slot(&RecordId::status(id, *period));
            matches!(slot, Some(Slot::Draft(_) | Slot::Broken)) || *period >= current.previous()
        };
        newest.filter(begun).ok_or_else(|| {
            CliError::new(format!("{id} has no report for {current}"))
                .hint(format!("begin it with `pmo status new {id}`"))
        })
    }

    /// Commits what changed in the project's folder, or finds the commit that has it already.
    fn commit(
        &self,
        context: &Context,
        location: &Location,
        record: &RecordId,
        pending: &[String],
    ) -> Result<Committed, CliError> {
        store::can_commit(location)?;
        if pending.is_empty() {
            if let Some(made) = store::last_commit_of(location, &record.path())? {
                context.say(&format!("{record} is committed already, in {}", store::short_id(&made.id)));
                return Ok(made);
            }
            return Err(CliError::new(format!("git ignores {}, so it cannot be committed", record.path()))
                .hint(format!("`git check-ignore -v {}` says by which rule", record.path())));
        }
        let period = match record.name {
            Name::Period(period) => period.to_string(),
            _ => String::new(),
        };
        let is_new = pending.contains(&record.path());
        if !is_new && let Some(made) = store::last_commit_of(location, &record.path())? {
            let commit = store::short_id(&made.id);
            context.say(&format!("{record} is committed already, in {commit}; what else changed follows"));
        }
        let of = if is_new { "status report" } else { "what changed beside the status report" };
        let message = self.message.clone().unwrap_or_else(|| format!("{}: {of} {period}", record.home));
        let made = store::commit(location, pending, &message)?;
        context.say(&said(&made, &message));
        for path in made.paths.iter().filter(|path| **path != record.path()) {
            context.say(&format!("  with {path}"));
        }
        Ok(made)
    }

    fn publish(
        &self,
        context: &Context,
        location: &Location,
        config: &Config,
        record: &RecordId,
        made: &Committed,
        mode: Mode,
    ) -> Outcome {
        let remote = config.git.remote.as_deref();
        let published = match mode {
            Mode::Commit => {
                context.say(&format!("{record} is submitted"));
                return Ok(Done::Fine);
            }
            Mode::Push => store::push(location, made, remote),
            Mode::Branch => {
                let branch = format!("status/{}-{}", record.home, record.stem());
                store::push_to_branch(location, made, remote, &branch)
            }
        };
        let published = published.map_err(|error| {
            CliError::from(error).hint(format!(
                "the report is safe in commit {}; when the way is clear, run `pmo status submit {}` again",
                store::short_id(&made.id),
                record.home
            ))
        })?;
        tell(context, record, &published, made, mode);
        Ok(Done::Fine)
    }
}

/// Says where the report is now, and what is left to do.
fn tell(context: &Context, record: &RecordId, published: &Published, made: &Committed, mode: Mode) {
    let Published { remote, branch, local, stay, request, .. } = published;
    context.say(&format!("{record} is submitted: pushed to {branch} on {remote}"));
    let stays = match *stay {
        0 => None,
        1 => Some("1 other commit stays on this machine".to_owned()),
        n => Some(format!("{n} other commits stay on this machine")),
    };
    match (local, stays) {
        (Local::Same, Some(stays)) => context.say(&stays),
        (Local::Same, None) => {}
        (Local::Moved, _) => context.say("others had pushed meanwhile; your branch has their work too now"),
        (Local::Apart { .. }, Some(stays)) => {
            context.say(&format!("{stays}; `git pull --rebase` later puts them on top of what was pushed"))
        }
        (Local::Apart { why }, None) => context.say(&format!(
            "others had pushed meanwhile, and your branch was left as it is: {why}. Later: git pull --rebase"
        )),
    }
    if mode == Mode::Branch {
        match request {
            Some(address) => context.say(&format!("open the request: {address}")),
            None => {
                context.say(&format!("open a merge request from {branch} where the repository is hosted"))
            }
        }
        if let Some(here) = &made.branch {
            context.say(&format!(
                "the commit is on {here} here too; once the request is merged, `git pull --rebase` settles that"
            ));
        }
    }
}

/// Mistakes in the other files that the commit would take along.
fn others<'a>(
    loaded: &'a [Problem],
    pending: &'a [String],
    report: &'a str,
) -> impl Iterator<Item = Problem> + 'a {
    let theirs = move |problem: &&Problem| problem.file != report && pending.contains(&problem.file);
    loaded.iter().filter(|problem| problem.level == Level::Error).filter(theirs).cloned()
}
