//! Who would defend whom against whom, and with what chance to win.

use std::ops::Range;

use super::bound_to;
use crate::model::frame::Frame;
use crate::model::honour::Honour;
use crate::model::ids::{DyadId, StateId};
use crate::model::process::View;
use crate::model::state_sets::StateSets;
use crate::model::treaty::Obligation;
use crate::model::victory::Victory;
use crate::model::world::World;

/// A defence partner of a target that is free to fight the initiator.
#[derive(Clone, Copy, Debug)]
pub(super) struct Partner {
    pub(super) debtor: StateId,
    pub(super) creditor: StateId,
    pub(super) dyad: DyadId,
    /// The chance that the target wins with its help.
    pub(super) winning: f64,
}

/// The defence partners of the target of every ordered pair.
///
/// Who they are, and their chance to win, is kept from step to step: it changes only with what is
/// owed and with capabilities.
#[derive(Clone, Debug, Default)]
pub(super) struct Partners {
    now: List,
    /// The list before it, which lends what has not changed.
    before: List,
    /// What the list was worked out for.
    capability: Vec<f64>,
    owed: Option<u64>,
    victory: Option<Victory>,
    /// States whose capability has not changed since the list before.
    unchanged: Vec<bool>,
    /// States for which this holds, and for all who owe them defence.
    settled: Vec<bool>,
    /// Partners whose chance to win is to be worked out, and their chances.
    stale: Vec<usize>,
    chances: Vec<f64>,
}

/// Partners by ordered pair.
#[derive(Clone, Debug, Default)]
struct List {
    /// The first partner of each ordered pair, and the end of the last's.
    first: Vec<usize>,
    partners: Vec<Partner>,
    /// Who owes each defence, and who is bound not to fight it.
    debtors: StateSets,
    bound: StateSets,
}

/// Partners, over all pairs, for which there is room from the start.
const ROOM: usize = 1 << 16;

impl List {
    fn with_room(states: usize, partners: usize) -> Self {
        Self {
            first: Vec::with_capacity(states * states.saturating_sub(1) + 1),
            partners: Vec::with_capacity(partners),
            debtors: StateSets::new(states),
            bound: StateSets::new(states),
        }
    }

    fn of(&self, pair: usize) -> Range<usize> {
        self.first[pair]..self.first[pair + 1]
    }

    /// Whether the partners of `j` against `i` are the same in both.
    fn same(&self, other: &Self, i: StateId, j: StateId) -> bool {
        self.debtors.same(j, &other.debtors)
            && self.debtors.same_without(j, (&self.bound, &other.bound), i)
    }

    /// Notes who owes defence, and who is bound not to fight.
    fn follow_promises(&mut self, frame: &Frame, world: &World) {
        self.debtors.clear();
        self.bound.clear();
        for &(k, other, _) in frame.dyads.ordered() {
            if world.treaties.owes(k, other, Obligation::Defence) {
                self.debtors.insert(other, k);
            }
            if bound_to(world, k, other) {
                self.bound.insert(other, k);
            }
        }
    }
}

impl Partners {
    /// Room for the partners of as many states, within reason.
    pub(super) fn with_room(states: usize) -> Self {
        let partners = (states * states.saturating_sub(1) * states).min(ROOM);
        Self {
            now: List::with_room(states, partners),
            before: List::with_room(states, partners),
            capability: Vec::with_capacity(states),
            owed: None,
            victory: None,
            unchanged: Vec::with_capacity(states),
            settled: Vec::with_capacity(states),
            stale: Vec::with_capacity(partners),
            chances: Vec::with_capacity(partners),
        }
    }

    /// For how many partners there is room.
    pub(super) fn room(&self) -> usize {
        self.now.partners.capacity()
    }

    /// Forgets what the list was worked out for: a new trial begins.
    pub(super) fn forget(&mut self) {
        self.owed = None;
    }

    /// The partners of all pairs, one pair after the other.
    pub(super) fn all(&self) -> &[Partner] {
        &self.now.partners
    }

    /// Where the partners of each ordered pair stand.
    pub(super) fn by_pair(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.now.first.windows(2).map(|ends| ends[0]..ends[1])
    }

    /// Finds the partners and their chances to win, if anything these hang on has changed. A chance
    /// is worked out again only if a capability in it has.
    pub(super) fn find(&mut self, view: &View<'_>, honour: &Honour) {
        let View { frame, world, .. } = view;
        let owed = Some(world.treaties.owed_version());
        let victory = Some(honour.victory);
        let same = (self.owed == owed, self.victory == victory);
        if same == (true, true) && self.capability == world.capability {
            return;
        }
        // A chance depends on nothing else, so those of the trial before are as good.
        let comparable = same.1;
        // Until they are worked out, chances are those of no rule.
        self.victory = None;
        self.unchanged.clear();
        let capabilities = self.capability.iter().zip(&world.capability);
        self.unchanged.extend(capabilities.map(|(before, now)| comparable && before == now));
        self.unchanged.resize(frame.states(), false);
        self.capability.clone_from(&world.capability);
        self.stale.clear();
        self.chances.clear();
        if same.0 {
            self.follow_capability(frame);
        } else {
            self.list_partners(frame, world);
        }
        honour.victory.of_targets(&mut self.chances);
        for (&partner, &winning) in self.stale.iter().zip(&self.chances) {
            self.now.partners[partner].winning = winning;
        }
        // Last: a trial that is cut short before leaves nothing that could be taken for whole.
        (self.owed, self.victory) = (owed, victory);
    }

    /// Asks for the chances in which a capability has changed.
    fn follow_capability(&mut self, frame: &Frame) {
        self.settle(frame);
        for (pair, &(i, j, _)) in frame.dyads.ordered().iter().enumerate() {
            self.ask((i, j), self.now.of(pair));
        }
    }

    /// Finds the states whose capability has not changed, nor that of any who owe them defence.
    fn settle(&mut self, frame: &Frame) {
        let Self { settled, unchanged, now: List { debtors, .. }, .. } = self;
        let unchanged = |state: StateId| unchanged[state.index()];
        let targets = (0..frame.states()).map(StateId::new);
        settled.clear();
        settled.extend(
            targets.map(|target| unchanged(target) && debtors.members(target).all(unchanged)),
        );
    }

    /// Asks for the chances of these partners of a pair in which a capability has changed.
    fn ask(&mut self, (i, j): (StateId, StateId), partners: Range<usize>) {
        let unchanged = |state: StateId| self.unchanged[state.index()];
        if unchanged(i) && self.settled[j.index()] {
            return;
        }
        let pair = unchanged(i) && unchanged(j);
        for (at, partner) in partners.clone().zip(&self.now.partners[partners]) {
            if !(pair && unchanged(partner.debtor)) {
                self.stale.push(at);
                self.chances.push(ratio(&self.capability, (i, j), partner.debtor));
            }
        }
    }

    /// Lists the partners anew; chances that are known still are taken over, the others asked for.
    fn list_partners(&mut self, frame: &Frame, world: &World) {
        std::mem::swap(&mut self.now, &mut self.before);
        let whole = self.before.first.len() > frame.pairs.len();
        self.now.follow_promises(frame, world);
        self.settle(frame);
        self.now.first.clear();
        self.now.partners.clear();
        for (pair, &(i, j, _)) in frame.dyads.ordered().iter().enumerate() {
            let start = self.now.partners.len();
            self.now.first.push(start);
            if self.now.debtors.is_empty(j) {
                continue;
            }
            let old = if whole { self.before.of(pair) } else { 0..0 };
            if whole && self.now.same(&self.before, i, j) {
                self.now.partners.extend_from_slice(&self.before.partners[old]);
                self.ask((i, j), start..self.now.partners.len());
            } else {
                self.list_of_pair(frame, (i, j), old);
            }
        }
        self.now.first.push(self.now.partners.len());
    }

    /// Lists the partners of a pair, given where those of the last list stand.
    fn list_of_pair(&mut self, frame: &Frame, (i, j): (StateId, StateId), old: Range<usize>) {
        // Both lists are in order of position.
        let mut known = if self.unchanged[i.index()] && self.unchanged[j.index()] {
            &self.before.partners[old]
        } else {
            &[]
        };
        for k in self.now.debtors.without(j, &self.now.bound, i).filter(|&k| k != i) {
            while known.first().is_some_and(|known| known.debtor < k) {
                known = &known[1..];
            }
            let winning = known.first().filter(|known| known.debtor == k);
            let winning = winning.filter(|_| self.unchanged[k.index()]).map(|old| old.winning);
            if winning.is_none() {
                self.stale.push(self.now.partners.len());
                self.chances.push(ratio(&self.capability, (i, j), k));
            }
            self.now.partners.push(Partner {
                debtor: k,
                creditor: j,
                dyad: frame.dyads.between(k, j),
                winning: winning.unwrap_or(f64::NAN),
            });
        }
    }
}

/// The ratio of the capability of `i` to that of `j` with the help of `k`.
#[inline]
fn ratio(capability: &[f64], (i, j): (StateId, StateId), k: StateId) -> f64 {
    let c = |state: StateId| capability[state.index()];
    c(i) / (c(j) + c(k))
}
