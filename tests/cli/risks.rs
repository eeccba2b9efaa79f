//! `pmo report risks` and `pmo report exposure`.

use crate::harness::Sandbox;

/// Two projects of one programme and one in another currency, with risks that repeat.
fn register() -> Sandbox {
    let sandbox = Sandbox::register();
    sandbox.replace(
        "pmo.toml",
        "[reporting]",
        "[risk.appetite]\nscore = 12\n\n[[finance.rate]]\ncurrency = \"USD\"\nfrom = 2026-01-01\nrate = 0.5\n\n[reporting]",
    );
    let charter = sandbox.read("projects/crm/project.toml");
    let with = |name: &str, rest: &str| format!("{}{rest}\n", charter.replace("CRM migration", name));
    let risk = |title: &str, rest: &str| format!("title = \"{title}\"\n{rest}\n");
    sandbox
        .with("projects/crm/project.toml", &with("CRM", "contingency = 50_000"))
        .with("projects/erp/project.toml", &with("ERP", "contingency = 90_000"))
        .with("projects/us/project.toml", &format!("currency = \"USD\"\n{}", with("US", "")))
        .with(
            "projects/crm/risks/R-001.toml",
            &risk(
                "Integration partner leaves",
                "category = \"supplier\"\nsupplier = \"Nordsoft\"\nowner = \"jana-novak\"\nprobability = 4\nimpact = 4\n\
                 chance = 60\ncost_effect = 100_000\nresponse = \"mitigate\"\nplan_cost = 5_000\nreview_by = 2026-11-01\n\
                 cause = \"The partner cannot keep its people\"\n[target]\nprobability = 2\nimpact = 4\nchance = 20",
            ),
        )
        .with(
            "projects/crm/risks/R-002.toml",
            &risk("Old data is worse than sampled", "category = \"technical\"\nprobability = 3\nimpact = 3"),
        )
        .with(
            "projects/erp/risks/R-001.toml",
            &risk(
                "The integration partners leave",
                "category = \"supplier\"\nsupplier = \"nordsoft\"\nowner = \"jana-novak\"\nprobability = 2\nimpact = 2\n\
                 chance = 20\ncost_effect = { low = 40_000, likely = 50_000, high = 60_000 }\n\
                 cause = \"Partner cannot keep people\"",
            ),
        )
        .with(
            "projects/erp/risks/R-002.toml",
            &risk(
                "Licences may be shared",
                "kind = \"opportunity\"\nowner = \"jana-novak\"\nprobability = 3\nimpact = 4\nchance = 50\ncost_effect = 8_000",
            ),
        )
        .with(
            "projects/us/risks/R-001.toml",
            &risk("Tariffs rise", "owner = \"jana-novak\"\nprobability = 1\nimpact = 1\nchance = 10\ncost_effect = 30_000"),
        )
        .with("projects/us/risks/R-002.toml", &risk("Not looked at yet", "owner = \"jana-novak\""))
}

fn names(value: &serde_json::Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}

#[test]
fn the_report_names_what_needs_somebody_and_what_repeats() {
    let sandbox = register();
    let json = sandbox.pmo("report risks -O json").ok().json();
    assert_eq!(json["kind"], "risks");
    assert_eq!(names(&json["top_threats"]), ["crm/R-001", "crm/R-002", "erp/R-001", "us/R-001"]);
    assert_eq!(names(&json["top_opportunities"]), ["erp/R-002"]);
    assert_eq!(names(&json["outside_appetite"]), ["crm/R-001"]);
    assert_eq!(names(&json["review_overdue"]), ["crm/R-001"]);
    assert_eq!(names(&json["without_owner"]), ["crm/R-002"]);
    assert_eq!(names(&json["without_response"]), ["erp/R-002", "crm/R-002"]);
    assert_eq!(names(&json["unassessed"]), ["us/R-002"]);
    assert_eq!((&json["threats"]["high"], &json["threats"]["unassessed"]), (&1.into(), &1.into()));
    let repeats: Vec<String> = json["repeats"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            format!("{} {} {}", one["by"].as_str().unwrap(), one["value"].as_str().unwrap(), one["projects"])
        })
        .collect();
    assert_eq!(
        repeats,
        ["category supplier 2", "supplier Nordsoft 2", "cause The partner cannot keep its people 2"]
    );
    assert_eq!(names(&json["alike"][0]["risks"]), ["crm/R-001", "erp/R-001"]);
    assert_eq!(json["alike"].as_array().unwrap().len(), 1);
    let text = sandbox.pmo("report risks").ok().stdout;
    for said in [
        "Outside appetite (1)",
        "Without a response (2)",
        "pmo set crm/R-002 owner=PERSON",
        "Perhaps the same",
        "Top opportunities",
        "1 not assessed",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let csv = sandbox.pmo("report risks -O csv").ok().stdout;
    assert_eq!(csv.lines().count(), 7, "{csv}");
    let top = sandbox.pmo("report risks --top 1 -O json").ok().json();
    assert_eq!(names(&top["top_threats"]), ["crm/R-001"]);
    sandbox.pmo("report risks --programme nowhere").exits(2);
}

#[test]
fn what_came_went_and_moved_is_told() {
    let sandbox = register();
    sandbox.git_init();
    sandbox.replace("projects/crm/risks/R-002.toml", "impact = 3", "impact = 5");
    sandbox.replace("projects/crm/risks/R-001.toml", "probability = 4", "probability = 3");
    sandbox.replace("projects/us/risks/R-002.toml", "title", "probability = 2\nimpact = 2\ntitle");
    sandbox.write("projects/us/risks/R-003.toml", "title = \"New one\"\nowner = \"jana-novak\"\n");
    sandbox.pmo("close us/R-001 --outcome none").ok();
    let json = sandbox.pmo("report risks --since HEAD -O json").ok().json();
    let changes = &json["changes"];
    assert_eq!(names(&changes["new"]), ["us/R-003"]);
    assert_eq!(changes["raised"][0]["risk"], "crm/R-002");
    assert_eq!((&changes["raised"][0]["from"], &changes["raised"][0]["to"]), (&9.into(), &15.into()));
    assert_eq!(
        (&changes["raised"][1]["risk"], &changes["raised"][1]["from"]),
        (&"us/R-002".into(), &serde_json::Value::Null)
    );
    assert_eq!(changes["lowered"][0]["risk"], "crm/R-001");
    assert_eq!(
        (&changes["closed"][0]["risk"], &changes["closed"][0]["state"]),
        (&"us/R-001".into(), &"closed".into())
    );
    let text = sandbox.pmo("report risks --since HEAD").ok().stdout;
    for said in
        ["raised 9 → 15: Old data", "lowered 16 → 12:", "new, ·: New one", "closed, 1 then: Tariffs rise"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert!(!sandbox.pmo("report risks").ok().stdout.contains("Changed since"));
}

#[test]
fn exposure_is_the_same_whole_however_it_is_grouped() {
    let sandbox = register();
    for by in ["project", "owner", "category", "supplier", "programme", "division"] {
        let json = sandbox.pmo(&format!("report exposure --by {by} -O json")).ok().json();
        let total = &json["totals"][0];
        let value = |sum: &serde_json::Value| sum["value"].as_f64();
        // 60,000 + 20 % of 50,000 in EUR, 3,000 in USD.
        assert_eq!((&total["currency"], value(&total["threats"]["now"])), (&"EUR".into(), Some(70_000.0)));
        assert_eq!(value(&total["opportunities"]["now"]), Some(4_000.0));
        assert_eq!(value(&total["together"]), Some(66_000.0));
        assert_eq!(total["threats"]["now"]["missing"], 1);
        // After: 20 % of 100,000, and what no response was stated for as it is now; the gain of 40,000 less 5,000 for the plan.
        assert_eq!(value(&total["threats"]["after"]), Some(30_000.0));
        let net = &total["threats"]["net"];
        assert_eq!((value(net), &net["counted"]), (Some(35_000.0), &1.into()));
        assert_eq!(value(&json["converted"]["total"]["threats"]["now"]), Some(71_500.0));
        let sum = |pick: &dyn Fn(&serde_json::Value) -> f64| -> f64 {
            json["groups"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|group| group["currency"] == "EUR")
                .map(pick)
                .sum()
        };
        assert_eq!(sum(&|group| value(&group["threats"]["now"]).unwrap_or_default()), 70_000.0, "{by}");
        assert_eq!(sum(&|group| group["threats"]["risks"].as_f64().unwrap()), 3.0, "{by}");
    }
    let json = sandbox.pmo("report exposure -O json").ok().json();
    assert_eq!(
        (&json["over"][0]["project"], &json["over"][0]["contingency_left"]),
        (&"crm".into(), &50_000.into())
    );
    let text = sandbox.pmo("report exposure").ok().stdout;
    for said in [
        "More than is left of the contingency",
        "2 risks without chance or cost effect",
        "all in EUR",
        "1 USD = 0.5 EUR",
    ] {
        assert!(text.replace("\n  ", " ").contains(said), "{said}\n{text}");
    }
    let findings = sandbox.pmo("check -O concise").to_string();
    assert!(findings.contains("exposure-over-contingency"), "{findings}");
}

#[test]
fn an_empty_register_has_a_stated_answer() {
    for line in ["report risks", "report exposure"] {
        let run = Sandbox::register().pmo(line).ok();
        assert!(run.stdout.contains("There is no open risk."), "{run}");
        Sandbox::register().pmo(&format!("{line} -O json")).ok().json();
    }
}

#[test]
fn nothing_that_is_withheld_is_told() {
    let sandbox = register();
    let config = sandbox.read("pmo.toml");
    let audiences = "\n[[audience]]\nname = \"public\"\n[[audience]]\nname = \"poor\"\nwithhold = [\"money\"]\n\
        [[audience]]\nname = \"dates\"\nsections = [\"milestones\"]\n";
    sandbox.write("pmo.toml", &(config + audiences));
    sandbox.replace("projects/erp/risks/R-001.toml", "title", "confidential = true\ntitle");
    sandbox.git_init();
    for format in ["terminal", "markdown", "html", "json", "csv"] {
        for line in ["report risks --since HEAD", "report exposure --by supplier"] {
            let public = sandbox.pmo(&format!("{line} --audience public -O {format}")).ok();
            assert!(!public.stdout.contains("erp/R-001") && !public.stdout.contains("nordsoft"), "{public}");
            let poor = sandbox.pmo(&format!("{line} --audience poor -O {format}")).ok().stdout;
            assert!(
                !["60000", "60,000", "60 k", "60_000", "50000"].iter().any(|sum| poor.contains(sum)),
                "{poor}"
            );
            let dates = sandbox.pmo(&format!("{line} --audience dates -O {format}")).ok().stdout;
            assert!(!dates.contains("crm/R-001") && !dates.contains("ordsoft"), "{dates}");
        }
    }
}
