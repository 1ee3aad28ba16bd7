//! Wars: two camps, those who began and those who joined.

use crate::model::entity::Entity;
use crate::model::ids::StateId;

/// A war of the scenario.
#[derive(Clone, Debug)]
pub struct War {
    /// The name in the scenario.
    pub name: String,
    /// The identity in the random streams.
    pub entity: Entity,
    /// Side A: those who attacked.
    pub attackers: Vec<StateId>,
    /// Side B: those who were attacked.
    pub targets: Vec<StateId>,
}

/// A side of a war.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Camp {
    /// Side A, the attacker's.
    Attacker,
    /// Side B, the target's.
    Target,
}

impl Camp {
    /// The other side.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Attacker => Self::Target,
            Self::Target => Self::Attacker,
        }
    }
}

/// A state's part in a war.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// None.
    #[default]
    Outside,
    /// It was there at the outbreak.
    First(Camp),
    /// It came in later.
    Joined(Camp),
}

impl Part {
    /// Its side, if it fights.
    pub fn camp(self) -> Option<Camp> {
        match self {
            Self::Outside => None,
            Self::First(camp) | Self::Joined(camp) => Some(camp),
        }
    }
}

/// How a war ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Without a winner.
    Draw,
    /// This side won.
    Won(Camp),
}
