//! Which commits touched some files, as `git log -- FILE` tells it, and what a commit renamed.
//!
//! The git program walks: over 5,000 commits it needs a tenth of a second, and libgit2 five times that.

use std::collections::BTreeMap;
use std::iter::Peekable;

use super::discover::Location;
use super::git::{self, Git};
use super::{PastCommit, StoreError};

/// Renames that are not exact are looked for only in commits with fewer files than this.
const SIMILAR: &str = "-l200";

/// A commit, and the files that it touched of those that were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileCommit {
    /// The commit; its tree is left empty.
    pub commit: PastCommit,
    /// What it says, as its author wrote it.
    pub message: String,
    /// The files that are other than in every parent, by their path in the repository.
    pub touched: Vec<Touched>,
}

/// A file that a commit touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// Its path in the repository.
    pub path: String,
    /// The objects that it was in the parents; none where it was not there.
    pub before: Vec<Option<String>>,
    /// The object that it is.
    pub after: Option<String>,
}

/// Returns the commits from `from` back that touched these files or folders, the newest first.
///
/// History is simplified as git does it: where a merge took a file as one side had it, only that side is
/// followed. No commit comes before one that builds on it. Paths are the repository's, not the register's.
pub fn commits_touching(
    location: &Location,
    from: &str,
    paths: &[String],
) -> Result<Vec<FileCommit>, StoreError> {
    let git = location.repo()?.git();
    let paths = || paths.iter().map(String::as_str);
    // In two steps, because `git log -m` would not simplify.
    let list = ["rev-list", "--date-order", "--end-of-options", from, "--"];
    let commits = git.read(list.into_iter().chain(paths()))?;
    if commits.is_empty() {
        return Ok(Vec::new());
    }
    let format = "--format=%H%x00%P%x00%cd%x00%aN%x00%aE%x00%cE%x00%B%x00";
    let tree = ["-c", "i18n.logOutputEncoding=UTF-8", "diff-tree", "--stdin", "-z", "--raw", "-m", "-r"];
    let how = ["--root", "--no-abbrev", "--no-renames", "--no-ext-diff", "--date=raw", format, "--"];
    let args = tree.into_iter().chain(how).chain(paths());
    let out = git::run(git.reading(args), &commits).and_then(git::succeeded)?;
    let text = String::from_utf8_lossy(&out);
    let mut tokens = text.split('\0').peekable();
    let mut found: Vec<Told> = Vec::new();
    while let Some(next) = Told::read(&mut tokens) {
        match found.last_mut().filter(|last| last.commit.id == next.commit.id) {
            // A merge is told once for each of its parents.
            Some(last) => last.sides.extend(next.sides),
            None => found.push(next),
        }
    }
    Ok(found.into_iter().filter_map(Told::gathered).collect())
}

/// A commit as git tells it: for each parent, the files that differ from it.
struct Told {
    commit: PastCommit,
    message: String,
    sides: Vec<Side>,
}

/// The files in which a commit differs from one parent: their objects before and after.
type Side = BTreeMap<String, (Option<String>, Option<String>)>;

impl Told {
    fn read<'t>(tokens: &mut Peekable<impl Iterator<Item = &'t str>>) -> Option<Self> {
        while tokens.peek().is_some_and(|token| token.trim().is_empty()) {
            tokens.next();
        }
        let id = tokens.next()?.trim().to_owned();
        let parents = tokens.next()?.split_whitespace().map(str::to_owned).collect();
        let mut when = tokens.next()?.split_whitespace();
        let seconds = when.next().and_then(|seconds| seconds.parse().ok()).unwrap_or_default();
        let zone: i32 = when.next().and_then(|zone| zone.parse().ok()).unwrap_or_default();
        let author = tokens.next()?.to_owned();
        let emails = [tokens.next()?.to_owned(), tokens.next()?.to_owned()];
        let message = tokens.next()?.trim().to_owned();
        let mut side = Side::new();
        while let Some(raw) = tokens.next_if(|token| token.is_empty() || token.trim_start().starts_with(':'))
        {
            let mut words = raw.split_whitespace().skip(2);
            if let (Some(before), Some(after)) = (words.next(), words.next()) {
                side.insert(tokens.next()?.to_owned(), (object(before), object(after)));
            }
        }
        let offset_minutes = zone / 100 * 60 + zone % 100;
        let commit = PastCommit { id, tree: String::new(), parents, seconds, offset_minutes, author, emails };
        Some(Self { commit, message, sides: vec![side] })
    }

    /// The files that are other than in every parent.
    fn gathered(mut self) -> Option<FileCommit> {
        // A root is told once, against nothing.
        if self.sides.len() < self.commit.parents.len() {
            return None;
        }
        let first = self.sides.remove(0);
        let mut touched = Vec::new();
        for (path, (before, after)) in first {
            let others: Option<Vec<_>> = self.sides.iter().map(|side| side.get(&path)).collect();
            let Some(others) = others else { continue };
            let before = [before].into_iter().chain(others.into_iter().map(|(before, _)| before.clone()));
            touched.push(Touched { path, before: before.collect(), after });
        }
        (!touched.is_empty()).then_some(FileCommit { commit: self.commit, message: self.message, touched })
    }
}

fn object(id: &str) -> Option<String> {
    (!id.bytes().all(|byte| byte == b'0')).then(|| id.to_owned())
}

/// Where a renamed file came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// Its path before.
    pub from: String,
    /// The object that it was.
    pub object: String,
}

/// What a commit renamed, by the new path.
pub type Renames = BTreeMap<String, Renamed>;

/// Returns what these commits renamed, against their first parents, by commit.
///
/// A file counts as renamed as git sees it: gone in the commit, and new under another path with the same or
/// much the same content.
pub fn renames(location: &Location, commits: &[String]) -> Result<BTreeMap<String, Renames>, StoreError> {
    let mut found: BTreeMap<String, Renames> = BTreeMap::new();
    if commits.is_empty() {
        return Ok(found);
    }
    let git: Git = location.repo()?.git();
    let args = ["diff-tree", "--stdin", "-r", "-z", "-M", SIMILAR, "--diff-filter=R", "--raw", "--no-abbrev"];
    let asked: String = commits.iter().map(|id| format!("{id}\n")).collect();
    let args = args.into_iter().chain(["--no-ext-diff", "--diff-merges=first-parent"]);
    let out = git::run(git.reading(args), asked.as_bytes()).and_then(git::succeeded)?;
    let text = String::from_utf8_lossy(&out);
    let mut tokens = text.split('\0');
    let mut commit = String::new();
    while let Some(token) = tokens.next() {
        // The id of a commit stands before its files.
        let (id, raw) = token.split_once(':').unwrap_or((token, ""));
        if !id.trim().is_empty() {
            commit = id.trim().to_owned();
        }
        if let Some(object) = raw.split_whitespace().nth(2)
            && let (Some(from), Some(to)) = (tokens.next(), tokens.next())
        {
            let renamed = Renamed { from: from.to_owned(), object: object.to_owned() };
            found.entry(commit.clone()).or_default().insert(to.to_owned(), renamed);
        }
    }
    Ok(found)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::super::test_repo::TestRepo;
    use super::{Touched, commits_touching, renames};

    /// A message, and each file: how many parents had it, and whether it is there.
    type Told = (String, Vec<(String, usize, bool)>);

    fn told(repo: &TestRepo, paths: &[&str]) -> Vec<Told> {
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        let found = commits_touching(&repo.location(), "HEAD", &paths).unwrap();
        let touched = |touched: Touched| {
            let known = touched.before.iter().flatten().count();
            (touched.path, known, touched.after.is_some())
        };
        found.into_iter().map(|one| (one.message, one.touched.into_iter().map(touched).collect())).collect()
    }

    #[test]
    fn tells_each_commit_with_its_files_and_messages_of_any_shape() {
        let repo = TestRepo::new();
        repo.write("a b/ü.toml", "1");
        repo.write("x.toml", "1");
        repo.commit_all("first\n\n:100644 looks like a change\n\nRefs: 7");
        repo.write("a b/ü.toml", "2");
        repo.commit_all("second");
        std::fs::remove_file(repo.dir.path().join("a b/ü.toml")).unwrap();
        repo.commit_all("third");
        repo.write("x.toml", "2");
        repo.commit_all("other");
        let file = |known, is| vec![("a b/ü.toml".to_owned(), known, is)];
        let expected = [
            ("third".to_owned(), file(1, false)),
            ("second".to_owned(), file(1, true)),
            ("first\n\n:100644 looks like a change\n\nRefs: 7".to_owned(), file(0, true)),
        ];
        assert_eq!(told(&repo, &["a b/ü.toml"]), expected);
        assert_eq!(told(&repo, &["a b"]), expected);
        assert_eq!(told(&repo, &["none"]), []);
    }

    #[test]
    fn a_merge_counts_only_where_it_differs_from_every_side() {
        let repo = TestRepo::new();
        repo.write("s/a", "1\n2\n3\n4\n5\n6\n7\n");
        repo.write("s/b", "1");
        repo.commit_all("base");
        repo.git(&["switch", "-q", "-c", "side"]);
        repo.write("s/a", "1\n2\n3\n4\n5\n6\nside\n");
        repo.commit_all("side");
        repo.git(&["switch", "-q", "main"]);
        repo.write("s/a", "main\n2\n3\n4\n5\n6\n7\n");
        repo.write("s/b", "2");
        repo.commit_all("main");
        repo.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
        let told = told(&repo, &["s"]);
        assert_eq!(told[0], ("merge".to_owned(), vec![("s/a".to_owned(), 2, true)]));
        assert_eq!(told.len(), 4);
    }

    #[test]
    fn finds_what_was_renamed_with_or_without_a_change() {
        let repo = TestRepo::new();
        for name in ["old/one.toml", "old/two.toml"] {
            repo.write(name, format!("name = '{name}'\n{}", "line = 1\n".repeat(20)));
        }
        let first = repo.commit_all("first");
        repo.git(&["mv", "old", "new ü"]);
        repo.write("new ü/two.toml", repo.read("new ü/two.toml") + "more = 1\n");
        let moved = repo.commit_all("moved");
        let found = renames(&repo.location(), &[moved.clone(), first]).unwrap();
        assert_eq!(found.keys().collect::<Vec<_>>(), [&moved]);
        let told: Vec<(&str, &str)> =
            found[&moved].iter().map(|(new, old)| (new.as_str(), old.from.as_str())).collect();
        assert_eq!(told, [("new ü/one.toml", "old/one.toml"), ("new ü/two.toml", "old/two.toml")]);
        let object = &found[&moved]["new ü/two.toml"].object;
        assert_eq!(*object, repo.git(&["rev-parse", "HEAD~1:old/two.toml"]));
    }
}
