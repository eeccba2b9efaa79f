//! What a Markdown document about a project is filled with: names, dates, money, people, open items.
//!
//! The documents themselves are templates (`templates/charter.md` and its neighbours).

mod items;

use serde::Serialize;

use crate::analysis::standing::Standing;
use crate::analysis::{calendar, schedule, tolerance};
use crate::model::number::Money;
use crate::model::{Actuals, Cadence, Date, Objective, Period, Project, Ref, Register, Shelf, Target};

pub use items::{Benefit, Change, Item};

/// A project, as its documents speak of it. Persons and programmes are named, not cited by id.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the charter, FORMAT.md explains them")]
pub struct Paper {
    pub today: Date,
    pub organisation: String,
    pub currency: String,
    pub cadence: &'static str,
    pub id: String,
    pub name: String,
    pub manager: String,
    pub sponsor: Option<String>,
    pub programme: Option<String>,
    pub division: Option<String>,
    pub class: Option<String>,
    pub method: Option<&'static str>,
    pub phase: Option<String>,
    pub state: &'static str,
    pub purpose: Option<String>,
    pub scope: Option<String>,
    pub request: Option<Ref>,
    pub start: Option<Date>,
    pub finish: Option<Date>,
    pub closed_on: Option<Date>,
    /// Days from the agreed finish to the last day, for a project that is over, or else the expected one.
    pub finish_slip: Option<i64>,
    pub budget: AgreedMoney,
    /// Spent so far: booked costs, else what the last report says.
    pub spent: Option<Money>,
    /// Spent over the budget at completion.
    pub cost_over: Option<Money>,
    pub costs: Vec<CostLine>,
    pub baseline: Option<crate::model::project::Baseline>,
    pub superseded: Vec<crate::model::project::Superseded>,
    pub tolerance: crate::model::thresholds::Tolerance,
    pub milestones: Vec<Milestone>,
    pub dependencies: Vec<Dependency>,
    pub objectives: Vec<Served>,
    pub team: Vec<Member>,
    pub stakeholders: Vec<Stakeholder>,
    /// Open risks, the highest score first.
    pub risks: Vec<Item>,
    /// Risks that occurred.
    pub happened: Vec<Item>,
    /// Open issues, the worst first.
    pub issues: Vec<Item>,
    /// Every issue, the worst first.
    pub all_issues: Vec<Item>,
    pub actions: Vec<Item>,
    pub open_decisions: Vec<Item>,
    pub assumptions: Vec<Item>,
    pub lessons: Vec<Item>,
    pub changes: Vec<Change>,
    pub benefits: Vec<Benefit>,
    /// The newest report that counts.
    pub last: Option<LastReport>,
}

/// The agreed money.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "as in the charter")]
pub struct AgreedMoney {
    pub approved: Option<Money>,
    pub contingency: Option<Money>,
    pub management_reserve: Option<Money>,
    /// All of them together.
    pub total: Option<Money>,
}

/// A share of the budget.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "as in the charter")]
pub struct CostLine {
    pub category: String,
    pub approved: Option<Money>,
}

/// A milestone, as agreed and as the newest report sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "as in the charter and the report")]
pub struct Milestone {
    pub id: String,
    pub name: String,
    pub key: bool,
    pub gate: Option<String>,
    pub baseline: Option<Date>,
    pub forecast: Option<Date>,
    pub actual: Option<Date>,
    pub slip_days: Option<i64>,
}

/// What is needed of another project.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "as in the charter")]
pub struct Dependency {
    /// The other project, and its milestone, by name.
    pub name: String,
    pub manager: Option<String>,
    pub needed_by: Option<Date>,
    pub milestone: Option<String>,
    pub note: Option<String>,
}

/// An objective that the project serves.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "as in the charter")]
pub struct Served {
    pub name: String,
    pub contribution: Option<u8>,
}

/// Somebody who works on the project.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "as in the charter")]
pub struct Member {
    pub name: String,
    pub role: Option<String>,
    pub from: Date,
    pub to: Date,
    pub fte: crate::model::Number,
}

/// Who has a stake, and what follows from their influence and interest.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "as in the charter")]
pub struct Stakeholder {
    pub name: String,
    pub influence: Option<u8>,
    pub interest: Option<u8>,
    pub channel: Option<String>,
    /// What the usual grid of influence and interest advises.
    pub approach: Option<&'static str>,
}

/// The newest report that counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "as in the report")]
pub struct LastReport {
    pub period: Period,
    pub overall: &'static str,
    pub summary: String,
    pub path_to_green: Option<String>,
    pub percent_complete: Option<crate::model::Percent>,
    pub contingency_drawn: Option<Money>,
    pub reserve_drawn: Option<Money>,
    pub forecast_cost: Option<Money>,
    pub forecast_finish: Option<Date>,
}

/// Gathers what the register knows of a project; nothing when its charter was not read.
///
/// It wants everything of the project loaded, with the newest report, and people, programmes and objectives.
pub fn of(register: &Register, project: &str, day: Date) -> Option<Paper> {
    let at = Standing::of(register, project, day)?;
    let (charter, shelf) = (at.charter, at.shelf);
    let person = |id: &str| register.person_name(id).to_owned();
    let programme = |id: &str| register.programme(id).map_or(id, |p| p.name.as_str()).to_owned();
    let budget = &charter.budget;
    let spent = spent(shelf).or_else(|| at.status()?.actual_cost);
    let less = |a: Money, b: Money| a.0.checked_sub(b.0).map(Money::from);
    Some(Paper {
        today: day,
        organisation: register.config.register.name.clone(),
        currency: charter.currency.clone().unwrap_or_else(|| register.config.register.currency.clone()),
        cadence: match calendar::terms(&register.config, project, Some(charter)).naming.cadence {
            Cadence::Weekly => "every week",
            Cadence::Fortnightly => "every two weeks",
            Cadence::Monthly => "every month",
            Cadence::Quarterly => "every quarter",
        },
        id: project.to_owned(),
        name: charter.name.clone(),
        manager: person(&charter.manager),
        sponsor: charter.sponsor.as_deref().map(person),
        programme: charter.programme.as_deref().map(programme),
        division: charter.division.clone(),
        class: charter.class.clone(),
        method: charter.method.map(crate::model::project::Method::word),
        phase: charter.phase.clone(),
        state: charter.state.word(),
        purpose: charter.purpose.clone(),
        scope: charter.scope.clone(),
        request: charter.request.clone(),
        start: charter.started_on.or(charter.schedule.start),
        finish: charter.schedule.finish,
        closed_on: charter.closed_on,
        finish_slip: at.schedule.slip,
        budget: AgreedMoney {
            approved: budget.approved.map(Money::from),
            contingency: budget.contingency.map(Money::from),
            management_reserve: budget.management_reserve.map(Money::from),
            total: sum(
                [budget.approved, budget.contingency, budget.management_reserve].map(|a| a.map(Money::from))
            ),
        },
        spent,
        cost_over: spent
            .zip(budget.approved.map(Money::from))
            .and_then(|(spent, approved)| less(spent, approved)),
        costs: charter
            .cost
            .iter()
            .map(|line| CostLine {
                category: line.category.clone(),
                approved: line.approved.map(Money::from),
            })
            .collect(),
        baseline: charter.baseline.clone(),
        superseded: charter.superseded.clone(),
        tolerance: tolerance::all(&register.config, charter),
        milestones: at.schedule.milestones.iter().map(milestone).collect(),
        dependencies: charter.dependency.iter().map(|d| dependency(register, project, charter, d)).collect(),
        objectives: charter.alignment.iter().map(|a| served(register, a)).collect(),
        team: team(register, charter),
        stakeholders: charter.stakeholder.iter().map(stakeholder).collect(),
        risks: items::risks(register, shelf, |risk| !crate::model::Record::is_closed(risk)),
        happened: items::risks(register, shelf, |r| r.state == crate::model::risk::RiskState::Occurred),
        issues: items::issues(register, shelf, day, false),
        all_issues: items::issues(register, shelf, day, true),
        actions: items::open::<crate::model::Action>(register, shelf, day),
        open_decisions: items::open::<crate::model::Decision>(register, shelf, day),
        assumptions: items::open::<crate::model::Assumption>(register, shelf, day),
        lessons: items::lessons(register, shelf),
        changes: items::changes(shelf),
        benefits: items::benefits(register, shelf),
        last: at.filing.newest.map(|(period, status)| LastReport {
            period,
            overall: status.rag.overall.word(),
            summary: status.summary.clone(),
            path_to_green: status.path_to_green.clone(),
            percent_complete: status.progress(),
            contingency_drawn: status.contingency_drawn,
            reserve_drawn: status.reserve_drawn,
            forecast_cost: status.forecast_cost,
            forecast_finish: status.forecast_finish,
        }),
    })
}

fn sum(values: [Option<Money>; 3]) -> Option<Money> {
    let mut known = values.into_iter().flatten();
    let first = known.next()?;
    known.try_fold(first, |all, one| all.0.checked_add(one.0).map(Money::from))
}

fn spent(shelf: &Shelf) -> Option<Money> {
    let mut booked = shelf.series::<Actuals>().filter_map(|(_, actuals)| actuals.cost);
    let first = booked.next()?;
    booked.try_fold(first, |all, one| all.0.checked_add(one.0).map(Money::from))
}

fn milestone(view: &schedule::MilestoneView<'_>) -> Milestone {
    Milestone {
        id: view.milestone.id.clone(),
        name: view.milestone.title().to_owned(),
        key: view.milestone.key,
        gate: view.milestone.gate.clone(),
        baseline: view.milestone.baseline,
        forecast: view.reported.and_then(|r| r.forecast),
        actual: view.actual,
        slip_days: view.slip,
    }
}

fn dependency(
    register: &Register,
    home: &str,
    charter: &Project,
    needed: &crate::model::project::Dependency,
) -> Dependency {
    let (other, milestone) = match needed.on.target(Some(home)) {
        Some(Target::Milestone { project, id }) => (project, Some(id)),
        Some(Target::Named(project)) => (project, None),
        _ => (needed.on.as_str().to_owned(), None),
    };
    let project = register.project(&other);
    let name = project.map_or(other.as_str(), |p| p.name.as_str());
    let milestone = milestone
        .map(|id| project.and_then(|p| p.milestone(&id)).map_or(id.clone(), |m| m.title().to_owned()));
    Dependency {
        name: milestone.map_or_else(|| name.to_owned(), |milestone| format!("{name}: {milestone}")),
        manager: project.map(|p| register.person_name(&p.manager).to_owned()),
        needed_by: needed.needed_by,
        milestone: needed
            .milestone
            .as_deref()
            .map(|id| charter.milestone(id).map_or(id, |m| m.title()).to_owned()),
        note: needed.note.clone(),
    }
}

fn served(register: &Register, alignment: &crate::model::project::Alignment) -> Served {
    let name = crate::model::Name::Slug(alignment.objective.clone());
    let objective = register.own.get::<Objective>(&name);
    Served {
        name: objective.map_or(alignment.objective.as_str(), |o| o.name.as_str()).to_owned(),
        contribution: alignment.contribution,
    }
}

fn team(register: &Register, charter: &Project) -> Vec<Member> {
    let member = |a: &crate::model::project::Allocation| Member {
        name: a
            .person
            .as_deref()
            .map_or_else(|| "to be found".to_owned(), |id| register.person_name(id).to_owned()),
        role: a.role.clone().or_else(|| register.person(a.person.as_deref()?)?.roles.first().cloned()),
        from: a.from,
        to: a.to,
        fte: a.fte,
    };
    charter.allocation.iter().map(member).collect()
}

fn stakeholder(one: &crate::model::project::Stakeholder) -> Stakeholder {
    let high = |score: u8| score >= 4;
    let approach = one.influence.zip(one.interest).map(|(influence, interest)| {
        match (high(influence), high(interest)) {
            (true, true) => "work with them",
            (true, false) => "keep them content",
            (false, true) => "keep them informed",
            (false, false) => "keep an eye on them",
        }
    });
    Stakeholder {
        name: one.name.clone(),
        influence: one.influence,
        interest: one.interest,
        channel: one.channel.clone(),
        approach,
    }
}
