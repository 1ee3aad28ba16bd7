//! The beta distribution on [0, 1], by both of its tails (see [`normal`]).
//!
//! The regularised incomplete beta function is that of statrs, exact to ten digits for shapes up to
//! 10,000; beyond, its continued fraction ends too early. Its inverse is not used: for shapes below
//! 1 it is wrong by orders of magnitude in the tails.

use statrs::function::beta::beta_reg;

use crate::model::math::{exp, ln, normal};

/// The shapes of a beta distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shapes {
    alpha: f64,
    beta: f64,
    /// Logarithm of the beta function.
    ln_beta: f64,
}

impl Shapes {
    /// The range of both shapes within which tails and quantiles hold.
    pub const LEAST: f64 = 0.01;
    /// See [`Shapes::LEAST`].
    pub const GREATEST: f64 = 10_000.0;

    /// A distribution; `None` unless both shapes are in range.
    pub fn new(alpha: f64, beta: f64) -> Option<Self> {
        let range = Self::LEAST..=Self::GREATEST;
        let ln_beta = libm::lgamma(alpha) + libm::lgamma(beta) - libm::lgamma(alpha + beta);
        (range.contains(&alpha) && range.contains(&beta)).then_some(Self { alpha, beta, ln_beta })
    }

    /// Both shapes.
    pub fn both(self) -> (f64, f64) {
        (self.alpha, self.beta)
    }

    /// The same distribution of what is missing to 1.
    fn mirrored(self) -> Self {
        Self { alpha: self.beta, beta: self.alpha, ..self }
    }

    /// The mean.
    pub fn mean(self) -> f64 {
        self.alpha / (self.alpha + self.beta)
    }

    /// The variance.
    pub fn variance(self) -> f64 {
        self.mean() * self.mirrored().mean() / (self.alpha + self.beta + 1.0)
    }

    /// The probabilities of a value below and above `x`, with `rest` missing to 1.
    pub fn tails(self, x: f64, rest: f64) -> (f64, f64) {
        if x < self.mean() {
            let below = self.lower_tail(x);
            (below, 1.0 - below)
        } else {
            let above = self.mirrored().lower_tail(rest);
            (1.0 - above, above)
        }
    }

    /// The probability of a value below `x`, to the last digits where `x` is small.
    fn lower_tail(self, x: f64) -> f64 {
        beta_reg(self.alpha, self.beta, x.clamp(0.0, 1.0)).clamp(0.0, 1.0)
    }

    /// The value with the probability `below` under it and `above` over it, and what is missing
    /// from it to 1; the two probabilities sum to 1.
    pub fn quantile(self, below: f64, above: f64) -> (f64, f64) {
        let (half, _) = self.tails(0.5, 0.5);
        if below <= half {
            let x = self.lower_quantile(below);
            (x, 1.0 - x)
        } else {
            let rest = self.mirrored().lower_quantile(above);
            (1.0 - rest, rest)
        }
    }

    /// The quantile of a probability for which it lies in [0, 0.5].
    ///
    /// Newton's method on the logarithm of the tail as a function of the logarithm of `x`, which is
    /// almost a line far out; whenever a step leaves what is known to enclose the quantile, the
    /// enclosure is halved instead.
    fn lower_quantile(self, p: f64) -> f64 {
        // Far out the tail is this power of x.
        let power = exp((ln(p) + ln(self.alpha) + self.ln_beta) / self.alpha);
        if power < f64::MIN_POSITIVE {
            return 0.0;
        }
        let (mut low, mut high) = (0.0_f64, 0.5_f64);
        let mut x = if self.alpha > 1.0 { self.near(p) } else { power };
        if !(x > low && x < high) {
            x = 0.25;
        }
        for _ in 0..MOST_STEPS {
            let tail = self.lower_tail(x);
            *(if tail < p { &mut low } else { &mut high }) = x;
            let slope =
                exp(self.alpha * ln(x) + (self.beta - 1.0) * libm::log1p(-x) - self.ln_beta);
            let step = x * exp(ln(p / tail) * tail / slope);
            // The next step would be of the order of the square of this one.
            if (step - x).abs() <= 1e-10 * x {
                return step.clamp(0.0, 0.5);
            }
            x = if step > low && step < high { step } else { halfway(low, high) };
            if x == low || x == high {
                break;
            }
        }
        x
    }

    /// About where the quantile is if the distribution is almost normal.
    fn near(self, p: f64) -> f64 {
        self.mean() + self.variance().sqrt() * normal::quantile(p, 1.0 - p)
    }
}

/// More than halving a half down to the smallest positive number takes.
const MOST_STEPS: usize = 80;

/// The number halfway between two positive ones among all that can be written down: halving by it
/// ends after 64 steps, at whatever order of magnitude.
fn halfway(low: f64, high: f64) -> f64 {
    f64::from_bits(low.to_bits().midpoint(high.to_bits()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_known_to_many_digits() {
        for (alpha, beta, p, x) in KNOWN {
            let (found, rest) = Shapes::new(alpha, beta).unwrap().quantile(p, 1.0 - p);
            let error = (found / x - 1.0).abs();
            assert!(error < 1e-9, "beta({alpha}, {beta}) at {p}: {found} against {x}");
            assert!((found + rest - 1.0).abs() < 1e-15);
        }
    }

    /// Shapes, probability, quantile.
    const KNOWN: [(f64, f64, f64, f64); 13] = [
        (2.0, 5.0, 0.5, 0.264_449_983_295_66),
        (2.0, 5.0, 0.01, 0.026_763_191_142_755_06),
        (2.0, 5.0, 0.99, 0.705_686_328_319_707_5),
        (0.5, 0.5, 1e-12, 2.467_401_100_272_34e-24),
        (0.1, 0.1, 0.001, 8.869_280_655_550_246e-28),
        (0.1, 3.0, 1e-6, 2.366_901_351_944_922e-61),
        (0.1, 3.0, 0.9, 0.098_392_995_510_301_34),
        (0.01, 0.01, 0.3, 6.428_119_935_718_612e-23),
        (1.0, 3.0, 0.2, 0.071_682_233_277_444_23),
        (30.0, 70.0, 0.975, 0.392_908_726_984_761_6),
        (30.0, 70.0, 1e-9, 0.088_079_275_364_676_7),
        (3.0, 0.5, 0.1, 0.613_751_118_194_630_8),
        (500.0, 1000.0, 0.25, 0.325_083_090_243_031_7),
    ];
}
