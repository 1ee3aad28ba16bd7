//! How often things happen in each step, over trials.

use serde::{Deserialize, Serialize};

use crate::engine::record::occurrences::Occurrences;

/// How often something happened in a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frequency {
    /// In all trials together.
    pub count: u64,
    /// The sum over trials of the square of how often it happened.
    pub squares: u128,
    /// In how many trials it happened at all.
    pub trials: u64,
}

impl Frequency {
    /// The mean over `n` trials.
    pub fn mean(&self, n: u64) -> f64 {
        self.count as f64 / n as f64
    }

    /// The standard error of the mean over `n` trials; none of a single one.
    pub fn error(&self, n: u64) -> Option<f64> {
        if n < 2 {
            return None;
        }
        // Exact up to here: the difference of two large numbers is taken before it is rounded.
        let spread = u128::from(n) * self.squares - u128::from(self.count).pow(2);
        let n = n as f64;
        Some((spread as f64 / (n * n * (n - 1.0))).sqrt())
    }
}

/// Frequencies of every line at every step date: 32 bytes each, however many trials there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    cells: Vec<Frequency>,
}

impl Timeline {
    /// No trials yet, of so many lines times step dates.
    pub fn new(cells: usize) -> Self {
        Self { cells: vec![Frequency::default(); cells] }
    }

    /// Adds a trial.
    pub fn add(&mut self, occurrences: &Occurrences) {
        let happened = self.cells.iter_mut().zip(occurrences.counts()).filter(|(_, n)| **n > 0);
        for (cell, &count) in happened {
            cell.count += u64::from(count);
            cell.squares += u128::from(count).pow(2);
            cell.trials += 1;
        }
    }

    /// Adds other trials.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.cells.iter_mut().zip(&other.cells) {
            mine.count += theirs.count;
            mine.squares += theirs.squares;
            mine.trials += theirs.trials;
        }
    }

    /// The frequencies, by line and step date.
    pub fn cells(&self) -> &[Frequency] {
        &self.cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_error_are_those_of_the_counts() {
        // Counts 0, 1, 1, 4: mean 1.5, sample variance 3.
        let frequency = Frequency { count: 6, squares: 18, trials: 3 };
        assert_eq!(frequency.mean(4), 1.5);
        assert!((frequency.error(4).unwrap() - (3.0_f64 / 4.0).sqrt()).abs() < 1e-12);
        assert_eq!(frequency.error(1), None);
    }
}
