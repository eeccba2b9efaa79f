//! The walk over the known layout: names always, contents as the scope asks.

use std::cell::OnceCell;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::Problem;
use crate::model::place::parse_stem;
use crate::model::record::Place;
use crate::model::reporting::Naming;
use crate::model::{
    Config, KINDS, Kind, Name, Period, Project, RecordId, Register, Reports, Scope, Shelf, Slot, Spec,
};
use crate::store::{Entry, EntryKind, Source, StoreError};
use crate::text::near;

use super::Digest;
use super::file::{read_file, unreadable};
use super::kept::{Kept, Slots};
use super::names::{
    FREE, Twins, homes_there, is_toml, misnamed, misspelt_folders, programme_ids, project_ids, unknown_folder,
};

/// What the walk found.
pub(super) struct Walked<T> {
    pub register: Register,
    /// What was made of each project, by id.
    pub made: Vec<T>,
    pub problems: Vec<Problem>,
    pub files: usize,
}

pub(super) fn walk<T: Send>(
    source: &dyn Source,
    scope: &Scope,
    config: Config,
    digest: Option<&Digest<'_, T>>,
    kept: Option<&Kept>,
) -> Result<Walked<T>, StoreError> {
    // Of a kept folder it is not known whose it was.
    let kept = kept.filter(|_| scope.projects.is_none() && scope.homes.is_none());
    let mut register = Register { config: config.into(), ..Register::default() };
    let config = Arc::clone(&register.config);
    let mut own = Gathered { config: Arc::clone(&config), kept, ..Gathered::default() };
    for entry in source.list("")? {
        if entry.kind == EntryKind::File || entry.name.starts_with('.') {
            continue;
        }
        let folder = entry.name.as_str();
        if let Some(kind) =
            KINDS.iter().find(|k| !k.spec.in_project && k.spec.folder == folder && folder != "status")
            && folder != "programmes"
        {
            own.folder(source, scope, kind, "", folder, entry.object.as_deref());
        }
    }
    own.problems.extend(misspelt_folders(source)?);

    let (programmes, strays) = programme_ids(source)?;
    own.problems.extend(strays);
    let (projects, strays) = match &scope.homes {
        Some(homes) => (homes_there(source, homes), Vec::new()),
        None => project_ids(source)?,
    };
    own.problems.extend(strays);
    register.own = std::mem::take(&mut own.shelf);
    for id in programmes {
        own.programme(source, scope, &id);
        register.programmes.insert(id, std::mem::take(&mut own.shelf));
    }

    // Each thread reuses one buffer, and one register with a single project in it; none outlives the reading.
    let begin = || (Vec::new(), digest.map(|_| register.clone()));
    let read = |(buffer, alone): &mut (Vec<u8>, Option<Register>), id: String| {
        let (config, bytes) = (Arc::clone(&config), std::mem::take(buffer));
        let mut project = Gathered { config, buffer: bytes, kept, ..Gathered::default() };
        project.project(source, scope, &id);
        *buffer = std::mem::take(&mut project.buffer);
        let made =
            digest.zip(alone.as_mut()).map(|(digest, alone)| digest.take(alone, &id, &mut project.shelf));
        project.shelf.trim();
        (id, project, made)
    };
    let gathered: Vec<_> = projects.into_par_iter().with_min_len(16).map_init(begin, read).collect();

    let mut made = Vec::with_capacity(if digest.is_some() { gathered.len() } else { 0 });
    for (id, mut project, product) in gathered {
        own.problems.append(&mut project.problems);
        own.files += project.files;
        register.projects.insert(id, project.shelf);
        made.extend(product);
    }
    Ok(Walked { register, made, problems: own.problems, files: own.files })
}

/// The records of one home, as they are gathered.
#[derive(Default)]
struct Gathered<'k> {
    shelf: Shelf,
    problems: Vec<Problem>,
    files: usize,
    config: Arc<Config>,
    buffer: Vec<u8>,
    kept: Option<&'k Kept>,
}

impl Gathered<'_> {
    /// Reads a file; `object` is what git keeps it in, where it comes from there.
    fn read(
        &mut self,
        source: &dyn Source,
        scope: &Scope,
        kind: &Kind,
        id: &RecordId,
        object: Option<&str>,
    ) -> Slot {
        self.files += 1;
        let kept = self.kept.zip(object);
        if let Some(slot) = kept.and_then(|(kept, object)| kept.file(kind.spec.name, object)) {
            return slot;
        }
        let before = self.problems.len();
        let slot = read_file(source, kind, id, &mut self.buffer, scope.advice, &mut self.problems);
        if let Some((kept, object)) = kept
            && self.problems.len() == before
        {
            kept.keep_file(kind.spec.name, object, &slot);
        }
        slot
    }

    /// A project's folder.
    fn project(&mut self, source: &dyn Source, scope: &Scope, id: &str) {
        let path = format!("projects/{id}");
        let entries = match source.list(&path) {
            Ok(entries) => entries,
            Err(error) => return self.problems.push(unreadable(&path, &error)),
        };
        let charter = RecordId::project(id);
        let mut has_charter = false;
        for entry in &entries {
            let name = entry.name.as_str();
            let folder = format!("{path}/{name}");
            match entry.kind {
                _ if name.starts_with('.') => {}
                EntryKind::Folder if FREE.contains(&name) => {}
                EntryKind::Folder => match project_folder(name) {
                    // They change with every report, and cost more than all that has not changed.
                    Some(kind) if self.kept.is_some() && is_unasked(scope, kind) => {}
                    Some(kind) => self.folder(source, scope, kind, id, &folder, entry.object.as_deref()),
                    None => self.stray_folder(source, &folder, name),
                },
                EntryKind::File | EntryKind::Link if name == "project.toml" => {
                    has_charter = true;
                    let wanted = scope.kinds.has("project") && scope.wants_project(id);
                    let slot = if wanted {
                        self.read(source, scope, &KINDS[0], &charter, blob(entry))
                    } else {
                        Slot::Unread
                    };
                    self.shelf.put("project", Name::Sole, slot);
                }
                EntryKind::File if is_toml(name) => self.problems.push(
                    Problem::warning("misplaced-file", "this file is not read")
                        .file(folder)
                        .help("a project's folder holds project.toml and a folder for each kind of record"),
                ),
                EntryKind::Link => self.problems.push(
                    Problem::error("linked-folder", "a link in the place of a folder is not followed")
                        .file(folder)
                        .help("put the folder itself there"),
                ),
                _ => {}
            }
        }
        if !has_charter && self.shelf.all().next().is_some() {
            self.shelf.put("project", Name::Sole, Slot::Broken);
            self.problems.push(
                Problem::error("missing-charter", format!("`{id}` has records but no project.toml"))
                    .file(charter.path())
                    .record(&charter)
                    .help(format!("write one: pmo project add {id}")),
            );
        }
    }

    /// A programme's file, and its folder of status words.
    fn programme(&mut self, source: &dyn Source, scope: &Scope, id: &str) {
        let record = RecordId::programme(id);
        let Some(kind) = Kind::named("programme") else { return };
        let wanted = scope.kinds.has("programme");
        let slot = if wanted { self.read(source, scope, kind, &record, None) } else { Slot::Unread };
        self.shelf.put("programme", Name::Sole, slot);
        if let Some(kind) = Kind::named("programme-status").filter(|_| scope.knows(id)) {
            self.folder(source, scope, kind, id, &format!("programmes/{id}/status"), None);
        }
    }

    /// A folder in a project that is none of the layout's.
    fn stray_folder(&mut self, source: &dyn Source, path: &str, name: &str) {
        let holds_records = source.list(path).is_ok_and(|es| es.iter().any(|e| is_toml(&e.name)));
        if holds_records {
            let known = KINDS.iter().filter(|k| k.spec.in_project).map(|k| k.spec.folder);
            self.problems.push(unknown_folder(path, near::nearest(name, known)));
        }
    }

    /// How the project's reports are named, by its charter where that was read; it stands before them.
    fn naming(&self, project: &str) -> Naming {
        let charter: Option<&Project> = self.shelf.get(&Name::Sole);
        self.config.reporting.naming_of(project, charter)
    }

    /// A folder with the records of one kind; `tree` is what git keeps it in, where it comes from there.
    fn folder(
        &mut self,
        source: &dyn Source,
        scope: &Scope,
        kind: &Kind,
        home: &str,
        path: &str,
        tree: Option<&str>,
    ) {
        // Which reports are wanted follows from more than their folder.
        let kept = self.kept.zip(tree).filter(|_| kind.spec.name != "status");
        if let Some(slots) = kept.and_then(|(kept, tree)| kept.folder(kind.spec.name, tree)) {
            return self.put_kept(kind.spec.name, slots);
        }
        let before = self.problems.len();
        self.read_folder(source, scope, kind, home, path);
        if let Some((kept, tree)) = kept
            && self.problems.len() == before
        {
            let slots = self.shelf.slots(kind.spec.name);
            let slots = slots.map(|(name, slot)| (name.clone(), slot.clone())).collect();
            kept.keep_folder(kind.spec.name, tree, slots);
        }
    }

    fn put_kept(&mut self, kind: &'static str, slots: Slots) {
        for (name, slot) in slots {
            self.files += usize::from(!matches!(slot, Slot::Unread));
            self.shelf.put(kind, name, slot);
        }
    }

    fn read_folder(&mut self, source: &dyn Source, scope: &Scope, kind: &Kind, home: &str, path: &str) {
        let spec = kind.spec;
        let entries = match source.list(path) {
            Ok(entries) => entries,
            Err(error) => return self.problems.push(unreadable(path, &error)),
        };
        let mut names = Vec::with_capacity(entries.len());
        let twins = OnceCell::new();
        for entry in &entries {
            if entry.kind == EntryKind::Other && is_toml(&entry.name) {
                self.problems.push(
                    Problem::error(
                        "misnamed-file",
                        "this is no regular file, or its name is not UTF-8 text, so it is not read",
                    )
                    .file(format!("{path}/{}", entry.name))
                    .help("give the file a plain name, or remove it"),
                );
                continue;
            }
            let file_like = matches!(entry.kind, EntryKind::File | EntryKind::Link);
            let Some(stem) = entry.name.strip_suffix(".toml").filter(|_| file_like && is_toml(&entry.name))
            else {
                continue;
            };
            match parse_stem(spec, stem) {
                Some(name) => names.push(name),
                None => {
                    let twins = twins.get_or_init(|| Twins::of(&entries));
                    self.problems.push(misnamed(spec, path, stem, twins));
                }
            }
        }
        names.sort();
        let (end, mut left) = wanted(scope, spec, home, &names);
        let newest_only = spec.name == "status" && matches!(scope.reports, Reports::Newest(_));
        let naming = self.naming(home);
        let periods: Vec<Period> = names.iter().filter_map(period).collect();
        // From the newest, so that a draft or a broken report does not take the place of one that counts.
        let mut slots = Vec::with_capacity(names.len());
        for (i, name) in names.into_iter().enumerate().rev() {
            let id = RecordId { kind: spec.name, home: home.to_owned(), name };
            let is_off = newest_only
                && period(&id.name).is_some_and(|own| naming.is_off(own, periods.iter().copied()));
            let is_wanted = i < end && left > 0 && !is_off;
            let slot = if is_wanted {
                let object = self.kept.and_then(|_| object_of(&entries, &id));
                self.read(source, scope, kind, &id, object)
            } else {
                Slot::Unread
            };
            left -= usize::from(matches!(slot, Slot::Read(_)));
            slots.push((id.name, slot));
        }
        // The other way round again: a shelf grows at its end without moving what stands on it.
        for (name, slot) in slots.into_iter().rev() {
            self.shelf.put(spec.name, name, slot);
        }
    }
}

/// Whether these are reports, and none is asked for.
fn is_unasked(scope: &Scope, kind: &Kind) -> bool {
    kind.spec.name == "status" && scope.reports == Reports::None
}

/// What git keeps a record's file in; nothing for a link, whose object is a path.
fn object_of<'e>(entries: &'e [Entry], id: &RecordId) -> Option<&'e str> {
    let file = format!("{}.toml", id.stem());
    let at = entries.binary_search_by(|entry| entry.name.as_str().cmp(&file)).ok()?;
    blob(&entries[at])
}

fn blob(entry: &Entry) -> Option<&str> {
    entry.object.as_deref().filter(|_| entry.kind == EntryKind::File)
}

fn period(name: &Name) -> Option<Period> {
    match name {
        Name::Period(period) => Some(*period),
        _ => None,
    }
}

/// Which of a folder's files are read: those before this place, from the last one back, until so many count.
fn wanted(scope: &Scope, spec: &Spec, home: &str, names: &[Name]) -> (usize, usize) {
    const NONE: (usize, usize) = (0, 0);
    let all = (names.len(), usize::MAX);
    if spec.in_project && !scope.wants_project(home) {
        return NONE;
    }
    if spec.name != "status" {
        return if scope.kinds.has(spec.name) { all } else { NONE };
    }
    let begun = |name: &Name| match (name, scope.day) {
        (Name::Period(period), Some(day)) => period.first() <= day,
        _ => true,
    };
    match scope.reports {
        Reports::None => NONE,
        Reports::All => all,
        Reports::Newest(count) => (names.iter().rposition(begun).map_or(0, |last| last + 1), count),
    }
}

/// The kind whose records stand in a project's folder of this name.
fn project_folder(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|k| k.spec.in_project && k.spec.folder == name && k.spec.place != Place::Sole)
}
