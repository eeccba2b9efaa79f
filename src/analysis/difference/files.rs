//! Every file that differs between two states, key by key: what lies under the differences in words.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::RecordId;
use crate::model::field::{Contents, FieldChange, FieldValue, FilePair};

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It came.
    Added,
    /// It is gone.
    Removed,
    /// It stands in another place, and may say something else there.
    Moved,
    /// It says something else.
    Changed,
    /// Only its comments, its order or its layout are not what they were.
    Layout,
}

/// A record, or `pmo.toml`, that is not the same in two states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordChange {
    /// Its reference: in the second state, or in the first where it is gone.
    pub record: String,
    /// Its reference in the first state, where it moved.
    pub was: Option<String>,
    /// Which kind of record it is; `config` is `pmo.toml`.
    pub kind: &'static str,
    /// What became of it.
    pub fate: Fate,
    /// What people call it.
    pub title: Option<String>,
    /// Its file.
    pub file: String,
    /// Its file in the first state, where it moved.
    pub was_file: Option<String>,
    /// Why it cannot be read in the first state, where it cannot.
    pub unreadable_before: Option<String>,
    /// Why it cannot be read in the second state, where it cannot.
    pub unreadable_after: Option<String>,
    /// Every key whose value differs; none where a side cannot be read.
    pub fields: Vec<FieldChange>,
    /// The project or programme in whose folder it stands.
    #[serde(skip)]
    pub home: String,
}

/// What two files have in common that are one record, by path and contents; whether they are of the first state.
type Likeness<'a> = dyn Fn(&str, &Contents, bool) -> Option<String> + 'a;

/// One side of a change.
struct Side<'a> {
    path: &'a str,
    contents: &'a Contents,
}

/// Tells of every file what became of it; records that only stand in another place are found.
///
/// `renamed` has the projects that are one under two names: ids after by ids before. Of other records one
/// moved if its contents are the same, or its title and kind within its project.
pub fn of(files: &[FilePair], renamed: &BTreeMap<String, String>) -> Vec<RecordChange> {
    let mut gone: BTreeMap<&str, Side<'_>> = BTreeMap::new();
    let mut new: BTreeMap<&str, Side<'_>> = BTreeMap::new();
    let mut found = Vec::new();
    for pair in files {
        let path = pair.path.as_str();
        let [before, after] = [&pair.before, &pair.after].map(|contents| Side { path, contents });
        match (&pair.before, &pair.after) {
            (Contents::Absent, Contents::Absent) => {}
            (_, Contents::Absent) => drop(gone.insert(path, before)),
            (Contents::Absent, _) => drop(new.insert(path, after)),
            _ => found.push(change(Some(&before), Some(&after))),
        }
    }
    for (was, is) in moves(&gone, &new, renamed) {
        if let (Some(was), Some(is)) = (gone.remove(was), new.remove(is)) {
            found.push(change(Some(&was), Some(&is)));
        }
    }
    found.extend(gone.values().map(|was| change(Some(was), None)));
    found.extend(new.values().map(|is| change(None, Some(is))));
    found.sort_by(|a, b| (&a.file, &a.was_file).cmp(&(&b.file, &b.was_file)));
    found
}

/// The files of one state that are files of the other in another place.
fn moves<'a>(
    gone: &BTreeMap<&'a str, Side<'a>>,
    new: &BTreeMap<&'a str, Side<'a>>,
    renamed: &BTreeMap<String, String>,
) -> Vec<(&'a str, &'a str)> {
    let id = RecordId::at_path;
    let home = |id: &RecordId| renamed.get(&id.home).unwrap_or(&id.home).clone();
    let mut pairs = Vec::new();
    let (mut left, mut right): (BTreeSet<&str>, BTreeSet<&str>) =
        (gone.keys().copied().collect(), new.keys().copied().collect());
    // With the folder of their project.
    for was in left.clone() {
        let Some(old) = id(was).filter(|old| renamed.contains_key(&old.home)) else { continue };
        let path = RecordId { home: home(&old), ..old }.path();
        if let Some(is) = right.take(path.as_str()) {
            left.remove(was);
            pairs.push((was, is));
        }
    }
    // With the same contents anywhere, then with the same title in the same project. Both lists of what is
    // alike are in the order of their paths, whichever state comes first.
    let alike: [&Likeness<'_>; 2] = [
        &|path, contents, _| match contents {
            Contents::Says(fields) => Some(format!("{} {fields:?}", id(path)?.kind)),
            _ => None,
        },
        &|path, contents, is_old| {
            let record = id(path)?;
            let Some(FieldValue::Text(title)) = says(contents, "title") else { return None };
            let home = if is_old { home(&record) } else { record.home.clone() };
            Some(format!("{} {home} {title}", record.kind))
        },
    ];
    for key in alike {
        let group = |paths: &BTreeSet<&'a str>, sides: &BTreeMap<&'a str, Side<'a>>, is_old: bool| {
            let mut groups: BTreeMap<String, Vec<&'a str>> = BTreeMap::new();
            for path in paths {
                if let Some(key) = sides.get(path).and_then(|side| key(path, side.contents, is_old)) {
                    groups.entry(key).or_default().push(*path);
                }
            }
            groups
        };
        let (olds, mut news) = (group(&left, gone, true), group(&right, new, false));
        for (key, olds) in olds {
            for (was, is) in olds.into_iter().zip(news.remove(&key).unwrap_or_default()) {
                left.remove(was);
                right.remove(is);
                pairs.push((was, is));
            }
        }
    }
    pairs
}

fn says<'a>(contents: &'a Contents, key: &str) -> Option<&'a FieldValue> {
    match contents {
        Contents::Says(fields) => fields.get(key),
        _ => None,
    }
}

fn change(was: Option<&Side<'_>>, is: Option<&Side<'_>>) -> RecordChange {
    let empty = crate::model::field::Fields::default();
    let fields = |side: Option<&Side<'_>>| match side.map(|side| side.contents) {
        Some(Contents::Says(fields)) => fields.clone(),
        _ => empty.clone(),
    };
    let unreadable = |side: Option<&Side<'_>>| match side.map(|side| side.contents) {
        Some(Contents::Unreadable(why)) => Some(why.clone()),
        _ => None,
    };
    let name = |path: &str| RecordId::at_path(path).map_or_else(|| path.to_owned(), |id| id.to_string());
    let shown = is.or(was);
    let file = shown.map_or("", |side| side.path);
    let id = RecordId::at_path(file);
    let before = was.filter(|was| is.is_some_and(|is| is.path != was.path));
    let (unreadable_before, unreadable_after) = (unreadable(was), unreadable(is));
    // Beside what cannot be read, nothing can be said of the keys.
    let fields_differ = match (&unreadable_before, &unreadable_after) {
        (None, None) => fields(was).changes_to(&fields(is)),
        _ => Vec::new(),
    };
    let title = ["title", "name"].into_iter().find_map(|key| {
        let sides = [is, was].into_iter().flatten();
        let mut texts = sides.filter_map(|side| says(side.contents, key));
        texts.find_map(|value| match value {
            FieldValue::Text(text) => Some(text.clone()),
            _ => None,
        })
    });
    let fate = match (was, is) {
        (None, _) => Fate::Added,
        (_, None) => Fate::Removed,
        _ if before.is_some() => Fate::Moved,
        _ if fields_differ.is_empty() && unreadable_before.is_none() && unreadable_after.is_none() => {
            Fate::Layout
        }
        _ => Fate::Changed,
    };
    RecordChange {
        record: name(file),
        was: before.map(|side| name(side.path)),
        kind: id.as_ref().map_or("config", |id| id.kind),
        fate,
        title,
        file: file.to_owned(),
        was_file: before.map(|side| side.path.to_owned()),
        unreadable_before,
        unreadable_after,
        fields: fields_differ,
        home: id.map(|id| id.home).unwrap_or_default(),
    }
}
