//! Gathers what happens, puts it in order of time and plays it into commits.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::model::mark;

use super::weekly::Weekly;
use super::{Story, moving};

/// One commit of the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryCommit {
    /// Who wrote it.
    pub author: String,
    /// The author's address.
    pub email: String,
    /// When, in seconds since 1970, and the offset from UTC in minutes.
    pub date: (i64, i32),
    /// The commit message.
    pub message: String,
    /// The files that it wrote; `None` removes one.
    pub changes: Vec<(String, Option<String>)>,
}

/// Northwind's offices are an hour ahead of UTC, all year round in this story.
const OFFSET_MINUTES: i32 = 60;

/// What one event does to one file.
enum Change {
    Write(String),
    /// Replaces each first text by the second, once.
    Edit(&'static [(&'static str, &'static str)]),
}

struct Event {
    at: NaiveDateTime,
    who: &'static str,
    message: String,
    changes: Vec<(String, Change)>,
}

/// Gathers events in any order.
#[derive(Default)]
pub(super) struct Teller {
    events: Vec<Event>,
    /// Slips of the story's author: an edit that does not fit, an impossible day. A test demands none.
    pub(super) slips: Vec<String>,
}

impl Teller {
    /// Writes whole files in one commit. `day` is `2026-01-12`, or with a time `2026-01-12 09:15`.
    pub(super) fn write(&mut self, day: &str, who: &'static str, message: &str, files: &[(&str, &str)]) {
        let changes: Vec<_> = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), Change::Write(with_schema(path, text))))
            .collect();
        self.event(day, who, message.to_owned(), changes);
    }

    /// Changes words in one file.
    pub(super) fn edit(
        &mut self,
        day: &str,
        who: &'static str,
        message: &str,
        path: &str,
        edits: &'static [(&'static str, &'static str)],
    ) {
        self.event(day, who, message.to_owned(), vec![(path.to_owned(), Change::Edit(edits))]);
    }

    /// Begins to tell of one project.
    pub(super) fn project(&mut self, id: &'static str) -> Project<'_> {
        Project { teller: self, id }
    }

    fn event(&mut self, day: &str, who: &'static str, message: String, changes: Vec<(String, Change)>) {
        let key = changes.first().map_or("", |(path, _)| path.as_str());
        match moment(day, key) {
            Some(at) => self.events.push(Event { at, who, message, changes }),
            None => self.slips.push(format!("{message}: no such day: {day}")),
        }
    }

    /// Plays the events in order of time and moves all dates.
    pub(super) fn finish(mut self, shift_weeks: i64) -> Story {
        self.play(shift_weeks).0
    }

    /// Plays the events and returns the slips as well.
    pub(super) fn play(&mut self, shift_weeks: i64) -> (Story, Vec<String>) {
        let mut slips = std::mem::take(&mut self.slips);
        let mut events = std::mem::take(&mut self.events);
        events.sort_by_key(|event| event.at);
        let mut tree: BTreeMap<String, String> = BTreeMap::new();
        let mut commits = Vec::with_capacity(events.len());
        for event in events {
            let mut changes = Vec::new();
            for (path, change) in event.changes {
                let text = match change {
                    Change::Write(text) => text,
                    Change::Edit(edits) => {
                        let mut text = tree.get(&path).cloned().unwrap_or_default();
                        for (from, to) in edits {
                            if !text.contains(from) {
                                slips.push(format!("{path}, {}: nothing reads `{from}`", event.message));
                            }
                            text = text.replacen(from, to, 1);
                        }
                        text
                    }
                };
                tree.insert(path.clone(), text.clone());
                changes.push((moving::text(&path, shift_weeks), Some(moving::text(&text, shift_weeks))));
            }
            let (author, email) = person(event.who);
            let at = moving::day(event.at.date(), shift_weeks).and_time(event.at.time());
            let seconds = at.and_utc().timestamp() - i64::from(OFFSET_MINUTES) * 60;
            let message = moving::text(&event.message, shift_weeks);
            commits.push(StoryCommit { author, email, date: (seconds, OFFSET_MINUTES), message, changes });
        }
        let files = tree
            .iter()
            .map(|(path, text)| (moving::text(path, shift_weeks), moving::text(text, shift_weeks)))
            .collect();
        (Story { commits, files }, slips)
    }
}

/// One project, while it is told.
pub(super) struct Project<'a> {
    teller: &'a mut Teller,
    id: &'static str,
}

impl Project<'_> {
    /// Writes `project.toml`.
    pub(super) fn charter(&mut self, day: &str, who: &'static str, message: &str, text: &str) {
        let path = format!("projects/{}/project.toml", self.id);
        self.teller.write(day, who, &format!("{}: {message}", self.id), &[(&path, text)]);
    }

    /// Changes words in `project.toml`.
    pub(super) fn agree(
        &mut self,
        day: &str,
        who: &'static str,
        message: &str,
        edits: &'static [(&'static str, &'static str)],
    ) {
        let path = format!("projects/{}/project.toml", self.id);
        self.teller.edit(day, who, &format!("{}: {message}", self.id), &path, edits);
    }

    /// Adds a numbered record; its title becomes the message.
    pub(super) fn add(&mut self, day: &str, who: &'static str, number: &str, text: &str) {
        let title =
            text.split_once("title = \"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or("added");
        let message = format!("{}/{number}: {title}", self.id);
        self.teller.write(day, who, &message, &[(&self.path(number), text)]);
    }

    /// Changes words in a numbered record.
    pub(super) fn edit(
        &mut self,
        day: &str,
        who: &'static str,
        number: &str,
        message: &str,
        edits: &'static [(&'static str, &'static str)],
    ) {
        let path = self.path(number);
        self.teller.edit(day, who, &format!("{}/{number}: {message}", self.id), &path, edits);
    }

    /// Writes any other file of the project.
    pub(super) fn file(&mut self, day: &str, who: &'static str, message: &str, name: &str, text: &str) {
        let path = format!("projects/{}/{name}", self.id);
        self.teller.write(day, who, &format!("{}: {message}", self.id), &[(&path, text)]);
    }

    /// Writes the weekly reports.
    pub(super) fn reports(&mut self, weekly: &Weekly) {
        for report in weekly.reports(self.id, &mut self.teller.slips) {
            let path = format!("projects/{}/status/{}.toml", self.id, report.period);
            let message = format!("{}: status {}, {}", self.id, report.period, report.rating);
            self.teller.write(&report.day, report.by, &message, &[(&path, &report.text)]);
        }
    }

    /// Books a month's costs, in thousands by category, as finance sends them in the second week after it.
    pub(super) fn booked(&mut self, months: &[(&str, &[(&str, i64)])]) {
        for (month, costs) in months {
            let Some(day) = format!("{month}-01").parse::<NaiveDate>().ok().and_then(|first| {
                first.checked_add_months(chrono::Months::new(1))?.checked_add_days(chrono::Days::new(8))
            }) else {
                self.teller.slips.push(format!("no such month: {month}"));
                continue;
            };
            let total: i64 = costs.iter().map(|(_, thousands)| thousands).sum();
            let mut text = format!("cost = {}\nsource = \"ledger\"\n\n[category]\n", thousand(total * 10));
            for (category, thousands) in *costs {
                text += &format!("{category} = {}\n", thousand(thousands * 10));
            }
            let path = format!("projects/{}/actuals/{month}.toml", self.id);
            let message = format!("{}: booked costs {month}", self.id);
            self.teller.write(&day.to_string(), "carla-mendes", &message, &[(&path, &text)]);
        }
    }

    fn path(&self, number: &str) -> String {
        let folder = match number.as_bytes().first() {
            Some(b'R') => "risks",
            Some(b'I') => "issues",
            Some(b'S') => "assumptions",
            Some(b'A') => "actions",
            Some(b'D') => "decisions",
            Some(b'C') => "changes",
            Some(b'G' | b'P') => "reviews",
            Some(b'B') => "benefits",
            _ => "lessons",
        };
        format!("projects/{}/{folder}/{number}.toml", self.id)
    }
}

/// Writes hundreds as a number with separators: 7_894 hundreds are `789_400`.
pub(super) fn thousand(hundreds: i64) -> String {
    let digits = (hundreds * 100).to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digit != '-' {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

/// Puts the line for editors on top: the relative path to the kind's schema.
fn with_schema(path: &str, text: &str) -> String {
    let text = text.trim_start_matches('\n');
    let Some(kind) = schema(path) else {
        return text.to_owned();
    };
    let up = "../".repeat(path.matches('/').count());
    format!("#:schema {up}.pmo/schema/{kind}.json\n{text}")
}

fn schema(path: &str) -> Option<&'static str> {
    let name = path.strip_suffix(".toml")?;
    let parts: Vec<&str> = name.split('/').collect();
    Some(match parts.as_slice() {
        ["pmo"] => "pmo",
        ["people", _] => "person",
        ["objectives", _] => "objective",
        ["periods", _] => "period",
        ["requests", _] => "request",
        ["programmes", _] => "programme",
        ["programmes", _, "status", _] => "programme-status",
        ["projects", _, "project"] => "project",
        ["projects", _, "status", _] => "status",
        ["projects", _, "actuals", _] => "actuals",
        ["projects", _, "risks", _] => "risk",
        ["projects", _, "issues", _] => "issue",
        ["projects", _, "assumptions", _] => "assumption",
        ["projects", _, "actions", _] => "action",
        ["projects", _, "decisions", _] => "decision",
        ["projects", _, "changes", _] => "change",
        ["projects", _, "reviews", _] => "review",
        ["projects", _, "benefits", _] => "benefit",
        ["projects", _, "lessons", _] => "lesson",
        _ => return None,
    })
}

/// Finds a moment on a working day: the time that is written, or one that follows from the path.
fn moment(day: &str, key: &str) -> Option<NaiveDateTime> {
    match day.split_once(' ') {
        Some((day, time)) => Some(day.parse::<NaiveDate>().ok()?.and_time(time.parse::<NaiveTime>().ok()?)),
        None => {
            let seconds = 8 * 3600 + u32::try_from(hash(key) % (9 * 3600)).ok()?;
            Some(
                day.parse::<NaiveDate>()
                    .ok()?
                    .and_time(NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)?),
            )
        }
    }
}

/// A fixed, well-spread number for a text, so that times and amounts look lived-in.
pub(super) fn hash(text: &str) -> u64 {
    mark::over(mark::START, text.bytes()) >> 16
}

/// Returns the name and the address of a person by id.
fn person(id: &str) -> (String, String) {
    let name: Vec<String> = id
        .split('-')
        .map(|part| {
            let mut letters = part.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
        })
        .collect();
    (name.join(" "), format!("{}@northwind.example", id.replace('-', ".")))
}
