//! Mean and standard deviation.

use crate::model::distribution::{Choice, Distribution, Shape};
use crate::model::math::{cosh, exp, exp_m1, sinh};

impl Distribution {
    /// The mean.
    pub fn mean(&self) -> f64 {
        match &self.shape {
            Shape::Normal { mean, .. } => *mean,
            Shape::LogNormal { mu, sigma } => exp(mu + sigma * sigma / 2.0),
            Shape::Uniform { low, high } => low.midpoint(*high),
            Shape::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Shape::Beta { shapes, low, high } => low + (high - low) * shapes.mean(),
            Shape::Choice(choice) => average(choice, |value| value),
            Shape::Truncated(_) => expected(&self.shape, |value| value),
        }
    }

    /// The standard deviation.
    pub fn sd(&self) -> f64 {
        let mean = self.mean();
        let squared = |value: f64| (value - mean) * (value - mean);
        match &self.shape {
            Shape::Normal { sd, .. } => *sd,
            Shape::LogNormal { sigma, .. } => mean * exp_m1(sigma * sigma).sqrt(),
            Shape::Uniform { low, high } => (high - low) / 12.0_f64.sqrt(),
            Shape::Triangular { low, mode, high } => {
                let (rise, fall) = (mode - low, high - mode);
                ((rise * rise + rise * fall + fall * fall) / 18.0).sqrt()
            }
            Shape::Beta { shapes, low, high } => (high - low) * shapes.variance().sqrt(),
            Shape::Choice(choice) => average(choice, squared).sqrt(),
            Shape::Truncated(_) => expected(&self.shape, squared).sqrt(),
        }
    }
}

fn average(choice: &Choice, of: impl Fn(f64) -> f64) -> f64 {
    let sum: f64 = choice.weighted().map(|(_, probability)| probability).sum();
    choice.weighted().map(|(value, probability)| probability / sum * of(value)).sum()
}

/// The expected value of a function of the variable: its integral over the quantiles, by
/// Takahasi and Mori's double exponential formula, which bears an infinite value at either end.
fn expected(shape: &Shape, of: impl Fn(f64) -> f64) -> f64 {
    let nodes = (-NODES..=NODES).map(|n| f64::from(n) * REACH / f64::from(NODES));
    let weighted = nodes.map(|t| {
        // The node is logistic(bent), and above is what it leaves to 1.
        let bent = std::f64::consts::PI * sinh(t);
        let (below, above) = (1.0 / (1.0 + exp(-bent)), 1.0 / (1.0 + exp(bent)));
        (below, above, cosh(t) * below * above)
    });
    let sums = weighted.fold((0.0, 0.0), |(sum, weights), (below, above, weight)| {
        (sum + weight * of(shape.at(below, above)), weights + weight)
    });
    sums.0 / sums.1
}

/// How far the nodes of the formula reach: there the tails are about 1e-150.
const REACH: f64 = 5.4;

/// Nodes on either side.
const NODES: i32 = 120;
