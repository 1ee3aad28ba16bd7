//! A choice between several values.

use crate::model::distribution::DistributionError;
use crate::model::distribution::error::finite;

/// How far from 1 the sum of probabilities may be: what adding decimals does to it.
const NEAR_ENOUGH: f64 = 1e-9;

/// Values with their probabilities, in ascending order of the values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    values: Vec<f64>,
    probabilities: Vec<f64>,
    /// The probabilities of each value and all lower ones; the last is 1.
    cumulated: Vec<f64>,
}

impl Choice {
    pub(super) fn new(weighted: &[(f64, f64)]) -> Result<Self, DistributionError> {
        if weighted.is_empty() {
            return Err(DistributionError::NoValue);
        }
        for &(value, found) in weighted {
            finite(&[("a value", value)])?;
            if !(0.0..=1.0).contains(&found) {
                return Err(DistributionError::Probability { value, found });
            }
        }
        let sum = weighted.iter().map(|(_, probability)| probability).sum::<f64>();
        if (sum - 1.0).abs() > NEAR_ENOUGH {
            return Err(DistributionError::Sum(sum));
        }
        Ok(Self::sorted(weighted.to_vec()))
    }

    fn sorted(mut weighted: Vec<(f64, f64)>) -> Self {
        weighted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (values, probabilities): (Vec<_>, Vec<_>) = weighted.into_iter().unzip();
        let sum: f64 = probabilities.iter().sum();
        let running = probabilities.iter().scan(0.0, |sum, probability| {
            *sum += probability;
            Some(*sum)
        });
        let cumulated = running.map(|part| part / sum).collect();
        Self { values, probabilities, cumulated }
    }

    /// The values from `low` to `high`, with their probabilities in proportion.
    pub(super) fn between(&self, low: f64, high: f64) -> Self {
        let kept = self.weighted().filter(|(value, _)| (low..=high).contains(value));
        let kept: Vec<_> = kept.collect();
        let sum: f64 = kept.iter().map(|(_, probability)| probability).sum();
        Self::sorted(kept.into_iter().map(|(value, part)| (value, part / sum)).collect())
    }

    /// The values and their probabilities.
    pub(super) fn weighted(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.values.iter().copied().zip(self.probabilities.iter().copied())
    }

    /// Whether all values are equally likely.
    pub(super) fn equal(&self) -> bool {
        self.probabilities.iter().all(|&probability| probability == self.probabilities[0])
    }

    /// The first value of which more than `u` is cumulated, so that a value of probability 0 is
    /// never drawn.
    pub(super) fn quantile(&self, u: f64) -> f64 {
        let at = self.cumulated.partition_point(|&cumulated| cumulated <= u);
        self.values.get(at).copied().unwrap_or(self.support().1)
    }

    pub(super) fn tails(&self, x: f64) -> (f64, f64) {
        let below = self.mass(f64::NEG_INFINITY, x);
        (below, 1.0 - below)
    }

    pub(super) fn mass(&self, low: f64, high: f64) -> f64 {
        let first = self.values.partition_point(|&value| value < low);
        let end = self.values.partition_point(|&value| value <= high);
        let up_to = |count: usize| if count == 0 { 0.0 } else { self.cumulated[count - 1] };
        (up_to(end) - up_to(first)).max(0.0)
    }

    /// The least and greatest value that can be drawn.
    pub(super) fn support(&self) -> (f64, f64) {
        let mut possible = self.weighted().filter(|&(_, part)| part > 0.0).map(|(value, _)| value);
        let least = possible.next().unwrap_or(self.values[0]);
        (least, possible.last().unwrap_or(least))
    }
}
