//! The figures of earned value by their names, with their formulas.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::analysis::earned_value::{Absent, EarnedSchedule, EarnedValue, Estimate, Known};
use crate::document::Cell;
use crate::model::{Date, Number};

/// The value of a figure, with what it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Datum {
    /// An amount of money.
    Money(Number),
    /// A difference of money.
    Change(Number),
    /// A quotient.
    Index(Number),
    /// A time in days.
    Days(Number),
    /// A difference of time in days.
    Slip(Number),
    /// A day.
    Day(Date),
}

/// What a figure is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The name in machine formats.
    pub key: &'static str,
    /// Its letters, such as `CPI`.
    pub symbol: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// How it is reckoned.
    pub formula: &'static str,
}

/// Every figure of one project.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures(Vec<(&'static Named, Known<Datum>)>);

const fn named(key: &'static str, symbol: &'static str, name: &'static str, formula: &'static str) -> Named {
    Named { key, symbol, name, formula }
}

static NAMES: [Named; 31] = [
    named("bac", "BAC", "Budget at completion", "approved budget"),
    named("pv", "PV", "Planned value", ""),
    named("ev", "EV", "Earned value", ""),
    named("ac", "AC", "Actual cost", ""),
    named("sv", "SV", "Schedule variance", "EV − PV"),
    named("cv", "CV", "Cost variance", "EV − AC"),
    named("spi", "SPI", "Schedule performance index", "EV ÷ PV"),
    named("cpi", "CPI", "Cost performance index", "EV ÷ AC"),
    named("eac_by_cpi", "EAC", "The rest costs as the work so far", "BAC ÷ CPI"),
    named("etc_by_cpi", "ETC", "", "EAC − AC"),
    named("vac_by_cpi", "VAC", "", "BAC − EAC"),
    named("eac_at_budget", "EAC", "The rest costs what was budgeted", "AC + BAC − EV"),
    named("etc_at_budget", "ETC", "", "EAC − AC"),
    named("vac_at_budget", "VAC", "", "BAC − EAC"),
    named(
        "eac_by_cpi_and_spi",
        "EAC",
        "Cost and schedule press on the rest",
        "AC + (BAC − EV) ÷ (CPI × SPI)",
    ),
    named("etc_by_cpi_and_spi", "ETC", "", "EAC − AC"),
    named("vac_by_cpi_and_spi", "VAC", "", "BAC − EAC"),
    named("eac_own", "EAC", "The manager's own forecast", "status report"),
    named("etc_own", "ETC", "", "EAC − AC"),
    named("vac_own", "VAC", "", "BAC − EAC"),
    named("tcpi_bac", "TCPI", "To keep to the budget", "(BAC − EV) ÷ (BAC − AC)"),
    named("tcpi_eac", "TCPI", "To keep to the manager's forecast", "(BAC − EV) ÷ (EAC − AC)"),
    named("es", "ES", "Earned schedule", "when EV was planned to be earned"),
    named("at", "AT", "Actual time", "since the agreed start"),
    named("pd", "PD", "Planned duration", "agreed start to finish"),
    named("sv_t", "SV(t)", "Schedule variance by time", "ES − AT"),
    named("spi_t", "SPI(t)", "Schedule performance index by time", "ES ÷ AT"),
    named("ieac_t", "IEAC(t)", "Duration at this pace", "PD ÷ SPI(t)"),
    named("finish_agreed", "", "Finish agreed", "charter"),
    named("finish_expected", "", "Finish the manager expects", "status report"),
    named("finish_by_ieac_t", "", "Finish at this pace", "start + IEAC(t)"),
];

impl Figures {
    /// The figures of a project.
    pub(super) fn of(earned: &EarnedValue) -> Self {
        let (basis, indices, time) = (&earned.basis, &earned.indices, &earned.time);
        let money = |figure: Known| figure.map(Datum::Money);
        let change = |figure: Known| figure.map(Datum::Change);
        let index = |figure: Known| figure.map(Datum::Index);
        let span = |pick: fn(EarnedSchedule) -> rust_decimal::Decimal| {
            time.schedule.map(|known| Datum::Days(Number(pick(known))))
        };
        let three = |estimate: &Estimate| [money(estimate.eac), money(estimate.etc), change(estimate.vac)];
        let mut values = vec![money(basis.bac), money(basis.pv), money(basis.ev), money(basis.ac)];
        values.extend([change(indices.sv), change(indices.cv), index(indices.spi), index(indices.cpi)]);
        for estimate in [&indices.by_cpi, &indices.at_budget, &indices.by_cpi_and_spi, &indices.own] {
            values.extend(three(estimate));
        }
        values.extend([index(indices.tcpi_bac), index(indices.tcpi_eac)]);
        values.extend([span(|known| known.earned), span(|known| known.actual), span(|known| known.planned)]);
        values.push(time.sv_t.map(Datum::Slip));
        values.push(time.schedule.map(|known| Datum::Index(Number(known.spi_t))));
        values.push(time.ieac_t.map(Datum::Days));
        values.push(time.finish.map(Datum::Day));
        let names = NAMES.iter().filter(|named| !IS_DATE.contains(&named.key));
        Self(names.zip(values).collect())
    }

    /// Why, for each figure that does not exist.
    pub(super) fn absent(&self) -> BTreeMap<&'static str, Absent> {
        self.0.iter().filter_map(|(named, value)| Some((named.key, value.err()?))).collect()
    }

    /// The figure of that name.
    pub(super) fn get(&self, key: &str) -> Known<Datum> {
        self.0.iter().find(|(named, _)| named.key == key).map_or(Err(Absent::NoReport), |(_, value)| *value)
    }

    /// The cell of the figure of that name.
    pub(super) fn cell(&self, key: &str, currency: &str) -> Cell {
        self.get(key).map_or(Cell::Missing, |datum| datum.cell(currency))
    }
}

/// Dates of the project that stand beside its figures and are not reckoned.
const IS_DATE: [&str; 2] = ["finish_agreed", "finish_expected"];

/// What the figure of that name is.
pub(super) fn name(key: &str) -> &'static Named {
    NAMES.iter().find(|named| named.key == key).unwrap_or(&NAMES[0])
}

impl Datum {
    /// The value as a cell.
    pub(super) fn cell(self, currency: &str) -> Cell {
        match self {
            Self::Money(amount) => Cell::money(amount.0, currency),
            Self::Change(amount) => Cell::money_change(amount.0, currency),
            Self::Index(value) => Cell::number(value.0, 2),
            Self::Days(days) | Self::Slip(days) => Cell::number(days.0, 0),
            Self::Day(date) => Cell::date(date.0),
        }
    }
}

impl Serialize for Datum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Money(number)
            | Self::Change(number)
            | Self::Index(number)
            | Self::Days(number)
            | Self::Slip(number) => number.serialize(serializer),
            Self::Day(date) => date.serialize(serializer),
        }
    }
}

impl Serialize for Figures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (named, value) in &self.0 {
            map.serialize_entry(named.key, &value.ok())?;
        }
        map.end()
    }
}
