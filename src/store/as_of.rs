//! Which commit was the register's newest at the end of a day.

use chrono::NaiveDate;

use super::StoreError;
use super::discover::Location;
use super::git::Git;

/// How many commits with dates out of order are looked through.
const LOOKED_AT: &str = "--max-count=200";

/// Returns the newest commit of the branch's own line (first parents) whose date is not after the day, as its
/// committer's clock said; `None` without git, before the first commit, and in a clone that does not reach
/// back so far.
pub fn commit_by(location: &Location, day: NaiveDate) -> Result<Option<String>, StoreError> {
    let Some(head) = location.repo.as_ref().and_then(|repo| repo.head.commit()) else { return Ok(None) };
    // Git stops at a moment, and the day ends last on the far side of the date line.
    let until = format!("--until={day}T23:59:59-12:00");
    let git = Git::at(&location.root);
    let log = git.read(["log", "--first-parent", LOOKED_AT, &until, "--format=%H %cs", head])?;
    let log = String::from_utf8_lossy(&log);
    let is_by = |date: &str| date.parse::<NaiveDate>().is_ok_and(|date| date <= day);
    let mut lines = log.lines().filter_map(|line| line.split_once(' '));
    Ok(lines.find(|(_, date)| is_by(date)).map(|(id, _)| id.to_owned()))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::super::location_of;
    use super::super::test_repo::TestRepo;
    use super::*;

    #[test]
    fn finds_the_newest_commit_of_a_day() {
        let repo = TestRepo::new();
        let at = |repo: &TestRepo, day: &str| {
            commit_by(&location_of(repo.dir.path()).unwrap(), day.parse().unwrap()).unwrap()
        };
        repo.write("pmo.toml", "");
        assert_eq!(at(&repo, "2026-11-20"), None, "unborn");
        let first = repo.commit_as("jana@example.org", "2026-11-12T09:00:00+00:00");
        // Late on Friday in New York is Saturday in London: the committer's own clock counts.
        let second = repo.commit_as("jana@example.org", "2026-11-13T23:30:00-05:00");
        let third = repo.commit_as("jana@example.org", "2026-11-16T00:10:00+09:00");
        assert_eq!(at(&repo, "2026-11-11"), None, "before the first");
        assert_eq!(at(&repo, "2026-11-12"), Some(first));
        assert_eq!(at(&repo, "2026-11-13"), Some(second.clone()));
        assert_eq!(at(&repo, "2026-11-15"), Some(second));
        assert_eq!(at(&repo, "2026-11-16"), Some(third));
    }
}
