//! `unknown-selector`: `pmo.toml` makes terms for a project, programme or class that does not exist.

use crate::check::context::Context;
use crate::check::findings::Findings;
use crate::check::rule::{Rule, Weight};
use crate::diag::Problem;
use crate::model::scope::Reports;
use crate::text::nearest;

pub const RULE: Rule = Rule {
    name: "unknown-selector",
    weight: Weight::Broken,
    kinds: &[],
    reports: Reports::None,
    page: include_str!("../pages/unknown-selector.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let register = context.register;
    let projects: Vec<&str> = register.projects.keys().map(String::as_str).collect();
    let programmes: Vec<&str> = register.programmes.keys().map(String::as_str).collect();
    let classes: Vec<&str> = register.config.class.keys().map(String::as_str).collect();
    for (i, one) in register.config.reporting.overrides.iter().enumerate() {
        let selectors = [
            ("project", &one.project, &projects, "pmo project list"),
            ("programme", &one.programme, &programmes, "pmo programme list"),
            ("class", &one.class, &classes, "[class] in pmo.toml"),
        ];
        for (what, word, known, source) in selectors {
            let Some(word) = word.as_deref().filter(|word| !known.contains(word)) else { continue };
            // Where no class is declared, any word may be one.
            if what == "class" && known.is_empty() {
                continue;
            }
            let key = format!("reporting.override[{i}].{what}");
            out.push(unknown(what, word, known, source, key));
        }
    }
    for (i, one) in register.config.audience.iter().enumerate() {
        let selectors = [
            ("project", &one.projects.project, &projects, "pmo project list"),
            ("programme", &one.projects.programme, &programmes, "pmo programme list"),
        ];
        for (what, words, known, source) in selectors {
            for (at, word) in words.iter().enumerate().filter(|(_, word)| !known.contains(&word.as_str())) {
                let key = format!("audience[{i}].projects.{what}[{at}]");
                out.push(unknown(what, word, known, source, key));
            }
        }
    }
}

fn unknown(what: &str, word: &str, known: &[&str], source: &str, key: String) -> Problem {
    let help = match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{source} names them"),
    };
    let problem = Problem::warning("", format!("there is no {what} `{word}`"));
    problem.file("pmo.toml").key(key).label("fits no project").help(help)
}
