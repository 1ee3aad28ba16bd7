//! The figure of the network: discs around a circle, lines between them, and what the lines mean.

use askama::Template;

use crate::analysis::wording::numbers::fixed;
use crate::output::charts::network::bands::{self, Band};
use crate::output::charts::network::choice::Choice;
use crate::output::charts::network::circle::{Circle, Link};
use crate::output::charts::network::ring::{Ring, head};
use crate::output::charts::network::{KEY, Relation};
use crate::output::charts::theme::LIGHT;
use crate::output::report::ReportError;
use crate::output::report::network::Over;
use crate::output::report::page::hex;

mod arcs;

/// The width, and the most height of the circle.
const WIDTH: f64 = 460.0;
/// The room for what lines mean below the circle, and the height of a line of it.
const LEGEND: f64 = 72.0;
const LINE: f64 = 22.0;
/// The length of the sample of a line, and where its meaning begins.
const SAMPLE: f64 = 40.0;

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
    /// Where arcs pass by states that they do not bind.
    passes: Vec<String>,
    samples: Vec<Sample>,
    key: Vec<Sample>,
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
    path: String,
    /// The width, in twentieths of the widest.
    width: Tenths,
    relation: &'static str,
    colour: String,
    head: Option<String>,
    cross: Option<String>,
    /// Where its meaning stands.
    x: String,
    y: String,
    title: String,
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
    /// Probability and the ends of its interval at all dates; then 1 where an arc tells it.
    values: String,
}

/// The figure at its dates. What arcs tell is no line of its own.
pub fn html(
    circle: &Circle,
    all: &[Over],
    drawn: &Choice,
    dates: &[String],
    caption: String,
) -> Result<String, ReportError> {
    let (count, bands, least) = (circle.states.len(), &*drawn.bands, tenths(drawn.least));
    // What is never likely enough has no line.
    let likely = |over: &&Over| over.shares.iter().any(|share| share[0] >= drawn.least);
    let all: Vec<_> = all.iter().filter(likely).collect();
    // Few states stand closer together.
    let most = (200.0 + 20.0 * count as f64).min(WIDTH);
    let ever = all.iter().filter(|over| (0..dates.len()).any(|at| !over.told(bands, at)));
    let lines: Vec<_> = ever.map(|over| (over.ends, over.relation.look().bow)).collect();
    let (ring, height) = Ring::fitted((WIDTH, most), (count, bands::tracks(bands)), &lines);
    let last = dates.len() - 1;
    let side = |at: usize| Side {
        date: dates[at].clone(),
        alt: format!(
            "Who is bound to whom and who is against whom on {}, {count} states around a circle; the table \
             below has the links in numbers.",
            dates[at]
        ),
        last: at == last,
        lines: {
            let lines = all.iter().map(|over| line(circle, &ring, (over, bands), (at, least)));
            lines.chain(arcs::lines(circle, &ring, bands, (at, least))).collect()
        },
    };
    let figure = Figure {
        width: WIDTH,
        height: (height + LEGEND).ceil(),
        discs: discs(circle, &ring),
        disc: fixed(ring.disc, 1),
        letters: fixed((ring.disc * 0.68).min(11.5), 1),
        passes: arcs::passes(&ring, count, bands),
        samples: samples(height),
        key: key(height),
        sides: if last == 0 { vec![side(0)] } else { vec![side(0), side(last)] },
        least,
        caption,
        dates: dates.to_vec(),
    };
    Ok(figure.render()?)
}

fn discs(circle: &Circle, ring: &Ring) -> Vec<Disc> {
    let disc = |(n, (code, name)): (usize, &(String, String))| {
        let (x, y) = ring.place(n);
        let base = fixed(y + (ring.disc * 0.68).min(11.5) * 0.36, 1);
        Disc { x: fixed(x, 1), y: fixed(y, 1), base, code: code.clone(), name: name.clone() }
    };
    circle.states.iter().enumerate().map(disc).collect()
}

/// What lines mean, in two columns below the circle: each as it is drawn where it holds in every trial.
fn samples(top: f64) -> Vec<Sample> {
    let sample = |(n, relation): (usize, Relation)| {
        let x = if n.is_multiple_of(2) { 60.0 } else { WIDTH / 2.0 + 30.0 };
        let y = top + 14.0 + LINE * (n / 2) as f64;
        let end = (x + SAMPLE, y);
        Sample {
            path: format!("M{}H{:.1}", point((x, y)), x + SAMPLE),
            width: width(tenths(1.0)),
            relation: relation.name(),
            colour: colour(relation),
            head: (relation == Relation::Sanction).then(|| corners(head((x, y), end, HEAD))),
            cross: (relation == Relation::War).then(|| cross((x + SAMPLE / 2.0, y))),
            x: fixed(x + SAMPLE + 10.0, 1),
            y: fixed(y + 4.0, 1),
            title: relation.title().to_owned(),
        }
    };
    Relation::ALL.into_iter().rev().enumerate().map(sample).collect()
}

/// What widths mean, in a row below that.
fn key(top: f64) -> Vec<Sample> {
    let sample = |(n, share): (usize, f64)| {
        let (x, y) = (60.0 + 120.0 * n as f64, top + 14.0 + 2.0 * LINE);
        Sample {
            path: format!("M{}H{:.1}", point((x, y)), x + SAMPLE),
            width: width(tenths(share)),
            relation: "key",
            colour: hex(LIGHT.quiet),
            head: None,
            cross: None,
            x: fixed(x + SAMPLE + 10.0, 1),
            y: fixed(y + 4.0, 1),
            title: format!("{:.0} %", 100.0 * share),
        }
    };
    KEY.into_iter().enumerate().map(sample).collect()
}

fn colour(relation: Relation) -> String {
    hex(LIGHT.curves[relation.look().curve].colour)
}

fn line(
    circle: &Circle,
    ring: &Ring,
    (over, bands): (&Over, &[Band]),
    (at, least): (usize, Tenths),
) -> Line {
    let Over { relation, ends, ref shares } = *over;
    let bow = relation.look().bow;
    let [from, to] = ends.map(|state| ring.place(state));
    let edge = ring.path(ends, bow);
    let arrow = match edge[..] {
        [.., before, end] if relation == Relation::Sanction => Some(head(before, end, HEAD)),
        _ => None,
    };
    let middle = edge.get(edge.len() / 2).filter(|_| relation == Relation::War);
    let values = shares.iter().enumerate().map(|(at, &share)| {
        let told = if over.told(bands, at) { ",1" } else { "" };
        values(share) + told
    });
    let share = shares[at].map(tenths);
    Line {
        width: width(share[0]),
        off: share[0] < least || over.told(bands, at),
        relation: relation.name(),
        colour: colour(relation),
        path: format!("M{}Q{} {}", point(from), point(ring.control(ends, bow)), point(to)),
        head: arrow.map(corners),
        cross: middle.map(|&place| cross(place)),
        pair: circle.said(relation, ends),
        shown: said(share),
        values: values.collect::<Vec<_>>().join(" "),
    }
}

impl Over {
    /// Whether an arc tells it on a date.
    fn told(&self, bands: &[Band], at: usize) -> bool {
        let link = Link { relation: self.relation, ends: self.ends, share: self.shares[at] };
        bands.iter().any(|band| band.tells(at, &link))
    }
}

/// A probability and the ends of its interval, as the script reads them.
fn values(share: [f64; 3]) -> String {
    share.map(|share| tenths(share).to_string()).join(",")
}

/// The head of an arrow.
fn corners([tip, one, other]: [(f64, f64); 3]) -> String {
    format!("M{}L{}L{}Z", point(tip), point(one), point(other))
}

fn cross((x, y): (f64, f64)) -> String {
    let arm = |dx: f64, dy: f64| point((x + dx, y + dy));
    format!("M{}L{}M{}L{}", arm(-5.0, -5.0), arm(5.0, 5.0), arm(-5.0, 5.0), arm(5.0, -5.0))
}

/// A place with a decimal, as SVG has it.
fn point((x, y): (f64, f64)) -> String {
    format!("{x:.1} {y:.1}")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_twentieths() {
        let widths = [0.0, 0.024, 0.025, 0.05, 0.074, 0.075, 0.5, 1.0].map(tenths).map(width);
        assert_eq!(widths, [0, 0, 1, 1, 1, 2, 10, 20]);
    }

    #[test]
    fn a_line_has_its_values_at_all_dates() {
        let named = |code: &str| (code.to_owned(), format!("the {code}"));
        let circle = Circle { states: ["A", "B", "C"].map(named).to_vec(), involved: 3 };
        let ring = Ring::new((50.0, 50.0), 40.0, 3);
        let over = |relation, shares: [[f64; 3]; 2]| Over {
            relation,
            ends: [0, 1],
            shares: shares.to_vec(),
        };
        let defence = over(Relation::Defence, [[0.9, 0.89, 0.91], [0.02, 0.01, 0.03]]);
        let drawn = [0, 1].map(|at| line(&circle, &ring, (&defence, &[]), (at, 50)));
        assert_eq!(drawn[0].values, "900,890,910 20,10,30");
        assert_eq!([drawn[0].off, drawn[1].off], [false, true]);
        assert_eq!(drawn[0].shown, "90.0 % of trials (89.0 to 91.0)");
        let heads = Relation::ALL.map(|relation| {
            let drawn = line(&circle, &ring, (&over(relation, [[1.0; 3]; 2]), &[]), (0, 50));
            (drawn.head.is_some(), drawn.cross.is_some())
        });
        let none = (false, false);
        assert_eq!(heads, [(true, false), none, none, (false, true)]);
    }

    /// Chart and report have the same widths, and no line of the report is paler than another.
    #[test]
    fn lines_are_as_wide_as_those_of_the_chart() {
        let style = include_str!("../../../../templates/report/style.css");
        for (rule, relation) in [
            (".network .line {", Relation::Defence),
            (".network .line.sanction {", Relation::Sanction),
        ] {
            let (_, rest) = style.split_once(rule).expect("the rule is there");
            let (body, _) = rest.split_once('}').unwrap();
            let (least, most) = (relation.width(0.0), relation.width(1.0));
            let width =
                format!("stroke-width: calc({least}px + {:.0}px * var(--share));", most - least);
            assert!(body.contains(&width), "{rule} {body} lacks {width}");
            assert!(!body.contains("opacity"), "{body}");
        }
    }
}
