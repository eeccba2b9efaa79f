//! `pmo report finance`.

use crate::harness::Sandbox;

/// Two projects in euros and one in dollars.
fn two_currencies(rate: &str) -> Sandbox {
    let charter = |currency: &str, approved: &str| {
        format!(
            "name = \"P\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nstate = \"active\"\n{currency}\
             [schedule]\nstart = 2026-06-01\nfinish = 2027-03-31\n\n[budget]\napproved = {approved}\ncontingency = 100\n\
             [[cost]]\ncategory = \"internal\"\napproved = 300\n"
        )
    };
    let report = "by = \"jana-novak\"\ndate = 2026-11-20\nsummary = \"On course.\"\nactual_cost = 400\n\
                  forecast_cost = 1100\ncontingency_drawn = 30\n[rag]\noverall = \"green\"\n";
    let sandbox = Sandbox::register();
    let config = format!("{}\n[finance]\nfiscal_year_start = 4\n{rate}", sandbox.read("pmo.toml"));
    sandbox
        .with("pmo.toml", &config)
        .with("projects/erp/project.toml", &charter("", "1000"))
        .with("projects/erp/status/2026-W47.toml", report)
        .with("projects/texas/project.toml", &charter("currency = \"USD\"\n", "500"))
        .with("projects/texas/status/2026-W47.toml", report)
        .with(
            "projects/texas/actuals/2026-10.toml",
            "cost = 250\ncommitted = 20\n[category]\ninternal = 250\n",
        )
}

const RATE: &str = "[[finance.rate]]\ncurrency = \"USD\"\nfrom = 2026-10-01\nrate = 0.92\n";

#[test]
fn unlike_amounts_are_added_only_at_a_rate_that_is_named() {
    let json = two_currencies(RATE).pmo("report finance -O json").ok().json();
    assert_eq!((&json["kind"], &json["year_first"]), (&"finance".into(), &"2026-04-01".into()));
    let sums = |total: &serde_json::Value, key: &str| total["sums"][key]["value"].as_f64();
    assert_eq!(sums(&json["totals"][0], "approved"), Some(1_201_000.0));
    assert_eq!(sums(&json["totals"][1], "approved"), Some(500.0));
    let converted = &json["converted"];
    assert_eq!(sums(&converted["total"], "approved"), Some(1_201_460.0));
    assert_eq!(converted["rates"][0]["from"], "2026-10-01");
    let text = two_currencies(RATE).pmo("report finance").ok().stdout;
    assert!(text.contains("1 USD = 0.92 EUR since 1 Oct, looked up for 20 Nov"), "{text}");
    assert!(text.contains("all in EUR"), "{text}");
}

#[test]
fn every_report_that_adds_money_gives_a_sum_in_the_registers_currency_and_its_rates() {
    let sandbox = two_currencies(RATE);
    let evm = sandbox.pmo("report evm -O json").ok().json();
    assert_eq!(evm["converted"]["total"]["bac"]["value"].as_f64(), Some(1_201_460.0));
    assert_eq!(evm["converted"]["rates"][0]["currency"], "USD");
    let portfolio = sandbox.pmo("report portfolio -O json").ok().json();
    assert_eq!(portfolio["converted"]["total"]["spent"]["value"].as_f64(), Some(630.0));
    for report in ["report evm", "report portfolio"] {
        let page = sandbox.pmo(report).ok().stdout;
        assert!(page.contains("all in EUR") && page.contains("1 USD = 0.92 EUR since 1 Oct"), "{page}");
    }
    for report in ["report period", "report kpi", ""] {
        let page = sandbox.pmo(report).ok().stdout;
        assert!(page.contains("1 USD = 0.92 EUR since 1 Oct"), "{report}: {page}");
    }
    let kpi = sandbox.pmo("report kpi -O json").ok().json();
    assert_eq!(kpi["converted"]["rates"][0]["on"], "2026-11-20");
    let without = two_currencies("");
    for report in ["report evm", "report portfolio", "report kpi"] {
        let page = without.pmo(report).ok().stdout;
        assert!(
            page.contains("USD has no rate in pmo.toml, so the sum in EUR lacks those amounts"),
            "{page}"
        );
    }
}

#[test]
fn a_converted_sum_is_rounded_to_cents_after_it_was_added_up() {
    let odd = RATE.replace("0.92", "0.921_23");
    let sandbox = two_currencies(&odd);
    sandbox.replace("projects/texas/project.toml", "approved = 500", "approved = 500.55");
    let json = sandbox.pmo("report portfolio -O json").ok().stdout;
    // 500.55 x 0.92123 = 461.1216765.
    assert!(json.contains("1201461.12") && !json.contains("1201461.121"), "{json}");
    let text = sandbox.pmo("report evm --exact").ok().stdout;
    assert!(text.contains("461.12") && !text.contains("461.121"), "{text}");
}

#[test]
fn without_a_rate_nothing_is_added_and_check_says_so() {
    let sandbox = two_currencies("");
    let json = sandbox.pmo("report finance -O json").ok().json();
    assert_eq!(json["converted"]["total"]["sums"]["approved"]["value"].as_f64(), Some(1_201_000.0));
    assert_eq!(json["converted"]["total"]["sums"]["approved"]["missing"], 1);
    assert_eq!(json["converted"]["without_rate"][0], "USD");
    let text = sandbox.pmo("report finance").ok().stdout;
    assert!(text.contains("USD has no rate in pmo.toml"), "{text}");
    let run = sandbox.pmo("check");
    assert!(run.stdout.contains("currency-without-rate"), "{run}");
    assert!(run.stdout.contains("cost-stated-twice"), "{run}");
}

#[test]
fn each_project_has_its_reserves_its_year_and_its_pace() {
    let json = two_currencies(RATE).pmo("report finance -O json").ok().json();
    let texas =
        &json["projects"].as_array().unwrap().iter().find(|one| one["project"] == "texas").unwrap().clone();
    let amount = |key: &str| texas["amounts"][key].as_f64();
    assert_eq!(
        (amount("contingency_left"), amount("committed"), amount("actual")),
        (Some(70.0), Some(20.0), Some(250.0))
    );
    assert_eq!((amount("variance"), texas["variance_percent"].as_f64()), (Some(600.0), Some(120.0)));
    assert_eq!((amount("year_actual"), amount("run_rate")), (Some(250.0), Some(250.0)));
    assert_eq!(texas["months_left"].as_f64(), Some(1.0));
    let crm =
        &json["projects"].as_array().unwrap().iter().find(|one| one["project"] == "crm").unwrap().clone();
    assert!(crm["amounts"]["actual"].is_null());
    assert_eq!(crm["absent"]["run_rate"], "no-actual-cost");
    let usd = &json["categories"].as_array().unwrap()[1];
    assert_eq!((&usd["currency"], usd["actual"]["value"].as_f64()), (&"USD".into(), Some(250.0)));
    let csv = two_currencies(RATE).pmo("report finance -O csv").ok().stdout;
    assert!(csv.starts_with("mark,project,approved,"), "{csv}");
}

#[test]
fn a_month_that_is_none_is_a_mistake() {
    let sandbox = Sandbox::register();
    let config = format!("{}\n[finance]\nfiscal_year_start = 13\n", sandbox.read("pmo.toml"));
    let run = sandbox.with("pmo.toml", &config).pmo("check pmo.toml").exits(1);
    assert!(run.stdout.contains("fiscal_year_start"), "{run}");
}

/// A project with reserves, categories, booked months, an earlier baseline and a benefit.
fn one_project() -> Sandbox {
    let charter = "name = \"Texas\"\nmanager = \"jana-novak\"\nstate = \"active\"\n\
        [schedule]\nstart = 2026-02-01\nfinish = 2027-06-30\n\
        [budget]\napproved = 1000\ncontingency = 100\nmanagement_reserve = 50\n\
        [baseline]\napproved_on = 2026-08-01\nchange = \"C-001\"\n\
        [[superseded]]\napproved_on = 2026-01-15\nfinish = 2027-03-31\nbudget = 900\n\
        [[cost]]\ncategory = \"internal\"\napproved = 600\n[[cost]]\ncategory = \"external\"\napproved = 400\n";
    let report = "by = \"jana-novak\"\ndate = 2026-11-20\nsummary = \"On course.\"\npercent_complete = 40\n\
        forecast_cost = 1100\ncontingency_drawn = 30\nreserve_drawn = 10\nforecast_finish = 2027-06-30\n\
        forecast_by_category = { internal = 650, external = 450 }\n[rag]\noverall = \"green\"\n";
    let benefit =
        "title = \"Fewer licences\"\nkind = \"cashable\"\nbaseline = 500\ntarget = 100\nfrom = 2027-07-01\n";
    let sandbox = Sandbox::register();
    let config =
        format!("{}\n[finance]\nfiscal_year_start = 4\ndiscount_rate = 3.5\n", sandbox.read("pmo.toml"));
    sandbox
        .with("pmo.toml", &config)
        .with("projects/texas/project.toml", charter)
        .with(
            "projects/texas/changes/C-001.toml",
            "title = \"More\"\nstate = \"approved\"\neffect.cost = 100\n",
        )
        .with("projects/texas/status/2026-W47.toml", report)
        .with("projects/texas/actuals/2026-03.toml", "cost = 100\n")
        .with(
            "projects/texas/actuals/2026-10.toml",
            "cost = 300\ncategory = { internal = 300 }\ncommitted_by_category = { external = 70 }\n",
        )
        .with("projects/texas/benefits/B-001.toml", benefit)
}

#[test]
fn one_project_has_its_reserves_categories_years_baselines_and_worth_on_a_page() {
    let sandbox = one_project();
    let json = sandbox.pmo("report finance texas -O json").ok().json();
    assert_eq!((&json["kind"], &json["project"]), (&"finance-project".into(), &"texas".into()));
    assert_eq!((json["contingency"]["left"].as_f64(), json["to_spend"].as_f64()), (Some(70.0), Some(700.0)));
    assert_eq!(json["management_reserve"]["drawn"].as_f64(), Some(10.0));
    let external = &json["categories"][0];
    assert_eq!(
        (&external["category"], external["variance"]["value"].as_f64()),
        (&"external".into(), Some(50.0))
    );
    assert_eq!(external["committed"]["value"].as_f64(), Some(70.0));
    let years: Vec<&str> =
        json["years"].as_array().unwrap().iter().map(|y| y["name"].as_str().unwrap()).collect();
    assert_eq!(years, ["2025/26", "2026/27", "2027/28"]);
    let forecasts: f64 =
        json["years"].as_array().unwrap().iter().map(|y| y["forecast"].as_f64().unwrap()).sum();
    assert!((forecasts - 1100.0).abs() < 1e-6, "the years add up to the forecast: {forecasts}");
    assert_eq!(json["agreed"][1]["budget"].as_f64(), Some(900.0));
    assert!(json["investment"]["net_present_value"]["value"].is_number());
    let page = sandbox.pmo("report finance texas").ok().stdout;
    for said in [
        "Reserves",
        "Management reserve",
        "Categories of cost",
        "Fiscal years",
        "2026/27",
        "What was agreed",
        "in force",
        "Investment",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let evm = sandbox.pmo("report evm texas").ok().stdout;
    assert!(evm.contains("Not in BAC: contingency of 100 EUR, 30 drawn, 70 left"), "{evm}");
    assert!(sandbox.pmo("report finance nowhere").exits(2).stderr.contains("nowhere"));
    for format in ["markdown", "html", "yaml", "csv"] {
        assert!(!sandbox.pmo(&format!("report finance texas -O {format}")).ok().stdout.is_empty());
    }
}

#[test]
fn what_is_drawn_or_split_beyond_the_whole_is_a_finding() {
    let sandbox = one_project();
    let before = sandbox.pmo("check").stdout;
    assert!(!before.contains("reserve-overdrawn") && !before.contains("forecast-split-differs"), "{before}");
    sandbox.replace("projects/texas/status/2026-W47.toml", "reserve_drawn = 10", "reserve_drawn = 60");
    sandbox.replace("projects/texas/status/2026-W47.toml", "external = 450", "external = 400");
    let run = sandbox.pmo("check");
    assert!(run.stdout.contains("60 is drawn from a management reserve of 50"), "{run}");
    assert!(
        run.stdout.contains("the forecasts by category add up to 1050, and the forecast is 1100"),
        "{run}"
    );
    let begun = sandbox.pmo("status new texas --period 2026-W48 --today 2026-11-27").ok();
    let file = sandbox.read("projects/texas/status/2026-W48.toml");
    assert!(file.contains("reserve_drawn = 60") && file.contains("of 50"), "{begun} {file}");
    assert!(
        file.contains("[forecast_by_category]") && file.contains("last week 650: approved 600"),
        "{file}"
    );
}
