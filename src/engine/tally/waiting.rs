//! Scores of trials that wait to be counted together.

use super::scale::Scales;
use super::series::SeriesTally;

/// Bins of the scores of a few trials of the same scenario.
///
/// The histograms of all scores are far larger than a processor's nearest memory, and every trial
/// touches each of them once. Counted together, the trials touch one histogram after the other. Only the
/// bins wait, a quarter of the size of the scores.
#[derive(Debug, Default)]
pub struct Waiting {
    scales: Scales,
    /// By trial, date and series.
    bins: Vec<u16>,
}

/// How many trials wait at most, and how many bins (2 MiB) unless one trial has more.
const MOST_TRIALS: usize = 64;
const MOST_BINS: usize = 1 << 20;

impl Waiting {
    /// Adds the scores of a trial, by date and series, to all but the histograms, for which their bins
    /// wait; all that wait are counted when they are many.
    pub fn add(&mut self, values: &[f64], tally: &mut SeriesTally) {
        if self.bins.capacity() == 0 {
            self.scales = Scales::new(tally.scales());
            let most = (MOST_BINS / values.len().max(1)).clamp(1, MOST_TRIALS);
            self.bins.reserve_exact(most * values.len());
        }
        tally.add_moments(values);
        self.scales.bins(values, &mut self.bins);
        if self.bins.len() + values.len() > self.bins.capacity() {
            self.settle(tally);
        }
    }

    /// Counts all that wait.
    pub fn settle(&mut self, tally: &mut SeriesTally) {
        tally.count(&self.bins);
        self.bins.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tally::scale::Scale;

    #[test]
    fn trials_that_have_waited_are_those_added_one_by_one() {
        let scales = || vec![Scale::alignment(0.2), Scale::isolation(0.5), Scale::capability(0.1)];
        let (mut together, mut alone) =
            (SeriesTally::new(scales(), 5), SeriesTally::new(scales(), 5));
        let mut waiting = Waiting::default();
        for trial in 0..2 * MOST_TRIALS + 11 {
            let value = |cell: usize| ((trial * 37 + cell * 61) % 100) as f64 / 100.0;
            let values: Vec<_> = (0..3 * 5).map(|cell| value(cell).powi(2)).collect();
            waiting.add(&values, &mut together);
            alone.add(&values);
        }
        assert_ne!(together, alone);
        waiting.settle(&mut together);
        assert_eq!(together, alone);
        waiting.settle(&mut together);
        assert_eq!(together, alone);
    }
}
