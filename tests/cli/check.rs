//! `pmo check`: mistakes in files, the formats, what is looked at, and what fails.

use snapbox::{assert_data_eq, file, str};

use crate::harness::Sandbox;

#[test]
fn a_register_without_mistakes_is_all_clear() {
    assert_data_eq!(
        Sandbox::register().pmo("check"),
        str![[r#"
$ pmo check
--- stdout
all clear: no findings in 4 files
--- exit 0

"#]]
    );
    let quiet = Sandbox::register().pmo("check -q").ok();
    assert_eq!(quiet.stdout, "");
}

#[test]
fn every_planted_mistake_is_shown_with_its_place_and_remedy() {
    let run = Sandbox::fixture("mistakes").pmo("check").exits(1);
    assert_data_eq!(run, file!["../fixtures/mistakes.human.txt"]);
}

#[test]
fn every_planted_mistake_is_a_line() {
    let run = Sandbox::fixture("mistakes").pmo("check -O concise").exits(1);
    assert_data_eq!(run, file!["../fixtures/mistakes.concise.txt"]);
}

#[test]
fn machine_formats_hold_the_same_findings() {
    let sandbox = Sandbox::fixture("mistakes");
    let lines = sandbox.pmo("check -O concise").stdout.lines().count() - 1;
    assert!(lines >= 32, "{lines}");
    let json = sandbox.pmo("check -O json").exits(1).json();
    assert_eq!(json["kind"], "check");
    assert_eq!(json["day"], "2026-11-20");
    assert_eq!(json["problems"].as_array().unwrap().len(), lines);
    assert_eq!(json["summary"]["problems"], lines);
    let sarif = sandbox.pmo("check -O sarif").exits(1).json();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), lines);
    let gitlab = sandbox.pmo("check -O gitlab").exits(1).json();
    assert_eq!(gitlab.as_array().unwrap().len(), lines);
    let github = sandbox.pmo("check -O github").exits(1);
    assert_eq!(github.stdout.lines().filter(|line| line.starts_with("::")).count(), lines);
    let junit = sandbox.pmo("check -O junit").exits(1);
    assert_eq!(junit.stdout.matches("<testcase ").count(), lines);
}

#[test]
fn one_broken_file_hides_no_other() {
    let sandbox = Sandbox::register();
    sandbox.write("projects/crm/risks/R-001.toml", "title = \"cut off");
    sandbox.write("projects/crm/risks/R-002.toml", "titel = \"Misspelt\"\n");
    let run = sandbox.pmo("check -O concise").exits(1);
    for file in ["R-001.toml:1:", "R-002.toml"] {
        assert!(run.stdout.contains(file), "{run}");
    }
}

#[test]
fn paths_and_references_narrow_what_is_looked_at() {
    let sandbox = Sandbox::fixture("mistakes");
    let files = |line: &str| -> Vec<String> {
        let json = sandbox.pmo(&format!("check -O json {line}")).json();
        let mut files: Vec<String> = json["problems"]
            .as_array()
            .unwrap()
            .iter()
            .map(|problem| problem["file"].as_str().unwrap().to_owned())
            .collect();
        files.dedup();
        files
    };
    assert_eq!(files("people"), ["people/amir-haddad.toml"]);
    assert_eq!(files("projects/alpha/benefits/B-001.toml"), ["projects/alpha/benefits/B-001.toml"]);
    assert_eq!(files("alpha/B-001"), ["projects/alpha/benefits/B-001.toml"]);
    assert_eq!(files("./projects/../requests"), ["requests/REQ-0002.toml", "requests/REQ-1.toml"]);
    assert_eq!(files("gamma people").len(), 2);
    assert_eq!(files("."), files(""));
    assert_eq!(files("-C projects/alpha benefits"), ["projects/alpha/benefits/B-001.toml"]);
    assert_data_eq!(
        sandbox.pmo("check projects/alhpa"),
        str![[r#"
$ pmo check projects/alhpa
--- stderr
error: there is no file, folder or record `projects/alhpa`
help: did you mean `projects/alpha`?
--- exit 2

"#]]
    );
}

#[test]
fn levels_follow_the_command_line() {
    let sandbox = Sandbox::register();
    sandbox.write("projects/crm/risk/R-001.toml", "title = \"In the wrong folder\"\n");
    assert_data_eq!(
        sandbox.pmo("check"),
        str![[r#"
$ pmo check
--- stdout
warning[unknown-folder]: nothing in the folder `projects/crm/risk` is read
 ╭▸ projects/crm/risk
 ├ help: did you mean `risks`?
 ╰ more: pmo explain unknown-folder

1 finding in 1 of 4 files: 1 warning
--- exit 0

"#]]
    );
    sandbox.pmo("check --fail-level warning").exits(1);
    sandbox.pmo("check -D unknown-folder").exits(1);
    sandbox.pmo("check -D unknown-folder --fail-level never").exits(0);
    let allowed = sandbox.pmo("check -A unknown-folder").exits(0);
    assert!(allowed.stdout.contains("all clear"), "{allowed}");
    assert_data_eq!(
        sandbox.pmo("check -A unkown-folder"),
        str![[r#"
$ pmo check -A unkown-folder
--- stderr
error: there is no rule `unkown-folder`
help: did you mean `unknown-folder`?
--- exit 2

"#]]
    );
}

#[test]
fn who_removes_a_milestone_answers_for_what_refers_to_it() {
    let sandbox = Sandbox::register();
    let milestone = "[[milestone]]\nid = \"go-live\"\nbaseline = 2026-12-01\n";
    let charter = sandbox.read("projects/crm/project.toml");
    sandbox.write("projects/crm/project.toml", &format!("{charter}\n{milestone}"));
    sandbox.write("projects/crm/risks/R-001.toml", "title = \"Old\"\nlinks = [\"#never-there\"]\n");
    sandbox.write("projects/crm/risks/R-002.toml", "title = \"Late\"\nlinks = [\"#go-live\"]\n");
    sandbox.git_init();
    sandbox.git(&["switch", "--quiet", "-c", "work"]);
    sandbox.pmo("check --changed-since main").ok();
    sandbox.write("projects/crm/project.toml", &format!("{charter}# shorter\n"));
    let told = |run: crate::harness::Run| {
        let found: Vec<_> =
            run.stdout.lines().filter(|line| line.contains("risks/")).map(str::to_owned).collect();
        assert!(found.len() == 1 && found[0].contains("R-002.toml:2:"), "{run}");
    };
    told(sandbox.pmo("check -O concise --changed-since main").exits(1));
    sandbox.git(&["add", "-A"]);
    told(sandbox.pmo("check -O concise --staged").exits(1));
}

#[test]
fn changed_since_shows_what_the_branch_touched() {
    let sandbox = Sandbox::register();
    sandbox.write("projects/crm/risks/R-001.toml", "titel = \"On main\"\n");
    sandbox.git_init();
    sandbox.git(&["switch", "--quiet", "-c", "work"]);
    sandbox.write("projects/crm/risks/R-002.toml", "titel = \"Committed\"\n");
    sandbox.commit("Add a risk");
    sandbox.write("projects/crm/risks/R-003.toml", "titel = \"New\"\n");
    sandbox.replace("projects/crm/project.toml", "state = \"active\"", "state = \"actve\"");
    let run = sandbox.pmo("check -O concise --changed-since main").exits(1);
    assert_data_eq!(
        run,
        str![[r#"
$ pmo check -O concise --changed-since main
--- stdout
projects/crm/project.toml:4:9: error[unknown-word] `state` cannot be "actve"
projects/crm/risks/R-002.toml: error[missing-field] a risk needs `title`
projects/crm/risks/R-002.toml:1:1: error[unknown-key] a risk has no field `titel`
projects/crm/risks/R-003.toml: error[missing-field] a risk needs `title`
projects/crm/risks/R-003.toml:1:1: error[unknown-key] a risk has no field `titel`
5 findings in 3 of 3 files: 5 errors
--- exit 1

"#]]
    );
    assert_data_eq!(
        sandbox.pmo("check --changed-since mian"),
        str![[r#"
$ pmo check --changed-since mian
--- stderr
error: git knows no revision "mian"; `git log --oneline` and `git tag` list what there is
--- exit 2

"#]]
    );
}

#[test]
fn hosts_see_paths_from_the_root_of_the_repository() {
    let sandbox = Sandbox::new();
    sandbox.write("registers/it/pmo.toml", "[register]\nformat = 1\n");
    sandbox.write("registers/it/people/jana.toml", "nmae = \"Jana\"\n");
    sandbox.git_init();
    let path = "registers/it/people/jana.toml";
    let sarif = sandbox.pmo("-C registers/it check -O sarif").json();
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], path);
    assert_eq!(sandbox.pmo("-C registers/it check -O gitlab").json()[0]["location"]["path"], path);
    assert!(sandbox.pmo("-C registers/it check -O github").stdout.contains(&format!("file={path},")));
    let concise = sandbox.pmo("-C registers/it check -O concise");
    assert!(concise.stdout.starts_with("people/jana.toml: "), "{concise}");
}

#[test]
fn output_goes_to_a_file_when_asked() {
    let sandbox = Sandbox::fixture("mistakes");
    let run = sandbox.pmo("check -O json -o findings.json").exits(1);
    assert_eq!(run.stdout, "");
    assert!(sandbox.read("findings.json").contains("\"kind\": \"check\""));
}

#[test]
fn hostile_text_reaches_no_terminal() {
    let sandbox = Sandbox::register();
    sandbox.write("projects/crm/risks/R-001.toml", "title = \"\u{9b}31m\u{202e}\" \n\"a\\u001b[2J\" = 1\n");
    for format in ["human", "concise", "github", "junit"] {
        let run = sandbox.pmo(&format!("check -O {format}")).exits(1);
        let bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!run.stdout.contains(bad), "{run:?}");
    }
}

#[test]
fn every_finding_can_be_explained() {
    let sandbox = Sandbox::fixture("mistakes");
    let json = sandbox.pmo("check -O json").json();
    let problems = json["problems"].as_array().unwrap();
    let codes: std::collections::BTreeSet<&str> =
        problems.iter().map(|problem| problem["code"].as_str().unwrap()).collect();
    assert!(codes.len() > 20, "{codes:?}");
    for code in codes {
        let page = sandbox.pmo(&format!("explain {code}")).ok();
        assert!(page.stdout.starts_with(&format!("# {code}\n")), "{page}");
        assert!(page.stdout.contains("## How to fix it"), "{page}");
    }
}

#[test]
fn who_removes_a_record_answers_for_what_refers_to_it_in_other_files() {
    let sandbox = Sandbox::register()
        .with("projects/crm/risks/R-001.toml", "title = \"one\"\nowner = \"jana-novak\"\n")
        .with("projects/crm/risks/R-002.toml", "title = \"two\"\nlinks = [\"D-009\"]\n");
    sandbox.git_init();
    sandbox.git(&["switch", "-q", "-c", "work"]);
    std::fs::remove_file(sandbox.path("projects/crm/risks/R-001.toml")).unwrap();
    sandbox.commit("removed");
    sandbox.git(&["switch", "-q", "main"]);
    sandbox.write("projects/crm/issues/I-001.toml", "title = \"i\"\nfrom = \"R-001\"\n");
    sandbox.commit("referred");
    sandbox.git(&["merge", "-q", "--no-edit", "work"]);
    let run = sandbox.pmo("check -O concise --changed-since HEAD^1").exits(1);
    assert!(run.stdout.contains("I-001.toml") && run.stdout.contains("dangling-reference"), "{run}");
    assert!(!run.stdout.contains("R-002"), "what was there before is not the request's: {run}");
}
