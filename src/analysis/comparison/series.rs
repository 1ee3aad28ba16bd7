//! Rows of `difference_series.csv`: what differs in each series at each step date.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::comparison::{Other, reduction};
use crate::analysis::interval::Z;
use crate::analysis::quantile::of_score;
use crate::analysis::rounded;
use crate::engine::metric::{self, Series};

/// A score of a state or dyad at a step date, variant less base.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What is compared with the base.
    pub variant: String,
    /// `isolation`, `capability` or `alignment`.
    pub metric: String,
    /// State or dyad.
    pub subject: String,
    /// The step date.
    pub date: Date,
    /// Pairs of which both trials ended well.
    pub n: u64,
    /// Mean in the base, over its trials.
    pub base: f64,
    /// Mean in the variant, over its trials.
    pub value: f64,
    /// Mean of the differences of pairs.
    pub difference: f64,
    /// Its standard error.
    pub se: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// 5 % quantile of the differences of pairs.
    pub q05: f64,
    /// 25 % quantile.
    pub q25: f64,
    /// Median.
    pub q50: f64,
    /// 75 % quantile.
    pub q75: f64,
    /// 95 % quantile.
    pub q95: f64,
    /// How many times as many trials two independent runs would need.
    pub variance_reduction: Option<f64>,
}

/// The rows, by series and date.
pub(super) fn rows(other: &Other<'_>) -> Vec<Row> {
    if other.contrast.pairs == 0 {
        return Vec::new();
    }
    let setup = other.base.0;
    let all = metric::series(setup);
    let mut rows = Vec::new();
    for (series, &(ours, theirs)) in other.pairing.series.iter().enumerate() {
        let Series { metric, subject } = &all[ours];
        for (n, &date) in setup.calendar.dates().iter().enumerate() {
            let cell = other.contrast.series.cell(series, n);
            let base = other.base.1.series.cell(ours, n);
            let value = other.setup.1.series.cell(theirs, n);
            let q = |p| rounded(of_score(&cell, p));
            let (mean, sd) = (cell.mean(), cell.sd());
            let se = sd / (cell.n() as f64).sqrt();
            rows.push(Row {
                variant: other.name.to_owned(),
                metric: metric.name().to_owned(),
                subject: subject.clone(),
                date,
                n: cell.n(),
                base: rounded(base.mean()),
                value: rounded(value.mean()),
                difference: rounded(mean),
                se: rounded(se),
                low: rounded(mean - Z * se),
                high: rounded(mean + Z * se),
                q05: q(0.05),
                q25: q(0.25),
                q50: q(0.50),
                q75: q(0.75),
                q95: q(0.95),
                variance_reduction: reduction(base.sd(), value.sd(), sd).map(rounded),
            });
        }
    }
    rows
}
