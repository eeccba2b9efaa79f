//! Every text of a register means harm, and every command that reads shows it in every format.
//!
//! The commands and their formats come from the program's own definitions, so that one that is new must be judged.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::CommandFactory as _;

use crate::harness::{Run, Sandbox};
use crate::judge::Faults;
use crate::{judge, register, sample};

/// Every command that shows what a register says, without its format.
pub const LINES: &[&str] = &[
    "",
    "check",
    "explain rag crm-migration",
    "explain rag erp-rollout",
    "show crm-migration",
    "show erp-rollout",
    "show core-systems",
    "show customer-360",
    "show grow-retention",
    "show @jana-novak",
    "show @amir-haddad",
    "show REQ-0001",
    "show crm-migration/2026-W47",
    "show erp-rollout/2026-W47",
    "show crm-migration/R-001",
    "show erp-rollout/R-001",
    "show crm-migration/I-001",
    "show crm-migration/S-001",
    "show crm-migration/A-001",
    "show crm-migration/D-001",
    "show crm-migration/C-001",
    "show crm-migration/G1-1",
    "show crm-migration/B-001",
    "show crm-migration/L-001",
    "project list",
    "programme list",
    "person list",
    "objective list",
    "request list",
    "programme-status list",
    "actuals list",
    "risk list",
    "issue list",
    "assumption list",
    "action list",
    "decision list",
    "change list",
    "review list",
    "benefit list",
    "lesson list",
    "period list",
    "risk matrix",
    "risk matrix erp-rollout",
    "risk simulate --runs 20",
    "risk calibration",
    "action",
    "find HS",
    "status list",
    "status due",
    "status series crm-migration",
    "status series erp-rollout",
    "status calendar",
    "status chase",
    "status chase --digest",
    "report period",
    "report portfolio",
    "report portfolio --group-by manager",
    "report portfolio --group-by division",
    "report project crm-migration",
    "report project erp-rollout",
    "report board",
    "report board customer-360",
    "report benefits",
    "report benefits --group-by objective",
    "report evm",
    "report evm erp-rollout",
    "report finance",
    "report finance crm-migration",
    "report kpi",
    "report raid",
    "report risks",
    "report exposure",
    "report exposure --by supplier",
    "report reporting",
    "dependency list",
    "dependency graph",
    "dependency impact crm-migration --slip 30",
    "dependency critical",
    "review-links",
    "diff HEAD~1",
    "diff HEAD~1 HEAD",
    "log crm-migration",
    "log crm-migration.name",
    "log erp-rollout",
    "blame crm-migration",
    "blame erp-rollout/R-001",
    "trend",
    "trend slip",
    "trend milestones crm-migration",
    "trend rag --by manager",
    "forecast",
    "forecast crm-migration",
    "template list",
    "template show risk",
    "schema",
    "export json",
    "export yaml",
    "export ics",
];

/// Commands that show nothing of a register, and those that write; tests of their own look at what these say.
const OTHERS: &[&str] = &[
    "init",
    "edit",
    "set",
    "close",
    "reopen",
    "rm",
    "mv",
    "renumber",
    "resolve",
    "merge-driver",
    "import",
    "undo",
    "ci",
    "completions",
    "demo",
    "man",
    // Their own tests read these files back.
    "export csv",
    "export xlsx",
    "export sqlite",
    "verify",
    "template new",
    "hook install",
    "hook uninstall",
    "status new",
    "status open",
    "status submit",
    "status receive",
    "period close",
    "period open",
    "dependency add",
    "decision decide",
    "benefit measure",
    "risk review",
    "risk accept",
    "risk escalate",
    "risk answer",
    "risk occur",
    "project approve",
    "project start",
    "project hold",
    "project resume",
    "project close",
    "project terminate",
    "project rebaseline",
];

/// A register with two commits: without harm, then with it, by somebody whose name means harm too.
fn history(text: register::Write<'_>, author: &str) -> (Sandbox, usize) {
    let sandbox = Sandbox::new();
    register::write(&sandbox, &register::harmless);
    sandbox.git_init();
    let count = register::write(&sandbox, text);
    sandbox.write("projects/crm-migration/docs/note.md", "changed in any case\n");
    let script = "git add --all && GIT_AUTHOR_NAME=\"$0\" git commit --quiet -m \"$0\"";
    sandbox.sh(script, author);
    (sandbox, count)
}

/// A command with the formats that it has.
struct Case {
    line: &'static str,
    formats: Vec<String>,
}

/// Every command that reads, from the program's own list.
fn cases() -> Vec<Case> {
    let mut program = pmo::cli::Cli::command();
    program.build();
    let mut leaves = Vec::new();
    leaves_of(&program, "", &mut leaves);
    for (path, _) in &leaves {
        let is_other = OTHERS.contains(&path.as_str()) || path.ends_with(" add");
        let is_read = LINES.iter().any(|line| *line == path || line.starts_with(&format!("{path} ")));
        assert!(
            is_other || is_read,
            "`pmo {path}` is new: put it into LINES or OTHERS of tests/hostile/text.rs"
        );
    }
    let formats = |line: &str| {
        let fits = |path: &str| line == path || line.starts_with(&format!("{path} "));
        let longest = leaves.iter().filter(|(path, _)| fits(path)).max_by_key(|(path, _)| path.len());
        longest.map(|(_, formats)| formats.clone()).unwrap_or_default()
    };
    LINES.iter().map(|line| Case { line, formats: formats(line) }).collect()
}

fn leaves_of(command: &clap::Command, path: &str, found: &mut Vec<(String, Vec<String>)>) {
    let formats = command.get_arguments().find(|argument| argument.get_long() == Some("format"));
    let formats = formats.map(|argument| {
        argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect::<Vec<_>>()
    });
    let below: Vec<&clap::Command> = command.get_subcommands().collect();
    // `pmo action` is a command beside those under it.
    if !path.is_empty() && (below.is_empty() || formats.is_some()) {
        found.push((path.to_owned(), formats.unwrap_or_default()));
    }
    for sub in below {
        leaves_of(sub, format!("{path} {}", sub.get_name()).trim_start(), found);
    }
}

/// Does something with each of many, on as many threads as there are processors.
pub fn each<T: Sync>(many: &[T], act: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(one) = many.get(next.fetch_add(1, Ordering::Relaxed)) {
                    act(one);
                }
            });
        }
    });
}

/// Runs a command, which must end well: exit code 1 are findings.
fn run(sandbox: &Sandbox, line: &str, faults: &mut Faults) -> Run {
    let run = sandbox.pmo(line);
    if !(0..=1).contains(&run.code) {
        faults.push(format!("exit {}: {}", run.code, run.stderr.lines().next().unwrap_or_default()));
    }
    faults.extend(judge::terminal(&run.stderr, None).into_iter().map(|fault| format!("stderr: {fault}")));
    run
}

struct Places {
    hostile: Sandbox,
    wide: Sandbox,
    harmless: Sandbox,
    known: Mutex<judge::Elements>,
}

/// What is wrong with what a command prints, in each of its formats.
fn judged(turn: usize, case: &Case, places: &Places) -> Faults {
    let mut all = Faults::new();
    let on = |format: &str| match format {
        "" => case.line.to_owned(),
        format => format!("{} -O {format}", case.line),
    };
    let mut json = Vec::new();
    let is_full = std::env::var_os("PMO_FULL").is_some();
    let count = case.formats.len();
    // Two formats of each command, others with the next; all of each in full.
    let is_tried = |at: usize| is_full || count < 3 || at == turn % count || at == (turn + count / 2) % count;
    let formats: Vec<&str> = match case.formats.is_empty() {
        true => vec![""],
        false => {
            (0..).zip(&case.formats).filter(|(at, _)| is_tried(*at)).map(|(_, name)| name.as_str()).collect()
        }
    };
    for format in formats {
        let mut faults = Faults::new();
        if format == "xlsx" {
            continue;
        }
        let shown = run(&places.hostile, &on(format), &mut faults).stdout;
        faults.extend(match format {
            "" if case.line.starts_with("status chase") => judge::markdown(&shown),
            "" if case.line == "schema" || case.line.starts_with("template show") => {
                judge::terminal(&shown, None)
            }
            "" if case.line == "export json" => judge::json(&shown, true).0,
            "" if case.line == "export yaml" => {
                judge::yaml(&shown, &judge::json(&places.hostile.pmo("export json").stdout, true).1)
            }
            "" | "terminal" | "table" | "human" => {
                let coloured =
                    run(&places.hostile, &format!("{} --color always", on(format)), &mut Faults::new())
                        .stdout;
                let mut faults = judge::coloured(&coloured, &shown);
                let wide = run(&places.wide, &on(format), &mut Faults::new()).stdout;
                let is_page = !matches!(format, "human" | "table");
                faults.extend(judge::terminal(&shown, is_page.then_some(80)));
                faults.extend(judge::terminal(&wide, is_page.then_some(200)));
                faults
            }
            "markdown" => judge::markdown(&shown),
            "html" => judge::html(&shown, &places.known, || places.harmless.pmo(&on(format)).stdout),
            "json" | "sarif" | "gitlab" => {
                let (faults, found) = judge::json(&shown, !case.line.starts_with("find"));
                json = found;
                faults
            }
            "yaml" => {
                if json.is_empty() {
                    json =
                        judge::json(&run(&places.hostile, &on("json"), &mut Faults::new()).stdout, false).1;
                }
                judge::yaml(&shown, &json)
            }
            "csv" => judge::csv(&shown),
            "ids" => judge::ids(&shown),
            // As the file is; to a terminal it goes escaped.
            "toml" => Faults::new(),
            "concise" => judge::terminal(&shown, None),
            "github" => judge::github(&shown),
            "junit" => judge::junit(&shown),
            "mermaid" | "dot" => judge::diagram(&shown),
            new => panic!(
                "`-O {new}` of `pmo {}` is new: say in tests/hostile/text.rs how it is judged",
                case.line
            ),
        });
        faults.truncate(4);
        all.extend(faults.into_iter().map(|fault| format!("pmo {}: {fault}", on(format))));
    }
    all
}

#[test]
fn no_text_does_harm_in_any_format_of_any_command() {
    let mean = sample::hostile(15).replace(sample::OPEN, "(").replace('\0', "").replace(['\n', '\r'], " ");
    let (hostile, count) = history(&register::hostile, &mean);
    assert!(count > 500, "{count} texts");
    let places = Places {
        wide: hostile.also("COLUMNS", "200"),
        hostile: hostile.also("COLUMNS", "80"),
        harmless: history(&register::harmless, "Jana Novak").0,
        known: Mutex::default(),
    };
    let faults: Mutex<BTreeMap<usize, Faults>> = Mutex::default();
    let cases: Vec<(usize, Case)> = cases().into_iter().enumerate().collect();
    each(&cases, |(at, case)| {
        let found = judged(*at, case, &places);
        faults.lock().unwrap().insert(*at, found);
    });
    let faults: Vec<String> = faults.into_inner().unwrap().into_values().flatten().collect();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn no_text_adds_a_line_to_the_head_of_a_message() {
    let sandbox = Sandbox::new();
    register::write(&sandbox, &register::hostile);
    let run = sandbox.pmo("status chase --eml -o outbox --today 2027-01-15").ok();
    let mut messages = 0;
    for entry in std::fs::read_dir(sandbox.path("outbox")).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let faults = judge::mail(&String::from_utf8(bytes).unwrap());
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        messages += 1;
    }
    assert!(messages > 0, "{run}");
}
