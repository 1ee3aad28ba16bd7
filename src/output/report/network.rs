//! Who is bound to whom, and who is against whom: states around a circle and lines between them, at some
//! dates of the run.
//!
//! A script moves it through the dates. Without one the first and the last stand side by side.

use jiff::civil::Date;

use crate::analysis::finding::long;
use crate::analysis::interval::wilson;
use crate::analysis::wording::numbers::percents;
use crate::analysis::{Results, network};
use crate::engine::record::relations::dates;
use crate::output::charts::network::Relation;
use crate::output::charts::network::bands;
use crate::output::charts::network::choice::{Choice, LEAST_SHARE};
use crate::output::charts::network::circle::{Circle, Link};
use crate::output::report::ReportError;
use crate::output::report::page::folded;
use crate::output::report::table::{Cell, Table, numbers, row, words};
use crate::scenario::setup::Setup;

mod figure;

/// A relation between two states over the dates.
struct Over {
    relation: Relation,
    ends: [usize; 2],
    shares: Vec<[f64; 3]>,
}

/// The figure with its table; nothing if fewer than three states have relations.
pub fn html(setup: &Setup, results: &Results) -> Result<String, ReportError> {
    let Some(circle) = Circle::of(setup, results) else { return Ok(String::new()) };
    let days = dates(setup.frame.timeline.steps()).into_iter().map(|n| setup.calendar.dates()[n]);
    let days: Vec<_> = days.collect();
    let all = over(&circle, &results.network, &days);
    let shown: Vec<_> = days.iter().copied().map(long).collect();
    let links: Vec<_> = days.iter().map(|&day| circle.links(&results.network, day)).collect();
    let drawn = Choice::of(circle.states.len(), &links);
    let caption =
        caption(setup, &circle, &drawn) + bands::legend(circle.states.len(), &drawn.bands);
    let figure = figure::html(&circle, &all, &drawn, &shown, caption)?;
    Ok(figure + &numbers_of(&circle, &all, &shown)?)
}

/// What is ever likely enough to be drawn, from what lies below to what lies above.
fn over(circle: &Circle, rows: &[network::Row], days: &[Date]) -> Vec<Over> {
    // What holds in no trial has no row.
    let never = wilson(0, rows.first().map_or(0, |row| row.n));
    let mut all: Vec<Over> = Vec::new();
    for (at, &day) in days.iter().enumerate() {
        for Link { relation, ends, share } in circle.links(rows, day) {
            let known = all.iter_mut().find(|over| over.relation == relation && over.ends == ends);
            if let Some(known) = known {
                known.shares[at] = share;
            } else {
                let mut shares = vec![[0.0, never.0, never.1]; days.len()];
                shares[at] = share;
                all.push(Over { relation, ends, shares });
            }
        }
    }
    all.retain(|over| over.shares.iter().any(|share| share[0] >= LEAST_SHARE));
    all.sort_by_key(|over| {
        (Relation::ALL.iter().position(|relation| *relation == over.relation), over.ends)
    });
    all
}

fn caption(setup: &Setup, circle: &Circle, drawn: &Choice) -> String {
    let (count, all) = (circle.states.len(), setup.frame.states());
    let left_out = match count {
        count if count < circle.involved => {
            format!(" These are the {count} most capable of {} states.", circle.involved)
        }
        count if count < all => " States without any such relation are left out.".to_owned(),
        _ => String::new(),
    };
    let mut states: Vec<_> = circle.states.iter().collect();
    states.sort();
    let named: Vec<_> = states.iter().map(|(code, name)| format!("{code} {name}")).collect();
    format!(
        "Lines are the wider the more probable the relation is on the date, {}. States that are bound to each \
         other stand side by side.{left_out} {}.",
        drawn.said(&format!("the table below begins at {:.0} %", 100.0 * LEAST_SHARE)),
        named.join(", ")
    )
}

/// The same in numbers, for whoever cannot see the figure.
fn numbers_of(circle: &Circle, all: &[Over], dates: &[String]) -> Result<String, ReportError> {
    // What binds or parts most comes first.
    let sorted = Relation::ALL.into_iter().rev();
    let sorted = sorted.flat_map(|relation| all.iter().filter(move |o| o.relation == relation));
    let rows = sorted.map(|over| {
        let mut cells = vec![Cell::text(circle.said(over.relation, over.ends))];
        for &share in [&over.shares[0], &over.shares[over.shares.len() - 1]] {
            let [p, low, high] = percents(share);
            cells.push(Cell::number(p, Some(share[0])));
            cells.push(Cell::figures(format!("{low} to {high}")));
        }
        row(cells)
    });
    let columns = vec![
        words("Relation"),
        numbers("At the start, % of trials"),
        numbers("95 % interval"),
        numbers("At the end, % of trials"),
        numbers("95 % interval"),
    ];
    let caption = format!("Relations on {} and on {}", dates[0], dates[dates.len() - 1]);
    let table = Table::new("network", &caption, columns, rows.collect()).html()?;
    folded("The network in numbers", &table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ever_likely_is_followed_over_all_dates() {
        let named = |code: &str| (code.to_owned(), format!("the {code}"));
        let circle = Circle { states: ["A", "B", "C"].map(named).to_vec(), involved: 3 };
        let days = [jiff::civil::date(2000, 1, 1), jiff::civil::date(2001, 1, 1)];
        let row = |date, relation: &str, [from, to]: [&str; 2], probability| network::Row {
            date,
            relation: relation.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            n: 1_000,
            trials: 0,
            probability,
            low: probability - 0.01,
            high: probability + 0.01,
        };
        let rows = [
            row(days[0], "defence", ["A", "B"], 0.9),
            row(days[0], "war", ["B", "C"], 0.04),
            row(days[0], "economic", ["B", "C"], 0.5),
            row(days[1], "defence", ["A", "B"], 0.02),
            row(days[1], "sanction", ["C", "A"], 0.06),
            row(days[1], "sanction", ["A", "C"], 0.3),
        ];
        let all = over(&circle, &rows, &days);
        let said: Vec<_> = all.iter().map(|over| circle.said(over.relation, over.ends)).collect();
        assert_eq!(
            said,
            [
                "sanctions of the A on the C",
                "sanctions of the C on the A",
                "defence pact of the A and the B"
            ]
        );
        // In no trial: the interval is that of none in a thousand.
        let never = wilson(0, 1_000);
        assert_eq!(all[0].shares, [[0.0, never.0, never.1], [0.3, 0.29, 0.31]]);
        let defence: Vec<_> = all[2].shares.iter().map(|share| share[0]).collect();
        assert_eq!(defence, [0.9, 0.02]);
    }
}
