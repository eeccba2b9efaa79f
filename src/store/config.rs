//! Who the user is, as git knows it.

use super::discover::Location;
use super::git::Git;

/// A person as git knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// `user.name`.
    pub name: Option<String>,
    /// `user.email`.
    pub email: Option<String>,
}

/// Reads `user.name` and `user.email` as they hold in the register's folder.
pub fn identity(location: &Location) -> Identity {
    Identity { name: setting(location, "user.name"), email: setting(location, "user.email") }
}

/// Reads one of git's settings as it holds in the register's folder.
pub fn setting(location: &Location, key: &str) -> Option<String> {
    let config = match &location.repo {
        Some(repo) => git2::Repository::open(&repo.git_dir).and_then(|repo| repo.config()),
        None => git2::Config::open_default(),
    };
    let value = match config.and_then(|mut config| config.snapshot()) {
        Ok(config) => config.get_string(key).ok(),
        Err(_) => Git::at(&location.root).line(["config", "--get", key]).ok(),
    };
    value.filter(|value| !value.trim().is_empty())
}
