//! Treaties of many: states of which each is bound to each other, drawn as one arc instead of a line for
//! every pair.
//!
//! They are found in the table of pairs alone, since nothing else need be known to draw a result again. A
//! treaty of many is not told from several that bind the same states to each other: the arc says that all
//! of them are bound, not by what.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::output::charts::network::Relation;
use crate::output::charts::network::choice::LEAST_SHARE;
use crate::output::charts::network::circle::{Circle, Link};

/// The least number of states that an arc binds on one date at the least: three are a triangle of lines.
const LEAST_STATES: usize = 4;
/// The least that it binds on all other dates, on which some have not joined or have left.
const LEAST_BOUND: usize = 3;
/// How far apart the probabilities of its pairs may be: one width stands for all of them.
const SPREAD: f64 = 0.1;
/// How many the alternative in words tells.
const MOST_TOLD: usize = 2;

/// States of which each is bound to each other on some date.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// How.
    pub relation: Relation,
    /// The track outside of the circle on which it is drawn: those on one track share no state.
    pub track: usize,
    /// Who is bound on each date, in order around the circle: the mean of the probabilities of the
    /// state's pairs with the others, and from the least to the greatest end of their intervals.
    pub bound: Vec<BTreeMap<usize, [f64; 3]>>,
}

impl Band {
    /// Whether it tells what a link would tell on a date.
    pub fn tells(&self, date: usize, link: &Link) -> bool {
        let bound = &self.bound[date];
        self.relation == link.relation && link.ends.iter().all(|end| bound.contains_key(end))
    }

    /// Whoever is bound on any date, in order around the circle.
    pub fn members(&self) -> Vec<usize> {
        let mut members: Vec<_> = self.bound.iter().flat_map(BTreeMap::keys).copied().collect();
        members.sort_unstable();
        members.dedup();
        members
    }

    /// Whoever stands beside its arc without being bound, so that it passes by; around a circle of so
    /// many. The arc leaves open the widest gap between its members.
    pub fn passed(&self, count: usize) -> Vec<usize> {
        let members = self.members();
        let gap = |n: usize| {
            let next = members[(n + 1) % members.len()];
            (next + count - members[n] - 1) % count
        };
        let widest = (0..members.len()).max_by_key(|&n| (gap(n), std::cmp::Reverse(n)));
        let gaps = (0..members.len()).filter(|&n| Some(n) != widest);
        let passed = gaps.flat_map(|n| (1..=gap(n)).map(move |step| (n, step)));
        passed.map(|(n, step)| (members[n] + step) % count).collect()
    }
}

/// The treaties of many in the links of some dates around a circle of so many states, for each relation
/// the one of the most states first.
pub fn find(count: usize, links: &[Vec<Link>]) -> Vec<Band> {
    let mut bands = Vec::new();
    for relation in [Relation::Defence, Relation::Consultation] {
        let all: Vec<_> = links.iter().map(|links| Pairs::of(count, links, relation)).collect();
        let mut open = all.clone();
        while let Some(bound) = most_bound(&open) {
            open.iter_mut().zip(&bound).for_each(|(open, bound)| open.close(bound));
            let bound = all.iter().zip(&bound).map(|(pairs, bound)| pairs.shares(bound)).collect();
            bands.push(Band { relation, track: 0, bound });
        }
    }
    on_tracks(count, &mut bands);
    bands
}

/// The number of tracks that arcs need.
pub fn tracks(bands: &[Band]) -> usize {
    bands.iter().map(|band| band.track + 1).max().unwrap_or(0)
}

/// How to read arcs around a circle of so many, behind another sentence; nothing if there are none.
pub fn legend(count: usize, bands: &[Band]) -> &'static str {
    if bands.is_empty() {
        ""
    } else if bands.iter().all(|band| band.passed(count).is_empty()) {
        " An arc outside the circle binds all states beside it to each other."
    } else {
        " An arc outside the circle binds all states beside it to each other; where it is a thin grey line, it \
         passes by."
    }
}

/// The arcs in words on the first and on the last date, behind another sentence.
pub fn told(bands: &[Band], circle: &Circle, dates: [Date; 2]) -> String {
    let named = |bound: &BTreeMap<usize, [f64; 3]>| {
        let shares = bound.values().map(|share| 100.0 * share[0]);
        let (least, most) = shares.fold((100.0_f64, 0.0_f64), |(a, b), p| (a.min(p), b.max(p)));
        let codes: Vec<_> = bound.keys().map(|&place| circle.states[place].0.as_str()).collect();
        format!("{} ({least:.0} to {most:.0} %)", codes.join(", "))
    };
    let told = |band: &Band| {
        let on = |which: usize, bound: &BTreeMap<_, _>| match bound.len() {
            0 => format!("nobody on {}", dates[which]),
            _ => format!("{} on {}", named(bound), dates[which]),
        };
        let both = [on(0, &band.bound[0]), on(1, &band.bound[band.bound.len() - 1])];
        format!(" By {} all bound to each other: {}.", band.relation.title(), both.join("; "))
    };
    bands.iter().take(MOST_TOLD).map(told).collect()
}

/// Gives each arc the innermost track on which it has room, with a place left free on either side.
fn on_tracks(count: usize, bands: &mut [Band]) {
    let mut taken: Vec<Vec<usize>> = Vec::new();
    for band in bands {
        let places = [band.members(), band.passed(count)].concat();
        let near = |place: usize| [place, (place + 1) % count, (place + count - 1) % count];
        let wanted: Vec<_> = places.iter().copied().flat_map(near).collect();
        let free = |taken: &Vec<usize>| taken.iter().all(|place| !wanted.contains(place));
        band.track = taken.iter().position(free).unwrap_or(taken.len());
        if band.track == taken.len() {
            taken.push(Vec::new());
        }
        taken[band.track].extend(places);
    }
}

/// The most states of which on some date each is bound to each other in pairs that no arc tells yet, and
/// those of them, with whom they are bound to all, on each other date; none if they are too few.
fn most_bound(dates: &[Pairs]) -> Option<Vec<Vec<usize>>> {
    let anybody: Vec<_> = (0..dates.first()?.count).collect();
    let largest = dates.iter().map(|pairs| pairs.largest(&anybody));
    let largest = largest.reduce(|most, other| if other.len() > most.len() { other } else { most });
    let most = largest.filter(|states| states.len() >= LEAST_STATES)?;
    let on_date = |pairs: &Pairs| {
        let some = pairs.largest(&most);
        if some.len() < LEAST_BOUND { Vec::new() } else { pairs.grown(some, &anybody) }
    };
    Some(dates.iter().map(on_date).collect())
}

/// Who is bound to whom on a date: probability with its interval, of both orders of a pair.
#[derive(Clone, Debug)]
struct Pairs {
    count: usize,
    shares: Vec<Option<[f64; 3]>>,
}

impl Pairs {
    fn of(count: usize, links: &[Link], relation: Relation) -> Self {
        let mut pairs = Self { count, shares: vec![None; count * count] };
        let of_relation = links.iter().filter(|link| link.relation == relation);
        for &Link { ends: [a, b], share, .. } in of_relation {
            if share[0] >= LEAST_SHARE {
                pairs.shares[a * count + b] = Some(share);
                pairs.shares[b * count + a] = Some(share);
            }
        }
        pairs
    }

    fn share(&self, a: usize, b: usize) -> Option<[f64; 3]> {
        self.shares[a * self.count + b]
    }

    /// Takes the pairs of some states out.
    fn close(&mut self, states: &[usize]) {
        for (&a, &b) in states.iter().flat_map(|a| states.iter().map(move |b| (a, b))) {
            self.shares[a * self.count + b] = None;
        }
    }

    /// The largest set of some states that is found by beginning with each of their pairs and adding
    /// whoever fits best. Finding the largest there is would take time beyond all bounds.
    fn largest(&self, among: &[usize]) -> Vec<usize> {
        let mut largest = Vec::new();
        for (n, &a) in among.iter().enumerate() {
            for &b in &among[n + 1..] {
                if self.share(a, b).is_none() || largest.contains(&a) && largest.contains(&b) {
                    continue;
                }
                let found = self.grown(vec![a, b], among);
                if found.len() > largest.len() {
                    largest = found;
                }
            }
        }
        largest
    }

    /// These states, and as many more as are bound to all of them about as probably as they are to each
    /// other, the likest first.
    fn grown(&self, mut states: Vec<usize>, among: &[usize]) -> Vec<usize> {
        let (mut least, mut most) = (1.0_f64, 0.0_f64);
        for (n, &a) in states.iter().enumerate() {
            for [p, ..] in states[n + 1..].iter().filter_map(|&b| self.share(a, b)) {
                (least, most) = (least.min(p), most.max(p));
            }
        }
        let widened = |states: &[usize], other: usize, (least, most): (f64, f64)| {
            let mut ends = (least, most);
            for &state in states {
                let [p, ..] = self.share(state, other)?;
                ends = (ends.0.min(p), ends.1.max(p));
            }
            (ends.1 - ends.0 <= SPREAD).then_some(ends)
        };
        loop {
            let others = among.iter().copied().filter(|other| !states.contains(other));
            let fit =
                others.filter_map(|other| Some((other, widened(&states, other, (least, most))?)));
            let best = fit.min_by(|(_, a), (_, b)| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
            let Some((other, ends)) = best else { return states };
            states.push(other);
            (least, most) = ends;
        }
    }

    /// Of each of some states the mean of the probabilities of its pairs with the others, and from the
    /// least to the greatest end of their intervals.
    fn shares(&self, states: &[usize]) -> BTreeMap<usize, [f64; 3]> {
        let of = |&state: &usize| {
            let pairs = states.iter().filter_map(|&other| self.share(state, other));
            let pairs: Vec<_> = pairs.collect();
            let mean = pairs.iter().map(|share| share[0]).sum::<f64>() / pairs.len() as f64;
            let low = pairs.iter().map(|share| share[1]).fold(1.0, f64::min);
            let high = pairs.iter().map(|share| share[2]).fold(0.0, f64::max);
            (state, [mean, low, high])
        };
        states.iter().map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_to_all(states: &[usize], share: f64) -> Vec<Link> {
        let pairs = states.iter().enumerate();
        let pairs = pairs.flat_map(|(n, &a)| states[n + 1..].iter().map(move |&b| [a, b]));
        let share = [share, share - 0.01, share + 0.01];
        let link = |ends| Link { relation: Relation::Defence, ends, share };
        pairs.map(link).collect()
    }

    fn bound(bands: &[Band], date: usize) -> Vec<Vec<usize>> {
        bands.iter().map(|band| band.bound[date].keys().copied().collect()).collect()
    }

    #[test]
    fn who_joins_a_treaty_of_many_joins_its_arc() {
        let links = [all_to_all(&[0, 1, 2, 3], 1.0), all_to_all(&[0, 1, 2, 3, 5], 0.9)];
        let bands = find(8, &links);
        assert_eq!(bound(&bands, 0), [[0, 1, 2, 3]]);
        assert_eq!(bound(&bands, 1), [[0, 1, 2, 3, 5]]);
        assert_eq!((bands[0].members(), bands[0].passed(8)), (vec![0, 1, 2, 3, 5], vec![4]));
        for (date, links) in links.iter().enumerate() {
            assert!(links.iter().all(|link| bands[0].tells(date, link)));
        }
        let joined = Link { relation: Relation::Defence, ends: [0, 5], share: [0.9, 0.8, 1.0] };
        assert!(!bands[0].tells(0, &joined) && bands[0].tells(1, &joined));
        let other = Link { relation: Relation::War, ..joined };
        assert!(!bands[0].tells(1, &other));
        let [mean, low, high] = bands[0].bound[1][&5];
        assert!((mean - 0.9).abs() + (low - 0.89).abs() + (high - 0.91).abs() < 1e-9);
    }

    #[test]
    fn three_are_lines_unless_they_were_more() {
        assert_eq!(find(6, &[all_to_all(&[0, 1, 2], 1.0)]), []);
        let left = [all_to_all(&[0, 1, 2, 3], 1.0), all_to_all(&[0, 1, 2], 1.0)];
        assert_eq!(bound(&find(6, &left), 1), [[0, 1, 2]]);
        let fallen = [all_to_all(&[0, 1, 2, 3], 1.0), all_to_all(&[0, 1], 1.0)];
        assert_eq!(bound(&find(6, &fallen), 1), [[0_usize; 0]]);
    }

    /// One width would say what is not so.
    #[test]
    fn what_is_not_about_as_probable_stays_a_line() {
        let mut links = all_to_all(&[0, 1, 2, 3], 0.9);
        links.extend(all_to_all(&[0, 4], 0.3));
        links.extend([1, 2, 3].iter().flat_map(|&other| all_to_all(&[other, 4], 0.4)));
        let bands = find(6, &[links.clone()]);
        assert_eq!(bound(&bands, 0), [[0, 1, 2, 3]]);
        let lines = links.iter().filter(|link| !bands[0].tells(0, link));
        assert_eq!(lines.count(), 4);
    }

    #[test]
    fn treaties_that_share_states_have_a_track_each() {
        let links = [all_to_all(&[0, 1, 2, 3, 4], 1.0), all_to_all(&[4, 5, 6, 7], 1.0)].concat();
        let bands = find(14, &[[links, all_to_all(&[9, 10, 11, 12], 1.0)].concat()]);
        let tracks: Vec<_> = bands.iter().map(|band| (band.members()[0], band.track)).collect();
        assert_eq!(tracks, [(0, 0), (4, 1), (9, 0)]);
        // The next place is too near: two arcs would seem one.
        let links = [all_to_all(&[0, 1, 2, 3], 1.0), all_to_all(&[4, 5, 6, 7], 1.0)].concat();
        assert_eq!(super::tracks(&find(12, &[links])), 2);
    }

    #[test]
    fn an_arc_leaves_the_widest_gap_open() {
        let bands = find(10, &[all_to_all(&[0, 1, 8, 9], 1.0)]);
        assert_eq!(bands[0].passed(10), [0_usize; 0]);
        let bands = find(10, &[all_to_all(&[0, 2, 4, 9], 1.0)]);
        assert_eq!(bands[0].passed(10), [1, 3]);
    }
}
