//! The commands: the only room that prints, and the only one that reads the clock and the environment.
//!
//! One file a command: its arguments as a clap struct with a `run` that takes the [`Context`] and ends in
//! an [`Outcome`]. `context` opens things on demand, `emit` writes what a command produces, `error` is what
//! a user is told when it goes wrong.

mod arguments;
mod audience;
mod card;
mod check;
mod check_paths;
mod ci;
mod close;
pub mod commit;
mod complete;
mod completions;
mod context;
mod demo;
mod dependency;
mod diff;
mod edit;
mod emit;
mod environment;
mod error;
mod escalated;
mod explain;
mod export;
#[cfg(unix)]
#[cfg(test)]
mod fault_tests;
mod find;
mod forecast;
mod glance;
mod hook;
mod import;
mod init;
mod log;
mod man;
mod merge_driver;
mod near_miss;
mod noun;
mod progress;
mod remove;
mod rename;
mod report;
mod resolve;
mod review_links;
mod risk;
mod schema;
mod set;
mod show;
mod spoken;
mod standpoint;
mod status;
mod template;
mod templates;
mod trend;
mod undo;
mod verify;
mod watched;
mod writing;

use std::process::ExitCode;

pub use arguments::{Cli, Command};
pub use context::Context;
pub use emit::{ListFormat, PageFormat};
pub use error::{CliError, Hint};

/// How a command that worked ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Fine: exit code 0.
    Fine,
    /// There are findings at or above the failing level: exit code 1.
    Findings,
}

/// What came of a command: exit code 0, 1, or an error with code 2.
pub type Outcome = Result<Done, CliError>;

/// The words that name the command: `status due`.
fn words(matches: &clap::ArgMatches) -> Vec<String> {
    let mut words = Vec::new();
    let mut below = matches.subcommand();
    while let Some((word, matches)) = below {
        words.push(word.to_owned());
        below = matches.subcommand();
    }
    words
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    use clap::{CommandFactory as _, FromArgMatches as _};
    // A shell that asks for candidates sets a variable and gets them here; otherwise this does nothing.
    clap_complete::CompleteEnv::with_factory(Cli::command).complete();
    let mut program = Cli::command();
    let parsed = program.try_get_matches_from_mut(environment::arguments()).and_then(|matches| {
        let words = words(&matches);
        Ok((Cli::from_arg_matches(&matches)?, words, spoken::spoken(&program, &matches)))
    });
    let (cli, words, spoken) = match parsed {
        Ok(parsed) => parsed,
        Err(wrong) => {
            let wrong = wrong.format(&mut program);
            let code = if wrong.use_stderr() { 2 } else { 0 };
            emit::misunderstood(&wrong);
            return ExitCode::from(code);
        }
    };
    let context = match Context::new(&cli.global, &words, spoken) {
        Ok(context) => context,
        Err(error) => {
            emit::complain(&error, environment::colour_on_stderr(cli.global.color));
            return ExitCode::from(2);
        }
    };
    match cli.run(&context) {
        Ok(Done::Fine) => ExitCode::SUCCESS,
        Ok(Done::Findings) => ExitCode::from(1),
        // A reader that has seen enough (`pmo … | head`) is no failure.
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            emit::complain(&error, context.colour_on_stderr);
            ExitCode::from(2)
        }
    }
}
