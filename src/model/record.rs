//! The machinery that all kinds of record share, and the table of kinds.

use std::any::Any;
use std::borrow::Cow;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde::Serialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::DeTable;

use super::swift;
use super::{
    Action, Actuals, Assumption, Benefit, Change, Date, Decision, Issue, Lesson, Objective, PeriodRecord,
    Person, Programme, ProgrammeStatus, Project, Ref, Request, Review, Reviewed, Risk, Status,
};

/// Where the records of a kind stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `<folder>/<slug>.toml`
    Slug,
    /// `projects/<id>/project.toml`
    Sole,
    /// `programmes/<id>.toml`
    ProgrammeFile,
    /// `programmes/<id>/<folder>/<period>.toml`
    ProgrammePeriod,
    /// `<folder>/<PREFIX>-<number>.toml`, in a project or in the register itself
    Numbered {
        /// How many digits the number has at least.
        digits: usize,
    },
    /// `projects/<id>/<folder>/<GATE>-<turn>.toml`
    Gate,
    /// `<folder>/<period>.toml`, in a project or in the register itself
    Period,
}

/// How a record of a kind is closed and reopened: which keys change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The key that takes the effective date.
    pub on: &'static str,
    /// The key that takes the outcome in words, if there is one.
    pub outcome: Option<&'static str>,
    /// The value of `state` when closed and when open, where the state is a field and not derived.
    pub state: Option<(&'static str, &'static str)>,
}

/// What a kind of record is: its names, its place, and what it can do.
#[derive(Debug, PartialEq)]
pub struct Spec {
    /// The noun: `risk`.
    pub name: &'static str,
    /// The plural: `risks`.
    pub plural: &'static str,
    /// The folder that holds its files.
    pub folder: &'static str,
    /// Whether the folder is a project's.
    pub in_project: bool,
    /// The prefix of allocated ids, or empty.
    pub prefix: &'static str,
    /// How its files are named.
    pub place: Place,
    /// The states it can be in, open ones first; empty when it has none.
    pub states: &'static [&'static str],
    /// How it is closed, if it can be.
    pub closing: Option<Closing>,
    /// Which fields `list` shows, beside id and title.
    pub columns: &'static [&'static str],
    /// One sentence: what it is for.
    pub about: &'static str,
}

/// A type of record: its fields are the file format.
pub trait Record: DeserializeOwned + Serialize + JsonSchema + Send + Sync + 'static {
    /// What the kind is.
    const SPEC: Spec;

    /// What people call the record.
    fn title(&self) -> &str;

    /// The state, stated or derived.
    fn state(&self) -> Option<Cow<'static, str>> {
        None
    }

    /// Whether nothing more is expected to happen to it.
    fn is_closed(&self) -> bool {
        false
    }

    /// The person who answers for it, by id.
    fn owner(&self) -> Option<&str> {
        None
    }

    /// The day by which it wants attention.
    fn due(&self) -> Option<Date> {
        None
    }

    /// Its links that are to be looked at again when what they lead to changes, and what was seen of them.
    fn reviewable(&self) -> (&[Ref], &[Reviewed]) {
        (&[], &[])
    }

    /// Shows every reference it holds, with the path of the key that holds it.
    fn links(&self, _see: &mut dyn FnMut(&str, Ref)) {}
}

/// A record of any kind.
pub trait AnyRecord: Any + Send + Sync {
    /// What its kind is.
    fn spec(&self) -> &'static Spec;
    /// What people call it.
    fn title(&self) -> &str;
    /// The state, stated or derived.
    fn state(&self) -> Option<Cow<'static, str>>;
    /// Whether nothing more is expected to happen to it.
    fn is_closed(&self) -> bool;
    /// The person who answers for it, by id.
    fn owner(&self) -> Option<&str>;
    /// The day by which it wants attention.
    fn due(&self) -> Option<Date>;
    /// Its links that are to be looked at again when what they lead to changes, and what was seen of them.
    fn reviewable(&self) -> (&[Ref], &[Reviewed]);
    /// Shows every reference it holds, with the path of the key that holds it.
    fn links(&self, see: &mut dyn FnMut(&str, Ref));
    /// Its fields, to be written in any format.
    fn fields(&self) -> &dyn erased_serde::Serialize;
    /// The record as its own type, for `downcast_ref`.
    fn as_any(&self) -> &dyn Any;
}

impl<T: Record> AnyRecord for T {
    fn spec(&self) -> &'static Spec {
        &const { T::SPEC }
    }
    fn title(&self) -> &str {
        Record::title(self)
    }
    fn state(&self) -> Option<Cow<'static, str>> {
        Record::state(self)
    }
    fn is_closed(&self) -> bool {
        Record::is_closed(self)
    }
    fn owner(&self) -> Option<&str> {
        Record::owner(self)
    }
    fn due(&self) -> Option<Date> {
        Record::due(self)
    }
    fn reviewable(&self) -> (&[Ref], &[Reviewed]) {
        Record::reviewable(self)
    }
    fn links(&self, see: &mut dyn FnMut(&str, Ref)) {
        Record::links(self, see);
    }
    fn fields(&self) -> &dyn erased_serde::Serialize {
        self
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Reads a record of some kind from a parsed table.
type Read = fn(Spanned<DeTable<'_>>) -> Result<Arc<dyn AnyRecord>, toml::de::Error>;

/// A row of the table of kinds.
pub struct Kind {
    /// What the kind is.
    pub spec: &'static Spec,
    /// The JSON Schema (draft-07) of its files.
    pub schema: fn() -> Schema,
    /// Reads a record from a parsed table.
    pub read: Read,
    /// Reads a record straight from a text in which nothing is wrong; nothing when something may be.
    pub read_swiftly: fn(&str) -> Option<Arc<dyn AnyRecord>>,
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.spec.name)
    }
}

const fn kind<T: Record>() -> Kind {
    Kind {
        spec: &const { T::SPEC },
        schema: schema_of::<T>,
        read: read_as::<T>,
        read_swiftly: read_swiftly::<T>,
    }
}

/// The draft-07 schema of a type's files.
pub fn schema_of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<T>()
}

fn read_as<T: Record>(table: Spanned<DeTable<'_>>) -> Result<Arc<dyn AnyRecord>, toml::de::Error> {
    T::deserialize(toml::de::Deserializer::from(table)).map(|record| Arc::new(record) as Arc<dyn AnyRecord>)
}

fn read_swiftly<T: Record>(text: &str) -> Option<Arc<dyn AnyRecord>> {
    swift::read::<T>(text).map(|record| Arc::new(record) as Arc<dyn AnyRecord>)
}

/// Every kind of record, in the order in which people meet them.
pub static KINDS: &[Kind] = &[
    kind::<Project>(),
    kind::<Programme>(),
    kind::<Person>(),
    kind::<Objective>(),
    kind::<Request>(),
    kind::<Status>(),
    kind::<ProgrammeStatus>(),
    kind::<Actuals>(),
    kind::<Risk>(),
    kind::<Issue>(),
    kind::<Assumption>(),
    kind::<Action>(),
    kind::<Decision>(),
    kind::<Change>(),
    kind::<Review>(),
    kind::<Benefit>(),
    kind::<Lesson>(),
    kind::<PeriodRecord>(),
];

impl Kind {
    /// The kind of that name, singular or plural.
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|k| k.spec.name == name || k.spec.plural == name)
    }

    /// The kind of a Rust type.
    pub fn of<T: Record>() -> &'static str {
        T::SPEC.name
    }
}

/// The state of a record that only has a closing date.
pub(super) fn open_or_closed(closed: bool) -> Option<Cow<'static, str>> {
    Some(Cow::Borrowed(if closed { "closed" } else { "open" }))
}
