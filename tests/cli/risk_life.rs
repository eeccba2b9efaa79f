//! `pmo risk review|accept|escalate|answer|occur`, and closing a risk with what really happened.

use crate::harness::Sandbox;

const RISK: &str = "title = \"Vendor misses the workshop\" # theirs\nowner = \"jana-novak\"\nraised = 2026-10-12\nprobability = 4\nimpact = 4\n\
                    days_effect = { low = 5, likely = 10.5, high = 20 }\ncost_effect = 60_000\neffect = \"No test data.\"\n";

/// A register with a project in a programme in a portfolio, and a risk.
fn sandbox() -> Sandbox {
    Sandbox::register()
        .with("programmes/all.toml", "name = \"Everything\"\nmanager = \"jana-novak\"\n")
        .with("programmes/core.toml", "name = \"Core systems\"\nmanager = \"jana-novak\"\nparent = \"all\"\n")
        .with(
            "projects/crm/project.toml",
            "name = \"CRM\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nstate = \"active\"\nprogramme = \"core\"\n\
             schedule.start = 2026-06-01\n",
        )
        .with("projects/crm/risks/R-001.toml", RISK)
}

fn rules(sandbox: &Sandbox, arguments: &str) -> Vec<String> {
    let json = sandbox.pmo(&format!("check -O json {arguments}")).json();
    let found = json["problems"].as_array().unwrap().iter();
    let of_risk = found.filter(|one| one["record"].as_str() == Some("crm/R-001"));
    of_risk.map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_occurs_becomes_an_issue_and_a_change_in_one_write() {
    let sandbox = sandbox();
    let dry = sandbox.pmo("risk occur crm/R-001 --dry-run").ok();
    assert!(dry.stdout.contains("projects/crm/issues/I-001.toml"), "{dry}");
    assert!(!sandbox.exists("projects/crm/issues/I-001.toml"));
    let run = sandbox
        .pmo_args(&[
            "risk",
            "occur",
            "crm/R-001",
            "--on",
            "2026-11-18",
            "--outcome",
            "It was cancelled.",
            "--change",
        ])
        .ok();
    assert!(
        run.stderr
            .contains("crm/R-001 occurred on 2026-11-18\nissue crm/I-001: projects/crm/issues/I-001.toml"),
        "{run}"
    );
    let risk = sandbox.read("projects/crm/risks/R-001.toml");
    assert!(risk.starts_with(RISK), "what was there stays, byte for byte: {risk}");
    assert!(risk.contains("state = \"occurred\"") && risk.contains("closed_on = 2026-11-18"), "{risk}");
    let issue = sandbox.pmo("show crm/I-001 -O json").ok().json();
    let field = |key: &str| issue["record"][key].clone();
    assert_eq!((field("title"), field("from")), ("Vendor misses the workshop".into(), "R-001".into()));
    assert_eq!(
        (field("severity"), field("owner"), field("raised")),
        ("high".into(), "jana-novak".into(), "2026-11-18".into())
    );
    let change = sandbox.pmo("show crm/C-001 -O json").ok().json();
    assert_eq!(
        (&change["record"]["effect"]["cost"], &change["record"]["effect"]["days"]),
        (&60_000.into(), &11.into())
    );
    assert_eq!(
        (&change["record"]["state"], &change["record"]["links"][0]),
        (&"draft".into(), &"I-001".into())
    );
    let again = sandbox.pmo("risk occur crm/R-001").exits(2);
    assert!(again.stderr.contains("crm/R-001 occurred on 2026-11-18"), "{again}");
    let refused = sandbox.pmo("risk occur crm/I-001").exits(2);
    assert!(
        refused.stderr.contains("crm/I-001 is a issue, not a risk") || refused.stderr.contains("not a risk"),
        "{refused}"
    );
}

#[test]
fn an_opportunity_makes_no_issue_and_what_is_confidential_stays_so() {
    let sandbox = sandbox()
        .with(
            "projects/crm/risks/R-002.toml",
            "title = \"Cheaper licences\"\nkind = \"opportunity\"\ncost_effect = 900\n",
        )
        .with("projects/crm/risks/R-003.toml", "title = \"Secret\"\nconfidential = true\n");
    sandbox.pmo("risk occur crm/R-002 --change").ok();
    assert!(!sandbox.exists("projects/crm/issues/I-001.toml"));
    assert!(sandbox.read("projects/crm/changes/C-001.toml").contains("cost = -900"), "a saving is negative");
    sandbox.pmo("risk occur crm/R-003").ok();
    assert!(sandbox.read("projects/crm/issues/I-001.toml").contains("confidential = true"));
    let wrong = sandbox.pmo("risk occur crm/R-001 --severity awful").exits(2);
    assert!(
        wrong.stderr.contains("severity")
            && !sandbox.read("projects/crm/risks/R-001.toml").contains("occurred"),
        "{wrong}"
    );
}

#[test]
fn an_acceptance_has_somebody_and_an_end() {
    let sandbox = sandbox();
    let short = sandbox.pmo("risk accept crm/R-001 --by jana-novak --until 2026-11-01").exits(2);
    assert!(short.stderr.contains("2026-11-01 lies before 2026-11-20"), "{short}");
    sandbox.pmo("risk accept crm/R-001 --by nobody --until 2027-01-31").exits(2);
    sandbox.pmo("set crm/R-001 state=accepted").ok();
    assert!(rules(&sandbox, "").contains(&"acceptance-without-expiry".to_owned()));
    sandbox
        .pmo_args(&[
            "risk",
            "accept",
            "crm/R-001",
            "--by",
            "@jana-novak",
            "--until",
            "2027-01-31",
            "--reason",
            "Cheaper so",
        ])
        .ok();
    let text = sandbox.read("projects/crm/risks/R-001.toml");
    for line in [
        "response = \"accept\"",
        "by = \"jana-novak\"",
        "on = 2026-11-20",
        "until = 2027-01-31",
        "reason = \"Cheaper so\"",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(rules(&sandbox, "").iter().all(|rule| !rule.contains("accept")), "{:?}", rules(&sandbox, ""));
    assert!(rules(&sandbox, "--today 2027-02-01").contains(&"risk-acceptance-expired".to_owned()));
}

#[test]
fn an_escalated_risk_is_one_record_seen_from_both_sides() {
    let sandbox = sandbox();
    let run = sandbox.pmo("risk escalate crm/R-001 --on 2026-11-01").ok();
    assert!(
        run.stderr.contains("escalated crm/R-001 to core on 2026-11-01"),
        "the project's own programme: {run}"
    );
    let twice = sandbox.pmo("risk escalate crm/R-001 --to core").exits(2);
    assert!(twice.stderr.contains("waits for an answer of core since 2026-11-01 already"), "{twice}");
    assert!(rules(&sandbox, "").contains(&"escalation-unanswered".to_owned()));
    for programme in ["core", "all"] {
        let card = sandbox.pmo(&format!("show {programme}")).ok().stdout;
        assert!(card.contains("Escalated here") && card.contains("not answered"), "{card}");
    }
    assert_eq!(sandbox.pmo("show core -O json").ok().json()["escalated"][0]["is_waiting"], true);
    let list = sandbox.pmo("risk list --programme core").ok().stdout;
    assert!(list.contains("Escalated to") && list.contains("core"), "{list}");
    let period = sandbox.pmo("report period -O json").ok().json();
    assert_eq!(
        (&period["waiting"][0]["risk"], &period["waiting"][0]["days"]),
        (&"crm/R-001".into(), &19.into())
    );
    let text = sandbox.pmo("report period").ok().stdout;
    assert!(text.contains("Escalated, and not answered"), "{text}");
    let early = sandbox.pmo("risk answer crm/R-001 --decision Wait --on 2026-10-01").exits(2);
    assert!(early.stderr.contains("was escalated on 2026-11-01"), "{early}");
    sandbox.pmo("risk answer crm/R-001 --decision Wait").ok();
    assert!(!rules(&sandbox, "").contains(&"escalation-unanswered".to_owned()));
    assert!(sandbox.pmo("show core").ok().stdout.contains("answered: Wait"));
    sandbox.pmo("risk answer crm/R-001 --decision Go").exits(2);
    // Once more, to the programme above: the old answer does not answer it.
    let up = sandbox.pmo("risk escalate crm/R-001").ok();
    assert!(up.stderr.contains("escalated crm/R-001 to all"), "{up}");
    assert!(!sandbox.read("projects/crm/risks/R-001.toml").contains("[answer]"));
    assert!(sandbox.pmo("risk list --programme all").ok().stdout.contains("all"));
    let top = sandbox.pmo("risk escalate crm/R-001").exits(2);
    assert!(top.stderr.contains("nothing says to which programme"), "{top}");
}

#[test]
fn calibration_compares_what_was_stated_with_what_happened() {
    let empty = sandbox().pmo("risk calibration").ok();
    assert!(empty.stdout.contains("No risk has been closed or has occurred yet"), "{empty}");
    let sandbox = sandbox();
    sandbox.pmo("risk occur crm/R-001").ok();
    sandbox.pmo("set crm/R-001 actual_cost=90_000").ok();
    let sandbox = sandbox
        .with("projects/old/project.toml", "name = \"Old\"\nmanager = \"jana-novak\"\nstate = \"closed\"\n")
        .with(
            "projects/old/risks/R-001.toml",
            "title = \"x\"\nchance = 20\nstate = \"closed\"\nclosed_on = 2026-01-01\n",
        );
    let json = sandbox.pmo("risk calibration -O json").ok().json();
    assert_eq!((&json["ended"], &json["occurred"], &json["by_level"]), (&2.into(), &1.into(), &1.into()));
    // Likely is 50 to 70 percent, so 60: ((0.6 − 1)² + 0.2²) ÷ 2 = 0.1.
    assert_eq!((&json["brier_score"], &json["cost"][0]["over_percent"]), (&0.1.into(), &50.into()));
    let text = sandbox.pmo("risk calibration").ok().stdout;
    for said in
        ["few", "are too few to judge anybody by.", "Cost, EUR", "1 risk by its level of probability alone"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    for file in ["c.html", "c.csv", "c.md", "c.yaml"] {
        sandbox.pmo(&format!("risk calibration -o {file}")).ok();
    }
}

#[test]
fn a_review_gives_the_next_day_by_the_band_or_as_said() {
    let sandbox = sandbox();
    let lost = sandbox.pmo("risk review crm/R-001").exits(2);
    assert!(lost.stderr.contains("nothing says when it is to be looked at again"), "{lost}");
    sandbox.pmo("risk review crm/R-001 --next 2026-11-20").exits(2);
    sandbox.pmo("risk review crm/R-001 --next 2026-12-24").ok();
    assert!(sandbox.read("projects/crm/risks/R-001.toml").contains("review_by = 2026-12-24"));
    let settings = sandbox.read("pmo.toml") + "\n[risk.review]\nred = 14\n";
    let sandbox = sandbox.with("pmo.toml", &settings);
    let run = sandbox.pmo("risk review crm/R-001 --on 2026-11-02").ok();
    assert!(run.stderr.contains("reviewed crm/R-001 on 2026-11-02; again by 2026-11-16"), "{run}");
    let text = sandbox.read("projects/crm/risks/R-001.toml");
    assert!(text.contains("reviewed_on = 2026-11-02") && !text.contains("review_by"), "{text}");
    assert!(rules(&sandbox, "").contains(&"risk-review-overdue".to_owned()));
    assert!(sandbox.pmo("risk list --overdue").ok().stdout.contains("crm/R-001"));
    assert!(sandbox.pmo("risk list --overdue --today 2026-11-16").ok().stdout.is_empty());
}

#[test]
fn a_risk_is_closed_with_what_it_really_cost() {
    let sandbox = sandbox();
    sandbox.pmo("close crm/R-001 --outcome Averted --actual-cost 12_500.50 --actual-days -3").ok();
    let text = sandbox.read("projects/crm/risks/R-001.toml");
    assert!(text.contains("actual_cost = 12_500.50") && text.contains("actual_days = -3"), "{text}");
    let sandbox = sandbox.with("projects/crm/issues/I-001.toml", "title = \"x\"\n");
    let wrong = sandbox.pmo("close crm/I-001 --actual-cost 5").exits(2);
    assert!(wrong.stderr.contains("an issue has no actual cost"), "{wrong}");
}
