//! What a template makes stays small: filters that could make a text grow without end in one step, and the page.
//!
//! Steps are counted by the engine (fuel); how much a step makes is counted here, where [`measured`]
//! has put a measure.

use std::fmt::{self, Write as _};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use minijinja::value::{Kwargs, Rest, StringInput, Value, ValueKind, ValueOrKwargs};
use minijinja::{Environment, Error, ErrorKind, State, filters};

use super::measured;

/// How many bytes a template may make: a report over ten thousand projects takes a tenth of it.
pub(super) const MAX_MADE: usize = 128 * 1024 * 1024;

/// How many bytes one text on the way may have.
const MAX_TEXT: usize = 64 * 1024 * 1024;

/// How many bytes a template may make on the way, all taken together, even those that it needs no more.
const MAX_ON_THE_WAY: usize = 512 * 1024 * 1024;

/// What a value counts beside its text.
const EACH: usize = 64;

/// How far a line may be indented, or a figure padded.
const MAX_INDENT: usize = 1_000;

/// Puts limits on the filters that make long texts out of short ones.
pub(super) fn add_to(env: &mut Environment<'_>) {
    env.add_filter("replace", replace);
    env.add_filter("join", join);
    env.add_filter("indent", indent);
    env.add_filter("format", format);
}

/// How much a template has made so far on the way.
#[derive(Clone, Default)]
pub(super) struct Room(Arc<AtomicUsize>);

impl Room {
    /// Counts so many bytes.
    pub fn take(&self, bytes: usize) -> Result<(), Error> {
        let before = self.0.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > MAX_ON_THE_WAY {
            let words = format!("it makes over {} MiB of texts and lists on the way", MAX_ON_THE_WAY >> 20);
            return Err(Error::new(ErrorKind::InvalidOperation, words));
        }
        Ok(())
    }

    /// Adds what [`measured`] puts into templates.
    pub fn add_to(&self, env: &mut Environment<'_>) {
        let (made, whole, turn) = (self.clone(), self.clone(), self.clone());
        env.add_filter(measured::MADE, move |value: Value| made.made(value, false));
        env.add_filter(measured::MADE_WHOLE, move |value: Value| whole.made(value, true));
        env.add_filter(measured::TURN, move |bytes: usize| turn.take(bytes).map(|()| true));
    }

    /// Counts a value, and what is in a list where that is new too.
    fn made(&self, value: Value, is_whole: bool) -> Result<Value, Error> {
        if value.as_str().is_some_and(|text| text.len() > MAX_TEXT) {
            let words = format!("it makes a text of over {} MiB on the way", MAX_TEXT >> 20);
            return Err(Error::new(ErrorKind::InvalidOperation, words));
        }
        let length = |value: &Value| value.as_str().map_or(0, str::len) + EACH;
        self.take(length(&value))?;
        if value.kind() == ValueKind::Seq {
            match value.try_iter() {
                Ok(items) if is_whole => self.take(items.map(|item| length(&item)).sum())?,
                _ => self.take(value.len().unwrap_or(0).saturating_mul(EACH))?,
            }
        }
        Ok(value)
    }
}

/// Says that a text would become too long.
pub(super) fn too_long() -> Error {
    let words = format!("it makes a text of over {} MiB", MAX_MADE / 1024 / 1024);
    Error::new(ErrorKind::InvalidOperation, words)
}

fn replace(
    state: &mut State,
    text: StringInput<'_>,
    from: StringInput<'_>,
    to: StringInput<'_>,
) -> Result<Value, Error> {
    let found = text.as_str().matches(from.as_str()).count();
    let grown = found.saturating_mul(to.as_str().len()).saturating_add(text.as_str().len());
    if grown > MAX_MADE {
        return Err(too_long());
    }
    filters::replace(state, text, from, to)
}

fn join(
    state: &mut State,
    items: &Value,
    joiner: Option<StringInput<'_>>,
    attribute: Option<&str>,
    options: Kwargs,
) -> Result<Value, Error> {
    let between = joiner.as_ref().map_or(0, |joiner| joiner.as_str().len());
    let mut long = 0_usize;
    if let Ok(items) = items.try_iter() {
        for item in items {
            long = long.saturating_add(item.as_str().map_or(1, str::len)).saturating_add(between);
            if long > MAX_MADE {
                return Err(too_long());
            }
        }
    }
    filters::join(state, items, joiner, attribute, options)
}

fn indent(
    text: StringInput<'_>,
    width: Option<usize>,
    first: Option<bool>,
    blank: Option<bool>,
    options: Kwargs,
) -> Result<Value, Error> {
    let named = options.peek::<Option<usize>>("width").ok().flatten().unwrap_or(0);
    let width_of = width.unwrap_or(named);
    if width_of.max(named) > MAX_INDENT {
        let words = format!("`indent` goes to {MAX_INDENT} columns and no further");
        return Err(Error::new(ErrorKind::InvalidOperation, words));
    }
    if text.as_str().lines().count().saturating_mul(width_of) > MAX_MADE {
        return Err(too_long());
    }
    filters::indent(text, width, first, blank, options)
}

fn format(state: &mut State, pattern: &Value, values: Rest<ValueOrKwargs>) -> Result<Value, Error> {
    // A width of more digits than these, or one that a value says.
    let is_wide = |run: &str| run.len() > 3;
    let words = pattern.as_str().unwrap_or_default();
    if words.contains('*') || words.split(|c: char| !c.is_ascii_digit()).any(is_wide) {
        let words = "`format` pads to 999 columns and no further";
        return Err(Error::new(ErrorKind::InvalidOperation, words));
    }
    filters::format(state, pattern, values)
}

/// Writes a value as text, up to the limit.
pub(super) fn written(value: &Value) -> Result<String, Error> {
    let mut text = Bounded(String::new());
    match write!(text, "{value}") {
        Ok(()) => Ok(text.0),
        Err(_) => Err(too_long()),
    }
}

struct Bounded(String);

impl fmt::Write for Bounded {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        if self.0.len() + piece.len() > MAX_MADE {
            return Err(fmt::Error);
        }
        self.0.push_str(piece);
        Ok(())
    }
}

/// Gathers what a template prints, up to the limit.
#[derive(Default)]
pub(super) struct Page(pub(super) Vec<u8>);

impl io::Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_MADE {
            return Err(io::Error::other(too_long()));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
