//! Rows of `measures.csv`: how each number that outcomes ask for is spread over trials.

use serde::{Deserialize, Serialize};

use crate::analysis::rounded;
use crate::engine::tally::Tally;
use crate::scenario::setup::Setup;

/// A measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The outcome's name in the scenario.
    pub outcome: String,
    /// Its title.
    pub title: String,
    /// How many trials gave a number.
    pub n: u64,
    /// How many gave none.
    pub missing: u64,
    /// Mean over trials.
    pub mean: Option<f64>,
    /// Standard error of the mean.
    pub se: Option<f64>,
    /// Standard deviation over trials.
    pub sd: Option<f64>,
    /// The least.
    pub least: Option<f64>,
    /// 5 % quantile.
    pub q05: Option<f64>,
    /// 25 % quantile.
    pub q25: Option<f64>,
    /// Median.
    pub q50: Option<f64>,
    /// 75 % quantile.
    pub q75: Option<f64>,
    /// 95 % quantile.
    pub q95: Option<f64>,
    /// The greatest.
    pub greatest: Option<f64>,
    /// How many further trials failed.
    pub failed: u64,
}

/// The rows, in the order of the scenario.
pub fn rows(setup: &Setup, tally: &Tally) -> Vec<Row> {
    let outcomes = setup.outcomes.iter().zip(&tally.outcomes);
    let measures = outcomes.filter(|(outcome, _)| outcome.question.is_measure());
    measures
        .map(|(outcome, count)| {
            let measure = &count.measure;
            let some = |value: f64| (measure.n > 0).then(|| rounded(value));
            let quantile = |p| measure.quantile(p).map(rounded);
            let range = measure.range();
            Row {
                outcome: outcome.name.clone(),
                title: outcome.title.clone(),
                n: measure.n,
                missing: measure.missing,
                mean: some(measure.mean()),
                se: some(measure.sd() / (measure.n as f64).sqrt()),
                sd: some(measure.sd()),
                least: range.map(|(least, _)| rounded(least)),
                q05: quantile(0.05),
                q25: quantile(0.25),
                q50: quantile(0.50),
                q75: quantile(0.75),
                q95: quantile(0.95),
                greatest: range.map(|(_, greatest)| rounded(greatest)),
                failed: tally.failed,
            }
        })
        .collect()
}
