//! `pmo report period`, `pmo report board` and `pmo status series`.

use snapbox::{assert_data_eq, file};

use crate::harness::{Run, Sandbox};

/// A register without history: two projects of one programme, both reported for weeks 46 and 47.
fn two_projects() -> Sandbox {
    let report = |overall: &str| {
        format!(
            "by = \"jana-novak\"\nsummary = \"On course.\"\npercent_complete = 70\n\n[rag]\noverall = \"{overall}\"\n"
        )
    };
    Sandbox::register()
        .with("programmes/core.toml", "name = \"Core systems\"\n")
        .with("programmes/edge.toml", "name = \"Edge\"\nparent = \"core\"\n")
        .with("projects/crm/status/2026-W46.toml", &report("green"))
        .with(
            "projects/erp/project.toml",
            "name = \"ERP rollout\"\nmanager = \"jana-novak\"\nsponsor = \"jana-novak\"\nstate = \"active\"\nprogramme = \"edge\"\n\n\
             [schedule]\nstart = 2026-03-02\nfinish = 2027-06-30\n",
        )
        .with("projects/erp/status/2026-W46.toml", &report("green"))
        .with("projects/erp/status/2026-W47.toml", &report("green"))
}

fn page(sandbox: &Sandbox, line: &str) -> Run {
    let run = sandbox.pmo(line).ok();
    assert_eq!(run.stderr, "", "{run}");
    run
}

#[test]
fn four_weeks_of_the_demo_register() {
    let examples = Sandbox::examples();
    let week = |day: &str| page(&examples, &format!("report period --today {day}"));
    assert_data_eq!(week("2026-10-30"), file!["period_report/2026-W44.txt"].raw());
    assert_data_eq!(week("2026-11-06"), file!["period_report/2026-W45.txt"].raw());
    assert_data_eq!(week("2026-11-13"), file!["period_report/2026-W46.txt"].raw());
    assert_data_eq!(week("2026-11-20"), file!["period_report/2026-W47.txt"].raw());
    // The same week asked for by name, from a later day, ends with its last day.
    let later = page(&examples, "report weekly --period 2026-W47 --today 2027-03-01 -O json").json();
    assert_eq!((&later["day"], &later["period"]), (&"2026-11-22".into(), &"2026-W47".into()));
}

#[test]
fn the_demo_register_on_paper_and_for_programs() {
    let examples = Sandbox::examples();
    assert_data_eq!(page(&examples, "report period -O markdown"), file!["period_report/period.md.txt"].raw());
    let board = page(&examples, "report board customer-360");
    assert_data_eq!(board, file!["period_report/board.txt"].raw());
    assert_data_eq!(page(&examples, "status series crm-migration"), file!["period_report/series.txt"].raw());
}

#[test]
fn a_spreadsheet_gets_every_section() {
    let csv = page(&Sandbox::examples(), "report period -O csv").stdout;
    for line in [
        "not_reported,1,subject,branch-wifi",
        "decisions,1,record,data-platform/D-002",
        "what_changed_since_week_46,1,subject,erp-rollout",
        "reds_and_ambers,1,next,pmo edit erp-rollout/2026-W47",
        "milestones,1,expected,2026-11-27",
        "projects,1,project,cloud-telephony",
    ] {
        assert!(csv.contains(&format!("\n{line}\n")), "{line}: {csv}");
    }
    let csv = page(&Sandbox::examples(), "report board customer-360 -O csv").stdout;
    assert!(csv.contains("\npage,2,title,Data platform · data-platform · active\n"), "{csv}");
    assert!(csv.contains("\n2.milestones,1,milestone,#platform-up\n"), "{csv}");
}

#[test]
fn nothing_is_told_twice() {
    let report = page(&Sandbox::examples(), "report period -O json").json();
    let ids = |list: &str| -> Vec<String> {
        let list = report.pointer(list).and_then(|list| list.as_array()).unwrap();
        list.iter().map(|one| one["project"].as_str().unwrap().to_owned()).collect()
    };
    let rest = ids("/rest");
    assert!(!rest.is_empty());
    for named in ["/not_reported", "/changed/projects", "/troubled", "/watermelons"] {
        for id in ids(named) {
            assert!(!rest.contains(&id), "{id} stands in {named} and among the rest");
        }
    }
    let troubled = ids("/troubled");
    assert!(ids("/watermelons").iter().all(|id| !troubled.contains(id)));
    let moved: Vec<String> = report["changed"]["projects"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|project| {
            let told = project["differences"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|one| one["what"] != "milestone-met");
            let told = told.filter_map(|one| one["milestone"].as_str());
            told.map(|milestone| format!("{}#{milestone}", project["project"].as_str().unwrap()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(!moved.is_empty());
    for one in report["milestones"].as_array().unwrap() {
        let reference =
            format!("{}#{}", one["project"].as_str().unwrap(), one["milestone"].as_str().unwrap());
        assert!(!moved.contains(&reference), "{reference} stands among the changes and the milestones");
    }
}

#[test]
fn the_first_period_ever_compares_with_nothing() {
    let run = page(&Sandbox::register(), "report period");
    assert!(!run.stdout.contains("What changed") && !run.stdout.contains("first report"), "{run}");
    assert!(run.stdout.contains("\nProjects\n") && run.stdout.contains("● 1 green"), "{run}");
}

#[test]
fn a_project_whose_first_report_came_among_others_is_told() {
    let sandbox = two_projects();
    std::fs::remove_file(sandbox.path("projects/erp/status/2026-W46.toml")).unwrap();
    let run = page(&sandbox, "report period");
    assert!(run.stdout.contains("● erp  first report, green"), "{run}");
}

#[test]
fn all_green_and_nothing_changed_is_a_short_page() {
    let sandbox = two_projects();
    sandbox.git_init();
    sandbox.commit_at("Week 47", "2026-11-20T12:00:00+00:00");
    let dated = "2026-11-13T12:00:00+00:00";
    // As if all of it had been there a week ago.
    sandbox.git(&["checkout", "--quiet", "--orphan", "again"]);
    sandbox.commit_at("Begin", dated);
    let run = page(&sandbox, "report period");
    for absent in
        ["Not reported", "Needs a decision", "What changed", "Reds", "Greener", "Overdue", "Not known"]
    {
        assert!(!run.stdout.contains(absent), "{absent}: {run}");
    }
    assert!(run.stdout.contains("● 2 green") && run.stdout.contains("\nProjects\n"), "{run}");
}

#[test]
fn where_nobody_reported_everybody_is_named_once() {
    let run = page(&two_projects(), "report period --today 2026-11-27");
    assert!(run.stdout.contains("○ crm  no report for week 48, due 27 Nov from Jana Novak"), "{run}");
    assert_eq!(run.stdout.matches("○ crm").count(), 1, "{run}");
    assert!(!run.stdout.contains("The other projects") && !run.stdout.contains("\nProjects"), "{run}");
    let json = page(&two_projects(), "report period --today 2026-11-27 -O json").json();
    assert_eq!(json["not_reported"].as_array().unwrap().len(), 2);
    assert_eq!(json["not_reported"][0]["newest"], "2026-W47");
}

#[test]
fn a_closed_period_says_why_and_asks_for_nothing_more() {
    let sandbox = two_projects().with(
        "periods/2026-W48.toml",
        "state = \"closed\"\nclosed_on = 2026-11-30\nreason = \"Closed without CRM and ERP.\"\n",
    );
    let run = page(&sandbox, "report period --period 2026-W48 --today 2026-12-01");
    assert!(run.stdout.contains("the period is closed, since 30 Nov: Closed without CRM and ERP."), "{run}");
    assert!(run.stdout.contains("no report for week 48") && !run.stdout.contains("pmo status new"), "{run}");
}

#[test]
fn what_has_no_date_is_known_from_the_commit_of_then() {
    let sandbox = two_projects().with(
        "projects/crm/risks/R-001.toml",
        "title = \"Vendor leaves\"\nprobability = 3\nimpact = 4\nraised = 2026-10-01\n",
    );
    let without = page(&sandbox, "report period");
    assert!(without.stdout.contains("Not known, for want of the register"), "{without}");
    sandbox.git(&["init", "--quiet"]);
    sandbox.commit_at("Begin", "2026-11-13T18:00:00+00:00");
    sandbox.replace("projects/crm/risks/R-001.toml", "probability = 3", "probability = 5");
    sandbox.replace("projects/erp/project.toml", "\"edge\"", "\"core\"");
    sandbox.replace("projects/erp/project.toml", "\"active\"", "\"on-hold\"");
    let run = page(&sandbox, "report period");
    assert!(run.stdout.contains("1 project on hold · 1 risk higher"), "{run}");
    assert!(run.stdout.contains("R-001 raised 12 → 20: Vendor leaves"), "{run}");
    assert!(run.stdout.contains("● erp  put on hold · moved from programme edge to core"), "{run}");
    assert!(!run.stdout.contains("Not known"), "{run}");
    // The tag of the period's closing goes before its date.
    sandbox.git(&["add", "--all"]);
    sandbox.commit_at("Late, but before the close", "2026-11-16T09:00:00+00:00");
    sandbox.git(&["tag", "report/2026-W46"]);
    let json = page(&sandbox, "report period -O json").json();
    assert_eq!(json["changed"]["against"], "tag report/2026-W46");
    assert_eq!(json["changed"]["projects"].as_array().unwrap().len(), 0, "{json}");
}

#[test]
fn a_renamed_project_stays_one_and_a_removed_one_is_told() {
    let sandbox = two_projects();
    sandbox.git(&["init", "--quiet"]);
    sandbox.commit_at("Begin", "2026-11-12T18:00:00+00:00");
    std::fs::rename(sandbox.path("projects/crm"), sandbox.path("projects/customers")).unwrap();
    sandbox.replace("projects/customers/project.toml", "CRM migration", "Customer platform");
    std::fs::remove_dir_all(sandbox.path("projects/erp")).unwrap();
    let run = page(&sandbox, "report period");
    assert!(run.stdout.contains("● customers  renamed from crm (“CRM migration”)"), "{run}");
    assert!(run.stdout.contains("erp        taken off the register (ERP rollout)"), "{run}");
    assert!(!run.stdout.contains("new on the register"), "{run}");
}

#[test]
fn a_year_of_53_weeks_and_its_end() {
    let sandbox = two_projects();
    let report = |overall: &str| format!("summary = \"x\"\n\n[rag]\noverall = \"{overall}\"\n");
    sandbox.write("projects/crm/status/2026-W52.toml", &report("green"));
    sandbox.write("projects/crm/status/2026-W53.toml", &report("amber"));
    sandbox.write("projects/crm/status/2027-W01.toml", &report("red"));
    let run = page(&sandbox, "report period --today 2027-01-01");
    assert!(run.stdout.contains("week 53, 28 Dec 2026 – 3 Jan 2027"), "{run}");
    assert!(
        run.stdout.contains("What changed since week 52") && run.stdout.contains("green → amber"),
        "{run}"
    );
    let run = page(&sandbox, "report period --today 2027-01-08");
    assert!(run.stdout.contains("week 1, 4–10 Jan 2027"), "{run}");
    assert!(run.stdout.contains("What changed since week 53") && run.stdout.contains("amber → red"), "{run}");
    // Between the years the newest whose deadline has come is the last of the old one.
    let json = page(&sandbox, "report period --today 2027-01-06 -O json").json();
    assert_eq!((&json["period"], &json["day"]), (&"2026-W53".into(), &"2027-01-03".into()));
}

#[test]
fn a_period_that_is_none_of_the_calendar_is_refused() {
    let sandbox = Sandbox::register();
    let run = sandbox.pmo("report period --period 2026-W52").exits(2);
    assert!(run.stdout.is_empty() && run.stderr.contains("2026-W52 has not begun"), "{run}");
    assert!(run.stderr.contains("pmo report period --period 2026-W47"), "{run}");
    let run = sandbox.pmo("report period --period 2026-11").exits(2);
    assert!(run.stderr.contains("2026-11 is not in this register's calendar"), "{run}");
    sandbox.pmo("report period --period 2025-W53").exits(2);
    // This week's can be looked at before its deadline.
    assert_eq!(
        page(&sandbox, "report period --period 2026-W47 --today 2026-11-17 -O json").json()["day"],
        "2026-11-17"
    );
}

#[test]
fn a_pack_has_a_page_for_each_project_of_the_programme_and_those_below_it() {
    let sandbox = two_projects().with(
        "projects/erp/decisions/D-001.toml",
        "title = \"Sign the contract\"\nof = \"jana-novak\"\nwanted_by = 2026-11-27\nrecommendation = \"Sign with the second vendor.\"\n",
    );
    let run = page(&sandbox, "report board core");
    assert!(run.stdout.starts_with("Core systems board pack · week 47"), "{run}");
    assert!(
        run.stdout.contains("\nERP rollout · erp · active\n") && !run.stdout.contains("CRM migration"),
        "{run}"
    );
    assert!(run.stdout.contains("Recommended: Sign with the second"), "{run}");
    let all = page(&sandbox, "report board -O markdown");
    assert_eq!(all.stdout.matches("\n---\n\n# ").count(), 2, "{all}");
    let json = page(&sandbox, "report board -O json").json();
    assert_eq!(json["projects"][0]["standing"]["project"], "crm");
    let run = sandbox.pmo("report board coer").exits(2);
    assert!(run.stderr.contains("did you mean `core`?"), "{run}");
}

#[test]
fn a_series_has_charts_gaps_and_exact_figures() {
    let sandbox = two_projects().with(
        "projects/crm/status/2026-W44.toml",
        "summary = \"x\"\npercent_complete = 52.5\nforecast_cost = 1_200_000.50\nforecast_finish = 2027-04-30\n\n[rag]\noverall = \"red\"\n",
    );
    let run = page(&sandbox, "status series crm");
    assert!(run.stdout.contains("Rating  ■○●●"), "{run}");
    assert!(run.stdout.contains("Done    ▁·██  52 % → 70 %"), "{run}");
    assert!(
        run.stdout.contains("○ 2026-W45  no report") && run.stdout.contains("1 period without a report"),
        "{run}"
    );
    let csv = page(&sandbox, "status series crm --csv").stdout;
    assert!(csv.starts_with("mark,period,overall,schedule,"), "{csv}");
    assert!(csv.contains("red,2026-W44,red,,,,,,,,52.5,,1200000.50,2027-04-30,30,,EUR"), "{csv}");
    let none = Sandbox::register();
    std::fs::remove_dir_all(none.path("projects/crm/status")).unwrap();
    let run = page(&none, "status series crm");
    assert!(
        run.stdout.contains("There is no report yet.") && run.stdout.contains("pmo status new crm"),
        "{run}"
    );
    sandbox.pmo("status series crn").exits(2);
}

#[test]
fn what_a_programme_assesses_is_shown_and_what_it_holds_back_is_counted() {
    let risk = "title = \"Vendor leaves\"\nprobability = 3\nimpact = 4\nraised = 2026-11-18\n";
    let sandbox = two_projects()
        .with("projects/erp/risks/R-001.toml", risk)
        .with("projects/erp/risks/R-002.toml", &risk.replace("Vendor", "Tester"))
        .with(
            "programmes/edge/status/2026-W47.toml",
            "by = \"jana-novak\"\nsummary = \"One is late.\"\noverall = \"amber\"\n\n\
             [project.erp]\nassessed = \"amber\"\ncomment = \"The vendor is late.\"\n\n\
             [[hold_back]]\nitem = \"erp/R-001\"\nreason = \"To be talked over first.\"\n",
        );
    let run = page(&sandbox, "report period");
    assert!(run.stdout.contains("assessed amber by Jana Novak: The vendor is late"), "{run}");
    assert!(run.stdout.contains("Tester leaves") && !run.stdout.contains("Vendor leaves"), "{run}");
    assert!(run.stdout.contains("1 item is held back by the programmes and left out."), "{run}");
    for format in ["json", "csv"] {
        let pack = page(&sandbox, &format!("report board -O {format}")).stdout;
        assert!(pack.contains("Tester leaves") && !pack.contains("Vendor leaves"), "{pack}");
    }
}
