//! `pmo report kpi`.

use crate::harness::Sandbox;

fn register() -> Sandbox {
    Sandbox::register()
        .with("programmes/core.toml", "name = \"Core systems\"\n")
        .with(
            "projects/erp/project.toml",
            "name = \"ERP\"\nmanager = \"jana-novak\"\nprogramme = \"core\"\nstate = \"active\"\nbudget.approved = 1_000\n",
        )
        .with(
            "projects/erp/status/2026-W46.toml",
            "date = 2026-11-13\nsummary = \"Well.\"\nforecast_cost = 1_000\nrag.overall = \"green\"\n",
        )
        .with(
            "projects/erp/status/2026-W47.toml",
            "date = 2026-11-20\nsummary = \"Badly.\"\nforecast_cost = 1_200\nrag.overall = \"red\"\n",
        )
}

#[test]
fn the_grid_has_value_trend_and_rating_and_counts_what_is_missing() {
    let sandbox = register();
    let json = sandbox.pmo("report kpi -O json").ok().json();
    let core = &json["groups"][0];
    assert_eq!((&core["group"], &core["projects"]), (&"Core systems".into(), &1.into()));
    let cost = &core["values"][1];
    assert_eq!((&cost["value"], &cost["before"]), (&20.into(), &0.into()));
    assert_eq!((&cost["rating"], &cost["trend"]), (&"red".into(), &"worse".into()));
    assert!(json["groups"][1]["group"].is_null());
    // The project without a forecast is counted, and changes no total.
    let all = &json["all"]["values"][1];
    assert_eq!((&all["value"], &all["counted"], &all["missing"]), (&20.into(), &1.into(), &1.into()));
    let page = sandbox.pmo("report kpi").ok().stdout;
    for said in [
        "Core systems",
        "Without a programme",
        "All",
        "20 %",
        "without a figure: Cost 1",
        "arrows: since week 46",
        "·",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(
        sandbox
            .pmo("report kpi --group-by division -O csv")
            .ok()
            .stdout
            .starts_with("group,projects,red_share_rating,red_share,")
    );
}

#[test]
fn the_register_chooses_names_and_orders_the_indicators() {
    let sandbox = register();
    sandbox.replace(
        "pmo.toml",
        "[reporting]",
        "[[kpi]]\nmetric = \"cost-variance\"\nname = \"Money\"\namber = 20\nred = 30\n\n[[kpi]]\nmetric = \"reports\"\n\n[reporting]",
    );
    let json = sandbox.pmo("report kpi -O json").ok().json();
    assert_eq!(json["indicators"].as_array().unwrap().len(), 2);
    assert_eq!(json["indicators"][0]["name"], "Money");
    assert_eq!(json["groups"][0]["values"][0]["rating"], "green", "20 is not beyond 20");
    sandbox.replace("pmo.toml", "cost-variance", "cost-varianse");
    let run = sandbox.pmo("check").exits(1);
    assert!(
        run.stdout.contains("did you mean \"cost-variance\"") || run.stdout.contains("cost-variance"),
        "{run}"
    );
}

#[test]
fn the_trend_of_exposure_is_against_the_register_as_it_stood() {
    let sandbox = register();
    sandbox.replace(
        "projects/erp/project.toml",
        "budget.approved",
        "budget.contingency = 100\nbudget.approved",
    );
    let risk = |chance: u8| {
        format!(
            "title = \"Late\"\nkind = \"threat\"\nstate = \"open\"\nprobability = 3\nimpact = 3\nchance = {chance}\ncost_effect = 100\n"
        )
    };
    let sandbox = sandbox.with("projects/erp/risks/R-001.toml", &risk(20));
    sandbox.git_init();
    sandbox.commit_at("weekly", "2026-11-13T12:00:00");
    let sandbox = sandbox.with("projects/erp/risks/R-001.toml", &risk(50));
    let json = sandbox.pmo("report kpi -O json").ok().json();
    let at =
        json["indicators"].as_array().unwrap().iter().position(|one| one["metric"] == "exposure").unwrap();
    let value = &json["groups"][0]["values"][at];
    assert_eq!((value["value"].as_f64(), value["before"].as_f64()), (Some(50.0), Some(20.0)), "{value}");
    assert_eq!(value["trend"], "worse");
    let narrow = sandbox.pmo("report kpi --width 60");
    assert!(!narrow.stdout.contains("_rating"), "{narrow}");
}
