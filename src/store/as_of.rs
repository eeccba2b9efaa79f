//! Which commit was the register's newest at the end of a day.
//!
//! The line is that of first parents, so that a merge counts when it was made and not by what it brought;
//! the date is the committer's, as the committer's clock said.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::StoreError;
use super::discover::Location;
use super::past::{Past, PastCommit};

/// What stood at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AsOf {
    /// This commit was the newest.
    At(PastCommit),
    /// Nothing yet, as far as is known: the oldest commit of the line is younger.
    Before(PastCommit),
}

impl PastCommit {
    /// The day on which it was committed, where the committer was.
    pub fn day(&self) -> NaiveDate {
        let offset = FixedOffset::east_opt(self.offset_minutes.saturating_mul(60));
        let moment = DateTime::from_timestamp(self.seconds, 0).unwrap_or_default();
        offset.map_or_else(|| moment.date_naive(), |offset| moment.with_timezone(&offset).date_naive())
    }
}

/// Finds what stood at the end of each of these days, in one walk back from HEAD along first parents.
///
/// The days come in any order, and the answers in theirs. A commit whose clock was behind does not hide the
/// older ones: the first on the way back that is not younger than the day is the day's.
pub fn as_of(past: &Past, days: &[NaiveDate]) -> Result<Vec<AsOf>, StoreError> {
    let mut order: Vec<usize> = (0..days.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(days[*at]));
    let mut found: Vec<Option<AsOf>> = vec![None; days.len()];
    let mut commit = past.commit(past.head())?;
    for at in order {
        let answer = loop {
            if commit.day() <= days[at] {
                break AsOf::At(commit.clone());
            }
            match commit.parents.first() {
                Some(parent) => commit = past.commit(parent)?,
                None => break AsOf::Before(commit.clone()),
            }
        };
        found[at] = Some(answer);
    }
    Ok(found.into_iter().flatten().collect())
}

/// Returns the newest commit of the branch's own line (first parents) whose date is not after the day, as its
/// committer's clock said; `None` without git, before the first commit, and in a clone that does not reach
/// back so far.
pub fn commit_by(location: &Location, day: NaiveDate) -> Result<Option<String>, StoreError> {
    let Some(past) = Past::open(location)? else { return Ok(None) };
    let found = as_of(&past, &[day])?.pop();
    Ok(found.and_then(|found| match found {
        AsOf::At(commit) => Some(commit.id),
        AsOf::Before(_) => None,
    }))
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
        assert_eq!(at(&repo, "2026-11-12"), Some(first.clone()));
        assert_eq!(at(&repo, "2026-11-13"), Some(second.clone()));
        assert_eq!(at(&repo, "2026-11-15"), Some(second.clone()));
        assert_eq!(at(&repo, "2026-11-16"), Some(third.clone()));
        let past = Past::open(&location_of(repo.dir.path()).unwrap()).unwrap().unwrap();
        let days = ["2026-11-15", "2026-11-16", "2026-11-01", "2026-11-15"].map(|day| day.parse().unwrap());
        let ids = |found: Vec<AsOf>| -> Vec<(bool, String)> {
            let id = |found| match found {
                AsOf::At(commit) => (true, commit.id),
                AsOf::Before(commit) => (false, commit.id),
            };
            found.into_iter().map(id).collect()
        };
        let expected = [(true, second.clone()), (true, third), (false, first), (true, second)];
        assert_eq!(ids(as_of(&past, &days).unwrap()), expected, "several at once, in the order asked");
    }

    #[test]
    fn a_merge_counts_when_it_was_made_and_not_by_what_it_brought() {
        let repo = TestRepo::new();
        repo.write("pmo.toml", "");
        let first = repo.commit_as("jana@example.org", "2026-11-02T09:00:00+00:00");
        repo.git(&["switch", "-q", "-c", "side"]);
        repo.write("side", "1");
        repo.commit_as("petr@example.org", "2026-11-03T09:00:00+00:00");
        repo.git(&["switch", "-q", "main"]);
        super::super::test_repo::git_at(
            repo.dir.path(),
            &["merge", "-q", "--no-ff", "-m", "merge", "side"],
            "2026-11-09T09:00:00+00:00",
        );
        let merge = repo.git(&["rev-parse", "HEAD"]);
        let at = |day: &str| commit_by(&repo.location(), day.parse().unwrap()).unwrap();
        assert_eq!(at("2026-11-05"), Some(first), "the branch was not merged yet");
        assert_eq!(at("2026-11-09"), Some(merge));
    }
}
