//! `detente schema`: what editors know of scenario files.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use crate::cli::Failure;
use crate::output::file;
use crate::output::schema::schema;

/// Print a JSON Schema of scenario files, for editors.
///
/// With it, an editor completes keys, shows what each means and marks what cannot be right as you
/// type. `detente check` still has the last word: it knows what holds between entries. docs/editor.md
/// says how editors pick it up.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  detente schema > detente.schema.json
  detente schema --out detente.schema.json --force")]
pub struct Schema {
    /// Write it to FILE.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace FILE if it exists.
    #[arg(long, requires = "out")]
    force: bool,
}

impl Schema {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let text = format!("{:#}\n", schema());
        match &self.out {
            Some(path) => file::write(path, text.as_bytes(), self.force)?,
            None => io::stdout().lock().write_all(text.as_bytes())?,
        }
        Ok(())
    }
}
