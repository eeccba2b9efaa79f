//! GitLab's code quality report, a subset of Code Climate's format.

use serde::Serialize;

use super::{Level, Report, fingerprint, json};

#[derive(Serialize)]
struct Entry<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// Writes an array with one entry a finding; a finding about a whole file stands at its first line.
pub fn render(report: &Report<'_>) -> String {
    let entries: Vec<Entry<'_>> = report
        .findings
        .iter()
        .zip(fingerprint::all(report))
        .map(|(finding, fingerprint)| Entry {
            description: match &finding.problem.help {
                Some(help) => format!("{} ({help})", finding.problem.message),
                None => finding.problem.message.clone(),
            },
            check_name: finding.problem.code,
            fingerprint,
            severity: match finding.problem.level {
                Level::Error => "major",
                Level::Warning => "minor",
            },
            location: Location {
                path: report.path(finding.problem),
                lines: Lines { begin: finding.place.as_ref().map_or(1, |place| place.line) },
            },
        })
        .collect();
    json::pretty(&entries)
}
