//! P7 `crisis`: a state begins a militarised dispute with another.
//!
//! Mechanism: each ordered pair (i, j) that is not at war with each other has a hazard that rises
//! with contiguity, tension and the initiator's share of the two's capability, and falls with
//! alignment and with the deterrence D_j of the target's defence partners.
//!
//! ```text
//! eta = b0 + b_ctg ctg_ij + b_t T_ij + b_a a_ij + b_s c_i / (c_i + c_j) - delta D_ij
//! D_ij = 1 - prod_k (1 - r h_kj),   k owes j defence, k not i, k not bound to i
//! hazard = ln(1 + exp(eta))   per year
//! ```
//!
//! h_kj is the probability that k would honour its word in a war of i on j (process
//! `casus_foederis`; 0 if that is off). The level is drawn: threat, display or use of force. Units:
//! eta a logit per year, the rest pure numbers. Source: logit on directed politically relevant dyads
//! 1951-2014 (1,307 onsets, COW MID 5, AUC 0.896); b_t and b0 calibrated to 4.5-5.5 disputes a year
//! among the 13 states of the flagship case; delta gives -28 % disputes (Johnson and Leeds 2011)
//! where D is 0.53 on average, which is more than in the flagship case; levels counted 1946-2014.

use crate::model::change::{Change, Level};
use crate::model::clocks::Clocks;
use crate::model::deterrence::Deterrents;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::honour::Honour;
use crate::model::ids::{DyadId, PairId, StateId};
use crate::model::math::annual_hazard;
use crate::model::math::batch::annual_hazards;
use crate::model::parameters::parameters;
use crate::model::process::{
    About, Chance, Channel, Effect, Firing, Memory, Next, Process, Reasons, Tag, Term, View,
    take_number,
};
use crate::model::world::World;

/// What this process is.
pub const ABOUT: About = About {
    name: "crisis",
    tag: Tag(7),
    summary: "a state begins a militarised dispute with another",
};

parameters! {
    /// Parameters of `crisis`: coefficients of the log-odds of a dispute within a year, and levels.
    pub struct CrisisParameters {
        b0 = -6.06, -50.0 => 10.0, "1", Calibrated, "constant; fitted -6.46 (standard error 0.16)";
        b_ctg = 1.57, -10.0 => 10.0, "1", Estimated, "contiguity (0.14)";
        b_t = 4.0, -20.0 => 20.0, "1", Calibrated, "tension T; fitted 4.46 (0.11)";
        b_a = -0.31, -10.0 => 10.0, "1", Estimated, "per unit of alignment a (0.09)";
        b_s = 0.55, -10.0 => 10.0, "1", Estimated, "initiator's share of the two's capability (0.12)";
        delta = 0.62, -10.0 => 10.0, "1", Published, "deterrence by the target's defence partners; -28 % where D is 0.53 on average (Johnson and Leeds 2011); contested, so run with 0 too";
        r = 0.5, 0.0 => 1.0, "1", Assumed, "how much of a partner's honour the initiator reckons with";
        share_threat = 0.021, 0.0 => 1.0, "1", Estimated, "share of disputes that end with a threat; 1946-2014";
        share_display = 0.271, 0.0 => 1.0, "1", Estimated, "share that end with a display of force; the rest use force";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct Crisis {
    parameters: CrisisParameters,
    honour: Option<Honour>,
}

impl Crisis {
    /// The process with these parameters; `honour` if allies keep or break their word at all.
    pub fn new(parameters: CrisisParameters, honour: Option<Honour>) -> Self {
        Self { parameters, honour }
    }

    /// The log-odds eta of a dispute that `i` begins with `j` within a year; `deterred` is D_ij.
    pub fn log_odds(&self, view: &View<'_>, (i, j): (StateId, StateId), deterred: f64) -> f64 {
        self.log_odds_of(view, (i, j, view.frame.dyads.between(i, j)), deterred)
    }

    /// The same of a pair whose dyad is known.
    #[inline]
    fn log_odds_of(
        &self,
        view: &View<'_>,
        (i, j, dyad): (StateId, StateId, DyadId),
        deterred: f64,
    ) -> f64 {
        let View { frame, world, derived, .. } = view;
        let (p, dyad) = (&self.parameters, dyad.index());
        let (ci, cj) = (world.capability[i.index()], world.capability[j.index()]);
        p.b0 + if frame.contiguous[dyad] { p.b_ctg } else { 0.0 }
            + p.b_t * derived.tension[dyad]
            + p.b_a * world.alignment[dyad]
            + p.b_s * (ci / (ci + cj))
            - p.delta * deterred
    }

    /// The hazards (1/year) of all ordered pairs, into the memory's rates.
    #[inline]
    fn hazards(&self, view: &View<'_>, memory: &mut Memory) {
        let View { frame, world, .. } = view;
        let p = &self.parameters;
        // Where nobody keeps a word or deterrence is off, nobody is deterred.
        if let Some(honour) = self.honour.as_ref().filter(|_| p.delta != 0.0) {
            memory.deterrents.update(view, honour, p.r);
        } else {
            memory.deterrents.forget();
        }
        let pairs = frame.dyads.ordered().iter().zip(memory.deterrents.all());
        for (eta, (&pair, &deterred)) in memory.rates.iter_mut().zip(pairs) {
            *eta = self.log_odds_of(view, pair, deterred);
        }
        annual_hazards(&mut memory.rates);
        let dyads = frame.dyads.ordered().iter().map(|&(.., dyad)| dyad);
        world.wars.still(&mut memory.rates, dyads);
    }

    fn level(&self, draw: f64) -> Level {
        let CrisisParameters { share_threat, share_display, .. } = self.parameters;
        if draw < share_threat {
            Level::Threat
        } else if draw < share_threat + share_display {
            Level::Display
        } else {
            Level::Force
        }
    }
}

impl Process for Crisis {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        Channel::of_pairs("dispute", frame).collect()
    }

    fn memory(&self, frame: &Frame) -> Memory {
        let pairs = frame.pairs.len();
        Memory {
            clocks: Clocks::new(pairs),
            choices: vec![0; pairs],
            rates: vec![0.0; pairs],
            deterrents: Deterrents::with_room(frame.states()),
            ..Memory::default()
        }
    }

    fn begin(&self, frame: &Frame, _world: &mut World, memory: &mut Memory, draws: &mut dyn Draws) {
        memory.clocks.start(ABOUT.tag, &frame.pair_entities, draws);
        memory.choices.fill(0);
        memory.deterrents.forget();
    }

    fn reasons(&self, view: &View<'_>, memory: &Memory, channel: usize) -> Option<Reasons> {
        let p = &self.parameters;
        let (i, j) = view.frame.pairs.of(PairId::new(channel));
        let dyad = view.frame.dyads.between(i, j).index();
        let (ci, cj) = (view.world.capability[i.index()], view.world.capability[j.index()]);
        let deterred = memory.deterrents.all()[channel];
        let contiguous = f64::from(u8::from(view.frame.contiguous[dyad]));
        let terms = vec![
            Term::linear("constant", 1.0, p.b0),
            Term::linear("contiguity", contiguous, p.b_ctg),
            Term::linear("tension", view.derived.tension[dyad], p.b_t),
            Term::linear("alignment", view.world.alignment[dyad], p.b_a),
            Term::linear("share of the two's capability", ci / (ci + cj), p.b_s),
            Term::linear("deterrence", deterred, -p.delta),
        ];
        let hazard = annual_hazard(self.log_odds(view, (i, j), deterred));
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
        let timeline = &frame.timeline;
        self.hazards(&view, memory);
        let Memory { clocks, rates, choices, .. } = memory;
        let key = (ABOUT.tag, &*frame.pair_entities);
        clocks.fire_once_all((rates, timeline.dt), key, draws, |channel, fraction, draws| {
            let choice = take_number(&mut choices[channel]);
            let level = self.level(draws.uniform(ABOUT.tag, frame.pair_entities[channel], choice));
            let (i, j, _) = frame.dyads.ordered()[channel];
            next.firings.push(Firing {
                day: timeline.day_within(step, fraction),
                tag: ABOUT.tag,
                channel,
                effect: Effect::One(Change::Dispute(i, j, level)),
            });
        });
    }
}
