//! Which states stand around the circle, in which order, and what links them.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::analysis::Results;
use crate::analysis::network::Row;
use crate::output::charts::network::Relation;
use crate::output::charts::seriation;
use crate::scenario::setup::Setup;

/// The most states on a circle.
pub(super) const MOST_STATES: usize = 40;
/// The least: two have one line.
const LEAST_STATES: usize = 3;

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
