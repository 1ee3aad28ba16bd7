//! P2 `pact`: two states without a defence obligation between them sign a defence pact.
//!
//! Mechanism: each pair that is neither bound to defence nor at war with each other has a hazard
//! that rises with alignment, a shared enemy and shared partners and falls with tension, distance
//! and the size of the larger state.
//!
//! ```text
//! eta = b0 + b_a a + b_E E + b_T T + b_n ln(1 + n_ij) + b_d ln(d_km + 50)
//!       + b_x ln max(c_i, c_j) + b_m ln min(c_i, c_j) + beta_I I_i I_j
//! hazard = ln(1 + exp(eta))   per year
//! ```
//!
//! The pact is bilateral and mutual, with a military and a political side. Units: eta a logit per
//! year, d in km, the rest pure numbers. Source: logit on politically relevant dyads 1951-2014 (331
//! onsets, ATOP 5), year-clustered standard errors in docs/model.md; `hazard` gives back the fitted
//! yearly probability.

use crate::model::change::Change;
use crate::model::clocks::Clocks;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::{DyadId, StateId};
use crate::model::math::{annual_hazard, ln};
use crate::model::parameters::parameters;
use crate::model::process::{
    About, Effect, Firing, Memory, Next, Process, Reasons, Tag, Term, View,
};
use crate::model::treaty::Obligation;
use crate::model::world::World;

/// What this process is.
pub const ABOUT: About = About {
    name: "pact",
    tag: Tag(2),
    summary: "two states without a defence obligation between them sign a defence pact",
    fires: "pact",
};

/// Added to distance (km) before the logarithm, as in the fit.
const DISTANCE_OFFSET_KM: f64 = 50.0;

parameters! {
    /// Parameters of `pact`: coefficients of the log-odds of a defence pact within a year.
    pub struct PactParameters {
        b0 = -6.05, -50.0 => 10.0, "1", Estimated, "constant";
        b_a = 2.26, -10.0 => 10.0, "1", Estimated, "per unit of alignment a (standard error 0.51)";
        b_e = 0.81, -10.0 => 10.0, "1", Estimated, "shared enemy E (0.33)";
        b_t = -0.76, -10.0 => 10.0, "1", Estimated, "tension T (0.23)";
        b_n = 0.17, -10.0 => 10.0, "1", Estimated, "per unit of ln(1 + shared defence partners) (0.19)";
        b_d = -0.24, -10.0 => 10.0, "1", Estimated, "per unit of ln(distance in km + 50) (0.06)";
        b_x = -0.29, -10.0 => 10.0, "1", Estimated, "per unit of ln of the larger capability (0.05)";
        b_m = 0.02, -10.0 => 10.0, "1", Estimated, "per unit of ln of the smaller capability (0.07)";
        beta_i = 0.0, -10.0 => 10.0, "1", Estimated, "joint isolation I_i I_j net of the rest (beta_I); no form tried differs from 0, 95 % interval -0.9 to 0.4; 1.0 reproduces the raw gap";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct Pact {
    parameters: PactParameters,
}

impl Pact {
    /// The process with these parameters.
    pub fn new(parameters: PactParameters) -> Self {
        Self { parameters }
    }

    /// The part of eta that does not change during a trial.
    fn fixed_terms(&self, frame: &Frame, world: &World, (i, j): (StateId, StateId)) -> f64 {
        let p = &self.parameters;
        let (ci, cj) = (world.ln_capability[i.index()], world.ln_capability[j.index()]);
        let dyad = frame.dyads.between(i, j).index();
        p.b0 + p.b_d * ln(frame.distance_km[dyad] + DISTANCE_OFFSET_KM)
            + p.b_x * ci.max(cj)
            + p.b_m * ci.min(cj)
    }

    /// The log-odds eta of a pact within a year, from the state of the world.
    pub fn log_odds(&self, view: &View<'_>, dyad: DyadId) -> f64 {
        let pair = view.frame.dyads.pair(dyad);
        self.fixed_terms(view.frame, view.world, pair) + self.moving_terms(view, dyad)
    }

    #[inline]
    fn moving_terms(&self, view: &View<'_>, dyad: DyadId) -> f64 {
        let p = &self.parameters;
        let (i, j) = view.frame.dyads.pair(dyad);
        let partners = view.derived.shared_partners(i, j);
        let isolation = view.world.isolation[i.index()] * view.world.isolation[j.index()];
        p.b_a * view.world.alignment[dyad.index()]
            + p.b_e * view.derived.shared_enemy(i, j)
            + p.b_t * view.derived.tension[dyad.index()]
            + if partners == 0 { 0.0 } else { p.b_n * ln(f64::from(1 + partners)) }
            + p.beta_i * isolation
    }

    /// Hazard (1/year) of a pact between the states of `dyad`: 0 where they are bound to defence
    /// already or at war with each other.
    pub fn hazard(&self, view: &View<'_>, dyad: DyadId) -> f64 {
        if at_risk(view, dyad) { annual_hazard(self.log_odds(view, dyad)) } else { 0.0 }
    }
}

impl Pact {
    /// The terms of eta, one by one.
    fn terms(&self, view: &View<'_>, dyad: DyadId) -> Vec<Term> {
        let p = &self.parameters;
        let (i, j) = view.frame.dyads.pair(dyad);
        let (ci, cj) = (view.world.capability[i.index()], view.world.capability[j.index()]);
        let partners = f64::from(view.derived.shared_partners(i, j));
        let distance = view.frame.distance_km[dyad.index()];
        let isolation = view.world.isolation[i.index()] * view.world.isolation[j.index()];
        let linear = |what, value, b| Term { what, value, contribution: Some(b * value) };
        let log =
            |what, value, argument, b| Term { what, value, contribution: Some(b * ln(argument)) };
        vec![
            linear("constant", 1.0, p.b0),
            linear("alignment", view.world.alignment[dyad.index()], p.b_a),
            linear("shared enemy", view.derived.shared_enemy(i, j), p.b_e),
            linear("tension", view.derived.tension[dyad.index()], p.b_t),
            log("shared defence partners", partners, 1.0 + partners, p.b_n),
            log("distance in km", distance, distance + DISTANCE_OFFSET_KM, p.b_d),
            log("larger capability", ci.max(cj), ci.max(cj), p.b_x),
            log("smaller capability", ci.min(cj), ci.min(cj), p.b_m),
            linear("joint isolation", isolation, p.beta_i),
        ]
    }
}

#[inline]
fn at_risk(view: &View<'_>, dyad: DyadId) -> bool {
    let (i, j) = view.frame.dyads.pair(dyad);
    !view.world.bound(i, j, Obligation::Defence) && !view.world.at_war(dyad)
}

impl Process for Pact {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<String> {
        frame.dyads.iter().map(|(dyad, ..)| frame.dyad_name(dyad)).collect()
    }

    fn memory(&self, frame: &Frame) -> Memory {
        let dyads = frame.dyads.len();
        Memory { clocks: Clocks::new(dyads), noted: vec![0.0; dyads], ..Memory::default() }
    }

    fn begin(&self, frame: &Frame, world: &World, memory: &mut Memory, draws: &mut dyn Draws) {
        memory.clocks.start(ABOUT.tag, frame.dyad_entities.iter().copied(), draws);
        for (dyad, i, j) in frame.dyads.iter() {
            memory.noted[dyad.index()] = self.fixed_terms(frame, world, (i, j));
        }
    }

    fn reasons(&self, view: &View<'_>, channel: usize) -> Option<Reasons> {
        let dyad = DyadId::new(channel);
        Some(Reasons { hazard: self.hazard(view, dyad), terms: self.terms(view, dyad) })
    }

    fn step(
        &self,
        view: View<'_>,
        memory: &mut Memory,
        draws: &mut dyn Draws,
        next: &mut Next<'_>,
    ) {
        let dt = view.frame.timeline.dt;
        for channel in 0..view.frame.dyads.len() {
            let dyad = DyadId::new(channel);
            if !at_risk(&view, dyad) {
                continue;
            }
            let eta = memory.noted[channel] + self.moving_terms(&view, dyad);
            let key = (ABOUT.tag, view.frame.dyad_entities[channel]);
            let hazard = annual_hazard(eta) * dt;
            if let Some(fraction) = memory.clocks.fire_once(channel, hazard, key, draws) {
                next.firings.push(Firing {
                    day: view.frame.timeline.day_within(view.step, fraction),
                    tag: key.0,
                    channel,
                    effect: Effect::One(Change::Sign(view.frame.pact_slots[channel])),
                });
            }
        }
    }
}
