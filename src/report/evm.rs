//! Earned value: over the portfolio, and of one project with every figure, its formula and its source.

mod figures;
mod page;
mod sheet;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::earned_value::total::Total;
use crate::analysis::earned_value::{
    Absent, Basis, EarnedFrom, EarnedValue, Indices, PlannedFrom, SpentFrom, original_budget,
};
use crate::analysis::finance::Reserve;
use crate::analysis::standing::Standing as Analysed;
use crate::document::Document;
use crate::model::audience::{Section, Withhold};
use crate::model::finance::minor_units;
use crate::model::{Date, Number, Period, Register, Reports, Scope};

use super::converted::Converted;
use super::head::{Asked, Head};
use super::incomplete::Incomplete;
use super::selection::{GroupBy, Grouping, Sort};
use super::standing::{self, Standing};

pub use figures::Figures;

/// Earned value over the portfolio.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evm {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What was asked for.
    pub options: Grouping,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// How many projects are not listed.
    pub left_out: usize,
    /// The sums over all listed projects, by currency.
    pub totals: Vec<CurrencyTotal>,
    /// The sums over all currencies in the register's own, where there are several.
    pub converted: Option<Converted<CurrencyTotal>>,
    /// The sums of each group, by currency.
    pub groups: Vec<Group>,
    /// The listed projects, in order.
    pub projects: Vec<EvmLine>,
}

/// The sums over projects of one currency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CurrencyTotal {
    /// The currency.
    pub currency: String,
    /// The sums.
    #[serde(flatten)]
    pub total: Total,
}

/// The sums of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// What the group is called.
    pub title: String,
    /// Its sums, by currency.
    pub totals: Vec<CurrencyTotal>,
}

/// The figures of one project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvmLine {
    /// The project's id.
    pub project: String,
    /// What people call it.
    pub name: String,
    /// The manager's id.
    pub manager: String,
    /// The manager's name.
    pub manager_name: String,
    /// The programme's id.
    pub programme: Option<String>,
    /// The division that owns it.
    pub division: Option<String>,
    /// The currency of the amounts.
    pub currency: String,
    /// The period of the newest report that counts.
    pub report: Option<Period>,
    /// The day for which the figures hold.
    pub date: Date,
    /// Work done in percent of the budget, or as reported where there is none.
    pub percent_done: Option<Number>,
    /// The budget that it first had, where it was another.
    pub original_budget: Option<Number>,
    /// The agreed finish.
    pub finish_baseline: Option<Date>,
    /// The finish that the manager expects.
    pub finish_forecast: Option<Date>,
    /// Where planned value, earned value and actual cost come from.
    pub sources: LineSources,
    /// The figures by their names; one that does not exist is null.
    pub figures: Figures,
    /// Why, for each figure that does not exist.
    pub absent: BTreeMap<&'static str, Absent>,
    #[serde(skip)]
    standing: Standing,
    #[serde(skip)]
    earned: EarnedValue,
}

/// Where the figures of one project come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LineSources {
    /// The planned value.
    pub planned: Option<PlannedFrom>,
    /// The earned value.
    pub earned: Option<EarnedFrom>,
    /// The actual cost.
    pub spent: Option<SpentFrom>,
    /// In which days the earned schedule is counted.
    pub time_unit: Option<&'static str>,
}

/// Earned value of one project, every figure with its formula and source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvmSheet {
    /// What it is, of which day, from which source.
    #[serde(flatten)]
    pub head: Head,
    /// What could not be used.
    pub incomplete: Incomplete,
    /// The figures.
    #[serde(flatten)]
    pub line: EvmLine,
    /// The contingency, which BAC does not hold, and what was drawn of it.
    pub contingency: Reserve,
    /// The management reserve likewise.
    pub management_reserve: Reserve,
}

/// What the report reads: charters, the newest two reports, booked costs, and what ratings follow from.
pub fn scope(asked: &Asked) -> Scope {
    let kinds =
        ["project", "programme", "person", "risk", "change", "benefit", "actuals", "programme-status"];
    Scope::kinds(&kinds).with_reports(Reports::Newest(2)).on(asked.day)
}

/// What the sheet of one project reads.
pub fn scope_of(project: &str, asked: &Asked) -> Scope {
    Scope { projects: Some([project.to_owned()].into()), ..scope(asked) }
}

/// Makes the report over the portfolio.
pub fn evm(register: &Register, asked: &Asked, options: Grouping) -> Evm {
    let head = Head::new("evm", register, asked);
    let all = standing::gather_all(register, asked.day);
    let before = all.len();
    let kept = all.into_iter().filter(|standing| options.selection.keeps(standing));
    let mut projects: Vec<EvmLine> =
        kept.filter_map(|standing| line(register, standing, &head, asked.day)).collect();
    projects.sort_by(|a, b| {
        let group = |line: &EvmLine| options.group_by.map(|by| by.title(&line.standing));
        group(a).cmp(&group(b)).then_with(|| Sort::Project.compare(&a.standing, &b.standing))
    });
    let totals = totals(projects.iter(), &head.currency);
    let converted = (totals.len() > 1).then(|| {
        Converted::of(register, asked.day, |conversion| {
            let mut total = Total::default();
            for line in &projects {
                total.add_at(&line.earned, conversion.rate(&line.currency));
            }
            let currency = head.currency.clone();
            CurrencyTotal { total: total.rounded(minor_units(&currency)), currency }
        })
    });
    let groups = options.group_by.map(|by| groups(&projects, by, &head.currency)).unwrap_or_default();
    let left_out = before - projects.len();
    if !head.shows(Section::Projects) {
        projects.clear();
    }
    let incomplete = Incomplete::of(register, &scope(asked));
    Evm { head, options, incomplete, left_out, totals, converted, groups, projects }
}

/// Makes the sheet of one project; nothing when it has no charter that could be read.
pub fn sheet(register: &Register, id: &str, asked: &Asked) -> Option<EvmSheet> {
    let head = Head::new("evm-project", register, asked).in_its_own_currency();
    let line = line(register, standing::gather(register, id, asked.day)?, &head, asked.day)?;
    let incomplete = Incomplete::of(register, &scope_of(id, asked));
    let at = Analysed::of(register, id, asked.day)?;
    let [contingency, management_reserve] = Reserve::both(register.project(id)?, at.status());
    Some(EvmSheet { head, incomplete, line, contingency, management_reserve })
}

fn line(register: &Register, mut standing: Standing, head: &Head, day: Date) -> Option<EvmLine> {
    let analysed = Analysed::of(register, &standing.project, day)?;
    let mut earned = analysed.earned;
    if head.withholds(Withhold::Money) {
        let none = Err(Absent::Withheld);
        earned.basis = Basis { bac: none, pv: none, ev: none, ac: none, own: none };
        earned.indices = Indices::of(&earned.basis);
    }
    standing.keep(head);
    let figures = Figures::of(&earned);
    Some(EvmLine {
        project: standing.project.clone(),
        name: standing.name.clone(),
        manager: standing.manager.clone(),
        manager_name: standing.manager_name.clone(),
        programme: standing.programme.clone(),
        division: standing.division.clone(),
        currency: standing.cost.currency.clone(),
        report: standing.report.newest,
        date: earned.date,
        percent_done: earned.percent_done,
        original_budget: original_budget(analysed.charter),
        finish_baseline: standing.finish.baseline,
        finish_forecast: standing.finish.forecast,
        sources: LineSources {
            planned: earned.curve,
            earned: earned.earned.map(|figure| figure.from),
            spent: earned.spent.map(|figure| figure.from),
            time_unit: earned.time.schedule.ok().map(|time| match time.in_working_days {
                true => "working days",
                false => "calendar days",
            }),
        },
        absent: figures.absent(),
        figures,
        standing,
        earned,
    })
}

/// The sums by currency; the register's own comes first.
fn totals<'a>(lines: impl Iterator<Item = &'a EvmLine>, own: &str) -> Vec<CurrencyTotal> {
    let mut by_currency: BTreeMap<(bool, &str), Total> = BTreeMap::new();
    for line in lines {
        by_currency.entry((line.currency != own, &line.currency)).or_default().add(&line.earned);
    }
    let total = |((_, currency), total): ((bool, &str), Total)| CurrencyTotal {
        currency: currency.to_owned(),
        total,
    };
    by_currency.into_iter().map(total).collect()
}

/// The sums of each group; the lines are in the order of their groups.
fn groups(lines: &[EvmLine], by: GroupBy, own: &str) -> Vec<Group> {
    lines
        .chunk_by(|a, b| by.title(&a.standing) == by.title(&b.standing))
        .map(|chunk| Group { title: by.title(&chunk[0].standing).1, totals: totals(chunk.iter(), own) })
        .collect()
}

impl Evm {
    /// The report as a page.
    pub fn page(&self) -> Document {
        page::page(self)
    }
}

impl EvmSheet {
    /// The sheet as a page.
    pub fn page(&self) -> Document {
        sheet::page(self)
    }
}
