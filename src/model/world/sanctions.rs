//! Which sanctions are in force: those of the scenario's entries, link by link, and those states
//! impose by themselves.

use crate::model::frame::Frame;
use crate::model::ids::{SanctionId, StateId};
use crate::model::sanction::SanctionTypes;

/// The sanctions of a world.
#[derive(Clone, Debug, PartialEq)]
pub struct Sanctions {
    /// Which links of the scenario's entries are in force.
    links: Vec<bool>,
    /// Which of them the last imposition of their entry brought into force.
    fresh: Vec<bool>,
    /// What each state has imposed on each by itself, by ordered pair (row = sender).
    own: Vec<SanctionTypes>,
    /// How many of them carry each type, by ordered pair.
    counts: Vec<[u32; SanctionTypes::NAMES.len()]>,
    states: usize,
    version: u64,
}

impl Sanctions {
    pub(super) fn new(frame: &Frame) -> Self {
        let n = frame.states();
        let links = frame.sanctions.iter().map(|entry| entry.links.len()).sum();
        Self {
            links: vec![false; links],
            fresh: vec![false; links],
            own: vec![SanctionTypes::default(); n * n],
            counts: vec![Default::default(); n * n],
            states: n,
            version: 0,
        }
    }

    pub(super) fn copy_from(&mut self, other: &Self) {
        self.links.copy_from_slice(&other.links);
        self.fresh.copy_from_slice(&other.fresh);
        self.own.copy_from_slice(&other.own);
        self.counts.copy_from_slice(&other.counts);
        self.version = other.version;
    }

    /// Counts changes: equal numbers within a trial mean that nothing has changed.
    pub fn version(&self) -> u64 {
        self.version
    }

    #[inline]
    fn at(&self, sender: StateId, target: StateId) -> usize {
        sender.index() * self.states + target.index()
    }

    /// s_ij: whether `sender` sanctions `target` in trade, finance or arms. Travel bans alone do
    /// not count (docs/model.md, "Sanctions").
    #[inline]
    pub fn bite(&self, sender: StateId, target: StateId) -> bool {
        self.counts[self.at(sender, target)][..3].iter().any(|&count| count > 0)
    }

    /// Whether `sender` sanctions `target` in any way.
    #[inline]
    pub fn any(&self, sender: StateId, target: StateId) -> bool {
        self.counts[self.at(sender, target)].iter().any(|&count| count > 0)
    }

    /// Whether `sender` sanctions `target` by type number `bit`.
    #[inline]
    pub fn by_type(&self, sender: StateId, target: StateId, bit: usize) -> bool {
        self.counts[self.at(sender, target)][bit] > 0
    }

    /// Whether any link of an entry is in force.
    pub fn entry_on(&self, frame: &Frame, id: SanctionId) -> bool {
        let entry = &frame.sanctions[id.index()];
        self.links[entry.first_link..][..entry.links.len()].iter().any(|&on| on)
    }

    /// The links that the last imposition of an entry brought into force. Others may have been in
    /// force already: pairs lift their sanctions one by one.
    pub fn imposed<'a>(
        &'a self,
        frame: &'a Frame,
        id: SanctionId,
    ) -> impl Iterator<Item = (StateId, StateId)> + 'a {
        let entry = &frame.sanctions[id.index()];
        let fresh = &self.fresh[entry.first_link..][..entry.links.len()];
        entry.links.iter().zip(fresh).filter(|(_, fresh)| **fresh).map(|(&link, _)| link)
    }

    /// Puts an entry's own links in force, or all of its links out of force. False if that changes
    /// nothing.
    pub fn set_entry(&mut self, frame: &Frame, id: SanctionId, on: bool) -> bool {
        let own = frame.sanctions[id.index()].own;
        self.set_links(frame, id, on, |n, _| !on || n < own)
    }

    /// Lets a state join an entry that is in force. False if that changes nothing.
    pub fn join(&mut self, frame: &Frame, id: SanctionId, state: StateId) -> bool {
        self.entry_on(frame, id) && self.set_links(frame, id, true, |_, sender| sender == state)
    }

    fn set_links(
        &mut self,
        frame: &Frame,
        id: SanctionId,
        on: bool,
        which: impl Fn(usize, StateId) -> bool,
    ) -> bool {
        let entry = &frame.sanctions[id.index()];
        let mut changed = false;
        for (n, &(sender, target)) in entry.links.iter().enumerate() {
            let at = entry.first_link + n;
            let differs = which(n, sender) && std::mem::replace(&mut self.links[at], on) != on;
            self.fresh[at] = on && differs;
            if differs {
                let pair = self.at(sender, target);
                count(&mut self.counts[pair], entry.types, on);
                changed = true;
            }
        }
        self.version += u64::from(changed);
        changed
    }

    /// Lets `sender` sanction `target` by itself. False if it sanctions the target by all these
    /// types already.
    pub fn impose(&mut self, sender: StateId, target: StateId, types: SanctionTypes) -> bool {
        let at = self.at(sender, target);
        let held = (0..SanctionTypes::NAMES.len()).filter(|&bit| types.holds(bit));
        if held.clone().all(|bit| self.counts[at][bit] > 0) {
            return false;
        }
        self.version += 1;
        for bit in held.filter(|&bit| !self.own[at].holds(bit)) {
            self.counts[at][bit] += 1;
        }
        self.own[at] = self.own[at].with(types);
        true
    }

    /// Lifts everything that `sender` has imposed on `target`, of whatever origin. False if there
    /// is nothing.
    pub fn lift(&mut self, frame: &Frame, sender: StateId, target: StateId) -> bool {
        if !self.any(sender, target) {
            return false;
        }
        self.version += 1;
        let at = self.at(sender, target);
        self.counts[at] = Default::default();
        self.own[at] = SanctionTypes::default();
        for entry in &frame.sanctions {
            let links =
                entry.links.iter().enumerate().filter(|(_, link)| **link == (sender, target));
            links.for_each(|(n, _)| self.links[entry.first_link + n] = false);
        }
        true
    }
}

fn count(counts: &mut [u32; SanctionTypes::NAMES.len()], types: SanctionTypes, up: bool) {
    for (bit, entry) in counts.iter_mut().enumerate().filter(|(bit, _)| types.holds(*bit)) {
        debug_assert!(up || *entry > 0, "type {bit} is lifted only where it was imposed");
        if up { *entry += 1 } else { *entry -= 1 }
    }
}
