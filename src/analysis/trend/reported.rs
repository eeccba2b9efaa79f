//! What the status reports of one project say, period by period.

use crate::model::lifecycle::ProjectState;
use crate::model::{
    Cadence, Config, Date, Name, Number, Period, Project, Register, Reports, Shelf, Slot, Status,
};

use super::super::calendar::{self, Terms};
use super::super::{agreed, schedule};
use super::{By, Entry, Member, Reading, Reported};

/// How many reports of each project have to be read for so many periods: more where projects may report more
/// often than the register, and one before them.
pub fn reports_of(config: &Config, periods: usize) -> Reports {
    let each = match config.reporting.cadence {
        Cadence::Weekly => 1,
        Cadence::Fortnightly => 2,
        Cadence::Monthly => 5,
        Cadence::Quarterly => 14,
    };
    Reports::Newest(periods.saturating_mul(each).saturating_add(1))
}

/// What a project's reports say for each of these periods; nothing for those in which it was not under way.
///
/// In a period the newest report counts that was there by its end (or by the day): of that period or an earlier
/// one, or of a longer one whose figures hold for a day in it. What was agreed is the baseline in force then.
/// Which reports were due in the past follows from the project's terms as they are now.
pub fn reported(register: &Register, id: &str, periods: &[Period], by: Option<By>, day: Date) -> Vec<Entry> {
    let Some((charter, shelf)) = register.project(id).zip(register.projects.get(id)) else {
        return Vec::new();
    };
    let project = Reporter {
        charter,
        shelf,
        terms: calendar::terms_of(register, id),
        begins: begins(charter, shelf),
        day,
    };
    let member = Member::of(register, charter, by);
    let mut found = Vec::new();
    for (at, period) in periods.iter().enumerate() {
        if project.is_under_way(*period) {
            let reading = Reading::Reported(project.read(*period));
            found.push(Entry { member: member.clone(), at, reading });
        }
    }
    found
}

/// The first day on which a project counts: its start, or that of its first report's period, whichever is earlier.
fn begins(charter: &Project, shelf: &Shelf) -> Option<Date> {
    let first = calendar::periods(shelf).next().map(Period::first);
    let has_begun = !matches!(charter.state, ProjectState::Proposed | ProjectState::Approved);
    let start = charter.started_on.or(charter.schedule.start).filter(|_| has_begun);
    start.into_iter().chain(first).min()
}

struct Reporter<'a> {
    charter: &'a Project,
    shelf: &'a Shelf,
    terms: Terms<'a>,
    begins: Option<Date>,
    day: Date,
}

impl Reporter<'_> {
    /// Whether the project had begun by the end of the period and was not over before it began.
    fn is_under_way(&self, period: Period) -> bool {
        let ended = match (self.charter.state.is_over(), self.charter.closed_on) {
            (false, _) => None,
            (true, Some(closed)) => Some(closed),
            // Nobody wrote down when it ended: with its last report, as far as anybody knows.
            (true, None) => {
                Some(calendar::periods(self.shelf).next_back().map_or(period.first(), Period::last))
            }
        };
        let has_begun = match self.begins {
            Some(begins) => begins <= period.last(),
            None => self.terms.reports(),
        };
        has_begun && ended.is_none_or(|ended| period.first() <= ended)
    }

    fn read(&self, period: Period) -> Reported {
        let until = period.last().min(self.day);
        let (owed, filed) = self.filing(period);
        let status = self.newest(period, until);
        let agreed = agreed::on(self.charter, until);
        let forecast = status.and_then(|status| status.forecast_finish);
        let ended = self.charter.closed_on.filter(|closed| self.charter.state.is_over() && *closed <= until);
        let finish = match ended {
            Some(_) if self.charter.state == ProjectState::Terminated => None,
            Some(closed) => Some(closed),
            None => schedule::expected(forecast, agreed.finish, until),
        };
        Reported {
            owed,
            filed,
            is_silent: owed > 0 && filed == 0,
            rag: status.map(|status| status.rag.overall),
            done: status.and_then(|status| status.progress()).map(|done| done.0),
            slip: finish.zip(agreed.finish).map(|(finish, agreed)| finish.days_since(agreed)),
            forecast: status.and_then(|status| status.forecast_cost),
            budget: agreed.budget.map(|budget| Number(budget.0)),
        }
    }

    fn newest(&self, period: Period, until: Date) -> Option<&Status> {
        let was_there = |own: Period, status: &Status| {
            own <= period || (own.first() <= until && status.date.is_some_and(|date| date <= until))
        };
        let mut reports = self.shelf.series::<Status>();
        reports
            .rfind(|(own, status)| was_there(*own, status) && !self.terms.is_off(self.shelf, *own))
            .map(|(_, status)| status)
    }

    /// How many reports were due in the period, and how many of those are there.
    ///
    /// A project that owes none now, and is not over, may have owed some once: nobody knows, so only those that
    /// are there count.
    fn filing(&self, period: Period) -> (usize, usize) {
        let first = self.begins.map(|begins| {
            let own = self.terms.current(begins);
            if self.terms.deadline(own) < begins { own.next() } else { own }
        });
        let is_over = self.charter.state.is_over();
        let owes = self.terms.reports() || is_over;
        let mut own = self.terms.current(period.first());
        let (mut owed, mut filed) = (0, 0);
        while self.terms.deadline(own) <= period.last().min(self.day) {
            let deadline = self.terms.deadline(own);
            let is_there =
                matches!(self.shelf.slot("status", &Name::Period(own)), Some(Slot::Read(_) | Slot::Unread));
            let was_over = is_over && self.charter.closed_on.is_none_or(|closed| closed < deadline);
            let is_due = owes && !was_over && first.is_none_or(|first| first <= own);
            if deadline >= period.first() && (is_due || is_there) {
                owed += 1;
                filed += usize::from(is_there);
            }
            own = own.next();
        }
        (owed, filed)
    }
}
