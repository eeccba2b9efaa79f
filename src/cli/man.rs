//! `pmo man`: the man pages, one a command.

use std::path::PathBuf;

use clap::{Args, CommandFactory};

use crate::store;
use crate::text;

use super::{Cli, Context, Done, Outcome};

/// Writes the man pages, or prints the one of `pmo` itself.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo man | man -l -                      read the page of pmo
  pmo man ~/.local/share/man/man1         write every page")]
pub struct Man {
    /// The folder for one page a command; without it the page of `pmo` is printed
    folder: Option<PathBuf>,
}

impl Man {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let mut root = Cli::command();
        root.build();
        let Some(folder) = self.folder else {
            let mut page = Vec::new();
            clap_mangen::Man::new(root).render(&mut page)?;
            context.put(&String::from_utf8_lossy(&page))?;
            return Ok(Done::Fine);
        };
        let mut pages = Vec::new();
        collect(&root, "pmo", &mut pages);
        let folder = context.directory.join(folder);
        store::make_folder(&folder)?;
        for (name, command) in &pages {
            let mut page = Vec::new();
            clap_mangen::Man::new(command.clone()).title(name.clone()).render(&mut page)?;
            store::write_output(&folder.join(format!("{name}.1")), &page)?;
        }
        context.say(&format!("wrote {} to {}", text::count(pages.len(), "man page"), folder.display()));
        Ok(Done::Fine)
    }
}

/// Every command with the name of its page, such as `pmo-status-new`.
fn collect(command: &clap::Command, name: &str, pages: &mut Vec<(String, clap::Command)>) {
    pages.push((name.to_owned(), command.clone()));
    for sub in command.get_subcommands() {
        collect(sub, &format!("{name}-{}", sub.get_name()), pages);
    }
}
