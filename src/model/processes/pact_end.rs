//! P3 `pact_end`: a treaty ends.
//!
//! Mechanism: a constant hazard. That of a treaty with a defence obligation is higher while the
//! treaty is young; all its pairs end together, so each pair's hazard is the fitted one and a
//! multilateral treaty does not crumble pair by pair.
//!
//! ```text
//! hazard = q_other without a defence obligation, else q_young if age < young_years, else q   per year
//! ```
//!
//! Units: 1/year, age in years since signature. Source: pairs of politically relevant dyads, ATOP
//! (16,985 pact years); the rate of the first five years is a separate estimate; q_other by treaty,
//! 67 endings in 2,703 years of treaties without defence 1946-95, ATOP 4.

use crate::model::change::Change;
use crate::model::clocks::Clocks;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::TreatyId;
use crate::model::parameters::parameters;
use crate::model::process::{
    About, AtRisk, Chance, Channel, Effect, Firing, Memory, Next, Process, Reasons, Tag, Term, View,
};
use crate::model::treaty::{Obligation, Treaty};
use crate::model::world::Status;

/// What this process is.
pub const ABOUT: About = About { name: "pact_end", tag: Tag(3), summary: "a treaty ends" };

parameters! {
    /// Parameters of `pact_end`.
    pub struct PactEndParameters {
        q = 0.006, 0.0 => 50.0, "1/year", Estimated, "hazard of an established pact";
        q_young = 0.013, 0.0 => 50.0, "1/year", Estimated, "hazard of a young pact";
        young_years = 5.0, 0.0 => 100.0, "years", Estimated, "how long a pact is young";
        q_other = 0.025, 0.0 => 50.0, "1/year", Estimated, "hazard of a treaty without a defence obligation (standard error 0.003)";
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
    /// Hazard (1/year) of the end of a treaty of this age (years), with a defence obligation or not.
    fn hazard(&self, defence: bool, age: f64) -> f64 {
        let PactEndParameters { q, q_young, young_years, q_other } = self.parameters;
        if !defence {
            q_other
        } else if age < young_years {
            q_young
        } else {
            q
        }
    }
}

impl Process for PactEnd {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        Channel::of("pact-end", frame.treaties.iter().map(|t| t.name.clone())).collect()
    }

    /// `noted` holds 1 for a treaty with a defence obligation, 0 for any other: with the entities all
    /// that is needed of so many treaties, side by side.
    fn memory(&self, frame: &Frame) -> Memory {
        let treaties = &frame.treaties;
        let defence = |t: &Treaty| f64::from(u8::from(t.obliges(Obligation::Defence)));
        Memory {
            clocks: Clocks::new(treaties.len()),
            at_risk: AtRisk::new(treaties.len()),
            noted: treaties.iter().map(defence).collect(),
            entities: treaties.iter().map(|treaty| treaty.entity).collect(),
            ..Memory::default()
        }
    }

    fn reasons(&self, view: &View<'_>, _memory: &Memory, channel: usize) -> Option<Reasons> {
        let Status::InForce { signed } = view.world.treaties.status(TreatyId::new(channel)) else {
            return None;
        };
        let age = view.now() - signed;
        let defence = view.frame.treaties[channel].obliges(Obligation::Defence);
        let hazard = self.hazard(defence, age);
        let terms = vec![Term::plain("age of the treaty in years", age)];
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
        let treaties = &view.world.treaties;
        let in_force = |n| treaties.in_force(TreatyId::new(n));
        memory.at_risk.update([treaties.version(), 0, 0], in_force);
        for &channel in memory.at_risk.list() {
            let Status::InForce { signed } = treaties.status(TreatyId::new(channel)) else {
                continue;
            };
            let rate = self.hazard(memory.noted[channel] == 1.0, view.now() - signed);
            let key = (ABOUT.tag, memory.entities[channel]);
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
