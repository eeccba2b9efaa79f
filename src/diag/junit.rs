//! JUnit XML, which almost every CI server shows as a list of tests.

use super::{Report, summary};
use crate::text::html;

/// Writes one failing test case a finding, or one passing case when there is none.
pub fn render(report: &Report<'_>) -> String {
    let tally = report.tally();
    let tests = tally.problems.max(1);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!(
        "<testsuites name=\"pmo check\" tests=\"{tests}\" failures=\"{}\" errors=\"0\">\n",
        tally.problems
    ));
    out.push_str(&format!(
        "  <testsuite name=\"pmo check\" tests=\"{tests}\" failures=\"{}\" errors=\"0\" skipped=\"0\">\n",
        tally.problems
    ));
    for finding in &report.findings {
        let problem = finding.problem;
        let path = report.path(problem);
        let place = finding.place.as_ref().map_or_else(String::new, |p| format!(":{}:{}", p.line, p.column));
        let line = finding.place.as_ref().map_or_else(String::new, |p| format!(" line=\"{}\"", p.line));
        let subject = problem.record.as_deref().unwrap_or(&path);
        let mut body = format!("{path}{place}: {}[{}] {}", problem.level, problem.code, problem.message);
        if let Some(help) = &problem.help {
            body.push_str(&format!("\nhelp: {help}"));
        }
        out.push_str(&format!(
            "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\"{line}>\n",
            xml(problem.code),
            xml(&format!("{subject}: {}", problem.message)),
            xml(&path),
        ));
        out.push_str(&format!(
            "      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>\n",
            problem.level,
            xml(&problem.message),
            xml(&body),
        ));
    }
    if report.findings.is_empty() {
        let name = xml(&summary::line(report));
        out.push_str(&format!("    <testcase classname=\"check\" name=\"{name}\"/>\n"));
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

/// Escapes for XML 1.0, which knows no control characters and not every code point either.
fn xml(text: &str) -> String {
    html(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
