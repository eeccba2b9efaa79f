//! Any serialisable value as a neutral tree that keeps numbers exact and maps in order.
//!
//! JSON and YAML each have their own way to write an exact number, and a value that knows one of them leaks
//! its markers into the other. So a typed value is first turned into a [`Node`], where a number of the
//! register (a newtype struct named [`NUMBER`]) is the decimal's own text.

use std::fmt;

use serde::ser::{self, Serialize};

/// The name under which an exact decimal serialises itself, as a newtype struct around its text.
pub use super::number::NUMBER_KEY as NUMBER;

/// A value without a type of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Missing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// A number, as its decimal text.
    Decimal(String),
    /// Words.
    Text(String),
    /// Values in order.
    List(Vec<Node>),
    /// Named values in order.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// Turns any serialisable value into a tree.
    ///
    /// # Errors
    /// A map whose keys are not words or numbers, a number that is not finite, or bytes.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, TreeError> {
        value.serialize(Build)
    }
}

/// Why a value has no tree.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TreeError(String);

impl ser::Error for TreeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

fn refused(what: &str) -> TreeError {
    TreeError(format!("{what} cannot be written"))
}

impl Node {
    /// The text of a key of a map.
    ///
    /// # Errors
    /// It is neither words nor a number.
    pub fn key(self) -> Result<String, TreeError> {
        match self {
            Self::Text(text) | Self::Decimal(text) => Ok(text),
            Self::Int(number) => Ok(number.to_string()),
            Self::Bool(value) => Ok(value.to_string()),
            _ => Err(refused("a map whose keys are not words")),
        }
    }
}

impl Node {
    /// What stands at a dotted path of keys; nothing where there is no such key, or no map on the way.
    pub fn at<K: AsRef<str>>(&self, path: &[K]) -> Option<&Self> {
        path.iter().try_fold(self, |node, key| match node {
            Self::Map(entries) => entries.iter().find(|(own, _)| own == key.as_ref()).map(|(_, value)| value),
            _ => None,
        })
    }
}

impl Serialize for Node {
    fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Int(value) => serializer.serialize_i128(*value),
            Self::Decimal(text) => serializer.serialize_newtype_struct(NUMBER, text),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(entries) => serializer.collect_map(entries.iter().map(|(key, value)| (key, value))),
        }
    }
}

/// A decimal's text in the plain form that JSON and YAML share, or nothing if it is not a number.
pub fn plain_number(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || (digits.contains('.') && !is_digits(fraction)) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        rest => rest,
    };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

struct Build;

/// A list or map under construction; `variant` wraps the result in a map of one.
struct Gather {
    items: Vec<Node>,
    variant: Option<&'static str>,
}

struct GatherMap {
    entries: Vec<(String, Node)>,
    key: Option<String>,
    variant: Option<&'static str>,
}

fn wrap(variant: Option<&'static str>, node: Node) -> Node {
    match variant {
        Some(name) => Node::Map(vec![(name.to_owned(), node)]),
        None => node,
    }
}

fn gather(len: Option<usize>, variant: Option<&'static str>) -> Gather {
    Gather { items: Vec::with_capacity(len.unwrap_or(0)), variant }
}

fn gather_map(len: Option<usize>, variant: Option<&'static str>) -> GatherMap {
    GatherMap { entries: Vec::with_capacity(len.unwrap_or(0)), key: None, variant }
}

impl ser::Serializer for Build {
    type Ok = Node;
    type Error = TreeError;
    type SerializeSeq = Gather;
    type SerializeTuple = Gather;
    type SerializeTupleStruct = Gather;
    type SerializeTupleVariant = Gather;
    type SerializeMap = GatherMap;
    type SerializeStruct = GatherMap;
    type SerializeStructVariant = GatherMap;

    fn serialize_bool(self, value: bool) -> Result<Node, TreeError> {
        Ok(Node::Bool(value))
    }
    fn serialize_i8(self, value: i8) -> Result<Node, TreeError> {
        Ok(Node::Int(value.into()))
    }
    fn serialize_i16(self, value: i16) -> Result<Node, TreeError> {
        Ok(Node::Int(value.into()))
    }
    fn serialize_i32(self, value: i32) -> Result<Node, TreeError> {
        Ok(Node::Int(value.into()))
    }
    fn serialize_i64(self, value: i64) -> Result<Node, TreeError> {
        Ok(Node::Int(value.into()))
    }
    fn serialize_i128(self, value: i128) -> Result<Node, TreeError> {
        Ok(Node::Int(value))
    }
    fn serialize_u8(self, value: u8) -> Result<Node, TreeError> {
        Ok(Node::Int(value.into()))
    }
    fn serialize_u16(self, value: u16) -> Result<Node, TreeError> {
        Ok(Node::Int(value.into()))
    }
    fn serialize_u32(self, value: u32) -> Result<Node, TreeError> {
        Ok(Node::Int(value.into()))
    }
    fn serialize_u64(self, value: u64) -> Result<Node, TreeError> {
        Ok(Node::Int(value.into()))
    }
    fn serialize_u128(self, value: u128) -> Result<Node, TreeError> {
        i128::try_from(value).map(Node::Int).map_err(|_| refused("a number over 127 bits"))
    }
    fn serialize_f32(self, value: f32) -> Result<Node, TreeError> {
        self.serialize_f64(value.into())
    }
    fn serialize_f64(self, value: f64) -> Result<Node, TreeError> {
        if value.is_finite() {
            Ok(Node::Decimal(format!("{value}")))
        } else {
            Err(refused("a number that is not finite"))
        }
    }
    fn serialize_char(self, value: char) -> Result<Node, TreeError> {
        Ok(Node::Text(value.to_string()))
    }
    fn serialize_str(self, value: &str) -> Result<Node, TreeError> {
        Ok(Node::Text(value.to_owned()))
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<Node, TreeError> {
        Err(refused("a run of bytes"))
    }
    fn serialize_none(self) -> Result<Node, TreeError> {
        Ok(Node::Null)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Node, TreeError> {
        value.serialize(Self)
    }
    fn serialize_unit(self) -> Result<Node, TreeError> {
        Ok(Node::Null)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<Node, TreeError> {
        Ok(Node::Null)
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Node, TreeError> {
        Ok(Node::Text(variant.to_owned()))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Node, TreeError> {
        match value.serialize(Self)? {
            Node::Text(text) if name == NUMBER => {
                plain_number(&text).map(Node::Decimal).ok_or_else(|| refused(&format!("the number {text:?}")))
            }
            node => Ok(node),
        }
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Node, TreeError> {
        Ok(wrap(Some(variant), value.serialize(Self)?))
    }
    fn serialize_seq(self, len: Option<usize>) -> Result<Gather, TreeError> {
        Ok(gather(len, None))
    }
    fn serialize_tuple(self, len: usize) -> Result<Gather, TreeError> {
        Ok(gather(Some(len), None))
    }
    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Gather, TreeError> {
        Ok(gather(Some(len), None))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Gather, TreeError> {
        Ok(gather(Some(len), Some(variant)))
    }
    fn serialize_map(self, len: Option<usize>) -> Result<GatherMap, TreeError> {
        Ok(gather_map(len, None))
    }
    fn serialize_struct(self, _: &'static str, len: usize) -> Result<GatherMap, TreeError> {
        Ok(gather_map(Some(len), None))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<GatherMap, TreeError> {
        Ok(gather_map(Some(len), Some(variant)))
    }
}

impl Gather {
    fn add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        self.items.push(value.serialize(Build)?);
        Ok(())
    }
    fn done(self) -> Node {
        wrap(self.variant, Node::List(self.items))
    }
}

impl GatherMap {
    fn add<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), TreeError> {
        self.entries.push((key.to_owned(), value.serialize(Build)?));
        Ok(())
    }
    fn done(self) -> Node {
        wrap(self.variant, Node::Map(self.entries))
    }
}

impl ser::SerializeSeq for Gather {
    type Ok = Node;
    type Error = TreeError;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        self.add(value)
    }
    fn end(self) -> Result<Node, TreeError> {
        Ok(self.done())
    }
}

impl ser::SerializeTuple for Gather {
    type Ok = Node;
    type Error = TreeError;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        self.add(value)
    }
    fn end(self) -> Result<Node, TreeError> {
        Ok(self.done())
    }
}

impl ser::SerializeTupleStruct for Gather {
    type Ok = Node;
    type Error = TreeError;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        self.add(value)
    }
    fn end(self) -> Result<Node, TreeError> {
        Ok(self.done())
    }
}

impl ser::SerializeTupleVariant for Gather {
    type Ok = Node;
    type Error = TreeError;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        self.add(value)
    }
    fn end(self) -> Result<Node, TreeError> {
        Ok(self.done())
    }
}

impl ser::SerializeMap for GatherMap {
    type Ok = Node;
    type Error = TreeError;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), TreeError> {
        self.key = Some(key.serialize(Build)?.key()?);
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TreeError> {
        let key = self.key.take().ok_or_else(|| refused("a value without a key"))?;
        self.add(&key, value)
    }
    fn end(self) -> Result<Node, TreeError> {
        Ok(self.done())
    }
}

impl ser::SerializeStruct for GatherMap {
    type Ok = Node;
    type Error = TreeError;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), TreeError> {
        self.add(key, value)
    }
    fn end(self) -> Result<Node, TreeError> {
        Ok(self.done())
    }
}

impl ser::SerializeStructVariant for GatherMap {
    type Ok = Node;
    type Error = TreeError;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), TreeError> {
        self.add(key, value)
    }
    fn end(self) -> Result<Node, TreeError> {
        Ok(self.done())
    }
}

#[cfg(test)]
mod tests;
