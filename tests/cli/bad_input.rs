//! Files that no register should hold: each gets one clear paragraph, and hides no other.

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
error: PMO_TODAY is `Friday`, which is no date
help: write it like this: 2026-11-20
--- exit 2

"#]]
    );
}

#[test]
fn a_figure_with_something_else_in_it_is_told_why_it_is_none() {
    for figure in ["1_4\t2", "14x", "1\u{a0}4"] {
        let run = check_with_risk(format!("title = \"T\"\nplan_cost = {figure}\n").as_bytes()).exits(1);
        assert!(!run.stdout.contains("more digits"), "{run}");
    }
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
fn a_mistake_in_the_settings_leaves_the_others_and_is_told_by_every_report() {
    let sandbox = Sandbox::register();
    sandbox.write(
        "pmo.toml",
        "[register]\nformat = 1\nname = \"Northwind IT\"\n\n[finance]\nfiscal_year_start = 13\n\n[reporting]\ncadence = \"monthly\"\n\n[[kpi]]\nmetric = \"bogus\"\n",
    );
    for line in ["report portfolio", "report finance", "report raid", "risk matrix"] {
        let run = sandbox.pmo(line).ok();
        assert!(run.stdout.contains("Northwind IT"), "{run}");
        assert!(
            run.stdout.contains("! pmo.toml has mistakes; where it has, the built-in settings count"),
            "{run}"
        );
    }
    let json = sandbox.pmo("report portfolio -O json").ok().json();
    assert_eq!(
        (&json["incomplete"]["are_settings_faulty"], &json["period"]),
        (&true.into(), &"2026-11".into())
    );
}
