//! In how many trials each dyad has each relation on each of a few dates.

use serde::{Deserialize, Serialize};

use crate::engine::record::relations::{RELATIONS, Relations};
use crate::scenario::setup::Setup;

/// Counts of relations: for each kept date and dyad one for each of [`RELATIONS`], 48 bytes, however
/// many trials there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    counts: Vec<[u32; RELATIONS.len()]>,
}

impl Network {
    /// No trials yet.
    pub fn new(setup: &Setup) -> Self {
        let places = Relations::new(&setup.frame).masks().len();
        Self { counts: vec![[0; RELATIONS.len()]; places] }
    }

    /// Adds a trial.
    pub fn add(&mut self, relations: &Relations) {
        for (counts, &mask) in self.counts.iter_mut().zip(relations.masks()) {
            let mut rest = mask;
            while rest != 0 {
                counts[rest.trailing_zeros() as usize] += 1;
                rest &= rest - 1;
            }
        }
    }

    /// Adds other trials.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
        }
    }

    /// By kept date and dyad: in how many trials it has each of [`RELATIONS`].
    pub fn counts(&self) -> &[[u32; RELATIONS.len()]] {
        &self.counts
    }
}
