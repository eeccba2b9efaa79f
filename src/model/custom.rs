//! An organisation's own fields: declared in `pmo.toml`, kept under `[custom]`.

use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::number::NUMBER_KEY;
use super::{Date, Number};

/// The fields under `[custom]`, by name.
pub type Custom = BTreeMap<String, CustomValue>;

/// A value of a field that the organisation declared itself.
#[derive(Clone, Debug, PartialEq)]
pub enum CustomValue {
    /// Text or a word from a list.
    Text(String),
    /// An exact number.
    Number(Number),
    /// A day.
    Date(Date),
    /// Yes or no.
    Bool(bool),
    /// Several values.
    List(Vec<CustomValue>),
}

/// What type a declared field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FieldType {
    /// Any text.
    Text,
    /// One of `words`.
    Word,
    /// A number.
    Number,
    /// A day.
    Date,
    /// `true` or `false`.
    Bool,
    /// A list of texts.
    List,
}

/// The declaration of a field of the organisation's own (`[[field]]` in `pmo.toml`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The kind of record that has it, such as `project`.
    pub kind: String,
    /// The key under `[custom]`.
    pub name: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub holds: FieldType,
    /// The allowed words, for `type = "word"`.
    #[serde(default)]
    pub words: Vec<String>,
    /// Whether every record of the kind must have it.
    #[serde(default)]
    pub required: bool,
}

impl Field {
    /// Whether the value is of the declared type.
    pub fn accepts(&self, value: &CustomValue) -> bool {
        match (self.holds, value) {
            (FieldType::Text, CustomValue::Text(_))
            | (FieldType::Number, CustomValue::Number(_))
            | (FieldType::Date, CustomValue::Date(_))
            | (FieldType::Bool, CustomValue::Bool(_)) => true,
            (FieldType::Word, CustomValue::Text(word)) => self.words.contains(word),
            (FieldType::List, CustomValue::List(items)) => {
                items.iter().all(|item| matches!(item, CustomValue::Text(_)))
            }
            _ => false,
        }
    }
}

impl Serialize for CustomValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Date(date) => date.serialize(serializer),
            Self::Bool(yes) => yes.serialize(serializer),
            Self::List(items) => items.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for CustomValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = CustomValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, number, date, true, false or a list of these")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<CustomValue, E> {
                Ok(CustomValue::Text(text.to_owned()))
            }

            fn visit_bool<E: de::Error>(self, yes: bool) -> Result<CustomValue, E> {
                Ok(CustomValue::Bool(yes))
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<CustomValue, E> {
                Ok(CustomValue::Number(value.into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<CustomValue, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    if matches!(item, CustomValue::List(_)) {
                        return Err(de::Error::custom("a list within a list"));
                    }
                    list.push(item);
                }
                Ok(CustomValue::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<CustomValue, A::Error> {
                // The reader hands on dates and decimals as maps of one key that carries their text.
                let Some(key) = map.next_key::<String>()? else {
                    return Err(de::Error::invalid_type(de::Unexpected::Map, &self));
                };
                let text: String = map.next_value()?;
                if key == NUMBER_KEY {
                    return text.parse().map(CustomValue::Number).map_err(de::Error::custom);
                }
                text.parse().map(CustomValue::Date).map_err(de::Error::custom)
            }
        }
        deserializer.deserialize_any(Any)
    }
}

impl JsonSchema for CustomValue {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CustomValue".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let one = [
            json_schema!({ "type": ["string", "number", "boolean"] }),
            json_schema!({ "type": "string", "format": "date" }),
        ];
        let list = json_schema!({ "type": "array", "items": { "anyOf": one } });
        json_schema!({ "anyOf": [one[0], one[1], list] })
    }
}
