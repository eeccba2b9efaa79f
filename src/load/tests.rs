//! The loader over small registers in memory.

use super::*;
use crate::model::place::Name;
use crate::model::{KindSet, Project, RecordId, Reports, Risk, Status};
use crate::store::Memory;

const CHARTER: &str = "name = \"CRM\"\nmanager = \"jana\"\nstate = \"active\"\n[schedule]\nstart = 2026-02-02\n\
                       [budget]\napproved = 1_200_000.50\n";
const REPORT: &str = "summary = \"Fine.\"\npercent_complete = 62.5\n[rag]\noverall = \"green\"\n";

fn memory(files: &[(&str, &str)]) -> Memory {
    let mut memory = Memory::new();
    memory.insert(CONFIG, "[register]\nformat = 1\n");
    for (path, text) in files {
        memory.insert(*path, *text);
    }
    memory
}

fn codes(loaded: &Loaded) -> Vec<(String, &'static str)> {
    loaded.problems.iter().map(|p| (p.file.clone(), p.code)).collect()
}

#[test]
fn reads_exact_figures_and_dates() {
    let source = memory(&[
        ("projects/crm/project.toml", CHARTER),
        ("projects/crm/status/2026-W47.toml", REPORT),
        (
            "projects/crm/risks/R-001.toml",
            "title = \"x\"\nimpact = { cost = 4 }\ncost_effect = 1.5\nraised = 2026-10-12\n",
        ),
    ]);
    let loaded = load(&source, &Scope::all()).unwrap();
    assert_eq!(codes(&loaded), []);
    let charter = loaded.register.project("crm").unwrap();
    assert_eq!(charter.budget.approved.unwrap().to_string(), "1200000.50");
    assert_eq!(charter.schedule.start.unwrap().to_string(), "2026-02-02");
    let shelf = &loaded.register.projects["crm"];
    assert_eq!(shelf.series::<Status>().next().unwrap().1.percent_complete.unwrap().to_string(), "62.5");
    let risk: &Risk = shelf.get(&Name::Number(1)).unwrap();
    assert_eq!(risk.raised.unwrap().to_string(), "2026-10-12");
}

#[test]
fn one_bad_file_hides_no_other_and_says_every_mistake() {
    let source = memory(&[
        ("projects/crm/project.toml", "name = 7\nmanagr = \"jana\"\nstate = \"activ\"\n"),
        ("projects/erp/project.toml", CHARTER),
        ("projects/erp/risks/R-001.toml", "title = [\n"),
        ("projects/erp/risks/R-2.toml", "title = \"x\"\n"),
        ("projects/erp/riks/R-003.toml", "title = \"x\"\n"),
    ]);
    let loaded = load(&source, &Scope::all()).unwrap();
    assert!(loaded.register.project("erp").is_some());
    let found = codes(&loaded);
    let of = |file: &str| found.iter().filter(|(f, _)| f == file).map(|(_, c)| *c).collect::<Vec<_>>();
    assert_eq!(of("projects/crm/project.toml").len(), 4, "{found:?}");
    assert_eq!(of("projects/erp/risks/R-001.toml"), ["syntax-error"]);
    assert_eq!(of("projects/erp/risks/R-2.toml"), ["misnamed-file"]);
    assert_eq!(of("projects/erp/riks"), ["unknown-folder"]);
}

#[test]
fn a_placeholder_makes_a_draft_and_no_error() {
    let draft = "summary = \"…\"\npercent_complete = \"…\"\n[rag]\noverall = \"…\"\n";
    let source = memory(&[
        ("projects/crm/project.toml", CHARTER),
        ("projects/crm/status/2026-W46.toml", REPORT),
        ("projects/crm/status/2026-W47.toml", draft),
    ]);
    let loaded = load(&source, &Scope::all()).unwrap();
    assert_eq!(codes(&loaded), []);
    assert_eq!(loaded.unusable(), (1, 0));
    assert_eq!(loaded.register.projects["crm"].series::<Status>().count(), 1);
}

#[test]
fn reads_no_more_than_the_scope_asks() {
    let reports: Vec<String> = (40..50).map(|w| format!("projects/crm/status/2026-W{w}.toml")).collect();
    let mut files: Vec<(&str, &str)> = reports.iter().map(|p| (p.as_str(), REPORT)).collect();
    files.push(("projects/crm/project.toml", CHARTER));
    files.push(("projects/crm/risks/R-001.toml", "title = \"x\"\n"));
    let day = "2026-11-20".parse().unwrap();
    let scope = Scope::kinds(&["project"]).with_reports(Reports::Newest(2)).on(day);
    let loaded = load(&memory(&files), &scope).unwrap();
    let shelf = &loaded.register.projects["crm"];
    let read: Vec<String> = shelf.series::<Status>().map(|(p, _)| p.to_string()).collect();
    assert_eq!(read, ["2026-W46", "2026-W47"]);
    assert_eq!(shelf.slots("status").count(), 10);
    assert!(matches!(shelf.slot("risk", &Name::Number(1)), Some(Slot::Unread)));
    assert_eq!(loaded.files, 4);
    assert!(scope.kinds.has("project") && !scope.kinds.has("risk") && KindSet::ALL.has("risk"));
}

#[test]
fn a_draft_does_not_take_the_place_of_a_report_that_counts() {
    let report = "summary = \"x\"\nrag.overall = \"green\"\n";
    let draft = "summary = \"…\"\nrag.overall = \"green\"\n";
    let files = [
        ("projects/crm/project.toml", CHARTER),
        ("projects/crm/status/2026-W44.toml", report),
        ("projects/crm/status/2026-W45.toml", report),
        ("projects/crm/status/2026-W46.toml", report),
        ("projects/crm/status/2026-W47.toml", draft),
    ];
    let scope = Scope::kinds(&["project"]).with_reports(Reports::Newest(2)).on("2026-11-20".parse().unwrap());
    let loaded = load(&memory(&files), &scope).unwrap();
    let shelf = &loaded.register.projects["crm"];
    let read: Vec<String> = shelf.series::<Status>().map(|(p, _)| p.to_string()).collect();
    assert_eq!(read, ["2026-W45", "2026-W46"]);
}

#[test]
fn a_newer_format_is_refused_and_a_broken_config_is_not_the_end() {
    let mut source = Memory::new();
    source.insert(CONFIG, "[register]\nformat = 2\n");
    assert!(matches!(load(&source, &Scope::all()), Err(LoadError::NewerFormat { found: 2, known: 1 })));
    source.insert(CONFIG, "[register\n");
    source.insert("projects/crm/project.toml", CHARTER);
    let loaded = load(&source, &Scope::all()).unwrap();
    assert_eq!(codes(&loaded), [(CONFIG.to_owned(), "syntax-error")]);
    assert!(loaded.register.get::<Project>(&RecordId::project("crm")).is_some());
    assert!(matches!(load(&Memory::new(), &Scope::all()), Err(LoadError::NoRegister)));
}

#[test]
fn who_asks_for_advice_hears_what_serde_lets_pass() {
    let charter =
        "name = \"CRM\"\nmanager = \"jana\"\nstate = \"active\"\nschedule = [2026-02-02, 2026-03-02]\n";
    let source = memory(&[("projects/crm/project.toml", charter)]);
    let scope = Scope { advice: true, ..Scope::all() };
    assert_eq!(
        codes(&load(&source, &scope).unwrap()),
        [("projects/crm/project.toml".to_owned(), "wrong-type")]
    );
}

#[test]
fn the_swift_reader_takes_nothing_that_the_thorough_one_refuses() {
    let odd = [
        "title = \"x\"\nowner = 1.5\n",
        "title = \"x\"\nraised = 2026-02-30\n",
        "title = \"x\"\nraised = 2026-10-12T10:00:00\n",
        "title = \"x\"\nraised = \"2026-10-12\"\n",
        "title = \"x\"\nplan_cost = nan\n",
        "title = \"x\"\nplan_cost = 99999999999999999999999999999999\n",
        "title = \"x\"\nplan_cost = \"12\"\n",
        "title = \"x\"\ninitial = [3, 4]\n",
        "title = \"x\"\nstate = { open = {} }\n",
        "title = \"x\"\ntitle = \"y\"\n",
        "title = \"x\"\nprobability = 300\n",
        "title = \"x\"\nchance = 101\n",
        "title = \"x\"\nunheard_of = 1\n",
        "title = \"x\"\n<<<<<<< ours\n",
        "titel = \"x\"\n",
        "",
    ];
    for text in odd {
        let source =
            memory(&[("projects/crm/project.toml", CHARTER), ("projects/crm/risks/R-001.toml", text)]);
        let found = |advice| codes(&load(&source, &Scope { advice, ..Scope::all() }).unwrap());
        assert!(!found(false).is_empty(), "{text}");
        assert_eq!(found(false), found(true), "{text}");
    }
}
