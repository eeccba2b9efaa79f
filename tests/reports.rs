//! The reports over a small register with every sort of trouble: what they say, and that they read no more
//! than they need.

#![allow(clippy::unwrap_used)]

use pmo::analysis::dependency::Point;
use pmo::analysis::difference::Span;
use pmo::analysis::discipline::Window;
use pmo::analysis::simulation::{Distribution, Settings};
use pmo::analysis::track::Track;
use pmo::analysis::trend::{By, Metric, Source as ReadFrom};
use pmo::load::{Digest, digest, load};
use pmo::model::{Date, Register, Risk, Scope};
use pmo::render::{Screen, csv, json, markdown, terminal, yaml};
use pmo::report::{
    Asked, GroupBy, Selection, Sort, board, dependency, evm, finance, forecast, gather, glance, period,
    portfolio, project, reporting, risk_calibration, series, simulation, trend,
};
use pmo::store::{Memory, Source, find_register};
use snapbox::{Assert, Data, file};

const FILES: &[(&str, &str)] = &[
    ("pmo.toml", "[register]\nformat = 1\nname = 'Northwind IT'\n"),
    ("people/jana-novak.toml", "name = 'Jana Novak'\nemail = 'jana@northwind.example'\n"),
    ("people/liam-okoye.toml", "name = 'Liam Okoye'\n"),
    ("programmes/core.toml", "name = 'Core systems'\nmanager = 'liam-okoye'\n"),
    (
        "projects/erp/project.toml",
        "name = 'ERP rollout'\nmanager = 'jana-novak'\nsponsor = 'liam-okoye'\nprogramme = 'core'\n\
         division = 'Finance'\nstate = 'active'\nphase = 'build'\n\
         schedule = { start = 2026-02-02, finish = 2027-06-30 }\n\
         budget = { approved = 3_200_000, contingency = 100_000 }\n\
         [[milestone]]\nid = 'go-live'\nname = 'Go-live'\nbaseline = 2027-05-31\nkey = true\n\
         [[dependency]]\non = 'payroll#api'\nneeded_by = 2027-01-10\n",
    ),
    (
        "projects/erp/status/2026-W45.toml",
        "summary = 'Well.'\ndate = 2026-11-06\nrag.overall = 'green'\nforecast_cost = 3_200_000\n",
    ),
    (
        "projects/erp/status/2026-W46.toml",
        "summary = 'So so.'\ndate = 2026-11-13\nrag = { overall = 'amber', schedule = 'amber' }\n",
    ),
    (
        "projects/erp/status/2026-W47.toml",
        "summary = 'The integration partner leaves.'\nby = 'jana-novak'\ndate = 2026-11-20\n\
         achieved = ['Half of the interfaces']\nnext = ['A new partner']\ndecisions_needed = ['D-001']\n\
         percent_complete = 48\nactual_cost = 1_610_000\nforecast_cost = 3_584_000\n\
         forecast_finish = 2027-09-14\n\
         rag = { overall = 'red', schedule = 'red', cost = 'amber', risk = 'amber' }\n\
         note = { schedule = 'Nobody builds | the interfaces.', cost = 'Two vendors at once.' }\n\
         milestone.go-live = { forecast = 2027-08-15 }\n",
    ),
    (
        "projects/erp/risks/R-004.toml",
        "title = 'Integration partner leaves'\nowner = 'jana-novak'\nprobability = 5\nimpact = 4\n\
         response = 'mitigate'\nchance = 80\ncost_effect = 150_000\nreview_by = 2026-11-10\n",
    ),
    (
        "projects/erp/decisions/D-001.toml",
        "title = 'Who finishes the interfaces'\nof = 'liam-okoye'\nwanted_by = 2026-11-13\nraised = 2026-11-01\n",
    ),
    (
        "projects/erp/changes/C-001.toml",
        "title = 'Bridging staff'\nstate = 'submitted'\nsubmitted_on = 2026-11-16\neffect = { cost = 150_000, days = 0 }\n",
    ),
    (
        "projects/erp/actions/A-001.toml",
        "title = 'Call the partner'\nowner = 'jana-novak'\ndue = 2026-11-12\n",
    ),
    (
        "projects/erp/issues/I-001.toml",
        "title = 'Test system is down'\nseverity = 'high'\nowner = 'jana-novak'\n",
    ),
    (
        "projects/payroll/project.toml",
        "name = 'Payroll cloud'\nmanager = 'liam-okoye'\nprogramme = 'core'\nstate = 'active'\n\
         schedule = { start = 2026-01-05, finish = 2027-01-31 }\nbudget.approved = 640_000\n\
         [[milestone]]\nid = 'api'\nbaseline = 2027-01-05\n",
    ),
    (
        "projects/payroll/status/2026-W46.toml",
        "summary = 'Fine.'\ndate = 2026-11-13\nrag.overall = 'green'\n",
    ),
    (
        "projects/payroll/status/2026-W47.toml",
        "summary = 'Still fine.'\ndate = 2026-11-20\npercent_complete = 81\nactual_cost = 540_000\n\
         forecast_cost = 730_000\nforecast_finish = 2027-03-06\nrag = { overall = 'green', schedule = 'green' }\n\
         milestone.api = { forecast = 2027-02-08 }\n",
    ),
    (
        "projects/wifi/project.toml",
        "name = \"Branch \\u001b[31mwifi\"\nmanager = 'nobody'\nstate = 'active'\ncurrency = 'USD'\n\
         division = '=cmd()'\nschedule = { start = 2026-09-01, finish = 2027-04-30 }\nbudget.approved = 210_000.50\n",
    ),
    ("projects/wifi/status/2026-W44.toml", "summary = 'Begun.'\nrag.overall = 'green'\n"),
    ("projects/wifi/status/2026-W45.toml", "summary = 'Slow.'\ndate = 2026-11-06\nrag.overall = 'amber'\n"),
    ("projects/wifi/status/2026-W46.toml", "summary = 'Broken\n"),
    ("projects/wifi/status/2026-W47.toml", "summary = '…'\nrag.overall = '…'\n"),
    ("projects/wifi/status/2026-W49.toml", "summary = 'To come.'\nrag.overall = 'green'\n"),
    ("projects/wifi/risks/R-001.toml", "title = 1\n"),
    ("projects/wifi/issues/I-001.toml", "title = 2\n"),
    ("projects/idea/project.toml", "name = 'An idea'\nmanager = 'jana-novak'\nstate = 'proposed'\n"),
    (
        "projects/done/project.toml",
        "name = 'Done'\nmanager = 'jana-novak'\nstate = 'closed'\nclosed_on = 2026-10-30\n",
    ),
    ("projects/torn/project.toml", "name = \n"),
];

/// Compares with a snapshot; a backslash stays a backslash.
fn same(actual: String, expected: Data) {
    Assert::new().action_env("SNAPSHOTS").normalize_paths(false).eq(actual, expected);
}

fn register() -> Memory {
    let mut memory = Memory::new();
    for (path, text) in FILES {
        memory.insert(*path, *text);
    }
    memory
}

fn asked() -> Asked {
    Asked::new(day(), "work tree on 3f2c1a9")
}

fn day() -> Date {
    "2026-11-20".parse().unwrap()
}

fn screen(width: usize) -> Screen {
    Screen { width, ..Screen::default() }
}

fn the_portfolio(source: &dyn Source, scope: &Scope, options: portfolio::Options) -> portfolio::Portfolio {
    portfolio::portfolio(&load(source, scope).unwrap().register, &asked(), options)
}

fn the_project(source: &dyn Source, id: &str) -> Option<project::ProjectReport> {
    let charter = load(source, &project::scope_of_charter(id)).unwrap().register;
    let scope = project::scope(&charter, id, &asked());
    project::project(&load(source, &scope).unwrap().register, id, &asked())
}

fn the_glance(source: &dyn Source, scope: &Scope, email: Option<&str>) -> glance::Glance {
    glance::glance(&load(source, scope).unwrap().register, &asked(), email, Some(7))
}

#[test]
fn portfolio_on_a_terminal() {
    let report = the_portfolio(&register(), &portfolio::scope(&asked()), portfolio::Options::default());
    same(terminal(&report.page(), &screen(80)), file!["reports/portfolio-80.txt"].raw());
    same(terminal(&report.page(), &screen(160)), file!["reports/portfolio-160.txt"].raw());
}

#[test]
fn the_table_has_phase_scope_and_top_risk_where_one_project_is_in_pounds() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let demo = find_register(&path).unwrap().work_tree();
    let report = the_portfolio(&demo, &portfolio::scope(&asked()), portfolio::Options::default());
    // In one currency 132 columns are enough; amounts in pounds say so, which takes eight more.
    let page = terminal(&report.page(), &screen(140));
    let header = page.lines().find(|line| line.contains("Project ") && line.contains("Overall")).unwrap();
    for title in ["Manager", "Phase", "Scope", "Done", "Budget", "Forecast", "Slip", "Top risk"] {
        assert!(header.contains(title), "{header}");
    }
    assert!(page.contains("± is over the 9 projects with both figures"), "{page}");
    assert!(page.contains("3 projects that are closed or terminated not listed"), "{page}");
}

#[test]
fn portfolio_in_the_other_formats() {
    let options = portfolio::Options {
        group_by: Some(GroupBy::Programme),
        sort: Sort::Slip,
        ..portfolio::Options::default()
    };
    let report = the_portfolio(&register(), &portfolio::scope(&asked()), options);
    same(markdown(&report.page(), false), file!["reports/portfolio.md"].raw());
    same(csv(&report.page()).unwrap(), file!["reports/portfolio.csv"].raw());
    same(json(&report).unwrap(), file!["reports/portfolio.json": Text].raw());
    same(yaml(&report).unwrap(), file!["reports/portfolio.yaml"].raw());
}

#[test]
fn project_on_a_terminal() {
    let report = the_project(&register(), "erp").unwrap();
    same(terminal(&report.page(), &screen(100)), file!["reports/project-erp.txt"].raw());
    same(csv(&report.page()).unwrap(), file!["reports/project-erp.csv"].raw());
    let silent = the_project(&register(), "wifi").unwrap();
    same(terminal(&silent.page(), &screen(100)), file!["reports/project-wifi.txt"].raw());
    assert!(the_project(&register(), "torn").is_none());
}

#[test]
fn reporting_on_a_terminal_and_for_a_spreadsheet() {
    let window = Window::of(&pmo::model::Config::default(), 13, day());
    let register = load(&register(), &reporting::scope(&window, &asked())).unwrap().register;
    let report = reporting::reporting(&register, &asked(), window);
    same(terminal(&report.page(), &screen(100)), file!["reports/reporting.txt"].raw());
    same(csv(&report.page()).unwrap(), file!["reports/reporting.csv"].raw());
}

#[test]
fn glance_for_anybody_and_for_a_manager() {
    let scope = glance::scope(&asked());
    let page = the_glance(&register(), &scope, Some("stranger@example.org")).page();
    same(terminal(&page, &screen(100)), file!["reports/glance.txt"].raw());
    let page = the_glance(&register(), &scope, Some("Jana@Northwind.example")).page();
    same(terminal(&page, &screen(100)), file!["reports/glance-jana.txt"].raw());
}

#[test]
fn an_empty_register_says_what_to_do() {
    let mut empty = Memory::new();
    empty.insert("pmo.toml", "[register]\nformat = 1\n");
    let page = the_glance(&empty, &glance::scope(&asked()), None).page();
    assert!(terminal(&page, &screen(80)).contains("pmo project add"));
    let report = the_portfolio(&empty, &portfolio::scope(&asked()), portfolio::Options::default());
    assert!(terminal(&report.page(), &screen(80)).contains("pmo project add"));
}

/// The portfolio report whose standings are taken while each project is read.
fn in_passing(source: &dyn Source) -> portfolio::Portfolio {
    let make = |register: &Register, id: &str| gather(register, id, day());
    let passing = Digest { make: &make, forget: portfolio::passing() };
    let (loaded, standings) = digest(source, &portfolio::scope(&asked()), &passing).unwrap();
    assert!(loaded.register.records::<Risk>().next().is_none(), "what was only passing is let go of");
    let standings = standings.into_iter().flatten().collect();
    portfolio::of_standings(&loaded.register, standings, &asked(), portfolio::Options::default())
}

/// Each report with its own scope says exactly what it says with everything loaded.
fn reads_no_more_than_it_needs(source: &dyn Source) {
    let narrow = the_portfolio(source, &portfolio::scope(&asked()), portfolio::Options::default());
    let wide = the_portfolio(source, &Scope::all(), portfolio::Options::default());
    assert_eq!(json(&narrow).unwrap(), json(&wide).unwrap());
    assert_eq!(json(&in_passing(source)).unwrap(), json(&wide).unwrap());
    let narrow = the_glance(source, &glance::scope(&asked()), Some("jana@northwind.example"));
    let wide = the_glance(source, &Scope::all(), Some("jana@northwind.example"));
    assert_eq!(json(&narrow).unwrap(), json(&wide).unwrap());
    let everything = load(source, &Scope::all()).unwrap().register;
    let span = Span::of(&everything.config, "2026-W47".parse().unwrap(), asked().day);
    let narrow = load(source, &period::scope(&span)).unwrap().register;
    let then = || load(source, &period::scope_before()).unwrap().register;
    let before = period::Before { register: then(), source: "then".to_owned() };
    let question = period::Question { span, selection: Selection::default(), is_past: false };
    let of = |register| json(&period::period(register, Some(&before), &asked(), &question)).unwrap();
    assert_eq!(of(&narrow), of(&everything));
    let of =
        |register| json(&board::board(register, Some(&before), &asked(), question.clone(), None)).unwrap();
    assert_eq!(of(&narrow), of(&everything));
    let narrow = load(source, &pmo::report::kpi::scope(&asked())).unwrap().register;
    let of = |register| json(&pmo::report::kpi::grid(register, None, &asked(), Default::default())).unwrap();
    assert_eq!(of(&narrow), of(&everything));
    let narrow = load(source, &pmo::report::benefits::scope(&asked())).unwrap().register;
    let of =
        |register| json(&pmo::report::benefits::benefits(register, &asked(), Default::default())).unwrap();
    assert_eq!(of(&narrow), of(&everything));
    let window = Window::of(&everything.config, 13, asked().day);
    let narrow = load(source, &reporting::scope(&window, &asked())).unwrap().register;
    let of = |register| json(&reporting::reporting(register, &asked(), window)).unwrap();
    assert_eq!(of(&narrow), of(&everything));
    for id in everything.projects.keys() {
        let narrow = load(source, &series::scope(id, asked().day)).unwrap().register;
        let of = |register| json(&series::series(register, id, &asked())).unwrap();
        assert_eq!(of(&narrow), of(&everything));
    }
    let of = |register| json(&finance::finance(register, &asked(), Default::default())).unwrap();
    assert_eq!(of(&load(source, &finance::scope(&asked())).unwrap().register), of(&everything));
    let of = |register| json(&evm::evm(register, &asked(), Default::default())).unwrap();
    assert_eq!(of(&load(source, &evm::scope(&asked())).unwrap().register), of(&everything));
    for id in everything.projects.keys() {
        let narrow = load(source, &evm::scope_of(id, &asked())).unwrap().register;
        let of = |register| json(&evm::sheet(register, id, &asked())).unwrap();
        assert_eq!(of(&narrow), of(&everything), "{id}");
    }
    let of =
        |register| json(&risk_calibration::calibration(register, &asked(), Selection::default())).unwrap();
    assert_eq!(of(&load(source, &risk_calibration::scope(asked().day)).unwrap().register), of(&everything));
    let of = |register| json(&simulated(register)).unwrap();
    assert_eq!(of(&load(source, &simulation::scope(asked().day)).unwrap().register), of(&everything));
    let of = |register: &Register| {
        let point = Point::milestone("erp", "go-live");
        json(&dependency::list(register, &asked(), Default::default())).unwrap()
            + &json(&dependency::graph(register, &asked(), Default::default())).unwrap()
            + &json(&dependency::critical(register, &asked(), Default::default(), 30)).unwrap()
            + &json(&dependency::impact(register, &asked(), &point, 20)).unwrap()
    };
    assert_eq!(of(&load(source, &dependency::scope(&asked())).unwrap().register), of(&everything));
    for id in everything.projects.keys() {
        let wide = project::project(&everything, id, &asked());
        assert_eq!(json(&the_project(source, id)).unwrap(), json(&wide).unwrap());
    }
}

/// A hundred runs of the risks of every open project.
fn simulated(register: &Register) -> simulation::Simulation {
    let settings = Settings { runs: 100, seed: 1, confidence: 80, distribution: Distribution::Pert };
    let question = simulation::Question { projects: Vec::new(), selection: Selection::default(), settings };
    simulation::simulation(register, &asked(), question, &|_| ())
}

/// A trend over the last five periods, each as the register is now, with the scope that the report asks for, or
/// with everything, or taken while each project is read.
fn the_trend(source: &dyn Source, metric: Metric, wide: bool, in_passing: bool) -> trend::Trend {
    let config = load(source, &Scope::names()).unwrap().register.config;
    let question = trend::question(&config, metric, Some(By::Manager), None, 5, day());
    let scope = if wide { Scope::all() } else { trend::scope(&config, &question, day()) };
    let periods = trend::told_by_reports(&question, day());
    let make = |register: &Register, id: &str| trend::readings(register, id, &question, day());
    let (register, entries) = match metric.source() {
        ReadFrom::Reports if in_passing => {
            let (loaded, made) =
                digest(source, &scope, &Digest { make: &make, forget: trend::passing() }).unwrap();
            (loaded.register, made.into_iter().flatten().collect())
        }
        ReadFrom::Reports => {
            let register = load(source, &scope).unwrap().register;
            let entries = register.projects.keys().flat_map(|id| make(&register, id)).collect();
            (register, entries)
        }
        ReadFrom::History => {
            let register = load(source, &scope).unwrap().register;
            let entries =
                (0..5).flat_map(|at| trend::holdings(&register, &question, at, periods[at].until)).collect();
            (register, entries)
        }
    };
    trend::trend(&register, entries, periods, &asked(), &question)
}

fn trends_read_no_more_than_they_need(source: &dyn Source) {
    for metric in Metric::ALL {
        let wide = json(&the_trend(source, metric, true, false)).unwrap();
        assert_eq!(json(&the_trend(source, metric, false, false)).unwrap(), wide, "{}", metric.word());
        assert_eq!(json(&the_trend(source, metric, false, true)).unwrap(), wide, "{}", metric.word());
    }
    let everything = load(source, &Scope::all()).unwrap().register;
    for id in everything.projects.keys() {
        for count in [2, 13] {
            let narrow = load(source, &trend::milestones::scope(id, count, day())).unwrap().register;
            let of = |register| json(&trend::milestones::milestones(register, id, count, &asked())).unwrap();
            assert_eq!(of(&narrow), of(&everything), "{id}");
        }
    }
}

fn forecasts_read_no_more_than_they_need(source: &dyn Source) {
    let make = |register: &Register, id: &str| Track::of(register, id, day());
    let of = |scope: &Scope, in_passing: bool| {
        let (register, tracks): (Register, Vec<Option<Track>>) = if in_passing {
            let (loaded, made) =
                digest(source, scope, &Digest { make: &make, forget: forecast::passing() }).unwrap();
            (loaded.register, made)
        } else {
            let register = load(source, scope).unwrap().register;
            let tracks = register.projects.keys().map(|id| make(&register, id)).collect();
            (register, tracks)
        };
        let tracks: Vec<Track> = tracks.into_iter().flatten().collect();
        json(&forecast::forecast(&register, &tracks, &asked(), None)).unwrap()
    };
    let wide = of(&Scope::all(), false);
    assert_eq!(of(&forecast::scope(day()), false), wide);
    assert_eq!(of(&forecast::scope(day()), true), wide);
}

#[test]
fn the_scope_of_the_forecast_is_enough() {
    forecasts_read_no_more_than_they_need(&register());
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    forecasts_read_no_more_than_they_need(&find_register(&path).unwrap().work_tree());
}

#[test]
fn the_scope_of_a_trend_is_enough() {
    trends_read_no_more_than_they_need(&register());
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    trends_read_no_more_than_they_need(&find_register(&path).unwrap().work_tree());
}

#[test]
fn the_scope_is_enough_for_a_register_in_trouble() {
    reads_no_more_than_it_needs(&register());
}

#[test]
fn the_scope_is_enough_for_the_demo_register() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    reads_no_more_than_it_needs(&find_register(&path).unwrap().work_tree());
}

#[test]
fn the_portfolio_opens_only_what_it_needs() {
    let loaded = load(&register(), &portfolio::scope(&asked())).unwrap();
    // pmo.toml, 2 people, 1 programme, 6 charters, 2 risks, a decision, a change; of the reports the newest
    // two that count, and the draft and the broken one on the way to them.
    assert_eq!(loaded.files, 1 + 2 + 1 + 6 + 2 + 1 + 1 + 2 + 2 + 4);
}
