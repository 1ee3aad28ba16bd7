//! `accession`: a state joins a treaty that is open to it.
//!
//! Mechanism: every open treaty in force and every state outside have a hazard that rises with the
//! state's mean alignment with the members and with an enemy it shares with one of them, and is far
//! smaller beyond `near_km` of all members. A state at war with a member does not accede. Members
//! are joined at treaty level: one accession binds the state to every member.
//!
//! ```text
//! eta = b0 + b_a mean_m a_jm + b_e max_m E_jm + b_far [d_jm > near_km for all m]
//! hazard = ln(1 + exp(eta))   per year
//! ```
//!
//! Units: eta a logit per year, d in km, the rest pure numbers. Source: the level from ATOP 4,
//! multilateral defence treaties 1946-95: 27 accessions of established states in 11,811 treaty-years
//! of states within 1,000 km of a member, 0.0023 a year, and 2 in 54,685 beyond; the weights are
//! those of `pact`, so b0 is set to give 0.0023 at alignment 0.3 without a shared enemy.

use crate::model::change::Change;
use crate::model::clocks::Clocks;
use crate::model::company::Company;
use crate::model::draws::Draws;
use crate::model::entity::Entity;
use crate::model::frame::Frame;
use crate::model::ids::{StateId, TreatyId};
use crate::model::math::annual_hazard;
use crate::model::parameters::parameters;
use crate::model::process::{
    About, Chance, Channel, Effect, Firing, Memory, Next, Process, Reasons, Tag, Term, View,
};

/// What this process is.
pub const ABOUT: About =
    About { name: "accession", tag: Tag(20), summary: "a state joins a treaty that is open to it" };

parameters! {
    /// Parameters of `accession`.
    pub struct AccessionParameters {
        b0 = -6.75, -50.0 => 10.0, "1", Calibrated, "constant; gives the rate of 1946-95 near a member";
        b_a = 2.26, -10.0 => 10.0, "1", Assumed, "per unit of mean alignment with the members; that of `pact`";
        b_e = 0.81, -10.0 => 10.0, "1", Assumed, "enemy shared with a member; that of `pact`";
        b_far = -4.1, -50.0 => 10.0, "1", Estimated, "no member is near; 2 accessions in 54,685 years against 0.0023 a year";
        near_km = 1000.0, 0.0 => 20040.0, "km", Estimated, "distance within which a member is near";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct Accession {
    parameters: AccessionParameters,
}

impl Accession {
    /// The process with these parameters.
    pub fn new(parameters: AccessionParameters) -> Self {
        Self { parameters }
    }

    fn company(&self, view: &View<'_>, id: TreatyId, state: StateId) -> Company {
        let members = view.world.treaties.members(view.frame, id);
        Company::of(view, state, members, self.parameters.near_km)
    }

    fn log_odds(&self, with: &Company) -> f64 {
        let p = &self.parameters;
        p.b0 + p.b_a * with.alignment + p.b_e * with.enemy + if with.far { p.b_far } else { 0.0 }
    }
}

/// Every open treaty with every state that may accede to it, in the order of the channels.
pub fn seats(frame: &Frame) -> impl Iterator<Item = (TreatyId, StateId)> + '_ {
    let open = frame.treaties.iter().enumerate().filter(|(_, treaty)| treaty.open);
    open.flat_map(|(id, treaty)| treaty.candidates.iter().map(move |&s| (TreatyId::new(id), s)))
}

/// Every treaty that may have more than two members, with everyone who may be one.
pub fn all_seats(frame: &Frame) -> impl Iterator<Item = (TreatyId, StateId)> + '_ {
    let many = frame.treaties.iter().enumerate().filter(|(_, t)| t.candidates.len() > 2);
    many.flat_map(|(id, treaty)| treaty.candidates.iter().map(move |&s| (TreatyId::new(id), s)))
}

/// Identity of a state's seat in a treaty.
pub fn seat_entity(frame: &Frame, id: TreatyId, state: StateId) -> Entity {
    Entity::named("seat", &seat_name(frame, id, state))
}

/// Memory with a channel for each of these seats.
pub fn memory_of(frame: &Frame, seats: impl Iterator<Item = (TreatyId, StateId)>) -> Memory {
    let seats: Vec<_> = seats.collect();
    let entities = seats.iter().map(|&(id, state)| seat_entity(frame, id, state)).collect();
    Memory { clocks: Clocks::new(seats.len()), entities, seats, ..Memory::default() }
}

/// A state's seat in a treaty, as results name it.
pub fn seat_name(frame: &Frame, id: TreatyId, state: StateId) -> String {
    format!("{} {}", frame.codes[state.index()], frame.treaties[id.index()].name)
}

impl Process for Accession {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        let subjects = seats(frame).map(|(id, state)| seat_name(frame, id, state));
        Channel::of("accession", subjects.collect::<Vec<_>>()).collect()
    }

    fn memory(&self, frame: &Frame) -> Memory {
        memory_of(frame, seats(frame))
    }

    fn reasons(&self, view: &View<'_>, _memory: &Memory, channel: usize) -> Option<Reasons> {
        let (id, state) = seats(view.frame).nth(channel)?;
        let (p, with) = (&self.parameters, self.company(view, id, state));
        let chance = Chance::Hazard(annual_hazard(self.log_odds(&with)));
        let far = f64::from(u8::from(with.far));
        let terms = vec![
            Term::linear("constant", 1.0, p.b0),
            Term::linear("mean alignment with the members", with.alignment, p.b_a),
            Term::linear("enemy shared with a member", with.enemy, p.b_e),
            Term::linear("far from every member", far, p.b_far),
        ];
        Some(Reasons { chance, terms })
    }

    fn step(
        &self,
        view: View<'_>,
        memory: &mut Memory,
        draws: &mut dyn Draws,
        next: &mut Next<'_>,
    ) {
        let timeline = &view.frame.timeline;
        for (channel, &(id, state)) in memory.seats.iter().enumerate() {
            let treaties = &view.world.treaties;
            if !treaties.in_force(id) || treaties.is_member(view.frame, id, state) {
                continue;
            }
            let with = self.company(&view, id, state);
            if with.at_war {
                continue;
            }
            let hazard = annual_hazard(self.log_odds(&with)) * timeline.dt;
            let key = (ABOUT.tag, memory.entities[channel]);
            if let Some(fraction) = memory.clocks.fire_once(channel, hazard, key, draws) {
                next.firings.push(Firing {
                    day: timeline.day_within(view.step, fraction),
                    tag: key.0,
                    channel,
                    effect: Effect::One(Change::Accede(id, state)),
                });
            }
        }
    }
}
