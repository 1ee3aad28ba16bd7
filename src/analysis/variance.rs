//! Rows of `variance.csv`: how much of the variance of each outcome and series the uncertain numbers
//! explain, and how much is chance within a trial.
//!
//! One-way analysis of variance with two trials a group (Searle, Casella and McCulloch 1992, chapter
//! 3): the numbers' part is (MSB - MSW) / 2, that of chance MSW. The error of the share is that of a
//! jackknife over sixteen groups of pairs (Quenouille 1956, Tukey 1958), so it supposes no normal
//! distribution.

use jiff::civil::Date;
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};

use crate::analysis::rounded;
use crate::engine::metric::{self, Series};
use crate::engine::tally::{Split, Sums};
use crate::scenario::setup::Setup;

/// The 97.5 % point of Student's t with 15 degrees of freedom, one less than there are groups.
const T: f64 = 2.131_449_546;

/// What an outcome or a series at a date owes to what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// `outcome`, `isolation`, `capability` or `alignment`.
    pub metric: String,
    /// The outcome, state or dyad.
    pub subject: String,
    /// The step date; empty for an outcome.
    pub date: Option<Date>,
    /// Pairs of trials with the same uncertain numbers.
    pub pairs: u64,
    /// The variance over trials.
    pub variance: Option<f64>,
    /// The part of the uncertain numbers.
    pub numbers: Option<f64>,
    /// The part of chance within a trial.
    pub chance: Option<f64>,
    /// The share of the uncertain numbers.
    pub share: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end of its 95 % interval.
    pub high: Option<f64>,
}

/// The rows: outcomes in the order of the scenario, then series by date.
pub fn rows(setup: &Setup, split: &Split) -> Vec<Row> {
    let outcomes = setup.outcomes.iter().enumerate().map(|(n, outcome)| {
        let unit = if outcome.question.is_measure() { (-40_f64).exp2() } else { 1.0 };
        row(("outcome", outcome.name.clone(), None), &split.outcome(n), unit)
    });
    let all = metric::series(setup);
    let series = all.len();
    let unit = (-31_f64).exp2();
    let scores = all.iter().enumerate().flat_map(|(n, Series { metric, subject })| {
        setup.calendar.dates().iter().enumerate().map(move |(date, &day)| {
            let sums = split.score(date * series + n);
            row((metric.name(), subject.clone(), Some(day)), &sums, unit)
        })
    });
    outcomes.chain(scores).collect()
}

fn row(
    (metric, subject, date): (&'static str, String, Option<Date>),
    groups: &[Sums],
    unit: f64,
) -> Row {
    let mut all = Sums::default();
    groups.iter().for_each(|group| all.merge(group));
    let parts = Parts::of(&all);
    let interval = parts.as_ref().and_then(|parts| interval(parts.share()?, &all, groups));
    let square = |value: f64| rounded(value * unit * unit);
    Row {
        metric: metric.to_owned(),
        subject,
        date,
        pairs: all.n,
        variance: parts.as_ref().map(|parts| square(parts.numbers + parts.chance)),
        numbers: parts.as_ref().map(|parts| square(parts.numbers)),
        chance: parts.as_ref().map(|parts| square(parts.chance)),
        share: parts.as_ref().and_then(Parts::share).map(rounded),
        low: interval.map(|(low, _)| rounded(low)),
        high: interval.map(|(_, high)| rounded(high)),
    }
}

/// The two parts of a variance, in squares of units.
#[derive(Clone, Debug)]
struct Parts {
    numbers: f64,
    chance: f64,
}

impl Parts {
    /// Estimates from sums over pairs; `None` if there are fewer than two.
    fn of(sums: &Sums) -> Option<Self> {
        if sums.n < 2 {
            return None;
        }
        let float = |number: &BigInt| number.to_f64().unwrap_or(f64::NAN);
        let n = sums.n as f64;
        // Exact up to here, so no spread is lost between large numbers.
        let spread = &sums.square_sums * sums.n - sums.sum.pow(2);
        let between = float(&spread) / (2.0 * n * (n - 1.0));
        let chance = float(&sums.square_differences) / (2.0 * n);
        Some(Self { numbers: (between - chance) / 2.0, chance })
    }

    /// The share of the numbers; `None` if nothing varies.
    fn share(&self) -> Option<f64> {
        let all = self.numbers + self.chance;
        (all > 0.0).then(|| self.numbers / all)
    }
}

/// The jackknife's 95 % interval of a share, within 0 and 1; `None` with so few pairs that a group has
/// none: leaving it out would change nothing, and the interval would come out too narrow.
fn interval(share: f64, all: &Sums, groups: &[Sums]) -> Option<(f64, f64)> {
    if groups.iter().any(|group| group.n == 0) {
        return None;
    }
    let without = |left_out: &Sums| {
        let mut rest = all.clone();
        rest.n -= left_out.n;
        rest.sum -= &left_out.sum;
        rest.square_sums -= &left_out.square_sums;
        rest.square_differences -= &left_out.square_differences;
        Parts::of(&rest)?.share()
    };
    let shares: Vec<f64> = groups.iter().map(without).collect::<Option<_>>()?;
    let g = shares.len() as f64;
    let mean = shares.iter().sum::<f64>() / g;
    let spread: f64 = shares.iter().map(|share| (share - mean).powi(2)).sum();
    let error = T * ((g - 1.0) / g * spread).sqrt();
    Some(((share - error).clamp(0.0, 1.0), (share + error).clamp(0.0, 1.0)))
}
