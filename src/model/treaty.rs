//! Treaties: who is bound, to what, and which sides the treaty has.

use crate::model::entity::Entity;
use crate::model::ids::{DyadId, StateId};

/// What a treaty obliges its members to, as the Alliance Treaty Obligations and Provisions
/// project (ATOP) tells obligations apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Obligation {
    /// To help a member that is attacked.
    Defence,
    /// To join a member's attack.
    Offence,
    /// To stay out of a member's war.
    Neutrality,
    /// Not to attack a member.
    NonAggression,
    /// To consult with a member.
    Consultation,
}

impl Obligation {
    /// Every obligation, in the order of their bits.
    pub const ALL: [Self; 5] =
        [Self::Defence, Self::Offence, Self::Neutrality, Self::NonAggression, Self::Consultation];

    /// The name in scenario files and results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Defence => "defence",
            Self::Offence => "offence",
            Self::Neutrality => "neutrality",
            Self::NonAggression => "non-aggression",
            Self::Consultation => "consultation",
        }
    }

    /// The obligation of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.name() == name)
    }
}

/// A side of a treaty. Each has one effect of its own (docs/model.md, "Treaties").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// The obligations enter the military layer of isolation.
    Military,
    /// The signature moves alignment.
    Political,
    /// The treaty enters the economic layer of isolation.
    Economic,
}

impl Dimension {
    /// Every dimension.
    pub const ALL: [Self; 3] = [Self::Military, Self::Political, Self::Economic];

    /// The name in scenario files and results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Military => "military",
            Self::Political => "political",
            Self::Economic => "economic",
        }
    }

    /// The dimension of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.name() == name)
    }
}

/// One state's obligations towards another under a treaty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bond {
    /// Who owes.
    pub debtor: StateId,
    /// Who is owed.
    pub creditor: StateId,
}

/// A treaty that is, or may come, in force during a trial. Its text never changes; whether it is
/// in force is in the [`World`](crate::model::world::World).
#[derive(Clone, Debug)]
pub struct Treaty {
    /// The name in the scenario; pacts the model forms are named after process and dyad.
    pub name: String,
    /// The identity in the random streams.
    pub entity: Entity,
    /// The members, in order of position.
    pub members: Vec<StateId>,
    /// What the debtors owe.
    pub obligations: Vec<Obligation>,
    /// Who owes whom: all members each other, unless the treaty names its debtors.
    pub bonds: Vec<Bond>,
    /// Every pair of members.
    pub dyads: Vec<DyadId>,
    /// The sides of the treaty.
    pub dimensions: Vec<Dimension>,
}

impl Treaty {
    /// Whether the treaty carries `obligation`.
    pub fn obliges(&self, obligation: Obligation) -> bool {
        self.obligations.contains(&obligation)
    }

    /// Whether the treaty has the side `dimension`.
    pub fn has(&self, dimension: Dimension) -> bool {
        self.dimensions.contains(&dimension)
    }
}
