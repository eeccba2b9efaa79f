//! A plan as a project: its charter with milestones and allocations, and the draft of a status report.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use rust_decimal::Decimal;

use crate::exchange::import::lookup::{Found, Lookup};
use crate::exchange::import::slug;
use crate::model::{Date, Period, Project, RecordId, Register};
use crate::text;

use super::file::Text;
use super::plan::{Baseline, Plan, Resource, Task};

/// What is asked for beside the file.
#[derive(Clone, Debug)]
pub struct Options {
    /// The id that the project gets.
    pub id: String,
    /// Who manages it, by id.
    pub manager: String,
    /// The period of the report that is begun.
    pub period: Period,
    /// The day, where the plan has no status date.
    pub day: Date,
}

/// What a plan becomes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposed {
    /// The files that are written: path and text.
    pub files: Vec<(String, String)>,
    /// How many milestones the charter has.
    pub milestones: usize,
    /// How many allocations it has.
    pub allocations: usize,
    /// What was not taken over, or wants a look, a sentence each.
    pub notes: Vec<String>,
}

/// A milestone of the plan under the id that it has in the register.
struct Reached<'a> {
    id: String,
    task: &'a Task,
}

/// Makes a project of a plan. A charter that is there already is left as it is: what is agreed moves by decision.
pub fn project(plan: &Plan, register: &Register, options: &Options) -> Proposed {
    let mut proposed = Proposed::default();
    let agreed = register.project(&options.id);
    let milestones = milestones(plan, agreed);
    if register.projects.contains_key(&options.id) {
        proposed.notes.push(format!(
            "{} is there already and stays as it is: an agreed baseline moves by decision",
            RecordId::project(&options.id).path()
        ));
        if let Some(charter) = agreed {
            differences(charter, plan, &milestones, &mut proposed);
        }
    } else {
        let text = charter(plan, register, options, &milestones, &mut proposed);
        proposed.files.push((RecordId::project(&options.id).path(), text));
    }
    more_baselines(plan, &mut proposed);
    report(plan, register, options, &milestones, &mut proposed);
    proposed
}

/// The task that stands for the project as a whole.
fn whole(plan: &Plan) -> Option<&Task> {
    plan.tasks.iter().find(|task| task.uid == 0)
}

/// The tasks that are milestones, under ids of their own; one that the charter has keeps its id.
fn milestones<'a>(plan: &'a Plan, agreed: Option<&Project>) -> Vec<Reached<'a>> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let is_one = |task: &&Task| task.is_milestone && !task.is_summary && !task.is_null && !task.is_inactive;
    let mut found = Vec::new();
    for task in plan.tasks.iter().filter(is_one) {
        let known = agreed.and_then(|charter| {
            let own = charter.milestone.iter().find(|own| own.title().eq_ignore_ascii_case(&task.name))?;
            Some(own.id.clone())
        });
        let base = known.unwrap_or_else(|| slug(&task.name, "milestone"));
        let mut id = base.clone();
        let mut turn = 2;
        while !taken.insert(id.clone()) {
            id = format!("{base}-{turn}");
            turn += 1;
        }
        found.push(Reached { id, task });
    }
    found
}

fn charter(
    plan: &Plan,
    register: &Register,
    options: &Options,
    milestones: &[Reached<'_>],
    proposed: &mut Proposed,
) -> String {
    let whole = whole(plan);
    let baseline = whole.and_then(Task::baseline);
    let mut text = Text::begin("../../.pmo/schema/project.json");
    let has_begun = plan.tasks.iter().any(|task| task.actual_start.is_some());
    text.words("name", &name(plan));
    text.words("manager", &options.manager);
    text.words("state", if has_begun { "active" } else { "approved" });
    if let Some(currency) = plan.currency.as_deref().filter(|own| *own != register.config.register.currency) {
        text.words("currency", currency);
    }
    text.date("started_on", whole.and_then(|task| task.actual_start));
    if baseline.is_none() {
        proposed.notes.push(
            "the plan has no baseline: its dates as now planned are taken for agreed, its costs are not"
                .to_owned(),
        );
    }
    text.head("[schedule]");
    text.date("start", baseline.and_then(|own| own.start).or(plan.start));
    text.date("finish", baseline.and_then(|own| own.finish).or(plan.finish));
    if let Some(cost) = baseline.and_then(|own| own.cost).filter(|cost| *cost > Decimal::ZERO) {
        text.head("[budget]").number("approved", Some(cost));
    }
    for Reached { id, task } in milestones {
        text.head("[[milestone]]").words("id", id).words("name", &task.name);
        text.date("baseline", task.baseline().and_then(|own| own.finish));
    }
    proposed.milestones = milestones.len();
    allocations(plan, register, &mut text, proposed);
    text.done()
}

/// What a plan calls the project.
pub fn name(plan: &Plan) -> String {
    let of_task = || whole(plan).map(|task| task.name.clone()).unwrap_or_default();
    let name =
        [plan.title.clone(), of_task(), plan.name.clone()].into_iter().find(|name| !name.trim().is_empty());
    let name = name.unwrap_or_else(|| "Imported plan".to_owned());
    let plain = name.strip_suffix(".mpp").or_else(|| name.strip_suffix(".xml")).unwrap_or(&name);
    plain.trim().to_owned()
}

/// One allocation a person: from the first day of work to the last, with as much of full time as the work in between
/// amounts to.
fn allocations(plan: &Plan, register: &Register, text: &mut Text, proposed: &mut Proposed) {
    let day_hours = plan.minutes_per_day.filter(|own| *own > Decimal::ZERO).unwrap_or(Decimal::from(480))
        / Decimal::from(60);
    let lookup = Lookup::new(register);
    let mut strangers = Vec::new();
    for resource in &plan.resources {
        if resource.is_material || resource.name.is_empty() {
            continue;
        }
        let own: Vec<_> = plan.assignments.iter().filter(|own| own.resource == resource.uid).collect();
        let from = own.iter().filter_map(|own| own.start).min();
        let to = own.iter().filter_map(|own| own.finish).max();
        let (Some(from), Some(to)) = (from, to) else { continue };
        let hours: Decimal = own.iter().filter_map(|own| own.hours).sum();
        let units = own.iter().filter_map(|own| own.units).max().unwrap_or(Decimal::ONE);
        let days = working_days(from, to);
        let fte = match days > Decimal::ZERO && hours > Decimal::ZERO {
            true => (hours / day_hours / days).round_dp(2),
            false => units.round_dp(2),
        };
        text.head("[[allocation]]");
        match person(&lookup, resource) {
            Some(id) => text.words("person", &id),
            None => {
                strangers.push(resource.name.clone());
                text.words("role", &resource.name)
            }
        };
        // A little work over a long time is still more than none.
        let fte = fte.max(Decimal::new(1, 2));
        text.date("from", Some(from)).date("to", Some(to)).number("fte", Some(fte));
        proposed.allocations += 1;
    }
    if !strangers.is_empty() {
        proposed.notes.push(format!(
            "nobody in people/ is called {}: {}",
            text::list(&strangers, "or"),
            if strangers.len() == 1 { "it stands as a role" } else { "they stand as roles" }
        ));
    }
}

/// Mondays to Fridays from one day to another, both counted.
fn working_days(from: Date, to: Date) -> Decimal {
    let days = to.days_since(from).max(0) + 1;
    let (weeks, rest) = (days / 7, days % 7);
    let first = i64::from(from.0.weekday().num_days_from_monday());
    let extra = (0..rest).filter(|at| (first + at) % 7 < 5).count();
    Decimal::from(weeks * 5) + Decimal::from(extra)
}

/// The person whom a resource means: by e-mail address, else by name.
fn person(lookup: &Lookup, resource: &Resource) -> Option<String> {
    let known = |name: &str| match lookup.person(name) {
        Found::Known(id) => Some(id),
        _ => None,
    };
    resource.email.as_deref().and_then(known).or_else(|| known(&resource.name))
}

/// The id of the person of that name.
pub fn named(register: &Register, name: &str) -> Option<String> {
    match Lookup::new(register).person(name) {
        Found::Known(id) => Some(id),
        _ => None,
    }
}

/// What the plan's baseline says of dates, money and milestones that the charter agrees otherwise.
fn differences(charter: &Project, plan: &Plan, milestones: &[Reached<'_>], proposed: &mut Proposed) {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let money = |amount: Option<Decimal>| amount.map(|amount| amount.normalize().to_string());
    let baseline = whole(plan).and_then(Task::baseline);
    let planned = |of: fn(&Baseline) -> Option<Date>| day(baseline.and_then(of));
    let cost = baseline.and_then(|own| own.cost).filter(|cost| *cost > Decimal::ZERO);
    let agreed = [
        ("schedule.start", day(charter.schedule.start), planned(|own| own.start)),
        ("schedule.finish", day(charter.schedule.finish), planned(|own| own.finish)),
        ("budget.approved", money(charter.budget.approved.map(|own| own.0)), money(cost)),
    ];
    let told = |what: &str, agreed: Option<String>, planned: Option<String>| match (agreed, planned) {
        (Some(agreed), Some(planned)) if agreed != planned => {
            Some(format!("{what} is agreed as {agreed}, and the plan's baseline has {planned}"))
        }
        (None, Some(planned)) => Some(format!("{what} is not agreed, and the plan's baseline has {planned}")),
        _ => None,
    };
    proposed
        .notes
        .extend(agreed.into_iter().filter_map(|(what, agreed, planned)| told(what, agreed, planned)));
    proposed.notes.extend(milestones.iter().filter_map(|Reached { id, task }| {
        let planned = day(task.baseline().and_then(|own| own.finish));
        match charter.milestone(id) {
            Some(own) => told(&format!("#{id}"), day(own.baseline), planned),
            None => Some(format!("the charter has no milestone `{id}`")),
        }
    }));
}

/// Says that a plan was agreed anew: only its first baseline is read.
fn more_baselines(plan: &Plan, proposed: &mut Proposed) {
    let Some(whole) = whole(plan) else { return };
    let Some(first) = whole.baseline() else { return };
    let more: Vec<&Baseline> = whole.baselines.iter().filter(|own| own.number != 0).collect();
    let differs =
        |own: &&&Baseline| (own.start, own.finish, own.cost) != (first.start, first.finish, first.cost);
    let numbers: Vec<String> = more.iter().filter(differs).map(|own| own.number.to_string()).collect();
    if !numbers.is_empty() {
        proposed.notes.push(format!(
            "{} {} of the plan {} other dates or cost; baseline 0 counts",
            text::plural(numbers.len(), "baseline"),
            text::list(&numbers, "and"),
            text::plural(numbers.len(), "has")
        ));
    }
}

/// The draft of a report with the plan's progress and forecasts, unless there is one for the period.
fn report(
    plan: &Plan,
    register: &Register,
    options: &Options,
    milestones: &[Reached<'_>],
    proposed: &mut Proposed,
) {
    let id = RecordId::status(&options.id, options.period);
    let whole = whole(plan);
    let percent = whole
        .and_then(|task| task.physical_percent.filter(|percent| *percent > Decimal::ZERO).or(task.percent));
    let finish = whole.and_then(|task| task.finish).or(plan.finish);
    if percent.is_none() && finish.is_none() && milestones.is_empty() {
        return;
    }
    if register.slot(&id).is_some() {
        proposed.notes.push(format!("{} is there already and stays as it is", id.path()));
        return;
    }
    let mut text = Text::begin("../../../.pmo/schema/status.json");
    text.comment("Begun from a plan of Microsoft Project: the dots are yours, then `pmo status submit`.");
    text.words("by", &options.manager);
    text.date("date", Some(plan.status_date.unwrap_or(options.day)));
    text.words("summary", "…");
    let is_physical = whole.and_then(|task| task.physical_percent).is_some_and(|own| own > Decimal::ZERO);
    if percent.is_some() && !is_physical {
        text.comment("the plan's share of time; what counts here is the work that is physically done");
    }
    text.number("percent_complete", percent);
    text.number("actual_cost", whole.and_then(|task| task.actual_cost).filter(|cost| *cost > Decimal::ZERO));
    text.number("forecast_cost", whole.and_then(|task| task.cost).filter(|cost| *cost > Decimal::ZERO));
    text.date("forecast_finish", finish);
    text.head("[rag]").words("overall", "…");
    let known = register.project(&options.id);
    let mut seen = BTreeMap::new();
    for Reached { id, task } in milestones {
        // A report speaks of what the charter has.
        if known.is_some_and(|charter| charter.milestone(id).is_none()) {
            continue;
        }
        seen.insert(id, *task);
    }
    for (id, task) in seen {
        text.head(&format!("[milestone.{id}]"));
        match task.actual_finish {
            Some(_) => text.date("actual", task.actual_finish),
            None => text.date("forecast", task.finish),
        };
    }
    proposed.files.push((id.path(), text.done()));
}

/// An id made of a name, or the other word where nothing of it is left.
pub fn slug(name: &str, other: &str) -> String {
    slug::slug(name).unwrap_or_else(|| other.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_share_of_time_is_the_work_over_the_working_days() {
        assert_eq!(working_days(day("2026-11-16"), day("2026-11-20")), Decimal::from(5));
        assert_eq!(working_days(day("2026-11-20"), day("2026-11-23")), Decimal::from(2));
        assert_eq!(working_days(day("2026-11-21"), day("2026-11-22")), Decimal::ZERO);
    }

    #[test]
    fn an_id_is_made_of_a_name() {
        assert_eq!(slug("Übergabe & Go-live, Wave 1!", "x"), "uebergabe-go-live-wave-1");
        assert_eq!((slug("…", "milestone").as_str(), slug("NUL", "x").as_str()), ("milestone", "x"));
    }
}
