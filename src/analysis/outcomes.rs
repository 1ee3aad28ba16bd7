//! Rows of `outcomes.csv`: how likely each outcome is.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::interval::wilson;
use crate::analysis::{date_quantiles, rounded};
use crate::engine::script;
use crate::engine::tally::Tally;
use crate::scenario::setup::Setup;

/// An outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its name in the scenario.
    pub outcome: String,
    /// Its title.
    pub title: String,
    /// How many trials ended well.
    pub n: u64,
    /// In how many of them the answer is yes.
    pub yes: u64,
    /// Their share.
    pub probability: f64,
    /// Lower end of the 95 % Wilson interval.
    pub low: f64,
    /// Upper end of the 95 % Wilson interval.
    pub high: f64,
    /// How many further trials failed.
    pub failed: u64,
    /// 5 % quantile of the date on which the answer first became yes, among the trials in which
    /// it did; empty for outcomes about one date.
    pub first_q05: Option<Date>,
    /// Median date among the trials in which it came.
    pub first_q50: Option<Date>,
    /// 95 % quantile of that date.
    pub first_q95: Option<Date>,
    /// Share of [`script::TRIALS`] trials of the script alone with the answer yes, less that without its
    /// events: -1 to 1.
    pub scripted: f64,
}

impl Row {
    /// Whether the scenario itself writes the answer down: its events alone change it more often than
    /// not, and most trials keep it so. That it comes about is then supposed, and found is only how often
    /// processes undo it.
    pub fn is_written_down(&self) -> bool {
        let kept = if self.scripted > 0.0 { self.probability } else { 1.0 - self.probability };
        self.scripted.abs() > 0.5 && kept > 0.5
    }
}

/// The rows of outcomes that are yes or no, in the order of the scenario.
pub fn rows(setup: &Setup, tally: &Tally) -> Vec<Row> {
    let outcomes = setup.outcomes.iter().zip(&tally.outcomes).zip(script::written(setup));
    let outcomes = outcomes.filter(|((outcome, _), _)| !outcome.question.is_measure());
    outcomes
        .map(|((outcome, count), scripted)| {
            let [first_q05, first_q50, first_q95] =
                date_quantiles(setup, &count.first, tally.every_day());
            let (low, high) = wilson(count.yes, tally.trials);
            Row {
                outcome: outcome.name.clone(),
                title: outcome.title.clone(),
                n: tally.trials,
                yes: count.yes,
                probability: rounded(count.yes as f64 / tally.trials.max(1) as f64),
                low: rounded(low),
                high: rounded(high),
                failed: tally.failed,
                first_q05,
                first_q50,
                first_q95,
                scripted: rounded(scripted),
            }
        })
        .collect()
}
