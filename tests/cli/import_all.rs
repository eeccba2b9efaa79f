//! `pmo import all`: what `pmo export` wrote, as one change; what is counted, refused and kept; and what `--commit` finds.

use super::harness::Sandbox;

/// The example register, its export as CSV, and an empty register beside it.
fn exported() -> Sandbox {
    let sandbox = Sandbox::examples();
    sandbox.pmo("export csv -o ../csv").ok();
    sandbox.write("../empty/pmo.toml", &sandbox.read("pmo.toml"));
    sandbox
}

#[test]
fn records_are_counted_once_however_many_tables_speak_of_them() {
    let sandbox = exported();
    let run = sandbox.pmo("-C ../empty import all ../csv").ok();
    let records = run.stderr.split(' ').next().unwrap_or_default().to_owned();
    assert!(
        run.stderr.contains("records added; nothing was written") && !run.stderr.contains("changed"),
        "{run}"
    );
    assert!(run.stdout.contains(" status reports\n"), "{run}");
    assert!(
        run.stdout.lines().any(|line| line.starts_with("project.milestone ") && line.contains(" rows of ")),
        "{run}"
    );
    let run = sandbox.pmo("-C ../empty import all ../csv -O json --write").ok();
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((told["added"].to_string(), told["changed"].as_u64()), (records, Some(0)), "{}", run.stderr);
    assert_eq!((told["kind"].as_str(), told["written"].as_bool()), (Some("import-all"), Some(true)));
    let project = told["tables"].as_array().unwrap().iter().find(|table| table["file"] == "project").unwrap();
    assert!(project["added"][0]["fields"].as_array().is_some_and(|fields| !fields.is_empty()), "{project}");
}

#[test]
fn refused_rows_are_kept_in_a_folder_that_comes_in_as_the_whole_did() {
    let sandbox = exported();
    let risks = sandbox.read("../csv/risk.csv").replacen(",open,", ",ajar,", 1);
    assert!(risks.contains(",ajar,"));
    sandbox.write("../csv/risk.csv", &risks);
    let run = sandbox.pmo("-C ../empty import all ../csv --write").exits(2);
    assert!(run.stderr.contains("1 refused row in ../csv.rejects, with the reasons"), "{run}");
    let rejects = sandbox.read("../csv.rejects/risk.csv");
    assert!(rejects.contains("refused because") && rejects.contains("cannot be `ajar`"), "{rejects}");
    sandbox.pmo("-C ../empty import all ../csv --write --skip-refused").ok();
    assert!(!sandbox.exists("../csv-2.rejects"), "the same rows stand there already");
    sandbox.write("../csv.rejects/risk.csv", &rejects.replace(",ajar,", ",open,"));
    let run = sandbox.pmo("-C ../empty import all ../csv.rejects --write").ok();
    assert!(run.stderr.contains("1 record added"), "{run}");
    let risks = risks.replacen(",open,", ",ajar,", 1);
    sandbox.write("../csv/risk.csv", &risks);
    sandbox.pmo("-C ../empty import all ../csv --write").exits(2);
    assert!(sandbox.exists("../csv-2.rejects/risk.csv"), "what was mended is not written over");
}

#[test]
fn what_changes_is_shown_field_by_field() {
    let sandbox = exported();
    let projects = sandbox.read("../csv/project.csv").replacen("CRM migration", "CRM renewal", 1);
    sandbox.write("../csv/project.csv", &projects);
    let run = sandbox.pmo("import all ../csv").ok();
    assert!(run.stdout.contains("name  CRM migration → CRM renewal"), "{run}");
    assert!(run.stderr.contains("1 record changed; nothing was written"), "{run}");
}

#[test]
fn a_commit_of_what_was_written_before_is_pointed_at() {
    let sandbox = Sandbox::register();
    sandbox.git_init();
    sandbox.write("r.csv", "project,title\ncrm,Late\n");
    sandbox.pmo("import risks r.csv --write").ok();
    let run = sandbox.pmo("import risks r.csv --write --commit").ok();
    let told = "1 file was written before and is not committed: `git add projects` and `git commit` do that";
    assert!(run.stderr.contains(told), "{run}");
    sandbox.git(&["add", "projects"]);
    sandbox.git(&["commit", "-qm", "risks"]);
    let run = sandbox.pmo("import risks r.csv --write --commit").ok();
    assert!(!run.stderr.contains("not committed"), "{run}");
}

#[test]
fn records_of_nearly_the_same_name_are_told_also_of_a_table_in_one_line() {
    let sandbox = Sandbox::register();
    sandbox.write("../out/project.csv", "id,name,manager,state\ncrm-2,CRM migratoin,jana-novak,active\n");
    let run = sandbox.pmo("import all ../out").ok();
    let told = "line 2: CRM migratoin is nearly CRM migration (crm), and is added beside it";
    assert!(
        run.stdout.contains("project                     1 project added\n") && run.stdout.contains(told),
        "{run}"
    );
}

#[test]
fn words_that_the_settings_lack_come_back_as_they_went() {
    let sandbox = exported();
    let settings = sandbox.read("pmo.toml").replace("\"Sales\", ", "").replace("\"commercial\", ", "");
    assert!(!settings.contains("\"Sales\""));
    sandbox.write("../empty/pmo.toml", &settings);
    let run = sandbox.pmo("-C ../empty import all ../csv --write").ok();
    assert!(run.stdout.contains("`division` is `Sales` in line"), "{run}");
    assert!(run.stdout.contains("which pmo.toml does not list: `pmo check` will say so"), "{run}");
    assert!(sandbox.pmo("-C ../empty check").stdout.contains("word-outside-vocabulary"));
    // Of a table of one's own the word is refused.
    sandbox.write("../mine.csv", "name,manager,division\nNew one,jana-novak,Sales\n");
    let run = sandbox.pmo("-C ../empty import projects ../mine.csv").exits(1);
    assert!(run.stdout.contains("line 2, column 3 (division): `division` cannot be `Sales`"), "{run}");
}
