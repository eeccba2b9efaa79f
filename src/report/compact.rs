//! Projects in a table that fits any screen: how they stand, in a line.

use crate::document::{Cell, Column, Table};

use super::standing::{Standing, shape};

/// One line a project: ratings, progress, money, finish, top risk.
pub(super) fn table(key: &str, projects: &[Standing]) -> Table {
    let columns = vec![
        Column::marker("mark"),
        Column::new("project", "Project"),
        Column::new("overall", "Reported"),
        Column::ratings("computed", "Figures"),
        Column::figures("percent_complete", "Done").priority(2),
        Column::figures("variance_percent", "±").priority(1),
        Column::figures("slip_days", "Slip").priority(1),
        Column::figures("expected", "Finish").priority(3),
        Column::new("top_risk", "Top risk").priority(4).stretch(),
    ];
    let mut table = Table::new(key, columns);
    for standing in projects {
        table.row(vec![
            standing.mark().into(),
            Cell::reference(&standing.project),
            standing.overall(),
            shape(standing.rating.computed),
            Cell::of(standing.percent_complete, |done| Cell::percent(done.0)),
            Cell::of(standing.cost.variance_percent, |percent| Cell::percent_change(percent.0)),
            Cell::of(standing.finish.slip_days, Cell::Days),
            Cell::of(standing.finish.expected(), |date| Cell::date(date.0)),
            standing.top_risk.as_ref().map_or(Cell::Empty, |risk| {
                Cell::text(format!("{} {} {}", risk.short(), risk.score, risk.title))
            }),
        ]);
    }
    table
}
