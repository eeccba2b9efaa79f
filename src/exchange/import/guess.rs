//! A mapping proposed from the headers of a table and the look of its cells, as a commented file to correct.

use std::fmt::Write as _;

use crate::exchange::table::{Raw, Table, folded, trimmed};
use crate::syntax::literal::quoted;
use crate::text::{cut, nearest, terminal};

use super::rules::MISSING;
use super::target::{Aim, Target};
use super::value::{FieldType, date, number};

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

/// Proposes a mapping; `file` is how the table was called on the command line.
pub fn guess(target: &Target, table: &Table, kind: &str, file: &str) -> String {
    let mut out = format!(
        "# A mapping proposed for {}: correct it, then\n#   pmo import {kind} {} --map THIS-FILE\n# It was read as {}; {}.\n\nkind = {}\n",
        terminal(&cut(file, 80)),
        terminal(&cut(file, 80)),
        table.described,
        table.header,
        quoted(kind),
    );
    let mut used: Vec<String> = Vec::new();
    let guesses: Vec<Option<String>> = table
        .columns
        .iter()
        .map(|column| {
            let mut found = field_of(target, &column.name, &used)?;
            // A number of another program is no id, and finds the record again all the same.
            if found == "id" && column.name != "id" {
                found = format!("custom.{}", super::slug::slug(&column.name)?.replace('-', "_"));
            }
            used.push(found.clone());
            Some(found)
        })
        .collect();
    let key = used.iter().find(|field| field.starts_with("custom."));
    general(table, key.map(String::as_str), &mut out);
    required(target, &used, &mut out);
    for (at, (column, guess)) in table.columns.iter().zip(&guesses).enumerate() {
        let _ = write!(out, "\n[column.{}]", quoted(&column.name));
        let samples = samples(table, at);
        let _ = writeln!(
            out,
            "{}",
            if samples.is_empty() { "   # always empty".to_owned() } else { format!("   # {samples}") }
        );
        match guess {
            Some(field) => {
                let _ = writeln!(out, "field = {}", quoted(field));
                details(target, table, at, field, &column.name, &mut out);
            }
            None => out.push_str("ignore = true                # or: field = \"custom.…\"\n"),
        }
    }
    out
}

/// What holds for the whole table.
fn general(table: &Table, key: Option<&str>, out: &mut String) {
    let _ = match key {
        Some(key) => write!(
            out,
            "\n[match]\nby = {}          # or \"name\": how a row finds its record again\n",
            quoted(key)
        ),
        None => write!(
            out,
            "\n[match]\nby = \"name\"                  # or \"id\", or a key that you keep: \"custom.key\" (map a column to it)\n"
        ),
    };
    let mut words: Vec<String> = Vec::new();
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    for cell in cells {
        if let Raw::Text(text) = cell {
            let text = folded(text);
            let known = MISSING.iter().find(|word| super::rules::fits(word, &text));
            if let Some(word) = known
                && !words.iter().any(|known| known == word)
            {
                words.push((*word).to_owned());
            }
        }
    }
    if !words.is_empty() {
        let list: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        let _ = writeln!(out, "\n[read]\nmissing = [{}]   # words that mean nothing", list.join(", "));
    }
}

/// Fields that must be there and that no column says.
fn required(target: &Target, used: &[String], out: &mut String) {
    let lacking: Vec<String> = target
        .required()
        .into_iter()
        .filter(|field| field != "state" && field != "id")
        .filter(|field| !used.iter().any(|known| known == field || known.starts_with(&format!("{field}."))))
        .collect();
    if !lacking.is_empty() {
        out.push_str("\n[constant]                     # no column says it, and every record needs it\n");
        for field in lacking {
            let _ = writeln!(out, "# {} = \"…\"", if field.contains('.') { quoted(&field) } else { field });
        }
    }
}

/// The field that a header means, unless a column before it means the same.
fn field_of(target: &Target, header: &str, used: &[String]) -> Option<String> {
    let plain = plain(header);
    let is_free = |field: &str| !used.iter().any(|known| known == field) && target.aim(field).is_ok();
    if let Ok(Aim::Field(path)) = target.aim(header)
        && is_free(&path)
    {
        return Some(path);
    }
    let names = HEADERS.iter().filter(|(field, _)| is_free(field));
    let exact = names.clone().find(|(_, names)| names.contains(&plain.as_str()));
    if let Some((field, _)) = exact {
        return Some((*field).to_owned());
    }
    let all: Vec<(&str, &str)> = names
        .flat_map(|(field, names)| {
            names.iter().filter(|name| name.len() > 4).map(move |name| (*name, *field))
        })
        .collect();
    let near = nearest(&plain, all.iter().map(|(name, _)| *name))?;
    all.iter().find(|(name, _)| *name == near).map(|(_, field)| (*field).to_owned())
}

/// A header without units, numbers of its group, and signs.
fn plain(header: &str) -> String {
    let last = header.rsplit(" / ").next().unwrap_or(header);
    let cut = last.split(['(', '[']).next().unwrap_or(last);
    let name = if cut.trim().is_empty() { last } else { cut };
    folded(name.trim_end_matches([':', '*', '?', ' ']))
}

/// The first different cells of a column.
fn samples(table: &Table, column: usize) -> String {
    let mut seen: Vec<String> = Vec::new();
    for row in &table.rows {
        let cell = row.cells.get(column).map(Raw::shown).unwrap_or_default();
        let shown = cut(&cell.split_whitespace().collect::<Vec<_>>().join(" "), 24).into_owned();
        if !shown.is_empty() && !seen.contains(&shown) {
            seen.push(shown);
        }
        if seen.len() == 3 {
            break;
        }
    }
    terminal(&seen.join(" · ")).into_owned()
}

/// What the cells of a column show of how they are to be read.
fn details(target: &Target, table: &Table, column: usize, field: &str, header: &str, out: &mut String) {
    let Ok(schema) = crate::syntax::value::field(&target.schema, field) else { return };
    let takes = FieldType::of(field, schema);
    let texts: Vec<&str> = table
        .rows
        .iter()
        .filter_map(|row| {
            if let Some(Raw::Text(text)) = row.cells.get(column) { Some(trimmed(text)) } else { None }
        })
        .filter(|text| !text.is_empty())
        .collect();
    if takes.takes_date && !takes.takes_text {
        let is_either = texts.iter().any(|text| matches!(date::read(text, None), date::Said::Either(..)));
        if is_either {
            out.push_str("dates = [\"DD/MM/YYYY\"]         # or MM/DD/YYYY: some could be either\n");
        }
    }
    if takes.takes_number {
        let lower = header.to_lowercase();
        if ["£m", "(m)", "€m", "$m", "m€", "mio", "million", "in m"].iter().any(|unit| lower.contains(unit))
        {
            out.push_str("unit = 1_000_000             # the header speaks of millions\n");
        } else if ["£k", "€k", "$k", "k€", "tsd", "(k)", "000s", "thousand"]
            .iter()
            .any(|unit| lower.contains(unit))
        {
            out.push_str("unit = 1_000                 # the header speaks of thousands\n");
        }
        if texts.iter().any(|text| matches!(number::read(text, None), number::Said::Either(..))) {
            out.push_str("decimal = \".\"                # or \",\": some numbers could be either\n");
        }
        if takes.is_percent && shares(table, column) {
            out.push_str("percent = \"share\"            # 0.12 is 12 %\n");
        }
    }
    if let Some(words) = &takes.words {
        let known =
            |text: &str| words.iter().any(|word| super::slug::plain(word) == super::slug::plain(text));
        let mut odd: Vec<&str> = texts.iter().copied().filter(|text| !known(text)).collect();
        odd.sort_unstable();
        odd.dedup();
        let odd: Vec<String> = odd.iter().take(12).map(|text| format!("{} = \"…\"", quoted(text))).collect();
        if !odd.is_empty() {
            let _ = writeln!(out, "# one of {}\nwords = {{ {} }}", words.join(", "), odd.join(", "));
        }
    }
}

/// Whether a column of percentages is written as shares: all from 0 to 1, and one between.
fn shares(table: &Table, column: usize) -> bool {
    let numbers: Vec<f64> = table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(column).map(Raw::shown))
        .filter_map(|text| text.trim().replace(',', ".").parse().ok())
        .collect();
    !numbers.is_empty()
        && numbers.iter().all(|number| (0.0..=1.0).contains(number))
        && numbers.iter().any(|number| *number > 0.0 && *number < 1.0)
}

#[cfg(test)]
mod tests {
    use super::super::mapping::Mapping;
    use super::*;
    use crate::exchange::table::{Hints, read};

    #[test]
    fn a_guess_is_a_mapping_that_can_be_read() {
        let target = Target::named("projects").unwrap();
        let text = "Project name;PM;Status;Budget (£m);Start date;% Complete;Notes \"x\"\n\
                    CRM;Jana;In Flight;1.2;03/04/2026;0.5;n/a\n";
        let table = read("a.csv", text.as_bytes(), &Hints::default()).unwrap();
        let guessed = guess(&target, &table, "projects", "a.csv");
        for expected in [
            "[column.\"Project name\"]   # CRM\nfield = \"name\"",
            "field = \"manager\"",
            "words = { \"In Flight\" = \"…\" }",
            "unit = 1_000_000",
            "dates = [\"DD/MM/YYYY\"]",
            "missing = [\"n/a\"]",
            "ignore = true",
        ] {
            assert!(guessed.contains(expected), "{expected} is not in\n{guessed}");
        }
        assert!(Mapping::read(&guessed).is_ok(), "{guessed}\n{:?}", Mapping::read(&guessed));
    }
}
