//! `pmo status`: begun, filled in, submitted, received, due.

use crate::harness::Sandbox;

/// A register with a report of last week and none of this.
fn register() -> Sandbox {
    let sandbox = Sandbox::register();
    std::fs::rename(
        sandbox.path("projects/crm/status/2026-W47.toml"),
        sandbox.path("projects/crm/status/2026-W46.toml"),
    )
    .unwrap();
    sandbox.replace("projects/crm/status/2026-W46.toml", "2026-11-20", "2026-11-13");
    sandbox
        .with("projects/erp/project.toml", "name = \"ERP\"\nmanager = \"jana-novak\"\nstate = \"closed\"\n")
}

/// Fills in every placeholder of a draft.
fn fill_in(sandbox: &Sandbox, path: &str) {
    let mut text = sandbox.read(path);
    for (key, value) in
        [("overall", "\"green\""), ("forecast_finish", "2027-03-31"), ("forecast_cost", "1_200_000")]
    {
        text = text.replace(&format!("\n{key} = \"…\""), &format!("\n{key} = {value}"));
    }
    for rating in ["schedule", "cost", "scope", "risk", "benefits", "resources", "quality"] {
        text = text.replace(&format!("\n{rating} = \"…\""), &format!("\n{rating} = \"green\""));
    }
    text = text.replace("\npercent_complete = \"…\"", "\npercent_complete = 60");
    text = text
        .replace("\nactual_cost = \"…\"", "\nactual_cost = 700_000")
        .replace("\nconfidence = \"…\"", "\nconfidence = 80");
    sandbox.write(path, &text.replace("\"…\"", "\"Wave 1 is mapped.\""));
}

const W47: &str = "projects/crm/status/2026-W47.toml";

#[test]
fn a_report_is_begun_filled_in_and_submitted() {
    let sandbox = register();
    sandbox.git_init();
    let run = sandbox.pmo("status new crm").ok();
    assert_eq!(run.stdout, format!("{W47}\n"));
    assert!(run.stderr.contains("to fill in") && run.stderr.contains("pmo status submit crm"), "{run}");
    let draft = sandbox.read(W47);
    assert!(draft.contains("summary = \"…\"") && draft.contains("On course."), "{draft}");
    // It is not written again, not half a year ahead, and not submitted as it is.
    let run = sandbox.pmo("status new crm").exits(2);
    assert!(run.stderr.contains("still a draft") && run.stderr.contains("pmo edit crm/2026-W47"), "{run}");
    let run = sandbox.pmo("status new crm --period 2027-W20").exits(2);
    assert!(run.stderr.contains("too early") && run.stderr.contains("next one 2026-W48"), "{run}");
    let run = sandbox.pmo("status submit crm").exits(1);
    assert!(run.stdout.contains("error[placeholder]") && run.stdout.contains("2026-W47.toml:"), "{run}");
    assert!(run.stderr.contains("not submitted"), "{run}");
    assert_eq!(sandbox.git(&["rev-list", "--count", "HEAD"]).trim(), "1");
    fill_in(&sandbox, W47);
    let run = sandbox.pmo("status submit crm").ok();
    assert!(run.stderr.contains("committed") && run.stderr.contains("crm/2026-W47 is submitted"), "{run}");
    assert_eq!(
        sandbox.git(&["show", "--format=%s", "--name-only"]),
        format!("crm: status report 2026-W47\n\n{W47}\n")
    );
    // Again: nothing happens.
    let run = sandbox.pmo("status submit crm").ok();
    assert!(run.stderr.contains("committed already"), "{run}");
    assert_eq!(sandbox.git(&["rev-list", "--count", "HEAD"]).trim(), "2");
    // What changed beside it is no status report; the next one, just begun, stays.
    sandbox.pmo("status new crm --period 2026-W48").ok();
    sandbox.replace("projects/crm/project.toml", "state =", "purpose = \"New\"\nstate =");
    let run = sandbox.pmo("status submit crm --period 2026-W47").ok();
    assert!(run.stderr.contains("status/2026-W48.toml is not filled in yet, and is not committed"), "{run}");
    assert_eq!(
        sandbox.git(&["show", "--format=%s", "--name-only"]),
        "crm: what changed beside the status report 2026-W47\n\nprojects/crm/project.toml\n"
    );
}

#[test]
fn only_the_projects_files_are_committed_and_other_work_stays() {
    let sandbox = register().with("notes.txt", "1");
    sandbox.git_init();
    sandbox.pmo("status new crm").ok();
    fill_in(&sandbox, W47);
    sandbox.write("projects/crm/risks/R-001.toml", "title = \"Vendor leaves\"\n");
    sandbox.write("notes.txt", "staged");
    sandbox.git(&["add", "notes.txt"]);
    sandbox.write("notes.txt", "and changed");
    sandbox.replace("projects/erp/project.toml", "ERP", "ERP rollout");
    let before = sandbox.git(&["diff", "--cached"]);
    let run = sandbox.pmo_args(&["status", "submit", "crm", "-m", "Week 47"]).ok();
    assert!(run.stderr.contains("with projects/crm/risks/R-001.toml"), "{run}");
    let shown = sandbox.git(&["show", "--format=%an: %s", "--name-only"]);
    assert_eq!(shown, format!("Jana Novak: Week 47\n\nprojects/crm/risks/R-001.toml\n{W47}\n"));
    assert_eq!(sandbox.git(&["diff", "--cached"]), before);
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "MM notes.txt\n M projects/erp/project.toml\n");
}

#[test]
fn what_cannot_be_is_named_with_its_place() {
    let sandbox = register();
    sandbox.git_init();
    sandbox.replace("pmo.toml", "[reporting]", "[status]\nrequired = [\"forecast_finish\"]\n\n[reporting]");
    let report = "date = 2026-11-27\nsummary = \"x\"\npercent_complete = 158\n\n[rag]\noverall = \"gren\"\n\n[milestone.go-liv]\nactual = 2026-12-01\n";
    sandbox.write(W47, report);
    let run = sandbox.pmo("status submit crm").exits(1);
    for said in ["did you mean \"green\"?", "158"] {
        assert!(run.stdout.contains(said), "{said}: {run}");
    }
    sandbox.write(W47, &report.replace("gren", "green").replace("158", "58"));
    let run = sandbox.pmo("status submit crm").exits(1);
    for said in ["still to come", "cannot have been reached"] {
        assert!(run.stdout.contains(said), "{said}: {run}");
    }
    // What the register asks for, and references that lead nowhere.
    sandbox.write(W47, "date = 2026-11-20\nsummary = \"x\"\n[rag]\noverall = \"green\"\n[milestone.go-liv]\nforecast = 2026-12-01\n");
    let run = sandbox.pmo("status submit crm").exits(1);
    for said in ["error[status-incomplete]", "forecast_finish", "error[unknown-milestone]", "go-liv"] {
        assert!(run.stdout.contains(said), "{said}: {run}");
    }
    // A mistake in another file that would go along is one too.
    sandbox.write(
        W47,
        "date = 2026-11-20\nsummary = \"x\"\nforecast_finish = 2027-03-31\n[rag]\noverall = \"green\"\n",
    );
    sandbox.write("projects/crm/risks/R-001.toml", "titel = \"x\"\n");
    let run = sandbox.pmo("status submit crm").exits(1);
    assert!(run.stdout.contains("R-001.toml"), "{run}");
    std::fs::remove_file(sandbox.path("projects/crm/risks/R-001.toml")).unwrap();
    // A broken promise is said, and the honest report goes through.
    sandbox.replace(W47, "green", "red");
    let run = sandbox.pmo("status submit crm").ok();
    assert!(run.stdout.contains("error[red-without-plan]") && run.stderr.contains("is submitted"), "{run}");
    assert!(run.stderr.contains("`pmo check` will fail on this"), "{run}");
}

#[test]
fn what_git_would_refuse_is_said_before_or_without_harm() {
    let sandbox = Sandbox::register();
    sandbox.git_init();
    sandbox.replace(W47, "On course.", "Still on course.");
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.write(".git/MERGE_HEAD", &head);
    let run = sandbox.pmo("status submit crm").exits(2);
    assert!(
        run.stderr.contains("a merge is in progress") && run.stderr.contains("git merge --abort"),
        "{run}"
    );
    std::fs::remove_file(sandbox.path(".git/MERGE_HEAD")).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        sandbox.write(".git/hooks/pre-commit", "#!/bin/sh\necho 'no reports on Fridays' >&2\nexit 1\n");
        let hook = sandbox.path(".git/hooks/pre-commit");
        std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
        let run = sandbox.pmo("status submit crm").exits(2);
        assert!(run.stderr.contains("no reports on Fridays"), "{run}");
        assert_eq!(sandbox.git(&["status", "--porcelain"]), format!(" M {W47}\n"));
        std::fs::remove_file(hook).unwrap();
    }
    let run = sandbox.pmo("status submit none").exits(2);
    assert!(run.stderr.contains("there is no project `none`"), "{run}");
    let run = sandbox.pmo("status submit crn").exits(2);
    assert!(run.stderr.contains("did you mean `crm`?"), "{run}");
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), head);
}

#[test]
fn an_unknown_identity_is_explained() {
    let sandbox = Sandbox::register();
    sandbox.git_init();
    sandbox.git(&["config", "user.useConfigOnly", "true"]);
    sandbox.git(&["config", "user.name", ""]);
    sandbox.git(&["config", "user.email", ""]);
    sandbox.replace(W47, "On course.", "Still on course.");
    let run = sandbox.pmo("status submit crm").exits(2);
    assert!(run.stderr.contains("git config --global user.name"), "{run}");
}

#[test]
fn without_git_on_an_unborn_branch_and_on_a_detached_head() {
    let sandbox = Sandbox::register();
    let run = sandbox.pmo("status submit crm").ok();
    assert!(run.stderr.contains("no git repository"), "{run}");
    sandbox.git(&["init", "-q"]);
    let run = sandbox.pmo("status submit crm").ok();
    assert!(run.stderr.contains("on main"), "{run}");
    assert_eq!(
        sandbox.git(&["show", "--format=", "--name-only"]),
        format!("projects/crm/project.toml\n{W47}\n")
    );
    sandbox.git(&["checkout", "-q", "--detach"]);
    sandbox.replace(W47, "On course.", "Still on course.");
    let run = sandbox.pmo("status submit crm").ok();
    assert!(run.stderr.contains("git switch -c NAME"), "{run}");
    sandbox.replace(W47, "Still", "Again");
    let run = sandbox.pmo("status submit crm --to push").exits(2);
    assert!(
        run.stderr.contains("HEAD is detached") && run.stderr.contains("the report is safe in commit"),
        "{run}"
    );
}

/// A register that is shared through a bare repository beside it, and another clone.
fn shared(mode: &str) -> Sandbox {
    let sandbox = Sandbox::register();
    sandbox.replace("pmo.toml", "[reporting]", &format!("[git]\nsubmit = \"{mode}\"\n\n[reporting]"));
    sandbox.write(".gitignore", "/shared.git/\n/theirs/\n");
    sandbox.git_init();
    sandbox.git(&["init", "-q", "--bare", "shared.git"]);
    let url = sandbox.path("shared.git").display().to_string();
    sandbox.git(&["remote", "add", "origin", &url]);
    sandbox.git(&["push", "-q", "-u", "origin", "main"]);
    sandbox.git(&["clone", "-q", &url, "theirs"]);
    sandbox
}

#[test]
fn push_brings_it_to_the_others_even_when_they_were_faster() {
    let sandbox = shared("push");
    sandbox.write("theirs/people/amir-haddad.toml", "name = \"Amir Haddad\"\n");
    sandbox.git(&["-C", "theirs", "add", "-A"]);
    sandbox.git(&["-C", "theirs", "commit", "-q", "-m", "Amir"]);
    sandbox.git(&["-C", "theirs", "push", "-q"]);
    sandbox.replace(W47, "On course.", "Still on course.");
    sandbox.write("notes.txt", "not committed");
    let run = sandbox.pmo("status submit crm").ok();
    assert!(
        run.stderr.contains("pushed to main on origin") && run.stderr.contains("others had pushed"),
        "{run}"
    );
    assert!(sandbox.git(&["-C", "shared.git", "show", &format!("main:{W47}")]).contains("Still on course."));
    assert!(sandbox.exists("people/amir-haddad.toml"));
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "?? notes.txt\n");
}

#[test]
fn a_push_that_fails_leaves_the_report_safe_and_can_be_repeated() {
    let sandbox = shared("push");
    sandbox.replace(W47, "On course.", "Still on course.");
    std::fs::rename(sandbox.path("shared.git"), sandbox.path("away.git")).unwrap();
    let run = sandbox.pmo("status submit crm").exits(2);
    assert!(run.stderr.contains("the report is safe in commit"), "{run}");
    assert!(run.stderr.contains("origin cannot be reached: '"), "{run}");
    assert!(!run.stderr.contains("Please make sure"), "{run}");
    std::fs::rename(sandbox.path("away.git"), sandbox.path("shared.git")).unwrap();
    let run = sandbox.pmo("status submit crm").ok();
    assert!(run.stderr.contains("committed already") && run.stderr.contains("pushed to main"), "{run}");
    assert!(sandbox.git(&["-C", "shared.git", "show", &format!("main:{W47}")]).contains("Still on course."));
}

#[test]
fn branch_pushes_to_a_branch_of_its_own() {
    let sandbox = shared("branch");
    sandbox.replace(W47, "On course.", "Still on course.");
    let run = sandbox.pmo("status submit crm").ok();
    assert!(run.stderr.contains("pushed to status/crm-2026-W47 on origin"), "{run}");
    assert!(run.stderr.contains("open a merge request from status/crm-2026-W47"), "{run}");
    assert!(run.stderr.contains("once the request is merged, `git pull --rebase`"), "{run}");
    let there = sandbox.git(&["-C", "shared.git", "show", &format!("status/crm-2026-W47:{W47}")]);
    assert!(there.contains("Still on course."), "{there}");
    assert!(!sandbox.git(&["-C", "shared.git", "show", &format!("main:{W47}")]).contains("Still"));
}

#[test]
fn a_whole_period_is_opened_and_what_exists_is_left() {
    let sandbox = register().with(
        "projects/wifi/project.toml",
        "name = \"Wifi\"\nmanager = \"jana-novak\"\nstate = \"active\"\n",
    );
    sandbox.git_init();
    sandbox.write(W47, "summary = \"mine\"\n[rag]\noverall = \"red\"\n");
    let run = sandbox.pmo("status open --all --dry-run").ok();
    assert_eq!(run.stdout, "projects/wifi/status/2026-W47.toml\n", "{run}");
    assert!(!sandbox.exists("projects/wifi/status"));
    let run = sandbox.pmo("status open --all --commit").ok();
    assert!(run.stderr.contains("1 report · 1 there already · 1 that owe none"), "{run}");
    assert_eq!(
        sandbox.git(&["show", "--format=%s", "--name-only"]),
        "Drafts of 1 status report\n\nprojects/wifi/status/2026-W47.toml\n"
    );
    assert!(sandbox.read(W47).contains("mine"));
    sandbox.pmo("status open").exits(2);
}

#[test]
fn mail_is_taken_in_and_nothing_is_lost() {
    let sandbox = register();
    sandbox.git_init();
    sandbox.pmo("status new crm").ok();
    std::fs::rename(sandbox.path(W47), sandbox.path("mail (1).toml")).unwrap();
    let run = sandbox.pmo_args(&["status", "receive", "mail (1).toml"]).exits(1);
    assert!(run.stdout.contains("error[placeholder]") && run.stdout.contains("mail (1).toml:"), "{run}");
    assert!(!sandbox.exists(W47));
    fill_in(&sandbox, "mail (1).toml");
    let run = sandbox.pmo_args(&["status", "receive", "mail (1).toml"]).ok();
    assert!(run.stderr.contains(&format!("taken in: {W47}")), "{run}");
    assert_eq!(sandbox.read(W47), sandbox.read("mail (1).toml"));
    let run = sandbox.pmo_args(&["status", "receive", "mail (1).toml"]).ok();
    assert!(run.stderr.contains("byte for byte"), "{run}");
    // Another version does not replace a complete one unasked, and what it replaces is kept.
    sandbox.replace("mail (1).toml", "Wave 1 is mapped.", "Wave 2 is mapped.");
    let run = sandbox.pmo_args(&["status", "receive", "mail (1).toml"]).exits(2);
    assert!(run.stderr.contains("--replace"), "{run}");
    let run = sandbox.pmo_args(&["status", "receive", "mail (1).toml", "--replace", "--commit"]).ok();
    assert!(run.stderr.contains("kept in .pmo/kept/crm-2026-W47.1.toml"), "{run}");
    assert!(sandbox.read(".pmo/kept/crm-2026-W47.1.toml").contains("Wave 1 is mapped."));
    assert!(sandbox.read(W47).contains("Wave 2 is mapped."));
    assert_eq!(
        sandbox.git(&["show", "--format=%s", "--name-only"]),
        format!("crm: status report 2026-W47\n\n{W47}\n")
    );
}

#[test]
fn mail_without_a_header_needs_flags_or_a_telling_name() {
    let sandbox = register().with("report.toml", "summary = \"x\"\n[rag]\noverall = \"green\"\n");
    let run = sandbox.pmo("status receive report.toml").exits(2);
    assert!(run.stderr.contains("which project") && run.stderr.contains("--project"), "{run}");
    let run = sandbox.pmo("status receive report.toml --project crm").exits(2);
    assert!(run.stderr.contains("which period") && run.stderr.contains("--period 2026-W47"), "{run}");
    let run = sandbox.pmo("status receive report.toml --project crm --period 2026-11").exits(2);
    assert!(run.stderr.contains("named like 2026-W47"), "{run}");
    std::fs::rename(sandbox.path("report.toml"), sandbox.path("crm-2026-W47.toml")).unwrap();
    sandbox.pmo("status receive crm-2026-W47.toml").ok();
    assert!(sandbox.exists(W47));
    let run = sandbox.pmo("status receive none.toml").exits(2);
    assert!(run.stderr.contains("none.toml"), "{run}");
}

#[test]
fn what_is_due_is_listed_until_it_is_submitted() {
    let sandbox = register();
    sandbox.git_init();
    let run = sandbox.pmo("status due").ok();
    for said in ["1 missing", "crm/2026-W47", "Jana Novak", "20 Nov", "missing", "pmo status new crm"] {
        assert!(run.stdout.contains(said), "{said}: {run}");
    }
    assert!(!run.stdout.contains("erp"), "{run}");
    assert_eq!(sandbox.pmo("status due -O ids").ok().stdout, "crm/2026-W47\n");
    let late = sandbox.pmo("status due -O json --today 2026-11-23").ok().json();
    let states: Vec<(&str, i64)> = late["reports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|report| (report["period"].as_str().unwrap(), report["days_late"].as_i64().unwrap()))
        .collect();
    assert_eq!(states, [("2026-W47", 3), ("2026-W48", 0)]);
    sandbox.pmo("status new crm").ok();
    let state = |sandbox: &Sandbox| {
        sandbox.pmo("status list -O json").ok().json()["reports"][0]["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state(&sandbox), "draft");
    fill_in(&sandbox, W47);
    assert_eq!(state(&sandbox), "complete");
    assert_eq!(sandbox.pmo("status due -O ids").ok().stdout, "crm/2026-W47\n");
    sandbox.pmo("status submit crm").ok();
    assert_eq!(state(&sandbox), "submitted");
    assert_eq!(sandbox.pmo("status due -O ids").ok().stdout, "");
}

#[test]
fn every_report_that_was_missed_is_due() {
    let sandbox = Sandbox::register();
    let run = sandbox.pmo("status due --today 2026-12-11").ok();
    assert!(run.stdout.starts_with("Reports due · 3 missing"), "{run}");
    let ids = sandbox.pmo("status due -O ids --today 2026-12-11").ok().stdout;
    assert_eq!(ids, "crm/2026-W48\ncrm/2026-W49\ncrm/2026-W50\n");
}

#[test]
fn a_report_of_another_cadence_does_not_hide_the_weekly_ones() {
    let sandbox = Sandbox::register().with(
        "projects/crm/status/2026-11.toml",
        "summary = \"The month.\"\ndate = 2026-11-20\n[rag]\noverall = \"red\"\nrisk = \"red\"\n",
    );
    let run = sandbox.pmo("check -O concise").exits(1);
    assert!(run.stdout.contains("period-off-calendar"), "{run}");
    assert!(run.stdout.contains("2026-11 does not fit: reports are named like 2026-W47"), "{run}");
    let json = sandbox.pmo("report project crm -O json").ok().json();
    assert_eq!(json["standing"]["report"]["newest"], "2026-W47");
    assert_eq!(json["standing"]["rating"]["declared"], "green");
    assert!(sandbox.pmo("report portfolio").ok().stdout.contains("1 green"));
    assert!(sandbox.pmo("project list --columns id,rag -O csv").ok().stdout.contains("crm,green"));
    std::fs::remove_file(sandbox.path("projects/crm/status/2026-11.toml")).unwrap();
    assert!(!sandbox.pmo("check -O concise").stdout.contains("period-off-calendar"));
}
