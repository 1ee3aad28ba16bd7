//! P6 `arms`: a state delivers arms to another, which may pay with support.
//!
//! Mechanism: each ordered pair (i, j) that is not at war with each other, in which i neither
//! delivers to j already nor sanctions it in arms, has a hazard that rises with alignment, war
//! demand, alliance and the recipient's isolation. Deliveries last `delivery_years` and raise the
//! recipient's effective capability meanwhile. Arms for support: the recipient may pay back, with
//! policy (alignment) and technology (the supplier's own capability, lasting).
//!
//! ```text
//! hazard = r0 exp(r_a a_ij + r_w [j at war] + r_p P_ij^def + r_i I_j)   per year
//! c_j = c_j^own boost^(suppliers of j);   c_i^own <- c_i^own tech, a jump of alignment, if j pays back
//! ```
//!
//! Units: r0 in 1/year, c a share of the world's, the rest pure numbers. Source: assumed; only the
//! directions (war demand, outside options of the isolated) are argued from the case. SIPRI's
//! transfers would be the data to fit.

use crate::model::change::Change;
use crate::model::clocks::Clocks;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::{DyadId, PairId, StateId};
use crate::model::math::batch::exp_all;
use crate::model::math::{exp, ln};
use crate::model::parameters::parameters;
use crate::model::process::{
    About, AtRisk, Chance, Channel, Effect, Firing, Memory, Next, Process, Reaction, Reasons, Tag,
    Term, View,
};
use crate::model::sanction::SanctionTypes;
use crate::model::treaty::Obligation;
use crate::model::world::World;

/// What this process is.
pub const ABOUT: About = About {
    name: "arms",
    tag: Tag(6),
    summary: "a state delivers arms to another, which may pay with support",
};

parameters! {
    /// Parameters of `arms`.
    pub struct ArmsParameters {
        r0 = 0.02, 0.0 => 50.0, "1/year", Assumed, "hazard with every other term 0";
        r_a = 1.5, -10.0 => 10.0, "1", Assumed, "per unit of alignment a";
        r_w = 1.0, -10.0 => 10.0, "1", Assumed, "the recipient is at war";
        r_p = 0.7, -10.0 => 10.0, "1", Assumed, "defence binds the two";
        r_i = 0.5, -10.0 => 10.0, "1", Assumed, "per unit of the recipient's isolation";
        delivery_years = 1.0, 0.0 => 100.0, "years", Assumed, "how long deliveries last";
        boost = 1.02, 0.1 => 10.0, "1", Assumed, "factor on the recipient's capability for each state that delivers";
        p_payback = 0.5, 0.0 => 1.0, "1", Assumed, "probability that the recipient pays with support";
        tech = 1.01, 0.1 => 10.0, "1", Assumed, "factor on the supplier's own capability when it is paid with technology";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct Arms {
    parameters: ArmsParameters,
}

impl Arms {
    /// The process with these parameters.
    pub fn new(parameters: ArmsParameters) -> Self {
        Self { parameters }
    }

    /// Whether `i` may deliver to `j`, unless it does already.
    #[inline]
    fn may(view: &View<'_>, (i, j): (StateId, StateId), dyad: DyadId) -> bool {
        !view.world.sanctions.by_type(i, j, SanctionTypes::ARMS) && !view.world.wars.between(dyad)
    }

    /// The terms of war demand and of alliance.
    #[inline]
    fn demand(&self, view: &View<'_>, (i, j): (StateId, StateId)) -> (f64, f64) {
        let p = &self.parameters;
        let allied = view.world.treaties.bound(i, j, Obligation::Defence);
        (if view.world.wars.fights(j) { p.r_w } else { 0.0 }, if allied { p.r_p } else { 0.0 })
    }

    #[inline]
    fn log_rate(&self, world: &World, j: StateId, dyad: DyadId, demand: (f64, f64)) -> f64 {
        let p = &self.parameters;
        let (war, allied) = demand;
        p.r_a * world.alignment[dyad.index()] + war + allied + p.r_i * world.isolation[j.index()]
    }

    /// The hazards (1/year) of all ordered pairs, into the memory's rates.
    #[inline]
    fn hazards(&self, view: &View<'_>, memory: &mut Memory) {
        let World { treaties, sanctions, wars, ledger, .. } = view.world;
        let pairs = view.frame.dyads.ordered();
        let Memory { rates, noted, at_risk, .. } = memory;
        let (war, allied) = noted[pairs.len()..].split_at_mut(pairs.len());
        let versions = [sanctions.version(), wars.version(), treaties.owed_version()];
        let can = |n: usize| Self::may(view, (pairs[n].0, pairs[n].1), pairs[n].2);
        if at_risk.update(versions, can) {
            for ((war, allied), &(i, j, _)) in war.iter_mut().zip(allied.iter_mut()).zip(pairs) {
                (*war, *allied) = self.demand(view, (i, j));
            }
        }
        let demand = war.iter().zip(&*allied);
        for ((eta, &(_, j, dyad)), (&war, &allied)) in rates.iter_mut().zip(pairs).zip(demand) {
            *eta = self.log_rate(view.world, j, dyad, (war, allied));
        }
        exp_all(rates);
        for ((rate, &at_risk), &(i, j, _)) in rates.iter_mut().zip(at_risk.channels()).zip(pairs) {
            let begins = at_risk & !ledger.delivering(i, j);
            *rate = if begins { self.parameters.r0 * *rate } else { 0.0 };
        }
    }

    fn aid(&self, reaction: &mut Reaction<'_>, recipient: StateId) {
        let suppliers = reaction.world.ledger.suppliers(recipient);
        // A count of states fits.
        let factor = self.parameters.boost.powi(suppliers as i32);
        reaction.then(ABOUT.tag, None, Change::Aid(recipient, factor));
    }
}

impl Process for Arms {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        let kinds = ["arms", "arms-end", "arms-for-support"];
        kinds.into_iter().flat_map(|kind| Channel::of_pairs(kind, frame)).collect()
    }

    /// `noted` holds by ordered pair the time at which deliveries end, then the terms of war demand,
    /// then those of alliance.
    fn memory(&self, frame: &Frame) -> Memory {
        let n = frame.pairs.len();
        Memory {
            clocks: Clocks::new(n),
            noted: vec![0.0; 3 * n],
            rates: vec![0.0; n],
            at_risk: AtRisk::new(n),
            choices: vec![0; n],
            ..Memory::default()
        }
    }

    fn begin(&self, frame: &Frame, _world: &mut World, memory: &mut Memory, draws: &mut dyn Draws) {
        memory.clocks.start(ABOUT.tag, &frame.pair_entities, draws);
        memory.noted[..frame.pairs.len()].fill(f64::INFINITY);
        memory.at_risk.forget();
        memory.choices.fill(0);
    }

    fn reasons(&self, view: &View<'_>, _memory: &Memory, channel: usize) -> Option<Reasons> {
        if channel >= view.frame.pairs.len() {
            return None;
        }
        let p = &self.parameters;
        let (i, j) = view.frame.pairs.of(PairId::new(channel));
        let dyad = view.frame.dyads.between(i, j);
        let flag = |on: bool| f64::from(u8::from(on));
        let allied = flag(view.world.treaties.bound(i, j, Obligation::Defence));
        let terms = vec![
            Term::adding("base rate a year", p.r0, ln(p.r0)),
            Term::linear("alignment", view.world.alignment[dyad.index()], p.r_a),
            Term::linear("the recipient is at war", flag(view.world.wars.fights(j)), p.r_w),
            Term::linear("defence binds the two", allied, p.r_p),
            Term::linear("isolation of the recipient", view.world.isolation[j.index()], p.r_i),
        ];
        let demand = self.demand(view, (i, j));
        let hazard = p.r0 * exp(self.log_rate(view.world, j, dyad, demand));
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
        let mut fire = |fraction, channel, change| {
            next.firings.push(Firing {
                day: timeline.day_within(step, fraction),
                tag: ABOUT.tag,
                channel,
                effect: Effect::One(change),
            });
        };
        let pairs = frame.dyads.ordered();
        let (now, then) = (view.now(), view.now() + timeline.dt);
        let ends = memory.noted[..pairs.len()].iter_mut().enumerate();
        for (pair, end) in ends.filter(|(_, end)| **end <= then) {
            let fraction = ((*end - now) / timeline.dt).max(f64::MIN_POSITIVE);
            *end = f64::INFINITY;
            fire(fraction, pairs.len() + pair, Change::EndDelivery(pairs[pair].0, pairs[pair].1));
        }
        self.hazards(&view, memory);
        let rates = (&*memory.rates, timeline.dt);
        let key = (ABOUT.tag, &*frame.pair_entities);
        memory.clocks.fire_once_all(rates, key, draws, |channel, fraction, _| {
            let (i, j, _) = pairs[channel];
            fire(fraction, channel, Change::Deliver(i, j));
        });
    }

    fn react(&self, change: &Change, memory: &mut Memory, reaction: &mut Reaction<'_>) {
        let frame = reaction.view.frame;
        if let Change::Set(..) = change {
            // The terms that are kept may hang on what was set.
            memory.at_risk.forget();
        }
        match *change {
            Change::Deliver(supplier, recipient) => {
                let at = frame.pairs.between(supplier, recipient).index();
                memory.noted[at] = reaction.now + self.parameters.delivery_years;
                self.aid(reaction, recipient);
                let choice = memory.next_choice(at);
                let p = self.parameters.p_payback;
                if reaction.draws.uniform(ABOUT.tag, frame.pair_entities[at], choice) < p {
                    let channel = 2 * frame.pairs.len() + at;
                    let back = Change::PayBack(supplier, recipient);
                    reaction.by_chance(ABOUT.tag, Some(channel), back, || Reasons {
                        chance: Chance::Probability(p),
                        terms: Vec::new(),
                    });
                }
            }
            Change::EndDelivery(_, recipient) => self.aid(reaction, recipient),
            // What is being delivered is worth what the new factor says.
            Change::Set(parameter, _) if parameter.key() == "arms.boost" => {
                for recipient in (0..frame.states()).map(StateId::new) {
                    if reaction.world.ledger.suppliers(recipient) > 0 {
                        self.aid(reaction, recipient);
                    }
                }
            }
            Change::PayBack(supplier, _) => {
                let by = self.parameters.tech;
                reaction.then(ABOUT.tag, None, Change::ScaleCapability(supplier, by));
            }
            _ => {}
        }
    }
}
