//! The register as it stood at the end of many days, one after the other.

use crate::load::{self, Kept, LoadError, Loaded};
use crate::model::filing::Commit;
use crate::model::{Date, Scope};
use crate::store::{self, AsOf, Location, Past, PastCommit, StoreError};

use super::point::told;

/// What was made of the register as it stood at the end of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment<T> {
    /// The day.
    pub day: Date,
    /// The newest commit by its end; the oldest one that is known where the day lies before it.
    pub commit: Commit,
    /// What was made of it, or why there is nothing to make it of.
    pub made: Result<T, Gap>,
}

/// Why nothing can be said of a day; what goes into a report in words, never in silence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Gap {
    /// Its history begins later.
    #[error("history begins on {0}")]
    Before(Date),
    /// The clone ends here, and the history goes on.
    #[error("this clone is shallow and ends on {0}; `git fetch --unshallow` gets what came before")]
    Shallow(Date),
    /// The commit has no register.
    #[error("there was no register yet at commit {0}")]
    NoRegister(String),
    /// It could not be read.
    #[error("commit {commit} cannot be read: {why}")]
    Unreadable {
        /// The short id.
        commit: String,
        /// What went wrong.
        why: String,
    },
}

/// Reads the register as it stood at the end of each of these days, and makes something of each.
///
/// `days` are the ends of the periods that are told, in any order; the answer has one [`Moment`] a day, oldest
/// first. Each is the newest commit of HEAD's own line (first parents) by the day's end, as with `--at DATE`.
/// `scope` says for a day how much is wanted: for what status files hold, read those of today instead, where
/// they all are; for the rest leave reports out (`Reports::None`), of which then not even the names are known.
///
/// `make` is called with the day and what was loaded, oldest first. Problems of files that were broken then are
/// in `loaded.problems`, as with any load: a figure that could not use a file has to say so. What cannot be read
/// at all is a [`Gap`]. Errors are only those of git as a whole: no repository, no commit.
///
/// What did not change from one day to the next is not read again: folders are compared by the ids of their
/// trees, and records of equal files are the same ones (`Arc::ptr_eq`).
pub fn series<T>(
    location: &Location,
    days: &[Date],
    scope: impl Fn(Date) -> Scope,
    mut make: impl FnMut(Date, &Loaded) -> T,
) -> Result<Vec<Moment<T>>, StoreError> {
    let past = super::point::past(location)?;
    let mut days = days.to_vec();
    days.sort();
    let mut kept = Kept::default();
    let commits = store::as_of(&past, &days.iter().map(|day| day.0).collect::<Vec<_>>())?;
    let moments = days.into_iter().zip(commits).map(|(day, found)| match found {
        AsOf::Before(first) => {
            let began = Date(first.day());
            let gap = if past.ends_at(&first.id) { Gap::Shallow(began) } else { Gap::Before(began) };
            Moment { day, commit: told(&first), made: Err(gap) }
        }
        AsOf::At(commit) => {
            let made = read(&past, &commit, &scope(day), &mut kept).map(|loaded| make(day, &loaded));
            Moment { day, commit: told(&commit), made }
        }
    });
    Ok(moments.collect())
}

fn read(past: &Past, commit: &PastCommit, scope: &Scope, kept: &mut Kept) -> Result<Loaded, Gap> {
    let short = || store::short_id(&commit.id).to_owned();
    let unreadable = |why: String| Gap::Unreadable { commit: short(), why };
    let revision = past.at(commit).map_err(|error| unreadable(error.to_string()))?;
    let revision = revision.ok_or_else(|| Gap::NoRegister(short()))?;
    load::load_again(&revision, scope, kept).map_err(|error| match error {
        LoadError::NoRegister => Gap::NoRegister(short()),
        error => unreadable(error.to_string()),
    })
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{AnyRecord, Slot};
    use crate::store::test_repo::TestRepo;

    const PMO: &str = "[register]\nformat = 1\n";

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// The names of the projects at each day, or why there are none.
    fn names(repo: &TestRepo, days: &[&str]) -> Vec<String> {
        let days: Vec<Date> = days.iter().map(|text| day(text)).collect();
        let made = series(
            &repo.location(),
            &days,
            |_| Scope::all(),
            |day, loaded| {
                let names: Vec<String> = loaded.register.charters().map(|(_, c, _)| c.name.clone()).collect();
                format!("{day} {} {}", names.join(","), loaded.problems.len())
            },
        );
        made.unwrap().into_iter().map(|m| m.made.unwrap_or_else(|gap| format!("{} {gap}", m.day))).collect()
    }

    fn charter(name: &str) -> String {
        format!("name = \"{name}\"\nmanager = \"jana\"\nstate = \"active\"\n")
    }

    #[test]
    fn a_series_is_the_register_at_each_day_oldest_first() {
        let repo = TestRepo::new();
        repo.write("readme", "x");
        let empty = repo.commit_as("jana@example.org", "2026-10-01T09:00:00+00:00");
        repo.write("pmo.toml", PMO);
        repo.write("projects/a/project.toml", charter("One"));
        repo.commit_as("jana@example.org", "2026-10-05T09:00:00+00:00");
        repo.write("projects/b/project.toml", "name = ");
        repo.commit_as("jana@example.org", "2026-10-12T09:00:00+00:00");
        repo.git(&["mv", "projects/a", "projects/c"]);
        repo.write("projects/b/project.toml", charter("Two"));
        repo.commit_as("jana@example.org", "2026-10-19T09:00:00+00:00");
        let days = ["2026-10-25", "2026-10-18", "2026-10-11", "2026-10-04", "2026-09-30", "2026-10-11"];
        let told = names(&repo, &days);
        let expected = [
            "2026-09-30 history begins on 2026-10-01".to_owned(),
            format!("2026-10-04 there was no register yet at commit {}", &empty[..7]),
            "2026-10-11 One 0".to_owned(),
            "2026-10-11 One 0".to_owned(),
            "2026-10-18 One 1".to_owned(),
            "2026-10-25 Two,One 0".to_owned(),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_did_not_change_is_not_read_again_and_what_did_is() {
        let repo = TestRepo::new();
        repo.write("pmo.toml", PMO);
        for id in ["a", "b"] {
            repo.write(&format!("projects/{id}/project.toml"), charter(id));
            repo.write(&format!("projects/{id}/risks/R-001.toml"), "title = \"Late\"\n");
        }
        repo.commit_as("jana@example.org", "2026-10-05T09:00:00+00:00");
        repo.write("projects/a/risks/R-002.toml", "title = \"Dear\"\n");
        repo.write("projects/b/project.toml", charter("Bee"));
        repo.write("projects/b/risks/R-001.toml", "title = ");
        repo.commit_as("jana@example.org", "2026-10-12T09:00:00+00:00");
        repo.write("projects/b/status/2026-W42.toml", "x");
        repo.commit_as("jana@example.org", "2026-10-19T09:00:00+00:00");
        let days = ["2026-10-05", "2026-10-12", "2026-10-19"].map(day);
        let slots = |loaded: &Loaded| -> Vec<(String, Option<Arc<dyn AnyRecord>>)> {
            let record = |slot: &Slot| match slot {
                Slot::Read(record) => Some(Arc::clone(record)),
                _ => None,
            };
            loaded.register.all().map(|(id, slot)| (id.to_string(), record(slot))).collect()
        };
        let scope = |_| Scope::kinds(&["project", "risk"]);
        let seen = series(&repo.location(), &days, scope, |_, then| (slots(then), then.problems.len()));
        let seen: Vec<_> = seen.unwrap().into_iter().map(|moment| moment.made.unwrap()).collect();
        let of = |week: usize, id: &str| {
            seen[week].0.iter().find(|(known, _)| known == id).and_then(|(_, record)| record.clone())
        };
        let is_same = |id: &str, one: usize, other: usize| {
            of(one, id).zip(of(other, id)).is_some_and(|(one, other)| Arc::ptr_eq(&one, &other))
        };
        assert!(is_same("a", 0, 1) && is_same("a/R-001", 0, 1) && is_same("b", 1, 2));
        assert!(!is_same("b", 0, 1) && of(1, "a/R-002").is_some() && of(0, "a/R-002").is_none());
        // A broken file is told of at each commit that has it.
        assert!(of(0, "b/R-001").is_some() && of(1, "b/R-001").is_none() && of(2, "b/R-001").is_none());
        assert_eq!(seen.iter().map(|(_, problems)| *problems).collect::<Vec<_>>(), [0, 1, 1]);
    }

    #[test]
    fn a_shallow_clone_says_where_it_ends() {
        let theirs = TestRepo::new();
        theirs.write("pmo.toml", PMO);
        theirs.commit_as("jana@example.org", "2026-10-05T09:00:00+00:00");
        theirs.commit_as("jana@example.org", "2026-10-12T09:00:00+00:00");
        let clone = TestRepo::shallow_clone_of(&theirs.root(), 1);
        let told = names(&clone, &["2026-10-05", "2026-10-12"]);
        assert!(told[0].contains("ends on 2026-10-12") && told[0].contains("--unshallow"), "{told:?}");
        assert_eq!(told[1], "2026-10-12  0");
    }
}
