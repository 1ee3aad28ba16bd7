//! Which scenario a command is about: a file, a variant, changes.

use std::path::PathBuf;

use clap::Args;

use crate::cli::{Failure, short};
use crate::scenario::{self, Loaded, Wanted};

/// A scenario file, with what varies it.
#[derive(Clone, Debug, Args)]
pub struct Chosen {
    /// The scenario file (TOML).
    pub file: PathBuf,
    /// Take this variant of the scenario.
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// Change the scenario: a full key and its value, such as processes.crisis.delta=0. May be given
    /// several times; later ones win.
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Leave something out: an event by its name, or a full key such as treaties.pact. May be given
    /// several times.
    #[arg(long, value_name = "EVENT")]
    pub without: Vec<String>,
    /// What options that are short for `--set` change, as words of it.
    #[arg(skip)]
    pub rule: Vec<String>,
}

impl Chosen {
    /// Loads it, and checks all its variants.
    pub fn check(&self) -> Result<Loaded, Failure> {
        self.wanted(false)
    }

    /// Loads it alone: what is wrong with other variants does not matter to it.
    pub fn load(&self) -> Result<Loaded, Failure> {
        self.wanted(true)
    }

    fn wanted(&self, alone: bool) -> Result<Loaded, Failure> {
        let load = |rule: &[String]| {
            let set = [&self.set[..], rule].concat();
            let wanted = Wanted {
                variant: self.variant.as_deref(),
                set: &set,
                without: &self.without,
                alone,
            };
            scenario::load(&self.file, wanted)
        };
        short::load(&self.rule, &[], load)
    }

    /// The file as it was given.
    pub fn name(&self) -> String {
        self.file.display().to_string()
    }
}
