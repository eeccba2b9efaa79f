//! `pmo benefit measure` and `pmo report benefits`.

use crate::harness::Sandbox;

const BENEFIT: &str = "# What the sponsor asked for.\r\ntitle = \"Fewer calls\"   # a day\r\nkind = \"non-cashable\"\r\n\
    owner = \"jana-novak\"\r\nunit = \"calls\"\r\nbaseline = 90\r\ntarget = 30\r\nfrom = 2026-10-01\r\n";

fn register() -> Sandbox {
    Sandbox::register().with("projects/crm/benefits/B-001.toml", BENEFIT).with(
        "projects/crm/benefits/B-002.toml",
        "title = \"Licences\"\nkind = \"cashable\"\nunit = \"EUR\"\nbaseline = 400_000\ntarget = 300_000\nfrom = 2026-01-01\n\
         [[plan]]\ndate = 2026-12-31\nvalue = 300_000\n",
    )
}

#[test]
fn a_measurement_is_added_and_no_other_byte_changes() {
    let sandbox = register();
    let run = sandbox.pmo("benefit measure crm/B-001 60 --on 2026-11-01").ok();
    assert!(run.stderr.contains("measured crm/B-001 on 2026-11-01: 60 calls, 50 % of the way"), "{run}");
    let once = format!("{BENEFIT}\r\n[[measurement]]\r\ndate = 2026-11-01\r\nvalue = 60\r\n");
    assert_eq!(sandbox.read("projects/crm/benefits/B-001.toml"), once);
    let run =
        sandbox.pmo_args(&["benefit", "measure", "crm/B-001", "58 calls", "--note", "After \"wave\" 2"]).ok();
    assert!(run.stderr.contains("pmo report benefits crm"), "{run}");
    let twice = format!(
        "{once}\r\n[[measurement]]\r\ndate = 2026-11-20\r\nvalue = 58\r\nnote = \"After \\\"wave\\\" 2\"\r\n"
    );
    assert_eq!(sandbox.read("projects/crm/benefits/B-001.toml"), twice);
    sandbox.pmo("check crm").ok();
}

#[test]
fn what_cannot_be_a_measurement_is_refused_and_nothing_is_written() {
    let sandbox = register();
    sandbox.pmo("benefit measure crm/B-001 60 --on 2026-11-01").ok();
    sandbox.replace("projects/crm/benefits/B-002.toml", "kind", "# kind\nkind");
    sandbox.write(
        "projects/crm/benefits/B-003.toml",
        "title = \"Share\"\nunit = \"percent\"\nbaseline = 0\ntarget = 50\n",
    );
    let before = sandbox.files();
    for (args, said, help) in [
        (
            &["crm/B-001", "61", "--on", "2026-11-01"][..],
            "has a measurement of 2026-11-01 already: 60",
            "measurement[0].value=61",
        ),
        (&["crm/B-001", "61", "--on", "2026-11-21"], "2026-11-21 has not come yet", "today is 2026-11-20"),
        (
            &["crm/B-001", "61 hours"],
            "`hours` is not the unit of crm/B-001, which is measured in calls",
            "convert",
        ),
        (&["crm/B-001", "many"], "`many` is not a number", "285_000"),
        (&["crm/B-001", "1,5"], "`,5` is not the unit", "convert"),
        (&["crm/B-002", "299_999.999"], "more exact than EUR is, which has 2 decimals", "round it"),
        (&["crm/B-003", "140"], "no percentage from 0 to 100", "41"),
        (&["crm/B-009", "1"], "crm/B-009", ""),
        (&["crm", "1"], "crm is a project, not a benefit", "pmo benefit list"),
    ] {
        let run = sandbox.pmo_args(&[&["benefit", "measure"], args].concat()).exits(2);
        assert!(run.stderr.contains(said) && run.stderr.contains(help) && run.stdout.is_empty(), "{run}");
    }
    assert_eq!(sandbox.files(), before);
    // A change may go beyond the whole: then the benefit's own values do.
    sandbox.replace("projects/crm/benefits/B-003.toml", "target = 50", "target = 150");
    sandbox.pmo("benefit measure crm/B-003 140%").ok();
}

#[test]
fn the_report_adds_money_by_currency_and_never_units() {
    let sandbox = register();
    sandbox.pmo("benefit measure crm/B-002 320_000 --on 2026-11-01").ok();
    sandbox.write(
        "projects/crm/benefits/B-003.toml",
        "title = \"Fees\"\nkind = \"disbenefit\"\nunit = \"EUR\"\nbaseline = 0\ntarget = 12_000\nfrom = 2026-01-01\n",
    );
    sandbox.write(
        "projects/crm/benefits/B-004.toml",
        "title = \"More trade\"\nkind = \"cashable\"\nunit = \"USD\"\n",
    );
    // What is realised after the end is still told.
    sandbox.replace("projects/crm/project.toml", "\"active\"", "\"closed\"\nclosed_on = 2026-10-30");
    let json = sandbox.pmo("report benefits -O json").ok().json();
    let (euro, dollar) = (&json["money"][0], &json["money"][1]);
    assert_eq!((&euro["currency"], &dollar["currency"]), (&"EUR".into(), &"USD".into()));
    assert_eq!(euro["cashable"]["at_target"]["value"], 100_000);
    assert_eq!(euro["cashable"]["realised"]["value"], 80_000);
    assert_eq!(euro["disbenefits"]["at_target"]["value"], -12_000);
    assert!(dollar["cashable"]["at_target"]["value"].is_null());
    assert_eq!(dollar["cashable"]["at_target"]["missing"], 1);
    assert_eq!(json["units"].as_array().unwrap().len(), 1, "{}", json["units"]);
    assert_eq!(json["benefits"][1]["attainment_percent"], 80);
    assert_eq!(json["counts"]["overdue"], 2);
    let page = sandbox.pmo("report benefits crm --group-by kind").ok().stdout;
    for said in [
        "Cashable",
        "100 k EUR a year at the targets",
        "Disbenefits",
        "-12 k EUR",
        "To be measured",
        "Fewer calls: due since 1 Oct from Jana Novak, never measured",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    for (format, start) in
        [("markdown", "# Northwind IT benefits"), ("yaml", "schema_version: 1"), ("csv", "rating,benefit,")]
    {
        assert!(
            sandbox.pmo(&format!("report benefits -O {format}")).ok().stdout.starts_with(start),
            "{format}"
        );
    }
    let run = sandbox.pmo("report benefits cmr").exits(2);
    assert!(run.stderr.contains("did you mean `crm`?"), "{run}");
}

#[test]
fn a_project_is_shown_as_an_investment_with_the_reason_where_a_figure_is_not_known() {
    let sandbox = register();
    let json = sandbox.pmo("report project crm -O json").ok().json();
    assert!(json["investment"]["net_present_value"]["value"].is_null());
    let reason = json["investment"]["net_present_value"]["reason"].as_str().unwrap();
    assert_eq!(reason, "pmo.toml has no [finance] discount_rate");
    sandbox.replace(
        "pmo.toml",
        "[reporting]",
        "[finance]\ndiscount_rate = 3.5\nappraisal_years = 20\n\n[reporting]",
    );
    let page = sandbox.pmo("report project crm").ok().stdout;
    assert!(page.contains("Investment") && page.contains(" EUR in 2026 at 3.5 % a year"), "{page}");
    assert!(page.contains("costs as forecast or approved"), "{page}");
    let page = sandbox.pmo("report benefits").ok().stdout;
    assert!(page.contains("Investments") && page.contains("discounted at 3.5 % a year"), "{page}");
    let run = sandbox.pmo("report benefits -O json").ok();
    assert_eq!(run.json()["investments"][0]["project"], "crm");
    sandbox.replace("pmo.toml", "3.5", "-3.5");
    let run = sandbox.pmo("check").exits(1);
    assert!(run.stdout.contains("pmo.toml:6:17"), "{run}");
}

#[test]
fn sprints_are_shown_for_a_project_that_is_run_in_them() {
    let sandbox = register();
    sandbox.replace("projects/crm/project.toml", "state", "method = \"agile\"\nstate");
    for (week, sprint, end, done) in
        [("43", 1, "2026-10-23", 20), ("45", 2, "2026-11-06", 30), ("46", 3, "2026-11-13", 25)]
    {
        let agile = format!(
            "[agile]\nsprint = {sprint}\nsprint_end = {end}\ncompleted = {done}\nscope_total = 200\ndone_total = 80\n"
        );
        let text = format!("date = {end}\nsummary = \"On.\"\n[rag]\noverall = \"green\"\n{agile}");
        sandbox.write(&format!("projects/crm/status/2026-W{week}.toml"), &text);
    }
    let page = sandbox.pmo("report project crm").ok().stdout;
    for said in [
        "Sprints",
        "80 of 200 done",
        "25.0 points a sprint (20 to 30 in the last 3 finished)",
        "at the mean velocity",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    // Where the report says no percentage, the points stand for it, and count in the portfolio.
    let points = "[agile]\nscope_total = 200\ndone_total = 80\n";
    sandbox.replace("projects/crm/status/2026-W47.toml", "percent_complete = 70\n", "");
    let text = sandbox.read("projects/crm/status/2026-W47.toml");
    sandbox.write("projects/crm/status/2026-W47.toml", &format!("{text}\n{points}"));
    let json = sandbox.pmo("report portfolio -O json").ok().json();
    assert_eq!(json["projects"][0]["percent_complete"], 40);
    let evm = sandbox.pmo("report evm crm -O json").ok();
    assert!(evm.stdout.contains("\"points\"") && evm.stdout.contains("480000"), "{evm}");
    std::fs::remove_file(sandbox.path("projects/crm/status/2026-W43.toml")).unwrap();
    let json = sandbox.pmo("report project crm -O json").ok().json();
    assert_eq!(json["agile"]["velocity"]["reason"], "2 sprints are finished; 3 are needed");
    assert!(json["agile"]["forecast"]["value"].is_null());
}

#[test]
fn an_audience_without_money_sees_no_amount() {
    let sandbox = register();
    sandbox.replace(
        "pmo.toml",
        "[reporting]",
        "[[audience]]\nname = \"public\"\nwithhold = [\"money\", \"people\"]\n\n[reporting]",
    );
    let page = sandbox.pmo("report benefits --audience public").ok().stdout;
    assert!(page.contains("Licences") && page.contains("90"), "{page}");
    for secret in ["300", "400 k", "0.40 M", "Jana", "a year at"] {
        assert!(!page.contains(secret), "{secret}: {page}");
    }
}
