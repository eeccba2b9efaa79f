//! The records of a register as tables that keep their types, and as a tree for programs.
//!
//! `form` says which tables and columns there are, `table` fills them, `value` has the typed values. On them stand the formats: `files` for CSV, `whole` for JSON and
//! YAML, `sheets` for workbooks, `database` for SQLite; `agenda` writes days as a calendar, `drafts` what does not count yet. What is exported is what the register says, not what it amounts to: figures are for reports.

mod agenda;
#[cfg(feature = "sqlite")]
mod database;
mod drafts;
mod files;
mod form;
mod gather;
mod selected;
mod sheets;
mod table;
mod value;
mod whole;

pub use agenda::{Occasion, ics};
#[cfg(feature = "sqlite")]
pub use database::{DatabaseError, database};
pub use drafts::{DRAFT, Draft, drafts_csv, drafts_sheet};
pub use files::csv;
pub use form::{Field, Form, Holds, forms, identity};
pub use gather::{Gathered, gather};
pub use selected::{Choice, select};
pub use sheets::sheet;
pub use table::{Column, Table, table_of, tables};
pub use value::Value;
pub use whole::{Records, Whole, whole};
