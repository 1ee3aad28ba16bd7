//! Who would defend whom against whom, and with what chance to win.

use crate::model::frame::Frame;
use crate::model::honour::Honour;
use crate::model::ids::{DyadId, StateId};
use crate::model::math::batch::exp_all;
use crate::model::process::View;
use crate::model::state_sets::StateSets;
use crate::model::treaty::{Obligation, Obligations};
use crate::model::victory::Victory;
use crate::model::world::World;

/// How much the defence partners of the target of every ordered pair deter the initiator.
///
/// Who they are, and their chance to win, is kept from step to step: it changes only with what is
/// owed and with capabilities.
#[derive(Clone, Debug, Default)]
pub struct Deterrents {
    /// The first partner of each ordered pair, and the end of the last's.
    first: Vec<usize>,
    partners: Vec<Partner>,
    /// The probability that each partner would keep its word.
    honour: Vec<f64>,
    /// To how many states each has broken its word, and the factor for so many.
    broken: Vec<u32>,
    prices: Vec<f64>,
    /// D_ij by ordered pair.
    deterred: Vec<f64>,
    /// Who owes each defence, and who is bound not to fight it.
    debtors: StateSets,
    bound: StateSets,
    /// What the partners were worked out for.
    capability: Vec<f64>,
    owed: Option<u64>,
    victory: Option<Victory>,
    /// Partners before these, and whose capability has not changed since.
    old_first: Vec<usize>,
    old_partners: Vec<Partner>,
    unchanged: Vec<bool>,
    /// States for which this holds, and for all who owe them defence.
    settled: Vec<bool>,
    /// Partners whose chance to win is to be worked out, and their chances.
    stale: Vec<usize>,
    chances: Vec<f64>,
}

/// A defence partner of a target that is free to fight the initiator.
#[derive(Clone, Copy, Debug)]
struct Partner {
    debtor: StateId,
    creditor: StateId,
    dyad: DyadId,
    /// The chance that the target wins with its help.
    winning: f64,
}

/// Partners, over all pairs, for which there is room from the start.
const ROOM: usize = 1 << 16;

impl Deterrents {
    /// Room for the partners of as many states, within reason.
    pub fn with_room(states: usize) -> Self {
        let pairs = states * states.saturating_sub(1);
        let partners = (pairs * states).min(ROOM);
        Self {
            first: Vec::with_capacity(pairs + 1),
            partners: Vec::with_capacity(partners),
            honour: Vec::with_capacity(partners),
            broken: Vec::with_capacity(states),
            prices: Vec::with_capacity(states + 1),
            deterred: vec![0.0; pairs],
            debtors: StateSets::new(states),
            bound: StateSets::new(states),
            capability: Vec::with_capacity(states),
            owed: None,
            victory: None,
            old_first: Vec::with_capacity(pairs + 1),
            old_partners: Vec::with_capacity(partners),
            unchanged: Vec::with_capacity(states),
            settled: Vec::with_capacity(states),
            stale: Vec::with_capacity(partners),
            chances: Vec::with_capacity(partners),
        }
    }

    /// Forgets everything: a new trial begins.
    pub fn forget(&mut self) {
        self.owed = None;
        self.deterred.fill(0.0);
    }

    /// Works out D_ij = 1 - prod_k (1 - r h_kj), how much the partners k of `j` deter `i`.
    #[inline]
    pub fn update(&mut self, view: &View<'_>, honour: &Honour, r: f64) {
        self.find_partners(view, honour);
        let View { world, .. } = view;
        self.honour.clear();
        self.honour.extend(self.partners.iter().map(|partner| {
            let alignment = world.alignment[partner.dyad.index()];
            -honour.log_odds(Obligation::Defence, alignment, partner.winning)
        }));
        exp_all(&mut self.honour);
        self.honour.iter_mut().for_each(|h| *h = 1.0 / (1.0 + *h));
        self.pay_for_broken_words(view, honour);
        for (deterred, ends) in self.deterred.iter_mut().zip(self.first.windows(2)) {
            let partners = &self.honour[ends[0]..ends[1]];
            *deterred = 1.0 - partners.iter().fold(1.0, |alone, h| alone * (1.0 - r * h));
        }
    }

    /// Multiplies honour by the factor for words that the debtors have broken to others.
    fn pay_for_broken_words(&mut self, view: &View<'_>, honour: &Honour) {
        let View { frame, world, .. } = view;
        if !world.ledger.any_broken() {
            return;
        }
        let since = honour.remembered_since(view.now());
        let states = (0..frame.states()).map(StateId::new);
        self.broken.clear();
        self.broken.extend(states.map(|debtor| world.ledger.broken(debtor, since)));
        let most = self.broken.iter().copied().fold(0, u32::max);
        self.prices.clear();
        self.prices.extend((0..=most).map(|broken| honour.price(broken)));
        for (h, partner) in self.honour.iter_mut().zip(&self.partners) {
            let to_all = self.broken[partner.debtor.index()];
            if to_all > 0 {
                let to_it = world.ledger.broken_to(partner.debtor, partner.creditor, since);
                *h *= self.prices[(to_all - u32::from(to_it)) as usize];
            }
        }
    }

    /// D_ij by ordered pair, as last worked out; 0 before that.
    #[inline]
    pub fn all(&self) -> &[f64] {
        &self.deterred
    }

    /// Finds the partners and their chances to win, if anything these hang on has changed. A chance
    /// is worked out again only if a capability in it has.
    fn find_partners(&mut self, view: &View<'_>, honour: &Honour) {
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
            self.partners[partner].winning = winning;
        }
        // Last: a trial that is cut short before leaves nothing that could be taken for whole.
        (self.owed, self.victory) = (owed, victory);
    }

    /// Asks for the chances in which a capability has changed.
    fn follow_capability(&mut self, frame: &Frame) {
        let Self { first, partners, unchanged, settled, capability, stale, chances, .. } = self;
        let unchanged = |state: StateId| unchanged[state.index()];
        settled.clear();
        settled.extend(
            (0..frame.states())
                .map(StateId::new)
                .map(|target| unchanged(target) && self.debtors.members(target).all(unchanged)),
        );
        for (&(i, j, _), ends) in frame.dyads.ordered().iter().zip(first.windows(2)) {
            if unchanged(i) && settled[j.index()] {
                continue;
            }
            let pair = unchanged(i) && unchanged(j);
            for (at, partner) in (ends[0]..).zip(&partners[ends[0]..ends[1]]) {
                if !(pair && unchanged(partner.debtor)) {
                    stale.push(at);
                    chances.push(ratio(capability, (i, j), partner.debtor));
                }
            }
        }
    }

    /// Lists the partners anew; chances that are known still are taken over, the others asked for.
    fn list_partners(&mut self, frame: &Frame, world: &World) {
        std::mem::swap(&mut self.first, &mut self.old_first);
        std::mem::swap(&mut self.partners, &mut self.old_partners);
        let whole = self.old_first.len() > frame.pairs.len();
        self.follow_promises(frame, world);
        self.first.clear();
        self.partners.clear();
        for (pair, &(i, j, _)) in frame.dyads.ordered().iter().enumerate() {
            self.first.push(self.partners.len());
            if self.debtors.is_empty(j) {
                continue;
            }
            // Both lists are in order of position.
            let mut known = if whole && self.unchanged[i.index()] && self.unchanged[j.index()] {
                &self.old_partners[self.old_first[pair]..self.old_first[pair + 1]]
            } else {
                &[]
            };
            for k in self.debtors.without(j, &self.bound, i).filter(|&k| k != i) {
                while known.first().is_some_and(|known| known.debtor < k) {
                    known = &known[1..];
                }
                let winning = known.first().filter(|known| known.debtor == k);
                let winning = winning.filter(|_| self.unchanged[k.index()]).map(|old| old.winning);
                if winning.is_none() {
                    self.stale.push(self.partners.len());
                    self.chances.push(ratio(&self.capability, (i, j), k));
                }
                self.partners.push(Partner {
                    debtor: k,
                    creditor: j,
                    dyad: frame.dyads.between(k, j),
                    winning: winning.unwrap_or(f64::NAN),
                });
            }
        }
        self.first.push(self.partners.len());
    }

    /// Who owes defence, and who is bound not to fight.
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

/// The ratio of the capability of `i` to that of `j` with the help of `k`.
#[inline]
fn ratio(capability: &[f64], (i, j): (StateId, StateId), k: StateId) -> f64 {
    let c = |state: StateId| capability[state.index()];
    c(i) / (c(j) + c(k))
}

/// What a state that owes any of it does not fight.
const NOT_TO_FIGHT: Obligations = Obligations::of(&[
    Obligation::Defence,
    Obligation::Offence,
    Obligation::Neutrality,
    Obligation::NonAggression,
]);

/// Whether anything a state has promised to another forbids it to fight that other.
pub fn bound_to(world: &World, state: StateId, other: StateId) -> bool {
    world.treaties.owed_by(state, other).meets(NOT_TO_FIGHT)
}
