//! `pmo verify REPORT`: a published report, made again from what its foot says, and compared.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _, FromArgMatches as _};
use serde_json::Value;

use crate::change::diff::{self, Line};
use crate::model::Date;
use crate::store;
use crate::text::{self, escape};

use super::spoken::spoken;
use super::{Cli, CliError, Context, Done, Outcome, words};

/// How many lines of a difference are shown.
const SHOWN: usize = 24;
/// The commands whose pages can be made again: they only read, and read nothing but a commit and what is behind it.
const MADE_AGAIN: &[&str] = &[
    "report",
    "risk matrix",
    "risk simulate",
    "risk calibration",
    "action",
    "dependency list",
    "dependency graph",
    "dependency impact",
    "dependency critical",
    "status series",
    "trend",
    "forecast",
    "log",
    "blame",
];

/// Make a published report again from the register, and say whether it is the same
///
/// The foot of a report in HTML, Markdown or JSON says from which commit, for which day and readers, by which
/// rules and by which command it was made. The report is made again from that commit, in memory, and compared
/// byte by byte.
///
/// Exit code: 0 the same, 1 not the same, 2 it cannot be told (no foot, or the commit is not here).
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo verify week.html              is this what the register said?
  pmo verify week.md && echo ok     for a script
  pmo -C ~/register verify week.json")]
pub struct Verify {
    /// The report: a file in HTML, Markdown or JSON
    #[arg(value_name = "REPORT")]
    report: PathBuf,
}

impl Verify {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let shown = escape::terminal(&self.report.display().to_string()).into_owned();
        let bytes = store::read_report(&self.report)?;
        let text = String::from_utf8(bytes).map_err(|_| {
            CliError::new(format!("{shown} is not UTF-8 text, and every report is"))
                .hint("it was converted on its way; ask for the file as it was published")
        })?;
        let foot = Foot::of(&text).ok_or_else(|| no_foot(&shown))?;
        let again = foot.make_again(context, &shown)?;
        let from = format!("commit {}", store::short_id(&foot.commit));
        if again == text {
            context.put(&format!(
                "{shown} is the same: `{}` of {}, made again from {from}\n",
                escape::terminal(&foot.command),
                foot.today
            ))?;
            return Ok(Done::Fine);
        }
        let mut out = format!(
            "{shown} is not what `{}` of {} says, made again from {from}\n",
            escape::terminal(&foot.command),
            foot.today
        );
        out.push_str(&format!("why: {}\n", foot.reason(&text, &again)));
        out.push_str(&difference(&again, &text));
        context.put(&out)?;
        Ok(Done::Findings)
    }
}

fn no_foot(shown: &str) -> CliError {
    CliError::new(format!("{shown} does not say how it was made, so it cannot be verified"))
        .hint("reports in HTML, Markdown and JSON do, from `pmo report` in a register that git keeps")
        .hint("CSV and YAML have no foot, and a page from a template of your own may leave it out")
}

/// What a report says of its own making.
struct Foot {
    /// The form that it has: `html`, `markdown` or `json`.
    form: &'static str,
    command: String,
    commit: String,
    source: String,
    today: Date,
    program: String,
}

impl Foot {
    /// Reads the foot of a report; nothing where a part is missing that is needed to make it again.
    fn of(text: &str) -> Option<Self> {
        let start = text.trim_start();
        let (form, said) = if start.starts_with('{') {
            ("json", of_json(text)?)
        } else if start.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype html>")) {
            ("html", of_html(text))
        } else {
            ("markdown", of_markdown(text)?)
        };
        let word = |key: &str| said.get(key).cloned();
        let today = word("made-on").or_else(|| word("day"))?.parse().ok()?;
        let (command, commit) = (word("command")?, word("commit")?);
        Some(Self { form, command, commit, source: word("source")?, today, program: word("program")? })
    }

    /// Makes the report again, in memory.
    fn make_again(&self, context: &Context, shown: &str) -> Result<String, CliError> {
        let refuse = || {
            CliError::new(format!(
                "{shown} was made by `{}`, which is no report that can be made again",
                escape::terminal(&self.command)
            ))
        };
        let typed = shlex::split(&self.command).ok_or_else(refuse)?;
        let mut program = Cli::command();
        let typed = typed.iter().map(String::as_str).chain(["-O", self.form]);
        let matches = program.try_get_matches_from_mut(typed).map_err(|_| refuse())?;
        let path = words(&matches);
        let path = path.join(" ");
        if !MADE_AGAIN.iter().any(|made| path == *made || path.starts_with(&format!("{made} "))) {
            return Err(refuse());
        }
        let cli = Cli::from_arg_matches(&matches).map_err(|_| refuse())?;
        let command = spoken(&program, &matches);
        let is_id = self.commit.len() >= 40 && self.commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        // What git finds by it is that very commit, or it is not here.
        let point = if is_id { context.point(&self.commit).ok() } else { None };
        let point = point.filter(|point| point.commit.id == self.commit).ok_or_else(|| {
            CliError::new(format!("commit {} is not in this repository", escape::terminal(&self.commit)))
        });
        let point = point.map_err(|error| self.elsewhere(error))?;
        let again = context.again(point, &self.source, self.today, command)?;
        cli.run(&again)?;
        Ok(again.kept())
    }

    fn elsewhere(&self, error: CliError) -> CliError {
        error
            .hint("`git fetch` gets what others have pushed; in a shallow clone, `git fetch --unshallow`")
            .hint("a report of another register is verified there: pmo -C DIR verify REPORT")
    }

    /// Why the report is likely to differ.
    fn reason(&self, text: &str, again: &str) -> String {
        if text.replace("\r\n", "\n") == again {
            return "only its ends of lines differ: something on its way turned LF into CRLF".to_owned();
        }
        if self.program != this_program() {
            return format!(
                "it was made by {}, and this is {}; that version may well write the same",
                escape::terminal(&self.program),
                this_program()
            );
        }
        let edited = "it was changed after it was made";
        match self.source.starts_with("work tree") {
            true => {
                format!("it was made from a work tree, in which not everything was committed; or {edited}")
            }
            false => edited.to_owned(),
        }
    }
}

/// This program, as the foot of a report names it.
fn this_program() -> &'static str {
    concat!("pmo ", env!("CARGO_PKG_VERSION"))
}

fn of_json(text: &str) -> Option<BTreeMap<String, String>> {
    let value: Value = serde_json::from_str(text).ok()?;
    let word = |value: &Value| value.as_str().map(str::to_owned);
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for key in ["day", "source", "commit", "command"] {
        said.extend(value.get(key).and_then(word).map(|value| (key.to_owned(), value)));
    }
    said.extend(value.get("made_on").and_then(word).map(|day| ("made-on".to_owned(), day)));
    said.extend(value.pointer("/rules/program").and_then(word).map(|made| ("program".to_owned(), made)));
    Some(said)
}

fn of_html(text: &str) -> BTreeMap<String, String> {
    let meta = |line: &str| {
        let rest = line.trim().strip_prefix("<meta name=\"pmo:")?;
        let (key, rest) = rest.split_once("\" content=\"")?;
        Some((key.to_owned(), unescaped(rest.split_once('"')?.0)))
    };
    text.lines().take_while(|line| !line.contains("<body")).filter_map(meta).collect()
}

/// Text as it was before it was escaped for HTML.
fn unescaped(text: &str) -> String {
    let signs =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    signs.iter().fold(text.to_owned(), |text, (sign, plain)| text.replace(sign, plain))
}

fn of_markdown(text: &str) -> Option<BTreeMap<String, String>> {
    let line =
        text.lines().rev().find_map(|line| line.trim().strip_prefix("<!-- pmo ")?.strip_suffix(" -->"))?;
    serde_json::from_str(line).ok()
}

/// The lines that differ, as few as tell.
fn difference(again: &str, report: &str) -> String {
    let lines = diff::unified(again, report);
    if lines.is_empty() {
        return String::new();
    }
    let mut out = "- as the register says  + as the report has it\n".to_owned();
    for (at, line) in lines.iter().take(SHOWN).enumerate() {
        let from = match (line, lines.get(at + 1), at.checked_sub(1).map(|before| &lines[before])) {
            (Line::Old(own), Some(Line::New(other)), _) | (Line::New(own), _, Some(Line::Old(other))) => {
                common(own, other)
            }
            _ => 0,
        };
        out.push_str(&match line {
            Line::At(old, _) => format!("@@ line {old}\n"),
            Line::Same(text) => format!("  {}\n", part(text, 0)),
            Line::Old(text) => format!("- {}\n", part(text, from)),
            Line::New(text) => format!("+ {}\n", part(text, from)),
        });
    }
    if lines.len() > SHOWN {
        out.push_str(&format!("… and {}\n", text::count(lines.len() - SHOWN, "more line")));
    }
    out
}

/// How many characters two lines have in common at their beginnings.
fn common(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

/// As much of a line as shows where it begins to differ: pages for browsers have very long ones.
fn part(line: &str, differs_from: usize) -> String {
    const WIDE: usize = 100;
    const BEFORE: usize = 30;
    let skipped = if differs_from + BEFORE < WIDE { 0 } else { differs_from - BEFORE };
    let mut part: String = line.chars().skip(skipped).take(WIDE).collect();
    if skipped > 0 {
        part.insert(0, '…');
    }
    if line.chars().nth(skipped + WIDE).is_some() {
        part.push('…');
    }
    escape::terminal(part.trim_end_matches('\r')).into_owned()
}
