//! `pmo init`: a register begins, and nothing that was there is touched.

use crate::harness::Sandbox;

#[test]
fn a_register_begins_in_a_repository_of_its_own() {
    let sandbox = Sandbox::new();
    let run = sandbox.pmo_args(&["init", "register", "--name", "Northwind \"IT\"", "--currency", "chf"]).ok();
    assert_eq!(run.stdout, "", "{run}");
    for said in ["a new git repository", "reads everything in it", "cd ", "pmo project add", "git add --all"]
    {
        assert!(run.stderr.contains(said), "{said}: {run}");
    }
    let config = sandbox.read("register/pmo.toml");
    assert!(
        config.contains("name = \"Northwind \\\"IT\\\"\"") || config.contains("name = 'Northwind \"IT\"'"),
        "{config}"
    );
    assert!(config.contains("currency = \"CHF\"") && config.contains("cadence = \"weekly\""), "{config}");
    for path in [
        ".git",
        ".gitattributes",
        "README.md",
        "projects/.gitkeep",
        "people/.gitkeep",
        ".pmo/.gitignore",
        ".pmo/schema/status.json",
        ".pmo/schema/pmo.json",
    ] {
        assert!(sandbox.exists(&format!("register/{path}")), "{path}");
    }
    assert!(!sandbox.exists("register/templates"));
    let guide = sandbox.read("register/README.md");
    assert!(guide.contains("pmo status submit") && guide.contains("Northwind"), "{guide}");
    // Every file is meant for git, and the register has no mistakes.
    sandbox.git(&["-C", "register", "add", "--all"]);
    assert!(sandbox.git(&["-C", "register", "ls-files"]).contains(".pmo/schema/risk.json"));
}

#[test]
fn a_second_time_changes_nothing_and_adds_what_is_missing() {
    let sandbox = Sandbox::new();
    sandbox.pmo("init --no-git").ok();
    sandbox.replace("pmo.toml", "currency = \"EUR\"", "currency = \"GBP\"");
    let before = sandbox.files();
    let run = sandbox.pmo("init --no-git").ok();
    assert!(run.stderr.contains("nothing is missing"), "{run}");
    assert_eq!(sandbox.files(), before);
    std::fs::remove_file(sandbox.path(".gitattributes")).unwrap();
    sandbox.pmo("init --no-git --templates").ok();
    assert!(sandbox.exists(".gitattributes") && sandbox.exists("templates/charter.md"));
    assert!(sandbox.read("pmo.toml").contains("GBP"));
    let run = sandbox.pmo("init --currency CHF").exits(2);
    assert!(run.stderr.contains("holds a register already"), "{run}");
}

#[test]
fn files_that_are_there_are_left_and_the_guide_goes_beside() {
    let sandbox = Sandbox::new().with("README.md", "# Ours\n").with(".gitattributes", "* -text\n");
    sandbox.git(&["init", "-q"]);
    let run = sandbox.pmo("init").ok();
    assert!(
        run.stderr.contains("README.md was there") && run.stderr.contains(".gitattributes was there"),
        "{run}"
    );
    assert!(!run.stderr.contains("new git repository"), "{run}");
    assert_eq!(sandbox.read("README.md"), "# Ours\n");
    assert!(sandbox.read("REPORTING.md").contains("pmo status submit"));
}

#[test]
fn a_dry_run_writes_nothing() {
    let sandbox = Sandbox::new().with("README.md", "# Ours\n");
    let run = sandbox.pmo("init --dry-run").ok();
    assert!(run.stdout.contains("new     pmo.toml") && run.stdout.contains("kept    README.md"), "{run}");
    assert_eq!(sandbox.files().len(), 1);
    assert!(!sandbox.exists(".git"));
}

#[test]
fn a_register_may_lie_in_a_folder_of_a_repository_but_not_in_another_register() {
    let sandbox = Sandbox::new().with("code/main.rs", "");
    sandbox.git(&["init", "-q"]);
    sandbox.pmo("init pmo/register --name N").ok();
    assert!(!sandbox.exists("pmo/register/.git"));
    let run = sandbox.pmo("init pmo/register/projects/x").exits(2);
    assert!(run.stderr.contains("registers do not nest"), "{run}");
    assert!(!sandbox.exists("pmo/register/projects/x"));
}

#[test]
fn what_cannot_be_a_register_is_refused_and_nothing_is_written() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "-q", "--bare", "bare.git"]);
    let before = sandbox.files();
    for (args, said) in [
        (vec!["init", "bare.git"], "bare git repository"),
        (vec!["init", "--currency", "XX"], "not a currency"),
        (vec!["init", "--name", "a\nb"], "control character"),
        (vec!["init", "--cadence", "daily"], "possible values"),
    ] {
        let run = sandbox.pmo_args(&args).exits(2);
        assert!(run.stderr.contains(said), "{said}: {run}");
    }
    assert_eq!(sandbox.files(), before);
}
