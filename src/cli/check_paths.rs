//! Which files a check is about: paths and references as a person types them, and what a branch touched.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::change::refer::{milestones_named, referrers};
use crate::diag::{At, Problem};
use crate::load::{CONFIG, Loaded};
use crate::model::{RecordId, Register, Slot};
use crate::store::Source;
use crate::syntax::text_at;
use crate::text::{nearest, terminal};

use super::{CliError, Context};

/// The files that a check is about.
pub(super) struct Selection {
    /// Files and folders; all of the register where there is none.
    named: Vec<String>,
    changed: Option<BTreeSet<String>>,
}

/// References to records and milestones that a change removes, in whatever file they stand: who removes a record
/// answers for them.
#[derive(Default)]
pub(super) struct LeftBehind(BTreeSet<(String, String)>);

impl LeftBehind {
    /// Finds what still refers to a record whose file is among the changed ones and is there no more, or to a
    /// milestone that such a file held `before` and holds no more.
    pub fn by(
        changed: &BTreeSet<String>,
        register: &Register,
        source: &dyn Source,
        before: Option<&dyn Source>,
    ) -> LeftBehind {
        let is_gone = |path: &&String| matches!(source.read_if_present(path), Ok(None));
        let gone = changed.iter().filter(is_gone).filter_map(|path| RecordId::at_path(path));
        let left = gone.flat_map(|id| referrers(register, &id));
        let left = left.chain(before.into_iter().flat_map(|before| {
            let named = milestones_named(register).into_iter();
            named
                .filter(|(_, project, id)| {
                    let charter = RecordId::project(project).path();
                    changed.contains(&charter)
                        && has_milestone(before, &charter, id)
                        && !has_milestone(source, &charter, id)
                })
                .map(|(referrer, ..)| referrer)
        }));
        LeftBehind(left.map(|referrer| (referrer.path, referrer.key)).collect())
    }

    /// Whether a finding is about such a reference.
    pub fn has(&self, problem: &Problem) -> bool {
        let At::Key(key) = &problem.at else { return false };
        !self.0.is_empty() && self.0.contains(&(problem.file.clone(), key.clone()))
    }
}

/// Whether a project's charter has a milestone.
fn has_milestone(source: &dyn Source, charter: &str, id: &str) -> bool {
    let text = source.read_if_present(charter).ok().flatten().and_then(|bytes| String::from_utf8(bytes).ok());
    text.and_then(|text| text_at(&text, &format!("milestone.{id}.id"))).as_deref() == Some(id)
}

impl Selection {
    /// Finds the files that the arguments stand for: paths from the working folder, or references.
    pub fn of(
        context: &Context,
        source: &dyn Source,
        register: &Register,
        arguments: &[String],
    ) -> Result<Selection, CliError> {
        let mut named = Vec::new();
        for argument in arguments {
            match path_in_register(context, source, argument)? {
                Some(path) => named.push(path),
                None => named.extend(paths_of_record(context, register, argument)?),
            }
        }
        if named.iter().any(String::is_empty) {
            named.clear();
        }
        Ok(Selection { named, changed: None })
    }

    /// Leaves out all files but these.
    pub fn limit(&mut self, changed: BTreeSet<String>) {
        self.changed = Some(changed);
    }

    /// Tells whether the check is about this file, or about anything in this folder.
    pub fn has(&self, file: &str) -> bool {
        let file = if file.is_empty() { CONFIG } else { file };
        let named = self.named.is_empty() || self.named.iter().any(|path| is_in(file, path));
        named && self.changed.as_ref().is_none_or(|changed| changed.iter().any(|path| is_in(path, file)))
    }

    /// Counts the files of the selection that were read.
    pub fn count(&self, loaded: &Loaded) -> usize {
        if self.named.is_empty() && self.changed.is_none() {
            return loaded.files;
        }
        let read = loaded.register.all().filter(|(_, slot)| !matches!(slot, Slot::Unread));
        read.filter(|(id, _)| self.has(&id.path())).count() + usize::from(self.has(CONFIG))
    }
}

/// Tells whether a path is a folder's own or in it.
fn is_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Gives the register's path of an argument, if there is such a file or folder; the root is `""`.
fn path_in_register(
    context: &Context,
    source: &dyn Source,
    argument: &str,
) -> Result<Option<String>, CliError> {
    let root = &context.location()?.root;
    let here = context.directory.canonicalize().unwrap_or_else(|_| context.directory.clone());
    let Some(inside) = plain(&here.join(argument)).strip_prefix(root).ok().map(Path::to_path_buf) else {
        return Ok(None);
    };
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let path = parts.join("/");
    let Some((folder, name)) = path.rsplit_once('/').or((!path.is_empty()).then_some(("", path.as_str())))
    else {
        return Ok(Some(path));
    };
    let exists = source.list(folder).is_ok_and(|entries| entries.iter().any(|entry| entry.name == name));
    Ok(exists.then_some(path))
}

/// Takes `.` and `..` out of a path without asking the disk.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            _ => plain.push(part),
        }
    }
    plain
}

/// Gives the files of a record: a project and a programme are folders of records.
fn paths_of_record(context: &Context, register: &Register, text: &str) -> Result<Vec<String>, CliError> {
    let Ok(id) = context.resolve(register, text) else {
        let error = CliError::new(format!("there is no file, folder or record `{}`", terminal(text)));
        let ids = register.all().map(|(id, _)| id);
        let known: Vec<String> =
            ids.flat_map(|id| [id.to_string(), folder_of(&id.path()), id.path()]).collect();
        return Err(match nearest(text, known.iter().map(String::as_str)) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("paths count from the folder you are in, or from that of -C"),
        });
    };
    Ok(match id.kind {
        "project" => vec![format!("projects/{}", id.home)],
        "programme" => vec![id.path(), format!("programmes/{}", id.home)],
        _ => vec![id.path()],
    })
}

fn folder_of(path: &str) -> String {
    path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
}
