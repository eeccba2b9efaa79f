//! `finish-before-start`: a span that ends before it begins.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::on;
use crate::model::scope::Reports;
use crate::model::{Date, Objective, Person, Programme, Project, RecordId, Risk};

pub const RULE: Rule = Rule {
    name: "finish-before-start",
    weight: Weight::Broken,
    kinds: &["person", "programme", "objective", "risk"],
    reports: Reports::None,
    page: include_str!("../pages/finish-before-start.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let mut see = |id: &RecordId, key: &str, what: &str, first: Option<Date>, last: Option<Date>| {
        if let (Some(first), Some(last)) = (first, last)
            && last < first
        {
            let day = context.day;
            let text = format!("{what} ends on {}, before it begins on {}", on(last, day), on(first, day));
            out.push(finding(id, key, text).label("the end").help("swap or correct the two dates"));
        }
    };
    for (id, project) in context.register.records::<Project>() {
        see(&id, "schedule.finish", "the schedule", project.schedule.start, project.schedule.finish);
        for (i, allocation) in project.allocation.iter().enumerate() {
            see(
                &id,
                &format!("allocation[{i}].to"),
                "an allocation",
                Some(allocation.from),
                Some(allocation.to),
            );
        }
    }
    for (id, programme) in context.register.records::<Programme>() {
        see(&id, "finish", "the programme", programme.start, programme.finish);
    }
    for (id, objective) in context.register.records::<Objective>() {
        see(&id, "until", "the objective", objective.from, objective.until);
    }
    for (id, person) in context.register.records::<Person>() {
        see(&id, "until", "the time of a person", person.from, person.until);
        for (i, leave) in person.leave.iter().enumerate() {
            see(&id, &format!("leave[{i}].to"), "a leave", Some(leave.from), Some(leave.to));
        }
    }
    for (id, risk) in context.register.records::<Risk>() {
        if let Some(window) = risk.window {
            see(&id, "window.to", "the window", window.from, window.to);
        }
    }
}
