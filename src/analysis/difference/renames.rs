//! Which project of one state is which of another, where its folder has another name.

use std::collections::BTreeMap;

use crate::model::{Name, Project, Register, Risk, Shelf};

/// Ids after by ids before, of projects that are one under two names.
///
/// Projects that stand in both states under one id are not among them. The same pairs are found whichever
/// state comes first.
pub fn projects(before: &Register, after: &Register) -> BTreeMap<String, String> {
    let only_in = |these: &Register, those: &Register| -> Vec<String> {
        these.projects.keys().filter(|id| !those.projects.contains_key(*id)).cloned().collect()
    };
    let (gone, new) = (only_in(before, after), only_in(after, before));
    let mut pairs: Vec<(&String, &String)> = Vec::new();
    for was in &gone {
        let alike = new.iter().filter(|is| is_one(&before.projects[was], &after.projects[*is]));
        pairs.extend(alike.map(|is| (was, is)));
    }
    // By what does not depend on which state comes first.
    pairs.sort_by_key(|pair: &(&String, &String)| (pair.0.min(pair.1), pair.0.max(pair.1)));
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for (was, is) in pairs {
        if !found.contains_key(was) && !found.values().any(|taken| taken == is) {
            found.insert(was.clone(), is.clone());
        }
    }
    found
}

/// Whether two folders are one project under two names: its manager and its start are the same, and so is
/// its name, every period that the one with fewer of them has a report for, or the title of a risk.
fn is_one(one: &Shelf, other: &Shelf) -> bool {
    let charters = one.get::<Project>(&Name::Sole).zip(other.get::<Project>(&Name::Sole));
    let Some((was, is)) = charters else { return false };
    if was.manager != is.manager || was.schedule.start != is.schedule.start {
        return false;
    }
    was.name == is.name || has_all(one, other) || has_all(other, one) || shares_risk(one, other)
}

/// Whether there are reports, and a report of the other shelf for each of their periods.
fn has_all(few: &Shelf, many: &Shelf) -> bool {
    let has_reports = few.slots("status").next().is_some();
    has_reports && few.slots("status").all(|(name, _)| many.slot("status", name).is_some())
}

fn shares_risk(one: &Shelf, other: &Shelf) -> bool {
    let same = |(name, risk): (&Name, &Risk)| other.get::<Risk>(name).is_some_and(|o| o.title == risk.title);
    one.records::<Risk>().any(same)
}
