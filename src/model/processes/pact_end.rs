//! P3 `pact_end`: a treaty that carries a defence obligation ends.
//!
//! Mechanism: a constant hazard, higher while the treaty is young. All pairs of a treaty end
//! together, so each pair's hazard is the fitted one and a multilateral treaty does not crumble
//! pair by pair.
//!
//! ```text
//! hazard = q_young if age < young_years, else q   per year
//! ```
//!
//! Units: 1/year, age in years since signature. Source: pairs of politically relevant dyads, ATOP
//! (16,985 pact years); the rate of the first five years is a separate
//! estimate.

use crate::model::change::Change;
use crate::model::clocks::Clocks;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::TreatyId;
use crate::model::parameters::parameters;
use crate::model::process::{
    About, Effect, Firing, Memory, Next, Process, Reasons, Tag, Term, View,
};
use crate::model::treaty::{Obligation, Treaty};
use crate::model::world::World;

/// What this process is.
pub const ABOUT: About = About {
    name: "pact_end",
    tag: Tag(3),
    summary: "a treaty that carries a defence obligation ends",
    fires: "pact-end",
};

parameters! {
    /// Parameters of `pact_end`.
    pub struct PactEndParameters {
        q = 0.006, 0.0 => 50.0, "1/year", Estimated, "hazard of an established pact";
        q_young = 0.013, 0.0 => 50.0, "1/year", Estimated, "hazard of a young pact";
        young_years = 5.0, 0.0 => 100.0, "years", Estimated, "how long a pact is young";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct PactEnd {
    parameters: PactEndParameters,
}

impl PactEnd {
    /// The process with these parameters.
    pub fn new(parameters: PactEndParameters) -> Self {
        Self { parameters }
    }
}

impl PactEnd {
    /// Hazard (1/year) of the end of a treaty of this age (years).
    fn hazard(&self, age: f64) -> f64 {
        let PactEndParameters { q, q_young, young_years } = self.parameters;
        if age < young_years { q_young } else { q }
    }
}

fn may_end(treaty: &Treaty) -> bool {
    treaty.obliges(Obligation::Defence)
}

impl Process for PactEnd {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<String> {
        frame.treaties.iter().map(|treaty| treaty.name.clone()).collect()
    }

    fn memory(&self, frame: &Frame) -> Memory {
        Memory { clocks: Clocks::new(frame.treaties.len()), ..Memory::default() }
    }

    fn begin(&self, frame: &Frame, _world: &World, memory: &mut Memory, draws: &mut dyn Draws) {
        let entities = frame.treaties.iter().map(|treaty| treaty.entity);
        memory.clocks.start(ABOUT.tag, entities, draws);
    }

    fn reasons(&self, view: &View<'_>, channel: usize) -> Option<Reasons> {
        let age = view.frame.timeline.years(view.step) - view.world.treaty_since[channel]?;
        let term = Term { what: "age of the treaty in years", value: age, contribution: None };
        Some(Reasons { hazard: self.hazard(age), terms: vec![term] })
    }

    fn step(
        &self,
        view: View<'_>,
        memory: &mut Memory,
        draws: &mut dyn Draws,
        next: &mut Next<'_>,
    ) {
        let timeline = &view.frame.timeline;
        let now = timeline.years(view.step);
        for (channel, treaty) in view.frame.treaties.iter().enumerate() {
            let Some(since) = view.world.treaty_since[channel] else { continue };
            if !may_end(treaty) {
                continue;
            }
            let rate = self.hazard(now - since);
            let key = (ABOUT.tag, treaty.entity);
            if let Some(fraction) = memory.clocks.fire_once(channel, rate * timeline.dt, key, draws)
            {
                next.firings.push(Firing {
                    day: timeline.day_within(view.step, fraction),
                    tag: key.0,
                    channel,
                    effect: Effect::One(Change::Terminate(TreatyId::new(channel))),
                });
            }
        }
    }
}
