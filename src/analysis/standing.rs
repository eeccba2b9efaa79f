//! All figures of one project on a day, gathered once.

use super::calendar::Filing;
use super::cost::CostView;
use super::earned_value::EarnedValue;
use super::exposure::Exposure;
use super::schedule::ScheduleView;
use super::scope::Undecided;
use super::{calendar, cost, earned_value, exposure, schedule, scope};
use crate::model::{Date, Name, Period, Project, Register, Shelf, Status};

/// The figures of one project on a day.
pub struct Standing<'a> {
    /// The project's id.
    pub id: &'a str,
    /// The charter.
    pub charter: &'a Project,
    /// Everything in the project's folder.
    pub shelf: &'a Shelf,
    /// The report before the newest.
    pub before: Option<(Period, &'a Status)>,
    /// How it stands with its reports.
    pub filing: Filing<'a>,
    /// Dates.
    pub schedule: ScheduleView<'a>,
    /// Money.
    pub cost: CostView,
    /// Earned value.
    pub earned: EarnedValue,
    /// Risks.
    pub exposure: Exposure<'a>,
    /// Changes that wait.
    pub undecided: Undecided,
}

impl<'a> Standing<'a> {
    /// Gathers the figures; nothing when the project's charter was not read.
    pub fn of(register: &'a Register, id: &str, day: Date) -> Option<Self> {
        let (id, shelf) = register.projects.get_key_value(id)?;
        let charter: &Project = shelf.get(&Name::Sole)?;
        let config = &register.config;
        let holidays = config.reporting.holidays.as_slice();
        let filing = calendar::filing(register, id, day)?;
        let status = filing.newest.map(|(_, status)| status);
        Some(Self {
            id,
            charter,
            shelf,
            before: filing.newest.and_then(|(period, _)| calendar::previous(register, id, period)),
            schedule: schedule::view(charter, status, day),
            cost: cost::view(charter, status),
            earned: earned_value::view(charter, shelf, filing.newest, holidays, day).for_readers_of(register),
            exposure: exposure::of(id, Some(charter), shelf, status, &config.risk),
            undecided: scope::undecided(id, charter, shelf, day, holidays),
            filing,
        })
    }

    /// The newest report that counts.
    pub fn status(&self) -> Option<&'a Status> {
        self.filing.newest.map(|(_, status)| status)
    }

    /// The period of the newest report that counts.
    pub fn period(&self) -> Option<Period> {
        self.filing.newest.map(|(period, _)| period)
    }

    /// The report before the newest.
    pub fn previous(&self) -> Option<(Period, &'a Status)> {
        self.before
    }
}
