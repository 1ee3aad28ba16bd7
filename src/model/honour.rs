//! Whether a state keeps its word.

use crate::model::ids::StateId;
use crate::model::math::{logistic, logit};
use crate::model::process::{Chance, Reasons, Term};
use crate::model::treaty::Obligation;
use crate::model::victory::Victory;
use crate::model::world::World;

/// h_kj = logistic(logit h0 + g_a (a_kj - a_ref) + g_w (2 p_win - 1)) times `reputation` for each
/// other state to whom k has broken its word in the last `reputation_years`.
#[derive(Clone, Debug, PartialEq)]
pub struct Honour {
    /// Base rates h0, by obligation; one for consultation is never used.
    base: [f64; Obligation::ALL.len()],
    /// Their logits.
    logits: [f64; Obligation::ALL.len()],
    /// Weight of alignment with the creditor.
    pub g_a: f64,
    /// The alignment at which it adds nothing.
    pub a_ref: f64,
    /// Weight of the chance to win.
    pub g_w: f64,
    /// Factor for each broken word.
    pub reputation: f64,
    /// How long a broken word is held against a state (years).
    pub reputation_years: f64,
    /// The chance to win.
    pub victory: Victory,
}

/// The parts of a probability of keeping one's word.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Who owes.
    pub debtor: StateId,
    /// Who is owed.
    pub creditor: StateId,
    /// What is owed.
    pub obligation: Obligation,
    /// Alignment of the two.
    pub alignment: f64,
    /// Chance that the creditor's side wins.
    pub winning: f64,
}

impl Honour {
    /// Honour with these base rates by obligation, weights (of alignment beyond `a_ref`, of the
    /// chance to win) and price of a broken word (a factor, for so many years).
    pub fn new(
        base: [f64; Obligation::ALL.len()],
        (g_a, a_ref, g_w): (f64, f64, f64),
        (reputation, reputation_years): (f64, f64),
        victory: Victory,
    ) -> Self {
        let logits = base.map(logit);
        Self { base, logits, g_a, a_ref, g_w, reputation, reputation_years, victory }
    }

    /// The log-odds of keeping one's word, before what broken words cost.
    #[inline]
    pub fn log_odds(&self, obligation: Obligation, alignment: f64, winning: f64) -> f64 {
        self.logits[obligation as usize]
            + self.g_a * (alignment - self.a_ref)
            + self.g_w * (2.0 * winning - 1.0)
    }

    /// The factor for words that the debtor has broken to others than the creditor.
    #[inline]
    pub fn factor(&self, world: &World, (debtor, creditor): (StateId, StateId), now: f64) -> f64 {
        self.price(world.ledger.broken_to_others(debtor, creditor, self.remembered_since(now)))
    }

    /// Since when broken words are held against a state (years).
    #[inline]
    pub fn remembered_since(&self, now: f64) -> f64 {
        now - self.reputation_years
    }

    /// The factor for so many broken words.
    #[inline]
    pub fn price(&self, broken: u32) -> f64 {
        if broken == 0 {
            return 1.0;
        }
        self.reputation.powi(broken.min(1000) as i32)
    }

    /// The probability that the debtor keeps its word.
    #[inline]
    pub fn probability(&self, world: &World, word: &Word, now: f64) -> f64 {
        let eta = self.log_odds(word.obligation, word.alignment, word.winning);
        logistic(eta) * self.factor(world, (word.debtor, word.creditor), now)
    }

    /// The same with its terms.
    pub fn reasons(&self, world: &World, word: &Word, now: f64) -> Reasons {
        let h = self.probability(world, word, now);
        let base = self.base[word.obligation as usize];
        let terms = vec![
            Term::adding("base rate", base, self.logits[word.obligation as usize]),
            Term::adding("alignment", word.alignment, self.g_a * (word.alignment - self.a_ref)),
            Term::adding("chance to win", word.winning, self.g_w * (2.0 * word.winning - 1.0)),
            Term::plain("reputation factor", self.factor(world, (word.debtor, word.creditor), now)),
        ];
        Reasons { chance: Chance::Honour(h), terms }
    }
}
