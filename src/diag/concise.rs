//! One line a finding, as editors and `grep` like it.

use super::{Report, summary};
use crate::text::terminal;

/// Writes `path:line:column: level[code] message` for each finding, then the summary.
pub fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        let problem = finding.problem;
        let path = report.path(problem);
        out.push_str(&terminal(&path));
        if let Some(place) = &finding.place {
            out.push_str(&format!(":{}:{}", place.line, place.column));
        }
        out.push_str(&format!(": {}[{}] {}\n", problem.level, problem.code, terminal(&problem.message)));
    }
    out.push_str(&summary::line(report));
    out.push('\n');
    out
}
