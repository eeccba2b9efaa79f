//! The register's files, as an import needs them.

use std::sync::Arc;

use crate::exchange::import::Desk;
use crate::store::{self, Location, Source};

use super::super::progress::Progress;
use super::super::{CliError, Context};

/// The register's files, as an import needs them.
pub(super) struct Files {
    source: Arc<dyn Source>,
    location: Location,
    pub progress: Progress,
}

impl Files {
    pub fn open(context: &Context) -> Result<Self, CliError> {
        Self::over(context, Arc::new(context.source()?))
    }

    /// The files as a source has them.
    pub fn over(context: &Context, source: Arc<dyn Source>) -> Result<Self, CliError> {
        Ok(Self { source, location: context.location()?.clone(), progress: Progress::new(context) })
    }
}

impl Desk for Files {
    fn text(&self, path: &str) -> Option<String> {
        self.source.read_if_present(path).ok().flatten().and_then(|bytes| String::from_utf8(bytes).ok())
    }

    fn highest(&self, folder: &str, prefix: &str) -> Result<u32, String> {
        let used =
            store::numbers_in_use(&self.location, folder, prefix).map_err(|error| error.to_string())?;
        Ok(used.last().copied().unwrap_or(0))
    }

    fn tell(&self, done: usize, all: usize) {
        self.progress.tell(done, all, "row");
    }
}
