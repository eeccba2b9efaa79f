//! The mapping file (`--map`): which column is which field, and how its cells are read.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::Number;
use crate::model::custom::CustomValue;
use crate::model::record::schema_of;
use crate::syntax::{self, Mistake, Step};
use crate::text::terminal;

use super::rules::PercentForm;
use super::value::date;

/// A mapping, as its file says it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// What is imported, such as `projects`; another kind is refused.
    pub kind: Option<String>,
    /// How the table is found in the file.
    pub table: TableRules,
    /// How cells are read, for all columns.
    pub read: Reading,
    /// How ids are made.
    pub id: IdRules,
    /// How a row finds its record.
    #[serde(rename = "match")]
    pub matching: MatchRules,
    /// Fields that are the same in every new record, where the row says nothing: by path, in quotes where it has points.
    pub constant: BTreeMap<String, CustomValue>,
    /// The columns, by their headers.
    pub column: IndexMap<String, ColumnRules>,
}

/// How the table is found in the file (`[table]`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TableRules {
    /// The sheet, by name.
    pub sheet: Option<String>,
    /// The row of the header, counted from 1.
    pub header: Option<u32>,
    /// How many rows the header has: 1 or 2.
    pub header_rows: Option<u8>,
    /// The sign between the cells of a CSV: one character.
    pub delimiter: Option<String>,
    /// The encoding of a CSV, such as `windows-1252`.
    pub encoding: Option<String>,
    /// First words of rows at the end that are totals.
    pub totals: Vec<String>,
}

/// How cells are read (`[read]`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Reading {
    /// Forms of dates: `DD.MM.YYYY`, `MM/DD/YY`, `excel` or `excel-1904`.
    pub dates: Vec<String>,
    /// The sign before a fraction: `.` or `,`.
    pub decimal: Option<String>,
    /// The sign between thousands; it only has to be another than `decimal`.
    pub thousands: Option<String>,
    /// What every number is multiplied with: 1_000_000 for millions.
    pub unit: Option<Number>,
    /// How percentages are written: `share` (0.12) or `whole` (12).
    pub percent: Option<PercentForm>,
    /// Words for nothing; `*` at the end stands for any rest.
    pub missing: Vec<String>,
    /// Words and what they mean; `missing` means nothing.
    pub words: IndexMap<String, String>,
    /// What stands between the values of a list in one cell.
    pub split: Option<String>,
}

/// How ids are made (`[id]`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct IdRules {
    /// The column that they are made of; the name or title otherwise.
    pub from: Option<String>,
    /// What stands before each.
    pub prefix: Option<String>,
    /// Whether they are numbered, as `prefix-001`.
    pub number: bool,
}

/// How a row finds its record (`[match]`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MatchRules {
    /// By `id`, by `name`, or by a key of another program that is kept in a field such as `custom.jira`.
    pub by: Option<String>,
}

/// One column (`[column."Header"]`); what it does not say is as in `[read]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ColumnRules {
    /// The field, as a path such as `budget.approved`; a `*` in it is the part of the header that `*` stands for.
    pub field: Option<String>,
    /// More fields that get the same value.
    pub also: Vec<String>,
    /// Fields that get the parts of a cell, in turn, at the sign of `split`.
    pub into: Vec<String>,
    /// Whether a table may lack the column.
    pub optional: bool,
    /// Whether the column is left out on purpose.
    pub ignore: bool,
    /// How its cells are read; the sign of `split` also stands between the parts of `into`.
    #[serde(flatten)]
    pub read: Reading,
}

/// The draft-07 schema of mapping files.
pub fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let mut schema: Value = schema_of::<Mapping>().into();
        schema["x-noun"] = "a mapping".into();
        schema
    })
}

impl Mapping {
    /// Reads a mapping, with every mistake at its place.
    pub fn read(text: &str) -> Result<Mapping, Vec<Mistake>> {
        syntax::read_as(text, schema())
    }

    /// The forms of dates and the signs of numbers that are none.
    pub(super) fn mistakes_of_signs(&self, text: &str) -> Vec<Mistake> {
        let columns = self.column.iter().map(|(name, rules)| (vec!["column", name.as_str()], &rules.read));
        let all = std::iter::once((vec!["read"], &self.read)).chain(columns);
        all.flat_map(|(place, reading)| reading.mistakes(text, &place)).collect()
    }
}

impl Reading {
    fn mistakes(&self, text: &str, place: &[&str]) -> Vec<Mistake> {
        let at = |key: &'static str| [place, &[key]].concat();
        let is_form = |form: &str| date::order_of(form).is_some() || form.to_lowercase().starts_with("excel");
        let forms = self.dates.iter().filter(|form| !is_form(form)).map(|form| {
            mistake_at(text, &at("dates"), format!("`{}` is no form of dates", terminal(form)))
                .help("such as DD.MM.YYYY, MM/DD/YY, YYYY-MM-DD, excel or excel-1904")
        });
        let is_sign = |sign: &str| matches!(sign, "." | "," | " " | "'" | "’");
        let signs = [("decimal", &self.decimal), ("thousands", &self.thousands)];
        let wrong = signs.into_iter().filter(|(_, sign)| sign.as_deref().is_some_and(|sign| !is_sign(sign)));
        let signs = wrong.map(|(key, _)| {
            mistake_at(text, &at(key), format!("`{key}` is one sign")).help("\".\" or \",\"")
        });
        forms.chain(signs).collect()
    }
}

/// A mistake at the value of a key of the mapping.
pub(super) fn mistake_at(text: &str, keys: &[&str], message: impl Into<String>) -> Mistake {
    let steps: Vec<Step> = keys.iter().map(|key| Step::Key((*key).to_owned())).collect();
    let at = syntax::locate(text, &syntax::write_path(&steps)).unwrap_or(0..0);
    Mistake::new("invalid-value", message, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_the_keys_of_reading_beside_its_own() {
        let text = "[column.Cost]\nfield = \"cost\"\nunit = 1_000_000\ndates = [\"excel\"]\npercent = \"share\"\nwords = { a = \"b\" }\n";
        let mapping = Mapping::read(text).unwrap();
        let read = &mapping.column["Cost"].read;
        assert_eq!(read.unit.map(|unit| unit.0), Some(1_000_000.into()));
        assert_eq!((read.dates.len(), read.percent, read.words.len()), (1, Some(PercentForm::Share), 1));
        let mistakes = Mapping::read("[column.Cost]\nfield = \"cost\"\nmising = [\"-\"]\n").unwrap_err();
        assert_eq!(mistakes[0].help.as_deref().map(|help| help.contains("`missing`")), Some(true));
    }

    #[test]
    fn mistakes_are_told_with_places_and_what_was_meant() {
        let text = "kind = \"projects\"\n[column.Name]\nfeild = \"name\"\n[read]\npercent = \"shared\"\n";
        let mistakes = Mapping::read(text).unwrap_err();
        let told: Vec<String> = mistakes
            .iter()
            .map(|m| {
                format!("{} {}", syntax::line_column(text, m.at.start).0, m.help.clone().unwrap_or_default())
            })
            .collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("3 did you mean `field`"), "{told:?}");
        assert!(told[1].starts_with("5 did you mean \"share\""), "{told:?}");
    }
}
