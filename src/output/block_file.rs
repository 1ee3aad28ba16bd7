//! BlockFile files: what has been found of some blocks of an experiment, with all it takes to go on.
//!
//! A block file begins with a line that names its format and a line of JSON, the [`Head`], which holds
//! the manifest of the result to be; so it is read by whoever opens it. Then come the findings, packed,
//! and the SHA-256 of everything before. docs/scale.md describes it for users.

use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::engine::digest::BLOCK;
use crate::engine::ensemble::trials_of;
use crate::engine::experiment::Findings;
use crate::engine::shard::Shard;
use crate::output::file::FileError;
use crate::output::hex;
use crate::output::manifest::{Manifest, RUN};

mod format;
mod kinship;
mod store;
mod whole;

pub use format::FORMAT;
pub use kinship::other;
pub use store::{Folder, NAME};
pub use whole::{BlockFiles, stranger};

/// What a block file says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The hash of everything the findings depend on but the program: see [`identity`].
    pub experiment: String,
    /// The stopping rule under which it was run. Looks that lie before its end did not meet it.
    pub rule: Option<String>,
    /// The shard it belongs to, if it is not all there is to be.
    pub shard: Option<Shard>,
    /// Its first block.
    pub first: u64,
    /// The first block behind it.
    pub end: u64,
    /// Trials that failed in one of its scenarios, counted in each.
    pub failed: u64,
    /// Bytes of the findings before they were packed.
    pub unpacked: u64,
    /// The manifest of the result to be: program, scenarios with their texts, seed, trials.
    pub manifest: Manifest,
}

/// A block file that has been read.
#[derive(Clone, Debug)]
pub struct BlockFile {
    /// Where it was read.
    pub path: PathBuf,
    /// What it says of itself.
    pub head: Head,
    /// What has been found.
    pub findings: Findings,
}

/// Why a block file was not written or read.
#[derive(Debug, thiserror::Error)]
pub enum BlockFileError {
    /// It is none that could be used.
    #[error("{} cannot be used: {why}", path.display())]
    Unusable {
        /// Which file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The system refused to read.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// Which path.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It cannot be written.
    #[error(transparent)]
    Write(#[from] FileError),
}

impl Head {
    /// That of the findings of a run of blocks from `first` on, of the result that the manifest is of.
    pub fn new(
        manifest: Manifest,
        (rule, shard): (Option<String>, Option<Shard>),
        (first, findings): (u64, &Findings),
    ) -> Self {
        let end = first + findings.blocks.digests.len() as u64;
        let failed = findings.arms.iter().map(|tally| tally.failed).sum();
        let experiment = identity(&manifest);
        Self { experiment, rule, shard, first, end, failed, unpacked: 0, manifest }
    }

    /// How many blocks the whole experiment has.
    pub fn all(&self) -> u64 {
        self.manifest.trials.div_ceil(BLOCK)
    }

    /// The blocks that belong to it once it is complete.
    pub fn due(&self) -> std::ops::Range<u64> {
        let all = self.all();
        self.shard.map_or(0..all, |shard| shard.blocks(all))
    }

    /// Whether everything is there that belongs to it.
    pub fn is_complete(&self) -> bool {
        self.due() == (self.first..self.end) || self.due().is_empty()
    }

    /// How many trials it has.
    pub fn trials(&self) -> u64 {
        (self.first..self.end).map(|block| self.trials_of(block)).sum()
    }

    fn trials_of(&self, block: u64) -> u64 {
        let trials = trials_of(block, u32::try_from(self.manifest.trials).unwrap_or(u32::MAX));
        u64::from(trials.end - trials.start)
    }

    /// Whether what it says of itself can be.
    fn check(&self) -> Result<(), String> {
        self.manifest.check()?;
        if identity(&self.manifest) != self.experiment {
            return Err("its identity is not that of the scenarios in it".to_owned());
        }
        if let Some(Shard { number, of }) = self.shard {
            Shard::new(number, of)?;
        }
        let due = self.due();
        let within = self.first == due.start && (self.first..=due.end).contains(&self.end);
        if within { Ok(()) } else { Err("its blocks are not those of its shard".to_owned()) }
    }

    /// Whether findings are those it speaks of.
    fn check_findings(&self, findings: &Findings) -> Result<(), String> {
        let arms = self.manifest.arms.len();
        let contrasts = if self.manifest.kind == RUN { 0 } else { arms - 1 };
        if (findings.arms.len(), findings.contrasts.len()) != (arms, contrasts) {
            return Err("its findings are not of its scenarios".to_owned());
        }
        let found = findings.blocks.digests.iter().map(|(&block, &(trials, _))| (block, trials));
        let said = (self.first..self.end).map(|block| (block, self.trials_of(block)));
        if found.eq(said) && findings.trials == self.trials() {
            Ok(())
        } else {
            Err("its findings are not of its blocks".to_owned())
        }
    }
}

/// The hash of all that findings depend on, but for the program and the number of trials: the kind,
/// the seed, and of every scenario its name, variant, changes and texts. Where the files lie is no part
/// of it.
pub fn identity(manifest: &Manifest) -> String {
    let arms = manifest.arms.iter().map(|arm| {
        let texts: Vec<_> = arm.texts.iter().map(|text| &text.text).collect();
        (&arm.name, &arm.variant, &arm.set, &arm.without, texts)
    });
    let all = (&manifest.kind, manifest.seed, arms.collect::<Vec<_>>());
    // Texts and numbers can always be serialised.
    hex(&Sha256::digest(serde_json::to_vec(&all).unwrap_or_default()))
}
