//! `pmo project rebaseline`.

use crate::harness::Sandbox;

const CHANGE: &str = "title = \"Longer\"\nstate = \"approved\"\nraised = 2026-11-02\ndecided_on = 2026-11-18\n\
                      decision = \"D-001\"\neffect = { cost = 60_000.50, days = 15 }\n";

/// A project with an approved change, a milestone that was reached and one that was not.
fn changed() -> Sandbox {
    let sandbox = Sandbox::register();
    let charter = sandbox.read("projects/crm/project.toml");
    let charter = format!(
        "# ours\n{charter}contingency = 90_000 # for risks\n\n[baseline]\napproved_on = 2026-01-20\n\n\
         # newest first\n[[superseded]]\nfinish = 2027-01-31\nbudget = 1_050_000\n\n\
         [[milestone]]\nid = \"design\"\nbaseline = 2026-10-02\n\n\
         [[milestone]]\nid = \"go-live\"\nbaseline = 2027-01-31 # with Sales\n"
    );
    let report = format!(
        "{}\n[milestone.design]\nactual = 2026-10-02\n",
        sandbox.read("projects/crm/status/2026-W47.toml")
    );
    sandbox
        .with("projects/crm/project.toml", &charter)
        .with("projects/crm/status/2026-W47.toml", &report)
        .with("projects/crm/decisions/D-001.toml", "title = \"Longer?\"\nstate = \"decided\"\n")
        .with("projects/crm/changes/C-004.toml", CHANGE)
}

#[test]
fn what_is_agreed_moves_by_the_change_and_the_old_is_kept() {
    let sandbox = changed();
    let before = sandbox.read("projects/crm/project.toml");
    let run = sandbox.pmo("project rebaseline crm --change C-004 --dry-run").ok();
    assert!(run.stdout.contains("+finish = 2027-04-15"), "{run}");
    assert_eq!(sandbox.read("projects/crm/project.toml"), before);
    let run = sandbox.pmo("project rebaseline crm --change C-004").ok();
    let said =
        "finish 2027-03-31 → 2027-04-15, budget 1_200_000 → 1_260_000.5, #go-live 2027-01-31 → 2027-02-15";
    assert!(run.stderr.contains(said), "{run}");
    let expected = before
        .replace("finish = 2027-03-31", "finish = 2027-04-15")
        .replace("approved = 1_200_000", "approved = 1_260_000.5")
        .replace("baseline = 2027-01-31 # with Sales", "baseline = 2027-02-15 # with Sales")
        .replace(
            "approved_on = 2026-01-20\n",
            "approved_on = 2026-11-18\nchange = \"C-004\"\ndecision = \"D-001\"\n",
        )
        .replace(
            "[[superseded]]\n",
            "[[superseded]]\napproved_on = 2026-01-20\nstart = 2026-02-02\nfinish = 2027-03-31\n\
             budget = 1_200_000\nmilestones = { go-live = 2027-01-31 }\n\n[[superseded]]\n",
        );
    assert_eq!(sandbox.read("projects/crm/project.toml"), expected);
    let report = sandbox.pmo("report project crm").ok().stdout;
    assert!(report.contains("Budget first") && report.contains("1.05 M EUR"), "{report}");
    assert!(report.contains("Finish first agreed") && report.contains("31 Jan 2027"), "{report}");
    let json = sandbox.pmo("report project crm -O json").ok().json();
    assert_eq!(json["standing"]["finish"]["original"], "2027-01-31");
    let run = sandbox.pmo("project rebaseline crm --change C-004").exits(2);
    assert!(run.stderr.contains("is by crm/C-004 already"), "{run}");
}

#[test]
fn flags_say_otherwise_than_the_change() {
    let sandbox = changed();
    sandbox
        .pmo("project rebaseline crm --change C-004 --finish 2027-05-31 --budget 1300000 --milestone design=2026-10-05")
        .ok();
    let charter = sandbox.read("projects/crm/project.toml");
    for line in
        ["finish = 2027-05-31", "approved = 1_300_000", "baseline = 2026-10-05", "baseline = 2027-01-31 #"]
    {
        assert!(charter.contains(line), "{line}: {charter}");
    }
    let run = changed().pmo("project rebaseline crm --change C-004 --milestone golive=2027-02-01").exits(2);
    assert!(run.stderr.contains("did you mean `go-live`?"), "{run}");
    changed().pmo("project rebaseline crm --change C-004 --milestone go-live").exits(2);
    let run = changed().pmo("project rebaseline crm --change C-004 --budget -5").exits(2);
    assert!(!run.stderr.is_empty(), "{run}");
}

#[test]
fn only_an_approved_change_of_the_project_moves_anything() {
    for (state, said) in
        [("submitted", "crm/C-004 is submitted; only an approved change"), ("rejected", "is rejected")]
    {
        let sandbox = changed();
        let change = CHANGE.replace("state = \"approved\"", &format!("state = \"{state}\""));
        let sandbox = sandbox.with("projects/crm/changes/C-004.toml", &change);
        let run = sandbox.pmo("project rebaseline crm --change C-004").exits(2);
        assert!(run.stderr.contains(said), "{run}");
        assert!(run.stderr.contains("once it is approved: pmo set crm/C-004 state=approved"), "{run}");
        let open =
            sandbox.with("projects/crm/decisions/D-001.toml", "title = \"Longer?\"\nstate = \"open\"\n");
        let run = open.pmo("project rebaseline crm --change C-004").exits(2);
        assert!(run.stderr.contains("D-001 decides it"), "{run}");
    }
    let run = changed().pmo("project rebaseline crm --change C-009").exits(2);
    assert!(run.stderr.contains("crm has no change C-009"), "{run}");
    let run = changed().pmo("project rebaseline crm --change D-001").exits(2);
    assert!(run.stderr.contains("is no change request of crm"), "{run}");
    changed().pmo("project rebaseline crm").exits(2);
    let sandbox = changed();
    let silent = CHANGE.replace("effect = { cost = 60_000.50, days = 15 }\n", "");
    let run = sandbox
        .with("projects/crm/changes/C-004.toml", &silent)
        .pmo("project rebaseline crm --change C-004")
        .exits(2);
    assert!(run.stderr.contains("states neither cost nor days"), "{run}");
}

#[test]
fn no_agreement_that_cannot_be() {
    let sandbox = Sandbox::register();
    let charter = sandbox.read("projects/crm/project.toml");
    let charter = charter.split("[schedule]").next().unwrap().to_owned()
        + "currency = \"JPY\"\n\n[schedule]\nstart = 2026-11-02\nfinish = 2026-11-20\n\n[budget]\napproved = 100_000\n";
    sandbox.write("projects/crm/project.toml", &charter);
    let change = "title = \"Less\"\nstate = \"approved\"\ndecided_on = 2026-11-10\neffect = { cost = 10.55, days = -30 }\n";
    sandbox.write("projects/crm/changes/C-001.toml", change);
    let early = sandbox.pmo("project rebaseline crm --change C-001").exits(2);
    assert!(early.stderr.contains("before the start on 2026-11-02"), "{early}");
    let odd = sandbox.pmo("project rebaseline crm --change C-001 --finish 2026-12-01").exits(2);
    assert!(odd.stderr.contains("100010.55, and JPY has 0 digits after the point"), "{odd}");
    sandbox.pmo("project rebaseline crm --change C-001 --finish 2026-12-01 --budget 100_010").ok();
}
