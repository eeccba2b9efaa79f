//! What the open risks may come to: cost and finish of each project, drawn many times over.

mod lines;
mod page;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::analysis::exposure;
use crate::analysis::simulation::{self, ChanceFrom, Settings, Task, Undrawn};
use crate::document::Document;
use crate::model::audience::Section;
use crate::model::{Date, Number, Register, Reports, Scope};

use super::head::{Asked, Head};
use super::incomplete::Incomplete;
use super::selection::Selection;
use super::standing::{self, Standing};

pub use lines::{CostSpread, DaysSpread, DriverLine, FinishSpread, ProjectLine, Reserve, TotalLine};

/// Which projects are simulated, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Only these projects; those of the selection unless given.
    pub projects: Vec<String>,
    /// Which projects.
    pub selection: Selection,
    /// How the runs are made.
    #[serde(flatten)]
    pub settings: Settings,
}

/// What the open risks may come to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Simulation {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What was asked for.
    pub options: Question,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// Whether the readers see risks at all.
    pub is_shown: bool,
    /// How many risks were drawn, and how many could not be.
    pub risks: Counted,
    /// How many projects have no open risk.
    pub without_risks: usize,
    /// The sums over all listed projects, by currency.
    pub totals: Vec<TotalLine>,
    /// When the last of all listed projects finishes: in each run the latest of their finishes.
    pub last_finish: Option<FinishSpread>,
    /// The projects that have open risks, by id.
    pub projects: Vec<ProjectLine>,
    /// The risks that move the finish most, where one project alone was asked for.
    pub days_drivers: Vec<DriverLine>,
    /// The open risks that could not be drawn, each with the reason.
    pub left_out: Vec<Undrawn>,
    /// Groups that risks name and `[risk.correlation]` does not: their risks were drawn independently.
    pub unknown_groups: Vec<String>,
}

/// How many risks were drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counted {
    /// Open risks.
    pub open: usize,
    /// Those that were drawn.
    pub drawn: usize,
    /// Of those drawn, the ones whose chance is the middle of the band of their level.
    pub by_level: usize,
    /// Of those drawn, the ones that belong to a group that occurs together.
    pub grouped: usize,
    /// Those that could not be drawn.
    pub left_out: usize,
}

/// What the report reads: charters, the newest two reports, risks, and what ratings follow from.
pub fn scope(day: Date) -> Scope {
    let kinds =
        ["project", "programme", "person", "risk", "change", "benefit", "actuals", "programme-status"];
    Scope::kinds(&kinds).with_reports(Reports::Newest(2)).on(day)
}

/// A project with its open risks.
struct Case {
    standing: Standing,
    task: Task,
    /// What is left of the contingency.
    left: Option<Number>,
}

/// Simulates the open risks; `done` is called after each project with how many there are, from any thread.
pub fn simulation(
    register: &Register,
    asked: &Asked,
    options: Question,
    done: &(dyn Fn(usize) + Sync),
) -> Simulation {
    let head = Head::new("simulation", register, asked);
    let settings = options.settings;
    let is_shown = head.shows(Section::Risks);
    let cases = if is_shown { cases(register, asked.day, &options) } else { Vec::new() };
    let (cases, riskless): (Vec<Case>, Vec<Case>) = cases.into_iter().partition(has_risks);
    let limits: Vec<Option<i64>> =
        cases.iter().map(|case| lines::units(case.left?, &case.task.currency)).collect();
    let finish = |case: &Case| case.standing.finish.expected();
    let tasks: Vec<Task> =
        cases.iter().map(|case| Task { finish: finish(case), ..case.task.clone() }).collect();
    let others = riskless.iter().filter_map(finish).max();
    let reserves = lines::reserves(&cases, &limits);
    let sufficing: BTreeMap<String, i64> =
        reserves.iter().filter_map(|(currency, reserve)| Some((currency.clone(), reserve.all?))).collect();
    let count = tasks.len();
    let outcome = simulation::run(&tasks, (&limits, &sufficing), others, &settings, &|| done(count));
    let alone = match (options.projects.len(), tasks.as_slice()) {
        (1, [task]) => simulation::days_drivers(task, &settings),
        _ => Vec::new(),
    };
    let days_drivers = alone.iter().map(DriverLine::of_days).collect();
    let totals =
        outcome.sums.iter().map(|(currency, sums)| TotalLine::new(currency, sums, reserves.get(currency)));
    let mut totals: Vec<TotalLine> = totals.collect();
    totals.sort_by_key(|total| (total.currency != head.currency, total.currency.clone()));
    let mut projects: Vec<ProjectLine> =
        cases.iter().zip(&outcome.projects).map(|(case, runs)| ProjectLine::new(case, runs)).collect();
    if !head.shows(Section::Projects) {
        projects.clear();
    }
    Simulation {
        risks: counted(&tasks),
        without_risks: riskless.len(),
        left_out: tasks.iter().flat_map(|task| task.left_out.clone()).collect(),
        unknown_groups: unknown_groups(register, &tasks),
        incomplete: Incomplete::of(register, &scope(asked.day)),
        head,
        options,
        is_shown,
        last_finish: outcome
            .last_finish
            .map(|last| FinishSpread::of_all(&last, cases.iter().chain(&riskless))),
        totals,
        projects,
        days_drivers,
    }
}

fn has_risks(case: &Case) -> bool {
    !case.task.risks.is_empty() || !case.task.left_out.is_empty()
}

fn cases(register: &Register, day: Date, options: &Question) -> Vec<Case> {
    let all = standing::gather_all(register, day);
    let named = |standing: &Standing| match options.projects.is_empty() {
        true => options.selection.keeps(standing),
        false => options.projects.contains(&standing.project),
    };
    let kept = all.into_iter().filter(named);
    kept.filter_map(|standing| {
        let task = simulation::task(register, &standing.project, options.settings.distribution)?;
        let status = crate::analysis::calendar::filing(register, &standing.project, day)
            .and_then(|filing| filing.newest.map(|(_, status)| status));
        let left = register
            .project(&standing.project)
            .and_then(|charter| exposure::remaining_contingency(charter, status));
        Some(Case { standing, task, left })
    })
    .collect()
}

fn counted(tasks: &[Task]) -> Counted {
    let drawn = || tasks.iter().flat_map(|task| &task.risks);
    let left_out = tasks.iter().map(|task| task.left_out.len()).sum();
    let count = drawn().count();
    Counted {
        open: count + left_out,
        drawn: count,
        by_level: drawn().filter(|risk| risk.chance_from == ChanceFrom::Level).count(),
        grouped: drawn().filter(|risk| risk.group.is_some()).count(),
        left_out,
    }
}

fn unknown_groups(register: &Register, tasks: &[Task]) -> Vec<String> {
    let known = &register.config.risk.correlation;
    let risks = tasks.iter().flat_map(|task| &task.risks);
    let named = risks.filter_map(|risk| {
        let shelf = register.projects.get(&risk.id.home)?;
        shelf.get::<crate::model::Risk>(&risk.id.name)?.correlation.clone()
    });
    let unknown: BTreeSet<String> = named.filter(|name| !known.contains_key(name)).collect();
    unknown.into_iter().collect()
}

impl Simulation {
    /// The report as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
