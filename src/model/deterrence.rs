//! How much the partners of a state deter others from attacking it.

use crate::model::honour::Honour;
use crate::model::ids::StateId;
use crate::model::math::batch::exp_all;
use crate::model::process::View;
use crate::model::treaty::{Obligation, Obligations};
use crate::model::world::World;

mod partners;

use partners::Partners;

/// How much the defence partners of the target of every ordered pair deter the initiator.
#[derive(Clone, Debug, Default)]
pub struct Deterrents {
    partners: Partners,
    /// The probability that each partner would keep its word.
    honour: Vec<f64>,
    /// To how many states each has broken its word, the factor for so many, and the factor for each
    /// creditor and debtor.
    broken: Vec<u32>,
    prices: Vec<f64>,
    factors: Vec<f64>,
    /// D_ij by ordered pair.
    deterred: Vec<f64>,
}

impl Deterrents {
    /// Room for the partners of as many states, within reason.
    pub fn with_room(states: usize) -> Self {
        let pairs = states * states.saturating_sub(1);
        let partners = Partners::with_room(states);
        Self {
            honour: Vec::with_capacity(partners.room()),
            broken: Vec::with_capacity(states),
            prices: Vec::with_capacity(states + 1),
            factors: Vec::with_capacity(states * states),
            deterred: vec![0.0; pairs],
            partners,
        }
    }

    /// Forgets everything: a new trial begins.
    pub fn forget(&mut self) {
        self.partners.forget();
        self.deterred.fill(0.0);
    }

    /// Works out D_ij = 1 - prod_k (1 - r h_kj), how much the partners k of `j` deter `i`.
    #[inline]
    pub fn update(&mut self, view: &View<'_>, honour: &Honour, r: f64) {
        self.partners.find(view, honour);
        let View { world, .. } = view;
        self.honour.clear();
        self.honour.extend(self.partners.all().iter().map(|partner| {
            let alignment = world.alignment[partner.dyad.index()];
            -honour.log_odds(Obligation::Defence, alignment, partner.winning)
        }));
        exp_all(&mut self.honour);
        self.honour.iter_mut().for_each(|h| *h = 1.0 / (1.0 + *h));
        self.pay_for_broken_words(view, honour);
        for (deterred, against) in self.deterred.iter_mut().zip(self.partners.by_pair()) {
            let partners = &self.honour[against];
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
        // A debtor may deter many from attacking the same creditor: its factor is worked out once.
        self.factors.clear();
        let creditors = (0..frame.states()).map(StateId::new);
        self.factors.extend(creditors.flat_map(|creditor| {
            let (broken, prices) = (&self.broken, &self.prices);
            broken.iter().enumerate().map(move |(debtor, &to_all)| {
                let to_it =
                    to_all > 0 && world.ledger.broken_to(StateId::new(debtor), creditor, since);
                prices[(to_all - u32::from(to_it)) as usize]
            })
        }));
        for (h, partner) in self.honour.iter_mut().zip(self.partners.all()) {
            let factors = &self.factors[partner.creditor.index() * frame.states()..];
            *h *= factors[partner.debtor.index()];
        }
    }

    /// D_ij by ordered pair, as last worked out; 0 before that.
    #[inline]
    pub fn all(&self) -> &[f64] {
        &self.deterred
    }
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
