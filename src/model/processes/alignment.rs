//! P1 `alignment`: how close two states' foreign policies are, as a diffusion with jumps.
//!
//! Mechanism: alignment a_ij drifts back to mu_ij and is shaken in proportion to its distance from
//! the ends of the scale (Jacobi diffusion); what states do to each other makes it jump.
//!
//! ```text
//! da_ij = (theta (mu_ij - a_ij) + k_r R_ij (1 - a_ij^2)) dt
//!         + sigma sqrt(nu + (1 - nu) (1 - a_ij^2)) dW_ij
//! mu_ij = tanh(artanh(a_ij(0)) + beta_B S_ij),   S_ij = sum_k w_k a_ik a_kj / sum_k w_k,  k not i, j
//! jump J:  a <- a + J (1 - a) if J > 0,  a + J (1 + a) if J < 0
//! ```
//!
//! R_ij is the rapport of process `contact`, 0 on average and 0 if that is off.
//!
//! Euler scheme, clipped to [-1, 1]; a_ij(0) clipped to +-0.97 in mu. Units: a is a pure number in
//! [-1, 1], theta and k_r in 1/year, sigma in 1/sqrt(year). Source: theta and sigma from UN ideal points,
//! dyads 1992-2023; S_ij is the continuous form of structural balance (Kulakowski et al. 2005).

use crate::model::balance::Balance;
use crate::model::change::{Change, jump};
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::{StateId, TreatyId};
use crate::model::math::{atanh, tanh};
use crate::model::parameters::parameters;
use crate::model::process::{About, Memory, Next, Process, Reaction, Tag, View};
use crate::model::treaty::Dimension;
use crate::model::world::World;

/// What this process is.
pub const ABOUT: About = About {
    name: "alignment",
    tag: Tag(1),
    summary: "alignment of each dyad diffuses around its long-run value; what states do to each other makes it jump",
};

/// Where mu stops short of the ends of the scale, so that artanh stays finite.
const MU_LIMIT: f64 = 0.97;

parameters! {
    /// Parameters of `alignment`.
    pub struct AlignmentParameters {
        theta = 0.25, 0.0 => 4.0, "1/year", Calibrated, "speed of return to mu; fitted 0.35 on UN ideal points 1992-2023, lowered for the bias of a 32-year window";
        sigma = 0.15, 0.0 => 1.0, "1/sqrt(year)", Estimated, "size of shocks; within-dyad standard deviation 0.16 of UN ideal points 1992-2023";
        k_r = 0.05, 0.0 => 10.0, "1/year", Assumed, "drift while contact is fresher than usual (rapport R = 1), at alignment 0";
        additive = 0.0, 0.0 => 1.0, "1", Assumed, "share nu of the noise that does not vanish at the ends of the scale; 1 is an Ornstein-Uhlenbeck process";
        beta_b = 0.0, -2.0 => 2.0, "1", Assumed, "pull of structural balance on mu (beta_B); 0 is off";
        jump_pact = 0.05, -1.0 => 1.0, "1", Estimated, "jump at the signature of a treaty with a political side; ideal-point distance falls by 0.1 of its mean around a bilateral pact";
        jump_sanction = -0.05, -1.0 => 1.0, "1", Assumed, "jump between sender and target when a sanction is imposed";
        jump_warning = -0.002, -1.0 => 1.0, "1", Assumed, "jump between the two when one warns the other; -0.02 would let routine warnings push hostile pairs far below their start";
        jump_dispute = -0.05, -1.0 => 1.0, "1", Assumed, "jump between the two when one begins a dispute with the other";
        jump_war = -0.15, -1.0 => 1.0, "1", Estimated, "jump between opponents when a war begins or a state joins one; Russia to Western states 2021-22";
        jump_broken = -0.2, -1.0 => 1.0, "1", Assumed, "jump between the two when one breaks its word to the other";
        jump_arms = 0.05, -1.0 => 1.0, "1", Assumed, "jump between the two when one delivers arms to the other";
        jump_support = 0.05, -1.0 => 1.0, "1", Assumed, "jump between the two when arms are paid with support";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct Alignment {
    parameters: AlignmentParameters,
}

impl Alignment {
    /// The process with these parameters.
    pub fn new(parameters: AlignmentParameters) -> Self {
        Self { parameters }
    }
}

impl Process for Alignment {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    /// `noted` holds mu by dyad.
    fn memory(&self, frame: &Frame) -> Memory {
        Memory {
            normals: vec![[0.0; 2]; frame.dyads.len()],
            noted: vec![0.0; frame.dyads.len()],
            // Also with beta_B = 0: an event may set it.
            balance: Balance::with_room(frame),
            ..Memory::default()
        }
    }

    fn step(
        &self,
        view: View<'_>,
        memory: &mut Memory,
        draws: &mut dyn Draws,
        next: &mut Next<'_>,
    ) {
        let View { frame, world, .. } = view;
        // A block of the stream holds two normals: one for this step, one for the step after.
        if view.step.is_multiple_of(2) {
            let pair = u32::try_from(view.step / 2).expect("a run has fewer than 2^32 steps");
            draws.normal_pairs(ABOUT.tag, pair, &frame.dyad_entities, &mut memory.normals);
        }
        let half = view.step % 2;
        let dt = frame.timeline.dt;
        let AlignmentParameters { theta, sigma, k_r, additive, beta_b, .. } = self.parameters;
        let shock = sigma * dt.sqrt();
        let anchors = world.alignment_anchor.iter().map(|a| a.clamp(-MU_LIMIT, MU_LIMIT));
        memory.noted.iter_mut().zip(anchors).for_each(|(mu, anchor)| *mu = anchor);
        if beta_b != 0.0 {
            for (mu, balance) in memory.noted.iter_mut().zip(memory.balance.of(frame, world)) {
                *mu = tanh(atanh(*mu) + beta_b * balance);
            }
        }
        let scores = world.alignment.iter().zip(&memory.noted).zip(&world.rapport);
        let scores = scores.zip(&memory.normals).zip(&mut next.world.alignment);
        for ((((&a, &mu), &rapport), normals), a_next) in scores {
            let open = 1.0 - a * a;
            let drift = (theta * (mu - a) + k_r * rapport * open) * dt;
            let noise = (additive + (1.0 - additive) * open).sqrt();
            let moved = a + drift + shock * noise * normals[half];
            *a_next = moved.clamp(-1.0, 1.0);
        }
    }

    fn react(&self, change: &Change, _memory: &mut Memory, reaction: &mut Reaction<'_>) {
        let (p, frame) = (&self.parameters, reaction.view.frame);
        let World { alignment, treaties, sanctions, wars, .. } = &mut *reaction.world;
        let mut by = |i: StateId, j: StateId, size: f64| {
            let a = &mut alignment[frame.dyads.between(i, j).index()];
            *a = jump(*a, size, -1.0);
        };
        let political = |id: TreatyId| frame.treaties[id.index()].has(Dimension::Political);
        if let Some((war, state, camp)) = change.joins() {
            wars.camp(war, camp.other()).for_each(|j| by(state, j, p.jump_war));
        }
        match *change {
            Change::Sign(id) if political(id) => {
                for (n, i) in treaties.members(frame, id).enumerate() {
                    treaties.members(frame, id).skip(n + 1).for_each(|j| by(i, j, p.jump_pact));
                }
            }
            Change::Accede(id, i) if political(id) => {
                let others = treaties.members(frame, id).filter(|&j| j != i);
                others.for_each(|j| by(i, j, p.jump_pact));
            }
            Change::Impose(id) | Change::JoinSanction(id, _) => {
                sanctions.imposed(frame, id).for_each(|(i, j)| by(i, j, p.jump_sanction));
            }
            Change::Sanction(i, j, _) => by(i, j, p.jump_sanction),
            Change::Warn(i, j, _) => by(i, j, p.jump_warning),
            Change::Dispute(i, j, _) => by(i, j, p.jump_dispute),
            Change::Attack(i, j) => by(i, j, p.jump_war),
            Change::StartWar(id) => {
                let war = &frame.wars[id.index()];
                for &i in &war.attackers {
                    war.targets.iter().for_each(|&j| by(i, j, p.jump_war));
                }
            }
            Change::Break(call) => by(call.debtor, call.creditor, p.jump_broken),
            Change::Deliver(i, j) => by(i, j, p.jump_arms),
            Change::PayBack(i, j) => by(i, j, p.jump_support),
            _ => {}
        }
    }
}
