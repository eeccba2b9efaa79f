//! The whole of it as one tree for programs: what JSON and YAML carry.

use serde::Serialize;
use serde::ser::{Error as _, SerializeMap, Serializer};

use crate::model::tree::{Node, TreeError};
use crate::model::{Date, Register, Spec};

use super::drafts::Draft;
use super::form::identity;
use super::gather::{Gathered, names};

/// The version of the export's form; it changes when a name or meaning does.
const SCHEMA_VERSION: u32 = 1;

/// A register as one tree.
pub struct Whole<'a> {
    /// What is said of the whole.
    pub head: Head,
    /// The records by kind, each with what names it before its fields.
    pub records: Records<'a>,
}

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Node::Map(entries) = Node::of(&self.head).map_err(S::Error::custom)? {
            for (key, value) in entries {
                map.serialize_entry(&key, &value)?;
            }
        }
        map.serialize_entry("records", &self.records)?;
        map.end()
    }
}

/// What is said of an export as a whole.
#[derive(Serialize)]
pub struct Head {
    /// The version of its form.
    pub schema_version: u32,
    /// That it is an export.
    pub kind: &'static str,
    /// The format of the register's files.
    pub format: i64,
    /// The register's name.
    pub register: String,
    /// The register's currency.
    pub currency: String,
    /// The day on which it was made.
    pub day: Date,
    /// Where the register came from.
    pub source: String,
    /// For whom it is, where something was withheld.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// Files that cannot be read, and drafts where they are not carried, by reference.
    pub left_out: Vec<String>,
    /// Drafts, which count nowhere, as the files that they are.
    #[serde(skip_serializing_if = "<[Draft]>::is_empty")]
    pub drafts: Vec<Draft>,
}

/// The records by kind. Each is made into a tree when it is its turn.
#[derive(Clone, Copy)]
pub struct Records<'a>(&'a Gathered<'a>);

impl<'a> Records<'a> {
    /// The kinds that have records, by their names, each with its records.
    pub fn kinds(
        self,
    ) -> impl Iterator<Item = (&'static str, impl Iterator<Item = Result<Node, TreeError>> + 'a)> {
        self.0.kinds().map(move |spec| (spec.name, of_kind(self.0, spec)))
    }
}

fn of_kind<'a>(
    gathered: &'a Gathered<'a>,
    spec: &'static Spec,
) -> impl Iterator<Item = Result<Node, TreeError>> + 'a {
    let columns = identity(spec, false);
    gathered.of(spec.name).map(move |found| {
        let (id, node) = found?;
        let own = columns.iter().map(|column| (*column).to_owned());
        let mut entries: Vec<(String, Node)> = own.zip(names(&id).into_iter().map(Node::Text)).collect();
        if let Node::Map(fields) = node {
            entries.extend(fields);
        }
        Ok(Node::Map(entries))
    })
}

impl Serialize for Records<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct OfKind<'a>(&'a Gathered<'a>, &'static Spec);
        impl Serialize for OfKind<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeSeq as _;
                let mut list = serializer.serialize_seq(Some(self.0.count_of(self.1.name)))?;
                for record in of_kind(self.0, self.1) {
                    list.serialize_element(&record.map_err(S::Error::custom)?)?;
                }
                list.end()
            }
        }
        let mut map = serializer.serialize_map(None)?;
        for spec in self.0.kinds() {
            map.serialize_entry(spec.name, &OfKind(self.0, spec))?;
        }
        map.end()
    }
}

/// The tree of what was gathered from a register.
pub fn whole<'a>(register: &Register, gathered: &'a Gathered<'a>, day: Date, source: &str) -> Whole<'a> {
    let identity = &register.config.register;
    let head = Head {
        schema_version: SCHEMA_VERSION,
        kind: "export",
        format: crate::model::config::FORMAT,
        register: identity.name.clone(),
        currency: identity.currency.clone(),
        day,
        source: source.to_owned(),
        audience: register.withheld.as_ref().map(|withheld| withheld.audience.clone()),
        left_out: gathered.drafts.iter().chain(&gathered.broken).map(ToString::to_string).collect(),
        drafts: gathered.carried.clone(),
    };
    Whole { head, records: Records(gathered) }
}
