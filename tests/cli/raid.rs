//! `pmo report raid` and `pmo actions`: what is open, for how long, and who has to do it.

use snapbox::{assert_data_eq, file};

use crate::harness::Sandbox;

fn register() -> Sandbox {
    Sandbox::register()
        .with("people/amir-haddad.toml", "name = \"Amir Haddad\"\nemail = \"amir@northwind.example\"\n")
        .with(
            "projects/crm/risks/R-001.toml",
            "title = \"Vendor leaves\"\nowner = \"amir-haddad\"\nprobability = 4\nimpact = 4\nresponse = \"mitigate\"\n\
             plan = \"A second source.\"\nraised = 2026-08-01\nreview_by = 2026-11-13\n",
        )
        .with("projects/crm/risks/R-002.toml", "title = \"Old\"\nstate = \"closed\"\nclosed_on = 2026-11-01\noutcome = \"Nothing.\"\n")
        .with("projects/crm/issues/I-001.toml", "title = \"No interface\"\nseverity = \"high\"\nraised = 2026-11-02\n")
        .with("projects/crm/actions/A-001.toml", "title = \"Ask the bank\"\nowner = \"jana-novak\"\ndue = 2026-12-04\nraised = 2026-11-18\n")
        .with("projects/crm/actions/A-002.toml", "title = \"Some day\"\nowner = \"amir-haddad\"\n")
        .with("projects/crm/decisions/D-001.toml", "title = \"Which bank\"\nof = \"jana-novak\"\nwanted_by = 2027-01-15\n")
        .with("projects/crm/assumptions/S-001.toml", "title = \"The law holds\"\nowner = \"jana-novak\"\nvalidate_by = 2026-11-19\n")
}

#[test]
fn the_log_of_the_demo_register() {
    let examples = Sandbox::examples();
    assert_data_eq!(examples.pmo("report raid").ok(), file!["raid/log.txt"].raw());
    assert_data_eq!(examples.pmo("report raid erp-rollout --ended").ok(), file!["raid/project.txt"].raw());
    assert_data_eq!(examples.pmo("actions --owner jana-novak").ok(), file!["raid/actions.txt"].raw());
}

#[test]
fn ages_and_answers_for_programs() {
    let json = register().pmo("report raid -O json").ok().json();
    assert_eq!(json["kind"], "raid");
    let ages = &json["ages"][0];
    let risks =
        ["open", "overdue", "without_owner", "over_90_days", "oldest_days"].map(|key| ages[key].clone());
    assert_eq!(risks, [1, 1, 0, 1, 111].map(serde_json::Value::from));
    assert_eq!(json["items"][0]["answer"], "mitigate: A second source.");
    assert_eq!((&json["items"][0]["score"], &json["items"][0]["band"]), (&16.into(), &"red".into()));
    // What has ended only where it is asked for, with what became of it.
    let records = |line: &str| {
        let json = register().pmo(line).ok().json();
        json["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["record"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(!records("report raid crm -O json").contains(&"crm/R-002".to_owned()));
    assert!(records("report raid crm --ended -O json").contains(&"crm/R-002".to_owned()));
    assert_eq!(records("report raid --overdue -O json"), ["crm/R-001", "crm/S-001"]);
    assert_eq!(records("report raid --what issue,action --owner @amir-haddad -O json"), ["crm/A-002"]);
}

#[test]
fn what_i_have_to_do_soonest_first() {
    let sandbox = register();
    sandbox.git_init();
    let json = sandbox.pmo("actions --me -O json").ok().json();
    let mine: Vec<&str> =
        json["items"].as_array().unwrap().iter().map(|item| item["record"].as_str().unwrap()).collect();
    assert_eq!(mine, ["crm/S-001", "crm/A-001", "crm/D-001"]);
    let page = sandbox.pmo("actions --me").ok().stdout;
    assert!(page.starts_with("What Jana Novak has to do · 3 items, 1 overdue"), "{page}");
    let places = ["Overdue", "In the next four weeks", "Later"].map(|when| page.find(when).unwrap());
    assert!(places.is_sorted(), "{page}");
    // The same noun lists and adds actions.
    assert!(sandbox.pmo("actions list").ok().stdout.contains("Ask the bank"));
    assert!(sandbox.pmo("action").ok().stdout.contains("No interface"));
}

#[test]
fn a_report_that_is_due_is_something_to_do() {
    let sandbox = register();
    sandbox.git_init();
    std::fs::remove_file(sandbox.path("projects/crm/status/2026-W47.toml")).unwrap();
    let page = sandbox.pmo("actions --me --today 2026-11-23").ok().stdout;
    assert!(page.contains("crm/2026-W47  report      status report"), "{page}");
}

#[test]
fn nobody_nothing_and_nonsense() {
    let sandbox = register();
    assert!(sandbox.pmo("actions --owner jana-nowak").exits(2).stderr.contains("did you mean `jana-novak`?"));
    assert!(sandbox.pmo("actions crn").exits(2).stderr.contains("did you mean `crm`?"));
    assert!(sandbox.pmo("report raid --what risks").exits(2).stderr.contains("risk"));
    let empty = Sandbox::new().with("pmo.toml", "[register]\nformat = 1\n");
    assert!(empty.pmo("report raid").ok().stdout.contains("Nothing is on the log."));
    assert!(empty.pmo("actions").ok().stdout.contains("There is nothing to do."));
}
