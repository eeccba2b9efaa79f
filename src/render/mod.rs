//! A document into terminal, Markdown, HTML, CSV and XLSX; a diagram into Mermaid and DOT; a typed value into JSON and YAML.
//!
//! All that a reader's destination decides is decided here and nowhere else: width, colour, signs, rounding
//! and escaping. Text of a register is escaped for its destination as it is written. JSON and YAML carry the
//! typed value of a report, not the page, through one neutral tree ([`Node`]) that keeps numbers exact.

mod csv;
mod date_chart;
mod diagram;
mod figures;
mod html;
mod json;
mod locale;
mod markdown;
mod marks;
mod paint;
mod terminal;
mod xlsx;
mod yaml;

use crate::model::tree;

pub use csv::{CsvError, csv, csv_of_table};
pub use diagram::{dot, mermaid};
pub use html::html;
pub use json::{json, json_to};
pub use markdown::markdown;
pub use terminal::{Screen, terminal};
pub use tree::{NUMBER, Node, TreeError};
pub use xlsx::{Sheet, WorkbookError, Written, workbook, xlsx};
pub use yaml::{yaml, yaml_to};

#[cfg(test)]
mod tests;
