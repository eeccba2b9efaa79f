//! One more table at the head of a list of tables, for lists that have the newest first.

use toml::Spanned;
use toml::de::DeValue;

use super::edit::{EditError, append_table, line, proved, spliced, tree};
use super::literal::{NewValue, key};
use super::outline::{Kind, outline};
use super::place::Step;
use super::prove::Said;

/// Adds one more `[[name]]` before the first one, or at the end of the file where there is none.
///
/// Comments above the first stay at the head of the list.
pub fn prepend_table(text: &str, name: &str, entries: &[(String, NewValue)]) -> Result<String, EditError> {
    let parsed = tree(text)?;
    let existing = parsed.get_ref().get(name);
    let count = existing.map(Spanned::get_ref).and_then(DeValue::as_array).map_or(0, |array| array.len());
    let Some(list) = existing.filter(|_| count > 0) else { return append_table(text, name, entries) };
    let base = vec![Step::Key(name.to_string())];
    let first = [base.clone(), vec![Step::Index(0)]].concat();
    let new = Said::of_new(&NewValue::inline_table(entries));
    let mut expected = Said::of_table(parsed.get_ref());
    let known = new.is_some_and(|new| expected.insert_first(name, new));
    let statements = outline(text);
    let result = match statements.iter().find(|s| s.kind == Kind::Element && s.path == first) {
        Some(header) => {
            let lines: String = entries.iter().map(|(name, value)| line("", &key(name), value)).collect();
            let at = header.lines.start;
            spliced(text, at..at, &format!("[[{}]]\n{lines}\n", key(name)))
        }
        None => {
            let at = list.span().start + 1;
            spliced(text, at..at, &format!("{}, ", NewValue::inline_table(entries).on_one_line()))
        }
    };
    proved(known, expected, result, &base, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Vec<(String, NewValue)> {
        let literal = |text: &str| NewValue::literal(text).unwrap();
        vec![
            ("finish".to_owned(), literal("2027-01-31")),
            ("milestones".to_owned(), literal("{ go-live = 2026-12-01 }")),
        ]
    }

    #[test]
    fn the_newest_comes_first_and_nothing_else_changes() {
        let new = "[[old]]\nfinish = 2027-01-31\nmilestones = { go-live = 2026-12-01 }\n";
        for (before, after) in [
            ("a = 1 # one\n", format!("a = 1 # one\n\n{new}")),
            (
                "a = 1\n\n# newest first\n[[old]] # x\nfinish = 2026-01-31\n\n[b]\nc = 2\n",
                format!("a = 1\n\n# newest first\n{new}\n[[old]] # x\nfinish = 2026-01-31\n\n[b]\nc = 2\n"),
            ),
            (
                "old = [{ finish = 2026-01-31 }]\r\n",
                "old = [{ finish = 2027-01-31, milestones = { go-live = 2026-12-01 } }, { finish = 2026-01-31 }]\r\n"
                    .to_owned(),
            ),
            ("[[old]]\r\nfinish = 2026-01-31\r\n", format!("{new}\n[[old]]\nfinish = 2026-01-31\n").replace('\n', "\r\n")),
        ] {
            assert_eq!(prepend_table(before, "old", &entries()).unwrap(), after);
        }
        assert!(prepend_table("old = 3\n", "old", &entries()).is_err());
    }
}
