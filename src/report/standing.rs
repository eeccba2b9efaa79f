//! How a project stands on a day: one line of the portfolio, and the opening of its own page.

mod gather;

use serde::Serialize;

use crate::analysis::moderation;
use crate::document::{Cell, Mark, Rating};
use crate::model::audience::Section;
use crate::model::lifecycle::ProjectState;
use crate::model::project::Method;
use crate::model::status::Dimension;
use crate::model::{Date, Number, Percent, Period, Rag, Register};

use super::head::Head;
use super::ratings::{Movement, level};

pub use gather::{gather, gather_all};

/// How a project stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// The project's id.
    pub project: String,
    /// What people call it.
    pub name: String,
    /// The manager's id.
    pub manager: String,
    /// The manager's name.
    pub manager_name: String,
    /// The sponsor's id.
    pub sponsor: Option<String>,
    /// The sponsor's name.
    pub sponsor_name: Option<String>,
    /// The programme's id.
    pub programme: Option<String>,
    /// The programme's name.
    pub programme_name: Option<String>,
    /// The division that owns it.
    pub division: Option<String>,
    /// Where it stands in its life.
    pub state: ProjectState,
    /// The phase that it is in.
    pub phase: Option<String>,
    /// How it is run.
    pub method: Option<Method>,
    /// Its complexity class.
    pub class: Option<String>,
    /// Its reports.
    pub report: Filed,
    /// Its ratings, declared and computed.
    pub rating: Rated,
    /// What the programme says of it, where that is in force.
    pub moderation: Option<Assessment>,
    /// Physical work done, in percent.
    pub percent_complete: Option<Percent>,
    /// Its money.
    pub cost: Cost,
    /// Its finish.
    pub finish: Finish,
    /// The open threat with the highest score.
    pub top_risk: Option<TopRisk>,
    /// How many threats are open.
    pub open_threats: usize,
    /// What open threats may cost, by chance and effect.
    pub expected_loss: Option<Number>,
}

/// How a project stands with its reports.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Filed {
    /// Whether it owes reports at all.
    pub owed: bool,
    /// The newest period whose deadline has come.
    pub wanted: Period,
    /// That period's deadline.
    pub due: Date,
    /// The period of the newest report that counts.
    pub newest: Option<Period>,
    /// The day up to which its figures hold.
    pub date: Option<Date>,
    /// That report's age in days.
    pub age_days: Option<i64>,
    /// Whether it is of the wanted period or later.
    pub is_current: bool,
    /// How many periods were missed since.
    pub missed: i64,
    /// Whether a draft stands where the wanted report should be.
    pub has_draft: bool,
    /// The two lines that a sponsor reads.
    pub summary: Option<String>,
    /// Whether it says how the project gets back to green.
    pub has_path_to_green: bool,
}

/// Ratings of a project, declared and computed side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rated {
    /// What the newest report declares.
    pub declared: Option<Rag>,
    /// What the report before declared.
    pub before: Option<Rag>,
    /// How it moved.
    pub movement: Option<Movement>,
    /// The rating under which the project counts: the last one declared, or grey.
    pub counted: Option<Rag>,
    /// What the figures say.
    pub computed: Option<Rag>,
    /// What the figures say before the report's age is taken into account.
    pub figures: Rag,
    /// Why the figures say so, in words.
    pub reasons: Vec<String>,
    /// Where the figures are beyond a tolerance.
    pub beyond: Vec<Beyond>,
    /// Whether it is declared better than the figures say, and no override explains it.
    pub is_greener: bool,
    /// Whether an override in force explains that.
    pub is_overridden: bool,
    /// Each dimension.
    pub dimensions: Vec<DimensionRated>,
}

/// What a programme says of a project, beside what the project says of itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assessment {
    /// The rating.
    pub assessed: Rag,
    /// Why.
    pub comment: Option<String>,
    /// Who says it, a person's id.
    pub by: Option<String>,
    /// That person's name.
    pub by_name: Option<String>,
    /// The programme's id.
    pub programme: String,
    /// The programme's name.
    pub programme_name: String,
    /// The period for which it was said.
    pub period: Period,
    /// Whether it is of an earlier period and still holds.
    pub is_carried: bool,
}

impl Assessment {
    /// Who says so and since when: `by Carla Mendes`, `by Carla Mendes for week 46`.
    pub fn source(&self) -> String {
        let who = self.by_name.as_deref().unwrap_or(&self.programme_name);
        let since = if self.is_carried { format!(" for {}", self.period.spoken()) } else { String::new() };
        format!("by {who}{since}")
    }
}

/// A dimension whose figures are beyond a tolerance, so that somebody above the manager must be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Beyond {
    /// Which dimension.
    pub dimension: Dimension,
    /// What is beyond it, in words.
    pub reasons: Vec<String>,
    /// The tolerance, in words.
    pub tolerance: String,
    /// The name of who accepted it, by an override in force.
    pub accepted_by: Option<String>,
    /// Until when.
    pub accepted_until: Option<Date>,
}

/// One dimension of a rating.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DimensionRated {
    /// Which.
    pub dimension: Dimension,
    /// What the newest report declares.
    pub declared: Option<Rag>,
    /// What the report before declared.
    pub before: Option<Rag>,
    /// What the figures say.
    pub computed: Option<Rag>,
}

/// The money of a project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cost {
    /// The currency of the amounts.
    pub currency: String,
    /// The budget at completion.
    pub approved: Option<Number>,
    /// The budget that it first had, where it was another.
    pub original: Option<Number>,
    /// Spent to date.
    pub spent: Option<Number>,
    /// The cost at completion that the manager expects.
    pub forecast: Option<Number>,
    /// The forecast less the budget.
    pub variance: Option<Number>,
    /// The variance in percent of the budget.
    pub variance_percent: Option<Number>,
    /// The cost performance index: earned value over actual cost.
    pub cpi: Option<Number>,
    /// The time-based schedule performance index: earned schedule over time passed.
    pub spi_t: Option<Number>,
}

/// The finish of a project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finish {
    /// As agreed.
    pub baseline: Option<Date>,
    /// As it was first agreed, where that was another day.
    pub original: Option<Date>,
    /// As the manager forecasts it, or as it was.
    pub forecast: Option<Date>,
    /// The expected finish less the agreed one, in days.
    pub slip_days: Option<i64>,
    /// The same against the finish first agreed.
    pub slip_from_original_days: Option<i64>,
}

impl Finish {
    /// The finish to reckon with.
    pub fn expected(&self) -> Option<Date> {
        self.forecast.or(self.baseline)
    }
}

/// The highest risk of a project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopRisk {
    /// Its reference.
    pub risk: String,
    /// What it is about.
    pub title: String,
    /// Probability times impact.
    pub score: u32,
    /// Whether the score is in the red band.
    pub is_red: bool,
}

impl TopRisk {
    /// The id inside its project.
    pub fn short(&self) -> &str {
        self.risk.rsplit('/').next().unwrap_or(&self.risk)
    }
}

impl Standing {
    /// The place in the order of attention: red, greener than the figures, silent, amber, the rest.
    pub fn urgency(&self) -> u8 {
        match (self.state.is_over(), self.rating.counted) {
            (true, _) => 7,
            (_, Some(Rag::Red)) => 0,
            _ if self.rating.is_greener => 1,
            _ if self.is_silent() => 2,
            (_, Some(Rag::AmberRed | Rag::Amber)) => 3,
            (_, Some(Rag::AmberGreen)) => 4,
            (_, Some(Rag::Green)) => 5,
            _ => 6,
        }
    }

    /// Leaves out what the readers of a report do not see.
    pub(super) fn keep(&mut self, head: &Head) {
        if !head.shows(Section::Words) {
            self.report.summary = None;
        }
        if !head.shows(Section::Ratings) {
            self.rating.dimensions.clear();
            self.rating.reasons.clear();
            self.rating.beyond.clear();
        }
        if !head.shows(Section::Risks) {
            self.top_risk = None;
        }
    }

    /// Whether a report is wanted and was not filed.
    pub fn is_silent(&self) -> bool {
        self.report.owed && !self.report.is_current
    }

    /// The marker before the project's id.
    pub fn mark(&self) -> Rating {
        let level = self.rating.counted.map_or(crate::document::Level::Grey, level);
        let mark = match () {
            // A red stays a red, whatever else is to be said.
            () if self.rating.counted == Some(Rag::Red) && !self.is_silent() => Mark::Level,
            () if self.is_silent() => Mark::NotReported,
            () if self.rating.is_greener => Mark::GreenerThanFigures,
            () => Mark::Level,
        };
        Rating::shape(level).marked(mark)
    }

    /// The declared rating in words with its movement.
    pub fn overall(&self) -> Cell {
        let trend = self.rating.movement.map(Movement::trend);
        Cell::of(self.rating.declared, |rag| Rating::word(level(rag)).moved(trend).into())
    }

    /// The rating of a dimension.
    pub fn dimension(&self, dimension: Dimension) -> Option<&DimensionRated> {
        self.rating.dimensions.iter().find(|rated| rated.dimension == dimension)
    }
}

/// What programmes say, in the current period, of projects that are not in them: `customer-360/2026-W47 on erp`.
pub(super) fn passed_over(register: &Register, day: Date) -> Vec<String> {
    let strays = moderation::strays(register, day);
    strays.iter().map(|stray| format!("{} on {}", stray.record, stray.project)).collect()
}

/// A rating as its shape, or missing.
pub(super) fn shape(rag: Option<Rag>) -> Cell {
    match rag {
        None | Some(Rag::Grey) => Cell::Missing,
        Some(rag) => Rating::shape(level(rag)).into(),
    }
}
