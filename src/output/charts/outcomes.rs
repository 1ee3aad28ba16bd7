//! Outcome probabilities, each with its interval.

use crate::analysis::wording::numbers::{counted, percents};
use crate::analysis::{Results, outcomes};
use crate::output::charts::canvas::Heading;
use crate::output::charts::{Kind, Of, Sheet, footer};
use crate::scenario::setup::Setup;

mod picture;

/// The chart.
pub const KIND: Kind = Kind {
    name: "outcomes",
    about: "probability of each outcome with its 95 % Wilson interval",
    of: Of::Run(|setup, results| Sheet::only(series(setup, results))),
};

/// The most rows on a sheet.
const MOST_ROWS: usize = 40;
/// Of how many outcomes the alternative in words tells.
const MOST_TOLD: usize = 8;

/// The chart of outcomes.
#[derive(Clone, Debug, PartialEq)]
struct Dots {
    heading: Heading,
    alt: String,
    rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq)]
struct Row {
    title: String,
    n: u64,
    yes: u64,
    probability: f64,
    low: f64,
    high: f64,
    /// Whether the scenario itself writes it down: supposed, not found.
    fixed: bool,
}

/// The outcomes in the order of the scenario.
fn series(setup: &Setup, results: &Results) -> Option<Dots> {
    let n = results.outcomes.first()?.n;
    let asked = results.outcomes.len();
    let left_out = if asked > MOST_ROWS {
        format!(" The first {MOST_ROWS} of {asked}; outcomes.csv has all.")
    } else {
        String::new()
    };
    let fixed = if results.outcomes.iter().take(MOST_ROWS).any(outcomes::Row::is_written_down) {
        " Grey with an asterisk: written down by the scenario, so that it comes about is supposed."
    } else {
        ""
    };
    let heading = Heading {
        title: "How likely is each outcome?".into(),
        subtitle: format!(
            "Share of trials (%), with the 95 % Wilson interval of the estimate. The interval is the \
             Monte Carlo error only: it says nothing about the model's own.{fixed}{left_out}"
        ),
        footer: footer(setup, n),
    };
    let rows = results.outcomes.iter().take(MOST_ROWS).map(|row| Row {
        title: row.title.clone(),
        n: row.n,
        yes: row.yes,
        probability: row.probability,
        low: row.low,
        high: row.high,
        fixed: row.is_written_down(),
    });
    let rows: Vec<_> = rows.collect();
    let alt = format!(
        "Share of {} with the answer yes to each outcome, with its 95 % interval: {}.",
        counted(n, "trial"),
        listed(&rows)
    );
    (n > 0).then_some(Dots { heading, alt, rows })
}

/// The first outcomes in words.
fn listed(rows: &[Row]) -> String {
    let told = rows.iter().take(MOST_TOLD).map(|row| {
        let [value, low, high] = percents([row.probability, row.low, row.high]);
        let fixed = if row.fixed { ", written down by the scenario" } else { "" };
        format!("{} {value} % ({low} to {high}{fixed})", row.title)
    });
    let mut told: Vec<_> = told.collect();
    if let Some(more @ 1..) = rows.len().checked_sub(MOST_TOLD) {
        told.push(format!("and {more} more"));
    }
    told.join("; ")
}
