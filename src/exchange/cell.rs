//! The text of a cell, out and in: what keeps a text from being a formula, and several texts in one cell.

use std::borrow::Cow;

/// What a text must not begin with in a cell: a program would take it for a formula, or for this very sign.
const RISKY: [char; 12] = ['\'', '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A text as a cell holds it: with an apostrophe before it where a program could take it for a formula, and where it
/// begins with one. An empty text is an empty cell, and so is none.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(RISKY) {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}

/// The text that [`guarded`] put into a cell. An apostrophe before anything harmless is part of the text: `'tis`.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(RISKY)).unwrap_or(cell)
}

/// Several texts as one, one a line; `\n`, `\r` and `\\` stand for what would be taken for an end of line, and `\[`
/// for a bracket that would begin a list of JSON.
pub fn list(texts: &[String]) -> String {
    let line = |text: &String| text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r");
    let mut lines = texts.iter().map(line).collect::<Vec<_>>().join("\n");
    if let Some(at) = lines.find('[').filter(|at| !lines[..*at].contains(char::is_alphanumeric)) {
        lines.insert(at, '\\');
    }
    lines
}

/// The texts that [`list`] made one of. A backslash before any other sign is only a backslash.
pub fn items(text: &str) -> Vec<String> {
    let line = |line: &str| {
        let mut out = String::with_capacity(line.len());
        let mut signs = line.chars().peekable();
        while let Some(sign) = signs.next() {
            let meant = match signs.peek() {
                Some('n') if sign == '\\' => '\n',
                Some('r') if sign == '\\' => '\r',
                Some(&meant @ ('\\' | '[')) if sign == '\\' => meant,
                _ => {
                    out.push(sign);
                    continue;
                }
            };
            signs.next();
            out.push(meant);
        }
        out
    };
    // A program that writes CSV on Windows may have turned the ends of lines.
    text.split('\n').map(|part| line(part.strip_suffix('\r').unwrap_or(part))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_text_is_taken_for_a_formula_and_every_one_comes_back() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'quoted", "''", "plain", "＝1"] {
            let cell = guarded(text);
            assert!(!cell.is_empty() && !cell.starts_with(&RISKY[1..]), "{cell:?}");
            assert_eq!(unguarded(&cell), text);
        }
        assert_eq!(guarded("3 - 2"), "3 - 2");
        assert_eq!(unguarded("'tis"), "'tis", "as another program wrote it");
    }

    #[test]
    fn a_list_stands_one_a_line() {
        let texts = ["Cut-over rehearsed; two defects", "C:\\new", "two\nlines", ""].map(String::from);
        assert_eq!(list(&texts), "Cut-over rehearsed; two defects\nC:\\\\new\ntwo\\nlines\n");
        assert_eq!(items(&list(&texts)), texts);
        assert_eq!(items(&list(&[" [\"x\"]".to_owned()])), [" [\"x\"]"]);
        assert!(list(&["[1]".to_owned()]).starts_with('\\'), "no list of JSON");
        assert_eq!(items("typed C:\\temp\\x\r\nby hand"), ["typed C:\\temp\\x", "by hand"]);
    }

    proptest! {
        #[test]
        fn any_text_and_any_list_come_back(texts in proptest::collection::vec("[\\\\nr'=\n\r\ta é\\[\"]{1,8}", 1..5)) {
            for text in &texts {
                let cell = guarded(text);
                prop_assert_eq!(unguarded(&cell), text.as_str());
            }
            let written = list(&texts);
            prop_assert_eq!(items(unguarded(&guarded(&written))), texts);
        }
    }
}
