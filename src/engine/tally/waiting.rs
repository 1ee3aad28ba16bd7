//! Scores of trials that wait to be added together.

use super::series::SeriesTally;

/// Scores of a few trials of the same scenario.
///
/// The histograms of all scores are far larger than a processor's nearest memory, and every trial
/// touches each of them once. Added together, the trials touch one histogram after the other.
#[derive(Debug, Default)]
pub struct Waiting {
    values: Vec<f64>,
}

/// How many trials wait at most, and how many values (8 MiB) unless one trial has more.
const MOST_TRIALS: usize = 256;
const MOST_VALUES: usize = 1 << 20;

impl Waiting {
    /// Lets a trial wait, by date and series; all that wait are added when they are many.
    pub fn add(&mut self, values: &[f64], tally: &mut SeriesTally) {
        if self.values.capacity() == 0 {
            let most = (MOST_VALUES / values.len().max(1)).clamp(1, MOST_TRIALS);
            self.values.reserve_exact(most * values.len());
        }
        self.values.extend_from_slice(values);
        if self.values.len() + values.len() > self.values.capacity() {
            self.settle(tally);
        }
    }

    /// Adds all that wait.
    pub fn settle(&mut self, tally: &mut SeriesTally) {
        tally.add_all(&self.values);
        self.values.clear();
    }
}
