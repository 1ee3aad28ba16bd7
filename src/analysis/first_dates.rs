//! Rows of `first_dates.csv`: how likely it is that an outcome has come by each step date.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::interval::wilson;
use crate::analysis::rounded;
use crate::engine::tally::Tally;
use crate::scenario::setup::{Outcome, Question, Setup, When};

/// An outcome by a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The outcome's name in the scenario.
    pub outcome: String,
    /// The step date.
    pub date: Date,
    /// How many trials.
    pub n: u64,
    /// Share of trials in which it has come by then.
    pub probability: f64,
    /// Lower end of the 95 % Wilson interval.
    pub low: f64,
    /// Upper end of the 95 % Wilson interval.
    pub high: f64,
}

/// The rows of every outcome that asks whether something ever comes, by date, up to the date the
/// outcome is asked for.
pub fn rows(setup: &Setup, tally: &Tally) -> Vec<Row> {
    let outcomes = setup.outcomes.iter().zip(&tally.outcomes);
    let mut rows = Vec::new();
    for (outcome, count) in outcomes {
        let Some(by) = asked_until(outcome) else { continue };
        let mut by_day = count.first.counts.iter().zip(tally.every_day()).peekable();
        let mut yes = 0;
        for (&date, &end) in setup.calendar.dates().iter().zip(&setup.frame.timeline.days) {
            if end > by {
                break;
            }
            while let Some((&first, _)) = by_day.next_if(|&(_, &day)| day <= end) {
                yes += u64::from(first);
            }
            let (low, high) = wilson(yes, tally.trials);
            rows.push(Row {
                outcome: outcome.name.clone(),
                date,
                n: tally.trials,
                probability: rounded(yes as f64 / tally.trials.max(1) as f64),
                low: rounded(low),
                high: rounded(high),
            });
        }
    }
    rows
}

/// The outcomes and dates of the rows, in their order.
pub fn asked(setup: &Setup) -> impl Iterator<Item = (&str, Date)> {
    let outcomes = setup.outcomes.iter();
    let until = outcomes.filter_map(|outcome| Some((outcome, asked_until(outcome)?)));
    until.flat_map(|(outcome, until)| {
        let days = &setup.frame.timeline.days;
        let dates =
            setup.calendar.dates().iter().zip(days).take_while(move |(_, day)| **day <= until);
        dates.map(|(&date, _)| (outcome.name.as_str(), date))
    })
}

/// The last day on which an outcome may come, if it is one that may come at any time.
fn asked_until(outcome: &Outcome) -> Option<i32> {
    match outcome.question {
        Question::Treaty { when: When::By(by), .. } | Question::Ever { until: by, .. } => Some(by),
        _ => None,
    }
}
