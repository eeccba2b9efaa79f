//! Files into a `Register` plus problems, in parallel, only as much as was asked for.
//!
//! Names of files are always known; contents are read as the [`Scope`] says. A file that cannot be read
//! leaves a [`Slot::Broken`] and its problems, and never hides another. `folders` walks the layout,
//! `file` reads one file, `settings` reads `pmo.toml`.

#[cfg(test)]
mod agreement;
mod file;
mod folders;
pub mod manual;
mod settings;
#[cfg(test)]
mod tests;

use crate::diag::{self, Problem};
use crate::model::{Register, Scope, Slot};
use crate::store::{Source, StoreError};

pub use file::{Reading, is_complete, read_record, schema_of_kind};
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

/// Reads as much of a register as the scope asks for.
pub fn load(source: &dyn Source, scope: &Scope) -> Result<Loaded, LoadError> {
    let (config, mut problems) = read_config(source)?;
    let mut walked = folders::walk(source, scope, config)?;
    problems.append(&mut walked.problems);
    diag::sort(&mut problems);
    Ok(Loaded { register: walked.register, problems, files: walked.files + 1, source: source.describe() })
}
