//! `value-off-scale`: a level that the register's scales do not have.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::config::RagScale;
use crate::model::scope::Reports;
use crate::model::status::Dimension;
use crate::model::{
    ByName, NumberOr, Programme, ProgrammeStatus, Project, Rag, RecordId, Request, Risk, Status,
};

pub const RULE: Rule = Rule {
    name: "value-off-scale",
    weight: Weight::Broken,
    kinds: &["programme", "request", "risk", "programme-status"],
    reports: Reports::Newest(1),
    page: include_str!("../pages/value-off-scale.md"),
    check,
};

/// Every scale that `pmo.toml` does not set goes from 1 to 5.
const FIVE: usize = 5;

type Impact<'a> = Option<&'a NumberOr<ByName<u8>>>;

fn check(context: &Context<'_>, out: &mut Findings) {
    let register = context.register;
    let scales = &register.config.risk;
    let mut see = |id: &RecordId, key: &str, value: Option<u8>, top: usize| {
        if let Some(value) = value.filter(|v| *v < 1 || usize::from(*v) > top) {
            let text = format!("{value} is not on the scale from 1 to {top}");
            out.push(finding(id, key, text).label(format!("1 to {top}")));
        }
    };
    for (id, risk) in register.records::<Risk>() {
        let now = ("", risk.probability, risk.impact.as_ref());
        let others = [("initial.", &risk.initial), ("target.", &risk.target)];
        let others = others
            .into_iter()
            .filter_map(|(prefix, a)| a.as_ref().map(|a| (prefix, a.probability, a.impact.as_ref())));
        for (prefix, probability, impact) in std::iter::once(now).chain(others) {
            see(&id, &format!("{prefix}probability"), probability, scales.probability.len());
            for (key, level) in levels(prefix, impact) {
                see(&id, &key, Some(level), scales.impact.len());
            }
        }
    }
    for (id, project) in register.records::<Project>() {
        for (i, alignment) in project.alignment.iter().enumerate() {
            see(&id, &format!("alignment[{i}].contribution"), alignment.contribution, FIVE);
        }
        for (i, who) in project.stakeholder.iter().enumerate() {
            see(&id, &format!("stakeholder[{i}].influence"), who.influence, FIVE);
            see(&id, &format!("stakeholder[{i}].interest"), who.interest, FIVE);
        }
    }
    for (id, programme) in register.records::<Programme>() {
        for (i, alignment) in programme.alignment.iter().enumerate() {
            see(&id, &format!("alignment[{i}].contribution"), alignment.contribution, FIVE);
        }
    }
    for (id, request) in register.records::<Request>() {
        see(&id, "urgency", request.urgency, FIVE);
        see(&id, "value", request.value, FIVE);
        for (i, alignment) in request.alignment.iter().enumerate() {
            see(&id, &format!("alignment[{i}].contribution"), alignment.contribution, FIVE);
        }
    }
    if register.config.rag.scale == RagScale::Three {
        ratings(context, out);
    }
}

/// The levels of an impact with their keys; a number that is no whole level counts as off the scale.
fn levels(prefix: &str, impact: Impact<'_>) -> Vec<(String, u8)> {
    use rust_decimal::prelude::ToPrimitive;
    match impact {
        None => Vec::new(),
        Some(NumberOr::Number(number)) => {
            let level = number.0.is_integer().then(|| number.0.to_u8()).flatten();
            vec![(format!("{prefix}impact"), level.unwrap_or(0))]
        }
        Some(NumberOr::Table(table)) => {
            table.iter().map(|(word, level)| (format!("{prefix}impact.{word}"), *level)).collect()
        }
    }
}

/// Ratings of the five-level scale where the register has three levels.
fn ratings(context: &Context<'_>, out: &mut Findings) {
    let mut see = |id: &RecordId, key: &str, rag: Option<Rag>| {
        if let Some(rag) = rag.filter(|r| matches!(r, Rag::AmberRed | Rag::AmberGreen)) {
            let text = format!("`{rag}` is of the five-level scale, and this register has three levels");
            let help = "write red, amber or green, or set `scale = \"five\"` under [rag] in pmo.toml";
            out.push(finding(id, key, text).help(help));
        }
    };
    for (id, status) in context.register.records::<Status>() {
        if context.is_past_report(&id) {
            continue;
        }
        see(&id, "rag.overall", Some(status.rag.overall));
        for dimension in Dimension::ALL {
            see(&id, &format!("rag.{}", dimension.word()), status.rag.get(dimension));
        }
    }
    for (id, status) in context.register.records::<ProgrammeStatus>() {
        see(&id, "overall", status.overall);
        for (project, assessed) in &status.project {
            see(&id, &format!("project.{project}.assessed"), assessed.assessed);
        }
    }
}
