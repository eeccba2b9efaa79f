//! Every renderer over the same problems, hostile ones among them.

use serde_json::Value;
use snapbox::{assert_data_eq, str};

use super::*;
use crate::diag::{concise, github, gitlab, human, json, junit, sarif, summary};
use crate::model::Date;

const STATUS: &str =
    "#:schema x\nsummary = \"two\"\r\n\n[rag]\r\noverall = \"red\"\r\nschédule = \"grün\"\r\n";
const STATUS_FILE: &str = "projects/erp/status/2026-W47.toml";

fn source(file: &str) -> Option<String> {
    match file {
        STATUS_FILE => Some(STATUS.to_owned()),
        "huge.toml" => Some(format!("x = \"{}\"\n", "y".repeat(100_000))),
        "projects/odd ,:%/é.toml" => Some("title = \"\u{1b}[31m \u{9b}2J \u{202e}evil\" # x\n".to_owned()),
        _ => None,
    }
}

fn problems() -> Vec<Problem> {
    vec![
        Problem::warning("status-missing", "no report for week 47")
            .record("branch-wifi/2026-W47")
            .file("projects/branch-wifi/project.toml")
            .help("pmo status new branch-wifi\nor say why in `pmo.toml`"),
        Problem::error("red-without-plan", "rated red, but nothing says how it gets back to green")
            .record("erp/2026-W47")
            .file(STATUS_FILE)
            .key("rag.overall")
            .label("rated here")
            .help("say it in `path_to_green`, with a date and a name"),
        Problem::error("unknown-key", "a status report has no field `schédule`")
            .file(STATUS_FILE)
            .key("key:rag.schédule")
            .help("did you mean `schedule`?")
            .fix("rename it to `schedule`", At::Key("key:rag.schédule".into()), "schedule"),
        Problem::error("unknown-word", "no rating is called `grün`").file(STATUS_FILE).key("rag.schédule"),
    ]
}

fn hostile() -> Vec<Problem> {
    vec![
        Problem::error("too-long", "a line that nobody reads").file("huge.toml").key("x"),
        Problem::error("hostile", "a\x1b[2Jb\n::error::c </failure> ]]> \u{ffff} 100 %")
            .record("x\u{202e}y")
            .file("projects/odd ,:%/é.toml")
            .key("title")
            .label("\u{9b}31m here")
            .help("a\x07\nb <script>"),
        Problem::warning("no-file", "something about the register"),
    ]
}

fn plain(problems: &[Problem]) -> String {
    human::render(&Report { files: 412, ..Report::new(problems, &source) }, Look::default())
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn people_see_the_line_the_mark_and_the_remedy() {
    let problems = problems();
    let rules = [RulePage { code: "red-without-plan", summary: "", help: "", level: None }];
    let report = Report { files: 412, rules: &rules, ..Report::new(&problems, &source) };
    assert_data_eq!(
        human::render(&report, Look::default()),
        str![[r#"
warning[status-missing]: no report for week 47
 ╭▸ projects/branch-wifi/project.toml
 ╰ help: pmo status new branch-wifi
         or say why in `pmo.toml`

error[red-without-plan]: rated red, but nothing says how it gets back to green
  ╭▸ projects/erp/status/2026-W47.toml:5:11
  │
5 │ overall = "red"
  │           ━━━━━ rated here
  │
  ├ help: say it in `path_to_green`, with a date and a name
  ╰ more: pmo explain red-without-plan

error[unknown-key]: a status report has no field `schédule`
  ╭▸ projects/erp/status/2026-W47.toml:6:1
  │
6 │ schédule = "grün"
  │ ━━━━━━━━
  │
  ╰ help: did you mean `schedule`?

error[unknown-word]: no rating is called `grün`
  ╭▸ projects/erp/status/2026-W47.toml:6:12
  │
6 │ schédule = "grün"
  ╰╴           ━━━━━━

4 findings in 2 of 412 files: 3 errors, 1 warning

"#]]
    );
}

#[test]
fn hostile_text_is_shown_harmless() {
    let out = plain(&hostile());
    assert_data_eq!(
        out.as_str(),
        str![[r#"
warning[no-file]: something about the register
 ─▸ pmo.toml

error[too-long]: a line that nobody reads
 ─▸ huge.toml:1:5

error[hostile]: a␛[2Jb ::error::c </failure> ]]> ￿ 100 %
  ╭▸ projects/odd ,:%/é.toml:1:9
  │
1 │ title = "␛[31m �2J �evil" # x
  │         ━━━━━━━━━━━━━━━━━ �31m here
  │
  ╰ help: a␇
          b <script>

3 findings in 3 of 412 files: 2 errors, 1 warning

"#]]
    );
    assert!(out.chars().all(|c| c == '\n' || !c.is_control()));
}

#[test]
fn without_unicode_the_frame_is_ascii() {
    let problems = [Problem::error("unknown-key", "no such field").file(STATUS_FILE).key("summary")];
    let report = Report::new(&problems, &source);
    let out = human::render(&report, Look { unicode: false, ..Look::default() });
    assert!(out.lines().take_while(|line| !line.contains("finding")).all(|line| line.is_ascii()), "{out}");
}

#[test]
fn colour_changes_nothing_but_colour() {
    let problems = problems();
    let report = Report { files: 412, ..Report::new(&problems, &source) };
    let coloured = human::render(&report, Look { colour: true, ..Look::default() });
    assert!(coloured.contains("\x1b["));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), human::render(&report, Look::default()));
}

#[test]
fn a_narrow_screen_cuts_the_excerpt_but_keeps_the_mark() {
    let text = format!("summary = \"{}\" # {}\n", "w".repeat(10), "tail ".repeat(60));
    let problems = [Problem::error("x", "short").file("a.toml").key("summary")];
    let report = Report::new(&problems, &|_| Some(text.clone()));
    let out = human::render(&report, Look { width: 60, ..Look::default() });
    assert!(out.contains("wwwwwwwwww") && !out.contains(&"tail ".repeat(20)), "{out}");
}

#[test]
fn the_summary_names_exceptions_and_the_all_clear() {
    let none: [Problem; 0] = [];
    assert_eq!(plain(&none), "all clear: no findings in 412 files\n");
    let used: Vec<ExceptionUsed> = (88..93)
        .map(|line| ExceptionUsed {
            code: "no-sponsor".into(),
            record: "crm".into(),
            place: format!("pmo.toml:{line}"),
            until: Date::new(2026, 12, 31).filter(|_| line == 88),
            reason: "agreed".into(),
        })
        .collect();
    let day = Date::new(2026, 11, 20);
    let report = Report { day, files: 1, exceptions: &used[..1], ..Report::new(&none, &source) };
    assert_eq!(
        summary::line(&report),
        "all clear: no findings in 1 file · 1 exception used (pmo.toml:88, until 31 Dec)"
    );
    let later = Report { day: Date::new(2027, 1, 2), exceptions: &used[..1], ..Report::new(&none, &source) };
    assert!(summary::line(&later).ends_with("until 31 Dec 2026)"), "{}", summary::line(&later));
    let report = Report { exceptions: &used, ..report };
    assert!(
        summary::line(&report).ends_with("pmo.toml:89; pmo.toml:90; and 2 more)"),
        "{}",
        summary::line(&report)
    );
}

#[test]
fn concise_is_one_line_a_finding() {
    let problems = [problems(), hostile()].concat();
    let report = Report { files: 412, prefix: "it/", ..Report::new(&problems, &source) };
    assert_data_eq!(
        concise::render(&report),
        str![[r#"
it/pmo.toml: warning[no-file] something about the register
it/huge.toml:1:5: error[too-long] a line that nobody reads
it/projects/branch-wifi/project.toml: warning[status-missing] no report for week 47
it/projects/erp/status/2026-W47.toml:5:11: error[red-without-plan] rated red, but nothing says how it gets back to green
it/projects/erp/status/2026-W47.toml:6:1: error[unknown-key] a status report has no field `schédule`
it/projects/erp/status/2026-W47.toml:6:12: error[unknown-word] no rating is called `grün`
it/projects/odd ,:%/é.toml:1:9: error[hostile] a␛[2Jb ::error::c </failure> ]]> ￿ 100 %
7 findings in 5 of 412 files: 5 errors, 2 warnings

"#]]
    );
}

#[test]
fn json_holds_everything_under_stable_names() {
    let problems = problems();
    let report = Report {
        files: 412,
        day: Date::new(2026, 11, 20),
        read_from: "work tree on 3f2c1a9",
        ..Report::new(&problems, &source)
    };
    assert_data_eq!(
        json::render(&report),
        str![[r#"
{
  "schema_version": 1,
  "kind": "check",
  "day": "2026-11-20",
  "source": "work tree on 3f2c1a9",
  "summary": {
    "files": 412,
    "files_with_problems": 2,
    "problems": 4,
    "errors": 3,
    "warnings": 1,
    "exceptions_used": 0
  },
  "problems": [
    {
      "file": "projects/branch-wifi/project.toml",
      "line": null,
      "column": null,
      "end": null,
      "record": "branch-wifi/2026-W47",
      "code": "status-missing",
      "level": "warning",
      "message": "no report for week 47",
      "label": null,
      "help": "pmo status new branch-wifi/nor say why in `pmo.toml`",
      "fix": null
    },
    {
      "file": "projects/erp/status/2026-W47.toml",
      "line": 5,
      "column": 11,
      "end": {
        "line": 5,
        "column": 16
      },
      "record": "erp/2026-W47",
      "code": "red-without-plan",
      "level": "error",
      "message": "rated red, but nothing says how it gets back to green",
      "label": "rated here",
      "help": "say it in `path_to_green`, with a date and a name",
      "fix": null
    },
    {
      "file": "projects/erp/status/2026-W47.toml",
      "line": 6,
      "column": 1,
      "end": {
        "line": 6,
        "column": 9
      },
      "record": null,
      "code": "unknown-key",
      "level": "error",
      "message": "a status report has no field `schédule`",
      "label": null,
      "help": "did you mean `schedule`?",
      "fix": {
        "description": "rename it to `schedule`",
        "start": 53,
        "end": 62,
        "text": "schedule"
      }
    },
    {
      "file": "projects/erp/status/2026-W47.toml",
      "line": 6,
      "column": 12,
      "end": {
        "line": 6,
        "column": 18
      },
      "record": null,
      "code": "unknown-word",
      "level": "error",
      "message": "no rating is called `grün`",
      "label": null,
      "help": null,
      "fix": null
    }
  ],
  "exceptions": []
}

"#]]
    );
}

#[test]
fn github_commands_cannot_be_broken_out_of() {
    let problems = [problems(), hostile()].concat();
    let report = Report { files: 412, ..Report::new(&problems, &source) };
    let out = github::render(&report);
    assert_data_eq!(
        out.as_str(),
        str![[r#"
::warning file=pmo.toml,title=no-file::something about the register
::error file=huge.toml,line=1,col=5,endLine=1,endColumn=100006,title=too-long::a line that nobody reads
::warning file=projects/branch-wifi/project.toml,title=status-missing::no report for week 47%0Ahelp: pmo status new branch-wifi%0Aor say why in `pmo.toml`
::error file=projects/erp/status/2026-W47.toml,line=5,col=11,endLine=5,endColumn=15,title=red-without-plan::rated red, but nothing says how it gets back to green%0Ahelp: say it in `path_to_green`, with a date and a name
::error file=projects/erp/status/2026-W47.toml,line=6,col=1,endLine=6,endColumn=8,title=unknown-key::a status report has no field `schédule`%0Ahelp: did you mean `schedule`?
::error file=projects/erp/status/2026-W47.toml,line=6,col=12,endLine=6,endColumn=17,title=unknown-word::no rating is called `grün`
::error file=projects/odd %2C%3A%25/é.toml,line=1,col=9,endLine=1,endColumn=25,title=hostile::a␛[2Jb%0A::error::c </failure> ]]> ￿ 100 %25%0Ahelp: a␇%0Ab <script>
7 findings in 5 of 412 files: 5 errors, 2 warnings

"#]]
    );
    assert_eq!(out.lines().filter(|line| line.starts_with("::")).count(), problems.len());
}

#[test]
fn gitlab_fingerprints_are_unique_and_survive_moved_lines() {
    let mut twice = problems();
    twice.extend(problems());
    let fingerprints = |problems: &[Problem], shift: &str| -> Vec<String> {
        let moved = |file: &str| source(file).map(|text| format!("{shift}{text}"));
        let page = parsed(&gitlab::render(&Report::new(problems, &moved)));
        page.as_array().unwrap().iter().map(|e| e["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    let all = fingerprints(&twice, "");
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), 8);
    assert_eq!(fingerprints(&twice, "# a line more\n"), all);
    let page = parsed(&gitlab::render(&Report::new(&problems(), &source)));
    assert_eq!(page[1]["location"]["lines"]["begin"], 5);
    assert_eq!(page[1]["severity"], "major");
    assert_eq!(page[0]["check_name"], "status-missing");
    assert_eq!(gitlab::render(&Report::new(&[], &source)), "[]\n");
}

#[test]
fn sarif_has_rules_places_and_encoded_uris() {
    let problems = [problems(), hostile()].concat();
    let rules = [
        RulePage {
            code: "red-without-plan",
            summary: "red, no plan",
            help: "# Page",
            level: Some(Level::Error),
        },
        RulePage { code: "never-fired", summary: "quiet", help: "…", level: None },
    ];
    let report = Report { rules: &rules, prefix: "registers/it/", ..Report::new(&problems, &source) };
    let page = parsed(&sarif::render(&report));
    let run = &page["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().any(|rule| rule["id"] == "never-fired"));
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(rules[index]["help"]["text"].is_string());
    }
    let of = |code: &str| run["results"].as_array().unwrap().iter().find(|r| r["ruleId"] == code).unwrap();
    let place = &of("unknown-key")["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "registers/it/projects/erp/status/2026-W47.toml");
    assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    let region = serde_json::json!({ "startLine": 6, "startColumn": 1, "endLine": 6, "endColumn": 9 });
    assert_eq!(place["region"], region);
    let replacement = &of("unknown-key")["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["deletedRegion"], region);
    assert_eq!(replacement["insertedContent"]["text"], "schedule");
    let odd = &of("hostile")["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(odd, "registers/it/projects/odd%20%2C%3A%25/%C3%A9.toml");
}

#[test]
fn junit_is_well_formed_and_passes_when_there_is_nothing() {
    let problems = [problems(), hostile()].concat();
    let report = Report { files: 412, ..Report::new(&problems, &source) };
    assert_data_eq!(
        junit::render(&report),
        str![[r#"
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="pmo check" tests="7" failures="7" errors="0">
  <testsuite name="pmo check" tests="7" failures="7" errors="0" skipped="0">
    <testcase classname="no-file" name="pmo.toml: something about the register" file="pmo.toml">
      <failure type="warning" message="something about the register">pmo.toml: warning[no-file] something about the register</failure>
    </testcase>
    <testcase classname="too-long" name="huge.toml: a line that nobody reads" file="huge.toml" line="1">
      <failure type="error" message="a line that nobody reads">huge.toml:1:5: error[too-long] a line that nobody reads</failure>
    </testcase>
    <testcase classname="status-missing" name="branch-wifi/2026-W47: no report for week 47" file="projects/branch-wifi/project.toml">
      <failure type="warning" message="no report for week 47">projects/branch-wifi/project.toml: warning[status-missing] no report for week 47
help: pmo status new branch-wifi
or say why in `pmo.toml`</failure>
    </testcase>
    <testcase classname="red-without-plan" name="erp/2026-W47: rated red, but nothing says how it gets back to green" file="projects/erp/status/2026-W47.toml" line="5">
      <failure type="error" message="rated red, but nothing says how it gets back to green">projects/erp/status/2026-W47.toml:5:11: error[red-without-plan] rated red, but nothing says how it gets back to green
help: say it in `path_to_green`, with a date and a name</failure>
    </testcase>
    <testcase classname="unknown-key" name="projects/erp/status/2026-W47.toml: a status report has no field `schédule`" file="projects/erp/status/2026-W47.toml" line="6">
      <failure type="error" message="a status report has no field `schédule`">projects/erp/status/2026-W47.toml:6:1: error[unknown-key] a status report has no field `schédule`
help: did you mean `schedule`?</failure>
    </testcase>
    <testcase classname="unknown-word" name="projects/erp/status/2026-W47.toml: no rating is called `grün`" file="projects/erp/status/2026-W47.toml" line="6">
      <failure type="error" message="no rating is called `grün`">projects/erp/status/2026-W47.toml:6:12: error[unknown-word] no rating is called `grün`</failure>
    </testcase>
    <testcase classname="hostile" name="x�y: a␛[2Jb
::error::c &lt;/failure&gt; ]]&gt; � 100 %" file="projects/odd ,:%/é.toml" line="1">
      <failure type="error" message="a␛[2Jb
::error::c &lt;/failure&gt; ]]&gt; � 100 %">projects/odd ,:%/é.toml:1:9: error[hostile] a␛[2Jb
::error::c &lt;/failure&gt; ]]&gt; � 100 %
help: a␇
b &lt;script&gt;</failure>
    </testcase>
  </testsuite>
</testsuites>

"#]]
    );
    let empty = junit::render(&Report { files: 3, ..Report::new(&[], &source) });
    assert!(empty.contains("tests=\"1\" failures=\"0\"") && empty.contains("all clear"), "{empty}");
}

#[test]
fn a_span_past_the_end_or_inside_a_character_does_no_harm() {
    let problems = [
        Problem::error("a", "past the end").file("a.toml").span(90..100),
        Problem::error("b", "inside a letter").file("a.toml").span(5..6),
        Problem::error("c", "turned round").file("a.toml").span(std::ops::Range { start: 8, end: 2 }),
        Problem::error("d", "over two lines").file("a.toml").span(0..14),
    ];
    let text = |_: &str| Some("k = \"é\"\nx = 1\n".to_owned());
    let report = Report::new(&problems, &text);
    let out = human::render(&report, Look::default());
    assert!(out.contains("past the end") && out.contains("inside a letter"), "{out}");
    assert!(concise::render(&report).contains("a.toml:1:6: error[b]"), "{out}");
}

#[test]
fn findings_come_by_file_then_place() {
    let problems = [
        Problem::warning("z", "second file").file("b.toml").span(0..1),
        Problem::warning("y", "later").file("a.toml").span(20..21),
        Problem::warning("x", "sooner").file("a.toml").span(3..4),
        Problem::warning("w", "whole file").file("a.toml"),
    ];
    let text = |_: &str| Some("x".repeat(30));
    let codes: Vec<_> = Report::new(&problems, &text).findings.iter().map(|f| f.problem.code).collect();
    assert_eq!(codes, ["w", "x", "y", "z"]);
}
