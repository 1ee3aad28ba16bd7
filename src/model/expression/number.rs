//! What has a value.

use std::ops::Range;

use super::{Bound, Day, Facts, Slot, Truth, Variable, Who};
use crate::model::derived::tension;
use crate::model::timeline::DAYS_A_YEAR;

/// What has a value, which may be infinite or no number.
#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    /// Always the same.
    Constant(f64),
    /// A named quantity of the scenario.
    Quantity(usize),
    /// With the opposite sign.
    Negative(Box<Number>),
    /// Without its sign.
    Absolute(Box<Number>),
    /// One number, and what is done to it one after the other.
    Chain(Box<Number>, Box<[(Step, Number)]>),
    /// The greater of two; no number if one of them is none.
    Greater(Box<Number>, Box<Number>),
    /// The lesser of two; no number if one of them is none.
    Lesser(Box<Number>, Box<Number>),
    /// From the second date to the first (years).
    Years(Day, Day),
    /// A score of a state.
    State(StateScore, Who),
    /// A score of two states; no number for a state and itself.
    Dyad(DyadScore, Who, Who),
    /// For how many states it holds.
    Count(Variable, Box<Truth>),
    /// One number made of those of all states; those that are no numbers are left out.
    Over(Fold, Variable, Box<Number>),
    /// Years since it last came to hold; no number if it never has.
    Since(Slot),
    /// How often the channels of these ranges have fired, all together.
    Times(Box<[Range<usize>]>),
}

/// What is done to a number with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
}

impl Step {
    /// The result.
    #[inline]
    pub fn apply(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Plus => a + b,
            Self::Minus => a - b,
            Self::Times => a * b,
            Self::Over => a / b,
        }
    }
}

/// A score of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateScore {
    /// Isolation I_i.
    Isolation,
    /// Effective capability c_i.
    Capability,
}

/// A score of a dyad, or a fixed number of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DyadScore {
    /// Alignment a_ij.
    Alignment,
    /// Grievance G_ij.
    Grievance,
    /// Tension T_ij.
    Tension,
    /// Least distance between the borders (km).
    Distance,
}

/// How the numbers of all states become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Their sum, in order of position; 0 if there are none.
    Sum,
    /// Their mean; no number if there are none.
    Mean,
    /// The highest; no number if there are none.
    Highest,
    /// The lowest; no number if there are none.
    Lowest,
}

impl Fold {
    fn of(self, numbers: impl Iterator<Item = f64>) -> f64 {
        let mut numbers = numbers.filter(|number| !number.is_nan());
        match self {
            // Added up from +0: the sum of an empty iterator is -0.
            Self::Sum => numbers.fold(0.0, |sum, number| sum + number),
            Self::Mean => {
                let (sum, count) =
                    numbers.fold((0.0, 0_u32), |(sum, count), number| (sum + number, count + 1));
                sum / f64::from(count)
            }
            Self::Highest => numbers.next().map_or(f64::NAN, |first| numbers.fold(first, f64::max)),
            Self::Lowest => numbers.next().map_or(f64::NAN, |first| numbers.fold(first, f64::min)),
        }
    }
}

impl Number {
    /// Its value.
    pub fn value(&self, facts: &Facts<'_>) -> f64 {
        self.within(facts, &mut Bound::nothing())
    }

    /// Its value for what is bound around it.
    pub(super) fn within(&self, facts: &Facts<'_>, bound: &mut Bound) -> f64 {
        match self {
            Self::Negative(number) => -number.within(facts, bound),
            Self::Absolute(number) => number.within(facts, bound).abs(),
            Self::Chain(first, rest) => {
                let first = first.within(facts, bound);
                rest.iter().fold(first, |so_far, (step, number)| {
                    step.apply(so_far, number.within(facts, bound))
                })
            }
            Self::Greater(a, b) => {
                let a = a.within(facts, bound);
                greater(a, b.within(facts, bound))
            }
            Self::Lesser(a, b) => {
                let a = a.within(facts, bound);
                lesser(a, b.within(facts, bound))
            }
            Self::Years(to, from) => {
                let to = to.within(facts, bound);
                (to - from.within(facts, bound)) / DAYS_A_YEAR
            }
            Self::Count(variable, truth) => facts.states().fold(0.0, |count, state| {
                bound.set(*variable, state);
                if truth.within(facts, bound) { count + 1.0 } else { count }
            }),
            Self::Over(fold, variable, number) => fold.of(facts.states().map(|state| {
                bound.set(*variable, state);
                number.within(facts, bound)
            })),
            _ => self.read(facts, bound),
        }
    }

    /// Reads a leaf of the tree; what has truths, numbers or dates in it is none.
    fn read(&self, facts: &Facts<'_>, bound: &Bound) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Quantity(quantity) => facts.quantities[*quantity],
            Self::State(score, who) => score.of(facts, *who, bound),
            Self::Dyad(score, a, b) => score.of(facts, (*a, *b), bound),
            Self::Since(slot) => facts.now - facts.tracked[slot.at(bound)].since,
            Self::Times(channels) => {
                let fired = channels.iter().flat_map(|range| &facts.counts[range.clone()]);
                fired.fold(0.0, |sum, &count| sum + f64::from(count))
            }
            _ => f64::NAN,
        }
    }
}

/// The greater of two numbers; no number if one is none.
pub(super) fn greater(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}

/// The lesser of two numbers; no number if one is none.
pub(super) fn lesser(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.min(b) }
}

impl StateScore {
    fn of(self, facts: &Facts<'_>, who: Who, bound: &Bound) -> f64 {
        let state = bound.state(who).index();
        match self {
            Self::Isolation => facts.world.isolation[state],
            Self::Capability => facts.world.capability[state],
        }
    }
}

impl DyadScore {
    fn of(self, facts: &Facts<'_>, (a, b): (Who, Who), bound: &Bound) -> f64 {
        let (a, b) = (bound.state(a), bound.state(b));
        if a == b {
            return f64::NAN;
        }
        let dyad = facts.frame.dyads.between(a, b).index();
        match self {
            Self::Alignment => facts.world.alignment[dyad],
            Self::Grievance => facts.world.grievance[dyad],
            Self::Tension => tension(facts.world.grievance[dyad]),
            Self::Distance => facts.frame.distance_km[dyad],
        }
    }
}
