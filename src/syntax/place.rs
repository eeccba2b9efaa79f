//! A dotted path into a place in the text, and a place into line and column.

use std::cell::OnceCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One step of a path into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A key of a table.
    Key(String),
    /// An element of an array, counted from 0.
    Index(usize),
    /// The element of an array of tables whose `id` is this.
    Id(String),
}

/// Reads a path such as `rag.overall`, `milestone[2].baseline`, `milestone[id=go-live].baseline` or `"a b".c`.
pub fn parse_path(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = path;
    loop {
        let (key, after) = if let Some(quoted) = rest.strip_prefix('"') {
            unquoted(quoted)?
        } else {
            let (bare, after) = rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len()));
            if bare.is_empty() {
                return None;
            }
            (bare.to_owned(), after)
        };
        steps.push(Step::Key(key));
        rest = after;
        while let Some(inner) = rest.strip_prefix('[') {
            let (step, after) = if let Some(quoted) = inner.strip_prefix("id=\"") {
                let (id, after) = unquoted(quoted)?;
                (Step::Id(id), after.strip_prefix(']')?)
            } else {
                let (inner, after) = inner.split_once(']')?;
                let step = match inner.strip_prefix("id=") {
                    Some(id) => Step::Id(id.to_owned()),
                    None => Step::Index(inner.parse().ok()?),
                };
                (step, after)
            };
            steps.push(step);
            rest = after;
        }
        if rest.is_empty() {
            return Some(steps);
        }
        rest = rest.strip_prefix('.')?;
    }
}

/// The text up to the closing quote, its escapes undone, and what stands behind the quote.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut inner = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((inner, &text[at + 1..])),
            '\\' => inner.push(letters.next()?.1),
            _ => inner.push(letter),
        }
    }
    None
}

/// The text in quotes, a quote or backslash in it escaped.
fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Writes steps as [`parse_path`] reads them.
pub fn write_path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                push_key(&mut path, key);
            }
            Step::Index(index) => path.push_str(&format!("[{index}]")),
            Step::Id(id) if id.contains([']', '"']) => path.push_str(&format!("[id={}]", in_quotes(id))),
            Step::Id(id) => path.push_str(&format!("[id={id}]")),
        }
    }
    path
}

/// Appends one key, quoted where it holds a character that a path uses.
pub(super) fn push_key(path: &mut String, key: &str) {
    if key.is_empty() || key.contains(['.', '[', ']', ' ', '"', '=']) {
        path.push_str(&in_quotes(key));
    } else {
        path.push_str(key);
    }
}

/// The keys of a text, parsed once when the first is looked for.
pub struct Keys<'t> {
    text: &'t str,
    root: OnceCell<Option<Spanned<DeTable<'t>>>>,
}

impl<'t> Keys<'t> {
    /// Those of a text, as far as it can be read.
    pub fn of(text: &'t str) -> Self {
        Self { text, root: OnceCell::new() }
    }

    /// Finds the bytes that a dotted path stands for: the value, or the key with a `key:` prefix.
    ///
    /// Where the end of the path does not exist, it is the key or header of the nearest ancestor that does,
    /// so that "this is missing" can point at the table that it is missing from.
    pub fn locate(&self, path: &str) -> Option<Range<usize>> {
        let (path, wants_key) = path.strip_prefix("key:").map_or((path, false), |rest| (rest, true));
        let steps = parse_path(path)?;
        let parsed =
            || super::scan::too_deep(self.text).is_none().then(|| DeTable::parse_recoverable(self.text).0);
        let root = self.root.get_or_init(parsed).as_ref()?;
        locate_in(root.get_ref(), &steps, wants_key).filter(|range| self.text.get(range.clone()).is_some())
    }
}

/// Finds the bytes of one dotted path, as [`Keys::locate`] does.
pub fn locate(text: &str, path: &str) -> Option<Range<usize>> {
    Keys::of(text).locate(path)
}

/// Reads the text that stands at a dotted path, where it is one.
pub fn text_at(text: &str, path: &str) -> Option<String> {
    let steps = parse_path(path)?;
    let at = locate(text, path)?;
    // What does not exist is located at its parent's key, which is no quoted text.
    let value = DeValue::parse(text.get(at)?).ok()?;
    (!steps.is_empty()).then(|| value.get_ref().as_str().map(str::to_string)).flatten()
}

/// Finds a path in a tree that is parsed already.
pub fn locate_in(root: &DeTable<'_>, steps: &[Step], wants_key: bool) -> Option<Range<usize>> {
    let mut sign: Option<Range<usize>> = None;
    let mut table = Some(root);
    let mut here: Option<&Spanned<DeValue<'_>>> = None;
    for step in steps {
        let found = match step {
            Step::Key(key) => match table.and_then(|table| table.get_key_value(key.as_str())) {
                Some((key, value)) => {
                    sign = Some(key.span());
                    Some(value)
                }
                // `milestone.go-live` also means the element of `[[milestone]]` with that id.
                None => here.and_then(|value| element_with_id(value.get_ref(), key)),
            },
            Step::Id(id) => here.and_then(|value| element_with_id(value.get_ref(), id)),
            Step::Index(index) => here.and_then(|value| value.get_ref().as_array()?.get(*index)),
        };
        let Some(found) = found else {
            return sign;
        };
        if !matches!(step, Step::Key(_)) || table.is_none() {
            sign = Some(found.span());
        }
        here = Some(found);
        table = found.get_ref().as_table();
    }
    if wants_key { sign } else { here.map(Spanned::span) }
}

fn element_with_id<'v, 'i>(value: &'v DeValue<'i>, id: &str) -> Option<&'v Spanned<DeValue<'i>>> {
    let has_id = |element: &&Spanned<DeValue<'_>>| {
        element.get_ref().as_table().and_then(|t| t.get("id")).and_then(|v| v.get_ref().as_str()) == Some(id)
    };
    value.as_array()?.iter().find(has_id)
}

/// Counts line and column of a byte, both from 1; columns are characters, and a byte order mark is none.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before[line_start..].chars().filter(|c| *c != '\u{feff}').count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATUS: &str = "\
summary = \"two weeks\"
links = [\"a\", \"b\"]
impact = { cost = 4, schedule = 3 }

[rag] # ratings
overall = \"red\"

[milestone.go-live]
forecast = 2027-02-14

[[cost]]
id = \"internal\"
approved = 7.5

[[cost]]
id = \"external\"
approved = 9
";

    fn found(path: &str) -> Option<&'static str> {
        locate(STATUS, path).map(|range| &STATUS[range])
    }

    #[test]
    fn values_and_keys_are_found() {
        assert_eq!(found("summary"), Some("\"two weeks\""));
        assert_eq!(found("rag.overall"), Some("\"red\""));
        assert_eq!(found("key:rag.overall"), Some("overall"));
        assert_eq!(found("links[1]"), Some("\"b\""));
        assert_eq!(found("impact.schedule"), Some("3"));
        assert_eq!(found("milestone.go-live.forecast"), Some("2027-02-14"));
        assert_eq!(found("cost[1].approved"), Some("9"));
        assert_eq!(found("cost[id=external].approved"), Some("9"));
        assert_eq!(found("cost.internal.approved"), Some("7.5"));
    }

    #[test]
    fn what_is_missing_points_at_what_it_is_missing_from() {
        assert_eq!(found("rag.cost"), Some("rag"));
        assert_eq!(found("milestone.go-live.actual"), Some("go-live"));
        assert_eq!(found("cost[1].category"), Some("[[cost]]"));
        assert_eq!(locate(STATUS, "cost[1].category").map(|r| r.start), STATUS.rfind("[[cost]]"));
        assert_eq!(found("impact.scope"), Some("impact"));
        assert_eq!(found("nothing"), None);
    }

    #[test]
    fn places_survive_a_broken_rest_and_quoted_keys() {
        let text = "\"a b\".c = 1\nbroken = = 2\n";
        assert_eq!(locate(text, "\"a b\".c").map(|r| &text[r]), Some("1"));
        assert_eq!(locate(&"[".repeat(50_000), "a"), None);
    }

    #[test]
    fn paths_read_and_write() {
        for path in ["a", "a.b", "a[2].b", "milestone[id=go-live].baseline", "\"a b\".c", "a[0][1]"] {
            assert_eq!(parse_path(path).map(|steps| write_path(&steps)).as_deref(), Some(path));
        }
        for path in ["", ".", "a.", "a[x]", "a[1", "\"a", "[1]", "a]b["] {
            assert_eq!(parse_path(path), None, "{path}");
        }
    }

    #[test]
    fn columns_are_characters_and_skip_the_byte_order_mark() {
        let text = "\u{feff}é = 1\r\nüü = 2";
        assert_eq!(line_column(text, 3), (1, 1));
        assert_eq!(line_column(text, 5), (1, 2));
        let value = text.rfind('2').unwrap_or(0);
        assert_eq!(line_column(text, value), (2, 6));
        assert_eq!(line_column(text, 10_000), (2, 7));
        assert_eq!(line_column("", 0), (1, 1));
    }
}
