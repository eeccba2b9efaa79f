//! JSON, with exact numbers and nothing in it that a terminal would obey.

use std::io;

use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::ser::{Formatter, PrettyFormatter};
use serde_json::value::RawValue;

use super::tree::{Node, TreeError};

/// Writes a value as indented JSON that ends in a newline.
///
/// # Errors
/// The value has no tree (see [`Node::of`]).
pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, TreeError> {
    json_of(&Node::of(value)?)
}

/// Writes a tree as indented JSON that ends in a newline.
///
/// # Errors
/// A decimal of the tree is not a number.
pub fn json_of(tree: &Node) -> Result<String, TreeError> {
    let mut bytes = Vec::new();
    let mut writer = serde_json::Serializer::with_formatter(&mut bytes, Plain(PrettyFormatter::new()));
    Exact(tree).serialize(&mut writer).map_err(TreeError::custom)?;
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(TreeError::custom)
}

struct Exact<'a>(&'a Node);

impl Serialize for Exact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Node::Null => serializer.serialize_unit(),
            Node::Bool(value) => serializer.serialize_bool(*value),
            Node::Int(value) => serializer.serialize_i128(*value),
            Node::Decimal(text) => {
                let raw = RawValue::from_string(text.clone()).map_err(S::Error::custom)?;
                raw.serialize(serializer)
            }
            Node::Text(text) => serializer.serialize_str(text),
            Node::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&Exact(item))?;
                }
                list.end()
            }
            Node::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, &Exact(value))?;
                }
                map.end()
            }
        }
    }
}

/// Indents, and escapes what a terminal could obey (C1 controls, delete, changes of direction): JSON allows
/// these characters bare, but people read JSON in terminals.
struct Plain(PrettyFormatter<'static>);

fn is_obeyed(character: char) -> bool {
    matches!(character,
        '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl Formatter for Plain {
    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }
    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }
    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }
    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }
    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }
    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }
    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }
    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }
    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if fragment.is_ascii() && !fragment.contains('\u{7f}') {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, character)) = rest.char_indices().find(|(_, character)| is_obeyed(*character)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            write!(writer, "\\u{:04x}", u32::from(character))?;
            rest = &rest[at + character.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json as value;

    #[test]
    fn numbers_are_exact_and_raw() {
        let tree = Node::Map(vec![
            ("cost".into(), Node::Decimal("1234567890123.4500".into())),
            ("count".into(), Node::Int(-3)),
            ("none".into(), Node::Null),
            ("empty".into(), Node::List(vec![])),
        ]);
        let text = json_of(&tree).unwrap();
        assert_eq!(
            text,
            "{\n  \"cost\": 1234567890123.4500,\n  \"count\": -3,\n  \"none\": null,\n  \"empty\": []\n}\n"
        );
    }

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_reads_back() {
        let hostile = "a\u{1b}[2J\u{9b}31m\u{202e}gpj\u{7f}é\n";
        let text = json(hostile).unwrap();
        assert!(!text.trim_end().chars().any(|character| character.is_control() || is_obeyed(character)));
        let back: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back, value!(hostile));
    }
}
