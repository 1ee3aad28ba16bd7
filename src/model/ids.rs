//! Typed positions of states, dyads and the other entries of a scenario.
//!
//! A position says where something stands in a slice of one compiled scenario. It never reaches
//! the random streams: those know things by name ([`Entity`](crate::model::entity::Entity)).

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! position {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub struct $name(u32);

        impl $name {
            /// The id of the entry at `index`.
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("a scenario has fewer than 2^32 entries of a kind"))
            }

            /// The position in a slice.
            #[inline]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

position!(
    /// Position of a state.
    StateId
);
position!(
    /// Position of a dyad (an unordered pair of states).
    DyadId
);
position!(
    /// Position of an ordered pair of states.
    PairId
);
position!(
    /// Position of a treaty.
    TreatyId
);
position!(
    /// Position of a sanction entry.
    SanctionId
);
position!(
    /// Position of a war.
    WarId
);
position!(
    /// Position of an event.
    EventId
);

/// A parameter of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterId {
    /// The process's place in the registry.
    pub process: usize,
    /// The parameter's place in the process's table.
    pub place: usize,
}

/// A state's code: three capital letters, of ISO 3166 (alpha-3 or user-assigned) or of a former state.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateCode([u8; 3]);

impl StateCode {
    /// Reads a code; `None` unless it is three capital letters A-Z.
    pub fn new(text: &str) -> Option<Self> {
        let bytes: [u8; 3] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a code is ASCII letters")
    }
}

impl fmt::Display for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// All dyads of `n` states in the order (0,1), (0,2), ..., (1,2), ...
#[derive(Clone, Debug)]
pub struct Dyads {
    states: usize,
    pairs: Vec<(StateId, StateId)>,
    /// Every ordered pair with its dyad, in the order of [`Pairs`].
    ordered: Vec<(StateId, StateId, DyadId)>,
}

impl Dyads {
    /// The dyads of `states` states.
    pub fn new(states: usize) -> Self {
        let pairs = (0..states)
            .flat_map(|i| (i + 1..states).map(move |j| (StateId::new(i), StateId::new(j))))
            .collect();
        let mut dyads = Self { states, pairs, ordered: Vec::new() };
        let ordered = Pairs::new(states).iter();
        dyads.ordered = ordered.map(|(_, i, j)| (i, j, dyads.between(i, j))).collect();
        dyads
    }

    /// How many dyads there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether there is no dyad (fewer than two states).
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The two states of a dyad, the one with the lower position first.
    #[inline]
    pub fn pair(&self, dyad: DyadId) -> (StateId, StateId) {
        self.pairs[dyad.index()]
    }

    /// The dyads with their two states, in order.
    pub fn iter(&self) -> impl Iterator<Item = (DyadId, StateId, StateId)> + '_ {
        self.pairs.iter().enumerate().map(|(d, &(i, j))| (DyadId::new(d), i, j))
    }

    /// Every ordered pair with its dyad, by [`PairId`].
    #[inline]
    pub fn ordered(&self) -> &[(StateId, StateId, DyadId)] {
        &self.ordered
    }

    /// The dyad of two different states, in either order.
    #[inline]
    pub fn between(&self, a: StateId, b: StateId) -> DyadId {
        debug_assert_ne!(a, b, "a state forms no dyad with itself");
        let (i, j) = if a < b { (a.index(), b.index()) } else { (b.index(), a.index()) };
        DyadId::new(i * (2 * self.states - i - 1) / 2 + (j - i - 1))
    }
}

/// All ordered pairs of `n` states in the order (0,1), (0,2), ..., (1,0), (1,2), ...
#[derive(Clone, Copy, Debug)]
pub struct Pairs {
    states: usize,
}

impl Pairs {
    /// The ordered pairs of `states` states.
    pub fn new(states: usize) -> Self {
        Self { states }
    }

    /// How many ordered pairs there are.
    #[inline]
    pub fn len(self) -> usize {
        self.states * self.states.saturating_sub(1)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The pairs with their two states, in order.
    pub fn iter(self) -> impl Iterator<Item = (PairId, StateId, StateId)> {
        let states = 0..self.states;
        let all = states.flat_map(move |i| (0..self.states).map(move |j| (i, j)));
        let pairs = all.filter(|(i, j)| i != j).enumerate();
        pairs.map(|(p, (i, j))| (PairId::new(p), StateId::new(i), StateId::new(j)))
    }

    /// The pair from one state to another, different one.
    #[inline]
    pub fn between(self, from: StateId, to: StateId) -> PairId {
        debug_assert_ne!(from, to, "a state forms no pair with itself");
        let (i, j) = (from.index(), to.index());
        PairId::new(i * (self.states - 1) + j - usize::from(j > i))
    }

    /// The two states of a pair, in its order.
    #[inline]
    pub fn of(self, pair: PairId) -> (StateId, StateId) {
        let (i, j) = (pair.index() / (self.states - 1), pair.index() % (self.states - 1));
        (StateId::new(i), StateId::new(j + usize::from(j >= i)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ordered_pair_is_found_from_its_states() {
        for n in 0..7 {
            let pairs = Pairs::new(n);
            assert_eq!(pairs.iter().count(), pairs.len());
            for (at, (p, i, j)) in pairs.iter().enumerate() {
                assert_eq!((p.index(), pairs.between(i, j), pairs.of(p)), (at, p, (i, j)));
            }
        }
    }

    #[test]
    fn every_dyad_is_found_from_its_states_in_either_order() {
        for n in 0..9 {
            let dyads = Dyads::new(n);
            assert_eq!(dyads.len(), n * n.saturating_sub(1) / 2);
            for (d, i, j) in dyads.iter() {
                assert_eq!(dyads.between(i, j), d);
                assert_eq!(dyads.between(j, i), d);
            }
            let pairs = Pairs::new(n);
            assert_eq!(dyads.ordered().len(), pairs.len());
            for (pair, i, j) in pairs.iter() {
                assert_eq!(dyads.ordered()[pair.index()], (i, j, dyads.between(i, j)));
            }
        }
    }

    #[test]
    fn a_code_is_three_capital_letters() {
        assert_eq!(StateCode::new("PRK").unwrap().to_string(), "PRK");
        for bad in ["", "PR", "PRKO", "prk", "P1K", "ÄB"] {
            assert!(StateCode::new(bad).is_none(), "{bad}");
        }
    }
}
