//! `pmo risk matrix`, and the scales that it stands on.

use crate::harness::Sandbox;

/// A 3 × 3 scale with an appetite, and one risk more than two projects agree on.
fn register(scales: &str) -> Sandbox {
    let risk = |title: &str, rest: &str| format!("title = \"{title}\"\nowner = \"jana-novak\"\n{rest}\n");
    let sandbox = Sandbox::register();
    sandbox.replace("pmo.toml", "[reporting]", &format!("{scales}\n[reporting]"));
    let charter = sandbox.read("projects/crm/project.toml").replace("CRM migration", "ERP");
    sandbox
        .with("projects/erp/project.toml", &charter)
        .with("projects/crm/risks/R-001.toml", &risk("Vendor leaves", "probability = 3\nimpact = 2"))
        .with(
            "projects/crm/risks/R-002.toml",
            &risk(
                "Old data",
                "probability = 1\nimpact = { cost = 1, safety = 3 }\n[target]\nprobability = 1\nimpact = 1",
            ),
        )
        .with("projects/crm/risks/R-003.toml", &risk("Not assessed", ""))
        .with("projects/erp/risks/R-001.toml", &risk("Vendor leaves too", "probability = 3\nimpact = 2"))
        .with("projects/erp/risks/R-002.toml", &risk("Off", "probability = 2\nimpact = 9"))
        .with(
            "projects/erp/risks/R-003.toml",
            &risk("Gone", "state = \"closed\"\nprobability = 3\nimpact = 3"),
        )
        .with(
            "projects/erp/risks/R-004.toml",
            &risk("Reuse", "kind = \"opportunity\"\nprobability = 3\nimpact = 3"),
        )
}

const THREE: &str = "[risk]\ndimensions = [\"cost\", \"safety\"]\n\
    probability = [{ name = \"rare\", from = 0, to = 20 }, { name = \"possible\", from = 20, to = 60 }, \
    { name = \"likely\", from = 60, to = 100, anchor = \"seen in most projects\" }]\n\
    impact = [{ name = \"small\" }, { name = \"medium\" }, { name = \"large\", anchor = { safety = \"an injury\" } }]\n\
    [risk.appetite]\nscore = 4\n[risk.band.red]\nname = \"critical\"\ncolour = \"#aa0011\"\n";

/// The ids of each cell that holds any, as `PxI: ids`.
fn cells(json: &serde_json::Value) -> Vec<String> {
    let cell = |cell: &serde_json::Value| {
        let risks: Vec<&str> = cell["risks"].as_array()?.iter().filter_map(|risk| risk.as_str()).collect();
        let (band, outside) = (cell["band"].as_str()?, cell["is_outside_appetite"].as_bool()?);
        (!risks.is_empty()).then(|| {
            format!(
                "{}x{} {band}{}: {}",
                cell["probability"],
                cell["impact"],
                if outside { "!" } else { "" },
                risks.join(" ")
            )
        })
    };
    json["cells"].as_array().unwrap().iter().filter_map(cell).collect()
}

#[test]
fn each_risk_stands_in_its_cell_and_what_has_none_is_named() {
    let sandbox = register(THREE);
    let json = sandbox.pmo("risk matrix -O json").ok().json();
    assert_eq!(json["kind"], "risk-matrix");
    assert_eq!(json["cells"].as_array().unwrap().len(), 9);
    // By hand: 3 × 2 = 6 is red of 9; 1 × 3 = 3 is amber.
    assert_eq!(cells(&json), ["3x2 red!: crm/R-001 erp/R-001", "1x3 amber: crm/R-002"]);
    assert_eq!((&json["unassessed"][0], &json["off_scale"][0]), (&"crm/R-003".into(), &"erp/R-002".into()));
    let ranks: Vec<_> = json["risks"].as_array().unwrap().iter().map(|risk| &risk["current_rank"]).collect();
    assert_eq!(ranks, [1, 1, 3]);
    let target = sandbox.pmo("risk matrix --target -O json").ok().json();
    assert_eq!(cells(&target), ["1x1 green: crm/R-002"]);
    assert_eq!(target["unassessed"].as_array().unwrap().len(), 4);
    let hoped = sandbox.pmo("risk matrix --kind opportunity").ok().stdout;
    assert!(hoped.contains("● 9") && !hoped.contains('■') && hoped.contains("erp/R-004"), "{hoped}");
}

#[test]
fn the_map_can_be_read_at_every_width_without_colour() {
    for width in [80, 120, 200] {
        let sandbox = register(THREE).env("COLUMNS", &width.to_string());
        let text = sandbox.pmo("risk matrix").ok().stdout;
        assert!(text.lines().all(|line| line.chars().count() <= width), "{width}: {text}");
        assert!(text.contains("■ 6 !") && text.contains("crm/R-001  ") && !text.contains('\u{1b}'), "{text}");
    }
    let sandbox = register(THREE);
    let text = sandbox.pmo("risk matrix --scales").ok().stdout;
    for said in [
        "3 likely     ▲ 3         ■ 6 !       ■ 9 !",
        "                           crm/R-001\n",
        "● low   ▲ moderate   ■ critical   ! outside appetite",
        "1 risk without probability or impact, so not on the map: crm/R-003",
        "1 risk with a level that the scales do not have: erp/R-002",
        "seen in most projects",
        "an injury",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let one = sandbox.pmo("risk matrix crm").ok().stdout;
    assert!(one.contains("  R-001") && !one.contains("erp"), "{one}");
    let markdown = sandbox.pmo("risk matrix -O markdown").ok().stdout;
    assert!(
        markdown.contains("| **3 likely** | ▲ 3 | ■ 6 \\!<br>crm/R-001<br>erp/R-001 | ■ 9 \\! |"),
        "{markdown}"
    );
    let html = sandbox.pmo("risk matrix -O html").ok().stdout;
    assert!(html.contains(".heat td.band-2 { background: #aa0011; color: #ffffff; }"), "{html}");
    let csv = sandbox.pmo("risk matrix -O csv").ok().stdout;
    assert!(
        csv.starts_with("band,risk,title,") && csv.contains("\nred,crm/R-001,Vendor leaves,1,,6,,"),
        "{csv}"
    );
}

#[test]
fn what_moved_since_is_marked_and_what_is_gone_is_listed() {
    let sandbox = register(THREE);
    sandbox.git_init();
    sandbox.replace("projects/crm/risks/R-001.toml", "probability = 3", "probability = 2");
    sandbox.replace("projects/crm/risks/R-002.toml", "safety = 3", "safety = 2");
    sandbox.replace(
        "projects/crm/risks/R-002.toml",
        "probability = 1\nimpact = {",
        "probability = 3\nimpact = {",
    );
    sandbox.replace("projects/crm/risks/R-003.toml", "title", "probability = 1\nimpact = 1\ntitle");
    sandbox.pmo("close erp/R-001 --outcome nothing").ok();
    let json = sandbox.pmo("risk matrix --since HEAD -O json").ok().json();
    let moved: Vec<String> = json["risks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|risk| format!("{} {}", risk["risk"].as_str().unwrap(), risk["moved"].as_str().unwrap_or("")))
        .collect();
    assert_eq!(moved, ["crm/R-002 raised", "crm/R-001 lowered", "crm/R-003 new"]);
    assert_eq!(
        (&json["gone"][0]["risk"], &json["gone"][0]["state"]),
        (&"erp/R-001".into(), &"closed".into())
    );
    let text = sandbox.pmo("risk matrix --since HEAD").ok().stdout;
    for said in
        ["crm/R-002↑", "crm/R-001↓", "crm/R-003+", "erp/R-001 Vendor leaves too: closed, score 6 then"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let run = sandbox.pmo("risk matrix --since nonsense").exits(2);
    assert!(run.stdout.is_empty() && run.stderr.contains("nonsense"), "{run}");
}

#[test]
fn scales_that_cannot_be_meant_are_errors_with_their_place() {
    let level = |count: usize| vec!["{ name = \"x\" }"; count].join(", ");
    for (scales, said) in [
        (format!("[risk]\nimpact = [{}]", level(2)), "pmo.toml:6:10"),
        (format!("[risk]\nimpact = [{}]", level(7)), "pmo.toml:6:10"),
        ("[risk]\nred_from = 30".to_owned(), "the red band begins at 30, and the highest score is 25"),
        ("[risk]\nmatrix = [\"GGG\"]".to_owned(), "the matrix has 1 lines, and there are 5 levels"),
        (THREE.replace("from = 20, to = 60", "from = 10, to = 60"), "overlap"),
        (THREE.replace("from = 20, to = 60", "from = 25, to = 60"), "leave a gap between them"),
        (THREE.replace("\"#aa0011\"", "\"red\""), "colour"),
    ] {
        let sandbox = Sandbox::register();
        sandbox.replace("pmo.toml", "[reporting]", &format!("{scales}\n[reporting]"));
        let run = sandbox.pmo("check").exits(1);
        assert!(run.to_string().contains(said), "{said}\n{run}");
        sandbox.pmo("risk matrix").ok();
    }
}

#[test]
fn the_scales_of_the_manual_are_sound() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/risk.md")).unwrap();
    let scales = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let sandbox = register(scales);
    let json = sandbox.pmo("risk matrix -O json").ok().json();
    assert_eq!(cells(&json), ["3x2 red!: crm/R-001 erp/R-001", "1x3 amber: crm/R-002"]);
    let run = sandbox.pmo("check pmo.toml");
    assert!(!run.to_string().contains("invalid-value"), "{run}");
}

#[test]
fn an_empty_register_has_an_empty_map() {
    let run = Sandbox::register().pmo("risk matrix").ok();
    assert!(run.stdout.contains("0 open threats in 1 project") && run.stdout.contains("■ 25"), "{run}");
}

#[test]
fn an_audience_sees_no_confidential_risk_and_no_trace_of_one() {
    let sandbox = register(THREE);
    let config = sandbox.read("pmo.toml");
    sandbox.write("pmo.toml", &format!("{config}\n[[audience]]\nname = \"public\"\n"));
    sandbox.replace("projects/erp/risks/R-001.toml", "title", "confidential = true\ntitle");
    sandbox.git_init();
    sandbox.pmo("close erp/R-001 --outcome done").ok();
    for format in ["terminal", "markdown", "html", "json", "csv"] {
        let run = sandbox.pmo(&format!("risk matrix --audience public --since HEAD -O {format}")).ok();
        assert!(!run.stdout.contains("leaves too") && !run.stdout.contains("erp/R-001"), "{run}");
    }
}

#[test]
fn lists_and_cards_say_score_and_level() {
    let sandbox = register(THREE);
    let csv = sandbox.pmo("risk list --columns id,score,level -O csv").ok().stdout;
    assert!(csv.contains("crm/R-001,6,critical\n") && csv.contains("crm/R-003,,\n"), "{csv}");
    let card = sandbox.pmo("show crm/R-001").ok().stdout;
    assert!(card.contains("6 · ■ critical, 3 × 2 · outside appetite"), "{card}");
}
