//! Each rule against its cases in `cases/`, and the manual that is made of their pages.
//!
//! A file of cases has sections `== fires DAY` and `== quiet DAY`. Each is a register: the files below,
//! with `-- PATH` replacing one and `++ PATH` adding to one. `> RECORD KEY` is what the rule must find there,
//! `~~ changed REPORT` is what git would say of a closed period, `~~ moved PROJECT KEY WAS IS` of a baseline, and `@@ PROJECT PERIOD MOMENT` when git has a
//! report filed.

#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::{Context, Findings, RULES, Rule, policy, rule, run};
use crate::diag::{At, Level, Problem};
use crate::load::{self, Loaded};
use crate::model::baseline_move::{BaselineMove, MovedFigure};
use crate::model::filing::{Commit, Filing, Filings};
use crate::model::late_change::{Late, LateChange};
use crate::model::policy::{OfficeKind, Strictness};
use crate::model::{Date, Needs as _, RecordId, Scope};
use crate::store::Memory;
use crate::syntax;

/// A small register in which all is well on Friday 20 November 2026.
const SOUND: [(&str, &str); 5] = [
    ("pmo.toml", "[register]\nformat = 1\nname = \"Northwind\"\n"),
    ("people/jana.toml", "name = \"Jana Novak\"\n"),
    ("people/liam.toml", "name = \"Liam Okoye\"\n"),
    (
        "projects/crm/project.toml",
        "name = \"CRM migration\"\nmanager = \"jana\"\nsponsor = \"liam\"\nstate = \"active\"\nschedule.start = 2026-11-09\n",
    ),
    (
        "projects/crm/status/2026-W47.toml",
        "by = \"jana\"\ndate = 2026-11-20\nsummary = \"On plan.\"\nrag.overall = \"green\"\n",
    ),
];

struct Case {
    fires: bool,
    day: Date,
    files: BTreeMap<String, String>,
    filings: Filings,
    expected: Vec<String>,
    late: Vec<LateChange>,
    moved: Vec<BaselineMove>,
}

fn cases_of(rule: &Rule) -> Vec<Case> {
    let path = home().join("src/check/cases").join(format!("{}.txt", rule.name));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} has no cases", rule.name));
    let mut cases: Vec<Case> = Vec::new();
    let mut file = None;
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("== ") {
            let (kind, day) = head.split_once(' ').unwrap();
            let files = SOUND.map(|(path, text)| (path.to_owned(), text.to_owned()));
            let (fires, day) = (kind == "fires", day.parse().unwrap());
            assert!(fires || kind == "quiet", "{kind}");
            cases.push(Case {
                fires,
                day,
                files: files.into(),
                filings: Filings::default(),
                expected: Vec::new(),
                late: Vec::new(),
                moved: Vec::new(),
            });
            file = None;
            continue;
        }
        let case = cases.last_mut().unwrap();
        if let Some(path) = line.strip_prefix("-- ") {
            case.files.insert(path.to_owned(), String::new());
            file = Some(path.to_owned());
        } else if let Some(path) = line.strip_prefix("++ ") {
            file = Some(path.to_owned());
        } else if let Some(filed) = line.strip_prefix("@@ ") {
            let words: Vec<&str> = filed.split(' ').collect();
            let moment = chrono::DateTime::parse_from_rfc3339(words[2]).unwrap();
            let commit = Commit {
                id: "3f2c1a9e".to_owned(),
                seconds: moment.timestamp(),
                offset_minutes: moment.offset().local_minus_utc() / 60,
                author: "Jana Novak".to_owned(),
            };
            case.filings.put(words[0], words[1].parse().unwrap(), Filing::With(commit));
        } else if let Some(gone) = line.strip_prefix("!! ") {
            case.files.remove(gone);
        } else if let Some(said) = line.strip_prefix("~~ moved ") {
            let words: Vec<&str> = said.split(' ').collect();
            let figure = |key: &str| MovedFigure {
                key: key.to_owned(),
                name: "the figure".to_owned(),
                was: words[2].to_owned(),
                is: Some(words[3].to_owned()),
            };
            if case.moved.is_empty() {
                let (project, approved) = (words[0].to_owned(), "3f2c1a9".to_owned());
                case.moved.push(BaselineMove { project, approved, on: case.day, moved: Vec::new() });
            }
            case.moved[0].moved.push(figure(words[1]));
        } else if let Some(said) = line.strip_prefix("~~ ") {
            let (what, report) = said.split_once(' ').unwrap();
            let what = match what {
                "added" => Late::Added,
                "changed" => Late::Changed,
                _ => Late::Removed,
            };
            let (home, period) = report.split_once('/').unwrap();
            let record = RecordId::status(home, period.parse().unwrap());
            case.late.push(LateChange { record, what, closing: format!("report/{period}") });
        } else if let Some(found) = line.strip_prefix("> ") {
            case.expected.push(found.trim().to_owned());
        } else if let Some(path) = &file {
            let text = case.files.entry(path.clone()).or_default();
            text.push_str(line);
            text.push('\n');
        }
    }
    cases
}

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn loaded(case: &Case, scope: &Scope) -> Loaded {
    let mut memory = Memory::new();
    for (path, text) in &case.files {
        memory.insert(path.clone(), text.clone());
    }
    let mut loaded = load::load(&memory, scope).unwrap();
    if scope.closings {
        loaded.register.late_changes.clone_from(&case.late);
    }
    if scope.baselines {
        loaded.register.baseline_moves.clone_from(&case.moved);
    }
    loaded.register.filings = case.filings.clone();
    loaded
}

/// What a finding names: its record, or else its file, and its key.
fn named(problem: &Problem) -> String {
    let key = match &problem.at {
        At::Key(key) => key.as_str(),
        _ => "",
    };
    format!("{} {key}", problem.record.as_ref().unwrap_or(&problem.file)).trim().to_owned()
}

fn found(rule: &Rule, case: &Case) -> Vec<Problem> {
    let loaded = loaded(case, &Scope { advice: true, closings: true, baselines: true, ..Scope::all() });
    let others: Vec<_> = loaded.problems.iter().filter(|problem| problem.code != rule.name).collect();
    assert!(others.is_empty(), "{}: {others:?}", rule.name);
    let levels = [(rule.name.to_owned(), Strictness::Deny)];
    let checked = run(&loaded.register, case.day, &levels, &loaded.problems);
    checked.problems.into_iter().filter(|problem| problem.code == rule.name).collect()
}

#[test]
fn every_rule_fires_where_it_should_and_is_quiet_where_it_should() {
    for rule in RULES {
        let cases = cases_of(rule);
        assert!(cases.iter().any(|case| case.fires), "{} has no case that fires", rule.name);
        assert!(cases.iter().any(|case| !case.fires), "{} has no quiet case", rule.name);
        for (i, case) in cases.iter().enumerate() {
            let problems = found(rule, case);
            let names: Vec<String> = problems.iter().map(named).collect();
            assert_eq!(names, case.expected, "{}, case {}: {problems:#?}", rule.name, i + 1);
            assert_eq!(case.fires, !names.is_empty(), "{}, case {}", rule.name, i + 1);
            for problem in problems {
                assert_eq!(problem.level, Level::Error);
                let At::Key(key) = &problem.at else { continue };
                let text = &case.files[&problem.file];
                assert!(syntax::locate(text, key).is_some(), "{}: no place for {key} in:\n{text}", rule.name);
                assert!(!problem.message.ends_with('.'), "{}", problem.message);
            }
        }
    }
}

#[test]
fn every_rule_finds_the_same_in_what_it_asks_for_as_in_everything() {
    for rule in RULES {
        for case in cases_of(rule) {
            let all = loaded(&case, &Scope { closings: true, baselines: true, ..Scope::all() });
            let asked = loaded(&case, &rule.needs().on(case.day));
            let of = |loaded: &Loaded| {
                let mut out = Findings::of(rule.name, Level::Error);
                (rule.check)(&Context::new(&loaded.register, case.day), &mut out);
                out.into_problems()
            };
            assert_eq!(of(&asked), of(&all), "{} needs more than it asks for", rule.name);
        }
    }
}

#[test]
fn names_are_unique_and_pages_are_whole() {
    let mut names: Vec<&str> = policy::names().collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
    for rule in RULES {
        let page = rule.page;
        assert!(page.starts_with(&format!("# {}\n\n", rule.name)), "{}", rule.name);
        for part in ["\n## Why\n", "\n## Example\n", "\n## How to fix it\n"] {
            assert!(page.contains(part), "{}: {part}", rule.name);
        }
        assert!(rule.summary().ends_with('.') && rule.summary().len() < 110, "{}", rule.name);
    }
}

#[test]
fn the_manual_of_the_rules_is_current() {
    let mut manual = String::from(
        "# The rules\n\nWhat `pmo check` looks for, as `pmo explain RULE` prints it. Each rule says what it counts as where \
         `[policy]` in `pmo.toml` says nothing, by the kind of office that keeps the register.\n\n\
         | rule | supportive | controlling | directive | |\n| --- | --- | --- | --- | --- |\n",
    );
    for rule in RULES {
        let word = |office| match rule.default(office) {
            Strictness::Allow => "allow",
            Strictness::Warn => "warn",
            Strictness::Deny => "deny",
        };
        let [s, c, d] = [OfficeKind::Supportive, OfficeKind::Controlling, OfficeKind::Directive].map(word);
        writeln!(manual, "| [{0}](#{0}) | {s} | {c} | {d} | {1} |", rule.name, rule.summary()).unwrap();
    }
    for rule in RULES {
        // One level down, so that the page has one title.
        for line in format!("\n{}", rule.page.trim_end()).lines() {
            let deeper = if line.starts_with('#') { "#" } else { "" };
            writeln!(manual, "{deeper}{line}").unwrap();
        }
    }
    let path: &Path = &home().join("docs/rules.md");
    if std::env::var_os("PMO_BLESS").is_some() {
        std::fs::write(path, &manual).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == manual,
        "docs/rules.md is not what the rules say: PMO_BLESS=1 cargo test --lib check::"
    );
}

/// A register with a red report that has no plan, and what is put into its `pmo.toml`.
fn red(pmo: &str) -> super::Checked {
    let mut case = cases_of(rule("red-without-plan").unwrap()).remove(0);
    let config = case.files.get_mut("pmo.toml").unwrap();
    config.push_str(pmo);
    let loaded = loaded(&case, &Scope::all());
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    run(&loaded.register, case.day, &[], &[])
}

fn codes(checked: &super::Checked) -> Vec<(&'static str, Level)> {
    checked.problems.iter().map(|p| (p.code, p.level)).collect()
}

#[test]
fn levels_follow_the_office_then_the_policy_then_the_command_line() {
    assert_eq!(codes(&red("")), [("red-without-plan", Level::Error)]);
    assert_eq!(codes(&red("kind = \"supportive\"\n")), [("red-without-plan", Level::Warning)]);
    assert_eq!(
        codes(&red("[policy]\nred-without-plan = \"warn\"\n")),
        [("red-without-plan", Level::Warning)]
    );
    assert_eq!(codes(&red("[policy]\nred-without-plan = \"allow\"\n")), []);
    let register = &crate::model::Register::default();
    let levels = [("action-overdue", Strictness::Deny), ("action-overdue", Strictness::Allow)];
    let levels = levels.map(|(rule, level)| (rule.to_owned(), level));
    assert_eq!(
        policy::strictness(register, &levels, "action-overdue"),
        Strictness::Allow,
        "the last word holds"
    );
    assert_eq!(
        policy::strictness(register, &[("conflict-marker".into(), Strictness::Allow)], "conflict-marker"),
        Strictness::Deny
    );
    assert_eq!(policy::strictness(register, &[], "toml-1-1"), Strictness::Warn);
}

#[test]
fn an_exception_keeps_back_what_it_names_until_its_last_day() {
    let exception = |rule: &str, record: &str, until: &str| {
        format!(
            "[[exception]]\nrule = \"{rule}\"\nrecord = \"{record}\"\nreason = \"agreed\"\nuntil = {until}\n"
        )
    };
    for record in ["crm", "crm/2026-W47"] {
        let checked = red(&exception("red-without-plan", record, "2026-11-20"));
        assert_eq!((codes(&checked), checked.used.len()), (vec![], 1), "{record}");
        assert_eq!((checked.used[0].index, checked.used[0].findings), (0, 1));
    }
    let of = |text: String| codes(&red(&text)).into_iter().map(|(code, _)| code).collect::<Vec<_>>();
    assert_eq!(
        of(exception("red-without-plan", "crm", "2026-11-19")),
        ["expired-exception", "red-without-plan"]
    );
    assert_eq!(
        of(exception("red-without-plan", "cr", "2026-12-31")),
        ["unused-exception", "red-without-plan"]
    );
    assert_eq!(of(exception("no-sponsor", "crm", "2026-12-31")), ["unused-exception", "red-without-plan"]);
    assert_eq!(of(exception("red-without-plam", "crm", "2026-12-31")), ["unknown-rule", "red-without-plan"]);
    let switched_off =
        exception("red-without-plan", "crm", "2026-12-31") + "[policy]\nred-without-plan = \"allow\"\n";
    assert_eq!(of(switched_off), [""; 0]);
}
