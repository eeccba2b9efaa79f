//! Exact decimals, percentages, and values that are a number or a table.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The key under which the loader hands on the text of a number with a decimal point, and the name
/// under which a number serialises, so that no decimal goes through binary floating point.
pub const NUMBER_KEY: &str = "$pmo::number";

/// An exact decimal number, read from its text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Number(pub Decimal);

/// An amount of money; the currency is the project's or the register's.
pub type Money = Number;

impl Number {
    /// Nothing, as an amount.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The number as a decimal.
    pub fn get(self) -> Decimal {
        self.0
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Decimal::from(value))
    }
}

impl From<Decimal> for Number {
    fn from(value: Decimal) -> Self {
        Self(value)
    }
}

/// The text is not a number that can be held exactly.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a number that can be kept exactly (at most 28 digits)")]
pub struct NotANumber(pub String);

impl FromStr for Number {
    type Err = NotANumber;

    /// Reads TOML's way of writing: `1_250_000`, `-3.5`, `1e6`.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let plain: String = text.chars().filter(|c| *c != '_').collect();
        let plain = plain.strip_prefix('+').unwrap_or(&plain);
        let read = if plain.contains(['e', 'E']) {
            Decimal::from_scientific(plain)
        } else {
            Decimal::from_str_exact(plain)
        };
        read.map(Self).map_err(|_| NotANumber(text.to_owned()))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NUMBER_KEY, &self.0.to_string())
    }
}

struct NumberVisitor;

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Number, E> {
        Ok(Number(Decimal::from(value)))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Number, E> {
        Ok(Number(Decimal::from(value)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Number, A::Error> {
        match map.next_key::<String>()? {
            Some(key) if key == NUMBER_KEY => {
                map.next_value::<String>()?.parse().map_err(|wrong: NotANumber| de::Error::custom(wrong))
            }
            _ => Err(de::Error::custom("expected a number, found a table")),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

impl JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}

/// An agreed amount of money, which cannot be negative.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Amount(pub Decimal);

impl From<Amount> for Number {
    fn from(amount: Amount) -> Self {
        Self(amount.0)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Number(self.0).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Number::deserialize(deserializer)?;
        if number.0 < Decimal::ZERO {
            return Err(de::Error::custom("an agreed amount cannot be negative"));
        }
        Ok(Self(number.0))
    }
}

impl JsonSchema for Amount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": 0 })
    }
}

/// A percentage from 0 to 100.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Percent(pub Decimal);

impl Percent {
    /// The percentage as a share of one.
    pub fn share(self) -> Decimal {
        self.0 / Decimal::ONE_HUNDRED
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Number(self.0).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Number::deserialize(deserializer)?;
        if number.0 < Decimal::ZERO || number.0 > Decimal::ONE_HUNDRED {
            return Err(de::Error::custom("a percentage goes from 0 to 100"));
        }
        Ok(Self(number.0))
    }
}

impl JsonSchema for Percent {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Percent".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": 0, "maximum": 100 })
    }
}

/// A number, or a table that says more.
#[derive(Clone, Debug, PartialEq)]
pub enum NumberOr<T> {
    /// One number.
    Number(Number),
    /// The table.
    Table(T),
}

impl<T: Serialize> Serialize for NumberOr<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => number.serialize(serializer),
            Self::Table(table) => table.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for NumberOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = NumberOr<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or a table")
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
                Ok(NumberOr::Number(value.into()))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
                Ok(NumberOr::Number(Number(Decimal::from(value))))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let mut peeked = Peeked { map, first: None, started: false };
                peeked.look()?;
                if peeked.first.as_deref() == Some(NUMBER_KEY) {
                    let text: String = peeked.map.next_value()?;
                    return text
                        .parse()
                        .map(NumberOr::Number)
                        .map_err(|wrong: NotANumber| de::Error::custom(wrong));
                }
                T::deserialize(de::value::MapAccessDeserializer::new(peeked)).map(NumberOr::Table)
            }
        }
        deserializer.deserialize_any(Either(PhantomData))
    }
}

/// A map whose first key was looked at, handed on as if it had not been.
struct Peeked<A> {
    map: A,
    first: Option<String>,
    started: bool,
}

impl<'de, A: MapAccess<'de>> Peeked<A> {
    fn look(&mut self) -> Result<(), A::Error> {
        self.first = self.map.next_key()?;
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Peeked<A> {
    type Error = A::Error;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        if !self.started {
            self.started = true;
            return match self.first.take() {
                Some(key) => seed.deserialize(de::value::StringDeserializer::<A::Error>::new(key)).map(Some),
                None => Ok(None),
            };
        }
        self.map.next_key_seed(seed)
    }

    fn next_value_seed<V: de::DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

impl<T: JsonSchema> JsonSchema for NumberOr<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("NumberOr{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [{ "type": "number" }, table] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_every_digit() {
        for text in ["1234567890123.4567", "1.10", "-0.005", "79228162514264337593543950335"] {
            assert_eq!(text.parse::<Number>().unwrap().to_string(), text);
        }
        assert_eq!("1_250_000".parse::<Number>().unwrap(), Number::from(1_250_000));
        assert_eq!("1.5e3".parse::<Number>().unwrap(), Number::from(1500));
        for wrong in ["", "twelve", "1e99", "999999999999999999999999999999", "nan", "inf"] {
            assert!(wrong.parse::<Number>().is_err(), "{wrong}");
        }
    }
}
