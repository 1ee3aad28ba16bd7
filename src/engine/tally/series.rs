//! Series of bounded scores: a histogram and exact moments for every series at every step date.

use serde::{Deserialize, Serialize};

use crate::scenario::setup::{ALIGNMENT_BINS, CAPABILITY_BINS, ISOLATION_BINS};

/// The range and resolution of a score.
///
/// The bins of the histogram are finest at `origin`, where the score starts in every trial, and
/// widen with the distance from it: equal bins of `u = sign(v) sqrt(|v|)`, where `v` is the distance in
/// the `measure` of the scale, from -1 to 1. Small changes are resolved as well as large ones.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Where the bins are finest.
    pub origin: f64,
    /// How a distance from there is measured.
    pub measure: Measure,
    /// How many bins there are, an even number; a quantile is exact to one bin.
    pub bins: usize,
}

/// How the distance `d` of a value from the origin becomes a number from -1 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Measure {
    /// By a range that is never left: `v = d / range`.
    Range(f64),
    /// By a size, for what may be small or large and moves by parts of itself: `v = d / (|d| + size)`.
    Size(f64),
}

impl Scale {
    /// Isolation, 0 to 1: bins of 0.0004 at a distance of 0.01 from the start, 0.0013 at 0.1.
    pub fn isolation(origin: f64) -> Self {
        Self { origin, measure: Measure::Range(1.0), bins: ISOLATION_BINS }
    }

    /// Alignment, -1 to 1: bins of 0.002 at a distance of 0.02 from the start, 0.0063 at 0.2.
    pub fn alignment(origin: f64) -> Self {
        Self { origin, measure: Measure::Range(2.0), bins: ALIGNMENT_BINS }
    }

    /// Capability, above 0: bins of 0.2 % of the start at a gain or loss of 5 % of it, of 1.1 % at one of
    /// half of it, whatever the start.
    pub fn capability(origin: f64) -> Self {
        Self { origin, measure: Measure::Size(origin), bins: CAPABILITY_BINS }
    }

    /// Differences of isolation, finest where there is none.
    pub fn isolation_difference() -> Self {
        Self { origin: 0.0, measure: Measure::Range(2.0), bins: ISOLATION_BINS }
    }

    /// Differences of alignment, finest where there is none.
    pub fn alignment_difference() -> Self {
        Self { origin: 0.0, measure: Measure::Range(4.0), bins: ISOLATION_BINS }
    }

    /// Differences of a capability that starts at `start`, finest where there is none: bins of 0.05 % of the
    /// start at a difference of 1 % of it.
    pub fn capability_difference(start: f64) -> Self {
        Self { origin: 0.0, measure: Measure::Size(start), bins: 2 * CAPABILITY_BINS }
    }

    /// The value `within` (0 to 1) of the way through a bin; the outermost bins of a scale by size have
    /// no end.
    pub fn value(self, bin: usize, within: f64) -> f64 {
        let u = 2.0 * (bin as f64 + within) / self.bins as f64 - 1.0;
        let v = u * u.abs();
        let distance = match self.measure {
            Measure::Range(range) => v * range,
            Measure::Size(size) => v / (1.0 - v.abs()) * size,
        };
        self.origin + distance
    }

    #[inline]
    fn bin(self, value: f64) -> usize {
        let distance = value - self.origin;
        let v = match self.measure {
            Measure::Range(range) => distance / range,
            Measure::Size(size) => distance / (distance.abs() + size),
        };
        let u = v.abs().sqrt().copysign(v);
        // u is at least -1, so the product is at least 0.
        let bin = (0.5 * (u + 1.0) * self.bins as f64) as usize;
        bin.min(self.bins - 1)
    }
}

/// Values are summed as multiples of 2^-31: sums of up to 2^31 values in [-2, 2] fit 64 bits.
const FIXED_ONE: f64 = (1_u64 << 31) as f64;

/// A score, or a difference of two, in fixed point: multiples of 2^-31.
#[inline]
pub(super) fn fixed(value: f64) -> i64 {
    (value * FIXED_ONE).round_ties_even() as i64
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
        let series = self.scales.len();
        let dates = values.chunks_exact(series).zip(self.moments.chunks_exact_mut(series));
        for ((values, moments), counts) in dates.zip(self.counts.chunks_exact_mut(self.bins_a_date))
        {
            let places = self.scales.iter().zip(&self.offsets);
            for ((&value, moments), (scale, offset)) in values.iter().zip(moments).zip(places) {
                counts[offset + scale.bin(value)] += 1;
                let fixed = fixed(value);
                moments.sum += fixed;
                moments.squares += u128::from(fixed.unsigned_abs()).pow(2);
                moments.least = moments.least.min(fixed);
                moments.greatest = moments.greatest.max(fixed);
            }
        }
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

    #[test]
    fn every_value_lies_in_the_bin_it_is_counted_in() {
        for (scale, low) in [
            (Scale::alignment(0.945), -1.0),
            (Scale::alignment(-1.0), -1.0),
            (Scale::isolation(0.66), 0.0),
            (Scale::capability(0.014), 0.0),
            (Scale::capability(1e-7), 0.0),
            (Scale::capability(1.0), 0.0),
            (Scale::capability_difference(0.014), -1.0),
        ] {
            for k in 0..=1000 {
                let value = low + (1.0 - low) * f64::from(k) / 1000.0;
                let bin = scale.bin(value);
                let (from, to) = (scale.value(bin, 0.0), scale.value(bin, 1.0));
                assert!((from - 1e-9..=to + 1e-9).contains(&value), "{value} in {from} to {to}");
            }
        }
    }

    fn width(scale: Scale, x: f64) -> f64 {
        let bin = scale.bin(x);
        scale.value(bin, 1.0) - scale.value(bin, 0.0)
    }

    #[test]
    fn bins_are_as_fine_as_they_say() {
        assert!(width(Scale::isolation(0.5), 0.49) < 0.000_41);
        assert!(width(Scale::isolation(0.5), 0.60) < 0.001_3);
        assert!(width(Scale::alignment(0.5), 0.48) < 0.002_1);
        assert!(width(Scale::alignment(0.5), 0.70) < 0.006_4);
    }

    #[test]
    fn capability_is_as_fine_for_small_states_as_for_large_ones() {
        for start in [0.234, 0.014, 0.000_3, 1e-6] {
            let at = |by: f64| width(Scale::capability(start), start * (1.0 + by)) / start;
            assert!([-0.05, 0.05].map(at).iter().all(|&width| width < 0.002), "{start}");
            assert!([-0.5, 0.5].map(at).iter().all(|&width| width < 0.011), "{start}");
            let difference =
                |by: f64| width(Scale::capability_difference(start), start * by) / start;
            assert!([-0.01, 0.01].map(difference).iter().all(|&width| width < 0.000_5), "{start}");
        }
    }
}
