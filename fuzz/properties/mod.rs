//! What must hold for any bytes whatever. The fuzz targets and `tests/properties.rs` call the same functions.
//!
//! Each takes the bytes of one input and returns, or panics when a promise is broken. An input of several
//! parts is text whose parts stand between lines of `%%`, so that seeds and findings can be read.

pub mod diff;
pub mod edit;
pub mod load;
pub mod template;
pub mod words;

/// A property, by the name that its target, seeds and findings have.
pub type Property = fn(&[u8]);

/// Every property.
pub const ALL: &[(&str, Property)] = &[
    ("load", load::holds),
    ("edit", edit::holds),
    ("words", words::holds),
    ("template", template::holds),
    ("diff", diff::holds),
];

/// The day on which every input is looked at.
fn day() -> pmo::model::Date {
    pmo::model::Date::new(2026, 11, 20).unwrap_or_else(|| unreachable!("it is a day"))
}

/// The parts of an input: at most `count`, and as many as there are.
fn parts(input: &[u8], count: usize) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = input;
    while parts.len() + 1 < count {
        let Some(at) = rest.windows(4).position(|four| four == b"\n%%\n") else { break };
        parts.push(&rest[..at]);
        rest = &rest[at + 4..];
    }
    parts.push(rest);
    parts
}

/// Nothing that a terminal would obey, and no change of the direction of the text.
#[track_caller]
fn harmless(text: &str) {
    let bad = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(bad), "text that a terminal would obey: {text:?}");
}
