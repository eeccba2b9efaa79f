//! Headers that workbooks have for fields, and which field each header of a table means.

use crate::exchange::table::folded;
use crate::text::nearest;

use super::target::{Aim, Target};
use super::value::FieldType;

/// Headers that workbooks have for fields, by field; where several kinds have the field, the header is the same.
const HEADERS: &[(&str, &[&str])] = &[
    (
        "id",
        &[
            "id",
            "key",
            "ref",
            "reference",
            "code",
            "project id",
            "project code",
            "issue key",
            "risk id",
            "no",
        ],
    ),
    (
        "name",
        &[
            "name",
            "project name",
            "project",
            "project title",
            "programme name",
            "full name",
            "display name",
            "milestone",
            "milestone name",
            "projekt",
            "projektname",
        ],
    ),
    (
        "title",
        &[
            "title",
            "risk",
            "risk title",
            "risk description",
            "issue",
            "issue title",
            "action",
            "summary",
            "description",
            "benefit",
            "decision",
            "titel",
        ],
    ),
    ("project", &["project", "project id", "project name", "project key", "projekt"]),
    (
        "manager",
        &[
            "manager",
            "project manager",
            "pm",
            "project lead",
            "lead",
            "programme manager",
            "projektleiter",
            "projektleitung",
        ],
    ),
    ("sponsor", &["sponsor", "sro", "senior responsible owner", "executive sponsor", "auftraggeber"]),
    ("programme", &["programme", "program", "portfolio", "programm"]),
    ("division", &["division", "department", "business unit", "directorate", "area", "bereich", "abteilung"]),
    ("state", &["state", "status", "project status", "lifecycle state", "risk status"]),
    ("phase", &["phase", "stage", "gate", "lifecycle phase"]),
    ("method", &["method", "methodology", "delivery method", "approach"]),
    ("class", &["class", "category", "complexity", "tier"]),
    ("purpose", &["purpose", "objective", "description", "project description", "departmental description"]),
    (
        "schedule.start",
        &["start", "start date", "project start date", "baseline start", "planned start", "begin", "beginn"],
    ),
    (
        "schedule.finish",
        &[
            "finish",
            "end",
            "end date",
            "finish date",
            "project end date",
            "baseline finish",
            "planned finish",
            "due date",
            "completion date",
            "planned completion",
            "target completion",
            "target end date",
            "ende",
        ],
    ),
    (
        "budget.approved",
        &[
            "budget",
            "approved budget",
            "total budget",
            "bac",
            "baseline cost",
            "whole life cost",
            "total baseline whole life costs",
            "approved",
            "budget (eur)",
            "budget approved",
        ],
    ),
    ("budget.contingency", &["contingency", "reserve"]),
    ("tags", &["tags", "labels"]),
    (
        "owner",
        &["owner", "risk owner", "action owner", "assignee", "responsible", "assigned to", "verantwortlich"],
    ),
    ("probability", &["probability", "likelihood", "wahrscheinlichkeit"]),
    ("impact", &["impact", "auswirkung"]),
    ("response", &["response", "strategy", "risk response", "treatment"]),
    ("plan", &["mitigation", "mitigation plan", "response plan", "plan", "actions", "massnahme"]),
    ("raised", &["raised", "date raised", "raised on", "created", "identified", "date identified"]),
    ("due", &["due", "due date", "target date", "fällig", "faellig"]),
    ("closed_on", &["closed", "date closed", "closed on", "resolved"]),
    ("done_on", &["done", "completed", "completed on", "done on"]),
    ("severity", &["severity", "priority"]),
    ("category", &["category", "risk category", "type", "kategorie"]),
    ("review_by", &["review date", "next review", "review by"]),
    ("email", &["email", "e-mail", "mail", "email address"]),
    ("roles", &["role", "roles", "job title", "rolle"]),
    ("skills", &["skills"]),
    ("capacity", &["capacity", "fte", "availability"]),
    ("person", &["person", "resource", "name", "employee", "mitarbeiter"]),
    ("role", &["role", "rolle"]),
    ("from", &["from", "start", "start date", "von"]),
    ("to", &["to", "end", "end date", "until", "bis"]),
    ("fte", &["fte", "allocation", "share", "%", "percent"]),
    ("baseline", &["baseline", "baseline date", "planned", "planned date", "date", "due date"]),
    ("period", &["period", "week", "reporting period"]),
    ("month", &["month", "period", "monat"]),
    ("cost", &["cost", "actual", "actuals", "amount", "actual cost", "betrag"]),
    ("committed", &["committed", "commitments", "obligo"]),
    (
        "rag.overall",
        &[
            "rag",
            "overall",
            "overall rag",
            "rating",
            "overall status",
            "delivery confidence assessment",
            "dca",
            "health",
        ],
    ),
    ("rag.schedule", &["schedule rag", "schedule status", "time"]),
    ("rag.cost", &["cost rag", "budget status", "cost status"]),
    ("rag.scope", &["scope rag", "scope status"]),
    ("summary", &["summary", "comment", "commentary", "status comment", "narrative"]),
    ("percent_complete", &["% complete", "percent complete", "progress", "complete", "fortschritt"]),
    ("forecast_finish", &["forecast finish", "forecast end", "forecast end date", "expected finish"]),
    ("forecast_cost", &["forecast", "forecast cost", "eac", "estimate at completion"]),
    ("measure", &["measure", "kpi", "metric"]),
    ("unit", &["unit"]),
    ("target", &["target", "target value"]),
];

/// Names that headers of a target may have, by which a header row is recognised.
pub fn known_headers(target: &Target) -> Vec<String> {
    let fields = HEADERS.iter().filter(|(field, _)| target.aim(field).is_ok());
    target
        .names()
        .into_iter()
        .chain(fields.flat_map(|(_, names)| names.iter().map(|name| (*name).to_owned())))
        .collect()
}

/// The fields that the headers of a table mean, each field once.
///
/// What is named exactly goes first, wherever it stands: a column `Actual` does not take the place of `cost`. Then come
/// the usual names for a field, then what is nearly one.
pub fn fields(target: &Target, headers: &[&str]) -> Vec<Option<String>> {
    let mut found: Vec<Option<String>> = vec![None; headers.len()];
    let turns: [Turn; 3] = [exact, usual, near];
    for turn in turns {
        for at in 0..headers.len() {
            if found[at].is_none() {
                let used: Vec<String> = found.iter().flatten().cloned().collect();
                found[at] = turn(target, headers[at], &used);
            }
        }
    }
    found
}

/// A way to find the field of a header, beside those that are used.
type Turn = fn(&Target, &str, &[String]) -> Option<String>;

fn is_free(target: &Target, field: &str, used: &[String]) -> bool {
    !used.iter().any(|known| known == field) && target.aim(field).is_ok()
}

/// The field that has the very name.
fn exact(target: &Target, header: &str, used: &[String]) -> Option<String> {
    let names = [header.to_owned(), folded(header).replace(' ', "_")];
    let is_field = |name: &String| match target.aim(name) {
        Ok(Aim::Field(_)) => is_free(target, name, used) && holds_one_value(target, name),
        // A number that is called ID is seldom the register's.
        Ok(Aim::Id) => name == header && is_free(target, name, used),
        Ok(_) => is_free(target, name, used),
        Err(_) => false,
    };
    names.into_iter().find(is_field)
}

/// Whether a field takes what one cell says, and not only a table: `budget` is the amount in it.
fn holds_one_value(target: &Target, field: &str) -> bool {
    let Ok(schema) = crate::syntax::value::field(&target.schema, field) else { return true };
    let takes = FieldType::of(field, schema);
    let is_table =
        takes.items.as_ref().map_or(takes.takes_table && !takes.takes_number, |one| one.takes_table);
    takes.takes_text || !is_table
}

/// The field that workbooks call so.
fn usual(target: &Target, header: &str, used: &[String]) -> Option<String> {
    let plain = plain(header);
    let names = HEADERS.iter().filter(|(field, _)| is_free(target, field, used));
    names.into_iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(field, _)| (*field).to_owned())
}

/// The field that workbooks call nearly so.
fn near(target: &Target, header: &str, used: &[String]) -> Option<String> {
    let names = HEADERS.iter().filter(|(field, _)| is_free(target, field, used));
    let all: Vec<(&str, &str)> = names
        .flat_map(|(field, names)| {
            names.iter().filter(|name| name.len() > 4).map(move |name| (*name, *field))
        })
        .collect();
    let near = nearest(&plain(header), all.iter().map(|(name, _)| *name))?;
    all.iter().find(|(name, _)| *name == near).map(|(_, field)| (*field).to_owned())
}

/// A header without units, numbers of its group, and signs.
fn plain(header: &str) -> String {
    let last = header.rsplit(" / ").next().unwrap_or(header);
    let cut = last.split(['(', '[']).next().unwrap_or(last);
    let name = if cut.trim().is_empty() { last } else { cut };
    folded(name.trim_end_matches([':', '*', '?', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(kind: &str, headers: &[&str]) -> Vec<String> {
        let target = Target::named(kind).unwrap();
        fields(&target, headers).into_iter().map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn the_very_name_of_a_field_goes_before_what_is_like_it() {
        assert_eq!(
            meant("actuals", &["Project", "Month", "Actual", "Cost"]),
            ["project", "month", "", "cost"]
        );
        assert_eq!(meant("actuals", &["Project", "Month", "Actual"]), ["project", "month", "cost"]);
        assert_eq!(meant("projects", &["Project Manger", "Budget (EUR)"]), ["manager", "budget.approved"]);
        assert_eq!(
            meant("projects", &["Budget", "Tags"]),
            ["budget.approved", "tags"],
            "`budget` is a table"
        );
    }
}
