//! P4 `sanction`: a state sanctions another.
//!
//! Mechanism: each ordered pair (i, j) in which i does not sanction j already, in any way, has a
//! hazard that rises with tension, with the sender's size, with the target's use of force and with
//! the number of states that sanction the target already (joining), and falls with alignment. A
//! warning may raise it, and a threat that is due does.
//!
//! ```text
//! eta = b0 + b_a a_ij + b_t T_ij + b_c ln c_i + b_v V_j + b_n ln(1 + N_j) + b_ally P_ij^def
//! hazard = ln(1 + exp(eta)) m   per year,   m = m_due if a threat of i to j is due,
//!                                           else m_warned if a warning stands, else 1
//! ```
//!
//! V_j = 1 if j began a dispute with force in the last `v_years`; N_j counts the states that
//! sanction j in trade, finance or arms; P_ij^def = 1 if defence binds i and j. A new sanction has
//! each type with its share, and the likeliest type if none is drawn. Units: eta a logit per year,
//! the rest pure numbers. Source: logit on all dyads 1990-2014 (585 onsets, GSDB 3, AUC 0.80);
//! shares: TIES; the multipliers are
//! assumed.

use crate::model::change::Change;
use crate::model::clocks::Clocks;
use crate::model::draws::Draws;
use crate::model::entity::Entity;
use crate::model::frame::Frame;
use crate::model::ids::{DyadId, PairId, StateId};
use crate::model::math::batch::annual_hazards;
use crate::model::math::{annual_hazard, ln};
use crate::model::parameters::parameters;
use crate::model::process::{
    About, Chance, Channel, Effect, Firing, Memory, Next, Process, Reasons, Tag, Term, View,
    take_number,
};
use crate::model::sanction::SanctionTypes;
use crate::model::treaty::Obligation;
use crate::model::world::World;

/// What this process is.
pub const ABOUT: About =
    About { name: "sanction", tag: Tag(4), summary: "a state sanctions another" };

parameters! {
    /// Parameters of `sanction`: coefficients of the log-odds of a sanction within a year, and what
    /// a sanction is made of.
    pub struct SanctionParameters {
        b0 = -4.89, -50.0 => 10.0, "1", Estimated, "constant (standard error 0.16)";
        b_a = -1.375, -10.0 => 10.0, "1", Estimated, "per unit of alignment a (0.09)";
        b_t = 2.28, -10.0 => 10.0, "1", Estimated, "tension T (0.39)";
        b_c = 0.353, -10.0 => 10.0, "1", Estimated, "per unit of ln of the sender's capability (0.03)";
        b_v = 0.46, -10.0 => 10.0, "1", Estimated, "the target lately began a dispute with force (0.11)";
        b_n = 0.31, -10.0 => 10.0, "1", Estimated, "per unit of ln(1 + states that sanction the target) (0.07)";
        b_ally = 0.0, -10.0 => 10.0, "1", Assumed, "defence binds the two; the fit has 1.08 (0.13), mostly sanctions by the United States, and it is off";
        v_years = 1.5, 0.0 => 100.0, "years", Assumed, "how long a dispute with force counts; this year or last in the fit, so one to two years";
        m_warned = 1.0, 0.0 => 100.0, "1", Assumed, "factor while a warning stands; 2 makes every warning a threat";
        m_due = 2.0, 0.0 => 100.0, "1", Assumed, "factor while a threat is due";
        share_trade = 0.65, 0.0 => 1.0, "1", Estimated, "share of sanctions that restrict trade; 290 political cases imposed 1945-95, TIES (standard error 0.03)";
        share_financial = 0.46, 0.0 => 1.0, "1", Estimated, "share that restrict finance; the same cases (0.03), mostly aid cut off";
        share_arms = 0.3, 0.0 => 1.0, "1", Assumed, "share that restrict arms; TIES does not tell them apart";
        share_travel = 0.09, 0.0 => 1.0, "1", Estimated, "share that restrict travel; the same cases (0.02)";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct Sanction {
    parameters: SanctionParameters,
}

impl Sanction {
    /// The process with these parameters.
    pub fn new(parameters: SanctionParameters) -> Self {
        Self { parameters }
    }

    /// The log-odds eta of a sanction by `i` on `j` within a year.
    pub fn log_odds(&self, view: &View<'_>, i: StateId, j: StateId) -> f64 {
        let pair = (i, j, view.frame.dyads.between(i, j));
        self.log_odds_of(view, pair, self.of_target(view, j))
    }

    /// What use of force by `j` and those who sanction it add to eta, the same for every sender.
    fn of_target(&self, view: &View<'_>, j: StateId) -> [f64; 2] {
        let p = &self.parameters;
        let force = if self.used_force(view, j) { p.b_v } else { 0.0 };
        [force, p.b_n * ln(f64::from(1 + view.derived.senders[j.index()]))]
    }

    /// Eta of a pair whose dyad and target are known.
    #[inline]
    fn log_odds_of(
        &self,
        view: &View<'_>,
        (i, j, dyad): (StateId, StateId, DyadId),
        [force, joining]: [f64; 2],
    ) -> f64 {
        let (p, world) = (&self.parameters, view.world);
        let allied = p.b_ally != 0.0 && world.treaties.bound(i, j, Obligation::Defence);
        p.b0 + p.b_a * world.alignment[dyad.index()]
            + p.b_t * view.derived.tension[dyad.index()]
            + p.b_c * world.ln_capability[i.index()]
            + force
            + joining
            + if allied { p.b_ally } else { 0.0 }
    }

    fn used_force(&self, view: &View<'_>, j: StateId) -> bool {
        view.now() - view.world.ledger.last_force(j) < self.parameters.v_years
    }

    /// The factor m.
    #[inline]
    fn factor(&self, view: &View<'_>, i: StateId, j: StateId) -> f64 {
        let ledger = &view.world.ledger;
        if ledger.due(i, j) {
            self.parameters.m_due
        } else if ledger.warned(i, j, view.now()) {
            self.parameters.m_warned
        } else {
            1.0
        }
    }

    /// Hazard (1/year) of a sanction by `i` on `j`: 0 where there is one.
    #[inline]
    pub fn hazard(&self, view: &View<'_>, i: StateId, j: StateId) -> f64 {
        if view.world.sanctions.any(i, j) {
            return 0.0;
        }
        annual_hazard(self.log_odds(view, i, j)) * self.factor(view, i, j)
    }

    /// The hazards (1/year) of all ordered pairs, into the memory's rates.
    #[inline]
    fn hazards(&self, view: &View<'_>, memory: &mut Memory) {
        let View { frame, world, .. } = view;
        let pairs = frame.dyads.ordered();
        for (j, of_target) in memory.noted.chunks_exact_mut(2).enumerate() {
            of_target.copy_from_slice(&self.of_target(view, StateId::new(j)));
        }
        for (eta, &(i, j, dyad)) in memory.rates.iter_mut().zip(pairs) {
            let of_target = [0, 1].map(|n| memory.noted[2 * j.index() + n]);
            *eta = self.log_odds_of(view, (i, j, dyad), of_target);
        }
        annual_hazards(&mut memory.rates);
        for (rate, &(i, j, _)) in memory.rates.iter_mut().zip(pairs) {
            let there_is_one = world.sanctions.any(i, j);
            *rate = if there_is_one { 0.0 } else { *rate * self.factor(view, i, j) };
        }
    }

    /// What a new sanction is made of: each type with its share, never nothing.
    fn types(&self, key: (Tag, Entity), choice: u32, draws: &mut dyn Draws) -> SanctionTypes {
        let p = &self.parameters;
        let shares = [p.share_trade, p.share_financial, p.share_arms, p.share_travel];
        let mut types = SanctionTypes::default();
        let mut likeliest = 0;
        for (bit, &share) in shares.iter().enumerate() {
            let number = choice * 4 + u32::try_from(bit).expect("there are four types");
            if draws.uniform(key.0, key.1, number) < share {
                types = types.with(SanctionTypes::only(bit));
            }
            if share > shares[likeliest] {
                likeliest = bit;
            }
        }
        if types.is_empty() { SanctionTypes::only(likeliest) } else { types }
    }
}

impl Process for Sanction {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        Channel::of_pairs("sanction", frame).collect()
    }

    /// `noted` holds what adds to the log-odds of every target: use of force, joining.
    fn memory(&self, frame: &Frame) -> Memory {
        let pairs = frame.pairs.len();
        let (rates, noted) = (vec![0.0; pairs], vec![0.0; 2 * frame.states()]);
        Memory {
            clocks: Clocks::new(pairs),
            choices: vec![0; pairs],
            rates,
            noted,
            ..Memory::default()
        }
    }

    fn begin(&self, frame: &Frame, _world: &mut World, memory: &mut Memory, draws: &mut dyn Draws) {
        memory.clocks.start(ABOUT.tag, &frame.pair_entities, draws);
        memory.choices.fill(0);
    }

    fn reasons(&self, view: &View<'_>, _memory: &Memory, channel: usize) -> Option<Reasons> {
        let p = &self.parameters;
        let (i, j) = view.frame.pairs.of(PairId::new(channel));
        let dyad = view.frame.dyads.between(i, j).index();
        let senders = f64::from(view.derived.senders[j.index()]);
        let c = view.world.capability[i.index()];
        let flag = |on: bool| f64::from(u8::from(on));
        let ally = flag(view.world.treaties.bound(i, j, Obligation::Defence));
        let terms = vec![
            Term::linear("constant", 1.0, p.b0),
            Term::linear("alignment", view.world.alignment[dyad], p.b_a),
            Term::linear("tension", view.derived.tension[dyad], p.b_t),
            Term::adding("capability of the sender", c, p.b_c * ln(c)),
            Term::linear(
                "recent use of force by the target",
                flag(self.used_force(view, j)),
                p.b_v,
            ),
            Term::adding("states that sanction the target", senders, p.b_n * ln(1.0 + senders)),
            Term::linear("defence binds the two", ally, p.b_ally),
            Term::plain("factor of warnings", self.factor(view, i, j)),
        ];
        Some(Reasons { chance: Chance::Hazard(self.hazard(view, i, j)), terms })
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
            let types = self.types((ABOUT.tag, frame.pair_entities[channel]), choice, draws);
            let (i, j, _) = frame.dyads.ordered()[channel];
            next.firings.push(Firing {
                day: timeline.day_within(step, fraction),
                tag: ABOUT.tag,
                channel,
                effect: Effect::One(Change::Sanction(i, j, types)),
            });
        });
    }
}
