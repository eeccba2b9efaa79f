//! `pmo dependency`: lists, graphs, what a slip moves, the critical path.

use crate::harness::Sandbox;

fn charter(name: &str, more: &str) -> String {
    format!(
        "name = \"{name}\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nstate = \"active\"\nprogramme = \"core\"\n\
         [schedule]\nstart = 2026-06-01\nfinish = 2027-03-31\n{more}"
    )
}

/// `crm` waits for `erp`, `erp` for `hr`, which reports late; `old` is closed.
fn chain() -> Sandbox {
    Sandbox::register()
        .with("programmes/core.toml", "name = \"Core\"\n")
        .with(
            "projects/crm/project.toml",
            &charter(
                "CRM",
                "[[milestone]]\nid = \"go-live\"\nname = \"Go-live\"\nbaseline = 2027-02-15\n\
                 [[dependency]]\non = \"erp#api\"\nmilestone = \"go-live\"\nneeded_by = 2027-01-31\nlag_days = 5\n\
                 [[dependency]]\non = \"old#archive\"\n",
            ),
        )
        .with(
            "projects/crm/benefits/B-001.toml",
            "title = \"Fewer licences\"\nfrom = 2027-02-15\nlinks = [\"#go-live\"]\n",
        )
        .with(
            "projects/erp/project.toml",
            &charter(
                "ERP",
                "[[milestone]]\nid = \"api\"\nname = \"API\"\nbaseline = 2027-01-20\n\
                 [[dependency]]\non = \"hr\"\nmilestone = \"api\"\nneeded_by = 2027-01-15\n",
            ),
        )
        .with("projects/hr/project.toml", &charter("HR", "").replace("2027-03-31", "2027-01-10"))
        .with(
            "projects/hr/status/2026-W47.toml",
            "by = \"jana-novak\"\ndate = 2026-11-20\nsummary = \"Late.\"\nforecast_finish = 2027-01-20\n\n\
             [rag]\noverall = \"green\"\n",
        )
        .with(
            "projects/old/project.toml",
            "name = \"Old\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nstate = \"closed\"\nclosed_on = 2026-10-01\n\
             [[milestone]]\nid = \"archive\"\n",
        )
}

#[test]
fn the_list_has_float_and_state_the_worst_first() {
    let json = chain().pmo("dependency list -O json").ok().json();
    assert_eq!(json["kind"], "dependencies");
    let all = json["dependencies"].as_array().unwrap();
    let told: Vec<String> = all
        .iter()
        .map(|one| {
            format!("{} {} {} {}", one["waits"], one["on"], one["float_days"], one["state"]).replace('"', "")
        })
        .collect();
    assert_eq!(
        told,
        ["crm old#archive null closed", "erp#api hr -5 late", "crm#go-live erp#api 6 at-risk"],
        "{json}"
    );
    let csv = chain().pmo("dependency list --late -O csv").ok().stdout;
    assert_eq!(csv.lines().count(), 3, "{csv}");
    assert!(csv.contains("erp#api,hr,2027-01-15,2027-01-20,-5"), "{csv}");
    let one = chain().pmo("dependency list hr -O json").ok().json();
    assert_eq!((one["dependencies"].as_array().unwrap().len(), &one["left_out"]), (1, &2.into()));
    let text = chain().pmo("dependency list").ok().stdout;
    assert!(text.contains("3 dependencies: 1 supplier closed, 1 late, 1 at risk"), "{text}");
    assert!(text.contains("crm#go-live  erp#api"), "{text}");
}

#[test]
fn the_rules_tell_agreement_forecast_and_end_apart() {
    let found = chain().pmo("check").stdout;
    for said in [
        "[dependency-slipped]: hr is expected on 20 Jan 2027, 5 days after it is needed on 15 Jan 2027",
        "[dependency-on-closed-project]: needs old#archive, and old was closed without reaching it",
    ] {
        assert!(found.contains(said), "{said}\n{found}");
    }
    assert!(!found.contains("dependency-date-conflict"), "{found}");
    let sandbox = chain();
    sandbox.replace("projects/erp/project.toml", "needed_by = 2027-01-15", "needed_by = 2027-01-05");
    let found = sandbox.pmo("check").stdout;
    assert!(
        found.contains("[dependency-date-conflict]: hr is agreed for 10 Jan 2027, and needed 5 days before"),
        "{found}"
    );
    assert!(found.contains("[dependency-slipped]"), "the forecast makes it worse: {found}");
}

#[test]
fn a_slip_is_followed_over_projects_to_the_benefit() {
    let sandbox = chain();
    let before = sandbox.files();
    let json = sandbox.pmo("dependency impact hr --slip 2w -O json").ok().json();
    assert_eq!((json["kind"].as_str(), &json["slip_days"]), (Some("dependency-impact"), &14.into()));
    let moves: Vec<String> = json["moves"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| format!("{} {} {}", m["point"], m["days"], m["breaks"]).replace('"', ""))
        .collect();
    // hr is late already, so that all of it passes; erp#api has 6 days of float, and 8 are left for crm.
    assert_eq!(
        moves,
        ["hr 14 false", "erp#api 14 true", "crm#go-live 8 true", "erp 14 true", "crm 8 true"],
        "{json}"
    );
    assert_eq!(json["moves"][2]["path"], serde_json::json!(["hr", "erp#api", "crm#go-live"]));
    assert_eq!(
        (&json["benefits"][0]["benefit"], &json["benefits"][0]["days"]),
        (&"crm/B-001".into(), &8.into())
    );
    let text = sandbox.pmo("dependency impact hr --slip 2w").ok().stdout.replace("\n  ", " ");
    assert!(
        text.contains("4 more points of 2 projects move; 2 milestones and 2 finishes pass the agreed day"),
        "{text}"
    );
    assert!(text.contains("1 benefit comes later"), "{text}");
    let to = sandbox.pmo("dependency impact hr --to 2027-02-03 -O json").ok().json();
    assert_eq!(to["moves"], json["moves"], "a day says the same as its distance");
    let earlier = sandbox.pmo("dependency impact erp#api --slip -1w").ok().stdout;
    assert!(earlier.contains("Nobody is pulled forward"), "{earlier}");
    let held = sandbox.pmo("dependency impact erp#api --slip 6d").ok().stdout;
    assert!(held.contains("erp  "), "its own finish moves: {held}");
    let none = sandbox.pmo("dependency impact crm --slip 3d").ok().stdout;
    assert!(none.contains("Nothing waits for it."), "{none}");
    assert_eq!(sandbox.files(), before, "nothing was written");
}

#[test]
fn what_cannot_slip_is_an_error_with_the_nearest() {
    let sandbox = chain();
    let wrong = |line: &str| {
        let run = sandbox.pmo(line);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{line}: {}", run.stderr);
        run.stderr
    };
    assert!(wrong("dependency impact erp#apj --slip 5d").contains("did you mean `erp#api`?"));
    assert!(wrong("dependency impact hr#api --slip 5d").contains("it has none; `hr` alone is its finish"));
    assert!(wrong("dependency impact epr --slip 5d").contains("did you mean `erp`?"));
    assert!(wrong("dependency impact crm/B-001 --slip 5d").contains("no day that could slip"));
    assert!(wrong("dependency impact erp#api --slip 20x").contains("such as 20d or 4w"));
    assert!(wrong("dependency impact erp#api").contains("--slip"));
    assert!(wrong("dependency impact erp#api --slip 5d --to 2027-02-01").contains("cannot be used with"));
    assert!(wrong("dependency impact old --slip 5d").contains("old is closed"));
    assert!(wrong("dependency list nobody").contains("no project `nobody`"));
    assert!(wrong("dependency graph --programme cor").contains("did you mean `core`?"));
}

#[test]
fn the_graph_is_a_tree_and_a_diagram() {
    let text = chain().pmo("dependency graph").ok().stdout.replace('\u{a0}', " ");
    for said in ["├ erp#api", "│ └ hr", "└ old#archive", "supplier closed"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let both = chain().pmo("dependency graph erp").ok().stdout.replace('\u{a0}', " ");
    assert!(both.contains("Waits for") && both.contains("Is waited for by"), "{both}");
    assert!(both.contains("└ crm#go-live"), "{both}");
    let mermaid = chain().pmo("dependency graph -O mermaid").ok().stdout;
    assert!(
        mermaid.starts_with("flowchart LR\n") && mermaid.contains("==>|\"FS, 5 days late\"|"),
        "{mermaid}"
    );
    let sandbox = chain();
    sandbox.pmo("dependency graph -o graph.dot").ok();
    let dot = sandbox.read("graph.dot");
    assert!(
        dot.starts_with("digraph dependencies {") && dot.contains("label=\"FS +5 d, 6 days of float\""),
        "{dot}"
    );
    let html = chain().pmo("dependency graph -O html").ok().stdout;
    assert!(html.contains("erp#api"), "{html}");
}

#[test]
fn a_circle_is_marked_and_ends() {
    let sandbox = chain();
    let hr =
        sandbox.read("projects/hr/project.toml") + "[[dependency]]\non = \"crm\"\nneeded_by = 2027-01-01\n";
    sandbox.write("projects/hr/project.toml", &hr);
    let text = sandbox.pmo("dependency graph").ok().stdout;
    assert!(text.contains("each waits for the next") && text.contains("in a circle"), "{text}");
    let json = sandbox.pmo("dependency impact erp#api --slip 60d -O json").ok().json();
    assert_eq!(json["circles"].as_array().unwrap().len(), 1, "{json}");
    let days = |point: &str| {
        let moves = json["moves"].as_array().unwrap();
        moves.iter().find(|m| m["point"] == point).map(|m| m["days"].as_i64().unwrap())
    };
    assert_eq!((days("erp#api"), days("crm"), days("hr")), (Some(60), Some(54), Some(54)), "{json}");
}

#[test]
fn the_critical_path_ends_at_the_last_finish() {
    let sandbox = chain();
    sandbox.replace("projects/crm/project.toml", "finish = 2027-03-31", "finish = 2027-04-30");
    let json = sandbox.pmo("dependency critical -O json").ok().json();
    assert_eq!((&json["last"], &json["finish"]), (&"crm".into(), &"2027-04-30".into()));
    let others = json["others"].as_array().unwrap();
    let near: Vec<String> =
        others.iter().map(|o| format!("{} {}", o["point"], o["float_days"]).replace('"', "")).collect();
    assert_eq!(near, ["erp#api 6", "hr 6"], "{json}");
    let text = sandbox.pmo("dependency critical --within 3").ok().stdout;
    assert!(text.contains("hangs on no other project"), "{text}");
    sandbox.replace("projects/crm/project.toml", "needed_by = 2027-01-31", "needed_by = 2027-01-25");
    let json = sandbox.pmo("dependency critical -O json").ok().json();
    let path: Vec<&str> =
        json["path"].as_array().unwrap().iter().map(|l| l["point"].as_str().unwrap()).collect();
    assert_eq!(path, ["hr", "erp#api", "crm#go-live", "crm"], "{json}");
}

#[test]
fn an_empty_register_has_stated_answers() {
    let empty = Sandbox::new().with("pmo.toml", "[register]\nformat = 1\n");
    assert!(empty.pmo("dependency list").ok().stdout.contains("No project says that it depends on another."));
    assert!(empty.pmo("dependency graph").ok().stdout.contains("Nothing waits for anything here."));
    assert!(empty.pmo("dependency critical").ok().stdout.contains("there is no path to one"));
    assert_eq!(empty.pmo("dependency graph -O dot").ok().stdout.lines().last(), Some("}"));
}

#[test]
fn what_an_audience_may_not_see_is_in_no_format() {
    let sandbox = chain();
    let pmo = sandbox.read("pmo.toml") + "\n[[audience]]\nname = \"public\"\n";
    sandbox.write("pmo.toml", &pmo);
    let hr = sandbox.read("projects/hr/project.toml").replacen("state =", "confidential = true\nstate =", 1);
    sandbox.write("projects/hr/project.toml", &hr);
    for line in [
        "list",
        "graph",
        "graph -O dot",
        "graph -O mermaid",
        "critical",
        "impact erp#api --slip 30d",
        "list -O json",
    ] {
        let out = sandbox.pmo(&format!("dependency {line} --audience public")).ok().stdout;
        assert!(![" hr", "\"hr", "HR"].iter().any(|word| out.contains(word)), "{line}: {out}");
    }
    assert_eq!(sandbox.pmo("dependency impact hr --slip 5d --audience public").code, 2);
}

#[test]
fn a_dependency_is_added_behind_the_others_and_nothing_else_changes() {
    let sandbox = chain();
    let before = sandbox.read("projects/hr/project.toml");
    let line = "dependency add hr --on old --needed-by 2027-01-05 --kind ff --lag 5";
    let dry = sandbox.pmo(&format!("{line} --dry-run")).ok();
    assert!(dry.stdout.contains("+[[dependency]]"), "{}", dry.stdout);
    assert_eq!(sandbox.read("projects/hr/project.toml"), before);
    sandbox.pmo(line).ok();
    let after = sandbox.read("projects/hr/project.toml");
    assert!(after.starts_with(&before), "{after}");
    let added =
        "[[dependency]]\non = \"old\"\nneeded_by = 2027-01-05\nkind = \"finish-to-finish\"\nlag_days = 5\n";
    assert_eq!(after[before.len()..].trim_start(), added);
    let wrong = |line: &str| {
        let run = sandbox.pmo(line);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{line}: {}", run.stderr);
        run.stderr
    };
    assert!(wrong("dependency add hr --on old").contains("waits for old already"));
    assert!(wrong("dependency add hr --on hr").contains("cannot wait for itself"));
    let circle = wrong("dependency add hr --on crm");
    assert!(circle.contains("so that neither could begin"), "erp waits for hr, crm for erp: {circle}");
    assert!(wrong("dependency add hr --on erp#apy").contains("did you mean `erp#api`?"));
    assert!(wrong("dependency add crm --on hr --milestone go-life").contains("did you mean `crm#go-live`?"));
    assert!(wrong("dependency add crm --on hr --needed-by soon").contains("soon"));
}

#[test]
fn the_past_has_dependencies_of_its_own() {
    let sandbox = chain();
    sandbox.git_init();
    sandbox.replace("projects/crm/project.toml", "lag_days = 5", "lag_days = 25");
    let float = |line: &str| {
        let json = sandbox.pmo(line).ok().json();
        let all = json["dependencies"].as_array().unwrap().clone();
        all.iter().find(|one| one["on"] == "erp#api").unwrap()["float_days"].as_i64()
    };
    assert_eq!(float("dependency list -O json"), Some(-14));
    assert_eq!(float("dependency list -O json --at HEAD"), Some(6));
    assert_eq!(float("dependency impact erp#api --slip 1d -O json --at HEAD"), Some(6));
    for line in ["dependency graph", "dependency critical", "review-links"] {
        sandbox.pmo(&format!("{line} --at HEAD")).ok();
    }
    assert_eq!(sandbox.pmo("review-links --confirm --at HEAD").code, 2);
}
