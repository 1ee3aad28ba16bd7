//! The simulated situation at one moment of one trial.

use crate::model::frame::Frame;
use crate::model::ids::{DyadId, StateId};
use crate::model::math::ln;

mod debts;
mod ledger;
mod sanctions;
mod treaties;
mod wars;

pub use ledger::Ledger;
pub use sanctions::Sanctions;
pub use treaties::{Status, Treaties};
pub use wars::{Fought, Wars};

/// Every quantity that changes during a trial. Slices are indexed by state or dyad.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// Capability c_i, share of the world's, with the arms that are being delivered.
    pub capability: Vec<f64>,
    /// ln c_i.
    pub ln_capability: Vec<f64>,
    /// Capability without deliveries.
    own_capability: Vec<f64>,
    /// The factor by which deliveries raise it.
    aid: Vec<f64>,
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
    /// R_ij: how much fresher than usual the last contact of a dyad is, -1 to 1.
    pub rapport: Vec<f64>,
    /// Treaties.
    pub treaties: Treaties,
    /// Sanctions.
    pub sanctions: Sanctions,
    /// Wars.
    pub wars: Wars,
    /// Warnings, refusals, disputes, deliveries.
    pub ledger: Ledger,
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
            ln_capability: capability.iter().map(|&c| ln(c)).collect(),
            own_capability: capability.clone(),
            aid: vec![1.0; n],
            capability,
            isolation_anchor: isolation.clone(),
            isolation,
            alignment_anchor: alignment.clone(),
            alignment,
            grievance,
            rapport: vec![0.0; dyads],
            treaties: Treaties::new(frame),
            sanctions: Sanctions::new(frame),
            wars: Wars::new(frame),
            ledger: Ledger::new(frame),
        }
    }

    /// Makes room, so that copying and changing the world allocate nothing.
    pub fn make_room(&mut self) {
        self.wars.make_room();
    }

    /// Copies `other`, a world of the same frame, without allocating.
    pub fn copy_from(&mut self, other: &Self) {
        self.copy_scores(other);
        self.treaties.copy_from(&other.treaties);
        self.sanctions.copy_from(&other.sanctions);
        self.wars.copy_from(&other.wars);
        self.ledger.copy_from(&other.ledger);
    }

    /// Copies `other`, an earlier or later world of the same trial; what rarely changes is copied
    /// only if it has.
    pub fn catch_up(&mut self, other: &Self) {
        self.copy_scores(other);
        if self.treaties.version() != other.treaties.version() {
            self.treaties.copy_from(&other.treaties);
        }
        if self.sanctions.version() != other.sanctions.version() {
            self.sanctions.copy_from(&other.sanctions);
        }
        if self.wars.version() != other.wars.version() {
            self.wars.copy_from(&other.wars);
        }
        if self.ledger.version() != other.ledger.version() {
            self.ledger.copy_from(&other.ledger);
        }
    }

    fn copy_scores(&mut self, other: &Self) {
        self.capability.copy_from_slice(&other.capability);
        self.ln_capability.copy_from_slice(&other.ln_capability);
        self.own_capability.copy_from_slice(&other.own_capability);
        self.aid.copy_from_slice(&other.aid);
        self.isolation.copy_from_slice(&other.isolation);
        self.isolation_anchor.copy_from_slice(&other.isolation_anchor);
        self.alignment.copy_from_slice(&other.alignment);
        self.alignment_anchor.copy_from_slice(&other.alignment_anchor);
        self.grievance.copy_from_slice(&other.grievance);
        self.rapport.copy_from_slice(&other.rapport);
    }

    /// Sets a state's own capability, without deliveries.
    pub fn set_capability(&mut self, state: StateId, c: f64) {
        self.own_capability[state.index()] = c;
        self.set_aid(state, 1.0);
    }

    /// Multiplies a state's own capability; shares of the world end at 1.
    pub fn scale_capability(&mut self, state: StateId, by: f64) {
        let own = &mut self.own_capability[state.index()];
        *own = (*own * by).clamp(f64::MIN_POSITIVE, 1.0);
        self.set_aid(state, self.aid[state.index()]);
    }

    /// Sets the factor by which deliveries raise a state's capability.
    pub fn set_aid(&mut self, state: StateId, factor: f64) {
        let i = state.index();
        self.aid[i] = factor;
        self.capability[i] = (self.own_capability[i] * factor).clamp(f64::MIN_POSITIVE, 1.0);
        self.ln_capability[i] = ln(self.capability[i]);
    }

    /// The first score that is not a number in its range, named, if any.
    pub fn broken_score(&self, frame: &Frame) -> Option<String> {
        let broken = |values: &[f64], low: f64, high: f64| {
            let within = |v: &f64| (*v >= low) & (*v <= high);
            // Mostly none is: all are looked at side by side before one is looked for.
            let fine = values.iter().fold(true, |fine, v| fine & within(v));
            if fine { None } else { values.iter().position(|v| !within(v)) }
        };
        let state = |metric: &str, values: &[f64]| {
            let i = broken(values, 0.0, 1.0)?;
            Some(format!("{metric} of {} is {}", frame.codes[i], values[i]))
        };
        let dyad = |metric: &str, values: &[f64], low: f64, high: f64| {
            let d = broken(values, low, high)?;
            Some(format!("{metric} of {} is {}", frame.dyad_name(DyadId::new(d)), values[d]))
        };
        state("isolation", &self.isolation)
            .or_else(|| state("capability", &self.capability))
            .or_else(|| dyad("alignment", &self.alignment, -1.0, 1.0))
            .or_else(|| dyad("grievance", &self.grievance, 0.0, f64::MAX))
            .or_else(|| dyad("rapport", &self.rapport, -1.0, 1.0))
    }
}
