//! A set of states for every state, as bits: who is bound to whom, and what two have in common.

use crate::model::ids::StateId;

/// States of a word.
const BITS: usize = u64::BITS as usize;

/// A set of states for every state.
#[derive(Clone, Debug, Default)]
pub struct StateSets {
    /// The sets one after the other, `words` words each.
    bits: Vec<u64>,
    words: usize,
}

impl StateSets {
    /// Empty sets of so many states.
    pub fn new(states: usize) -> Self {
        let words = states.div_ceil(BITS);
        Self { bits: vec![0; states * words], words }
    }

    /// Empties all.
    pub fn clear(&mut self) {
        self.bits.fill(0);
    }

    /// Puts `member` into the set of `state`.
    #[inline]
    pub fn insert(&mut self, state: StateId, member: StateId) {
        self.bits[state.index() * self.words + member.index() / BITS] |=
            1 << (member.index() % BITS);
    }

    /// Whether there is nobody in the set of `state`.
    #[inline]
    pub fn is_empty(&self, state: StateId) -> bool {
        self.words(state).iter().all(|&word| word == 0)
    }

    /// How many states are in the sets of both.
    #[inline]
    pub fn in_common(&self, a: StateId, b: StateId) -> u32 {
        self.words(a).iter().zip(self.words(b)).map(|(a, b)| (a & b).count_ones()).sum()
    }

    /// The states in the set of `state` that are not in the set of `other` among `excluded`, sets of as
    /// many states; in order of position.
    #[inline]
    pub fn without<'a>(
        &'a self,
        state: StateId,
        excluded: &'a Self,
        other: StateId,
    ) -> impl Iterator<Item = StateId> + 'a {
        let words = self.words(state).iter().zip(excluded.words(other));
        states(words.map(|(of, without)| of & !without))
    }

    /// Whether the set of `state` is the same in `others`, sets of as many states.
    #[inline]
    pub fn same(&self, state: StateId, others: &Self) -> bool {
        self.words(state) == others.words(state)
    }

    /// Whether [`StateSets::without`] is the same whichever of two the excluded are.
    #[inline]
    pub fn same_without(&self, state: StateId, excluded: (&Self, &Self), other: StateId) -> bool {
        let either = excluded.0.words(other).iter().zip(excluded.1.words(other));
        let words = self.words(state).iter().zip(either);
        words.fold(true, |same, (of, (one, two))| same & (of & (one ^ two) == 0))
    }

    /// The states in the set of `state`, in order of position.
    #[inline]
    pub fn members(&self, state: StateId) -> impl Iterator<Item = StateId> + '_ {
        states(self.words(state).iter().copied())
    }

    #[inline]
    fn words(&self, state: StateId) -> &[u64] {
        &self.bits[state.index() * self.words..][..self.words]
    }
}

/// The states whose bits are set.
#[inline]
fn states(words: impl Iterator<Item = u64>) -> impl Iterator<Item = StateId> {
    words.enumerate().flat_map(|(n, mut left)| {
        std::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (bit < BITS).then(|| StateId::new(BITS * n + bit))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_told_apart_across_words() {
        let [a, b, far] = [0, 1, 130].map(StateId::new);
        let (mut sets, mut others) = (StateSets::new(131), StateSets::new(131));
        for member in [3, 63, 64, 130] {
            sets.insert(a, StateId::new(member));
        }
        for member in [63, 130] {
            sets.insert(b, StateId::new(member));
            others.insert(far, StateId::new(member));
        }
        assert_eq!((sets.in_common(a, b), sets.in_common(a, far)), (2, 0));
        assert!(sets.is_empty(far) && !sets.is_empty(a));
        let left: Vec<_> = sets.without(a, &others, far).map(StateId::index).collect();
        assert_eq!(left, [3, 64]);
        assert!(sets.without(a, &others, b).eq(sets.members(a)));
        let none = StateSets::new(131);
        assert!(!sets.same(a, &none) && sets.same(far, &none));
        assert!(!sets.same_without(a, (&others, &none), far));
        // What is excluded is not in the set of `far`, which is empty.
        assert!(sets.same_without(far, (&others, &none), far));
        assert!(sets.same_without(a, (&others, &none), b));
        let all: Vec<_> = sets.members(a).map(StateId::index).collect();
        assert_eq!(all, [3, 63, 64, 130]);
        sets.clear();
        assert_eq!(sets.without(a, &others, b).count(), 0);
    }
}
