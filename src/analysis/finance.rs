//! Budget control: what is agreed, drawn, committed, spent and expected; fiscal years; run rate.

mod years;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::earned_value::{Absent, Known, SpentFrom, original_budget};
use super::standing::Standing;
use super::{calendar, cost};
use crate::model::change::ChangeState;
use crate::model::number::{Amount, Money};
use crate::model::{Actuals, Change, Date, Number, Project, Register, Status};

pub use years::{FiscalYear, Year, years};

/// The days of an average month: 365.25 ÷ 12.
const MONTH: Decimal = Decimal::from_parts(304_375, 0, 0, false, 4);

/// How many months, or days, the run rate looks back.
const MONTHS_BACK: usize = 3;
const DAYS_BACK: i64 = 90;

/// The money of a project in the year of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct FinanceView {
    /// The currency of the amounts.
    pub currency: String,
    /// The day for which the figures hold.
    pub date: Date,
    /// The budget that it first had, where it was another.
    pub original: Option<Money>,
    /// The budget at completion.
    pub approved: Option<Money>,
    /// What approved changes add to the cost, those that the budget holds already included.
    pub changes: Option<Money>,
    /// The project's own reserve, for known risks.
    pub contingency: Reserve,
    /// The organisation's reserve for the project.
    pub management_reserve: Reserve,
    /// Ordered and not yet booked, at the end of the newest month that says so.
    pub committed: Option<Money>,
    /// Spent to date.
    pub actual: Option<Money>,
    /// Where that comes from.
    pub spent_from: Option<SpentFrom>,
    /// The cost at completion that the manager expects.
    pub forecast: Option<Money>,
    /// Forecast − budget.
    pub variance: Option<Money>,
    /// The variance in percent of the budget.
    pub variance_percent: Option<Number>,
    /// The share of the fiscal year.
    pub year: Year,
    /// What is spent in a month: the mean of the newest three booked months, else what the reports of about
    /// ninety days say.
    pub run_rate: Known,
    /// For how many months the budget lasts at that rate: (BAC − AC) ÷ run rate.
    pub months_left: Known,
    /// The budget and what was booked, by category of cost.
    pub categories: BTreeMap<String, Category>,
}

/// A reserve and what was drawn of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Reserve {
    /// What is agreed.
    pub agreed: Option<Money>,
    /// What was drawn to date.
    pub drawn: Option<Money>,
    /// What is left: agreed − drawn; nothing drawn where the report does not say.
    pub left: Option<Money>,
}

impl Reserve {
    fn new(agreed: Option<Amount>, drawn: Option<Money>) -> Self {
        let agreed = agreed.map(Number::from);
        let left = agreed.and_then(|all| all.0.checked_sub(drawn.unwrap_or_default().0)).map(Number);
        Self { agreed, drawn, left }
    }

    /// The contingency and the management reserve of a project, as its newest report draws on them.
    pub fn both(charter: &Project, status: Option<&Status>) -> [Self; 2] {
        let budget = &charter.budget;
        [
            Self::new(budget.contingency, status.and_then(|status| status.contingency_drawn)),
            Self::new(budget.management_reserve, status.and_then(|status| status.reserve_drawn)),
        ]
    }
}

/// A category of cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Category {
    /// What is agreed for it.
    pub approved: Option<Money>,
    /// What was booked on it.
    pub actual: Option<Money>,
    /// Ordered and not yet booked, at the end of the newest month that says so.
    pub committed: Option<Money>,
    /// The cost at completion that the manager expects of it.
    pub forecast: Option<Money>,
}

impl Category {
    /// Forecast − approved, where both are known.
    pub fn variance(&self) -> Option<Money> {
        let (approved, forecast) = self.approved.zip(self.forecast)?;
        forecast.0.checked_sub(approved.0).map(Number)
    }
}

/// Works out the money of a project on a day; nothing when its charter was not read.
pub fn view(register: &Register, id: &str, day: Date) -> Option<FinanceView> {
    let at = Standing::of(register, id, day)?;
    let (charter, status) = (at.charter, at.status());
    let date = at.earned.date;
    let [contingency, management_reserve] = Reserve::both(charter, status);
    let run_rate = run_rate(&at, day);
    let unspent = at.earned.basis.bac.and_then(|bac| minus(bac, at.earned.basis.ac?)).and_then(above_zero);
    let months_left = unspent.and_then(|left| {
        let rate = run_rate
            .and_then(|rate| if rate.0 > Decimal::ZERO { Ok(rate) } else { Err(Absent::NothingSpent) })?;
        left.0.checked_div(rate.0).map(Number).ok_or(Absent::TooLarge)
    });
    Some(FinanceView {
        currency: cost::currency(register, charter).to_owned(),
        date,
        original: original_budget(charter),
        approved: charter.budget.approved.map(Number::from),
        changes: changes(&at),
        contingency,
        management_reserve,
        committed: months(&at, date).filter_map(|(_, month)| month.total_committed()).last(),
        actual: at.earned.spent.map(|spent| spent.value),
        spent_from: at.earned.spent.map(|spent| spent.from),
        forecast: at.cost.forecast,
        variance: at.cost.variance,
        variance_percent: at.cost.percent,
        year: years::of_day(register, &at, day),
        run_rate,
        months_left,
        categories: categories(&at, date),
    })
}

fn minus(from: Number, what: Number) -> Known {
    from.0.checked_sub(what.0).map(Number).ok_or(Absent::TooLarge)
}

fn above_zero(left: Number) -> Known {
    if left.0 > Decimal::ZERO { Ok(left) } else { Err(Absent::BudgetSpent) }
}

/// The booked months begun by a date, oldest first.
fn months<'a>(at: &Standing<'a>, date: Date) -> impl Iterator<Item = (Date, &'a Actuals)> {
    let all = at.shelf.series::<Actuals>().map(|(period, month)| (period.first(), month));
    all.filter(move |(first, _)| *first <= date)
}

/// The reported costs to date with their days, oldest first.
fn reported(at: &Standing<'_>, day: Date) -> Vec<(Date, Number)> {
    let until = at.earned.date;
    at.shelf
        .series::<Status>()
        .filter(|(period, _)| period.first() <= day)
        .filter_map(|(period, status)| Some((calendar::data_date(period, status, day), status.actual_cost?)))
        .filter(|(date, _)| *date <= until)
        .collect()
}

fn changes(at: &Standing<'_>) -> Option<Money> {
    let approved = at.shelf.records::<Change>().filter(|(_, change)| change.state == ChangeState::Approved);
    let costs = approved.filter_map(|(_, change)| change.effect.cost);
    costs.map(|cost| cost.0).reduce(Decimal::saturating_add).map(Number)
}

fn categories(at: &Standing<'_>, date: Date) -> BTreeMap<String, Category> {
    let mut all: BTreeMap<String, Category> = BTreeMap::new();
    let add = |sum: &mut Option<Money>, more: Number| {
        *sum = Some(Number(sum.unwrap_or_default().0.saturating_add(more.0)));
    };
    for line in &at.charter.cost {
        let category = all.entry(line.category.clone()).or_default();
        if let Some(approved) = line.approved {
            add(&mut category.approved, approved.into());
        }
    }
    for (_, month) in months(at, date) {
        for (name, booked) in &month.category {
            add(&mut all.entry(name.clone()).or_default().actual, *booked);
        }
    }
    // As of the whole: the newest month that says so, and what that month does not name is not known.
    let ordered = months(at, date).filter(|(_, month)| !month.committed_by_category.is_empty()).last();
    for (name, committed) in ordered.iter().flat_map(|(_, month)| &month.committed_by_category) {
        all.entry(name.clone()).or_default().committed = Some(*committed);
    }
    for (name, forecast) in at.status().iter().flat_map(|status| &status.forecast_by_category) {
        all.entry(name.clone()).or_default().forecast = Some(*forecast);
    }
    all
}

fn run_rate(at: &Standing<'_>, day: Date) -> Known {
    let date = at.earned.date;
    if at.earned.spent.is_some_and(|spent| spent.from == SpentFrom::Booked) {
        let totals: Vec<Decimal> =
            months(at, date).filter_map(|(_, month)| month.total()).map(|m| m.0).collect();
        let newest = &totals[totals.len().saturating_sub(MONTHS_BACK)..];
        let sum = newest.iter().try_fold(Decimal::ZERO, |sum, month| sum.checked_add(*month));
        return sum.and_then(|sum| sum.checked_div(newest.len().into())).map(Number).ok_or(Absent::NoCost);
    }
    let now = at.earned.basis.ac?;
    let reports = reported(at, day);
    let back = date.plus_days(-DAYS_BACK);
    let (then, cost) = reports
        .iter()
        .rfind(|(date, _)| *date <= back)
        .or_else(|| reports.iter().find(|(then, _)| date.days_since(*then) >= DAYS_BACK / MONTHS_BACK as i64))
        .ok_or(Absent::NoEarlierCost)?;
    let spent = minus(now, *cost)?;
    let rate = spent.0.checked_mul(MONTH).and_then(|month| month.checked_div(date.days_since(*then).into()));
    rate.map(Number).ok_or(Absent::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{day, register};

    const CHARTER: &str =
        "name = 'C'\nmanager = 'j'\nstate = 'active'\nschedule = { start = 2025-10-01, finish = 2027-03-31 }
budget = { approved = 1800, contingency = 100, management_reserve = 50 }
planned_value = [{ date = 2025-12-31, value = 300 }, { date = 2026-12-31, value = 1500 }]
cost = [{ category = 'internal', approved = 1000 }, { category = 'external', approved = 800 }]\n";

    fn view_of(files: &[(&str, &str)]) -> FinanceView {
        let mut all = vec![("projects/crm/project.toml", CHARTER)];
        all.extend(files);
        view(&register(&all), "crm", day("2026-11-20")).unwrap()
    }

    const REPORT: &str = "summary = 'x'\nrag.overall = 'green'\n";

    #[test]
    fn the_year_takes_its_share_of_plan_cost_and_forecast() {
        let old = format!("{REPORT}date = 2025-12-26\nactual_cost = 280\n");
        let summer = format!("{REPORT}date = 2026-08-20\nactual_cost = 900\n");
        let now = format!(
            "{REPORT}date = 2026-11-20\npercent_complete = 70\nactual_cost = 1200\nforecast_cost = 1855\n\
             forecast_finish = 2027-03-31\ncontingency_drawn = 30\n"
        );
        let view = view_of(&[
            ("projects/crm/status/2025-W52.toml", &old),
            ("projects/crm/status/2026-W34.toml", &summer),
            ("projects/crm/status/2026-W47.toml", &now),
        ]);
        assert_eq!((view.contingency.left, view.variance), (Some(70.into()), Some(55.into())));
        assert_eq!(
            view.management_reserve,
            Reserve { agreed: Some(50.into()), drawn: None, left: Some(50.into()) }
        );
        // PV 1,500 − 300; cost 1,200 − 280; of 655 to go in 131 days 41 days fall into 2026: 205.
        assert_eq!(view.year.baseline, Ok(1200.into()));
        assert_eq!((view.year.actual, view.year.forecast), (Ok(920.into()), Ok(1125.into())));
        // 300 in 92 days: 300 × 30.4375 ÷ 92 = 99.25 a month; 600 left last 6.05 months.
        assert_eq!(view.run_rate.unwrap().0.round_dp(2).to_string(), "99.25");
        assert_eq!(view.months_left.unwrap().0.round_dp(2).to_string(), "6.05");
    }

    #[test]
    fn booked_months_go_before_reports_and_have_categories() {
        let now = format!("{REPORT}date = 2026-11-20\nactual_cost = 999\nforecast_cost = 1700\n");
        let view = view_of(&[
            ("projects/crm/status/2026-W47.toml", &now),
            ("projects/crm/actuals/2025-12.toml", "cost = 200"),
            ("projects/crm/actuals/2026-09.toml", "cost = 100\ncategory = { internal = 60, external = 40 }"),
            (
                "projects/crm/actuals/2026-10.toml",
                "cost = 300\ncommitted = 70\ncategory = { internal = 300 }",
            ),
            ("projects/crm/actuals/2026-11.toml", "cost = -10\ncategory = { travel = -10 }"),
            ("projects/crm/changes/C-001.toml", "title = 'a'\nstate = 'approved'\neffect.cost = 40"),
            ("projects/crm/changes/C-002.toml", "title = 'b'\nstate = 'submitted'\neffect.cost = 500"),
        ]);
        assert_eq!((view.actual, view.year.actual), (Some(590.into()), Ok(390.into())));
        assert_eq!((view.run_rate, view.changes), (Ok(130.into()), Some(40.into())));
        assert_eq!(view.committed, Some(70.into()));
        let none = Category::default();
        let internal = Category { approved: Some(1000.into()), actual: Some(360.into()), ..none };
        assert_eq!(view.categories["internal"], internal);
        assert_eq!(view.categories["travel"], Category { actual: Some((-10).into()), ..none });
    }

    #[test]
    fn categories_have_what_is_committed_and_expected_too() {
        let now = format!(
            "{REPORT}date = 2026-11-20\nforecast_cost = 1900\nreserve_drawn = 20\n\
             forecast_by_category = {{ internal = 1050, travel = 15 }}\n"
        );
        let view = view_of(&[
            ("projects/crm/status/2026-W47.toml", &now),
            ("projects/crm/actuals/2026-09.toml", "cost = 10\ncommitted_by_category = { internal = 99 }"),
            (
                "projects/crm/actuals/2026-10.toml",
                "cost = 10\ncommitted_by_category = { external = 40, travel = 2 }",
            ),
        ]);
        assert_eq!(view.committed, Some(42.into()));
        let of = |name: &str| view.categories[name];
        assert_eq!((of("internal").committed, of("external").committed), (None, Some(40.into())));
        assert_eq!((of("internal").variance(), of("external").variance()), (Some(50.into()), None));
        assert_eq!((of("travel").approved, of("travel").forecast), (None, Some(15.into())));
        assert_eq!(view.management_reserve.left, Some(30.into()));
    }

    #[test]
    fn every_fiscal_year_has_its_plan_cost_and_forecast_and_they_add_up() {
        let old = format!("{REPORT}date = 2025-12-31\nactual_cost = 280\n");
        let now = format!(
            "{REPORT}date = 2026-12-21\npercent_complete = 70\nactual_cost = 1200\nforecast_cost = 1855\n\
             forecast_finish = 2027-03-31\n"
        );
        let files = [
            ("projects/crm/project.toml", CHARTER),
            ("projects/crm/status/2026-W01.toml", old.as_str()),
            ("projects/crm/status/2026-W52.toml", now.as_str()),
        ];
        let register = register(&files);
        let at = Standing::of(&register, "crm", day("2026-12-22")).unwrap();
        let all = years(&register, &at, day("2026-12-22"));
        let names: Vec<_> = all.iter().map(|year| year.name.as_str()).collect();
        assert_eq!(names, ["2025", "2026", "2027"]);
        // Of 655 to go in 100 days the last ten of December are 65.5.
        let told: Vec<_> = all.iter().map(|year| (year.figures.baseline, year.figures.actual)).collect();
        let amount = |amount: i64| Ok(Number::from(amount));
        let ahead = Err(Absent::YearAhead);
        assert_eq!(told, [(amount(300), amount(280)), (amount(1200), amount(920)), (amount(300), ahead)]);
        let forecasts: Vec<Decimal> = all.iter().map(|year| year.figures.forecast.unwrap().0).collect();
        assert_eq!(forecasts, [280.into(), Decimal::new(9855, 1), Decimal::new(5895, 1)]);
        assert_eq!(forecasts.iter().sum::<Decimal>(), 1855.into(), "the forecast at completion");
    }

    #[test]
    fn what_cannot_be_known_says_why() {
        let now = format!("{REPORT}date = 2026-11-20\nactual_cost = 1900\n");
        let view = view_of(&[("projects/crm/status/2026-W47.toml", &now)]);
        assert_eq!(
            view.year.actual,
            Err(Absent::NoEarlierCost),
            "it began before the year, and no report says with what"
        );
        assert_eq!((view.run_rate, view.months_left), (Err(Absent::NoEarlierCost), Err(Absent::BudgetSpent)));
        let view = view_of(&[]);
        assert_eq!((view.actual, view.year.forecast), (None, Err(Absent::NoCost)));
    }
}
