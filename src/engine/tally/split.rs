//! What the uncertain numbers explain and what chance within a trial does: moments of pairs of
//! trials that share their uncertain numbers and nothing else.
//!
//! Given the numbers, the two of a pair are independent, so the covariance over pairs is the
//! variance of what the numbers lead to be expected; the rest of the variance is chance.

use num_bigint::BigInt;
use serde::{Deserialize, Serialize};

use crate::engine::metric;
use crate::engine::record::Record;
use crate::engine::tally::measure::{self, MeasureTally};
use crate::engine::tally::series;
use crate::scenario::setup::Setup;

/// Of how many trials one has an echo.
pub const EVERY: u32 = 4;

/// Pairs are dealt out to this many groups, so that the error of a share can be told from how it
/// varies when a group is left out.
pub const GROUPS: usize = 16;

/// Exact sums over pairs (x, y).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Pairs.
    pub n: u64,
    /// Sum of x + y.
    pub sum: BigInt,
    /// Sum of (x + y)^2.
    pub square_sums: BigInt,
    /// Sum of (x - y)^2.
    pub square_differences: BigInt,
}

impl Sums {
    fn add(&mut self, x: i128, y: i128) {
        self.n += 1;
        self.sum += x + y;
        self.square_sums += BigInt::from(x + y).pow(2);
        self.square_differences += BigInt::from(x - y).pow(2);
    }

    /// Adds other pairs.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.sum += &other.sum;
        self.square_sums += &other.square_sums;
        self.square_differences += &other.square_differences;
    }
}

/// The same for a score, in numbers of fixed size: there are many scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct ScoreSums {
    sum: i64,
    square_sums: u128,
    square_differences: u128,
}

/// A group of pairs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    pairs: u64,
    /// By step date and series.
    scores: Vec<ScoreSums>,
    /// By outcome.
    outcomes: Vec<Sums>,
}

/// Statistics of trials and their echoes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// Pairs of which both ended well.
    pub pairs: u64,
    /// Pairs of which the echo failed.
    pub failed: u64,
    groups: Vec<Group>,
}

impl Split {
    /// No pairs yet.
    pub fn new(setup: &Setup) -> Self {
        let series = metric::count(setup);
        let group = Group {
            pairs: 0,
            scores: vec![ScoreSums::default(); series * setup.frame.timeline.days.len()],
            outcomes: vec![Sums::default(); setup.outcomes.len()],
        };
        Self { pairs: 0, failed: 0, groups: vec![group; GROUPS] }
    }

    /// Whether a trial has an echo.
    pub fn wants(trial: u32) -> bool {
        trial.is_multiple_of(EVERY)
    }

    /// Adds a trial and its echo.
    pub fn add(&mut self, setup: &Setup, trial: u32, record: &Record, echo: &Record) {
        self.pairs += 1;
        let group = (trial / EVERY) as usize % GROUPS;
        let group = &mut self.groups[group];
        group.pairs += 1;
        for (sums, (&x, &y)) in group.scores.iter_mut().zip(record.values.iter().zip(&echo.values))
        {
            let (x, y) = (series::fixed(x), series::fixed(y));
            sums.sum += x + y;
            sums.square_sums += u128::from((x + y).unsigned_abs()).pow(2);
            sums.square_differences += u128::from((x - y).unsigned_abs()).pow(2);
        }
        let answers = record.answers.iter().zip(&echo.answers).zip(&setup.outcomes);
        for (sums, ((x, y), outcome)) in group.outcomes.iter_mut().zip(answers) {
            if outcome.question.is_measure() {
                if [x.value, y.value].into_iter().all(MeasureTally::takes) {
                    sums.add(measure::fixed(x.value), measure::fixed(y.value));
                }
            } else {
                sums.add(i128::from(x.yes), i128::from(y.yes));
            }
        }
    }

    /// Adds a pair whose echo failed.
    pub fn add_failure(&mut self) {
        self.failed += 1;
    }

    /// Adds other pairs.
    pub fn merge(&mut self, other: &Self) {
        self.pairs += other.pairs;
        self.failed += other.failed;
        for (mine, theirs) in self.groups.iter_mut().zip(&other.groups) {
            mine.pairs += theirs.pairs;
            for (mine, theirs) in mine.scores.iter_mut().zip(&theirs.scores) {
                mine.sum += theirs.sum;
                mine.square_sums += theirs.square_sums;
                mine.square_differences += theirs.square_differences;
            }
            mine.outcomes.iter_mut().zip(&theirs.outcomes).for_each(|(m, t)| m.merge(t));
        }
    }

    /// The sums of a series at a step date, by group; `place` counts by date, then series.
    pub fn score(&self, place: usize) -> Vec<Sums> {
        let of = |group: &Group| {
            let score = group.scores[place];
            Sums {
                n: group.pairs,
                sum: score.sum.into(),
                square_sums: score.square_sums.into(),
                square_differences: score.square_differences.into(),
            }
        };
        self.groups.iter().map(of).collect()
    }

    /// The sums of an outcome, by group: of 0 and 1, or of numbers in multiples of 2^-40.
    pub fn outcome(&self, n: usize) -> Vec<Sums> {
        self.groups.iter().map(|group| group.outcomes[n].clone()).collect()
    }
}
