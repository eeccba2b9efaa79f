//! The register as it stood at the close of the period before, and what its projects are called now.

use std::collections::BTreeMap;

use crate::model::{Name, Project, Register, Shelf, Slot};

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
    /// A project whose folder got another name is known by its reports and its charter: see [`is_one`].
    pub fn new(now: &'a Register, then: &'a Register) -> Self {
        let only_in = |these: &'a Register, those: &Register| -> Vec<&'a str> {
            these.projects.keys().filter(|id| !those.projects.contains_key(*id)).map(String::as_str).collect()
        };
        let mut gone = only_in(then, now);
        let mut renamed = BTreeMap::new();
        for id in only_in(now, then) {
            if let Some(at) = gone.iter().position(|was| is_one(&then.projects[*was], &now.projects[id])) {
                renamed.insert(id, gone.remove(at));
            }
        }
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

/// Whether two folders are one project under two names: its manager and its start are the same, and so is
/// its name or every period that had a report then.
fn is_one(then: &Shelf, now: &Shelf) -> bool {
    let charters = then.get::<Project>(&Name::Sole).zip(now.get::<Project>(&Name::Sole));
    let Some((was, is)) = charters else { return false };
    let kept = then.slots("status").all(|(name, _)| now.slot("status", name).is_some());
    let has_reports = then.slots("status").next().is_some();
    let same = was.manager == is.manager && was.schedule.start == is.schedule.start;
    same && (was.name == is.name || (has_reports && kept))
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
