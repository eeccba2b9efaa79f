//! Commands with impossible names and values, and commands on registers of mistakes: nothing is written.

use std::os::unix::fs::symlink;

use snapbox::{assert_data_eq, str};

use crate::harness::Sandbox;

const RISK: &str = "projects/crm/risks/R-001.toml";

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
        reader.pmo("rm crm/R-001 --force"),
        str![[r#"
$ pmo rm crm/R-001 --force
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
        assert!(run.stdout.contains("mail.toml") || run.stderr.contains("mail.toml"), "{run}");
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

#[test]
fn usage_asks_for_no_day_when_the_environment_has_one() {
    let run = Sandbox::register().pmo("decision decide").exits(2);
    assert!(run.stderr.contains("Usage: ") && !run.stderr.contains("--today"), "{run}");
    assert!(Sandbox::register().pmo("check --help").ok().stdout.contains("[env: PMO_TODAY]"));
}
