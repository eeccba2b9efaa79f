//! A grid of indicators by programme or division, each with its value, its trend and its rating.

mod page;

use serde::Serialize;

use crate::analysis::conversion::{Conversion, Rates};
use crate::analysis::standing::Standing as Figures;
use crate::analysis::{cost, kpi};
use crate::document::Document;
use crate::model::audience::{Section, Withhold};
use crate::model::kpi::{Indicator, Kpi, Measure};
use crate::model::lifecycle::ProjectState;
use crate::model::{Date, Number, Period, Project, Rag, Register, Reports, Scope};

use super::head::{Asked, Head};
use super::incomplete::Incomplete;

/// By what projects are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The programme.
    #[default]
    Programme,
    /// The division.
    Division,
}

/// The grid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Grid {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// By what projects are grouped.
    pub group_by: By,
    /// The period before, with which the trend compares.
    pub before: Period,
    /// The rates at which money of other currencies was added, and the currencies that have none.
    pub converted: Rates,
    /// The indicators, in the order of the columns.
    pub indicators: Vec<Column>,
    /// One row a group.
    pub groups: Vec<Row>,
    /// All projects together.
    pub all: Row,
}

/// An indicator with its limits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Which.
    pub metric: Indicator,
    /// What stands above it.
    pub name: String,
    /// What it is counted in.
    pub measure: Measure,
    /// Amber beyond this.
    pub amber: Number,
    /// Red beyond this.
    pub red: Number,
}

/// The indicators of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The group's name; nothing for projects in none, and for all together.
    pub group: Option<String>,
    /// How many projects.
    pub projects: usize,
    /// The values, in the order of the indicators.
    pub values: Vec<Value>,
}

/// One indicator of one group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Value {
    /// The value; nothing where no project gives one.
    pub value: Option<Number>,
    /// Over how many it was taken.
    pub counted: usize,
    /// How many gave no figure.
    pub missing: usize,
    /// By the indicator's limits.
    pub rating: Option<Rag>,
    /// The value at the end of the period before.
    pub before: Option<Number>,
    /// How it moved.
    pub trend: Option<Trend>,
}

/// How a value moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Trend {
    Better,
    Same,
    Worse,
}

/// What the report reads.
pub fn scope(asked: &Asked) -> Scope {
    Scope::kinds(&["project", "programme", "risk", "benefit", "actuals", "decision", "change"])
        .with_reports(Reports::Newest(3))
        .on(asked.day)
}

/// Whether an indicator of the grid compares with the register as it stood, because nothing in it tells what was.
pub fn wants_past(register: &Register) -> bool {
    Kpi::of(&register.config.kpi).iter().any(|kpi| !kpi::has_past(kpi.metric))
}

/// Makes the grid over the projects that are neither proposed nor over; `past` is the register as it stood at the
/// close of the period before, where git knows it.
pub fn grid(register: &Register, past: Option<&Register>, asked: &Asked, group_by: By) -> Grid {
    let head = Head::new("kpi", register, asked);
    let before = head.period.previous();
    let is_seen = |kpi: &Kpi| is_seen(&head, kpi.metric);
    let kpis: Vec<Kpi> = Kpi::of(&register.config.kpi).into_iter().filter(is_seen).collect();
    let (now, then) = (standings(register, asked.day), standings(register, before.last()));
    let stood = past.map(|past| (past, standings(past, before.last())));
    let row = |group: Option<&str>, keeps: &dyn Fn(&Register, &Project) -> bool| {
        let pick = |register: &Register, all: &[Figures<'_>], day: Date, kpi: &Kpi| {
            let group: Vec<&Figures<'_>> = all.iter().filter(|at| keeps(register, at.charter)).collect();
            kpi::take(register, &group, kpi.metric, day)
        };
        let values = kpis.iter().map(|kpi| {
            let taken = pick(register, &now, asked.day, kpi);
            let earlier = match (kpi::has_past(kpi.metric), &stood) {
                (true, _) => pick(register, &then, before.last(), kpi).value,
                (false, Some((past, stood))) => pick(past, stood, before.last(), kpi).value,
                (false, None) => None,
            };
            Value {
                value: taken.value,
                counted: taken.counted,
                missing: taken.missing,
                rating: taken.value.map(|value| kpi::rate(kpi, value)),
                before: earlier,
                trend: taken.value.zip(earlier).map(|(now, then)| trend(kpi.metric, then, now)),
            }
        });
        let projects = now.iter().filter(|at| keeps(register, at.charter)).count();
        Row { group: group.map(str::to_owned), projects, values: values.collect() }
    };
    let mut names: Vec<Option<String>> =
        now.iter().map(|at| group_of(register, at.charter, group_by)).collect();
    names.sort_by_cached_key(|name| (name.is_none(), name.as_deref().map(str::to_lowercase)));
    names.dedup();
    let groups = names
        .iter()
        .map(|name| row(name.as_deref(), &|register, charter| group_of(register, charter, group_by) == *name))
        .collect();
    let columns = kpis.iter().map(|kpi| {
        let (amber, red) = kpi.limits();
        let (metric, name) = (kpi.metric, kpi.title().to_owned());
        Column { metric, name, measure: metric.measure(), amber, red }
    });
    Grid {
        incomplete: Incomplete::of(register, &scope(asked)),
        converted: rates(register, &now, &kpis, asked.day),
        group_by,
        before,
        indicators: columns.collect(),
        groups,
        all: row(None, &|_, _| true),
        head,
    }
}

/// The rates at which the money of these projects is added up, where an indicator takes any.
fn rates(register: &Register, all: &[Figures<'_>], kpis: &[Kpi], day: Date) -> Rates {
    let mut conversion = Conversion::new(register, day);
    if kpis.iter().any(|kpi| kpi.metric.is_money()) {
        for at in all {
            let _ = conversion.rate(cost::currency(register, at.charter));
        }
    }
    conversion.rates()
}

/// Whether the readers may see an indicator.
fn is_seen(head: &Head, indicator: Indicator) -> bool {
    let section = match indicator {
        Indicator::RedShare | Indicator::CostVariance | Indicator::Cpi | Indicator::Spi => Section::Ratings,
        Indicator::Slip => Section::Milestones,
        Indicator::Exposure => Section::Risks,
        Indicator::Reports => Section::Attention,
        Indicator::Benefits => Section::Benefits,
        Indicator::DecisionsOverdue => Section::Decisions,
    };
    let is_open =
        !head.withholds(Withhold::Money) || !(indicator.is_money() || indicator == Indicator::Benefits);
    head.shows(section) && is_open
}

fn standings(register: &Register, day: Date) -> Vec<Figures<'_>> {
    let ids = register.projects.keys();
    let all = ids.filter_map(|id| Figures::of(register, id, day));
    let is_live =
        |at: &Figures<'_>| !at.charter.state.is_over() && at.charter.state != ProjectState::Proposed;
    all.filter(is_live).collect()
}

fn group_of(register: &Register, charter: &Project, by: By) -> Option<String> {
    match by {
        By::Division => charter.division.clone(),
        By::Programme => {
            let id = charter.programme.as_deref()?;
            Some(register.programme(id).map_or(id, |programme| programme.name.as_str()).to_owned())
        }
    }
}

fn trend(indicator: Indicator, then: Number, now: Number) -> Trend {
    // Less than a hundredth is no movement that anybody sees.
    let (then, now) = (then.0.round_dp(2), now.0.round_dp(2));
    match now == then {
        true => Trend::Same,
        false if (now > then) == indicator.is_more_better() => Trend::Better,
        false => Trend::Worse,
    }
}

impl Grid {
    /// The report as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}
