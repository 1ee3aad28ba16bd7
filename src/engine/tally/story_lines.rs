//! In which order chosen outcomes first came, over trials.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::engine::record::Answer;
use crate::scenario::setup::MOST_OF_STORY_LINES as MOST;

/// The chosen outcomes that came, in the order of their first dates: their places among the chosen,
/// counted from 1, and zeros behind. Of those of one day the one chosen first stands first.
pub type Order = [u8; MOST];

/// Days of so many trials, counted from the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    sum: u64,
    squares: u128,
}

impl Days {
    fn add(&mut self, day: i32) {
        let day = u64::from(day.unsigned_abs());
        self.sum += day;
        self.squares += u128::from(day).pow(2);
    }

    fn merge(&mut self, other: Self) {
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// The mean over `n` trials, at least 1, to the nearest day.
    pub fn mean(&self, n: u64) -> i32 {
        let mean = (2 * u128::from(self.sum) + u128::from(n)) / (2 * u128::from(n));
        i32::try_from(mean).expect("the mean of days of the run is one of them")
    }

    /// The sample standard deviation over `n` trials (days); 0 of a single one.
    pub fn sd(&self, n: u64) -> f64 {
        if n < 2 {
            return 0.0;
        }
        // Exact up to here: the difference of two large numbers is taken before it is rounded.
        let spread = u128::from(n) * self.squares - u128::from(self.sum).pow(2);
        let n = n as f64;
        (spread as f64 / (n * (n - 1.0))).sqrt()
    }
}

/// The trials with one order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryLine {
    /// How many there are.
    pub trials: u64,
    /// The lowest of their numbers.
    pub first: u32,
    /// When the outcomes came, in their order.
    pub days: [Days; MOST],
}

/// How often each order has been seen: at most 1957 of them, however many trials there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryLines {
    lines: BTreeMap<Order, StoryLine>,
}

impl StoryLines {
    /// Adds a trial; `chosen` are the numbers of the outcomes that are looked at, [`MOST`] at most.
    pub fn add(&mut self, chosen: &[usize], trial: u32, answers: &[Answer]) {
        if chosen.is_empty() {
            return;
        }
        let mut came = [(i32::MAX, 0); MOST];
        for (slot, (place, &outcome)) in came.iter_mut().zip((1_u8..).zip(chosen)) {
            if let Some(day) = answers[outcome].first_day {
                *slot = (day, place);
            }
        }
        came.sort_unstable();
        let line = self.lines.entry(came.map(|(_, place)| place)).or_insert(StoryLine {
            trials: 0,
            first: trial,
            days: [Days::default(); MOST],
        });
        line.trials += 1;
        line.first = line.first.min(trial);
        let known = line.days.iter_mut().zip(came).take_while(|(_, (_, place))| *place > 0);
        known.for_each(|(days, (day, _))| days.add(day));
    }

    /// Adds other trials.
    pub fn merge(&mut self, other: Self) {
        for (order, theirs) in other.lines {
            let Some(mine) = self.lines.get_mut(&order) else {
                self.lines.insert(order, theirs);
                continue;
            };
            mine.trials += theirs.trials;
            mine.first = mine.first.min(theirs.first);
            mine.days.iter_mut().zip(theirs.days).for_each(|(mine, theirs)| mine.merge(theirs));
        }
    }

    /// Every order that has been seen.
    pub fn lines(&self) -> &BTreeMap<Order, StoryLine> {
        &self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_deviation_are_those_of_the_days() {
        // Days 3, 4, 4, 9: mean 5, sample variance 22/3.
        let mut days = Days::default();
        [3, 4, 4, 9].into_iter().for_each(|day| days.add(day));
        assert_eq!(days.mean(4), 5);
        assert!((days.sd(4) - (22.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        assert_eq!(
            (Days { sum: 7, squares: 49 }.sd(1), Days { sum: 7, squares: 49 }.mean(2)),
            (0.0, 4)
        );
    }
}
