//! What `--at` and the ends of a difference name: a commit, and the day that goes with it.
//!
//! - What reads as a date, a period or words for one (`last-month`) is that; everything else is a revision in
//!   git's words. A branch that is called like a day is reached as `refs/heads/NAME`.
//! - A day is the newest commit of HEAD's own line (first parents) that was committed by its end.
//! - A period that was closed is the commit that closed it (`report/2026-W46`): what was published. Any other
//!   is the newest commit by its last day.
//! - A day or period moves the day too, a revision does not.

use crate::model::filing::Commit;
use crate::model::{Date, Period};
use crate::store::{self, AsOf, Head, Location, Past, PastCommit, Revision, Source as _, StoreError};

use super::closed::{TAGS, closing};
use super::when::{When, when};

/// A commit that somebody named, in one way or another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// What was typed.
    pub text: String,
    /// The commit.
    pub commit: Commit,
    /// The day that goes with it: that of a date, the last of a period; none with a revision.
    pub day: Option<Date>,
    /// How it was found.
    pub found: Found,
}

/// How a commit was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// By git's own words, with what they name: `tag v1`, `branch main`.
    Revision(Option<String>),
    /// As the newest one by the end of this day.
    Day(Date),
    /// As the newest one by the end of this period.
    Period(Period),
    /// As the one that closed this period, with the tag or commit that says so.
    Closing(Period, String),
}

/// Why a text names no commit that could be read.
#[derive(Debug, thiserror::Error)]
pub enum PointError {
    /// Nothing is called so.
    #[error("`{text}` is no commit, tag, branch, date or period")]
    Unknown {
        /// What was typed.
        text: String,
        /// Branches and tags that there are.
        known: Vec<String>,
    },
    /// The day or period has not come.
    #[error("{text} is still to come")]
    Ahead {
        /// What was typed.
        text: String,
        /// The first day of it.
        day: Date,
    },
    /// History begins later.
    #[error("{} on {day}: its history begins with commit {} of {began}", if *shallow { "this clone does not tell how the register stood" } else { "there was no register yet" }, store::short_id(.first))]
    Before {
        /// The day that was asked for.
        day: Date,
        /// The oldest commit of the branch.
        first: String,
        /// Its day.
        began: Date,
        /// Whether only the clone begins there, and not the history.
        shallow: bool,
    },
    /// The commit is there, and has no register.
    #[error("there was no register yet at {words}")]
    NoRegister {
        /// The commit.
        words: String,
        /// The commit that the register came with, and its day.
        began: Option<(String, Date)>,
    },
    /// Git or its files did not work.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Point {
    /// The commit in words, for the head of a report: `commit 3f2c1a9 (the newest by 2026-10-31)`.
    pub fn words(&self) -> String {
        let id = store::short_id(&self.commit.id);
        match &self.found {
            Found::Revision(None) => format!("commit {id}"),
            Found::Revision(Some(name)) => format!("commit {id} ({name})"),
            Found::Day(day) => format!("commit {id} (the newest by {day})"),
            Found::Period(period) => format!("commit {id} (the newest by the end of {period})"),
            Found::Closing(period, name) if name.starts_with(TAGS) => {
                format!("commit {id} (tag {name}, the close of {period})")
            }
            Found::Closing(period, _) => format!("commit {id} (the close of {period})"),
        }
    }

    /// Opens the register's files as they stood there.
    pub fn open(&self, location: &Location) -> Result<Revision, PointError> {
        let revision = match Revision::open(location, &self.commit.id) {
            Ok(revision) => revision,
            Err(StoreError::NotAtRevision { .. }) => return Err(self.no_register(location)),
            Err(error) => return Err(error.into()),
        };
        if revision.read_if_present(store::MARKER)?.is_none() {
            return Err(self.no_register(location));
        }
        let place = revision.place();
        let words = match location.repo()?.prefix == place {
            true => self.words(),
            false if place.is_empty() => format!("{}, then in the repository's root", self.words()),
            false => format!("{}, then in {place}", self.words()),
        };
        Ok(revision.described(words))
    }

    fn no_register(&self, location: &Location) -> PointError {
        PointError::NoRegister { words: self.words(), began: began(location) }
    }
}

/// The commit that the register came with; nothing where nobody can tell.
fn began(location: &Location) -> Option<(String, Date)> {
    let past = Past::open(location).ok()??;
    let commits = store::commits_of(location, past.head(), store::MARKER).ok()?;
    let first = past.commit(commits.last()?).ok()?;
    Some((first.id.clone(), Date(first.day())))
}

/// Finds the commit that a text names, with days counted from `today`.
pub fn point(location: &Location, text: &str, today: Date) -> Result<Point, PointError> {
    let past = past(location)?;
    match when(text, today) {
        Some(When::Day(day)) => {
            let commit = by(&past, text, day, day, today)?;
            Ok(named(text, &commit, Some(day), Found::Day(day)))
        }
        Some(When::Period(period)) => of_period(location, &past, text, period, today),
        None => of_revision(location, &past, text),
    }
}

/// The history of a register that has one.
pub(super) fn past(location: &Location) -> Result<Past, StoreError> {
    let repo = location.repo()?;
    match (Past::open(location)?, &repo.head) {
        (Some(past), _) => Ok(past),
        (None, Head::Unborn { name }) => Err(StoreError::Unborn { branch: name.clone() }),
        (None, Head::Unreadable { why }) => Err(StoreError::Git2 { message: why.clone() }),
        (None, _) => Err(StoreError::NoGit { root: location.root.display().to_string() }),
    }
}

/// The newest commit by the end of a day, for a day or period that begins with `from`.
fn by(past: &Past, text: &str, from: Date, day: Date, today: Date) -> Result<PastCommit, PointError> {
    let newest = Date(past.commit(past.head())?.day());
    if from > today.max(newest) {
        return Err(PointError::Ahead { text: text.to_owned(), day: from });
    }
    match store::as_of(past, &[day.0])?.pop() {
        Some(AsOf::At(commit)) => Ok(commit),
        Some(AsOf::Before(first)) => Err(PointError::Before {
            day,
            shallow: past.ends_at(&first.id),
            began: Date(first.day()),
            first: first.id,
        }),
        None => Err(StoreError::NoRevision { rev: text.to_owned() }.into()),
    }
}

fn of_period(
    location: &Location,
    past: &Past,
    text: &str,
    period: Period,
    today: Date,
) -> Result<Point, PointError> {
    let day = if period.contains(today) { today } else { period.last() };
    let tags = store::tags(location, TAGS)?;
    if let Some((name, revision)) = closing(location, &tags, &[past.head()], period)? {
        let commit = past.commit(revision.commit())?;
        return Ok(named(text, &commit, Some(day), Found::Closing(period, name)));
    }
    let commit = by(past, text, period.first(), day, today)?;
    Ok(named(text, &commit, Some(day), Found::Period(period)))
}

fn of_revision(location: &Location, past: &Past, text: &str) -> Result<Point, PointError> {
    let resolved = match past.resolve(text) {
        Ok(resolved) => resolved,
        Err(StoreError::NoRevision { .. }) => {
            let known = store::references(location).unwrap_or_default();
            return Err(PointError::Unknown { text: text.to_owned(), known });
        }
        Err(error) => return Err(error.into()),
    };
    let (id, name) = resolved;
    Ok(named(text, &past.commit(&id)?, None, Found::Revision(name)))
}

fn named(text: &str, commit: &PastCommit, day: Option<Date>, found: Found) -> Point {
    Point { text: text.to_owned(), commit: told(commit), day, found }
}

/// A commit as the model has it.
pub(super) fn told(commit: &PastCommit) -> Commit {
    Commit {
        id: commit.id.clone(),
        seconds: commit.seconds,
        offset_minutes: commit.offset_minutes,
        author: commit.author.clone(),
    }
}
