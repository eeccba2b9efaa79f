//! A register in which every text is hostile: files of the demo, with each text replaced and each missing one added.
//!
//! The schemas of the kinds are walked, so that a field that is new tomorrow is hostile by itself. In one half of
//! the projects what looks like an id stays, so that references lead somewhere; in the other nothing does.

use std::collections::BTreeSet;
use std::path::Path;

use pmo::load::{config_schema, schema_of_kind};
use pmo::model::Kind;
use pmo::model::place::RecordId;
use pmo::syntax::schema::{Schema, Shape};
use toml::{Table, Value};

use crate::harness::Sandbox;

use crate::sample;

/// What is in it beside the settings and periods, and where even what looks like an id is replaced.
const KEPT: [&str; 11] = [
    "crm-migration",
    "erp-rollout",
    "jana-novak",
    "amir-haddad",
    "liam-okoye",
    "marta-keller",
    "customer-360",
    "core-systems",
    "grow-retention",
    "REQ-0001",
    "REQ-0002",
];
const WHOLLY: [&str; 4] = ["erp-rollout", "amir-haddad", "core-systems", "REQ-0002"];

/// What a text becomes.
pub type Write<'w> = &'w dyn Fn(usize) -> String;

/// Writes the register into a sandbox; gives how many texts were replaced or added.
pub fn write(sandbox: &Sandbox, text: Write<'_>) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut files = Vec::new();
    gather(&root, &root, &mut files);
    let mut filled = BTreeSet::new();
    let mut filler = Filler { text, number: 0, wholly: false, adds: false };
    for path in files {
        let table: Table = std::fs::read_to_string(root.join(&path)).unwrap().parse().unwrap();
        let (name, schema) = match RecordId::at_path(&path) {
            Some(id) => (id.kind, schema_of_kind(Kind::named(id.kind).unwrap())),
            None if path == "pmo.toml" => ("pmo.toml", config_schema()),
            None => continue,
        };
        filler.wholly = WHOLLY.iter().any(|id| path.contains(id));
        // One file of each kind has every text that there is.
        filler.adds = filled.insert((name, filler.wholly));
        // What the settings say of projects, people and dates stays, or nothing could be told of them.
        let table = filler.table(Schema::new(schema), table, "");
        sandbox.write(&path, &toml::to_string(&table).unwrap());
    }
    filler.number
}

fn gather(folder: &Path, root: &Path, files: &mut Vec<String>) {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            gather(&path, root, files);
        } else if name.ends_with(".toml") && name != "troubles.toml" {
            let is_old = name.contains("/status/2026-W")
                && !["W45", "W46", "W47"].iter().any(|week| name.contains(week));
            let is_kept = !name.contains('/') || name.starts_with("periods/");
            if !is_old && (is_kept || KEPT.iter().any(|kept| name.contains(kept))) {
                files.push(name);
            }
        }
    }
}

struct Filler<'w> {
    text: Write<'w>,
    number: usize,
    wholly: bool,
    adds: bool,
}

impl Filler<'_> {
    fn sample(&mut self) -> Value {
        self.number += 1;
        Value::String((self.text)(self.number))
    }

    /// Whether the text looks like an id, a word of a vocabulary, or a reference.
    fn is_id(text: &str) -> bool {
        !text.is_empty()
            && text.len() < 40
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_/#@.".contains(c))
    }

    fn table(&mut self, schema: Schema<'_>, mut table: Table, path: &str) -> Table {
        let keys: Vec<String> = table.keys().cloned().collect();
        for key in keys {
            let Some(field) = schema.field(&key) else { continue };
            if let Some(value) = table.remove(&key) {
                table.insert(key.clone(), self.value(field, value, &format!("{path}.{key}")));
            }
        }
        if self.adds {
            for key in schema.fields() {
                let Some(field) = schema.field(key).filter(|_| !table.contains_key(key)) else { continue };
                if let Some(value) = self.made(field, 0) {
                    table.insert(key.to_owned(), value);
                }
            }
        }
        table
    }

    fn value(&mut self, schema: Schema<'_>, value: Value, path: &str) -> Value {
        let all = schema.alternatives();
        let of = |shape: Shape| all.iter().copied().find(|one| one.shapes().contains(&shape));
        match value {
            Value::String(text) => {
                let free = all.iter().any(|one| is_free(*one));
                // The register's own settings are keyed by the words of its records.
                let stays = !free || (Self::is_id(&text) && !self.wholly) || path.starts_with(".vocabulary");
                if stays { Value::String(text) } else { self.sample() }
            }
            Value::Array(list) => match of(Shape::List).and_then(Schema::items) {
                Some(items) => {
                    Value::Array(list.into_iter().map(|one| self.value(items, one, path)).collect())
                }
                None => Value::Array(list),
            },
            Value::Table(table) => match of(Shape::Table) {
                Some(inner) => Value::Table(self.table(inner, table, path)),
                None => Value::Table(table),
            },
            other => other,
        }
    }

    /// A value for a field that is missing, where there is a text in it.
    fn made(&mut self, schema: Schema<'_>, depth: usize) -> Option<Value> {
        if depth > 4 {
            return None;
        }
        let all = schema.alternatives();
        if all.iter().any(|one| is_free(*one)) {
            return Some(self.sample());
        }
        for one in all {
            if one.shapes().contains(&Shape::List) {
                return Some(Value::Array(vec![self.made(one.items()?, depth + 1)?]));
            }
            if one.shapes().contains(&Shape::Table) && !one.fields().is_empty() {
                let mut table = Table::new();
                let before = self.number;
                for key in one.fields() {
                    let field = one.field(key)?;
                    let required = one.required().contains(&key);
                    match self.made(field, depth + 1).or_else(|| required.then(|| plain(field)).flatten()) {
                        Some(value) => drop(table.insert(key.to_owned(), value)),
                        None if required => return None,
                        None => {}
                    }
                }
                return (self.number > before).then_some(Value::Table(table));
            }
        }
        None
    }
}

/// Any text at all, and no word of a list.
fn is_free(schema: Schema<'_>) -> bool {
    schema.shapes().contains(&Shape::Text)
        && ["const", "enum", "pattern", "format"].iter().all(|word| schema.get(word).is_none())
}

/// A value without a text.
fn plain(schema: Schema<'_>) -> Option<Value> {
    if let Some(words) = schema.words() {
        return Some(Value::String((*words.first()?).to_owned()));
    }
    let shape = schema.alternatives().first()?.shapes().first().copied()?;
    Some(match shape {
        Shape::Date => Value::Datetime("2026-11-20".parse().unwrap()),
        Shape::Number | Shape::Whole => Value::Integer(1),
        Shape::Truth => Value::Boolean(true),
        _ => return None,
    })
}

/// A text without harm that has as many lines, so that a page of it has the same parts.
pub fn harmless(_: usize) -> String {
    "Two plain words".to_owned()
}

/// The hostile text of a field.
pub fn hostile(number: usize) -> String {
    sample::hostile(number)
}
