//! The walk-through and the mapping of `docs/import.md`, run as they stand there.

use rust_xlsxwriter::Workbook;

use super::harness::Sandbox;

const PAGE: &str = include_str!("../../docs/import.md");

/// The first block of a language after a heading.
fn block(heading: &str, language: &str) -> String {
    let after = PAGE.split_once(heading).unwrap().1;
    let inner = after.split_once(&format!("```{language}\n")).unwrap().1;
    inner.split_once("```").unwrap().0.to_owned()
}

fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let at = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
                sheet.write_string(at.0, at.1, *cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn the_afternoon_is_as_it_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write("staff.csv", "name,email\nJana Novak,jana@x.example\n");
    let rows: &[&[&str]] =
        &[&["Ref", "Project", "PM", "Status"], &["P-1", "CRM migration", "Jana Novak", "In flight"]];
    sandbox.write_bytes("portfolio.xlsx", &workbook(&[("Cover", &[&["Northwind"]]), ("All", rows)]));
    let risks: &[&[&str]] = &[&["Project", "Risk"], &["CRM migration", "The vendor is late"]];
    sandbox.write_bytes("raid.xlsx", &workbook(&[("Issues", &[&["Issue"]]), ("Risks", risks)]));
    sandbox.write("risks.toml", "[column.Project]\nfield = \"project\"\n[column.Risk]\nfield = \"title\"\n");
    sandbox.write("finance.csv", "Projekt;Monat;Betrag\nCRM migration;Okt 2026;1.234,50\n");
    sandbox.write(
        "actuals.toml",
        "[column.Projekt]\nfield = \"project\"\n[column.Monat]\nfield = \"month\"\n[column.Betrag]\nfield = \"cost\"\n",
    );
    for line in block("## The afternoon", "sh").lines() {
        let line = line.split(" #").next().unwrap_or_default().trim();
        if let Some(git) = line.strip_prefix("git ") {
            let words: Vec<&str> = git.splitn(3, ' ').map(|word| word.trim_matches('"')).collect();
            sandbox.git(&words);
            continue;
        }
        let run = sandbox.pmo(line.strip_prefix("pmo ").unwrap());
        if line.contains("--guess") {
            // The correction that somebody makes, and the lines that the mapping asks for.
            let map =
                sandbox.read("projects.toml").replace("\"In flight\" = \"…\"", "\"In flight\" = \"active\"");
            sandbox.write("projects.toml", &map);
            let settings = sandbox.read("pmo.toml");
            let field = block("## The afternoon", "toml");
            assert!(field.lines().all(|line| map.contains(&format!("#   {line}"))), "{map}");
            sandbox.write("pmo.toml", &format!("{settings}\n{field}"));
        }
        let expected = i32::from(line == "pmo check");
        assert_eq!(run.code, expected, "{line}: {run}");
        if line.contains("--commit") {
            assert!(run.stderr.contains("committed "), "{line}: {run}");
        }
        assert!(!run.stdout.contains("custom-field"), "{run}");
    }
    assert!(sandbox.read("projects/crm-migration/project.toml").contains("ref = \"P-1\""));
    assert!(sandbox.read("projects/crm-migration/actuals/2026-10.toml").contains("cost = 1234.50"));
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
}

#[test]
fn the_mapping_of_the_page_can_be_used() {
    let sandbox = Sandbox::register();
    sandbox.write("map.toml", &block("## The mapping", "toml"));
    let rows: &[&[&str]] = &[
        &["Northwind"],
        &["State of October"],
        &["Ref", "Project", "Whole life cost (£m)", "DCA", "Dates", "Milestone: Go-live", "Remarks"],
        &["1", "Alpha", "1,5", "Amber/Red", "03/02/2026 to 31/03/2027", "31/01/2027", "x"],
        &["2", "Beta", "not set", "Exempt under Section 43", "03/02/2026 to 31/03/2027", "", ""],
        &["All projects", "", "1,5", "", "", "", ""],
    ];
    sandbox.write_bytes("book.xlsx", &workbook(&[("Portfolio", rows)]));
    let run = sandbox.pmo("import projects book.xlsx --map map.toml --write").ok();
    assert!(run.stdout.contains("row 6 left out: totals at the end"), "{run}");
    let alpha = sandbox.read("projects/p-alpha/project.toml");
    for expected in [
        "manager = \"pmo\"",
        "approved = 1_500_000",
        "dca = \"amber-red\"",
        "start = 2026-02-03\nfinish = 2027-03-31",
        "name = \"Go-live\"\nbaseline = 2027-01-31",
    ] {
        assert!(alpha.contains(expected), "{expected}: {alpha}");
    }
    assert!(!sandbox.read("projects/p-beta/project.toml").contains("[budget]"));
}
