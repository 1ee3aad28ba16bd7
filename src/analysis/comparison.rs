//! What differs between a base and what it is compared with, from pairs of trials of the same number.
//!
//! Both trials of a pair draw the same random numbers (common random numbers), so what they share
//! cancels and the difference is known better than from two independent runs.

use crate::analysis::interval::z_of_all;
use crate::engine::experiment::{Experiment, Findings};
use crate::engine::pairing::Pairing;
use crate::engine::tally::{Contrast, Tally};
use crate::scenario::setup::Setup;

pub mod counts;
pub mod differences;
pub mod paired;
pub mod parting;
pub mod partings;
pub mod series;
pub mod side_by_side;

/// The tables of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// `differences.csv`.
    pub differences: Vec<differences::Row>,
    /// `difference_series.csv`.
    pub series: Vec<series::Row>,
    /// `difference_events.csv`.
    pub counts: Vec<counts::Row>,
    /// `partings.csv`.
    pub partings: Vec<partings::Row>,
}

/// One of the scenarios that are compared with the base.
pub(super) struct Other<'a> {
    pub name: &'a str,
    pub base: (&'a Setup, &'a Tally),
    pub setup: (&'a Setup, &'a Tally),
    pub pairing: &'a Pairing,
    pub contrast: &'a Contrast,
}

impl Comparison {
    /// Computes the tables; `names` are those of the arms, the base first.
    pub fn new(experiment: &Experiment<'_>, names: &[String], findings: &Findings) -> Self {
        let others: Vec<Other<'_>> = findings
            .contrasts
            .iter()
            .enumerate()
            .map(|(n, contrast)| Other {
                name: &names[n + 1],
                base: (experiment.arms()[0], &findings.arms[0]),
                setup: (experiment.arms()[n + 1], &findings.arms[n + 1]),
                pairing: &experiment.pairings()[n],
                contrast,
            })
            .collect();
        let family: usize = others.iter().map(|other| other.pairing.outcomes.len()).sum();
        Self {
            differences: others
                .iter()
                .flat_map(|o| differences::rows(o, z_of_all(family)))
                .collect(),
            series: others.iter().flat_map(series::rows).collect(),
            counts: others.iter().flat_map(counts::rows).collect(),
            partings: others.iter().flat_map(partings::rows).collect(),
        }
    }
}

/// How much smaller the variance of the paired difference is than that of two independent runs of as
/// many trials; `None` if nothing differs.
fn reduction(base: f64, other: f64, difference: f64) -> Option<f64> {
    (difference > 0.0).then(|| (base.powi(2) + other.powi(2)) / difference.powi(2))
}
