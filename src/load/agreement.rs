//! Serde and the walk agree on the real types: serde takes a file exactly when the walk is silent.

#![allow(clippy::disallowed_methods, reason = "tests look at files themselves")]

use std::path::Path;

use proptest::prelude::*;

use super::file::schema_of_kind;
use crate::model::{KINDS, Kind, RecordId};
use crate::syntax;

/// Values of every type, right and wrong; no list that serde would take for a table by position.
const VALUES: &[&str] = &[
    "\"x\"",
    "\"red\"",
    "\"\"",
    "\"crm\"",
    "\"@jana-novak\"",
    "\"…\"",
    "1",
    "0",
    "-1",
    "6",
    "101",
    "256",
    "4294967296",
    "99999999999999999999",
    "1.5",
    "1e400",
    "12345678901234567890123456789.5",
    "true",
    "2026-11-20",
    "2026-11-20T10:00:00",
    "10:00:00",
    "[true]",
    "[\"a\", 1]",
    "{ a = 1 }",
    "{ overall = \"red\" }",
    "{ low = 1, likely = 2, high = 3.5 }",
    "[{ id = \"a\" }]",
    "[{ id = 7 }]",
    "[[1]]",
    "[2026-11-20, \"…\"]",
    "\"2026-11-20\"",
    "\"weekly\"",
    "0x1F",
    "{}",
    "[]",
];

/// Every record of the example register, with its kind.
fn examples() -> Vec<(&'static Kind, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let (mut folders, mut found) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            if let Some(id) = RecordId::at_path(&name) {
                found.push((Kind::named(id.kind).unwrap(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(found.len() > 100, "the example register is missing");
    found
}

/// A few of each kind, the longest first: they have the most keys.
fn samples() -> Vec<(&'static Kind, String)> {
    let mut all = examples();
    all.sort_by_key(|(_, text)| std::cmp::Reverse(text.len()));
    let few = |kind: &&'static Kind| -> Vec<(&'static Kind, String)> {
        all.iter().filter(|(k, _)| k.spec.name == kind.spec.name).take(4).cloned().collect()
    };
    KINDS.iter().flat_map(|kind| few(&kind)).collect()
}

fn agree(kind: &'static Kind, text: &str) -> Result<(), TestCaseError> {
    let (Ok(mut plain), Ok(mut walked)) = (syntax::parse(text), syntax::parse(text)) else { return Ok(()) };
    let unfit = syntax::wrap_numbers(plain.get_mut());
    syntax::wrap_numbers(walked.get_mut());
    let taken = (kind.read)(plain);
    let before = format!("{:?}", walked.get_ref());
    let mistakes = syntax::walk(&mut walked, schema_of_kind(kind));
    // What is dropped in silence is a placeholder, which no type but text takes.
    let silent = mistakes.is_empty() && unfit.is_empty() && before == format!("{:?}", walked.get_ref());
    prop_assert_eq!(
        silent,
        taken.is_ok(),
        "{}\n{}\n{:#?}\n{:?}",
        kind.spec.name,
        text,
        mistakes,
        taken.err()
    );
    Ok(())
}

#[test]
fn the_example_register_is_taken_by_both() {
    for (kind, text) in examples() {
        agree(kind, &text).unwrap();
    }
}

#[test]
fn fields_of_the_organisation_s_own_are_taken_by_both() {
    let charter = "name = 'x'\nmanager = 'j'\nstate = 'active'\n[custom]\nown = ";
    for value in VALUES {
        agree(Kind::named("project").unwrap(), &format!("{charter}{value}\n")).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn serde_takes_exactly_what_the_walk_lets_pass(
        which in any::<prop::sample::Index>(),
        line in any::<prop::sample::Index>(),
        what in 0..5u8,
        value in prop::sample::select(VALUES),
    ) {
        thread_local!(static SAMPLES: Vec<(&'static Kind, String)> = samples());
        let (kind, text) = SAMPLES.with(|samples| which.get(samples).clone());
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let keys: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].contains(" = ") && !lines[*i].starts_with('#')).collect();
        if keys.is_empty() {
            return Ok(());
        }
        let at = *line.get(&keys);
        let key = lines[at].split(" = ").next().unwrap_or_default().to_owned();
        match what {
            0 => { lines.remove(at); }
            1 => lines[at] = format!("{key}x = {value}"),
            _ => lines[at] = format!("{key} = {value}"),
        }
        agree(kind, &lines.join("\n"))?;
    }
}
