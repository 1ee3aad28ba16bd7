//! Rows of `timeline.csv`: how often things happen in each step.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::interval::wilson;
use crate::analysis::rounded;
use crate::engine::record::occurrences::{Line, Lines};
use crate::engine::tally::{Frequency, Tally};
use crate::model::event::Timing;
use crate::model::processes::events;
use crate::scenario::setup::Setup;

/// An event, or a kind of thing that processes do, in a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What: `event`, `pact`, `sanction` and so on, as in `events.csv`.
    pub kind: String,
    /// The event; empty for everything of another kind together.
    pub subject: String,
    /// The step date: what is counted happened after the one before, and up to this one.
    pub date: Date,
    /// Whether it is an event of the scenario with a date of its own.
    pub scheduled: bool,
    /// How many trials ended well.
    pub n: u64,
    /// How often it happened in them together.
    pub count: u64,
    /// Mean number of times in a trial.
    pub mean: f64,
    /// Its standard error; empty for a single trial.
    pub se: Option<f64>,
    /// In how many trials it happened at least once.
    pub trials: u64,
    /// Their share.
    pub probability: f64,
    /// Lower end of the 95 % Wilson interval.
    pub low: f64,
    /// Upper end of the 95 % Wilson interval.
    pub high: f64,
}

/// The rows, by kind and subject in the order of `events.csv`, then by date; what never happened is
/// left out, but for the scenario's own events. None if no trial ended well.
pub fn rows(setup: &Setup, tally: &Tally) -> Vec<Row> {
    if tally.trials == 0 {
        return Vec::new();
    }
    let dates = setup.calendar.dates();
    let lines = Lines::new(setup).lines.into_iter().zip(tally.timeline.cells().chunks(dates.len()));
    let happened = lines.filter(|(line, cells)| {
        line.kind == events::KIND || cells.iter().any(|cell| cell.count > 0)
    });
    happened
        .flat_map(|(line, cells)| {
            let scheduled = is_scheduled(setup, &line);
            let cells = dates.iter().zip(cells);
            cells.map(move |(&date, cell)| row(&line, (date, scheduled), cell, tally.trials))
        })
        .collect()
}

fn is_scheduled(setup: &Setup, line: &Line) -> bool {
    let of_line = |event: &&crate::model::event::Event| event.name == line.subject;
    line.kind == events::KIND
        && matches!(
            setup.frame.events.iter().find(of_line).map(|event| &event.timing),
            Some(Timing::Day(_))
        )
}

fn row(line: &Line, (date, scheduled): (Date, bool), cell: &Frequency, n: u64) -> Row {
    let (low, high) = wilson(cell.trials, n);
    Row {
        kind: line.kind.to_owned(),
        subject: line.subject.clone(),
        date,
        scheduled,
        n,
        count: cell.count,
        mean: rounded(cell.mean(n)),
        se: cell.error(n).map(rounded),
        trials: cell.trials,
        probability: rounded(cell.trials as f64 / n as f64),
        low: rounded(low),
        high: rounded(high),
    }
}
