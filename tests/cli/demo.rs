//! `pmo demo`: Northwind's register, with a history that ends in the newest week whose Friday has come.

use crate::harness::Sandbox;

#[test]
fn the_demo_register_has_a_history_and_no_broken_file() {
    let sandbox = Sandbox::new();
    let run = sandbox.pmo("demo --today 2026-11-23").ok();
    assert_eq!(run.stdout, "", "{run}");
    for said in
        ["Made pmo-demo: Northwind IT, 16 projects in 4 programmes", "commits by", "cd pmo-demo", "pmo check"]
    {
        assert!(run.stderr.contains(said), "{said}: {run}");
    }
    let log = sandbox.git(&["-C", "pmo-demo", "log", "--format=%an <%ae> %ad %s", "--date=short"]);
    assert!(log.lines().count() > 300);
    assert!(log.starts_with("Yuki Sato <yuki.sato@northwind.example> 2026-11-20"), "{log}");
    assert_eq!(sandbox.git(&["-C", "pmo-demo", "status", "--porcelain"]), "");
    assert!(sandbox.exists("pmo-demo/projects/crm-migration/status/2026-W47.toml"));
    assert!(sandbox.exists("pmo-demo/.pmo/schema/status.json"));
}

#[test]
fn the_same_day_gives_the_same_commits() {
    let sandbox = Sandbox::new();
    sandbox.pmo("demo one --today 2026-12-30").ok();
    sandbox.pmo("demo two --today 2026-12-28").ok();
    let head = |folder| sandbox.git(&["-C", folder, "rev-parse", "HEAD"]);
    assert_eq!(head("one"), head("two"));
}

#[test]
fn a_story_told_another_day_ends_that_week() {
    let sandbox = Sandbox::new();
    sandbox.pmo("demo register --no-git --today 2027-01-29").ok();
    assert!(!sandbox.exists("register/.git"));
    let report = sandbox.read("register/projects/crm-migration/status/2027-W04.toml");
    assert!(report.contains("date = 2027-01-29"), "{report}");
    // W47 of the story, ten weeks later; nothing of it stays behind.
    assert!(sandbox.exists("register/projects/zero-trust/status/2027-W04.toml"));
    assert!(sandbox.exists("register/projects/dc-exit/actuals/2026-12.toml"));
    assert!(!sandbox.exists("register/projects/dc-exit/actuals/2026-01.toml"));
}

#[test]
fn a_folder_in_use_is_refused() {
    let sandbox = Sandbox::new().with("mine/notes.txt", "keep\n");
    for line in ["demo mine", "demo mine --no-git"] {
        let run = sandbox.pmo(line).exits(2);
        assert!(
            run.stderr.contains("mine is not empty") && run.stderr.contains("help: name another"),
            "{run}"
        );
    }
    assert_eq!(sandbox.files().len(), 1);
}

#[test]
fn one_report_of_the_week_before_came_late_and_one_not_at_all() {
    let sandbox = Sandbox::new();
    sandbox.pmo("demo it").ok();
    let json = sandbox.pmo("-C it status list --period 2026-W46 -O json").ok().json();
    let told = |what: &dyn Fn(&serde_json::Value) -> bool| -> Vec<String> {
        let reports = json["reports"].as_array().unwrap().iter().filter(|report| what(report));
        reports.map(|report| format!("{} {}", report["project"], report["days_late"])).collect()
    };
    assert_eq!(told(&|report| report["on_time"] == false), ["\"data-platform\" 3"]);
    assert_eq!(told(&|report| report["state"] == "missing"), ["\"branch-wifi\" 7"]);
    assert_eq!((told(&|report| report["on_time"] == true).len(), told(&|_| true).len()), (8, 10));
}
