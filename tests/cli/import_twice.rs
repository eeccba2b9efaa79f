//! A record that stands twice in one file is told the second time, however the rows name it.

use super::harness::Sandbox;

/// What a dry run of a table of projects says.
fn told(sandbox: &Sandbox, rows: &str) -> String {
    sandbox.write("p.csv", rows);
    sandbox.pmo("import projects p.csv").stdout
}

#[test]
fn a_row_with_a_name_and_one_with_the_id() {
    let sandbox = Sandbox::register();
    let run = told(&sandbox, "name,id,manager\nAlpha,,jana-novak\nAlpha,alp,jana-novak\n");
    assert!(run.contains("line 3, column 1 (name): `Alpha` stands in line 2 already"), "{run}");
    assert!(run.contains("give each an id of its own"), "{run}");
    let run = told(&sandbox, "name,id,manager\nAlpha,alp,jana-novak\nalpha ,,jana-novak\n");
    assert!(run.contains("line 3, column 1 (name): `alpha` stands in line 2 already"), "{run}");
    let run = told(&sandbox, "name,id,manager\nCRM migration,,jana-novak\nRenamed,crm,jana-novak\n");
    assert!(run.contains("line 3, column 2 (id): `crm` stands in line 2 already"), "{run}");
    let run = told(&sandbox, "name,id,manager\nRenamed,crm,jana-novak\nRenamed,,jana-novak\n");
    assert!(run.contains("line 3, column 1 (name): `Renamed` stands in line 2 already"), "{run}");
    // The first row is refused for another reason, and has its record all the same.
    let run =
        told(&sandbox, "name,id,manager,budget.approved\nAlpha,,jana-novak,lots\nAlpha,alp,jana-novak,1\n");
    assert!(
        run.contains("`lots`") && run.contains("line 3, column 1 (name): `Alpha` stands in line 2"),
        "{run}"
    );
}

#[test]
fn rows_with_ids_of_their_own_may_have_one_name_and_are_told_of_others() {
    let sandbox = Sandbox::register();
    let run = told(
        &sandbox,
        "name,id,manager\nAlpha,a-1,jana-novak\nAlpha,a-2,jana-novak\nCRM migration,crm-2,jana-novak\n",
    );
    assert!(run.contains("3  to add") && !run.contains("Refused"), "{run}");
    assert!(run.contains("line 4: CRM migration ~ CRM migration (crm)"), "{run}");
    assert!(!run.contains("line 3: Alpha ~"), "their ids say that they are two: {run}");
}

#[test]
fn a_row_with_a_key_and_one_with_the_id() {
    let sandbox = Sandbox::register();
    sandbox.write(
        "map.toml",
        "[match]\nby = \"custom.ref\"\n[column.Ref]\nfield = \"custom.ref\"\n[column.Id]\nfield = \"id\"\n\
         [column.Name]\nfield = \"name\"\n[column.PM]\nfield = \"manager\"\n",
    );
    let told = |rows: &str| {
        sandbox.write("k.csv", rows);
        sandbox.pmo("import projects k.csv --map map.toml")
    };
    let run = told("Ref,Id,Name,PM\nP-1,,Alpha,jana-novak\nP-1,alp,Alpha again,jana-novak\n");
    assert!(run.stdout.contains("line 3, column 1 (Ref): the key `P-1` stands in line 2 already"), "{run}");
    let run = told("Ref,Id,Name,PM\nP-1,alp,Alpha,jana-novak\nP-1,,Alpha again,jana-novak\n");
    assert!(run.stdout.contains("line 3, column 1 (Ref): the key `P-1` stands in line 2 already"), "{run}");
    sandbox.replace(
        "pmo.toml",
        "[register]",
        "[[field]]\nkind = \"project\"\nname = \"ref\"\ntype = \"text\"\n[register]",
    );
    sandbox.write("k.csv", "Ref,Id,Name,PM\nP-1,alp,Alpha,jana-novak\n");
    sandbox.pmo("import projects k.csv --map map.toml --write").ok();
    let run = told("Ref,Id,Name,PM\nP-1,other,Alpha,jana-novak\n");
    assert!(run.stdout.contains("the key `P-1` is that of alp"), "{run}");
    assert!(run.stdout.contains("the row says the id other: mend the one or the other"), "{run}");
}

#[test]
fn a_milestone_by_name_and_by_id() {
    let sandbox = Sandbox::register();
    sandbox.write("m.csv", "project,id,name,baseline\ncrm,,UAT,2026-10-01\ncrm,u-1,UAT,2026-11-01\n");
    let run = sandbox.pmo("import milestones m.csv").exits(1);
    assert!(run.stdout.contains("line 3, column 3 (name): `UAT` stands in line 2 already"), "{run}");
}
