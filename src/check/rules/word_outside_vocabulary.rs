//! `word-outside-vocabulary`: a word that the organisation's own lists do not have.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::{key_of, some};
use crate::model::scope::Reports;
use crate::model::{
    Actuals, Decision, Lesson, Name, NumberOr, Person, Programme, Project, RecordId, Request, Review, Risk,
};
use crate::text::nearest;

pub const RULE: Rule = Rule {
    name: "word-outside-vocabulary",
    weight: Weight::Broken,
    kinds: &["person", "programme", "request", "risk", "lesson", "decision", "review", "actuals"],
    reports: Reports::None,
    page: include_str!("../pages/word-outside-vocabulary.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let register = context.register;
    let config = &register.config;
    let vocabulary = &config.vocabulary;
    let classes: Vec<String> = config.class.keys().cloned().collect();
    let phases: Vec<String> = config.phase.iter().map(|p| p.id.clone()).collect();
    let mut see =
        |id: &RecordId, key: &str, word: Option<&String>, list: &[String], what: &str, place: &str| {
            let Some(word) = word.filter(|w| !list.is_empty() && !list.contains(w)) else { return };
            let help = match nearest(word, list.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("pmo.toml, {place}, has {}", some(list, 8)),
            };
            out.push(finding(id, key, format!("`{word}` is no {what} of this organisation")).help(help));
        };
    let mut division = |id: &RecordId, word: Option<&String>| {
        see(id, "division", word, &vocabulary.division, "division", "[vocabulary] division");
    };
    for (id, project) in register.records::<Project>() {
        division(&id, project.division.as_ref());
    }
    for (id, programme) in register.records::<Programme>() {
        division(&id, programme.division.as_ref());
    }
    for (id, person) in register.records::<Person>() {
        division(&id, person.division.as_ref());
    }
    for (id, request) in register.records::<Request>() {
        division(&id, request.division.as_ref());
    }
    let costs = (vocabulary.cost_category.as_slice(), "cost category", "[vocabulary] cost_category");
    for (id, project) in register.records::<Project>() {
        see(&id, "class", project.class.as_ref(), &classes, "class", "[class]");
        see(&id, "phase", project.phase.as_ref(), &phases, "phase", "[[phase]]");
        for (i, line) in project.cost.iter().enumerate() {
            see(&id, &format!("cost[{i}].category"), Some(&line.category), costs.0, costs.1, costs.2);
        }
    }
    for (id, month) in register.records::<Actuals>() {
        for word in month.category.keys() {
            see(&id, &format!("key:category.{}", key_of(word)), Some(word), costs.0, costs.1, costs.2);
        }
    }
    let groups: Vec<String> = config.risk.correlation.keys().cloned().collect();
    for (id, risk) in register.records::<Risk>() {
        let words = &vocabulary.risk_category;
        see(&id, "category", risk.category.as_ref(), words, "risk category", "[vocabulary] risk_category");
        let group = risk.correlation.as_ref();
        see(&id, "correlation", group, &groups, "group of risks", "[risk.correlation]");
        let now = ("", risk.impact.as_ref());
        let others = [("initial.", &risk.initial), ("target.", &risk.target)];
        let others = others.map(|(prefix, a)| (prefix, a.as_ref().and_then(|a| a.impact.as_ref())));
        for (prefix, impact) in std::iter::once(now).chain(others) {
            let Some(NumberOr::Table(table)) = impact else { continue };
            for word in table.keys() {
                let (key, word) = (format!("{prefix}impact.{}", key_of(word)), word.to_owned());
                let dimensions = &config.risk.dimensions;
                see(&id, &key, Some(&word), dimensions, "dimension of impact", "[risk] dimensions");
            }
        }
    }
    for (id, lesson) in register.records::<Lesson>() {
        let words = &vocabulary.lesson_category;
        see(
            &id,
            "category",
            lesson.category.as_ref(),
            words,
            "lesson category",
            "[vocabulary] lesson_category",
        );
    }
    for (id, decision) in register.records::<Decision>() {
        see(&id, "forum", decision.forum.as_ref(), &vocabulary.forum, "forum", "[vocabulary] forum");
    }
    let gates: Vec<String> = config.phase.iter().filter_map(|phase| phase.gate.clone()).collect();
    for (id, review) in register.records::<Review>() {
        // The review after a project belongs to no phase.
        if let Name::Gate(gate, _) = &id.name
            && gate != "PIR"
        {
            see(&id, "outcome", Some(gate), &gates, "gate", "[[phase]]");
        }
        see(&id, "forum", review.forum.as_ref(), &vocabulary.forum, "forum", "[vocabulary] forum");
    }
}
