//! A cell into the value of a field, by the type that the kind's schema gives the field.
//!
//! Nothing is guessed that could mean two things: an ambiguous day or number is refused unless the mapping, or
//! another cell of the same column, says which it is.

pub mod date;
pub mod field;
pub mod number;
pub mod period;

use rust_decimal::Decimal;

use crate::exchange::cell;
use crate::exchange::table::{Raw, serial, tree, trimmed};
use crate::model::field_change::FieldValue;
use crate::model::{Date, Number};
use crate::text::{cut, list, nearest, terminal};

pub use field::FieldType;

use super::rules::{PercentForm, Rules};

/// What `--guess` writes where somebody has to say what a word means.
pub const PLACEHOLDER: &str = "…";

/// What a cell came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A value.
    Value(FieldValue),
    /// Nothing: an empty cell.
    Empty,
    /// Nothing: a word for it.
    Missing(String),
}

/// Why a cell cannot be the value of its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Wrong {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Reads a cell.
pub fn read(raw: &Raw, field: &FieldType, rules: &Rules) -> Result<Reading, Wrong> {
    let text = match raw {
        Raw::Empty => return Ok(Reading::Empty),
        Raw::Fault(what) => return Ok(Reading::Missing((*what).to_owned())),
        // A list without elements is what a file says that has none.
        Raw::Tree(FieldValue::List(items)) if items.is_empty() => return Ok(Reading::Empty),
        Raw::Tree(value) => return typed_tree(value, field, rules).map(Reading::Value),
        Raw::Text(text) => text,
        Raw::Number(_) | Raw::Date(_) | Raw::Bool(_) => return plain(raw, field, rules).map(Reading::Value),
    };
    let bare = trimmed(text);
    if rules.keeps_blanks && field.words.is_none() && (field.takes_text || field.takes_list) {
        return exported(text, field, rules);
    }
    if bare.is_empty() {
        return Ok(Reading::Empty);
    }
    if let Some(word) = rules.word(bare) {
        if word == "missing" {
            return Ok(Reading::Missing(bare.to_owned()));
        }
        if word == PLACEHOLDER {
            let scale =
                field.most.filter(|_| field.is_whole).map(|most| format!(": a number from 1 to {most}"));
            let known =
                field.words.as_ref().map(|words| format!(": one of {}", list(words, "and"))).or(scale);
            return Err(Wrong::new(format!("the mapping does not say yet what {} means", quoted(bare)))
                .help(format!("write it in  words  in place of the …{}", known.unwrap_or_default())));
        }
        let word = word.to_owned();
        return self::text(&word, field, rules).map(Reading::Value);
    }
    if rules.is_missing(bare, field.is_text()) {
        return Ok(Reading::Missing(bare.to_owned()));
    }
    self::text(bare, field, rules).map(Reading::Value)
}

/// A text as `pmo export` writes it: lists stand one a line.
///
/// It is taken as it stands, blanks included: nobody said that it may mean anything else.
fn exported(text: &str, field: &FieldType, rules: &Rules) -> Result<Reading, Wrong> {
    if text.is_empty() {
        return Ok(Reading::Empty);
    }
    let is_name = crate::model::person::is_person(&field.path);
    if is_name && (trimmed(text).is_empty() || rules.is_missing(trimmed(text), false)) {
        return Ok(if trimmed(text).is_empty() {
            Reading::Empty
        } else {
            Reading::Missing(trimmed(text).to_owned())
        });
    }
    if field.takes_list && !trimmed(text).starts_with('[') {
        return Ok(Reading::Value(FieldValue::List(
            cell::items(text).into_iter().map(FieldValue::Text).collect(),
        )));
    }
    if !field.is_text() {
        return self::text(text, field, rules).map(Reading::Value);
    }
    Ok(Reading::Value(FieldValue::Text(text.to_owned())))
}

fn quoted(text: &str) -> String {
    format!("`{}`", terminal(&cut(text, 40)))
}

/// A number, day or truth of a workbook or of JSON.
fn plain(raw: &Raw, field: &FieldType, rules: &Rules) -> Result<FieldValue, Wrong> {
    let shown = raw.shown();
    if field.is_open {
        return Ok(match raw {
            Raw::Number(number) => number.parse().map_or(FieldValue::Text(shown), FieldValue::Number),
            Raw::Date(date) => FieldValue::Date(*date),
            Raw::Bool(truth) => FieldValue::Bool(*truth),
            _ => FieldValue::Text(shown),
        });
    }
    match raw {
        Raw::Date(date) if field.takes_date => Ok(FieldValue::Date(*date)),
        Raw::Bool(truth) if field.takes_truth => Ok(FieldValue::Bool(*truth)),
        Raw::Number(number) if field.takes_number => {
            let number = number.parse::<Number>().map_err(|error| Wrong::new(error.to_string()))?;
            finished(number.0, false, false, field, rules)
        }
        Raw::Number(number) if field.takes_truth => match number.as_str() {
            "0" => Ok(FieldValue::Bool(false)),
            "1" => Ok(FieldValue::Bool(true)),
            _ => Err(wrong_type(&shown, field)),
        },
        Raw::Number(number) if field.takes_date && !field.takes_text && is_year(number) => {
            Err(a_year(&shown))
        }
        Raw::Number(number) if field.takes_date && !field.takes_text => {
            let days = number.parse::<f64>().ok().filter(|_| rules.serials.is_some());
            days.and_then(|days| serial(days, rules.serials == Some(true))).map(FieldValue::Date).ok_or_else(
                || {
                    wrong_type(&shown, field).help(
                        "if it is a workbook's number of a day, say  dates = [\"excel\"]  in the mapping",
                    )
                },
            )
        }
        _ => text(&shown, field, rules),
    }
}

/// A text as the value of a field.
fn text(text: &str, field: &FieldType, rules: &Rules) -> Result<FieldValue, Wrong> {
    let bare = trimmed(text);
    if let Some(words) = &field.words {
        return word(bare, words, field).map(FieldValue::Text);
    }
    if bare.starts_with(['[', '{']) && (field.takes_list || field.takes_table) {
        let value = tree::value_of(bare, 0).map_err(|error| Wrong::new(error.message))?;
        let value = value.ok_or_else(|| wrong_type(text, field))?;
        return typed_tree(&value, field, rules);
    }
    if field.takes_list {
        let items = rules.split_list(bare, field.splits_at_commas);
        let items: Result<Vec<_>, _> = match &field.items {
            Some(inner) => items.into_iter().map(|item| self::text(item, inner, rules)).collect(),
            None => Ok(items.into_iter().map(|item| FieldValue::Text(item.to_owned())).collect()),
        };
        return items.map(FieldValue::List);
    }
    if field.takes_number {
        return number_of(bare, field, rules);
    }
    if field.takes_date && !field.takes_text {
        return date_of(bare, rules).map(FieldValue::Date);
    }
    if field.takes_truth && !field.takes_text {
        return match bare.to_lowercase().as_str() {
            "true" | "yes" | "y" | "1" | "x" | "✓" | "ja" | "wahr" | "oui" => Ok(FieldValue::Bool(true)),
            "false" | "no" | "n" | "0" | "nein" | "falsch" | "non" => Ok(FieldValue::Bool(false)),
            _ => Err(wrong_type(text, field)),
        };
    }
    if field.takes_text {
        // What `pmo export` wrote is exact; in other files an end of line is one, whatever program wrote it.
        return Ok(FieldValue::Text(match rules.keeps_blanks {
            true => text.to_owned(),
            false => text.replace("\r\n", "\n").replace('\r', "\n"),
        }));
    }
    Err(wrong_type(text, field))
}

fn wrong_type(text: &str, field: &FieldType) -> Wrong {
    Wrong::new(format!("{} is not {}", quoted(text), field.wanted()))
}

/// One of the words of a field, whatever its case and the signs in it.
fn word(text: &str, words: &[String], field: &FieldType) -> Result<String, Wrong> {
    let plain = super::slug::plain(text);
    if let Some(found) = words.iter().find(|word| *word == text) {
        return Ok(found.clone());
    }
    if let Some(found) = words.iter().find(|word| super::slug::plain(word) == plain) {
        return Ok(found.clone());
    }
    let ticked: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    let known = format!("known are {}", list(&ticked, "and"));
    let help = match nearest(text, words.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`? {known}"),
        None => format!(
            "{known}; a mapping can say  words = {{ \"{}\" = \"{}\" }}",
            terminal(&cut(text, 30)),
            words[0]
        ),
    };
    Err(Wrong::new(format!("`{}` cannot be {}", field.path, quoted(text))).help(help))
}

/// Whether a number is meant as a year: as a workbook's number of a day it would be one of the year 1905.
fn is_year(number: &str) -> bool {
    number.parse().is_ok_and(|year: u32| (1900..2200).contains(&year))
}

fn a_year(text: &str) -> Wrong {
    Wrong::new(format!("{} is a year, not a day", quoted(text)))
        .help("write the day that is meant, such as the last of the year")
}

fn date_of(text: &str, rules: &Rules) -> Result<Date, Wrong> {
    if is_year(text) {
        return Err(a_year(text));
    }
    if rules.serials.is_some()
        && text.len() <= 7
        && let Ok(days) = text.parse::<f64>()
        && let Some(day) = serial(days, rules.serials == Some(true))
    {
        return Ok(day);
    }
    match date::read(text, rules.order) {
        date::Said::Day(date) => Ok(date),
        date::Said::Either(one, other) => {
            Err(Wrong::new(format!("{} could be {one} or {other}", quoted(text)))
                .help("say which in the mapping: dates = [\"DD/MM/YYYY\"]  or  dates = [\"MM/DD/YYYY\"]"))
        }
        date::Said::Month => Err(Wrong::new(format!("{} is a month, not a day", quoted(text)))
            .help("write the day that is meant, such as the last of the month")),
        date::Said::Nothing => Err(Wrong::new(format!("{} is not a date", quoted(text)))
            .help("such as 2026-11-20, 20.11.2026 or 20 Nov 2026")),
    }
}

fn number_of(text: &str, field: &FieldType, rules: &Rules) -> Result<FieldValue, Wrong> {
    match number::read(text, rules.decimal) {
        number::Said::Number(written) => {
            finished(written.number, written.is_percent, written.has_unit, field, rules)
        }
        number::Said::Either(point, comma) => {
            let [point, comma] = [point, comma].map(|number| number.normalize());
            Err(Wrong::new(format!("{} could be {point} or {comma}", quoted(text)))
                .help("say which in the mapping: decimal = \".\"  or  decimal = \",\""))
        }
        number::Said::Nothing if field.is_whole && field.most.is_some_and(|most| most <= Decimal::TEN) => {
            let most = field.most.unwrap_or_default();
            Err(wrong_type(text, field).help(format!(
                "a number from 1 to {most}; a mapping can say  words = {{ \"{}\" = \"{most}\" }}",
                terminal(&cut(text, 30))
            )))
        }
        number::Said::Nothing => {
            let wrong = wrong_type(text, field);
            let is_one = |sign: &char| !matches!(number::read(text, Some(*sign)), number::Said::Nothing);
            match rules.decimal.and_then(|sign| [',', '.'].into_iter().find(|other| *other != sign)) {
                Some(other) if is_one(&other) => Err(wrong.help(format!(
                    "the mapping, or another row, has another sign before a fraction: write it likewise, or say \
                     decimal = \"{other}\"  of the column"
                ))),
                _ => Err(wrong),
            }
        }
    }
}

/// A number in the units of its field.
fn finished(
    number: Decimal,
    is_percent: bool,
    has_unit: bool,
    field: &FieldType,
    rules: &Rules,
) -> Result<FieldValue, Wrong> {
    let wrong = || Wrong::new(format!("{number} is too large"));
    let mut number = number;
    if let Some(unit) = rules.unit
        && !has_unit
        && !is_percent
        && !field.is_percent
    {
        number = number.checked_mul(unit).ok_or_else(wrong)?;
        number = if number.fract().is_zero() { number.trunc() } else { number.normalize() };
    }
    if field.is_percent && !is_percent {
        match rules.percent {
            Some(PercentForm::Share) => {
                number = number.checked_mul(Decimal::ONE_HUNDRED).ok_or_else(wrong)?.normalize();
            }
            Some(PercentForm::Whole) => {}
            None if number > Decimal::ZERO && number < Decimal::ONE && !rules.keeps_blanks => {
                return Err(Wrong::new(format!(
                    "{number} could be {number} % or {} %",
                    (number * Decimal::ONE_HUNDRED).normalize()
                ))
                .help(
                    "say which in the mapping: percent = \"share\" (0.12 is 12 %) or percent = \"whole\"",
                ));
            }
            None => {}
        }
    }
    if field.is_whole {
        if !number.fract().is_zero() {
            return Err(Wrong::new(format!("{number} is not a whole number")));
        }
        number = number.trunc();
    }
    if field.least.is_some_and(|least| number < least) || field.most.is_some_and(|most| number > most) {
        return Err(Wrong::new(field.out_of_range(number)));
    }
    Ok(FieldValue::Number(Number(number)))
}

/// A value of JSON, with texts that stand for days and words turned into what the field takes.
fn typed_tree(value: &FieldValue, field: &FieldType, rules: &Rules) -> Result<FieldValue, Wrong> {
    if field.is_open {
        return Ok(value.clone());
    }
    match value {
        FieldValue::List(items) if field.takes_list => {
            let items = items.iter().map(|item| match &field.items {
                Some(inner) => typed_tree(item, inner, rules),
                None => Ok(item.clone()),
            });
            items.collect::<Result<Vec<_>, _>>().map(FieldValue::List)
        }
        FieldValue::Table(entries) if field.takes_table => {
            let entries = entries.iter().map(|(key, value)| {
                let value = match field.inner(key) {
                    Some(inner) => typed_tree(value, inner, rules)?,
                    None => value.clone(),
                };
                Ok((key.clone(), value))
            });
            entries.collect::<Result<Vec<_>, Wrong>>().map(FieldValue::Table)
        }
        FieldValue::Text(text) => self::text(text, field, rules),
        FieldValue::Number(number) => plain(&Raw::Number(number.to_string()), field, rules),
        FieldValue::Date(date) => plain(&Raw::Date(*date), field, rules),
        FieldValue::Bool(truth) => plain(&Raw::Bool(*truth), field, rules),
        other => Err(wrong_type(&Raw::Tree(other.clone()).shown(), field)),
    }
}

#[cfg(test)]
mod tests;
