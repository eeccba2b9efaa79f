//! YAML into values, numbers with every digit that the file has.
//!
//! Readers of YAML hand numbers on as binary ones. A number is therefore taken from the text of the file, at the place
//! where the reader found it.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Location, Spanned};

use crate::model::Number;
use crate::model::field_change::FieldValue;

use super::{LARGEST, MOST_CELLS, Unreadable};

/// The value of a document; nothing for `null`.
pub(super) fn value_of(text: &str) -> Result<Option<FieldValue>, Unreadable> {
    let most = usize::try_from(LARGEST).unwrap_or(usize::MAX);
    let options = serde_yaml::options! {
        // As large as any other file of a table; aliases stay as limited as the reader has them.
        budget: serde_yaml::budget! {
            max_events: 4 * MOST_CELLS,
            max_nodes: 2 * MOST_CELLS,
            max_total_scalar_bytes: most,
        },
    };
    let read: Node = serde_yaml::from_str_with_options(text, options).map_err(|error| {
        let said = error.to_string();
        let first = said.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        Unreadable::new(format!("the YAML cannot be read: {}", crate::text::terminal(first)))
    })?;
    Ok(read.value(text))
}

/// A value of YAML, with the place of what may be a number.
type Node = Spanned<Bare>;

/// A value as the reader hands it on.
enum Bare {
    Nothing,
    Bool(bool),
    /// A number, as far as a binary one can say it.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
}

trait Valued {
    fn value(self, text: &str) -> Option<FieldValue>;
}

impl Valued for Node {
    fn value(self, text: &str) -> Option<FieldValue> {
        Some(match self.value {
            Bare::Nothing => return None,
            Bare::Bool(truth) => FieldValue::Bool(truth),
            Bare::Text(words) => FieldValue::Text(words),
            Bare::List(items) => {
                FieldValue::List(items.into_iter().filter_map(|item| item.value(text)).collect())
            }
            Bare::Table(entries) => FieldValue::Table(
                entries.into_iter().filter_map(|(key, own)| Some((key, own.value(text)?))).collect(),
            ),
            Bare::Number(binary) => {
                let number = written(text, &self.defined).and_then(|own| own.parse::<Number>().ok());
                match number.or_else(|| binary.parse().ok()) {
                    Some(number) => FieldValue::Number(number),
                    None => FieldValue::Text(binary),
                }
            }
        })
    }
}

/// What stands at a place of the text.
fn written<'t>(text: &'t str, place: &Location) -> Option<&'t str> {
    let span = place.span();
    let start = usize::try_from(span.byte_offset()?).ok()?;
    let end = start.checked_add(usize::try_from(span.byte_len()?).ok()?)?;
    text.get(start..end).map(str::trim)
}

impl<'de> Deserialize<'de> for Bare {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BareVisitor)
    }
}

struct BareVisitor;

impl<'de> Visitor<'de> for BareVisitor {
    type Value = Bare;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E: de::Error>(self) -> Result<Bare, E> {
        Ok(Bare::Nothing)
    }
    fn visit_none<E: de::Error>(self) -> Result<Bare, E> {
        Ok(Bare::Nothing)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Bare, D::Error> {
        Bare::deserialize(deserializer)
    }
    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Bare, E> {
        Ok(Bare::Bool(truth))
    }
    fn visit_i64<E: de::Error>(self, whole: i64) -> Result<Bare, E> {
        Ok(Bare::Number(whole.to_string()))
    }
    fn visit_u64<E: de::Error>(self, whole: u64) -> Result<Bare, E> {
        Ok(Bare::Number(whole.to_string()))
    }
    fn visit_i128<E: de::Error>(self, whole: i128) -> Result<Bare, E> {
        Ok(Bare::Number(whole.to_string()))
    }
    fn visit_u128<E: de::Error>(self, whole: u128) -> Result<Bare, E> {
        Ok(Bare::Number(whole.to_string()))
    }
    fn visit_f64<E: de::Error>(self, float: f64) -> Result<Bare, E> {
        Ok(Bare::Number(float.to_string()))
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Bare, E> {
        Ok(Bare::Text(text.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Bare, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Bare::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Bare, A::Error> {
        let mut table = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            table.push(entry);
        }
        Ok(Bare::Table(table))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_every_digit() {
        let read = |text: &str| value_of(text).unwrap();
        let number = |text: &str| Some(FieldValue::Number(text.parse().unwrap()));
        for text in ["12345678901234567.89", "1200000.50", "-0.1", "123456789012345678901", "0", "7.0"] {
            assert_eq!(read(text), number(text), "{text}");
            let inner = format!("ä: x\nlist:\n- {text} # a comment\nflow: [{text}, &a {text}]\nagain: *a\n");
            let Some(FieldValue::Table(entries)) = read(&inner) else { panic!("{inner}") };
            let FieldValue::List(list) = &entries[1].1 else { panic!("{entries:?}") };
            let FieldValue::List(flow) = &entries[2].1 else { panic!("{entries:?}") };
            for own in list.iter().chain(flow).chain([&entries[3].1]) {
                assert_eq!(Some(own.clone()), number(text), "{text}");
            }
        }
        assert_eq!(read("1e5"), number("100000"));
        assert_eq!(read("\"1.50\""), Some(FieldValue::Text("1.50".to_owned())));
        assert_eq!(read("~"), None);
    }

    #[test]
    fn many_aliases_of_aliases_are_refused() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for at in 1..10 {
            let before = format!("*a{}", at - 1);
            bomb.push_str(&format!("a{at}: &a{at} [{}]\n", [before.as_str(); 10].join(", ")));
        }
        assert!(value_of(&bomb).is_err());
    }
}
