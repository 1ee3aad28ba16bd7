//! Quantities that follow from the world at the start of a step: tension, hostility, shared
//! enemies, shared defence partners, senders of sanctions, and what several processes need of a dyad.

use crate::model::frame::Frame;
use crate::model::ids::{DyadId, StateId};
use crate::model::math::batch::{COLUMNS, exp_all, greatest_of_least};
use crate::model::math::{exp, ln};
use crate::model::state_sets::StateSets;
use crate::model::treaty::Obligation;
use crate::model::world::World;

/// Sensitivity of tension to grievance: T = 1 - exp(-0.7 G).
const TENSION_PER_GRIEVANCE: f64 = 0.7;

/// Tension T = 1 - exp(-0.7 G) of a dyad with this grievance.
#[inline]
pub fn tension(grievance: f64) -> f64 {
    1.0 - exp(-TENSION_PER_GRIEVANCE * grievance)
}

/// Derived quantities, kept in buffers that are filled once a step. What hangs on treaties,
/// sanctions, wars or capabilities alone is worked out again only when they have changed.
#[derive(Clone, Debug)]
pub struct Derived {
    /// Tension T_ij = 1 - exp(-0.7 G_ij), by dyad.
    pub tension: Vec<f64>,
    /// Hostility H_ij = max(T_ij, s_ij, s_ji, W_ij), full symmetric matrix, zero diagonal; rows are
    /// filled up with zeros to whole chunks.
    hostility: Vec<f64>,
    /// The length of a row of hostility.
    row: usize,
    /// Shared enemy E_ij, by dyad.
    pub enemy: Vec<f64>,
    /// n_ij: how many states are defence partners of both, by dyad.
    pub shared: Vec<u32>,
    /// ln(1 + n_ij), by dyad.
    pub ln_shared: Vec<f64>,
    /// ln of the larger capability, by dyad.
    pub ln_larger: Vec<f64>,
    /// ln of the smaller capability, by dyad.
    pub ln_smaller: Vec<f64>,
    /// Joint isolation I_i I_j, by dyad.
    pub joint_isolation: Vec<f64>,
    /// N_j: how many states sanction each in trade, finance or arms.
    pub senders: Vec<u32>,
    /// Whether two states are at war or one sanctions the other, by dyad.
    open: Vec<bool>,
    /// The states that defence binds to each, in either direction.
    partners: StateSets,
    seen: Seen,
}

/// The versions for which something was worked out last.
#[derive(Clone, Debug, Default)]
struct Seen {
    /// Of what is owed.
    owed: Option<u64>,
    /// Of sanctions and wars.
    open: Option<(u64, u64)>,
    ln_capability: Vec<f64>,
    isolation: Vec<f64>,
    grievance: Vec<f64>,
}

impl Derived {
    /// Buffers for `frame`.
    pub fn new(frame: &Frame) -> Self {
        let (n, dyads) = (frame.states(), frame.dyads.len());
        let row = n.next_multiple_of(COLUMNS);
        Self {
            tension: vec![0.0; dyads],
            hostility: vec![0.0; n * row],
            row,
            enemy: vec![0.0; dyads],
            shared: vec![0; dyads],
            ln_shared: vec![0.0; dyads],
            ln_larger: vec![0.0; dyads],
            ln_smaller: vec![0.0; dyads],
            joint_isolation: vec![0.0; dyads],
            senders: vec![0; n],
            open: vec![false; dyads],
            partners: StateSets::new(n),
            seen: Seen {
                ln_capability: Vec::with_capacity(n),
                isolation: Vec::with_capacity(n),
                grievance: Vec::with_capacity(dyads),
                ..Seen::default()
            },
        }
    }

    /// Forgets what has been seen: a new trial begins.
    pub fn forget(&mut self) {
        (self.seen.owed, self.seen.open) = (None, None);
    }

    /// Computes everything from `world`, a world of the same trial as before.
    pub fn update(&mut self, frame: &Frame, world: &World) {
        self.follow_treaties(frame, world);
        let opened = self.follow_sanctions_and_wars(frame, world);
        self.follow_capability(frame, world);
        self.follow_isolation(frame, world);
        if opened || self.seen.grievance != world.grievance {
            self.seen.grievance.clone_from(&world.grievance);
            self.follow_grievance(frame, world);
        }
    }

    fn follow_isolation(&mut self, frame: &Frame, world: &World) {
        if self.seen.isolation == world.isolation {
            return;
        }
        self.seen.isolation.clone_from(&world.isolation);
        for ((_, i, j), joint) in frame.dyads.iter().zip(&mut self.joint_isolation) {
            *joint = world.isolation[i.index()] * world.isolation[j.index()];
        }
    }

    /// Tension, hostility and shared enemies.
    fn follow_grievance(&mut self, frame: &Frame, world: &World) {
        let exponents = self.tension.iter_mut().zip(&world.grievance);
        exponents.for_each(|(exponent, grievance)| *exponent = -TENSION_PER_GRIEVANCE * grievance);
        exp_all(&mut self.tension);
        self.tension.iter_mut().for_each(|tension| *tension = 1.0 - *tension);
        let dyads = self.tension.iter().zip(&self.open);
        for ((_, i, j), (&tension, &open)) in frame.dyads.iter().zip(dyads) {
            let hostility = if open { 1.0 } else { tension };
            self.hostility[i.index() * self.row + j.index()] = hostility;
            self.hostility[j.index() * self.row + i.index()] = hostility;
        }
        // E_ij = max over third states k of min(H_ik, H_jk). The diagonal is zero, so k = i and k = j
        // contribute min(0, H_ij) = 0 and drop out.
        let rows = frame.dyads.iter().map(|(_, i, j)| (i.index(), j.index()));
        greatest_of_least((&self.hostility, self.row), rows, &mut self.enemy);
    }

    fn follow_treaties(&mut self, frame: &Frame, world: &World) {
        let version = Some(world.treaties.owed_version());
        if self.seen.owed == version {
            return;
        }
        self.seen.owed = version;
        self.partners.clear();
        for (_, i, j) in frame.dyads.iter() {
            if world.treaties.bound(i, j, Obligation::Defence) {
                self.partners.insert(i, j);
                self.partners.insert(j, i);
            }
        }
        for (dyad, i, j) in frame.dyads.iter() {
            let shared = self.partners.in_common(i, j);
            self.shared[dyad.index()] = shared;
            self.ln_shared[dyad.index()] = ln(f64::from(1 + shared));
        }
    }

    /// Whether anything has changed.
    fn follow_sanctions_and_wars(&mut self, frame: &Frame, world: &World) -> bool {
        let versions = Some((world.sanctions.version(), world.wars.version()));
        if self.seen.open == versions {
            return false;
        }
        self.seen.open = versions;
        self.senders.fill(0);
        for (dyad, i, j) in frame.dyads.iter() {
            let (out, back) = (world.sanctions.bite(i, j), world.sanctions.bite(j, i));
            self.senders[j.index()] += u32::from(out);
            self.senders[i.index()] += u32::from(back);
            self.open[dyad.index()] = out || back || world.wars.between(dyad);
        }
        true
    }

    fn follow_capability(&mut self, frame: &Frame, world: &World) {
        if self.seen.ln_capability == world.ln_capability {
            return;
        }
        self.seen.ln_capability.clone_from(&world.ln_capability);
        for (dyad, i, j) in frame.dyads.iter() {
            let (ci, cj) = (world.ln_capability[i.index()], world.ln_capability[j.index()]);
            self.ln_larger[dyad.index()] = ci.max(cj);
            self.ln_smaller[dyad.index()] = ci.min(cj);
        }
    }

    /// Whether the two states of a dyad are rivals: hostile beyond `bar`, or of opposed alignment.
    #[inline]
    pub fn rival(&self, world: &World, dyad: DyadId, pair: (StateId, StateId), bar: f64) -> bool {
        world.alignment[dyad.index()] < 0.0 || self.hostility(pair.0, pair.1) > bar
    }

    /// Hostility H_ij, 0 to 1.
    #[inline]
    pub fn hostility(&self, i: StateId, j: StateId) -> f64 {
        self.hostility[i.index() * self.row + j.index()]
    }
}
