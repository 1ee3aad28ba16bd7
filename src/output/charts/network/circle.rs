//! Which states stand around the circle, in which order, where, and what links them.

use std::collections::HashMap;
use std::f64::consts::TAU;

use jiff::civil::Date;

use crate::analysis::Results;
use crate::analysis::network::Row;
use crate::output::charts::network::Relation;
use crate::output::charts::seriation;
use crate::scenario::setup::Setup;

/// The most states on a circle.
const MOST_STATES: usize = 40;
/// The least: two have one line.
const LEAST_STATES: usize = 3;
/// How far from the ring the middle of a straight line stays, in radii of a disc.
const CLEAR: f64 = 2.2;

/// Points of a bowed line.
const POINTS: usize = 80;
/// What is left free around a ring (nominal pixels): half of the widest line, and the head of an arrow.
const FREE: f64 = 5.0;
/// How often the radius is mended until all fits: discs keep their size while it changes.
const MENDED: usize = 6;

/// States in their order around a circle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle {
    /// Codes and names.
    pub states: Vec<(String, String)>,
    /// How many states have any relation; more than stand here if there are too many.
    pub involved: usize,
}

/// A relation between two states on a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What.
    pub relation: Relation,
    /// Places around the circle; of sanctions the first is who imposes them.
    pub ends: [usize; 2],
    /// Probability, with the ends of its 95 % interval.
    pub share: [f64; 3],
}

impl Circle {
    /// The states that anything binds or parts at the start or at the end, the most capable if there are
    /// too many; those that are bound to each other stand side by side. Nothing if there are too few.
    pub fn of(setup: &Setup, results: &Results) -> Option<Self> {
        let dates = [setup.calendar.start(), setup.calendar.end()];
        let rows = results.network.iter().filter(|row| dates.contains(&row.date));
        let known: Vec<_> = rows.filter_map(|row| Some((row, Relation::of(row)?))).collect();
        let codes: Vec<_> = setup.frame.codes.iter().map(ToString::to_string).collect();
        let linked =
            |code: &String| known.iter().any(|(row, _)| row.from == *code || row.to == *code);
        let mut states: Vec<_> = (0..codes.len()).filter(|&state| linked(&codes[state])).collect();
        let involved = states.len();
        let capability = &setup.initial.capability;
        states.sort_by(|&a, &b| capability[b].total_cmp(&capability[a]).then(a.cmp(&b)));
        states.truncate(MOST_STATES);
        states.sort_unstable();
        if states.len() < LEAST_STATES {
            return None;
        }
        let place = |code: &str| states.iter().position(|&state| codes[state] == code);
        let mut closeness: HashMap<(usize, usize), f64> = HashMap::new();
        for (row, relation) in &known {
            if let (Some(a), Some(b)) = (place(&row.from), place(&row.to)) {
                *closeness.entry((a.min(b), a.max(b))).or_default() +=
                    relation.weight() * row.probability;
            }
        }
        let order = seriation::order(states.len(), |a, b| {
            closeness.get(&(a.min(b), a.max(b))).copied().unwrap_or(0.0)
        });
        let name = |&place: &usize| {
            let state = states[place];
            (codes[state].clone(), setup.frame.names[state].clone())
        };
        Some(Self { states: order.iter().map(name).collect(), involved })
    }

    /// What links the states on a date, however seldom.
    pub fn links(&self, rows: &[Row], date: Date) -> Vec<Link> {
        let around = |code: &str| self.states.iter().position(|(known, _)| known == code);
        let of_date = rows.iter().filter(|row| row.date == date);
        let link = of_date.filter_map(|row| {
            let ends = [around(&row.from)?, around(&row.to)?];
            let share = [row.probability, row.low, row.high];
            Some(Link { relation: Relation::of(row)?, ends, share })
        });
        link.collect()
    }

    /// A link in words.
    pub fn said(&self, relation: Relation, ends: [usize; 2]) -> String {
        let [one, other] = ends.map(|place| &self.states[place].1);
        match relation {
            Relation::Sanction => format!("sanctions of {one} on {other}"),
            relation => format!("{} of {one} and {other}", relation.title()),
        }
    }
}

/// Where the states stand (nominal pixels).
#[derive(Clone, Debug)]
pub struct Ring {
    /// The middle.
    pub centre: (f64, f64),
    /// From there to the middle of a disc.
    pub radius: f64,
    /// The radius of the disc of a state.
    pub disc: f64,
    count: usize,
}

impl Ring {
    /// A ring with room for so many states.
    pub fn new(centre: (f64, f64), radius: f64, count: usize) -> Self {
        let room = TAU * radius / count as f64;
        Self { centre, radius, disc: (room / 2.0 - 1.5).min(17.0), count }
    }

    /// The largest ring of so many states that fits on a sheet so wide and at most so high with these lines
    /// (their ends and bows), in the middle at its top; and the height that it takes. Few states are less
    /// high than wide.
    pub fn fitted(
        (width, most): (f64, f64),
        count: usize,
        lines: &[([usize; 2], f64)],
    ) -> (Self, f64) {
        let mut ring = Self::new((0.0, 0.0), most / 2.0, count);
        for _ in 0..MENDED {
            let ((left, top), (right, bottom)) = ring.extent(lines);
            let part =
                ((width - 2.0 * FREE) / (right - left)).min((most - 2.0 * FREE) / (bottom - top));
            ring = Self::new((0.0, 0.0), ring.radius * part, count);
        }
        let ((left, top), (right, bottom)) = ring.extent(lines);
        ring.centre = (width / 2.0 - f64::midpoint(left, right), FREE - top);
        (ring, bottom - top + 2.0 * FREE)
    }

    /// The corners of all that there is of it: discs and lines.
    fn extent(&self, lines: &[([usize; 2], f64)]) -> ((f64, f64), (f64, f64)) {
        let discs = (0..self.count).flat_map(|state| {
            let (x, y) = self.place(state);
            [(x - self.disc, y - self.disc), (x + self.disc, y + self.disc)]
        });
        let lines = lines.iter().flat_map(|&(ends, bow)| self.path(ends, bow));
        let none = ((f64::INFINITY, f64::INFINITY), (f64::NEG_INFINITY, f64::NEG_INFINITY));
        discs.chain(lines).fold(none, |(low, high), (x, y)| {
            ((low.0.min(x), low.1.min(y)), (high.0.max(x), high.1.max(y)))
        })
    }

    /// The same elsewhere.
    pub fn moved(mut self, (right, down): (f64, f64)) -> Self {
        self.centre = (self.centre.0 + right, self.centre.1 + down);
        self
    }

    /// The middle of a state's disc.
    pub fn place(&self, state: usize) -> (f64, f64) {
        let turn = TAU * state as f64 / self.count as f64 - TAU / 4.0;
        (
            self.centre.0 + self.radius * libm::cos(turn),
            self.centre.1 + self.radius * libm::sin(turn),
        )
    }

    /// What a line from one state to another is bent towards; `bow` is how far to the left, as a part
    /// of its length. A line without a bow is bent inwards as far as it takes to keep off the discs of
    /// those who stand between the two.
    pub fn control(&self, ends: [usize; 2], bow: f64) -> (f64, f64) {
        let [(ax, ay), (bx, by)] = ends.map(|state| self.place(state));
        let (dx, dy) = (bx - ax, by - ay);
        let (x, y) = (f64::midpoint(ax, bx), f64::midpoint(ay, by));
        let apart = ends[0].abs_diff(ends[1]);
        let (cx, cy) = (self.centre.0 - x, self.centre.1 - y);
        let depth = libm::hypot(cx, cy);
        let inwards = depth - (self.radius - CLEAR * self.disc);
        if bow == 0.0 && apart.min(self.count - apart) > 1 && inwards > 0.0 {
            // The line's middle comes half as far as what it is bent towards.
            let part = 2.0 * inwards / depth;
            return (x + cx * part, y + cy * part);
        }
        (x + dy * bow, y - dx * bow)
    }

    /// The points of a line from the edge of one disc to that of another.
    pub fn path(&self, ends: [usize; 2], bow: f64) -> Vec<(f64, f64)> {
        let [(ax, ay), (bx, by)] = ends.map(|state| self.place(state));
        let control = self.control(ends, bow);
        let point = |n: usize| {
            let t = n as f64 / (POINTS - 1) as f64;
            let [p, q, r] = [(1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t];
            (p * ax + q * control.0 + r * bx, p * ay + q * control.1 + r * by)
        };
        let far = |(x, y): (f64, f64), (cx, cy): (f64, f64)| libm::hypot(x - cx, y - cy);
        let outside = |&place: &(f64, f64)| {
            far(place, (ax, ay)) > self.disc + 1.0 && far(place, (bx, by)) > self.disc + 2.0
        };
        (0..POINTS).map(point).filter(outside).collect()
    }
}

/// The corners of the head of an arrow that comes from somewhere and ends somewhere, on a line so wide.
pub fn head(from: (f64, f64), to: (f64, f64), line: f64) -> [(f64, f64); 3] {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = libm::hypot(dx, dy).max(0.25);
    let (ux, uy) = (dx / length, dy / length);
    let (long, wide) = (5.0 + line, 2.5 + line / 2.0);
    let back = (to.0 - ux * long, to.1 - uy * long);
    [to, (back.0 - uy * wide, back.1 + ux * wide), (back.0 + uy * wide, back.1 - ux * wide)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_takes_what_room_there_is() {
        for count in 3..=MOST_STATES {
            let lines: Vec<_> =
                (0..count).map(|state| ([state, (state + 1) % count], 0.22)).collect();
            for lines in [&lines[..], &[]] {
                let (ring, height) = Ring::fitted((444.0, 444.0), count, lines);
                let ((left, top), (right, bottom)) = ring.extent(lines);
                let sides = [left, top, 444.0 - right, height - bottom];
                assert!(sides.iter().all(|side| *side > FREE - 1.0), "{count} states: {sides:?}");
                let free = f64::min(left, 444.0 - height + top);
                assert!(free < FREE + 1.0, "{count} states: {free} left free");
                assert!(height - bottom < FREE + 1.0, "{count} states: nothing below");
            }
        }
        let (ring, height) = Ring::fitted((444.0, 444.0), 3, &[]);
        assert!((ring.radius - 230.9).abs() < 0.1 && height < 391.0, "{} {height}", ring.radius);
    }

    #[test]
    fn straight_lines_keep_off_the_discs_between_their_ends() {
        for count in 3..=MOST_STATES {
            let ring = Ring::new((0.0, 0.0), 180.0, count);
            for other in 1..count {
                let path = ring.path([0, other], 0.0);
                for between in (1..count).filter(|&state| state != other) {
                    let (x, y) = ring.place(between);
                    let near = path.iter().map(|&(px, py)| libm::hypot(px - x, py - y));
                    let near = near.fold(f64::INFINITY, f64::min);
                    assert!(near > ring.disc, "{count} states: 0 to {other} by {between}: {near}");
                }
            }
        }
    }
}
