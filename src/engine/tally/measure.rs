//! Statistics of a number that each trial gives, of whatever size.
//!
//! Sums are fixed-point integers; the histogram has a bin for each number of ten binary digits, so
//! that a quantile is exact to a thousandth of its value, and whole numbers up to 1,024 are exact.
//! Integers add up the same in any order, as in every tally.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};

/// The largest size of a number that is counted; beyond it there is none.
const LARGEST: f64 = 1e9;

/// Fixed-point units of a sum: multiples of 2^-40.
const UNIT: f64 = 1_099_511_627_776.0;

/// Binary digits of a number that its bin does not tell apart.
const DROPPED: u32 = 52 - 10;

/// Statistics of a measure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeasureTally {
    /// Trials that gave a number.
    pub n: u64,
    /// Trials that gave none.
    pub missing: u64,
    sum: i128,
    /// The sum of the squares, in squares of units: of any size.
    squares: BigInt,
    bins: BTreeMap<i64, u64>,
    /// The least and the greatest number, exactly.
    range: Option<(f64, f64)>,
}

impl MeasureTally {
    /// Whether this is a number that is counted.
    pub fn takes(value: f64) -> bool {
        value.abs() <= LARGEST
    }

    /// Adds what a trial gave.
    pub fn add(&mut self, value: f64) {
        if !Self::takes(value) {
            self.missing += 1;
            return;
        }
        self.n += 1;
        let units = fixed(value);
        self.sum += units;
        self.squares += BigInt::from(units).pow(2);
        *self.bins.entry(bin(value)).or_default() += 1;
        // Adding zero turns -0 into 0.
        self.reach((value + 0.0, value + 0.0));
    }

    fn reach(&mut self, (least, greatest): (f64, f64)) {
        let (low, high) = self.range.unwrap_or((least, greatest));
        self.range = Some((low.min(least), high.max(greatest)));
    }

    /// Adds other trials.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.missing += other.missing;
        self.sum += other.sum;
        self.squares += &other.squares;
        for (&bin, &count) in &other.bins {
            *self.bins.entry(bin).or_default() += count;
        }
        if let Some(theirs) = other.range {
            self.reach(theirs);
        }
    }

    /// Whether every number was 0, also if there was none.
    pub fn is_nil(&self) -> bool {
        self.bins.keys().all(|&bin| bin == 0)
    }

    /// The mean over trials that gave a number.
    pub fn mean(&self) -> f64 {
        self.sum as f64 / UNIT / self.n as f64
    }

    /// The standard deviation over trials (denominator n - 1; 0 for one trial).
    pub fn sd(&self) -> f64 {
        if self.n < 2 {
            return 0.0;
        }
        // Exact up to here: the difference of two large numbers is taken before it is rounded.
        let spread = &self.squares * self.n - BigInt::from(self.sum).pow(2);
        let n = self.n as f64;
        (spread.to_f64().unwrap_or(f64::NAN) / (n * (n - 1.0))).sqrt() / UNIT
    }

    /// The least number of which at least the share `p` of trials gave no more, to a bin, and never outside
    /// the least and the greatest one.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        // The share of a whole number of trials; the product is at least 0.
        let rank = ((p * self.n as f64).ceil() as u64).clamp(1, self.n.max(1));
        let mut seen = 0;
        self.bins
            .iter()
            .find(|(_, count)| {
                seen += **count;
                seen >= rank
            })
            .zip(self.range)
            .map(|((&bin, _), (least, greatest))| number(bin).clamp(least, greatest))
    }

    /// The least and the greatest number, exactly.
    pub fn range(&self) -> Option<(f64, f64)> {
        self.range
    }
}

/// A number in fixed point, in multiples of 2^-40.
pub(super) fn fixed(value: f64) -> i128 {
    (value * UNIT).round() as i128
}

/// The bin of a number. Bins are in the order of their numbers.
fn bin(value: f64) -> i64 {
    // Adding zero turns -0 into 0.
    let size = (value.abs() + 0.0).to_bits() >> DROPPED;
    let size = i64::try_from(size).expect("a part of 64 bits");
    if value < 0.0 { -size } else { size }
}

/// The number of a bin that is nearest to 0.
fn number(bin: i64) -> f64 {
    let size = f64::from_bits(bin.unsigned_abs() << DROPPED);
    if bin < 0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(values: &[f64]) -> MeasureTally {
        let mut tally = MeasureTally::default();
        values.iter().for_each(|&value| tally.add(value));
        tally
    }

    #[test]
    fn bins_keep_order_and_whole_numbers() {
        let values = [-1024.0, -3.5, -0.001, -0.0, 0.0, 1e-300, 0.5, 1.0, 2.0, 1023.0, 1e9];
        let bins: Vec<_> = values.iter().map(|&value| bin(value)).collect();
        assert!(bins.is_sorted(), "{bins:?}");
        for whole in (-1024..=1024).map(f64::from) {
            assert_eq!(number(bin(whole)), whole);
        }
        for value in [0.1, -0.7, 123.456, 9.9e8] {
            assert!((number(bin(value)) / value - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn moments_quantiles_and_what_is_missing() {
        let tally = tally(&[1.0, 2.0, 3.0, 4.0, f64::NAN, f64::INFINITY, -2e9]);
        assert_eq!((tally.n, tally.missing), (4, 3));
        assert_eq!(tally.mean(), 2.5);
        assert!((tally.sd() - (5.0_f64 / 3.0).sqrt()).abs() < 1e-9);
        assert_eq!(
            [0.0, 0.25, 0.5, 0.75, 1.0].map(|p| tally.quantile(p).unwrap()),
            [1.0, 1.0, 2.0, 3.0, 4.0]
        );
        assert_eq!(tally.range(), Some((1.0, 4.0)));
        assert!(!tally.is_nil() && MeasureTally::default().is_nil());
        assert_eq!(MeasureTally::default().quantile(0.5), None);
    }

    #[test]
    fn quantiles_lie_between_the_least_and_the_greatest_number() {
        // Bins end below 0.3 and above -0.3, on the side of 0.
        let mut all = tally(&[0.3; 9]);
        assert_eq!([0.05, 0.5, 0.95].map(|p| all.quantile(p)), [Some(0.3); 3]);
        assert_eq!(all.range(), Some((0.3, 0.3)));
        assert!(number(bin(0.3)) < 0.3, "its bin is less");
        let others = tally(&[-0.3, -0.3, -0.0]);
        assert_eq!(others.range(), Some((-0.3, 0.0)));
        all.merge(&others);
        all.merge(&MeasureTally::default());
        assert_eq!(all.range(), Some((-0.3, 0.3)));
    }

    #[test]
    fn nothing_but_zero_is_nil() {
        assert!(tally(&[0.0, -0.0, f64::NAN]).is_nil());
        for value in [1.0, -1.0, 1e-9, 1e-300] {
            assert!(!tally(&[0.0, value]).is_nil(), "{value}");
        }
    }

    #[test]
    fn small_spreads_of_large_and_of_small_numbers() {
        for (start, step) in [(1e8, 1.0), (1e-4, 1e-9), (0.0, 1e-6), (-1e8, 0.5)] {
            let tally = tally(&[0.0, 1.0, 2.0, 3.0, 4.0].map(|n| start + n * step));
            let theory = step * 2.5_f64.sqrt();
            assert!((tally.sd() / theory - 1.0).abs() < 1e-3, "{start}: {}", tally.sd());
        }
    }

    #[test]
    fn the_order_of_trials_and_of_merging_does_not_matter() {
        let values: Vec<f64> = (0..1000).map(|n| f64::from(n * 7919 % 1000).sin() * 1e5).collect();
        let (left, right) = values.split_at(137);
        let mut merged = tally(right);
        merged.merge(&tally(left));
        let mut reversed = values.clone();
        reversed.reverse();
        assert_eq!(merged, tally(&values));
        assert_eq!(merged, tally(&reversed));
    }
}
