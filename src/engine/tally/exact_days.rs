//! First days of something rare, each kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// When something happened first, over trials: a count for each day on which it did. As many entries as
/// there are such days, which suits what happens in few trials or on few days; no more than the run has days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExactDays {
    counts: BTreeMap<i32, u32>,
}

impl ExactDays {
    /// Adds a trial in which it happened first on `day`.
    pub fn add(&mut self, day: i32) {
        *self.counts.entry(day).or_default() += 1;
    }

    /// Adds other trials.
    pub fn merge(&mut self, other: &Self) {
        for (&day, count) in &other.counts {
            *self.counts.entry(day).or_default() += count;
        }
    }

    /// In how many trials it happened.
    pub fn trials(&self) -> u64 {
        self.counts.values().map(|&count| u64::from(count)).sum()
    }

    /// The first of these days by which at least the share `p` of them has come: always one of them.
    pub fn quantile(&self, p: f64) -> Option<i32> {
        let rank = p * self.trials() as f64;
        let mut come = 0;
        let by = self.counts.iter().find(|(_, count)| {
            come += u64::from(**count);
            come as f64 >= rank
        });
        by.map(|(&day, _)| day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(days: &[i32]) -> ExactDays {
        let mut exact = ExactDays::default();
        days.iter().for_each(|&day| exact.add(day));
        exact
    }

    #[test]
    fn a_quantile_is_a_day_on_which_it_happened() {
        // The interpolated median of days counted by steps of thirty would be the 15th.
        let days = of(&[29, 29, 28, 30]);
        assert_eq!([0.05, 0.5, 0.95].map(|p| days.quantile(p)), [Some(28), Some(29), Some(30)]);
        // Of two days the earlier one: by then half have come.
        assert_eq!(of(&[3, 900]).quantile(0.5), Some(3));
        assert_eq!(ExactDays::default().quantile(0.5), None);
    }

    #[test]
    fn parts_add_up_in_any_order() {
        let (one, two) = (of(&[5, 7, 7]), of(&[7, 1]));
        let (mut forth, mut back) = (one.clone(), two.clone());
        forth.merge(&two);
        back.merge(&one);
        assert_eq!((&forth, forth.trials()), (&back, 5));
        assert_eq!(forth, of(&[1, 5, 7, 7, 7]));
    }
}
