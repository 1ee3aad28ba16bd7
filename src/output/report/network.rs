//! Who is bound to whom, and who is against whom: states around a circle and lines between them, at some
//! dates of the run.
//!
//! A script moves it through the dates. Without one the first and the last stand side by side.

use askama::Template;
use jiff::civil::Date;

use crate::analysis::finding::long;
use crate::analysis::interval::wilson;
use crate::analysis::wording::numbers::{fixed, percents};
use crate::analysis::{Results, network};
use crate::engine::record::relations::dates;
use crate::output::charts::network::circle::{Circle, Link, Ring, head};
use crate::output::charts::network::{LEAST_SHARE, Relation};
use crate::output::charts::theme::LIGHT;
use crate::output::report::ReportError;
use crate::output::report::page::{folded, hex};
use crate::output::report::table::{Cell, Table, numbers, row, words};
use crate::scenario::setup::Setup;

/// The width, and the room for what lines mean below the circle.
const WIDTH: f64 = 460.0;
const LEGEND: f64 = 46.0;

/// The width on which the head of an arrow sits.
const HEAD: f64 = 1.5;

/// A probability in tenths of a per cent: what the figure shows, here and in its script.
type Tenths = u32;

#[derive(Template)]
#[template(path = "report/network.html")]
struct Figure {
    dates: Vec<String>,
    width: f64,
    height: f64,
    discs: Vec<Disc>,
    disc: String,
    letters: String,
    samples: Vec<Sample>,
    sides: Vec<Side>,
    /// What is less likely than this is not drawn; the script heeds it too.
    least: Tenths,
    caption: String,
}

/// A state.
struct Disc {
    x: String,
    y: String,
    /// Where its code stands.
    base: String,
    code: String,
    name: String,
}

/// What a line means.
struct Sample {
    x: f64,
    y: f64,
    relation: &'static str,
    colour: String,
    title: &'static str,
}

/// The figure at a date.
struct Side {
    date: String,
    alt: String,
    /// Whether it is the one that the script moves.
    last: bool,
    lines: Vec<Line>,
}

struct Line {
    /// The width, in twentieths of the widest.
    width: Tenths,
    /// Whether it is too unlikely to be drawn.
    off: bool,
    relation: &'static str,
    colour: String,
    path: String,
    /// The head of an arrow, if it has one.
    head: Option<String>,
    /// Where it is crossed, if it is.
    cross: Option<String>,
    pair: String,
    shown: String,
    /// Probability and the ends of its interval at all dates.
    values: String,
}

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
    let count = circle.states.len();
    // Few states stand closer together.
    let side = (200.0 + 20.0 * count as f64).min(WIDTH);
    let ring = Ring::new((WIDTH / 2.0, side / 2.0), side / 2.0 - 20.0, count);
    let shown: Vec<_> = days.iter().copied().map(long).collect();
    let last = shown.len() - 1;
    let drawn = |at: usize| Side {
        date: shown[at].clone(),
        alt: format!(
            "Who is bound to whom and who is against whom on {}, {} states around a circle; the table \
             below has the links in numbers.",
            shown[at], count
        ),
        last: at == last,
        lines: all.iter().map(|over| line(&circle, &ring, over, at)).collect(),
    };
    let figure = Figure {
        width: WIDTH,
        height: side + LEGEND,
        discs: discs(&circle, &ring),
        disc: fixed(ring.disc, 1),
        letters: fixed((ring.disc * 0.68).min(11.5), 1),
        samples: samples(side),
        sides: if last == 0 { vec![drawn(0)] } else { vec![drawn(0), drawn(last)] },
        least: tenths(LEAST_SHARE),
        caption: caption(setup, &circle),
        dates: shown,
    };
    Ok(figure.render()? + &numbers_of(&circle, &all, &figure.dates)?)
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

fn caption(setup: &Setup, circle: &Circle) -> String {
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
        "Lines are the wider the more probable the relation is on the date, from {:.0} % of trials on. \
         States that are bound to each other stand side by side.{left_out} {}.",
        100.0 * LEAST_SHARE,
        named.join(", ")
    )
}

fn discs(circle: &Circle, ring: &Ring) -> Vec<Disc> {
    let disc = |(n, (code, name)): (usize, &(String, String))| {
        let (x, y) = ring.place(n);
        let base = fixed(y + (ring.disc * 0.68).min(11.5) * 0.36, 1);
        Disc { x: fixed(x, 1), y: fixed(y, 1), base, code: code.clone(), name: name.clone() }
    };
    circle.states.iter().enumerate().map(disc).collect()
}

/// What lines mean, in two columns below the circle.
fn samples(top: f64) -> Vec<Sample> {
    let sample = |(n, relation): (usize, Relation)| Sample {
        x: if n.is_multiple_of(2) { 60.0 } else { WIDTH / 2.0 + 30.0 },
        y: top + 16.0 + 20.0 * (n / 2) as f64,
        relation: relation.name(),
        colour: colour(relation),
        title: relation.title(),
    };
    Relation::ALL.into_iter().rev().enumerate().map(sample).collect()
}

fn colour(relation: Relation) -> String {
    hex(LIGHT.curves[relation.look().curve].colour)
}

fn line(circle: &Circle, ring: &Ring, over: &Over, at: usize) -> Line {
    let Over { relation, ends, ref shares } = *over;
    let bow = relation.look().bow;
    let [from, to] = ends.map(|state| ring.place(state));
    let point = |(x, y): (f64, f64)| format!("{} {}", plain(x), plain(y));
    let edge = ring.path(ends, bow);
    let arrow = match edge[..] {
        [.., before, end] if relation == Relation::Sanction => Some(head(before, end, HEAD)),
        _ => None,
    };
    let middle = edge.get(edge.len() / 2).filter(|_| relation == Relation::War);
    let values = shares.iter().map(|share| share.map(|share| tenths(share).to_string()).join(","));
    let share = shares[at].map(tenths);
    Line {
        width: width(share[0]),
        off: share[0] < tenths(LEAST_SHARE),
        relation: relation.name(),
        colour: colour(relation),
        path: format!("M{}Q{} {}", point(from), point(ring.control(ends, bow)), point(to)),
        head: arrow
            .map(|[tip, one, other]| format!("M{}L{}L{}Z", point(tip), point(one), point(other))),
        cross: middle.map(|&(x, y)| {
            let arm = |dx: f64, dy: f64| point((x + dx, y + dy));
            format!("M{}L{}M{}L{}", arm(-5.0, -5.0), arm(5.0, 5.0), arm(-5.0, 5.0), arm(5.0, -5.0))
        }),
        pair: circle.said(relation, ends),
        shown: said(share),
        values: values.collect::<Vec<_>>().join(" "),
    }
}

/// A coordinate with a decimal, as SVG has it.
fn plain(value: f64) -> String {
    format!("{value:.1}")
}

fn tenths(share: f64) -> Tenths {
    // From 0 to 1000: it fits.
    (1000.0 * share.clamp(0.0, 1.0)).round() as Tenths
}

/// The width of a line, in twentieths of the widest; halves are rounded up.
fn width(share: Tenths) -> Tenths {
    (share + 25) / 50
}

fn said(share: [Tenths; 3]) -> String {
    let [p, low, high] = share.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10));
    format!("{p} % of trials ({low} to {high})")
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
    fn widths_are_twentieths() {
        let widths = [0.0, 0.024, 0.025, 0.05, 0.074, 0.075, 0.5, 1.0].map(tenths).map(width);
        assert_eq!(widths, [0, 0, 1, 1, 1, 2, 10, 20]);
    }

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
        let ring = Ring::new((50.0, 50.0), 40.0, 3);
        let at = |over: &Over, date| line(&circle, &ring, over, date);
        let defence = [at(&all[2], 0), at(&all[2], 1)];
        assert_eq!(defence[0].values, "900,890,910 20,10,30");
        assert_eq!([defence[0].off, defence[1].off], [false, true]);
        assert_eq!(defence[0].shown, "90.0 % of trials (89.0 to 91.0)");
        // In no trial: the interval is that of none in a thousand.
        assert_eq!(at(&all[0], 0).values, "0,0,4 300,290,310");
        assert!(at(&all[0], 0).head.is_some() && defence[0].head.is_none());
    }
}
