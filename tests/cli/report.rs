//! `pmo report`, and `pmo` alone.

use crate::harness::Sandbox;

#[test]
fn pmo_alone_is_the_portfolio_at_a_glance() {
    let run = Sandbox::register().pmo("").ok();
    assert!(run.stdout.starts_with("Northwind IT · 1 project"), "{run}");
    assert!(run.stdout.contains("● 1 green") && run.stdout.contains("pmo check: "), "{run}");
    // The user's address is Jana's, who manages the project.
    assert!(run.stdout.contains("Your projects"), "{run}");
    assert_eq!(run.stderr, "");
}

#[test]
fn outside_a_register_it_says_how_to_start_one() {
    for line in ["", "report portfolio", "report project crm"] {
        let run = Sandbox::new().pmo(line).exits(2);
        assert_eq!(run.stdout, "");
        assert!(run.stderr.contains("pmo init"), "{run}");
    }
}

#[test]
fn the_format_follows_the_name_of_the_file() {
    let sandbox = Sandbox::register();
    for (file, start) in [
        ("p.md", "# Northwind IT portfolio"),
        ("p.json", "{\n  \"schema_version\": 1,\n  \"kind\": \"portfolio\""),
        ("p.yaml", "schema_version: 1\nkind: "),
        ("p.csv", "mark,project,manager,"),
        ("p.html", "<!DOCTYPE html>\n<html lang=\"en-GB\">"),
        ("p.txt", "Northwind IT portfolio · "),
    ] {
        let run = sandbox.pmo(&format!("report portfolio -o {file}")).ok();
        assert_eq!(run.stdout, "", "{run}");
        let text = sandbox.read(file);
        assert!(text.starts_with(start), "{file}: {text}");
    }
    let json = sandbox.pmo("report project crm -O json").ok().json();
    assert_eq!(json["kind"], "project");
    assert_eq!(json["standing"]["cost"]["approved"], 1_200_000);
    assert!(json["standing"]["cost"]["forecast"].is_null());
}

#[test]
fn html_is_the_same_for_the_same_day_and_says_how_it_was_made() {
    let sandbox = Sandbox::register();
    let first = sandbox.pmo("report project crm -O html").ok().stdout;
    assert_eq!(first, sandbox.pmo("report project crm -O html").ok().stdout);
    for said in ["<meta name=\"pmo:report\" content=\"project\">", "<meta name=\"pmo:rules\" content=\""] {
        assert!(first.contains(said), "{first}");
    }
    assert!(first.contains("<code>pmo explain rag crm</code>"), "{first}");
}

#[test]
fn a_register_has_its_own_look_and_its_mistakes_are_placed() {
    let sandbox = Sandbox::register().with("templates/report-style.css", ":root { --ink: #123456; }\n");
    assert!(sandbox.pmo("report portfolio -O html").ok().stdout.contains("--ink: #123456"));
    let sandbox = sandbox.with("templates/report.html", "<p>\n{{ nobody }}\n");
    let run = sandbox.pmo("report portfolio -O html").exits(2);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("templates/report.html:2: something here has no value"), "{run}");
}

#[test]
fn exact_figures_keep_their_digits() {
    let sandbox = Sandbox::register();
    assert!(sandbox.pmo("report project crm").ok().stdout.contains("1.20 M EUR"));
    assert!(sandbox.pmo("report project crm --exact").ok().stdout.contains("1 200 000 EUR"));
}

#[test]
fn a_filter_that_nothing_has_is_an_error_with_the_nearest_word() {
    let sandbox = Sandbox::register().with("programmes/core.toml", "name = \"Core systems\"\n");
    let run = sandbox.pmo("report portfolio --programme coer").exits(2);
    assert!(run.stdout.is_empty() && run.stderr.contains("did you mean `core`?"), "{run}");
    let run = sandbox.pmo("report portfolio --manager jana-novack").exits(2);
    assert!(run.stderr.contains("did you mean `jana-novak`?"), "{run}");
    sandbox.pmo("report portfolio --rag purple").exits(2);
    sandbox.pmo("report portfolio --sort colour").exits(2);
    let run = sandbox.pmo("report project cr").exits(2);
    assert!(run.stderr.contains("did you mean `crm`?"), "{run}");
    let run = sandbox.pmo("report project @jana-novak").exits(2);
    assert!(run.stderr.contains("is a person, not a project"), "{run}");
    // An empty selection is no error, and says so.
    let run = sandbox.pmo("report portfolio --rag red").ok();
    assert!(run.stdout.contains("No project is listed; 1 project left out by the filter"), "{run}");
}

#[test]
fn a_project_that_cannot_be_read_is_an_error_and_the_portfolio_tells_of_it() {
    let sandbox = Sandbox::register().with("projects/torn/project.toml", "name = \n");
    let run = sandbox.pmo("report project torn").exits(2);
    assert!(run.stdout.is_empty() && run.stderr.contains("projects/torn/project.toml"), "{run}");
    assert!(run.stderr.contains("pmo check"), "{run}");
    let run = sandbox.pmo("report portfolio").ok();
    assert!(run.stdout.contains("1 file could not be read and is left out"), "{run}");
}

/// A register with gates, and a project in the phase and state that are asked for.
fn gated(phase: &str, state: &str) -> Sandbox {
    let sandbox = Sandbox::register().with(
        "pmo.toml",
        "[register]\nformat = 1\n[[phase]]\nid = \"plan\"\ngate = \"G2\"\n[[phase]]\nid = \"build\"\ngate = \"G3\"\n\
         [[phase]]\nid = \"test\"\ngate = \"G4\"\n",
    );
    let charter = sandbox.read("projects/crm/project.toml").replace(
        "state = \"active\"",
        &format!("state = \"{state}\"\nphase = \"{phase}\"\nclosed_on = 2026-10-09"),
    );
    sandbox.with("projects/crm/project.toml", &charter)
}

#[test]
fn the_next_gate_is_the_first_that_was_not_passed() {
    for (phase, outcome, next) in [
        ("build", None, "G3"),
        ("build", Some("go"), "G4"),
        ("plan", Some("go"), "G4"),
        ("test", Some("recycle"), "G3"),
        ("test", Some("conditional"), "G3"),
    ] {
        let mut sandbox = gated(phase, "active");
        if let Some(outcome) = outcome {
            let review = format!("title = \"Built\"\nheld_on = 2026-09-01\noutcome = \"{outcome}\"\n");
            sandbox = sandbox.with("projects/crm/reviews/G3-1.toml", &review);
        }
        let json = sandbox.pmo("report project crm -O json").ok().json();
        assert_eq!(json["gates"]["next"], next, "{phase} {outcome:?}");
    }
    let json = gated("build", "closed").pmo("report project crm -O json").ok().json();
    assert!(json["gates"]["next"].is_null());
}

#[test]
fn a_project_that_was_stopped_was_not_delivered_early() {
    let sandbox = gated("build", "terminated");
    let run = sandbox.pmo("report project crm").ok();
    assert!(run.stdout.contains("Stopped") && run.stdout.contains("9 Oct"), "{run}");
    assert!(!run.stdout.contains("Finish expected") && !run.stdout.contains("early"), "{run}");
    let csv = sandbox.pmo("report project crm -O csv").ok().stdout;
    assert!(csv.contains("facts,1,stopped_on,2026-10-09\n") && !csv.contains("slip_days"), "{csv}");
}

#[test]
fn percentages_stay_short_where_money_is_exact() {
    let sandbox = Sandbox::register();
    let text = sandbox.read("projects/crm/status/2026-W47.toml");
    let sandbox =
        sandbox.with("projects/crm/status/2026-W47.toml", &format!("forecast_cost = 1_261_110.10\n{text}"));
    let run = sandbox.pmo("report project crm --exact").ok();
    assert!(run.stdout.contains("+5.09 %") && run.stdout.contains("1 261 110.10"), "{run}");
    let run = sandbox.pmo("report portfolio").ok();
    assert!(run.stdout.contains("forecast 5.1 % over the approved budgets"), "{run}");
    let csv = sandbox.pmo("report project crm -O csv").ok().stdout;
    assert!(csv.contains("facts,1,forecast,1261110.10\nfacts,1,forecast_variance_percent,5.09"), "{csv}");
}
