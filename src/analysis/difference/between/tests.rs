//! Two states of one register.

use super::super::{files, renames};
use super::*;
use crate::analysis::tests::{day, register};

const CHARTER: &str = "name = 'CRM'\nmanager = 'jana'\nstate = 'active'\nbudget.approved = 100
schedule = { start = 2026-02-02, finish = 2026-12-31 }
superseded = [{ finish = 2026-11-30 }]
milestone = [{ id = 'a', baseline = 2026-11-13 }, { id = 'b', name = 'Go-live', baseline = 2027-01-14 }]\n";
const W46: &str = "summary = 'x'\nrag.overall = 'green'\nforecast_cost = 100\nforecast_finish = 2026-12-31
milestone = { a = { actual = 2026-11-10 }, b = { forecast = 2027-02-14 } }\n";

/// The differences of the project as their stable names, with the keys that they say.
fn told(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<String> {
    let (then, now) = (register(before), register(after));
    let renamed = renames::projects(&then, &now);
    let was = then.projects.keys().next().map(String::as_str);
    let is = now.projects.keys().next().map(String::as_str);
    let on = day("2026-11-20");
    let side = |register| Side { register, day: on };
    let moves = Moves::of(&files::of(&[], &renamed), &renamed);
    of(side(&then), side(&now), was, is, &moves)
        .iter()
        .map(|told| {
            let said = serde_json::to_value(&told.difference).unwrap();
            format!(
                "{} {:?}",
                said["what"].as_str().unwrap(),
                told.says.iter().map(|(_, key)| key.clone()).collect::<Vec<_>>()
            )
        })
        .collect()
}

fn with<'a>(charter: &'a str, report: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut files =
        vec![("projects/crm/project.toml", charter), ("projects/crm/status/2026-W47.toml", report)];
    files.extend(more);
    files
}

#[test]
fn a_state_does_not_differ_from_itself() {
    let risk = ("projects/crm/risks/R-001.toml", "title = 'x'\nprobability = 3\nimpact = 4\n");
    let state = with(CHARTER, W46, &[risk]);
    assert_eq!(told(&state, &state), Vec::<String>::new());
}

#[test]
fn what_is_agreed_and_what_is_reported_are_told_apart() {
    let charter = CHARTER.replace("2026-12-31", "2027-01-31").replace("approved = 100", "approved = 120");
    assert_eq!(
        told(&with(CHARTER, W46, &[]), &with(&charter, W46, &[])),
        ["figures []", "baseline [\"schedule.finish\"]", "budget [\"budget.approved\"]"]
    );
    let report =
        W46.replace("2026-12-31", "2027-01-10").replace("forecast = 2027-02-14", "forecast = 2027-02-28");
    let (then, now) = (register(&with(CHARTER, W46, &[])), register(&with(CHARTER, &report, &[])));
    let on = day("2026-11-20");
    let [then, now] = [&then, &now].map(|register| Side { register, day: on });
    let found = of(then, now, Some("crm"), Some("crm"), &Moves::default());
    let slips: Vec<_> = found
        .iter()
        .filter_map(|told| match told.difference {
            Difference::Finish { days, slip_days, slip_from_original_days, .. }
            | Difference::MilestoneMoved { days, slip_days, slip_from_original_days, .. } => {
                Some((days, slip_days, slip_from_original_days))
            }
            _ => None,
        })
        .collect();
    assert_eq!(slips, [(10, Some(10), Some(41)), (14, Some(45), None)]);
}

#[test]
fn items_are_opened_closed_and_dropped_whatever_their_dates() {
    let at = "projects/crm/issues/I-001.toml";
    let open = with(CHARTER, W46, &[(at, "title = 'Down'\nraised = 2020-01-01\n")]);
    let closed = with(CHARTER, W46, &[(at, "title = 'Down'\nclosed_on = 2020-01-02\n")]);
    let none = with(CHARTER, W46, &[]);
    assert_eq!(told(&none, &open), ["opened [\"\"]"]);
    assert_eq!(told(&open, &closed), ["closed [\"closed_on\", \"state\"]"]);
    assert_eq!(told(&closed, &open), ["reopened [\"closed_on\", \"state\"]"]);
    assert_eq!(told(&open, &none), ["dropped [\"\"]"]);
}

#[test]
fn a_project_that_comes_goes_or_gets_another_name_is_told_once() {
    let state = with(CHARTER, W46, &[]);
    assert_eq!(told(&[], &state), ["added [\"\"]", "first-report []"]);
    assert_eq!(told(&state, &[]), ["removed [\"\"]"]);
    let moved =
        [("projects/customers/project.toml", CHARTER), ("projects/customers/status/2026-W47.toml", W46)];
    assert_eq!(told(&state, &moved), ["renamed [\"name\"]"]);
    assert_eq!(told(&moved, &state), ["renamed [\"name\"]"]);
}
