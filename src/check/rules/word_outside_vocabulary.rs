//! `word-outside-vocabulary`: a word that the organisation's own lists do not have.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::some;
use crate::model::scope::Reports;
use crate::model::{Actuals, Decision, Lesson, Person, Programme, Project, RecordId, Request, Review, Risk};
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
    let mut see = |id: &RecordId, key: &str, word: Option<&String>, list: &[String], place: &str| {
        let Some(word) = word.filter(|w| !list.is_empty() && !list.contains(w)) else { return };
        let bare = key.trim_start_matches("key:");
        let what = bare.split('.').next_back().unwrap_or(bare).split('[').next().unwrap_or(bare);
        let what = if what == word { "category" } else { what };
        let help = match nearest(word, list.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("pmo.toml, {place}, has {}", some(list, 8)),
        };
        out.push(finding(id, key, format!("`{word}` is no {what} of this organisation")).help(help));
    };
    let divisions = (vocabulary.division.as_slice(), "[vocabulary] division");
    for (id, project) in register.records::<Project>() {
        see(&id, "division", project.division.as_ref(), divisions.0, divisions.1);
        see(&id, "class", project.class.as_ref(), &classes, "[class]");
        see(&id, "phase", project.phase.as_ref(), &phases, "[[phase]]");
        for (i, line) in project.cost.iter().enumerate() {
            let key = format!("cost[{i}].category");
            see(&id, &key, Some(&line.category), &vocabulary.cost_category, "[vocabulary] cost_category");
        }
    }
    for (id, programme) in register.records::<Programme>() {
        see(&id, "division", programme.division.as_ref(), divisions.0, divisions.1);
    }
    for (id, person) in register.records::<Person>() {
        see(&id, "division", person.division.as_ref(), divisions.0, divisions.1);
    }
    for (id, request) in register.records::<Request>() {
        see(&id, "division", request.division.as_ref(), divisions.0, divisions.1);
    }
    for (id, risk) in register.records::<Risk>() {
        see(&id, "category", risk.category.as_ref(), &vocabulary.risk_category, "[vocabulary] risk_category");
    }
    for (id, lesson) in register.records::<Lesson>() {
        let words = &vocabulary.lesson_category;
        see(&id, "category", lesson.category.as_ref(), words, "[vocabulary] lesson_category");
    }
    for (id, month) in register.records::<Actuals>() {
        for word in month.category.keys() {
            let key = format!("key:category.\"{word}\"");
            see(&id, &key, Some(word), &vocabulary.cost_category, "[vocabulary] cost_category");
        }
    }
    for (id, decision) in register.records::<Decision>() {
        see(&id, "forum", decision.forum.as_ref(), &vocabulary.forum, "[vocabulary] forum");
    }
    for (id, review) in register.records::<Review>() {
        see(&id, "forum", review.forum.as_ref(), &vocabulary.forum, "[vocabulary] forum");
    }
}
