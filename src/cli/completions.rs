//! `detente completions`: a script with which a shell completes commands.

use std::io::{self, Write};

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::{Arguments, Failure};

/// Print a script with which your shell completes commands and options.
///
/// Put it where your shell looks for such scripts, and start a new shell.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  detente completions bash > ~/.local/share/bash-completion/completions/detente
  detente completions zsh > \"${fpath[1]}/_detente\"
  detente completions fish > ~/.config/fish/completions/detente.fish
  detente completions powershell >> $PROFILE
  detente completions elvish >> ~/.config/elvish/rc.elv")]
pub struct Completions {
    /// Which shell.
    shell: Shell,
}

impl Completions {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        // In memory first: the generator panics where it cannot write.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "detente", &mut script);
        io::stdout().lock().write_all(&script)?;
        Ok(())
    }
}
