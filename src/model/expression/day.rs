//! Dates.

use super::{Bound, Facts, Number, Step};
use crate::model::timeline::DAYS_A_YEAR;

/// A date, as a day counted from the start of the run. Years that are added to it are rounded to
/// whole days.
#[derive(Clone, Debug, PartialEq)]
pub enum Day {
    /// This one.
    Fixed(i32),
    /// The day on which the expression is looked at.
    Today,
    /// A date with years added or taken away, one after the other; `Step` is one of plus and minus.
    Moved(Box<Day>, Box<[(Step, Number)]>),
}

impl Day {
    /// The day; no number if years were added that are none.
    pub fn value(&self, facts: &Facts<'_>) -> f64 {
        self.within(facts, &mut Bound::nothing())
    }

    pub(super) fn within(&self, facts: &Facts<'_>, bound: &mut Bound) -> f64 {
        match self {
            Self::Fixed(day) => f64::from(*day),
            Self::Today => f64::from(facts.day),
            Self::Moved(day, moves) => {
                let day = day.within(facts, bound);
                moves
                    .iter()
                    .fold(day, |day, (step, years)| moved(day, *step, years.within(facts, bound)))
            }
        }
    }
}

/// A day with years added or taken away.
pub(super) fn moved(day: f64, step: Step, years: f64) -> f64 {
    step.apply(day, (years * DAYS_A_YEAR).round())
}
