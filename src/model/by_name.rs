//! A short list of things by name: the tables in a file whose keys people choose.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Things by name, in the order of their names.
///
/// A sorted list and not a tree: nearly all hold two or three, there are very many of them in a large
/// register, and a tree keeps room for eleven.
#[derive(Clone, Debug, PartialEq)]
pub struct ByName<T>(Box<[(Box<str>, T)]>);

impl<T> ByName<T> {
    /// The thing of that name.
    pub fn get(&self, name: &str) -> Option<&T> {
        let at = self.0.binary_search_by(|(there, _)| there.as_ref().cmp(name)).ok()?;
        Some(&self.0[at].1)
    }

    /// Whether there is a thing of that name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names and things, in the order of the names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// The names, in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_ref())
    }

    /// The things, in the order of their names.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    /// What has them, by name, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, value)| value)
    }
}

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<T> FromIterator<(String, T)> for ByName<T> {
    /// Gathers things; of two with one name the later counts.
    fn from_iter<I: IntoIterator<Item = (String, T)>>(all: I) -> Self {
        let mut list: Vec<(Box<str>, T)> = Vec::new();
        for (name, value) in all {
            match list.binary_search_by(|(there, _)| there.as_ref().cmp(&name)) {
                Ok(at) => list[at].1 = value,
                Err(at) => list.insert(at, (name.into(), value)),
            }
        }
        Self(list.into())
    }
}

impl<T: Serialize> Serialize for ByName<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ByName<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = ByName<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                std::iter::from_fn(|| map.next_entry::<String, T>().transpose()).collect()
            }
        }

        deserializer.deserialize_map(Entries(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for ByName<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        <BTreeMap<String, T>>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        <BTreeMap<String, T>>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_found_by_name_and_listed_in_order() {
        let pairs = [("go-live", 3), ("design", 1), ("go-live", 4)];
        let list: ByName<i32> = pairs.into_iter().map(|(name, n)| (name.to_owned(), n)).collect();
        assert_eq!(list.iter().collect::<Vec<_>>(), [("design", &1), ("go-live", &4)]);
        assert_eq!((list.get("go-live"), list.get("go")), (Some(&4), None));
    }
}
