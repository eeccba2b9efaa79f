//! The text of an element of a plan, as what it must be: a flag, a number, money, a day, a span of time.

use rust_decimal::Decimal;

use crate::model::Date;

use super::plan::{Assignment, Baseline, Plan, Resource, Task};
use super::read::ReadError;

/// The text of an element that has ended.
pub(super) struct Said<'a> {
    pub text: &'a str,
    pub at: u64,
}

impl Said<'_> {
    pub fn of_project(&self, name: &str, plan: &mut Plan) -> Result<(), ReadError> {
        match name {
            "Name" => plan.name = self.text.to_owned(),
            "Title" => plan.title = self.text.to_owned(),
            "Manager" => plan.manager = self.text.to_owned(),
            "CurrencyCode" => plan.currency = self.words(),
            "StartDate" => plan.start = self.date("StartDate")?,
            "FinishDate" => plan.finish = self.date("FinishDate")?,
            "StatusDate" => plan.status_date = self.date("StatusDate")?,
            "MinutesPerDay" => plan.minutes_per_day = self.number("MinutesPerDay")?,
            _ => {}
        }
        Ok(())
    }

    pub fn of_task(&self, name: &str, task: &mut Task) -> Result<(), ReadError> {
        match name {
            "UID" => task.uid = self.whole("UID")?,
            "Name" => task.name = self.text.to_owned(),
            "IsNull" => task.is_null = self.flag(),
            "Active" => task.is_inactive = !self.flag(),
            "Milestone" => task.is_milestone = self.flag(),
            "Summary" => task.is_summary = self.flag(),
            "Start" => task.start = self.date("Start")?,
            "Finish" => task.finish = self.date("Finish")?,
            "ActualStart" => task.actual_start = self.date("ActualStart")?,
            "ActualFinish" => task.actual_finish = self.date("ActualFinish")?,
            "PercentComplete" => task.percent = self.percent("PercentComplete")?,
            "PhysicalPercentComplete" => task.physical_percent = self.percent("PhysicalPercentComplete")?,
            "Cost" => task.cost = self.money("Cost")?,
            "ActualCost" => task.actual_cost = self.money("ActualCost")?,
            _ => {}
        }
        Ok(())
    }

    pub fn of_baseline(&self, name: &str, baseline: &mut Baseline) -> Result<(), ReadError> {
        match name {
            "Number" => baseline.number = self.whole("Number")?,
            "Start" => baseline.start = self.date("Start")?,
            "Finish" => baseline.finish = self.date("Finish")?,
            "Cost" => baseline.cost = self.money("Cost")?,
            _ => {}
        }
        Ok(())
    }

    pub fn of_resource(&self, name: &str, resource: &mut Resource) -> Result<(), ReadError> {
        match name {
            "UID" => resource.uid = self.whole("UID")?,
            "Name" => resource.name = self.text.to_owned(),
            "EmailAddress" => resource.email = self.words(),
            // 0 is material, 1 is work, 2 is cost.
            "Type" => resource.is_material = self.text != "1",
            _ => {}
        }
        Ok(())
    }

    pub fn of_assignment(&self, name: &str, assignment: &mut Assignment) -> Result<(), ReadError> {
        match name {
            "ResourceUID" => assignment.resource = self.whole("ResourceUID")?,
            "Start" => assignment.start = self.date("Start")?,
            "Finish" => assignment.finish = self.date("Finish")?,
            "Units" => assignment.units = self.number("Units")?,
            "Work" => assignment.hours = self.hours()?,
            _ => {}
        }
        Ok(())
    }

    fn wrong(&self, element: &'static str, wanted: &'static str) -> ReadError {
        ReadError::Value { at: self.at, element, value: crate::text::cut(self.text, 60).into_owned(), wanted }
    }

    fn words(&self) -> Option<String> {
        (!self.text.is_empty()).then(|| self.text.to_owned())
    }

    fn flag(&self) -> bool {
        matches!(self.text, "1" | "true")
    }

    fn whole(&self, element: &'static str) -> Result<i64, ReadError> {
        self.text.parse().map_err(|_| self.wrong(element, "a whole number"))
    }

    fn number(&self, element: &'static str) -> Result<Option<Decimal>, ReadError> {
        if self.text.is_empty() {
            return Ok(None);
        }
        let plain = Decimal::from_str_exact(self.text).or_else(|_| Decimal::from_scientific(self.text));
        plain.map(Some).map_err(|_| self.wrong(element, "a number"))
    }

    /// Amounts stand in hundredths of the currency, whatever `CurrencyDigits` says.
    ///
    /// Microsoft's schema calls them decimals and names no unit. Project Server's library does: its scaling constant
    /// `Reporting.Cost` is 100, "to convert a project cost from the internal format", and MPXJ, which reads and writes
    /// these files, divides by 100 likewise.
    fn money(&self, element: &'static str) -> Result<Option<Decimal>, ReadError> {
        Ok(self.number(element)?.map(|amount| (amount / Decimal::ONE_HUNDRED).normalize()))
    }

    fn percent(&self, element: &'static str) -> Result<Option<Decimal>, ReadError> {
        let range = Decimal::ZERO..=Decimal::ONE_HUNDRED;
        match self.number(element)? {
            Some(percent) if !range.contains(&percent) => {
                Err(self.wrong(element, "a percentage from 0 to 100"))
            }
            percent => Ok(percent),
        }
    }

    /// The day of a moment: `2026-11-20T17:00:00`. `NA`, and the years that stand for none, are nothing.
    fn date(&self, element: &'static str) -> Result<Option<Date>, ReadError> {
        let day = self.text.split('T').next().unwrap_or_default();
        if day.is_empty() || day == "NA" || day.starts_with("1984-01-01") {
            return Ok(None);
        }
        day.parse().map(Some).map_err(|_| self.wrong(element, "a date such as 2026-11-20T17:00:00"))
    }

    /// A span of working time in hours: `PT16H30M0S`.
    fn hours(&self) -> Result<Option<Decimal>, ReadError> {
        let wrong = || self.wrong("Work", "a span such as PT16H0M0S");
        if self.text.is_empty() {
            return Ok(None);
        }
        let mut left = self.text.strip_prefix("PT").ok_or_else(wrong)?;
        let mut hours = Decimal::ZERO;
        for (unit, seconds) in [('H', 3600), ('M', 60), ('S', 1)] {
            if let Some((count, rest)) = left.split_once(unit) {
                let count: Decimal = count.parse().map_err(|_| wrong())?;
                let part = count.checked_mul(Decimal::from(seconds)).ok_or_else(wrong)?;
                hours = hours.checked_add(part / Decimal::from(3600)).ok_or_else(wrong)?;
                left = rest;
            }
        }
        if left.is_empty() { Ok(Some(hours)) } else { Err(wrong()) }
    }
}
