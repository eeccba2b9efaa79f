//! A calendar by RFC 5545: days as all-day events that stay the same event when the day moves.
//!
//! Nothing in it is drawn by lot or read from a clock: the id of an event is the reference of what it is about
//! and the register's name, and its stamps are those of the day for which the calendar is made. `SEQUENCE` grows
//! with that day, so that a program that holds an older calendar takes the newer one.

use std::io;

use chrono::{Datelike, Days};
use icalendar::{Calendar, Component, Event, Property};

use crate::model::Date;
use crate::text::escape;

/// How many octets a line has at most, without its end (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// A day on which something falls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// What it is about, by a reference that stays the same when the day moves.
    pub reference: String,
    /// The day.
    pub day: Date,
    /// What people read in their calendar.
    pub title: String,
    /// What else there is to say, a sentence a line.
    pub about: Vec<String>,
    /// What sort of day it is, as calendars group events.
    pub category: String,
}

/// Writes days as a calendar of that name, made on a day; each when it is its turn.
///
/// # Errors
/// What the stream says.
pub fn ics(
    name: &str,
    made_on: Date,
    occasions: impl Iterator<Item = Occasion>,
    stream: &mut dyn io::Write,
) -> io::Result<()> {
    let mut calendar = Calendar::empty();
    let program = concat!("-//pmo//pmo ", env!("CARGO_PKG_VERSION"), "//EN");
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", program));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    // The library does not know that these are text, and escapes nothing in them.
    let shown = escape::terminal(name).replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;");
    calendar.append_property(Property::new("NAME", shown.as_str()));
    calendar.append_property(Property::new("X-WR-CALNAME", shown.as_str()));
    let domain = slug(name);
    let empty = folded(&calendar.to_string());
    let end = empty.find("END:VCALENDAR").unwrap_or(empty.len());
    stream.write_all(&empty.as_bytes()[..end])?;
    for occasion in occasions {
        let event = event(&occasion, &domain, made_on);
        stream.write_all(folded(&event.to_string()).as_bytes())?;
    }
    stream.write_all(&empty.as_bytes()[end..])
}

fn event(occasion: &Occasion, domain: &str, made_on: Date) -> Event {
    let stamp = format!("{}T000000Z", basic(made_on));
    let day = |name: &str, day: Date| {
        let mut property = Property::new(name, basic(day));
        property.add_parameter("VALUE", "DATE");
        property
    };
    let mut event = Event::new();
    // The id of a milestone is whatever its file says.
    event.uid(&format!("{}@{domain}", escape::terminal(&occasion.reference)));
    event.add_property("DTSTAMP", &stamp);
    event.add_property("LAST-MODIFIED", &stamp);
    event.add_property("SEQUENCE", sequence(made_on).to_string());
    event.append_property(day("DTSTART", occasion.day));
    // The end of an all-day event is the first day that is no longer part of it.
    event.append_property(day("DTEND", following(occasion.day)));
    event.summary(&escape::terminal(&occasion.title));
    let mut about: Vec<String> =
        occasion.about.iter().map(|line| escape::terminal(line).into_owned()).collect();
    about.push(format!("pmo show {}", escape::terminal(&occasion.reference)));
    event.description(&about.join("\n"));
    event.add_property("CATEGORIES", escape::terminal(&occasion.category));
    // A deadline takes nobody's time: whoever looks for a free hour finds the day free.
    event.add_property("TRANSP", "TRANSPARENT");
    event.done()
}

fn following(day: Date) -> Date {
    Date(day.0.checked_add_days(Days::new(1)).unwrap_or(day.0))
}

/// A day in the basic form: `20261120`.
fn basic(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.0.year().clamp(0, 9999), day.0.month(), day.0.day())
}

/// The days since the beginning of 2000: as high as a revision made on that day is.
fn sequence(made_on: Date) -> i64 {
    Date::new(2000, 1, 1).map_or(0, |begin| made_on.days_since(begin).max(0))
}

/// The register's name as the right side of an id.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "register.pmo".to_owned() } else { format!("{slug}.pmo") }
}

/// The text with its lines folded anew: those of the library may be an octet too long after the first fold.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 32);
    for line in text.replace("\r\n ", "").replace("\r\n\t", "").split_terminator("\r\n") {
        let mut left = LONGEST;
        for sign in line.chars() {
            if sign.len_utf8() > left {
                out.push_str("\r\n ");
                left = LONGEST - 1;
            }
            out.push(sign);
            left -= sign.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn occasion(title: &str) -> Occasion {
        Occasion {
            reference: "crm#go-live".to_owned(),
            day: day("2026-12-31"),
            title: title.to_owned(),
            about: vec!["Agreed; for, 2027\\x".to_owned()],
            category: "milestone".to_owned(),
        }
    }

    fn written(name: &str, occasion: Occasion) -> String {
        let mut out = Vec::new();
        ics(name, day("2026-11-20"), [occasion].into_iter(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_event_keeps_its_id_and_ends_on_the_day_after() {
        let text = written("Northwind IT", occasion("Go-live"));
        let lines: Vec<&str> = text.split("\r\n").collect();
        for line in [
            "UID:crm#go-live@northwind-it.pmo",
            "DTSTAMP:20261120T000000Z",
            "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101",
            "SUMMARY:Go-live",
            "SEQUENCE:9820",
        ] {
            assert!(lines.contains(&line), "{line}\n{text}");
        }
        assert!(text.contains("Agreed\\; for\\, 2027\\\\x\\npmo show crm#go-live"), "{text}");
    }

    #[test]
    fn lines_are_folded_at_75_octets_between_signs() {
        for length in 60..260 {
            let title = "ä€".repeat(length);
            let text = written("N", occasion(&title));
            assert!(text.split("\r\n").all(|line| line.len() <= LONGEST), "{length}");
            assert!(text.replace("\r\n ", "").contains(&format!("SUMMARY:{title}\r\n")), "{length}");
        }
    }

    #[test]
    fn text_of_a_register_cannot_begin_a_line_of_its_own() {
        let text = written("N", occasion("x\r\nEND:VEVENT\rATTACH:http://evil\u{1b}[2J"));
        assert!(!text.contains("\r\nATTACH") && text.matches("\nEND:VEVENT").count() == 1, "{text}");
        assert!(!text.contains('\u{1b}') && !text.replace("\r\n", "").contains(['\r', '\n']));
    }
}
