//! `contact`: visits, summits, talks.
//!
//! Mechanism: each pair not at war with each other meets at a rate that rises with alignment. Rapport
//! says how much fresher than usual the last contact is. While it is, alignment gains a little
//! (process `alignment`), isolation recovers a little (process `isolation`), and an agreement is
//! likelier (the log-odds of `pact` and its kin). Rapport is 0 on average, because start values
//! contain the usual contacts: contact moves things in time, not for good.
//!
//! ```text
//! lambda = r0 exp(r_a a_ij)   per year
//! K_ij <- 1 at a contact,   dK_ij/dt = -K_ij / tau
//! R_ij = K_ij - lambda tau / (1 + lambda tau)
//! ```
//!
//! lambda tau / (1 + lambda tau) is the stationary mean of K; a trial starts from it. Units: r0 in
//! 1/year, tau in years, K and R pure numbers. Source: assumed.

use crate::model::change::Change;
use crate::model::clocks::Clocks;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::DyadId;
use crate::model::math::batch::exp_all;
use crate::model::math::{exp, ln};
use crate::model::parameters::parameters;
use crate::model::process::{
    About, Chance, Channel, Effect, Firing, Memory, Next, Process, Reaction, Reasons, Tag, Term,
    View,
};
use crate::model::world::World;

/// What this process is.
pub const ABOUT: About =
    About { name: "contact", tag: Tag(15), summary: "leaders meet: visits, summits, talks" };

parameters! {
    /// Parameters of `contact`.
    pub struct ContactParameters {
        r0 = 0.5, 0.0 => 50.0, "1/year", Assumed, "rate at alignment 0";
        r_a = 1.0, -5.0 => 5.0, "1", Assumed, "per unit of alignment a, in the exponent";
        tau = 0.5, 0.01 => 100.0, "years", Assumed, "how long a contact stays fresh";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct Contact {
    parameters: ContactParameters,
}

impl Contact {
    /// The process with these parameters.
    pub fn new(parameters: ContactParameters) -> Self {
        Self { parameters }
    }

    #[inline]
    fn rate(&self, world: &World, dyad: usize) -> f64 {
        self.parameters.r0 * exp(self.parameters.r_a * world.alignment[dyad])
    }

    /// The stationary mean of K at this rate of contact.
    #[inline]
    fn usual(&self, rate: f64) -> f64 {
        let x = rate * self.parameters.tau;
        x / (1.0 + x)
    }
}

impl Process for Contact {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        let dyads = frame.dyads.iter().map(|(dyad, ..)| frame.dyad_name(dyad));
        Channel::of("contact", dyads).collect()
    }

    /// `noted` holds K by dyad.
    fn memory(&self, frame: &Frame) -> Memory {
        let dyads = frame.dyads.len();
        let (noted, rates) = (vec![0.0; dyads], vec![0.0; dyads]);
        Memory { clocks: Clocks::new(dyads), noted, rates, ..Memory::default() }
    }

    fn begin(&self, frame: &Frame, world: &mut World, memory: &mut Memory, draws: &mut dyn Draws) {
        memory.clocks.start(ABOUT.tag, &frame.dyad_entities, draws);
        for (dyad, k) in memory.noted.iter_mut().enumerate() {
            *k = self.usual(self.rate(world, dyad));
        }
    }

    fn reasons(&self, view: &View<'_>, _memory: &Memory, channel: usize) -> Option<Reasons> {
        let p = &self.parameters;
        let terms = vec![
            Term::adding("rate at alignment 0", p.r0, ln(p.r0)),
            Term::linear("alignment", view.world.alignment[channel], p.r_a),
        ];
        Some(Reasons { chance: Chance::Hazard(self.rate(view.world, channel)), terms })
    }

    fn step(
        &self,
        view: View<'_>,
        memory: &mut Memory,
        draws: &mut dyn Draws,
        next: &mut Next<'_>,
    ) {
        let View { frame, world, step, .. } = view;
        let timeline = &frame.timeline;
        let ContactParameters { r0, r_a, tau } = self.parameters;
        let kept = exp(-timeline.dt / tau);
        let Memory { clocks, rates, noted, .. } = memory;
        rates.iter_mut().zip(&world.alignment).for_each(|(eta, a)| *eta = r_a * a);
        exp_all(rates);
        for ((rate, k), rapport) in rates.iter_mut().zip(noted).zip(&mut next.world.rapport) {
            *rate *= r0;
            *k *= kept;
            *rapport = *k - self.usual(*rate);
        }
        world.wars.still(rates, (0..frame.dyads.len()).map(DyadId::new));
        let key = (ABOUT.tag, &*frame.dyad_entities);
        clocks.fire_each_all((rates, timeline.dt), key, draws, |channel, fraction| {
            next.firings.push(Firing {
                day: timeline.day_within(step, fraction),
                tag: ABOUT.tag,
                channel,
                effect: Effect::One(Change::Contact(DyadId::new(channel))),
            });
        });
    }

    fn react(&self, change: &Change, memory: &mut Memory, reaction: &mut Reaction<'_>) {
        let Change::Contact(dyad) = *change else { return };
        let (d, view) = (dyad.index(), reaction.view);
        // The step goes on for a while after the contact; before the first step none goes on.
        let begun = reaction.now > view.now();
        let end = if begun { view.now() + view.frame.timeline.dt } else { view.now() };
        let rest = (end - reaction.now).max(0.0);
        memory.noted[d] = exp(-rest / self.parameters.tau);
        reaction.world.rapport[d] = memory.noted[d] - self.usual(self.rate(view.world, d));
    }
}
