//! The range and resolution of a score.

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
    pub(super) fn bin(self, value: f64) -> usize {
        let distance = value - self.origin;
        let v = match self.measure {
            Measure::Range(range) => distance / range,
            Measure::Size(size) => distance / (distance.abs() + size),
        };
        let u = v.abs().sqrt().copysign(v);
        // u is at least -1, so the product is at least 0.
        let bin = (0.5 * (u + 1.0) * self.bins as f64) as i32;
        (bin as usize).min(self.bins - 1)
    }
}

/// Scales of several series, for rows of their values.
///
/// The distance of a value in either measure is `d / (constant + slope |d|)`, so that the bins of a row
/// are worked out side by side.
#[derive(Debug, Default)]
pub(super) struct Scales {
    origin: Vec<f64>,
    constant: Vec<f64>,
    slope: Vec<f64>,
    bins: Vec<f64>,
}

impl Scales {
    /// The same scales.
    pub(super) fn new(scales: &[Scale]) -> Self {
        let parts = |scale: &Scale| match scale.measure {
            Measure::Range(range) => (range, 0.0),
            Measure::Size(size) => (size, 1.0),
        };
        let (constant, slope) = scales.iter().map(parts).unzip();
        let origin = scales.iter().map(|scale| scale.origin).collect();
        Self { origin, constant, slope, bins: scales.iter().map(|s| s.bins as f64).collect() }
    }

    /// Appends the bins of values, row after row, to `to`; as [`Scale::bin`].
    pub(super) fn bins(&self, values: &[f64], to: &mut Vec<u16>) {
        for row in values.chunks_exact(self.origin.len().max(1)) {
            let measures = self.constant.iter().zip(&self.slope);
            let scales = self.origin.iter().zip(measures).zip(&self.bins);
            to.extend(row.iter().zip(scales).map(
                |(value, ((origin, (constant, slope)), bins))| {
                    let distance = value - origin;
                    let v = distance / (constant + slope * distance.abs());
                    let u = v.abs().sqrt().copysign(v);
                    // From 0 to the last bin, of which there are fewer than 65,536.
                    (0.5 * (u + 1.0) * bins).min(bins - 1.0) as u16
                },
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_of_a_row_are_those_of_each_value() {
        let scales = [
            Scale::alignment(0.945),
            Scale::isolation(0.66),
            Scale::capability(0.014),
            Scale::alignment_difference(),
            Scale::capability_difference(0.2),
        ];
        const { assert!(2 * CAPABILITY_BINS < 1 << 16 && ISOLATION_BINS < 1 << 16) };
        let values: Vec<_> = (0..5 * 4001)
            .map(|n| match n % 5 {
                // As far as each score, or difference, can go.
                1 | 2 => f64::from(n / 5) / 4000.0,
                0 => f64::from(n / 5) / 2000.0 - 1.0,
                _ => f64::from(n / 5) / 1000.0 - 2.0,
            })
            .collect();
        let mut bins = Vec::new();
        Scales::new(&scales).bins(&values, &mut bins);
        for ((value, scale), bin) in values.iter().zip(scales.iter().cycle()).zip(bins) {
            assert_eq!(scale.bin(*value), usize::from(bin), "{value} on {scale:?}");
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
