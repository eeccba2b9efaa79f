//! One planned change to a file.

/// A change to one file of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileChange {
    /// Makes a file that must not exist yet.
    Create {
        /// The file.
        path: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Makes a file or replaces its bytes.
    Write {
        /// The file.
        path: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Removes a file.
    Remove {
        /// The file.
        path: String,
    },
    /// Moves a file to a path where none is.
    Rename {
        /// The file.
        from: String,
        /// Where it goes.
        to: String,
    },
}

impl FileChange {
    /// Returns the paths that differ afterwards: one, or two for a move.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let (first, second) = match self {
            Self::Create { path, .. } | Self::Write { path, .. } | Self::Remove { path } => (path, None),
            Self::Rename { from, to } => (from, Some(to)),
        };
        [Some(first), second].into_iter().flatten().map(String::as_str)
    }
}
