//! `pmo diff`: what differs between two states, in words and key by key.

use crate::harness::Sandbox;

const CHARTER: &str = "projects/crm/project.toml";
const REPORT: &str = "projects/crm/status/2026-W47.toml";

/// A register with a project that has dates, money, a milestone and a risk, committed.
fn committed() -> Sandbox {
    let sandbox = Sandbox::register();
    sandbox.write(
        CHARTER,
        "name = \"CRM migration\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nstate = \"active\"\n\
         scope = \"All of it\"\npurpose = \"To sell\"\nschedule = { start = 2026-02-02, finish = 2027-01-14 }\n\
         budget = { approved = 1_200_000, contingency = 90_000 }\n\n\
         [[milestone]]\nid = \"go-live\"\nname = \"Go-live\"\nbaseline = 2027-01-14\n",
    );
    sandbox.write(
        REPORT,
        "by = \"jana-novak\"\ndate = 2026-11-20\nsummary = \"On plan.\"\nrag.overall = \"green\"\n\
         forecast_finish = 2027-01-14\nforecast_cost = 1_200_000\nmilestone.go-live.forecast = 2027-02-14\n",
    );
    sandbox.write(
        "projects/crm/risks/R-001.toml",
        "title = \"Vendor leaves\"\nowner = \"jana-novak\"\nprobability = 3\nimpact = 4\nresponse = \"accept\"\n\
         chance = 50\ncost_effect = 100_000\n",
    );
    sandbox.git_init();
    sandbox
}

#[test]
fn what_is_not_committed_is_told_in_words_and_key_by_key() {
    let sandbox = committed();
    let run = sandbox.pmo("diff --exit-code").ok();
    assert!(run.stdout.contains("Nothing differs."), "{run}");
    sandbox.replace(REPORT, "2027-02-14", "2027-02-28");
    sandbox.replace(REPORT, "rag.overall = \"green\"", "rag.overall = \"amber\"");
    sandbox.replace(REPORT, "forecast_cost = 1_200_000", "forecast_cost = 1_380_000");
    sandbox.replace("projects/crm/risks/R-001.toml", "probability = 3", "probability = 5");
    sandbox.replace("projects/crm/risks/R-001.toml", "chance = 50", "chance = 80");
    sandbox.write("projects/crm/issues/I-001.toml", "title = \"Test system is down\"\n");
    let run = sandbox.pmo("diff").ok();
    for said in [
        "crm  CRM migration  green → amber",
        "Go-live slips 14 days to 28 Feb 2027, now 45 days behind baseline",
        "forecast cost +180 k to 1.38 M EUR",
        "R-001 raised 12 → 20: Vendor leaves",
        "new issue I-001: Test system is down",
        "exposure 50 k → 80 k EUR",
        "green 1 → 0",
    ] {
        assert!(run.stdout.contains(said), "{said}\n{run}");
    }
    // What no words tell is listed: the chance is, the probability and the forecast are not.
    let rest = run.stdout.split_once("Other keys").unwrap().1;
    assert!(
        rest.contains("chance") && !rest.contains("probability") && !rest.contains("forecast_cost"),
        "{run}"
    );
    sandbox.pmo("diff --exit-code").exits(1);
    let run = sandbox.pmo("diff --exit-code --quiet").exits(1);
    assert!(run.stdout.is_empty(), "{run}");
    let json = sandbox.pmo("diff -O json").ok().json();
    assert_eq!((json["kind"].as_str(), json["schema_version"].as_u64()), (Some("diff"), Some(1)));
    let records = json["projects"][0]["records"].as_array().unwrap();
    let fields: Vec<String> = records
        .iter()
        .flat_map(|record| {
            let fields = record["fields"].as_array().unwrap().iter();
            fields.map(|f| {
                format!("{} {} {} {}", record["record"].as_str().unwrap(), f["key"], f["old"], f["new"])
            })
        })
        .collect();
    assert_eq!(
        fields,
        [
            "crm/I-001 \"title\" null \"Test system is down\"",
            "crm/R-001 \"chance\" 50 80",
            "crm/R-001 \"probability\" 3 5",
            "crm/2026-W47 \"forecast_cost\" 1200000 1380000",
            "crm/2026-W47 \"milestone.go-live.forecast\" \"2027-02-14\" \"2027-02-28\"",
            "crm/2026-W47 \"rag.overall\" \"green\" \"amber\"",
        ]
    );
    let csv = sandbox.pmo("diff -O csv").ok().stdout;
    assert!(csv.contains("crm/R-001,changed,,projects/crm/risks/R-001.toml,chance,50,80\n"), "{csv}");
}

#[test]
fn two_states_mirror_each_other() {
    let sandbox = committed();
    sandbox.replace(CHARTER, "finish = 2027-01-14", "finish = 2027-03-01");
    sandbox.replace(CHARTER, "approved = 1_200_000", "approved = 1_300_000");
    sandbox.pmo("mv crm customers").ok();
    sandbox.commit("moved");
    let there = sandbox.pmo("diff HEAD~1 HEAD").ok();
    for said in [
        "customers  CRM migration",
        "renamed from crm",
        "agreed finish 14 Jan 2027 → 1 Mar 2027 (+46 d)",
        "1 project",
    ] {
        assert!(there.stdout.contains(said), "{said}\n{there}");
    }
    assert!(!there.stdout.contains("removed") && !there.stdout.contains("new risk"), "{there}");
    assert_eq!(sandbox.pmo("diff HEAD~1..HEAD").ok().stdout, there.stdout);
    assert_eq!(sandbox.pmo("diff HEAD~1..").ok().stdout, there.stdout);
    let back = sandbox.pmo("diff HEAD HEAD~1").ok();
    for said in ["crm  CRM migration", "renamed from customers", "(-46 d)", "budgets -100 k EUR"] {
        assert!(back.stdout.contains(said), "{said}\n{back}");
    }
    assert!(sandbox.pmo("diff HEAD HEAD --exit-code").ok().stdout.contains("Nothing differs"));
}

#[test]
fn broken_files_are_named_on_either_side_and_hide_nothing() {
    let sandbox = committed();
    let sound = sandbox.read(CHARTER);
    sandbox.write(CHARTER, "name = ");
    sandbox.replace(REPORT, "\"On plan.\"", "\"Well.\"");
    sandbox.commit("broken");
    let run = sandbox.pmo("diff HEAD~1 HEAD").ok();
    assert!(run.stdout.contains("1 file cannot be read in commit") && run.stdout.contains(CHARTER), "{run}");
    assert!(run.stdout.contains("On plan.") && run.stdout.contains("Well."), "{run}");
    assert!(!run.stdout.contains("taken off"), "{run}");
    sandbox.write(CHARTER, &sound);
    let run = sandbox.pmo("diff -O json").ok().json();
    assert_eq!(run["before"]["incomplete"]["unreadable"][0], CHARTER);
    let records = run["projects"][0]["records"].as_array().unwrap();
    assert!(records[0]["unreadable_before"].is_string() && records[0]["unreadable_after"].is_null(), "{run}");
    sandbox.write("pmo.toml", "[register\n");
    let run = sandbox.pmo("diff").ok();
    assert!(run.stdout.contains("pmo.toml"), "{run}");
}

#[test]
fn it_is_narrowed_to_a_project_a_record_or_a_path() {
    let sandbox = committed();
    sandbox.write(
        "projects/erp/project.toml",
        "name = \"ERP\"\nmanager = \"jana-novak\"\nstate = \"proposed\"\n",
    );
    sandbox.replace("projects/crm/risks/R-001.toml", "Vendor leaves", "Vendor stays");
    sandbox.replace("people/jana-novak.toml", "Jana Novak", "Jana Kral");
    sandbox.write("projects/crm/docs/notes.md", "words");
    let all = sandbox.pmo("diff").ok();
    for said in ["erp", "new on the register", "Vendor stays", "Jana Kral", "projects/crm/docs/notes.md"] {
        assert!(all.stdout.contains(said), "{said}\n{all}");
    }
    for (only, in_it, out) in [
        ("crm", "Vendor stays", "on the register"),
        ("crm/R-001", "Vendor stays", "Jana Kral"),
        ("projects/erp", "on the register", "Vendor"),
        ("people/jana-novak.toml", "Jana Kral", "Vendor"),
        ("@jana-novak", "Jana Kral", "Vendor"),
    ] {
        let run = sandbox.pmo_args(&["diff", "HEAD", "--", only]).ok();
        assert!(run.stdout.contains(in_it) && !run.stdout.contains(out), "{only}\n{run}");
    }
    let run = sandbox.pmo("diff -- crn").exits(2);
    assert!(run.stderr.contains("did you mean `crm`?"), "{run}");
    let run = sandbox.pmo("diff crm").exits(2);
    assert!(run.stderr.contains("pmo diff -- crm"), "{run}");
    assert!(sandbox.pmo("diff main...side").exits(2).stderr.contains("merge-base"));
    sandbox.pmo("diff a..b c").exits(2);
}

#[test]
fn a_date_is_looked_at_on_its_day_and_a_beginning_is_no_error() {
    let sandbox = committed();
    sandbox.replace(CHARTER, "2027-01-14\n", "2026-11-16\n");
    sandbox.replace(REPORT, "milestone.go-live.forecast = 2027-02-14\n", "");
    std::fs::remove_dir_all(sandbox.path(".git")).unwrap();
    sandbox.git(&["init", "--quiet"]);
    sandbox.commit_at("all", "2026-11-10T12:00:00+01:00");
    // Between the two days the milestone's day passed, though nobody wrote a word.
    let run = sandbox.pmo("diff 2026-11-13").ok();
    assert!(
        run.stdout.contains("Go-live missed, due 16 Nov") && run.stdout.contains("as of 2026-11-13"),
        "{run}"
    );
    // Whoever names the day means it for both.
    assert!(sandbox.pmo("diff 2026-11-13 --today 2026-11-20").ok().stdout.contains("Nothing differs"));
    let run = sandbox.pmo("diff 2026-11-01").exits(2);
    assert!(run.stderr.contains("history begins"), "{run}");
    // Before the register there was none: everything is new.
    let other = Sandbox::new();
    other.git(&["init", "--quiet"]);
    other.write("README", "x");
    other.commit("before");
    other.pmo("init reg --name IT").ok();
    other.commit("began");
    let run = other.pmo("-C reg diff HEAD~1 HEAD").ok();
    assert!(run.stdout.contains("no register yet") && run.stdout.contains("pmo.toml"), "{run}");
    let outside = Sandbox::register();
    assert!(outside.pmo("diff").exits(2).stderr.contains("git"), "without git");
}

#[test]
fn a_comment_is_short_and_folds_what_is_long() {
    let sandbox = committed();
    for number in 1..=20 {
        sandbox.write(&format!("projects/crm/issues/I-{number:03}.toml"), "title = \"<b>x</b> | y\"\n");
    }
    sandbox.replace("projects/crm/risks/R-001.toml", "chance = 50", "chance = 60");
    let run = sandbox.pmo("diff -O markdown").ok();
    assert!(
        run.stdout.contains("  - and 13 more\n")
            && run.stdout.contains("<summary>Other keys: 1 in 1 record</summary>"),
        "{run}"
    );
    assert!(!run.stdout.contains("<b>"), "{run}");
    assert!(sandbox.pmo("diff").ok().stdout.contains("I-020"));
}
