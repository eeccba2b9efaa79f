//! `pmo merge-driver`: what git calls to join two versions of one of the register's files (docs/merging.md).

use std::path::PathBuf;

use clap::Args;

use crate::change::settle::{is_one_record, joined};
use crate::model::{Name, RecordId};
use crate::store;
use crate::syntax::merge::{Marks, lines, whole};
use crate::syntax::read::decode;

use super::{CliError, Context, Done, Outcome};

/// Join two versions of a file, for git
///
/// Git calls it for the files that `.gitattributes` names; `pmo hook install --merge-driver` arranges that. The
/// result is written over OURS. Exit code 1: fields are in conflict, with git's marks around them.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  git config merge.pmo.driver 'pmo merge-driver %O %A %B %P'
  pmo merge-driver base.toml ours.toml theirs.toml projects/crm/risks/R-003.toml")]
pub struct MergeDriver {
    /// The version before
    base: PathBuf,
    /// Our version, where the result goes
    ours: PathBuf,
    /// Their version
    theirs: PathBuf,
    /// What the file is called in the repository
    path: Option<String>,
    /// How long the marks of a conflict are
    #[arg(long, value_name = "N", default_value_t = 7)]
    marker_size: usize,
}

impl MergeDriver {
    /// Runs the command.
    pub fn run(self, _context: &Context) -> Outcome {
        let read = |path: &PathBuf| Ok::<_, CliError>(store::read_input(path)?);
        let (base, ours, theirs) = (read(&self.base)?, read(&self.ours)?, read(&self.theirs)?);
        let text = |bytes| decode(bytes).map_err(|mistake| CliError::new(mistake.message));
        let (base, ours, theirs) = (text(&base)?, text(&ours)?, text(&theirs)?);
        let marks = Marks { length: self.marker_size.clamp(1, 1_000), ..Marks::default() };
        let is_numbered = self.path.as_deref().is_some_and(is_numbered);
        let (merged, is_clean) = if base.is_empty() && is_numbered && !is_one_record(ours, theirs) {
            // Two people gave one number to two records: they must not be mixed. `pmo resolve` tells them apart.
            (whole(ours, theirs, &marks), ours == theirs)
        } else {
            match joined((!base.is_empty()).then_some(base), ours, theirs, &|_| None, &marks) {
                Ok(merged) => (merged.marked, merged.conflicts.is_empty()),
                Err(_) => lines(base, ours, theirs, &marks),
            }
        };
        if is_clean && ours == theirs {
            return Ok(Done::Fine);
        }
        store::write_output(&self.ours, merged.as_bytes())?;
        Ok(if is_clean { Done::Fine } else { Done::Findings })
    }
}

/// Whether a path in the repository is that of a numbered record, in whatever folder the register lies.
fn is_numbered(path: &str) -> bool {
    let mut rest = Some(path);
    while let Some(path) = rest {
        if let Some(id) = RecordId::at_path(path) {
            return matches!(id.name, Name::Number(_));
        }
        rest = path.split_once('/').map(|(_, rest)| rest);
    }
    false
}
