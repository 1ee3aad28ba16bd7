//! Events the scenario's author schedules, as the model sees them.

use crate::model::change::Change;
use crate::model::entity::Entity;

/// When an event happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Timing {
    /// On a day, counted from the start of the run.
    Day(i32),
    /// At random, any number of times, at a constant rate (1/year).
    Rate(f64),
}

/// An event: a name, a time and what it changes.
#[derive(Clone, Debug)]
pub struct Event {
    /// The name in the scenario.
    pub name: String,
    /// The identity in the random streams.
    pub entity: Entity,
    /// When it happens.
    pub timing: Timing,
    /// What it does, in the order written.
    pub changes: Vec<Change>,
}
