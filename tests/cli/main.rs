//! The program as people run it: one binary of tests, one file a topic.
//!
//! Every test works in a [`harness::Sandbox`]: a folder of its own with a home of its own, a fixed day
//! and width, and no configuration of the user's.

// Tests look at files themselves.
#![allow(clippy::disallowed_methods, clippy::print_stderr, clippy::unwrap_used)]

mod at;
mod at_odd;
mod audience;
mod bad_command;
#[cfg(target_os = "linux")]
mod bad_disk;
mod bad_input;
mod bad_place;
mod basics;
mod benefit;
mod cadence;
mod chase;
mod check;
mod ci;
mod close;
mod commit;
mod concurrent;
mod demo;
mod dependency;
mod diff;
mod edit;
mod evm;
mod explain;
mod export;
mod filing;
mod finance;
mod find;
mod forecast;
mod hook;
mod import;
mod import_all;
mod import_dirty;
mod import_docs;
mod import_guess;
mod import_told;
mod import_twice;
mod init;
mod msproject;
mod review_links;
mod risk_life;
mod round_trip;
mod schema;
mod simulate;
mod status;
// A topic uses what it needs of it.
#[allow(dead_code)]
mod harness;
mod killed;
mod kpi;
mod lifecycle;
mod locale;
mod log;
mod matrix;
mod merge_driver;
mod moderation;
mod near_miss;
mod period;
mod period_report;
mod raid;
mod rebaseline;
mod records;
mod remove;
mod rename;
mod report;
mod reporting;
mod resolve;
mod risks;
mod set;
mod show;
mod teams;
mod template;
mod tolerance;
mod trend;
mod undo;
mod verify;
