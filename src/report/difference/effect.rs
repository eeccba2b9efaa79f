//! What all differences come to: money, finish dates, exposure, ratings.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::analysis::difference::Difference;
use crate::document::{Cell, Line};
use crate::model::{Number, Shelf};
use crate::report::ratings::Counts;
use crate::report::standing::Standing;
use crate::text;

use super::ProjectDifference;

/// What all differences come to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// Projects that are not over by their declared rating, in the first state.
    pub ratings_before: Counts,
    /// The same in the second.
    pub ratings_after: Counts,
    /// Money, by currency; the register's own comes first.
    pub money: Vec<MoneyEffect>,
    /// How many projects are forecast to finish later.
    pub later: usize,
    /// How many are forecast to finish earlier.
    pub earlier: usize,
    /// The project whose forecast slipped most.
    pub latest: Option<String>,
    /// By how many days it slipped.
    pub latest_days: Option<i64>,
}

/// Money of one currency. A difference is taken over the projects that have the figure in both states.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MoneyEffect {
    /// The currency.
    pub currency: String,
    /// By how much approved budgets differ.
    pub approved: Sum,
    /// By how much forecasts at completion differ.
    pub forecast: Sum,
    /// What open threats may cost in the first state, by chance and effect, over all projects.
    pub exposure_before: Option<Number>,
    /// The same in the second.
    pub exposure_after: Option<Number>,
    /// Approved budgets of projects that came, less those of projects that went.
    pub projects: Sum,
}

/// A sum of differences.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Default)]
pub struct Sum {
    /// The sum; nothing where it has more digits than can be kept.
    pub by: Option<Number>,
    /// Over how many projects that differ.
    pub projects: usize,
}

impl Sum {
    fn add(&mut self, by: Option<Decimal>) {
        let sum = if self.projects == 0 { Some(Decimal::ZERO) } else { self.by.map(|by| by.0) };
        self.projects += 1;
        self.by = sum.zip(by).and_then(|(sum, by)| sum.checked_add(by)).map(Number);
    }
}

/// Adds everything up. `renamed` has the ids of projects after by their ids before, `stands` the folders of
/// either state, readable or not.
pub(super) fn of(
    before: &[Standing],
    after: &[Standing],
    renamed: &BTreeMap<String, String>,
    projects: &[ProjectDifference],
    stands: [&BTreeMap<String, Shelf>; 2],
    own: &str,
) -> Effect {
    let live = |all: &[Standing]| {
        let mut counts = Counts::default();
        all.iter().filter(|one| !one.state.is_over()).for_each(|one| counts.add(one.rating.counted));
        counts
    };
    let slips = projects.iter().flat_map(|project| {
        project.differences.iter().filter_map(|one| match one {
            Difference::Finish { days, .. } => Some((*days, project.project.as_str())),
            _ => None,
        })
    });
    let slips: Vec<(i64, &str)> = slips.collect();
    let latest =
        slips.iter().filter(|(days, _)| *days > 0).max_by_key(|(days, id)| (*days, std::cmp::Reverse(*id)));
    Effect {
        ratings_before: live(before),
        ratings_after: live(after),
        money: money(before, after, renamed, stands, own),
        later: slips.iter().filter(|(days, _)| *days > 0).count(),
        earlier: slips.iter().filter(|(days, _)| *days < 0).count(),
        latest: latest.map(|(_, id)| (*id).to_owned()),
        latest_days: latest.map(|(days, _)| *days),
    }
}

fn money(
    before: &[Standing],
    after: &[Standing],
    renamed: &BTreeMap<String, String>,
    stands: [&BTreeMap<String, Shelf>; 2],
    own: &str,
) -> Vec<MoneyEffect> {
    let mut all: BTreeMap<(bool, String), MoneyEffect> = BTreeMap::new();
    let by_id: BTreeMap<&str, &Standing> = after.iter().map(|one| (one.project.as_str(), one)).collect();
    let mut left = by_id.clone();
    for was in before {
        let id = renamed.get(&was.project).unwrap_or(&was.project);
        let is = left.remove(id.as_str());
        let effect = effect_in(&mut all, &was.cost.currency, own);
        add(&mut effect.exposure_before, open_loss(was));
        let Some(is) = is else {
            // One that cannot be read any more did not go.
            if let Some(approved) = was.cost.approved.filter(|_| !stands[1].contains_key(id)) {
                effect.projects.add(Some(-approved.0));
            }
            continue;
        };
        if is.cost.currency != was.cost.currency {
            continue;
        }
        for (sum, from, to) in [
            (&mut effect.approved, was.cost.approved, is.cost.approved),
            (&mut effect.forecast, was.cost.forecast, is.cost.forecast),
        ] {
            if let (Some(from), Some(to)) = (from, to)
                && from != to
            {
                sum.add(to.0.checked_sub(from.0));
            }
        }
    }
    for is in after {
        let effect = effect_in(&mut all, &is.cost.currency, own);
        add(&mut effect.exposure_after, open_loss(is));
        if left.contains_key(is.project.as_str())
            && !stands[0].contains_key(&is.project)
            && let Some(approved) = is.cost.approved
        {
            effect.projects.add(Some(approved.0));
        }
    }
    all.into_values().collect()
}

/// What the open threats of a project that is not over may cost.
fn open_loss(one: &Standing) -> Option<Number> {
    one.expected_loss.filter(|_| !one.state.is_over())
}

fn effect_in<'a>(
    all: &'a mut BTreeMap<(bool, String), MoneyEffect>,
    currency: &str,
    own: &str,
) -> &'a mut MoneyEffect {
    all.entry((currency != own, currency.to_owned())).or_insert_with(|| MoneyEffect {
        currency: currency.to_owned(),
        approved: Sum::default(),
        forecast: Sum::default(),
        exposure_before: None,
        exposure_after: None,
        projects: Sum::default(),
    })
}

fn add(sum: &mut Option<Number>, value: Option<Number>) {
    let Some(value) = value else { return };
    *sum = Some(Number(sum.map_or(value.0, |sum| sum.0.saturating_add(value.0))));
}

impl Effect {
    /// The effect in a line: `forecast +0.21 M EUR in 3 projects · red 2 → 3 · exposure 1.31 M → 1.46 M EUR`.
    pub(super) fn line(&self) -> Line {
        let mut line = Line::new();
        for money in &self.money {
            let sums = [
                ("forecast cost", &money.forecast),
                ("budgets", &money.approved),
                ("budgets of projects that came and went", &money.projects),
            ];
            for (what, sum) in sums.into_iter().filter(|(_, sum)| sum.projects > 0) {
                let by = Cell::of(sum.by, |by| Cell::money_change(by.0, &money.currency));
                line = line.dot().text(format!("{what} ")).value(by);
                if !what.ends_with("went") {
                    line = line.text(format!(" in {}", text::count(sum.projects, "project")));
                }
            }
            let (from, to) = (money.exposure_before, money.exposure_after);
            if from != to {
                let value = |amount: Option<Number>, currency: &str| {
                    Cell::of(amount, |amount| Cell::money(amount.0, currency))
                };
                line = line.dot().text("exposure ").value(value(from, ""));
                line = line.text("\u{a0}→\u{a0}").value(value(to, &money.currency));
            }
        }
        let (before, after) = (&self.ratings_before, &self.ratings_after);
        let counts = [
            ("red", before.red, after.red),
            ("amber", before.amber, after.amber),
            ("green", before.green, after.green),
        ];
        for (word, from, to) in counts.into_iter().filter(|(_, from, to)| from != to) {
            line = line.dot().text(format!("{word}\u{a0}{from}\u{a0}→\u{a0}{to}"));
        }
        if self.later > 0 {
            let verb = if self.later == 1 { "finishes" } else { "finish" };
            line = line.dot().text(format!("{} {verb} later", text::count(self.later, "project")));
            if let (Some(id), Some(days)) = (&self.latest, self.latest_days) {
                line = line.text(format!(" ({id} ")).value(Cell::Days(days)).text("\u{a0}d)");
            }
        }
        if self.earlier > 0 {
            let verb = if self.earlier == 1 { "finishes" } else { "finish" };
            line = line.dot().text(format!("{} {verb} earlier", text::count(self.earlier, "project")));
        }
        line
    }
}
