//! Structural balance: whether two states agree about third ones.
//!
//! ```text
//! S_ij = sum_k w_k a_ik a_kj / sum_k w_k,   k not i, j
//! ```
//!
//! The numerators of all dyads are the matrix product A W A with a zero diagonal in A. The
//! linear-algebra crates multiply faster, with fused operations where a processor has them, so that
//! their last bits differ from one machine to the next; here a row of the product is gathered from
//! whole rows of A, side by side, with the additions of each entry in the order of k.

use crate::model::frame::Frame;
use crate::model::ids::DyadId;
use crate::model::world::World;

/// Structural balance of every dyad, kept in buffers that are filled once a step.
#[derive(Clone, Debug, Default)]
pub struct Balance {
    /// A, n by n.
    alignment: Vec<f64>,
    /// A row of A W A.
    row: Vec<f64>,
    /// S_ij by dyad.
    by_dyad: Vec<f64>,
}

impl Balance {
    /// Room for the states of `frame`.
    pub fn with_room(frame: &Frame) -> Self {
        let n = frame.states();
        Self {
            alignment: vec![0.0; n * n],
            row: vec![0.0; n],
            by_dyad: vec![0.0; frame.dyads.len()],
        }
    }

    /// S_ij by dyad, -1 to 1; 0 where there is no third state.
    pub fn of(&mut self, frame: &Frame, world: &World) -> &[f64] {
        let n = frame.states();
        for (&a, (_, i, j)) in world.alignment.iter().zip(frame.dyads.iter()) {
            self.alignment[i.index() * n + j.index()] = a;
            self.alignment[j.index() * n + i.index()] = a;
        }
        let mut dyad = 0;
        for i in 0..n {
            self.row.fill(0.0);
            for (k, row) in self.alignment.chunks_exact(n).enumerate() {
                let weighted = frame.weight[k] * self.alignment[i * n + k];
                self.row.iter_mut().zip(row).for_each(|(sum, a_kj)| *sum += weighted * a_kj);
            }
            for j in i + 1..n {
                let weights = weights(frame, DyadId::new(dyad));
                self.by_dyad[dyad] = if weights == 0.0 { 0.0 } else { self.row[j] / weights };
                dyad += 1;
            }
        }
        &self.by_dyad
    }
}

/// The weights of all third states.
fn weights(frame: &Frame, dyad: DyadId) -> f64 {
    let (i, j) = frame.dyads.pair(dyad);
    let (first, rest) = frame.weight.split_at(i.index());
    let (between, last) = rest[1..].split_at(j.index() - i.index() - 1);
    [first, between, &last[1..]].into_iter().flatten().fold(0.0, |sum, w| sum + w)
}
