//! Numbers that are distributions: drawn anew in every trial, each from its own stream.

use crate::model::correlation::Correlation;
use crate::model::distribution::Distribution;
use crate::model::entity::Entity;
use crate::model::ids::{DyadId, EventId, ParameterId, StateId};

/// Everything in a scenario that is uncertain.
#[derive(Clone, Debug, Default)]
pub struct Uncertainty {
    /// The numbers.
    pub numbers: Vec<Uncertain>,
    /// Which of them depend on each other.
    pub groups: Vec<Group>,
    /// What alignment follows from.
    pub ideal: Ideal,
}

/// An uncertain number.
#[derive(Clone, Debug)]
pub struct Uncertain {
    /// Its full key.
    pub key: String,
    /// Its identity in the random streams.
    pub entity: Entity,
    /// How it is distributed, cut to the range of its key.
    pub distribution: Distribution,
    /// How its author wrote it.
    pub written: String,
    /// What it is a value of.
    pub target: Target,
}

/// Uncertain numbers that depend on each other.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Which numbers, by position.
    pub members: Vec<usize>,
    /// How they depend on each other.
    pub correlation: Correlation,
}

/// Positions of states on the scale of UN votes.
#[derive(Clone, Debug, Default)]
pub struct Ideal {
    /// Where each state stands, if that is given.
    pub points: Vec<Option<f64>>,
    /// Which uncertain number it is, if it is one.
    pub numbers: Vec<Option<usize>>,
    /// Whether the alignment of a dyad follows from the two points.
    pub derived: Vec<bool>,
}

/// What a number is a value of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// A state's capability.
    Capability(StateId),
    /// A state's isolation.
    Isolation(StateId),
    /// A state's ideal point.
    IdealPoint(StateId),
    /// A dyad's alignment.
    Alignment(DyadId),
    /// A dyad's grievance.
    Grievance(DyadId),
    /// A dyad's distance.
    Distance(DyadId),
    /// A parameter of a process.
    Parameter(ParameterId),
    /// An event's rate.
    Rate(EventId),
    /// An event's probability.
    Probability(EventId),
    /// An event's cooldown.
    Cooldown(EventId),
    /// The number in a change of an event.
    Amount(EventId, usize),
    /// A named quantity.
    Quantity(usize),
}

impl Uncertainty {
    /// What the numbers are values of.
    pub fn targets(&self) -> impl Iterator<Item = &Target> {
        self.numbers.iter().map(|number| &number.target)
    }
}

/// The alignment that follows from two ideal points of UN votes: 1 - 2 |x_i - x_j| / 4, no less
/// than -1.
pub fn alignment(x: f64, y: f64) -> f64 {
    (1.0 - 2.0 * (x - y).abs() / 4.0).max(-1.0)
}
