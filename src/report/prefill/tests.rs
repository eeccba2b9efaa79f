use super::*;
use crate::load::{load, read_record};
use crate::model::{Kind, Scope, Slot};
use crate::store::Memory;
use crate::template::Templates;

const CHARTER: &str = "name = 'CRM migration'\nmanager = 'jana-novak'\nstate = 'active'\nmethod = 'hybrid'
schedule = { start = 2026-02-02, finish = 2027-03-31 }
budget = { approved = 1_200_000, contingency = 90_000 }
milestone = [{ id = 'design-done', name = 'Design done', baseline = 2026-09-30 },
  { id = 'rehearsal', baseline = 2026-11-18 },
  { id = 'go-live', name = 'Go-live, wave 1', baseline = 2027-01-31, key = true }]\n";

const LAST: &str = "by = 'jana-novak'\ndate = 2026-11-13\nsummary = 'Wave 1 data mapped; \"done\".'
next = ['Second workshop']
percent_complete = 58\nactual_cost = 742_000\nforecast_cost = 1_260_000\nforecast_finish = 2027-04-15
[rag]\noverall = 'amber'\nschedule = 'amber'\ncost = 'green'
[note]\nschedule = 'The vendor slipped.'
[override]\noverall = 'amber'\nreason = 'Credit note'\nuntil = 2026-12-31
[milestone.design-done]\nactual = 2026-10-02\n[milestone.go-live]\nforecast = 2027-02-14
[agile]\nsprint = 14\nsprint_end = 2026-11-13\ncommitted = 34
[custom]\ncost_centre = '47\"11'\nbooked = 2026-11-12\n";

fn register(files: &[(&str, &str)]) -> Register {
    let own = ("pmo.toml", "[register]\nformat = 1\n");
    load(&Memory::from_iter(files.iter().copied().chain([own])), &Scope::all()).unwrap().register
}

fn written(files: &[(&str, &str)]) -> String {
    let day = "2026-11-20".parse().unwrap();
    let prefill = status(&register(files), day, "crm", "2026-W47".parse().unwrap()).unwrap();
    let text = Templates::built_in().render("status", &prefill).unwrap();
    let reading = read_record(Kind::named("status").unwrap(), text.as_bytes());
    assert!(reading.mistakes.is_empty(), "{:?}\n{text}", reading.mistakes);
    assert!(matches!(reading.slot, Slot::Draft(_)), "{text}");
    text
}

#[track_caller]
fn has(text: &str, lines: &[&str]) {
    let plain = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in lines {
        assert!(text.lines().any(|l| plain(l).starts_with(&plain(line))), "no line `{line}` in\n{text}");
    }
}

#[test]
fn facts_are_carried_over_and_judgements_are_not() {
    let text = written(&[
        ("projects/crm/project.toml", CHARTER),
        ("projects/crm/status/2026-W46.toml", LAST),
        ("projects/crm/decisions/D-003.toml", "title = 'Extend the vendor?'\n"),
        ("projects/crm/decisions/D-002.toml", "title = 'Settled'\nstate = 'decided'\n"),
    ]);
    has(
        &text,
        &[
            "#:schema ../../../.pmo/schema/status.json",
            "# CRM migration · week 47 (16–22 Nov 2026) · due Fri 20 Nov",
            "by = \"jana-novak\"",
            "date = 2026-11-20",
            "summary = \"…\" # two lines that your sponsor reads (last week: \"Wave 1 data mapped; \"done\".\")",
            "# Planned for this period: Second workshop",
            "decisions_needed = [\"D-003\"]",
            "percent_complete = 58 # last week 58",
            "actual_cost = 742_000 # last week 742_000, approved 1_200_000",
            "forecast_cost = \"…\" # last week 1_260_000: approved 1_200_000, +60_000",
            "forecast_finish = \"…\" # last week 2027-04-15: baseline 2027-03-31, 15 days late",
            "overall = \"…\" # last week amber; the figures say ",
            "schedule = \"…\" # last week amber; the figures say ",
            "# quality = \"green\"",
            "# schedule = \"…\" # last week: \"The vendor slipped.\"",
            "reason = \"Credit note\"",
            "actual = 2026-10-02",
            "[milestone.go-live] # Go-live, wave 1 (key)",
            "forecast = \"…\" # last week 2027-02-14; baseline 2027-01-31, 14 days late",
            "forecast = \"…\" # baseline 2026-11-18; reached? then actual = 2026-11-18",
            "[agile] # counted by sprint, not by week: sprint 14 has ended, take the new figures",
            "committed = 34 # points taken in",
            "# completed = 28",
            "cost_centre = \"47\\\"11\"",
            "booked = 2026-11-12",
        ],
    );
}

#[test]
fn the_first_report_asks_for_everything_and_carries_nothing() {
    let text = written(&[("projects/crm/project.toml", CHARTER)]);
    has(
        &text,
        &["percent_complete = \"…\"", "quality = \"…\"", "# [agile]", "# decisions_needed = [\"D-001\"]"],
    );
    assert!(!text.contains("last week"), "{text}");
}

#[test]
fn booked_costs_are_not_asked_for_again() {
    let text = written(&[
        ("projects/crm/project.toml", CHARTER),
        ("projects/crm/actuals/2026-09.toml", "cost = 1_000.50\n"),
        ("projects/crm/actuals/2026-10.toml", "cost = 2_000\n"),
    ]);
    has(&text, &["# Spent so far is counted from actuals/: 3_000.50 until 2026-10."]);
    assert!(!text.contains("actual_cost"), "{text}");
}

#[test]
fn a_hostile_charter_stays_in_its_quotes() {
    let charter = "name = \"x\\n[rag]\\noverall = 'green'\"\nmanager = 'a\"b'\nstate = 'active'
milestone = [{ id = 'a]\\n[b', name = \"n\\n[agile]\" }]\n"
        .replace("'a]\\n[b'", "\"a]\\n[b\"");
    let text = written(&[("projects/crm/project.toml", &charter)]);
    assert_eq!(text.lines().filter(|l| l.starts_with("[rag]")).count(), 1, "{text}");
    assert!(!text.lines().any(|l| l.starts_with("[agile]")), "{text}");
}

#[test]
fn periods_are_named_as_people_do() {
    for (period, expected) in [
        ("2026-W47", "16–22 Nov 2026"),
        ("2026-W49", "30 Nov – 6 Dec 2026"),
        ("2026-W53", "28 Dec 2026 – 3 Jan 2027"),
        ("2026-11", "1–30 Nov 2026"),
    ] {
        assert_eq!(span(period.parse().unwrap()), expected);
    }
}

#[test]
fn points_done_stand_for_percent_complete_and_splits_are_asked_for_again() {
    let charter = CHARTER
        .replace("contingency = 90_000 }", "contingency = 90_000, management_reserve = 60_000 }")
        + "cost = [{ category = 'internal', approved = 700_000 }]\n";
    let last = LAST
        .replace(
            "percent_complete = 58\n",
            "reserve_drawn = 5_000\nforecast_by_category = { internal = 720_000 }\n",
        )
        .replace("committed = 34", "scope_total = 480\ndone_total = 270");
    let text =
        written(&[("projects/crm/project.toml", &charter), ("projects/crm/status/2026-W46.toml", &last)]);
    has(
        &text,
        &[
            "# percent_complete = \"…\" # last week 56 % by the points done, which count without it",
            "reserve_drawn = 5_000 # last week 5_000, of 60_000",
            "[forecast_by_category] # at completion, a split of forecast_cost; may be left out",
            "internal = \"…\" # last week 720_000: approved 700_000",
        ],
    );
}
