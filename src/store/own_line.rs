//! The commits of a branch's own line, and the files of a folder that each changed.

use super::StoreError;
use super::discover::Location;
use super::git::Git;

/// A commit of the branch's own line, and what it changed against the one before it on that line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineCommit {
    /// Its full id.
    pub id: String,
    /// When it was committed, in seconds since 1970.
    pub seconds: i64,
    /// The committer's offset from UTC, in minutes.
    pub offset_minutes: i32,
    /// The register's files that it changed.
    pub changes: Vec<LineChange>,
}

/// A file that a commit changed, with its objects before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineChange {
    /// Its path in the register.
    pub path: String,
    /// The object that it was, where it was there.
    pub before: Option<String>,
    /// The object that it is, where it is there.
    pub after: Option<String>,
}

/// Returns the first-parent commits that changed something in a folder of the register, the newest first.
///
/// One walk of the git program serves all files, which skips equal folders by their ids.
pub fn own_line(location: &Location, folder: &str) -> Result<Vec<LineCommit>, StoreError> {
    super::check_path(folder)?;
    let repo = location.repo()?;
    let Some(head) = repo.head.commit() else { return Ok(Vec::new()) };
    let how = ["-c", "log.showRoot=true", "-c", "log.diffMerges=first-parent", "log", "--first-parent", "-m"];
    let what = ["--no-renames", "--no-ext-diff", "--raw", "-r", "-z", "--no-abbrev", "--date=raw"];
    let folder = repo.path(folder);
    let which = ["--format=commit %H %cd", head, "--", folder.as_str()];
    let out = Git::at(&repo.workdir).read(how.into_iter().chain(what).chain(which))?;
    let text = String::from_utf8_lossy(&out);
    let mut commits: Vec<LineCommit> = Vec::new();
    let mut tokens = text.split('\0').map(str::trim_start);
    while let Some(token) = tokens.next() {
        if let Some(commit) = token.strip_prefix("commit ") {
            commits.extend(begun(commit));
        } else if let Some(raw) = token.strip_prefix(':') {
            let path = tokens.next().unwrap_or_default();
            let (Some(commit), Some(path)) = (commits.last_mut(), repo.register_path(path)) else { continue };
            let mut words = raw.split_whitespace().skip(2);
            let mut object = || words.next().filter(|id| id.bytes().any(|b| b != b'0')).map(str::to_owned);
            let (before, after) = (object(), object());
            commit.changes.push(LineChange { path: path.to_owned(), before, after });
        }
    }
    Ok(commits)
}

/// Reads `3f2c1a9… 1795217400 +0100`.
fn begun(text: &str) -> Option<LineCommit> {
    let mut words = text.split_whitespace();
    let id = words.next()?.to_owned();
    let seconds = words.next()?.parse().ok()?;
    let zone: i32 = words.next()?.parse().ok()?;
    Some(LineCommit { id, seconds, offset_minutes: zone / 100 * 60 + zone % 100, changes: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::super::location_of;
    use super::super::test_repo::TestRepo;
    use super::*;

    #[test]
    fn tells_what_each_commit_of_the_line_changed_in_a_folder() {
        let repo = TestRepo::new();
        repo.write("reg/projects/a/project.toml", "1");
        repo.write("reg/pmo.toml", "1");
        repo.commit_all("first");
        repo.write("reg/pmo.toml", "2");
        repo.commit_all("elsewhere");
        repo.git(&["switch", "-q", "-c", "side"]);
        repo.write("reg/projects/a/project.toml", "2");
        repo.commit_all("on the side");
        repo.git(&["switch", "-q", "main"]);
        repo.git(&["merge", "-q", "--no-ff", "-m", "merged", "side"]);
        repo.git(&["mv", "reg/projects/a", "reg/projects/b"]);
        repo.commit_all("moved");
        let location = location_of(&repo.dir.path().join("reg")).unwrap();
        let line = own_line(&location, "projects").unwrap();
        let told: Vec<Vec<String>> = line
            .iter()
            .map(|commit| {
                let change =
                    |c: &LineChange| format!("{} {} {}", c.path, c.before.is_some(), c.after.is_some());
                commit.changes.iter().map(change).collect()
            })
            .collect();
        let (a, b) = ("projects/a/project.toml", "projects/b/project.toml");
        assert_eq!(
            told,
            [
                vec![format!("{a} true false"), format!("{b} false true")],
                vec![format!("{a} true true")],
                vec![format!("{a} false true")],
            ]
        );
        assert_eq!(line[0].changes[0].before, line[0].changes[1].after);
    }
}
