//! What the tables of a list are told apart by, and paths that name them so.

use std::collections::BTreeSet;

use super::super::place::{Step, push_key};
use super::super::prove::Said;

/// The keys that tell the tables of a list apart, by the list's dotted path: `milestone`, `finance.rate`.
pub type Keys<'k> = dyn Fn(&str) -> &'static [&'static str] + 'k;

/// The elements of a list by what tells them apart; `None` where the list has no such keys or they are not unique.
pub(super) fn by_name<'s>(list: &'s [Said], array: &str, keys: &Keys<'_>) -> Option<Vec<(String, &'s Said)>> {
    let keys = keys(array);
    let mut seen = BTreeSet::new();
    let mut named = Vec::with_capacity(list.len());
    for element in list {
        let name = name_of(element, keys)?;
        if !seen.insert(name.clone()) {
            return None;
        }
        named.push((name, element));
    }
    (!keys.is_empty()).then_some(named)
}

/// What tells one element apart: `go-live`, or `on=crm#api` where the key is not its id.
fn name_of(element: &Said, keys: &[&str]) -> Option<String> {
    let Said::Table(table) = element else { return None };
    let parts: Vec<String> = keys
        .iter()
        .filter_map(|key| match table.get(*key)? {
            Said::Text(text) | Said::Word(text) if keys == ["id"] => Some(text.clone()),
            Said::Text(text) | Said::Word(text) => Some(format!("{key}={text}")),
            _ => None,
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(","))
}

/// One step of a path that means the same element in every version of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// A key of a table.
    Key(String),
    /// An element by what tells it apart.
    Named(String),
    /// An element by its place.
    At(usize),
}

/// The dotted path of the list that parts lead to, without its elements.
pub(super) fn array_of(parts: &[Part]) -> String {
    let keys =
        parts.iter().filter_map(|part| if let Part::Key(key) = part { Some(key.as_str()) } else { None });
    keys.collect::<Vec<_>>().join(".")
}

/// Writes parts as people read them: `milestone.go-live.baseline`, `dependency[on=crm].needed_by`.
pub(super) fn shown(parts: &[Part]) -> String {
    let mut path = String::new();
    for part in parts {
        match part {
            Part::Key(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                push_key(&mut path, key);
            }
            Part::Named(name) if name.contains('=') || name.contains(['.', '[', ']', ' ']) => {
                path.push_str(&format!("[{name}]"));
            }
            Part::Named(name) => path.push_str(&format!(".{name}")),
            Part::At(index) => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

/// A path of places as a path of names.
pub(super) fn named(path: &[Step], root: &Said, keys: &Keys<'_>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut here = Some(root);
    for step in path {
        let (part, next) = match (step, here) {
            (Step::Key(key), Some(Said::Table(table))) => (Part::Key(key.clone()), table.get(key)),
            (Step::Index(index), Some(Said::List(list))) => {
                let names = by_name(list, &array_of(&parts), keys);
                let name = names.and_then(|names| names.get(*index).map(|(name, _)| name.clone()));
                (name.map_or(Part::At(*index), Part::Named), list.get(*index))
            }
            (Step::Key(key) | Step::Id(key), _) => (Part::Key(key.clone()), None),
            (Step::Index(index), _) => (Part::At(*index), None),
        };
        parts.push(part);
        here = next;
    }
    parts
}

/// A path of names as a path of places in a file that says this.
pub(super) fn placed(parts: &[Part], root: &Said, keys: &Keys<'_>) -> Option<Vec<Step>> {
    let mut path = Vec::new();
    let mut here = Some(root);
    for (i, part) in parts.iter().enumerate() {
        let (step, next) = match (part, here) {
            (Part::Key(key), Some(Said::Table(table))) => (Step::Key(key.clone()), table.get(key)),
            (Part::Named(name), Some(Said::List(list))) => {
                let names = by_name(list, &array_of(&parts[..i]), keys)?;
                let index = names.iter().position(|(known, _)| known == name)?;
                (Step::Index(index), list.get(index))
            }
            (Part::At(index), Some(Said::List(list))) => (Step::Index(*index), list.get(*index)),
            _ => return None,
        };
        path.push(step);
        here = next;
    }
    Some(path)
}

/// What a file says at a path of names.
pub(super) fn at<'s>(parts: &[Part], root: &'s Said, keys: &Keys<'_>) -> Option<&'s Said> {
    root.at(&placed(parts, root, keys)?)
}

/// What stands at a path as [`shown`] writes it.
pub(super) fn find<'s>(
    said: &'s Said,
    path: &str,
    parts: &mut Vec<Part>,
    keys: &Keys<'_>,
) -> Option<&'s Said> {
    let here = shown(parts);
    if here == path || !path.starts_with(&here) {
        return (here == path).then_some(said);
    }
    let inner: Vec<(Part, &Said)> = match said {
        Said::Table(table) => table.iter().map(|(key, value)| (Part::Key(key.clone()), value)).collect(),
        Said::List(list) => match by_name(list, &array_of(parts), keys) {
            Some(named) => named.into_iter().map(|(name, one)| (Part::Named(name), one)).collect(),
            None => list.iter().enumerate().map(|(i, one)| (Part::At(i), one)).collect(),
        },
        Said::Text(_) | Said::Word(_) => return None,
    };
    inner.into_iter().find_map(|(part, value)| {
        parts.push(part);
        let found = find(value, path, parts, keys);
        parts.pop();
        found
    })
}

/// The same with the elements of lists that are told apart by names in the order of the names, for comparing.
pub(super) fn in_order(said: &Said, parts: &mut Vec<Part>, keys: &Keys<'_>) -> Said {
    match said {
        Said::Table(table) => Said::Table(
            table
                .iter()
                .map(|(key, value)| {
                    parts.push(Part::Key(key.clone()));
                    let value = in_order(value, parts, keys);
                    parts.pop();
                    (key.clone(), value)
                })
                .collect(),
        ),
        Said::List(list) => match by_name(list, &array_of(parts), keys) {
            Some(mut named) => {
                named.sort_by(|(a, _), (b, _)| a.cmp(b));
                Said::List(named.into_iter().map(|(_, element)| in_order(element, parts, keys)).collect())
            }
            None => said.clone(),
        },
        other => other.clone(),
    }
}
