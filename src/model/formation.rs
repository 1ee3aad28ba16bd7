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
use crate::model::process::{
    About, AtRisk, Chance, Channel, Effect, Firing, Memory, Next, Process, Reaction, Reasons, Term,
    View,
};
use crate::model::treaty::{Dimension, Layer, Obligation};
use crate::model::world::World;

mod coefficients;

pub use coefficients::Coefficients;
pub(crate) use coefficients::coefficients;

/// What tells one layer from another.
pub trait Agreement: Send + Sync {
    /// The process it belongs to.
    const ABOUT: About;
    /// The layer.
    const LAYER: Layer;

    /// The part of the hazard's exponent that does not change during a trial.
    fn fixed(&self, frame: &Frame, dyad: DyadId) -> f64;

    /// The hazard (1/year) of a dyad at risk.
    fn hazard(&self, view: &View<'_>, dyad: DyadId) -> f64;

    /// The same for every dyad, as if all were at risk; `fixed` holds the fixed parts.
    fn hazards(&self, view: &View<'_>, fixed: &[f64], hazards: &mut [f64]);

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
        if at_risk(A::LAYER, view.frame, view.world, dyad) {
            self.0.hazard(view, dyad)
        } else {
            0.0
        }
    }

    /// The hazards (1/year) of all dyads, into the first of the memory's rates.
    #[inline]
    fn hazards(&self, view: &View<'_>, memory: &mut Memory) {
        let can = |n| at_risk(A::LAYER, view.frame, view.world, DyadId::new(n));
        let versions = [view.world.treaties.version(), view.world.wars.version(), 0];
        memory.at_risk.update(versions, can);
        let (hazards, sums) = memory.rates.split_at_mut(view.frame.dyads.len());
        self.0.hazards(view, &memory.noted, hazards);
        for (hazard, &at_risk) in hazards.iter_mut().zip(memory.at_risk.channels()) {
            *hazard = if at_risk { *hazard } else { 0.0 };
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
        let (clocks, at_risk) = (Clocks::new(frame.dyads.len()), AtRisk::new(frame.dyads.len()));
        Memory { clocks, noted, rates, at_risk, ..Memory::default() }
    }

    fn begin(&self, frame: &Frame, world: &mut World, memory: &mut Memory, draws: &mut dyn Draws) {
        memory.clocks.start(A::ABOUT.tag, &frame.dyad_entities, draws);
        self.note_fixed(frame, memory);
        memory.at_risk.forget();
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
        let View { frame, step, .. } = view;
        self.hazards(&view, memory);
        let rates = (&memory.rates[..frame.dyads.len()], frame.timeline.dt);
        let key = (A::ABOUT.tag, &*frame.dyad_entities);
        memory.clocks.fire_once_all(rates, key, draws, |channel, fraction, _| {
            let treaty = frame.slots.of(A::LAYER, DyadId::new(channel));
            next.firings.push(Firing {
                day: frame.timeline.day_within(step, fraction),
                tag: A::ABOUT.tag,
                channel,
                effect: Effect::One(Change::Sign(treaty)),
            });
        });
    }

    fn react(&self, change: &Change, memory: &mut Memory, reaction: &mut Reaction<'_>) {
        if let Change::Set(..) = change {
            self.note_fixed(reaction.view.frame, memory);
        }
    }
}
