//! JSON and YAML as tables: a list of records, whose tables become columns with dotted names.

use indexmap::IndexMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::model::Number;
use crate::model::field_change::FieldValue;

use super::csv::too_many;
use super::{Column, Form, MOST_CELLS, Raw, Row, Table, Unreadable};

/// Nothing is nested deeper.
const DEEPEST: usize = 60;

/// Keys of a document that are not records: what the document says of itself.
const ABOUT: [&str; 4] = ["schema_version", "kind", "source", "day"];

/// Reads JSON; numbers keep every digit.
pub fn json(bytes: &[u8], kind: &str) -> Result<Table, Unreadable> {
    let mut table = records_of(json_document(bytes)?, kind)?;
    table.described = "JSON".to_owned();
    Ok(table)
}

fn json_document(bytes: &[u8]) -> Result<Option<FieldValue>, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::new("the JSON is not UTF-8 text"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let raw: &RawValue = serde_json::from_str(text)
        .map_err(|error| Unreadable::new(format!("the JSON cannot be read: {error}")))?;
    value_of(raw.get(), 0)
}

/// A value of JSON text.
pub fn value_of(text: &str, depth: usize) -> Result<Option<FieldValue>, Unreadable> {
    let wrong = |error: serde_json::Error| Unreadable::new(format!("the JSON cannot be read: {error}"));
    if depth > DEEPEST {
        return Err(Unreadable::new(format!("the JSON is nested more than {DEEPEST} levels deep")));
    }
    let text = text.trim();
    Ok(Some(match text.as_bytes().first() {
        Some(b'n') => return Ok(None),
        Some(b't' | b'f') => FieldValue::Bool(serde_json::from_str(text).map_err(wrong)?),
        Some(b'"') => FieldValue::Text(serde_json::from_str(text).map_err(wrong)?),
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(wrong)?;
            let items: Result<Vec<_>, _> =
                items.into_iter().map(|item| value_of(item.get(), depth + 1)).collect();
            FieldValue::List(items?.into_iter().flatten().collect())
        }
        Some(b'{') => {
            let entries: IndexMap<String, &RawValue> = serde_json::from_str(text).map_err(wrong)?;
            let mut table = Vec::new();
            for (key, entry) in entries {
                if let Some(value) = value_of(entry.get(), depth + 1)? {
                    table.push((key, value));
                }
            }
            FieldValue::Table(table)
        }
        _ => {
            let number: Number = text.parse().map_err(|_| {
                Unreadable::new(format!(
                    "the JSON cannot be read: `{}` is no number",
                    crate::text::cut(text, 40)
                ))
            })?;
            FieldValue::Number(number)
        }
    }))
}

/// The records of what `pmo export` writes as one tree, by kind; the file is read once.
pub fn kinds(bytes: &[u8], is_yaml: bool) -> Result<Vec<(String, Table)>, Unreadable> {
    let document = if is_yaml { yaml_document(bytes)? } else { json_document(bytes)? };
    let Some(FieldValue::Table(entries)) = document else { return Ok(Vec::new()) };
    let mut lists = Vec::new();
    for (key, value) in entries {
        match value {
            FieldValue::Table(kinds) if key == "records" => lists.extend(kinds),
            list @ FieldValue::List(_) if key == "drafts" => lists.push(("draft".to_owned(), list)),
            _ => {}
        }
    }
    let described = if is_yaml { "YAML" } else { "JSON" };
    let kinds = lists.into_iter().map(|(kind, list)| {
        let mut table = records_of(Some(list), &kind)?;
        table.described = described.to_owned();
        Ok((kind, table))
    });
    kinds.collect()
}

/// Reads YAML.
pub fn yaml(bytes: &[u8], kind: &str) -> Result<Table, Unreadable> {
    let mut table = records_of(yaml_document(bytes)?, kind)?;
    table.described = "YAML".to_owned();
    Ok(table)
}

fn yaml_document(bytes: &[u8]) -> Result<Option<FieldValue>, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::new("the YAML is not UTF-8 text"))?;
    super::yaml::value_of(text)
}

/// The records of a document: it is a list of them, or a table with one such list.
fn records_of(document: Option<FieldValue>, kind: &str) -> Result<Table, Unreadable> {
    let shape = || {
        Unreadable::new("there is no list of records in the file")
            .help("it should be a list of tables, as `pmo export json` writes it")
    };
    let list = match document {
        Some(FieldValue::List(list)) => list,
        Some(FieldValue::Table(entries)) => {
            // What `pmo export` writes has a list for each kind.
            let by_kind = entries.iter().find_map(|(key, value)| match value {
                FieldValue::Table(kinds) if key == "records" => Some(kinds),
                _ => None,
            });
            if let Some(kinds) = by_kind {
                let own = kinds.iter().find(|(name, _)| name == kind).map(|(_, list)| list.clone());
                return records_of(Some(own.unwrap_or(FieldValue::List(Vec::new()))), kind);
            }
            let mut lists = entries.into_iter().filter(|(key, _)| !ABOUT.contains(&key.as_str())).filter_map(
                |(_, value)| match value {
                    FieldValue::List(list)
                        if list.iter().all(|item| matches!(item, FieldValue::Table(_))) =>
                    {
                        Some(list)
                    }
                    _ => None,
                },
            );
            let first = lists.next().ok_or_else(shape)?;
            if lists.next().is_some() {
                return Err(Unreadable::new("the file has more than one list of records")
                    .help("put each kind of record into a file of its own"));
            }
            first
        }
        _ => return Err(shape()),
    };
    let mut columns: IndexMap<String, usize> = IndexMap::new();
    let mut flat: Vec<Vec<(usize, Raw)>> = Vec::with_capacity(list.len());
    for record in list {
        let FieldValue::Table(entries) = record else { return Err(shape()) };
        let mut cells = Vec::new();
        flatten(entries, "", 0, &mut columns, &mut cells);
        flat.push(cells);
    }
    if columns.len().saturating_mul(flat.len()) > MOST_CELLS {
        return Err(too_many());
    }
    let width = columns.len();
    let rows = flat.into_iter().enumerate().map(|(at, cells)| {
        let mut row = vec![Raw::Empty; width];
        for (column, raw) in cells {
            row[column] = raw;
        }
        Row { at: at + 1, cells: row }
    });
    Ok(Table {
        rows: rows.collect(),
        columns: columns.into_keys().enumerate().map(|(at, name)| Column { name, at }).collect(),
        form: Form::Records,
        described: String::new(),
        header: "keys by name".to_owned(),
        header_at: 0,
        header_rows: 1,
        sheet: None,
        notes: Vec::new(),
        delimiter: None,
        counts_from_1904: false,
    })
}

/// Puts the values of a table into columns: those of tables within it under dotted names.
fn flatten(
    entries: Vec<(String, FieldValue)>,
    above: &str,
    depth: usize,
    columns: &mut IndexMap<String, usize>,
    cells: &mut Vec<(usize, Raw)>,
) {
    for (key, value) in entries {
        let own = crate::syntax::write_path(&[crate::syntax::Step::Key(key)]);
        let name = if above.is_empty() { own } else { format!("{above}.{own}") };
        let raw = match value {
            FieldValue::Table(entries) if depth < DEEPEST => {
                flatten(entries, &name, depth + 1, columns, cells);
                continue;
            }
            FieldValue::Text(text) => Raw::Text(text),
            FieldValue::Number(number) => Raw::Number(number.to_string()),
            FieldValue::Date(date) => Raw::Date(date),
            FieldValue::Bool(truth) => Raw::Bool(truth),
            other => Raw::Tree(other),
        };
        let next = columns.len();
        cells.push((*columns.entry(name).or_insert(next), raw));
    }
}

/// A value as plain JSON, numbers with their own digits.
pub struct Plain<'a>(pub &'a FieldValue);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            FieldValue::Number(number) => match RawValue::from_string(number.to_string()) {
                Ok(raw) => raw.serialize(serializer),
                Err(_) => serializer.serialize_str(&number.to_string()),
            },
            FieldValue::List(items) => serializer.collect_seq(items.iter().map(Plain)),
            FieldValue::Table(entries) => {
                serializer.collect_map(entries.iter().map(|(key, value)| (key, Plain(value))))
            }
            other => other.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_json_and_yaml_are_the_same_table() {
        let text = r#"{"schema_version": 1, "records": [
            {"id": "crm", "budget": {"approved": 1234567890123.4567}, "tags": ["a"], "x": null},
            {"id": "erp", "confidential": true}]}"#;
        let read = json(text.as_bytes(), "project").unwrap();
        let names: Vec<&str> = read.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["id", "budget.approved", "tags", "confidential"]);
        assert_eq!(read.rows[0].cells[1], Raw::Number("1234567890123.4567".into()));
        assert_eq!(read.rows[0].cells[2].shown(), "[\"a\"]");
        let same = "records:\n- id: crm\n  budget:\n    approved: 12.5\n  tags: [a]\n- id: erp\n  confidential: true\n";
        let other = yaml(same.as_bytes(), "project").unwrap();
        assert_eq!(other.columns, read.columns);
        assert_eq!(other.rows[1].cells, read.rows[1].cells);
    }

    #[test]
    fn what_is_no_list_of_records_is_refused() {
        for text in ["3", "{}", "[1, 2]", "{\"a\": [{}], \"b\": [{}]}", "{", &"[".repeat(100_000)] {
            assert!(json(text.as_bytes(), "project").is_err(), "{}", &text[..text.len().min(20)]);
        }
        assert!(yaml(b"a: [", "project").is_err());
    }
}
