//! A programme's word on its projects: begun, submitted, shown beside the projects' own.

use crate::harness::Sandbox;

const W47: &str = "programmes/customer-360/status/2026-W47.toml";

/// A register with a programme of one project, and another project outside it.
fn register() -> Sandbox {
    let sandbox = Sandbox::register()
        .with("programmes/customer-360.toml", "name = \"Customer 360\"\nmanager = \"jana-novak\"\n")
        .with(
            "programmes/customer-360/status/2026-W46.toml",
            "by = \"jana-novak\"\nsummary = \"Late.\"\n\n[project.crm]\nassessed = \"amber\"\ncomment = \"The vendor is late.\"\n",
        )
        .with(
            "projects/crm/issues/I-001.toml",
            "title = \"Three tables\\nhave no owner\"\nraised = 2026-11-02\n",
        )
        .with(
            "projects/erp/project.toml",
            "name = \"ERP\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nstate = \"on-hold\"\n",
        );
    sandbox.replace("projects/crm/project.toml", "state =", "programme = \"customer-360\"\nstate =");
    sandbox
}

#[test]
fn the_status_of_a_programme_is_begun_with_what_its_projects_report() {
    let sandbox = register();
    sandbox.git_init();
    let run = sandbox.pmo("status new customer-360").ok();
    assert_eq!(run.stdout, format!("{W47}\n"));
    assert!(run.stderr.contains("1 project to look at, 1 assessment carried forward"), "{run}");
    let text = sandbox.read(W47);
    assert!(text.contains("# CRM migration reports green for week 47"), "{text}");
    assert!(
        text.contains("#   crm/I-001: Three tables have no owner"),
        "a title stays in its comment: {text}"
    );
    assert!(text.contains("[project.crm]") && text.contains("carried forward from week 46"), "{text}");
    assert!(text.contains("assessed = \"amber\"\ncomment = \"The vendor is late.\""), "{text}");
    assert!(!text.contains("erp"), "{text}");
    let run = sandbox.pmo("status new customer-360").exits(2);
    assert!(run.stderr.contains("is there already"), "{run}");
    // A draft is refused, what is filled in is committed.
    let run = sandbox.pmo("status submit customer-360").exits(1);
    assert!(run.stdout.contains("placeholder") && run.stdout.contains("summary"), "{run}");
    let filled = text
        .replace("summary = \"…\"", "summary = \"One vendor.\"")
        .replace("overall = \"…\"", "overall = \"amber\"");
    sandbox.write(W47, &filled);
    let run = sandbox.pmo("status submit customer-360").ok();
    assert!(run.stderr.contains("customer-360/2026-W47 is submitted"), "{run}");
    assert_eq!(
        sandbox.git(&["show", "--format=%s", "--name-only"]).trim(),
        format!("customer-360: status report 2026-W47\n\n{W47}")
    );
    // A closed period takes no more of them.
    sandbox.pmo("period close 2026-W47").ok();
    let run = sandbox.pmo("status submit customer-360").exits(2);
    assert!(run.stderr.contains("pmo period open 2026-W47"), "{run}");
}

#[test]
fn an_assessment_stands_beside_the_rating_that_the_project_gives_itself() {
    let sandbox = register();
    let carried = sandbox.pmo("report portfolio").ok();
    assert!(
        carried
            .stdout
            .contains("reported green; assessed amber by Jana Novak for week 46: The vendor is late."),
        "{carried}"
    );
    assert!(carried.stdout.contains("programme"), "{carried}");
    let json = sandbox.pmo("report portfolio -O json").ok().json();
    let said = &json["projects"][0]["moderation"];
    assert_eq!(said["assessed"], "amber", "{json}");
    assert_eq!((&said["period"], &said["is_carried"]), (&"2026-W46".into(), &true.into()));
    assert_eq!(json["projects"][0]["rating"]["declared"], "green");
    let page = sandbox.pmo("report project crm").ok();
    assert!(page.stdout.contains("amber as assessed"), "{page}");
    assert!(sandbox.pmo("").ok().stdout.contains("assessed amber by Jana Novak"));
    // The project's own amber replaces it.
    sandbox.replace("projects/crm/status/2026-W47.toml", "overall = \"green\"", "overall = \"amber\"");
    let replaced = sandbox.pmo("report portfolio").ok();
    assert!(!replaced.stdout.contains("assessed"), "{replaced}");
}

#[test]
fn words_on_a_project_outside_the_programme_are_found_and_passed_over() {
    let sandbox = register();
    sandbox.write(W47, "summary = \"Well.\"\n\n[project.erp]\nassessed = \"red\"\n");
    let run = sandbox.pmo("check -O concise").exits(1);
    let expected =
        "2026-W47.toml:3:10: error[moderation-outside-programme] erp is in no programme, not in customer-360";
    assert!(run.stdout.contains(expected), "{run}");
    let report = sandbox.pmo("report portfolio").ok();
    assert!(
        report.stdout.contains("passed over") && report.stdout.contains("customer-360/2026-W47 on erp"),
        "{report}"
    );
    assert!(!report.stdout.contains("assessed red"), "{report}");
    let run = sandbox.pmo("status submit customer-360").exits(1);
    assert!(run.stdout.contains("moderation-outside-programme"), "{run}");
}
