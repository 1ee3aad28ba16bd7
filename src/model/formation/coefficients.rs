//! The log-odds that the layers of agreements share.

use crate::model::frame::Frame;
use crate::model::ids::DyadId;
use crate::model::math::batch::annual_hazards;
use crate::model::math::{annual_hazard, ln};
use crate::model::process::{Term, View};

/// Added to distance (km) before the logarithm, as in the fits.
const DISTANCE_OFFSET_KM: f64 = 50.0;

/// Coefficients of the log-odds of an agreement within a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficients {
    /// Constant.
    pub b0: f64,
    /// Alignment.
    pub b_a: f64,
    /// Shared enemy.
    pub b_e: f64,
    /// Tension.
    pub b_t: f64,
    /// ln(1 + shared defence partners).
    pub b_n: f64,
    /// ln(distance in km + 50).
    pub b_d: f64,
    /// ln of the larger capability.
    pub b_x: f64,
    /// ln of the smaller capability.
    pub b_m: f64,
    /// Rapport.
    pub b_k: f64,
    /// Joint isolation.
    pub beta_i: f64,
}

/// The coefficients out of a process's parameters of the same names.
macro_rules! coefficients {
    ($p:expr) => {
        $crate::model::formation::Coefficients {
            b0: $p.b0,
            b_a: $p.b_a,
            b_e: $p.b_e,
            b_t: $p.b_t,
            b_n: $p.b_n,
            b_d: $p.b_d,
            b_x: $p.b_x,
            b_m: $p.b_m,
            b_k: $p.b_k,
            beta_i: $p.beta_i,
        }
    };
}
pub(crate) use coefficients;

impl Coefficients {
    /// The part of eta that does not change during a trial.
    pub fn fixed(&self, frame: &Frame, dyad: DyadId) -> f64 {
        self.b0 + self.b_d * ln(frame.distance_km[dyad.index()] + DISTANCE_OFFSET_KM)
    }

    /// The log-odds eta of an agreement within a year, from the state of the world.
    pub fn log_odds(&self, view: &View<'_>, dyad: DyadId) -> f64 {
        let mut eta = [0.0];
        self.log_odds_from(view, dyad.index(), &[self.fixed(view.frame, dyad)], &mut eta);
        eta[0]
    }

    /// The hazard (1/year).
    pub fn hazard(&self, view: &View<'_>, dyad: DyadId) -> f64 {
        annual_hazard(self.log_odds(view, dyad))
    }

    /// The hazards (1/year) of all dyads, given the fixed parts of eta.
    #[inline]
    pub fn hazards(&self, view: &View<'_>, fixed: &[f64], hazards: &mut [f64]) {
        self.log_odds_from(view, 0, fixed, hazards);
        annual_hazards(hazards);
    }

    /// The log-odds of the dyads from the `first` on, as many as there are fixed parts.
    #[inline]
    fn log_odds_from(&self, view: &View<'_>, first: usize, fixed: &[f64], etas: &mut [f64]) {
        let (world, derived) = (view.world, view.derived);
        let n = fixed.len().min(etas.len());
        let (fixed, etas) = (&fixed[..n], &mut etas[..n]);
        let alignment = &world.alignment[first..][..n];
        let enemy = &derived.enemy[first..][..n];
        let tension = &derived.tension[first..][..n];
        let shared = &derived.ln_shared[first..][..n];
        let larger = &derived.ln_larger[first..][..n];
        let smaller = &derived.ln_smaller[first..][..n];
        let rapport = &world.rapport[first..][..n];
        let isolation = &derived.joint_isolation[first..][..n];
        for d in 0..n {
            let moving = self.b_a * alignment[d]
                + self.b_e * enemy[d]
                + self.b_t * tension[d]
                + self.b_n * shared[d]
                + self.b_x * larger[d]
                + self.b_m * smaller[d]
                + self.b_k * rapport[d]
                + self.beta_i * isolation[d];
            etas[d] = fixed[d] + moving;
        }
    }

    /// The terms of eta, one by one.
    pub fn terms(&self, view: &View<'_>, dyad: DyadId) -> Vec<Term> {
        let (d, world) = (dyad.index(), view.world);
        let (i, j) = view.frame.dyads.pair(dyad);
        let (ci, cj) = (world.capability[i.index()], world.capability[j.index()]);
        let partners = f64::from(view.derived.shared[d]);
        let distance = view.frame.distance_km[d];
        let isolation = world.isolation[i.index()] * world.isolation[j.index()];
        let log = |what, value, argument, b| Term::adding(what, value, b * ln(argument));
        vec![
            Term::linear("constant", 1.0, self.b0),
            Term::linear("alignment", world.alignment[d], self.b_a),
            Term::linear("shared enemy", view.derived.enemy[d], self.b_e),
            Term::linear("tension", view.derived.tension[d], self.b_t),
            log("shared defence partners", partners, 1.0 + partners, self.b_n),
            log("distance in km", distance, distance + DISTANCE_OFFSET_KM, self.b_d),
            log("larger capability", ci.max(cj), ci.max(cj), self.b_x),
            log("smaller capability", ci.min(cj), ci.min(cj), self.b_m),
            Term::linear("rapport", world.rapport[d], self.b_k),
            Term::linear("joint isolation", isolation, self.beta_i),
        ]
    }
}
