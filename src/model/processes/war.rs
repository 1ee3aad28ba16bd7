//! P10 `war`: wars end, with winners and losers or without.
//!
//! Mechanism: every war that is being fought, unless an event holds it, ends at a constant hazard.
//! It is a draw, or the side with more capability is likelier to win, and the attacker beyond that.
//! The losers lose capability for good.
//!
//! ```text
//! hazard = q   per year;   P(draw) = p_draw
//! P(A wins | decided) = logistic(initiator + exponent ln(C_A / C_B));   c_i <- c_i loss for losers
//! ```
//!
//! C_A, C_B sum the capabilities of everyone who fights on the attacker's and the target's side.
//! Units: q in 1/year, c a share of the world's, the rest pure numbers. Source: COW inter-state wars
//! (77 decided, 18 of 95 undecided, standard errors 0.25 and 0.14); the length from memory of the
//! literature (about 13 months; a count of years of COW wars 1816-1995 gives 0.82); the loss is
//! assumed. A symmetric variant has initiator 0 and exponent 0.36 (0.13).

use crate::model::change::Change;
use crate::model::clocks::Clocks;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::WarId;
use crate::model::parameters::parameters;
use crate::model::process::{
    About, Chance, Channel, Consequence, Effect, Firing, Memory, Next, Process, Reaction, Reasons,
    Tag, Term, View,
};
use crate::model::victory::Victory;
use crate::model::war::{Camp, Outcome};
use crate::model::world::World;

/// What this process is.
pub const ABOUT: About =
    About { name: "war", tag: Tag(10), summary: "wars end, with winners and losers or without" };

parameters! {
    /// Parameters of `war`.
    pub struct WarParameters {
        q = 0.9, 0.0 => 50.0, "1/year", Published, "hazard of the end of a war";
        p_draw = 0.19, 0.0 => 1.0, "1", Estimated, "probability that a war that ends is undecided";
        initiator = 0.54, -20.0 => 20.0, "1", Estimated, "log-odds that the attacker wins against an equal (0.25)";
        exponent = 0.30, -20.0 => 20.0, "1", Estimated, "weight of ln(C_A / C_B) (0.14)";
        loss = 0.95, 0.001 => 1.0, "1", Assumed, "factor on the capability of each loser";
    }
}

impl WarParameters {
    /// Who wins.
    pub fn victory(&self) -> Victory {
        Victory { initiator: self.initiator, exponent: self.exponent }
    }
}

/// Kinds of channel, one for each war there may be.
const KINDS: [&str; 3] = ["war-drawn", "war-won-by-attacker", "war-won-by-target"];

/// The process.
#[derive(Clone, Debug)]
pub struct War {
    parameters: WarParameters,
}

impl War {
    /// The process with these parameters.
    pub fn new(parameters: WarParameters) -> Self {
        Self { parameters }
    }

    /// How the war ends, and the kind that counts it.
    fn outcome(&self, world: &World, war: WarId, draw: f64) -> (Outcome, usize) {
        let p = self.parameters.p_draw;
        let attacker = self.parameters.victory().of_camp(world, war, Camp::Attacker, 0.0);
        if draw < p {
            (Outcome::Draw, 0)
        } else if draw < p + (1.0 - p) * attacker {
            (Outcome::Won(Camp::Attacker), 1)
        } else {
            (Outcome::Won(Camp::Target), 2)
        }
    }
}

impl Process for War {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        let names = || (0..frame.war_count()).map(|war| frame.war_name(WarId::new(war)));
        KINDS.into_iter().flat_map(|kind| Channel::of(kind, names())).collect()
    }

    fn memory(&self, frame: &Frame) -> Memory {
        let wars = frame.war_count();
        Memory { clocks: Clocks::new(wars), choices: vec![0; wars], ..Memory::default() }
    }

    fn reasons(&self, view: &View<'_>, _memory: &Memory, channel: usize) -> Option<Reasons> {
        let war = WarId::new(channel % view.frame.war_count());
        let attacker = self.parameters.victory().of_camp(view.world, war, Camp::Attacker, 0.0);
        let terms = vec![Term::plain("chance of the attacker if decided", attacker)];
        Some(Reasons { chance: Chance::Hazard(self.parameters.q), terms })
    }

    fn step(
        &self,
        view: View<'_>,
        memory: &mut Memory,
        draws: &mut dyn Draws,
        next: &mut Next<'_>,
    ) {
        let timeline = &view.frame.timeline;
        for fought in view.world.wars.fought().iter().filter(|war| !war.held) {
            let at = fought.id.index();
            let key = (ABOUT.tag, view.frame.war_entity(fought.id));
            let hazard = self.parameters.q * timeline.dt;
            if let Some(fraction) = memory.clocks.fire_once(at, hazard, key, draws) {
                let choice = memory.next_choice(at);
                let draw = draws.uniform(key.0, key.1, choice);
                let (outcome, kind) = self.outcome(view.world, fought.id, draw);
                next.firings.push(Firing {
                    day: timeline.day_within(view.step, fraction),
                    tag: key.0,
                    channel: kind * view.frame.war_count() + at,
                    effect: Effect::One(Change::Settle(fought.id, outcome)),
                });
            }
        }
    }

    fn react(&self, change: &Change, _memory: &mut Memory, reaction: &mut Reaction<'_>) {
        let Change::Settle(_, Outcome::Won(winner)) = *change else { return };
        let by = self.parameters.loss;
        // Also those who joined in this step; nothing has ended a war since this one.
        for loser in reaction.world.wars.ended(winner.other()) {
            let change = Change::ScaleCapability(loser, by);
            reaction.follow.push(Consequence {
                tag: ABOUT.tag,
                channel: None,
                change,
                reasons: None,
            });
        }
    }
}
