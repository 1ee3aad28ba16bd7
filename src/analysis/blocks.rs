//! Rows of `blocks.csv`: a fingerprint of every block of trials, by which parts of a result can be
//! proved again.

use serde::{Deserialize, Serialize};

use crate::engine::digest::{BLOCK, Blocks};

/// A block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number, from 0.
    pub block: u64,
    /// The number of its first trial.
    pub first_trial: u64,
    /// How many trials it has.
    pub trials: u64,
    /// The first half of the SHA-256 of everything recorded of them, in hexadecimal.
    pub sha256: String,
}

/// The rows, in the order of blocks.
pub fn rows(blocks: &Blocks) -> Vec<Row> {
    let row = |(&block, (trials, digest)): (&u64, &(u64, [u8; 16]))| Row {
        block,
        first_trial: block * BLOCK,
        trials: *trials,
        sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
    };
    blocks.digests.iter().map(row).collect()
}
