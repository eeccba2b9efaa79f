//! Reads the code and fails on an edge between rooms, or a crate in a room, that the design does not allow.
//!
//! Code is read as tokens, so comments and strings do not count, and every way of naming a room does:
//! `use crate::{a, b::c}`, a path written inline, `super::super::a`, and `pmo::a` in the binary. Code
//! under `#[cfg(test)] mod …`, inline or in a file of its own, may reach further.

// Tests look at files themselves.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Which room may use which. A room comes after all that it uses, so there can be no cycle.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("model", &["text"]),
    ("syntax", &["text"]),
    ("diag", &["model", "syntax", "text"]),
    ("store", &[]),
    ("load", &["store", "model", "diag", "syntax", "text"]),
    ("history", &["store", "load", "model", "diag"]),
    ("template", &["text"]),
    ("change", &["syntax", "template", "load", "store", "model", "diag"]),
    ("analysis", &["model"]),
    ("check", &["model", "analysis", "diag", "text"]),
    ("document", &["model"]),
    ("report", &["model", "analysis", "check", "diag", "document", "text"]),
    ("render", &["document", "model", "text", "template"]),
    ("exchange", &["model", "document", "change", "load", "syntax", "text"]),
    ("demo", &["model", "change", "store"]),
];

/// The room that may use every other, and the only one that the binary may.
const CLI: &str = "cli";

/// Crates, and parts of the standard library, that belong to certain rooms.
const CRATES: &[(&str, &[&str])] = &[
    ("git2", &["store"]),
    ("std::fs", &["store"]),
    ("tempfile", &["store", "cli"]),
    ("toml", &["syntax", "load", "model"]),
    ("toml_edit", &["syntax"]),
    ("toml_spanner", &["model"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("anyhow", &["cli"]),
    ("inquire", &["cli"]),
    ("minijinja", &["template"]),
    ("annotate_snippets", &["diag"]),
    ("serde_yaml", &["render", "exchange"]),
    ("calamine", &["exchange"]),
    ("chardetng", &["exchange"]),
    ("encoding_rs", &["exchange"]),
    ("flate2", &["exchange"]),
    ("quick_xml", &["exchange"]),
    ("icalendar", &["exchange"]),
    ("rusqlite", &["exchange"]),
    ("rust_xlsxwriter", &["render"]),
    ("rand_chacha", &["analysis"]),
    ("rand_distr", &["analysis"]),
    ("icu_calendar", &["render"]),
    ("icu_datetime", &["render"]),
    ("icu_decimal", &["render"]),
    ("icu_locale_core", &["render"]),
];

/// No file is longer than this, but for the exceptions below.
const LONGEST_FILE: usize = 500;

/// Files that are one thing and yet longer, with the reason.
const LONG_FILES: &[(&str, &str)] = &[
    ("src/demo/northwind/crm_migration.rs", "one project's story, told week by week"),
    ("src/demo/northwind/erp_rollout.rs", "one project's story, told week by week"),
];

#[test]
fn rooms_use_only_what_the_design_allows() {
    let mut violations = String::new();
    let sources = sources();
    let for_tests: BTreeSet<String> =
        sources.iter().flat_map(|file| test_modules(file, &read(file))).collect();
    for file in sources.into_iter().filter(|file| !is_for_tests(file, &for_tests)) {
        let text = read(&file);
        for (line, what) in violations_in(&file, &text) {
            let _ = writeln!(violations, "{file}:{line}: {what}");
        }
    }
    assert!(violations.is_empty(), "the table in tests/architecture.rs does not allow:\n{violations}");
}

#[test]
fn the_table_has_every_room_and_no_cycle() {
    let known: BTreeSet<&str> = ROOMS.iter().map(|(room, _)| *room).chain([CLI]).collect();
    for file in sources() {
        let room = room_of(&file);
        assert!(room.is_empty() || known.contains(room), "{file}: `{room}` is not in the table");
    }
    let mut above = BTreeSet::new();
    for (room, uses) in ROOMS {
        for used in *uses {
            assert!(above.contains(used), "{room} uses {used}, which must stand above it in the table");
        }
        above.insert(room);
    }
}

#[test]
fn files_open_with_a_word_about_themselves_and_stay_short() {
    let mut complaints = String::new();
    for file in sources() {
        let text = read(&file);
        if !text.starts_with("//!") && !file.ends_with("/tests.rs") {
            let _ = writeln!(complaints, "{file}: does not open with `//!`");
        }
        let lines = text.lines().count();
        if lines > LONGEST_FILE && !LONG_FILES.iter().any(|(long, _)| *long == file) {
            let _ = writeln!(complaints, "{file}: {lines} lines; look for the second thing that it does");
        }
    }
    for (long, _) in LONG_FILES {
        assert!(
            Path::new(env!("CARGO_MANIFEST_DIR")).join(long).exists(),
            "{long} is gone: take it off the list"
        );
    }
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn planted_violations_are_found() {
    let found = |file: &str, code: &str| -> Vec<String> {
        violations_in(file, code).into_iter().map(|(line, what)| format!("{line}: {what}")).collect()
    };
    let report = "`model` may not use `report`";
    let model = "src/model/risk.rs";
    for code in [
        "use crate::report::portfolio;",
        "use crate::{text::cut, report};",
        "use crate::{\n text::{self, cut}, report::{a, b}};",
        "fn f() { crate::report::run() }",
        "fn f() -> super::super::report::Page { todo!() }",
        "use super::super::{report as r};",
        "mod inner { use super::super::super::report; }",
        "macro_rules! m { () => { $crate::report::x() } }",
        "/* \" */ use crate::report; // \"",
        "const A: char = '\"'; use crate::report; const B: char = '\"';",
        "fn f<'a>(x: &'a str) { crate::report::y(x) }",
        "#[cfg(test)] mod tests { use crate::report::x; }\nuse crate::report::y;",
        "use ::pmo::report;",
    ] {
        let hits: Vec<_> = found(model, code);
        assert_eq!(hits.len(), 1, "{code}: {hits:?}");
        assert!(hits[0].ends_with(report), "{code}: {hits:?}");
    }
    assert_eq!(found("src/model/mod.rs", "use super::report;").len(), 1);
    assert_eq!(found("src/model/risk.rs", "use super::report;").len(), 0, "a neighbour in the same room");
    assert_eq!(found("src/main.rs", "fn main() { pmo::load::all() }"), ["1: `main` may not use `load`"]);
    assert_eq!(found("src/main.rs", "fn main() { pmo::cli::main() }").len(), 0);
    assert_eq!(found("src/report/a.rs", "\n\nuse crate::nonsense;"), ["3: there is no room `nonsense`"]);
}

#[test]
fn planted_crates_are_found() {
    let found = |file: &str, code: &str| violations_in(file, code).len();
    for code in [
        "use git2::Repository;",
        "fn f() -> git2::Oid { todo!() }",
        "use {git2, serde};",
        "use git2 as g;",
        "fn f() { std::fs::read(p) }",
        "use std::{fs, io};",
        "use std::{collections::{BTreeMap}, fs::File};",
        "#[derive(clap::Parser)] struct A;",
        "use ::toml_edit::Document;",
        "extern crate minijinja;",
        "fn f() { let x = anyhow::anyhow!(\"\"); }",
    ] {
        assert_eq!(found("src/report/a.rs", code), 1, "{code}");
    }
    assert_eq!(found("src/store/a.rs", "use git2::Repository; use std::fs;"), 0);
    assert_eq!(found("src/syntax/a.rs", "use toml::de::DeTable;"), 0);
}

#[test]
fn what_is_only_text_is_left_alone() {
    for code in [
        "//! [`crate::report`] and git2::Oid",
        "/// use crate::report;\nfn f() {}",
        "/* outer /* crate::report */ still */ fn f() {}",
        "const A: &str = \"crate::report\\\" git2::x\";",
        "const A: &str = r#\"crate::report \" git2::x\"#;",
        "const A: &[u8] = b\"crate::report\"; const B: &[u8] = br\"git2::x\";",
        "pub(crate) fn f() {} pub(super) fn g() {}",
        "use crate::text::cut; use crate::model::Date; use self::report;",
        "fn f(toml: &str) { toml.len(); x.git2; toml }",
        "use my::toml::x;",
    ] {
        assert_eq!(violations_in("src/model/risk.rs", code), [], "{code}");
    }
    let declared = "#[cfg(all(test, unix))]\nmod agreement; mod walk; #[cfg(test)] mod tests { }";
    let for_tests: BTreeSet<String> = test_modules("src/load/mod.rs", declared).into_iter().collect();
    assert_eq!(for_tests, BTreeSet::from(["src/load/agreement".to_owned()]));
    assert!(is_for_tests("src/load/agreement.rs", &for_tests));
    assert!(is_for_tests("src/load/agreement/cases.rs", &for_tests));
    assert!(!is_for_tests("src/load/agreements.rs", &for_tests));
    assert_eq!(test_modules("src/load/file.rs", "#[cfg(test)] mod tests;"), ["src/load/file/tests"]);
}

// --- the reader ------------------------------------------------------------------------------

type Violation = (usize, String);

fn violations_in(file: &str, text: &str) -> Vec<Violation> {
    let room = room_of(file);
    let mut found = BTreeSet::new();
    for path in paths(&tokens(text), &module_of(file)) {
        let line = path.line;
        match path.start {
            Start::Here => {
                let Some(used) = path.segments.first() else { continue };
                if let Some(what) = edge(room, file, used) {
                    found.insert((line, what));
                }
            }
            Start::Elsewhere => {
                let full = path.segments.join("::");
                for (owned, rooms) in CRATES {
                    let names = full == *owned || full.starts_with(&format!("{owned}::"));
                    if names && !rooms.contains(&room) {
                        found.insert((line, format!("`{owned}` belongs to {rooms:?}")));
                    }
                }
            }
        }
    }
    found.into_iter().collect()
}

/// Tells what is wrong with `room` using `used`, if anything.
fn edge(room: &str, file: &str, used: &str) -> Option<String> {
    let known = used == CLI || ROOMS.iter().any(|(name, _)| *name == used);
    if file == "src/lib.rs" || used == room {
        return None;
    }
    if !known {
        return Some(format!("there is no room `{used}`"));
    }
    let allowed = match room {
        CLI => true,
        "" => used == CLI,
        _ => ROOMS.iter().any(|(name, uses)| *name == room && uses.contains(&used)),
    };
    let room = if room.is_empty() { "main" } else { room };
    (!allowed).then(|| format!("`{room}` may not use `{used}`"))
}

fn room_of(file: &str) -> &str {
    let inside = file.strip_prefix("src/").unwrap_or(file);
    match inside.split_once('/') {
        Some((room, _)) => room,
        None if inside == "lib.rs" || inside == "main.rs" => "",
        None => inside.trim_end_matches(".rs"),
    }
}

fn module_of(file: &str) -> Vec<String> {
    let inside = file.strip_prefix("src/").unwrap_or(file).trim_end_matches(".rs");
    inside.split('/').filter(|part| !matches!(*part, "mod" | "lib" | "main")).map(String::from).collect()
}

#[derive(Clone, Debug, PartialEq)]
struct Token {
    line: usize,
    text: String,
}

/// Breaks code into words, `::` and single signs; comments, strings, characters and lifetimes are dropped.
fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut tokens = Vec::new();
    let (mut i, mut line) = (0, 1);
    let skip =
        |from: usize, to: usize| chars[from..to.min(chars.len())].iter().filter(|c| **c == '\n').count();
    while i < chars.len() {
        let c = chars[i];
        let from = i;
        if c == '/' && at(i + 1) == '/' {
            while i < chars.len() && at(i) != '\n' {
                i += 1;
            }
        } else if c == '/' && at(i + 1) == '*' {
            let mut depth = 0;
            while i < chars.len() {
                match (at(i), at(i + 1)) {
                    ('/', '*') => (depth, i) = (depth + 1, i + 2),
                    ('*', '/') => (depth, i) = (depth - 1, i + 2),
                    _ => i += 1,
                }
                if depth == 0 {
                    break;
                }
            }
        } else if c == '"' {
            i = end_of_string(&chars, i);
        } else if c == '\'' && (at(i + 1) == '\\' || at(i + 2) == '\'') {
            i += if at(i + 1) == '\\' { 3 } else { 2 };
            while i < chars.len() && at(i) != '\'' {
                i += 1;
            }
            i += 1;
        } else if c.is_alphanumeric() || c == '_' {
            while at(i).is_alphanumeric() || at(i) == '_' {
                i += 1;
            }
            let word: String = chars[from..i].iter().collect();
            let raw = matches!(word.as_str(), "r" | "br" | "cr");
            if raw && (at(i) == '"' || (at(i) == '#' && matches!(at(i + 1), '"' | '#'))) {
                let hashes = chars[i..].iter().take_while(|c| **c == '#').count();
                i += hashes + 1;
                while i < chars.len() && !(at(i) == '"' && (1..=hashes).all(|n| at(i + n) == '#')) {
                    i += 1;
                }
                i += hashes + 1;
            } else if matches!(word.as_str(), "b" | "c") && at(i) == '"' {
                i = end_of_string(&chars, i);
            } else {
                tokens.push(Token { line, text: word });
            }
        } else if c == ':' && at(i + 1) == ':' {
            i += 2;
            tokens.push(Token { line, text: "::".into() });
        } else {
            i += 1;
            // A lifetime's quote is as good as a blank.
            if !c.is_whitespace() && c != '\'' {
                tokens.push(Token { line, text: c.into() });
            }
        }
        line += skip(from, i);
    }
    tokens
}

fn end_of_string(chars: &[char], start: usize) -> usize {
    let mut i = start + 1;
    while i < chars.len() && chars[i] != '"' {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

/// Where a path begins.
#[derive(Debug, PartialEq)]
enum Start {
    /// In this crate: the segments count from its root.
    Here,
    /// In another crate, or in something that was imported.
    Elsewhere,
}

#[derive(Debug)]
struct Named {
    line: usize,
    start: Start,
    segments: Vec<String>,
}

/// Finds every path that is named, `use` trees spread out; what is under `#[cfg(test)] mod` is passed over.
fn paths(tokens: &[Token], module: &[String]) -> Vec<Named> {
    let text = |i: usize| tokens.get(i).map_or("", |token| token.text.as_str());
    let mut found = Vec::new();
    let mut depth = 0;
    let mut inner: Vec<(String, usize)> = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match text(i) {
            "#" if (1..7).map(|n| text(i + n)).eq(["[", "cfg", "(", "test", ")", "]"])
                && text(i + 7) == "mod" =>
            {
                i = match text(i + 9) {
                    "{" => end_of_block(tokens, i + 9),
                    _ => i + 10,
                };
                continue;
            }
            "mod" if text(i + 2) == "{" => {
                inner.push((text(i + 1).to_owned(), depth));
                i += 2;
                continue;
            }
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                if inner.last().is_some_and(|(_, at)| *at == depth) {
                    inner.pop();
                }
            }
            _ => {}
        }
        // `use<'a>` is a bound, not an import.
        let is_use = (text(i) == "use" && text(i + 1) != "<")
            || (text(i) == "crate" && text(i.wrapping_sub(1)) == "extern");
        let begins = is_use
            || (is_word(text(i)) && text(i + 1) == "::" && !matches!(text(i.wrapping_sub(1)), "::" | "."))
            || (text(i) == "::" && !is_word(text(i.wrapping_sub(1))) && is_word(text(i + 1)));
        if !begins {
            i += 1;
            continue;
        }
        let here: Vec<String> =
            module.iter().cloned().chain(inner.iter().map(|(name, _)| name.clone())).collect();
        let mut trees = Vec::new();
        let after = tree(tokens, if is_use { i + 1 } else { i }, &[], is_use, &mut trees);
        found.extend(trees.into_iter().map(|(line, segments)| resolve(line, segments, &here)));
        i = after.max(i + 1);
    }
    found
}

/// The modules with files of their own that a file declares for tests only, without `.rs`.
fn test_modules(file: &str, text: &str) -> Vec<String> {
    let root = ["/mod.rs", "/lib.rs", "/main.rs"].into_iter().find_map(|end| file.strip_suffix(end));
    let folder = root.unwrap_or(file.trim_end_matches(".rs"));
    let tokens = tokens(text);
    let text = |i: usize| tokens.get(i).map_or("", |token| token.text.as_str());
    let is_declared = |i: usize| {
        if text(i) != "mod" || text(i + 2) != ";" {
            return false;
        }
        let before: Vec<&str> =
            (0..i).rev().map(text).take_while(|word| !matches!(*word, "#" | ";")).collect();
        before.ends_with(&["(", "cfg", "["]) && before.contains(&"test")
    };
    let declared = (0..tokens.len()).filter(|i| is_declared(*i));
    declared.map(|i| format!("{folder}/{}", text(i + 1))).collect()
}

/// Tells whether a file is a module for tests, or in the folder of one.
fn is_for_tests(file: &str, for_tests: &BTreeSet<String>) -> bool {
    for_tests.iter().any(|module| {
        file.strip_prefix(module.as_str()).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    })
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn end_of_block(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for (i, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return i + 1;
        }
    }
    tokens.len()
}

/// Spreads a path or `use` tree out and gives the token after it.
fn tree(
    tokens: &[Token],
    mut i: usize,
    prefix: &[String],
    is_use: bool,
    found: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    let text = |i: usize| tokens.get(i).map_or("", |token| token.text.as_str());
    let line = tokens.get(i).map_or(0, |token| token.line);
    let mut segments = prefix.to_vec();
    loop {
        match text(i) {
            "::" => i += 1,
            "{" if is_use => {
                i += 1;
                while !matches!(text(i), "}" | "") {
                    i = tree(tokens, i, &segments, true, found);
                    if text(i) == "," {
                        i += 1;
                    }
                }
                return i + 1;
            }
            word if is_word(word) => {
                segments.push(word.to_owned());
                i += 1;
                if text(i) == "as" {
                    i += 2;
                }
                if text(i) != "::" {
                    break;
                }
            }
            "*" if is_use => {
                i += 1;
                break;
            }
            _ => break,
        }
    }
    found.push((line, segments));
    i
}

fn resolve(line: usize, segments: Vec<String>, module: &[String]) -> Named {
    let mut base = module.to_vec();
    let mut rest = segments.as_slice();
    let here = match rest.first().map(String::as_str) {
        Some("crate" | "pmo") => {
            base.clear();
            rest = &rest[1..];
            true
        }
        Some("super") => {
            while rest.first().is_some_and(|segment| segment == "super") {
                base.pop();
                rest = &rest[1..];
            }
            true
        }
        Some("self") => {
            rest = &rest[1..];
            true
        }
        _ => false,
    };
    if here {
        let segments = base.into_iter().chain(rest.iter().cloned()).collect();
        return Named { line, start: Start::Here, segments };
    }
    Named { line, start: Start::Elsewhere, segments }
}

// --- the files -------------------------------------------------------------------------------

fn sources() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let inside = path.strip_prefix(root).unwrap();
                files.push(inside.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    files.sort();
    assert!(files.len() > 20, "only {} files found", files.len());
    files
}

fn read(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}
