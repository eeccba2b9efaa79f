//! What repeats over projects: categories, suppliers, causes; and risks that may be the same.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::analysis::likeness;
use crate::analysis::sum::Sum;
use crate::model::risk::RiskKind;

use super::entry::Entry;

/// Something that risks of more than one project have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repeat {
    /// What it is: `category`, `supplier` or `cause`.
    pub by: &'static str,
    /// Which.
    pub value: String,
    /// How many projects have it.
    pub projects: usize,
    /// The threats.
    pub threats: Vec<String>,
    /// The opportunities.
    pub opportunities: Vec<String>,
    /// The highest score among them.
    pub highest_score: Option<u32>,
    /// What the threats may cost; nothing where they are of several currencies.
    pub threatened: Option<Sum>,
    /// The currency of that.
    pub currency: Option<String>,
}

/// Risks whose titles say nearly the same. They are suggested to people, and never merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alike {
    /// The risks.
    pub risks: Vec<String>,
    /// Their titles, in the same order.
    pub titles: Vec<String>,
    /// How many projects they are in.
    pub projects: usize,
}

/// Categories, suppliers and causes that more than one project has: in that order, the most projects first.
pub(super) fn repeats(open: &[Entry]) -> Vec<Repeat> {
    let named = |by: &'static str, word: fn(&Entry) -> Option<&str>| {
        let mut groups: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
        for entry in open {
            if let Some(word) = word(entry).map(str::trim).filter(|word| !word.is_empty()) {
                groups.entry(word.to_lowercase()).or_default().push(entry);
            }
        }
        let first = |entries: &[&Entry]| word(entries[0]).unwrap_or_default().trim().to_owned();
        let groups = groups.into_values().map(move |entries| repeat(by, first(&entries), &entries));
        sorted(groups.flatten().collect())
    };
    let mut all = named("category", |entry| entry.category.as_deref());
    all.extend(named("supplier", |entry| entry.supplier.as_deref()));
    let causes: Vec<&str> = open.iter().map(|entry| entry.cause.as_deref().unwrap_or("")).collect();
    let causes = likeness::groups(&causes).into_iter().filter_map(|group| {
        let entries: Vec<&Entry> = group.iter().map(|at| &open[*at]).collect();
        repeat("cause", entries[0].cause.clone().unwrap_or_default().trim().to_owned(), &entries)
    });
    all.extend(sorted(causes.collect()));
    all
}

fn sorted(mut repeats: Vec<Repeat>) -> Vec<Repeat> {
    repeats.sort_by(|a, b| {
        let order = |one: &Repeat| (one.projects, one.threats.len() + one.opportunities.len());
        order(b).cmp(&order(a)).then_with(|| a.value.cmp(&b.value))
    });
    repeats
}

fn projects(entries: &[&Entry]) -> usize {
    entries.iter().map(|entry| entry.project.as_str()).collect::<BTreeSet<_>>().len()
}

fn repeat(by: &'static str, value: String, entries: &[&Entry]) -> Option<Repeat> {
    let projects = projects(entries);
    if projects < 2 {
        return None;
    }
    let of = |kind: RiskKind| entries.iter().filter(move |entry| entry.kind == kind);
    let names = |kind: RiskKind| of(kind).map(|entry| entry.risk.clone()).collect();
    let currencies: BTreeSet<&str> = of(RiskKind::Threat).map(|entry| entry.currency.as_str()).collect();
    let currency = currencies.first().filter(|_| currencies.len() == 1).map(|one| (*one).to_owned());
    let threatened = currency.is_some().then(|| {
        let mut sum = Sum::default();
        of(RiskKind::Threat).for_each(|entry| sum.add(entry.worth.now));
        sum
    });
    Some(Repeat {
        by,
        value,
        projects,
        threats: names(RiskKind::Threat),
        opportunities: names(RiskKind::Opportunity),
        highest_score: entries.iter().filter_map(|entry| entry.score()).max(),
        threatened,
        currency,
    })
}

/// Risks whose titles say nearly the same, threats and opportunities apart.
pub(super) fn alike(open: &[Entry]) -> Vec<Alike> {
    let mut all = Vec::new();
    for kind in [RiskKind::Threat, RiskKind::Opportunity] {
        let entries: Vec<&Entry> = open.iter().filter(|entry| entry.kind == kind).collect();
        let titles: Vec<&str> = entries.iter().map(|entry| entry.title.as_str()).collect();
        all.extend(likeness::groups(&titles).into_iter().map(|group| {
            let group: Vec<&Entry> = group.iter().map(|at| entries[*at]).collect();
            Alike {
                risks: group.iter().map(|entry| entry.risk.clone()).collect(),
                titles: group.iter().map(|entry| entry.title.clone()).collect(),
                projects: projects(&group),
            }
        }));
    }
    all
}
