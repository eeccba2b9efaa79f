//! What happened to a file, key by key: which commit changed what, from what, to what.
//!
//! Commits are those of `git log -- FILE`, with its simplification of history, and a file is followed through
//! renames, also from another folder of the repository. Each version is read once, by the id of its object. A
//! version that cannot be read is named and changes nothing; what comes after it is compared with the last
//! one before it that could be read.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::load;
use crate::model::field_change::{Deed, Edit, FieldChange, FieldValues, FileHistory, changes_between};
use crate::model::filing::Commit;
use crate::store::{self, FileCommit, Location, Past, Source, StoreError, Touched};

/// How often a file's change of name is followed back.
const RENAMES: usize = 16;

/// The histories of some files, by the path that they have now.
pub type FileHistories = BTreeMap<String, FileHistory>;

/// Tells the history of these files, and of every file of these folders, as seen from the location's commit.
///
/// With `work` what lies there and is not committed is told too, for the files themselves and those of folders
/// that a commit knows.
pub fn file_histories(
    location: &Location,
    paths: &[String],
    work: Option<&dyn Source>,
) -> Result<FileHistories, StoreError> {
    let repo = location.repo()?;
    let Some(past) = Past::open(location)? else {
        repo.head.with_history()?;
        let branch = repo.head.branch().unwrap_or("HEAD").to_owned();
        return Err(StoreError::Unborn { branch });
    };
    let reader = Reader { location, past: &past, wanted: paths };
    let threads = reader.threads(past.head())?;
    let mut told = Telling { past: &past, texts: HashMap::new() };
    let mut all = FileHistories::new();
    for (path, thread) in threads {
        all.insert(path, told.history(location, &thread)?);
    }
    if let Some(work) = work {
        for path in paths.iter().filter(|path| path.ends_with(".toml")) {
            all.entry(path.clone()).or_default();
        }
        for (path, history) in &mut all {
            add_uncommitted(history, path, work)?;
        }
        all.retain(|_, history| !history.edits.is_empty());
    }
    Ok(all)
}

/// One version of a file, as git tells it.
struct Version {
    commit: FileCommit,
    touched: Touched,
    moved_from: Option<String>,
    moved_to: Option<String>,
}

/// The versions of a file, the newest first.
type Thread = Vec<Version>;

/// Files to look for: by the path in the repository that they had, the path that they have now.
type Names = BTreeMap<String, String>;

/// Asks git which commits touched what.
struct Reader<'a> {
    location: &'a Location,
    past: &'a Past,
    wanted: &'a [String],
}

impl Reader<'_> {
    /// The versions of every file that is asked for.
    fn threads(&self, from: &str) -> Result<BTreeMap<String, Thread>, StoreError> {
        let repo = self.location.repo()?;
        let asked: Vec<String> = self.wanted.iter().map(|path| repo.path(path)).collect();
        let mut threads = BTreeMap::new();
        for commit in store::commits_touching(self.location, from, &asked)? {
            for (path, version) in versions(&commit) {
                if let Some(now) = self.asked_for(&path) {
                    threads.entry(now).or_insert_with(Vec::new).push(version);
                }
            }
        }
        self.settle_merges(from, &mut threads)?;
        let mut left: Vec<String> = threads.keys().cloned().collect();
        self.find_where_they_went(&mut threads)?;
        for _ in 0..RENAMES {
            left = self.follow(&left, &mut threads)?;
            if left.is_empty() {
                break;
            }
        }
        Ok(threads)
    }

    /// The path in the register, where the file is one of those asked for.
    fn asked_for(&self, path: &str) -> Option<String> {
        let path = self.location.repo.as_ref()?.register_path(path)?;
        let is_in = |folder: &String| {
            let rest = path.strip_prefix(folder.as_str()).and_then(|rest| rest.strip_prefix('/'));
            rest.is_some_and(|name| !name.contains('/') && name.ends_with(".toml"))
        };
        self.wanted.iter().any(|wanted| wanted == path || is_in(wanted)).then(|| path.to_owned())
    }

    /// Asks again for files of which a folder's history tells more than their own: changes that a merge dropped.
    fn settle_merges(&self, from: &str, threads: &mut BTreeMap<String, Thread>) -> Result<(), StoreError> {
        let repo = self.location.repo()?;
        let head = self.past.commit(from)?;
        for (path, thread) in threads.iter_mut().filter(|(path, _)| !self.wanted.contains(*path)) {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let folder = self.past.folder(&head, folder)?;
            let now = self.past.entry(folder.as_deref(), name)?;
            let is_chain =
                thread.windows(2).all(|pair| pair[0].touched.before == [pair[1].touched.after.clone()]);
            if !is_chain || thread.first().is_some_and(|newest| newest.touched.after != now) {
                let path = repo.path(path);
                let own = store::commits_touching(self.location, from, std::slice::from_ref(&path))?;
                *thread = own.iter().flat_map(versions).map(|(_, version)| version).collect();
            }
        }
        Ok(())
    }

    /// Notes of files that are gone where they went.
    fn find_where_they_went(&self, threads: &mut BTreeMap<String, Thread>) -> Result<(), StoreError> {
        let gone = |thread: &Thread| thread.first().is_some_and(|newest| newest.touched.after.is_none());
        let gone: Vec<&mut Thread> = threads.values_mut().filter(|thread| gone(thread)).collect();
        let commits: HashSet<String> =
            gone.iter().filter_map(|thread| Some(thread.first()?.commit.commit.id.clone())).collect();
        let renames = store::renames(self.location, &commits.into_iter().collect::<Vec<_>>())?;
        for newest in gone.into_iter().filter_map(|thread| thread.first_mut()) {
            let Some(renamed) = renames.get(&newest.commit.commit.id) else { continue };
            let to = renamed.iter().find(|(_, old)| old.from == newest.touched.path);
            newest.moved_to = to.map(|(new, _)| self.shown(new));
        }
        Ok(())
    }

    /// Follows files back over the commits that renamed them; returns those that were found to have been renamed.
    fn follow(
        &self,
        left: &[String],
        threads: &mut BTreeMap<String, Thread>,
    ) -> Result<Vec<String>, StoreError> {
        let mut origins: Vec<String> = Vec::new();
        for path in left {
            let oldest = threads.get(path).and_then(|thread| thread.last());
            let Some(oldest) = oldest.filter(|oldest| came(&oldest.touched)) else { continue };
            let id = &oldest.commit.commit.id;
            if !self.past.ends_at(id) && !oldest.commit.commit.parents.is_empty() && !origins.contains(id) {
                origins.push(id.clone());
            }
        }
        let renames = store::renames(self.location, &origins)?;
        let mut earlier: BTreeMap<String, Names> = BTreeMap::new();
        for path in left {
            let Some(oldest) = threads.get_mut(path).and_then(|thread| thread.last_mut()) else { continue };
            let Some(renamed) = renames.get(&oldest.commit.commit.id) else { continue };
            let Some(old) = renamed.get(&oldest.touched.path).filter(|_| came(&oldest.touched)) else {
                continue;
            };
            oldest.moved_from = Some(self.shown(&old.from));
            oldest.touched.before = vec![Some(old.object.clone())];
            let parent = oldest.commit.commit.parents[0].clone();
            earlier.entry(parent).or_default().insert(old.from.clone(), path.clone());
        }
        let mut found = Vec::new();
        for (parent, names) in earlier {
            let paths: Vec<String> = names.keys().cloned().collect();
            for commit in store::commits_touching(self.location, &parent, &paths)? {
                for (path, version) in versions(&commit) {
                    if let Some(thread) = names.get(&path).and_then(|now| threads.get_mut(now)) {
                        thread.push(version);
                    }
                }
            }
            found.extend(names.into_values());
        }
        Ok(found)
    }

    /// A path of the repository as the register's, where it lies there.
    fn shown(&self, path: &str) -> String {
        let repo = self.location.repo.as_ref();
        repo.and_then(|repo| repo.register_path(path)).unwrap_or(path).to_owned()
    }
}

/// Each file that a commit touched, as a version of its own.
fn versions(commit: &FileCommit) -> impl Iterator<Item = (String, Version)> {
    commit.touched.iter().map(|touched| {
        let alone = FileCommit { touched: Vec::new(), ..commit.clone() };
        let version = Version { commit: alone, touched: touched.clone(), moved_from: None, moved_to: None };
        (touched.path.clone(), version)
    })
}

/// Whether the file was in no parent.
fn came(touched: &Touched) -> bool {
    touched.after.is_some() && touched.before.iter().all(Option::is_none)
}

/// Turns versions into edits.
struct Telling<'a> {
    past: &'a Past,
    /// What a file says, by the id of its object, or why it cannot be read.
    texts: HashMap<String, Result<FieldValues, String>>,
}

impl Telling<'_> {
    fn history(&mut self, location: &Location, thread: &Thread) -> Result<FileHistory, StoreError> {
        // What a version counts as: what it says, or what the last readable one before it said.
        let mut counts: HashMap<String, FieldValues> = HashMap::new();
        let mut edits = Vec::with_capacity(thread.len());
        for version in thread.iter().rev() {
            let before: Vec<FieldValues> = version
                .touched
                .before
                .iter()
                .map(|object| self.state(&counts, object.as_deref()))
                .collect::<Result<_, _>>()?;
            let mut unreadable = None;
            let after = match &version.touched.after {
                None => FieldValues::new(),
                Some(object) => {
                    let read = self.read(object)?.clone();
                    let values = read.unwrap_or_else(|why| {
                        unreadable = Some(why);
                        before.first().cloned().unwrap_or_default()
                    });
                    counts.insert(object.clone(), values.clone());
                    values
                }
            };
            let changes = changes(&before, &after);
            let is_merge = before.len() > 1;
            if !is_merge || unreadable.is_some() || !changes.is_empty() {
                edits.push(self.edit(location, version, changes, unreadable));
            }
        }
        edits.reverse();
        let newest = thread.first().and_then(|version| version.touched.after.as_ref());
        let now = newest.and_then(|object| self.texts.get(object)?.clone().ok());
        Ok(FileHistory { edits, now })
    }

    fn state(
        &mut self,
        counts: &HashMap<String, FieldValues>,
        object: Option<&str>,
    ) -> Result<FieldValues, StoreError> {
        let Some(object) = object else { return Ok(FieldValues::new()) };
        if let Some(values) = counts.get(object) {
            return Ok(values.clone());
        }
        Ok(self.read(object)?.clone().unwrap_or_default())
    }

    fn read(&mut self, object: &str) -> Result<&Result<FieldValues, String>, StoreError> {
        if !self.texts.contains_key(object) {
            let read = match self.past.read(object) {
                Ok(bytes) => load::keys_of(&bytes),
                Err(StoreError::TooLarge { .. }) => Err("it is too large for a record".to_owned()),
                Err(StoreError::NotAFile { .. }) => Err("it is not a file".to_owned()),
                Err(error) => Err(error.to_string()),
            };
            self.texts.insert(object.to_owned(), read);
        }
        Ok(&self.texts[object])
    }

    fn edit(
        &self,
        location: &Location,
        version: &Version,
        changes: Vec<FieldChange>,
        unreadable: Option<String>,
    ) -> Edit {
        let made = &version.commit.commit;
        let deed = match (&version.touched.after, &version.moved_from) {
            (None, _) => Deed::Removed,
            (Some(_), Some(_)) => Deed::Moved,
            (Some(_), None) if !came(&version.touched) => Deed::Changed,
            (Some(_), None) if self.past.ends_at(&made.id) => Deed::Begins,
            (Some(_), None) => Deed::Added,
        };
        let path = version.touched.path.as_str();
        let inside = location.repo.as_ref().and_then(|repo| repo.register_path(path));
        Edit {
            commit: Some(Commit {
                id: made.id.clone(),
                seconds: made.seconds,
                offset_minutes: made.offset_minutes,
                author: made.author.clone(),
            }),
            email: made.emails[0].clone(),
            message: version.commit.message.clone(),
            file: inside.unwrap_or(path).to_owned(),
            moved_from: version.moved_from.clone(),
            moved_to: version.moved_to.clone(),
            deed,
            changes,
            unreadable,
        }
    }
}

/// The keys that are other than in every parent.
fn changes(before: &[FieldValues], after: &FieldValues) -> Vec<FieldChange> {
    let none = FieldValues::new();
    let (first, others) = before.split_first().unwrap_or((&none, &[]));
    let mut found = changes_between(first, after);
    for other in others {
        let also: HashSet<String> =
            changes_between(other, after).into_iter().map(|change| change.key).collect();
        found.retain(|change| also.contains(&change.key));
    }
    found
}

/// Adds what a file says now and no commit says yet.
fn add_uncommitted(history: &mut FileHistory, path: &str, work: &dyn Source) -> Result<(), StoreError> {
    let newest = history.edits.first();
    let was_there = newest.is_some_and(|edit| edit.deed != Deed::Removed);
    let (deed, now, unreadable) = match work.read_if_present(path)? {
        None if was_there => (Deed::Removed, None, None),
        None => return Ok(()),
        Some(bytes) => {
            let deed = if was_there { Deed::Changed } else { Deed::Added };
            match load::keys_of(&bytes) {
                Ok(now) => (deed, Some(now), None),
                Err(why) => (deed, None, Some(why)),
            }
        }
    };
    let empty = FieldValues::new();
    let is_broken_since = newest.is_some_and(|edit| edit.unreadable.is_some());
    let before = history.now.as_ref().unwrap_or(&empty);
    let changes = match &now {
        Some(now) if was_there && is_broken_since => changes_between(&last_readable(history), now),
        Some(now) => changes_between(before, now),
        None if deed == Deed::Removed => changes_between(before, &empty),
        None => Vec::new(),
    };
    // A broken file that is committed as it is was told already.
    let is_new = if unreadable.is_some() { !is_broken_since } else { !changes.is_empty() };
    if is_new || deed != Deed::Changed {
        let (file, message, email) = (path.to_owned(), String::new(), String::new());
        let (moved_from, moved_to) = (None, None);
        history.edits.insert(
            0,
            Edit { commit: None, email, message, file, moved_from, moved_to, deed, changes, unreadable },
        );
    }
    history.now = now;
    Ok(())
}

/// What the last version said that could be read: the edits, played back to it.
fn last_readable(history: &FileHistory) -> FieldValues {
    let mut values = FieldValues::new();
    for change in history.edits.iter().rev().flat_map(|edit| &edit.changes) {
        values.retain(|(key, _)| *key != change.key);
        values.extend(change.to.clone().map(|to| (change.key.clone(), to)));
    }
    values
}
