//! `pmo status list` and `pmo status due`: which reports there are, and which are wanted from whom.

use std::collections::BTreeSet;

use clap::Args;
use serde::Serialize;

use crate::analysis::calendar;
use crate::document::{Cell, Column, Document, Line, Table};
use crate::model::{Date, KindSet, Name, Period, Project, RecordId, Register, Reports, Scope, Shelf, Slot};
use crate::render;
use crate::store;
use crate::text;

use super::super::ListFormat;
use super::{CliError, Context, Done, Outcome, period_of, project_id};

/// List the reports of a period: which are there, drafts, or missing
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
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo status due
  pmo status due --manager jana-novak
  pmo status due -O ids")]
pub(super) struct Due {
    #[command(flatten)]
    which: Which,
}

/// Which projects, and how they are printed.
#[derive(Debug, Args)]
struct Which {
    /// Only this project
    #[arg(long, value_name = "ID")]
    project: Option<String>,
    /// Only projects of this manager
    #[arg(long, value_name = "PERSON")]
    manager: Option<String>,
    /// How to print them
    #[arg(short = 'O', long, value_name = "FORMAT", default_value = "table")]
    format: ListFormat,
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    /// There is no file.
    Missing,
    /// Placeholders are left in it.
    Draft,
    /// It cannot be read.
    Broken,
    /// It is complete, and not committed.
    Complete,
    /// It is complete, and committed where there is git.
    Submitted,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Draft => "draft",
            Self::Broken => "broken",
            Self::Complete => "not committed",
            Self::Submitted => "submitted",
        }
    }
}

/// One report that is there or should be.
#[derive(Clone, Debug, Serialize)]
struct Filed {
    /// The reference: `crm/2026-W47`.
    id: String,
    project: String,
    name: String,
    manager: String,
    manager_name: String,
    period: Period,
    due: Date,
    /// Days since it was due; 0 before.
    days_late: i64,
    state: State,
}

/// The reports, for programs.
#[derive(Serialize)]
struct Page<'a> {
    schema_version: u32,
    kind: &'static str,
    day: Date,
    reports: &'a [Filed],
}

impl List {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        self.which.show(context, "status-list", "Status reports", |view, id, project| {
            let period = period_of(view.register, id, self.period, view.day).ok();
            period.into_iter().map(|period| view.filed(id, project, period)).collect()
        })
    }
}

impl Due {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        self.which.show(context, "status-due", "Reports due", |view, id, project| {
            let current = calendar::terms_of(view.register, id).current(view.day);
            let filing = calendar::filing(view.register, id, view.day);
            let missed = filing.map(|filing| filing.missed_periods()).unwrap_or_default();
            let periods: BTreeSet<Period> = missed.into_iter().chain([current]).collect();
            let filed = periods.into_iter().map(|period| view.filed(id, project, period));
            filed.filter(|filed| filed.state != State::Submitted).collect()
        })
    }
}

/// What the rows are made from.
struct View<'a> {
    register: &'a Register,
    day: Date,
    /// Files that are not committed.
    pending: BTreeSet<String>,
}

impl View<'_> {
    fn filed(&self, id: &str, project: &Project, period: Period) -> Filed {
        let record = RecordId::status(id, period);
        let due = calendar::terms(&self.register.config, id, Some(project)).deadline(period);
        let shelf = self.register.projects.get(id);
        let state = match shelf.and_then(|shelf: &Shelf| shelf.slot("status", &Name::Period(period))) {
            None => State::Missing,
            Some(Slot::Draft(_)) => State::Draft,
            Some(Slot::Broken) => State::Broken,
            Some(_) if self.pending.contains(&record.path()) => State::Complete,
            Some(_) => State::Submitted,
        };
        Filed {
            id: record.to_string(),
            project: id.to_owned(),
            name: project.name.clone(),
            manager: project.manager.clone(),
            manager_name: self.register.person_name(&project.manager).to_owned(),
            period,
            due,
            days_late: if state == State::Submitted { 0 } else { self.day.days_since(due).max(0) },
            state,
        }
    }
}

impl Which {
    fn show(
        &self,
        context: &Context,
        kind: &'static str,
        title: &str,
        rows: impl Fn(&View<'_>, &str, &Project) -> Vec<Filed>,
    ) -> Outcome {
        let scope = Scope { kinds: KindSet::of(&["project", "person"]), ..Scope::default() };
        let loaded = context.load(&scope.with_reports(Reports::All))?;
        let register = &loaded.register;
        let wanted = self.project.as_deref().map(|typed| project_id(register, typed)).transpose()?;
        let location = context.location()?;
        let pending = match &location.repo {
            Some(repo) if repo.head.branch().is_some() || repo.head.commit().is_some() => {
                store::pending(location, "projects")?.into_iter().collect()
            }
            _ => BTreeSet::new(),
        };
        let view = View { register, day: context.today, pending };
        let mut filed = Vec::new();
        for (id, project, _) in register.charters() {
            let of_manager = self
                .manager
                .as_deref()
                .is_none_or(|manager| project.manager == manager.trim_start_matches('@'));
            if of_manager
                && calendar::terms(&register.config, id, Some(project)).reports()
                && wanted.as_deref().is_none_or(|wanted| wanted == id)
            {
                filed.extend(rows(&view, id, project));
            }
        }
        filed.sort_by(|a, b| (a.due, &a.id).cmp(&(b.due, &b.id)));
        let unread = register.projects.len() - register.charters().count();
        context.put(&self.render(context, kind, title, &filed, unread, &loaded.source)?)?;
        Ok(Done::Fine)
    }

    fn render(
        &self,
        context: &Context,
        kind: &'static str,
        title: &str,
        filed: &[Filed],
        unread: usize,
        source: &str,
    ) -> Result<String, CliError> {
        let value = Page { schema_version: 1, kind, day: context.today, reports: filed };
        Ok(match self.format {
            ListFormat::Ids => filed.iter().map(|filed| format!("{}\n", filed.id)).collect(),
            ListFormat::Json => render::json(&value)?,
            ListFormat::Yaml => render::yaml(&value)?,
            ListFormat::Csv => render::csv(&page(title, filed, unread, source, context.today))?,
            ListFormat::Table => {
                render::terminal(&page(title, filed, unread, source, context.today), &context.screen)
            }
        })
    }
}

/// The reports as a page.
fn page(title: &str, filed: &[Filed], unread: usize, source: &str, day: Date) -> Document {
    let count = |state: State| filed.iter().filter(|filed| filed.state == state).count();
    let states = [State::Submitted, State::Complete, State::Draft, State::Broken, State::Missing];
    let counts = states.map(|state| (count(state), state.word())).into_iter().filter(|(count, _)| *count > 0);
    let subtitle: Vec<String> = counts.map(|(count, word)| format!("{count} {word}")).collect();
    let subtitle = if subtitle.is_empty() { "none".to_owned() } else { subtitle.join(" · ") };
    let mut page = Document::new(title, day.0).subtitle(subtitle).source(source);
    let mut table = Table::new(
        "reports",
        vec![
            Column::new("id", "Report"),
            Column::new("name", "Project").stretch().priority(3),
            Column::new("manager", "Manager").priority(2),
            Column::new("due", "Due"),
            Column::figures("days_late", "Late").priority(1),
            Column::new("state", "State"),
        ],
    )
    .main();
    for filed in filed {
        let late = if filed.days_late > 0 { Cell::Days(filed.days_late) } else { Cell::Empty };
        table.row(vec![
            Cell::reference(filed.id.as_str()),
            Cell::text(filed.name.as_str()),
            Cell::text(filed.manager_name.as_str()),
            Cell::date(filed.due.0),
            late,
            Cell::text(filed.state.word()),
        ]);
    }
    page.table(table);
    if unread > 0 {
        let verb = if unread == 1 { "has" } else { "have" };
        let words = format!(
            "{} {verb} a charter that cannot be read or is a draft; ",
            text::count(unread, "project")
        );
        page.paragraph(Line::new().text(words).code("pmo check"));
    }
    if let Some(first) = filed.iter().find(|filed| matches!(filed.state, State::Missing)) {
        let current = first.period.contains(day);
        let period = if current { String::new() } else { format!(" --period {}", first.period) };
        page.paragraph(
            Line::new().text("Begin one: ").code(format!("pmo status new {}{period}", first.project)),
        );
    }
    page
}
