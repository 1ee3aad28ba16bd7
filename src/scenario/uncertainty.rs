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
    /// Which of them depend on each other, or did before a variant or the command line made the others
    /// certain.
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
    /// Its members, in the order of the correlation.
    pub members: Vec<Member>,
    /// How they depend on each other.
    pub correlation: Correlation,
}

/// A member of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its identity in the random streams.
    pub entity: Entity,
    /// Which uncertain number it is, by position. None if a variant or the command line has made it
    /// certain: it is drawn all the same, so that what is drawn for the others stays as it was.
    pub number: Option<usize>,
}

impl Group {
    /// The members that are uncertain: their place in the group, and which number each is.
    pub fn uncertain(&self) -> Vec<(usize, usize)> {
        let members = self.members.iter().enumerate();
        members.filter_map(|(place, member)| Some((place, member.number?))).collect()
    }
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
    /// The groups in which at least two numbers are uncertain: those that depend on each other.
    pub fn together(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(|group| group.uncertain().len() > 1)
    }

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
