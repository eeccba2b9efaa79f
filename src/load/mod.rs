//! Files into a `Register` plus problems, in parallel, only as much as was asked for.
//!
//! Names of files are always known; contents are read as the [`Scope`] says. A file that cannot be read
//! leaves a [`Slot::Broken`] and its problems, and never hides another. `folders` walks the layout,
//! whose names `names` reads, `file` reads one file, `settings` reads `pmo.toml`.

#[cfg(test)]
mod agreement;
mod fields;
mod file;
mod folders;
mod kept;
mod keys;
pub mod manual;
mod names;
mod settings;
#[cfg(test)]
mod tests;

use crate::diag::{self, Level, Problem};
use crate::model::{KindSet, Register, Scope, Shelf, Slot};
use crate::store::{Source, StoreError};

pub use fields::fields;
pub use file::{Reading, is_complete, read_record, read_slot, schema_of_kind};
pub use kept::Kept;
pub use keys::{has_key, is_placeholder, keys_of, tree_of};
pub use settings::{config_schema, read_config};

/// The file at a register's root.
pub const CONFIG: &str = "pmo.toml";

/// A register, and what is wrong with its files.
pub struct Loaded {
    /// The register, as far as it was asked for and could be read.
    pub register: Register,
    /// Every mistake in every file that was read, by file and place.
    pub problems: Vec<Problem>,
    /// How many files were read.
    pub files: usize,
    /// Where they came from, such as "work tree on 3f2c1a9".
    pub source: String,
    /// How much of the register was asked for.
    pub scope: Scope,
}

impl Loaded {
    /// How many records are drafts that do not count yet, and how many could not be read.
    pub fn unusable(&self) -> (usize, usize) {
        self.register.all().fold((0, 0), |(drafts, broken), (_, slot)| match slot {
            Slot::Draft(_) => (drafts + 1, broken),
            Slot::Broken => (drafts, broken + 1),
            _ => (drafts, broken),
        })
    }
}

/// Why no register could be loaded at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no `pmo.toml`.
    #[error("there is no register here: pmo.toml is missing")]
    NoRegister,
    /// The files are newer than the program.
    #[error(
        "this register is kept in format {found}, and this pmo reads format {known}: install a newer pmo"
    )]
    NewerFormat {
        /// The format of the files.
        found: i64,
        /// The newest format that this program reads.
        known: i64,
    },
    /// The files could not be reached.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is made of each project as soon as it is read, so that what it was made from need not all stay.
///
/// A register of ten thousand projects has fifty thousand risks; a report keeps one line a project of them.
pub struct Digest<'a, T> {
    /// Makes it of the project of that id, from a register in which there is no other project.
    pub make: &'a (dyn Fn(&Register, &str) -> T + Sync),
    /// The kinds whose contents are not needed afterwards; what is broken or a draft stays known.
    pub forget: KindSet,
}

impl<T> Digest<'_, T> {
    /// Makes it of a project that was just read, with `alone` for the register in which it stands alone.
    fn take(&self, alone: &mut Register, id: &str, shelf: &mut Shelf) -> T {
        alone.projects.insert(id.to_owned(), std::mem::take(shelf));
        let made = (self.make)(alone, id);
        *shelf = alone.projects.remove(id).unwrap_or_default();
        shelf.forget(self.forget);
        made
    }
}

/// Reads as much of a register as the scope asks for.
pub fn load(source: &dyn Source, scope: &Scope) -> Result<Loaded, LoadError> {
    Ok(read(source, scope, None::<&Digest<'_, ()>>, None)?.0)
}

/// Reads as [`load`] does, but what was read before and has not changed since; only sources in git tell that.
///
/// Where the scope asks for no reports, not even their names are read.
pub fn load_again(source: &dyn Source, scope: &Scope, kept: &mut Kept) -> Result<Loaded, LoadError> {
    kept.suit(scope);
    Ok(read(source, scope, None::<&Digest<'_, ()>>, Some(kept))?.0)
}

/// Reads as [`load`] does, and makes something of each project while it is at hand, in the order of the ids.
pub fn digest<T: Send>(
    source: &dyn Source,
    scope: &Scope,
    digest: &Digest<'_, T>,
) -> Result<(Loaded, Vec<T>), LoadError> {
    read(source, scope, Some(digest), None)
}

fn read<T: Send>(
    source: &dyn Source,
    scope: &Scope,
    digest: Option<&Digest<'_, T>>,
    kept: Option<&Kept>,
) -> Result<(Loaded, Vec<T>), LoadError> {
    let (config, mut problems) = read_config(source)?;
    let are_settings_faulty = problems.iter().any(|problem| problem.level == Level::Error);
    let mut walked = folders::walk(source, scope, config, digest, kept)?;
    walked.register.are_settings_faulty = are_settings_faulty;
    problems.append(&mut walked.problems);
    diag::sort(&mut problems);
    let register = walked.register;
    let loaded = Loaded {
        register,
        problems,
        files: walked.files + 1,
        source: source.describe(),
        scope: scope.clone(),
    };
    Ok((loaded, walked.made))
}
