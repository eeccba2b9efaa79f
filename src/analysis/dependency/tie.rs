//! One dependency with its days: when it is needed, when it comes, and how many days lie between.

use serde::Serialize;

use super::network::Days;
use super::point::Point;
use crate::model::lifecycle::ProjectState;
use crate::model::project::Dependency;
use crate::model::{Date, Project};

/// With fewer days of float than this a tie is at risk, though it is in time.
pub const AT_RISK_DAYS: i64 = 10;

/// A dependency between two points.
#[derive(Clone, Debug)]
pub struct Tie<'a> {
    /// What waits.
    pub consumer: Point,
    /// Which of the consumer's `[[dependency]]` it is, counted from 0.
    pub index: usize,
    /// As the charter has it.
    pub dependency: &'a Dependency,
    /// What is waited for.
    pub supplier: Point,
    /// Both days as agreed.
    pub agreed: Sides,
    /// Both days as now expected.
    pub expected: Sides,
    /// Where it stands.
    pub state: State,
}

/// The two days of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    /// The day by which it is needed.
    pub needed: Option<Date>,
    /// The day on which it comes.
    pub supplied: Option<Date>,
}

/// Where a tie stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The supplier was terminated without it.
    Terminated,
    /// The supplier was closed without it.
    Closed,
    /// It is expected after it is needed.
    Late,
    /// It is expected in time, with fewer than [`AT_RISK_DAYS`] to spare.
    AtRisk,
    /// A day is not known.
    Unknown,
    /// No such project or milestone can be read.
    Missing,
    /// It is expected in time.
    InTime,
    /// It is there.
    Met,
    /// The consumer has reached its point or is over, and waits no longer.
    Past,
}

impl State {
    /// The states in words, as commands print and take them.
    pub fn words(self) -> &'static str {
        match self {
            Self::Terminated => "supplier terminated",
            Self::Closed => "supplier closed",
            Self::Late => "late",
            Self::AtRisk => "at risk",
            Self::Unknown => "no day known",
            Self::Missing => "not found",
            Self::InTime => "in time",
            Self::Met => "met",
            Self::Past => "waits no longer",
        }
    }

    /// Whether the consumer still waits and the supplier still may come, so that a slip passes.
    pub fn binds(self) -> bool {
        matches!(self, Self::Late | Self::AtRisk | Self::Unknown | Self::InTime)
    }

    /// Whether it will not come, or not in time.
    pub fn is_trouble(self) -> bool {
        matches!(self, Self::Terminated | Self::Closed | Self::Late)
    }
}

impl Sides {
    /// The days between the supply and the need: need − (supply + lag); negative when it comes too late.
    pub fn float(self, lag_days: i64) -> Option<i64> {
        Some(self.needed?.days_since(self.supplied?).saturating_sub(lag_days))
    }
}

impl<'a> Tie<'a> {
    /// Puts the days of both ends together.
    pub(super) fn new(
        (consumer, waiting): (Point, Option<Days>),
        (supplier, supplying): (Point, Option<Days>),
        (index, dependency): (usize, &'a Dependency),
        home: &Project,
        other: Option<&Project>,
    ) -> Self {
        let sides = |own: fn(&Days) -> Option<Date>| Sides {
            needed: dependency.needed_by.or_else(|| waiting.as_ref().and_then(own)),
            supplied: supplying.as_ref().and_then(own),
        };
        let (agreed, expected) = (sides(|days| days.agreed), sides(|days| days.expected));
        let ended = other.map(|other| other.state).filter(|state| state.is_over());
        let state = match (supplying, ended) {
            (None, _) => State::Missing,
            (Some(days), _) if days.is_reached => State::Met,
            _ if home.state.is_over() || waiting.is_some_and(|days| days.is_reached) => State::Past,
            (_, Some(ProjectState::Terminated)) => State::Terminated,
            (_, Some(_)) => State::Closed,
            _ => match expected.float(dependency.lag_days) {
                None => State::Unknown,
                Some(float) if float < 0 => State::Late,
                Some(float) if float < AT_RISK_DAYS => State::AtRisk,
                Some(_) => State::InTime,
            },
        };
        Self { consumer, index, dependency, supplier, agreed, expected, state }
    }

    /// Days of slack between the supply and the need as now expected; nothing once it is met or waits no longer.
    pub fn float(&self) -> Option<i64> {
        self.state.binds().then(|| self.expected.float(self.dependency.lag_days)).flatten()
    }

    /// By how many days the agreed days cannot both hold: agreed supply + lag after the agreed need.
    pub fn conflict(&self) -> Option<i64> {
        let float = self.agreed.float(self.dependency.lag_days).filter(|_| self.state.binds())?;
        (float < 0).then_some(-float)
    }

    /// Days by which it comes too late because somebody's forecast moved, and not because it was so agreed.
    pub fn slipped(&self) -> Option<i64> {
        let late = self.float().filter(|float| *float < 0).map(|float| -float)?;
        let as_agreed = self.conflict().is_some_and(|agreed| agreed >= late);
        (!as_agreed).then_some(late)
    }
}
