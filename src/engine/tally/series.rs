//! Series of bounded scores: a histogram and exact moments for every series at every step date.

use serde::{Deserialize, Serialize};

use crate::engine::tally::scale::Scale;

/// Values are summed as multiples of 2^-31: sums of up to 2^31 values in [-2, 2] fit 64 bits.
const FIXED_ONE: f64 = (1_u64 << 31) as f64;

/// A score, or a difference of two, in fixed point: multiples of 2^-31.
#[inline]
pub(super) fn fixed(value: f64) -> i64 {
    // Added to a number of size below 2^51, this leaves the nearest integer in the last bits, half to
    // even.
    const INTEGERS: f64 = 1.5 * (1_u64 << 52) as f64;
    debug_assert!(value.abs() < 1024.0, "{value} is no score");
    (value * FIXED_ONE + INTEGERS).to_bits() as i64 - INTEGERS.to_bits() as i64
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Moments {
    sum: i64,
    squares: u128,
    least: i64,
    greatest: i64,
}

impl Moments {
    const EMPTY: Self = Self { sum: 0, squares: 0, least: i64::MAX, greatest: i64::MIN };

    #[inline]
    fn add(&mut self, fixed: i64) {
        self.sum += fixed;
        self.squares += u128::from(fixed.unsigned_abs()).pow(2);
        self.least = self.least.min(fixed);
        self.greatest = self.greatest.max(fixed);
    }
}

/// Statistics of all series at all step dates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesTally {
    scales: Vec<Scale>,
    /// First bin of each series within the bins of a date.
    offsets: Vec<usize>,
    bins_a_date: usize,
    counts: Vec<u32>,
    moments: Vec<Moments>,
}

impl SeriesTally {
    /// Empty statistics of series with these scales at `dates` dates.
    pub fn new(scales: Vec<Scale>, dates: usize) -> Self {
        let mut bins_a_date = 0;
        let offsets = scales.iter().map(|scale| {
            let first = bins_a_date;
            bins_a_date += scale.bins;
            first
        });
        let offsets = offsets.collect();
        Self {
            counts: vec![0; bins_a_date * dates],
            moments: vec![Moments::EMPTY; scales.len() * dates],
            bins_a_date,
            offsets,
            scales,
        }
    }

    /// Adds a trial: its values by date and series.
    pub fn add(&mut self, values: &[f64]) {
        self.add_moments(values);
        let dates = values
            .chunks(self.scales.len().max(1))
            .zip(self.counts.chunks_mut(self.bins_a_date.max(1)));
        for (values, counts) in dates {
            for ((&value, scale), &offset) in values.iter().zip(&self.scales).zip(&self.offsets) {
                counts[offset + scale.bin(value)] += 1;
            }
        }
    }

    /// Adds a trial to everything but the histograms.
    pub(super) fn add_moments(&mut self, values: &[f64]) {
        let cells = self.moments.iter_mut().zip(values);
        cells.for_each(|(moments, &value)| moments.add(fixed(value)));
    }

    /// Counts bins of trials, by trial, date and series: all trials in one histogram after the other.
    pub(super) fn count(&mut self, bins: &[u16]) {
        let (series, cells) = (self.scales.len(), self.moments.len());
        for cell in 0..cells {
            let (date, at) = (cell / series, cell % series);
            let offset = date * self.bins_a_date + self.offsets[at];
            let counts = &mut self.counts[offset..][..self.scales[at].bins];
            bins[cell.min(bins.len())..]
                .iter()
                .step_by(cells)
                .for_each(|&bin| counts[usize::from(bin)] += 1);
        }
    }

    /// The range and resolution of each series.
    pub(super) fn scales(&self) -> &[Scale] {
        &self.scales
    }

    /// Adds the trials of another tally of the same shape.
    pub fn merge(&mut self, other: &Self) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(mine, theirs)| *mine += theirs);
        for (mine, theirs) in self.moments.iter_mut().zip(&other.moments) {
            mine.sum += theirs.sum;
            mine.squares += theirs.squares;
            mine.least = mine.least.min(theirs.least);
            mine.greatest = mine.greatest.max(theirs.greatest);
        }
    }

    /// How many series there are.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// Whether there is no series.
    pub fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// The statistics of one series at one date.
    pub fn cell(&self, series: usize, date: usize) -> Cell<'_> {
        let scale = self.scales[series];
        let first = date * self.bins_a_date + self.offsets[series];
        Cell {
            scale,
            counts: &self.counts[first..][..scale.bins],
            moments: &self.moments[date * self.scales.len() + series],
        }
    }
}

/// The statistics of one series at one date.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'t> {
    /// Range and resolution.
    pub scale: Scale,
    /// The histogram.
    pub counts: &'t [u32],
    moments: &'t Moments,
}

impl Cell<'_> {
    /// How many values were added.
    pub fn n(&self) -> u64 {
        self.counts.iter().map(|&count| u64::from(count)).sum()
    }

    /// The least value added.
    pub fn least(&self) -> f64 {
        self.moments.least as f64 / FIXED_ONE
    }

    /// The greatest value added.
    pub fn greatest(&self) -> f64 {
        self.moments.greatest as f64 / FIXED_ONE
    }

    /// The mean of the values added.
    pub fn mean(&self) -> f64 {
        self.moments.sum as f64 / self.n() as f64 / FIXED_ONE
    }

    /// The sample standard deviation of the values added; 0 for a single one.
    pub fn sd(&self) -> f64 {
        let n = u128::from(self.n());
        if n < 2 {
            return 0.0;
        }
        // Exact: n * sum of squares - (sum)^2, below 2^126.
        let spread = n * self.moments.squares - u128::from(self.moments.sum.unsigned_abs()).pow(2);
        (spread as f64 / (n * (n - 1)) as f64).sqrt() / FIXED_ONE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(values: &[f64]) -> SeriesTally {
        let mut tally = SeriesTally::new(vec![Scale::alignment(0.2)], 1);
        values.iter().for_each(|&value| tally.add(&[value]));
        tally
    }

    #[test]
    fn moments_are_those_of_the_values() {
        let t = tally(&[-1.0, -0.5, 0.25, 1.0]);
        let cell = t.cell(0, 0);
        assert_eq!((cell.n(), cell.least(), cell.greatest()), (4, -1.0, 1.0));
        assert_eq!(cell.mean(), -0.0625);
        let variance =
            [-1.0_f64, -0.5, 0.25, 1.0].map(|x| (x + 0.0625).powi(2)).iter().sum::<f64>() / 3.0;
        assert!((cell.sd() - variance.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn fixed_point_is_the_nearest_multiple_half_to_even() {
        let half = 0.5 / FIXED_ONE;
        for n in -9..9 {
            for part in [0.0, 0.4, 1.0, 1.6] {
                let value = (2.0 * f64::from(n) + part) * half;
                assert_eq!(fixed(value), (value * FIXED_ONE).round_ties_even() as i64);
            }
        }
        assert_eq!([-2.0, 2.0].map(fixed), [-(1 << 32), 1 << 32]);
    }

    #[test]
    fn a_constant_has_no_spread() {
        let t = tally(&[0.945; 1000]);
        assert_eq!(t.cell(0, 0).sd(), 0.0);
        assert_eq!(t.cell(0, 0).least(), t.cell(0, 0).greatest());
    }

    #[test]
    fn merging_is_adding() {
        let values: Vec<f64> = (0..100).map(|k| f64::from(k) / 50.0 - 1.0).collect();
        let whole = tally(&values);
        for cut in [0, 1, 37, 100] {
            let mut right = tally(&values[cut..]);
            right.merge(&tally(&values[..cut]));
            assert_eq!(right, whole);
        }
    }
}
