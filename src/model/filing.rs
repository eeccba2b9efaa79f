//! When reports were filed, as git knows it: facts that reports and rules use without knowing git.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::{Date, Period};

/// A commit, as far as a register cares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its full id.
    pub id: String,
    /// When it was committed, in seconds since 1970.
    pub seconds: i64,
    /// The committer's offset from UTC, in minutes.
    pub offset_minutes: i32,
    /// Who wrote it.
    pub author: String,
}

impl Commit {
    /// The day on which it was committed, where the committer was.
    pub fn day(&self) -> Date {
        let local = self.seconds.saturating_add(i64::from(self.offset_minutes) * 60);
        Date(chrono::DateTime::UNIX_EPOCH.date_naive()).plus_days(local.div_euclid(86_400))
    }

    /// The moment as RFC 3339 writes it: `2026-11-20T16:05:00+01:00`.
    pub fn moment(&self) -> String {
        let local = self.seconds.saturating_add(i64::from(self.offset_minutes) * 60);
        let second = local.rem_euclid(86_400);
        let (sign, offset) = (if self.offset_minutes < 0 { '-' } else { '+' }, self.offset_minutes.abs());
        format!(
            "{}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
            self.day(),
            second / 3600,
            second / 60 % 60,
            second % 60,
            offset / 60,
            offset % 60
        )
    }
}

impl Serialize for Commit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written<'a> {
            id: &'a str,
            at: String,
            author: &'a str,
        }
        Written { id: &self.id, at: self.moment(), author: &self.author }.serialize(serializer)
    }
}

/// When a report was filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Filing {
    /// With this commit: the first reachable one that holds it complete.
    With(Commit),
    /// Not yet: no commit holds it complete.
    Uncommitted,
    /// Nobody can tell.
    Unknown(Unknown),
}

/// Why nobody can tell when a report was filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unknown {
    /// The register is in no git repository, or in one without a commit.
    NoHistory,
    /// The clone is shallow, and the report was there when its history begins.
    Shallow,
    /// Only programs that `[reporting] bots` lists have committed it.
    OnlyBots,
    /// Git could not read its history.
    Unreadable(String),
}

/// What is known of when reports were filed; nothing of those that were not asked for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Filings {
    known: BTreeMap<(String, Period), Filing>,
}

impl Filings {
    /// When a project's report for a period was filed, if that was asked for.
    pub fn of(&self, project: &str, period: Period) -> Option<&Filing> {
        self.known.get(&(project.to_owned(), period))
    }

    /// Sets when a report was filed.
    pub fn put(&mut self, project: &str, period: Period, filing: Filing) {
        self.known.insert((project.to_owned(), period), filing);
    }

    /// Every report that was asked for.
    pub fn all(&self) -> impl Iterator<Item = (&str, Period, &Filing)> {
        self.known.iter().map(|((project, period), filing)| (project.as_str(), *period, filing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_falls_on_the_day_where_its_committer_was() {
        let commit = |seconds, offset_minutes| Commit {
            id: String::new(),
            seconds,
            offset_minutes,
            author: String::new(),
        };
        // 2026-11-20T23:30:00Z.
        let late = 1_795_217_400;
        for (seconds, offset, day, moment) in [
            (late, 0, "2026-11-20", "2026-11-20T23:30:00+00:00"),
            (late, 60, "2026-11-21", "2026-11-21T00:30:00+01:00"),
            (late, -330, "2026-11-20", "2026-11-20T18:00:00-05:30"),
            (-1, 0, "1969-12-31", "1969-12-31T23:59:59+00:00"),
        ] {
            let commit = commit(seconds, offset);
            assert_eq!((commit.day().to_string().as_str(), commit.moment().as_str()), (day, moment));
        }
    }
}
