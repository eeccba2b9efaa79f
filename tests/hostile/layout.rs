//! Comments and layout belong to whoever wrote them: a change touches the bytes of its value, a new key its own
//! line, a removal the lines of what is removed.

use std::collections::BTreeSet;
use std::path::Path;

use pmo::syntax::{NewValue, Step, locate, remove, set, write_path};
use proptest::prelude::*;
use toml::Value;

/// Every path to a value, with what stands there.
fn paths(value: &Value, here: &mut Vec<Step>, found: &mut Vec<(Vec<Step>, Value)>) {
    if !here.is_empty() {
        found.push((here.clone(), value.clone()));
    }
    let mut below = |step: Step, inner: &Value| {
        here.push(step);
        paths(inner, here, found);
        here.pop();
    };
    match value {
        Value::Table(table) => table.iter().for_each(|(key, inner)| below(Step::Key(key.clone()), inner)),
        Value::Array(list) => list.iter().enumerate().for_each(|(at, inner)| below(Step::Index(at), inner)),
        _ => {}
    }
}

/// The values of a text; nothing where it does not parse.
fn told(text: &str) -> Option<Vec<(Vec<Step>, Value)>> {
    let table: toml::Table = text.strip_prefix('\u{feff}').unwrap_or(text).parse().ok()?;
    let mut found = Vec::new();
    paths(&Value::Table(table), &mut Vec::new(), &mut found);
    Some(found)
}

/// A value to set: by each way of writing it.
fn new_values() -> Vec<NewValue> {
    let mut all =
        vec![NewValue::text("plain"), NewValue::text("two\nlines # no comment"), NewValue::text("'\"\"\"\\")];
    all.extend(
        ["7", "-2.50", "true", "2026-11-20", "[1, 2]", "'literal'"]
            .iter()
            .filter_map(|toml| NewValue::literal(toml)),
    );
    all
}

/// Sets one value and holds that no byte but the value's own differs.
fn set_one(text: &str, path: &[Step], value: &Value, new: &NewValue) -> Result<(), TestCaseError> {
    let words = write_path(path);
    let is_leaf = !matches!(value, Value::Table(_) | Value::Array(_));
    match set(text, path, new) {
        Ok(after) => {
            let place = locate(text, &words);
            prop_assert!(place.is_some(), "{words} is nowhere in\n{text}");
            let place = place.unwrap();
            let (head, tail) = (&text[..place.start], &text[place.end..]);
            prop_assert!(
                after.starts_with(head),
                "{words}: what stands before differs\n{text}\n---\n{after}"
            );
            prop_assert!(after.ends_with(tail), "{words}: what stands behind differs\n{text}\n---\n{after}");
            prop_assert!(after.len() >= head.len() + tail.len(), "{words}\n{text}\n---\n{after}");
            prop_assert!(told(&after).is_some(), "{after}");
        }
        // Refused with the reason, and there is no text that could be written.
        Err(error) => {
            prop_assert!(!is_leaf, "{words}: {error}\n{text}");
            prop_assert!(!error.to_string().is_empty());
        }
    }
    Ok(())
}

/// Adds a key to a table and holds that nothing else differs and that a line of its own is a whole one.
fn add_one(text: &str, path: &[Step], value: &Value) -> Result<(), TestCaseError> {
    let mut path = path.to_vec();
    path.push(Step::Key("brand-new".into()));
    let words = write_path(&path);
    match set(text, &path, &NewValue::text("v")) {
        Ok(after) => {
            let common = text.bytes().zip(after.bytes()).take_while(|(one, other)| one == other).count();
            let common = text.floor_char_boundary(common);
            prop_assert!(after.ends_with(&text[common..]), "{words}\n{text}\n---\n{after}");
            // Every line of before is there as it was, but for an inline table's, which grows in its place.
            let kept: Vec<&str> = after.split_inclusive('\n').collect();
            let lost = text
                .split_inclusive('\n')
                .filter(|line| line.ends_with('\n') && !kept.contains(line))
                .count();
            prop_assert!(lost <= 1, "{words}: {lost} lines differ\n{text}\n---\n{after}");
        }
        Err(error) => prop_assert!(!matches!(value, Value::Table(_)), "{words}: {error}\n{text}"),
    }
    Ok(())
}

fn has_tables(value: &Value) -> bool {
    value.as_array().is_some_and(|list| list.iter().any(Value::is_table))
}

/// Removes a value and holds that it goes in one piece and nothing else differs.
fn remove_one(text: &str, path: &[Step], value: &Value, in_one_piece: bool) -> Result<(), TestCaseError> {
    let words = write_path(path);
    let Ok(after) = remove(text, path) else { return Ok(()) };
    // A table's keys may stand in many places; anything else goes in one piece, with the comma and comment behind it.
    if in_one_piece && !matches!(value, Value::Table(_)) && !has_tables(value) {
        let head = text.bytes().zip(after.bytes()).take_while(|(one, other)| one == other).count();
        let tail =
            text.bytes().rev().zip(after.bytes().rev()).take_while(|(one, other)| one == other).count();
        prop_assert!(head + tail + 4 >= after.len(), "{words}: more differs\n{text}\n---\n{after}");
    }
    prop_assert!(told(&after).is_some(), "{words}\n{text}\n---\n{after}");
    prop_assert!(after.len() < text.len(), "{words}\n{text}");
    Ok(())
}

fn leaf() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "1",
        "-2.50",
        "1_000",
        "0x1F",
        "true",
        "2026-11-20",
        "2026-11-20T08:00:00Z",
        "10:30:00",
        "\"a # b\"",
        "'c = [d'",
        "\"\"",
        "\"\"\"\nx\n# no\ty \\\"\"\"\\\"\n\"\"\"",
        "\"\"\"a\\\n   b\"\"\"",
        "'''\ny]\n# z\n'''",
        "'''it's'''",
        "\"\\\"\\u00e9\\t\"",
        "\"é 日本 👩\u{200d}💻\"",
        "'\t'",
    ])
    .prop_map(str::to_string)
}

fn any_value() -> impl Strategy<Value = String> {
    leaf().prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|items| format!("[{},]", items.join(" ,\t"))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|items| format!(
                "[ # list\n\n\t{}, # end\n  # alone\n]",
                items.join(" # before\n  , # c\n  ")
            )),
            prop::collection::vec(inner.clone(), 0..3).prop_map(|items| {
                let entries: Vec<String> =
                    items.iter().enumerate().map(|(at, one)| format!("k{at} = {one}")).collect();
                format!("{{ {} }}", entries.join(", "))
            }),
            prop::collection::vec(inner, 1..3).prop_map(|items| {
                let entries: Vec<String> =
                    items.iter().enumerate().map(|(at, one)| format!("'k {at}'.\"x.y\".z={one}")).collect();
                format!("{{{}}}", entries.join("\t,"))
            }),
        ]
    })
}

fn statements(name: &'static str) -> impl Strategy<Value = String> {
    prop::collection::vec((any_value(), 0..9_u8), 0..4).prop_map(move |values| {
        let mut text = String::new();
        for (at, (value, style)) in values.iter().enumerate() {
            text.push_str(&match style {
                0 => format!("# above\n{name}{at} = {value} # behind = [\n"),
                1 => format!("\n  {name}{at}   =   {value}\t\n"),
                2 => format!("{name}{at}.sub.\"x y\" = {value}\n"),
                3 => format!("\"{name} {at}\" = {value}\n# below\n"),
                4 => format!("'{name}.{at}'\t=\t{value}\t#\ttabs\n"),
                5 => format!("{name}{at} . \"q\" . 'r' = {value}#tight\n\n\n"),
                6 => format!("\t\t{name}{at}={value}\n\t# indented\n"),
                7 => format!("{name}{at}.one = 1 # first\n{name}{at}.two = {value}\n"),
                _ => format!("{name}{at}={value}\n"),
            });
        }
        text
    })
}

/// How lines end: `\n`, `\r\n`, or now this and now that.
fn with_ends(text: &str, ends: u8) -> String {
    let mut at = 0;
    let mut out = String::new();
    for c in text.chars() {
        if c == '\n' {
            at += 1;
            if ends == 1 || (ends == 2 && at % 3 == 0) {
                out.push('\r');
            }
        }
        out.push(c);
    }
    out
}

fn any_file() -> impl Strategy<Value = String> {
    let parts = (
        statements("a"),
        statements("b"),
        statements("c"),
        statements("d"),
        statements("e"),
        statements("f"),
    );
    (parts, 0..4_u8, 0..3_u8, any::<[bool; 2]>()).prop_map(|((top, table, sub, one, two, three), order, ends, [bom, cut])| {
        let tables = match order {
            0 => format!("[t] # t\n{table}\n[t.s.r]\n{sub}\n"),
            // A table before the one that it is in, and with a quoted name.
            1 => format!("[t.s.\"r x\"] # early\n{sub}\n\n# late\n[t]\n{table}\n"),
            2 => format!("[ t . s ]\n{sub}[other]\n{table}\n[t.u]#u\n"),
            _ => format!("[[t.list]]\n{table}[t.list.in]\n{sub}\n[[t.list]] # empty\n"),
        };
        let text = format!(
            "#:schema x\n{top}\n# between\n{tables}\n# array\n[[m]]\nid = \"one\"\n{one}\n[m.deep] # in one\n{three}\n[[m]] # 2\nid = \"two\"\n{two}"
        );
        let text = with_ends(if cut { text.trim_end() } else { &text }, ends);
        if bom { format!("\u{feff}{text}") } else { text }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_change_touches_what_it_must_and_nothing_else(text in any_file(), seed in any::<usize>()) {
        let Some(all) = told(&text) else { return Ok(()) };
        let values = new_values();
        // A few places of each file: making a file costs more than changing it.
        for round in 0..4_usize {
            let (path, value) = &all[seed.wrapping_mul(31).wrapping_add(round * 7919) % all.len()];
            set_one(&text, path, value, &values[(seed.wrapping_add(round)) % values.len()])?;
            add_one(&text, path, value)?;
            // An element of a list over many lines goes without its comma and leaves the comment between them.
            remove_one(&text, path, value, false)?;
        }
    }
}

#[test]
fn generated_files_are_mostly_files() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let made =
        (0..60).filter(|_| told(&any_file().new_tree(&mut runner).unwrap().current()).is_some()).count();
    assert!(made > 40, "{made} of 60 parse");
}

#[test]
fn every_field_of_the_demo_register_can_be_changed_by_itself() {
    let (mut seen, mut folders, mut files) =
        (BTreeSet::new(), vec![Path::new("examples").to_path_buf()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "toml") {
                files.push(path);
            }
        }
    }
    files.sort();
    let values = new_values();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let Some(all) = told(&text) else { continue };
        let folder = file.parent().and_then(Path::file_name).map(|name| name.to_owned());
        for (path, value) in all {
            // Each field of each kind in one file, and each way of writing its value.
            let keys: Vec<String> = path
                .iter()
                .map(|step| match step {
                    Step::Key(key) => key.clone(),
                    Step::Index(_) | Step::Id(_) => "[]".to_owned(),
                })
                .collect();
            let shape = locate(&text, &write_path(&path)).map(|at| text[at].chars().next());
            if seen.insert((folder.clone(), keys, shape)) {
                set_one(&text, &path, &value, &values[seen.len() % values.len()]).unwrap();
                add_one(&text, &path, &value).unwrap();
                remove_one(&text, &path, &value, true).unwrap();
            }
        }
    }
    assert!(seen.len() > 300, "{} fields", seen.len());
}
