//! Input that no register should hold and no command should trip over: each gets one clear paragraph.

use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use snapbox::{assert_data_eq, str};

use crate::harness::{Run, Sandbox};

const RISK: &str = "projects/crm/risks/R-001.toml";

/// Checks a register in which the one risk is this; the rest of it must still be looked at.
fn check_with_risk(bytes: &[u8]) -> Run {
    let sandbox = Sandbox::register().with("people/other.toml", "nmae = \"Still seen\"\n");
    sandbox.write_bytes(RISK, bytes);
    let before = sandbox.files();
    let run = sandbox.pmo("check").exits(1);
    assert!(run.stdout.contains("people/other.toml"), "the other file is hidden: {run}");
    assert_eq!(before, sandbox.files());
    let run = sandbox.pmo_args(&["check", RISK]).exits(1);
    assert!(run.stdout.contains(RISK), "{run}");
    run
}

#[test]
fn a_file_in_another_encoding() {
    assert_data_eq!(
        check_with_risk(b"title = \"Gr\xfcn\"\n"),
        str![[r#"
$ pmo check projects/crm/risks/R-001.toml
--- stdout
error[not-utf8]: the file is not UTF-8 text (first wrong byte in line 1)
 ╭▸ projects/crm/risks/R-001.toml
 ╰ help: save it as UTF-8; letters such as ä or é from an older encoding are the usual cause

1 finding in 1 of 1 file: 1 error
--- exit 1

"#]]
    );
    assert_data_eq!(
        check_with_risk(b"\xff\xfet\0i\0t\0l\0e\0"),
        str![[r#"
$ pmo check projects/crm/risks/R-001.toml
--- stdout
error[not-utf8]: the file is UTF-16 text, not UTF-8
 ╭▸ projects/crm/risks/R-001.toml
 ╰ help: save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8)

1 finding in 1 of 1 file: 1 error
--- exit 1

"#]]
    );
}

#[test]
fn an_empty_file() {
    assert_data_eq!(
        check_with_risk(b""),
        str![[r#"
$ pmo check projects/crm/risks/R-001.toml
--- stdout
error[empty-file]: the file is empty
 ╭▸ projects/crm/risks/R-001.toml
 ╰ help: fill it in, or remove it; `git log -p` shows what it once said

1 finding in 1 of 1 file: 1 error
--- exit 1

"#]]
    );
    assert!(check_with_risk(b"\xef\xbb\xbf\r\n").stdout.contains("empty-file"));
}

#[test]
fn a_truncated_file() {
    assert_data_eq!(
        check_with_risk(b"title = \"Vendor late\"\nplan = \"\"\"\nCall them\n"),
        str![[r#"
$ pmo check projects/crm/risks/R-001.toml
--- stdout
error[syntax-error]: a text in three quotes is never closed
  ╭▸ projects/crm/risks/R-001.toml:4:1
  │
4 │
  │ ━
  │
  ╰ help: end it with three of the quotes that it began with

1 finding in 1 of 1 file: 1 error
--- exit 1

"#]]
    );
    assert_data_eq!(
        check_with_risk(b"title = \"Vendor late\"\nimpact = { cost = 4,"),
        str![[r#"
$ pmo check projects/crm/risks/R-001.toml
--- stdout
error[syntax-error]: an inline table is not closed, or its commas are not right
  ╭▸ projects/crm/risks/R-001.toml:2:21
  │
2 │ impact = { cost = 4,
  │                     ━
  │
  ╰ help: write  { cost = 4, schedule = 3 }

1 finding in 1 of 1 file: 1 error
--- exit 1

"#]]
    );
}

#[test]
fn a_file_of_ten_megabytes() {
    let mut text = b"title = \"Long\"\n".to_vec();
    text.resize(10 * 1024 * 1024, b'#');
    assert_data_eq!(
        check_with_risk(&text),
        str![[r#"
$ pmo check projects/crm/risks/R-001.toml
--- stdout
error[unreadable-file]: projects/crm/risks/R-001.toml is larger than 8 MiB, which no record is; move it out of the register or into the project's docs/
 ─▸ projects/crm/risks/R-001.toml

1 finding in 1 of 1 file: 1 error
--- exit 1

"#]]
    );
}

#[test]
fn one_line_of_a_megabyte() {
    let mut text = b"title = 1\nplan = \"".to_vec();
    text.resize(1024 * 1024, b'x');
    let run = check_with_risk(&text);
    assert!(run.stdout.len() < 2_000, "{} bytes printed", run.stdout.len());
}

#[test]
fn a_deeply_nested_file() {
    assert_data_eq!(
        check_with_risk(format!("title = \"T\"\nlinks = {}", "[".repeat(100_000)).as_bytes()),
        str![[r#"
$ pmo check projects/crm/risks/R-001.toml
--- stdout
error[too-deep]: nested more than 32 levels deep
 ╭▸ projects/crm/risks/R-001.toml:2:41
 ╰ help: no record needs that: look for brackets or dots that are not meant

1 finding in 1 of 1 file: 1 error
--- exit 1

"#]]
    );
    let dotted = format!("title = \"T\"\n{}x = 1\n", "a.".repeat(100_000));
    assert!(check_with_risk(dotted.as_bytes()).stdout.contains("too-deep"));
    let inline = format!("title = \"T\"\nimpact = {}1{}", "{ a = ".repeat(50_000), " }".repeat(50_000));
    assert!(check_with_risk(inline.as_bytes()).stdout.contains("too-deep"));
}

#[test]
fn a_file_of_a_thousand_mistakes() {
    let text: String = (0..1_000).map(|n| format!("key_{n} = {n}\n")).collect();
    let run = check_with_risk(text.as_bytes());
    let shown = run.stdout.matches("error[").count();
    assert!((50..=101).contains(&shown), "{shown}");
}

#[test]
fn days_that_no_calendar_has() {
    assert_data_eq!(
        check_with_risk(
            b"title = \"T\"\nowner = \"jana-novak\"\nresponse = \"accept\"\nraised = 2026-02-30\n"
        ),
        str![[r#"
$ pmo check projects/crm/risks/R-001.toml
--- stdout
error[syntax-error]: this is not a date of the calendar
  ╭▸ projects/crm/risks/R-001.toml:4:10
  │
4 │ raised = 2026-02-30
  │          ━━━━━━━━━━
  │
  ╰ help: write year, month and day as 2026-11-20, without quotes

1 finding in 1 of 1 file: 1 error
--- exit 1

"#]]
    );
    assert_data_eq!(
        check_with_risk(
            b"title = \"T\"\nowner = \"jana-novak\"\nresponse = \"accept\"\nraised = \"2026-02-30\"\n"
        ),
        str![[r#"
$ pmo check projects/crm/risks/R-001.toml
--- stdout
error[wrong-type]: `raised` must be a date, not text
  ╭▸ projects/crm/risks/R-001.toml:4:10
  │
4 │ raised = "2026-02-30"
  │          ━━━━━━━━━━━━
  │
  ╰ help: year, month and day: raised = 2026-11-20

1 finding in 1 of 1 file: 1 error
--- exit 1

"#]]
    );
    let sandbox = Sandbox::register();
    assert_data_eq!(
        sandbox.pmo("check --today 2026-02-30"),
        str![[r#"
$ pmo check --today 2026-02-30
--- stderr
error: invalid value '2026-02-30' for '--today <DATE>': `2026-02-30` is not a date: write it as 2026-11-20

For more information, try '--help'.
--- exit 2

"#]]
    );
    assert_data_eq!(
        Sandbox::register().env("PMO_TODAY", "Friday").pmo("check"),
        str![[r#"
$ pmo check
--- stderr
error: invalid value 'Friday' for '--today <DATE>': `Friday` is not a date: write it as 2026-11-20

For more information, try '--help'.
--- exit 2

"#]]
    );
}

#[test]
fn numbers_over_the_range() {
    assert_data_eq!(
        check_with_risk(b"title = \"T\"\nowner = \"jana-novak\"\nresponse = \"accept\"\nplan_cost = 99999999999999999999999999999999\nprobability = 300\nchance = 1e400\n"),
        str![[r#"
$ pmo check projects/crm/risks/R-001.toml
--- stdout
error[invalid-value]: `plan_cost` has more digits than a figure can have
  ╭▸ projects/crm/risks/R-001.toml:4:13
  │
4 │ plan_cost = 99999999999999999999999999999999
  │             ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
  │
  ╰ help: at most 28 digits are kept exactly

error[invalid-value]: `probability` must be from 0 to 255
  ╭▸ projects/crm/risks/R-001.toml:5:15
  │
5 │ probability = 300
  ╰╴              ━━━

error[invalid-value]: `chance` has more digits than a figure can have
  ╭▸ projects/crm/risks/R-001.toml:6:10
  │
6 │ chance = 1e400
  │          ━━━━━
  │
  ╰ help: at most 28 digits are kept exactly

3 findings in 1 of 1 file: 3 errors
--- exit 1

"#]]
    );
    assert_data_eq!(
        check_with_risk(b"title = \"T\"\nowner = \"jana-novak\"\nresponse = \"accept\"\nplan_cost = nan\ncost_effect = -inf\n"),
        str![[r#"
$ pmo check projects/crm/risks/R-001.toml
--- stdout
error[invalid-value]: `nan` is not a figure
  ╭▸ projects/crm/risks/R-001.toml:4:13
  │
4 │ plan_cost = nan
  │             ━━━
  │
  ╰ help: write a number, or delete the line: a missing value is simply missing

error[invalid-value]: `-inf` is not a figure
  ╭▸ projects/crm/risks/R-001.toml:5:15
  │
5 │ cost_effect = -inf
  │               ━━━━
  │
  ╰ help: write a number, or delete the line: a missing value is simply missing

2 findings in 1 of 1 file: 2 errors
--- exit 1

"#]]
    );
}

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

/// Commands with a name that no record may have: each is refused, and nothing is written.
#[test]
fn ids_that_would_leave_the_register() {
    let sandbox = Sandbox::register().with(RISK, "title = \"Vendor late\"\n");
    sandbox.git_init();
    let before = sandbox.files();
    let long = "x".repeat(65);
    let too_long = "x".repeat(300);
    for name in [
        "../crm2",
        "..",
        "a/b",
        "/etc",
        "nul",
        "CRM2",
        "x\ny",
        "x\u{1b}[2J",
        "",
        long.as_str(),
        too_long.as_str(),
    ] {
        let commands: [&[&str]; 4] = [
            &["mv", "crm", name],
            &["set", name, "name=X"],
            &["rm", name],
            &["check", &format!("crm/{name}/R-001")],
        ];
        for command in commands {
            let run = sandbox.pmo_args(command).exits(2);
            assert!(run.stdout.is_empty() && run.stderr.starts_with("error: "), "{run}");
            assert!(!run.stderr.contains('\u{1b}'), "{run:?}");
            assert_eq!(sandbox.files(), before, "{run}");
        }
    }
    assert_data_eq!(
        sandbox.pmo_args(&["mv", "crm", "../crm2"]),
        str![[r#"
$ pmo mv crm ../crm2
--- stderr
error: `../crm2` cannot be the id of a project
help: an id has small letters, digits and - inside, at most 64 of them: crm-migration
--- exit 2

"#]]
    );
    assert_data_eq!(
        sandbox.pmo_args(&["mv", "crm", "nul"]),
        str![[r#"
$ pmo mv crm nul
--- stderr
error: `nul` cannot be the id of a project
help: an id has small letters, digits and - inside, at most 64 of them: crm-migration
--- exit 2

"#]]
    );
    assert_data_eq!(
        sandbox.pmo_args(&["set", "../../etc/passwd", "name=X"]),
        str![[r#"
$ pmo set ../../etc/passwd name=X
--- stderr
error: there is no record `../../etc/passwd` in this register
help: `pmo find TEXT` looks for records by their words
--- exit 2

"#]]
    );
}

#[test]
fn values_that_cannot_be() {
    let sandbox = Sandbox::register();
    let before = sandbox.files();
    for value in [
        "schedule.finish=2026-02-30",
        "schedule.finish=soon",
        "budget.approved=1e400",
        "budget.approved=99999999999999999999999999999999",
        "budget.approved=nan",
        "state=actve",
        "sponser=jana-novak",
        "budget=5",
        "name",
        "=5",
        "a..b=1",
    ] {
        let run = sandbox.pmo_args(&["set", "crm", value]).exits(2);
        assert!(run.stdout.is_empty(), "{run}");
        assert_eq!(sandbox.files(), before, "{run}");
    }
    assert_data_eq!(
        sandbox.pmo("set crm schedule.finish=2026-02-30"),
        str![[r#"
$ pmo set crm schedule.finish=2026-02-30
--- stderr
error: `schedule.finish` must be a date, not text
help: year, month and day: finish = 2026-11-20
--- exit 2

"#]]
    );
    assert_data_eq!(
        sandbox.pmo("set crm budget.approved=1e400"),
        str![[r#"
$ pmo set crm budget.approved=1e400
--- stderr
error: `budget.approved` has more digits than a figure can have
help: at most 28 digits are kept exactly
--- exit 2

"#]]
    );
    assert_data_eq!(
        sandbox.pmo("set crm state=actve"),
        str![[r#"
$ pmo set crm state=actve
--- stderr
error: `state` cannot be "actve"
help: did you mean "active"? Known are `proposed`, `approved`, `active`, `on-hold`, `closing`, `closed` and `terminated`
--- exit 2

"#]]
    );
}

#[test]
fn a_change_to_a_file_that_is_broken_or_a_link() {
    let sandbox = Sandbox::register().with(RISK, "title = \"cut off\n");
    let outside = sandbox.dir().parent().unwrap().join("outside.toml");
    std::fs::write(&outside, "title = \"Outside\"\n").unwrap();
    symlink(&outside, sandbox.path("projects/crm/risks/R-002.toml")).unwrap();
    symlink("R-004.toml", sandbox.path("projects/crm/risks/R-003.toml")).unwrap();
    sandbox.write("projects/crm/risks/R-004.toml", "title = \"Inside\"\n");
    let before = sandbox.files();
    assert_data_eq!(
        sandbox.pmo("set crm/R-001 title=Mended"),
        str![[r#"
$ pmo set crm/R-001 title=Mended
--- stderr
error: `title` could not be set
  because the file has a mistake that must be mended first: a text is not closed on its line
help: `pmo check projects/crm/risks/R-001.toml` shows where, `pmo edit crm/R-001` opens the file
--- exit 2

"#]]
    );
    assert_data_eq!(
        sandbox.pmo("set crm/R-002 title=Changed"),
        str![[r#"
$ pmo set crm/R-002 title=Changed
--- stderr
error: projects/crm/risks/R-002.toml is a link to [ROOT]/outside.toml, which is not in the register; put the file itself there, or link to a file inside the register by a relative path
--- exit 2

"#]]
    );
    assert_data_eq!(
        sandbox.pmo("set crm/R-003 title=Changed"),
        str![[r#"
$ pmo set crm/R-003 title=Changed
--- stderr
error: projects/crm/risks/R-003.toml is a link, and writing would replace it; edit the file that it leads to, or remove the link first
--- exit 2

"#]]
    );
    assert_eq!(sandbox.files(), before);
    assert_eq!(std::fs::read_to_string(&outside).unwrap(), "title = \"Outside\"\n");
}

#[test]
fn a_change_where_nothing_may_be_written() {
    let sandbox = Sandbox::register().with(RISK, "title = \"Vendor late\"\n");
    let Some(reader) = sandbox.as_reader() else {
        eprintln!("skipped: this test needs to change its user");
        return;
    };
    let before = sandbox.files();
    assert_data_eq!(
        reader.pmo("set crm/R-001 title=Changed"),
        str![[r#"
$ pmo set crm/R-001 title=Changed
--- stderr
error: cannot make .pmo: permission denied; look at its owner and mode (ls -l), or ask whoever shares it
--- exit 2

"#]]
    );
    assert_data_eq!(
        reader.pmo("rm crm/R-001"),
        str![[r#"
$ pmo rm crm/R-001
--- stderr
error: cannot make .pmo: permission denied; look at its owner and mode (ls -l), or ask whoever shares it
--- exit 2

"#]]
    );
    reader.pmo("mv crm crm2").exits(2);
    reader.pmo("init elsewhere").exits(2);
    assert_eq!(sandbox.files(), before);
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

#[test]
fn no_command_trips_over_a_register_of_mistakes() {
    let sandbox = Sandbox::fixture("mistakes");
    let before = sandbox.files();
    for line in [
        "",
        "check",
        "report portfolio",
        "report portfolio -O json",
        "report portfolio -O yaml",
        "report portfolio -O markdown",
        "report portfolio -O csv",
        "report project alpha",
        "report project delta",
        "report project gamma",
        "find e",
        "show alpha",
        "show gamma",
        "show delta",
        "show alpha/R-001",
        "show alpha/2026-W46",
        "show @amir-haddad",
        "status due",
        "status open --all --dry-run",
        "set delta name=X --dry-run",
        "mv delta epsilon --dry-run",
        "rm delta/R-001 --dry-run",
    ] {
        let run = sandbox.pmo(line);
        assert!((0..=2).contains(&run.code), "{run}");
        assert!(!run.stderr.contains("panicked"), "{run}");
        assert!(run.code != 2 || run.stdout.is_empty(), "{run}");
        assert_eq!(sandbox.files(), before, "{run}");
    }
}

#[test]
fn records_with_impossible_names_are_not_begun() {
    let sandbox = Sandbox::register();
    let before = sandbox.files();
    let long = "x".repeat(300);
    for name in ["../x", "..", "a/b", "/etc", "nul", "CRM2", "x\ny", "", long.as_str()] {
        let home = format!("{name}/..");
        let commands: [&[&str]; 8] = [
            &["project", "add", name, "--name", "X", "--manager", "jana-novak"],
            &["programme", "add", name, "--name", "X"],
            &["person", "add", name, "--name", "X"],
            &["objective", "add", name, "--name", "X"],
            &["risk", "add", name, "--title", "T"],
            &["risk", "add", &home, "--title", "T"],
            &["status", "new", name],
            &["template", "new", "charter", name],
        ];
        for command in commands {
            let run = sandbox.pmo_args(command).exits(2);
            assert!(run.stdout.is_empty() && run.stderr.starts_with("error: "), "{run}");
            assert_eq!(sandbox.files(), before, "{run}");
        }
    }
}

#[test]
fn hostile_words_are_kept_and_shown_harmless() {
    let sandbox = Sandbox::register();
    let title = "\u{1b}[2J\u{202e}\nline = \"two\" ]] '''\"\"\" # = x";
    sandbox.pmo_args(&["risk", "add", "crm", "--title", title, "--owner", "jana-novak"]).ok();
    let json = sandbox.pmo("show crm/R-001 -O json").ok();
    assert!(json.json().to_string().contains("[2J"), "{json}");
    for line in ["show crm/R-001", "risk list", "report project crm", "find line", "check"] {
        let run = sandbox.pmo(line);
        let bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!run.stdout.contains(bad) && !run.stderr.contains(bad), "{run:?}");
    }
}

#[test]
fn files_that_came_by_mail() {
    let sandbox = Sandbox::register();
    let before = sandbox.files();
    let mail = sandbox.dir().parent().unwrap().join("mail.toml");
    let receive = |bytes: &[u8]| {
        std::fs::write(&mail, bytes).unwrap();
        let run = sandbox.pmo("status receive ../mail.toml --project crm --period 2026-W46");
        assert!(run.code == 1 || run.code == 2, "{run}");
        assert!(run.to_string().contains("mail.toml\n") || run.stderr.contains("mail.toml"), "{run}");
        assert!(run.stdout.len() < 5_000, "{} bytes", run.stdout.len());
        assert_eq!(sandbox.files(), before, "{run}");
    };
    receive(b"");
    receive(b"\xff\xfe\0");
    receive(b"summary = \"cut off");
    receive(&vec![b'#'; 10 * 1024 * 1024]);
    receive("[".repeat(100_000).as_bytes());
    receive(b"summary = 5\n[rag]\noverall = \"gren\"\n");
    sandbox.pmo("status receive nowhere.toml").exits(2);
    sandbox.pmo("status receive people").exits(2);
}
