//! Two periods of one project, with and without the register of then.

use super::*;
use crate::analysis::tests::{day, register};

const CHARTER: &str = "name = 'CRM'\nmanager = 'jana'\nstate = 'active'\nprogramme = 'core'
schedule = { start = 2026-02-02, finish = 2026-12-31 }
milestone = [{ id = 'a', baseline = 2026-11-13 }, { id = 'b', name = 'Go-live', baseline = 2026-12-01 }]\n";
const W46: &str = "summary = 'x'\nrag.overall = 'green'\nforecast_cost = 100\nforecast_finish = 2026-12-31\n";
const W47: &str = "summary = 'x'\nrag.overall = 'amber'\nforecast_cost = 125.5\nforecast_finish = 2027-01-10
milestone = { a = { actual = 2026-11-17 }, b = { forecast = 2026-12-08 } }\n";
const RISK: &str = "title = 'Vendor leaves'\nprobability = 3\nimpact = 4\nraised = 2026-11-02\n";

fn files<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![("projects/crm/project.toml", CHARTER)];
    for (path, text) in more {
        all.retain(|(there, _)| there != path);
        all.push((path, text));
    }
    all
}

fn span() -> Span {
    Span::of(&Config::default(), "2026-W47".parse().unwrap(), day("2026-11-20"))
}

/// What changed, as short words.
fn told(now: &[(&str, &str)], then: Option<&[(&str, &str)]>, id: &str) -> Vec<String> {
    let now = register(now);
    let then = then.map(register);
    let past = then.as_ref().map(|then| Past::new(&now, then));
    of(&now, past.as_ref(), id, &span()).iter().map(short).collect()
}

fn short(difference: &Difference) -> String {
    match difference {
        Difference::Added { state } => format!("added {state}"),
        Difference::State { from: Some(from), to, on } => format!("{from} to {to} on {on:?}"),
        Difference::State { from: None, to, .. } => format!("now {to}"),
        Difference::Renamed { from_id, from_name } => format!("was {from_id:?} {from_name:?}"),
        Difference::Programme { from, to } => format!("programme {from:?} to {to:?}"),
        Difference::FirstReport { rating } => format!("first {rating}"),
        Difference::Rating { from, to } => format!("rated {from} to {to}"),
        Difference::Figures { from, to } => format!("figures {from} to {to}"),
        Difference::Finish { days, .. } => format!("finish {days}"),
        Difference::Cost { by, .. } => format!("cost {}", by.0),
        Difference::MilestoneMet { milestone, slip_days, .. } => format!("{milestone} met {slip_days:?}"),
        Difference::MilestoneMissed { milestone, due, .. } => format!("{milestone} missed {due}"),
        Difference::MilestoneMoved { milestone, days, .. } => format!("{milestone} moved {days}"),
        Difference::RiskRaised { risk, score, .. } => format!("{risk} raised {score:?}"),
        Difference::RiskScored { risk, from, to, .. } => format!("{risk} {from} to {to}"),
        Difference::RiskEnded { risk, occurred, .. } => format!("{risk} ended {occurred}"),
        Difference::ChangeDecided { change, state, .. } => format!("{change} {}", state.word()),
        Difference::DecisionTaken { decision, .. } => format!("{decision} taken"),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_span_runs_from_one_deadline_to_today_and_not_past_its_period() {
    let config = Config::default();
    let span = |period: &str, today: &str| {
        let span = Span::of(&config, period.parse().unwrap(), day(today));
        (span.previous.to_string(), span.after.to_string(), span.until.to_string())
    };
    let told = |previous: &str, after: &str, until: &str| (previous.into(), after.into(), until.into());
    assert_eq!(span("2026-W47", "2026-11-20"), told("2026-W46", "2026-11-13", "2026-11-20"));
    assert_eq!(span("2026-W47", "2027-02-01"), told("2026-W46", "2026-11-13", "2026-11-22"));
    // 2026 has 53 weeks; the first of 2027 follows the last of them.
    assert_eq!(span("2026-W53", "2027-01-01"), told("2026-W52", "2026-12-25", "2027-01-01"));
    assert_eq!(span("2027-W01", "2027-01-08"), told("2026-W53", "2027-01-01", "2027-01-08"));
}

#[test]
fn reports_tell_ratings_forecasts_and_milestones() {
    let both =
        files(&[("projects/crm/status/2026-W46.toml", W46), ("projects/crm/status/2026-W47.toml", W47)]);
    assert_eq!(
        told(&both, None, "crm"),
        ["rated green to amber", "finish 10", "cost 25.5", "a met Some(4)", "b moved 7"]
    );
    // Silence changes nothing but that a day may pass: `a` was due on the day of the last deadline.
    let silent = files(&[("projects/crm/status/2026-W46.toml", W46)]);
    assert_eq!(told(&silent, None, "crm"), ["a missed 2026-11-13"]);
    let first = files(&[("projects/crm/status/2026-W47.toml", W47)]);
    assert_eq!(told(&first, None, "crm"), ["first amber", "a met Some(4)"]);
    // What the next period's report says is for the next period.
    let early = files(&[("projects/crm/status/2026-W48.toml", W47)]);
    assert_eq!(told(&early, None, "crm"), ["a missed 2026-11-13"]);
}

#[test]
fn the_figures_of_then_are_rated_by_the_charter_of_then() {
    let both =
        files(&[("projects/crm/status/2026-W46.toml", W46), ("projects/crm/status/2026-W47.toml", W46)]);
    let old = CHARTER.replace("finish = 2026-12-31", "finish = 2026-10-31");
    let then = files(&[("projects/crm/project.toml", old.as_str())]);
    let told = told(&both, Some(&then), "crm");
    assert_eq!(told, ["figures red to green", "a missed 2026-11-13"]);
}

#[test]
fn risks_are_told_by_date_or_against_the_register_of_then() {
    let at = "projects/crm/risks/R-001.toml";
    let (high, new) = (RISK.replace("probability = 3", "probability = 5"), RISK.replace("11-02", "11-16"));
    let closed = format!("{RISK}state = 'closed'\nclosed_on = 2026-11-18\n");
    let bare = |text: &'static str| files(&[("projects/crm/project.toml", text)]);
    let charter = "name = 'CRM'\nmanager = 'jana'\nstate = 'active'\n";
    let with = |text: &str| {
        let mut all = bare(charter);
        all.push((at, Box::leak(text.to_owned().into_boxed_str())));
        all
    };
    let then = with(RISK);
    assert_eq!(told(&with(&high), None, "crm"), Vec::<String>::new(), "a score has no date");
    assert_eq!(told(&with(&high), Some(&then), "crm"), ["R-001 12 to 20"]);
    assert_eq!(told(&with(&new), None, "crm"), ["R-001 raised Some(12)"]);
    assert_eq!(told(&with(RISK), Some(&bare(charter)), "crm"), ["R-001 raised Some(12)"], "recorded late");
    assert_eq!(told(&with(&closed), None, "crm"), ["R-001 ended false"]);
    assert_eq!(told(&with(&closed), Some(&then), "crm"), ["R-001 ended false"]);
    assert_eq!(told(&with(&closed), Some(&with(&closed)), "crm"), Vec::<String>::new(), "told before");
    // A project that is new as a whole brings its risks along.
    assert_eq!(told(&with(RISK), Some(&[]), "crm"), ["added active"]);
}

#[test]
fn a_life_is_told_by_dates_or_against_the_register_of_then() {
    let with = |from: &str, to: &str| {
        let lines: Vec<&str> = CHARTER.lines().filter(|line| !line.starts_with("milestone")).collect();
        lines.join("\n").replace(from, to)
    };
    let charter = with("", "");
    let at = "projects/crm/project.toml";
    let then = [(at, charter.as_str())];
    let cases = [
        ("state = 'active'", "state = 'on-hold'", vec![], vec!["active to on-hold on None"]),
        (
            "state = 'active'",
            "state = 'closed'\nclosed_on = 2026-11-19",
            vec!["now closed"],
            vec!["active to closed on Some(2026-11-19)"],
        ),
        ("'core'", "'edge'", vec![], vec!["programme Some(\"core\") to Some(\"edge\")"]),
        ("'CRM'", "'CRM 2'", vec![], vec!["was None Some(\"CRM\")"]),
        ("'active'", "'active'\nstarted_on = 2026-11-16", vec!["now active"], vec![]),
    ];
    for (from, to, by_dates, against) in cases {
        let now = with(from, to);
        let now = [(at, now.as_str())];
        assert_eq!(told(&now, None, "crm"), by_dates, "{to}");
        assert_eq!(told(&now, Some(&then), "crm"), against, "{to}");
    }
}

#[test]
fn a_project_whose_folder_has_another_name_is_one_project() {
    let then = [("projects/crm/project.toml", CHARTER), ("projects/crm/status/2026-W46.toml", W46)];
    let renamed = CHARTER.replace("'CRM'", "'Customer platform'");
    let other = CHARTER.replace("'jana'", "'amir'").replace("'CRM'", "'Customer platform'");
    let now = |charter| {
        [
            ("projects/customers/project.toml", charter),
            ("projects/customers/status/2026-W46.toml", W46),
            ("projects/customers/status/2026-W47.toml", W47),
        ]
    };
    let is = told(&now(&renamed), Some(&then), "customers");
    assert_eq!(is[..2], ["was Some(\"crm\") Some(\"CRM\")", "rated green to amber"]);
    assert_eq!(told(&now(&other), Some(&then), "customers")[0], "added active");
    let (now, then) = (register(&now(&other)), register(&then));
    assert_eq!(Past::new(&now, &then).gone().map(|(id, _)| id).collect::<Vec<_>>(), ["crm"]);
}

#[test]
fn what_was_decided_is_told_by_its_date() {
    let decision = "title = 'Sign'\nstate = 'decided'\ndecided_on = 2026-11-17\noutcome = 'Yes.'\n";
    let old = decision.replace("11-17", "11-13");
    let change = "title = 'More'\nstate = 'approved'\ndecided_on = 2026-11-20\neffect.cost = 5\n";
    let all = [
        ("projects/crm/project.toml", "name = 'CRM'\nmanager = 'jana'\nstate = 'active'\n"),
        ("projects/crm/decisions/D-001.toml", decision),
        ("projects/crm/decisions/D-002.toml", old.as_str()),
        ("projects/crm/changes/C-001.toml", change),
    ];
    assert_eq!(told(&all, None, "crm"), ["C-001 approved", "D-001 taken"]);
}
