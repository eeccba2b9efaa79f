//! Finds the register that a folder belongs to, and the git repository around it.

use std::path::{Path, PathBuf};

use super::StoreError;
use super::git::Git;
use super::work_tree::WorkTree;

/// The file that marks a register's root.
pub const MARKER: &str = "pmo.toml";

/// Where a register is.
#[derive(Debug, Clone)]
pub struct Location {
    /// The folder that holds `pmo.toml`.
    pub root: PathBuf,
    /// The git repository around it, if any.
    pub repo: Option<Repo>,
}

/// The git repository around a register.
#[derive(Debug, Clone)]
pub struct Repo {
    /// The root of the work tree.
    pub workdir: PathBuf,
    /// The repository's own folder: `.git`, or a linked work tree's part of it.
    pub git_dir: PathBuf,
    /// The register's folder in the repository, `""` for its root, otherwise without a `/` at the end.
    pub prefix: String,
    /// What is checked out.
    pub head: Head,
}

/// What is checked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// A branch and the commit that it points to.
    Branch {
        /// The branch without `refs/heads/`.
        name: String,
        /// The full id of its commit.
        commit: String,
    },
    /// A commit, and no branch.
    Detached {
        /// The full id of the commit.
        commit: String,
    },
    /// A branch without a commit.
    Unborn {
        /// The branch without `refs/heads/`.
        name: String,
    },
    /// A repository that cannot be read.
    Unreadable {
        /// What git said.
        why: String,
    },
}

impl Head {
    /// Returns the full id of the commit that is checked out.
    pub fn commit(&self) -> Option<&str> {
        match self {
            Self::Branch { commit, .. } | Self::Detached { commit } => Some(commit),
            Self::Unborn { .. } | Self::Unreadable { .. } => None,
        }
    }

    /// Says what keeps history from being read: there is no commit yet, or git refuses the repository.
    pub fn with_history(&self) -> Result<(), StoreError> {
        match self {
            Self::Branch { .. } | Self::Detached { .. } => Ok(()),
            Self::Unborn { name } => Err(StoreError::Unborn { branch: name.clone() }),
            Self::Unreadable { why } => Err(StoreError::Git2 { message: why.clone() }),
        }
    }

    /// Returns the branch that is checked out.
    pub fn branch(&self) -> Option<&str> {
        match self {
            Self::Branch { name, .. } | Self::Unborn { name } => Some(name),
            Self::Detached { .. } | Self::Unreadable { .. } => None,
        }
    }
}

/// Shortens the id of a commit for people.
pub fn short_id(id: &str) -> &str {
    id.get(..7).unwrap_or(id)
}

impl Location {
    /// Opens the files on the disk.
    pub fn work_tree(&self) -> WorkTree {
        let description = match self.repo.as_ref().map(|repo| &repo.head) {
            None => return WorkTree::new(&self.root, None),
            Some(Head::Branch { commit, .. } | Head::Detached { commit }) => {
                return WorkTree::new(&self.root, Some(short_id(commit)));
            }
            Some(Head::Unborn { .. }) => "work tree (no commit yet)",
            Some(Head::Unreadable { .. }) => "work tree (its git repository cannot be read)",
        };
        WorkTree::described(&self.root, description)
    }

    /// Returns the same place as seen from a commit: history begins there, whatever is checked out.
    #[must_use]
    pub fn seen_from(&self, commit: &str) -> Self {
        let mut location = self.clone();
        if let Some(repo) = &mut location.repo {
            repo.head = Head::Detached { commit: commit.to_owned() };
        }
        location
    }

    /// Returns the repository, or says that there is none.
    pub fn repo(&self) -> Result<&Repo, StoreError> {
        self.repo.as_ref().ok_or_else(|| StoreError::NoGit { root: self.root.display().to_string() })
    }
}

impl Repo {
    /// Returns a register's path as a path in the repository.
    pub fn path(&self, path: &str) -> String {
        match (self.prefix.as_str(), path) {
            ("", path) => path.to_owned(),
            (prefix, "") => prefix.to_owned(),
            (prefix, path) => format!("{prefix}/{path}"),
        }
    }

    /// Returns a path in the repository as a register's path, if it is in the register.
    pub fn register_path<'a>(&self, path: &'a str) -> Option<&'a str> {
        if self.prefix.is_empty() { Some(path) } else { path.strip_prefix(&self.prefix)?.strip_prefix('/') }
    }

    /// Returns the git program in this repository's work tree.
    pub(crate) fn git(&self) -> Git {
        Git::at(&self.workdir)
    }
}

/// Finds the register that `start` is in: the nearest folder at or above it with a `pmo.toml`.
pub fn find_register(start: &Path) -> Result<Location, StoreError> {
    let shown = || start.display().to_string();
    let start_at = start.canonicalize().map_err(|error| StoreError::io("open", shown(), error))?;
    for folder in start_at.ancestors() {
        let marker = folder.join(MARKER);
        match marker.metadata() {
            Ok(found) if found.is_file() => return location_of(folder),
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                return Err(StoreError::io("open", folder.display().to_string(), error));
            }
            Ok(_) | Err(_) => {}
        }
    }
    if let Some(path) = bare_around(&start_at) {
        return Err(StoreError::Bare { path: path.display().to_string() });
    }
    Err(StoreError::NoRegister { start: shown() })
}

/// Describes the register at `root`, which need not hold a `pmo.toml` yet.
pub fn location_of(root: &Path) -> Result<Location, StoreError> {
    let shown = || root.display().to_string();
    let root = root.canonicalize().map_err(|error| StoreError::io("open", shown(), error))?;
    if let Some(path) = bare_around(&root) {
        return Err(StoreError::Bare { path: path.display().to_string() });
    }
    let Some(workdir) = root.ancestors().find(|folder| folder.join(".git").symlink_metadata().is_ok()) else {
        return Ok(Location { root, repo: None });
    };
    let workdir = workdir.to_owned();
    let inside = root.strip_prefix(&workdir).unwrap_or(Path::new(""));
    let prefix =
        inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    let (git_dir, head) = match open(&workdir) {
        Ok(found) => found,
        Err(_) => ask_git(&workdir),
    };
    Ok(Location { root, repo: Some(Repo { workdir, git_dir, prefix, head }) })
}

/// Finds a bare repository that `folder` is in, at or above it.
fn bare_around(folder: &Path) -> Option<PathBuf> {
    for folder in folder.ancestors() {
        if folder.join(".git").symlink_metadata().is_ok() {
            return None;
        }
        let looks =
            folder.join("HEAD").is_file() && folder.join("objects").is_dir() && folder.join("refs").is_dir();
        if looks {
            return Some(folder.to_owned());
        }
    }
    None
}

/// Reads HEAD through libgit2.
fn open(workdir: &Path) -> Result<(PathBuf, Head), git2::Error> {
    let repo = git2::Repository::open(workdir)?;
    let git_dir = repo.path().to_owned();
    let branch = |name: &str| name.strip_prefix("refs/heads/").unwrap_or(name).to_owned();
    let head = match repo.head() {
        Ok(head) => {
            let commit = head.peel_to_commit()?.id().to_string();
            match head.name() {
                Ok(name) if head.is_branch() => Head::Branch { name: branch(name), commit },
                _ => Head::Detached { commit },
            }
        }
        Err(error) if error.code() == git2::ErrorCode::UnbornBranch => {
            let head = repo.find_reference("HEAD")?;
            let name = head.symbolic_target().ok().flatten().map_or_else(|| "main".to_owned(), branch);
            Head::Unborn { name }
        }
        Err(error) => return Err(error),
    };
    Ok((git_dir, head))
}

/// Reads HEAD through the git program, for repositories that libgit2 cannot open.
fn ask_git(workdir: &Path) -> (PathBuf, Head) {
    let git = Git::at(workdir);
    let git_dir = match git.line(["rev-parse", "--absolute-git-dir"]) {
        Ok(path) => PathBuf::from(path),
        Err(error) => return (workdir.join(".git"), Head::Unreadable { why: error.to_string() }),
    };
    let branch = git.line(["symbolic-ref", "--quiet", "--short", "HEAD"]).ok();
    let commit = git.line(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).ok();
    let head = match (branch, commit) {
        (Some(name), Some(commit)) => Head::Branch { name, commit },
        (None, Some(commit)) => Head::Detached { commit },
        (Some(name), None) => Head::Unborn { name },
        (None, None) => Head::Unreadable { why: "git finds no HEAD".to_owned() },
    };
    (git_dir, head)
}

#[cfg(test)]
mod tests {
    use super::super::test_repo::{TestRepo, git_in};
    use super::*;

    #[test]
    fn finds_the_register_above_and_its_place_in_the_repository() {
        let repo = TestRepo::new();
        repo.write("regs/it/pmo.toml", "");
        repo.write("regs/it/projects/crm/project.toml", "");
        let location = find_register(&repo.dir.path().join("regs/it/projects/crm")).unwrap();
        assert_eq!(location.root, repo.root().join("regs/it"));
        let inside = location.repo.unwrap();
        assert_eq!((inside.workdir.as_path(), inside.prefix.as_str()), (repo.root().as_path(), "regs/it"));
        assert_eq!(inside.head, Head::Unborn { name: "main".into() });
        assert_eq!(inside.path("pmo.toml"), "regs/it/pmo.toml");
        assert_eq!(inside.register_path("regs/it/pmo.toml"), Some("pmo.toml"));
        assert_eq!(inside.register_path("regs/item/pmo.toml"), None);
        let commit = repo.commit_all("first");
        let head =
            |repo: &TestRepo| find_register(&repo.dir.path().join("regs/it")).unwrap().repo.unwrap().head;
        assert_eq!(head(&repo), Head::Branch { name: "main".into(), commit: commit.clone() });
        repo.git(&["checkout", "-q", "--detach"]);
        assert_eq!(head(&repo), Head::Detached { commit });
    }

    #[test]
    fn a_linked_work_tree_is_a_repository_too() {
        let repo = TestRepo::new();
        repo.write("pmo.toml", "");
        repo.commit_all("first");
        let other = tempfile::tempdir().unwrap();
        let tree = other.path().join("tree");
        repo.git(&["worktree", "add", "-q", "-b", "other", &tree.display().to_string()]);
        let inside = find_register(&tree).unwrap().repo.unwrap();
        assert_eq!(inside.head.branch(), Some("other"));
        assert_eq!(inside.workdir, tree.canonicalize().unwrap());
    }

    #[test]
    fn says_what_to_do_where_there_is_no_register() {
        let dir = tempfile::tempdir().unwrap();
        let error = find_register(dir.path()).unwrap_err().to_string();
        assert!(error.contains("pmo init") && error.contains("-C DIR"), "{error}");
        let error = find_register(&dir.path().join("none")).unwrap_err().to_string();
        assert!(error.contains("none") && error.contains("no such file"), "{error}");
        git_in(dir.path(), &["init", "-q", "--bare", "it.git"]);
        let bare = dir.path().join("it.git");
        let error = find_register(&bare).unwrap_err().to_string();
        assert!(error.contains("bare") && error.contains("git clone"), "{error}");
        std::fs::write(bare.join(MARKER), "").unwrap();
        assert!(matches!(find_register(&bare), Err(StoreError::Bare { .. })));
    }
}
