//! `isolation` inside a run: bonds that come and go pull a state's isolation after them.
//!
//! Mechanism: the starting score comes from world data and is not computed again; the run only
//! moves it by the change of the state's bonds with the other states of the scenario.
//!
//! ```text
//! dI_i = kappa_I (I*_i - I_i) dt
//! I*_i = clip(I_i(0) - sum_j w_j (B_ij(t) - B_ij(0)) / W_tot, 0, 1)
//! B_ij = 0.5 m_ij + 0.5 (1 + a_ij) / 2 + w_eco e_ij + w_con R_ij - s_ji,   w_j = sqrt(c_j) at the start
//! m_ij = 1 with a defence obligation, else 0.4 with consultation, else 0.2 with non-aggression
//! e_ij = 1 if a treaty with an economic side is in force, times trade_left under a trade sanction
//! ```
//!
//! Solved exactly over a step with I* held. R_ij, the rapport of process `contact`, is 0 on average:
//! the starting score contains the usual contacts. Units: I, B, m, e, R, s pure numbers; kappa_I in
//! 1/year. Source: the layers follow Geldenhuys (1990);
//! trade_left is the effect of complete sanctions in GSDB, -77 %; weights and speed are assumed.

use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::DyadId;
use crate::model::math::exp;
use crate::model::parameters::parameters;
use crate::model::process::{About, Memory, Next, Process, Tag, View};
use crate::model::sanction::SanctionTypes;
use crate::model::treaty::Obligation;
use crate::model::world::World;

/// What this process is.
pub const ABOUT: About = About {
    name: "isolation",
    tag: Tag(13),
    summary: "isolation follows the change of a state's bonds since the start",
};

parameters! {
    /// Parameters of `isolation`.
    pub struct IsolationParameters {
        kappa_i = 1.0, 0.0 => 50.0, "1/year", Assumed, "speed at which isolation follows bonds (kappa_I)";
        w_eco = 0.25, 0.0 => 1.0, "1", Assumed, "weight of a treaty's economic side in a bond; one of the four equal layers of the starting score";
        trade_left = 0.23, 0.0 => 1.0, "1", Published, "what a trade sanction, in either direction, leaves of an economic tie; complete sanctions in GSDB (not checked)";
        w_con = 0.1, 0.0 => 1.0, "1", Assumed, "weight of rapport in a bond";
        w_tot = 8.717, 1e-6 => 1e6, "1", Estimated, "sum of sqrt(capability share) over the whole world; 195 states in 2022";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct Isolation {
    parameters: IsolationParameters,
}

impl Isolation {
    /// The process with these parameters.
    pub fn new(parameters: IsolationParameters) -> Self {
        Self { parameters }
    }

    /// Writes sum_j w_j B_ij for every state i.
    fn bonds(&self, frame: &Frame, world: &World, sums: &mut [f64]) {
        sums.fill(0.0);
        for (dyad, i, j) in frame.dyads.iter() {
            let shared = self.shared_bond(frame, world, dyad);
            let sanctioned = |by, target| f64::from(u8::from(world.sanctions.bite(by, target)));
            sums[i.index()] += frame.weight[j.index()] * (shared - sanctioned(j, i));
            sums[j.index()] += frame.weight[i.index()] * (shared - sanctioned(i, j));
        }
    }

    /// The part of B_ij that is the same in both directions.
    fn shared_bond(&self, frame: &Frame, world: &World, dyad: DyadId) -> f64 {
        let (i, j) = frame.dyads.pair(dyad);
        let bound = |obligation| world.treaties.bound(i, j, obligation);
        let military = if bound(Obligation::Defence) {
            1.0
        } else if bound(Obligation::Consultation) {
            0.4
        } else if bound(Obligation::NonAggression) {
            0.2
        } else {
            0.0
        };
        let by_trade = |a, b| world.sanctions.by_type(a, b, SanctionTypes::TRADE);
        let economic = match world.treaties.economic(dyad) {
            false => 0.0,
            true if by_trade(i, j) || by_trade(j, i) => {
                self.parameters.w_eco * self.parameters.trade_left
            }
            true => self.parameters.w_eco,
        };
        0.5 * military
            + 0.25 * (1.0 + world.alignment[dyad.index()])
            + economic
            + self.parameters.w_con * world.rapport[dyad.index()]
    }
}

impl Process for Isolation {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    /// `noted` holds the bonds at the start, then those of the step.
    fn memory(&self, frame: &Frame) -> Memory {
        Memory { noted: vec![0.0; 2 * frame.states()], ..Memory::default() }
    }

    fn begin(&self, frame: &Frame, world: &mut World, memory: &mut Memory, _draws: &mut dyn Draws) {
        self.bonds(frame, world, &mut memory.noted[..frame.states()]);
    }

    fn step(
        &self,
        view: View<'_>,
        memory: &mut Memory,
        _draws: &mut dyn Draws,
        next: &mut Next<'_>,
    ) {
        let View { frame, world, .. } = view;
        let (start, now) = memory.noted.split_at_mut(frame.states());
        self.bonds(frame, world, now);
        let kept = exp(-self.parameters.kappa_i * frame.timeline.dt);
        for (i, isolation) in next.world.isolation.iter_mut().enumerate() {
            let target = world.isolation_anchor[i] - (now[i] - start[i]) / self.parameters.w_tot;
            let target = target.clamp(0.0, 1.0);
            // target + (I - target) kept, written so that I = target gives I to the bit.
            *isolation = world.isolation[i] + (target - world.isolation[i]) * (1.0 - kept);
        }
    }
}
