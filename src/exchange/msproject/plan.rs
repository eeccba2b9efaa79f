//! What a plan of Microsoft Project says, as far as it is used here.

use rust_decimal::Decimal;

use crate::model::Date;

/// A baseline of a task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Baseline {
    /// Which of the eleven; 0 is the one that people mean.
    pub number: i64,
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    pub finish: Option<Date>,
    /// The cost.
    pub cost: Option<Decimal>,
}

/// A task; the one with the id 0 is the project as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    /// Its id in the file.
    pub uid: i64,
    /// What it is called.
    pub name: String,
    /// Whether the row is empty.
    pub is_null: bool,
    /// Whether it is part of the plan.
    pub is_inactive: bool,
    /// Whether it is a milestone.
    pub is_milestone: bool,
    /// Whether it sums others up.
    pub is_summary: bool,
    /// The first day as now planned.
    pub start: Option<Date>,
    /// The last day as now planned.
    pub finish: Option<Date>,
    /// The day it really began.
    pub actual_start: Option<Date>,
    /// The day it really ended.
    pub actual_finish: Option<Date>,
    /// How much of its time is done, in percent.
    pub percent: Option<Decimal>,
    /// How much of its work is physically done, in percent.
    pub physical_percent: Option<Decimal>,
    /// The cost as now planned.
    pub cost: Option<Decimal>,
    /// The cost so far.
    pub actual_cost: Option<Decimal>,
    /// Its baselines.
    pub baselines: Vec<Baseline>,
}

impl Task {
    /// The baseline that people mean.
    pub fn baseline(&self) -> Option<&Baseline> {
        self.baselines.iter().find(|own| own.number == 0)
    }
}

/// A person, a machine or material.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resource {
    /// Its id in the file.
    pub uid: i64,
    /// What it is called.
    pub name: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// Whether it works, rather than being used up or paid.
    pub is_material: bool,
}

/// Who works on what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assignment {
    /// The resource, by its id.
    pub resource: i64,
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    pub finish: Option<Date>,
    /// The share of full time: 1 is all of it.
    pub units: Option<Decimal>,
    /// The work, in hours.
    pub hours: Option<Decimal>,
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The name of the file or of the project.
    pub name: String,
    /// The title of the project.
    pub title: String,
    /// Who manages it, in words.
    pub manager: String,
    /// The currency, an ISO code.
    pub currency: Option<String>,
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    pub finish: Option<Date>,
    /// The day up to which progress is told.
    pub status_date: Option<Date>,
    /// How long a working day is, in minutes.
    pub minutes_per_day: Option<Decimal>,
    /// Its tasks.
    pub tasks: Vec<Task>,
    /// Its resources.
    pub resources: Vec<Resource>,
    /// Its assignments.
    pub assignments: Vec<Assignment>,
}
