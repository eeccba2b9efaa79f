//! Import and export: what other programs wrote into planned changes of the register, and the register into files that other programs open.
//!
//! Nothing here reads or writes a file: bytes come from `cli`, and go back to it or into a
//! `change::Plan`. How a page looks, also as a workbook, belongs to `render`.

mod cell;
pub mod export;
pub mod import;
pub mod msproject;
pub mod table;
