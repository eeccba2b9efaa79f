//! What is withheld from an audience changes nothing that it sees: no byte of any format of any report.
//!
//! The demo register is taken apart and put together again with other values in the places that are withheld; the
//! lists of those places stand here once more, so that a field that is forgotten in `analysis::withhold` is found.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use pmo::analysis::dependency::Point;
use pmo::analysis::difference::Span;
use pmo::analysis::discipline::Window;
use pmo::analysis::track::Track;
use pmo::analysis::trend::{By, Metric};
use pmo::analysis::withhold::withhold;
use pmo::diag::Level;
use pmo::exchange::export;
use pmo::load::load;
use pmo::model::audience::{Audience, Chosen, Section, Withhold};
use pmo::model::{KINDS, Register, Reports, Scope};
use pmo::render::{Screen, csv, html, json, markdown, terminal, yaml};
use pmo::report::reporting;
use pmo::report::{Asked, board, dependency, evm, forecast, period, portfolio, project, trend};
use pmo::store::Memory;
use pmo::template::Templates;
use proptest::prelude::*;
use toml::{Table, Value};

/// The files of a register: parsed, or text that is no TOML.
type Files = BTreeMap<String, Result<Table, String>>;

/// The demo register, each project with its newest three reports only.
fn demo() -> Files {
    let mut files = Files::new();
    for (path, text) in pmo::demo::story(0).files.into_iter().filter(|(path, _)| path.ends_with(".toml")) {
        let is_old = path.contains("/status/2026-W")
            && !path.contains("W45")
            && !path.contains("W46")
            && !path.contains("W47");
        if !is_old {
            let parsed = text.parse::<Table>().map_err(|_| text.clone());
            files.insert(path, parsed);
        }
    }
    files
}

/// A small generator, so that a failing case is one number.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn once_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }

    fn word(&mut self) -> String {
        format!("zz{}", self.roll(1_000_000))
    }
}

const SECRET_KINDS: [&str; 4] = ["/risks/", "/issues/", "/decisions/", "/changes/"];

/// Marks some projects and some records of the others as confidential; gives the projects.
fn mark(files: &mut Files, dice: &mut Dice) -> BTreeSet<String> {
    let mut secret = BTreeSet::new();
    for (path, file) in files.iter_mut() {
        let Some(rest) = path.strip_prefix("projects/") else { continue };
        let id = rest.split('/').next().unwrap();
        let is_charter = path.ends_with("/project.toml");
        if (is_charter && dice.once_in(4))
            || (SECRET_KINDS.iter().any(|kind| path.contains(kind)) && dice.once_in(4))
        {
            if let Ok(table) = file {
                table.insert("confidential".into(), Value::Boolean(true));
            }
            if is_charter {
                secret.insert(id.to_owned());
            }
        }
    }
    secret
}

fn home(path: &str) -> &str {
    path.strip_prefix("projects/").and_then(|rest| rest.split('/').next()).unwrap_or("")
}

fn is_marked(file: &Result<Table, String>) -> bool {
    file.as_ref().is_ok_and(|table| table.get("confidential") == Some(&Value::Boolean(true)))
}

/// Changes every value below, of whatever type; what says that it is confidential stays.
fn scramble(value: &mut Value, dice: &mut Dice) {
    match value {
        Value::String(text) => *text = dice.word(),
        Value::Integer(number) => *number = dice.roll(100) as i64,
        Value::Float(number) => *number = dice.roll(10_000) as f64 / 100.0,
        Value::Boolean(flag) => *flag = dice.once_in(2),
        Value::Datetime(date) => {
            *date = format!("2026-{:02}-{:02}", dice.roll(12) + 1, dice.roll(28) + 1).parse().unwrap()
        }
        Value::Array(list) => list.iter_mut().for_each(|value| scramble(value, dice)),
        Value::Table(table) => scramble_table(table, dice),
    }
}

fn scramble_table(table: &mut Table, dice: &mut Dice) {
    for (_, value) in table.iter_mut().filter(|(key, _)| *key != "confidential") {
        scramble(value, dice);
    }
}

/// Keys that hold a person, wherever they stand.
const PEOPLE: &[&str] = &[
    "manager",
    "sponsor",
    "owner",
    "by",
    "of",
    "decided_by",
    "requested_by",
    "accepted_by",
    "person",
    "closed_by",
    "reopened_by",
];

/// Paths of amounts, by the end of the dotted key; `*` is any one key.
const MONEY: &[&str] = &[
    "budget.approved",
    "budget.contingency",
    "budget.management_reserve",
    "superseded.budget",
    "cost.approved",
    "planned_value.value",
    "earned_value",
    "actual_cost",
    "contingency_drawn",
    "reserve_drawn",
    "forecast_by_category",
    "committed_by_category",
    "forecast_cost",
    "cost_effect",
    "cost_effect.low",
    "cost_effect.likely",
    "cost_effect.high",
    "plan_cost",
    "effect.cost",
    "estimated_cost",
];

/// Keys of texts that are written at length, whose presence says nothing.
const TEXT: &[&str] = &[
    "summary",
    "achieved",
    "next",
    "path_to_green",
    "reason",
    "comment",
    "note",
    "purpose",
    "scope",
    "channel",
    "cause",
    "event",
    "effect",
    "plan",
    "outcome",
    "description",
    "resolution",
    "background",
    "options",
    "recommendation",
    "evidence",
    "text",
    "happened",
    "advice",
    "problem",
    "source",
];

/// Walks a table and changes what the keys' path asks for.
fn change(table: &mut Table, path: &str, dice: &mut Dice, pick: &dyn Fn(&str, &Value) -> bool) {
    for (key, value) in table.iter_mut() {
        let here = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        if pick(&here, value) {
            scramble(value, dice);
            continue;
        }
        match value {
            Value::Table(inner) => change(inner, &here, dice, pick),
            Value::Array(list) => {
                for inner in list.iter_mut().filter_map(Value::as_table_mut) {
                    change(inner, &here, dice, pick);
                }
            }
            _ => {}
        }
    }
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap()
}

/// The register with other values wherever these words withhold something.
fn altered(base: &Files, secret: &BTreeSet<String>, words: &[Withhold], dice: &mut Dice) -> Files {
    let mut files = base.clone();
    let hides = |word| words.contains(&word);
    let garbage = || Err("= this is no TOML".to_owned());
    let paths: Vec<String> = files.keys().cloned().collect();
    for path in paths {
        let is_secret_home = secret.contains(home(&path));
        let file = files.get_mut(&path).unwrap();
        if hides(Withhold::Confidential) && (is_secret_home || is_marked(file)) {
            let must_stay = path.ends_with("/project.toml") || !is_secret_home;
            match dice.roll(6) {
                0 => *file = garbage(),
                1 if !must_stay => drop(files.remove(&path)),
                _ => file.iter_mut().for_each(|table| scramble_table(table, dice)),
            }
            continue;
        }
        if hides(Withhold::People) && path.starts_with("people/") {
            match dice.roll(3) {
                0 => *file = garbage(),
                1 => drop(files.remove(&path)),
                _ => file.iter_mut().for_each(|table| scramble_table(table, dice)),
            }
            continue;
        }
        if hides(Withhold::Money) && path.contains("/actuals/") {
            match dice.roll(3) {
                0 => *file = garbage(),
                1 => drop(files.remove(&path)),
                _ => file.iter_mut().for_each(|table| scramble_table(table, dice)),
            }
            continue;
        }
        let Ok(table) = file else { continue };
        if hides(Withhold::People) {
            change(table, "", dice, &|key, value| {
                PEOPLE.contains(&last(key)) && value.is_str() || key == "stakeholder.name"
            });
        }
        if hides(Withhold::Money) {
            change(table, "", dice, &|key, value| {
                let is_split = ["forecast_by_category.", "committed_by_category."];
                let is_money = MONEY.contains(&key) || is_split.iter().any(|split| key.starts_with(split));
                is_money && (value.is_integer() || value.is_float())
                    || MONEY
                        .iter()
                        .any(|path| key == format!("initial.{path}") || key == format!("target.{path}"))
                        && !value.is_table()
            });
            let is_cash = table.get("kind").and_then(Value::as_str) != Some("non-cashable");
            if path.contains("/benefits/") && is_cash {
                change(table, "", dice, &|key, value| {
                    let is_figure =
                        ["baseline", "target", "forecast", "value", "times_a_year"].contains(&last(key));
                    is_figure && (value.is_integer() || value.is_float())
                });
            }
        }
        if hides(Withhold::Text) {
            change(table, "", dice, &|key, value| {
                let is_prose =
                    value.is_str() || value.as_array().is_some_and(|list| list.iter().all(Value::is_str));
                let words = TEXT.contains(&last(key)) || key.starts_with("note.");
                let is_rating =
                    key.starts_with("rag.") || (key.starts_with("override.") && key != "override.reason");
                let is_outcome_of_gate = path.contains("/reviews/") && key == "outcome";
                is_prose && words && !is_rating && !is_outcome_of_gate && !path.starts_with("pmo.toml")
            });
        }
        if hides(Withhold::Confidential) && path.ends_with("/project.toml") && dice.once_in(2) {
            refer(table, secret, dice);
        }
    }
    files
}

/// Lets a charter that stays refer to a project that does not.
fn refer(charter: &mut Table, secret: &BTreeSet<String>, dice: &mut Dice) {
    let Some(id) = secret.iter().next() else { return };
    let mut needs = Table::new();
    needs.insert("on".into(), Value::String(id.clone()));
    needs.insert(
        "needed_by".into(),
        Value::Datetime(format!("2026-12-{:02}", dice.roll(28) + 1).parse().unwrap()),
    );
    let all = charter.entry("dependency").or_insert_with(|| Value::Array(Vec::new()));
    all.as_array_mut().unwrap().push(Value::Table(needs));
}

fn asked() -> Asked {
    Asked::new("2026-11-20".parse().unwrap(), "work tree on 3f2c1a9")
}

/// The register as it was put together.
fn register(files: &Files) -> (Register, BTreeSet<String>) {
    let mut memory = Memory::new();
    for (path, file) in files {
        let text = match file {
            Ok(table) => toml::to_string(table).unwrap(),
            Err(text) => text.clone(),
        };
        memory.insert(path.as_str(), text);
    }
    let scope = Scope::all().with_reports(Reports::All).on(asked().day);
    let loaded = load(&memory, &scope).unwrap();
    let wrong = loaded.problems.iter().filter(|problem| problem.level == Level::Error);
    (loaded.register.clone(), wrong.map(|problem| problem.file.clone()).collect())
}

fn audience(words: &[Withhold]) -> Audience {
    Audience {
        name: "public".into(),
        title: None,
        projects: Chosen::default(),
        sections: Vec::new(),
        withhold: words.to_vec(),
    }
}

/// Every report in every format, by its name.
fn everything(register: &Register) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let screen = Screen { width: 200, exact: true, ..Screen::default() };
    macro_rules! keep {
        ($name:expr, $report:expr) => {{
            let (name, report) = ($name, $report);
            let page = report.page();
            all.insert(format!("{name}.txt"), terminal(&page, &screen));
            all.insert(format!("{name}.md"), markdown(&page, true));
            all.insert(format!("{name}.html"), html(&page, true, &Templates::built_in()).unwrap());
            all.insert(format!("{name}.csv"), csv(&page).unwrap());
            all.insert(format!("{name}.json"), json(&report).unwrap());
            all.insert(format!("{name}.yaml"), yaml(&report).unwrap());
        }};
    }
    keep!("portfolio", portfolio::portfolio(register, &asked(), portfolio::Options::default()));
    let by_manager =
        portfolio::Options { group_by: Some(pmo::report::GroupBy::Manager), ..Default::default() };
    keep!("by-manager", portfolio::portfolio(register, &asked(), by_manager));
    let week = "2026-W47".parse().unwrap();
    let question = || period::Question {
        span: Span::of(&register.config, week, asked().day),
        selection: pmo::report::Selection::default(),
        is_past: false,
    };
    keep!("period", period::period(register, None, &asked(), &question()));
    keep!("board", board::board(register, None, &asked(), question(), None));
    // So that one past project is enough for a range.
    let mut eager = register.clone();
    std::sync::Arc::make_mut(&mut eager.config).forecast.minimum = 1;
    let tracks: Vec<Track> =
        eager.projects.keys().filter_map(|id| Track::of(&eager, id, asked().day)).collect();
    keep!("forecast", forecast::forecast(&eager, &tracks, &asked(), None));
    for (metric, by) in Metric::ALL.into_iter().zip(By::ALL.map(Some).into_iter().chain([None]).cycle()) {
        let (day, config) = (asked().day, &register.config);
        let question = trend::question(config, metric, by, None, 3, day);
        let told = register.projects.keys().flat_map(|id| trend::readings(register, id, &question, day));
        let held = (0..3).flat_map(|at| trend::holdings(register, &question, at, day));
        let periods = trend::told_by_reports(&question, day);
        let report = trend::trend(register, told.chain(held).collect(), periods, &asked(), &question);
        keep!(format!("trend-{}", metric.word()), report);
    }
    keep!("kpi", pmo::report::kpi::grid(register, None, &asked(), Default::default()));
    let by_objective = pmo::report::benefits::Options {
        group_by: pmo::report::benefits::Group::Objective,
        ..Default::default()
    };
    keep!("benefits", pmo::report::benefits::benefits(register, &asked(), by_objective));
    let by_programme =
        pmo::report::Grouping { group_by: Some(pmo::report::GroupBy::Programme), ..Default::default() };
    keep!("evm", evm::evm(register, &asked(), by_programme));
    let settings = pmo::analysis::simulation::Settings {
        runs: 50,
        seed: 1,
        confidence: 80,
        distribution: pmo::analysis::simulation::Distribution::Triangular,
    };
    let question =
        pmo::report::simulation::Question { projects: Vec::new(), selection: Default::default(), settings };
    let selection = pmo::report::Selection::default();
    keep!("calibration", pmo::report::risk_calibration::calibration(register, &asked(), selection));
    keep!("simulation", pmo::report::simulation::simulation(register, &asked(), question, &|_| ()));
    keep!("finance", pmo::report::finance::finance(register, &asked(), Default::default()));
    let window = Window::of(&register.config, 2, asked().day);
    keep!("reporting", reporting::reporting(register, &asked(), window));
    keep!("dependencies", dependency::list(register, &asked(), Default::default()));
    keep!("dependency-graph", dependency::graph(register, &asked(), Default::default()));
    keep!("critical-path", dependency::critical(register, &asked(), Default::default(), 60));
    for id in register.projects.keys() {
        if let Some(report) = dependency::impact(register, &asked(), &Point::start(id), 45) {
            keep!(format!("impact-{id}"), report);
        }
        if let Some(report) = project::project(register, id, &asked()) {
            keep!(format!("project-{id}"), report);
        }
        if let Some(report) = trend::milestones::milestones(register, id, 3, &asked()) {
            keep!(format!("milestones-{id}"), report);
        }
        if let Some(sheet) = evm::sheet(register, id, &asked()) {
            keep!(format!("evm-{id}"), sheet);
        }
    }
    let gathered = export::gather(register);
    for table in export::tables(&gathered, &|_| true).unwrap() {
        let mut csv = Vec::new();
        export::csv(&table, &mut csv).unwrap();
        all.insert(format!("export/{}.csv", table.name()), String::from_utf8(csv).unwrap());
    }
    let whole = export::whole(register, &gathered, asked().day, "test");
    all.insert("export.json".to_owned(), json(&whole).unwrap());
    let dates = pmo::report::dates::dates(register, &Default::default(), asked().day);
    all.insert("export-dates".to_owned(), format!("{dates:#?}"));
    all
}

#[track_caller]
fn same(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) {
    let names = |all: &BTreeMap<String, String>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(before), names(after));
    for (name, text) in before {
        let differing = text.lines().zip(after[name].lines()).find(|(one, other)| one != other);
        assert_eq!(differing, None, "{name} differs");
        assert_eq!(text.len(), after[name].len(), "{name}");
    }
}

const WORDS: [Withhold; 4] = [Withhold::Confidential, Withhold::People, Withhold::Money, Withhold::Text];

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_withheld_changes_no_byte(seed in any::<u64>(), mask in 1_u8..16) {
        let words: Vec<Withhold> =
            WORDS.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0).map(|(_, word)| *word).collect();
        let mut dice = Dice(seed);
        let mut base = demo();
        let secret = mark(&mut base, &mut dice);
        let audience = audience(&words);
        let see = |files: &Files| {
            let (register, doubtful) = register(files);
            everything(&withhold(&register, &audience, &doubtful))
        };
        let other = altered(&base, &secret, &words, &mut dice);
        prop_assert_ne!(&base, &other);
        same(&see(&base), &see(&other));
    }
}

#[test]
fn nothing_of_what_is_withheld_can_be_read() {
    let mut dice = Dice(7);
    let mut files = demo();
    let secret = mark(&mut files, &mut dice);
    assert!(secret.len() > 1, "{secret:?}");
    let (register, doubtful) = register(&files);
    let full = everything(&register);
    let seen = everything(&withhold(&register, &audience(&WORDS), &doubtful));
    let names: Vec<String> = files
        .iter()
        .filter(|(path, _)| path.starts_with("people/"))
        .flat_map(|(path, file)| {
            let id = path.trim_start_matches("people/").trim_end_matches(".toml").to_owned();
            [id, file.as_ref().unwrap()["name"].as_str().unwrap().to_owned()]
        })
        .chain(secret.iter().cloned())
        .collect();
    for name in &names {
        assert!(seen.values().all(|text| !text.contains(name.as_str())), "{name} is seen");
    }
    assert!(names.iter().filter(|name| full["portfolio.json"].contains(name.as_str())).count() > 10);
    assert!(!seen["portfolio.json"].contains("1200000") && full["portfolio.json"].contains("approved"));
    let said = format!("For public: {} projects, ", secret.len());
    assert!(seen["portfolio.txt"].contains(&said), "{}", seen["portfolio.txt"]);
    assert!(seen["portfolio.txt"].contains("people's names, money and texts are withheld."));
    let told: serde_json::Value = serde_json::from_str(&seen["portfolio.json"]).unwrap();
    assert_eq!(told["withheld"]["projects"], secret.len());
    assert_eq!(told["withheld"]["withhold"], serde_json::json!(["confidential", "people", "money", "text"]));
}

#[test]
fn an_audience_sees_its_own_projects_and_sections() {
    let files = demo();
    let (register, doubtful) = register(&files);
    let own = Audience {
        projects: Chosen { programme: vec!["infrastructure".into()], ..Chosen::default() },
        sections: vec![Section::Decisions],
        ..audience(&[])
    };
    let seen = withhold(&register, &own, &doubtful);
    let told = seen.withheld.clone().unwrap();
    assert!(!seen.projects.is_empty() && told.others == register.projects.len() - seen.projects.len());
    let report = portfolio::portfolio(&seen, &asked(), portfolio::Options::default());
    assert!(report.projects.is_empty() && report.exceptions.is_empty() && report.summary.listed > 0);
    let page = terminal(&report.page(), &Screen { width: 200, ..Screen::default() });
    assert!(page.contains("not for this audience; shown: decisions."), "{page}");
    let span = Span::of(&seen.config, "2026-W47".parse().unwrap(), asked().day);
    let question = period::Question { span, selection: Default::default(), is_past: false };
    let pack = board::board(&seen, None, &asked(), question, None);
    let told = &pack.report;
    assert!(pack.projects.is_empty() && told.rest.is_empty() && told.programmes.is_empty());
    assert!(told.not_reported.is_empty() && told.troubled.is_empty() && told.changed.is_empty());
    assert!(told.milestones.is_empty() && told.overdue.is_empty());
    assert!(told.summary.listed > 0);
    let one = project::project(&seen, seen.projects.keys().next().unwrap(), &asked()).unwrap();
    assert!(
        one.words.is_none() && one.milestones.is_empty() && one.threats.is_empty() && one.people.is_empty()
    );
}

#[test]
fn a_project_of_hidden_sections_stands_among_the_others() {
    let (register, doubtful) = register(&demo());
    let own = Audience { sections: vec![Section::Projects, Section::Milestones], ..audience(&[]) };
    let seen = withhold(&register, &own, &doubtful);
    let span = Span::of(&seen.config, "2026-W47".parse().unwrap(), asked().day);
    let question = period::Question { span, selection: Default::default(), is_past: false };
    let report = period::period(&seen, None, &asked(), &question);
    assert_eq!(report.rest.len(), report.summary.listed);
    assert!(report.changed.projects.is_empty() && report.milestones_told == 0);
    let page = terminal(&report.page(), &Screen { width: 120, ..Screen::default() });
    let headings = ["Milestones in the next four weeks", "Projects"];
    for heading in ["Not reported", "Programmes", "Needs a decision", "What changed", "Reds", "Overdue"] {
        assert!(!page.contains(heading), "{page}");
    }
    assert!(headings.iter().all(|heading| page.contains(heading)), "{page}");
}

#[test]
fn what_cannot_be_read_counts_as_confidential() {
    let mut files = demo();
    let torn = |path: &str, files: &mut Files| drop(files.insert(path.into(), Err("= torn".into())));
    torn("projects/crm-migration/project.toml", &mut files);
    torn("projects/erp-rollout/risks/R-001.toml", &mut files);
    // A word that is nearly right does not let a project through either.
    let charter = files.get_mut("projects/branch-wifi/project.toml").unwrap().as_mut().unwrap();
    charter.insert("confidental".into(), Value::Boolean(true));
    let (register, doubtful) = register(&files);
    let seen = withhold(&register, &audience(&[Withhold::Confidential]), &doubtful);
    let told = seen.withheld.clone().unwrap();
    // One risk of the demo register says that it is confidential.
    assert_eq!((told.projects, told.records), (2, 2));
    let page =
        terminal(&portfolio::portfolio(&seen, &asked(), Default::default()).page(), &Screen::default());
    for word in ["crm-migration", "branch-wifi", "R-001.toml"] {
        assert!(!page.contains(word), "{word}: {page}");
    }
}

/// Every key of the format, by whether an audience may have to do without it.
const OPEN: &[&str] = &include!("audience_open_keys.txt");

#[test]
fn every_key_of_the_format_is_sorted() {
    let mut names = BTreeSet::new();
    for kind in KINDS {
        let schema: serde_json::Value = (kind.schema)().into();
        keys(&schema, &mut names);
    }
    let money: BTreeSet<&str> = MONEY.iter().map(|path| last(path)).collect();
    let sorted = |name: &str| {
        PEOPLE.contains(&name) || TEXT.contains(&name) || money.contains(name) || OPEN.contains(&name)
    };
    let unsorted: Vec<&String> = names.iter().filter(|name| !sorted(name)).collect();
    assert!(
        unsorted.is_empty(),
        "say in src/analysis/withhold whether they hold people, money or texts, and list them in tests/audience.rs \
         (or in tests/audience_open_keys.txt, if everybody may see them): {unsorted:?}"
    );
}

fn keys(schema: &serde_json::Value, names: &mut BTreeSet<String>) {
    match schema {
        serde_json::Value::Object(map) => {
            if let Some(serde_json::Value::Object(properties)) = map.get("properties") {
                names.extend(properties.keys().cloned());
            }
            map.values().for_each(|inner| keys(inner, names));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|inner| keys(inner, names)),
        _ => {}
    }
}
