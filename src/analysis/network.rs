//! Rows of `network.csv`: how likely each relation between two states is on chosen dates.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::interval::wilson;
use crate::analysis::rounded;
use crate::engine::record::relations::{Ends, RELATIONS, dates};
use crate::engine::tally::Tally;
use crate::scenario::setup::Setup;

/// A relation between two states on a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The step date.
    pub date: Date,
    /// What: an obligation, `economic`, `political`, `war`, `sanction` or `arms`.
    pub relation: String,
    /// Who sanctions or supplies; of a relation without direction the first in alphabetical order.
    pub from: String,
    /// The other state.
    pub to: String,
    /// How many trials ended well.
    pub n: u64,
    /// In how many of them the relation holds at the end of the date.
    pub trials: u64,
    /// Their share.
    pub probability: f64,
    /// Lower end of the 95 % Wilson interval.
    pub low: f64,
    /// Upper end of the 95 % Wilson interval.
    pub high: f64,
}

/// The rows, by date, relation and states; what holds in no trial is left out.
pub fn rows(setup: &Setup, tally: &Tally) -> Vec<Row> {
    let frame = &setup.frame;
    let dates = dates(frame.timeline.steps());
    let mut rows = Vec::new();
    for (&date, of_date) in
        dates.iter().zip(tally.network.counts().chunks(frame.dyads.len().max(1)))
    {
        let from = rows.len();
        for (counts, (_, i, j)) in of_date.iter().zip(frame.dyads.iter()) {
            let codes = [i, j].map(|state| frame.codes[state.index()].to_string());
            let held = RELATIONS.iter().zip(counts).filter(|(_, count)| **count > 0);
            rows.extend(held.map(|(&relation, &count)| {
                let date = setup.calendar.dates()[date];
                row(date, relation, codes.clone(), (u64::from(count), tally.trials))
            }));
        }
        let rank = |row: &Row| RELATIONS.iter().position(|(name, _)| *name == row.relation);
        rows[from..].sort_by(|a, b| {
            rank(a).cmp(&rank(b)).then_with(|| (&a.from, &a.to).cmp(&(&b.from, &b.to)))
        });
    }
    rows
}

fn row(
    date: Date,
    (relation, ends): (&str, Ends),
    [first, second]: [String; 2],
    (trials, n): (u64, u64),
) -> Row {
    let turned = ends == Ends::Back || ends == Ends::Mutual && second < first;
    let (from, to) = if turned { (second, first) } else { (first, second) };
    let (low, high) = wilson(trials, n);
    Row {
        date,
        relation: relation.to_owned(),
        from,
        to,
        n,
        trials,
        probability: rounded(trials as f64 / n as f64),
        low: rounded(low),
        high: rounded(high),
    }
}
