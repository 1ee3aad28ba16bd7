//! Who would defend whom against whom, and with what chance to win.

use crate::model::frame::Frame;
use crate::model::honour::Honour;
use crate::model::ids::{DyadId, StateId};
use crate::model::math::batch::exp_all;
use crate::model::process::View;
use crate::model::treaty::Obligation;
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
    /// D_ij by ordered pair.
    deterred: Vec<f64>,
    /// What the partners were worked out for.
    capability: Vec<f64>,
    owed: Option<u64>,
    victory: Option<Victory>,
    /// Partners before these, and whose capability has not changed since.
    old_first: Vec<usize>,
    old_partners: Vec<Partner>,
    unchanged: Vec<bool>,
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
            deterred: vec![0.0; pairs],
            capability: Vec::with_capacity(states),
            owed: None,
            victory: None,
            old_first: Vec::with_capacity(pairs + 1),
            old_partners: Vec::with_capacity(partners),
            unchanged: Vec::with_capacity(states),
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
        for (h, partner) in self.honour.iter_mut().zip(&self.partners) {
            let pair = (partner.debtor, partner.creditor);
            *h = 1.0 / (1.0 + *h) * honour.factor(world, pair, view.now());
        }
        for (deterred, ends) in self.deterred.iter_mut().zip(self.first.windows(2)) {
            let partners = &self.honour[ends[0]..ends[1]];
            *deterred = 1.0 - partners.iter().fold(1.0, |alone, h| alone * (1.0 - r * h));
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
        self.unchanged.clear();
        let capabilities = self.capability.iter().zip(&world.capability);
        self.unchanged.extend(capabilities.map(|(before, now)| comparable && before == now));
        self.unchanged.resize(frame.states(), false);
        self.capability.clone_from(&world.capability);
        if same.0 {
            self.follow_capability(frame, world, honour);
        } else {
            self.list_partners(view, honour);
        }
        // Last: a trial that is cut short before leaves nothing that could be taken for whole.
        (self.owed, self.victory) = (owed, victory);
    }

    /// Works out the chances in which a capability has changed.
    fn follow_capability(&mut self, frame: &Frame, world: &World, honour: &Honour) {
        for (&(i, j, _), ends) in frame.dyads.ordered().iter().zip(self.first.windows(2)) {
            let pair = self.unchanged[i.index()] && self.unchanged[j.index()];
            for partner in &mut self.partners[ends[0]..ends[1]] {
                if !(pair && self.unchanged[partner.debtor.index()]) {
                    partner.winning = honour.victory.of_target(world, (i, j), partner.debtor);
                }
            }
        }
    }

    /// Lists the partners anew; chances that are known still are taken over.
    fn list_partners(&mut self, view: &View<'_>, honour: &Honour) {
        let View { frame, world, .. } = view;
        std::mem::swap(&mut self.first, &mut self.old_first);
        std::mem::swap(&mut self.partners, &mut self.old_partners);
        let whole = self.old_first.len() > frame.pairs.len();
        self.first.clear();
        self.partners.clear();
        for (pair, &(i, j, _)) in frame.dyads.ordered().iter().enumerate() {
            self.first.push(self.partners.len());
            let known = if whole && self.unchanged[i.index()] && self.unchanged[j.index()] {
                &self.old_partners[self.old_first[pair]..self.old_first[pair + 1]]
            } else {
                &[]
            };
            for k in view.derived.partners(j).filter(|&k| defends(world, k, (i, j))) {
                let known = known.iter().find(|known| known.debtor == k);
                let known = known.filter(|_| self.unchanged[k.index()]);
                let winning = known.map_or_else(
                    || honour.victory.of_target(world, (i, j), k),
                    |known| known.winning,
                );
                let dyad = frame.dyads.between(k, j);
                self.partners.push(Partner { debtor: k, creditor: j, dyad, winning });
            }
        }
        self.first.push(self.partners.len());
    }
}

/// Whether `k` owes `j` defence and nothing forbids it to fight `i`.
fn defends(world: &World, k: StateId, (i, j): (StateId, StateId)) -> bool {
    k != i && world.treaties.owes(k, j, Obligation::Defence) && !bound_to(world, k, i)
}

/// Whether anything a state has promised to another forbids it to fight that other.
pub fn bound_to(world: &World, state: StateId, other: StateId) -> bool {
    [Obligation::Defence, Obligation::Offence, Obligation::Neutrality, Obligation::NonAggression]
        .into_iter()
        .any(|obligation| world.treaties.owes(state, other, obligation))
}
