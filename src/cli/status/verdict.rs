//! Whether a report can be filed: everything that keeps it from it, each with its place.

use std::ops::Range;

use crate::diag::Problem;
use crate::load::read_record;
use crate::model::{Config, Date, KINDS, Kind, Period, Project, Slot, Status};
use crate::syntax;
use crate::text::{list, nearest};

/// Which report a file is meant to be.
pub(super) struct Meant<'a> {
    /// The file, as it is shown.
    pub file: &'a str,
    /// The project's id.
    pub project: &'a str,
    /// The period.
    pub period: Period,
    /// The project's charter.
    pub charter: &'a Project,
    /// The register's settings.
    pub config: &'a Config,
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
    for key in required(meant) {
        if syntax::locate(text, key).is_none() {
            found.push(
                problem("missing-value", format!("a report of this project must have `{key}`"))
                    .key(key.rsplit_once('.').map_or("", |(table, _)| table))
                    .help(format!("add `{}`", line_for(key))),
            );
        }
    }
    if let Some(status) =
        reading.slot.record_or_draft().and_then(|record| record.as_any().downcast_ref::<Status>())
    {
        found.extend(
            impossible(status, meant).into_iter().map(|problem| problem.file(meant.file).record(&reference)),
        );
    }
    found
}

/// Lists what is left to be filled in.
pub(super) fn placeholders(text: &str) -> Vec<(String, Range<usize>)> {
    syntax::parse(text).map(|table| syntax::placeholders(table.get_ref())).unwrap_or_default()
}

/// Whether a report can do without a key.
fn is_optional(path: &str) -> bool {
    !matches!(path, "summary" | "rag.overall")
}

fn required<'a>(meant: &'a Meant<'_>) -> Vec<&'a str> {
    let class = meant.config.class(meant.charter.class.as_deref());
    let keys =
        meant.config.status.required.iter().chain(class.iter().flat_map(|class| &class.status_required));
    let mut keys: Vec<&str> = keys.map(String::as_str).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// What to type for a key that is missing.
fn line_for(key: &str) -> String {
    match key.rsplit_once('.') {
        Some((table, key)) => format!("{key} = …` under `[{table}]"),
        None => format!("{key} = …"),
    }
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
    let known: Vec<&str> = meant.charter.milestone.iter().map(|milestone| milestone.id.as_str()).collect();
    for (id, milestone) in &status.milestone {
        if !known.contains(&id.as_str()) {
            let message = format!("the charter has no milestone `{id}`");
            let help = match nearest(id, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => "milestones are agreed in project.toml".to_owned(),
                None => format!("it has {}", list(&known, "and")),
            };
            found.push(
                Problem::error("dead-reference", message).key(format!("key:milestone.{id}")).help(help),
            );
        }
        if let Some(actual) = milestone.actual.filter(|actual| *actual > meant.day) {
            let message = format!("`{id}` cannot have been reached on {actual}, which is still to come");
            let problem = Problem::error("actual-in-future", message).key(format!("milestone.{id}.actual"));
            found.push(problem.help(format!("today is {}; an expected day is a `forecast`", meant.day)));
        }
    }
    found
}
