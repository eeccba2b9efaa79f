//! Each change in a few words.

use crate::analysis::difference::Difference;
use crate::document::{Cell, Line, Rating};
use crate::model::change::ChangeState;
use crate::model::lifecycle::ProjectState;
use crate::model::{Date, Number, Rag};
use crate::report::difference::words;
use crate::report::ratings::level;
use crate::text;

/// A change in a few words: `go-live +21 d to 14 Sep`.
pub fn line(difference: &Difference, currency: &str) -> Line {
    let plain = Line::new();
    let date = |line: Line, date: &Date| line.value(Cell::date(date.0));
    match difference {
        Difference::Added { state } => plain.text(format!("new on the register, {state}")),
        Difference::State { from, to, on } => {
            let line = plain.strong(entered(*from, *to));
            on.as_ref().map_or_else(|| line.clone(), |on| date(line.clone().text(" on "), on))
        }
        Difference::Renamed { from_id, from_name } => {
            plain.text(renamed(from_id.as_deref(), from_name.as_deref()))
        }
        Difference::Programme { from, to } => plain.text(match (from, to) {
            (Some(from), Some(to)) => format!("moved from programme {from} to {to}"),
            (None, Some(to)) => format!("joined programme {to}"),
            (Some(from), None) => format!("left programme {from}"),
            (None, None) => String::new(),
        }),
        Difference::FirstReport { rating } => {
            plain.text("first report, ").rating(Rating::word(level(*rating)))
        }
        Difference::Rating { from, to } => moved(plain, *from, *to),
        Difference::Figures { from, to } => moved(plain.text("figures "), *from, *to),
        Difference::Finish { to, days, .. } => date(by_days(plain.text("finish "), *days), to),
        Difference::Cost { to, by, .. } => plain
            .text("forecast cost ")
            .value(Cell::money_change(by.0, ""))
            .text(" to ")
            .value(Cell::money(to.0, currency)),
        Difference::MilestoneMet { name, on, slip_days, .. } => {
            let line = date(plain.text(format!("{name} reached ")), on);
            match slip_days {
                Some(0) => line.text(", on time"),
                Some(late) if *late > 0 => line.text(format!(", {} late", days(*late))),
                Some(early) => line.text(format!(", {} early", days(-early))),
                None => line,
            }
        }
        Difference::MilestoneMissed { name, due, .. } => {
            date(plain.text(format!("{name} missed, due ")), due)
        }
        Difference::MilestoneMoved { name, to, days, .. } => {
            date(by_days(plain.text(format!("{name} ")), *days), to)
        }
        Difference::RiskRaised { risk, title, score } => {
            let score = score.map(|score| format!(" ({score})")).unwrap_or_default();
            plain.text("new ").strong(risk).text(format!("{score}: {title}"))
        }
        Difference::RiskScored { risk, title, from, to } => {
            let way = if to > from { "raised" } else { "lowered" };
            plain.strong(risk).text(format!(" {way} {from} → {to}: {title}"))
        }
        Difference::RiskEnded { risk, title, occurred } => {
            plain.strong(risk).text(format!(" {}: {title}", if *occurred { "happened" } else { "closed" }))
        }
        Difference::ChangeDecided { change, title, state, cost, days, .. } => {
            let line =
                effect(plain.strong(change).text(format!(" {}", settled(*state))), *cost, *days, currency);
            line.text(format!(": {title}"))
        }
        Difference::DecisionTaken { decision, title, outcome } => {
            let words = outcome.as_deref().map(str::trim).filter(|words| !words.is_empty()).unwrap_or(title);
            plain.strong(decision).text(format!(" decided: {}", words.trim_end_matches('.')))
        }
        other => words::line(other, currency),
    }
}

/// What it means that a project is now in this state.
fn entered(from: Option<ProjectState>, to: ProjectState) -> &'static str {
    match (from, to) {
        (_, ProjectState::Proposed) => "proposed again",
        (_, ProjectState::Approved) => "approved",
        (Some(ProjectState::OnHold), ProjectState::Active) => "resumed",
        (
            Some(ProjectState::Closing | ProjectState::Closed | ProjectState::Terminated),
            ProjectState::Active,
        ) => "taken up again",
        (_, ProjectState::Active) => "started",
        (_, ProjectState::OnHold) => "put on hold",
        (_, ProjectState::Closing) => "delivered, being closed",
        (_, ProjectState::Closed) => "closed",
        (_, ProjectState::Terminated) => "terminated",
    }
}

fn renamed(from_id: Option<&str>, from_name: Option<&str>) -> String {
    match (from_id, from_name) {
        (Some(id), Some(name)) => format!("renamed from {id} (“{name}”)"),
        (Some(id), None) => format!("renamed from {id}"),
        (None, Some(name)) => format!("until now called “{name}”"),
        (None, None) => String::new(),
    }
}

fn settled(state: ChangeState) -> &'static str {
    match state {
        ChangeState::Deferred => "put off",
        state => state.word(),
    }
}

pub(in crate::report) fn moved(line: Line, from: Rag, to: Rag) -> Line {
    line.rating(Rating::word(level(from))).text(" → ").rating(Rating::word(level(to)))
}

/// `+21 d to`: later is positive.
fn by_days(line: Line, days: i64) -> Line {
    line.value(Cell::Days(days)).text("\u{a0}d to ")
}

fn days(count: i64) -> String {
    text::count(usize::try_from(count).unwrap_or(usize::MAX), "day")
}

/// What a change costs, in brackets.
pub(in crate::report) fn effect(line: Line, cost: Option<Number>, days: Option<i64>, currency: &str) -> Line {
    let cost = cost.filter(|cost| !cost.0.is_zero());
    let days = days.filter(|days| *days != 0);
    match (cost, days) {
        (None, None) => line,
        (Some(cost), None) => line.text(" (").value(Cell::money_change(cost.0, currency)).text(")"),
        (None, Some(days)) => line.text(" (").value(Cell::Days(days)).text("\u{a0}d)"),
        (Some(cost), Some(days)) => line
            .text(" (")
            .value(Cell::money_change(cost.0, currency))
            .text(", ")
            .value(Cell::Days(days))
            .text("\u{a0}d)"),
    }
}
