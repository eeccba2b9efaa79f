//! Whether a report can be filed: everything that keeps it from it, each with its place.

use std::ops::Range;

use crate::check::{self, Weight};
use crate::diag::{Level, Problem};
use crate::load::{Loaded, read_record};
use crate::model::{Date, KINDS, Kind, Period, Slot, Status};
use crate::syntax;

/// Which report a file is meant to be.
pub(super) struct Meant<'a> {
    /// The file, as it is shown.
    pub file: &'a str,
    /// The project's id.
    pub project: &'a str,
    /// The period.
    pub period: Period,
    /// The day.
    pub day: Date,
}

/// Returns everything that keeps a report from being filed; nothing if it can be.
pub(super) fn problems(bytes: &[u8], meant: &Meant<'_>) -> Vec<Problem> {
    let Some(kind) = Kind::named("status").or(KINDS.first()) else { return Vec::new() };
    let reading = read_record(kind, bytes);
    let reference = format!("{}/{}", meant.project, meant.period);
    let of_mistake = |mistake| Problem::of_mistake(meant.file, mistake).record(&reference);
    let mut found: Vec<Problem> = reading.mistakes.into_iter().map(of_mistake).collect();
    let Ok(text) = std::str::from_utf8(bytes) else { return found };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if matches!(reading.slot, Slot::Broken) && syntax::parse(text).is_err() {
        return found;
    }
    let problem = |code, message: String| Problem::error(code, message).file(meant.file).record(&reference);
    found.extend(placeholders(text).into_iter().map(|(path, at)| {
        let help =
            if is_optional(&path) { "put a value there, or remove the line" } else { "put a value there" };
        problem("placeholder", format!("`{path}` is still to be filled in")).span(at).help(help)
    }));
    if let Some(status) =
        reading.slot.record_or_draft().and_then(|record| record.as_any().downcast_ref::<Status>())
    {
        found.extend(
            impossible(status, meant).into_iter().map(|problem| problem.file(meant.file).record(&reference)),
        );
    }
    found
}

/// Rules whose findings keep a report from being filed, where the register takes them for errors.
///
/// The others are said and no more: an honest report that breaks a promise is worth more than none.
const REFUSING: [&str; 7] = [
    "status-in-future",
    "report-after-close",
    "unknown-template",
    "status-incomplete",
    "custom-field",
    "value-off-scale",
    "word-outside-vocabulary",
];

/// Returns what the register's rules say of a report that is otherwise fit; `path` is its place in the register.
pub(super) fn rules(loaded: &Loaded, path: &str, meant: &Meant<'_>, has: &[Problem]) -> Vec<Problem> {
    let checked = check::run(&loaded.register, meant.day, &[], &loaded.problems);
    let theirs = checked.problems.into_iter().filter(|problem| problem.file == path);
    let new = theirs.filter(|problem| !has.iter().any(|known| known.code == problem.code));
    new.map(|problem| problem.file(meant.file)).collect()
}

/// Whether a problem keeps a report from being filed: what is no rule's finding, or one of a rule that refuses.
pub(super) fn refuses(problem: &Problem) -> bool {
    let is_broken = check::rule(problem.code).is_none_or(|rule| matches!(rule.weight, Weight::Broken));
    problem.level == Level::Error && (is_broken || REFUSING.contains(&problem.code))
}

/// Lists what is left to be filled in.
pub(super) fn placeholders(text: &str) -> Vec<(String, Range<usize>)> {
    syntax::parse(text).map(|table| syntax::placeholders(table.get_ref())).unwrap_or_default()
}

/// Whether a report can do without a key.
fn is_optional(path: &str) -> bool {
    !matches!(path, "summary" | "rag.overall")
}

/// Finds values that cannot be, though each is of its type.
fn impossible(status: &Status, meant: &Meant<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    if let Some(date) = status.date {
        if date > meant.day {
            let message = format!("the data date {date} is still to come");
            found.push(
                Problem::error("status-in-future", message)
                    .key("date")
                    .help(format!("today is {}", meant.day)),
            );
        } else if date < meant.period.first() {
            let message = format!("the data date {date} lies before {}", meant.period);
            let help = format!("{} begins on {}", meant.period, meant.period.first());
            found.push(Problem::error("date-outside-period", message).key("date").help(help));
        }
    }
    if meant.period.first() > meant.day {
        let message = format!("{} has not begun", meant.period);
        found.push(Problem::error("status-in-future", message).help(format!("today is {}", meant.day)));
    }
    for (id, milestone) in status.milestone.iter() {
        if let Some(actual) = milestone.actual.filter(|actual| *actual > meant.day) {
            let message = format!("`{id}` cannot have been reached on {actual}, which is still to come");
            let problem = Problem::error("actual-in-future", message).key(format!("milestone.{id}.actual"));
            found.push(problem.help(format!("today is {}; an expected day is a `forecast`", meant.day)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::neighbourhood;
    use super::*;
    use crate::load::load;
    use crate::model::Scope;
    use crate::store::WorkTree;

    #[test]
    fn a_report_is_judged_by_its_neighbourhood_as_by_the_whole_register() {
        let source = WorkTree::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"), None);
        let all = load(&source, &Scope::all()).unwrap();
        let day = "2026-11-20".parse().unwrap();
        let mut judged = 0;
        for project in all.register.projects.keys() {
            let near = neighbourhood(&source, project).unwrap();
            assert!(near.register.projects.len() < all.register.projects.len());
            let found = |loaded: &Loaded| -> Vec<Problem> {
                let folder = format!("projects/{project}/status/");
                let found = check::run(&loaded.register, day, &[], &loaded.problems).problems;
                found.into_iter().filter(|problem| problem.file.starts_with(&folder)).collect()
            };
            let (by_all, by_near) = (found(&all), found(&near));
            assert_eq!(by_near, by_all, "{project}");
            judged += by_all.len();
        }
        assert!(judged > 10, "{judged}");
    }
}
