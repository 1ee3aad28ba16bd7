//! Rows of `events.csv`: what fired, how often and when first.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::interval::wilson;
use crate::analysis::{date_quantiles, rounded};
use crate::engine::tally::Tally;
use crate::model::process::Channel;
use crate::model::processes::events;
use crate::scenario::setup::Setup;

/// Something that can fire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What: `event`, `pact`, `sanction`, and so on (docs/results.md).
    pub kind: String,
    /// The event, dyad or treaty.
    pub subject: String,
    /// How many trials ended well.
    pub n: u64,
    /// In how many of them it fired at least once.
    pub trials: u64,
    /// Their share.
    pub probability: f64,
    /// Lower end of the 95 % Wilson interval.
    pub low: f64,
    /// Upper end of the 95 % Wilson interval.
    pub high: f64,
    /// Mean number of times it fired in a trial.
    pub mean_count: f64,
    /// 5 % quantile of the date on which it fired first, among the trials in which it did.
    pub first_q05: Option<Date>,
    /// Median date among the trials in which it came.
    pub first_q50: Option<Date>,
    /// 95 % quantile of that date.
    pub first_q95: Option<Date>,
}

/// The rows, by kind and then the likeliest first; what never fired is left out, but for the
/// scenario's own events.
pub fn rows(setup: &Setup, tally: &Tally) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut channels = tally.channels.iter();
    for process in &setup.processes {
        let from = rows.len();
        for (what, channel) in process.channels(&setup.frame).into_iter().zip(&mut channels) {
            let Channel { kind, subject } = what;
            let trials = channel.first.trials();
            if trials == 0 && kind != events::KIND {
                continue;
            }
            let [first_q05, first_q50, first_q95] =
                date_quantiles(setup, &channel.first, &setup.frame.timeline.days);
            let (low, high) = wilson(trials, tally.trials);
            rows.push(Row {
                kind: kind.to_owned(),
                subject,
                n: tally.trials,
                trials,
                probability: rounded(trials as f64 / tally.trials.max(1) as f64),
                low: rounded(low),
                high: rounded(high),
                mean_count: rounded(channel.fired as f64 / tally.trials.max(1) as f64),
                first_q05,
                first_q50,
                first_q95,
            });
        }
        // Channels of a kind stand together: few kinds are left to look through.
        let mut kinds: Vec<_> = rows[from..].iter().map(|row: &Row| row.kind.clone()).collect();
        kinds.dedup();
        let place = |kind: &str| kinds.iter().position(|k| k == kind);
        rows[from..].sort_by(|a, b| {
            let by_kind = place(&a.kind).cmp(&place(&b.kind));
            by_kind.then(b.trials.cmp(&a.trials)).then(a.subject.cmp(&b.subject))
        });
    }
    rows
}
