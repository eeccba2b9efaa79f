//! The register as it stood at the close of the period before, and what its projects are called now.

use std::collections::BTreeMap;

use crate::model::{Name, Project, Register, Shelf, Slot};

use super::renames;

/// The register as it stood at the close of the period before.
///
/// Charters and risks have to be read in it; of everything else the names of the files are enough.
pub struct Past<'a> {
    register: &'a Register,
    /// Ids then by ids now, of projects whose folder has another name.
    renamed: BTreeMap<&'a str, &'a str>,
    /// Projects that are no longer there under any name.
    gone: Vec<&'a str>,
}

/// A project as it stood then.
pub(super) enum Then<'a> {
    /// It was not there.
    Absent,
    /// It was there.
    Present {
        /// Its id.
        id: &'a str,
        /// Its charter, where it could be read.
        charter: Option<&'a Project>,
        /// Its folder.
        shelf: &'a Shelf,
    },
}

impl<'a> Past<'a> {
    /// Sets the projects of then beside those of now.
    ///
    /// A project whose folder got another name is known by its reports and its charter: see [`renames`].
    pub fn new(now: &'a Register, then: &'a Register) -> Self {
        let mut renamed = BTreeMap::new();
        for (was, is) in renames::projects(then, now) {
            let kept = then.projects.get_key_value(&was).zip(now.projects.get_key_value(&is));
            renamed.extend(kept.map(|((was, _), (is, _))| (is.as_str(), was.as_str())));
        }
        let stays = |id: &str| now.projects.contains_key(id) || renamed.values().any(|was| *was == id);
        let gone = then.projects.keys().map(String::as_str).filter(|id| !stays(id)).collect();
        Self { register: then, renamed, gone }
    }

    /// The projects that were there and are not any more, with their names.
    pub fn gone(&self) -> impl Iterator<Item = (&'a str, Option<&'a Project>)> {
        self.gone.iter().map(|id| (*id, self.register.project(id)))
    }

    /// The project that now has this id.
    pub(super) fn of(&self, id: &str) -> Then<'a> {
        let was = self.renamed.get(id).copied().unwrap_or(id);
        match self.register.projects.get_key_value(was) {
            Some((id, shelf)) => Then::Present { id, charter: shelf.get(&Name::Sole), shelf },
            None => Then::Absent,
        }
    }
}

impl<'a> Then<'a> {
    /// Whether a file stood there, and what was in it.
    pub fn slot(&self, kind: &'static str, name: &Name) -> Option<&'a Slot> {
        match self {
            Self::Absent => None,
            Self::Present { shelf, .. } => shelf.slot(kind, name),
        }
    }
}
