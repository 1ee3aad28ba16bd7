//! Events the scenario's author describes, as the model sees them.

use crate::model::change::Change;
use crate::model::entity::Entity;
use crate::model::expression::{Moments, Truth};
use crate::model::ids::EventId;

/// When an event has an occasion to happen.
#[derive(Clone, Debug)]
pub enum Timing {
    /// On a day, counted from the start of the run.
    Day(i32),
    /// At random, any number of times, at a constant rate (1/year).
    Rate(f64),
    /// On one of these days, the first and the last included, all equally likely.
    Window(i32, i32),
    /// Each time a condition comes to hold.
    When(Condition),
}

/// The condition of an event.
#[derive(Clone, Debug)]
pub struct Condition {
    /// What has to hold.
    pub truth: Truth,
    /// When it is looked at.
    pub moments: Moments,
    /// As its author wrote it.
    pub text: String,
}

/// Which occasions an event takes.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The probability with which it takes one.
    pub probability: f64,
    /// Whether it happens at most once in a trial.
    pub once: bool,
    /// How long after it has happened it cannot happen again (years).
    pub cooldown: f64,
    /// The first day on which it can happen.
    pub from: i32,
    /// The last day on which it can happen.
    pub until: i32,
    /// Events that have to have happened before.
    pub requires: Vec<EventId>,
    /// Events that must not have happened.
    pub excludes: Vec<EventId>,
}

impl Default for Terms {
    /// Every occasion is taken.
    fn default() -> Self {
        Self {
            probability: 1.0,
            once: false,
            cooldown: 0.0,
            from: i32::MIN,
            until: i32::MAX,
            requires: Vec::new(),
            excludes: Vec::new(),
        }
    }
}

impl Terms {
    /// Whether the event can happen on this day at all.
    pub fn may_on(&self, day: i32) -> bool {
        (self.from..=self.until).contains(&day)
    }
}

/// An event: a name, a time and what it changes.
#[derive(Clone, Debug)]
pub struct Event {
    /// The name in the scenario.
    pub name: String,
    /// The identity in the random streams.
    pub entity: Entity,
    /// When it has an occasion.
    pub timing: Timing,
    /// Which occasions it takes.
    pub terms: Terms,
    /// What it does, in the order written.
    pub changes: Vec<Change>,
}
