//! `docs/cli.md` is the help of every command, written by this test so that a change shows up in review.
//!
//! `PMO_BLESS=1 cargo test --test docs` rewrites it.

// Tests look at files and the environment themselves.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::fmt::Write as _;
use std::path::Path;

use clap::{Command, CommandFactory};

#[test]
fn the_command_line_page_is_current() {
    let mut root = pmo::cli::Cli::command().term_width(100);
    root.build();
    let mut page = String::from(
        "# The command line\n\nThe help of every command, as `pmo COMMAND --help` prints it. What holds everywhere stands under \
         `pmo` and is not repeated.\n",
    );
    describe(&mut root, "pmo", &mut page);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    if std::env::var_os("PMO_BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "docs/cli.md is not what the help says: PMO_BLESS=1 cargo test --test docs");
}

fn describe(command: &mut Command, name: &str, page: &mut String) {
    let help = command.render_long_help().to_string();
    let help: Vec<&str> = help.lines().map(str::trim_end).collect();
    let mut help = help.join("\n");
    if name != "pmo"
        && let Some(everywhere) = help.find("\nEverywhere:")
    {
        help.truncate(everywhere);
    }
    writeln!(page, "\n## `{name}`\n\n```text\n{}\n```", help.trim_end()).unwrap();
    let mut inner: Vec<Command> = command.get_subcommands().cloned().collect();
    for sub in inner.iter_mut().filter(|sub| !sub.is_hide_set()) {
        let name = format!("{name} {}", sub.get_name());
        describe(sub, &name, page);
    }
}
