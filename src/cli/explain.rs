//! `detente explain`: what a process of the model does.

use std::io::{self, Write};

use clap::{Args, Subcommand};

use crate::cli::Failure;
use crate::model::registry::{self, Entry, PROCESSES};
use crate::scenario::names::suggestion;

/// Explain a part of the model.
///
/// Prints a process's mechanism, equation, units and source, and its parameters with defaults,
/// ranges and what stands behind each default.
#[derive(Debug, Args)]
pub struct Explain {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A process by name, or all processes in a line each.
    Process {
        /// The process, such as `pact`.
        name: Option<String>,
    },
}

impl Explain {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let What::Process { name } = &self.what;
        let text = match name {
            None => PROCESSES.iter().map(line).collect(),
            Some(name) => {
                let entry = registry::find(name).ok_or_else(|| unknown(name))?;
                format!("{}\n{}", registry::header(entry), registry::table(entry))
            }
        };
        write!(io::stdout().lock(), "{text}")?;
        Ok(())
    }
}

fn line(entry: &Entry) -> String {
    format!("{:10}  {}\n", entry.about.name, entry.about.summary)
}

fn unknown(name: &str) -> Failure {
    let names: Vec<_> = PROCESSES.iter().map(|entry| entry.about.name).collect();
    let cure = suggestion(name, &names).map(|cure| format!("; {cure}")).unwrap_or_default();
    Failure::Usage(format!("there is no process `{name}`{cure}"))
}
