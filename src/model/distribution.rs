//! Uncertain numbers: the distributions a scenario may write in the place of a number.
//!
//! A value is drawn by the inverse of the distribution function, so one uniform number makes one
//! value, the same quantile whatever the distribution.

use crate::model::draws::{HALF_A_DRAW, shares};
use crate::model::math::{beta, exp, ln, normal};

mod choice;
mod error;
mod moments;
mod words;

use choice::Choice;
pub use error::DistributionError;

/// The least share of a distribution that truncation has to leave.
pub const LEAST_LEFT: f64 = 1e-4;

/// The distribution of an uncertain number.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    shape: Shape,
}

/// What a distribution is; its numbers have been checked.
#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Normal { mean: f64, sd: f64 },
    LogNormal { mu: f64, sigma: f64 },
    Uniform { low: f64, high: f64 },
    Triangular { low: f64, mode: f64, high: f64 },
    Beta { shapes: beta::Shapes, low: f64, high: f64 },
    Choice(Choice),
    Truncated(Box<Truncated>),
}

/// What is left of a continuous distribution between two bounds.
#[derive(Clone, Debug, PartialEq)]
struct Truncated {
    whole: Shape,
    low: f64,
    high: f64,
    /// The shares of the whole below `low`, between the bounds, and above `high`.
    below: f64,
    left: f64,
    above: f64,
}

impl Distribution {
    /// The normal distribution.
    ///
    /// # Errors
    /// If a number is not finite or the standard deviation is not above 0.
    pub fn normal(mean: f64, sd: f64) -> Result<Self, DistributionError> {
        error::finite(&[("the mean", mean), ("the standard deviation", sd)])?;
        error::above_zero("the standard deviation", sd)?;
        Self::checked(Shape::Normal { mean, sd })
    }

    /// A variable whose natural logarithm is normal with this mean and standard deviation.
    ///
    /// # Errors
    /// If a number is not finite, the standard deviation is not above 0, or the values cannot be
    /// held by a number.
    pub fn lognormal(mu: f64, sigma: f64) -> Result<Self, DistributionError> {
        let sd = "the standard deviation of the logarithm";
        error::finite(&[("the mean of the logarithm", mu), (sd, sigma)])?;
        error::above_zero(sd, sigma)?;
        Self::checked(Shape::LogNormal { mu, sigma })
    }

    /// All values from `low` to `high` equally likely.
    ///
    /// # Errors
    /// If a number is not finite or `low` is not below `high`.
    pub fn uniform(low: f64, high: f64) -> Result<Self, DistributionError> {
        error::range(low, high)?;
        Self::checked(Shape::Uniform { low, high })
    }

    /// The distribution whose density rises in a line to `mode` and falls in a line after it.
    ///
    /// # Errors
    /// If a number is not finite, `low` is not below `high`, or `mode` is outside them.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Self, DistributionError> {
        error::range(low, high)?;
        error::finite(&[("the mode", mode)])?;
        if !(low..=high).contains(&mode) {
            return Err(DistributionError::ModeOutside { low, mode, high });
        }
        Self::checked(Shape::Triangular { low, mode, high })
    }

    /// The beta distribution stretched from [0, 1] to [`low`, `high`].
    ///
    /// # Errors
    /// If a number is not finite, `alpha` or `beta` is out of range, or `low` is not below `high`.
    pub fn beta(alpha: f64, beta: f64, low: f64, high: f64) -> Result<Self, DistributionError> {
        error::range(low, high)?;
        error::shape("alpha", alpha)?;
        error::shape("beta", beta)?;
        let out_of_range = DistributionError::Shape { what: "alpha", found: alpha };
        let shapes = beta::Shapes::new(alpha, beta).ok_or(out_of_range)?;
        Self::checked(Shape::Beta { shapes, low, high })
    }

    /// One of several values, all equally likely.
    ///
    /// # Errors
    /// If there is none, or one is not finite.
    pub fn equal_choice(values: &[f64]) -> Result<Self, DistributionError> {
        let share = 1.0 / values.len() as f64;
        let weighted: Vec<_> = values.iter().map(|&value| (value, share)).collect();
        Self::choice(&weighted)
    }

    /// One of several values, each with its probability.
    ///
    /// # Errors
    /// If there is none, a number is not finite, or the probabilities do not lie between 0 and 1 or
    /// do not sum to 1.
    pub fn choice(weighted: &[(f64, f64)]) -> Result<Self, DistributionError> {
        Ok(Self { shape: Shape::Choice(Choice::new(weighted)?) })
    }

    /// What lies between `low` and `high`, which may be infinite, in proportion; itself if that is
    /// all of it.
    ///
    /// # Errors
    /// If `low` is not below `high`, or less than [`LEAST_LEFT`] lies between them.
    pub fn truncated(&self, low: f64, high: f64) -> Result<Self, DistributionError> {
        error::bounds(low, high)?;
        let (least, most) = self.support();
        if low <= least && most <= high {
            return Ok(self.clone());
        }
        let left = self.mass(low, high);
        if left < LEAST_LEFT {
            return Err(DistributionError::AlmostNothing { low, high, left });
        }
        let (low, high) = (low.max(least), high.min(most));
        let shape = match &self.shape {
            Shape::Choice(choice) => Shape::Choice(choice.between(low, high)),
            Shape::Truncated(cut) => Truncated::shape(cut.whole.clone(), low, high),
            whole => Truncated::shape(whole.clone(), low, high),
        };
        Ok(Self { shape })
    }

    /// The distribution, if all that can be drawn from it and its moments are numbers.
    fn checked(shape: Shape) -> Result<Self, DistributionError> {
        let this = Self { shape };
        let least = this.shape.at(HALF_A_DRAW, 1.0);
        let numbers = [least, this.shape.at(1.0, HALF_A_DRAW), this.mean(), this.sd()];
        // A logarithm may be so low that its number is 0.
        let vanishes = matches!(this.shape, Shape::LogNormal { .. }) && least == 0.0;
        if vanishes || !numbers.iter().all(|number| number.is_finite()) {
            return Err(DistributionError::BeyondNumbers(this.to_string()));
        }
        Ok(this)
    }

    /// The value below which the share `u` of the distribution lies, for `u` in [0, 1).
    pub fn quantile(&self, u: f64) -> f64 {
        if let Shape::Choice(choice) = &self.shape {
            return choice.quantile(u);
        }
        let (below, above) = shares(u);
        self.shape.at(below, above)
    }

    /// The probability of a value of at most `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        self.shape.tails(x).0
    }

    /// The probability of a value from `low` to `high`, both included.
    pub fn mass(&self, low: f64, high: f64) -> f64 {
        if let Shape::Choice(choice) = &self.shape {
            return choice.mass(low, high);
        }
        let (low, high) = (self.shape.tails(low), self.shape.tails(high));
        // The difference of the smaller tails loses fewer digits.
        let mass = if low.0 < 0.5 { high.0 - low.0 } else { low.1 - high.1 };
        mass.clamp(0.0, 1.0)
    }

    /// The least and the greatest value there can be, infinite if there is no bound.
    pub fn support(&self) -> (f64, f64) {
        match &self.shape {
            Shape::Normal { .. } => (f64::NEG_INFINITY, f64::INFINITY),
            Shape::LogNormal { .. } => (0.0, f64::INFINITY),
            Shape::Uniform { low, high }
            | Shape::Triangular { low, high, .. }
            | Shape::Beta { low, high, .. } => (*low, *high),
            Shape::Choice(choice) => choice.support(),
            Shape::Truncated(cut) => (cut.low, cut.high),
        }
    }
}

impl Shape {
    /// The value with the probability `below` under it and `above` over it; they sum to 1, and both
    /// are above 0.
    fn at(&self, below: f64, above: f64) -> f64 {
        match self {
            Self::Normal { mean, sd } => mean + sd * normal::quantile(below, above),
            Self::LogNormal { mu, sigma } => exp(mu + sigma * normal::quantile(below, above)),
            Self::Uniform { low, high } => between(*low, *high, below, above),
            Self::Triangular { low, mode, high } => triangular_at(*low, *mode, *high, below, above),
            Self::Beta { shapes, low, high } => {
                let (x, rest) = shapes.quantile(below, above);
                between(*low, *high, x, rest)
            }
            Self::Choice(choice) => choice.quantile(below),
            Self::Truncated(cut) => {
                let inner = (cut.below + below * cut.left, cut.above + above * cut.left);
                cut.whole.at(inner.0, inner.1).clamp(cut.low, cut.high)
            }
        }
    }

    /// The probabilities of a value of at most `x`, and above it.
    fn tails(&self, x: f64) -> (f64, f64) {
        match self {
            Self::Normal { mean, sd } => normal::tails((x - mean) / sd),
            Self::LogNormal { mu, sigma } if x > 0.0 => normal::tails((ln(x) - mu) / sigma),
            Self::LogNormal { .. } => (0.0, 1.0),
            Self::Uniform { low, high } => parts(*low, *high, x),
            Self::Triangular { low, mode, high } => triangular_tails(*low, *mode, *high, x),
            Self::Beta { shapes, low, high } => {
                let (x, rest) = parts(*low, *high, x);
                shapes.tails(x, rest)
            }
            Self::Choice(choice) => choice.tails(x),
            Self::Truncated(cut) => {
                let (below, above) = cut.whole.tails(x);
                let share = |tail: f64, cut_off: f64| ((tail - cut_off) / cut.left).clamp(0.0, 1.0);
                (share(below, cut.below), share(above, cut.above))
            }
        }
    }
}

impl Truncated {
    fn shape(whole: Shape, low: f64, high: f64) -> Shape {
        let ((below, over), (under, above)) = (whole.tails(low), whole.tails(high));
        let left = if below < 0.5 { under - below } else { over - above };
        Shape::Truncated(Box::new(Self { whole, low, high, below, left, above }))
    }
}

/// The point that divides the way from `low` to `high` in these two shares.
fn between(low: f64, high: f64, share: f64, rest: f64) -> f64 {
    let way = high - low;
    let point = if share <= rest { low + way * share } else { high - way * rest };
    point.clamp(low, high)
}

/// The shares of the way from `low` to `high` before `x` and after it.
fn parts(low: f64, high: f64, x: f64) -> (f64, f64) {
    let (x, way) = (x.clamp(low, high), high - low);
    ((x - low) / way, (high - x) / way)
}

fn triangular_at(low: f64, mode: f64, high: f64, below: f64, above: f64) -> f64 {
    let (rise, fall) = parts(low, high, mode);
    if below <= rise {
        let share = (below * rise).sqrt();
        between(low, high, share, 1.0 - share)
    } else {
        let rest = (above * fall).sqrt();
        between(low, high, 1.0 - rest, rest)
    }
}

fn triangular_tails(low: f64, mode: f64, high: f64, x: f64) -> (f64, f64) {
    let ((rise, fall), (share, rest)) = (parts(low, high, mode), parts(low, high, x));
    if share < rise || fall == 0.0 {
        let below = share * share / rise;
        (below, 1.0 - below)
    } else {
        let above = rest * rest / fall;
        (1.0 - above, above)
    }
}
