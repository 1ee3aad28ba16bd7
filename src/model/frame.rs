//! What does not change during a run: who there is, how far apart, when, and what may be signed,
//! imposed or fought.

use crate::model::entity::Entity;
use crate::model::event::Event;
use crate::model::ids::{DyadId, Dyads, StateCode, StateId, TreatyId};
use crate::model::treaty::Treaty;

/// The steps of a run, in days and in years.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// Length of a step in model time (years).
    pub dt: f64,
    /// Day of every step date, counted from the start; one more than there are steps.
    pub days: Vec<i32>,
}

impl Timeline {
    /// How many steps the run has.
    pub fn steps(&self) -> usize {
        self.days.len() - 1
    }

    /// The day of a moment within a step: `fraction` in (0, 1] gives a day after the step's first
    /// date and no later than its last.
    pub fn day_within(&self, step: usize, fraction: f64) -> i32 {
        let (from, to) = (self.days[step], self.days[step + 1]);
        // A fraction in (0, 1] times a day count below 2^31 fits.
        let days = (fraction * f64::from(to - from)).ceil() as i32;
        (from + days).clamp(from + 1, to)
    }

    /// Model time (years since the start) at a step date.
    pub fn years(&self, step: usize) -> f64 {
        step as f64 * self.dt
    }
}

/// A sanction entry: who sanctions whom, how.
#[derive(Clone, Debug)]
pub struct Sanction {
    /// The name in the scenario.
    pub name: String,
    /// Every pair of a sender and a target.
    pub links: Vec<(StateId, StateId)>,
    /// The types of measures.
    pub types: SanctionTypes,
}

/// A set of types of sanction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SanctionTypes(u8);

impl SanctionTypes {
    /// The types by name, in the order of their bits.
    pub const NAMES: [&'static str; 4] = ["trade", "financial", "arms", "travel"];

    /// The set holding only the type of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|n| *n == name).map(|bit| Self(1 << bit))
    }

    /// The union of two sets.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the set holds type number `bit`.
    pub fn holds(self, bit: usize) -> bool {
        self.0 & (1 << bit) != 0
    }
}

/// A war: two sides.
#[derive(Clone, Debug)]
pub struct War {
    /// The name in the scenario.
    pub name: String,
    /// Every pair of opponents.
    pub dyads: Vec<DyadId>,
}

/// The fixed facts of a scenario.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The states' codes, in alphabetical order: positions do not depend on the order in the file.
    pub codes: Vec<StateCode>,
    /// The states' names for people.
    pub names: Vec<String>,
    /// Every dyad of states.
    pub dyads: Dyads,
    /// Identity of each dyad in the random streams.
    pub dyad_entities: Vec<Entity>,
    /// Weight of each state, w = sqrt(c) at the start.
    pub weight: Vec<f64>,
    /// Least distance between the borders of a dyad (km).
    pub distance_km: Vec<f64>,
    /// Steps and days.
    pub timeline: Timeline,
    /// Every treaty that may be in force, those of the scenario first.
    pub treaties: Vec<Treaty>,
    /// The defence pact that process `pact` may form, for each dyad.
    pub pact_slots: Vec<TreatyId>,
    /// Every sanction entry of the scenario.
    pub sanctions: Vec<Sanction>,
    /// Every war of the scenario.
    pub wars: Vec<War>,
    /// Every event of the scenario.
    pub events: Vec<Event>,
}

impl Frame {
    /// How many states there are.
    #[inline]
    pub fn states(&self) -> usize {
        self.codes.len()
    }

    /// A dyad's name: both codes in alphabetical order.
    pub fn dyad_name(&self, dyad: DyadId) -> String {
        let (i, j) = self.dyads.pair(dyad);
        let (a, b) = (self.codes[i.index()], self.codes[j.index()]);
        if a <= b { format!("{a}-{b}") } else { format!("{b}-{a}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_firing_falls_after_the_first_and_up_to_the_last_date_of_its_step() {
        let timeline = Timeline { dt: 1.0 / 12.0, days: vec![0, 31, 61] };
        assert_eq!(timeline.day_within(0, f64::MIN_POSITIVE), 1);
        assert_eq!(timeline.day_within(0, 0.5), 16);
        assert_eq!(timeline.day_within(0, 1.0), 31);
        assert_eq!(timeline.day_within(1, 1e-9), 32);
        assert_eq!(timeline.day_within(1, 1.0), 61);
    }
}
