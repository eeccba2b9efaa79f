//! The last line of a check: how much of what was found.

use super::Report;
use crate::model::Date;
use crate::text::{count, terminal};

/// How many exceptions are named before the rest is only counted.
const EXCEPTIONS_NAMED: usize = 3;

/// Sums a run up in one line, as "7 findings in 5 of 412 files: 3 errors, 4 warnings · 1 exception used (…)".
pub fn line(report: &Report<'_>) -> String {
    let tally = report.tally();
    let mut line = if tally.problems == 0 {
        format!("all clear: no findings in {}", count(report.files, "file"))
    } else {
        let levels: Vec<String> = [(tally.errors, "error"), (tally.warnings, "warning")]
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, noun)| count(number, noun))
            .collect();
        let files = count(report.files.max(tally.files), "file");
        format!("{} in {} of {files}: {}", count(tally.problems, "finding"), tally.files, levels.join(", "))
    };
    if !report.exceptions.is_empty() {
        line.push_str(&format!(
            " · {} used ({})",
            count(report.exceptions.len(), "exception"),
            named(report)
        ));
    }
    line
}

fn named(report: &Report<'_>) -> String {
    let mut named: Vec<String> = report
        .exceptions
        .iter()
        .take(EXCEPTIONS_NAMED)
        .map(|exception| match &exception.until {
            Some(until) => format!("{}, until {}", terminal(&exception.place), said(*until, report.day)),
            None => terminal(&exception.place).into_owned(),
        })
        .collect();
    if report.exceptions.len() > EXCEPTIONS_NAMED {
        named.push(format!("and {} more", report.exceptions.len() - EXCEPTIONS_NAMED));
    }
    named.join("; ")
}

/// Says a day as `31 Dec`, with the year when it is not this one.
fn said(date: Date, today: Option<Date>) -> String {
    let this_year = today.is_some_and(|today| today.year() == date.year());
    date.0.format(if this_year { "%-d %b" } else { "%-d %b %Y" }).to_string()
}
