//! `pmo status list` and `pmo status due`: which reports there are, and which are wanted from whom.

use std::collections::BTreeSet;

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::analysis::calendar::{self, owed};
use crate::model::scope::FilingScope;
use crate::model::{KindSet, Name, Period, Person, Register, Reports, Scope};
use crate::store;
use crate::text::{nearest, terminal};

use super::super::{ListFormat, complete};
use super::owed::{Around, Filed, page};
use super::{CliError, Context, Done, Outcome, project_id};

/// List the reports of a period: on time, late, draft, broken or missing
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo status list
  pmo status list --period 2026-W46
  pmo status list -O csv -o reports.csv")]
pub(super) struct List {
    #[command(flatten)]
    which: Which,
    /// The period, such as 2026-W47; each project's current one unless given
    #[arg(long)]
    period: Option<Period>,
}

/// List the reports that are wanted: from whom, by when, and how late they are
///
/// Wanted are those of the current period, and earlier ones that did not come and whose period is still open. A report is on time when the first
/// commit that holds it complete was made by its deadline, days of grace included; `pmo explain status-late`
/// says more.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo status due
  pmo status due --me                      of the projects that I manage
  pmo status due --all                     also those that came, on time or late
  pmo status due --all --period 2026-W46
  pmo status due -O ids")]
pub(super) struct Due {
    #[command(flatten)]
    which: Which,
    /// Also those that are submitted
    #[arg(long)]
    all: bool,
    /// Only of this period, such as 2026-W47
    #[arg(long)]
    period: Option<Period>,
}

/// Which projects, and how they are printed.
#[derive(Debug, Args)]
struct Which {
    /// Only this project
    #[arg(long, value_name = "ID", add = ArgValueCandidates::new(complete::projects))]
    project: Option<String>,
    /// Only projects of this manager
    #[arg(long, value_name = "PERSON", add = ArgValueCandidates::new(complete::people))]
    manager: Option<String>,
    /// Only projects of the person with git's `user.email`
    #[arg(long, conflicts_with = "manager")]
    me: bool,
    /// How to print them
    #[arg(short = 'O', long, value_name = "FORMAT", default_value = "table")]
    format: ListFormat,
}

impl List {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let said = Said { kind: "status-list", title: "Status reports", none: "none" };
        self.which.show(context, &said, self.period, true, |register, id| {
            vec![calendar::terms_of(register, id).current(context.today)]
        })
    }
}

impl Due {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let none = if self.all { "none" } else { "nothing is due" };
        let said = Said { kind: "status-due", title: "Reports due", none };
        self.which.show(context, &said, self.period, self.all, |register, id| {
            owed::periods_due(register, id, context.today)
        })
    }
}

/// How a list speaks of itself.
struct Said {
    kind: &'static str,
    title: &'static str,
    none: &'static str,
}

impl Which {
    /// Shows the reports of the periods that `periods` names for a project, or of the one that was asked for.
    fn show(
        &self,
        context: &Context,
        said: &Said,
        asked: Option<Period>,
        with_submitted: bool,
        periods: impl Fn(&Register, &str) -> Vec<Period>,
    ) -> Outcome {
        let scope = Scope { kinds: KindSet::of(&["project", "person", "period"]), ..Scope::default() };
        let mut loaded = context.load(&scope.with_reports(Reports::All))?;
        let register = &loaded.register;
        let project = self.project.as_deref().map(|typed| project_id(register, typed)).transpose()?;
        let manager = self.manager(context, register)?;
        let mut elsewhere = 0;
        let mut wanted: Vec<(String, Period)> = Vec::new();
        for (id, charter, _) in register.charters() {
            let terms = calendar::terms_of(register, id);
            let is_asked = project.as_deref().is_none_or(|project| project == id)
                && manager.as_deref().is_none_or(|manager| charter.manager == manager);
            if !is_asked || !terms.reports() {
                continue;
            }
            match asked {
                Some(period) if period.cadence() == terms.naming.cadence => {
                    let first = terms.first_owed(charter);
                    let is_owed = first.is_none_or(|first| first <= period);
                    wanted.extend(is_owed.then(|| (id.to_owned(), period)));
                }
                Some(_) => elsewhere += 1,
                None => {
                    wanted.extend(periods(register, id).into_iter().map(|period| (id.to_owned(), period)))
                }
            }
        }
        let unread = register.projects.len() - register.charters().count();
        let of: BTreeSet<Period> = wanted.iter().map(|(_, period)| *period).collect();
        let filings = context.filings(register, &FilingScope { periods: of, ..FilingScope::default() })?;
        loaded.register.filings = filings;
        let register = &loaded.register;
        let rows =
            wanted.iter().filter_map(|(id, period)| owed::report(register, id, *period, context.today));
        let rows: Vec<Filed> = rows.map(|owed| Filed::of(register, &owed)).collect();
        let missed = rows.iter().filter(|filed| !with_submitted && filed.period_closed).count();
        let is_wanted = |filed: &Filed| with_submitted || filed.is_wanted();
        let mut filed: Vec<Filed> = rows.into_iter().filter(is_wanted).collect();
        filed.sort_by(|a, b| (a.due, &a.id).cmp(&(b.due, &b.id)));
        let around = Around {
            title: said.title,
            none: said.none,
            source: &loaded.source,
            day: context.today,
            unread,
            elsewhere,
            missed,
        };
        let reports = &filed;
        let value = super::owed::Reports { schema_version: 1, kind: said.kind, day: context.today, reports };
        let ids = filed.iter().map(|filed| filed.id.to_string());
        context.list(self.format, || value, ids, |_| page(&filed, &around))?;
        Ok(Done::Fine)
    }

    /// The manager whose projects are asked for, if any.
    fn manager(&self, context: &Context, register: &Register) -> Result<Option<String>, CliError> {
        if self.me {
            return me(context, register).map(Some);
        }
        let Some(typed) = self.manager.as_deref() else { return Ok(None) };
        let id = typed.trim_start_matches('@');
        let mut known: Vec<&str> =
            register.charters().map(|(_, charter, _)| charter.manager.as_str()).collect();
        known.extend(people(register).map(|(id, _)| id));
        if known.contains(&id) {
            return Ok(Some(id.to_owned()));
        }
        let error = CliError::new(format!("there is no person `{}` in this register", terminal(typed)));
        Err(match nearest(id, known) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`pmo person list` names them"),
        })
    }
}

fn people(register: &Register) -> impl Iterator<Item = (&str, &Person)> {
    register.own.records::<Person>().filter_map(|(name, person)| match name {
        Name::Slug(id) => Some((id.as_str(), person)),
        _ => None,
    })
}

/// The person with git's `user.email`.
pub(in super::super) fn me(context: &Context, register: &Register) -> Result<String, CliError> {
    let Some(email) = store::identity(context.location()?).email else {
        return Err(CliError::new("git does not know who you are")
            .hint("git config user.email ADDRESS, with the address that people/ has"));
    };
    let found = register.person_at(&email).map(|(id, _)| id.to_owned());
    found.ok_or_else(|| {
        CliError::new(format!(
            "nobody in people/ has the address {}, which is git's user.email",
            terminal(email.trim())
        ))
        .hint("pmo set @ID email=ADDRESS, or ask by name: --manager ID")
    })
}
