//! What a field takes, read once from the schema and not for every cell.

use rust_decimal::Decimal;
use serde_json::Value;

use crate::model::field_change::FieldValue;
use crate::syntax::schema::{Schema, Shape};

/// Fields whose lists may be typed with commas between: names and references, never sentences.
const NAMES: [&str; 8] =
    ["tags", "links", "roles", "skills", "decisions_needed", "applies_to", "objectives", "categories"];

/// What a field takes.
#[derive(Clone, Debug)]
pub struct FieldType {
    /// The field, as a dotted path.
    pub path: String,
    /// Whether it takes a text.
    pub takes_text: bool,
    /// Whether it takes a day.
    pub takes_date: bool,
    /// Whether it takes a number.
    pub takes_number: bool,
    /// Whether the number has no fraction.
    pub is_whole: bool,
    /// Whether the number is a percentage: from 0 to 100.
    pub is_percent: bool,
    /// Whether it takes yes or no.
    pub takes_truth: bool,
    /// Whether it takes a list.
    pub takes_list: bool,
    /// Whether a list may be typed with commas between.
    pub splits_at_commas: bool,
    /// Whether it takes a table.
    pub takes_table: bool,
    /// Whether it takes whatever there is, as it is: a field of `[custom]` that nobody declared.
    pub is_open: bool,
    /// The words it takes, where it takes nothing else.
    pub words: Option<Vec<String>>,
    /// What the field says where a file does not name it: a flag, a word or a number.
    pub default: Option<FieldValue>,
    /// The smallest number.
    pub least: Option<Decimal>,
    /// The greatest number.
    pub most: Option<Decimal>,
    /// What the elements of a list are.
    pub items: Option<Box<FieldType>>,
    inner: Vec<(String, FieldType)>,
    rest: Option<Box<FieldType>>,
}

impl FieldType {
    /// Reads what a field takes.
    pub fn of(path: &str, schema: Schema<'_>) -> FieldType {
        Self::at(path, schema, 0)
    }

    fn at(path: &str, schema: Schema<'_>, depth: usize) -> FieldType {
        let alternatives = schema.alternatives();
        let shapes: Vec<Shape> = alternatives.iter().flat_map(|one| one.shapes()).collect();
        let anything = shapes.contains(&Shape::Anything);
        let has = |shape: Shape| shapes.contains(&shape);
        let bound = |word: &str| {
            alternatives
                .iter()
                .find_map(|one| one.get(word).and_then(Value::as_number)?.to_string().parse().ok())
        };
        let whole = alternatives.iter().find(|one| one.shapes().contains(&Shape::Whole));
        let range = whole.filter(|one| one.get("format").is_some()).map(|one| one.whole_range());
        let (least, most): (Option<Decimal>, Option<Decimal>) = match range {
            Some((least, most)) => (Some(Decimal::from(least)), Some(Decimal::from(most))),
            None => (bound("minimum"), bound("maximum")),
        };
        let last = path.rsplit('.').next().unwrap_or(path);
        let table = alternatives.iter().find(|one| one.shapes().contains(&Shape::Table));
        let fields: Vec<(String, FieldType)> = match table {
            Some(table) if depth < 6 => table
                .fields()
                .into_iter()
                .filter_map(|key| Some((key.to_owned(), Self::at(key, table.field(key)?, depth + 1))))
                .collect(),
            _ => Vec::new(),
        };
        let rest = table.filter(|_| depth < 6).and_then(|table| table.field("\u{1}any"));
        FieldType {
            path: path.to_owned(),
            takes_text: anything || has(Shape::Text),
            takes_date: anything || has(Shape::Date),
            takes_number: has(Shape::Number) || has(Shape::Whole),
            is_whole: has(Shape::Whole) && !has(Shape::Number),
            is_percent: least == Some(Decimal::ZERO)
                && most == Some(Decimal::ONE_HUNDRED)
                && !has(Shape::Whole),
            takes_truth: anything || has(Shape::Truth),
            takes_list: has(Shape::List),
            splits_at_commas: NAMES.contains(&last),
            takes_table: anything || has(Shape::Table),
            is_open: false,
            words: schema.words().map(|words| words.into_iter().map(str::to_owned).collect()),
            default: match schema.default() {
                Some(Value::Bool(flag)) => Some(FieldValue::Bool(*flag)),
                Some(Value::Number(number)) => number.to_string().parse().ok().map(FieldValue::Number),
                Some(Value::String(word)) => Some(FieldValue::Text(word.clone())),
                _ => None,
            },
            least,
            most,
            items: alternatives
                .iter()
                .find_map(|one| one.items())
                .filter(|_| depth < 6)
                .map(|items| Box::new(Self::at(path, items, depth + 1))),
            inner: fields,
            rest: rest.map(|rest| Box::new(Self::at(path, rest, depth + 1))),
        }
    }

    /// A list or table without what it says as it is anyway, unless the one that is there names it.
    pub fn as_known(&self, value: FieldValue, known: Option<&FieldValue>) -> FieldValue {
        match value {
            FieldValue::List(items) => {
                let known = |at: usize| match known {
                    Some(FieldValue::List(known)) => known.get(at),
                    _ => None,
                };
                let own = items.into_iter().enumerate().map(|(at, item)| match &self.items {
                    Some(inner) => inner.as_known(item, known(at)),
                    None => item,
                });
                FieldValue::List(own.collect())
            }
            FieldValue::Table(entries) => {
                let known = |key: &str| match known {
                    Some(FieldValue::Table(known)) => {
                        known.iter().find(|(own, _)| own == key).map(|(_, value)| value)
                    }
                    _ => None,
                };
                let own = entries.into_iter().filter_map(|(key, value)| {
                    let (Some(inner), there) = (self.inner(&key), known(&key)) else {
                        return Some((key, value));
                    };
                    let is_silent = there.is_none() && inner.default.as_ref() == Some(&value);
                    (!is_silent).then(|| (key, inner.as_known(value, there)))
                });
                FieldValue::Table(own.collect())
            }
            other => other,
        }
    }

    /// Whether it takes texts of any kind, and neither numbers nor days.
    pub fn is_text(&self) -> bool {
        self.takes_text && !self.takes_number && !self.takes_date && self.words.is_none()
    }

    /// What a key of its table takes.
    pub fn inner(&self, key: &str) -> Option<&FieldType> {
        self.inner.iter().find(|(name, _)| name == key).map(|(_, inner)| inner).or(self.rest.as_deref())
    }

    /// What it takes, in words.
    pub fn wanted(&self) -> &'static str {
        match self {
            _ if self.takes_number && self.is_whole => "a whole number",
            _ if self.takes_number => "a number",
            _ if self.takes_date && !self.takes_text => "a date",
            _ if self.takes_truth && !self.takes_text => "yes or no",
            _ if self.takes_list => "a list",
            _ if self.takes_table && !self.takes_text => "a table",
            _ => "a text",
        }
    }

    /// What is wrong with a number beyond the bounds.
    pub fn out_of_range(&self, number: Decimal) -> String {
        match (self.least, self.most) {
            (Some(least), Some(most)) if self.is_percent || most < Decimal::from(1_000) => {
                format!("{number} is not from {least} to {most}")
            }
            (Some(least), _) if least.is_zero() && number < least => format!("{number} is negative"),
            _ => format!("{number} is out of range"),
        }
    }
}
