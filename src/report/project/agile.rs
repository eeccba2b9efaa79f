//! How a project that works in sprints goes.

use serde::Serialize;

use crate::analysis::agile::{self, Forecast, Lack, Pace, Sprint, Velocity};
use crate::document::{Block, Cell, Column, Document, Facts, Line, Table};
use crate::model::{Date, Number, Shelf};
use crate::report::told::Told;

/// How many sprints are listed, the newest ones.
const SHOWN: usize = 8;

/// Velocity, burn-up, and when the rest will be done.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agile {
    /// Points in the whole backlog.
    pub scope_total: Option<u32>,
    /// Points done since the start.
    pub done_total: Option<u32>,
    /// Points done a sprint.
    pub velocity: Told<Velocity>,
    /// When the rest will be done.
    pub forecast: Told<Forecast>,
    /// Every sprint, by number.
    pub sprints: Vec<Sprint>,
}

impl Agile {
    /// Reads the sprints; nothing where no report has any.
    pub(super) fn of(shelf: &Shelf, day: Date) -> Option<Self> {
        let Pace { sprints, scope_total, done_total, velocity, forecast } = agile::pace(shelf, day)?;
        let say = |lack: &Lack| lack.say();
        let (velocity, forecast) = (Told::of(velocity, say), Told::of(forecast, say));
        Some(Self { scope_total, done_total, velocity, forecast, sprints })
    }

    /// Adds the section.
    pub(super) fn show(&self, page: &mut Document) {
        page.heading("Sprints");
        let mut facts = Facts::new("agile", 1);
        if let (Some(scope), Some(done)) = (self.scope_total, self.done_total) {
            facts.add("points", "Points", format!("{done} of {scope} done"));
        }
        facts.add("velocity", "Velocity", self.velocity_line());
        facts.add("forecast", "All done", self.forecast_line());
        let growth: Vec<_> = self.sprints.iter().map(|sprint| sprint.done_total.map(Into::into)).collect();
        if growth.iter().flatten().count() > 1 {
            facts.add("burn_up", "Burn-up", Cell::Spark(growth));
        }
        page.push(Block::Facts(facts));
        page.table(self.table());
    }

    fn velocity_line(&self) -> Line {
        let Some(velocity) = &self.velocity.value else { return self.velocity.line(|_| Cell::Missing) };
        let number = |value: Number, decimals| Cell::number(value.0, decimals);
        Line::new()
            .value(number(velocity.mean, 1))
            .text(" points a sprint (")
            .value(number(velocity.low, 0))
            .text(" to ")
            .value(number(velocity.high, 0))
            .text(format!(" in the last {} finished)", velocity.sprints))
    }

    fn forecast_line(&self) -> Line {
        let Some(forecast) = &self.forecast.value else { return self.forecast.line(|_| Cell::Missing) };
        if forecast.remaining == 0 {
            return Line::new().text("nothing is left");
        }
        let line = Line::new().value(Cell::date(forecast.likely.0)).text(" at the mean velocity, from ");
        let line = line.value(Cell::date(forecast.earliest.0)).text(" at the highest to ");
        match forecast.latest {
            Some(latest) => line.value(Cell::date(latest.0)).text(" at the lowest"),
            None => line.text("never at the lowest, which is 0"),
        }
    }

    fn table(&self) -> Table {
        let columns = vec![
            Column::figures("sprint", "Sprint"),
            Column::figures("end", "Until"),
            Column::figures("committed", "Taken in"),
            Column::figures("completed", "Done"),
            Column::figures("done_total", "All done").priority(1),
            Column::figures("scope_total", "Of").priority(1),
            Column::new("is_finished", "").seen_only(),
        ];
        let mut table = Table::new("sprints", columns);
        let number = |value: Option<u32>| Cell::of(value, |value| Cell::Integer(value.into()));
        let earlier = self.sprints.len().saturating_sub(SHOWN);
        for sprint in &self.sprints[earlier..] {
            table.row(vec![
                Cell::Integer(sprint.sprint.into()),
                Cell::of(sprint.end, |end| Cell::date(end.0)),
                number(sprint.committed),
                number(sprint.completed),
                number(sprint.done_total),
                number(sprint.scope_total),
                if sprint.is_finished { Cell::Empty } else { Cell::text("under way") },
            ]);
        }
        if earlier > 0 {
            table.note = Some(Line::new().text(format!("and {earlier} before")));
        }
        table
    }
}
