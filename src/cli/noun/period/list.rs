//! `pmo period list`: the periods of late, and every one that was closed.

use std::collections::BTreeSet;

use clap::Args;
use serde::Serialize;

use crate::analysis::{calendar, collected};
use crate::document::{Cell, Column, Document, Line, Table};
use crate::model::period_record::PeriodState;
use crate::model::{Date, KindSet, Period, Register, Reports, Scope};
use crate::text;

use super::super::super::emit::ListFormat;
use super::super::super::{CliError, Context, Done, Outcome};
use super::{record, recorded};

pub(super) const EXAMPLES: &str = "\
Examples (periods):
  pmo period list
  pmo period list --all
  pmo period list -O json";

/// How many periods are listed, the current one among them.
const RECENT: usize = 8;

/// A list of periods.
#[derive(Clone, Debug, Args)]
pub(in super::super) struct List {
    /// Every period that has a report or was closed, not only the newest eight
    #[arg(long)]
    all: bool,
    /// The format; ids are of those that have a record
    #[arg(short = 'O', long = "format", value_name = "FORMAT", default_value = "table")]
    format: ListFormat,
}

/// One period.
#[derive(Clone, Debug, Serialize)]
struct Row {
    period: Period,
    first: Date,
    last: Date,
    due: Date,
    state: PeriodState,
    closed_on: Option<Date>,
    closed_by: Option<String>,
    closed_by_name: Option<String>,
    reopened_on: Option<Date>,
    reopened_by: Option<String>,
    reason: Option<String>,
    /// Reports that are there and count.
    reports: usize,
    /// Reports that are owed and are not there, as projects stand now; not said of a closed period.
    missing: Option<usize>,
    /// Whether it has a record in `periods/`.
    recorded: bool,
}

impl Row {
    /// Where it stands, in a word.
    fn word(&self) -> &'static str {
        let is_reopened = self.state == PeriodState::Open && self.reopened_on.is_some();
        if is_reopened { "reopened" } else { self.state.word() }
    }
}

/// The periods, for programs.
#[derive(Serialize)]
struct Page<'a> {
    schema_version: u32,
    kind: &'static str,
    day: Date,
    source: &'a str,
    periods: &'a [Row],
}

impl List {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let scope = Scope { kinds: KindSet::of(&["project", "person", "period"]), ..Scope::default() };
        let loaded = context.load(&scope.with_reports(Reports::All))?;
        let register = &loaded.register;
        let newest = Some(calendar::common(&register.config).newest_past(context.today));
        let periods = self.periods(register, context.today);
        let rows = periods.iter().rev().map(|period| row(register, *period, context.today));
        let rows: Vec<Row> = rows.collect::<Result<_, _>>()?;
        let value = Page {
            schema_version: 1,
            kind: "period-list",
            day: context.today,
            source: &loaded.source,
            periods: &rows,
        };
        let ids = rows.iter().filter(|row| row.recorded).map(|row| record(row.period).to_string());
        let page = |_| page(&rows, &loaded.source, context.today, newest);
        context.list(self.format, || &value, ids, page)?;
        Ok(Done::Fine)
    }

    /// The periods of the register's cadence of late, those that were closed since, and with `--all` every one.
    fn periods(&self, register: &Register, day: Date) -> BTreeSet<Period> {
        let current = calendar::common(&register.config).current(day);
        let recent = std::iter::successors(Some(current), |period| Some(period.previous()));
        let recent: BTreeSet<Period> = recent.take(RECENT).collect();
        let oldest = recent.first().copied();
        let recorded = register.own.slots("period").filter_map(|(name, _)| name.period());
        let shelves = register.projects.values();
        let reported = shelves.flat_map(|shelf| shelf.slots("status")).filter_map(|(name, _)| name.period());
        if self.all {
            let known: BTreeSet<Period> =
                recorded.chain(reported).filter(|period| period.first() <= day).collect();
            return known.into_iter().chain([current]).collect();
        }
        recorded.filter(|period| Some(*period) >= oldest).chain(recent.iter().copied()).collect()
    }
}

fn row(register: &Register, period: Period, day: Date) -> Result<Row, CliError> {
    let there = recorded(register, period)?;
    let collected = collected::of(register, period);
    let state = there.map_or(PeriodState::Open, |there| there.state);
    let due = calendar::common(&register.config).deadline(period);
    let closed_by = there.and_then(|there| there.closed_by.clone());
    Ok(Row {
        period,
        first: period.first(),
        last: period.last(),
        due,
        state,
        closed_on: there.and_then(|there| there.closed_on),
        closed_by_name: closed_by.as_deref().map(|id| register.person_name(id).to_owned()),
        closed_by,
        reopened_on: there.and_then(|there| there.reopened_on),
        reopened_by: there.and_then(|there| there.reopened_by.clone()),
        reason: there.and_then(|there| there.reason.clone()),
        reports: collected.filed.len(),
        missing: (state == PeriodState::Open && due <= day).then_some(collected.missing.len()),
        recorded: there.is_some(),
    })
}

/// The periods as a page.
fn page(rows: &[Row], source: &str, day: Date, newest: Option<Period>) -> Document {
    let closed = rows.iter().filter(|row| row.state == PeriodState::Closed).count();
    let subtitle = format!("{}, {closed} closed", text::count(rows.len(), "period"));
    let mut page = Document::new("Periods", day.0).subtitle(subtitle).source(source);
    let mut table = Table::new(
        "periods",
        vec![
            Column::new("period", "Period"),
            Column::new("first", "From").priority(4),
            Column::new("last", "To").priority(4),
            Column::new("due", "Due").priority(1),
            Column::figures("reports", "Reports"),
            Column::figures("missing", "Missing"),
            Column::new("state", "State"),
            Column::new("closed_on", "Closed").priority(2),
            Column::new("closed_by", "By").priority(3),
            Column::new("reason", "Reason").priority(5).stretch(),
        ],
    )
    .main();
    for row in rows {
        let optional = |date: Option<Date>| date.map_or(Cell::Empty, |date| Cell::date(date.0));
        let said = |text: &Option<String>| text.as_deref().map_or(Cell::Empty, Cell::text);
        table.row(vec![
            Cell::text(row.period.to_string()),
            Cell::date(row.first.0),
            Cell::date(row.last.0),
            Cell::date(row.due.0),
            Cell::count(row.reports),
            row.missing.map_or(Cell::Empty, Cell::count),
            Cell::text(row.word()),
            optional(row.closed_on.filter(|_| row.state == PeriodState::Closed)),
            said(&row.closed_by_name.clone().filter(|_| row.state == PeriodState::Closed)),
            said(&row.reason),
        ]);
    }
    page.table(table);
    // The same that `pmo period close` would take.
    let past = rows.iter().find(|row| Some(row.period) == newest);
    if let Some(row) = past.filter(|row| row.state == PeriodState::Open && row.reports > 0) {
        page.paragraph(Line::new().text("Close it: ").code(format!("pmo period close {}", row.period)));
    }
    page
}
