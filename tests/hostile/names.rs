//! Names of files and folders that mean harm, such words on the command line, and texts of a megabyte.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::time::{Duration, Instant};

use crate::harness::{Sandbox, is_full};
use crate::text::{LINES, each};
use crate::{judge, sample};

/// Names that nobody means: what a terminal obeys, no UTF-8, what other systems keep for themselves, and too much.
fn names() -> Vec<Vec<u8>> {
    let texts = [
        "a\nb",
        "\n::error file=a::owned",
        "a\u{1b}[2Jb\u{1b}]0;title\u{7}",
        "\u{202e}live\u{200b}",
        "a\tb\rc\u{7f}",
        "CON",
        "aux.toml",
        "name. ",
        " lead",
        "-rf",
        "--help",
        "..a",
        "a:b\\c*d?\"<e>|f",
        "<script>alert(1)</script>",
        "=cmd|'|C calc'!A0",
        "{{ 7 * 7 }}",
        "R-00000000000000000000000001",
        "R-99999999999999999999",
        "2026-W99",
        "9999-W53",
        "e\u{301}",
        "Ｒ-001",
    ];
    let mut names: Vec<Vec<u8>> = texts.iter().map(|text| text.replace('/', "|").into_bytes()).collect();
    names.push(b"\xff\xfe\x80".to_vec());
    names.push(b"R-\xc3\x28".to_vec());
    names.push(vec![b'n'; 240]);
    names
}

/// Commands of every sort and format, for each day.
const SOME: &[&str] = &[
    "",
    "check",
    "check -O concise",
    "check -O json",
    "check -O github",
    "check -O junit",
    "check --changed-since HEAD~1",
    "report portfolio",
    "report portfolio -O html",
    "report raid -O markdown",
    "report period -O json",
    "risk list -O csv",
    "find a",
    "log crm",
    "diff HEAD~1",
    "trend",
    "template list",
    "export json",
];

/// What a command printed, which must end well and be harmless.
fn tried(sandbox: &Sandbox, args: &[&OsStr], codes: &[i32]) -> (String, String) {
    let output = sandbox.program().args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_else(|_| panic!("{args:?}: no UTF-8"));
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    let code = output.status.code();
    assert!(code.is_some_and(|code| codes.contains(&code)), "{args:?}: {code:?}\n{stdout}\n{stderr}");
    let is_xml = args.contains(&OsStr::new("junit"));
    let faults = if is_xml { judge::junit(&stdout) } else { judge::terminal(&stdout, None) };
    assert!(faults.is_empty(), "{args:?}: {faults:?}");
    let faults = judge::terminal(&stderr, None);
    assert!(faults.is_empty(), "{args:?}: {faults:?}");
    (stdout, stderr)
}

fn words(line: &str) -> Vec<&OsStr> {
    line.split_whitespace().map(OsStr::new).collect()
}

#[test]
fn no_name_of_a_file_does_harm() {
    let sandbox = Sandbox::register();
    sandbox.git_init();
    for name in names() {
        for folder in ["people", "projects/crm/risks", "projects/crm/status", "programmes", "templates", "."]
        {
            std::fs::create_dir_all(sandbox.path(folder)).unwrap();
            let file = [name.as_slice(), b".toml"].concat();
            std::fs::write(sandbox.path(folder).join(OsStr::from_bytes(&file)), "title = \"x\"\n").unwrap();
        }
        let project = sandbox.path("projects").join(OsStr::from_bytes(&name));
        std::fs::create_dir_all(project.join("risks")).unwrap();
        std::fs::write(project.join("project.toml"), "name = \"x\"\n").unwrap();
        std::fs::write(project.join("risks").join(OsStr::from_bytes(&name)), "").unwrap();
    }
    sandbox.git(&["add", "--all"]);
    tried(&sandbox, &words("check --staged"), &[1]);
    sandbox.commit("names");
    let lines: Vec<&str> = SOME.iter().chain(if is_full() { LINES } else { &[] }).copied().collect();
    each(&lines, |line| {
        let (stdout, _) = tried(&sandbox, &words(line), &[0, 1, 2]);
        if line.ends_with("json") {
            serde_json::from_str::<serde_json::Value>(&stdout).unwrap();
        }
        if line.ends_with("github") {
            assert!(!stdout.lines().any(|line| line.starts_with("::error file=a")), "{stdout}");
        }
    });
    let (stdout, _) = tried(&sandbox, &words("check -O concise"), &[1]);
    assert!(stdout.contains("misnamed-file"), "{stdout}");
    // What is right is read all the same.
    assert!(tried(&sandbox, &words("report portfolio"), &[0]).0.contains(" crm "));
}

#[test]
fn no_word_of_the_command_line_does_harm() {
    let sandbox = Sandbox::register();
    sandbox.git_init();
    let before = sandbox.files();
    let long = vec![b'w'; 100_000];
    let mut all: Vec<OsString> = names().into_iter().chain([long]).map(OsString::from_vec).collect();
    all.extend(["../../etc/passwd", "/etc/passwd", "crm/../../x", "crm/R-001/..", ""].map(OsString::from));
    let commands = [
        "show *",
        "find *",
        "check *",
        "log *",
        "diff *",
        "explain *",
        "report project *",
        "template show *",
        "set * owner=x",
        "set crm *",
        "mv crm *",
        "rm *",
        "risk add * --title x",
        "project add * --dry-run",
        "--at * report portfolio",
        "--today * check",
        "report portfolio -O *",
        "*",
        "dependency impact * --slip 3",
        "status new *",
        "renumber *",
        "trend *",
    ];
    let cases: Vec<(&str, &OsString)> =
        commands.iter().flat_map(|command| all.iter().map(move |word| (*command, word))).collect();
    let some: Vec<_> = cases.iter().enumerate().filter(|(at, _)| is_full() || at % 7 == 0).collect();
    each(&some, |(_, (command, word))| {
        let args: Vec<&OsStr> = command
            .split(' ')
            .map(|part| if part == "*" { word.as_os_str() } else { OsStr::new(part) })
            .collect();
        let (_, stderr) = tried(&sandbox, &args, &[0, 1, 2]);
        assert!(stderr.len() < 4_000 + 2 * word.len(), "{command}: {} bytes", stderr.len());
        assert!(!stderr.contains("panicked"), "{command}: {stderr}");
    });
    let after = sandbox.files();
    let new: Vec<&String> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    let is_plain = |path: &&&String| path.starts_with("projects/crm/") || path.starts_with(".pmo/");
    assert!(new.iter().all(|path| is_plain(&path)), "{new:?}");
}

#[test]
fn a_megabyte_is_shown_in_every_format_without_delay() {
    // A sixteenth of it for each day.
    let size = if is_full() { 1 << 20 } else { 1 << 16 };
    let one = "w".repeat(size);
    let wide = "e\u{301}👩\u{200d}👧 ".repeat(size / 15);
    let odd = "<|*\u{1b}\u{202e}".repeat(size / 7);
    let quoted = |text: &str| serde_json::to_string(text).unwrap().replace("\u{202e}", "\\u202e");
    let sandbox = Sandbox::register();
    let mut charter = sandbox.read("projects/crm/project.toml");
    charter = charter.replace("\"CRM migration\"", &quoted(&one));
    sandbox.write("projects/crm/project.toml", &charter);
    sandbox.replace("projects/crm/status/2026-W47.toml", "\"On course.\"", &quoted(&wide));
    let texts = [&one, &wide, &odd];
    for (at, text) in (1..).zip(texts) {
        let risk = format!("title = {}\ncause = {}\nprobability = 3\n", quoted(text), quoted(text));
        sandbox.write(&format!("projects/crm/risks/R-00{at}.toml"), &risk);
    }
    sandbox.git_init();
    sandbox.replace("projects/crm/risks/R-001.toml", "probability = 3", "probability = 4");
    let formats = |line: &str, formats: &[&str]| -> Vec<String> {
        formats.iter().map(|format| format!("{line} -O {format}")).collect()
    };
    let pages = ["terminal", "markdown", "html", "json", "yaml", "csv", "xlsx"];
    let mut lines = formats("report raid", &pages);
    lines.extend(formats("report project crm", &pages[..5]));
    lines.extend(formats("check", &["human", "concise", "json", "sarif", "github", "gitlab", "junit"]));
    lines.extend(formats("show crm/R-002", &["terminal", "json", "toml"]));
    lines.extend(
        ["", "risk list", "risk matrix", "find ww", "diff HEAD", "status chase", "export json"]
            .map(str::to_owned),
    );
    if is_full() {
        lines.extend(LINES.iter().map(|line| (*line).to_owned()));
    }
    each(&lines, |line| {
        let began = Instant::now();
        let output = sandbox.program().args(line.split_whitespace()).env("PMO_WIDTH", "80").output().unwrap();
        let (code, took) = (output.status.code(), began.elapsed());
        assert!(code.is_some(), "{line}: {:?}", output.status);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked"), "{line}: {said}");
        assert!(took < Duration::from_secs(30), "{line}: {took:?}");
        if !line.ends_with("toml") && !line.ends_with("xlsx") {
            let shown = String::from_utf8(output.stdout).unwrap();
            assert!(!shown.contains(sample::is_harmful), "{line}");
        }
    });
}
