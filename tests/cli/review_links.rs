//! `pmo review-links`, and the rule that speaks of suspect links.

use crate::harness::Sandbox;

const RISK: &str = "# Ours, and dear to us.\ntitle = \"Vendor is late\"   # so they say\nowner = \"jana-novak\"\n\
    links = [\"#go-live\", \"erp/R-002\"]\n\n[target]\nprobability = 2\n";

/// `crm/R-001` links to the go-live of its project and to a risk of another.
fn linked() -> Sandbox {
    let sandbox = Sandbox::register()
        .with("projects/crm/risks/R-001.toml", RISK)
        .with(
            "projects/erp/project.toml",
            "name = \"ERP\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nstate = \"active\"\n",
        )
        .with(
            "projects/erp/risks/R-002.toml",
            "title = \"Partner leaves\"\nowner = \"jana-novak\"\nprobability = 2\nimpact = 3\n",
        );
    let charter = sandbox.read("projects/crm/project.toml");
    sandbox.write(
        "projects/crm/project.toml",
        &(charter + "\n[[milestone]]\nid = \"go-live\"\nname = \"Go-live\"\nbaseline = 2027-01-31\n"),
    );
    sandbox
}

#[test]
fn the_first_look_is_written_and_nothing_else() {
    let sandbox = linked();
    let before = sandbox.files();
    let json = sandbox.pmo("review-links crm/R-001 -O json").ok().json();
    let states: Vec<&str> =
        json["links"].as_array().unwrap().iter().map(|l| l["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["never", "never"]);
    assert_eq!(json["links"][0]["now"]["agreed"], "2027-01-31");
    assert!(!sandbox.pmo("check").stdout.contains("suspect-link"), "what nobody looked at is not suspect");
    let dry = sandbox.pmo("review-links crm/R-001 --confirm --dry-run").ok();
    assert!(dry.stdout.contains("+reviewed = [{ link = \"#go-live\""), "{}", dry.stdout);
    assert_eq!(sandbox.files(), before);
    sandbox.pmo("review-links crm/R-001 --confirm #go-live").ok();
    let text = sandbox.read("projects/crm/risks/R-001.toml");
    let line = text.lines().find(|line| line.starts_with("reviewed")).unwrap().to_owned();
    assert_eq!(text.replace(&format!("{line}\n"), ""), RISK, "only that line is new");
    let seen = json["links"][0]["fingerprint"].as_str().unwrap();
    assert_eq!(line, format!("reviewed = [{{ link = \"#go-live\", seen = \"{seen}\" }}]"));
    sandbox.pmo("review-links crm/R-001 --confirm").ok();
    let text = sandbox.read("projects/crm/risks/R-001.toml");
    assert!(text.contains("{ link = \"erp/R-002\", seen = \""), "{text}");
    let again = sandbox.pmo("review-links crm/R-001 --confirm").ok();
    assert!(again.stderr.contains("nothing to confirm"), "{}", again.stderr);
    assert!(sandbox.pmo("review-links").ok().stdout.contains("Nothing that was reviewed has changed since."));
}

#[test]
fn a_suspect_link_tells_what_changed_when_and_by_whom_until_it_is_confirmed() {
    let sandbox = linked();
    sandbox.pmo("review-links crm/R-001 --confirm").ok();
    sandbox.git_init();
    sandbox.replace("projects/crm/project.toml", "baseline = 2027-01-31", "baseline = 2027-02-28");
    let text = sandbox.pmo("review-links").ok().stdout;
    assert!(text.contains("1 suspect link"), "{text}");
    assert!(
        text.contains("#go-live: agreed 2027-01-31 → 2027-02-28") && text.contains("not committed yet"),
        "{text}"
    );
    sandbox.commit("The go-live moves");
    sandbox.replace("projects/crm/project.toml", "name = \"Go-live\"", "name = \"Go-live, wave 1\"");
    sandbox.commit("A better name");
    sandbox.replace("projects/erp/risks/R-002.toml", "probability = 2", "probability = 5");
    sandbox.commit("The risk is raised");
    let json = sandbox.pmo("review-links --me -O json").ok().json();
    let told: Vec<String> = json["links"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| {
            let was = &l["was"];
            let change = &was["changes"][0];
            format!("{} {} {} {} {}", l["link"], change["name"], change["from"], change["to"], was["by"])
                .replace('"', "")
        })
        .collect();
    assert_eq!(
        told,
        ["#go-live agreed 2027-01-31 2027-02-28 Jana Novak", "erp/R-002 probability 2 5 Jana Novak"],
        "{json}"
    );
    let moved = json["links"][0]["was"]["commit"].as_str().unwrap().to_owned();
    let log = sandbox.pmo("log crm").ok().stdout;
    assert!(log.contains(&moved[..7]), "the commit that moved it, and not the newer ones: {moved} {log}");
    let found = sandbox.pmo("check").stdout;
    assert!(found.contains("[suspect-link]: #go-live has changed since it was last reviewed from here; now: agreed 2027-02-28"), "{found}");
    let before = sandbox.read("projects/crm/risks/R-001.toml");
    sandbox.pmo("review-links --confirm --commit").ok();
    let after = sandbox.read("projects/crm/risks/R-001.toml");
    assert_eq!(before.len(), after.len(), "only fingerprints changed");
    assert!(!sandbox.pmo("check").stdout.contains("suspect-link"));
    let csv = sandbox.pmo("review-links crm/R-001 -O csv").ok().stdout;
    assert!(csv.lines().nth(1).is_some_and(|line| line.contains("#go-live,same")), "{csv}");
}

#[test]
fn a_link_to_what_is_gone_is_shown_and_cannot_be_confirmed() {
    let sandbox = linked();
    sandbox.pmo("review-links crm/R-001 --confirm").ok();
    std::fs::remove_file(sandbox.path("projects/erp/risks/R-002.toml")).unwrap();
    sandbox.replace("projects/crm/project.toml", "id = \"go-live\"", "id = \"cut-over\"");
    let text = sandbox.pmo("review-links crm/R-001").ok().stdout;
    assert_eq!(text.matches("leads to nothing that can be read").count(), 2, "{text}");
    let wrong = sandbox.pmo("review-links crm/R-001 --confirm erp/R-002");
    assert_eq!((wrong.code, wrong.stdout.as_str()), (2, ""));
    assert!(wrong.stderr.contains("leads to nothing"), "{}", wrong.stderr);
    assert!(sandbox.pmo("check").stdout.contains("[dangling-reference]"));
}

#[test]
fn what_is_typed_wrong_is_an_error() {
    let sandbox = linked();
    let wrong = |line: &str| {
        let run = sandbox.pmo(line);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{line}: {}", run.stderr);
        run.stderr
    };
    assert!(wrong("review-links crm/R-009").contains("no record"));
    assert!(wrong("review-links crm/R-001 --confirm #go-life").contains("did you mean `#go-live`?"));
    assert!(wrong("review-links --confirm #go-live").contains("wants the record"));
    assert!(wrong("review-links crm/R-001 --me").contains("cannot be used with"));
    assert!(wrong("review-links crm#go-live").contains("milestone"));
    let none = sandbox.pmo("review-links erp/R-002").ok().stdout;
    assert!(none.contains("erp/R-002 links to nothing."), "{none}");
}
