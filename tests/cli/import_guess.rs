//! `pmo import --guess`: the mapping that is proposed can be used as it is, and says where it was in doubt.

use rust_xlsxwriter::Workbook;

use super::harness::Sandbox;

/// The mapping that is proposed for a table, which is written to `map.toml` too.
fn guessed(sandbox: &Sandbox, line: &str) -> String {
    let map = sandbox.pmo(&format!("import {line} --guess")).ok().stdout;
    sandbox.write("map.toml", &map);
    map
}

#[test]
fn the_sheet_with_the_headings_is_taken_and_written_down() {
    let sandbox = Sandbox::register();
    let mut book = Workbook::new();
    let cover = book.add_worksheet().set_name("Cover").unwrap();
    cover.write_string(0, 0, "Northwind").unwrap();
    cover.write_string(1, 0, "State of October").unwrap();
    let sheet = book.add_worksheet().set_name("All projects").unwrap();
    sheet.write_string(0, 0, "Portfolio").unwrap();
    for (row, cells) in
        [["Project name", "Project manager", "Budget"], ["Alpha", "Jana Novak", "5"]].iter().enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (u32::try_from(row).unwrap() + 2, u16::try_from(column).unwrap());
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
    sandbox.write_bytes("book.xlsx", &book.save_to_buffer().unwrap());
    let map = guessed(&sandbox, "projects book.xlsx");
    assert!(map.contains("[table]\nsheet = \"All projects\"\nheader = 3\n"), "{map}");
    assert!(map.contains("# - 1 other sheet was not read (Cover)"), "{map}");
    let run = sandbox.pmo("import projects book.xlsx --map map.toml").ok();
    assert!(run.stdout.contains("sheet All projects · header in row 3 · 1 row"), "{run}");
    assert!(run.stdout.contains("budget.approved: 5"), "{run}");
}

#[test]
fn the_very_name_of_a_field_is_taken_before_what_is_like_it() {
    let sandbox = Sandbox::register();
    sandbox.write(
        "a.csv",
        "Project,Month,Actual,Cost,Cost\ncrm,2026-10,1,\"1,200\",3\ncrm,2026-11,2,\"1,234.50\",4\n",
    );
    let map = guessed(&sandbox, "actuals a.csv");
    assert!(map.contains("[column.\"Actual\"]   # 1 · 2\nignore = true"), "{map}");
    assert!(map.contains("field = \"cost\"\ndecimal = \".\" "), "{map}");
    assert!(map.contains("[column.\"Cost (2)\"]"), "{map}");
    // Booked costs have no names to be found by.
    assert!(
        !map.contains("[match]") && map.contains("finds its record again by its project and month"),
        "{map}"
    );
    let run = sandbox.pmo("import actuals a.csv --map map.toml").ok();
    assert!(run.stdout.contains("cost: 1200") && run.stdout.contains("2  to add"), "{run}");
}

#[test]
fn both_decimal_signs_in_a_column_are_said_and_none_is_proposed() {
    let sandbox = Sandbox::register();
    sandbox.write("p.csv", "Name;Manager;Budget\nA;Jana Novak;1,234.50\nB;Jana Novak;1.234,50\n");
    let map = guessed(&sandbox, "projects p.csv");
    assert!(map.contains("# column `Budget`: decimal point in line 2 and decimal comma in line 3"), "{map}");
    assert!(!map.contains("decimal = "), "{map}");
    sandbox.pmo("import projects p.csv --map map.toml").ok();
}

#[test]
fn a_field_of_ones_own_comes_with_the_lines_that_declare_it() {
    let sandbox = Sandbox::register();
    sandbox.write("p.csv", "Ref;Name;Manager\nP-1;A;Jana Novak\n");
    let map = guessed(&sandbox, "projects p.csv");
    assert!(map.contains("by = \"custom.ref\""), "{map}");
    let lines: Vec<&str> = map.lines().filter_map(|line| line.strip_prefix("#   ")).skip(1).collect();
    assert_eq!(lines, ["[[field]]", "kind = \"project\"", "name = \"ref\"", "type = \"text\""], "{map}");
    let told = sandbox.pmo("import projects p.csv --map map.toml").ok();
    assert!(told.stdout.contains("pmo.toml declares no field `ref` for `project`"), "{told}");
    let settings = sandbox.read("pmo.toml");
    sandbox.write("pmo.toml", &format!("{settings}\n{}\n", lines.join("\n")));
    let again = guessed(&sandbox, "projects p.csv");
    assert!(!again.contains("[[field]]"), "it is declared: {again}");
    sandbox.pmo("import projects p.csv --map map.toml --write").ok();
    let checked = sandbox.pmo("check a");
    assert!(!checked.stdout.contains("custom-field"), "{checked}");
}

#[test]
fn columns_of_days_are_proposed_as_milestones() {
    let sandbox = Sandbox::register();
    sandbox.write(
        "p.csv",
        "Project name,Project manager,Go-live date,Milestone: Design complete,Milestone: UAT sign-off,\
         Milestone: UAT forecast,Last updated,Milestone 1,Milestone 1 date\n\
         Alpha,Jana Novak,2027-01-31,31.12.26,,2027-02-02,2026-11-01,Contract signed,03/04/2026\n\
         Beta,Jana Novak,tbc,31.12.26,28/02/2027,2027-02-02,2026-11-01,n/a,31/12/2026\n",
    );
    let map = guessed(&sandbox, "projects p.csv");
    assert!(
        map.contains("field = \"milestone[id=go-live].baseline\" # a milestone; or: ignore = true"),
        "{map}"
    );
    assert!(
        map.contains(
            "[column.\"Milestone: *\"]   # milestones, called as the * says: Design complete, UAT sign-off\n\
             field = \"milestone[id=*].baseline\"\noptional = true\n"
        ),
        "{map}"
    );
    assert!(
        map.contains("[column.\"Milestone: UAT forecast\"]")
            && map.contains("what is expected or reached comes with status reports"),
        "{map}"
    );
    let own =
        "ignore = true                # or, as a milestone: field = \"milestone[id=last-updated].baseline\"";
    assert!(map.contains(own), "{map}");
    sandbox.pmo("import projects p.csv --map map.toml --write").ok();
    let alpha = sandbox.read("projects/alpha/project.toml");
    for expected in [
        "id = \"go-live\"\nname = \"Go-live\"\nbaseline = 2027-01-31",
        "id = \"design-complete\"\nname = \"Design complete\"\nbaseline = 2026-12-31",
        "id = \"milestone-1\"\nname = \"Contract signed\"\nbaseline = 2026-04-03",
    ] {
        assert!(alpha.contains(expected), "{expected} is not in\n{alpha}");
    }
    assert!(!alpha.contains("uat"), "an empty cell is no milestone: {alpha}");
    let beta = sandbox.read("projects/beta/project.toml");
    assert!(
        beta.contains("id = \"uat-sign-off\"\nname = \"UAT sign-off\""),
        "as the header writes it: {beta}"
    );
    // Somebody renames it in the register: the header does not name it back.
    sandbox.replace(
        "projects/alpha/project.toml",
        "name = \"Go-live\"",
        "name = \"Go-live of all branches\"",
    );
    let again = sandbox.pmo("import projects p.csv --map map.toml").ok();
    assert!(again.stdout.contains("2  the same already"), "{again}");
}
