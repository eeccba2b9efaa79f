//! What the organisation gains from a project.

use serde::Serialize;

use crate::analysis::benefits::shortfall;
use crate::document::{Cell, Column, Table};
use crate::model::benefit::BenefitKind;
use crate::model::{Benefit, Date, Number, RecordId, Register, Shelf};

/// A benefit with its newest measurement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BenefitLine {
    /// Its id in the project.
    pub benefit: String,
    /// What is gained.
    pub title: String,
    /// What sort of gain it is.
    pub kind: Option<BenefitKind>,
    /// Who answers for it, by name.
    pub owner: Option<String>,
    /// The unit of its values.
    pub unit: Option<String>,
    /// The value before.
    pub baseline: Option<Number>,
    /// The value that is wanted.
    pub target: Option<Number>,
    /// The value that is expected.
    pub forecast: Option<Number>,
    /// How far the forecast falls short, in percent of the target.
    pub shortfall_percent: Option<Number>,
    /// The newest measured value.
    pub measured: Option<Number>,
    /// The day of that measurement.
    pub measured_on: Option<Date>,
}

/// Benefits, by id.
pub(super) fn lines(register: &Register, shelf: &Shelf) -> Vec<BenefitLine> {
    shelf
        .records::<Benefit>()
        .map(|(name, benefit)| {
            let newest = benefit.measurement.iter().max_by_key(|point| point.date);
            BenefitLine {
                benefit: RecordId { kind: "benefit", home: "x".to_owned(), name: name.clone() }.stem(),
                title: benefit.title.clone(),
                kind: benefit.kind,
                owner: benefit.owner.as_deref().map(|owner| register.person_name(owner).to_owned()),
                unit: benefit.unit.clone(),
                baseline: benefit.baseline,
                target: benefit.target,
                forecast: benefit.forecast,
                shortfall_percent: shortfall(benefit),
                measured: newest.map(|point| point.value),
                measured_on: newest.map(|point| point.date),
            }
        })
        .collect()
}

/// Benefits as a table.
pub(super) fn table(lines: &[BenefitLine]) -> Table {
    let columns = vec![
        Column::new("benefit", "Benefit"),
        Column::new("title", "").stretch(),
        Column::new("owner", "Owner").priority(2).stretch(),
        Column::figures("baseline", "Before").priority(3),
        Column::figures("target", "Target"),
        Column::figures("forecast", "Forecast"),
        Column::figures("measured", "Measured").priority(1),
        Column::new("unit", "Unit").priority(1).stretch(),
    ];
    let mut table = Table::new("benefits", columns);
    for line in lines {
        let number =
            |value: Option<Number>| Cell::of(value, |value| Cell::number(value.0, value.0.scale().min(2)));
        table.row(vec![
            Cell::reference(&line.benefit),
            Cell::text(&line.title),
            Cell::of(line.owner.as_deref(), Cell::text),
            number(line.baseline),
            number(line.target),
            number(line.forecast),
            number(line.measured),
            line.unit.as_deref().map_or(Cell::Empty, Cell::text),
        ]);
    }
    table
}
