//! Rows of `differences.csv`: what differs in each outcome.

use serde::{Deserialize, Serialize};

use crate::analysis::comparison::paired::Pairs;
use crate::analysis::comparison::{Other, reduction};
use crate::analysis::interval::Z;
use crate::analysis::rounded;
use crate::engine::tally::OutcomePairs;

/// An outcome in a scenario and in the base.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What is compared with the base.
    pub variant: String,
    /// The outcome's name.
    pub outcome: String,
    /// Its title.
    pub title: String,
    /// `probability` or `mean`.
    pub quantity: String,
    /// Pairs that gave an answer.
    pub n: u64,
    /// Pairs that gave none: a trial failed, or gave no number.
    pub missing: u64,
    /// The probability or mean in the base.
    pub base: Option<f64>,
    /// In the variant.
    pub value: Option<f64>,
    /// Variant less base.
    pub difference: Option<f64>,
    /// Its standard error.
    pub se: Option<f64>,
    /// Lower end of its 95 % interval; `None` for a mean whose difference is the same in every pair.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Lower end of the interval that holds at 95 % for all rows together.
    pub low_all: Option<f64>,
    /// Upper end.
    pub high_all: Option<f64>,
    /// Pairs with a yes in the base only.
    pub base_only: Option<u64>,
    /// Pairs with a yes in the variant only.
    pub variant_only: Option<u64>,
    /// The probability in the variant over that in the base.
    pub relative_risk: Option<f64>,
    /// Lower end of its 95 % interval.
    pub relative_low: Option<f64>,
    /// Upper end.
    pub relative_high: Option<f64>,
    /// How many times as many trials two independent runs would need.
    pub variance_reduction: Option<f64>,
    /// Whether the scripts alone already answer it differently.
    pub settled: bool,
}

/// The rows, in the order of the base's outcomes; `z` is that of all rows together.
pub(super) fn rows(other: &Other<'_>, z: f64) -> Vec<Row> {
    let Other { pairing, contrast, .. } = other;
    let outcomes = pairing.outcomes.iter().zip(&pairing.settled).zip(&contrast.outcomes);
    outcomes
        .map(|((&(ours, _), &settled), pairs)| {
            let outcome = &other.base.0.outcomes[ours];
            let row = if outcome.question.is_measure() {
                number(pairs, z)
            } else {
                probability(pairs, other.contrast.pairs, z)
            };
            Row {
                variant: other.name.to_owned(),
                outcome: outcome.name.clone(),
                title: outcome.title.clone(),
                settled,
                missing: other.contrast.pairs + other.contrast.failed - row.n,
                ..row
            }
        })
        .collect()
}

/// A row that still lacks its names.
fn empty(quantity: &'static str, n: u64) -> Row {
    Row {
        variant: String::new(),
        outcome: String::new(),
        title: String::new(),
        quantity: quantity.to_owned(),
        n,
        missing: 0,
        base: None,
        value: None,
        difference: None,
        se: None,
        low: None,
        high: None,
        low_all: None,
        high_all: None,
        base_only: None,
        variant_only: None,
        relative_risk: None,
        relative_low: None,
        relative_high: None,
        variance_reduction: None,
        settled: false,
    }
}

fn probability(pairs: &OutcomePairs, n: u64, z: f64) -> Row {
    let OutcomePairs { both, base_only, other_only, .. } = *pairs;
    let row = Row {
        base_only: Some(base_only),
        variant_only: Some(other_only),
        ..empty("probability", n)
    };
    if n == 0 {
        return row;
    }
    let pairs = Pairs { n, both, base_only, other_only };
    let (low, high) = pairs.difference_interval(Z);
    let (low_all, high_all) = pairs.difference_interval(z);
    let ratio = pairs.ratio_interval(Z);
    let sd = |p: f64| (p * (1.0 - p)).sqrt();
    let difference = pairs.error() * (n as f64).sqrt();
    let some = |value: f64| Some(rounded(value));
    Row {
        base: some(pairs.base()),
        value: some(pairs.other()),
        difference: some(pairs.difference()),
        se: some(pairs.error()),
        low: some(low),
        high: some(high),
        low_all: some(low_all),
        high_all: some(high_all),
        relative_risk: pairs.ratio().map(rounded),
        relative_low: ratio.map(|(low, _)| rounded(low)),
        relative_high: ratio.map(|(_, high)| rounded(high)),
        variance_reduction: reduction(sd(pairs.base()), sd(pairs.other()), difference).map(rounded),
        ..row
    }
}

fn number(pairs: &OutcomePairs, z: f64) -> Row {
    let differences = &pairs.differences;
    let row = empty("mean", differences.n);
    if differences.n == 0 {
        return row;
    }
    let (mean, sd) = (differences.mean(), differences.sd());
    let se = sd / (differences.n as f64).sqrt();
    let some = |value: f64| Some(rounded(value));
    // Pairs that all differ by the same say nothing of how far others may lie.
    let end = |z: f64| (sd > 0.0).then(|| rounded(mean + z * se));
    Row {
        base: some(pairs.base.mean()),
        value: some(pairs.other.mean()),
        difference: some(mean),
        se: some(se),
        low: end(-Z),
        high: end(Z),
        low_all: end(-z),
        high_all: end(z),
        variance_reduction: reduction(pairs.base.sd(), pairs.other.sd(), sd).map(rounded),
        ..row
    }
}
