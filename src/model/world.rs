//! The simulated situation at one moment of one trial.

use crate::model::frame::{Frame, SanctionTypes};
use crate::model::ids::{DyadId, SanctionId, StateId, TreatyId, WarId};
use crate::model::treaty::{Dimension, Obligation};

/// Every quantity that changes during a trial. Slices are indexed by state, dyad, or ordered pair
/// of states (row = debtor or sender, column = creditor or target).
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// Capability c_i, share of the world's.
    pub capability: Vec<f64>,
    /// ln c_i.
    pub ln_capability: Vec<f64>,
    /// Isolation I_i, 0 to 1.
    pub isolation: Vec<f64>,
    /// The value I_i returns to while no bond changes.
    pub isolation_anchor: Vec<f64>,
    /// Alignment a_ij, -1 to 1.
    pub alignment: Vec<f64>,
    /// The value a_ij returns to when structural balance is off.
    pub alignment_anchor: Vec<f64>,
    /// Grievance G_ij, 0 or more.
    pub grievance: Vec<f64>,
    /// Whether and since when (years, negative before the start) each treaty is in force.
    pub treaty_since: Vec<Option<f64>>,
    /// How many treaties in force carry each obligation, by ordered pair.
    obligations: Vec<[u32; Obligation::ALL.len()]>,
    /// How many treaties in force with an economic side join each dyad.
    economic: Vec<u32>,
    /// How many sanction entries in force carry each type, by ordered pair.
    sanctions: Vec<[u32; SanctionTypes::NAMES.len()]>,
    /// Which wars are being fought.
    pub war_on: Vec<bool>,
    /// How many wars set each dyad against each other.
    at_war: Vec<u32>,
    /// Which sanction entries are in force.
    pub sanction_on: Vec<bool>,
    states: usize,
}

impl World {
    /// A world with the given scores in which nothing has been signed, imposed or begun.
    ///
    /// `capability` and `isolation` have one entry a state, `alignment` and `grievance` one a dyad.
    ///
    /// # Panics
    /// If a length does not fit the frame.
    pub fn new(
        frame: &Frame,
        capability: Vec<f64>,
        isolation: Vec<f64>,
        alignment: Vec<f64>,
        grievance: Vec<f64>,
    ) -> Self {
        let (n, dyads) = (frame.states(), frame.dyads.len());
        assert_eq!((capability.len(), isolation.len()), (n, n), "one score a state");
        assert_eq!((alignment.len(), grievance.len()), (dyads, dyads), "one score a dyad");
        Self {
            ln_capability: capability.iter().map(|&c| crate::model::math::ln(c)).collect(),
            capability,
            isolation_anchor: isolation.clone(),
            isolation,
            alignment_anchor: alignment.clone(),
            alignment,
            grievance,
            treaty_since: vec![None; frame.treaties.len()],
            obligations: vec![Default::default(); n * n],
            economic: vec![0; dyads],
            sanctions: vec![Default::default(); n * n],
            war_on: vec![false; frame.wars.len()],
            at_war: vec![0; dyads],
            sanction_on: vec![false; frame.sanctions.len()],
            states: n,
        }
    }

    /// Copies `other`, a world of the same frame, without allocating.
    pub fn copy_from(&mut self, other: &Self) {
        self.capability.copy_from_slice(&other.capability);
        self.ln_capability.copy_from_slice(&other.ln_capability);
        self.isolation.copy_from_slice(&other.isolation);
        self.isolation_anchor.copy_from_slice(&other.isolation_anchor);
        self.alignment.copy_from_slice(&other.alignment);
        self.alignment_anchor.copy_from_slice(&other.alignment_anchor);
        self.grievance.copy_from_slice(&other.grievance);
        self.treaty_since.copy_from_slice(&other.treaty_since);
        self.obligations.copy_from_slice(&other.obligations);
        self.economic.copy_from_slice(&other.economic);
        self.sanctions.copy_from_slice(&other.sanctions);
        self.war_on.copy_from_slice(&other.war_on);
        self.at_war.copy_from_slice(&other.at_war);
        self.sanction_on.copy_from_slice(&other.sanction_on);
    }

    #[inline]
    fn ordered(&self, from: StateId, to: StateId) -> usize {
        from.index() * self.states + to.index()
    }

    /// Whether `debtor` owes `creditor` this obligation under any treaty in force.
    #[inline]
    pub fn owes(&self, debtor: StateId, creditor: StateId, obligation: Obligation) -> bool {
        self.obligations[self.ordered(debtor, creditor)][obligation as usize] > 0
    }

    /// Whether this obligation binds two states, in either direction.
    #[inline]
    pub fn bound(&self, a: StateId, b: StateId, obligation: Obligation) -> bool {
        self.owes(a, b, obligation) || self.owes(b, a, obligation)
    }

    /// Whether a treaty in force with an economic side joins the dyad.
    #[inline]
    pub fn economic_tie(&self, dyad: DyadId) -> bool {
        self.economic[dyad.index()] > 0
    }

    /// s_ij: whether `sender` sanctions `target` in trade, finance or arms. Travel bans alone do
    /// not count (docs/model.md, "Isolation").
    #[inline]
    pub fn sanctions(&self, sender: StateId, target: StateId) -> bool {
        self.sanctions[self.ordered(sender, target)][..3].iter().any(|&count| count > 0)
    }

    /// W_ij: whether the two states of a dyad are at war with each other.
    #[inline]
    pub fn at_war(&self, dyad: DyadId) -> bool {
        self.at_war[dyad.index()] > 0
    }

    /// Puts a treaty in force (`since` in years) or out of force. Gives whether that was a change.
    pub fn set_treaty(&mut self, frame: &Frame, id: TreatyId, since: Option<f64>) -> bool {
        let status = &mut self.treaty_since[id.index()];
        let (before, now) = (status.is_some(), since.is_some());
        if before == now {
            return false;
        }
        *status = since;
        let treaty = &frame.treaties[id.index()];
        for bond in &treaty.bonds {
            let at = self.ordered(bond.debtor, bond.creditor);
            for &obligation in &treaty.obligations {
                count(&mut self.obligations[at][obligation as usize], now);
            }
        }
        if treaty.has(Dimension::Economic) {
            for dyad in &treaty.dyads {
                count(&mut self.economic[dyad.index()], now);
            }
        }
        true
    }

    /// Puts a sanction entry in or out of force. Gives whether that was a change.
    pub fn set_sanction(&mut self, frame: &Frame, id: SanctionId, on: bool) -> bool {
        if std::mem::replace(&mut self.sanction_on[id.index()], on) == on {
            return false;
        }
        let sanction = &frame.sanctions[id.index()];
        for &(sender, target) in &sanction.links {
            let at = self.ordered(sender, target);
            for (bit, entry) in self.sanctions[at].iter_mut().enumerate() {
                if sanction.types.holds(bit) {
                    count(entry, on);
                }
            }
        }
        true
    }

    /// Begins or ends a war. Gives whether that was a change.
    pub fn set_war(&mut self, frame: &Frame, id: WarId, on: bool) -> bool {
        if std::mem::replace(&mut self.war_on[id.index()], on) == on {
            return false;
        }
        for dyad in &frame.wars[id.index()].dyads {
            count(&mut self.at_war[dyad.index()], on);
        }
        true
    }

    /// The first score that is not a number in its range, named, if any.
    pub fn broken_score(&self, frame: &Frame) -> Option<String> {
        let state = |metric: &str, values: &[f64]| {
            let i = values.iter().position(|v| !(0.0..=1.0).contains(v))?;
            Some(format!("{metric} of {} is {}", frame.codes[i], values[i]))
        };
        let dyad = |metric: &str, values: &[f64], low: f64, high: f64| {
            let d = values.iter().position(|v| !(low..=high).contains(v))?;
            Some(format!("{metric} of {} is {}", frame.dyad_name(DyadId::new(d)), values[d]))
        };
        state("isolation", &self.isolation)
            .or_else(|| dyad("alignment", &self.alignment, -1.0, 1.0))
            .or_else(|| dyad("grievance", &self.grievance, 0.0, f64::MAX))
    }
}

fn count(entry: &mut u32, up: bool) {
    if up { *entry += 1 } else { *entry -= 1 }
}
