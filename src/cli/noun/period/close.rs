//! `pmo period close`: recorded, committed and tagged, so that what was published can be made again.

use std::collections::BTreeMap;

use clap::Args;

use crate::analysis::calendar::{self, Unusable};
use crate::analysis::collected::{self, Missing};
use crate::change::{Assignment, Plan};
use crate::history::TAGS;
use crate::model::{Kind, Period, PeriodRecord, RecordId, Register, Scope};
use crate::store::{self, Head, Location, Tag};
use crate::syntax::NewValue;
use crate::text;

use super::super::super::commit::{CommitOptions, said};
use super::super::super::set::planned;
use super::super::super::writing::{Deed, Writing};
use super::super::super::{CliError, Context, Done, Outcome, complete};
use super::super::lifecycle::without_examples;
use super::super::scaffold;
use super::{by_name, in_words, record, recorded, who};

pub(super) const EXAMPLES: &str = "\
Examples:
  pmo period close                     the newest period whose deadline has passed
  pmo period close 2026-W47 --dry-run
  pmo period close 2026-W47 --by petra-vogel && git push --follow-tags";

pub(super) const ABOUT: &str = "\
Close a period: from then on it takes no new or changed reports.

What is missing is said and does not hinder. `periods/PERIOD.toml` records the closing; in a git repository it is \
always committed, and the commit is tagged report/PERIOD, so that the report that was published can be made again \
byte for byte. The tag never moves: a period that was reopened and is closed again gets report/PERIOD.2, and so \
on. Run again where a hook or a lost connection stopped it half way, it does what is left to do.";

/// How many missing reports are named.
const NAMED: usize = 20;

/// A period that is closed.
#[derive(Clone, Debug, Args)]
pub(in super::super) struct Close {
    /// The period, such as 2026-W47; the newest whose deadline has passed unless given
    #[arg(value_name = "PERIOD", add = clap_complete::ArgValueCandidates::new(complete::periods))]
    period: Option<Period>,
    /// Who closes it, a person's id; who is at the keyboard unless given
    #[arg(long, value_name = "PERSON", add = clap_complete::ArgValueCandidates::new(complete::people))]
    by: Option<String>,
    /// Commit without tagging, where the name of the tag is taken by another register
    #[arg(long)]
    no_tag: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// The message of the commit
    #[arg(short, long, value_name = "MSG")]
    message: Option<String>,
}

impl Close {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        context.hold_unless(self.dry_run)?;
        let before = context.load(&Scope::all())?;
        let register = &before.register;
        let terms = calendar::common(&register.config);
        let newest = terms.newest_past(context.today);
        let period = self.period.unwrap_or(newest);
        if period.first() > context.today {
            return Err(CliError::new(format!(
                "{period} begins on {} and cannot be closed yet",
                period.first()
            )));
        }
        let location = context.location()?;
        let there = recorded(register, period)?;
        if let Some(there) =
            there.filter(|there| there.state == crate::model::period_record::PeriodState::Closed)
        {
            return self.complete(context, location, register, period, there);
        }
        let tag = self.free_tag(location, period, there.is_some())?;
        if location.repo.is_some() && !self.dry_run {
            store::can_commit(location)?;
        }
        uncommitted(location, register, period)?;
        let by = who(context, register, self.by.as_deref())?;
        let plan = plan(context, register, period, there.is_some(), by.as_deref())?;
        let collected = collected::of(register, period);
        let left = missing(register, &collected.missing, period);
        let deed = Deed {
            done: format!(
                "closed {period} ({}){} {}",
                in_words(period),
                by_name(register, by.as_deref()),
                left.summary
            ),
            message: format!("{period}: closed {}", left.summary),
            next: Vec::new(),
        };
        if terms.deadline(period) >= context.today {
            let due = terms.deadline(period);
            context
                .say(&format!("note: reports for {period} may come until {due}; once closed it takes none"));
        }
        for line in &left.lines {
            context.say(line);
        }
        let writing = self.writing(location);
        if by.is_none() {
            context.say("note: nobody is named as closing it; name somebody with --by PERSON");
        }
        let done = writing.carry_out(context, &before, &plan, deed)?;
        if self.dry_run {
            if let Some(tag) = tag {
                context.say(&format!("it would be committed and tagged {tag}"));
            }
            return Ok(done);
        }
        self.tag(context, location, period, tag.as_deref())?;
        Ok(done)
    }

    /// A closing is committed wherever there is git: the tag needs the commit.
    fn writing(&self, location: &Location) -> Writing {
        let commit = CommitOptions {
            commit: location.repo.is_some(),
            no_commit: location.repo.is_none(),
            message: self.message.clone(),
        };
        Writing { dry_run: self.dry_run, commit }
    }

    /// The name of the tag; an error where it is taken though the period was never closed.
    fn free_tag(
        &self,
        location: &Location,
        period: Period,
        was_closed: bool,
    ) -> Result<Option<String>, CliError> {
        if self.no_tag || location.repo.is_none() {
            return Ok(None);
        }
        let name = format!("{TAGS}{period}");
        let known = tags(location)?;
        let Some(taken) = known.iter().find(|tag| tag.name == name) else { return Ok(Some(name)) };
        if was_closed {
            let next = (2..).map(|turn| format!("{name}.{turn}"));
            return Ok(next.take(10_000).find(|name| known.iter().all(|tag| tag.name != *name)));
        }
        Err(CliError::new(format!(
            "the tag {name} is there already, on {}, but {period} was never closed here",
            store::short_id(&taken.commit)
        ))
        .hint("if somebody closed it elsewhere, take their work in: git pull")
        .hint(format!("if the tag is a mistake, remove it: git tag -d {name}"))
        .hint("if it belongs to another register in this repository, close without one: --no-tag"))
    }

    /// Finishes a closing that stopped half way, or says that there is nothing left to do.
    fn complete(
        &self,
        context: &Context,
        location: &Location,
        register: &Register,
        period: Period,
        there: &PeriodRecord,
    ) -> Outcome {
        let path = record(period).path();
        let Some(made) = self.lacking(location, period, &path)? else {
            let since = there.closed_on.map_or_else(String::new, |day| format!(" since {day}"));
            let by = by_name(register, there.closed_by.as_deref());
            return Err(CliError::new(format!("{period} is closed already{since}{by}"))
                .hint(format!("`pmo period close {}` closes the next one", period.next()))
                .hint(format!("`pmo period open {period} --reason \"…\"` lets it take reports again")));
        };
        if self.dry_run {
            context
                .say(&format!("{period} is closed; what would be done is {}", text::list(&made.left, "and")));
            return Ok(Done::Fine);
        }
        if made.commit {
            uncommitted(location, register, period)?;
            let message = self.message.clone().unwrap_or_else(|| format!("{period}: closed"));
            let committed = store::commit(location, &[path], &message)?;
            context.say(&said(&committed, &message));
        }
        self.tag(context, location, period, made.tag.as_deref())?;
        Ok(Done::Fine)
    }

    /// What a closing that is recorded still lacks; nothing where it is complete.
    fn lacking(&self, location: &Location, period: Period, path: &str) -> Result<Option<Lacking>, CliError> {
        let Some(repo) = &location.repo else { return Ok(None) };
        if matches!(repo.head, Head::Unreadable { .. }) {
            return Ok(None);
        }
        let commit = store::pending(location, "periods")?.iter().any(|pending| pending == path);
        let name = format!("{TAGS}{period}");
        let ours = |tag: &&Tag| {
            tag.name == name || tag.name.strip_prefix(&name).is_some_and(|rest| rest.starts_with('.'))
        };
        let known = tags(location)?;
        let mut tagged = known.iter().filter(ours);
        // A record that is in no commit belongs to a closing after the last tag.
        let tag = match (self.no_tag, tagged.next().is_some()) {
            (true, _) => None,
            (false, false) => Some(name),
            (false, true) if commit => self.free_tag(location, period, true)?,
            (false, true) => None,
        };
        if !commit && tag.is_none() {
            return Ok(None);
        }
        let left =
            [commit.then(|| "its commit".to_owned()), tag.as_ref().map(|tag| format!("the tag {tag}"))];
        Ok(Some(Lacking { commit, tag, left: left.into_iter().flatten().collect() }))
    }

    /// Tags the commit that closed the period, and says what to do next.
    fn tag(
        &self,
        context: &Context,
        location: &Location,
        period: Period,
        tag: Option<&str>,
    ) -> Result<(), CliError> {
        if location.repo.is_none() {
            context.say("there is no git repository, so nothing is committed or tagged");
            return Ok(());
        }
        let Some(tag) = tag else { return Ok(()) };
        let Some(made) = store::last_commit_of(location, &record(period).path())? else { return Ok(()) };
        let message = format!("Reports of {}, closed on {}", in_words(period), context.today);
        store::tag(location, tag, &made.id, &message).map_err(|error| {
            CliError::from(error).hint(format!(
                "the closing is committed; `pmo period close {period}` tags it once that is mended"
            ))
        })?;
        context.say(&format!("tagged {} {tag}", store::short_id(&made.id)));
        context.say("next: git push --follow-tags");
        Ok(())
    }
}

/// What a closing lacks.
struct Lacking {
    commit: bool,
    tag: Option<String>,
    left: Vec<String>,
}

fn tags(location: &Location) -> Result<Vec<Tag>, CliError> {
    Ok(store::tags(location, TAGS)?)
}

/// Refuses while complete reports of the period are in no commit: the tag would not hold them.
fn uncommitted(location: &Location, register: &Register, period: Period) -> Result<(), CliError> {
    if location.repo.is_none() {
        return Ok(());
    }
    let pending = store::pending(location, "")?;
    let counts = |path: &&String| {
        let id = RecordId::at_path(path)?;
        let is_report = ["status", "programme-status"].contains(&id.kind) && id.name == record(period).name;
        (is_report && register.slot(&id).is_none_or(|slot| slot.record().is_some())).then_some(id)
    };
    let found: Vec<RecordId> = pending.iter().filter_map(|path| counts(&path)).collect();
    let Some(first) = found.first() else { return Ok(()) };
    let names: Vec<String> = found.iter().take(5).map(ToString::to_string).collect();
    let more = if found.len() > names.len() { ", …" } else { "" };
    Err(CliError::new(format!(
        "{} of {period} {} not committed, so the closing would not hold {}: {}{more}",
        text::count(found.len(), "report"),
        text::plural(found.len(), "is"),
        if found.len() == 1 { "it" } else { "them" },
        names.join(", ")
    ))
    .hint(format!("pmo status submit {} --period {period}", first.home))
    .hint("or take them out of the register, and close the period without them"))
}

/// The record of the closing.
fn plan(
    context: &Context,
    register: &Register,
    period: Period,
    is_there: bool,
    by: Option<&str>,
) -> Result<Plan, CliError> {
    let id = record(period);
    if is_there {
        let mut keys =
            vec![Assignment::text("state", "closed"), Assignment::date("closed_on", context.today)];
        keys.push(by.map_or_else(|| Assignment::remove("closed_by"), |by| Assignment::text("closed_by", by)));
        return planned(context, &id, &keys);
    }
    let kind = super::super::super::set::kind_named("period")?;
    let mut given = BTreeMap::from([
        ("state".to_owned(), "\"closed\"".to_owned()),
        ("closed_on".to_owned(), context.today.to_string()),
    ]);
    given.extend(by.map(|by| ("closed_by".to_owned(), NewValue::text(by).on_one_line())));
    let filling = scaffold::of(context, register, kind, &id, given);
    let text = context.templates()?.render("period.toml", &filling)?;
    let mut plan = Plan::new();
    plan.create(id.path(), tidy(kind, &text));
    Ok(plan)
}

/// The scaffold without its examples, and without blank lines at its end.
fn tidy(kind: &Kind, text: &str) -> String {
    format!("{}\n", without_examples(kind, text).trim_end())
}

/// Missing reports in words.
struct Left {
    summary: String,
    lines: Vec<String>,
}

fn missing(register: &Register, missing: &[Missing<'_>], period: Period) -> Left {
    let line = |one: &Missing<'_>| {
        let what = match one.unusable {
            None => "no report",
            Some(Unusable::Draft) => "a draft",
            Some(Unusable::Broken) => "cannot be read",
        };
        let who = text::terminal(register.person_name(&one.charter.manager)).into_owned();
        format!("missing: {} ({who}): {what}", one.project)
    };
    let mut lines: Vec<String> = missing.iter().take(NAMED).map(line).collect();
    if missing.len() > NAMED {
        lines.push(format!(
            "missing: … and {} more: pmo status list --period {period}",
            missing.len() - NAMED
        ));
    }
    let summary = match missing.len() {
        0 => "with every report in".to_owned(),
        n => format!("with {} missing", text::count(n, "report")),
    };
    Left { summary, lines }
}
