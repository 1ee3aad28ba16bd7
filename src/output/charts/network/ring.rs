//! Where states stand around a circle, how the lines between them run, and the arcs outside of it.

use std::f64::consts::TAU;

/// How far from the ring the middle of a straight line stays, in radii of a disc.
const CLEAR: f64 = 2.2;
/// How far a bowed line stays from the discs of others (nominal pixels).
const APART: f64 = 2.5;
/// By how much more a line is bowed, again and again, until it passes no disc; and how often.
const TRIED: f64 = 0.05;
const MOST_TRIED: usize = 16;
/// The least space between discs (nominal pixels): a line between neighbours is seen.
const BETWEEN: f64 = 6.0;
/// Points of a bowed line.
const POINTS: usize = 80;
/// What is left free around a ring (nominal pixels): half of the widest line, and the head of an arrow.
const FREE: f64 = 5.0;
/// How often the radius is mended until all fits: discs keep their size while it changes.
const MENDED: usize = 6;
/// From the discs to the first track of arcs, and from one track to the next (nominal pixels).
const FIRST_TRACK: f64 = 6.0;
const TRACK: f64 = 8.0;
/// How much of a state's part of the ring its piece of an arc takes.
const PIECE: f64 = 0.94;
/// Points of an arc.
const ARC_POINTS: usize = 24;

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
    /// How many tracks of arcs run outside of the discs.
    tracks: usize,
}

impl Ring {
    /// A ring with room for so many states, without arcs.
    pub fn new(centre: (f64, f64), radius: f64, count: usize) -> Self {
        let room = TAU * radius / count as f64;
        Self { centre, radius, disc: (room / 2.0 - BETWEEN / 2.0).min(17.0), count, tracks: 0 }
    }

    /// The largest ring of so many states with so many tracks of arcs that fits on a sheet so wide and at
    /// most so high with these lines (their ends and bows), in the middle at its top; and the height that it
    /// takes. Few states are less high than wide.
    pub fn fitted(
        (width, most): (f64, f64),
        (count, tracks): (usize, usize),
        lines: &[([usize; 2], f64)],
    ) -> (Self, f64) {
        let new = |radius| Self { tracks, ..Self::new((0.0, 0.0), radius, count) };
        let mut ring = new(most / 2.0);
        for _ in 0..MENDED {
            let ((left, top), (right, bottom)) = ring.extent(lines);
            let part =
                ((width - 2.0 * FREE) / (right - left)).min((most - 2.0 * FREE) / (bottom - top));
            ring = new(ring.radius * part);
        }
        let ((left, top), (right, bottom)) = ring.extent(lines);
        ring.centre = (width / 2.0 - f64::midpoint(left, right), FREE - top);
        (ring, bottom - top + 2.0 * FREE)
    }

    /// The corners of all that there is of it: discs, lines, and the circle of the outermost track.
    fn extent(&self, lines: &[([usize; 2], f64)]) -> ((f64, f64), (f64, f64)) {
        let discs = (0..self.count).flat_map(|state| {
            let (x, y) = self.place(state);
            [(x - self.disc, y - self.disc), (x + self.disc, y + self.disc)]
        });
        // A line that is bent otherwise, so that it passes no disc, keeps within the ring.
        let lines = lines.iter().flat_map(|&(ends, bow)| {
            self.outside(ends, |t| self.on_curve(ends, self.bent(ends, bow), t))
        });
        let outermost = self.tracks.checked_sub(1).map(|track| self.track(track));
        let (x, y) = self.centre;
        let arcs = outermost.into_iter().flat_map(|far| [(x - far, y - far), (x + far, y + far)]);
        let none = ((f64::INFINITY, f64::INFINITY), (f64::NEG_INFINITY, f64::NEG_INFINITY));
        discs.chain(lines).chain(arcs).fold(none, |(low, high), (x, y)| {
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
        self.at(state as f64, self.radius)
    }

    /// A place so many states around the ring, and so far from its middle.
    fn at(&self, around: f64, far: f64) -> (f64, f64) {
        let turn = TAU * around / self.count as f64 - TAU / 4.0;
        (self.centre.0 + far * libm::cos(turn), self.centre.1 + far * libm::sin(turn))
    }

    /// How far from the middle a track is; the first one is next to the discs.
    pub fn track(&self, track: usize) -> f64 {
        self.radius + self.disc + FIRST_TRACK + TRACK * track as f64
    }

    /// The points of a state's piece of the arc on a track.
    pub fn arc(&self, state: usize, track: usize) -> Vec<(f64, f64)> {
        let far = self.track(track);
        let point = |n: usize| {
            let part = n as f64 / (ARC_POINTS - 1) as f64 - 0.5;
            self.at(state as f64 + PIECE * part, far)
        };
        (0..ARC_POINTS).map(point).collect()
    }

    /// What a line from one state to another is bent towards; `bow` is how far to the left, as a part
    /// of its length. A line without a bow is bent inwards as far as it takes to keep off the discs of
    /// those who stand between the two. One that is bowed is bowed more than that, or to the other side, if it
    /// would pass such a disc: it would seem to end there.
    pub fn control(&self, ends: [usize; 2], bow: f64) -> (f64, f64) {
        let wanted = self.bent(ends, bow);
        if bow == 0.0 || self.passes_no_disc(ends, wanted) {
            return wanted;
        }
        let found = self.clear(ends, bow).or_else(|| {
            // On the other side, beyond the line that is there already.
            let other = self.clear(ends, -bow)?;
            self.clear(ends, other + 2.0 * TRIED * other.signum())
        });
        found.map_or(wanted, |bow| self.bent(ends, bow))
    }

    /// The least bow from this one on with which a line passes no disc and keeps within the ring.
    fn clear(&self, ends: [usize; 2], bow: f64) -> Option<f64> {
        let mut tried = (0..=MOST_TRIED).map(|n| bow + bow.signum() * TRIED * n as f64);
        tried.find(|&tried| {
            let control = self.bent(ends, tried);
            let within = |t| self.off_centre(self.on_curve(ends, control, t)) <= self.radius + 0.1;
            self.passes_no_disc(ends, control) && (0..POINTS).map(part).all(within)
        })
    }

    fn bent(&self, ends: [usize; 2], bow: f64) -> (f64, f64) {
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

    fn passes_no_disc(&self, ends: [usize; 2], control: (f64, f64)) -> bool {
        let others = (0..self.count).filter(|state| !ends.contains(state));
        let others: Vec<_> = others.map(|state| self.place(state)).collect();
        (0..POINTS).map(part).all(|t| {
            let (x, y) = self.on_curve(ends, control, t);
            // Well within the ring there are no discs.
            self.off_centre((x, y)) < self.radius - self.disc - APART
                || others.iter().all(|&(ox, oy)| libm::hypot(x - ox, y - oy) > self.disc + APART)
        })
    }

    fn off_centre(&self, (x, y): (f64, f64)) -> f64 {
        libm::hypot(x - self.centre.0, y - self.centre.1)
    }

    /// The point of a line at a part of its way.
    fn on_curve(&self, ends: [usize; 2], control: (f64, f64), t: f64) -> (f64, f64) {
        let [(ax, ay), (bx, by)] = ends.map(|state| self.place(state));
        let [p, q, r] = [(1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t];
        (p * ax + q * control.0 + r * bx, p * ay + q * control.1 + r * by)
    }

    /// The points of a line from the edge of one disc to that of another.
    pub fn path(&self, ends: [usize; 2], bow: f64) -> Vec<(f64, f64)> {
        let control = self.control(ends, bow);
        self.outside(ends, |t| self.on_curve(ends, control, t))
    }

    /// Those points of a line that lie outside of the discs at its ends.
    fn outside(&self, ends: [usize; 2], point: impl Fn(f64) -> (f64, f64)) -> Vec<(f64, f64)> {
        let [from, to] = ends.map(|state| self.place(state));
        let far = |(x, y): (f64, f64), (cx, cy): (f64, f64)| libm::hypot(x - cx, y - cy);
        let outside = |&place: &(f64, f64)| {
            far(place, from) > self.disc + 1.0 && far(place, to) > self.disc + 2.0
        };
        (0..POINTS).map(part).map(point).filter(outside).collect()
    }
}

/// The part of its way at which a line has its nth point.
fn part(n: usize) -> f64 {
    n as f64 / (POINTS - 1) as f64
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
    use crate::output::charts::network::Relation;
    use crate::output::charts::network::circle::MOST_STATES;

    #[test]
    fn a_ring_takes_what_room_there_is() {
        for count in 3..=MOST_STATES {
            let lines: Vec<_> =
                (0..count).map(|state| ([state, (state + 1) % count], 0.22)).collect();
            for (lines, tracks) in [(&lines[..], 0), (&[], 0), (&lines[..], 4)] {
                let (ring, height) = Ring::fitted((444.0, 444.0), (count, tracks), lines);
                let ((left, top), (right, bottom)) = ring.extent(lines);
                let sides = [left, top, 444.0 - right, height - bottom];
                assert!(sides.iter().all(|side| *side > FREE - 1.0), "{count} states: {sides:?}");
                let free = f64::min(left, 444.0 - height + top);
                assert!(free < FREE + 1.0, "{count} states: {free} left free");
                assert!(height - bottom < FREE + 1.0, "{count} states: nothing below");
            }
        }
        let (ring, height) = Ring::fitted((444.0, 444.0), (3, 0), &[]);
        assert!((ring.radius - 230.9).abs() < 0.1 && height < 391.0, "{} {height}", ring.radius);
    }

    /// What passes behind a disc seems to end there.
    #[test]
    fn lines_keep_off_the_discs_between_their_ends() {
        for count in 3..=MOST_STATES {
            let ring = Ring::new((0.0, 0.0), 180.0, count);
            for (other, relation) in
                (1..count).flat_map(|other| Relation::ALL.map(|relation| (other, relation)))
            {
                let path = ring.path([0, other], relation.look().bow);
                for between in (1..count).filter(|&state| state != other) {
                    let (x, y) = ring.place(between);
                    let near = path.iter().map(|&(px, py)| libm::hypot(px - x, py - y));
                    let near = near.fold(f64::INFINITY, f64::min);
                    let what = format!("{count} states: {} of 0 and {other}", relation.name());
                    assert!(near > ring.disc, "{what} by {between}: {near}");
                }
            }
        }
    }

    /// Sanctions both ways, and both pacts of two states, stay apart.
    #[test]
    fn lines_between_the_same_two_states_stay_apart() {
        for count in 3..=MOST_STATES {
            let ring = Ring::new((0.0, 0.0), 180.0, count);
            let bow = |relation: Relation| relation.look().bow;
            for other in 1..count {
                let pacts = [Relation::Defence, Relation::Consultation];
                let [defence, consultation] = pacts.map(|pact| ring.path([0, other], bow(pact)));
                let sanction = bow(Relation::Sanction);
                let ways = [[0, other], [other, 0]].map(|ends| ring.path(ends, sanction));
                for [one, two] in [[&defence, &consultation], [&ways[0], &ways[1]]] {
                    let (x, y) = one[one.len() / 2];
                    let near = two.iter().map(|&(px, py)| libm::hypot(px - x, py - y));
                    let near = near.fold(f64::INFINITY, f64::min);
                    assert!(near > 1.5, "{count} states, 0 and {other}: {near}");
                }
            }
        }
    }
}
