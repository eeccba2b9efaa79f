//! How often projects report, and by when: `[reporting]` and its overrides, as the commands see them.

use crate::harness::Sandbox;

/// A register with one project, whose charter ends in `charter`, and with further settings.
fn register(reporting: &str, charter: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("pmo.toml", &format!("[register]\nformat = 1\n\n[reporting]\n{reporting}"));
    sandbox.write("people/jana-novak.toml", "name = \"Jana Novak\"\n");
    sandbox.write(
        "projects/crm/project.toml",
        &format!(
            "name = \"CRM migration\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\n{charter}\n\
             [schedule]\nstart = 2026-11-02\nfinish = 2027-03-31\n"
        ),
    );
    sandbox
}

fn due(sandbox: &Sandbox, today: &str) -> Vec<(String, String)> {
    let json = sandbox.pmo(&format!("status due -O json --today {today}")).ok().json();
    let text = |report: &serde_json::Value, key: &str| report[key].as_str().unwrap().to_owned();
    let reports = json["reports"].as_array().unwrap().iter();
    reports.map(|report| (text(report, "period"), text(report, "due"))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(period, day)| ((*period).to_owned(), (*day).to_owned())).collect()
}

#[test]
fn fortnights_are_named_by_both_weeks() {
    let sandbox = register("cadence = \"fortnightly\"\n", "state = \"active\"\n");
    assert_eq!(
        due(&sandbox, "2026-11-20"),
        pairs(&[("2026-W45-W46", "2026-11-13"), ("2026-W47-W48", "2026-11-27")])
    );
    let run = sandbox.pmo("status new crm").ok();
    assert_eq!(run.stdout, "projects/crm/status/2026-W47-W48.toml\n");
    let draft = sandbox.read("projects/crm/status/2026-W47-W48.toml");
    assert!(draft.contains("weeks 47–48 (16–29 Nov 2026) · due Fri 27 Nov"), "{draft}");
    let text = draft
        .lines()
        .filter(|line| {
            line.starts_with("summary") || line.starts_with("[rag]") || line.starts_with("overall")
        })
        .map(|line| line.replace("summary = \"…\"", "summary = \"x\"").replace("\"…\"", "\"green\"") + "\n")
        .collect::<String>();
    std::fs::remove_file(sandbox.path("projects/crm/status/2026-W47-W48.toml")).unwrap();
    sandbox.write("crm-2026-W47-W48.toml", &text);
    sandbox.pmo("status receive crm-2026-W47-W48.toml").ok();
    sandbox.pmo("show crm/2026-W47-W48").ok();
    sandbox.pmo("check").ok();
    // The year's end breaks no fortnight.
    let run = sandbox.pmo("status new crm --today 2027-01-05").ok();
    assert_eq!(run.stdout, "projects/crm/status/2026-W53-W01.toml\n");
    let run = sandbox.pmo("status new crm --period 2026-W48-W49").exits(2);
    assert!(run.stderr.contains("those around it are 2026-W47-W48 and 2026-W49-W50"), "{run}");
}

#[test]
fn a_deadline_on_a_holiday_comes_a_working_day_earlier() {
    let holidays = "holidays = [2026-11-19, 2026-11-20]\n";
    let sandbox = register(holidays, "state = \"active\"\n");
    assert_eq!(due(&sandbox, "2026-11-17").last().unwrap().1, "2026-11-18");
    let run = sandbox.pmo("check -O concise --today 2026-11-19").exits(1);
    assert!(run.stdout.contains("no report for week 47, due Wed 18 Nov"), "{run}");
    let draft = sandbox.pmo("status new crm").ok().stdout;
    assert!(sandbox.read(draft.trim()).contains("due Wed 18 Nov"));
}

#[test]
fn overrides_say_who_reports_how_often() {
    let overrides = "[[reporting.override]]\nstate = \"closing\"\ncadence = \"monthly\"\ndue = \"monday\"\n\
                     [[reporting.override]]\nclass = \"C\"\ncadence = \"none\"\n";
    let on = "2026-11-10";
    let active = register(overrides, "state = \"active\"\n");
    assert_eq!(due(&active, on).last().unwrap().0, "2026-W46");
    let closing = register(overrides, "state = \"closing\"\n");
    assert_eq!(due(&closing, on), pairs(&[("2026-11", "2026-11-30")]));
    let run = closing.pmo("status new crm --period 2026-W47").exits(2);
    assert!(run.stderr.contains("named like 2026-11"), "{run}");
    for silent in ["state = \"on-hold\"\n", "state = \"active\"\nreporting.cadence = \"none\"\n"] {
        let sandbox = register(overrides, silent);
        assert_eq!(due(&sandbox, on), [], "{silent}");
        sandbox.pmo("check --today 2026-12-31").ok();
        let run = sandbox.pmo("status open --all --dry-run").ok();
        assert!(run.stderr.contains("1 that owe none"), "{run}");
    }
    let own = register(overrides, "state = \"closing\"\nreporting.cadence = \"weekly\"\n");
    assert_eq!(due(&own, "2026-11-10").last().unwrap().0, "2026-W46");
}

#[test]
fn weekly_reports_stay_when_a_project_begins_to_close() {
    let overrides = "[[reporting.override]]\nstate = \"closing\"\ncadence = \"monthly\"\n";
    let sandbox = register(overrides, "state = \"closing\"\n");
    for (period, rating) in [("2026-W46", "green"), ("2026-W47", "amber")] {
        let text = format!("summary = \"x\"\npath_to_green = \"y\"\n[rag]\noverall = \"{rating}\"\n");
        sandbox.write(&format!("projects/crm/status/{period}.toml"), &text);
    }
    let declared = |sandbox: &Sandbox, day: &str| {
        let run = sandbox.pmo(&format!("report project crm -O json --today {day}")).ok();
        run.json()["standing"]["rating"]["declared"].as_str().unwrap().to_owned()
    };
    assert_eq!(declared(&sandbox, "2026-11-24"), "amber");
    sandbox.pmo("check --today 2026-11-24").ok();
    let month = "summary = \"x\"\n[rag]\noverall = \"green\"\n";
    sandbox.write("projects/crm/status/2026-11.toml", month);
    assert_eq!(declared(&sandbox, "2026-12-01"), "green");
    sandbox.pmo("check --today 2026-12-01").ok();
}

#[test]
fn an_override_for_nothing_is_an_error_with_the_nearest_name() {
    let check = |reporting: &str| {
        register(reporting, "state = \"active\"\n").pmo("check --today 2026-11-02").exits(1).stdout
    };
    let said = check("[[reporting.override]]\nproject = \"crn\"\ncadence = \"monthly\"\n");
    assert!(said.contains("pmo.toml:6:11"), "{said}");
    assert!(
        said.contains("error[unknown-selector]: there is no project `crn`")
            && said.contains("did you mean `crm`?"),
        "{said}"
    );
    let said = check("[[reporting.override]]\nstate = \"onhold\"\ncadence = \"never\"\n");
    assert!(said.contains("\"onhold\"") && said.contains("did you mean \"on-hold\"?"), "{said}");
    assert!(said.contains("\"never\""), "{said}");
}

#[test]
fn names_that_differ_in_capitals_or_lie_between_two_fortnights_are_told_apart() {
    let report = "summary = \"x\"\n[rag]\noverall = \"green\"\n";
    let sandbox = Sandbox::register()
        .with("projects/crm/status/2026-w47.toml", report)
        .with("projects/crm/status/2026-w46.toml", report)
        .with("projects/crm/status/2026-W48-W49.toml", report);
    let said = sandbox.pmo("check").exits(1).stdout;
    for words in [
        "`2026-w47.toml` and `2026-W47.toml` differ only in capitals; this one is not read",
        "git rm projects/crm/status/2026-w47.toml",
        "the letter is a capital: 2026-W46.toml",
        "`2026-W48-W49` is no fortnight: those around it are 2026-W47-W48 and 2026-W49-W50",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}
