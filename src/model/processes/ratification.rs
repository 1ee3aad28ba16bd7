//! `ratification`: a signed treaty comes into force.
//!
//! Mechanism: a treaty that is ratified by chance, as all those are that the model forms, waits after
//! its signature and comes into force at a constant hazard. If the process is off, such treaties are
//! in force at their signature.
//!
//! ```text
//! hazard = rate   per year, while signed and not in force
//! ```
//!
//! Units: 1/year. Source: assumed, a lag of half a year on average; the treaty of June 2024 took
//! five and a half months. ATOP dates treaties by signature only.

use crate::model::change::Change;
use crate::model::clocks::Clocks;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::TreatyId;
use crate::model::parameters::parameters;
use crate::model::process::{
    About, AtRisk, Chance, Channel, Effect, Firing, Memory, Next, Process, Reasons, Tag, View,
};
use crate::model::treaty::Ratification as Way;
use crate::model::world::Status;

/// What this process is.
pub const ABOUT: About =
    About { name: "ratification", tag: Tag(14), summary: "a signed treaty comes into force" };

parameters! {
    /// Parameters of `ratification`.
    pub struct RatificationParameters {
        rate = 2.0, 0.0 => 1000.0, "1/year", Assumed, "hazard of coming into force; half a year on average";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct Ratification {
    parameters: RatificationParameters,
}

impl Ratification {
    /// The process with these parameters.
    pub fn new(parameters: RatificationParameters) -> Self {
        Self { parameters }
    }
}

impl Process for Ratification {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        Channel::of("in-force", frame.treaties.iter().map(|t| t.name.clone())).collect()
    }

    fn memory(&self, frame: &Frame) -> Memory {
        let treaties = frame.treaties.len();
        let (clocks, at_risk) = (Clocks::new(treaties), AtRisk::new(treaties));
        Memory { clocks, at_risk, ..Memory::default() }
    }

    fn reasons(&self, _view: &View<'_>, _memory: &Memory, _channel: usize) -> Option<Reasons> {
        Some(Reasons { chance: Chance::Hazard(self.parameters.rate), terms: Vec::new() })
    }

    fn step(
        &self,
        view: View<'_>,
        memory: &mut Memory,
        draws: &mut dyn Draws,
        next: &mut Next<'_>,
    ) {
        let timeline = &view.frame.timeline;
        let View { frame, world, .. } = view;
        let waits = |n| {
            let signed = matches!(world.treaties.status(TreatyId::new(n)), Status::Signed { .. });
            signed && frame.treaties[n].ratification == Way::ByChance
        };
        memory.at_risk.update([world.treaties.version(), 0, 0], waits);
        for &channel in memory.at_risk.list() {
            let key = (ABOUT.tag, frame.treaties[channel].entity);
            let hazard = self.parameters.rate * timeline.dt;
            if let Some(fraction) = memory.clocks.fire_once(channel, hazard, key, draws) {
                next.firings.push(Firing {
                    day: timeline.day_within(view.step, fraction),
                    tag: key.0,
                    channel,
                    effect: Effect::One(Change::Enter(TreatyId::new(channel))),
                });
            }
        }
    }
}
