//! A file's text into its plain values by dotted key, whether or not they make a record.

use std::borrow::Cow;
use std::collections::HashSet;

use toml::de::{DeTable, DeValue};

use crate::model::field::{FieldValue, Fields};
use crate::model::{Date, Number};
use crate::syntax;

/// What names the tables of a list, in the order in which it is looked for.
const NAMES: [&str; 10] =
    ["id", "on", "objective", "rule", "name", "project", "category", "date", "approved_on", "text"];

/// What a file says, by dotted key; what is wrong with it in words when it is no TOML.
pub fn fields(bytes: &[u8]) -> Result<Fields, String> {
    let first = |mistakes: Vec<syntax::Mistake>| {
        mistakes.into_iter().next().map_or_else(String::new, |mistake| mistake.message)
    };
    let text = syntax::read::decode(bytes).map_err(|mistake| mistake.message)?;
    let table = syntax::parse(text).map_err(first)?;
    let mut fields = Fields::default();
    put_table(table.get_ref(), "", &mut fields);
    Ok(fields)
}

fn put_table(table: &DeTable<'_>, path: &str, fields: &mut Fields) {
    if table.is_empty() && !path.is_empty() {
        fields.0.insert(path.to_owned(), FieldValue::Nothing);
    }
    for (key, value) in table.iter() {
        let mut below = path.to_owned();
        if !below.is_empty() {
            below.push('.');
        }
        below.push_str(&key_in_path(key.get_ref()));
        match value.get_ref() {
            DeValue::Table(table) => put_table(table, &below, fields),
            DeValue::Array(values) => {
                let tables: Option<Vec<&DeTable<'_>>> =
                    values.iter().map(|value| value.get_ref().as_table()).collect();
                match tables.filter(|tables| !tables.is_empty()) {
                    Some(tables) => put_tables(&tables, &below, fields),
                    None => drop(fields.0.insert(below, plain(value.get_ref()))),
                }
            }
            other => drop(fields.0.insert(below, plain(other))),
        }
    }
}

/// A list of tables: each by its name, and the order of the names.
fn put_tables(tables: &[&DeTable<'_>], path: &str, fields: &mut Fields) {
    let named = NAMES.into_iter().find_map(|key| names(tables, key).map(|names| (key, names)));
    let (key, names) =
        named.unwrap_or_else(|| ("", (0..tables.len()).map(|place| place.to_string()).collect()));
    for (name, table) in names.iter().zip(tables) {
        let below = match table.get(key).map(|name| plain(name.get_ref())) {
            Some(FieldValue::Text(id)) if key == "id" => format!("{path}.{}", key_in_path(&id)),
            _ => format!("{path}[{name}]"),
        };
        put_table(table, &below, fields);
    }
    // What a list is named by is part of what it says: two lists may hold the same names by different keys.
    let order = if key.is_empty() { vec![names.len().to_string()] } else { names };
    fields.0.insert(format!("{path}[{key}]"), FieldValue::Order(order));
}

/// The names of all tables by one of their keys, where each has one of its own.
fn names(tables: &[&DeTable<'_>], key: &str) -> Option<Vec<String>> {
    let name = |table: &&DeTable<'_>| match plain(table.get(key)?.get_ref()) {
        FieldValue::Text(text) => Some(quoted(&text)),
        FieldValue::Date(date) => Some(date.to_string()),
        _ => None,
    };
    let names: Vec<String> = tables.iter().map(name).collect::<Option<_>>()?;
    let mut seen = HashSet::new();
    names.iter().all(|name| seen.insert(name.as_str())).then_some(names)
}

/// A key as a dotted path has it, quoted where that path could be read in another way.
fn key_in_path(key: &str) -> Cow<'_, str> {
    let is_bare = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if !key.is_empty() && key.chars().all(is_bare) {
        Cow::Borrowed(key)
    } else {
        Cow::Owned(format!("{key:?}"))
    }
}

/// A name that can be told from what stands around it.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || " -_.,:;/#@+&()%'".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("{text:?}")
}

fn plain(value: &DeValue<'_>) -> FieldValue {
    match value {
        DeValue::String(text) => FieldValue::Text(text.to_string()),
        DeValue::Boolean(flag) => FieldValue::Flag(*flag),
        DeValue::Integer(whole) => {
            let digits = whole.as_str();
            let read = match whole.radix() {
                10 => digits.parse::<Number>().ok(),
                radix => i64::from_str_radix(digits, radix).ok().map(Number::from),
            };
            read.map_or_else(|| FieldValue::Text(digits.to_owned()), FieldValue::Number)
        }
        DeValue::Float(number) => match number.as_str().parse::<Number>() {
            Ok(number) => FieldValue::Number(number),
            Err(_) => FieldValue::Text(number.as_str().to_owned()),
        },
        DeValue::Datetime(moment) => {
            let text = moment.to_string();
            text.parse::<Date>().map_or(FieldValue::Text(text), FieldValue::Date)
        }
        DeValue::Array(values) => {
            FieldValue::List(values.iter().map(|value| plain(value.get_ref())).collect())
        }
        DeValue::Table(table) => {
            let mut fields = Fields::default();
            put_table(table, "", &mut fields);
            let pair =
                |(key, value): (String, FieldValue)| FieldValue::List(vec![FieldValue::Text(key), value]);
            FieldValue::List(fields.0.into_iter().map(pair).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let fields = fields(text.as_bytes()).unwrap();
        fields.0.iter().map(|(key, value)| format!("{key} = {value:?}")).collect()
    }

    #[test]
    fn tables_of_a_list_are_named_and_an_insertion_shifts_nothing() {
        let text =
            "[[milestone]]\nid = 'a'\nbaseline = 2026-11-10\n[[dependency]]\non = 'x#y'\nlag_days = 5\n";
        assert_eq!(
            shown(text),
            [
                "dependency[on] = Order([\"x#y\"])",
                "dependency[x#y].lag_days = Number(5)",
                "dependency[x#y].on = Text(\"x#y\")",
                "milestone.a.baseline = Date(2026-11-10)",
                "milestone.a.id = Text(\"a\")",
                "milestone[id] = Order([\"a\"])",
            ]
        );
        let more = format!("[[milestone]]\nid = 'before'\n{text}");
        let [a, b] = [text, &more].map(|text| fields(text.as_bytes()).unwrap());
        let keys: Vec<String> = a.changes_to(&b).into_iter().map(|change| change.key).collect();
        assert_eq!(keys, ["milestone.before.id", "milestone[id]"]);
    }

    #[test]
    fn values_are_compared_by_what_they_mean() {
        let fields = |text: &str| fields(text.as_bytes()).unwrap();
        assert_eq!(
            fields("a = 1_000\nb = 5.0 # x\n"),
            fields("b=5\n\n[c]\n").with(&fields("b=5\n[c]\n").changes_to(&fields("a = 1000\nb = 5\n")))
        );
        assert_ne!(fields("a = '5'"), fields("a = 5"));
        assert_ne!(fields("a = ['x', 'y']"), fields("a = ['y', 'x']"));
        assert_ne!(fields("[[m]]\nid='a'\n[[m]]\nid='b'"), fields("[[m]]\nid='b'\n[[m]]\nid='a'"));
        assert_ne!(fields("a = []"), fields("a = {}"));
        assert_ne!(fields("a = [{}]"), fields("a = [{}, {}]"));
        assert_eq!(fields("a = 0x10"), fields("a = 16"));
    }

    #[test]
    fn what_is_no_toml_is_said_in_words() {
        assert!(super::fields(b"a = ").is_err());
        assert!(super::fields(&[0xff, 0xfe, 0x00]).unwrap_err().contains("UTF-16"));
        assert!(super::fields(b"<<<<<<< HEAD\n").unwrap_err().contains("conflict"));
    }
}
