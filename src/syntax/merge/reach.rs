//! Changes a text until it says what it should: value by value, in the words of the side that said it.

use super::super::edit::{append_table, remove, set};
use super::super::literal::{NewValue, key as written_key, quoted};
use super::super::outline::{Kind, Statement, outline};
use super::super::place::Step;
use super::super::prove::Said;
use super::super::removal::above;
use super::element::{Keys, Part, array_of, at, by_name, named, placed};

/// More steps than any file needs; what is not there by then never will be.
const STEPS: usize = 5_000;

/// One thing in which a text differs from what it should say.
#[derive(Debug)]
enum Move {
    Remove(Vec<Part>),
    Put(Vec<Part>, Said),
    /// A table at the end of a list, or behind the one that it follows.
    Add(Vec<Part>, Said),
}

/// A side of the merge, from which wording is taken.
pub(super) struct Donor<'t> {
    pub text: &'t str,
    pub said: Said,
}

/// Changes `text` until it says `wanted`; `None` where it cannot be brought to it.
pub(super) fn reach(text: &str, wanted: &Said, donors: &[&Donor<'_>], keys: &Keys<'_>) -> Option<String> {
    let mut text = text.to_owned();
    for _ in 0..STEPS {
        let said = Said::of_text(&text)?;
        let Some(step) = first_difference(&mut Vec::new(), &said, wanted, keys) else { return Some(text) };
        text = taken(&text, &said, &step, donors, keys)?;
    }
    None
}

fn first_difference(parts: &mut Vec<Part>, said: &Said, wanted: &Said, keys: &Keys<'_>) -> Option<Move> {
    if said == wanted {
        return None;
    }
    let put = |parts: &[Part]| Some(Move::Put(parts.to_vec(), wanted.clone()));
    match (said, wanted) {
        (Said::Table(is), Said::Table(should)) => {
            for (key, value) in is {
                parts.push(Part::Key(key.clone()));
                let step = match should.get(key) {
                    // A table that should hold nothing may stay, and so may one that does.
                    None if value.clone().without_empty() == Said::Table(Default::default()) => None,
                    None => Some(Move::Remove(parts.clone())),
                    Some(should) => first_difference(parts, value, should, keys),
                };
                parts.pop();
                if step.is_some() {
                    return step;
                }
            }
            let missing = should.iter().find(|(key, value)| {
                !is.contains_key(*key) && (*value).clone().without_empty() != Said::Table(Default::default())
            });
            let (key, value) = missing?;
            parts.push(Part::Key(key.clone()));
            let step = first_missing(parts, value, keys);
            parts.pop();
            Some(step)
        }
        (Said::List(is), Said::List(should)) => {
            let array = array_of(parts);
            let (Some(is), Some(should)) = (by_name(is, &array, keys), by_name(should, &array, keys)) else {
                return put(parts);
            };
            let mut gone = is.iter().filter(|(name, _)| !should.iter().any(|(known, _)| known == name));
            if let Some((name, _)) = gone.next() {
                parts.push(Part::Named(name.clone()));
                let step = Move::Remove(parts.clone());
                parts.pop();
                return Some(step);
            }
            for (name, should) in &should {
                parts.push(Part::Named(name.clone()));
                let step = match is.iter().find(|(known, _)| known == name) {
                    Some((_, is)) => first_difference(parts, is, should, keys),
                    None => Some(Move::Add(parts.clone(), (*should).clone())),
                };
                parts.pop();
                if step.is_some() {
                    return step;
                }
            }
            None
        }
        _ => put(parts),
    }
}

/// What to put first of a value that is missing as a whole.
fn first_missing(parts: &mut Vec<Part>, value: &Said, keys: &Keys<'_>) -> Move {
    if let Said::List(list) = value
        && let Some(named) = by_name(list, &array_of(parts), keys)
        && let Some((name, element)) = named.first()
    {
        let parts = [parts.as_slice(), &[Part::Named(name.clone())]].concat();
        return Move::Add(parts, (*element).clone());
    }
    Move::Put(parts.clone(), value.clone())
}

fn taken(text: &str, said: &Said, step: &Move, donors: &[&Donor<'_>], keys: &Keys<'_>) -> Option<String> {
    match step {
        Move::Remove(parts) => remove(text, &placed(parts, said, keys)?).ok(),
        Move::Put(parts, value) => put(text, said, parts, value, donors, keys),
        Move::Add(parts, value) => {
            let donor = donors.iter().find(|donor| at(parts, &donor.said, keys) == Some(value));
            let section = donor.and_then(|donor| {
                let (block, followed) = block_of(donor, parts, keys)?;
                with_block(text, said, parts, &block, &followed, keys)
            });
            section.or_else(|| added(text, said, parts, value, donors, keys))
        }
    }
}

/// Sets a value that is there or not, in the words of the donor that says it.
fn put(
    text: &str,
    said: &Said,
    parts: &[Part],
    value: &Said,
    donors: &[&Donor<'_>],
    keys: &Keys<'_>,
) -> Option<String> {
    let (last, parent) = parts.split_last()?;
    let Part::Key(last) = last else { return None };
    // Tables on the way that are not there are made by `set`.
    let path = |parent: &[Part]| -> Option<Vec<Step>> {
        let there = (0..=parent.len()).rev().find_map(|n| Some((n, placed(&parent[..n], said, keys)?)));
        let (there, mut path) = there?;
        for part in &parent[there..] {
            let Part::Key(key) = part else { return None };
            path.push(Step::Key(key.clone()));
        }
        Some(path)
    };
    let mut path = path(parent)?;
    path.push(Step::Key(last.clone()));
    let donor = donors.iter().find(|donor| at(parts, &donor.said, keys) == Some(value));
    if let (Said::Table(table), None) = (value, donor.and_then(|donor| literal(donor, parts, keys))) {
        if let Some(donor) = donor
            && said.at(&path).is_none()
            && let Some((block, followed)) = block_of(donor, parts, keys)
            && let Some(result) = with_block(text, said, parts, &block, &followed, keys)
        {
            return Some(result);
        }
        let (key, first) = table
            .iter()
            .find(|(_, value)| (*value).clone().without_empty() != Said::Table(Default::default()))?;
        let inner = [parts, &[Part::Key(key.clone())]].concat();
        if said.at(&path).is_some_and(|there| !matches!(there, Said::Table(_))) {
            return remove(text, &path).ok();
        }
        return match first_missing(&mut inner.clone(), first, keys) {
            Move::Add(parts, value) => added(text, said, &parts, &value, donors, keys),
            _ => put(text, said, &inner, first, donors, keys),
        };
    }
    let words = donor.and_then(|donor| literal(donor, parts, keys)).unwrap_or_else(|| spelled(value));
    let new = NewValue::Literal(words);
    set(text, &path, &new).or_else(|_| set(&remove(text, &path)?, &path, &new)).ok()
}

/// How a donor writes the value at a path, where it is written as one value.
fn literal(donor: &Donor<'_>, parts: &[Part], keys: &Keys<'_>) -> Option<String> {
    let path = placed(parts, &donor.said, keys)?;
    let statements = outline(donor.text);
    if let Some(whole) = statements.iter().find(|s| s.kind == Kind::Value && s.path == path) {
        return donor.text.get(whole.value.clone()).map(str::to_owned);
    }
    let holder = statements.iter().find(|s| s.kind == Kind::Value && path.starts_with(&s.path))?;
    let tree = super::super::parse(donor.text).ok()?;
    let span = super::super::edit::node(tree.get_ref(), &path)?.span();
    let inside = holder.value.start <= span.start && span.end <= holder.value.end;
    let words = donor.text.get(span).filter(|_| inside)?;
    // A table of dotted keys is written nowhere as a whole.
    (toml::de::DeValue::parse(words).ok().map(|value| Said::of(value.get_ref())).as_ref()
        == donor.said.at(&path))
    .then(|| words.to_owned())
}

/// Writes a value in the plainest way.
pub(super) fn spelled(value: &Said) -> String {
    match value {
        Said::Text(text) => quoted(text),
        Said::Word(word) => word.clone(),
        Said::List(list) => format!("[{}]", list.iter().map(spelled).collect::<Vec<_>>().join(", ")),
        Said::Table(table) if table.is_empty() => "{}".to_owned(),
        Said::Table(table) => {
            let entries =
                table.iter().map(|(key, value)| format!("{} = {}", written_key(key), spelled(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Adds a table to a list where no donor has it as a block, or where the list stands on one line.
fn added(
    text: &str,
    said: &Said,
    parts: &[Part],
    value: &Said,
    donors: &[&Donor<'_>],
    keys: &Keys<'_>,
) -> Option<String> {
    let (_, array) = parts.split_last()?;
    let existing = at(array, said, keys);
    let count = if let Some(Said::List(list)) = existing { list.len() } else { 0 };
    if let ([Part::Key(name)], Said::Table(table)) = (array, value) {
        let words = |key: &String, value: &Said| {
            let inner = [parts, &[Part::Key(key.clone())]].concat();
            let found = donors.iter().find(|donor| at(&inner, &donor.said, keys) == Some(value));
            found.and_then(|donor| literal(donor, &inner, keys)).unwrap_or_else(|| spelled(value))
        };
        // The keys in the order of the donor, as far as one has them.
        let donor = donors.iter().find(|donor| at(parts, &donor.said, keys) == Some(value));
        let mut entries: Vec<(String, NewValue)> =
            table.iter().map(|(key, value)| (key.clone(), NewValue::Literal(words(key, value)))).collect();
        if let Some(path) = donor.and_then(|donor| placed(parts, &donor.said, keys)) {
            let statements = donor.map(|donor| outline(donor.text)).unwrap_or_default();
            let place = |key: &String| {
                let whole = [path.as_slice(), &[Step::Key(key.clone())]].concat();
                statements.iter().position(|s| s.path == whole)
            };
            entries.sort_by_key(|(key, _)| place(key));
        }
        return append_table(text, name, &entries).ok();
    }
    let mut path = placed(array, said, keys).or_else(|| {
        let (last, parent) = array.split_last()?;
        let Part::Key(key) = last else { return None };
        let mut path = placed(parent, said, keys)?;
        path.push(Step::Key(key.clone()));
        Some(path)
    })?;
    let new = if existing.is_some() {
        path.push(Step::Index(count));
        spelled(value)
    } else {
        format!("[{}]", spelled(value))
    };
    set(text, &path, &NewValue::Literal(new)).ok()
}

/// The lines in which a donor writes a table, with the comments above them, and what stands before it in its list.
fn block_of(donor: &Donor<'_>, parts: &[Part], keys: &Keys<'_>) -> Option<(String, Vec<Vec<Part>>)> {
    let path = placed(parts, &donor.said, keys)?;
    let statements = outline(donor.text);
    let first = statements.iter().position(|s| s.kind != Kind::Value && s.path == path)?;
    let end = (first..statements.len()).find(|i| !statements[*i].path.starts_with(&path));
    let end = end.unwrap_or(statements.len());
    // Everything of it must stand in one place, in sections of its own.
    if statements.iter().enumerate().any(|(i, s)| s.path.starts_with(&path) && !(first..end).contains(&i)) {
        return None;
    }
    let from = head(donor.text, &statements, first);
    let upto = statements.get(end).map_or(donor.text.len(), |_| head(donor.text, &statements, end));
    let earlier = statements[..first].iter().rev().filter(|s| s.kind == Kind::Element);
    let followed = earlier.map(|s| named(&s.path, &donor.said, keys)).collect();
    Some((donor.text.get(from..upto)?.trim_matches(['\n', '\r']).to_owned(), followed))
}

/// Where the comments right above a statement begin.
fn head(text: &str, statements: &[Statement], index: usize) -> usize {
    let from =
        index.checked_sub(1).map_or(super::super::outline::text_start(text), |i| statements[i].lines.end);
    above(text, from, statements[index].lines.start)
}

/// Puts a block behind the nearest of those that it followed, or at the end.
fn with_block(
    text: &str,
    said: &Said,
    parts: &[Part],
    block: &str,
    followed: &[Vec<Part>],
    keys: &Keys<'_>,
) -> Option<String> {
    let (_, array) = parts.split_last()?;
    // A header names its path from the top: inside an element of another list it would mean the last one.
    if array.iter().any(|part| !matches!(part, Part::Key(_))) {
        return None;
    }
    let statements = outline(text);
    let of_array = |s: &Statement| {
        s.kind == Kind::Element
            && named(&s.path, said, keys).split_last().is_some_and(|(_, list)| list == array)
    };
    let is_inline = at(array, said, keys)
        .is_some_and(|list| matches!(list, Said::List(list) if !list.is_empty()))
        && !statements.iter().any(of_array);
    if is_inline {
        return None;
    }
    let same = |parts: &Vec<Part>| parts.split_last().is_some_and(|(_, list)| list == array);
    let anchor = followed.iter().filter(|parts| same(parts)).find_map(|parts| {
        let path = placed(parts, said, keys)?;
        let last = statements.iter().rposition(|s| s.path.starts_with(&path))?;
        Some(last + 1)
    });
    let first_of_list = || statements.iter().position(of_array);
    let next = anchor.or_else(first_of_list).unwrap_or(statements.len());
    let place = if next < statements.len() { head(text, &statements, next) } else { text.len() };
    let before = text[..place].trim_end_matches(['\n', '\r', ' ', '\t']);
    let after = text[place..].trim_start_matches(['\n', '\r']);
    let gap = if before.is_empty() { "" } else { "\n\n" };
    // What stands between them stays, but for empty lines.
    let rest = if after.is_empty() { "\n".to_owned() } else { format!("\n\n{after}") };
    Some(format!("{before}{gap}{block}{rest}"))
}
