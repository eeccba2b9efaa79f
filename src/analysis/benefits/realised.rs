//! What a benefit has brought by a day, beside what was planned by then, also after its project has closed.

use iso_currency::Currency;
use rust_decimal::Decimal;

use super::gain;
use crate::analysis::cost::percent_of;
use crate::model::benefit::{BenefitKind, Point};
use crate::model::{Benefit, Date, Number};

/// What was realised of a benefit by a day; each figure only where it can be known.
#[derive(Clone, Debug, PartialEq)]
pub struct Realised<'a> {
    /// The value that was planned for the day.
    pub planned: Option<Number>,
    /// The newest measurement up to the day.
    pub measured: Option<&'a Point>,
    /// The gain at the target: what there is to be had.
    pub gain_at_target: Option<Number>,
    /// The gain that was planned by the day.
    pub gain_planned: Option<Number>,
    /// The gain that was measured.
    pub gain_measured: Option<Number>,
    /// (measured − baseline) ÷ (target − baseline) × 100; of a disbenefit the share that has come about.
    pub attainment: Option<Number>,
    /// (planned gain − measured gain) ÷ |planned gain| × 100: how far it is behind its plan, negative
    /// when ahead; nothing as long as no gain was planned yet.
    pub behind_percent: Option<Number>,
    /// The day since which a measurement is due.
    pub due_since: Option<Date>,
}

/// Works out what was realised of a benefit by a day. Measurements and plans of later days do not count.
pub fn realised(benefit: &Benefit, day: Date) -> Realised<'_> {
    let measured = latest(benefit, day);
    let value = measured.map(|point| point.value.0);
    let planned = planned(benefit, day);
    let worth = |value: Option<Decimal>| gain(benefit, value?);
    let at_target = worth(benefit.target.map(|target| target.0));
    let (of_plan, of_measurement) = (worth(planned), worth(value));
    let attainment = of_measurement.zip(at_target).and_then(|(got, all)| percent_of(got, all));
    let behind = of_plan.zip(of_measurement).filter(|(plan, _)| !plan.is_zero());
    let behind = behind.and_then(|(plan, got)| percent_of(plan.checked_sub(got)?, plan.abs()));
    Realised {
        planned: planned.map(Number),
        measured,
        gain_at_target: at_target.map(Number),
        gain_planned: of_plan.map(Number),
        gain_measured: of_measurement.map(Number),
        attainment: attainment.map(Number),
        behind_percent: behind.map(Number),
        due_since: due_since(benefit, day),
    }
}

/// The newest measurement up to the day.
fn latest(benefit: &Benefit, day: Date) -> Option<&Point> {
    benefit.measurement.iter().filter(|point| point.date <= day).max_by_key(|point| point.date)
}

/// The planned value at the end of a day.
///
/// The plan runs straight, by calendar day, from the baseline on the day `from` through the points of
/// `[[plan]]`; before it the baseline holds, after its last point that point does. A benefit without a plan
/// keeps its baseline until the day `from`, and has its target from that day on.
pub fn planned(benefit: &Benefit, day: Date) -> Option<Decimal> {
    let baseline = benefit.baseline.map(|value| value.0);
    let points = points(benefit);
    let Some((first, _)) = points.first() else {
        return if benefit.from? <= day { benefit.target.map(|target| target.0) } else { baseline };
    };
    if day < *first {
        return baseline;
    }
    let after = points.iter().position(|(date, _)| *date > day);
    let Some(after) = after else { return points.last().map(|(_, value)| *value) };
    let ((from, low), (to, high)) = (points[after - 1], points[after]);
    let rise = high.checked_sub(low)?.checked_mul(day.days_since(from).into())?;
    low.checked_add(rise.checked_div(to.days_since(from).into())?)
}

/// The points of the plan in order, with the baseline on the day `from` before them.
pub(in crate::analysis) fn points(benefit: &Benefit) -> Vec<(Date, Decimal)> {
    let mut points: Vec<_> = benefit.plan.iter().map(|point| (point.date, point.value.0)).collect();
    points.sort_by_key(|(date, _)| *date);
    points.dedup_by_key(|(date, _)| *date);
    if let (Some(from), Some(baseline), Some((first, _))) = (benefit.from, benefit.baseline, points.first())
        && from < *first
    {
        points.insert(0, (from, baseline.0));
    }
    points
}

/// The day since which a measurement is due: the newest day of the plan that has passed, or `from` where
/// there is no plan, if nothing was measured for it.
///
/// For a day of the plan counts what was measured after the day of the plan before it, or since `from`.
fn due_since(benefit: &Benefit, day: Date) -> Option<Date> {
    let mut days: Vec<Date> = benefit.plan.iter().map(|point| point.date).collect();
    if days.is_empty() {
        days.extend(benefit.from);
    }
    days.sort();
    let due = days.iter().copied().filter(|due| *due < day).max()?;
    let before = days.iter().copied().filter(|other| *other < due).max();
    let from = benefit.from.filter(|from| *from <= due);
    let counts =
        |on: Date| on <= day && before.is_none_or(|before| on > before) && from.is_none_or(|from| on >= from);
    let is_met = benefit.measurement.iter().any(|point| counts(point.date));
    (!is_met).then_some(due)
}

/// The currency of a benefit that is money: a cashable one or a disbenefit whose unit is an ISO 4217 code, alone, of a
/// year (`EUR a year`), or a piece (`EUR an invoice`) where it says how many pieces a year there are; or a cashable
/// one without a unit, whose money is the project's (`own`).
pub fn currency<'a>(benefit: &'a Benefit, own: &'a str) -> Option<&'a str> {
    let unit = benefit.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty());
    match (benefit.kind?, unit) {
        (BenefitKind::NonCashable, _) | (BenefitKind::Disbenefit, None) => None,
        (BenefitKind::Cashable, None) => Some(own),
        (_, Some(unit)) => {
            let (code, of) = unit.split_once([' ', '/']).unwrap_or((unit, ""));
            let is_counted = is_yearly(of) || benefit.times_a_year.is_some();
            Currency::from_code(code).filter(|_| is_counted).map(|currency| currency.code())
        }
    }
}

/// Whether what follows a currency says nothing, or that the amount is a year's.
fn is_yearly(words: &str) -> bool {
    let words = words.trim().to_lowercase();
    ["", "a year", "per year", "year", "yearly", "annually", "per annum", "p.a.", "pa", "/ year", "per a"]
        .contains(&words.as_str())
}

/// A gain as money: of a year, or in all where it is gained once; a gain a piece by the pieces of a year.
pub fn worth(benefit: &Benefit, gain: Decimal) -> Option<Decimal> {
    gain.checked_mul(benefit.times_a_year.map_or(Decimal::ONE, |times| times.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};

    /// A benefit from 100 to 40, with a plan on the way.
    const PLANNED: &str = "baseline = 100\ntarget = 40\nfrom = 2026-01-01\n\
        [[plan]]\ndate = 2026-12-31\nvalue = 40\n[[plan]]\ndate = 2026-07-02\nvalue = 82\n";

    fn with<T>(figures: &str, look: impl Fn(&Benefit) -> T) -> T {
        let text = format!("title = 'x'\n{figures}");
        let register = register(&[("projects/crm/benefits/B-001.toml", &text)]);
        look(register.records::<Benefit>().next().unwrap().1)
    }

    fn text(value: Option<Decimal>) -> String {
        value.map_or("·".to_owned(), |value| value.round_dp(3).normalize().to_string())
    }

    #[test]
    fn the_plan_runs_straight_from_the_baseline_through_its_points() {
        for (figures, on, expected) in [
            (PLANNED, "2025-12-31", "100"),
            (PLANNED, "2026-01-01", "100"),
            // 91 of 182 days to the first point in time, whatever the order in the file.
            (PLANNED, "2026-04-02", "91"),
            (PLANNED, "2026-07-02", "82"),
            (PLANNED, "2026-10-01", "61"),
            (PLANNED, "2031-01-01", "40"),
            ("baseline = 5\ntarget = 9\nfrom = 2026-03-01", "2026-02-28", "5"),
            ("baseline = 5\ntarget = 9\nfrom = 2026-03-01", "2026-03-01", "9"),
            ("target = 9\nfrom = 2026-03-01", "2026-02-28", "·"),
            ("baseline = 5\ntarget = 9", "2026-03-01", "·"),
            ("[[plan]]\ndate = 2026-03-01\nvalue = 3", "2026-02-01", "·"),
            ("[[plan]]\ndate = 2026-03-01\nvalue = 3", "2026-03-01", "3"),
        ] {
            assert_eq!(with(figures, |b| text(planned(b, day(on)))), expected, "{figures} on {on}");
        }
    }

    #[test]
    fn realised_is_the_newest_measurement_against_baseline_target_and_plan() {
        let measured = format!(
            "{PLANNED}[[measurement]]\ndate = 2026-07-02\nvalue = 88\n\
             [[measurement]]\ndate = 2026-06-01\nvalue = 1\n[[measurement]]\ndate = 2026-12-01\nvalue = 2\n"
        );
        let (attained, behind) = with(&measured, |b| {
            let found = realised(b, day("2026-07-02"));
            (text(found.attainment.map(|n| n.0)), text(found.behind_percent.map(|n| n.0)))
        });
        // 12 of 60 points; 6 of the 18 that were planned are missing.
        assert_eq!((attained.as_str(), behind.as_str()), ("20", "33.333"));
        with(
            "kind = 'disbenefit'\nbaseline = 0\ntarget = 24\nfrom = 2026-01-01\n[[measurement]]\ndate = 2026-06-01\nvalue = 30",
            |b| {
                let found = realised(b, day("2026-07-01"));
                assert_eq!(text(found.gain_at_target.map(|n| n.0)), "-24");
                assert_eq!(text(found.attainment.map(|n| n.0)), "125");
                assert_eq!(text(found.behind_percent.map(|n| n.0)), "25");
            },
        );
        with("target = 24\n[[measurement]]\ndate = 2026-06-01\nvalue = 30", |b| {
            let found = realised(b, day("2026-07-01"));
            assert_eq!(
                (found.attainment, found.gain_measured),
                (None, None),
                "no baseline is not a baseline of 0"
            );
        });
        with("baseline = 4\ntarget = 4\n[[measurement]]\ndate = 2026-06-01\nvalue = 4", |b| {
            assert_eq!(realised(b, day("2026-07-01")).attainment, None);
        });
    }

    #[test]
    fn a_measurement_is_due_when_a_day_of_the_plan_has_passed_unmeasured() {
        let due = |measured: &[&str], on: &str| {
            let points = measured.iter().map(|on| format!("[[measurement]]\ndate = {on}\nvalue = 1\n"));
            let figures = format!("{PLANNED}{}", points.collect::<String>());
            with(&figures, |b| due_since(b, day(on)).map(|due| due.to_string()))
        };
        assert_eq!(due(&[], "2026-07-02"), None, "the day itself has not passed");
        assert_eq!(due(&[], "2026-07-03").as_deref(), Some("2026-07-02"));
        assert_eq!(due(&["2025-12-31"], "2026-07-03").as_deref(), Some("2026-07-02"), "the baseline's");
        assert_eq!(due(&["2026-06-20"], "2026-07-03"), None, "shortly before counts");
        assert_eq!(due(&["2026-07-02"], "2027-01-01").as_deref(), Some("2026-12-31"));
        assert_eq!(due(&["2026-07-03"], "2027-01-01"), None);
        let plain = "from = 2026-03-01\ntarget = 1";
        assert_eq!(with(plain, |b| due_since(b, day("2026-03-02"))), Some(day("2026-03-01")));
        assert_eq!(with("target = 1", |b| due_since(b, day("2026-03-02"))), None);
    }

    #[test]
    fn only_what_is_money_by_kind_and_unit_is_money() {
        for (figures, expected) in [
            ("kind = 'cashable'\nunit = 'EUR'", Some("EUR")),
            ("kind = 'cashable'", Some("CHF")),
            ("kind = 'disbenefit'\nunit = 'USD'", Some("USD")),
            ("kind = 'disbenefit'", None),
            ("kind = 'cashable'\nunit = 'EUR an invoice'", None),
            ("kind = 'cashable'\nunit = 'EUR an invoice'\ntimes_a_year = 40_000", Some("EUR")),
            ("kind = 'cashable'\nunit = 'EUR a year'", Some("EUR")),
            ("kind = 'cashable'\nunit = 'USD/year'", Some("USD")),
            ("kind = 'cashable'\nunit = 'EUR a month'", None),
            ("kind = 'cashable'\nunit = 'minutes'", None),
            ("kind = 'non-cashable'\nunit = 'EUR'", None),
            ("unit = 'EUR'", None),
        ] {
            assert_eq!(
                with(figures, |b| currency(b, "CHF").map(str::to_owned)).as_deref(),
                expected,
                "{figures}"
            );
        }
    }
}
