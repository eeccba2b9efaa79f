//! `pmo log` and `pmo blame`: what git knows of records and fields, in registers that the test makes.

use std::time::{Duration, Instant};

use pmo::store::{ImportCommit, fast_import};

use super::harness::{Run, Sandbox};

/// A register with three weeks of reports, a baseline that moved, and a rating that turned.
fn register() -> Sandbox {
    let sandbox = Sandbox::new()
        .with("pmo.toml", "[register]\nformat = 1\nname = \"Northwind IT\"\n")
        .with(
            "people/jana-novak.toml",
            "name = \"Jana Novak-Berg\"\nemail = \"Jana.Novak@northwind.example\"\n",
        )
        .with("projects/crm/project.toml", CHARTER);
    sandbox.git(&["init", "--quiet"]);
    sandbox.commit_at("crm: charter", "2026-10-01T10:00:00+02:00");
    for (week, overall, when) in [
        ("45", "green", "2026-11-06T15:00:00+01:00"),
        ("46", "amber", "2026-11-13T15:00:00+01:00"),
        ("47", "amber", "2026-11-20T09:00:00+01:00"),
    ] {
        sandbox.write(&format!("projects/crm/status/2026-W{week}.toml"), &status(overall));
        sandbox.commit_at(&format!("crm: week {week}\n\nWith a body."), when);
    }
    sandbox.replace("projects/crm/project.toml", "2027-03-31", "2027-04-30");
    sandbox.commit_at("crm: a new baseline", "2026-11-20T10:00:00+01:00");
    sandbox
}

const CHARTER: &str = "name = \"CRM migration\"\nmanager = \"jana-novak\"\nstate = \"active\"\n\n\
    [schedule]\nstart = 2026-02-02\nfinish = 2027-03-31\n\n\
    [[milestone]]\nid = \"go-live\"\nname = \"Go-live\"\nbaseline = 2027-01-31\n";

fn status(overall: &str) -> String {
    format!(
        "by = \"jana-novak\"\nsummary = \"On course.\"\n\n[rag]\noverall = \"{overall}\"\n\n\
         [milestone.go-live]\nforecast = 2027-02-14\n"
    )
}

/// The cells of the table on a page, without the commits' ids.
fn rows(run: &Run) -> Vec<String> {
    let lines = run.stdout.lines().filter(|line| line.starts_with("  ") && !line.contains("──"));
    let words = |line: &str| {
        let words = line.split("  ").map(str::trim).filter(|word| !word.is_empty());
        let is_id = |word: &&str| word.len() == 7 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        words.filter(|word| !is_id(word)).collect::<Vec<_>>().join(" | ")
    };
    lines.skip(1).map(words).collect()
}

#[test]
fn the_history_of_a_record_is_what_each_commit_changed() {
    let sandbox = register();
    let run = sandbox.pmo("log crm").ok();
    assert!(run.stdout.starts_with("crm · CRM migration · 2 commits"), "{run}");
    let expected = [
        "20 Nov | Jana Novak-Berg | schedule.finish | 31 Mar 2027 | 30 Apr 2027 | crm: a new baseline",
        "1 Oct | Jana Novak-Berg | added | crm: charter",
    ];
    assert_eq!(rows(&run), expected, "{run}");
    sandbox.replace("projects/crm/project.toml", "active", "on-hold");
    let run = sandbox.pmo("log crm").ok();
    assert_eq!(rows(&run)[0], "not committed | state | active | on-hold", "{run}");
    let run = sandbox.pmo("log crm.schedule --since 2026-11-01 -O json").ok().json();
    assert_eq!((run["kind"].as_str(), run["entries"].as_array().unwrap().len()), (Some("log"), 1));
    let entry = &run["entries"][0];
    assert_eq!(entry["changes"][0]["to"], "2027-04-30");
    assert_eq!(entry["commit"]["at"], "2026-11-20T10:00:00+01:00");
    assert_eq!(
        (entry["by"].as_str(), entry["message"].as_str()),
        (Some("jana-novak"), Some("crm: a new baseline"))
    );
}

#[test]
fn a_key_of_the_reports_is_told_over_all_of_them() {
    let sandbox = register();
    let run = sandbox.pmo("log crm.rag.overall").ok();
    let expected = [
        "20 Nov | 2026-W47 | Jana Novak-Berg | ▲ amber | crm: week 47",
        "13 Nov | 2026-W46 | Jana Novak-Berg | ● green | ▲ amber | crm: week 46",
        "6 Nov | 2026-W45 | Jana Novak-Berg | ● green | crm: week 45",
    ];
    assert_eq!(rows(&run), expected, "{run}");
    // A report that is begun says nothing yet, and one that changes its mind says both.
    sandbox.write("projects/crm/status/2026-W48.toml", &status("…"));
    sandbox.commit_at("draft", "2026-11-23T09:00:00+01:00");
    sandbox.write("projects/crm/status/2026-W47.toml", &status("red"));
    let run = sandbox.pmo("log crm.rag.overall -n 2").ok();
    let expected = ["not committed | 2026-W47 | ▲ amber | ■ red", expected[0]];
    assert_eq!(rows(&run), expected, "{run}");
    assert!(run.stdout.contains("2 older not shown"), "{run}");
    let csv = sandbox.pmo("log crm.rag.overall -O csv").ok().stdout;
    assert!(csv.contains(",2026-W47,added,,rag.overall,,amber\n"), "{csv}");
    let both = sandbox.pmo("log crm#go-live").ok();
    assert!(both.stdout.contains("forecast") && both.stdout.contains("baseline"), "{both}");
    let one = sandbox.pmo("log crm#go-live.baseline").ok();
    assert_eq!(rows(&one), ["1 Oct | Jana Novak-Berg | 31 Jan 2027 | crm: charter"], "{one}");
}

#[test]
fn blame_says_who_turned_it_and_when() {
    let sandbox = register();
    let run = sandbox.pmo("blame crm.rag.overall").ok();
    for said in
        ["It says  ▲ amber", "Before   ● green", "Since    13 Nov", "By       Jana Novak-Berg", "week 46"]
    {
        assert!(run.stdout.contains(said), "{said}: {run}");
    }
    let value = sandbox.pmo("blame crm -O json").ok().json();
    let set = value["set"].as_array().unwrap();
    let of = |key: &str| set.iter().find(|set| set["key"] == key).unwrap()["message"].clone();
    assert_eq!(
        (of("schedule.finish"), of("schedule.start")),
        ("crm: a new baseline".into(), "crm: charter".into())
    );
    assert!(sandbox.pmo("blame crm").ok().stdout.contains("schedule.finish"));
}

#[test]
fn what_is_gone_or_moved_has_a_history_too() {
    let sandbox = register();
    sandbox.pmo("mv crm sales").ok();
    sandbox.commit("renamed");
    let run = sandbox.pmo("log sales").ok();
    assert_eq!(rows(&run)[0], "20 Nov | Jana Novak-Berg | moved from crm | renamed", "{run}");
    assert_eq!(rows(&run).len(), 3, "{run}");
    assert_eq!(rows(&sandbox.pmo("log sales.rag.overall").ok()).len(), 3);
    let run = sandbox.pmo("log crm").ok();
    assert_eq!(rows(&run)[0], "20 Nov | Jana Novak-Berg | moved to sales | renamed", "{run}");
}

#[test]
fn the_settings_have_a_history() {
    let sandbox = register();
    sandbox.replace("pmo.toml", "Northwind IT", "Northwind");
    sandbox.commit("a shorter name");
    for typed in ["pmo", "pmo.toml", "pmo.register.name", "pmo.toml.register.name"] {
        let run = sandbox.pmo(&format!("log {typed}")).ok();
        assert!(run.stdout.contains("a shorter name"), "{run}");
    }
}

#[test]
fn as_it_stood_nothing_later_has_happened() {
    let sandbox = register();
    sandbox.write("projects/crm/status/2026-W47.toml", &status("red"));
    let run = sandbox.pmo("blame crm.rag.overall --at 2026-11-10").ok();
    assert!(run.stdout.contains("It says  ● green") && run.stdout.contains("Since    6 Nov"), "{run}");
    assert_eq!(rows(&sandbox.pmo("log crm.rag.overall --at HEAD").ok()).len(), 3);
}

#[test]
fn mistakes_are_answered_with_what_was_meant() {
    let sandbox = register();
    let help = |line: &str| sandbox.pmo(line).exits(2).stderr;
    assert!(help("log crm.rag.overal").contains("did you mean `rag.overall`?"));
    assert!(help("log crm/R-001").contains("there is no record `crm/R-001`"));
    assert!(help("log crm#go-liv").contains("no milestone"), "{}", help("log crm#go-liv"));
    assert!(help("blame nothing").contains("there is no record"));
    let run = sandbox.pmo("log crm.sponsor").ok();
    assert!(run.stdout.contains("Nothing is known of it"), "{run}");
    let bare = Sandbox::register();
    assert!(bare.pmo("log crm").exits(2).stderr.contains("not in a git repository"));
    bare.git(&["init", "--quiet"]);
    assert!(bare.pmo("log crm").exits(2).stderr.contains("no commit yet"));
}

#[test]
fn a_version_that_cannot_be_read_is_named_and_hostile_text_stays_text() {
    let sandbox = register();
    sandbox.write("projects/crm/project.toml", "name = = \"x\"\n");
    sandbox.commit("torn \u{1b}[31m");
    sandbox.write("projects/crm/project.toml", &CHARTER.replace("CRM migration", "=cmd() \\u001b[2J"));
    sandbox.commit("mended");
    let run = sandbox.pmo("log crm").ok();
    assert!(
        run.stdout.contains("1 version of the file cannot be read") && run.stdout.contains("line 1"),
        "{run}"
    );
    assert!(rows(&run).iter().any(|row| row.contains("cannot be read")), "{run}");
    assert!(!run.stdout.contains('\u{1b}'), "{run}");
    assert!(!sandbox.pmo("log crm -O csv").ok().stdout.contains(",=cmd"));
}

/// Commits that each write a project's report, as many as asked for, over a wide register.
fn long_history(commits: usize) -> Vec<ImportCommit> {
    let mut all = Vec::with_capacity(commits);
    for number in 0..commits {
        let mut changes = Vec::new();
        if number == 0 {
            changes.push(("pmo.toml".to_owned(), Some(b"[register]\nformat = 1\n".to_vec())));
            for project in 0..400 {
                changes
                    .push((format!("projects/p-{project}/project.toml"), Some(CHARTER.as_bytes().to_vec())));
            }
        }
        let project = number % 400;
        let week = number / 400 + 1;
        let path = format!("projects/p-{project}/status/2026-W{week:02}.toml");
        changes.push((path, Some(status(["green", "amber"][week % 2]).into_bytes())));
        all.push(ImportCommit {
            branch: "main".to_owned(),
            author: ("Jana".to_owned(), "jana@example.org".to_owned()),
            seconds: 1_780_000_000 + number as i64 * 60,
            offset: 60,
            message: format!("report {number}"),
            changes,
            tag: None,
        });
    }
    all
}

/// A ratio, because machines differ: a log costs no more than a few of git's own over one file, and the program's
/// start.
#[test]
fn a_field_over_five_thousand_commits_is_a_matter_of_a_moment() {
    let sandbox = Sandbox::new();
    fast_import(&sandbox.dir(), &long_history(5_000)).unwrap();
    let quickest = |run: &dyn Fn()| {
        let once = || {
            let begun = Instant::now();
            run();
            begun.elapsed()
        };
        (0..3).map(|_| once()).min().unwrap_or(Duration::MAX)
    };
    let git = quickest(&|| drop(sandbox.git(&["log", "--", "projects/p-7/project.toml"])));
    let start = quickest(&|| drop(sandbox.pmo("show p-7").ok()));
    for (typed, rows) in [("p-7.rag.overall", 13), ("p-7", 1)] {
        let value = sandbox.pmo(&format!("log {typed} -O json")).ok().json();
        assert_eq!(value["entries"].as_array().unwrap().len(), rows, "{typed}");
        let log = quickest(&|| drop(sandbox.pmo(&format!("log {typed}")).ok()));
        assert!(log < git * 6 + start, "{typed}: {log:?}, git {git:?}, start {start:?}");
    }
}
