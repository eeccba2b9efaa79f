//! JSON, with exact numbers and nothing in it that a terminal would obey.
//!
//! A report of ten thousand projects is large, so it is written as it is walked, without a tree in between.

use std::fmt::Write as _;
use std::io;

use serde::ser::{self, Error as _, Serialize};

use crate::text::escape::is_obeyed;

use super::tree::{NUMBER, Node, TreeError, plain_number};

/// Writes a value as indented JSON that ends in a newline.
///
/// # Errors
/// A map whose keys are not words or numbers, a number that is not finite, or bytes.
pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, TreeError> {
    let mut writer = Writer { out: String::new(), depth: 0, sink: None };
    value.serialize(&mut writer)?;
    writer.out.push('\n');
    Ok(writer.out)
}

/// Writes the same text to a stream, piece by piece, so that a large report is not held a second time.
///
/// # Errors
/// As [`json`], and what the stream says.
pub fn json_to<T: Serialize + ?Sized>(value: &T, stream: &mut dyn io::Write) -> io::Result<()> {
    let sink = Some(Sink { stream, said: Ok(()) });
    let mut writer = Writer { out: String::with_capacity(2 * PIECE), depth: 0, sink };
    let outcome = value.serialize(&mut writer);
    writer.out.push('\n');
    let Some(sink) = writer.sink else { return Ok(()) };
    sink.said?;
    outcome.map_err(io::Error::other)?;
    sink.stream.write_all(writer.out.as_bytes())
}

/// How many bytes are gathered before they go to a stream.
const PIECE: usize = 64 * 1024;

struct Writer<'w> {
    out: String,
    depth: usize,
    sink: Option<Sink<'w>>,
}

/// Where the text goes once enough of it is gathered, and what went wrong there.
struct Sink<'w> {
    stream: &'w mut dyn io::Write,
    said: io::Result<()>,
}

/// A list or an object that is open.
struct Open<'a, 'w> {
    writer: &'a mut Writer<'w>,
    close: char,
    is_empty: bool,
    /// Whether it stands in an object of its own, as a variant with contents does.
    in_variant: bool,
}

impl<'w> Writer<'w> {
    fn line(&mut self) {
        self.out.push('\n');
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    /// Writes words, and escapes what a terminal could obey (controls, delete, changes of direction): JSON
    /// allows most of these characters bare, but people read JSON in terminals.
    fn words(&mut self, text: &str) {
        self.out.push('"');
        let mut rest = text;
        while let Some(at) = rest.find(|c: char| c == '"' || c == '\\' || is_obeyed(c)) {
            self.out.push_str(&rest[..at]);
            let Some(character) = rest[at..].chars().next() else { break };
            match character {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                _ => {
                    for unit in character.encode_utf16(&mut [0; 2]) {
                        _ = write!(self.out, "\\u{unit:04x}");
                    }
                }
            }
            rest = &rest[at + character.len_utf8()..];
        }
        self.out.push_str(rest);
        self.out.push('"');
    }

    /// Gives what was gathered to the stream, if there is one and it is enough.
    fn pass_on(&mut self) {
        if self.out.len() >= PIECE
            && let Some(sink) = &mut self.sink
        {
            if sink.said.is_ok() {
                sink.said = sink.stream.write_all(self.out.as_bytes());
            }
            self.out.clear();
        }
    }

    fn open(&mut self, brackets: [char; 2], in_variant: bool) -> Open<'_, 'w> {
        self.out.push(brackets[0]);
        self.depth += 1;
        Open { writer: self, close: brackets[1], is_empty: true, in_variant }
    }

    fn variant(&mut self, name: &str) {
        self.out.push('{');
        self.depth += 1;
        self.line();
        self.words(name);
        self.out.push_str(": ");
    }

    fn end_variant(&mut self) {
        self.depth -= 1;
        self.line();
        self.out.push('}');
    }
}

impl Open<'_, '_> {
    fn next(&mut self) {
        if !self.is_empty {
            self.writer.out.push(',');
        }
        self.is_empty = false;
        self.writer.pass_on();
        self.writer.line();
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        self.next();
        value.serialize(&mut *self.writer)
    }

    fn key(&mut self, key: &str) {
        self.next();
        self.writer.words(key);
        self.writer.out.push_str(": ");
    }

    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), TreeError> {
        self.key(key);
        value.serialize(&mut *self.writer)
    }

    fn close(self) -> Result<(), TreeError> {
        self.writer.depth -= 1;
        if !self.is_empty {
            self.writer.line();
        }
        self.writer.out.push(self.close);
        if self.in_variant {
            self.writer.end_variant();
        }
        Ok(())
    }
}

const LIST: [char; 2] = ['[', ']'];
const OBJECT: [char; 2] = ['{', '}'];

macro_rules! integers {
    ($($name:ident $type:ty),*) => {
        $(fn $name(self, value: $type) -> Result<(), TreeError> {
            _ = write!(self.out, "{value}");
            Ok(())
        })*
    };
}

impl<'a, 'w> ser::Serializer for &'a mut Writer<'w> {
    type Ok = ();
    type Error = TreeError;
    type SerializeSeq = Open<'a, 'w>;
    type SerializeTuple = Open<'a, 'w>;
    type SerializeTupleStruct = Open<'a, 'w>;
    type SerializeTupleVariant = Open<'a, 'w>;
    type SerializeMap = Open<'a, 'w>;
    type SerializeStruct = Open<'a, 'w>;
    type SerializeStructVariant = Open<'a, 'w>;

    integers!(serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_i128 i128);
    integers!(serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_u128 u128);
    integers!(serialize_bool bool);

    fn serialize_f32(self, value: f32) -> Result<(), TreeError> {
        self.serialize_f64(value.into())
    }
    fn serialize_f64(self, value: f64) -> Result<(), TreeError> {
        if !value.is_finite() {
            return Err(TreeError::custom("a number that is not finite cannot be written"));
        }
        _ = write!(self.out, "{value}");
        Ok(())
    }
    fn serialize_char(self, value: char) -> Result<(), TreeError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }
    fn serialize_str(self, value: &str) -> Result<(), TreeError> {
        self.words(value);
        Ok(())
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<(), TreeError> {
        Err(TreeError::custom("a run of bytes cannot be written"))
    }
    fn serialize_none(self) -> Result<(), TreeError> {
        self.serialize_unit()
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), TreeError> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), TreeError> {
        self.out.push_str("null");
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), TreeError> {
        self.serialize_unit()
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), TreeError> {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), TreeError> {
        if name != NUMBER {
            return value.serialize(self);
        }
        // The number's text lands between quotes; they are taken away once it is proved to be a number.
        let start = self.out.len();
        value.serialize(&mut *self)?;
        let text = self.out.split_off(start);
        let inner = text.trim_matches('"');
        let number =
            plain_number(inner).ok_or_else(|| TreeError::custom(format!("{text} is not a number")))?;
        self.out.push_str(&number);
        Ok(())
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), TreeError> {
        self.variant(variant);
        value.serialize(&mut *self)?;
        self.end_variant();
        Ok(())
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a, 'w>, TreeError> {
        Ok(self.open(LIST, false))
    }
    fn serialize_tuple(self, _: usize) -> Result<Open<'a, 'w>, TreeError> {
        Ok(self.open(LIST, false))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'a, 'w>, TreeError> {
        Ok(self.open(LIST, false))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a, 'w>, TreeError> {
        self.variant(variant);
        Ok(self.open(LIST, true))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Open<'a, 'w>, TreeError> {
        Ok(self.open(OBJECT, false))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'a, 'w>, TreeError> {
        Ok(self.open(OBJECT, false))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a, 'w>, TreeError> {
        self.variant(variant);
        Ok(self.open(OBJECT, true))
    }
}

macro_rules! lists {
    ($($trait:ident $method:ident),*) => {
        $(impl ser::$trait for Open<'_, '_> {
            type Ok = ();
            type Error = TreeError;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
                self.item(value)
            }
            fn end(self) -> Result<(), TreeError> {
                self.close()
            }
        })*
    };
}

lists!(SerializeSeq serialize_element, SerializeTuple serialize_element);
lists!(SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field);

macro_rules! objects {
    ($($trait:ident),*) => {
        $(impl ser::$trait for Open<'_, '_> {
            type Ok = ();
            type Error = TreeError;
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), TreeError> {
                self.entry(key, value)
            }
            fn end(self) -> Result<(), TreeError> {
                self.close()
            }
        })*
    };
}

objects!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Open<'_, '_> {
    type Ok = ();
    type Error = TreeError;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), TreeError> {
        let key = Node::of(key)?.key()?;
        self.key(&key);
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        value.serialize(&mut *self.writer)
    }
    fn end(self) -> Result<(), TreeError> {
        self.close()
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
            ("rows".into(), Node::List(vec![Node::Bool(true), Node::Map(vec![])])),
        ]);
        let expected = "\
{
  \"cost\": 1234567890123.4500,
  \"count\": -3,
  \"none\": null,
  \"empty\": [],
  \"rows\": [
    true,
    {}
  ]
}
";
        assert_eq!(json(&tree).unwrap(), expected);
    }

    #[test]
    fn a_stream_gets_the_same_text_in_pieces() {
        let rows: Vec<(usize, String)> = (0..20_000).map(|n| (n, format!("row {n}"))).collect();
        let mut out = Vec::new();
        json_to(&rows, &mut out).unwrap();
        assert!(out.len() > 3 * PIECE && json(&rows).unwrap().as_bytes() == out);

        let mut full = io::Cursor::new([0_u8; PIECE]);
        assert!(json_to(&rows, &mut full).is_err(), "what a stream says is passed on");
        let mut none = Vec::new();
        assert!(json_to(&f64::NAN, &mut none).is_err() && none.is_empty(), "no half document");
    }

    #[test]
    fn every_shape_of_serde_is_written_as_serde_json_does() {
        #[derive(serde::Serialize)]
        enum Shape {
            Unit,
            One(u8),
            Two(u8, char),
            Named { a: Option<bool>, b: (i64, f64) },
        }
        #[derive(serde::Serialize)]
        struct Wrapped(Vec<Shape>);
        let shapes = || {
            Wrapped(vec![
                Shape::Unit,
                Shape::One(1),
                Shape::Two(2, 'é'),
                Shape::Named { a: None, b: (-1, 0.5) },
            ])
        };
        let expected = serde_json::to_string_pretty(&shapes()).unwrap();
        assert_eq!(json(&shapes()).unwrap().trim_end(), expected);
        let map = std::collections::BTreeMap::from([(1, "a\"\\\n"), (2, "\u{1}")]);
        assert_eq!(json(&map).unwrap().trim_end(), serde_json::to_string_pretty(&map).unwrap());
    }

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_reads_back() {
        let hostile = "a\u{1b}[2J\u{9b}31m\u{202e}gpj\u{7f}é\n";
        let text = json(hostile).unwrap();
        assert!(!text.trim_end().chars().any(is_obeyed));
        let back: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back, value!(hostile));
    }
}
