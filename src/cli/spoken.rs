//! The command as it would be typed again: its words and options in one order, without what says where, when
//! and in which form.
//!
//! `-O md --rag=red` and `--rag red` are one command, so that equal reports say the same of themselves.

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

/// Options that say where the product goes and what it looks like, and not what it is.
const FORMS: [&str; 1] = ["format"];

/// The command that was given, from its matches; `command` is the program's, built.
pub(super) fn spoken(command: &Command, matches: &ArgMatches) -> String {
    let mut words = vec![command.get_name().to_owned()];
    let (mut command, mut matches) = (command, matches);
    while let Some((name, below)) = matches.subcommand() {
        let Some(found) = command.find_subcommand(name) else { break };
        words.push(name.to_owned());
        (command, matches) = (found, below);
    }
    let given = |arg: &&Arg| {
        let id = arg.get_id().as_str();
        !arg.is_global_set()
            && !FORMS.contains(&id)
            && matches.try_contains_id(id).is_ok()
            && matches.value_source(id) == Some(ValueSource::CommandLine)
    };
    let (places, options): (Vec<&Arg>, Vec<&Arg>) =
        command.get_arguments().filter(given).partition(|arg| arg.is_positional());
    for arg in places {
        words.extend(values(matches, arg));
    }
    for arg in options {
        let Some(long) = arg.get_long() else { continue };
        words.push(format!("--{long}"));
        if arg.get_action().takes_values() {
            let values = values(matches, arg);
            words.push(values.join(&arg.get_value_delimiter().unwrap_or(',').to_string()));
        }
    }
    // A word that no shell can hold was not typed into one.
    shlex::try_join(words.iter().map(String::as_str)).unwrap_or_else(|_| words.join(" "))
}

fn values(matches: &ArgMatches, arg: &Arg) -> Vec<String> {
    let raw = matches.get_raw(arg.get_id().as_str()).into_iter().flatten();
    raw.map(|value| value.to_string_lossy().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;

    fn of(line: &str) -> String {
        let mut command = Cli::command();
        let words = shlex::split(line).unwrap();
        let matches = command.try_get_matches_from_mut(words).unwrap();
        spoken(&command, &matches)
    }

    #[test]
    fn a_command_is_said_in_one_way() {
        for (typed, said) in [
            ("pmo report portfolio", "pmo report portfolio"),
            ("pmo -C x report portfolio -O json -o y.json --today 2026-11-20", "pmo report portfolio"),
            (
                "pmo report portfolio --rag=red,amber --sort slip --exact",
                "pmo report portfolio --rag 'red,amber' --sort slip --exact",
            ),
            ("pmo report project 'x y' --at HEAD", "pmo report project 'x y'"),
            ("pmo report weekly --period 2026-W46", "pmo report period --period 2026-W46"),
        ] {
            assert_eq!(of(typed), said);
        }
    }
}
