//! Columns of a table of projects that are milestones, as workbooks have them: `Milestone: Go-live`, `Go-live date`,
//! `Milestone 2 date`.

use crate::exchange::table::{Form, Raw, Table, folded};

use super::rules::{self, MISSING};
use super::slug;
use super::target::Target;
use super::value::{FieldType, date};

/// What a mapping is to say of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Proposed {
    /// Several columns are milestones by a pattern; the headers, of which this is the first.
    Pattern { pattern: String, columns: Vec<usize> },
    /// A pattern of a column before takes it.
    Taken,
    /// The field of a milestone.
    Field(String),
    /// Perhaps one: it holds days, and nothing else is known of it.
    Perhaps(String),
    /// What is expected or was reached, which the charter does not say.
    Reported,
}

/// What precedes the name of a milestone in a header.
const PREFIXES: [&str; 8] = [
    "milestone",
    "milestones",
    "key milestone",
    "key milestones",
    "key dates",
    "ms",
    "meilenstein",
    "meilensteine",
];

/// Words around the name of a milestone that are no part of it.
const AROUND: [&str; 9] =
    ["date", "datum", "baseline", "planned", "plan", "target", "original", "due", "milestone"];

/// Words of a date that is expected or was reached: status reports say those.
const REPORTED: [&str; 8] =
    ["forecast", "actual", "expected", "revised", "achieved", "latest", "current", "reached"];

/// Words that a milestone's header has.
const LIKELY: [&str; 42] = [
    "go-live",
    "golive",
    "live",
    "launch",
    "launched",
    "cutover",
    "cut-over",
    "design",
    "build",
    "test",
    "testing",
    "tested",
    "uat",
    "sit",
    "pilot",
    "rollout",
    "roll-out",
    "deployment",
    "deployed",
    "release",
    "released",
    "migration",
    "training",
    "sign-off",
    "signoff",
    "gate",
    "sobc",
    "soc",
    "obc",
    "fbc",
    "kick-off",
    "kickoff",
    "complete",
    "completed",
    "freeze",
    "award",
    "tender",
    "acceptance",
    "accepted",
    "handover",
    "ioc",
    "foc",
];

/// What a milestone is called by the header of its column: `Go-live date` is `Go-live`.
pub(super) fn called(header: &str) -> String {
    let last = header.rsplit(" / ").next().unwrap_or(header);
    let bare = last.split(['(', '[']).next().map(str::trim).filter(|bare| !bare.is_empty()).unwrap_or(last);
    let bare = prefix(bare).map_or(bare, |prefix| bare[prefix.len()..].trim());
    let is_around = |word: &&str| AROUND.contains(&folded(word).as_str());
    let words: Vec<&str> = bare.split_whitespace().skip_while(|word| is_around(word)).collect();
    let end = words.iter().rposition(|word| !is_around(word)).map_or(0, |last| last + 1);
    let name = if end == 0 { bare.to_owned() } else { words[..end].join(" ") };
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// What is to be said of the columns of which nothing is known yet; a guess that does not fit its cells is taken back.
pub(super) fn propose(
    target: &Target,
    table: &Table,
    guesses: &mut [Option<String>],
) -> Vec<Option<Proposed>> {
    let mut proposed: Vec<Option<Proposed>> = vec![None; table.columns.len()];
    if target.part.is_some() || target.kind.spec.name != "project" {
        return proposed;
    }
    let mut used: Vec<String> = Vec::new();
    for at in 0..table.columns.len() {
        let header = table.columns[at].name.as_str();
        let holds_days = holds_days(table, at);
        let guess = guesses[at].as_deref();
        let fits = guess.is_some_and(|field| !holds_days || takes_days(target, field));
        if fits || proposed[at].is_some() {
            continue;
        }
        let found = match numbered(header) {
            Some((id, "")) if holds_days => Some(Proposed::Field(format!("milestone[id={id}].baseline"))),
            Some((id, "")) if !is_empty(table, at) => {
                Some(Proposed::Field(format!("milestone[id={id}].name")))
            }
            Some((id, key)) if !key.is_empty() => Some(Proposed::Field(format!("milestone[id={id}].{key}"))),
            _ if is_reported(header) && (holds_days || prefix(header).is_some()) => Some(Proposed::Reported),
            _ => match prefix(header) {
                Some(prefix) if holds_days || (has_sign(prefix) && is_empty(table, at)) => {
                    Some(by_pattern(table, at, prefix, guesses, &mut proposed))
                }
                _ if holds_days => own(target, header, guess.is_some(), &mut used),
                _ => None,
            },
        };
        if found.is_some() {
            guesses[at] = None;
            proposed[at] = found;
        }
    }
    proposed
}

/// The pattern of a column, with every other that has the same beginning.
fn by_pattern(
    table: &Table,
    first: usize,
    prefix: &str,
    guesses: &[Option<String>],
    proposed: &mut [Option<Proposed>],
) -> Proposed {
    let mut columns = vec![first];
    for at in first + 1..table.columns.len() {
        let header = table.columns[at].name.as_str();
        let is_one = self::prefix(header).is_some_and(|own| folded(own) == folded(prefix));
        let is_free = guesses[at].is_none() && numbered(header).is_none() && !is_reported(header);
        if is_one && is_free && (holds_days(table, at) || is_empty(table, at)) {
            columns.push(at);
            proposed[at] = Some(Proposed::Taken);
        }
    }
    Proposed::Pattern { pattern: format!("{prefix}*"), columns }
}

/// A column of days by itself.
fn own(target: &Target, header: &str, is_guessed: bool, used: &mut Vec<String>) -> Option<Proposed> {
    let is_likely = is_likely(header);
    let id = slug::slug(&called(header)).filter(|_| is_likely || !is_guessed)?;
    let field = format!("milestone[id={id}].baseline");
    if used.contains(&field) || target.aim(&field).is_err() {
        return None;
    }
    used.push(field.clone());
    Some(if is_likely { Proposed::Field(field) } else { Proposed::Perhaps(field) })
}

/// What precedes the name in a header, with the sign behind it: `Milestone: `, `Milestones / `.
fn prefix(header: &str) -> Option<&str> {
    let end = header
        .find([':', '-', '–', '—', '/', '|'])
        .filter(|at| PREFIXES.contains(&folded(&header[..*at]).as_str()));
    let end = match end {
        Some(at) => at + header[at..].chars().next().map_or(0, char::len_utf8),
        None => header
            .split_once(' ')
            .filter(|(word, _)| folded(word) == "milestone")
            .map(|(word, _)| word.len())?,
    };
    let rest = &header[end..];
    let name = rest.trim_start();
    (!name.is_empty()).then(|| &header[..header.len() - name.len()])
}

/// Whether a sign sets the prefix apart, so that it is one also where no cell shows it.
fn has_sign(prefix: &str) -> bool {
    !prefix.trim_end().ends_with(char::is_alphanumeric)
}

/// The id of a milestone that has only a number, and what the header says of it: `Milestone 2 date`, `M2 name`.
fn numbered(header: &str) -> Option<(String, &'static str)> {
    let lower = folded(header);
    let mut words = lower.split([' ', '_', '/', ':']).filter(|word| !word.is_empty() && *word != "-");
    let first = words.next()?;
    let stem = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = match (stem, &first[stem.len()..]) {
        ("milestone" | "ms" | "m" | "meilenstein", "") => words.next()?,
        ("milestone" | "ms" | "m" | "meilenstein", number) => number,
        _ => return None,
    };
    let number: u32 = number.parse().ok()?;
    let rest: Vec<&str> = words.collect();
    let key = match rest.as_slice() {
        [] => "",
        ["name" | "title" | "description" | "text"] => "name",
        words if words.iter().all(|word| AROUND.contains(word)) => "baseline",
        _ => return None,
    };
    Some((format!("milestone-{number}"), key))
}

fn words(header: &str) -> Vec<String> {
    let lower = folded(header);
    lower.split(|c: char| !(c.is_alphanumeric() || c == '-')).map(str::to_owned).collect()
}

fn is_reported(header: &str) -> bool {
    words(header).iter().any(|word| REPORTED.contains(&word.as_str()))
}

fn is_likely(header: &str) -> bool {
    let all = words(header);
    let is_coded = |word: &String| {
        let number = word.strip_prefix(['m', 'g']).unwrap_or_default();
        !number.is_empty() && number.len() < 3 && number.bytes().all(|b| b.is_ascii_digit())
    };
    all.iter().any(|word| LIKELY.contains(&word.as_str()) || word == "milestone")
        || all.first().is_some_and(is_coded)
}

/// Whether a field takes days.
fn takes_days(target: &Target, field: &str) -> bool {
    let Ok(schema) = crate::syntax::value::field(&target.schema, field) else { return true };
    FieldType::of(field, schema).takes_date
}

fn is_empty(table: &Table, column: usize) -> bool {
    said(table, column).next().is_none()
}

/// The cells of a column that say something.
fn said(table: &Table, column: usize) -> impl Iterator<Item = &Raw> {
    let cells = table.rows.iter().take(1_000).filter_map(move |row| row.cells.get(column));
    cells.filter(|cell| match cell {
        Raw::Text(text) => {
            let text = folded(text);
            !text.is_empty() && !MISSING.iter().any(|word| rules::fits(word, &text))
        }
        cell => !cell.is_empty() && !matches!(cell, Raw::Fault(_)),
    })
}

/// Whether most cells of a column are days.
fn holds_days(table: &Table, column: usize) -> bool {
    let header = table.columns.get(column).map_or("", |column| column.name.as_str());
    let may_be_serial = table.form == Form::Sheet && (is_likely(header) || prefix(header).is_some());
    let is_day = |cell: &&Raw| match cell {
        Raw::Date(_) => true,
        // A workbook's number of a day from 2000 to 2099, in cells that nobody formatted.
        Raw::Number(number) => {
            may_be_serial && number.parse().is_ok_and(|days: u32| (36_526..73_051).contains(&days))
        }
        Raw::Text(text) => date::read(text, None) != date::Said::Nothing,
        _ => false,
    };
    let (days, all) = (said(table, column).filter(is_day).count(), said(table, column).count());
    days > 0 && days * 2 > all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::table::{Hints, read};

    fn proposed(text: &str) -> Vec<Option<Proposed>> {
        let table = read("a.csv", text.as_bytes(), &Hints::default()).unwrap();
        let target = Target::named("projects").unwrap();
        let headers: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        propose(&target, &table, &mut super::super::headers::fields(&target, &headers))
    }

    fn field(path: &str) -> Option<Proposed> {
        Some(Proposed::Field(path.to_owned()))
    }

    #[test]
    fn headers_name_milestones() {
        for (header, name) in [
            ("Go-live date", "Go-live"),
            ("Planned go-live date", "Go-live"),
            ("Milestone: UAT sign-off", "UAT sign-off"),
            ("Milestones / Design complete (agreed)", "Design complete"),
            ("Date", "Date"),
        ] {
            assert_eq!(called(header), name, "{header}");
        }
    }

    #[test]
    fn columns_of_days_are_milestones_by_what_stands_above_them() {
        let found = proposed(
            "Name;Go-live date;Milestone: Design;Milestone: UAT;Milestone: UAT forecast;Last updated;Milestone 1;\
             Milestone 1 date;Stage 1\nA;2026-01-31;31.01.26;;1 Mar 2026;2026-02-02;Kick-off;2026-03-03;2026-04-04\n",
        );
        assert_eq!(found[1], field("milestone[id=go-live].baseline"));
        let pattern = Proposed::Pattern { pattern: "Milestone: *".into(), columns: vec![2, 3] };
        assert_eq!((found[2].clone(), found[3].clone()), (Some(pattern), Some(Proposed::Taken)));
        assert_eq!(found[4], Some(Proposed::Reported));
        assert_eq!(found[5], Some(Proposed::Perhaps("milestone[id=last-updated].baseline".into())));
        assert_eq!(found[6], field("milestone[id=milestone-1].name"));
        assert_eq!(found[7], field("milestone[id=milestone-1].baseline"));
    }

    #[test]
    fn what_is_no_day_is_no_milestone() {
        let found =
            proposed("Name;Go-live notes;Milestone owner;Start date\nA;soon, we hope;Jana;2026-01-31\n");
        assert_eq!(found, [None, None, None, None]);
    }
}
