//! `pmo completions`: the script that teaches a shell to complete commands and ids.

use clap::{Args, ValueEnum};
use clap_complete::env::Shells;

use super::{CliError, Context, Done, Outcome};

/// The shells that can be taught.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

/// Prints the script that teaches a shell to complete commands and ids.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  pmo completions bash > ~/.local/share/bash-completion/completions/pmo
  pmo completions zsh  > ~/.zfunc/_pmo
  pmo completions fish > ~/.config/fish/completions/pmo.fish")]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Runs the command.
    pub fn run(self, context: &Context) -> Outcome {
        let name = self.shell.to_possible_value().map(|v| v.get_name().to_owned()).unwrap_or_default();
        let shells = Shells::builtins();
        let Some(shell) = shells.completer(&name) else {
            return Err(CliError::new(format!("no completions are known for {name}")));
        };
        let mut script = Vec::new();
        shell.write_registration("COMPLETE", "pmo", "pmo", "pmo", &mut script)?;
        context.put(&String::from_utf8_lossy(&script))?;
        Ok(Done::Fine)
    }
}
