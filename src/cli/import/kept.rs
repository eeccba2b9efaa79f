//! The files that an import writes beside the register: what it may write over, and where refused rows go.

use std::path::{Path, PathBuf};

use crate::exchange::import::rejects;
use crate::store;

use super::super::{CliError, Context};
use super::{Import, shown_path};

impl Import {
    /// Refuses to write a mapping or rejects over the table itself, and rejects over any other file.
    pub(super) fn spares_what_is_there(&self, context: &Context, file: &Path) -> Result<(), CliError> {
        let is_file = |path: &Path| store::is_same_file(path, file);
        if let Some(path) = context.output.as_deref().filter(|path| is_file(path)) {
            return Err(CliError::new(format!("{} is the table that is read", shown_path(path)))
                .hint("-o names another file"));
        }
        if self.guess
            && let Some(path) = context.output.as_deref()
            && store::read_input(path).is_ok_and(|known| !known.is_empty())
        {
            return Err(CliError::new(format!("{} is there, and may have been corrected", shown_path(path)))
                .hint("remove it first, or name another file with -o"));
        }
        let Some(path) = self.rejects.as_deref() else { return Ok(()) };
        let known = store::read_input(path).unwrap_or_default();
        if known.is_empty() || rejects::is_rejects(&known) {
            return Ok(());
        }
        Err(CliError::new(format!("{} is there, and holds no refused rows", shown_path(path)))
            .hint("--rejects names a file that may be written over"))
    }
}

/// The file of rejects beside a file: `risks.csv` has `risks.rejects.csv`, or, where others are there that may
/// have been mended, `risks.rejects-2.csv`.
pub(super) fn beside(file: &Path, refused: &[u8]) -> PathBuf {
    if rejects::is_rejects(&store::read_input(file).unwrap_or_default()) {
        return file.to_owned();
    }
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let stem = format!("{}.rejects", stem.strip_suffix(".rejects").unwrap_or(&stem));
    let is_free =
        |path: &PathBuf| store::read_input(path).is_ok_and(|known| known == refused) || !path.exists();
    let mut names = (2..).map(|number| file.with_file_name(format!("{stem}-{number}.csv")));
    let first = file.with_file_name(format!("{stem}.csv"));
    if is_free(&first) { first } else { names.find(is_free).unwrap_or(first) }
}
