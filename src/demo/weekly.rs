//! A project's course, turned into one status report a week.
//!
//! A course is written as points in time: progress and cost run between them, everything else holds from
//! its week until the next one. Only what a project manager really says anew each week, the headline and
//! what was done, is written week by week; what comes next is what the following week calls done.

use chrono::{NaiveDate, Weekday};

use super::telling::{hash, thousand};

/// What holds from a week on.
pub(super) type From<T> = &'static [(u32, T)];

/// One milestone in the reports: its id, its forecasts, and when it was reached.
pub(super) type Milestone = (&'static str, From<&'static str>, Option<&'static str>);

/// One sprint: the week in which it is first reported, its number, its last day, committed, completed,
/// scope in total and done in total.
pub(super) type Sprint = (u32, u32, &'static str, [u32; 4]);

/// The course of a project through the weeks of 2026.
pub(super) struct Weekly {
    /// The week of the first report.
    pub(super) first: u32,
    /// Who reports, from which week.
    pub(super) by: From<&'static str>,
    /// Days before Friday on which the report is filed.
    pub(super) early: u64,
    /// Weeks in which it is filed at another moment than on its own day.
    pub(super) filed: From<&'static str>,
    /// Weeks without a report.
    pub(super) skip: &'static [u32],
    /// `headline | done; done`, one line a week.
    pub(super) say: &'static [&'static str],
    /// What is next after the last week.
    pub(super) next: &'static [&'static str],
    /// Percent complete at points in time.
    pub(super) progress: From<i64>,
    /// Cost to date in thousands at points in time; none where finance books it.
    pub(super) cost: From<i64>,
    /// Forecast cost in thousands.
    pub(super) forecast: From<i64>,
    /// Forecast finish.
    pub(super) finish: From<&'static str>,
    /// Contingency drawn, in thousands.
    pub(super) drawn: From<i64>,
    /// Confidence in percent.
    pub(super) confidence: From<i64>,
    /// Ratings as letters: overall, schedule, cost, scope, risk, benefits, resources, quality.
    pub(super) rag: From<&'static str>,
    /// Why a dimension is not green.
    pub(super) notes: From<(&'static str, &'static str)>,
    /// How it gets back to green.
    pub(super) path: From<&'static str>,
    /// Decisions wanted.
    pub(super) decisions: From<&'static [&'static str]>,
    /// Milestones.
    pub(super) milestones: &'static [Milestone],
    /// Sprints.
    pub(super) sprints: &'static [Sprint],
    /// Further TOML at the end, in that week only.
    pub(super) extra: From<&'static str>,
}

impl Weekly {
    /// A course without anything, to fill in.
    pub(super) const BLANK: Self = Self {
        first: 0,
        by: &[],
        early: 0,
        filed: &[],
        skip: &[],
        say: &[],
        next: &[],
        progress: &[],
        cost: &[],
        forecast: &[],
        finish: &[],
        drawn: &[],
        confidence: &[],
        rag: &[],
        notes: &[],
        path: &[],
        decisions: &[],
        milestones: &[],
        sprints: &[],
        extra: &[],
    };
}

/// One report, ready to be written.
pub(super) struct Report {
    pub(super) period: String,
    pub(super) day: String,
    pub(super) by: &'static str,
    pub(super) rating: &'static str,
    pub(super) text: String,
}

const DIMENSIONS: [&str; 8] =
    ["overall", "schedule", "cost", "scope", "risk", "benefits", "resources", "quality"];

impl Weekly {
    /// Writes the reports of all weeks that have one.
    pub(super) fn reports(&self, id: &str, slips: &mut Vec<String>) -> Vec<Report> {
        let mut reports = Vec::new();
        for (index, line) in self.say.iter().enumerate() {
            let week = self.first + u32::try_from(index).unwrap_or(0);
            if self.skip.contains(&week) {
                continue;
            }
            let friday = NaiveDate::from_isoywd_opt(2026, week, Weekday::Fri)
                .and_then(|friday| friday.checked_sub_days(chrono::Days::new(self.early)));
            let (Some(day), Some(by)) = (friday, held(self.by, week)) else {
                slips.push(format!("{id}: no reporter or no day in week {week}"));
                continue;
            };
            // A report that is a copy of the one before it looks ahead as that one did.
            let next = self.say.get(index + 1..).unwrap_or_default().iter().find(|next| *next != line);
            let next = next.map(|next| done(next));
            let next = next.unwrap_or_else(|| self.next.to_vec());
            let text = self.report(id, week, day, by, (line, &next), slips);
            let letters = held(self.rag, week).unwrap_or("-");
            reports.push(Report {
                period: format!("2026-W{week:02}"),
                day: self
                    .filed
                    .iter()
                    .find(|(at, _)| *at == week)
                    .map_or_else(|| day.to_string(), |(_, moment)| (*moment).to_owned()),
                by,
                rating: word(letters.chars().next().unwrap_or('-')).unwrap_or("unrated"),
                text,
            });
        }
        reports
    }

    fn report(
        &self,
        id: &str,
        week: u32,
        day: NaiveDate,
        by: &str,
        (line, next): (&str, &[&str]),
        slips: &mut Vec<String>,
    ) -> String {
        let headline = line.split(" | ").next().unwrap_or(line);
        let mut out = format!("template = \"status/1\"\nby = \"{by}\"\ndate = {day}\n\n");
        out += &format!(
            "summary = {}\nachieved = {}\nnext = {}\n",
            quoted(headline),
            list(&done(line)),
            list(next)
        );
        if let Some(decisions) = held(self.decisions, week).filter(|list| !list.is_empty()) {
            out += &format!("decisions_needed = {}\n", list(decisions));
        }
        let letters = held(self.rag, week).unwrap_or("");
        if !letters.starts_with(['G', '-'])
            && let Some(path) = held(self.path, week).filter(|path| !path.is_empty())
        {
            out += &format!("path_to_green = {}\n", quoted(path));
        }
        out += &self.figures(id, week);
        out += &self.ratings(id, week, letters, slips);
        for (milestone, forecasts, actual) in self.milestones {
            let reached = actual.filter(|actual| *actual <= day.to_string().as_str());
            match (reached, held(forecasts, week)) {
                (Some(actual), _) => out += &format!("\n[milestone.{milestone}]\nactual = {actual}\n"),
                (None, Some("")) | (None, None) => {}
                (None, Some(forecast)) => {
                    out += &format!("\n[milestone.{milestone}]\nforecast = {forecast}\n")
                }
            }
        }
        if let Some((_, number, end, [committed, completed, scope, done])) =
            self.sprints.iter().rev().find(|sprint| sprint.0 <= week)
        {
            out += &format!(
                "\n[agile]\nsprint = {number}\nsprint_end = {end}\ncommitted = {committed}\n\
                 completed = {completed}\nscope_total = {scope}\ndone_total = {done}\n"
            );
        }
        for (_, extra) in self.extra.iter().filter(|(at, _)| *at == week) {
            out += extra;
        }
        out
    }

    fn figures(&self, id: &str, week: u32) -> String {
        let mut out = String::from("\n");
        if let Some(percent) = between(self.progress, week, 1, id) {
            out += &format!("percent_complete = {percent}\n");
        }
        if let Some(hundreds) = between(self.cost, week, 10, id) {
            out += &format!("actual_cost = {}\n", thousand(hundreds));
        }
        if let Some(drawn) = held(self.drawn, week) {
            out += &format!("contingency_drawn = {}\n", thousand(drawn * 10));
        }
        if let Some(forecast) = held(self.forecast, week) {
            out += &format!("forecast_cost = {}\n", thousand(forecast * 10));
        }
        if let Some(finish) = held(self.finish, week).filter(|finish| !finish.is_empty()) {
            out += &format!("forecast_finish = {finish}\n");
        }
        if let Some(confidence) = held(self.confidence, week) {
            out += &format!("confidence = {confidence}\n");
        }
        if out == "\n" { String::new() } else { out }
    }

    fn ratings(&self, id: &str, week: u32, letters: &str, slips: &mut Vec<String>) -> String {
        let mut out = String::from("\n[rag]\n");
        let mut notes = String::new();
        for (dimension, letter) in DIMENSIONS.into_iter().zip(letters.chars()) {
            let Some(word) = word(letter) else { continue };
            out += &format!("{dimension} = \"{word}\"\n");
            if letter == 'G' || dimension == "overall" {
                continue;
            }
            match self.notes.iter().rev().find(|(from, (of, _))| *from <= week && *of == dimension) {
                Some((_, (_, why))) if !why.is_empty() => {
                    notes += &format!("{dimension} = {}\n", quoted(why))
                }
                Some(_) => {}
                None => slips.push(format!("{id}, week {week}: {dimension} is {word} without a note")),
            }
        }
        if !notes.is_empty() {
            out += &format!("\n[note]\n{notes}");
        }
        out
    }
}

/// What holds in a week: the newest entry that has begun.
fn held<T: Copy>(entries: From<T>, week: u32) -> Option<T> {
    entries.iter().rev().find(|(from, _)| *from <= week).map(|(_, value)| *value)
}

/// A value between two points, scaled, slightly uneven from week to week but never falling.
fn between(points: From<i64>, week: u32, scale: i64, id: &str) -> Option<i64> {
    let after = points.iter().position(|(at, _)| *at >= week);
    let Some(after) = after else {
        return points.last().map(|(_, value)| value * scale);
    };
    let (to, high) = points[after];
    if to == week || after == 0 {
        return Some(high * scale);
    }
    let (from, low) = points[after - 1];
    let (span, step) = (i64::from(to - from), (high - low) * scale);
    let uneven = i64::try_from(hash(&format!("{id} {week} {scale}")) % 61).unwrap_or(0) - 30;
    Some(low * scale + (step * i64::from(week - from) * 100 + step * uneven) / (span * 100))
}

fn done(line: &str) -> Vec<&str> {
    line.split_once(" | ").map_or_else(Vec::new, |(_, done)| done.split("; ").collect())
}

/// Begins with a capital, as an item of its own does.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().to_string() + letters.as_str())
}

fn word(letter: char) -> Option<&'static str> {
    match letter {
        'G' => Some("green"),
        'A' => Some("amber"),
        'R' => Some("red"),
        'X' => Some("grey"),
        _ => None,
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn list(items: &[&str]) -> String {
    let items: Vec<String> = items.iter().map(|item| quoted(&capital(item))).collect();
    format!("[{}]", items.join(", "))
}
