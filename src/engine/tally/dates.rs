//! First dates of something that may never happen.

use serde::{Deserialize, Serialize};

/// When something happened first, over trials: counts by a fixed grid of days, and the first and
/// last day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FirstDates {
    /// Trials in which it happened first after the grid day before and up to this one; entry 0 is
    /// the first day itself. Empty until it happens: most of what could happen never does.
    pub counts: Vec<u32>,
    /// The earliest first day.
    pub least: i32,
    /// The latest first day.
    pub greatest: i32,
}

impl Default for FirstDates {
    fn default() -> Self {
        Self::new()
    }
}

impl FirstDates {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { counts: Vec::new(), least: i32::MAX, greatest: i32::MIN }
    }

    /// Adds a trial in which it happened first on `day`; `grid` are the days of the grid.
    pub fn add(&mut self, day: i32, grid: &[i32]) {
        self.counts.resize(grid.len(), 0);
        self.counts[grid.partition_point(|&date| date < day)] += 1;
        self.least = self.least.min(day);
        self.greatest = self.greatest.max(day);
    }

    /// Adds other trials.
    pub fn merge(&mut self, other: &Self) {
        self.counts.resize(self.counts.len().max(other.counts.len()), 0);
        self.counts.iter_mut().zip(&other.counts).for_each(|(mine, theirs)| *mine += theirs);
        self.least = self.least.min(other.least);
        self.greatest = self.greatest.max(other.greatest);
    }

    /// In how many trials it happened.
    pub fn trials(&self) -> u64 {
        self.counts.iter().map(|&count| u64::from(count)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_counts_for_the_step_that_ends_on_or_after_it() {
        let days = [0, 31, 61];
        let mut dates = FirstDates::new();
        for day in [0, 1, 31, 32, 61] {
            dates.add(day, &days);
        }
        assert_eq!(dates.counts, [1, 2, 2]);
        assert_eq!((dates.least, dates.greatest, dates.trials()), (0, 61, 5));
    }
}
