//! `--at`: reading commands read the register as it stood, and say which commit that is.

use crate::harness::Sandbox;

/// A register whose project was called otherwise every week, with the first report in week 46.
fn weeks() -> Sandbox {
    let sandbox = Sandbox::register();
    std::fs::remove_file(sandbox.path("projects/crm/status/2026-W47.toml")).unwrap();
    sandbox.git(&["init", "--quiet"]);
    for (day, name) in [("2026-10-30", "October"), ("2026-11-06", "Week 45"), ("2026-11-13", "Week 46")] {
        named(&sandbox, name);
        sandbox.commit_at(name, &format!("{day}T16:00:00+01:00"));
    }
    named(&sandbox, "Week 47");
    sandbox.commit("Week 47");
    sandbox
}

fn named(sandbox: &Sandbox, name: &str) {
    let charter = sandbox.read("projects/crm/project.toml");
    let rest = charter.split_once('\n').unwrap().1;
    sandbox.write("projects/crm/project.toml", &format!("name = \"{name}\"\n{rest}"));
}

/// The name of the project, and the day and source of the report, as a report has it.
#[track_caller]
fn stood(sandbox: &Sandbox, at: &str) -> (String, String, String) {
    let run = sandbox.pmo_args(&["report", "project", "crm", "-O", "json", "--at", at]).ok();
    let json = run.json();
    let word = |key: &str| json[key].as_str().unwrap().to_owned();
    let source = word("source");
    let source = source.split_once(' ').unwrap().1.split_once(' ').map_or("", |(_, words)| words).to_owned();
    (json["standing"]["name"].as_str().unwrap_or_default().to_owned(), word("day"), source)
}

fn told(name: &str, day: &str, source: &str) -> (String, String, String) {
    (name.to_owned(), day.to_owned(), source.to_owned())
}

#[test]
fn a_date_or_period_moves_the_day_and_a_revision_does_not() {
    let sandbox = weeks();
    sandbox.git(&["tag", "v1", "HEAD~2"]);
    sandbox.git(&["branch", "side", "HEAD~1"]);
    for (at, name, day, source) in [
        ("HEAD", "Week 47", "2026-11-20", ""),
        ("HEAD~3", "October", "2026-11-20", ""),
        ("v1", "Week 45", "2026-11-20", "(tag v1)"),
        ("side", "Week 46", "2026-11-20", "(branch side)"),
        ("2026-11-10", "Week 45", "2026-11-10", "(the newest by 2026-11-10)"),
        ("2026-11-13", "Week 46", "2026-11-13", "(the newest by 2026-11-13)"),
        ("yesterday", "Week 46", "2026-11-19", "(the newest by 2026-11-19)"),
        ("2 weeks ago", "Week 45", "2026-11-06", "(the newest by 2026-11-06)"),
        ("last-month", "October", "2026-10-31", "(the newest by the end of 2026-10)"),
        ("2026-W45", "Week 45", "2026-11-08", "(the newest by the end of 2026-W45)"),
        ("this-week", "Week 47", "2026-11-20", "(the newest by the end of 2026-W47)"),
    ] {
        assert_eq!(stood(&sandbox, at), told(name, day, source), "{at}");
    }
}

#[test]
fn today_wins_and_relative_dates_count_from_it() {
    let sandbox = weeks();
    let run = |line: &str| {
        let json = sandbox.pmo(line).ok().json();
        (json["standing"]["name"].as_str().unwrap().to_owned(), json["day"].as_str().unwrap().to_owned())
    };
    let project = "report project crm -O json";
    let of = |name: &str, day: &str| (name.to_owned(), day.to_owned());
    assert_eq!(run(&format!("{project} --at 2026-11-06 --today 2026-11-12")), of("Week 45", "2026-11-12"));
    assert_eq!(run(&format!("{project} --at yesterday --today 2026-11-13")), of("Week 45", "2026-11-13"));
}

#[test]
fn a_closed_period_is_what_closed_it() {
    let sandbox = weeks();
    sandbox.write(
        "periods/2026-W46.toml",
        "state = \"closed\"\nclosed_on = 2026-11-20\nclosed_by = \"jana-novak\"\n",
    );
    named(&sandbox, "As published");
    sandbox.commit("Close week 46");
    sandbox.git(&["tag", "report/2026-W46"]);
    named(&sandbox, "Later");
    sandbox.commit("Later");
    let expected = told("As published", "2026-11-15", "(tag report/2026-W46, the close of 2026-W46)");
    assert_eq!(stood(&sandbox, "2026-W46"), expected);
    assert_eq!(stood(&sandbox, "2026-11-15").0, "Week 46", "a day is a day");
}

#[test]
fn the_last_commit_is_a_clean_work_tree() {
    let sandbox = Sandbox::new();
    sandbox.pmo("demo northwind").ok();
    let here = |line: &str| sandbox.pmo(&format!("-C northwind {line}"));
    for line in [
        "report portfolio",
        "report period",
        "report board",
        "report project crm-migration",
        "report portfolio -O html",
        "report portfolio -O json",
        "report portfolio --audience public -O markdown",
        "report period --period 2026-W46 -O yaml",
        "status due --all",
        "status series crm-migration",
        "period list",
        "risk list",
        "check -O concise",
        "show crm-migration",
        "find vendor",
        "",
    ] {
        let now = here(line);
        let then = here(&format!("{line} --at HEAD"));
        let head = now.stdout.split("work tree on ").nth(1).map(|rest| rest[..7].to_owned());
        let source = head.map_or_else(String::new, |head| format!("work tree on {head}"));
        // In a terminal the source stands at the right edge, so blanks stand before it.
        let without = |text: &str, source: &str| -> Vec<String> {
            text.lines().map(|line| line.replace(source, "").replace("  ", "")).collect()
        };
        let commit = source.replace("work tree on", "commit");
        assert_eq!(without(&now.stdout, &source), without(&then.stdout, &commit), "{line}");
        assert_eq!(now.code, then.code, "{line}");
    }
}

#[test]
fn what_lies_on_the_disk_is_neither_read_nor_touched() {
    let sandbox = weeks();
    named(&sandbox, "Unsaved");
    sandbox.write("projects/crm/risks/R-001.toml", "broken = ");
    sandbox.write("pmo.toml", "[register\n");
    let before = (sandbox.files(), sandbox.git(&["status", "--porcelain"]));
    assert_eq!(stood(&sandbox, "HEAD").0, "Week 47");
    sandbox.pmo("check --at HEAD --fail-level never").ok();
    assert_eq!(sandbox.pmo("risk list --at HEAD -O ids").ok().stdout, "");
    assert_eq!((sandbox.files(), sandbox.git(&["status", "--porcelain"])), before);
}

#[test]
fn commands_that_write_refuse_it() {
    let sandbox = weeks();
    let before = sandbox.files();
    for line in ["set crm state=closed", "status new crm", "risk add crm --title x", "close crm", "init x"] {
        let run = sandbox.pmo(&format!("{line} --at HEAD")).exits(2);
        assert!(run.stderr.contains("does not go with --at"), "{run}");
    }
    assert_eq!(sandbox.files(), before);
    let run = sandbox.pmo("check --staged --at HEAD").exits(2);
    assert!(run.stderr.contains("--staged looks at the files as they are"), "{run}");
}

#[test]
fn a_command_that_names_no_source_says_beside_what_it_read() {
    let sandbox = weeks();
    let run = sandbox.pmo("show crm -O toml --at 2026-11-06").ok();
    assert!(run.stdout.starts_with("name = \"Week 45\"\n"), "{run}");
    let id = sandbox.git(&["rev-parse", "--short=7", "HEAD~2"]);
    assert_eq!(run.stderr, format!("as of commit {} (the newest by 2026-11-06)\n", id.trim()));
    assert_eq!(sandbox.pmo("-q show crm -O toml --at 2026-11-06").ok().stderr, "");
}

#[test]
fn what_cannot_be_found_is_told_precisely() {
    let sandbox = weeks();
    sandbox.git(&["tag", "release-1"]);
    for (at, said) in [
        ("lats-month", "did you mean `last-month`?"),
        ("relase-1", "did you mean `release-1`?"),
        ("2026-02-30", "no commit, tag, branch, date or period"),
        ("2025-01-01", "there was no register yet on 2025-01-01: its history begins with commit"),
        ("2027-W03", "2027-W03 is still to come"),
    ] {
        let run = sandbox.pmo_args(&["report", "portfolio", "--at", at]).exits(2);
        assert!(run.stderr.contains(said), "{run}");
        assert_eq!(run.stdout, "");
    }
    let run = Sandbox::register().pmo("report portfolio --at HEAD").exits(2);
    assert!(run.stderr.contains("is not in a git repository, so it has no history"), "{run}");
    let empty = Sandbox::register();
    empty.git(&["init", "--quiet"]);
    for at in ["HEAD", "yesterday", "last-month"] {
        let run = empty.pmo(&format!("report portfolio --at {at}")).exits(2);
        assert!(run.stderr.contains("the branch main has no commit yet"), "{run}");
    }
}
