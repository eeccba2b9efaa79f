//! What a register says: kinds of record, value types, the register itself. No IO, no clock, no printing.
//!
//! The serde types here *are* the file format, and the JSON Schema is derived from them. One file holds
//! one kind of record; [`record`] has the machinery that all kinds share and the table [`KINDS`] lists them.

pub mod action;
pub mod actuals;
pub mod assumption;
pub mod benefit;
pub mod change;
pub mod config;
pub mod custom;
pub mod date;
pub mod decision;
pub mod filing;
pub mod issue;
pub mod late_change;
pub mod lesson;
pub mod lifecycle;
pub mod number;
pub mod objective;
pub mod period;
pub mod period_record;
pub mod person;
pub mod place;
pub mod policy;
pub mod programme;
pub mod project;
pub mod rag;
pub mod record;
pub mod reference;
pub mod register;
pub mod reporting;
pub mod request;
pub mod review;
pub mod risk;
pub mod scope;
pub mod status;
mod swift;
pub mod thresholds;

pub use action::Action;
pub use actuals::Actuals;
pub use assumption::Assumption;
pub use benefit::Benefit;
pub use change::Change;
pub use config::Config;
pub use date::Date;
pub use decision::Decision;
pub use issue::Issue;
pub use lesson::Lesson;
pub use number::{Number, NumberOr, Percent};
pub use objective::Objective;
pub use period::{Cadence, Period};
pub use period_record::PeriodRecord;
pub use person::Person;
pub use place::{Name, RecordId};
pub use programme::{Programme, ProgrammeStatus};
pub use project::Project;
pub use rag::Rag;
pub use record::{AnyRecord, KINDS, Kind, Record, Spec};
pub use reference::{Ref, Target};
pub use register::{Register, Shelf, Slot};
pub use request::Request;
pub use review::Review;
pub use risk::Risk;
pub use scope::{KindSet, Needs, Reports, Scope};
pub use status::Status;
