//! `pmo import --example`: mappings to begin with, each with a small table that it reads.

use crate::text;

use super::super::{CliError, Context, Done, Outcome};

/// The examples: what they are called, what they are for, the mapping, and the table.
const EXAMPLES: [(&str, &str, &str, &str); 4] = [
    (
        "workbook",
        "a PMO's workbook of projects: milestones by column, millions, dates as people write them",
        include_str!("../../../templates/import/workbook.toml"),
        include_str!("../../../templates/import/workbook.csv"),
    ),
    (
        "jira",
        "issues as Jira exports them, matched by their key",
        include_str!("../../../templates/import/jira.toml"),
        include_str!("../../../templates/import/jira.csv"),
    ),
    (
        "project-online",
        "projects of Project Online, as its reporting feed writes them",
        include_str!("../../../templates/import/project-online.toml"),
        include_str!("../../../templates/import/project-online.csv"),
    ),
    (
        "major-projects",
        "a government's published table of major projects",
        include_str!("../../../templates/import/major-projects.toml"),
        include_str!("../../../templates/import/major-projects.csv"),
    ),
];

/// Prints an example, its table (`NAME.csv`), or the list of them.
pub(super) fn run(context: &Context, name: &str) -> Outcome {
    if name.is_empty() {
        let lines = EXAMPLES.iter().map(|(name, about, _, _)| format!("{name:<16}{about}\n"));
        context.put(&lines.collect::<String>())?;
        context.say("`pmo import --example NAME` prints the mapping, NAME.csv a table that it reads");
        return Ok(Done::Fine);
    }
    let wanted = name.strip_suffix(".toml").unwrap_or(name);
    let found = EXAMPLES.iter().find_map(|(known, _, mapping, table)| {
        if *known == wanted {
            Some(*mapping)
        } else {
            (wanted.strip_suffix(".csv") == Some(known)).then_some(*table)
        }
    });
    let Some(found) = found else {
        let error = CliError::new(format!("there is no example `{}`", text::terminal(name)));
        return Err(match text::nearest(wanted, EXAMPLES.iter().map(|(known, _, _, _)| *known)) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`pmo import --example` lists them"),
        });
    };
    context.put(found)?;
    Ok(Done::Fine)
}
