//! `withdrawal`: a member leaves a treaty that goes on without it.
//!
//! Mechanism: every member of a treaty in force with more than two members leaves at a constant
//! hazard. The end of whole treaties is process `pact_end`.
//!
//! ```text
//! hazard = q   per year and member
//! ```
//!
//! Units: 1/year. Source: ATOP 4, multilateral treaties 1946-95: 14 exits in 7,700 member-years, without
//! states that ceased to exist and without treaties that broke up as a whole.

use crate::model::change::Change;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::parameters::parameters;
use crate::model::process::{
    About, Chance, Channel, Effect, Firing, Memory, Next, Process, Reasons, Tag, View,
};
use crate::model::processes::accession::{all_seats as seats, memory_of, seat_name};

/// What this process is.
pub const ABOUT: About = About {
    name: "withdrawal",
    tag: Tag(21),
    summary: "a member leaves a treaty that goes on without it",
};

parameters! {
    /// Parameters of `withdrawal`.
    pub struct WithdrawalParameters {
        q = 0.0018, 0.0 => 50.0, "1/year", Estimated, "hazard of leaving (standard error 0.0005)";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct Withdrawal {
    parameters: WithdrawalParameters,
}

impl Withdrawal {
    /// The process with these parameters.
    pub fn new(parameters: WithdrawalParameters) -> Self {
        Self { parameters }
    }
}

impl Process for Withdrawal {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        let subjects = seats(frame).map(|(id, state)| seat_name(frame, id, state));
        Channel::of("withdrawal", subjects.collect::<Vec<_>>()).collect()
    }

    fn memory(&self, frame: &Frame) -> Memory {
        memory_of(frame, seats(frame))
    }

    fn reasons(&self, _view: &View<'_>, _memory: &Memory, _channel: usize) -> Option<Reasons> {
        Some(Reasons { chance: Chance::Hazard(self.parameters.q), terms: Vec::new() })
    }

    fn step(
        &self,
        view: View<'_>,
        memory: &mut Memory,
        draws: &mut dyn Draws,
        next: &mut Next<'_>,
    ) {
        let timeline = &view.frame.timeline;
        let hazard = self.parameters.q * timeline.dt;
        for (channel, &(id, state)) in memory.seats.iter().enumerate() {
            let treaties = &view.world.treaties;
            if !treaties.in_force(id)
                || !treaties.is_member(view.frame, id, state)
                || treaties.members(view.frame, id).count() < 3
            {
                continue;
            }
            let key = (ABOUT.tag, memory.entities[channel]);
            if let Some(fraction) = memory.clocks.fire_once(channel, hazard, key, draws) {
                next.firings.push(Firing {
                    day: timeline.day_within(view.step, fraction),
                    tag: key.0,
                    channel,
                    effect: Effect::One(Change::Withdraw(id, state)),
                });
            }
        }
    }
}
