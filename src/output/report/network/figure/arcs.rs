//! The arcs of treaties of many.

use crate::output::charts::network::bands::Band;
use crate::output::charts::network::circle::Circle;
use crate::output::charts::network::ring::Ring;
use crate::output::report::network::figure::{
    Line, Tenths, colour, point, said, tenths, values, width,
};

/// The pieces of the arcs at a date: one for each state that they ever bind.
pub fn lines(
    circle: &Circle,
    ring: &Ring,
    bands: &[Band],
    (at, least): (usize, Tenths),
) -> Vec<Line> {
    let pieces = bands.iter().flat_map(|band| band.members().into_iter().map(move |n| (band, n)));
    let line = |(band, place): (&Band, usize)| {
        let share = |date: usize| band.bound[date].get(&place).copied().unwrap_or_default();
        let values: Vec<_> = (0..band.bound.len()).map(|date| values(share(date))).collect();
        let shown = share(at).map(tenths);
        Line {
            width: width(shown[0]),
            off: shown[0] < least,
            relation: band.relation.name(),
            colour: colour(band.relation),
            path: path(ring, place, band.track),
            head: None,
            cross: None,
            pair: format!(
                "{} of {} with each of the others at the arc",
                band.relation.title(),
                circle.states[place].1
            ),
            shown: said(shown),
            values: values.join(" "),
        }
    };
    pieces.map(line).collect()
}

/// Where arcs pass by states that they never bind.
pub fn passes(ring: &Ring, count: usize, bands: &[Band]) -> Vec<String> {
    let passed = |band: &Band| {
        band.passed(count)
            .into_iter()
            .map(|place| path(ring, place, band.track))
            .collect::<Vec<_>>()
    };
    bands.iter().flat_map(passed).collect()
}

fn path(ring: &Ring, place: usize, track: usize) -> String {
    let points = ring.arc(place, track);
    let [from, .., to] = points[..] else { return String::new() };
    let radius = ring.track(track);
    format!("M{}A{radius:.1} {radius:.1} 0 0 1 {}", point(from), point(to))
}
