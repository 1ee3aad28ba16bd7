//! Quantities that follow from the world at the start of a step: tension, hostility, shared
//! enemies, shared defence partners and senders of sanctions.

use crate::model::frame::Frame;
use crate::model::ids::{DyadId, StateId};
use crate::model::math::exp;
use crate::model::treaty::Obligation;
use crate::model::world::World;

/// Sensitivity of tension to grievance: T = 1 - exp(-0.7 G).
const TENSION_PER_GRIEVANCE: f64 = 0.7;

/// Tension T = 1 - exp(-0.7 G) of a dyad with this grievance.
#[inline]
pub fn tension(grievance: f64) -> f64 {
    // exp(-0) is exactly 1; skipping it changes no bit.
    if grievance == 0.0 { 0.0 } else { 1.0 - exp(-TENSION_PER_GRIEVANCE * grievance) }
}

/// Derived quantities, kept in buffers that are filled once a step.
#[derive(Clone, Debug)]
pub struct Derived {
    /// Tension T_ij = 1 - exp(-0.7 G_ij), by dyad.
    pub tension: Vec<f64>,
    /// Hostility H_ij = max(T_ij, s_ij, s_ji, W_ij), full symmetric matrix, zero diagonal.
    hostility: Vec<f64>,
    /// Shared enemy E_ij, by dyad.
    pub enemy: Vec<f64>,
    /// n_ij: how many states are defence partners of both, by dyad.
    pub shared: Vec<u32>,
    /// N_j: how many states sanction each in trade, finance or arms.
    pub senders: Vec<u32>,
    /// Defence partners as bits, `words` words a state.
    partners: Vec<u64>,
    words: usize,
    states: usize,
}

impl Derived {
    /// Buffers for `frame`.
    pub fn new(frame: &Frame) -> Self {
        let n = frame.states();
        let words = n.div_ceil(64);
        Self {
            tension: vec![0.0; frame.dyads.len()],
            hostility: vec![0.0; n * n],
            enemy: vec![0.0; frame.dyads.len()],
            shared: vec![0; frame.dyads.len()],
            senders: vec![0; n],
            partners: vec![0; n * words],
            words,
            states: n,
        }
    }

    /// Computes everything from `world`.
    pub fn update(&mut self, frame: &Frame, world: &World) {
        self.partners.fill(0);
        self.senders.fill(0);
        for (dyad, i, j) in frame.dyads.iter() {
            let tension = tension(world.grievance[dyad.index()]);
            self.tension[dyad.index()] = tension;
            let (out, back) = (world.sanctions.bite(i, j), world.sanctions.bite(j, i));
            self.senders[j.index()] += u32::from(out);
            self.senders[i.index()] += u32::from(back);
            let open = out || back || world.wars.between(dyad);
            let hostility = if open { 1.0 } else { tension };
            self.hostility[i.index() * self.states + j.index()] = hostility;
            self.hostility[j.index() * self.states + i.index()] = hostility;
            if world.treaties.bound(i, j, Obligation::Defence) {
                self.partners[i.index() * self.words + j.index() / 64] |= 1 << (j.index() % 64);
                self.partners[j.index() * self.words + i.index() / 64] |= 1 << (i.index() % 64);
            }
        }
        for (dyad, i, j) in frame.dyads.iter() {
            self.enemy[dyad.index()] = self.shared_enemy(i, j);
            self.shared[dyad.index()] = self.shared_partners(i, j);
        }
    }

    /// The states that defence binds to `state`, in either direction, in order of position.
    pub fn partners(&self, state: StateId) -> impl Iterator<Item = StateId> + '_ {
        let row = &self.partners[state.index() * self.words..][..self.words];
        let in_word = |(n, &word): (usize, &u64)| {
            let mut left = word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros() as usize;
                left &= left.wrapping_sub(1);
                (bit < 64).then(|| StateId::new(64 * n + bit))
            })
        };
        row.iter().enumerate().flat_map(in_word)
    }

    /// Whether the two states of a dyad are rivals: hostile beyond `bar`, or of opposed alignment.
    #[inline]
    pub fn rival(&self, world: &World, dyad: DyadId, pair: (StateId, StateId), bar: f64) -> bool {
        world.alignment[dyad.index()] < 0.0 || self.hostility(pair.0, pair.1) > bar
    }

    /// Hostility H_ij, 0 to 1.
    #[inline]
    pub fn hostility(&self, i: StateId, j: StateId) -> f64 {
        self.hostility[i.index() * self.states + j.index()]
    }

    /// Shared enemy E_ij = max over third states k of min(H_ik, H_jk).
    #[inline]
    fn shared_enemy(&self, i: StateId, j: StateId) -> f64 {
        let row = |s: StateId| &self.hostility[s.index() * self.states..][..self.states];
        let (hi, hj) = (row(i), row(j));
        // The diagonal is zero, so k = i and k = j contribute min(0, H_ij) = 0 and drop out.
        let mut most = 0.0;
        for (&a, &b) in hi.iter().zip(hj) {
            let both = if a < b { a } else { b };
            if both > most {
                most = both;
                // Nothing is more hostile than a sanction or a war.
                if most == 1.0 {
                    break;
                }
            }
        }
        most
    }

    /// n_ij: how many states are defence partners of both.
    #[inline]
    fn shared_partners(&self, i: StateId, j: StateId) -> u32 {
        let row = |s: StateId| &self.partners[s.index() * self.words..][..self.words];
        row(i).iter().zip(row(j)).map(|(a, b)| (a & b).count_ones()).sum()
    }
}
