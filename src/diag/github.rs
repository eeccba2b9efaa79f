//! Workflow commands of GitHub Actions, which show findings beside the lines of a pull request.

use super::{Report, summary};
use crate::text::terminal;

/// Writes one `::error …` or `::warning …` a finding, then the summary as a plain line.
///
/// GitHub shows at most ten of each level a step; the log has all of them.
pub fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        let problem = finding.problem;
        let mut properties = format!("file={}", property(&report.path(problem)));
        if let Some(place) = &finding.place {
            properties.push_str(&format!(",line={},col={}", place.line, place.column));
            if place.end_line == place.line && place.end_column > place.column {
                properties.push_str(&format!(
                    ",endLine={},endColumn={}",
                    place.end_line,
                    place.end_column - 1
                ));
            }
        }
        let title = property(problem.code);
        let message = match &problem.help {
            Some(help) => data(&format!("{}\nhelp: {help}", problem.message)),
            None => data(&problem.message),
        };
        out.push_str(&format!("::{} {properties},title={title}::{message}\n", problem.level));
    }
    out.push_str(&summary::line(report));
    out.push('\n');
    out
}

/// Escapes the text after `::`: line ends survive as `%0A`, other control characters are made visible.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| terminal(line).replace('%', "%25")).collect();
    lines.join("%0A")
}

/// Escapes the value of a property, in which `:` and `,` mean something too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
