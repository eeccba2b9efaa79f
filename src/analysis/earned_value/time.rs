//! The earned schedule, and the finish that it gives.

use rust_decimal::Decimal;

use super::absent::{Absent, Known, less, over, positive, times};
use super::curve::Curve;
use crate::model::{Date, Number};

/// The earned schedule and the actual time, in one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EarnedSchedule {
    /// The time by which the value earned so far should have been earned (ES).
    pub earned: Decimal,
    /// The time that has passed since the start (AT).
    pub actual: Decimal,
    /// The planned duration (PD).
    pub planned: Decimal,
    /// Whether they count working days; otherwise they count calendar days.
    pub in_working_days: bool,
    /// ES ÷ AT, the schedule performance index by time, SPI(t).
    pub spi_t: Decimal,
}

/// The earned schedule with what follows from it, in the unit of the curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// ES, AT, PD and SPI(t).
    pub schedule: Known<EarnedSchedule>,
    /// Schedule variance by time: SV(t) = ES − AT; negative is behind.
    pub sv_t: Known,
    /// Independent estimate of the duration: IEAC(t) = PD ÷ SPI(t).
    pub ieac_t: Known,
    /// The day on which that duration ends.
    pub finish: Known<Date>,
}

impl Time {
    /// Works out the time figures of a value earned by a day.
    ///
    /// Lipke, *Schedule is different* (2003) and *Earned Schedule* (2009): SV(t) = ES − AT, SPI(t) = ES ÷ AT,
    /// IEAC(t) = PD ÷ SPI(t). The finish is IEAC(t) after the start, at the end of the day that it falls on.
    pub fn of(curve: Known<&Curve>, earned: Known, day: Date) -> Self {
        let schedule = curve.and_then(|curve| curve.earned_schedule(earned?.0, day));
        let part = |pick: fn(&EarnedSchedule) -> Decimal| schedule.map(|known| Number(pick(&known)));
        let es = part(|known| known.earned);
        let at = part(|known| known.actual);
        // PD ÷ SPI(t) without rounding the index first: PD × AT ÷ ES.
        let earned_time = positive(es, Absent::NothingEarned, Absent::NothingEarned);
        let ieac_t = over(times(part(|known| known.planned), at), earned_time);
        let finish = curve.and_then(|curve| curve.day_at(ieac_t?));
        Self { schedule, sv_t: less(es, at), ieac_t, finish }
    }
}
