//! Memory of what has held: for `ever` and `since`.

use super::{Bound, Facts, Moments, Truth, Variable, Who};

/// Where the memory of an `ever` or `since` stands among that of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The first place.
    first: usize,
    /// The variable on which the truth depends, if it does on one bound around it; there is a
    /// place for each state then.
    each: Option<Variable>,
}

impl Slot {
    /// A slot whose first place is `first`, for a truth that may depend on a variable.
    pub fn new(first: usize, each: Option<Variable>) -> Self {
        Self { first, each }
    }

    /// How many places it takes among those of all slots.
    pub fn places(self, states: usize) -> usize {
        if self.each.is_some() { states } else { 1 }
    }

    /// The variable bound around it on which it depends.
    pub fn each(self) -> Option<Variable> {
        self.each
    }

    pub(super) fn at(self, bound: &Bound) -> usize {
        self.first + self.each.map_or(0, |variable| bound.state(Who::Each(variable)).index())
    }
}

/// What is remembered of a truth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tracked {
    /// Whether it held when it was looked at last.
    pub held: bool,
    /// Whether it has ever held.
    pub ever: bool,
    /// When it last came to hold (years since the start); no number if it never has.
    pub since: f64,
}

impl Default for Tracked {
    fn default() -> Self {
        Self { held: false, ever: false, since: f64::NAN }
    }
}

impl Tracked {
    fn note(&mut self, holds: bool, now: f64) {
        if holds && !self.held {
            self.since = now;
        }
        self.held = holds;
        self.ever |= holds;
    }
}

/// What keeps the memory of one `ever` or `since`.
#[derive(Clone, Debug, PartialEq)]
pub struct Tracker {
    /// What is looked at.
    pub truth: Truth,
    /// When.
    pub moments: Moments,
    /// Where it is remembered.
    pub slot: Slot,
}

impl Tracker {
    /// A tracker of `truth`.
    pub fn new(truth: Truth, slot: Slot) -> Self {
        Self { moments: truth.moments(), truth, slot }
    }
}

/// Lets every tracker look at the world that is to be looked at now: at a change only those that
/// look at changes, on a step date all.
///
/// They look in their order. A tracker within another stands before it, so that the outer one sees
/// what the inner one has just noted. `facts.tracked` is not read; `tracked` is, in its place.
pub fn note(trackers: &[Tracker], tracked: &mut [Tracked], facts: &Facts<'_>, now: Moments) {
    for tracker in trackers.iter().filter(|tracker| tracker.moments <= now) {
        match tracker.slot.each {
            None => note_one(tracker, tracked, facts, &mut Bound::nothing()),
            Some(variable) => {
                for state in facts.states() {
                    let mut bound = Bound::nothing();
                    bound.set(variable, state);
                    note_one(tracker, tracked, facts, &mut bound);
                }
            }
        }
    }
}

fn note_one(tracker: &Tracker, tracked: &mut [Tracked], facts: &Facts<'_>, bound: &mut Bound) {
    let at = tracker.slot.at(bound);
    let holds = tracker.truth.within(&Facts { tracked, ..*facts }, bound);
    tracked[at].note(holds, facts.now);
}
