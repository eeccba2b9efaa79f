//! What any file says, key by key, whatever its kind and its mistakes: for comparing one text with another.

use serde_json::Value;
use toml::de::{DeTable, DeValue};

use crate::model::field_change::{FieldValue, FieldValues};
use crate::model::{Date, Number};
use crate::syntax::{self, Step};

/// Reads every key of a file with its value, by dotted path and in the order of the file, or says why it is no
/// TOML.
///
/// An element of an array of tables is named by its `id`, as `pmo set` names it (`milestone.go-live.baseline`);
/// an array whose tables have none is one value.
pub fn keys_of(bytes: &[u8]) -> Result<FieldValues, String> {
    let text = syntax::read::decode(bytes).map_err(|mistake| mistake.message)?;
    let table = syntax::parse(text).map_err(|mistakes| {
        let first = mistakes.into_iter().next();
        let said = first.map(|mistake| {
            let (line, _) = syntax::line_column(text, mistake.at.start);
            format!("line {line}: {}", mistake.message)
        });
        said.unwrap_or_else(|| "it is no TOML".to_owned())
    })?;
    let mut found = Vec::new();
    gather(table.get_ref(), &mut Vec::new(), &mut found);
    Ok(found)
}

/// Reads a file as one value, a table of all that it says, or says why it is no TOML.
pub fn tree_of(text: &str) -> Result<FieldValue, String> {
    let table = syntax::parse(text).map_err(|mistakes| {
        mistakes.into_iter().next().map_or_else(|| "it is no TOML".to_owned(), |first| first.message)
    })?;
    Ok(value_of(&DeValue::Table(table.into_inner())))
}

fn gather(table: &DeTable<'_>, path: &mut Vec<Step>, found: &mut FieldValues) {
    for (key, value) in table {
        path.push(Step::Key(key.get_ref().to_string()));
        match value.get_ref() {
            DeValue::Table(inner) => gather(inner, path, found),
            DeValue::Array(list)
                if !list.is_empty() && list.iter().all(|one| id(one.get_ref()).is_some()) =>
            {
                for element in list.iter().map(toml::Spanned::get_ref) {
                    path.push(Step::Key(id(element).unwrap_or_default().to_owned()));
                    if let DeValue::Table(inner) = element {
                        let before = found.len();
                        gather(inner, path, found);
                        let own = format!("{}.id", syntax::write_path(path));
                        // The name of the key says it already, unless there is nothing else to say.
                        if found.len() > before + 1 {
                            found.retain(|(key, _)| *key != own);
                        }
                    }
                    path.pop();
                }
            }
            other => found.push((syntax::write_path(path), value_of(other))),
        }
        path.pop();
    }
}

fn id<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    value.as_table()?.get("id")?.get_ref().as_str()
}

fn value_of(value: &DeValue<'_>) -> FieldValue {
    match value {
        DeValue::String(text) => FieldValue::Text(text.to_string()),
        DeValue::Boolean(truth) => FieldValue::Bool(*truth),
        DeValue::Integer(whole) => {
            let number = i128::from_str_radix(whole.as_str(), whole.radix());
            let exact = number.ok().and_then(|number| number.to_string().parse::<Number>().ok());
            exact.map_or_else(|| FieldValue::Text(whole.as_str().to_owned()), FieldValue::Number)
        }
        DeValue::Float(float) => match float.as_str().parse::<Number>() {
            Ok(number) => FieldValue::Number(number),
            Err(_) => FieldValue::Text(float.as_str().to_owned()),
        },
        DeValue::Datetime(moment) => match moment.to_string().parse::<Date>() {
            Ok(date) => FieldValue::Date(date),
            Err(_) => FieldValue::Text(moment.to_string()),
        },
        DeValue::Array(list) => FieldValue::List(list.iter().map(|one| value_of(one.get_ref())).collect()),
        DeValue::Table(table) => {
            let of =
                |(key, value): (&toml::Spanned<std::borrow::Cow<'_, str>>, &toml::Spanned<DeValue<'_>>)| {
                    (key.get_ref().to_string(), value_of(value.get_ref()))
                };
            FieldValue::Table(table.iter().map(of).collect())
        }
    }
}

/// Whether the files that a schema describes can hold the key, or keys below it.
pub fn has_key(schema: &Value, key: &str) -> bool {
    syntax::value::knows(schema, key)
}

/// Whether a value is one that a scaffold left to be filled in.
pub fn is_placeholder(value: &FieldValue) -> bool {
    matches!(value, FieldValue::Text(text) if syntax::read::is_placeholder(text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_path_that_set_would_understand() {
        let text = "a = 1_200\nb = 0.50\nc = [1, 'x']\nday = 2026-11-20\n[rag]\noverall = 'red'\n\
                    [[milestone]]\nid = 'go-live'\nbaseline = 2027-01-31\n[[milestone]]\nid = 'bare'\n\
                    [[cost]]\napproved = 7\n[milestone-x.\"a b\"]\nc = true\n";
        let found = keys_of(text.as_bytes()).unwrap();
        let keys: Vec<&str> = found.iter().map(|(key, _)| key.as_str()).collect();
        let expected = [
            "a",
            "b",
            "c",
            "day",
            "rag.overall",
            "milestone.go-live.baseline",
            "milestone.bare.id",
            "cost",
            "milestone-x.\"a b\".c",
        ];
        assert_eq!(keys, expected);
        let same = keys_of(b"a = 1200\nb = 0.5").unwrap();
        assert_eq!(same, found[..2]);
    }

    #[test]
    fn what_is_no_toml_says_where() {
        let said = keys_of(b"a = 1\nb = = 2\n").unwrap_err();
        assert!(said.starts_with("line 2: "), "{said}");
        assert!(keys_of(b"\xff\xfe\x00").is_err());
        assert_eq!(keys_of(b"").unwrap(), []);
    }
}
