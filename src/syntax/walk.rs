//! The one pass by a kind's schema that finds every mistake in a file.
//!
//! It runs only after serde has refused a file. Whatever does not fit is reported and dropped, so that
//! serde can read the rest. What a schema cannot say, it does not judge: serde accepts a file exactly when
//! the walk is silent.

use std::ops::Range;

use rust_decimal::Decimal;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::mistake::Mistake;
use super::place::push_key;
use super::read::{NUMBER, is_placeholder};
use super::schema::{Schema, Shape};
use super::{pattern, say};

/// More mistakes than this are not told of one file.
pub const MOST: usize = 100;

/// Finds every mistake in a parsed file by its schema, and drops the values that do not fit.
///
/// A placeholder where no text may stand is dropped in silence: the file is a draft, not wrong.
pub fn walk(table: &mut Spanned<DeTable<'_>>, schema: &Value) -> Vec<Mistake> {
    let root = Schema::new(schema);
    let mut walk = Walk { root, mistakes: Vec::new() };
    let span = table.span();
    walk.table(root, table.get_mut(), span, "");
    walk.mistakes.sort_by_key(|mistake| mistake.at.start);
    walk.mistakes
}

struct Walk<'s> {
    root: Schema<'s>,
    mistakes: Vec<Mistake>,
}

impl<'s> Walk<'s> {
    /// Reports a mistake; always `false`, because what is wrong is dropped.
    fn wrong(&mut self, mistake: Mistake, path: &str) -> bool {
        if self.mistakes.len() < MOST {
            self.mistakes.push(mistake.path(path));
        }
        false
    }

    fn table(&mut self, schema: Schema<'s>, table: &mut DeTable<'_>, span: Range<usize>, path: &str) {
        let mut dropped: Vec<String> = Vec::new();
        for (key, value) in table.iter_mut() {
            let name: &str = key.get_ref();
            let path = joined(path, name);
            let keep = match schema.field(name) {
                Some(field) => self.value(field, value, &path),
                None if self.mistakes.len() >= MOST => false,
                None => self.wrong(say::unknown_key(self.root, schema, name, key.span(), &path), &path),
            };
            if !keep {
                dropped.push(name.to_string());
            }
        }
        for name in schema.required() {
            if !table.contains_key(name) {
                let field = schema.field(name).unwrap_or(schema);
                let path = joined(path, name);
                self.wrong(say::missing_field(self.root, field, &path, span.clone()), &path);
            }
        }
        for name in dropped {
            table.remove(name.as_str());
        }
    }

    /// Checks one value; `false` where it must be dropped.
    fn value(&mut self, schema: Schema<'s>, value: &mut Spanned<DeValue<'_>>, path: &str) -> bool {
        let placeholder = value.get_ref().as_str().is_some_and(|text| is_placeholder(text.trim()));
        if let Some(words) = schema.words() {
            return match value.get_ref() {
                DeValue::String(word) if words.contains(&&**word) => true,
                _ if placeholder => false,
                DeValue::String(word) => {
                    self.wrong(say::unknown_word(word, &words, value.span(), path), path)
                }
                _ => self.wrong(say::wrong_word_type(&words, value, path), path),
            };
        }
        let alternatives = schema.alternatives();
        let fitting: Vec<Schema<'s>> = alternatives
            .iter()
            .copied()
            .filter(|one| one.shapes().iter().any(|s| fits(*s, value.get_ref())))
            .collect();
        match fitting.as_slice() {
            [] if placeholder => false,
            [] => {
                let mut expected: Vec<Shape> = alternatives.iter().flat_map(|one| one.shapes()).collect();
                expected.dedup();
                self.wrong(say::wrong_type(&expected, &alternatives, value, path), path)
            }
            [only] => self.fitting(*only, value, path),
            several => self.any_of(several, value, path),
        }
    }

    /// Several alternatives of the same shape: the first without mistakes, or the one with the fewest.
    fn any_of(&mut self, several: &[Schema<'s>], value: &mut Spanned<DeValue<'_>>, path: &str) -> bool {
        let mut best: Option<(Vec<Mistake>, Spanned<DeValue<'_>>, bool)> = None;
        for one in several {
            let mut trial = Walk { root: self.root, mistakes: Vec::new() };
            let mut copy = value.clone();
            let keep = trial.fitting(*one, &mut copy, path);
            if best.as_ref().is_none_or(|(fewest, ..)| trial.mistakes.len() < fewest.len()) {
                best = Some((trial.mistakes, copy, keep));
            }
        }
        let Some((mistakes, copy, keep)) = best else { return true };
        for mistake in mistakes {
            self.wrong(mistake, path);
        }
        *value = copy;
        keep
    }

    /// Checks a value of the right shape in depth.
    fn fitting(&mut self, schema: Schema<'s>, value: &mut Spanned<DeValue<'_>>, path: &str) -> bool {
        let span = value.span();
        if let Some(number) = wrapped_number(value.get_ref()) {
            let number = number.to_string();
            if !schema.shapes().contains(&Shape::Number) {
                return self.wrong(say::unfit_figure(path, &number, span), path);
            }
            return self.number(schema, &number, span, path);
        }
        match value.get_mut() {
            DeValue::String(text) => {
                let text = text.to_string();
                self.text(schema, &text, span, path)
            }
            DeValue::Integer(integer) => match i128::from_str_radix(integer.as_str(), integer.radix()) {
                Ok(whole) if schema.shapes().contains(&Shape::Whole) => self.whole(schema, whole, span, path),
                Ok(whole) => self.number(schema, &whole.to_string(), span, path),
                Err(_) => self.wrong(say::unfit_figure(path, integer.as_str(), span), path),
            },
            DeValue::Array(array) => self.list(schema, array, span, path),
            DeValue::Table(table) => {
                self.table(schema, table, span, path);
                true
            }
            _ => true,
        }
    }

    fn list(&mut self, schema: Schema<'s>, array: &mut DeArray<'_>, span: Range<usize>, path: &str) -> bool {
        let bound = |word| schema.get(word).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
        let (least, most) = (bound("minItems"), bound("maxItems"));
        if least.is_some_and(|n| array.len() < n) || most.is_some_and(|n| array.len() > n) {
            return self.wrong(say::wrong_length(array.len(), least, most, path, span), path);
        }
        let Some(items) = schema.items() else { return true };
        let mut keep = Vec::with_capacity(array.len());
        for (index, element) in array.iter_mut().enumerate() {
            keep.push(self.value(items, element, &format!("{path}[{index}]")));
        }
        if keep.contains(&false) {
            let elements = std::mem::replace(array, DeArray::new());
            *array = elements
                .into_iter()
                .zip(keep)
                .filter_map(|(element, keep)| keep.then_some(element))
                .collect();
        }
        true
    }

    fn text(&mut self, schema: Schema<'s>, text: &str, span: Range<usize>, path: &str) -> bool {
        let bound = |word| schema.get(word).and_then(Value::as_u64);
        let length = text.chars().count() as u64;
        let reason = if bound("minLength").is_some_and(|least| length < least) {
            if text.is_empty() { "may not be empty".to_string() } else { "is too short".to_string() }
        } else if let Some(most) = bound("maxLength").filter(|most| length > *most) {
            format!("is longer than {most} characters")
        } else if schema.text("pattern").is_some_and(|pattern| !pattern::matches(pattern, text)) {
            "is not written as it must be".to_string()
        } else {
            return true;
        };
        if is_placeholder(text.trim()) {
            return false;
        }
        self.wrong(say::unfit_text(schema, text, &reason, span, path), path)
    }

    fn whole(&mut self, schema: Schema<'s>, whole: i128, span: Range<usize>, path: &str) -> bool {
        let (least, most) = schema.whole_range();
        if (least..=most).contains(&whole) {
            return true;
        }
        let most = if most >= i128::from(u32::MAX) { None } else { Some(most.to_string()) };
        let least = if least <= i128::from(i32::MIN) { None } else { Some(least.to_string()) };
        self.wrong(say::out_of_range(least, most, span, path), path)
    }

    fn number(&mut self, schema: Schema<'s>, text: &str, span: Range<usize>, path: &str) -> bool {
        let Some(number) = decimal(text) else {
            return self.wrong(say::unfit_figure(path, text, span), path);
        };
        let bound = |word: &str| schema.get(word).and_then(|value| decimal(&value.to_string()));
        let (least, most) = (bound("minimum"), bound("maximum"));
        let (above, below) = (bound("exclusiveMinimum"), bound("exclusiveMaximum"));
        let outside = least.is_some_and(|bound| number < bound)
            || most.is_some_and(|bound| number > bound)
            || above.is_some_and(|bound| number <= bound)
            || below.is_some_and(|bound| number >= bound);
        if !outside {
            return true;
        }
        let least = least.or(above).map(|bound| bound.normalize().to_string());
        let most = most.or(below).map(|bound| bound.normalize().to_string());
        self.wrong(say::out_of_range(least, most, span, path), path)
    }
}

fn joined(path: &str, key: &str) -> String {
    let mut joined = path.to_string();
    if !joined.is_empty() {
        joined.push('.');
    }
    push_key(&mut joined, key);
    joined
}

/// The literal text of a number that was wrapped for serde.
pub(super) fn wrapped_number<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    let table = value.as_table().filter(|table| table.len() == 1)?;
    table.get(NUMBER)?.get_ref().as_str()
}

/// Reads a number's text as `model` does.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let plain = text.strip_prefix('+').unwrap_or(text);
    if plain.contains(['e', 'E']) {
        return Decimal::from_scientific(plain).ok();
    }
    Decimal::from_str_exact(plain).ok()
}

fn fits(shape: Shape, value: &DeValue<'_>) -> bool {
    let wrapped = wrapped_number(value);
    let number = wrapped.is_some();
    match (shape, value) {
        (Shape::Anything, _) => true,
        (Shape::Text, DeValue::String(_)) => true,
        (Shape::Date, DeValue::Datetime(moment)) => {
            moment.date.is_some() && moment.time.is_none() && moment.offset.is_none()
        }
        (Shape::Number | Shape::Whole, DeValue::Integer(_)) => true,
        (Shape::Number, _) => number,
        (Shape::Whole, _) => wrapped.is_some_and(|text| !text.contains(['.', 'e', 'E'])),
        (Shape::Truth, DeValue::Boolean(_)) => true,
        (Shape::List, DeValue::Array(_)) => true,
        (Shape::Table, DeValue::Table(_)) => !number,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
