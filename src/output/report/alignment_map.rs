//! Who stands with whom: a map of the alignment of all pairs, at some dates of the run.
//!
//! A script moves it through the dates. Without one the first and the last stand side by side.

use askama::Template;

use crate::analysis::finding::long;
use crate::analysis::wording::numbers::fixed;
use crate::analysis::{Results, summary};
use crate::output::charts;
use crate::output::report::ReportError;
use crate::output::report::page::{folded, notes};
use crate::output::report::table::{Cell as TableCell, Table, numbers, row, words};
use crate::scenario::setup::Setup;

/// The most dates.
const DATES: usize = 13;

/// The most states: with more no name could be read, and the page would grow with their square.
const MOST_STATES: usize = 40;

/// The most states of which cells have room for a figure.
const FIGURES: usize = 20;

/// The side of a cell, and the gap to the next.
const SIDE: usize = 30;
const GAP: usize = 2;
/// The least width, so that a map of few states is not blown up.
const LEAST_WIDTH: usize = 460;
/// Room for names at the left, and for codes below.
const NAMES: usize = 150;
const CODES: usize = 26;

#[derive(Template)]
#[template(path = "report/map.html")]
struct Map {
    dates: Vec<String>,
    width: usize,
    height: usize,
    labels: Vec<Label>,
    sides: Vec<Side>,
    /// Whether cells have figures in them.
    figures: bool,
    caption: &'static str,
}

struct Label {
    x: usize,
    y: usize,
    anchor: &'static str,
    /// Whether it is a code, below, and not a name.
    code: bool,
    text: String,
}

/// The map at a date.
struct Side {
    date: String,
    alt: String,
    /// Whether it is the one that the script moves.
    last: bool,
    cells: Vec<Cell>,
}

struct Cell {
    x: usize,
    y: usize,
    side: usize,
    text_x: usize,
    text_y: usize,
    /// Its colour: 0 at alignment -1 to 20 at 1.
    bin: usize,
    pair: String,
    shown: String,
    short: String,
    /// The means at all dates, in hundredths.
    values: String,
}

/// An alignment in hundredths: what the map shows, here and in its script.
type Hundredths = i32;

/// The mean alignment of a pair at the chosen dates.
struct Pair {
    /// The states, by number.
    states: (usize, usize),
    means: Vec<f64>,
}

const CAPTION: &str = "Mean alignment of each pair of states in summary.csv over trials, from \u{2212}1 (opposed policies) to 1 (the \
    same policy). The two most opposed states at the start stand at the ends; the others lie between \
    them by which of the two they are closer to.";

/// The map with its table, or why there is none, as the chart of that name; nothing if fewer than two states
/// or more than can be drawn have rows.
pub fn html(setup: &Setup, results: &Results) -> Result<String, ReportError> {
    let dates = setup.calendar.dates();
    let chosen = thinned(dates.len());
    let pairs = pairs(setup, &results.summary, dates.len(), &chosen);
    let order = order(setup.frame.states(), &pairs);
    if order.len() < 3 || order.len() > MOST_STATES {
        return Ok(String::new());
    }
    let shown: Vec<_> = chosen.iter().map(|&n| long(dates[n])).collect();
    if let Some(reason) = charts::alignment_map::too_few_pairs(setup) {
        let note = notes(&[&format!("There is no map of alignment: {reason}.")])?;
        return Ok(note + &numbers_of(setup, &pairs, &shown)?);
    }
    let last = shown.len() - 1;
    let side = |at: usize| Side {
        date: shown[at].clone(),
        alt: format!(
            "Map of the mean alignment of {} pairs on {}; the table below has it in numbers.",
            pairs.len(),
            shown[at]
        ),
        last: at == last,
        cells: pairs.iter().map(|pair| cell(setup, &order, pair, at)).collect(),
    };
    let size = (order.len() - 1) * (SIDE + GAP);
    let map = Map {
        width: (NAMES + size).max(LEAST_WIDTH),
        height: size + CODES,
        labels: labels(setup, &order),
        sides: if last == 0 { vec![side(0)] } else { vec![side(0), side(last)] },
        figures: order.len() <= FIGURES,
        caption: CAPTION,
        dates: shown,
    };
    Ok(map.render()? + &numbers_of(setup, &pairs, &map.dates)?)
}

/// Some of so many dates, the first and the last among them, at even distances.
fn thinned(dates: usize) -> Vec<usize> {
    let wanted = dates.min(DATES);
    let gaps = wanted.saturating_sub(1).max(1);
    (0..wanted).map(|n| n * (dates - 1) / gaps).collect()
}

/// The rows of alignment are by pair and then by date.
fn pairs(setup: &Setup, rows: &[summary::Row], dates: usize, chosen: &[usize]) -> Vec<Pair> {
    let rows: Vec<_> = rows.iter().filter(|row| row.metric == "alignment").collect();
    let of = |(&dyad, rows): (&_, &[&summary::Row])| {
        let (i, j) = setup.frame.dyads.pair(dyad);
        let means = chosen.iter().map(|&n| rows[n].mean).collect();
        Pair { states: (i.index(), j.index()), means }
    };
    setup.summary_dyads.iter().zip(rows.chunks_exact(dates)).map(of).collect()
}

/// The states that have pairs, from the one to the other of the most opposed pair at the start.
fn order(states: usize, pairs: &[Pair]) -> Vec<usize> {
    let mut start = vec![vec![0.0; states]; states];
    let mut known = vec![false; states];
    for Pair { states: (i, j), means } in pairs {
        (start[*i][*j], start[*j][*i]) = (means[0], means[0]);
        (known[*i], known[*j]) = (true, true);
    }
    (0..states).for_each(|i| start[i][i] = 1.0);
    let opposed = pairs.iter().min_by(|a, b| a.means[0].total_cmp(&b.means[0]));
    let Some(&Pair { states: (one, other), .. }) = opposed else { return Vec::new() };
    let mut order: Vec<_> = (0..states).filter(|&state| known[state]).collect();
    let place = |state: usize| start[state][other] - start[state][one];
    order.sort_by(|&a, &b| place(a).total_cmp(&place(b)));
    order
}

fn labels(setup: &Setup, order: &[usize]) -> Vec<Label> {
    let at = |n: usize| n * (SIDE + GAP) + SIDE / 2;
    let row = |(n, &state): (usize, &usize)| Label {
        x: NAMES - 8,
        y: at(n - 1) + 4,
        anchor: "end",
        code: false,
        text: short(&setup.frame.names[state]),
    };
    let column = |(n, &state): (usize, &usize)| Label {
        x: NAMES + at(n),
        y: (order.len() - 1) * (SIDE + GAP) + 16,
        anchor: "middle",
        code: true,
        text: setup.frame.codes[state].to_string(),
    };
    // The lower triangle has no cells in its first row and in its last column.
    let rows = order.iter().enumerate().skip(1).map(row);
    let columns = order.iter().enumerate().take(order.len() - 1).map(column);
    rows.chain(columns).collect()
}

/// The longest name that has room, in letters.
const MOST_LETTERS: usize = 20;

fn short(name: &str) -> String {
    if name.chars().count() <= MOST_LETTERS {
        return name.to_owned();
    }
    name.chars().take(MOST_LETTERS - 1).chain(['…']).collect()
}

fn cell(setup: &Setup, order: &[usize], pair: &Pair, at: usize) -> Cell {
    let place = |state| order.iter().position(|known| *known == state).unwrap_or_default();
    let (a, b) = (place(pair.states.0), place(pair.states.1));
    let (column, line) = (a.min(b), a.max(b));
    let (x, y) = (NAMES + column * (SIDE + GAP), (line - 1) * (SIDE + GAP));
    let value = hundredths(pair.means[at]);
    let values = pair.means.iter().map(|&mean| hundredths(mean).to_string());
    Cell {
        x,
        y,
        side: SIDE,
        text_x: x + SIDE / 2,
        text_y: y + SIDE / 2 + 4,
        bin: bin(value),
        pair: name(setup, pair),
        shown: fixed(f64::from(value) / 100.0, 2),
        short: fixed(bin(value) as f64 / 10.0 - 1.0, 1),
        values: values.collect::<Vec<_>>().join(" "),
    }
}

fn name(setup: &Setup, pair: &Pair) -> String {
    let names = &setup.frame.names;
    format!("{} and {}", names[pair.states.0], names[pair.states.1])
}

fn hundredths(alignment: f64) -> Hundredths {
    // From -100 to 100: it fits.
    (100.0 * alignment.clamp(-1.0, 1.0)).round() as Hundredths
}

/// The colour of an alignment: tenths, halves rounded up, from 0 at -1 to 20 at 1.
fn bin(value: Hundredths) -> usize {
    // Not below 0: the least value is -100.
    (value + 105).unsigned_abs() as usize / 10
}

/// The same in numbers, for whoever cannot see the map.
fn numbers_of(setup: &Setup, pairs: &[Pair], dates: &[String]) -> Result<String, ReportError> {
    let rows = pairs.iter().map(|pair| {
        let (first, last) = (pair.means[0], pair.means[pair.means.len() - 1]);
        let number = |value: f64| TableCell::number(fixed(value, 2), Some(value));
        row(vec![
            TableCell::text(name(setup, pair)),
            number(first),
            number(last),
            number(last - first),
        ])
    });
    let columns =
        vec![words("Pair"), numbers("At the start"), numbers("At the end"), numbers("Change")];
    let caption = format!("Mean alignment on {} and on {}", dates[0], dates[dates.len() - 1]);
    let table = Table::new("alignment", &caption, columns, rows.collect()).html()?;
    folded("Alignment in numbers", &table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_thinned_between_the_first_and_the_last() {
        assert_eq!(thinned(1), [0]);
        assert_eq!(thinned(5), [0, 1, 2, 3, 4]);
        assert_eq!(thinned(61), [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]);
        let many = thinned(1_000);
        assert_eq!((many.len(), many[0], many[12]), (13, 0, 999));
    }

    #[test]
    fn colours_are_one_for_each_tenth() {
        let bins =
            [-1.0, -0.96, -0.95, -0.05, -0.04, 0.0, 0.046, 0.05, 1.0].map(hundredths).map(bin);
        assert_eq!(bins, [0, 0, 1, 10, 10, 10, 11, 11, 20]);
    }

    #[test]
    fn states_lie_between_the_most_opposed() {
        let pair = |states, mean: f64| Pair { states, means: vec![mean] };
        let pairs = [
            pair((0, 1), 0.5),
            pair((0, 2), -0.9),
            pair((0, 3), 0.8),
            pair((1, 2), 0.1),
            pair((1, 3), 0.0),
            pair((2, 3), -0.7),
        ];
        assert_eq!(order(5, &pairs), [0, 3, 1, 2]);
        assert_eq!(order(5, &[]), Vec::<usize>::new());
    }
}
