//! Findings for programs: everything that is known, under stable names.

use serde::Serialize;

use super::Report;
use crate::model::Date;

/// The version of this format; it grows when a name changes its meaning or goes.
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Page<'a> {
    schema_version: u32,
    kind: &'static str,
    day: Option<Date>,
    source: &'a str,
    summary: Summary,
    problems: Vec<Entry<'a>>,
    exceptions: Vec<Exception<'a>>,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    files_with_problems: usize,
    problems: usize,
    errors: usize,
    warnings: usize,
    exceptions_used: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    end: Option<End>,
    record: Option<&'a str>,
    code: &'a str,
    level: &'static str,
    message: &'a str,
    label: Option<&'a str>,
    help: Option<&'a str>,
    fix: Option<Change<'a>>,
}

#[derive(Serialize)]
struct End {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Change<'a> {
    description: &'a str,
    /// Byte offsets of what is replaced; null where the place could not be found.
    start: Option<usize>,
    end: Option<usize>,
    text: &'a str,
}

#[derive(Serialize)]
struct Exception<'a> {
    code: &'a str,
    record: &'a str,
    place: &'a str,
    until: Option<Date>,
    reason: &'a str,
}

/// Writes the whole run as one JSON object.
pub fn render(report: &Report<'_>) -> String {
    let tally = report.tally();
    let problems = report.findings.iter().map(|finding| {
        let problem = finding.problem;
        let place = finding.place.as_ref();
        Entry {
            file: report.path(problem),
            line: place.map(|found| found.line),
            column: place.map(|found| found.column),
            end: place.map(|found| End { line: found.end_line, column: found.end_column }),
            record: problem.record.as_deref(),
            code: problem.code,
            level: problem.level.as_str(),
            message: &problem.message,
            label: problem.label.as_deref(),
            help: problem.help.as_deref(),
            fix: problem.fix.as_ref().map(|fix| Change {
                description: &fix.description,
                start: finding.fix.as_ref().map(|found| found.span.start),
                end: finding.fix.as_ref().map(|found| found.span.end),
                text: &fix.text,
            }),
        }
    });
    let exceptions = report.exceptions.iter().map(|exception| Exception {
        code: &exception.code,
        record: &exception.record,
        place: &exception.place,
        until: exception.until,
        reason: &exception.reason,
    });
    let page = Page {
        schema_version: SCHEMA_VERSION,
        kind: "check",
        day: report.day,
        source: report.read_from,
        summary: Summary {
            files: report.files,
            files_with_problems: tally.files,
            problems: tally.problems,
            errors: tally.errors,
            warnings: tally.warnings,
            exceptions_used: report.exceptions.len(),
        },
        problems: problems.collect(),
        exceptions: exceptions.collect(),
    };
    pretty(&page)
}

/// Writes a value of plain strings and numbers, for which JSON has no failure.
pub(super) fn pretty(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_else(|_| String::from("null"));
    text.push('\n');
    crate::text::escape::json(&text).into_owned()
}
