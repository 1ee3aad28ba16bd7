//! `detente init`: a first scenario.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use crate::cli::Failure;
use crate::output::file;
use crate::output::manifest::shell_word;

/// Every key in it is explained beside it. A variant belongs between the events and the outcomes.
const TEMPLATE: &str = include_str!("init/template.toml");

/// Write a small scenario to begin with.
///
/// It has three invented states, a treaty, a sanction, an event on a date, one at a rate, and two
/// questions, with a comment on every key, and it runs as it is. Nothing is overwritten unless you
/// say so.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  detente init\n  detente init scenarios/my-region.toml\n  detente init old.toml --force"
)]
pub struct Init {
    /// The file to write.
    #[arg(default_value = "scenario.toml")]
    file: PathBuf,
    /// Replace FILE if it exists.
    #[arg(long)]
    force: bool,
}

impl Init {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        file::write(&self.file, TEMPLATE.as_bytes(), self.force)?;
        let name = self.file.display().to_string();
        let word = shell_word(&name);
        write!(
            io::stdout().lock(),
            "{name}: a scenario of three invented states, with a comment on every key\n\n\
             Next, see what is in it, and run it:\n  \
             detente check {word}\n  \
             detente run {word}\n"
        )?;
        Ok(())
    }
}
