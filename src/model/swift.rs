//! A record straight from its text, by the fastest reader there is: for files that are as they should be.
//!
//! It says nothing of what is wrong. Whatever it refuses is read again by `load` in the way that finds every
//! mistake, so that this reader may be as strict as it likes and must only never take a wrong file for right.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use toml_spanner::{Arena, Item, Key, Value};

use super::number::NUMBER_KEY;

/// The key under which a date is handed on as its text, as the `toml` crate does it.
const DATE_KEY: &str = "$__toml_private_datetime";

/// Reads a record, or nothing when there is anything to say about the file.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let arena = Arena::new();
    let document = toml_spanner::parse(text, &arena).ok()?;
    let entries = document.table().into_iter();
    T::deserialize(MapAccessDeserializer::new(Entries { text, entries, value: None })).ok()
}

/// The file is not as it should be; another reader says why.
#[derive(Debug)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused")
    }
}

impl std::error::Error for Refused {}

impl de::Error for Refused {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A value and the text of the file it stands in.
#[derive(Clone, Copy)]
struct Place<'a, 'de> {
    text: &'a str,
    item: &'a Item<'de>,
}

impl<'a> Place<'a, '_> {
    fn literal(self) -> Result<&'a str, Refused> {
        let span = self.item.span();
        self.text.get(span.start as usize..span.end as usize).ok_or(Refused)
    }
}

impl<'x> Deserializer<'x> for Place<'_, '_> {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'x>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.item.value() {
            Value::String(text) => visitor.visit_str(text),
            Value::Integer(whole) => match whole.as_i64() {
                Some(whole) => visitor.visit_i64(whole),
                None => visitor.visit_map(Wrapped { key: Some(NUMBER_KEY), text: self.literal()? }),
            },
            // What is no figure, `nan` and `inf`, does not read as a number.
            Value::Float(_) => visitor.visit_map(Wrapped { key: Some(NUMBER_KEY), text: self.literal()? }),
            Value::Boolean(yes) => visitor.visit_bool(*yes),
            Value::DateTime(_) => visitor.visit_map(Wrapped { key: Some(DATE_KEY), text: self.literal()? }),
            Value::Array(list) => visitor.visit_seq(Items { text: self.text, items: list.iter() }),
            Value::Table(table) => {
                visitor.visit_map(Entries { text: self.text, entries: table.into_iter(), value: None })
            }
        }
    }

    fn deserialize_option<V: Visitor<'x>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'x>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'x>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        match self.item.value() {
            Value::Table(_) => self.deserialize_any(visitor),
            _ => Err(Refused),
        }
    }

    fn deserialize_enum<V: Visitor<'x>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        match self.item.value() {
            Value::String(word) => visitor.visit_enum((*word).into_deserializer()),
            _ => Err(Refused),
        }
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'x>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map identifier ignored_any
    }
}

/// The entries of a table.
struct Entries<'a, 'de> {
    text: &'a str,
    entries: std::slice::Iter<'a, (Key<'de>, Item<'de>)>,
    value: Option<&'a Item<'de>>,
}

impl<'x> MapAccess<'x> for Entries<'_, '_> {
    type Error = Refused;

    fn next_key_seed<K: DeserializeSeed<'x>>(&mut self, seed: K) -> Result<Option<K::Value>, Refused> {
        let Some((key, item)) = self.entries.next() else { return Ok(None) };
        self.value = Some(item);
        seed.deserialize(StrDeserializer::new(key.name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'x>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        let item = self.value.take().ok_or(Refused)?;
        seed.deserialize(Place { text: self.text, item })
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

/// The items of a list.
struct Items<'a, 'de> {
    text: &'a str,
    items: std::slice::Iter<'a, Item<'de>>,
}

impl<'x> SeqAccess<'x> for Items<'_, '_> {
    type Error = Refused;

    fn next_element_seed<T: DeserializeSeed<'x>>(&mut self, seed: T) -> Result<Option<T::Value>, Refused> {
        let Some(item) = self.items.next() else { return Ok(None) };
        seed.deserialize(Place { text: self.text, item }).map(Some)
    }

    // A list has room for what it holds and no more: there are very many of them.
    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// A date or an exact number, as a map of one key that carries its text.
struct Wrapped<'a> {
    key: Option<&'static str>,
    text: &'a str,
}

impl<'x> MapAccess<'x> for Wrapped<'_> {
    type Error = Refused;

    fn next_key_seed<K: DeserializeSeed<'x>>(&mut self, seed: K) -> Result<Option<K::Value>, Refused> {
        self.key.take().map(|key| seed.deserialize(StrDeserializer::new(key))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'x>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        seed.deserialize(StrDeserializer::new(self.text))
    }
}
