//! What is computed from tallies: rows of the result tables, ready to be written or drawn.
//!
//! [`Results`] has everything a result directory says, so that charts and tables show the same
//! numbers.

use jiff::civil::Date;

use crate::engine::experiment::Findings;
use crate::engine::tally::{FirstDates, Tally};
use crate::scenario::setup::Setup;

pub mod blocks;
pub mod briefing;
pub mod cascades;
pub mod comparison;
pub mod events;
pub mod finding;
pub mod first_dates;
pub mod interval;
pub mod measures;
pub mod network;
pub mod outcomes;
pub mod precision;
pub mod quantile;
pub mod story;
pub mod story_lines;
pub mod summary;
pub mod timeline;
pub mod variance;
pub mod wording;

/// The tables of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// `summary.csv`.
    pub summary: Vec<summary::Row>,
    /// `outcomes.csv`.
    pub outcomes: Vec<outcomes::Row>,
    /// `measures.csv`.
    pub measures: Vec<measures::Row>,
    /// `first_dates.csv`.
    pub first_dates: Vec<first_dates::Row>,
    /// `events.csv`.
    pub events: Vec<events::Row>,
    /// `timeline.csv`.
    pub timeline: Vec<timeline::Row>,
    /// `cascades.csv`.
    pub cascades: Vec<cascades::Row>,
    /// `story_lines.csv`.
    pub story_lines: Vec<story_lines::Row>,
    /// `network.csv`.
    pub network: Vec<network::Row>,
    /// `variance.csv`; empty without uncertain numbers.
    pub variance: Vec<variance::Row>,
    /// `blocks.csv`.
    pub blocks: Vec<blocks::Row>,
}

impl Results {
    /// Computes the tables of a run.
    pub fn of(setup: &Setup, findings: &Findings) -> Self {
        let split = findings.split.as_ref();
        Self {
            variance: split.map(|split| variance::rows(setup, split)).unwrap_or_default(),
            blocks: blocks::rows(&findings.blocks),
            ..Self::new(setup, &findings.arms[0])
        }
    }

    /// Computes the tables that follow from a tally alone.
    pub fn new(setup: &Setup, tally: &Tally) -> Self {
        Self {
            summary: summary::rows(setup, tally),
            outcomes: outcomes::rows(setup, tally),
            measures: measures::rows(setup, tally),
            first_dates: first_dates::rows(setup, tally),
            events: events::rows(setup, tally),
            timeline: timeline::rows(setup, tally),
            cascades: cascades::rows(setup, tally),
            story_lines: story_lines::rows(setup, tally),
            network: network::rows(setup, tally),
            variance: Vec::new(),
            blocks: Vec::new(),
        }
    }
}

/// A number rounded to nine decimals, as the tables give it. Adding zero turns -0 into 0.
fn rounded(value: f64) -> f64 {
    (value * 1e9).round() / 1e9 + 0.0
}

/// The 5 %, 50 % and 95 % quantiles of a first date among the trials in which it came.
fn date_quantiles(setup: &Setup, dates: &FirstDates, grid: &[i32]) -> [Option<Date>; 3] {
    [0.05, 0.50, 0.95]
        .map(|p| quantile::of_first_dates(dates, grid, p).map(|day| setup.calendar.date(day)))
}
