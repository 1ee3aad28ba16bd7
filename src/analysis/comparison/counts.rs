//! Rows of `difference_events.csv`: what differs in how often something fired.

use serde::{Deserialize, Serialize};

use crate::analysis::comparison::paired::Pairs;
use crate::analysis::comparison::{Other, reduction};
use crate::analysis::interval::Z;
use crate::analysis::rounded;
use crate::engine::pairing::channels;
use crate::engine::tally::Counts;

/// Something that can fire in both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What is compared with the base.
    pub variant: String,
    /// What fired, as in `events.csv`.
    pub kind: String,
    /// The event, state, dyad and so on; empty for all of the kind.
    pub subject: String,
    /// Pairs of which both trials ended well.
    pub n: u64,
    /// Mean number of times a trial in the base.
    pub base: f64,
    /// In the variant.
    pub value: f64,
    /// Variant less base.
    pub difference: f64,
    /// Its standard error.
    pub se: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How many times as many trials two independent runs would need.
    pub variance_reduction: Option<f64>,
    /// Pairs in which it fired in the base only.
    pub base_only: u64,
    /// In the variant only.
    pub variant_only: u64,
    /// Variant less base: the probability that it fires at all.
    pub any_difference: f64,
    /// Lower end of its 95 % interval.
    pub any_low: f64,
    /// Upper end.
    pub any_high: f64,
}

/// The rows, by kind: first all of the kind together, then each channel that fired in either.
pub(super) fn rows(other: &Other<'_>) -> Vec<Row> {
    let (pairing, contrast) = (other.pairing, other.contrast);
    let all = channels(other.base.0);
    let mut rows = Vec::new();
    if contrast.pairs == 0 {
        return rows;
    }
    for (place, kind) in pairing.kinds.iter().enumerate() {
        let whole = &contrast.kinds[place];
        if whole.sums == [0, 0] {
            continue;
        }
        rows.push(row(other, kind, String::new(), whole));
        for (channel, counts) in contrast.channels.iter().enumerate() {
            if pairing.kind_of[channel] == place && counts.sums != [0, 0] {
                let subject = all[pairing.channels[channel].0].subject.clone();
                rows.push(row(other, kind, subject, counts));
            }
        }
    }
    rows
}

fn row(other: &Other<'_>, kind: &'static str, subject: String, counts: &Counts) -> Row {
    let n = other.contrast.pairs;
    let trials = n as f64;
    let [base, value] = counts.sums.map(|sum| sum as f64 / trials);
    let difference = (counts.sums[1] as f64 - counts.sums[0] as f64) / trials;
    let spread = |squares: u128, mean: f64| {
        if n < 2 { 0.0 } else { (squares as f64 - trials * mean * mean).max(0.0) / (trials - 1.0) }
    };
    let sd = spread(counts.square_differences, difference).sqrt();
    let [base_sd, value_sd] =
        [(counts.squares[0], base), (counts.squares[1], value)].map(|(s, m)| spread(s, m).sqrt());
    let se = sd / trials.sqrt();
    let Counts { both, base_only, other_only, .. } = *counts;
    let pairs = Pairs { n, both, base_only, other_only };
    let (any_low, any_high) = pairs.difference_interval(Z);
    Row {
        variant: other.name.to_owned(),
        kind: kind.to_owned(),
        subject,
        n,
        base: rounded(base),
        value: rounded(value),
        difference: rounded(difference),
        se: rounded(se),
        low: rounded(difference - Z * se),
        high: rounded(difference + Z * se),
        variance_reduction: reduction(base_sd, value_sd, sd).map(rounded),
        base_only,
        variant_only: other_only,
        any_difference: rounded(pairs.difference()),
        any_low: rounded(any_low),
        any_high: rounded(any_high),
    }
}
