//! Makes a repository with a history of its own, through `git fast-import`.
//!
//! Nothing of the user's takes part: no template, hook, signature or line ending, so that the same
//! commits have the same ids everywhere.

use std::path::Path;

use super::StoreError;
use super::git::Git;

/// One commit to be made.
#[derive(Debug, Clone)]
pub struct ImportCommit {
    /// The branch that it is added to.
    pub branch: String,
    /// Name and email of its author and committer.
    pub author: (String, String),
    /// When it was made, in seconds since 1970.
    pub seconds: i64,
    /// The author's offset from UTC, in minutes.
    pub offset: i32,
    /// The message.
    pub message: String,
    /// Paths with their bytes, or none for a removal.
    pub changes: Vec<(String, Option<Vec<u8>>)>,
    /// A tag to set on it.
    pub tag: Option<String>,
}

/// Makes a repository in `dir` with these commits and checks out `main`.
///
/// `dir` must not be in use: it is made if it is missing, and refused if it holds anything.
pub fn fast_import(dir: &Path, commits: &[ImportCommit]) -> Result<(), StoreError> {
    let shown = dir.display().to_string();
    std::fs::create_dir_all(dir).map_err(|error| StoreError::io("make", &shown, error))?;
    let mut inside = std::fs::read_dir(dir).map_err(|error| StoreError::io("list", &shown, error))?;
    if inside.next().is_some() {
        return Err(StoreError::Exists { path: shown });
    }
    let git = Git::at(dir).set("GIT_CONFIG_NOSYSTEM", "1").set("GIT_CONFIG_GLOBAL", "/dev/null");
    let init = ["init", "--quiet", "--template=", "--initial-branch=main", "--object-format=sha1"];
    git.run(init.into_iter().chain(["--ref-format=files"]), b"").or_else(|_| git.run(init, b""))?;
    let stream = stream(commits)?;
    git.run(["fast-import", "--quiet", "--force", "--done", "--date-format=raw"], &stream)?;
    git.run(
        ["-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null", "reset", "--quiet", "--hard", "main"],
        b"",
    )?;
    Ok(())
}

/// Writes the commits in fast-import's language.
fn stream(commits: &[ImportCommit]) -> Result<Vec<u8>, StoreError> {
    let mut out = Vec::new();
    let data = |out: &mut Vec<u8>, bytes: &[u8]| {
        out.extend_from_slice(format!("data {}\n", bytes.len()).as_bytes());
        out.extend_from_slice(bytes);
        out.push(b'\n');
    };
    for commit in commits {
        let plain = |text: &str| text.replace(['<', '>', '\n', '\0'], " ");
        let (name, email) = (plain(&commit.author.0), plain(&commit.author.1));
        let (sign, offset) = (if commit.offset < 0 { '-' } else { '+' }, commit.offset.abs());
        let when = format!("{} {sign}{:02}{:02}", commit.seconds, offset / 60, offset % 60);
        let branch = plain(&commit.branch);
        out.extend_from_slice(format!("commit refs/heads/{branch}\n").as_bytes());
        out.extend_from_slice(format!("author {name} <{email}> {when}\n").as_bytes());
        out.extend_from_slice(format!("committer {name} <{email}> {when}\n").as_bytes());
        data(&mut out, commit.message.as_bytes());
        for (path, bytes) in &commit.changes {
            super::check_path(path)?;
            let path = quoted(path);
            if let Some(bytes) = bytes {
                out.extend_from_slice(format!("M 100644 inline {path}\n").as_bytes());
                data(&mut out, bytes);
            } else {
                out.extend_from_slice(format!("D {path}\n").as_bytes());
            }
        }
        out.push(b'\n');
        if let Some(tag) = &commit.tag {
            out.extend_from_slice(
                format!("reset refs/tags/{}\nfrom refs/heads/{branch}\n\n", plain(tag)).as_bytes(),
            );
        }
    }
    out.extend_from_slice(b"done\n");
    Ok(out)
}

/// Quotes a path as fast-import reads it.
fn quoted(path: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in path.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::super::test_repo::git_in;
    use super::*;

    #[test]
    fn the_same_commits_have_the_same_ids() {
        let commit = |day: i64, changes: Vec<(&str, Option<&str>)>, tag: Option<&str>| ImportCommit {
            branch: "main".into(),
            author: ("Jana Novák".into(), "jana@example.org".into()),
            seconds: 1_700_000_000 + day * 86_400,
            offset: 60,
            message: format!("Day {day}\n\n# kept\n"),
            changes: changes
                .into_iter()
                .map(|(p, b)| (p.to_owned(), b.map(|b| b.as_bytes().to_vec())))
                .collect(),
            tag: tag.map(str::to_owned),
        };
        let commits = [
            commit(0, vec![("pmo.toml", Some("[register]\r\n")), ("a \"b\"/ü.toml", Some(""))], None),
            commit(
                7,
                vec![("pmo.toml", Some("[register]\n")), ("a \"b\"/ü.toml", None), ("x", Some("y"))],
                Some("v1"),
            ),
        ];
        let dir = tempfile::tempdir().unwrap();
        let into = dir.path().join("demo");
        fast_import(&into, &commits).unwrap();
        assert_eq!(git_in(&into, &["status", "--porcelain"]), "");
        assert_eq!(git_in(&into, &["symbolic-ref", "--short", "HEAD"]), "main");
        assert_eq!(std::fs::read_to_string(into.join("pmo.toml")).unwrap(), "[register]\n");
        assert_eq!(git_in(&into, &["show", "HEAD~1:pmo.toml"]), "[register]");
        assert_eq!(
            git_in(&into, &["log", "-1", "--format=%an|%ad|%B", "--date=iso"]).lines().next(),
            Some("Jana Novák|2023-11-21 23:13:20 +0100|Day 7")
        );
        assert!(!into.join("a \"b\"").exists());
        assert_eq!(git_in(&into, &["rev-parse", "v1"]), git_in(&into, &["rev-parse", "HEAD"]));
        let again = dir.path().join("again");
        fast_import(&again, &commits).unwrap();
        assert_eq!(git_in(&into, &["rev-parse", "HEAD"]), git_in(&again, &["rev-parse", "HEAD"]));
        let error = fast_import(&into, &commits).unwrap_err();
        assert!(matches!(error, StoreError::Exists { .. }), "{error}");
    }
}
