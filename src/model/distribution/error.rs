//! What is wrong with a distribution, in words for whoever wrote it.

use crate::model::distribution::LEAST_LEFT;
use crate::model::distribution::words::number;
use crate::model::math::beta::Shapes;

/// Why something is no distribution.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}; {}", self.rule(), self.found())]
pub enum DistributionError {
    /// A number is infinite or none.
    NotFinite {
        /// Which.
        what: &'static str,
        /// What it is.
        found: f64,
    },
    /// A number that has to be above 0 is not.
    NotAboveZero {
        /// Which.
        what: &'static str,
        /// What it is.
        found: f64,
    },
    /// A shape of a beta distribution is out of range.
    Shape {
        /// Which.
        what: &'static str,
        /// What it is.
        found: f64,
    },
    /// The least value is not below the greatest.
    Backwards {
        /// The least value.
        low: f64,
        /// The greatest value.
        high: f64,
    },
    /// The most likely value does not lie between the bounds.
    ModeOutside {
        /// The least value.
        low: f64,
        /// The most likely value.
        mode: f64,
        /// The greatest value.
        high: f64,
    },
    /// A choice between nothing.
    NoValue,
    /// A probability is not between 0 and 1.
    Probability {
        /// The value it is that of.
        value: f64,
        /// What it is.
        found: f64,
    },
    /// Probabilities do not sum to 1.
    Sum(f64),
    /// Values, mean or standard deviation cannot be held by a number.
    BeyondNumbers(String),
    /// Truncation leaves almost nothing.
    AlmostNothing {
        /// The lower bound.
        low: f64,
        /// The upper bound.
        high: f64,
        /// The share between them.
        left: f64,
    },
}

impl DistributionError {
    /// What must hold.
    pub fn rule(&self) -> String {
        match self {
            Self::NotFinite { what, .. } => format!("{what} must be a finite number"),
            Self::NotAboveZero { what, .. } => format!("{what} must be above 0"),
            Self::Shape { what, .. } => {
                format!("{what} must lie between {} and {}", Shapes::LEAST, Shapes::GREATEST)
            }
            Self::Backwards { .. } => "the lower bound must be below the upper one".to_owned(),
            Self::ModeOutside { .. } => {
                "the most likely value must lie between the two bounds".to_owned()
            }
            Self::NoValue => "a choice needs at least one value".to_owned(),
            Self::Probability { .. } => "a probability must lie between 0 and 1".to_owned(),
            Self::Sum(_) => "the probabilities of a choice must sum to 1".to_owned(),
            Self::BeyondNumbers(_) => {
                "the values and their spread must stay within what a number can hold, about 1e-308 to 1e308".to_owned()
            }
            Self::AlmostNothing { .. } => format!(
                "at least {} % of a distribution must lie between the bounds it is cut to",
                LEAST_LEFT * 100.0
            ),
        }
    }

    /// What stands there.
    pub fn found(&self) -> String {
        match self {
            Self::NotFinite { found, .. }
            | Self::NotAboveZero { found, .. }
            | Self::Shape { found, .. } => format!("it is {}", number(*found)),
            Self::Backwards { low, high } => {
                format!("they are {} and {}", number(*low), number(*high))
            }
            Self::ModeOutside { low, mode, high } => {
                format!("{} is not between {} and {}", number(*mode), number(*low), number(*high))
            }
            Self::NoValue => "there is none".to_owned(),
            Self::Probability { value, found } => {
                format!("that of {} is {}", number(*value), number(*found))
            }
            Self::Sum(sum) => format!("they sum to {}", rounded(*sum, 10)),
            Self::BeyondNumbers(what) => format!("those of {what} do not"),
            Self::AlmostNothing { low, high, left } => {
                let (low, high) = (number(*low), number(*high));
                format!("{} % of it lies between {low} and {high}", rounded(left * 100.0, 3))
            }
        }
    }
}

/// A number to so many digits: what sums of decimals add to it is not shown.
fn rounded(x: f64, digits: usize) -> String {
    let text = format!("{x:.*e}", digits - 1);
    number(text.parse().unwrap_or(x))
}

/// Refuses numbers that are not finite.
pub(super) fn finite(numbers: &[(&'static str, f64)]) -> Result<(), DistributionError> {
    match numbers.iter().find(|(_, number)| !number.is_finite()) {
        Some(&(what, found)) => Err(DistributionError::NotFinite { what, found }),
        None => Ok(()),
    }
}

/// Refuses what is not above 0.
pub(super) fn above_zero(what: &'static str, found: f64) -> Result<(), DistributionError> {
    if found > 0.0 { Ok(()) } else { Err(DistributionError::NotAboveZero { what, found }) }
}

/// Refuses a shape of a beta distribution that is out of range.
pub(super) fn shape(what: &'static str, found: f64) -> Result<(), DistributionError> {
    let in_range = (Shapes::LEAST..=Shapes::GREATEST).contains(&found);
    if in_range { Ok(()) } else { Err(DistributionError::Shape { what, found }) }
}

/// Refuses a range that is not finite or runs backwards.
pub(super) fn range(low: f64, high: f64) -> Result<(), DistributionError> {
    finite(&[("the lower bound", low), ("the upper bound", high)])?;
    bounds(low, high)
}

/// Refuses bounds, which may be infinite, that run backwards.
pub(super) fn bounds(low: f64, high: f64) -> Result<(), DistributionError> {
    if low < high { Ok(()) } else { Err(DistributionError::Backwards { low, high }) }
}
