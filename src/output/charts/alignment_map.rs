//! Who stands with whom: alignment of all pairs, at the start and at the end.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::analysis::Results;
use crate::analysis::wording::numbers::counted;
use crate::output::charts::canvas::Heading;
use crate::output::charts::{Kind, Of, Sheet, footer, seriation};
use crate::scenario::setup::Setup;

mod picture;

/// The chart.
pub(super) const KIND: Kind = Kind {
    name: "alignment-map",
    about: "mean alignment of all pairs of states, at the start and at the end",
    of: Of::Run(|setup, results| Sheet::only(series(setup, results))),
};

/// The most states on a sheet.
const MOST_STATES: usize = 40;
/// The least: two have one pair.
const LEAST_STATES: usize = 3;
/// How many pairs of a kind the alternative in words tells.
const MOST_TOLD: usize = 2;

/// The chart of alignments.
#[derive(Clone, Debug, PartialEq)]
struct Map {
    heading: Heading,
    alt: String,
    /// Codes and names in the order of rows and columns.
    states: Vec<(String, String)>,
    dates: [Date; 2],
    /// Both maps, row by row; nothing on the diagonal and for pairs that are not summarised.
    cells: [Vec<Option<Cell>>; 2],
}

/// The alignment of a pair on a date.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cell {
    mean: f64,
    low: f64,
    high: f64,
}

impl Cell {
    /// Whether trials do not agree on which side of 0 it lies.
    fn open(&self) -> bool {
        self.low < 0.0 && self.high > 0.0
    }

    fn said(&self) -> String {
        format!("{:.2} ({:.2} to {:.2})", self.mean, self.low, self.high)
    }
}

/// The states that have pairs in the summary, the most capable if there are too many.
fn states(setup: &Setup) -> Vec<usize> {
    let pairs = pairs(setup);
    let mut states: Vec<_> = (0..setup.frame.states()).collect();
    states.retain(|state| pairs.iter().any(|pair| pair.contains(state)));
    let capability = &setup.initial.capability;
    states.sort_by(|&a, &b| capability[b].total_cmp(&capability[a]).then(a.cmp(&b)));
    states.truncate(MOST_STATES);
    states.sort_unstable();
    states
}

fn pairs(setup: &Setup) -> Vec<[usize; 2]> {
    let pairs = setup.summary_dyads.iter().map(|&dyad| setup.frame.dyads.pair(dyad));
    pairs.map(|(i, j)| [i.index(), j.index()]).collect()
}

/// Why a map would have more holes than cells, in words; none if it would not.
pub fn too_few_pairs(setup: &Setup) -> Option<String> {
    let states = states(setup);
    let count = states.len();
    let known = pairs(setup).into_iter().filter(|pair| pair.iter().all(|s| states.contains(s)));
    let (known, all) = (known.count(), count * count.saturating_sub(1) / 2);
    (2 * known < all).then(|| {
        format!(
            "the summary has {known} of the {all} pairs of {count} states, fewer than half (`dyads` in \
             `[summary]` chooses them)"
        )
    })
}

/// Nothing if there are too few states, or most pairs of them are not in the summary.
fn series(setup: &Setup, results: &Results) -> Option<Map> {
    let frame = &setup.frame;
    let n = results.summary.first()?.n;
    let states = states(setup);
    let count = states.len();
    if count < LEAST_STATES || too_few_pairs(setup).is_some() {
        return None;
    }
    let dates = [setup.calendar.start(), setup.calendar.end()];
    let known = known(setup, results, dates);
    let cell = |date: usize, i: usize, j: usize| known.get(&(i.min(j), i.max(j)))?[date];
    let of = |date: usize, order: &[usize]| -> Vec<Option<Cell>> {
        let rows = order.iter().flat_map(|&i| order.iter().map(move |&j| (i, j)));
        rows.map(|(i, j)| if i == j { None } else { cell(date, i, j) }).collect()
    };
    let likeness = |i: usize, j: usize| cell(1, states[i], states[j]).map_or(0.0, |cell| cell.mean);
    let order: Vec<_> =
        seriation::order(count, likeness).into_iter().map(|place| states[place]).collect();
    let cells = [of(0, &order), of(1, &order)];
    let name = |&state: &usize| (frame.codes[state].to_string(), frame.names[state].clone());
    let states: Vec<_> = order.iter().map(name).collect();
    let heading = heading(setup, n, count);
    let alt = alternative(&states, dates, &cells, n);
    Some(Map { heading, alt, states, dates, cells })
}

/// The alignment of every summarised pair on two dates.
fn known(
    setup: &Setup,
    results: &Results,
    dates: [Date; 2],
) -> HashMap<(usize, usize), [Option<Cell>; 2]> {
    let pair = |&dyad| {
        let (i, j) = setup.frame.dyads.pair(dyad);
        (setup.frame.dyad_name(dyad), (i.index().min(j.index()), i.index().max(j.index())))
    };
    let pairs: HashMap<_, _> = setup.summary_dyads.iter().map(pair).collect();
    let mut known = HashMap::new();
    for row in results.summary.iter().filter(|row| row.metric == "alignment") {
        let Some(&pair) = pairs.get(&row.subject) else { continue };
        for (n, _) in dates.iter().enumerate().filter(|(_, date)| **date == row.date) {
            let cell = Cell { mean: row.mean, low: row.q05, high: row.q95 };
            known.entry(pair).or_insert([None; 2])[n] = Some(cell);
        }
    }
    known
}

fn heading(setup: &Setup, n: u64, count: usize) -> Heading {
    let all = setup.frame.states();
    let left_out = match count {
        MOST_STATES if count < all => format!(" The {count} most capable of {all} states."),
        _ if count < all => format!(" {count} of {all} states: those with pairs in the summary."),
        _ => String::new(),
    };
    Heading {
        title: format!(
            "Who stands with whom, {} and {}",
            setup.calendar.start(),
            setup.calendar.end()
        ),
        subtitle: format!(
            "Alignment, mean over trials, from -1 (opposed) to 1 (aligned). In both maps those that are \
             alike at the end stand side by side.{left_out}"
        ),
        footer: footer(setup, n),
    }
}

fn alternative(
    states: &[(String, String)],
    [start, end]: [Date; 2],
    cells: &[Vec<Option<Cell>>; 2],
    n: u64,
) -> String {
    let count = states.len();
    let above = (0..count).flat_map(|i| (i + 1..count).map(move |j| i * count + j));
    let pair =
        |place: usize| format!("{} and {}", states[place / count].1, states[place % count].1);
    let known = above.filter_map(|place| Some((place, cells[0][place]?, cells[1][place]?)));
    let mut known: Vec<_> = known.collect();
    known.sort_by(|a, b| b.2.mean.total_cmp(&a.2.mean));
    let told = |(place, _, cell): &(usize, Cell, Cell)| format!("{} {}", pair(*place), cell.said());
    let most: Vec<_> = known.iter().take(MOST_TOLD).map(told).collect();
    let least: Vec<_> = known.iter().rev().take(MOST_TOLD).map(told).collect();
    let change = |(_, before, after): &(usize, Cell, Cell)| (after.mean - before.mean).abs();
    let moved = known.iter().max_by(|a, b| change(a).total_cmp(&change(b)));
    let moved = moved.map(|(place, before, after)| {
        format!("; most changed {} from {:.2} to {:.2}", pair(*place), before.mean, after.mean)
    });
    format!(
        "Mean alignment of {count} states with each other in {}, {start} and {end}. At the end, with the \
         range of 90 % of trials, most aligned: {}; most opposed: {}{}.",
        counted(n, "trial"),
        most.join(", "),
        least.join(", "),
        moved.unwrap_or_default()
    )
}
