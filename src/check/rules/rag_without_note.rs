//! `rag-without-note`: a rating of amber or worse, and no word why.

use crate::check::context::Context;
use crate::check::findings::{Findings, finding};
use crate::check::rule::{Rule, Weight};
use crate::check::words::says;
use crate::model::Status;
use crate::model::scope::Reports;
use crate::model::status::Dimension;
use crate::text::list;

pub const RULE: Rule = Rule {
    name: "rag-without-note",
    weight: Weight::Advice,
    kinds: &[],
    reports: Reports::Newest(1),
    page: include_str!("../pages/rag-without-note.md"),
    check,
};

fn check(context: &Context<'_>, out: &mut Findings) {
    for (_, id, status) in context.newest_reports() {
        let bare: Vec<&str> = bare(status).collect();
        if let [first, ..] = bare.as_slice() {
            let are = if bare.len() == 1 { "is" } else { "are" };
            let text = format!("{} {are} rated amber or worse, and nothing says why", list(&bare, "and"));
            let help = format!("say it in one sentence each: note.{first} = \"…\"");
            out.push(finding(&id, &format!("rag.{first}"), text).label("rated here").help(help));
        }
    }
}

/// The ratings without a word; the overall one may lean on any other note, or on the way back to green.
fn bare(status: &Status) -> impl Iterator<Item = &'static str> {
    let noted = |d: Dimension| status.note.get(d).is_some_and(|note| !note.trim().is_empty());
    let explained = says(status.note.overall.as_ref())
        || says(status.path_to_green.as_ref())
        || Dimension::ALL.into_iter().any(noted);
    let dimensions = Dimension::ALL
        .into_iter()
        .filter(move |d| status.rag.get(*d).is_some_and(|rag| rag.is_troubled()) && !noted(*d))
        .map(Dimension::word);
    // A bare red overall is red-without-plan's, and a bare dimension says the same as the overall.
    let overall = status.rag.overall.is_troubled()
        && status.rag.overall.severity() < Some(3)
        && !explained
        && !Dimension::ALL.into_iter().any(|d| status.rag.get(d).is_some_and(|rag| rag.is_troubled()));
    overall.then_some("overall").into_iter().chain(dimensions)
}
