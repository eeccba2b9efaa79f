//! One flag for each field that a person can type: `--review-by`, `--schedule-start`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use clap::Arg;
use clap_complete::ArgValueCandidates;
use serde_json::Value;

use crate::load::schema_of_kind;
use crate::model::{KINDS, Kind};
use crate::syntax::schema::{Schema, Shape};

use super::super::complete;

/// Tables whose fields are flags of their own; what stands deeper is for `--set` and `pmo edit`.
const TABLES: [&str; 3] = ["schedule", "budget", "effect"];

/// A flag, and the key that it sets.
pub(super) struct Flag {
    /// The name of the argument, which no other can have: `field:review_by`.
    pub id: String,
    /// The flag without its dashes: `review-by`.
    long: String,
    /// The key: `review_by`, `schedule.start`.
    pub key: String,
    help: String,
    value_name: &'static str,
}

/// The flags of a kind, in the order of the format; made once.
pub(super) fn of(kind: &Kind) -> &'static [Flag] {
    static FLAGS: OnceLock<BTreeMap<&'static str, OnceLock<Vec<Flag>>>> = OnceLock::new();
    let all = FLAGS.get_or_init(|| KINDS.iter().map(|k| (k.spec.name, OnceLock::new())).collect());
    all.get(kind.spec.name).map_or(&[], |flags| flags.get_or_init(|| make(schema_of_kind(kind))).as_slice())
}

fn make(schema: &Value) -> Vec<Flag> {
    let root = Schema::new(schema);
    let mut flags = Vec::new();
    for key in root.fields() {
        let Some(field) = root.field(key) else { continue };
        if TABLES.contains(&key) {
            for inner in field.fields() {
                flags.extend(
                    field
                        .field(inner)
                        .and_then(|f| flag(&format!("{key}.{inner}"), f, described(field, inner))),
                );
            }
        } else if key != "template" {
            flags.extend(flag(key, field, described(root, key)));
        }
    }
    flags
}

/// What a field is for, by the doc comment of its type.
fn described(table: Schema<'_>, key: &str) -> String {
    let text = table.get("properties").and_then(|p| p.get(key)?.get("description")?.as_str());
    let first = text.unwrap_or_default().lines().next().unwrap_or_default();
    first.trim_end_matches(['.', ' ', '…']).trim_start_matches(['.', ' ', '…']).to_owned()
}

fn flag(key: &str, field: Schema<'_>, mut help: String) -> Option<Flag> {
    let words = field.words();
    let shapes: Vec<Shape> = field.alternatives().iter().flat_map(|one| one.shapes()).collect();
    let value_name = if words.is_some() {
        "WORD"
    } else {
        shapes.iter().find_map(|shape| match shape {
            Shape::Text => Some("TEXT"),
            Shape::Date => Some("DATE"),
            Shape::Number | Shape::Whole => Some("NUMBER"),
            Shape::Truth => Some("true|false"),
            Shape::List if lists_texts(field) => Some("TEXTS"),
            _ => None,
        })?
    };
    if let Some(words) = words {
        help = format!("{help}: {}", words.join(", "));
    }
    let long = key.replace(['.', '_'], "-");
    Some(Flag { id: format!("field:{key}"), long, key: key.to_owned(), help, value_name })
}

fn lists_texts(field: Schema<'_>) -> bool {
    let items = field.alternatives().iter().find_map(|one| one.items());
    items.is_some_and(|items| items.alternatives().iter().any(|one| one.shapes().contains(&Shape::Text)))
}

impl Flag {
    /// The flag as an argument.
    pub fn arg(&'static self) -> Arg {
        let arg = Arg::new(self.id.as_str());
        let arg = match self.key.as_str() {
            "owner" | "manager" | "sponsor" | "of" | "by" | "decided_by" | "requested_by" => {
                arg.add(ArgValueCandidates::new(complete::people))
            }
            "programme" | "escalated_to" => arg.add(ArgValueCandidates::new(complete::programmes)),
            _ => arg,
        };
        let arg = arg.long(self.long.as_str()).value_name(self.value_name);
        arg.help(self.help.as_str()).help_heading("Fields").allow_hyphen_values(self.value_name == "NUMBER")
    }
}
