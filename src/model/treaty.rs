//! Treaties: who is bound, to what, and which sides the treaty has.

use serde::{Deserialize, Serialize};

use crate::model::entity::Entity;
use crate::model::ids::StateId;

/// What a treaty obliges its members to, as the Alliance Treaty Obligations and Provisions
/// project (ATOP) tells obligations apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    pub const fn name(self) -> &'static str {
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

/// A set of obligations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Obligations(u8);

impl Obligations {
    /// The set of these.
    pub const fn of(obligations: &[Obligation]) -> Self {
        let (mut bits, mut n) = (0, 0);
        // A `for` would not be constant.
        while n < obligations.len() {
            bits |= 1 << obligations[n] as u8;
            n += 1;
        }
        Self(bits)
    }

    /// Whether one is in it.
    #[inline]
    pub const fn has(self, obligation: Obligation) -> bool {
        self.0 & 1 << obligation as u8 != 0
    }

    /// All that are in either.
    #[inline]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any is in both.
    #[inline]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The same with or without one.
    pub const fn with(self, obligation: Obligation, is_in: bool) -> Self {
        let bit = 1 << obligation as u8;
        Self(if is_in { self.0 | bit } else { self.0 & !bit })
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
    pub const fn name(self) -> &'static str {
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

/// How a signed treaty comes into force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ratification {
    /// With its signature.
    AtSignature,
    /// When process `ratification` says so.
    ByChance,
    /// When an event says so.
    ByEvent,
}

impl Ratification {
    /// Every way, with its name in scenario files.
    pub const NAMES: [(&'static str, Self); 3] = [
        ("at signature", Self::AtSignature),
        ("by chance", Self::ByChance),
        ("by event", Self::ByEvent),
    ];
}

/// What two states may agree on without a third: a layer of formation processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// A defence pact.
    Defence,
    /// A consultation pact.
    Consultation,
    /// A non-aggression pact.
    NonAggression,
    /// A political partnership without obligations.
    Partnership,
    /// An economic agreement.
    Economic,
}

impl Layer {
    /// Every layer.
    pub const ALL: [Self; 5] =
        [Self::Defence, Self::Consultation, Self::NonAggression, Self::Partnership, Self::Economic];

    /// What a treaty of this layer between two states is called, before their dyad.
    pub fn name(self) -> &'static str {
        match self {
            Self::Defence => "pact",
            Self::Consultation => "consultation",
            Self::NonAggression => "non-aggression",
            Self::Partnership => "partnership",
            Self::Economic => "economic",
        }
    }

    /// What it obliges to.
    pub fn obligations(self) -> Vec<Obligation> {
        match self {
            Self::Defence => vec![Obligation::Defence],
            Self::Consultation => vec![Obligation::Consultation],
            Self::NonAggression => vec![Obligation::NonAggression],
            Self::Partnership | Self::Economic => Vec::new(),
        }
    }

    /// The sides it has.
    pub fn dimensions(self) -> Vec<Dimension> {
        match self {
            Self::Defence | Self::Consultation | Self::NonAggression => {
                vec![Dimension::Military, Dimension::Political]
            }
            Self::Partnership => vec![Dimension::Political],
            Self::Economic => vec![Dimension::Economic],
        }
    }
}

/// A treaty that is, or may come, in force during a trial. Its text never changes; where it stands
/// and who has joined is in the [`World`](crate::model::world::World).
#[derive(Clone, Debug)]
pub struct Treaty {
    /// The name in the scenario; treaties the model forms are named after layer and dyad.
    pub name: String,
    /// The identity in the random streams.
    pub entity: Entity,
    /// Who signs, in order of position; none for a treaty whose founders are found in the trial.
    pub members: Vec<StateId>,
    /// Who may ever be a member, in order of position.
    pub candidates: Vec<StateId>,
    /// Number of the first of its seats among those of all treaties.
    pub first_seat: usize,
    /// Who owes the obligations, if not every member.
    pub debtors: Option<Vec<StateId>>,
    /// What is owed.
    pub obligations: Vec<Obligation>,
    /// The articles that hold the obligations, where the scenario names them.
    pub articles: [Option<String>; Obligation::ALL.len()],
    /// The sides of the treaty.
    pub dimensions: Vec<Dimension>,
    /// Whether defence is owed only to a member that is attacked without having chosen the war.
    pub conditional: bool,
    /// How it comes into force.
    pub ratification: Ratification,
    /// Whether states may accede by themselves.
    pub open: bool,
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

    /// Whether a member owes the obligations.
    pub fn binds(&self, member: StateId) -> bool {
        self.debtors.as_ref().is_none_or(|debtors| debtors.contains(&member))
    }

    /// Number of a candidate's seat among those of all treaties.
    ///
    /// # Panics
    /// If the state is no candidate.
    pub fn seat(&self, state: StateId) -> usize {
        let place = self.candidates.binary_search(&state).expect("only candidates have a seat");
        self.first_seat + place
    }
}
