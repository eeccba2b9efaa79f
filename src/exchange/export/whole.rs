//! The whole of it as one tree for programs: what JSON and YAML carry.

use serde::Serialize;

use crate::model::tree::Node;
use crate::model::{Date, Register};

use super::form::identity;
use super::gather::{Gathered, names};

/// The version of the export's form; it changes when a name or meaning does.
const SCHEMA_VERSION: u32 = 1;

/// A register as one tree.
#[derive(Debug, Serialize)]
pub struct Whole {
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
    /// Drafts and files that cannot be read, by reference: they are not carried.
    pub left_out: Vec<String>,
    /// The records by kind, each with what names it before its fields.
    pub records: Node,
}

/// The tree of what was gathered from a register.
pub fn whole(register: &Register, gathered: &Gathered, day: Date, source: &str) -> Whole {
    let kinds = gathered.kinds().map(|spec| {
        let columns = identity(spec, false);
        let record = |(id, node): &(_, Node)| {
            let own = columns.iter().map(|column| (*column).to_owned());
            let mut entries: Vec<(String, Node)> = own.zip(names(id).into_iter().map(Node::Text)).collect();
            if let Node::Map(fields) = node {
                entries.extend(fields.iter().cloned());
            }
            Node::Map(entries)
        };
        (spec.name.to_owned(), Node::List(gathered.of(spec.name).iter().map(record).collect()))
    });
    let identity = &register.config.register;
    Whole {
        schema_version: SCHEMA_VERSION,
        kind: "export",
        format: crate::model::config::FORMAT,
        register: identity.name.clone(),
        currency: identity.currency.clone(),
        day,
        source: source.to_owned(),
        audience: register.withheld.as_ref().map(|withheld| withheld.audience.clone()),
        left_out: gathered.drafts.iter().chain(&gathered.broken).map(ToString::to_string).collect(),
        records: Node::Map(kinds.collect()),
    }
}
