//! Differences between two states in words, beside those that a period's report has.

use rust_decimal::Decimal;

use crate::analysis::difference::Difference;
use crate::document::{Cell, Line, Rating};
use crate::model::{Date, Number, Rag};
use crate::report::period::told;
use crate::report::ratings::level;
use crate::text;

/// A difference as a sentence: `Go-live slips 14 days to 28 Feb, now 45 days behind baseline`.
pub(super) fn sentence(difference: &Difference, currency: &str) -> Line {
    let plain = Line::new();
    match difference {
        Difference::Finish { to, days, slip_days, slip_from_original_days, .. } => {
            let line = slips(plain.text("finish "), *days, *to);
            against(line, *slip_days, *slip_from_original_days)
        }
        Difference::MilestoneMoved { name, to, days, slip_days, slip_from_original_days, .. } => {
            let line = slips(plain.text(format!("{name} ")), *days, *to);
            against(line, *slip_days, *slip_from_original_days)
        }
        Difference::Rating { from, to } => told::moved(plain.text("rated "), *from, *to),
        other => told::line(other, currency),
    }
}

/// A difference that only two states have, in a few words.
pub(in crate::report) fn line(difference: &Difference, currency: &str) -> Line {
    let plain = Line::new();
    let date = |line: Line, date: &Option<Date>| match date {
        Some(date) => line.value(Cell::date(date.0)),
        None => line.text("no day"),
    };
    let money = |amount: &Option<Number>| Cell::of(*amount, |amount| Cell::money(amount.0, currency));
    let none = |text: &Option<String>| text.clone().unwrap_or_else(|| "nobody".to_owned());
    match difference {
        Difference::Removed { state } => {
            plain.strong("taken off the register").text(format!(", was {state}"))
        }
        Difference::Phase { from, to } => {
            let word = |phase: &Option<String>| phase.clone().unwrap_or_else(|| "none".to_owned());
            plain.text(format!("phase {} → {}", word(from), word(to)))
        }
        Difference::Person { role, from, to } => plain.text(format!("{role} {} → {}", none(from), none(to))),
        Difference::Allocation { who, from, to } => {
            let share = |share: &Option<Number>| share.map_or(Decimal::ZERO, |share| share.0).normalize();
            plain.text(format!("{who} {} → {} FTE", share(from), share(to)))
        }
        Difference::Reworded { text } => plain.text(format!("{text} written anew")),
        Difference::Reported { period } => plain.text(format!("report for {} is in", period.spoken())),
        Difference::Dimension { dimension, from, to } => {
            let rag = |rag: &Option<Rag>| rag.unwrap_or(Rag::Grey);
            told::moved(plain.text(format!("{} ", dimension.word())), rag(from), rag(to))
        }
        Difference::Baseline { from, to, days } => {
            let line = date(plain.text("agreed finish "), from).text(" → ");
            by(date(line, to), *days)
        }
        Difference::Budget { from, to, by } => {
            let line = plain.text("budget ").value(money(from)).text(" → ").value(money(to));
            match by {
                Some(by) => line.text(" (").value(Cell::money_change(by.0, "")).text(")"),
                None => line,
            }
        }
        Difference::Progress { from, to } => {
            plain.text("done ").value(Cell::percent(from.0)).text(" → ").value(Cell::percent(to.0))
        }
        Difference::Spent { to, by, .. } => plain
            .text("spent ")
            .value(Cell::money_change(by.0, ""))
            .text(" to ")
            .value(Cell::money(to.0, currency)),
        Difference::MilestoneAdded { name, baseline, .. } => {
            date(plain.text(format!("new milestone {name}, ")), baseline)
        }
        Difference::MilestoneRemoved { name, baseline, .. } => {
            date(plain.text(format!("milestone {name} is gone, was ")), baseline)
        }
        Difference::MilestoneRebaselined { name, from, to, days, .. } => {
            let line = date(plain.text(format!("{name} agreed ")), from).text(" → ");
            by(date(line, to), *days)
        }
        Difference::MilestoneReopened { name, .. } => plain.text(format!("{name} no longer reached")),
        other => item(other, currency),
    }
}

/// What became of a record of the project.
fn item(difference: &Difference, currency: &str) -> Line {
    let plain = Line::new();
    match difference {
        Difference::RiskReopened { risk, title, score } => {
            let score = score.map(|score| format!(" ({score})")).unwrap_or_default();
            plain.strong(risk).text(format!("{score} open again: {title}"))
        }
        Difference::ChangeSubmitted { change, title, cost, days } => {
            let line = told::effect(plain.strong(change).text(" asked for"), *cost, *days, currency);
            line.text(format!(": {title}"))
        }
        Difference::DecisionWanted { decision, title, by, of } => {
            let of = of.as_deref().map(|of| format!(" from {of}")).unwrap_or_default();
            let line = plain.text("decision ").strong(decision).text(" wanted");
            let line = match by {
                Some(by) => line.text(" by ").value(Cell::date(by.0)),
                None => line,
            };
            line.text(format!("{of}: {title}"))
        }
        Difference::DependencyAdded { on, needed_by } => {
            let line = plain.text("now needs ").strong(on);
            match needed_by {
                Some(day) => line.text(" by ").value(Cell::date(day.0)),
                None => line,
            }
        }
        Difference::DependencyDropped { on } => plain.text("no longer needs ").strong(on),
        Difference::Opened { record, item, title } => {
            plain.text(format!("new {item} ")).strong(record).text(format!(": {title}"))
        }
        Difference::Closed { record, title, .. } => plain.strong(record).text(format!(" closed: {title}")),
        Difference::Reopened { record, title, .. } => {
            plain.strong(record).text(format!(" open again: {title}"))
        }
        Difference::Dropped { record, item, title } => {
            plain.text(format!("{item} ")).strong(record).text(format!(" removed: {title}"))
        }
        Difference::Moved { record, from, title, .. } => {
            plain.strong(record).text(format!(" was {from}: {title}"))
        }
        Difference::MovedAway { record, to, title, .. } => {
            plain.strong(record).text(format!(" is now {to}: {title}"))
        }
        Difference::FirstReport { rating } => {
            plain.text("first report, ").rating(Rating::word(level(*rating)))
        }
        _ => plain,
    }
}

fn days(count: i64) -> String {
    text::count(usize::try_from(count.abs()).unwrap_or(usize::MAX), "day")
}

/// `slips 14 days to 28 Feb`, `comes 3 days earlier, 28 Feb`.
fn slips(line: Line, by: i64, to: Date) -> Line {
    let line = match by {
        late if late > 0 => line.text(format!("slips {} to ", days(late))),
        early => line.text(format!("comes {} earlier, ", days(early))),
    };
    line.value(Cell::date(to.0))
}

/// Where that leaves it: `, now 45 days behind baseline (61 behind the original)`.
fn against(line: Line, slip: Option<i64>, original: Option<i64>) -> Line {
    let place = |slip: i64, of: &str| match slip {
        0 => format!("on {of}"),
        late if late > 0 => format!("{} behind {of}", days(late)),
        early => format!("{} ahead of {of}", days(early)),
    };
    let Some(slip) = slip else { return line };
    let line = line.text(format!(", now {}", place(slip, "baseline")));
    match original.filter(|original| *original != slip) {
        Some(original) => line.text(format!(" ({})", place(original, "the original"))),
        None => line,
    }
}

/// ` (+21 d)`.
fn by(line: Line, days: Option<i64>) -> Line {
    match days {
        Some(days) => line.text(" (").value(Cell::Days(days)).text("\u{a0}d)"),
        None => line,
    }
}
