//! Dates and lists as findings say them.

use crate::model::Date;

/// A day without the year when it is this one: `20 Nov`, `3 Jan 2027`.
pub fn on(date: Date, today: Date) -> String {
    let form = if date.year() == today.year() { "%-d %b" } else { "%-d %b %Y" };
    date.0.format(form).to_string()
}

/// A day with its weekday: `Fri 20 Nov`.
pub fn weekday(date: Date, today: Date) -> String {
    format!("{} {}", date.0.format("%a"), on(date, today))
}

/// Whether a text says anything.
pub fn says(text: Option<&String>) -> bool {
    text.is_some_and(|t| !t.trim().is_empty())
}

/// The first few of many, as `A-001, A-002 and 3 more`.
pub fn some(names: &[String], most: usize) -> String {
    if names.len() <= most {
        return crate::text::list(names, "and");
    }
    format!("{} and {} more", names[..most].join(", "), names.len() - most)
}

/// A key as a step of a dotted path, quoted where it must be.
pub fn key_of(name: &str) -> String {
    let is_bare = !name.is_empty() && !name.contains(['.', '[', ']', ' ', '"', '=']);
    if is_bare { name.to_owned() } else { format!("\"{name}\"") }
}
