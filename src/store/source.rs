//! The one way in which files are read, wherever they are.

use super::StoreError;

/// What an entry of a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, not followed.
    Link,
    /// Anything else: a socket, a submodule, a name that is not UTF-8.
    Other,
}

/// One entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name without its folder.
    pub name: String,
    /// What it is.
    pub kind: EntryKind,
    /// The size in bytes, where it is known without asking.
    pub size_hint: Option<u64>,
    /// The id of its git object, where it comes from git. Equal ids are equal content.
    pub object: Option<String>,
}

/// A place that holds a register's files.
///
/// Paths are relative to the register's root, with `/` between parts; the root is `""`. Absolute
/// paths, `.`, `..`, empty parts, NUL and backslashes are refused.
pub trait Source: Send + Sync {
    /// Returns a folder's entries, sorted by name.
    ///
    /// A folder that does not exist has none. `.git` is left out. Names that are not UTF-8 are
    /// reported as [`EntryKind::Other`] with a lossy name.
    fn list(&self, folder: &str) -> Result<Vec<Entry>, StoreError>;

    /// Clears `into` and fills it with a file's bytes.
    ///
    /// A link to a file inside the register is followed. Files over 8 MiB, links that lead out,
    /// and folders are refused.
    fn read(&self, path: &str, into: &mut Vec<u8>) -> Result<(), StoreError>;

    /// Says where the files come from, for the head of a report: "work tree on 3f2c1a9".
    fn describe(&self) -> String;

    /// Returns the full id of the commit whose files these are, where they are a commit's.
    fn commit(&self) -> Option<&str> {
        None
    }

    /// Reads a file into a new buffer; `None` if there is no such file.
    fn read_if_present(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut bytes = Vec::new();
        match self.read(path, &mut bytes) {
            Ok(()) => Ok(Some(bytes)),
            Err(StoreError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl<T: Source + ?Sized> Source for std::sync::Arc<T> {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, StoreError> {
        (**self).list(folder)
    }

    fn read(&self, path: &str, into: &mut Vec<u8>) -> Result<(), StoreError> {
        (**self).read(path, into)
    }

    fn describe(&self) -> String {
        (**self).describe()
    }

    fn commit(&self) -> Option<&str> {
        (**self).commit()
    }
}
