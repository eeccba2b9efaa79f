//! What comes from others: text that means harm, repositories that bring programs, layouts that nobody expects.
//!
//! Whatever a register holds, nothing is obeyed, run, read or written that the user did not ask for.

// Tests look at files themselves.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::print_stderr)]

// The other binary of tests uses the rest of it.
#[allow(dead_code)]
#[path = "../cli/harness.rs"]
mod harness;
mod judge;
mod layout;
mod names;
mod register;
mod repository;
mod sample;
mod text;
