use std::collections::BTreeMap;

use super::{moving, northwind, story, telling, weeks_to};

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[test]
fn the_author_made_no_slips() {
    let mut teller = telling::Teller::default();
    northwind::tell(&mut teller);
    let (_, slips) = teller.play(0);
    assert_eq!(slips, Vec::<String>::new());
}

#[test]
fn the_commits_end_in_the_final_tree() {
    let story = story(5);
    let mut tree = BTreeMap::new();
    for (path, text) in story.commits.iter().flat_map(|commit| commit.changes.clone()) {
        match text {
            Some(text) => tree.insert(path, text),
            None => tree.remove(&path),
        };
    }
    assert_eq!(tree, story.files);
    assert!(story.commits.is_sorted_by_key(|commit| commit.date.0), "commits go forward in time");
    assert!(story.commits.len() > 300);
}

#[test]
fn the_same_shift_gives_the_same_story() {
    assert_eq!(story(-17), story(-17));
}

#[test]
fn days_weeks_and_months_move_together() {
    assert_eq!(
        moving::text("on 2026-11-20, 2026-W47, actuals/2026-10", 2),
        "on 2026-12-04, 2026-W49, actuals/2026-10"
    );
    assert_eq!(moving::text("2026-W53 and {2026-12-31}", 1), "2027-W01 and 7 Jan");
    assert_eq!(moving::text("actuals/2026-10.toml", 9), "actuals/2026-12.toml");
    assert_eq!(moving::text("actuals/2026-10.toml", -52), "actuals/2025-10.toml");
    let others = "REQ-0001, 2026-11-20x and 12026-11-20";
    assert_eq!(moving::text(others, 1), others);
}

#[test]
fn the_story_ends_in_the_newest_week_whose_friday_has_come() {
    assert_eq!(weeks_to(day("2026-11-20")), 0);
    assert_eq!(weeks_to(day("2026-11-26")), 0);
    assert_eq!(weeks_to(day("2026-11-27")), 1);
    assert_eq!(weeks_to(day("2026-11-19")), -1);
}

#[test]
fn a_moved_story_has_its_last_reports_in_the_last_week() {
    let story = story(10);
    assert!(story.files.contains_key("projects/crm-migration/status/2027-W04.toml"));
    assert!(story.files["projects/crm-migration/status/2027-W04.toml"].contains("date = 2027-01-29"));
}

#[test]
fn no_commit_knows_what_happens_later() {
    // Days of things done, not of things planned.
    let done =
        ["closed_on", "decided_on", "escalated_on", "raised", "held_on", "done_on", "started_on", "actual"];
    for commit in &story(0).commits {
        let seconds = commit.date.0 + i64::from(commit.date.1) * 60;
        let day = chrono::DateTime::from_timestamp(seconds, 0).unwrap().date_naive().to_string();
        for (path, text) in commit.changes.iter().filter_map(|(path, text)| Some((path, text.as_ref()?))) {
            let is_measured = text.contains("[[measurement]]").then(|| text.split_once("[[measurement]]"));
            let measured = is_measured.flatten().map_or("", |(_, rest)| rest);
            let lines =
                text.lines().filter(|line| done.iter().any(|key| line.starts_with(&format!("{key} ="))));
            for line in lines.chain(measured.lines().filter(|line| line.starts_with("date ="))) {
                let told = line.split("= ").nth(1).and_then(|value| value.get(..10)).unwrap();
                assert!(told <= day.as_str(), "{path} says `{line}` on {day}: {}", commit.message);
            }
        }
    }
}
