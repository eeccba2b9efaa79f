//! `pmo`: a project register for a Project Management Office, kept as TOML files in git.
//!
//! The house, room by room. Bytes flow one way, `store → load → model → analysis → report →
//! document → render`; changes flow another, `cli → change → store`. Only [`cli`] sees everything.
//!
//! - [`text`]: words for people: escaping, width, cutting, near misses, plurals
//! - [`model`]: what a register says; the serde types are the file format
//! - [`syntax`]: TOML as text: places, mistakes, and the change of one value
//! - [`diag`]: a problem as data, and its renderers
//! - [`store`]: where files are: work tree, git revision, memory, overlay; locks and commits
//! - [`load`]: files into a register plus problems, in parallel, as much as was asked for
//! - [`history`]: what git knows of a register, handed on as model data
//! - [`template`]: scaffolds that people fill in
//! - [`change`]: planned writes as one value, validated before they are applied
//! - [`analysis`]: what follows from a register on a day
//! - [`check`]: one rule a file, and their registry
//! - [`document`]: the neutral form of a page
//! - [`report`]: one report a file
//! - [`render`]: a document into terminal, Markdown and CSV; typed values into JSON and YAML
//! - [`exchange`]: import and export
//! - [`demo`]: the story of the demo register
//! - [`cli`]: the commands
//!
//! `tests/architecture.rs` fails on a dependency between rooms that the map does not allow.

pub mod analysis;
pub mod change;
pub mod check;
pub mod cli;
pub mod demo;
pub mod diag;
pub mod document;
pub mod exchange;
pub mod history;
pub mod load;
pub mod model;
pub mod render;
pub mod report;
pub mod store;
pub mod syntax;
pub mod template;
pub mod text;
