//! Earned value over several projects, of one currency or at rates of exchange.
//!
//! Totals are sums of the parts. An index is the quotient of two sums over the projects that have both sides,
//! never an average of indices; each says over how many projects it was taken. Time is not added up: the
//! earned schedule of several projects has no meaning.

use std::collections::BTreeMap;

use serde::Serialize;

use super::absent::Known;
use super::{Basis, EarnedFrom, EarnedValue, Estimate, Indices, PlannedFrom, SpentFrom};
use crate::analysis::sum::Sum;
use crate::model::Number;

/// A quotient of two sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Ratio {
    /// The quotient; nothing where nothing was added or the lower sum is not more than zero.
    pub value: Option<Number>,
    /// How many projects have both sides.
    pub counted: usize,
    /// How many lack one.
    pub missing: usize,
    #[serde(skip)]
    over: Sum,
    #[serde(skip)]
    under: Sum,
}

/// The sums of one way to estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct EstimateSum {
    /// Estimates at completion.
    pub eac: Sum,
    /// Estimates to complete.
    pub etc: Sum,
    /// Variances at completion.
    pub vac: Sum,
}

/// How many projects use each source.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Sources {
    /// Of the planned value.
    pub planned: BTreeMap<PlannedFrom, usize>,
    /// Of the earned value.
    pub earned: BTreeMap<EarnedFrom, usize>,
    /// Of the actual cost.
    pub spent: BTreeMap<SpentFrom, usize>,
}

impl Sources {
    /// Whether a sum adds up figures that were found in different ways.
    pub fn is_mixed(&self) -> bool {
        self.planned.len() > 1 || self.earned.len() > 1 || self.spent.len() > 1
    }
}

/// The figures of several projects of one currency.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Total {
    /// How many projects.
    pub projects: usize,
    /// Budgets at completion.
    pub bac: Sum,
    /// Planned values.
    pub pv: Sum,
    /// Earned values.
    pub ev: Sum,
    /// Actual costs.
    pub ac: Sum,
    /// Schedule variances.
    pub sv: Sum,
    /// Cost variances.
    pub cv: Sum,
    /// Σ EV ÷ Σ PV.
    pub spi: Ratio,
    /// Σ EV ÷ Σ AC.
    pub cpi: Ratio,
    /// By BAC ÷ CPI.
    pub by_cpi: EstimateSum,
    /// With the rest at budget.
    pub at_budget: EstimateSum,
    /// By CPI × SPI.
    pub by_cpi_and_spi: EstimateSum,
    /// The managers' own.
    pub own: EstimateSum,
    /// Σ (BAC − EV) ÷ Σ (BAC − AC).
    pub tcpi_bac: Ratio,
    /// Σ (BAC − EV) ÷ Σ (EAC − AC), with the managers' own EAC.
    pub tcpi_eac: Ratio,
    /// How many projects use each source.
    pub sources: Sources,
}

impl Total {
    /// Adds up the figures of several projects.
    pub fn of<'a>(projects: impl IntoIterator<Item = &'a EarnedValue>) -> Self {
        let mut total = Self::default();
        projects.into_iter().for_each(|project| total.add(project));
        total
    }

    /// Adds the figures of one project.
    pub fn add(&mut self, project: &EarnedValue) {
        self.add_figures(&project.basis, &project.indices);
        self.add_sources(project);
    }

    /// Adds the figures of one project at a rate of exchange; without one it is only counted.
    pub fn add_at(&mut self, project: &EarnedValue, rate: Option<Number>) {
        let basis = project.basis.at(rate);
        self.add_figures(&basis, &Indices::of(&basis));
        if rate.is_some() {
            self.add_sources(project);
        }
    }

    fn add_figures(&mut self, basis: &Basis, indices: &Indices) {
        self.projects += 1;
        for (sum, value) in [
            (&mut self.bac, basis.bac),
            (&mut self.pv, basis.pv),
            (&mut self.ev, basis.ev),
            (&mut self.ac, basis.ac),
            (&mut self.sv, indices.sv),
            (&mut self.cv, indices.cv),
        ] {
            sum.add(value.ok());
        }
        let left = minus(basis.bac, basis.ev);
        self.spi.add(basis.ev.ok(), basis.pv.ok());
        self.cpi.add(basis.ev.ok(), basis.ac.ok());
        self.tcpi_bac.add(left, minus(basis.bac, basis.ac));
        self.tcpi_eac.add(left, minus(basis.own, basis.ac));
        self.by_cpi.add(&indices.by_cpi);
        self.at_budget.add(&indices.at_budget);
        self.by_cpi_and_spi.add(&indices.by_cpi_and_spi);
        self.own.add(&indices.own);
    }

    fn add_sources(&mut self, project: &EarnedValue) {
        if let Some(planned) = project.planned {
            *self.sources.planned.entry(planned.from).or_default() += 1;
        }
        if let Some(earned) = project.earned {
            *self.sources.earned.entry(earned.from).or_default() += 1;
        }
        if let Some(spent) = project.spent {
            *self.sources.spent.entry(spent.from).or_default() += 1;
        }
    }
}

impl Total {
    /// The same with its amounts rounded to so many decimals, half to even; indices stay as they are.
    pub fn rounded(self, decimals: u32) -> Self {
        let round = |sum: Sum| sum.rounded(decimals);
        let estimate =
            |sum: EstimateSum| EstimateSum { eac: round(sum.eac), etc: round(sum.etc), vac: round(sum.vac) };
        Self {
            bac: round(self.bac),
            pv: round(self.pv),
            ev: round(self.ev),
            ac: round(self.ac),
            sv: round(self.sv),
            cv: round(self.cv),
            by_cpi: estimate(self.by_cpi),
            at_budget: estimate(self.at_budget),
            by_cpi_and_spi: estimate(self.by_cpi_and_spi),
            own: estimate(self.own),
            ..self
        }
    }
}

fn minus(from: Known, what: Known) -> Option<Number> {
    from.ok()?.0.checked_sub(what.ok()?.0).map(Number)
}

impl Ratio {
    fn add(&mut self, over: Option<Number>, under: Option<Number>) {
        let both = over.zip(under);
        self.over.add(both.map(|(over, _)| over));
        self.under.add(both.map(|(_, under)| under));
        (self.counted, self.missing) = (self.over.counted, self.over.missing);
        let sums = self.over.value.zip(self.under.value).filter(|(_, under)| under.0 > 0.into());
        self.value = sums.and_then(|(over, under)| over.0.checked_div(under.0)).map(Number);
    }
}

impl EstimateSum {
    fn add(&mut self, estimate: &Estimate) {
        self.eac.add(estimate.eac.ok());
        self.etc.add(estimate.etc.ok());
        self.vac.add(estimate.vac.ok());
    }
}
