//! Sanctions: who sanctions whom, by which measures.

use crate::model::ids::StateId;

/// A sanction entry of the scenario.
#[derive(Clone, Debug)]
pub struct Sanction {
    /// The name in the scenario.
    pub name: String,
    /// Every pair of a sender and a target: those of the entry, then those of states that may join.
    pub links: Vec<(StateId, StateId)>,
    /// How many of the links are the entry's own.
    pub own: usize,
    /// The number of the first of its links among those of all entries.
    pub first_link: usize,
    /// The types of measures.
    pub types: SanctionTypes,
}

/// A set of types of sanction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SanctionTypes(u8);

impl SanctionTypes {
    /// The types by name, in the order of their bits.
    pub const NAMES: [&'static str; 4] = ["trade", "financial", "arms", "travel"];

    /// Number of the trade type.
    pub const TRADE: usize = 0;

    /// Number of the arms type.
    pub const ARMS: usize = 2;

    /// The set holding only the type of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|n| *n == name).map(Self::only)
    }

    /// The set holding only type number `bit`.
    pub fn only(bit: usize) -> Self {
        Self(1 << bit)
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

    /// Whether the set holds nothing.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The names of the types it holds.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().enumerate().filter(move |(bit, _)| self.holds(*bit)).map(|(_, n)| n)
    }
}
