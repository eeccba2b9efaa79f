//! Awkward words, read back by another reader.

use std::process::{Command, Stdio};

use super::*;

const AWKWARD: &[&str] = &[
    "no",
    "No",
    "yes",
    "on",
    "off",
    "y",
    "n",
    "null",
    "~",
    "",
    " ",
    "true",
    "12:30",
    "1:20:30",
    "2026-01-02",
    "2026-W47",
    "1_000",
    "0x1f",
    "0o17",
    "012",
    "1e3",
    ".inf",
    "-.5",
    "1.0",
    "+1",
    "=",
    "<<",
    "- a",
    "a: b",
    "a #b",
    "# a",
    "'",
    "\"",
    "\\",
    "a'b\"c",
    "[a]",
    "{a}",
    "&a",
    "*a",
    "!a",
    "%a",
    "@a",
    "`a",
    "|",
    ">",
    "?",
    "? a",
    ":",
    "-",
    "---",
    "...",
    "a\nb",
    "a\n",
    "\na",
    "a\tb",
    "\u{1b}[2J",
    "a\u{85}b",
    "\u{feff}a",
    "a\u{2028}b",
    "ünï çødé ☃ 😀",
    "trailing ",
    " leading",
    "a\r\nb",
    "\u{7f}",
    "\u{9b}31m",
    "crm/R-003",
    "#go-live",
    "@jana",
    "a very long line that goes on and on, well past any width at which a writer might want to fold it into two",
];

fn read_by_python(yaml: &str) -> Option<serde_json::Value> {
    use std::io::Write;
    let script = "import sys, json, yaml; json.dump(yaml.safe_load(sys.stdin.buffer.read()), sys.stdout)";
    let mut python = Command::new("python3")
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    python.stdin.take()?.write_all(yaml.as_bytes()).ok()?;
    let output = python.wait_with_output().ok()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    if errors.contains("ModuleNotFoundError") {
        return None;
    }
    assert!(output.status.success(), "{errors}\n{yaml}");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn awkward_words_are_read_back_by_another_reader() {
    let value = serde_json::json!({
        "list": AWKWARD,
        "keys": AWKWARD.iter().map(|word| ((*word).to_owned(), serde_json::json!(1))).collect::<serde_json::Map<_, _>>(),
        "nested": [{ "a": [[1, 2], [], {}], "b": null }, [{ "c": true }]],
    });
    let Some(back) = read_by_python(&yaml(&value).unwrap()) else {
        return;
    };
    assert_eq!(back, value);
}

#[test]
fn numbers_are_exact_and_the_layout_is_calm() {
    let tree = Node::Map(vec![
        ("cost".into(), Node::Decimal("1234567890123.4500".into())),
        (
            "rows".into(),
            Node::List(vec![Node::Map(vec![("a".into(), Node::Int(1)), ("b".into(), Node::Null)])]),
        ),
        ("none".into(), Node::List(vec![])),
        ("day".into(), Node::Text("2026-01-02".into())),
    ]);
    let expected = "\
cost: 1234567890123.4500
rows:
  - a: 1
    b: null
none: []
day: \"2026-01-02\"
";
    assert_eq!(yaml_of(&tree).unwrap(), expected);
}
