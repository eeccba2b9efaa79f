//! `pmo NOUN add` and `pmo NOUN list`, for every kind.

use crate::harness::Sandbox;

/// Every kind with the least that it takes, the record that comes of it, and its file.
const EVERY: &[(&[&str], &str, &str)] = &[
    (&["person", "add", "amir-haddad", "--name", "Amir Haddad"], "@amir-haddad", "people/amir-haddad.toml"),
    (
        &["programme", "add", "customer-360", "--name", "Customer 360"],
        "customer-360",
        "programmes/customer-360.toml",
    ),
    (&["objective", "add", "grow", "--name", "Grow"], "grow", "objectives/grow.toml"),
    (&["request", "add", "--title", "Quote portal"], "REQ-0001", "requests/REQ-0001.toml"),
    (
        &["project", "add", "erp", "--name", "ERP \"new\"", "--manager", "jana-novak"],
        "erp",
        "projects/erp/project.toml",
    ),
    (&["risk", "add", "crm", "--title", "Late"], "crm/R-001", "projects/crm/risks/R-001.toml"),
    (&["issue", "add", "crm", "--title", "No owner"], "crm/I-001", "projects/crm/issues/I-001.toml"),
    (
        &["assumption", "add", "crm", "--title", "They stay"],
        "crm/S-001",
        "projects/crm/assumptions/S-001.toml",
    ),
    (&["action", "add", "crm", "--title", "Call"], "crm/A-001", "projects/crm/actions/A-001.toml"),
    (&["decision", "add", "crm", "--title", "Extend?"], "crm/D-001", "projects/crm/decisions/D-001.toml"),
    (&["change", "add", "crm", "--title", "Consent"], "crm/C-001", "projects/crm/changes/C-001.toml"),
    (&["review", "add", "crm", "G4"], "crm/G4-1", "projects/crm/reviews/G4-1.toml"),
    (&["benefit", "add", "crm", "--title", "Licences"], "crm/B-001", "projects/crm/benefits/B-001.toml"),
    (&["lesson", "add", "crm", "--title", "Order early"], "crm/L-001", "projects/crm/lessons/L-001.toml"),
    (
        &["actuals", "add", "crm", "2026-10", "--cost", "74_000.50"],
        "crm/actuals/2026-10",
        "projects/crm/actuals/2026-10.toml",
    ),
    (&["period", "add", "2026-W46"], "period/2026-W46", "periods/2026-W46.toml"),
    (
        &["programme-status", "add", "customer-360", "2026-W47", "--summary", "Fine.", "--overall", "green"],
        "customer-360/2026-W47",
        "programmes/customer-360/status/2026-W47.toml",
    ),
];

#[test]
fn every_kind_can_be_added_listed_and_shown() {
    let sandbox = Sandbox::register();
    for (args, id, path) in EVERY {
        let run = sandbox.pmo_args(args).ok();
        assert!(run.stderr.contains(&format!("added {id}: {path}\n")), "{run}");
        assert!(run.stdout.is_empty(), "{run}");
        let ids = sandbox.pmo_args(&[args[0], "list", "--all", "-O", "ids"]).ok().stdout;
        assert!(ids.lines().any(|line| line == *id), "{ids}");
        sandbox.pmo(&format!("show {id}")).ok();
        assert!(sandbox.read(path).starts_with("#:schema ../"), "{path}");
        // The same id again is refused where it is chosen, and counted on where it is allocated.
        let again = sandbox.pmo_args(&[args, &["--again"][..]].concat());
        let allocated = path.contains("-00") || path.ends_with("G4-1.toml");
        assert_eq!(again.code, if allocated { 0 } else { 2 }, "{again}");
    }
    let check = sandbox.pmo("check -O concise").stdout;
    for code in ["wrong-type", "unknown-key", "missing-field", "unknown-reference"] {
        assert!(!check.contains(code), "{check}");
    }
}

#[test]
fn what_is_given_stands_in_the_file_and_the_rest_is_guidance() {
    let sandbox = Sandbox::register();
    let args = [
        "risk",
        "add",
        "crm",
        "--title",
        "Vendor \"Müller\" is late",
        "--owner",
        "jana-novak",
        "--probability",
        "3",
        "--impact",
        "{ cost = 4, schedule = 3 }",
        "--chance",
        "35",
        "--cost-effect",
        "80_000.10",
        "--links",
        "#go-live, crm/R-009",
        "--set",
        "target.probability=2",
        "--set",
        "custom.cost_centre=4711",
        "--report",
        "true",
        "--plan",
        "Two\nlines",
    ];
    sandbox.pmo_args(&args).ok();
    let risk = &sandbox.pmo("risk list -O json").ok().json()["records"][0];
    assert_eq!(risk["title"], "Vendor \"Müller\" is late");
    let fields = &risk["fields"];
    assert_eq!(fields["impact"]["schedule"], 3);
    assert_eq!(fields["target"]["probability"], 2);
    assert_eq!(fields["links"][1], "crm/R-009");
    assert_eq!(fields["plan"], "Two\nlines");
    assert_eq!(fields["raised"], "2026-11-20");
    assert_eq!(fields["report"], true);
    let text = sandbox.read("projects/crm/risks/R-001.toml");
    assert!(text.contains("cost_effect = 80_000.10\n"), "{text}");
    assert!(text.contains("# response = \"mitigate\""), "{text}");
    assert!(text.contains("[custom]\ncost_centre = "), "{text}");
}

#[test]
fn wrong_values_are_refused_with_the_remedy_and_nothing_is_written() {
    let sandbox = Sandbox::register();
    let before = sandbox.files();
    for (args, said) in [
        (&["risk", "add", "crm"][..], "say --title"),
        (&["risk", "add", "cmr", "--title", "x"], "did you mean `crm`?"),
        (&["risk", "add", "crm", "--title", "x", "--response", "mitigat"], "`mitigate`"),
        (&["risk", "add", "crm", "--title", "x", "--review-by", "2026-02-30"], "2026-02-30"),
        (&["risk", "add", "crm", "--title", "x", "--set", "ownr=jana"], "did you mean `owner`?"),
        (&["risk", "add", "crm", "--title", "x", "--set", "owner"], "key=value"),
        (&["project", "add", "crm", "--name", "x", "--manager", "jana-novak"], "pmo show crm"),
        (&["project", "add", "New CRM", "--name", "x", "--manager", "jana-novak"], "`new-crm` would do"),
        (&["project", "add", "nul", "--name", "x", "--manager", "jana-novak"], "cannot be the id"),
        (&["project", "add", "../x", "--name", "x", "--manager", "jana-novak"], "cannot be the id"),
        (&["objective", "add", "crm", "--name", "x"], "share one set of names"),
        (&["actuals", "add", "crm", "2026-W47", "--cost", "1"], "write it as 2026-10"),
        (&["actuals", "add", "crm", "2026-13", "--cost", "1"], "2026-13"),
        (&["review", "add", "crm", "four"], "not the name of a gate"),
    ] {
        let run = sandbox.pmo_args(args).exits(2);
        assert!(run.stderr.contains(said), "{run}");
        assert!(run.stdout.is_empty(), "{run}");
    }
    sandbox.pmo("risk add crm --title Late --dry-run").ok();
    assert_eq!(sandbox.files(), before);
}

#[test]
fn a_title_that_is_open_already_is_not_added_twice_by_accident() {
    let sandbox = Sandbox::register();
    sandbox.pmo("risk add crm --title Late").ok();
    let run = sandbox.pmo("risk add crm --title late").exits(2);
    assert!(run.stderr.contains("crm/R-001 has the same title"), "{run}");
    sandbox.pmo("risk add crm --title late --again").ok();
    sandbox.pmo("issue add crm --title late").ok();
}

#[test]
fn numbers_are_counted_on_over_every_branch() {
    let sandbox = Sandbox::register();
    sandbox.git_init();
    sandbox.git(&["switch", "--quiet", "-c", "elsewhere"]);
    sandbox.pmo("risk add crm --title Elsewhere --commit").ok();
    sandbox.git(&["switch", "--quiet", "main"]);
    assert!(!sandbox.exists("projects/crm/risks/R-001.toml"));
    let run = sandbox.pmo_args(&["risk", "add", "crm", "--title", "Here", "-m", "crm: a risk"]).ok();
    assert!(run.stderr.contains("added crm/R-002"), "{run}");
    assert_eq!(sandbox.git(&["log", "-1", "--format=%s"]).trim(), "crm: a risk");
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
}

/// Three projects with risks of all sorts.
fn several() -> Sandbox {
    Sandbox::register()
        .with("people/amir-haddad.toml", "name = \"Amir Haddad\"\n")
        .with("programmes/digital.toml", "name = \"Digital\"\nkind = \"portfolio\"\n")
        .with("programmes/customer.toml", "name = \"Customer\"\nparent = \"digital\"\n")
        .with(
            "projects/erp/project.toml",
            "name = \"ERP\"\nmanager = \"amir-haddad\"\nstate = \"active\"\nprogramme = \"customer\"\ndivision = \"IT\"\n\
             [schedule]\nfinish = 2026-10-31\n[budget]\napproved = 300_000\n",
        )
        .with("projects/erp/status/2026-W46.toml", "summary = \"Late.\"\n[rag]\noverall = \"red\"\n")
        .with("projects/old/project.toml", "name = \"Old\"\nmanager = \"amir-haddad\"\nstate = \"closed\"\n")
        .with("projects/erp/risks/R-001.toml", "title = \"A\"\nprobability = 2\nowner = \"amir-haddad\"\nreview_by = 2026-11-01\n")
        .with("projects/erp/risks/R-002.toml", "title = \"B\"\nprobability = 5\nstate = \"closed\"\n")
        .with("projects/crm/risks/R-001.toml", "title = \"C\"\nprobability = 4\nowner = \"jana-novak\"\n")
        .with("projects/crm/risks/R-002.toml", "title = \"D\"\n")
}

#[test]
fn lists_are_filtered_and_sorted() {
    let sandbox = several();
    for (line, expected) in [
        ("risk list", "crm/R-001 crm/R-002 erp/R-001"),
        ("risk list --all", "crm/R-001 crm/R-002 erp/R-001 erp/R-002"),
        ("risk list --state closed", "erp/R-002"),
        ("risk list --sort -probability --all", "erp/R-002 crm/R-001 erp/R-001 crm/R-002"),
        ("risk list --sort probability", "erp/R-001 crm/R-001 crm/R-002"),
        ("risk list --project erp", "erp/R-001"),
        ("risk list --programme digital", "erp/R-001"),
        ("risk list --programme Customer", "erp/R-001"),
        ("risk list --division it", "erp/R-001"),
        ("risk list --manager @amir-haddad", "erp/R-001"),
        ("risk list --owner jana-novak,amir-haddad", "crm/R-001 erp/R-001"),
        ("risk list --rag red", "erp/R-001"),
        ("risk list --overdue", "erp/R-001"),
        ("project list", "crm erp"),
        ("project list --overdue", "erp"),
        ("project list --rag green,amber", "crm"),
        ("project list --sort -budget.approved", "crm erp"),
        ("project list --sort schedule.finish --all", "erp crm old"),
        ("project list --state closed,active", "crm erp old"),
        ("programme list --programme digital", "customer"),
        ("person list --sort name", "@amir-haddad @jana-novak"),
    ] {
        let run = sandbox.pmo(&format!("{line} -O ids")).ok();
        assert_eq!(run.stdout.split_whitespace().collect::<Vec<_>>().join(" "), expected, "{line}");
    }
    for (line, said) in [
        ("risk list --state opne", "did you mean `open`?"),
        ("risk list --rag rde", "did you mean `red`?"),
        ("risk list --sort probabilty", "did you mean `probability`?"),
        ("person list --columns nmae", "did you mean `name`?"),
        ("person list --state open", "have no state"),
    ] {
        let run = sandbox.pmo(line).exits(2);
        assert!(run.stderr.contains(said), "{run}");
    }
}

#[test]
fn lists_have_the_columns_and_formats_that_were_asked_for() {
    let sandbox = several();
    let csv = sandbox.pmo("project list --columns id,manager,schedule.finish,rag -O csv").ok().stdout;
    assert!(csv.contains("erp,amir-haddad,2026-10-31,red"), "{csv}");
    let json = sandbox.pmo("risk list --columns id,probability,programme -O json").ok().json();
    assert_eq!(json["kind"], "risk-list");
    assert_eq!(json["records"][1]["probability"], serde_json::Value::Null);
    assert_eq!(json["records"][2]["programme"], "customer");
    let yaml = sandbox.pmo("project list -O yaml").ok().stdout;
    assert!(yaml.contains("approved: 300000"), "{yaml}");
    let table = sandbox.pmo("risk list --project erp").ok().stdout;
    assert!(table.contains("erp/R-001") && table.contains("1 risk"), "{table}");
    assert!(sandbox.pmo("person list").ok().stdout.starts_with("2 people"));
}

#[test]
fn an_empty_list_says_what_to_do() {
    let sandbox = several();
    for (line, said) in [
        ("issue list", "no issues yet: `pmo issue add --help`"),
        ("risk list --project erp --owner jana-novak", "with fewer filters"),
        ("project list --project old", "1 closed one with --all"),
    ] {
        let run = sandbox.pmo(line).ok();
        assert!(run.stdout.is_empty() && run.stderr.contains(said), "{run}");
    }
    sandbox.write("projects/crm/risks/R-003.toml", "title = 5\n");
    let run = sandbox.pmo("risk list --project erp -O json").ok();
    assert_eq!(run.json()["unreadable"], 1);
    assert!(run.stderr.contains("1 file could not be read"), "{run}");
}

#[test]
fn a_template_of_the_register_shapes_new_records() {
    let sandbox = Sandbox::register().with(
        "templates/risk.toml",
        "{# risk/2: ours -#}\n{{ schema }}\n{{ must(\"title\", \"\") }}\ncategory = \"house\"\n",
    );
    sandbox.pmo("risk add crm --title Late --owner jana-novak").ok();
    let text = sandbox.read("projects/crm/risks/R-001.toml");
    assert!(text.contains("category = \"house\"\n") && text.contains("owner = \"jana-novak\"\n"), "{text}");
    sandbox.write("templates/risk.toml", "{{ titel }}");
    let run = sandbox.pmo("risk add crm --title Later").exits(2);
    assert!(run.stderr.contains("templates/risk.toml:1:"), "{run}");
}

#[test]
fn a_record_filled_in_by_hand_is_checked_before_it_is_written() {
    let sandbox = Sandbox::register().env("EDITOR", "sed -i s/…/Late/");
    sandbox.pmo("risk add crm --edit").ok();
    assert!(sandbox.read("projects/crm/risks/R-001.toml").contains("title = \"Late\""));
    let sandbox = Sandbox::register().env("EDITOR", "sed -i s/title/titel/");
    let run = sandbox.pmo("risk add crm --title Late --edit").exits(2);
    assert!(run.stderr.contains("your text is kept in .pmo/kept/projects--crm--risks--R-001.toml"), "{run}");
    assert!(!sandbox.exists("projects/crm/risks/R-001.toml"));
    assert!(sandbox.read(".pmo/kept/projects--crm--risks--R-001.toml").contains("titel = "));
}

#[test]
fn help_says_what_a_noun_is_for_and_begins_with_examples() {
    let sandbox = Sandbox::new();
    let run = sandbox.pmo("risk list --help").ok();
    assert!(run.stdout.starts_with("Examples (risks):"), "{run}");
    assert!(run.stdout.contains("List risks"), "{run}");
    let run = sandbox.pmo("project --help").ok();
    assert!(run.stdout.contains("What is agreed about a project"), "{run}");
}

#[test]
fn risks_have_a_score_and_the_worst_comes_first() {
    let sandbox = Sandbox::register();
    for (title, probability, impact) in [("Low", "1", "2"), ("High", "5", "{ cost = 2, schedule = 4 }")] {
        let args = ["risk", "add", "crm", "--title", title, "--probability", probability, "--impact", impact];
        sandbox.pmo_args(&args).ok();
    }
    sandbox.pmo_args(&["risk", "add", "crm", "--title", "Unknown"]).ok();
    let scores = |line: &str| sandbox.pmo(line).ok().stdout;
    let csv = "risk list --columns id,score -O csv";
    assert_eq!(scores(csv), "id,score\ncrm/R-002,20\ncrm/R-001,2\ncrm/R-003,\n");
    assert_eq!(scores(&format!("{csv} --sort score")), "id,score\ncrm/R-001,2\ncrm/R-002,20\ncrm/R-003,\n");
    assert!(scores("risk list").contains("Score"));
    let json = sandbox.pmo("risk list --columns score -O json").ok().json();
    assert_eq!(json["records"][0]["score"], 20);
    // Only risks have one, and what a kind has is said once.
    let run = sandbox.pmo("issue list --columns zzzzzzzzz").exits(2);
    let known = run.stderr.split("it has ").nth(1).unwrap().trim().replace(" and ", ", ");
    let mut words: Vec<&str> = known.split(", ").collect();
    words.sort_unstable();
    let all = words.len();
    words.dedup();
    assert_eq!(words.len(), all, "{run}");
}

#[test]
fn a_list_says_how_many_it_leaves_out() {
    let sandbox = Sandbox::register()
        .with("projects/crm/reviews/G3-1.toml", "title = \"Build\"\nheld_on = 2026-09-01\noutcome = \"go\"\n")
        .with("projects/crm/reviews/G4-1.toml", "title = \"Test\"\nplanned = 2027-01-11\n");
    let run = sandbox.pmo("review list").ok();
    assert!(run.stdout.starts_with("1 review · 1 settled one not listed (--all)"), "{run}");
    let run = sandbox.pmo("review list --all").ok();
    assert!(run.stdout.starts_with("2 reviews ") && !run.stdout.contains("not listed"), "{run}");
}

#[test]
fn a_filter_that_names_nobody_is_an_error_with_the_nearest() {
    let sandbox = Sandbox::register().with("programmes/core.toml", "name = \"Core systems\"\n");
    for (filter, said) in [
        ("--programme coer", "did you mean `core`?"),
        ("--programme nope", "`pmo programme list`"),
        ("--manager jana", "did you mean `jana-novak`?"),
        ("--owner @jana-novack", "did you mean `jana-novak`?"),
        ("--division nope", "there is no division `nope`"),
        ("--project cmr", "did you mean `crm`?"),
    ] {
        let run = sandbox.pmo(&format!("risk list {filter}")).exits(2);
        assert!(run.stdout.is_empty() && run.stderr.contains(said), "{run}");
    }
    sandbox.pmo("risk list --programme CORE --manager @jana-novak").ok();
}
