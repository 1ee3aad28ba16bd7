//! P4 `lifting`: a state lifts its sanctions on another.
//!
//! Mechanism: a constant hazard for every ordered pair with sanctions in force, whether a scenario's
//! entry or process `sanction` brought them; all of the pair's sanctions end together. At the end
//! the target may concede.
//!
//! ```text
//! hazard = q   per year;   P(concession) = p_concede
//! ```
//!
//! Units: q in 1/year. Source: q from GSDB 3 cases (median length 6 years); the concession from
//! Hufbauer, Schott, Elliott and Oegg (2007): 34 % of 204 cases at least partly successful. Pape
//! (1997) finds about 5 % in the same cases, a count of GSDB 47 %.

use crate::model::change::Change;
use crate::model::clocks::Clocks;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::PairId;
use crate::model::parameters::parameters;
use crate::model::process::{
    About, AtRisk, Chance, Channel, Effect, Firing, Memory, Next, Process, Reaction, Reasons, Tag,
    Term, View,
};

/// What this process is.
pub const ABOUT: About = About {
    name: "lifting",
    tag: Tag(22),
    summary: "a state lifts its sanctions on another, which may have conceded",
};

parameters! {
    /// Parameters of `lifting`.
    pub struct LiftingParameters {
        q = 0.082, 0.0 => 50.0, "1/year", Estimated, "hazard of the end of a pair's sanctions";
        p_concede = 0.34, 0.0 => 1.0, "1", Published, "probability that the target has conceded; 0.05 to 0.47 in the literature";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct Lifting {
    parameters: LiftingParameters,
}

impl Lifting {
    /// The process with these parameters.
    pub fn new(parameters: LiftingParameters) -> Self {
        Self { parameters }
    }
}

impl Process for Lifting {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        let lifted = Channel::of_pairs("sanction-lifted", frame);
        lifted.chain(Channel::of_pairs("concession", frame)).collect()
    }

    fn memory(&self, frame: &Frame) -> Memory {
        let pairs = frame.pairs.len();
        let (clocks, at_risk) = (Clocks::new(pairs), AtRisk::new(pairs));
        Memory { clocks, at_risk, choices: vec![0; pairs], ..Memory::default() }
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
        let (pairs, sanctions) = (view.frame.dyads.ordered(), &view.world.sanctions);
        let sanctioned = |n: usize| sanctions.any(pairs[n].0, pairs[n].1);
        memory.at_risk.update([sanctions.version(), 0, 0], sanctioned);
        for &channel in memory.at_risk.list() {
            let (i, j, _) = pairs[channel];
            let key = (ABOUT.tag, view.frame.pair_entities[channel]);
            if let Some(fraction) = memory.clocks.fire_once(channel, hazard, key, draws) {
                next.firings.push(Firing {
                    day: timeline.day_within(view.step, fraction),
                    tag: key.0,
                    channel,
                    effect: Effect::One(Change::LiftAll(i, j)),
                });
            }
        }
    }

    fn react(&self, change: &Change, memory: &mut Memory, reaction: &mut Reaction<'_>) {
        let Change::LiftAll(sender, target) = *change else { return };
        let frame = reaction.view.frame;
        let pair: PairId = frame.pairs.between(sender, target);
        let choice = memory.next_choice(pair.index());
        let p = self.parameters.p_concede;
        if reaction.draws.uniform(ABOUT.tag, frame.pair_entities[pair.index()], choice) < p {
            let channel = frame.pairs.len() + pair.index();
            reaction.by_chance(ABOUT.tag, Some(channel), Change::Concede(sender, target), || {
                let terms = vec![Term::plain("share of successful sanctions", p)];
                Reasons { chance: Chance::Probability(p), terms }
            });
        }
    }
}
