//! How two states come to an agreement: the mechanism that the layers of agreements share.
//!
//! Every dyad at risk has a hazard; when its clock runs out, the two sign the treaty of this layer
//! and dyad. A layer that a scenario cannot list starts with some of its agreements in force.

use crate::model::change::Change;
use crate::model::clocks::Clocks;
use crate::model::consent::coordinate;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::DyadId;
use crate::model::math::{annual_hazard, ln};
use crate::model::process::{
    About, Chance, Channel, Effect, Firing, Memory, Next, Process, Reaction, Reasons, Term, View,
};
use crate::model::treaty::{Dimension, Layer, Obligation};
use crate::model::world::World;

/// What tells one layer from another.
pub trait Agreement: Send + Sync {
    /// The process it belongs to.
    const ABOUT: About;
    /// The layer.
    const LAYER: Layer;

    /// The part of the hazard's exponent that does not change during a trial.
    fn fixed(&self, frame: &Frame, dyad: DyadId) -> f64;

    /// The hazard (1/year) of a dyad at risk; `fixed` as above.
    fn hazard(&self, view: &View<'_>, dyad: DyadId, fixed: f64) -> f64;

    /// The probability that two states have such an agreement when a trial begins, beside those of
    /// the scenario.
    fn already(&self, _frame: &Frame, _world: &World, _dyad: DyadId) -> f64 {
        0.0
    }

    /// How far the hazards are those of mutual consent, 0 to 1.
    fn two_sided(&self) -> f64 {
        0.0
    }

    /// What the hazard is made of.
    fn terms(&self, view: &View<'_>, dyad: DyadId) -> Vec<Term>;
}

/// A process that forms agreements of one layer.
#[derive(Clone, Debug)]
pub struct Formation<A>(pub A);

impl<A: Agreement> Formation<A> {
    /// Notes the fixed parts: parameters and distances of the trial, until an event sets one.
    fn note_fixed(&self, frame: &Frame, memory: &mut Memory) {
        for (dyad, ..) in frame.dyads.iter() {
            memory.noted[dyad.index()] = self.0.fixed(frame, dyad);
        }
    }

    /// Hazard (1/year) of an agreement between the states of `dyad`, before mutual consent: 0 where
    /// they are not at risk.
    pub fn hazard(&self, view: &View<'_>, dyad: DyadId) -> f64 {
        self.hazard_with(view, dyad, self.0.fixed(view.frame, dyad))
    }

    #[inline]
    fn hazard_with(&self, view: &View<'_>, dyad: DyadId, fixed: f64) -> f64 {
        if at_risk(A::LAYER, view.frame, view.world, dyad) {
            self.0.hazard(view, dyad, fixed)
        } else {
            0.0
        }
    }

    /// The hazards (1/year) of all dyads; `fixed` are the fixed parts, `sums` is scratch.
    fn hazards(&self, view: &View<'_>, fixed: &[f64], hazards: &mut [f64], sums: &mut [f64]) {
        for (n, (hazard, &fixed)) in hazards.iter_mut().zip(fixed).enumerate() {
            *hazard = self.hazard_with(view, DyadId::new(n), fixed);
        }
        let share = self.0.two_sided();
        if share != 0.0 {
            coordinate(&view.frame.dyads, hazards, share, sums);
        }
    }
}

/// Whether two states may come to an agreement of this layer: they are neither at war with each
/// other nor joined by one as strong, in force or signed.
#[inline]
pub fn at_risk(layer: Layer, frame: &Frame, world: &World, dyad: DyadId) -> bool {
    let (i, j) = frame.dyads.pair(dyad);
    let pledged = |obligation| world.treaties.pledged(i, j, obligation);
    let joined = match layer {
        Layer::Defence => pledged(Obligation::Defence),
        Layer::Consultation => pledged(Obligation::Defence) || pledged(Obligation::Consultation),
        Layer::NonAggression => {
            pledged(Obligation::Defence)
                || pledged(Obligation::Consultation)
                || pledged(Obligation::NonAggression)
        }
        Layer::Partnership => world.treaties.signed_side(dyad, Dimension::Political),
        Layer::Economic => world.treaties.signed_side(dyad, Dimension::Economic),
    };
    !joined && !world.wars.between(dyad)
}

impl<A: Agreement> Process for Formation<A> {
    fn about(&self) -> &'static About {
        &A::ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        let dyads = frame.dyads.iter().map(|(dyad, ..)| frame.dyad_name(dyad));
        Channel::of(A::LAYER.name(), dyads).collect()
    }

    /// `noted` holds the fixed part of every dyad, `rates` the hazards of the step and, after them, a
    /// sum for every state.
    fn memory(&self, frame: &Frame) -> Memory {
        let noted = vec![0.0; frame.dyads.len()];
        let rates = vec![0.0; frame.dyads.len() + frame.states()];
        Memory { clocks: Clocks::new(frame.dyads.len()), noted, rates, ..Memory::default() }
    }

    fn begin(&self, frame: &Frame, world: &mut World, memory: &mut Memory, draws: &mut dyn Draws) {
        memory.clocks.start(A::ABOUT.tag, frame.dyad_entities.iter().copied(), draws);
        self.note_fixed(frame, memory);
        for (dyad, ..) in frame.dyads.iter() {
            if !at_risk(A::LAYER, frame, world, dyad) {
                continue;
            }
            let p = self.0.already(frame, world, dyad);
            let entity = frame.dyad_entities[dyad.index()];
            if p > 0.0 && draws.uniform(A::ABOUT.tag, entity, 0) < p {
                let id = frame.slots.of(A::LAYER, dyad);
                world.treaties.sign(frame, id, 0.0);
                world.treaties.enter(frame, id);
            }
        }
    }

    fn reasons(&self, view: &View<'_>, memory: &Memory, channel: usize) -> Option<Reasons> {
        // The step has worked the hazards out from this view.
        let (dyad, hazard) = (DyadId::new(channel), memory.rates[channel]);
        let mut terms = self.0.terms(view, dyad);
        if self.0.two_sided() != 0.0 {
            let factor = hazard / self.hazard(view, dyad);
            terms.push(Term::plain("times, by mutual consent", factor));
        }
        Some(Reasons { chance: Chance::Hazard(hazard), terms })
    }

    fn step(
        &self,
        view: View<'_>,
        memory: &mut Memory,
        draws: &mut dyn Draws,
        next: &mut Next<'_>,
    ) {
        let timeline = &view.frame.timeline;
        let (hazards, sums) = memory.rates.split_at_mut(view.frame.dyads.len());
        self.hazards(&view, &memory.noted, hazards, sums);
        for (channel, &hazard) in hazards.iter().enumerate() {
            if hazard == 0.0 {
                continue;
            }
            let key = (A::ABOUT.tag, view.frame.dyad_entities[channel]);
            let passed = hazard * timeline.dt;
            if let Some(fraction) = memory.clocks.fire_once(channel, passed, key, draws) {
                let treaty = view.frame.slots.of(A::LAYER, DyadId::new(channel));
                next.firings.push(Firing {
                    day: timeline.day_within(view.step, fraction),
                    tag: key.0,
                    channel,
                    effect: Effect::One(Change::Sign(treaty)),
                });
            }
        }
    }

    fn react(&self, change: &Change, memory: &mut Memory, reaction: &mut Reaction<'_>) {
        if let Change::Set(..) = change {
            self.note_fixed(reaction.view.frame, memory);
        }
    }
}

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
        self.fixed(view.frame, dyad) + self.moving(view, dyad)
    }

    /// The hazard (1/year), given the fixed part of eta.
    #[inline]
    pub fn hazard(&self, view: &View<'_>, dyad: DyadId, fixed: f64) -> f64 {
        annual_hazard(fixed + self.moving(view, dyad))
    }

    #[inline]
    fn moving(&self, view: &View<'_>, dyad: DyadId) -> f64 {
        let (d, world) = (dyad.index(), view.world);
        let (i, j) = view.frame.dyads.pair(dyad);
        let (ci, cj) = (world.ln_capability[i.index()], world.ln_capability[j.index()]);
        let partners = view.derived.shared[d];
        let shared = if partners == 0 { 0.0 } else { self.b_n * ln(f64::from(1 + partners)) };
        self.b_a * world.alignment[d]
            + self.b_e * view.derived.enemy[d]
            + self.b_t * view.derived.tension[d]
            + shared
            + self.b_x * ci.max(cj)
            + self.b_m * ci.min(cj)
            + self.b_k * world.rapport[d]
            + self.beta_i * (world.isolation[i.index()] * world.isolation[j.index()])
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
