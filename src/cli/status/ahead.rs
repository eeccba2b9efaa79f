//! `pmo status calendar`: the coming periods, by when their reports are due, and who reports in them.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;
use serde::Serialize;

use crate::analysis::calendar::{self, Terms};
use crate::document::{Cell, Column, Document, Line, Table};
use crate::model::{Cadence, Date, KindSet, Period, Register, Scope};
use crate::text;

use super::super::ListFormat;
use super::{Context, Done, Outcome};

/// Show the coming periods, with their deadlines and the projects that report in them
///
/// A deadline that falls on a holiday of `[reporting]` moves to the working day before it.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo status calendar
  pmo status calendar --periods 26
  pmo status calendar --today 2027-01-01 -O csv -o calendar.csv")]
pub(super) struct Calendar {
    /// How many periods of the register's cadence to look ahead, the current one included
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=520))]
    periods: u32,
    /// How to print them; `ids` are the names of the periods
    #[arg(short = 'O', long, value_name = "FORMAT", default_value = "table")]
    format: ListFormat,
}

/// A period to come, with those whose reports are due on one day.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Coming {
    period: Period,
    cadence: &'static str,
    first: Date,
    last: Date,
    due: Date,
    /// The holiday on which the deadline would have fallen.
    moved_from: Option<Date>,
    grace_days: u32,
    projects: Vec<String>,
}

/// The calendar, for programs.
#[derive(Serialize)]
struct Ahead {
    schema_version: u32,
    kind: &'static str,
    day: Date,
    periods: Vec<Coming>,
    /// Projects that are under way or may be and owe no reports.
    silent: Vec<String>,
}

impl Calendar {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let scope = Scope { kinds: KindSet::of(&["project"]), ..Scope::default() };
        let loaded = context.load(&scope)?;
        let ahead = ahead(&loaded.register, context.today, self.periods);
        let unread = loaded.register.projects.len() - loaded.register.charters().count();
        let names: BTreeSet<Period> = ahead.periods.iter().map(|coming| coming.period).collect();
        let ids = names.iter().map(ToString::to_string);
        context.list(self.format, || &ahead, ids, |_| page(&ahead, unread, &loaded.source))?;
        Ok(Done::Fine)
    }
}

/// Gathers the periods from the current one on.
fn ahead(register: &Register, day: Date, count: u32) -> Ahead {
    let common = calendar::common(&register.config);
    let mut end = common.current(day);
    for _ in 1..count {
        end = end.next();
    }
    // A register without a project that reports has a calendar all the same.
    let mut found: BTreeMap<(Period, Date, u32, Option<Date>), Vec<String>> = BTreeMap::new();
    let mut add = |terms: &Terms<'_>, cadence: Cadence, project: Option<&str>| {
        let mut period = Period::containing(day, cadence);
        while period.first() <= end.last() {
            let key = (period, terms.deadline(period), terms.grace_days, terms.moved_from(period));
            found.entry(key).or_default().extend(project.map(str::to_owned));
            period = period.next();
        }
    };
    let mut silent = Vec::new();
    for (id, charter, _) in register.charters() {
        let terms = calendar::terms(&register.config, id, Some(charter));
        match terms.cadence {
            Some(cadence) => add(&terms, cadence, Some(id)),
            None if charter.state.is_over() => {}
            None => silent.push(id.to_owned()),
        }
    }
    add(&common, register.config.reporting.cadence, None);
    let coming = |((period, due, grace_days, moved_from), projects)| {
        let period: Period = period;
        let (first, last, cadence) = (period.first(), period.last(), period.cadence().word());
        Coming { period, cadence, first, last, due, moved_from, grace_days, projects }
    };
    let periods = found.into_iter().map(coming).collect();
    Ahead { schema_version: 1, kind: "status-calendar", day, periods, silent }
}

/// The calendar as a page.
fn page(ahead: &Ahead, unread: usize, source: &str) -> Document {
    let names: BTreeSet<&str> =
        ahead.periods.iter().flat_map(|coming| coming.projects.iter().map(String::as_str)).collect();
    let subtitle = match names.len() {
        0 => "no project reports".to_owned(),
        count => {
            format!("{} {}", text::count(count, "project"), if count == 1 { "reports" } else { "report" })
        }
    };
    let mut page = Document::new("Reporting calendar", ahead.day.0).subtitle(subtitle).source(source);
    let has_moved = ahead.periods.iter().any(|coming| coming.moved_from.is_some());
    let has_grace = ahead.periods.iter().any(|coming| coming.grace_days > 0);
    let mut columns =
        vec![Column::new("period", "Period"), Column::figures("first", "First day").priority(2)];
    columns.extend([Column::figures("last", "Last day").priority(2), Column::figures("due", "Due")]);
    if has_moved {
        columns.push(Column::figures("moved_from", "Moved from").priority(1));
    }
    if has_grace {
        columns.push(Column::figures("grace_days", "Grace").priority(3));
    }
    columns.push(Column::figures("count", "Reports"));
    columns.push(Column::new("projects", "Of").priority(4).stretch());
    let mut table = Table::new("periods", columns).main();
    for coming in &ahead.periods {
        let mut cells = vec![
            Cell::text(coming.period.to_string()),
            Cell::date(coming.first.0),
            Cell::date(coming.last.0),
            Cell::date(coming.due.0),
        ];
        if has_moved {
            cells.push(coming.moved_from.map_or(Cell::Empty, |day| Cell::date(day.0)));
        }
        if has_grace {
            cells.push(Cell::Days(i64::from(coming.grace_days)));
        }
        cells.push(Cell::count(coming.projects.len()));
        cells.push(Cell::text(coming.projects.join(", ")));
        table.row(cells);
    }
    page.table(table);
    if !ahead.silent.is_empty() {
        let owe = if ahead.silent.len() == 1 { "owes" } else { "owe" };
        let words = format!(
            "{} {owe} no reports: {}.",
            text::count(ahead.silent.len(), "project"),
            text::list(&ahead.silent, "and")
        );
        page.paragraph(Line::new().text(words));
    }
    if unread > 0 {
        let verb = text::plural(unread, "has");
        let words = format!(
            "{} {verb} a charter that cannot be read or is a draft; ",
            text::count(unread, "project")
        );
        page.paragraph(Line::new().text(words).code("pmo check"));
    }
    page
}
