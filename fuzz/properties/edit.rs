//! An edit changes the one value that it was asked to change, or refuses.

use pmo::syntax::{self, NewValue, Step, parse_path, write_path};

use super::parts;

/// The parts are a path, a value as TOML (none to remove the key), and the file.
pub fn holds(input: &[u8]) {
    let Ok(input) = std::str::from_utf8(input) else { return };
    let parts = parts(input.as_bytes(), 3);
    let [path, value, text] = parts[..] else { return };
    let [Ok(path), Ok(value), Ok(text)] = [path, value, text].map(std::str::from_utf8) else { return };
    let Some(steps) = parse_path(path) else { return };
    assert!(parse_path(&write_path(&steps)).as_ref() == Some(&steps), "a path is not read as it is written");
    if value.is_empty() {
        if let Ok(result) = syntax::remove(text, &steps) {
            assert!(said(text).is_none() || said(&result).is_some(), "what is left is no TOML: {result:?}");
            assert!(result.len() < text.len(), "a removal that removes nothing");
        }
        return;
    }
    let Some(new) = NewValue::literal(value) else { return };
    let Ok(result) = syntax::set(text, &steps, &new) else { return };
    // A figure such as `1_` elsewhere is a mistake of the file's own, which stays where it is.
    let Some(before) = said(text) else { return };
    let Some(after) = said(&result) else { panic!("an edit made a file that does not parse: {result:?}") };
    // Setting it once more changes nothing.
    assert!(
        syntax::set(&result, &steps, &new).is_ok_and(|again| again == result),
        "an edit repeated changes more"
    );
    if steps.iter().all(|step| matches!(step, Step::Key(_))) {
        let keys: Vec<&str> = steps
            .iter()
            .filter_map(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None })
            .collect();
        // A key that names an element of a list by its id is another matter: `prove` looks at it.
        if let (Some(before), Some(after)) = (without(before, &keys), without(after, &keys)) {
            assert!(before == after, "an edit changed something else:\n{text}\n=>\n{result}");
        }
    }
    let range = changed(text.as_bytes(), result.as_bytes());
    assert!(
        text.is_char_boundary(range.0) || result.is_char_boundary(range.0),
        "an edit in the middle of a letter"
    );
}

fn said(text: &str) -> Option<toml::Table> {
    text.strip_prefix('\u{feff}').unwrap_or(text).parse().ok()
}

/// The table without what stands at the path, and without tables that this leaves empty; nothing where the way leads through a list.
fn without(mut table: toml::Table, keys: &[&str]) -> Option<toml::Table> {
    fn take(table: &mut toml::Table, keys: &[&str]) -> bool {
        match keys {
            [] => true,
            [last] => {
                table.remove(*last);
                true
            }
            [first, rest @ ..] => match table.get_mut(*first) {
                Some(toml::Value::Table(inner)) => {
                    let fine = take(inner, rest);
                    if inner.is_empty() {
                        table.remove(*first);
                    }
                    fine
                }
                Some(_) => false,
                None => true,
            },
        }
    }
    take(&mut table, keys).then_some(table)
}

/// How many bytes the two have in common at their beginning and at their end.
fn changed(old: &[u8], new: &[u8]) -> (usize, usize) {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    (start, end)
}
