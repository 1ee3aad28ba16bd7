//! A fingerprint of every block of trials, by which a result can be proved again in parts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::engine::record::Record;

/// How many trials a block has, but for the last one. Part of the meaning of `blocks.csv`.
pub const BLOCK: u64 = 64;

/// The fingerprints of blocks, by their number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocks {
    /// Trials, and the first half of the SHA-256 of everything that was recorded of them.
    pub digests: BTreeMap<u64, (u64, [u8; 16])>,
}

impl Blocks {
    /// Adds other blocks.
    pub fn merge(&mut self, other: Self) {
        self.digests.extend(other.digests);
    }
}

/// The fingerprint of a block in the making.
#[derive(Debug, Default)]
pub struct Fingerprint {
    trials: u64,
    hash: Sha256,
    bytes: Vec<u8>,
}

impl Fingerprint {
    /// Goes on to the next trial.
    pub fn begin_trial(&mut self, trial: u32) {
        self.trials += 1;
        self.hash.update(trial.to_le_bytes());
    }

    /// Adds what was recorded of a trial, or why it failed.
    pub fn add(&mut self, outcome: Result<&Record, &str>) {
        self.bytes.clear();
        match outcome {
            Ok(record) => {
                let bytes = &mut self.bytes;
                bytes.push(1);
                record.values.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
                // Most of what could happen never does, and its day is left from another trial.
                let fired = record.counts.iter().zip(&record.first_day).enumerate();
                for (channel, (count, day)) in fired.filter(|(_, (count, _))| **count > 0) {
                    bytes.extend((channel as u64).to_le_bytes());
                    bytes.extend(count.to_le_bytes());
                    bytes.extend(day.to_le_bytes());
                }
                bytes.extend(u64::MAX.to_le_bytes());
                let occurrences = record.occurrences.counts().iter().enumerate();
                for (place, count) in occurrences.filter(|(_, count)| **count > 0) {
                    bytes.extend((place as u64).to_le_bytes());
                    bytes.extend(count.to_le_bytes());
                }
                bytes.extend(u64::MAX.to_le_bytes());
                for (entry, day) in record.entries.all() {
                    let beside = entry.beside.unwrap_or(entry.state);
                    for state in [entry.state, beside, entry.against] {
                        bytes.extend((state.index() as u64).to_le_bytes());
                    }
                    bytes.extend(entry.reason.name().as_bytes());
                    bytes.extend(day.to_le_bytes());
                }
                bytes.extend(u64::MAX.to_le_bytes());
                let masks = record.relations.masks();
                masks.iter().for_each(|mask| bytes.extend(mask.to_le_bytes()));
                for answer in &record.answers {
                    bytes.push(u8::from(answer.yes));
                    bytes.extend(answer.first_day.unwrap_or(i32::MIN).to_le_bytes());
                    // Not a number has many forms, which differ between machines.
                    let value = if answer.value.is_nan() { f64::NAN } else { answer.value };
                    bytes.extend(value.to_le_bytes());
                }
            }
            Err(reason) => {
                self.bytes.push(0);
                self.bytes.extend(reason.as_bytes());
            }
        }
        self.hash.update(&self.bytes);
    }

    /// Ends the block.
    pub fn finish(&mut self) -> (u64, [u8; 16]) {
        let whole = self.hash.finalize_reset();
        let mut half = [0; 16];
        half.copy_from_slice(&whole[..16]);
        (std::mem::take(&mut self.trials), half)
    }
}
