//! Rows of `summary.csv`: how each score is spread over trials at each step date.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::quantile::of_score;
use crate::analysis::rounded;
use crate::engine::tally::Tally;
use crate::scenario::setup::Setup;

/// A score at a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// `isolation` or `alignment`.
    pub metric: String,
    /// The state or dyad.
    pub subject: String,
    /// The step date.
    pub date: Date,
    /// How many trials.
    pub n: u64,
    /// Mean over trials.
    pub mean: f64,
    /// Standard deviation over trials.
    pub sd: f64,
    /// 5 % quantile.
    pub q05: f64,
    /// 25 % quantile.
    pub q25: f64,
    /// Median.
    pub q50: f64,
    /// 75 % quantile.
    pub q75: f64,
    /// 95 % quantile.
    pub q95: f64,
}

/// The rows: isolation of every state, then alignment of every summary dyad, each by date. None if
/// no trial ended well.
pub fn rows(setup: &Setup, tally: &Tally) -> Vec<Row> {
    if tally.trials == 0 {
        return Vec::new();
    }
    subjects(setup)
        .enumerate()
        .flat_map(|(series, subject)| {
            let dates = setup.calendar.dates().iter().enumerate();
            dates.map(move |(n, &date)| row(tally, series, subject.clone(), n, date))
        })
        .collect()
}

/// What the series are: a metric and whose it is, in the order of the rows.
pub fn subjects(setup: &Setup) -> impl Iterator<Item = (&'static str, String)> {
    let states = setup.frame.codes.iter().map(|code| ("isolation", code.to_string()));
    let dyads = setup.summary_dyads.iter().map(|&d| ("alignment", setup.frame.dyad_name(d)));
    states.chain(dyads)
}

fn row(
    tally: &Tally,
    series: usize,
    (metric, subject): (&'static str, String),
    number: usize,
    date: Date,
) -> Row {
    let cell = tally.series.cell(series, number);
    let q = |p| rounded(of_score(&cell, p));
    Row {
        metric: metric.to_owned(),
        subject,
        date,
        n: cell.n(),
        mean: rounded(cell.mean()),
        sd: rounded(cell.sd()),
        q05: q(0.05),
        q25: q(0.25),
        q50: q(0.50),
        q75: q(0.75),
        q95: q(0.95),
    }
}
