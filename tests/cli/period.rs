//! `pmo period`: listed, closed, reopened, and what a closed period keeps out.

use crate::harness::Sandbox;

const W46: &str = "projects/crm/status/2026-W46.toml";

/// A register in git with reports for weeks 46 and 47 from one project, and none from another.
fn register() -> Sandbox {
    let sandbox = Sandbox::register();
    let text = sandbox.read("projects/crm/status/2026-W47.toml").replace("2026-11-20", "2026-11-13");
    let sandbox = sandbox.with(W46, &text).with(
        "projects/erp/project.toml",
        "name = \"ERP\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nstate = \"active\"\n\
         schedule.start = 2026-11-09\n",
    );
    sandbox.git_init();
    sandbox
}

/// The findings of the rule, as `pmo check` prints them.
fn findings(sandbox: &Sandbox, more: &str) -> Vec<String> {
    let run = sandbox.pmo(&format!("check -O json {more}"));
    let found = run.json();
    let all = found["problems"].as_array().unwrap_or_else(|| panic!("{run}"));
    let ours = all.iter().filter(|one| one["code"] == "closed-period-changed");
    ours.map(|one| format!("{} {}", one["file"].as_str().unwrap(), one["message"].as_str().unwrap()))
        .collect()
}

#[test]
fn a_period_is_closed_committed_and_tagged() {
    let sandbox = register();
    let files = sandbox.files();
    let run = sandbox.pmo("period close --dry-run").ok();
    assert!(
        run.stdout.contains("periods/2026-W46.toml") && run.stdout.contains("closed_on = 2026-11-20"),
        "{run}"
    );
    assert!(run.stderr.contains("tagged report/2026-W46"), "{run}");
    assert_eq!(sandbox.files(), files);
    assert_eq!(sandbox.git(&["tag"]), "");
    // Week 47 is due today, so week 46 is the newest whose deadline has passed.
    let run = sandbox.pmo("period close").ok();
    assert!(run.stderr.contains("missing: erp (Jana Novak): no report"), "{run}");
    assert!(run.stderr.contains("closed 2026-W46") && run.stderr.contains("with 1 report missing"), "{run}");
    assert!(run.stderr.contains("next: git push --follow-tags"), "{run}");
    let record = sandbox.read("periods/2026-W46.toml");
    assert!(record.starts_with("#:schema ../.pmo/schema/period.json\n"), "{record}");
    assert!(
        record.contains("state = \"closed\"\nclosed_on = 2026-11-20\nclosed_by = \"jana-novak\"\n"),
        "{record}"
    );
    assert!(!record.contains("missing") && !record.contains("# "), "nothing computed, no examples: {record}");
    assert_eq!(
        sandbox.git(&["show", "--format=%s", "--name-only", "report/2026-W46^{}"]).trim(),
        "2026-W46: closed with 1 report missing\n\nperiods/2026-W46.toml"
    );
    assert_eq!(sandbox.git(&["cat-file", "-t", "report/2026-W46"]).trim(), "tag");
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
    let run = sandbox.pmo("period close").exits(2);
    assert!(run.stderr.contains("2026-W46 is closed already since 2026-11-20 by Jana Novak"), "{run}");
}

#[test]
fn a_closed_period_takes_no_reports() {
    let sandbox = register();
    sandbox.pmo("period close").ok();
    let hint = "pmo period open 2026-W46 --reason";
    for line in ["status new erp --period 2026-W46", "status submit crm --period 2026-W46"] {
        let run = sandbox.pmo(line).exits(2);
        assert!(run.stderr.contains("2026-W46 is closed since 2026-11-20, by Jana Novak"), "{run}");
        assert!(run.stderr.contains(hint), "{run}");
    }
    sandbox.write("mail.toml", &sandbox.read(W46));
    let run = sandbox.pmo("status receive mail.toml --project erp --period 2026-W46").exits(2);
    assert!(run.stderr.contains("is closed") && run.stderr.contains(hint), "{run}");
    assert!(!sandbox.exists("projects/erp/status/2026-W46.toml"));
    // Other periods go on.
    sandbox.pmo("status new erp").ok();
}

#[test]
fn what_changed_after_the_closing_is_found() {
    let sandbox = register();
    sandbox.pmo("period close").ok();
    assert_eq!(findings(&sandbox, ""), Vec::<String>::new());
    // Other line ends are no change.
    let text = sandbox.read(W46);
    sandbox.write(W46, &text.replace('\n', "\r\n"));
    assert_eq!(findings(&sandbox, ""), Vec::<String>::new());
    sandbox.write(W46, &text.replace("On course.", "On another course."));
    let changed = format!("{W46} the report is not what it was when 2026-W46 was closed (report/2026-W46)");
    assert_eq!(findings(&sandbox, ""), std::slice::from_ref(&changed), "in the work tree");
    sandbox.commit("crm: corrected");
    assert_eq!(findings(&sandbox, ""), [changed], "committed");
    sandbox.write("projects/erp/status/2026-W46.toml", &text);
    std::fs::remove_file(sandbox.path(W46)).unwrap();
    let found = findings(&sandbox, "");
    assert!(found.iter().any(|one| one.contains("crm/") && one.contains("was removed after")), "{found:?}");
    assert!(found.iter().any(|one| one.contains("erp/")), "{found:?}");
    let run = sandbox.pmo("check").exits(1);
    assert!(run.stdout.contains("git restore --source=report/2026-W46"), "{run}");
    sandbox.git(&["restore", "--source=report/2026-W46", "--", W46]);
    // Without git nothing can be told.
    std::fs::rename(sandbox.path(".git"), sandbox.path(".not-git")).unwrap();
    assert_eq!(findings(&sandbox, ""), Vec::<String>::new());
}

#[test]
fn a_project_that_is_renamed_changed_no_report() {
    let sandbox = register();
    sandbox.pmo("period close").ok();
    sandbox.pmo("mv crm customers").ok();
    assert!(sandbox.exists("projects/customers/status/2026-W46.toml"));
    assert_eq!(findings(&sandbox, ""), Vec::<String>::new());
}

#[test]
fn without_a_tag_the_commit_of_the_closing_counts() {
    let sandbox = register();
    sandbox.pmo("period close --no-tag").ok();
    assert_eq!(sandbox.git(&["tag"]), "");
    let commit = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.replace("periods/2026-W46.toml", "closed_by", "reason = \"Board of 20 November\"\nclosed_by");
    sandbox.replace(W46, "On course.", "Elsewhere.");
    sandbox.commit("crm: corrected");
    let found = findings(&sandbox, "");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains(&format!("({})", &commit[..7])), "{found:?}");
}

#[test]
fn a_branch_cannot_reopen_a_period_and_change_it_in_one_go() {
    let sandbox = register();
    // Begun before the period was closed.
    sandbox.git(&["switch", "-q", "-c", "early"]);
    sandbox.replace(W46, "On course.", "Begun early.");
    sandbox.commit("crm: early");
    sandbox.git(&["switch", "-q", "main"]);
    sandbox.pmo("period close").ok();
    sandbox.git(&["switch", "-q", "-c", "sly"]);
    sandbox.pmo_args(&["period", "open", "2026-W46", "--reason", "I want to"]).ok();
    sandbox.replace(W46, "On course.", "Changed slyly.");
    sandbox.commit("crm: sly");
    assert_eq!(findings(&sandbox, ""), Vec::<String>::new(), "it is open here");
    for branch in ["sly", "early"] {
        sandbox.git(&["switch", "-q", branch]);
        let found = findings(&sandbox, "--changed-since main");
        assert_eq!(found.len(), 1, "{branch}: {found:?}");
        sandbox.pmo("check --changed-since main").exits(1);
    }
    // A branch that touches nothing of the period is not held up by others.
    sandbox.git(&["switch", "-q", "main"]);
    sandbox.git(&["switch", "-q", "-c", "calm"]);
    sandbox.replace("projects/crm/status/2026-W47.toml", "On course.", "Still.");
    sandbox.commit("crm: week 47");
    assert_eq!(findings(&sandbox, "--changed-since main"), Vec::<String>::new());
}

#[test]
fn a_period_is_reopened_for_a_reason_and_closed_again() {
    let sandbox = register();
    let run = sandbox.pmo("period open").exits(2);
    assert!(run.stderr.contains("no period is closed"), "{run}");
    sandbox.pmo("period close").ok();
    let run = sandbox.pmo("period open").exits(2);
    assert!(run.stderr.contains("needs a reason"), "{run}");
    let run = sandbox.pmo_args(&["period", "open", "--reason", "Figures came late"]).ok();
    assert!(run.stderr.contains("reopened 2026-W46 by Jana Novak; the tag report/2026-W46 stays"), "{run}");
    let record = sandbox.read("periods/2026-W46.toml");
    for line in ["state = \"open\"", "reopened_on = 2026-11-20", "reason = \"Figures came late\""] {
        assert!(record.contains(line), "{record}");
    }
    assert_eq!(sandbox.git(&["log", "-1", "--format=%s"]).trim(), "2026-W46: reopened, Figures came late");
    sandbox.replace(W46, "On course.", "Corrected.");
    let run = sandbox.pmo("period close").exits(2);
    assert!(run.stderr.contains("1 report of 2026-W46 is not committed"), "{run}");
    assert!(run.stderr.contains("pmo status submit crm --period 2026-W46"), "{run}");
    sandbox.pmo("status submit crm --period 2026-W46").ok();
    let run = sandbox.pmo("period close").ok();
    assert!(run.stderr.contains("report/2026-W46.2"), "{run}");
    assert!(
        sandbox.git(&["show", "report/2026-W46:projects/crm/status/2026-W46.toml"]).contains("On course.")
    );
    assert_eq!(findings(&sandbox, ""), Vec::<String>::new(), "the newest closing counts");
    let list = sandbox.pmo("period list").ok();
    assert!(list.stdout.contains("closed") && list.stdout.contains("Figures came late"), "{list}");
}

#[test]
fn a_closing_that_stopped_half_way_is_finished() {
    let sandbox = register();
    // A tag of that name from elsewhere is never taken over.
    sandbox.git(&["tag", "report/2026-W46"]);
    let run = sandbox.pmo("period close").exits(2);
    assert!(
        run.stderr.contains("is there already") && run.stderr.contains("git tag -d report/2026-W46"),
        "{run}"
    );
    assert!(!sandbox.exists("periods/2026-W46.toml"));
    sandbox.git(&["tag", "-d", "report/2026-W46"]);
    // A tag `report` leaves no room for tags below it.
    sandbox.git(&["tag", "report"]);
    let run = sandbox.pmo("period close").exits(2);
    assert!(run.stderr.contains("the closing is committed"), "{run}");
    sandbox.git(&["tag", "-d", "report"]);
    sandbox.pmo("period close").ok();
    assert_eq!(sandbox.git(&["rev-parse", "report/2026-W46^{}"]), sandbox.git(&["rev-parse", "HEAD"]));
}

#[test]
fn periods_are_closed_without_git_and_not_before_they_begin() {
    let sandbox = Sandbox::register();
    let run = sandbox.pmo("period close 2026-W48").exits(2);
    assert!(run.stderr.contains("begins on 2026-11-23"), "{run}");
    let run = sandbox.pmo("period close 2026-W47").ok();
    assert!(run.stderr.contains("may come until 2026-11-20"), "{run}");
    assert!(run.stderr.contains("with every report in") && run.stderr.contains("no git repository"), "{run}");
    let list = sandbox.pmo("period list -O json").ok().json();
    assert_eq!(list["periods"][0]["period"], "2026-W47");
    assert_eq!(list["periods"][0]["state"], "closed");
    assert_eq!(list["periods"][0]["closed_by_name"], "Jana Novak");
}
