//! The environment and the clock, read once: nothing else in the program asks for either.

#![expect(clippy::disallowed_methods, reason = "this is the one place that asks")]

use std::io::{self, IsTerminal};
use std::time::Instant;

use crate::model::Date;
use crate::store;

use super::arguments::Color;

/// The columns of a page that goes to no terminal.
const WIDTH: usize = 100;

/// The value of a variable, when it is set, not empty, and text.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The arguments of the process, its own name first.
pub fn arguments() -> impl Iterator<Item = std::ffi::OsString> {
    std::env::args_os()
}

/// The day, by the clock of this machine.
pub fn clock() -> Date {
    Date(chrono::Local::now().date_naive())
}

/// The moment, by the clock of this machine, for telling others since when it is their turn to wait.
pub fn moment() -> String {
    chrono::Local::now().format("%Y-%m-%d %H:%M:%S").to_string()
}

/// The clock's reading, for saying how long something takes.
pub fn now() -> Instant {
    Instant::now()
}

/// The index that git gives a hook, where it is not the repository's own.
pub fn index_of_hook() -> store::Index {
    store::Index { file: variable("GIT_INDEX_FILE") }
}

/// Whether standard input is a person.
pub fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// How many columns a page has: COLUMNS, then the terminal's, then a fixed number.
pub fn width() -> usize {
    let stated = variable("COLUMNS").and_then(|columns| columns.parse().ok()).filter(|c| *c >= 20);
    stated.or_else(|| terminal_size::terminal_size().map(|(width, _)| width.0.into())).unwrap_or(WIDTH)
}

/// Whether the terminal shows more than ASCII.
pub fn shows_unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable);
    let spoken = locale.map(|l| l.to_ascii_lowercase().replace('-', "").contains("utf8"));
    // Without a locale a pipe gets UTF-8, as files are; a terminal that says "C" gets ASCII.
    spoken.unwrap_or(true) || !io::stdout().is_terminal()
}

/// Whether standard output is to be coloured.
pub fn colour_on_stdout(wanted: Color) -> bool {
    colour(wanted, || anstream::AutoStream::choice(&io::stdout()))
}

/// Whether standard error is to be coloured.
pub fn colour_on_stderr(wanted: Color) -> bool {
    colour(wanted, || anstream::AutoStream::choice(&io::stderr()))
}

fn colour(wanted: Color, found: impl FnOnce() -> anstream::ColorChoice) -> bool {
    match wanted {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => !matches!(found(), anstream::ColorChoice::Never),
    }
}
