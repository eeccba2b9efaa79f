//! Places where a register cannot be, names that cannot be, and links that lead out of it.

use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use snapbox::{assert_data_eq, str};

use crate::harness::Sandbox;

#[test]
fn names_that_no_record_may_have() {
    let sandbox = Sandbox::register();
    let long = "x".repeat(65);
    for name in ["nul", "CRM", "-x", "a_b", "x y", long.as_str(), "ů"] {
        sandbox.write(&format!("projects/{name}/project.toml"), "name = \"X\"\n");
    }
    for name in ["R-1", "R-0001", "R-000", "I-001", "R-002 (copy)", "R-\u{1b}[2J"] {
        sandbox.write(&format!("projects/crm/risks/{name}.toml"), "title = \"T\"\n");
    }
    sandbox.write("people/com1.toml", "name = \"Reserved\"\n");
    assert_data_eq!(
        sandbox.pmo("check -O concise"),
        str![[r#"
$ pmo check -O concise
--- stdout
people/com1.toml: error[misnamed-file] `com1.toml` is no name for a person, so it is not read
projects/-x: error[bad-id] `-x` cannot be the id of a project, so nothing in it is read
projects/CRM: error[bad-id] `CRM` cannot be the id of a project, so nothing in it is read
projects/a_b: error[bad-id] `a_b` cannot be the id of a project, so nothing in it is read
projects/crm/risks/I-001.toml: error[misnamed-file] `I-001.toml` is no name for a risk, so it is not read
projects/crm/risks/R-␛[2J.toml: error[misnamed-file] `R-␛[2J.toml` is no name for a risk, so it is not read
projects/crm/risks/R-000.toml: error[misnamed-file] `R-000.toml` is no name for a risk, so it is not read
projects/crm/risks/R-0001.toml: error[misnamed-file] `R-0001.toml` is no name for a risk, so it is not read
projects/crm/risks/R-002 (copy).toml: error[misnamed-file] `R-002 (copy).toml` is no name for a risk, so it is not read
projects/crm/risks/R-1.toml: error[misnamed-file] `R-1.toml` is no name for a risk, so it is not read
projects/nul: error[bad-id] `nul` cannot be the id of a project, so nothing in it is read
projects/x y: error[bad-id] `x y` cannot be the id of a project, so nothing in it is read
projects/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: error[bad-id] `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx` cannot be the id of a project, so nothing in it is read
projects/ů: error[bad-id] `ů` cannot be the id of a project, so nothing in it is read
14 findings in 14 of 14 files: 14 errors
--- exit 1

"#]]
    );
    let odd = sandbox.path("projects/crm/risks").join(std::ffi::OsStr::from_bytes(b"R-\xff.toml"));
    std::fs::write(odd, "title = \"T\"\n").unwrap();
    let run = sandbox.pmo("check -O concise").exits(1);
    assert!(run.stdout.contains("R-\u{fffd}.toml: error[misnamed-file] this is no regular file"), "{run}");
}

#[test]
fn links_that_lead_out_of_the_register() {
    let sandbox = Sandbox::register();
    sandbox.write(
        "projects/crm/risks/R-005.toml",
        "title = \"Real\"\nowner = \"jana-novak\"\nresponse = \"accept\"\n",
    );
    let outside = sandbox.dir().parent().unwrap().join("secret.toml");
    std::fs::write(&outside, "title = \"Outside\"\n").unwrap();
    symlink(&outside, sandbox.path("projects/crm/risks/R-001.toml")).unwrap();
    symlink("../../../../secret.toml", sandbox.path("projects/crm/risks/R-002.toml")).unwrap();
    symlink("nowhere.toml", sandbox.path("projects/crm/risks/R-003.toml")).unwrap();
    symlink("R-004.toml", sandbox.path("projects/crm/risks/R-004.toml")).unwrap();
    symlink("R-005.toml", sandbox.path("projects/crm/risks/R-006.toml")).unwrap();
    symlink("/", sandbox.path("projects/root")).unwrap();
    symlink("..", sandbox.path("projects/crm/issues")).unwrap();
    let run = sandbox.pmo("check -O concise").exits(1);
    assert!(!run.stdout.contains("Outside"), "{run}");
    assert_data_eq!(
        run,
        str![[r#"
$ pmo check -O concise
--- stdout
projects/crm/issues: error[linked-folder] a link in the place of a folder is not followed
projects/crm/risks/R-001.toml: error[unreadable-file] projects/crm/risks/R-001.toml is a link to [ROOT]/secret.toml, which is not in the register; put the file itself there, or link to a file inside the register by a relative path
projects/crm/risks/R-002.toml: error[unreadable-file] projects/crm/risks/R-002.toml is a link to ../../../../secret.toml, which is not in the register; put the file itself there, or link to a file inside the register by a relative path
projects/crm/risks/R-003.toml: error[unreadable-file] there is no file projects/crm/risks/nowhere.toml
projects/crm/risks/R-004.toml: error[unreadable-file] projects/crm/risks/R-004.toml is a link to R-004.toml, which is not in the register; put the file itself there, or link to a file inside the register by a relative path
projects/root: error[linked-folder] a link in the place of a project is not followed
6 findings in 6 of 10 files: 6 errors
--- exit 1

"#]]
    );
}

#[test]
fn settings_that_cannot_be_read() {
    let check = |bytes: &[u8]| {
        let sandbox = Sandbox::register();
        sandbox.write_bytes("pmo.toml", bytes);
        sandbox.pmo("check -O concise")
    };
    assert_data_eq!(
        check(b""),
        str![[r#"
$ pmo check -O concise
--- stdout
pmo.toml: error[missing-field] pmo.toml needs `register`
1 finding in 1 of 4 files: 1 error
--- exit 1

"#]]
    );
    assert_data_eq!(
        check(b"[register]\nformat = 2\n"),
        str![[r#"
$ pmo check -O concise
--- stderr
error: this register is kept in format 2, and this pmo reads format 1: install a newer pmo
--- exit 2

"#]]
    );
    assert_data_eq!(
        check(b"[register]\nformat = 0\n"),
        str![[r#"
$ pmo check -O concise
--- stdout
pmo.toml:2:10: error[invalid-value] there is no format 0
1 finding in 1 of 4 files: 1 error
--- exit 1

"#]]
    );
    assert_data_eq!(
        check(b"[register\nformat = 1\n"),
        str![[r#"
$ pmo check -O concise
--- stdout
pmo.toml:1:10: error[syntax-error] a table header is not closed
1 finding in 1 of 4 files: 1 error
--- exit 1

"#]]
    );
    assert_data_eq!(
        check(b"[register]\nformat = 1\n[reporting]\ncadence = \"wekly\"\n"),
        str![[r#"
$ pmo check -O concise
--- stdout
pmo.toml:4:11: error[unknown-word] `reporting.cadence` cannot be "wekly"
1 finding in 1 of 4 files: 1 error
--- exit 1

"#]]
    );
}

#[test]
fn no_register_at_all() {
    let sandbox = Sandbox::new();
    assert_data_eq!(
        sandbox.pmo("check"),
        str![[r#"
$ pmo check
--- stderr
error: there is no pmo.toml in . or any folder above it; make a register with `pmo init`, or point at one with `-C DIR`
--- exit 2

"#]]
    );
    assert_data_eq!(
        sandbox.pmo("-C nowhere check"),
        str![[r#"
$ pmo -C nowhere check
--- stderr
error: cannot open nowhere: there is no such file or folder
--- exit 2

"#]]
    );
    std::fs::create_dir(sandbox.path("pmo.toml")).unwrap();
    sandbox.pmo("check").exits(2);
}

#[test]
fn a_bare_repository() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "--quiet", "--bare", "register.git"]);
    assert_data_eq!(
        sandbox.pmo("-C register.git check"),
        str![[r#"
$ pmo -C register.git check
--- stderr
error: [SANDBOX]/register.git is a bare git repository and has no work tree; clone it (git clone [SANDBOX]/register.git) and run pmo in the clone
--- exit 2

"#]]
    );
}

#[test]
fn without_git_on_a_detached_head_and_before_the_first_commit() {
    let sandbox = Sandbox::register();
    sandbox.pmo("check").ok();
    assert_data_eq!(
        sandbox.pmo("check --changed-since main"),
        str![[r#"
$ pmo check --changed-since main
--- stderr
error: [SANDBOX] is not in a git repository, so it has no history; make one with `git init`
--- exit 2

"#]]
    );
    sandbox.git(&["init", "--quiet"]);
    sandbox.pmo("check").ok();
    assert_data_eq!(
        sandbox.pmo("check --changed-since main"),
        str![[r#"
$ pmo check --changed-since main
--- stderr
error: the branch main has no commit yet; commit the register first (git add -A && git commit)
--- exit 2

"#]]
    );
    sandbox.commit("First").git(&["checkout", "--quiet", "--detach"]);
    sandbox.pmo("check").ok();
    sandbox.pmo("check --changed-since main").ok();
}

#[test]
fn a_folder_that_may_not_be_written() {
    let sandbox = Sandbox::fixture("mistakes");
    let Some(reader) = sandbox.as_reader() else {
        eprintln!("skipped: this test needs to change its user");
        return;
    };
    reader.pmo("check").exits(1);
    assert_data_eq!(
        reader.pmo("check -O json -o out.json"),
        str![[r#"
$ pmo check -O json -o out.json
--- stderr
error: cannot write out.json: permission denied; look at its owner and mode (ls -l), or ask whoever shares it
--- exit 2

"#]]
    );
    assert!(!sandbox.exists("out.json"));
}

#[test]
fn a_register_begun_where_none_can_be() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "--quiet", "--bare", "bare.git"]);
    sandbox.write("file", "x");
    let before = sandbox.files();
    for line in
        ["init bare.git", "demo bare.git", "init bare.git/inner", "init file", "demo file", "init file/inner"]
    {
        let run = sandbox.pmo(line).exits(2);
        assert!(run.stdout.is_empty() && run.stderr.starts_with("error: "), "{run}");
        assert_eq!(sandbox.files(), before, "{run}");
    }
    sandbox.pmo("init register").ok();
    sandbox.pmo("init register/projects/nested").exits(2);
    sandbox.pmo("demo register").exits(2);
}

#[test]
fn a_reader_that_goes_away() {
    let sandbox = Sandbox::fixture("mistakes");
    for (command, code) in
        [("check", "0"), ("show alpha", "2"), ("report portfolio", "0"), ("status due", "0")]
    {
        let script = format!(
            "( sleep 0.1; \"$0\" {command}; echo $? > code ) 2>&1 | true; while ! [ -s code ]; do sleep 0.05; done"
        );
        let program = snapbox::cmd::cargo_bin!("pmo").to_string_lossy().into_owned();
        sandbox.sh(&script, &program);
        assert_eq!(sandbox.read("code").trim(), code, "{command}");
        std::fs::remove_file(sandbox.path("code")).unwrap();
    }
}
