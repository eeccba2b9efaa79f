//! The text of a new record that is made of nothing but its values: what an import writes.
//!
//! `pmo add` fills a scaffold, whose comments teach the person who types. Who imports thousands of records is not
//! taught by thousands of comments: their files hold the schema line and what the table said, in the order of
//! the schema.

use serde_json::Value;

use crate::load::schema_of_kind;
use crate::model::field_change::FieldValue;
use crate::model::{Kind, RecordId};
use crate::syntax::literal::key;
use crate::syntax::schema::{Schema, Shape};
use crate::syntax::{NewValue, Step};
use crate::template::schema_line;

/// A list that is longer than this stands on several lines.
const LONGEST_LINE: usize = 100;

/// Writes a new record.
pub fn compose(kind: &Kind, id: &RecordId, values: &FieldValue) -> String {
    let mut text = schema_line(&id.path(), kind.spec.name);
    text.push('\n');
    text.push_str(&fields_of(schema_of_kind(kind), values));
    text
}

/// Writes the fields of a table as a file has them: values, then tables, then lists of tables.
pub fn fields_of(schema: &Value, values: &FieldValue) -> String {
    let schema = Schema::new(schema);
    let FieldValue::Table(entries) = values else { return String::new() };
    let fields = schema.fields();
    let turn = |name: &str| fields.iter().position(|field| *field == name).unwrap_or(usize::MAX);
    let mut entries: Vec<&(String, FieldValue)> = entries.iter().collect();
    entries.sort_by_key(|(name, _)| turn(name));
    let mut text = String::new();
    for (name, value) in entries.iter().filter(|(name, value)| stands_at_top(schema, name, value)) {
        text.push_str(&line(name, value));
    }
    for (name, value) in entries.iter().filter(|(name, value)| !stands_at_top(schema, name, value)) {
        match value {
            FieldValue::Table(inner) => table(&key(name), inner, &mut text),
            FieldValue::List(items) => {
                for item in items {
                    if let FieldValue::Table(inner) = item {
                        text.push_str(&format!("\n[[{}]]\n", key(name)));
                        inner.iter().for_each(|(name, value)| text.push_str(&line(name, value)));
                    }
                }
            }
            _ => {}
        }
    }
    text
}

/// Whether a value stands above the first header: all but tables, and tables that may also be one number.
fn stands_at_top(schema: Schema<'_>, name: &str, value: &FieldValue) -> bool {
    match value {
        FieldValue::Table(_) => schema.field(name).is_some_and(|field| {
            let mut shapes = field.alternatives().into_iter().flat_map(Schema::shapes);
            shapes.any(|shape| !matches!(shape, Shape::Table | Shape::Anything))
        }),
        FieldValue::List(items) => {
            items.is_empty() || !items.iter().all(|item| matches!(item, FieldValue::Table(_)))
        }
        _ => true,
    }
}

/// A table under its header; tables within it have headers of their own.
fn table(header: &str, entries: &[(String, FieldValue)], text: &mut String) {
    let is_table = |(_, value): &&(String, FieldValue)| matches!(value, FieldValue::Table(_));
    let own: Vec<_> = entries.iter().filter(|entry| !is_table(entry)).collect();
    if !own.is_empty() || entries.is_empty() {
        text.push_str(&format!("\n[{header}]\n"));
        own.into_iter().for_each(|(name, value)| text.push_str(&line(name, value)));
    }
    for (name, value) in entries.iter().filter(is_table) {
        if let FieldValue::Table(inner) = value {
            table(&format!("{header}.{}", key(name)), inner, text);
        }
    }
}

fn line(name: &str, value: &FieldValue) -> String {
    let written = literal(value).written();
    if let FieldValue::List(items) = value
        && written.len() > LONGEST_LINE
    {
        let items: Vec<String> =
            items.iter().map(|item| format!("  {},\n", literal(item).on_one_line())).collect();
        return format!("{} = [\n{}]\n", key(name), items.concat());
    }
    format!("{} = {written}\n", key(name))
}

/// A value as TOML has it.
pub fn literal(value: &FieldValue) -> NewValue {
    match value {
        FieldValue::Text(text) => NewValue::text(text.as_str()),
        FieldValue::Number(number) => NewValue::Literal(grouped(&number.to_string())),
        FieldValue::Date(date) => NewValue::Literal(date.to_string()),
        FieldValue::Bool(truth) => NewValue::Literal(truth.to_string()),
        FieldValue::List(items) => {
            let items: Vec<String> = items.iter().map(|item| literal(item).on_one_line()).collect();
            NewValue::Literal(format!("[{}]", items.join(", ")))
        }
        FieldValue::Table(entries) => {
            let entries: Vec<_> =
                entries.iter().map(|(name, value)| (name.clone(), literal(value))).collect();
            NewValue::inline_table(&entries)
        }
    }
}

/// A number with signs between its thousands, from five digits on.
fn grouped(number: &str) -> String {
    let (whole, fraction) =
        number.split_once('.').map_or((number, ""), |(whole, fraction)| (whole, fraction));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = sign.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len() > 4 && (digits.len() - at) % 3 == 0 {
            out.push('_');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The value at a place in a tree.
pub fn at<'v>(tree: &'v FieldValue, path: &[Step]) -> Option<&'v FieldValue> {
    let mut here = tree;
    for step in path {
        here = match (step, here) {
            (Step::Key(name), FieldValue::Table(entries)) => &entries.iter().find(|(key, _)| key == name)?.1,
            (Step::Index(index), FieldValue::List(items)) => items.get(*index)?,
            (Step::Id(id), FieldValue::List(items)) => items.iter().find(|item| is_called(item, id))?,
            _ => return None,
        };
    }
    Some(here)
}

/// Whether a table has that id.
fn is_called(item: &FieldValue, id: &str) -> bool {
    matches!(at(item, &[Step::Key("id".into())]), Some(FieldValue::Text(own)) if own == id)
}

/// Puts a value into its place in a tree, and makes the tables above it.
pub fn put(tree: &mut FieldValue, path: &[Step], value: FieldValue) {
    let Some((step, rest)) = path.split_first() else {
        *tree = value;
        return;
    };
    let below = || match rest.first() {
        Some(Step::Index(_) | Step::Id(_)) => FieldValue::List(Vec::new()),
        _ => FieldValue::Table(Vec::new()),
    };
    match (step, &mut *tree) {
        (Step::Key(name), FieldValue::Table(entries)) => {
            let known = entries.iter().position(|(key, _)| key == name);
            let index = known.unwrap_or_else(|| {
                entries.push((name.clone(), below()));
                entries.len() - 1
            });
            put(&mut entries[index].1, rest, value);
        }
        (Step::Id(id), FieldValue::List(items)) => {
            let known = items.iter().position(|item| is_called(item, id));
            let index = known.unwrap_or_else(|| {
                items.push(FieldValue::Table(vec![("id".into(), FieldValue::Text(id.clone()))]));
                items.len() - 1
            });
            put(&mut items[index], rest, value);
        }
        (Step::Index(index), FieldValue::List(items)) => {
            if *index >= items.len() {
                items.push(below());
            }
            let last = items.len() - 1;
            put(&mut items[(*index).min(last)], rest, value);
        }
        // Something plain stands in the way: it gives way to the table that is meant.
        (Step::Key(_), _) => {
            *tree = FieldValue::Table(Vec::new());
            put(tree, path, value);
        }
        _ => {
            *tree = FieldValue::List(Vec::new());
            put(tree, path, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{read_record, tree_of};
    use crate::syntax::parse_path;

    #[test]
    fn a_record_is_written_in_the_order_of_its_schema() {
        let mut tree = FieldValue::Table(Vec::new());
        let text = |text: &str| FieldValue::Text(text.into());
        let number = |number: &str| FieldValue::Number(number.parse().unwrap());
        let date = |day: &str| FieldValue::Date(day.parse().unwrap());
        for (path, value) in [
            ("milestone[id=go-live].baseline", date("2027-01-31")),
            ("budget.approved", number("1200000.50")),
            ("milestone[id=go-live].name", text("Go-live")),
            ("custom.jira", text("PM-1")),
            ("name", text("CRM \"new\"")),
            ("state", text("active")),
            ("manager", text("jana")),
            ("superseded", FieldValue::List(vec![FieldValue::Table(vec![("budget".into(), number("5"))])])),
        ] {
            put(&mut tree, &parse_path(path).unwrap(), value);
        }
        let kind = Kind::named("project").unwrap();
        let written = compose(kind, &RecordId::project("crm"), &tree);
        let expected = "#:schema ../../.pmo/schema/project.json\nname = \"CRM \\\"new\\\"\"\nmanager = \"jana\"\nstate = \"active\"\n\n\
             [budget]\napproved = 1_200_000.50\n\n[[superseded]]\nbudget = 5\n\n\
             [[milestone]]\nid = \"go-live\"\nbaseline = 2027-01-31\nname = \"Go-live\"\n\n[custom]\njira = \"PM-1\"\n";
        assert_eq!(written, expected);
        assert!(read_record(kind, written.as_bytes()).mistakes.is_empty());
        let read = tree_of(&written).unwrap();
        assert_eq!(at(&read, &parse_path("milestone[0].name").unwrap()), Some(&text("Go-live")));
    }

    #[test]
    fn numbers_are_grouped_from_five_digits_on() {
        let all = ["1", "1234", "12345", "-1234567.125", "0.00001"].map(grouped);
        assert_eq!(all, ["1", "1234", "12_345", "-1_234_567.125", "0.00001"]);
    }
}
