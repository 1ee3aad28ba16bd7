//! What states owe each other under treaties.

use crate::model::ids::StateId;
use crate::model::treaty::{Obligation, Obligations};

/// How many treaties carry each obligation.
type Counts = [u32; Obligation::ALL.len()];

/// What each state owes each other, by ordered pair (row = debtor): how many treaties carry each
/// obligation, and which of them any does. Mostly the latter is asked, of all pairs in turn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Debts {
    counts: Vec<Counts>,
    any: Vec<Obligations>,
    states: usize,
}

impl Debts {
    /// No debts among so many states.
    pub(super) fn new(states: usize) -> Self {
        let pairs = states * states;
        let (counts, any) = (vec![Counts::default(); pairs], vec![Obligations::default(); pairs]);
        Self { counts, any, states }
    }

    /// Copies `other`, of as many states.
    pub(super) fn copy_from(&mut self, other: &Self) {
        self.counts.copy_from_slice(&other.counts);
        self.any.copy_from_slice(&other.any);
    }

    /// All that `debtor` owes `creditor`.
    #[inline]
    pub(super) fn of(&self, debtor: StateId, creditor: StateId) -> Obligations {
        self.any[debtor.index() * self.states + creditor.index()]
    }

    /// Counts a treaty with these obligations in or out. Whether any of them begins or ends by that.
    pub(super) fn count(
        &mut self,
        (debtor, creditor): (StateId, StateId),
        obligations: &[Obligation],
        up: bool,
    ) -> bool {
        let pair = debtor.index() * self.states + creditor.index();
        let before = self.any[pair];
        for &obligation in obligations {
            let entry = &mut self.counts[pair][obligation as usize];
            count(entry, up);
            self.any[pair] = self.any[pair].with(obligation, *entry > 0);
        }
        self.any[pair] != before
    }
}

/// Counts one up or down.
pub(super) fn count(entry: &mut u32, up: bool) {
    if up { *entry += 1 } else { *entry -= 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_obligation_lasts_as_long_as_any_treaty_carries_it() {
        let (a, b) = (StateId::new(0), StateId::new(1));
        let mut debts = Debts::new(2);
        let (defence, both) =
            ([Obligation::Defence], [Obligation::Defence, Obligation::Consultation]);
        assert!(debts.count((a, b), &defence, true));
        assert!(debts.count((a, b), &both, true));
        assert!(!debts.count((a, b), &defence, false));
        assert_eq!(debts.of(a, b), Obligations::of(&both));
        assert_eq!(debts.of(b, a), Obligations::default());
        assert!(debts.count((a, b), &both, false));
        assert_eq!(debts.of(a, b), Obligations::default());
    }
}
