//! What comes out the same whatever the world is like.

use super::day::moved;
use super::number::{greater, lesser};
use super::{Day, Number, Truth, Who};
use crate::model::timeline::DAYS_A_YEAR;

impl Truth {
    /// Whether it always or never holds, because of constants only.
    pub fn constant(&self) -> Option<bool> {
        match self {
            Self::Constant(value) => Some(*value),
            Self::Not(truth) => truth.constant().map(|value| !value),
            Self::And(truths) => joined(truths, false),
            Self::Or(truths) => joined(truths, true),
            Self::Numbers(comparison, a, b) => Some(comparison.holds(a.constant()?, b.constant()?)),
            Self::Days(comparison, a, b) => Some(comparison.holds(a.constant()?, b.constant()?)),
            Self::Any(_, truth) | Self::All(_, truth) => truth.constant(),
            Self::Same(Who::State(a), Who::State(b)) => Some(a == b),
            Self::Same(Who::Each(a), Who::Each(b)) if a == b => Some(true),
            _ => None,
        }
    }
}

/// What `and` (decided by false) or `or` (decided by true) makes of constants.
fn joined(truths: &[Truth], decisive: bool) -> Option<bool> {
    let constants = || truths.iter().map(Truth::constant);
    if constants().any(|constant| constant == Some(decisive)) {
        return Some(decisive);
    }
    constants().all(|constant| constant.is_some()).then_some(!decisive)
}

impl Number {
    /// Its value, if it comes from constants only.
    pub fn constant(&self) -> Option<f64> {
        match self {
            Self::Constant(value) => Some(*value),
            Self::Negative(number) => number.constant().map(|value| -value),
            Self::Absolute(number) => number.constant().map(f64::abs),
            Self::Chain(first, rest) => rest.iter().try_fold(first.constant()?, |so_far, step| {
                Some(step.0.apply(so_far, step.1.constant()?))
            }),
            Self::Greater(a, b) => Some(greater(a.constant()?, b.constant()?)),
            Self::Lesser(a, b) => Some(lesser(a.constant()?, b.constant()?)),
            Self::Years(to, from) => Some((to.constant()? - from.constant()?) / DAYS_A_YEAR),
            _ => None,
        }
    }
}

impl Day {
    /// The day, if it comes from constants only.
    pub fn constant(&self) -> Option<f64> {
        match self {
            Self::Fixed(day) => Some(f64::from(*day)),
            Self::Today => None,
            Self::Moved(day, moves) => moves.iter().try_fold(day.constant()?, |day, step| {
                Some(moved(day, step.0, step.1.constant()?))
            }),
        }
    }
}
