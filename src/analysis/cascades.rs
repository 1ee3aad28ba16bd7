//! Rows of `cascades.csv`: who began wars with whom, and who joined them.

use std::cmp::Reverse;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::interval::wilson;
use crate::analysis::rounded;
use crate::engine::record::entries::Entry;
use crate::engine::tally::{Entered, Tally};
use crate::model::ids::StateId;
use crate::scenario::setup::Setup;

/// A way in which a state enters a war.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// `attacker` or `joiner`.
    pub role: String,
    /// Who enters.
    pub state: String,
    /// Beside whom a joiner enters; empty for an attacker.
    pub beside: Option<String>,
    /// Whom it attacks, or who began on the other side.
    pub against: String,
    /// Why: `attack`, `event`, `defence` or `offence`.
    pub reason: String,
    /// How many trials ended well.
    pub n: u64,
    /// In how many of them it happened at least once.
    pub trials: u64,
    /// How often it happened in them together.
    pub count: u64,
    /// The share of trials in which it happened.
    pub probability: f64,
    /// Lower end of the 95 % Wilson interval.
    pub low: f64,
    /// Upper end of the 95 % Wilson interval.
    pub high: f64,
    /// 5 % quantile of the date on which it happened first, among the trials in which it did: like the
    /// other two a day on which it did in one of them.
    pub first_q05: Option<Date>,
    /// Median of that date.
    pub first_q50: Option<Date>,
    /// 95 % quantile of that date.
    pub first_q95: Option<Date>,
}

/// The rows: attackers, then joiners, the likeliest first; what never happened has none.
pub fn rows(setup: &Setup, tally: &Tally) -> Vec<Row> {
    let ways = tally.cascades.ways().iter();
    let mut rows: Vec<_> =
        ways.map(|(entry, entered)| row(setup, entry, entered, tally.trials)).collect();
    // Ways are in order of states, so equals stay in it.
    rows.sort_by_key(|row| (row.beside.is_some(), Reverse(row.trials)));
    rows
}

fn row(setup: &Setup, entry: &Entry, entered: &Entered, n: u64) -> Row {
    let code = |state: StateId| setup.frame.codes[state.index()].to_string();
    let trials = entered.first.trials();
    let [first_q05, first_q50, first_q95] =
        [0.05, 0.50, 0.95].map(|p| entered.first.quantile(p).map(|day| setup.calendar.date(day)));
    let (low, high) = wilson(trials, n);
    Row {
        role: if entry.beside.is_some() { "joiner" } else { "attacker" }.to_owned(),
        state: code(entry.state),
        beside: entry.beside.map(code),
        against: code(entry.against),
        reason: entry.reason.name().to_owned(),
        n,
        trials,
        count: entered.count,
        probability: rounded(trials as f64 / n as f64),
        low: rounded(low),
        high: rounded(high),
        first_q05,
        first_q50,
        first_q95,
    }
}
