//! What the names of the layout's files and folders say, and what is wrong with those that say nothing.

use std::collections::{BTreeSet, HashMap};

use crate::diag::Problem;
use crate::model::period::NotAPeriod;
use crate::model::place::{is_slug, parse_stem};
use crate::model::record::Place;
use crate::model::{KINDS, Period, Spec};
use crate::store::{Entry, EntryKind, Source, StoreError};
use crate::text::near;

/// Folders of the layout that hold no records.
pub(super) const FREE: &[&str] = &["docs", "templates", "reports"];

/// Folders at the root whose names are nearly those of the layout: their records would be lost in silence.
pub(super) fn misspelt_folders(source: &dyn Source) -> Result<Vec<Problem>, StoreError> {
    let known: Vec<&str> = KINDS
        .iter()
        .filter(|k| !k.spec.in_project || k.spec.folder == "projects")
        .map(|k| k.spec.folder)
        .filter(|f| *f != "status")
        .chain(FREE.iter().copied())
        .collect();
    let entries = source.list("")?;
    let misspelt =
        entries.iter().filter(|e| e.kind == EntryKind::Folder && !known.contains(&e.name.as_str()));
    let misspelt = misspelt.filter_map(|e| Some((e, near::nearest(&e.name, known.iter().copied())?)));
    Ok(misspelt.map(|(entry, meant)| unknown_folder(&entry.name, Some(meant))).collect())
}

pub(super) fn unknown_folder(path: &str, meant: Option<&str>) -> Problem {
    let problem =
        Problem::warning("unknown-folder", format!("nothing in the folder `{path}` is read")).file(path);
    match meant {
        Some(meant) => problem.help(format!("did you mean `{meant}`?")),
        None => problem.help("records have folders of their own; any other file belongs in `docs`"),
    }
}

/// The ids of projects, and what is wrong with the other names.
pub(super) fn project_ids(source: &dyn Source) -> Result<(Vec<String>, Vec<Problem>), StoreError> {
    let mut ids = Vec::new();
    let mut problems = Vec::new();
    for entry in source.list("projects")? {
        match entry.kind {
            EntryKind::Folder if is_slug(&entry.name) => ids.push(entry.name),
            EntryKind::Folder => problems.push(bad_id("projects", &entry, "project")),
            EntryKind::File if is_toml(&entry.name) => problems.push(
                Problem::error("misnamed-file", "a project is a folder, and this file is not read")
                    .file(format!("projects/{}", entry.name))
                    .help(format!(
                        "move it to projects/{}/project.toml",
                        entry.name.trim_end_matches(".toml")
                    )),
            ),
            EntryKind::Link => problems.push(
                Problem::error("linked-folder", "a link in the place of a project is not followed")
                    .file(format!("projects/{}", entry.name))
                    .help("put the folder itself there"),
            ),
            _ => {}
        }
    }
    Ok((ids, problems))
}

/// Which of these are projects. The folder that has them all is not listed: it may hold ten thousand.
pub(super) fn homes_there(source: &dyn Source, homes: &BTreeSet<String>) -> Vec<String> {
    let is_there = |id: &&String| {
        is_slug(id) && source.list(&format!("projects/{id}")).is_ok_and(|entries| !entries.is_empty())
    };
    homes.iter().filter(is_there).cloned().collect()
}

/// The ids of programmes: from their files, and from folders that hold only status words.
pub(super) fn programme_ids(source: &dyn Source) -> Result<(Vec<String>, Vec<Problem>), StoreError> {
    let mut ids = Vec::new();
    let mut problems = Vec::new();
    for entry in source.list("programmes")? {
        let id = entry.name.strip_suffix(".toml").unwrap_or(&entry.name);
        let counts = entry.kind == EntryKind::Folder || is_toml(&entry.name);
        if !counts || entry.name.starts_with('.') {
            continue;
        }
        if is_slug(id) {
            ids.push(id.to_owned());
        } else {
            problems.push(bad_id("programmes", &entry, "programme"));
        }
    }
    ids.sort();
    ids.dedup();
    Ok((ids, problems))
}

pub(super) fn is_toml(name: &str) -> bool {
    name.ends_with(".toml") && !name.starts_with('.')
}

fn bad_id(folder: &str, entry: &Entry, noun: &str) -> Problem {
    let id = entry.name.trim_end_matches(".toml");
    Problem::error("bad-id", format!("`{id}` cannot be the id of a {noun}, so nothing in it is read"))
        .file(format!("{folder}/{}", entry.name))
        .help("an id is made of a to z, 0 to 9 and inner `-`, at most 64 of them, such as `crm-migration`")
}

/// The names in a folder by their small letters, so that many that differ only in capitals are soon found.
pub(super) struct Twins<'e>(HashMap<String, Vec<&'e str>>);

impl<'e> Twins<'e> {
    pub(super) fn of(entries: &'e [Entry]) -> Self {
        let mut names: HashMap<String, Vec<&str>> = HashMap::new();
        for entry in entries {
            names.entry(entry.name.to_ascii_lowercase()).or_default().push(&entry.name);
        }
        Self(names)
    }

    fn of_name(&self, own: &str) -> Option<&'e str> {
        self.0.get(&own.to_ascii_lowercase())?.iter().copied().find(|name| *name != own)
    }
}

pub(super) fn misnamed(spec: &Spec, folder: &str, stem: &str, twins: &Twins<'_>) -> Problem {
    let example = match spec.place {
        Place::Numbered { digits } => format!("{}-{:0digits$}.toml", spec.prefix, 1),
        Place::Gate => "G3-1.toml, the gate and its turn".to_owned(),
        Place::Period | Place::ProgrammePeriod => {
            "2026-W47.toml, 2026-W47-W48.toml, 2026-11.toml or 2026-Q4.toml".to_owned()
        }
        _ => "a-z, 0-9 and inner `-`, such as jana-novak.toml".to_owned(),
    };
    let own = format!("{stem}.toml");
    let problem = |words: String| Problem::error("misnamed-file", words).file(format!("{folder}/{own}"));
    if let Some(twin) = twins.of_name(&own) {
        let words = format!("`{own}` and `{twin}` differ only in capitals; this one is not read");
        return problem(words).help(format!(
            "one of them is lost where capitals do not count (Windows, macOS): put what is right into {twin}, \
             then: git rm {folder}/{own}"
        ));
    }
    if matches!(spec.place, Place::Period | Place::ProgrammePeriod) {
        match stem.parse::<Period>() {
            Err(error @ NotAPeriod::OffGrid { .. }) => {
                return problem(format!("{error}; so it is not read"))
                    .help("give the file the name of the fortnight that it is about");
            }
            _ if parse_stem(spec, &stem.to_ascii_uppercase()).is_some() => {
                return problem(format!("`{own}` is no name for a {}, so it is not read", spec.name))
                    .help(format!("the letter is a capital: {}.toml", stem.to_ascii_uppercase()));
            }
            _ => {}
        }
    }
    problem(format!("`{own}` is no name for a {}, so it is not read", spec.name))
        .help(format!("name it like this: {example}"))
}
