//! Reports: one a file. Each is a typed, serialisable value and makes its own page of it.
//!
//! A report says what it reads ([`crate::model::Scope`]), takes the register and the day, and gives a value
//! with raw numbers, `null` for what is missing, and its source, day and rule set. What could not be used is
//! part of the value and stands at the top of the page. Words and order are decided here; rounding, colour
//! and width in `render`.

pub mod actions;
pub mod benefits;
pub mod board;
mod compact;
mod converted;
pub mod dates;
pub mod dependency;
pub mod difference;
pub mod evm;
mod exceptions;
pub mod exposure;
pub mod finance;
pub mod forecast;
pub mod glance;
mod head;
mod incomplete;
pub mod kpi;
pub mod links;
pub mod log;
pub mod matrix;
pub mod paper;
pub mod period;
pub mod portfolio;
pub mod prefill;
pub mod project;
pub mod raid;
mod ratings;
pub mod reporting;
pub mod risk_calibration;
pub mod risks;
mod selection;
pub mod series;
pub mod simulation;
mod standing;
mod told;
mod totals;
pub mod trend;
mod wanted;
mod withholding;

pub use converted::Converted;
pub use exceptions::{Exception, Why};
pub use glance::next_step;
pub use head::{Asked, Head, Making, RuleSet, SCHEMA_VERSION};
pub use incomplete::Incomplete;
pub use ratings::{Counts, Movement, level};
pub use selection::{GroupBy, Grouping, Selection, Sort, UnknownWord};
pub use standing::{
    Assessment, Cost, DimensionRated, Filed, Finish, Rated, Standing, TopRisk, gather, gather_all,
};
pub use told::Told;
pub use totals::{Sum, Totals, totals};
pub use wanted::Wanted;

/// A report that `pmo report` knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it shows, in a line.
    pub about: &'static str,
}

/// The reports, in the order in which people meet them.
pub const REPORTS: &[Known] = &[
    Known {
        name: "period",
        about: "what is missing, what is to be decided, what changed, what is in trouble",
    },
    Known { name: "portfolio", about: "what is missing, what needs somebody, one line a project" },
    Known { name: "project", about: "everything about one project on one sheet" },
    Known {
        name: "board",
        about: "the pack for a steering meeting: the period's exceptions, then one page a project",
    },
    Known {
        name: "raid",
        about: "risks, assumptions, issues, actions and decisions, and how long they are open",
    },
    Known {
        name: "kpi",
        about: "a grid of indicators by programme or division, each with value, trend and rating",
    },
    Known {
        name: "benefits",
        about: "what was realised of the benefits, also of closed projects, beside what was planned",
    },
    Known {
        name: "finance",
        about: "budgets, reserves, cost and forecasts, with the fiscal year and the run rate",
    },
    Known {
        name: "risks",
        about: "top risks, what changed, what lacks an owner or response, what repeats over projects",
    },
    Known {
        name: "exposure",
        about: "what risks may cost and save, before and after responses, against contingency",
    },
    Known { name: "evm", about: "earned value of the portfolio, or of one project with every figure" },
    Known { name: "reporting", about: "how reliably projects report: on time, late, missing, in red, stale" },
];
