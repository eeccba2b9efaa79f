//! `cargo fuzz run diff`: see `properties/diff.rs`.
#![no_main]

#[allow(dead_code, reason = "each target tries one of the properties")]
#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|input: &[u8]| properties::diff::holds(input));
