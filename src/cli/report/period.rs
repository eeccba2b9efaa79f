//! `pmo report period`: the weekly report, or that of whatever the register's cadence is.

use clap::Args;

use crate::analysis::calendar;
use crate::analysis::difference::Span;
use crate::history::TAGS;
use crate::load;
use crate::model::{Config, Date, Period as Term, Register, Scope};
use crate::report::period::{self, Before, Question};
use crate::report::{Asked, Selection};
use crate::store::{self, Location, Revision};

use super::super::audience::Readers;
use super::super::{CliError, Context, Outcome};
use super::{PageOptions, asked};

/// What is missing, what is to be decided, what changed, what is in trouble
///
/// Of the newest period whose deadline has come, unless told otherwise. An earlier one is reported as of its
/// last day: reports of later periods are not used, and everything else is as the register says now.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo report period                           the newest period whose deadline has come
  pmo report period --period 2026-W46         as of the last day of week 46
  pmo report period -O markdown -o week.md    for a wiki or a mail
  pmo report weekly -O json                   for programs, with raw numbers")]
pub(super) struct Period {
    /// The period, such as 2026-W47
    #[arg(long, value_name = "PERIOD")]
    period: Option<Term>,
    #[command(flatten)]
    readers: Readers,
    #[command(flatten)]
    page: PageOptions,
}

impl Period {
    pub(super) fn run(self, context: &Context) -> Outcome {
        let config = context.load(&Scope::names())?.register.config;
        let question = question(&config, self.period, context.today)?;
        let span = question.span;
        let loaded = context.load_for(&self.readers, &period::scope(&span))?;
        let before = before(context, &span, &self.readers, &loaded.register)?;
        let asked = Asked { day: span.until, ..asked(context, &loaded) };
        let report = period::period(&loaded.register, before.as_ref(), &asked, &question);
        drop((loaded, before));
        self.page.put(context, &report, || report.page())
    }
}

/// The stretch of time that was asked for, or that of the newest period whose deadline has come.
pub(super) fn question(config: &Config, asked: Option<Term>, today: Date) -> Result<Question, CliError> {
    let cadence = config.reporting.cadence;
    let newest = calendar::common(config).wanted(today);
    let period = asked.unwrap_or(newest);
    if period.cadence() != cadence {
        let current = Term::containing(today, cadence);
        return Err(CliError::new(format!("{period} is not in this register's calendar"))
            .hint(format!("its periods are named like {current}; pmo.toml says so under [reporting]")));
    }
    if period.first() > today {
        let begins = period.first();
        return Err(CliError::new(format!(
            "{period} has not begun: there is nothing to report before {begins}"
        ))
        .hint(format!("the newest period to report on is {newest}: pmo report period --period {newest}")));
    }
    let span = Span::of(config, period, today);
    Ok(Question { span, selection: Selection::default(), is_past: period < newest })
}

/// The register as it stood at the close of the period before, as far as git knows it: at its tag, else at
/// the last commit that was made by its deadline.
pub(super) fn before(
    context: &Context,
    span: &Span,
    readers: &Readers,
    now: &Register,
) -> Result<Option<Before>, CliError> {
    Ok(at_close(context, span, readers, (now, &period::scope_before()))?
        .map(|(register, source)| Before { register, source }))
}

/// As much of the register as a scope says, as it stood at the close of the period before, and where that was found.
pub(super) fn at_close(
    context: &Context,
    span: &Span,
    readers: &Readers,
    (now, scope): (&Register, &Scope),
) -> Result<Option<(Register, String)>, CliError> {
    let location = context.history()?;
    let Some((rev, source)) = found(location, span)? else { return Ok(None) };
    // What cannot be read any more, or was no register yet, is not known.
    let Ok(revision) = Revision::open(location, &rev) else { return Ok(None) };
    let Ok(loaded) = load::load(&revision, scope) else { return Ok(None) };
    let register = context.before_for(readers, loaded.register, now)?;
    Ok(Some((register, source)))
}

fn found(location: &Location, span: &Span) -> Result<Option<(String, String)>, CliError> {
    if location.repo.is_none() {
        return Ok(None);
    }
    let name = format!("{TAGS}{}", span.previous);
    let tags = match location.repo.as_ref().and_then(|repo| repo.head.commit()) {
        Some(head) => store::tags_by(location, &name, head)?,
        None => Vec::new(),
    };
    if let Some(tag) = tags.iter().find(|tag| tag.name == name)
        && Revision::open(location, &tag.commit).is_ok()
    {
        return Ok(Some((tag.commit.clone(), format!("tag {name}"))));
    }
    let Ok(Some(commit)) = store::commit_by(location, span.after.0) else { return Ok(None) };
    let source = format!("commit {}", store::short_id(&commit));
    Ok(Some((commit, source)))
}
