//! `league`: a state founds a defence treaty among more than two.
//!
//! Mechanism: each state, while its league does not exist, calls for one at a constant rate. Every
//! other state is asked once, the most aligned first, and consents with a probability that rises
//! with its mean alignment with those already in and with an enemy it shares with one of them; a
//! state at war with one of them is not asked. With at least two consents the treaty is signed;
//! otherwise the call comes to nothing. It is open for accession afterwards.
//!
//! ```text
//! hazard = rate   per year and state
//! P(j consents) = logistic(c0 + b_a mean_m a_jm + b_e max_m E_jm + b_far [d_jm > near_km for all m])
//! ```
//!
//! Units: rate in 1/year, d in km, the rest pure numbers. Source: the rate from ATOP 4, 27 multilateral
//! defence treaties among 6,479 state-years 1946-95; c0 is assumed; the weights are those of `pact`.
//! Off unless a scenario switches it on: the pair hazard of `pact` contains the ties that came from
//! multilateral treaties, so a scenario with many states switches `pact` off when it switches this
//! on (98 % of new pairs come from multilateral treaties).

use crate::model::change::Change;
use crate::model::clocks::Clocks;
use crate::model::company::Company;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::{StateId, TreatyId};
use crate::model::math::logistic;
use crate::model::parameters::parameters;
use crate::model::process::{
    About, Chance, Channel, Effect, Firing, Memory, Next, Process, Reaction, Reasons, Tag, View,
};
use crate::model::world::Status;

/// What this process is.
pub const ABOUT: About = About {
    name: "league",
    tag: Tag(23),
    summary: "a state founds a defence treaty among more than two",
};

parameters! {
    /// Parameters of `league`.
    pub struct LeagueParameters {
        rate = 0.0042, 0.0 => 50.0, "1/year", Estimated, "hazard of a call by a state (standard error 0.0008)";
        c0 = -2.0, -50.0 => 50.0, "1", Assumed, "constant of consent; a consent of two in five at alignment 0.7";
        b_a = 2.26, -50.0 => 50.0, "1", Assumed, "mean alignment with those already in; that of `pact`";
        b_e = 0.81, -50.0 => 50.0, "1", Assumed, "enemy shared with one of them; that of `pact`";
        b_far = -4.1, -50.0 => 50.0, "1", Assumed, "none of them is near; that of `accession`";
        near_km = 1000.0, 0.0 => 20040.0, "km", Assumed, "distance within which one is near; that of `accession`";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct League {
    parameters: LeagueParameters,
}

impl League {
    /// The process with these parameters.
    pub fn new(parameters: LeagueParameters) -> Self {
        Self { parameters }
    }

    /// Whether `state` consents to join those already in; a state at war with one is not asked.
    fn consents(
        &self,
        state: StateId,
        members: &[f64],
        memory: &mut u32,
        reaction: &mut Reaction<'_>,
    ) -> bool {
        let (p, view) = (&self.parameters, reaction.view);
        let inside = members.iter().enumerate().filter(|(_, inside)| **inside != 0.0);
        let inside = inside.map(|(member, _)| StateId::new(member));
        let with = Company::of(&view, state, inside, p.near_km);
        if with.at_war {
            return false;
        }
        let far = if with.far { p.b_far } else { 0.0 };
        let eta = p.c0 + p.b_a * with.alignment + p.b_e * with.enemy + far;
        let number = *memory;
        *memory += 1;
        reaction.draws.uniform(ABOUT.tag, view.frame.state_entities[state.index()], number)
            < logistic(eta)
    }
}

impl Process for League {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        let names = || frame.codes.iter().map(ToString::to_string);
        Channel::of("league-call", names()).chain(Channel::of("league", names())).collect()
    }

    /// `noted` marks those already in; `choices` counts how often each state was asked.
    fn memory(&self, frame: &Frame) -> Memory {
        let n = frame.states();
        Memory {
            clocks: Clocks::new(n),
            noted: vec![0.0; n],
            choices: vec![0; n],
            order: Vec::with_capacity(n),
            ..Memory::default()
        }
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
        for (channel, &id) in view.frame.slots.leagues.iter().enumerate() {
            if view.world.treaties.status(id) != Status::Absent {
                continue;
            }
            let key = (ABOUT.tag, view.frame.state_entities[channel]);
            let hazard = self.parameters.rate * timeline.dt;
            if let Some(fraction) = memory.clocks.fire_once(channel, hazard, key, draws) {
                next.firings.push(Firing {
                    day: timeline.day_within(view.step, fraction),
                    tag: key.0,
                    channel,
                    effect: Effect::One(Change::Convene(StateId::new(channel))),
                });
            }
        }
    }

    fn react(&self, change: &Change, memory: &mut Memory, reaction: &mut Reaction<'_>) {
        let Change::Convene(founder) = *change else { return };
        let frame = reaction.view.frame;
        let id: TreatyId = frame.slots.leagues[founder.index()];
        if reaction.world.treaties.status(id) != Status::Absent {
            return;
        }
        let alignment = |state: StateId| {
            reaction.view.world.alignment[frame.dyads.between(founder, state).index()]
        };
        memory.order.clear();
        memory.order.extend((0..frame.states()).map(StateId::new).filter(|&s| s != founder));
        memory.order.sort_unstable_by(|&a, &b| {
            let by_name = frame.codes[a.index()].cmp(&frame.codes[b.index()]);
            alignment(b).total_cmp(&alignment(a)).then(by_name)
        });
        memory.noted.fill(0.0);
        memory.noted[founder.index()] = 1.0;
        let mut members = 1;
        for n in 0..memory.order.len() {
            let state = memory.order[n];
            let asked = &mut memory.choices[state.index()];
            if self.consents(state, &memory.noted, asked, reaction) {
                memory.noted[state.index()] = 1.0;
                members += 1;
            }
        }
        if members < 3 {
            return;
        }
        for state in (0..frame.states()).filter(|&state| memory.noted[state] != 0.0) {
            reaction.world.treaties.seat(frame, id, StateId::new(state));
        }
        let channel = frame.states() + founder.index();
        reaction.then(ABOUT.tag, Some(channel), Change::Sign(id));
    }
}
