//! Rows of `summary.csv`: how each score is spread over trials at each step date.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::quantile::of_score;
use crate::analysis::rounded;
use crate::engine::metric::{self, Series};
use crate::engine::tally::{Cell, Tally};
use crate::scenario::setup::Setup;

/// A score at a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// `isolation`, `capability` or `alignment`.
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

/// The rows: every series by date. None if no trial ended well.
pub fn rows(setup: &Setup, tally: &Tally) -> Vec<Row> {
    if tally.trials == 0 {
        return Vec::new();
    }
    let all = metric::series(setup);
    let rows = all.iter().enumerate().flat_map(|(number, series)| {
        let dates = setup.calendar.dates().iter().enumerate();
        dates.map(move |(n, &date)| row(series, &tally.series.cell(number, n), date))
    });
    rows.collect()
}

fn row(series: &Series, cell: &Cell<'_>, date: Date) -> Row {
    let q = |p| rounded(of_score(cell, p));
    Row {
        metric: series.metric.name().to_owned(),
        subject: series.subject.clone(),
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
