//! `pmo hook`: git asks pmo before every commit.

use clap::{Args, Subcommand};

use crate::store::{self, Hook as File};

use super::{CliError, Context, Done, Outcome};

/// Let git check what is staged before every commit, and join files by key
///
/// The hook runs `pmo check --staged`: only files of the register that are staged, as they are staged. Errors stop the
/// commit; `git commit --no-verify` goes past it. `.pre-commit-hooks.yaml` serves the pre-commit framework (docs/ci.md).
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo hook install                     check what is staged before every commit
  pmo hook uninstall
  pmo hook install --merge-driver      let git join the register's files by key (docs/merging.md)
  pmo hook uninstall --merge-driver")]
pub struct Hook {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Install the pre-commit hook; a hook of somebody else's is left alone
    Install {
        /// Put a hook of somebody else's aside, as pre-commit.before-pmo
        #[arg(long)]
        force: bool,
        /// Install the merge driver instead: .gitattributes names the register's files, git config the command
        #[arg(long, conflicts_with = "force")]
        merge_driver: bool,
    },
    /// Take the pre-commit hook away, and bring back one that was put aside
    Uninstall {
        /// Take the merge driver away instead
        #[arg(long)]
        merge_driver: bool,
    },
}

/// The line by which we know our own.
const MARK: &str = "# Written by `pmo hook install`; `pmo hook uninstall` takes it away.";

/// What stands before the calls, one for each register of the repository.
const SCRIPT: &str = r#"# Checks what is staged in a register, as it is staged. `git commit --no-verify` goes past it.
check() {
    [ -f "$1/pmo.toml" ] || return 0
    if ! command -v pmo > /dev/null; then
        echo "pmo is not in PATH, so what is staged was not checked" >&2
        return 0
    fi
    pmo -C "$1" check --staged || exit 1
}
"#;

impl Hook {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let location = context.location()?;
        let hook = File::of(location)?;
        let folder = match location.repo()?.prefix.as_str() {
            "" => ".",
            prefix => prefix,
        };
        let call = format!("check {}\n", quoted(folder));
        match self.verb {
            Verb::Install { merge_driver: true, .. } => install_driver(context),
            Verb::Uninstall { merge_driver: true } => uninstall_driver(context),
            Verb::Install { force, .. } => install(context, &hook, &call, folder, force),
            Verb::Uninstall { .. } => uninstall(context, &hook, &call),
        }
    }
}

fn install(context: &Context, hook: &File, call: &str, folder: &str, force: bool) -> Outcome {
    let shown = hook.path().display().to_string();
    let by_hand = format!("pmo -C {} check --staged || exit 1", quoted(folder));
    if hook.is_shared() {
        return Err(CliError::new(format!(
            "core.hooksPath leads to {shown}, outside of this repository, where others may use it too"
        ))
        .hint(format!("call pmo from the hook there: {by_hand}"))
        .hint("or give this repository hooks of its own: git config core.hooksPath .git/hooks"));
    }
    let there = hook.read()?;
    let text = match there {
        Some(text) if text.contains(MARK) && text.contains(&format!("\n{call}")) => {
            context.say(&format!("{shown} checks this register already"));
            return Ok(Done::Fine);
        }
        Some(text) if text.contains(MARK) => format!("{}\n{call}", text.trim_end()),
        Some(_) if !force => {
            return Err(CliError::new(format!("{shown} is a hook of your own, and is left as it is"))
                .hint(format!("add this line to it: {by_hand}"))
                .hint("or put it aside: pmo hook install --force"));
        }
        Some(_) => {
            let aside = hook.put_aside()?;
            context.say(&format!("the hook that was there is now {}", aside.display()));
            whole(call)
        }
        None => whole(call),
    };
    hook.write(&text)?;
    context.say(&format!("installed {shown}: what is staged is checked before every commit"));
    Ok(Done::Fine)
}

fn whole(call: &str) -> String {
    format!("#!/bin/sh\n{MARK}\n{SCRIPT}\n{call}")
}

fn uninstall(context: &Context, hook: &File, call: &str) -> Outcome {
    let shown = hook.path().display().to_string();
    let text = match hook.read()? {
        Some(text) if text.contains(MARK) => text,
        Some(_) => {
            return Err(CliError::new(format!("{shown} was not written by pmo, and is left as it is")));
        }
        None => {
            context.say("there is no pre-commit hook here");
            return Ok(Done::Fine);
        }
    };
    let rest = text.replacen(&format!("\n{call}"), "\n", 1);
    if rest.lines().any(|line| line.starts_with("check '")) {
        hook.write(&rest)?;
        context.say(&format!("{shown} does not check this register any more"));
    } else if hook.remove()? {
        context.say(&format!("removed our hook; the one that it had put aside is {shown} again"));
    } else {
        context.say(&format!("removed {shown}"));
    }
    Ok(Done::Fine)
}

fn install_driver(context: &Context) -> Outcome {
    if !store::install_merge_driver(context.location()?)? {
        context.say("git joins this register's files by key already");
        return Ok(Done::Fine);
    }
    context.say("git joins this register's files by key: in merge, rebase and cherry-pick");
    context.say(
        "written: .gitattributes (commit it: it does no harm where pmo is not installed), and merge.pmo in",
    );
    context.say("this clone's git config, which every clone sets for itself with this command");
    context.say("next: git add .gitattributes && git commit · to undo: pmo hook uninstall --merge-driver");
    Ok(Done::Fine)
}

fn uninstall_driver(context: &Context) -> Outcome {
    context.say(if store::uninstall_merge_driver(context.location()?)? {
        "git joins this register's files line by line again; .gitattributes and git config are as they were"
    } else {
        "there is no merge driver of pmo's here"
    });
    Ok(Done::Fine)
}

/// A word for the shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
