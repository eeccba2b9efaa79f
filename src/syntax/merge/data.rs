//! What three versions of a file say, into what they say together.

use std::collections::{BTreeMap, BTreeSet};

use super::super::prove::Said;
use super::element::{Keys, Part, array_of, by_name, shown};
use super::three::{self, Piece};
use super::{Choose, Side};

/// Two people changed one thing in different ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meeting {
    pub parts: Vec<Part>,
    pub base: Option<Said>,
    pub ours: Option<Said>,
    pub theirs: Option<Said>,
}

/// Merges what is said; where nobody has chosen, our side stands in for what is in conflict.
pub(super) struct Merger<'m> {
    pub keys: &'m Keys<'m>,
    pub choose: &'m Choose<'m>,
    pub meetings: Vec<Meeting>,
}

impl Merger<'_> {
    /// Merges one value, or the absence of it.
    pub fn value(
        &mut self,
        parts: &mut Vec<Part>,
        base: Option<&Said>,
        ours: Option<&Said>,
        theirs: Option<&Said>,
    ) -> Option<Said> {
        if ours == theirs || base == theirs {
            return ours.cloned();
        }
        if base == ours {
            return theirs.cloned();
        }
        // A table or list whose last entry a side removed is gone there; its entries are still looked at one by one.
        let empty = match (base, parts.last()) {
            (Some(Said::Table(_)), Some(Part::Key(_))) => Some(Said::Table(BTreeMap::new())),
            (Some(Said::List(list)), Some(Part::Key(_))) => {
                by_name(list, &array_of(parts), self.keys).map(|_| Said::List(Vec::new()))
            }
            _ => None,
        };
        match (ours.or(empty.as_ref()), theirs.or(empty.as_ref())) {
            (Some(Said::Table(o)), Some(Said::Table(t))) => {
                let none = BTreeMap::new();
                let base = if let Some(Said::Table(base)) = base { base } else { &none };
                let merged = self.table(parts, base, o, t);
                (ours.is_some() && theirs.is_some() || merged != Said::Table(none)).then_some(merged)
            }
            (Some(Said::List(o)), Some(Said::List(t))) => {
                let list = if let Some(Said::List(list)) = base { list.as_slice() } else { &[] };
                match self.list(parts, list, o, t) {
                    Some(merged) if merged.is_empty() && (ours.is_none() || theirs.is_none()) => None,
                    Some(merged) => Some(Said::List(merged)),
                    None => self.meeting(parts, base, ours, theirs),
                }
            }
            _ => self.meeting(parts, base, ours, theirs),
        }
    }

    fn meeting(
        &mut self,
        parts: &[Part],
        base: Option<&Said>,
        ours: Option<&Said>,
        theirs: Option<&Said>,
    ) -> Option<Said> {
        match (self.choose)(&shown(parts)) {
            Some(Side::Ours) => ours.cloned(),
            Some(Side::Theirs) => theirs.cloned(),
            None => {
                let (base, ours, theirs) = (base.cloned(), ours.cloned(), theirs.cloned());
                self.meetings.push(Meeting { parts: parts.to_vec(), base, ours: ours.clone(), theirs });
                ours
            }
        }
    }

    fn table(
        &mut self,
        parts: &mut Vec<Part>,
        base: &BTreeMap<String, Said>,
        ours: &BTreeMap<String, Said>,
        theirs: &BTreeMap<String, Said>,
    ) -> Said {
        let keys: BTreeSet<&String> = base.keys().chain(ours.keys()).chain(theirs.keys()).collect();
        let mut merged = BTreeMap::new();
        for key in keys {
            parts.push(Part::Key(key.clone()));
            if let Some(value) = self.value(parts, base.get(key), ours.get(key), theirs.get(key)) {
                merged.insert(key.clone(), value);
            }
            parts.pop();
        }
        Said::Table(merged)
    }

    /// Merges lists: by what tells their tables apart, else by what was put in and taken out where.
    fn list(
        &mut self,
        parts: &mut Vec<Part>,
        base: &[Said],
        ours: &[Said],
        theirs: &[Said],
    ) -> Option<Vec<Said>> {
        let array = array_of(parts);
        let named = [base, ours, theirs].map(|list| by_name(list, &array, self.keys));
        if let [Some(b), Some(o), Some(t)] = named {
            return Some(self.elements(parts, &b, &o, &t));
        }
        if [base, ours, theirs].iter().any(|list| list.iter().any(|one| matches!(one, Said::Table(_)))) {
            // Tables that nothing tells apart: only what was plainly added on both sides is joined.
            return joined(base, ours, theirs).filter(|_| ours.starts_with(base) && theirs.starts_with(base));
        }
        joined(base, ours, theirs)
    }

    fn elements(
        &mut self,
        parts: &mut Vec<Part>,
        base: &[(String, &Said)],
        ours: &[(String, &Said)],
        theirs: &[(String, &Said)],
    ) -> Vec<Said> {
        fn find<'s>(list: &[(String, &'s Said)], name: &str) -> Option<&'s Said> {
            list.iter().find(|(known, _)| known == name).map(|(_, element)| *element)
        }
        let mut order: Vec<&String> = ours.iter().map(|(name, _)| name).collect();
        for (i, (name, _)) in theirs.iter().enumerate() {
            if !order.contains(&name) {
                // Behind the one that it follows there.
                let before =
                    theirs[..i].iter().rev().find_map(|(name, _)| order.iter().position(|n| *n == name));
                order.insert(before.map_or(if i == 0 { 0 } else { order.len() }, |place| place + 1), name);
            }
        }
        let mut merged = Vec::new();
        for name in order {
            parts.push(Part::Named(name.clone()));
            let (b, o, t) = (find(base, name), find(ours, name), find(theirs, name));
            merged.extend(self.value(parts, b, o, t));
            parts.pop();
        }
        merged
    }
}

/// Joins lists of plain values; `None` where both sides changed the same elements.
fn joined(base: &[Said], ours: &[Said], theirs: &[Said]) -> Option<Vec<Said>> {
    let mut merged: Vec<Said> = Vec::new();
    for piece in three::merge(base, ours, theirs) {
        match piece {
            Piece::Ours(at) => merged.extend_from_slice(&ours[at]),
            Piece::Theirs(at) => merged.extend_from_slice(&theirs[at]),
            Piece::Both(left, right) => {
                let new = theirs[right].iter().filter(|one| !ours[left.clone()].contains(one));
                merged.extend(ours[left.clone()].iter().chain(new).cloned());
            }
            Piece::Conflict { .. } => return None,
        }
    }
    Some(merged)
}
