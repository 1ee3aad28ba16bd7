//! Who would defend whom against whom, and with what chance to win.

use crate::model::honour::{Honour, Word};
use crate::model::ids::StateId;
use crate::model::process::View;
use crate::model::treaty::Obligation;
use crate::model::world::World;

/// The defence partners of the target of every ordered pair that are free to fight the initiator.
/// Kept from step to step: it changes only with treaties and capabilities.
#[derive(Clone, Debug, Default)]
pub struct Deterrents {
    /// The first partner of each ordered pair, and the end of the last's.
    first: Vec<u32>,
    partners: Vec<StateId>,
    /// The chance that the target wins with this partner's help.
    winning: Vec<f64>,
    /// What all this was worked out for.
    capability: Vec<f64>,
    treaties: Option<u64>,
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
            winning: Vec::with_capacity(partners),
            capability: Vec::with_capacity(states),
            treaties: None,
        }
    }

    /// Forgets everything: a new trial begins.
    pub fn forget(&mut self) {
        self.treaties = None;
    }

    /// Works everything out afresh if anything it hangs on has changed.
    pub fn update(&mut self, view: &View<'_>, honour: &Honour) {
        let version = Some(view.world.treaties.version());
        if self.treaties == version && self.capability == view.world.capability {
            return;
        }
        self.treaties = version;
        self.capability.clear();
        self.capability.extend_from_slice(&view.world.capability);
        self.first.clear();
        self.partners.clear();
        self.winning.clear();
        for (_, i, j) in view.frame.pairs.iter() {
            self.first.push(self.end());
            for k in view.derived.partners(j).filter(|&k| defends(view.world, k, (i, j))) {
                self.partners.push(k);
                self.winning.push(honour.victory.of_target(view.world, (i, j), k));
            }
        }
        self.first.push(self.end());
    }

    fn end(&self) -> u32 {
        u32::try_from(self.partners.len()).expect("partners of 300 states are fewer than 2^32")
    }

    /// D_ij = 1 - prod_k (1 - r h_kj), how much the partners of `j` deter `i`.
    #[inline]
    pub fn of(&self, view: &View<'_>, honour: &Honour, r: f64, (i, j): (StateId, StateId)) -> f64 {
        let pair = view.frame.pairs.between(i, j).index();
        let range = self.first[pair] as usize..self.first[pair + 1] as usize;
        let partners = self.partners[range.clone()].iter().zip(&self.winning[range]);
        let alone = partners.fold(1.0, |alone, (&k, &winning)| {
            let word = Word {
                debtor: k,
                creditor: j,
                obligation: Obligation::Defence,
                alignment: view.world.alignment[view.frame.dyads.between(k, j).index()],
                winning,
            };
            alone * (1.0 - r * honour.probability(view.world, &word, view.now()))
        });
        1.0 - alone
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
