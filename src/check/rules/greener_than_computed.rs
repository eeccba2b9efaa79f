//! `greener-than-computed`: the watermelon, green outside and red inside.

use crate::analysis::rating::{self, Greener, Rating, Reason};
use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::model::scope::Reports;
use crate::text::list;

pub const RULE: Rule = Rule {
    name: "greener-than-computed",
    weight: Weight::Promise,
    kinds: &["risk", "change", "benefit", "actuals"],
    reports: Reports::Newest(1),
    page: include_str!("../pages/greener-than-computed.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    let config = &context.register.config;
    for (at, id, status) in context.newest_reports() {
        let rating = rating::of(config, at, context.day);
        let greener = rating::greener(&rating, status, config.rag.scale, context.day);
        // The overall rating stands for its dimensions; they are named only where it is fair itself.
        let overall = greener.iter().any(|g| g.dimension.is_none() && !g.is_excused);
        for found in greener.iter().filter(|g| !g.is_excused && (g.dimension.is_none() || !overall)) {
            let key = found.dimension.map_or("rag.overall".to_owned(), |d| format!("rag.{}", d.word()));
            let what = found.dimension.map_or(String::new(), |d| format!("{} ", d.word()));
            let text = format!(
                "{what}reported {}, but the figures say {}: {}",
                found.declared,
                found.computed,
                reasons(&rating, found)
            );
            let help = format!(
                "rate it anew, correct the figures, or explain it with an [override] that says who accepted it; \
                 the figures: pmo explain rag {}",
                at.id
            );
            out.push(finding(&id, &key, text).label(format!("reported {}", found.declared)).help(help));
        }
    }
}

fn reasons(rating: &Rating, found: &Greener) -> String {
    let phrases: Vec<String> = match found.dimension {
        None => rating.deciding(),
        Some(dimension) => {
            rating.reading(dimension).into_iter().flat_map(|r| r.deciding()).map(Reason::say).collect()
        }
    };
    list(&phrases, "and")
}
