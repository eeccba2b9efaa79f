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
