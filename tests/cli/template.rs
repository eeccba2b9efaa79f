//! `pmo template list|show|new`.

use crate::harness::Sandbox;

const DOCUMENTS: [&str; 7] = [
    "charter",
    "business-case",
    "closure-report",
    "lessons-workshop",
    "change-request",
    "meeting-minutes",
    "communication-plan",
];

/// A project that has something of everything.
fn rich() -> Sandbox {
    Sandbox::register()
        .with("objectives/grow.toml", "name = \"Keep customers\"\n")
        .with("programmes/customer.toml", "name = \"Customer 360\"\nmanager = \"jana-novak\"\n")
        .with(
            "projects/crm/project.toml",
            "name = \"CRM *migration*\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nstate = \"active\"\n\
             programme = \"customer\"\nclass = \"B\"\nmethod = \"hybrid\"\npurpose = \"Three systems disagree.\"\n\
             [schedule]\nstart = 2026-02-02\nfinish = 2027-03-31\n[budget]\napproved = 1_200_000\ncontingency = 90_000\n\
             [[cost]]\ncategory = \"internal\"\napproved = 700_000\n\
             [[superseded]]\nfinish = 2027-01-31\nbudget = 1_050_000\n\
             [[milestone]]\nid = \"go-live\"\nname = \"Go-live | wave 1\"\nbaseline = 2027-01-31\nkey = true\ngate = \"G4\"\n\
             [[dependency]]\non = \"crm#go-live\"\nneeded_by = 2027-01-10\n\
             [[alignment]]\nobjective = \"grow\"\ncontribution = 4\n\
             [[allocation]]\nperson = \"jana-novak\"\nfrom = 2026-02-02\nto = 2027-03-31\nfte = 0.5\n\
             [[stakeholder]]\nname = \"Works council\"\ninfluence = 4\ninterest = 5\nchannel = \"monthly briefing\"\n",
        )
        .with("projects/crm/risks/R-001.toml", "title = \"Late\"\nprobability = 3\nimpact = 4\n")
        .with("projects/crm/issues/I-001.toml", "title = \"No owner\"\nseverity = \"high\"\n")
        .with("projects/crm/actions/A-001.toml", "title = \"Call\"\ndue = 2026-11-01\n")
        .with("projects/crm/decisions/D-001.toml", "title = \"Extend?\"\nof = \"jana-novak\"\n")
        .with("projects/crm/changes/C-001.toml", "title = \"Consent\"\neffect = { cost = 60_000, days = 20 }\n")
        .with("projects/crm/benefits/B-001.toml", "title = \"Licences\"\ntarget = 180_000\nunit = \"EUR\"\n")
        .with("projects/crm/lessons/L-001.toml", "title = \"Order early\"\nadvice = \"At signing.\"\n")
        .with("projects/crm/assumptions/S-001.toml", "title = \"They stay\"\nvalidate_by = 2026-12-01\n")
        .with("projects/crm/actuals/2026-10.toml", "cost = 74_000.50\n")
}

#[test]
fn every_document_is_filled_from_a_rich_and_from_a_bare_project() {
    for (sandbox, facts) in [(rich(), true), (Sandbox::register(), false)] {
        for name in DOCUMENTS {
            let run = sandbox.pmo(&format!("template new {name} crm")).ok();
            assert!(run.stderr.contains(&format!("wrote projects/crm/docs/{name}.md")), "{run}");
            let text = sandbox.read(&format!("projects/crm/docs/{name}.md"));
            assert!(text.contains("Jana Novak"), "{text}");
            assert!(!text.contains("\n\n\n") && !text.contains("{{"), "{text}");
            assert!(!facts || text.contains("CRM \\*migration\\*"), "{text}");
            // A table has as many cells in every row.
            let rows = text.split("\n\n").filter(|block| block.starts_with('|'));
            for table in rows {
                let cells = |row: &str| row.replace("\\|", "").matches('|').count();
                let widths: Vec<usize> = table.lines().map(cells).collect();
                assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
            }
        }
    }
}

#[test]
fn the_charter_has_the_projects_own_figures() {
    let run = rich().pmo("template new charter crm -o -").ok();
    for text in [
        "1,200,000",
        "1,290,000",
        "31 Mar 2027",
        "Go-live \\| wave 1 (key)",
        "Keep customers",
        "Works council",
        "Customer 360",
        "| R-001 Late | 12 |",
        "Three systems disagree.",
    ] {
        assert!(run.stdout.contains(text), "{text}\n{run}");
    }
}

#[test]
fn a_document_is_never_overwritten_and_a_name_is_looked_up() {
    let sandbox = rich();
    sandbox.pmo("template new charter crm").ok();
    let run = sandbox.pmo("template new charter crm").exits(2);
    assert!(run.stderr.contains("docs/charter.md is there already"), "{run}");
    let run = sandbox.pmo("template new chartr crm").exits(2);
    assert!(run.stderr.contains("did you mean `charter`?"), "{run}");
    let run = sandbox.pmo("template new risk crm").exits(2);
    assert!(run.stderr.contains("no document about a project"), "{run}");
}

#[test]
fn templates_are_listed_with_version_and_origin() {
    let sandbox = Sandbox::register().with("templates/charter.md", "{# charter/0: ours -#}\n# {{ name }}\n");
    let run = sandbox.pmo("template list -O json").ok();
    let list = run.json();
    let charter =
        list["templates"].as_array().unwrap().iter().find(|t| t["name"] == "charter.md").unwrap().clone();
    assert_eq!((charter["version"].as_str(), charter["origin"].as_str()), (Some("charter/0"), Some("own")));
    assert!(
        run.stderr.contains("templates/charter.md says charter/0; the built-in one is charter/1"),
        "{run}"
    );
    assert_eq!(sandbox.pmo("template new charter crm -o -").ok().stdout, "# CRM migration\n");
    assert!(sandbox.pmo("template show risk").ok().stdout.starts_with("{# risk/1"));
}
