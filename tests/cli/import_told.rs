//! `pmo import`: what the dry run tells of a table, and what it notices of rows, totals, signs and refused rows.

use super::harness::{Run, Sandbox};

fn json(run: &Run) -> serde_json::Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"))
}

fn tells(run: &Run, expected: &[&str]) {
    for expected in expected {
        assert!(run.stdout.contains(expected), "{expected}: {run}");
    }
}

#[test]
fn a_record_that_stands_twice_is_told_although_its_first_row_is_refused() {
    let sandbox = Sandbox::register();
    sandbox.write("r.csv", "project,title,probability\ncrm,Late,lots\ncrm,late,3\ncrm,Other,2\n");
    let run = sandbox.pmo("import risks r.csv").exits(1);
    let told = [
        "line 2, column 3 (probability): `lots` is not",
        "line 3, column 2 (title): `late` stands in line 2",
    ];
    tells(&run, &told);
    tells(&run, &["1  to add", "2  refused"]);
    // The other way round both are told too.
    sandbox.write("r.csv", "project,title,probability\ncrm,Late,3\ncrm,late,lots\n");
    let run = sandbox.pmo("import risks r.csv").exits(1);
    tells(&run, &["(probability): `lots` is not", "`late` stands in line 2 already", "1  refused"]);
    // By a key, the key is what stands twice.
    sandbox.write(
        "map.toml",
        "[match]\nby = \"custom.ref\"\n[column.Ref]\nfield = \"custom.ref\"\n[column.Name]\nfield = \"name\"\n\
         [column.PM]\nfield = \"manager\"\n[column.State]\nfield = \"state\"\n",
    );
    sandbox.write("p.csv", "Ref,Name,PM,State\n7,Alpha,Jana Novak,odd\n7,Beta,Jana Novak,active\n");
    let run = sandbox.pmo("import projects p.csv --map map.toml").exits(1);
    tells(&run, &["line 3, column 1 (Ref): the key `7` stands in line 2 already", "give one another key"]);
    for (kind, head, first, second) in [
        ("milestones", "project,name,baseline", "crm,Go-live,soon", "crm,Go-live,2027-01-31"),
        (
            "allocations",
            "project,person,from,to,fte",
            "crm,Jana Novak,2026-10-01,2027-01-31,x",
            "crm,Jana Novak,2026-10-01,2027-01-31,1",
        ),
        ("actuals", "project,month,cost", "crm,2026-10,x", "crm,Oct 2026,5"),
    ] {
        sandbox.write("t.csv", &format!("{head}\n{first}\n{second}\n"));
        let run = sandbox.pmo(&format!("import {kind} t.csv")).exits(1);
        tells(&run, &["2  refused", "stands in line 2 already"]);
        assert!(!run.stdout.contains("to add"), "{run}");
    }
}

#[test]
fn a_list_of_which_a_row_is_refused_stays_as_it_is() {
    let sandbox = Sandbox::register();
    sandbox.write("cost.csv", "project,category,approved\ncrm,staff,5\ncrm,licences,lots\ncrm,travel,7\n");
    let run = sandbox.pmo("import project.cost cost.csv").exits(1);
    tells(
        &run,
        &["line 3, column 3 (approved): `lots`", "line 2: it is of one list with line 3", "3  refused"],
    );
    let before = sandbox.files();
    sandbox.pmo("import project.cost cost.csv --write --skip-refused --rejects r.csv").ok();
    std::fs::remove_file(sandbox.path("r.csv")).unwrap();
    assert_eq!(before, sandbox.files(), "half a list would lose the other half");
}

#[test]
fn the_dry_run_shows_what_new_records_would_say() {
    let sandbox = Sandbox::register();
    sandbox.write(
        "p.csv",
        "name,manager,budget.approved,schedule.finish,purpose,tags\n\
         Alpha,Jana Novak,\"1.200,50\",31.12.26,One place for every customer and for all that they ever bought from us,\"a\nb\"\n",
    );
    let run = sandbox.pmo("import projects p.csv").ok();
    tells(
        &run,
        &[
            "  alpha  Alpha\n    manager: jana-novak · budget.approved: 1200.50 · schedule.finish: 2026-12-31",
            "purpose: One place for every customer and for al",
            "tags: [\"a\", \"b\"] · state: proposed",
        ],
    );
    let told = json(&sandbox.pmo("import projects p.csv -O json").ok());
    let fields = told["added"][0]["fields"].as_array().unwrap();
    let value = |key: &str| fields.iter().find(|field| field["key"] == key).map(|field| field["to"].clone());
    assert_eq!(value("budget.approved").unwrap().as_f64(), Some(1200.5));
    assert_eq!(value("tags").unwrap(), serde_json::json!(["a", "b"]));
    assert!(value("purpose").unwrap().as_str().unwrap().ends_with("bought from us"));
    sandbox.write("m.csv", "project,name,baseline\ncrm,Go-live,2027-01-31\n");
    tells(
        &sandbox.pmo("import milestones m.csv").ok(),
        &["crm#go-live  Go-live\n    id: go-live · baseline: 2027-01-31"],
    );
    // However many rows there are, twenty are shown.
    let many: String = (0..500).map(|at| format!("P{at},jana-novak\n")).collect();
    sandbox.write("many.csv", &format!("name,manager\n{many}"));
    let run = sandbox.pmo("import projects many.csv").ok();
    assert!(run.stdout.lines().count() < 60 && run.stdout.contains("… and 480 more"), "{run}");
}

#[test]
fn what_other_rows_of_a_column_settle_is_said_once() {
    let sandbox = Sandbox::register();
    sandbox.write(
        "p.csv",
        "name;manager;budget.approved;schedule.finish\nA;jana-novak;1.200;03/04/2027\nB;jana-novak;2.400;05/06/2027\n\
         C;jana-novak;1.234,50;31/12/2027\n",
    );
    let run = sandbox.pmo("import projects p.csv").ok();
    tells(
        &run,
        &[
            "column `budget.approved`: decimal comma, as in line 4",
            "column `schedule.finish`: the day before the month, as in line 4",
            "budget.approved: 1200 · schedule.finish: 2027-04-03",
        ],
    );
    assert_eq!(run.stdout.matches("decimal comma").count(), 1, "{run}");
    sandbox.write("p.csv", "name;manager;budget.approved\nA;jana-novak;1,234.50\nB;jana-novak;2.400,50\n");
    let run = sandbox.pmo("import projects p.csv").ok();
    tells(&run, &["decimal point in line 2 and decimal comma in line 3: each as it is"]);
}

#[test]
fn refused_rows_are_read_with_the_mapping_of_the_table_that_they_come_from() {
    let sandbox = Sandbox::register();
    sandbox.write(
        "map.toml",
        "[table]\nheader = 3\nencoding = \"windows-1252\"\ndelimiter = \";\"\n[column.Risk]\nfield = \"title\"\n\
         [column.P]\nfield = \"probability\"\n[column.Project]\nfield = \"project\"\n",
    );
    sandbox.write_bytes(
        "r.csv",
        b"Risks of B\xFCro;;\nas of today;;\nProject;Risk;P\ncrm;B\xFCro zu;lots\ncrm;Good;3\n",
    );
    sandbox.pmo("import risks r.csv --map map.toml --write --skip-refused").ok();
    let mended = sandbox.read("r.rejects.csv").replace("lots", "4");
    assert!(mended.contains("Büro zu"), "{mended}");
    sandbox.write("r.rejects.csv", &mended);
    sandbox.pmo("import risks r.rejects.csv --map map.toml --write").ok();
    assert!(sandbox.read("projects/crm/risks/R-002.toml").contains("title = \"Büro zu\"\nprobability = 4"));
    // Mended in a spreadsheet program and saved as a workbook.
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("r.rejects").unwrap();
    for (row, cells) in
        [["Project", "Risk", "P", "refused because"], ["crm", "Third", "2", "P: `x` is no number"]]
            .iter()
            .enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), *cell).unwrap();
        }
    }
    sandbox.write_bytes("r.rejects.xlsx", &book.save_to_buffer().unwrap());
    let map = sandbox.read("map.toml").replace("[table]\n", "[table]\nsheet = \"Risk log\"\n");
    sandbox.write("map.toml", &map);
    let run = sandbox.pmo("import risks r.rejects.xlsx --map map.toml").ok();
    tells(&run, &["sheet r.rejects · header in row 1 · 1 row", "1  to add", "crm/R-003  Third"]);
}

#[test]
fn a_total_with_notes_below_it_is_no_record() {
    let sandbox = Sandbox::register();
    sandbox.write(
        "p.csv",
        "name,manager,budget.approved\nA,jana-novak,5\nSumme,,5\n,,\nSource: finance,,\nAs of 31.10.2026,,\n",
    );
    let run = sandbox.pmo("import projects p.csv").ok();
    tells(
        &run,
        &["1  to add", "line 3 left out: totals at the end", "lines 5 and 6 left out: notes below the total"],
    );
}

#[test]
fn people_are_told_as_the_table_names_them() {
    let sandbox = Sandbox::register();
    sandbox.write("p.csv", "name,manager,sponsor\nA,Jana Novák,jana-novak\nB,Jana Novák,Zoë Amsel\n");
    let run = sandbox.pmo("import projects p.csv").ok();
    tells(&run, &["Zoë Amsel (zoe-amsel, line 3)", "manager: jana-novak"]);
    assert!(!run.stdout.contains("(jana-novak"), "she is known: {run}");
    let told = json(&sandbox.pmo("import projects p.csv -O json").ok());
    let zoe = told["unknown_people"].as_array().unwrap().iter().find(|one| one["id"] == "zoe-amsel").unwrap();
    assert_eq!((zoe["name"].as_str(), zoe["row"].as_u64()), (Some("Zoë Amsel"), Some(3)));
}

#[test]
fn reasons_show_what_the_cell_says() {
    let sandbox = Sandbox::register();
    sandbox.write(
        "map.toml",
        "[column.Name]\nfield = \"name\"\n[column.PM]\nfield = \"manager\"\n[column.Money]\nfield = \"budget.approved\"\nunit = 1_000_000\n",
    );
    sandbox.write("p.csv", "Name,PM,Money\nA,jana-novak,(£1.5)\n");
    let run = sandbox.pmo("import projects p.csv --map map.toml").exits(1);
    tells(&run, &["line 2, column 3 (Money): -1500000 is negative; the cell says `(£1.5)`"]);
}

#[test]
fn a_change_at_the_end_of_a_long_text_is_in_sight() {
    let sandbox = Sandbox::register();
    let text =
        "The vendor has confirmed the interface in writing and the tests of the second wave begin in March";
    sandbox.write("projects/crm/risks/R-001.toml", &format!("title = \"Late\"\nplan = \"{text} 2027\"\n"));
    sandbox.write("r.csv", &format!("project,title,plan\ncrm,Late,{text} 2028\n"));
    let run = sandbox.pmo("import risks r.csv").ok();
    tells(&run, &["March 2027\n", "→ …", "March 2028\n"]);
}

#[test]
fn a_folder_and_a_table_without_rows_are_told() {
    let sandbox = Sandbox::register();
    let run = sandbox.pmo("import projects projects").exits(2);
    assert!(
        run.stderr.contains("projects is a folder") && run.stderr.contains("pmo import all projects"),
        "{run}"
    );
    sandbox.write("h.csv", "name,manager\n");
    for more in ["", " --write"] {
        let run = sandbox.pmo(&format!("import projects h.csv{more}")).ok();
        assert!(run.stderr.contains("the table has a header and no rows"), "{run}");
    }
}

#[test]
fn columns_of_the_same_name_are_told_apart() {
    let sandbox = Sandbox::register();
    sandbox.write("p.csv", "Name,PM,Date,Date\nA,jana-novak,2026-01-01,2027-01-01\n");
    let map = sandbox.pmo("import projects p.csv --guess").ok().stdout;
    assert!(map.contains("[column.\"Date\"]") && map.contains("[column.\"Date (2)\"]"), "{map}");
    sandbox.write(
        "map.toml",
        "[column.Name]\nfield = \"name\"\n[column.PM]\nfield = \"manager\"\n[column.Date]\nfield = \"schedule.start\"\n\
         [column.\"Date (2)\"]\nfield = \"schedule.finish\"\n",
    );
    let run = sandbox.pmo("import projects p.csv --map map.toml").ok();
    tells(
        &run,
        &["the other is `Date (2)` here", "schedule.start: 2026-01-01 · schedule.finish: 2027-01-01"],
    );
}
