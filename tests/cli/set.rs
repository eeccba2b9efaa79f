//! `pmo set`: one value changed, nothing else; what does not fit is refused before anything is written.

use crate::harness::Sandbox;

const RISK: &str = "projects/crm/risks/R-001.toml";

fn sandbox() -> Sandbox {
    Sandbox::register().with(
        RISK,
        "# ours\r\ntitle = \"Vendor late\" # as told\r\nowner = \"jana-novak\"\r\n\r\n# how bad\r\nprobability = 3\t# felt\r\nimpact = { cost = 4 }\r\n",
    ).with(
        "projects/crm/project.toml",
        "name = \"CRM\"\nmanager = \"jana-novak\"\nstate = \"active\"\n\n[[milestone]]\nid = \"go-live\"\n",
    )
}

#[test]
fn values_change_and_every_other_byte_stays() {
    let sandbox = sandbox();
    let before = sandbox.read(RISK);
    let run = sandbox
        .pmo_args(&["set", "crm/R-001", "probability=4", "impact.cost=5", "title=Vendor very late"])
        .ok();
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("set probability, impact.cost and title of crm/R-001"), "{run}");
    assert!(run.stderr.contains("pmo show crm/R-001"), "{run}");
    let expected = before
        .replace("probability = 3", "probability = 4")
        .replace("cost = 4", "cost = 5")
        .replace("Vendor late", "Vendor very late");
    assert_eq!(sandbox.read(RISK), expected);
    sandbox.pmo_args(&["set", "crm/R-001", "owner="]).ok();
    assert_eq!(sandbox.read(RISK), expected.replace("owner = \"jana-novak\"\r\n", ""));
}

#[test]
fn what_does_not_fit_is_refused_and_nothing_is_written() {
    let sandbox = sandbox();
    let before = sandbox.files();
    for (args, said) in [
        (&["set", "crm/R-001", "probabilty=4"][..], "did you mean `probability`?"),
        (&["set", "crm/R-001", "response=mitigat"], "did you mean \"mitigate\"?"),
        (&["set", "crm/R-001", "raised=soon"], "must be a date"),
        (&["set", "crm/R-001", "probability=4", "chance=120"], "from 0 to 100"),
        (&["set", "crm/R-001", "title="], "needs `title`"),
        (&["set", "crm/R-001", "title"], "key=value"),
        (&["set", "crm/R-01", "title=x"], "did you mean `crm/R-001`?"),
        (&["set", "crm", "state=activ"], "did you mean \"active\"?"),
        (&["set", "crm", "budget.approved=-5"], "may not be negative"),
        (&["set", "crm", "state=closed"], "`pmo project close crm --begin`"),
        (&["set", "crm", "state=proposed"], "so it cannot become proposed"),
        (&["set", "crm/R-001", "probability=9"], "scale goes from 1 to 5"),
        (&["set", "crm/R-001", "impact.cost=6"], "scale goes from 1 to 5"),
        (&["set", "crm/R-001", "target.probability=0"], "scale goes from 1 to 5"),
        (&["set", "crm/R-001", "impact.cost=4", "impact.cost=5"], "given twice"),
        (&["set", "crm", "milestone.go-life.baseline=2027-01-01"], "did you mean `go-live`?"),
    ] {
        let run = sandbox.pmo_args(args).exits(2);
        assert!(run.stderr.contains(said), "{said}: {run}");
        assert_eq!(run.stdout, "");
        assert_eq!(sandbox.files(), before, "{run}");
    }
}

#[test]
fn a_dry_run_shows_the_lines_and_writes_nothing() {
    let sandbox = sandbox();
    let before = sandbox.files();
    let run = sandbox.pmo("set crm/R-001 probability=5 --dry-run").ok();
    assert!(run.stdout.contains("change projects/crm/risks/R-001.toml"), "{run}");
    assert!(run.stdout.contains("-probability = 3") && run.stdout.contains("+probability = 5"), "{run}");
    assert!(run.stderr.contains("nothing was written"), "{run}");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn a_commit_takes_just_the_file() {
    let sandbox = sandbox();
    sandbox.git_init();
    sandbox.write("projects/crm/risks/R-002.toml", "title = \"not yet\"\n");
    sandbox.replace("pmo.toml", "Northwind IT", "Northwind");
    sandbox.git(&["add", "pmo.toml"]);
    let run = sandbox.pmo_args(&["set", "crm/R-001", "probability=4", "-m", "Raise it"]).ok();
    assert!(run.stderr.contains("committed"), "{run}");
    assert_eq!(
        sandbox.git(&["log", "-1", "--format=%s", "--name-only"]).trim(),
        format!("Raise it\n\n{RISK}")
    );
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "M  pmo.toml\n?? projects/crm/risks/R-002.toml\n");
    let again = sandbox.pmo("set crm/R-001 probability=4 --commit").ok();
    assert!(again.stderr.contains("nothing to change"), "{again}");
}

#[test]
fn a_name_that_nobody_has_is_noted() {
    let sandbox = sandbox();
    let run = sandbox.pmo("set crm/R-001 owner=jana-nowak").ok();
    assert!(
        run.stderr.contains("names `@jana-nowak`, which is not in the register; did you mean `@jana-novak`?"),
        "{run}"
    );
    let run = sandbox.pmo("set crm/R-001 owner=jana-nowak -q").ok();
    assert_eq!(run.stderr, "");
}

#[test]
fn what_another_project_has_is_looked_up_there() {
    let sandbox = sandbox().with(
        "projects/erp/project.toml",
        "name = \"ERP\"\nmanager = \"jana-novak\"\nstate = \"active\"\n\n[[milestone]]\nid = \"go-live\"\nbaseline = 2026-12-01\n",
    );
    let run = sandbox.pmo_args(&["set", "crm/R-001", "links=erp, erp#go-live"]).ok();
    assert!(!run.stderr.contains("note:"), "{run}");
    let run = sandbox.pmo_args(&["set", "crm/R-001", "links=erp#gone, erp/R-009, epr"]).ok();
    for loose in ["erp#gone", "erp/R-009", "epr"] {
        assert!(run.stderr.contains(&format!("names `{loose}`, which is not in the register")), "{run}");
    }
}

#[test]
fn a_state_that_a_command_would_record_is_noted() {
    let sandbox = sandbox();
    let run = sandbox.pmo("set crm state=on-hold").ok();
    assert!(run.stderr.contains("`pmo project hold crm` records the decision"), "{run}");
    let run = sandbox.pmo("set crm/R-001 state=closed").ok();
    assert!(run.stderr.contains("`pmo set crm/R-001 closed_on=2026-11-20`"), "{run}");
    let run = sandbox.pmo("set crm/R-001 state=open").ok();
    assert!(!run.stderr.contains("note:"), "{run}");
}

#[test]
fn a_person_may_be_named_with_an_at_sign() {
    let sandbox = sandbox();
    let run = sandbox.pmo("set crm manager=@jana-novak sponsor=@jana-novak").ok();
    assert!(!run.stderr.contains("note:"), "{run}");
    assert!(sandbox.read("projects/crm/project.toml").contains("sponsor = \"jana-novak\""));
}
