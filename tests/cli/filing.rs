//! Who owes what, and what git says of when it came: `pmo status due`, `list` and `calendar`, `status-late`.

use crate::harness::Sandbox;

const W47: &str = "projects/crm/status/2026-W47.toml";
const REPORT: &str = "summary = \"On course.\"\n[rag]\noverall = \"green\"\n";

/// A register with two projects, and the drafts of their reports committed on Monday of week 47.
fn register() -> Sandbox {
    let sandbox = Sandbox::register()
        .with("people/amir-haddad.toml", "name = \"Amir Haddad\"\nemail = \"amir@northwind.example\"\n")
        .with(
            "projects/erp/project.toml",
            "name = \"ERP rollout\"\nmanager = \"amir-haddad\"\nsponsor = \"jana-novak\"\nstate = \"active\"\n\
             started_on = 2026-11-16\n[schedule]\nstart = 2026-11-16\nfinish = 2027-06-30\n",
        )
        .with(W47, "summary = \"…\"\n[rag]\noverall = \"green\"\n");
    sandbox.replace(
        "projects/crm/project.toml",
        "state = \"active\"",
        "state = \"active\"\nstarted_on = 2026-11-16",
    );
    sandbox.git(&["init", "--quiet"]);
    sandbox.commit_at("Begin", "2026-11-16T09:00:00+01:00");
    sandbox
}

/// The state, whether in time, days late and moment of filing of each report, by its reference.
fn facts(sandbox: &Sandbox, line: &str) -> Vec<String> {
    let json = sandbox.pmo(&format!("{line} -O json")).ok().json();
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let row = |report: &serde_json::Value| {
        ["id", "state", "on_time", "days_late"].map(|key| text(&report[key])).join(" ")
            + &report["filed"]["at"].as_str().map_or_else(String::new, |at| format!(" {at}"))
    };
    json["reports"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn on_time_and_late_are_facts_of_git() {
    let sandbox = register();
    sandbox.write(W47, REPORT);
    assert_eq!(
        facts(&sandbox, "status due"),
        ["crm/2026-W47 complete null 0", "erp/2026-W47 missing null 0"]
    );
    sandbox.commit_at("crm: report", "2026-11-20T17:00:00+01:00");
    sandbox.write("projects/erp/status/2026-W47.toml", &format!("date = 2026-11-20\n{REPORT}"));
    sandbox.commit_at("erp: report", "2026-11-23T08:00:00+01:00");
    let all = "status due --all --period 2026-W47 --today 2026-11-24";
    assert_eq!(
        facts(&sandbox, all),
        [
            "crm/2026-W47 submitted true 0 2026-11-20T17:00:00+01:00",
            "erp/2026-W47 submitted false 3 2026-11-23T08:00:00+01:00"
        ]
    );
    let run = sandbox.pmo(all).ok();
    assert!(run.stdout.starts_with("Reports due · 1 on time · 1 late"), "{run}");
    assert_eq!(sandbox.pmo("status due --period 2026-W47 --today 2026-11-24 -O ids").ok().stdout, "");
    // What is changed afterwards, committed or not, does not move the day.
    sandbox.write(W47, &format!("{REPORT}# A word more.\n"));
    sandbox.commit_at("crm: a word more", "2026-11-24T08:00:00+01:00");
    sandbox.write(W47, REPORT);
    assert_eq!(
        facts(&sandbox, "status list --period 2026-W47 --project crm --today 2026-11-24"),
        ["crm/2026-W47 submitted true 0 2026-11-20T17:00:00+01:00"]
    );
    let said = sandbox.pmo("check -O concise --today 2026-11-24").ok().stdout;
    assert!(said.contains("projects/erp/status/2026-W47.toml"), "{said}");
    assert!(said.contains("warning[status-late] the report for week 47 came 3 days late: it was due Fri 20 Nov and filed Mon 23 Nov"), "{said}");
    assert!(!said.contains("projects/crm/"), "{said}");
    assert!(!sandbox.pmo("check -A status-late --today 2026-11-24").ok().stdout.contains("late"));
}

#[test]
fn a_squash_by_a_bot_is_neither_on_time_nor_late() {
    let sandbox = register();
    sandbox.replace("pmo.toml", "[reporting]", "[reporting]\nbots = [\"Jana.Novak@northwind.example\"]");
    sandbox.write(W47, REPORT);
    sandbox.commit_at("Squashed", "2026-11-24T09:00:00+00:00");
    let line = "status due --all --period 2026-W47 --project crm --today 2026-11-25";
    assert_eq!(facts(&sandbox, line), ["crm/2026-W47 submitted null 0"]);
    let run = sandbox.pmo(line).ok();
    assert!(run.stdout.contains("1 submitted") && run.stdout.contains("[reporting] bots"), "{run}");
    assert!(!sandbox.pmo("check -O concise --today 2026-11-25").stdout.contains("status-late"));
}

#[test]
fn without_history_nobody_can_tell_and_it_says_so() {
    let sandbox = register();
    sandbox.write(W47, REPORT);
    sandbox.commit_at("crm: report", "2026-11-20T17:00:00+01:00");
    sandbox.commit_at("Something else", "2026-11-21T17:00:00+01:00");
    let url = format!("file://{}", sandbox.dir().display());
    sandbox.git(&["clone", "--quiet", "--depth", "1", &url, "shallow"]);
    let run = sandbox.pmo("-C shallow status due --all --project crm --today 2026-11-22").ok();
    assert!(
        run.stdout.contains("1 report was filed") && run.stdout.contains("git fetch --unshallow"),
        "{run}"
    );
    std::fs::remove_dir_all(sandbox.path("shallow/.git")).unwrap();
    std::fs::rename(sandbox.path("shallow"), sandbox.path("../apart")).unwrap();
    let run = sandbox.pmo("-C ../apart status due --all --project crm --today 2026-11-22").ok();
    assert!(run.stdout.contains("1 submitted") && run.stdout.contains("Without git history"), "{run}");
    sandbox.pmo("-C ../apart check --today 2026-11-22 projects/crm").ok();
}

#[test]
fn me_is_who_git_says() {
    let sandbox = register();
    assert_eq!(sandbox.pmo("status due --me -O ids").ok().stdout, "crm/2026-W47\n");
    sandbox.git(&["config", "user.email", "AMIR@northwind.example"]);
    assert_eq!(sandbox.pmo("status due --me -O ids").ok().stdout, "erp/2026-W47\n");
    sandbox.git(&["config", "user.email", "nobody@northwind.example"]);
    let run = sandbox.pmo("status due --me").exits(2);
    assert!(run.stderr.contains("nobody@northwind.example") && run.stderr.contains("--manager"), "{run}");
    let run = sandbox.pmo("status due --manager amir-hadad").exits(2);
    assert!(run.stderr.contains("did you mean `amir-haddad`?"), "{run}");
    let run = sandbox.pmo("status due --manager @amir-haddad --today 2026-11-15").ok();
    assert!(run.stdout.contains("nothing is due"), "{run}");
}

#[test]
fn periods_of_another_length_are_counted_aside() {
    let sandbox = register();
    sandbox.replace("projects/erp/project.toml", "[schedule]", "reporting.cadence = \"monthly\"\n[schedule]");
    let run = sandbox.pmo("status due --period 2026-W47").ok();
    assert!(run.stdout.contains("1 more project reports in periods of another length"), "{run}");
    assert_eq!(sandbox.pmo("status due --period 2026-11 -O ids").ok().stdout, "erp/2026-11\n");
}

#[test]
fn the_calendar_shows_what_is_coming() {
    let sandbox = register();
    sandbox.replace(
        "pmo.toml",
        "cadence = \"weekly\"\n",
        "cadence = \"weekly\"\nholidays = [2026-12-25, 2026-12-24]\n\n[[reporting.override]]\nproject = \"erp\"\ncadence = \"monthly\"\n",
    );
    sandbox.write(
        "projects/hold/project.toml",
        "name = \"Held\"\nmanager = \"jana-novak\"\nstate = \"on-hold\"\n",
    );
    snapbox::assert_data_eq!(
        sandbox.pmo("status calendar --periods 7 --today 2026-11-23"),
        snapbox::str![[r#"
$ pmo status calendar --periods 7 --today 2026-11-23
--- stdout
Reporting calendar · 2 projects report                                          work tree on 4a9b0d4

  Period     First day     Last day          Due  Moved from  Reports  Of
  ────────────────────────────────────────────────────────────────────────
  2026-W48      23 Nov       29 Nov       27 Nov                    1  crm
  2026-11        1 Nov       30 Nov       27 Nov                    1  erp
  2026-W49      30 Nov        6 Dec        4 Dec                    1  crm
  2026-W50       7 Dec       13 Dec       11 Dec                    1  crm
  2026-W51      14 Dec       20 Dec       18 Dec                    1  crm
  2026-W52      21 Dec       27 Dec       23 Dec      25 Dec        1  crm
  2026-12        1 Dec       31 Dec       23 Dec      25 Dec        1  erp
  2026-W53      28 Dec   3 Jan 2027   1 Jan 2027                    1  crm
  2027-W01  4 Jan 2027  10 Jan 2027   8 Jan 2027                    1  crm
  2027-01   1 Jan 2027  31 Jan 2027  29 Jan 2027                    1  erp

  1 project owes no reports: hold.
--- exit 0

"#]]
    );
    let json = sandbox.pmo("status calendar --periods 6 -O json").ok().json();
    let periods = json["periods"].as_array().unwrap();
    let christmas = periods.iter().find(|period| period["period"] == "2026-W52").unwrap();
    assert_eq!(
        (christmas["due"].as_str(), christmas["moved_from"].as_str()),
        (Some("2026-12-23"), Some("2026-12-25"))
    );
    assert_eq!(christmas["projects"][0], "crm");
    let ids = sandbox.pmo("status calendar --periods 2 -O ids").ok().stdout;
    assert_eq!(ids, "2026-W47\n2026-W48\n2026-11\n");
    assert!(sandbox.pmo("status calendar -O csv").ok().stdout.starts_with("period,first,last,due,"));
}

#[test]
fn a_report_of_a_closed_project_or_of_an_unknown_template_is_refused() {
    let sandbox = register();
    sandbox.write("crm.toml", &format!("template = \"status/9\"\n{REPORT}"));
    let run = sandbox.pmo("status receive crm.toml --project crm --period 2026-W47").exits(1);
    assert!(run.stdout.contains("error[unknown-template]") && run.stdout.contains("status/1"), "{run}");
    sandbox.replace(
        "projects/erp/project.toml",
        "state = \"active\"",
        "state = \"closed\"\nclosed_on = 2026-11-18",
    );
    sandbox.write("crm.toml", REPORT);
    sandbox.pmo("status receive crm.toml --project erp --period 2026-W47").ok();
    let run =
        sandbox.pmo("status receive crm.toml --project erp --period 2026-W48 --today 2026-11-24").exits(1);
    assert!(run.stdout.contains("error[report-after-close]"), "{run}");
    sandbox.write("projects/erp/status/2026-W48.toml", REPORT);
    let run = sandbox.pmo("check -O concise --today 2026-11-24").exits(1);
    assert!(run.stdout.contains("a report for week 48, but the project was closed on 18 Nov"), "{run}");
    let run = sandbox.pmo("status submit erp --period 2026-W48 --today 2026-11-24").exits(1);
    assert!(run.stdout.contains("report-after-close"), "{run}");
}

#[test]
fn a_report_that_a_closed_period_went_without_is_not_asked_for_any_more() {
    let sandbox = register().with("periods/2026-W47.toml", "state = \"closed\"\nclosed_on = 2026-11-23\n");
    sandbox.write(W47, REPORT);
    sandbox.commit_at("crm: report", "2026-11-20T17:00:00+01:00");
    let run = sandbox.pmo("status due --today 2026-11-24").ok();
    assert!(!run.stdout.contains("erp/2026-W47"), "{run}");
    assert!(
        run.stdout.contains("1 report was missed, in a period that is closed: pmo status due --all"),
        "{run}"
    );
    assert!(run.stdout.contains("Begin one: pmo status new crm\n"), "{run}");
    let run = sandbox.pmo("status due --all --period 2026-W47 --today 2026-11-24").ok();
    assert!(run.stdout.starts_with("Reports due · 1 on time · 1 missed"), "{run}");
    assert!(!run.stdout.contains("Begin one"), "{run}");
}
