//! What the model asks of a source of randomness.

use crate::model::entity::Entity;
use crate::model::process::Tag;

/// Random numbers addressed by who draws them and when, never by how many were drawn before.
///
/// The engine answers from counter-based streams; a test may answer with anything.
pub trait Draws {
    /// The `occurrence`-th unit-rate threshold, an Exp(1) variable, of a hazard channel.
    fn unit_exponential(&mut self, tag: Tag, entity: Entity, occurrence: u32) -> f64;

    /// The `occurrence`-th uniform variable on [0, 1), for a choice.
    fn uniform(&mut self, tag: Tag, entity: Entity, occurrence: u32) -> f64;

    /// The first unit-rate thresholds of channels, as [`Draws::unit_exponential`].
    fn first_thresholds(&mut self, tag: Tag, entities: &[Entity], out: &mut [f64]) {
        for (&entity, threshold) in entities.iter().zip(out) {
            *threshold = self.unit_exponential(tag, entity, 0);
        }
    }

    /// Two independent standard normal variables for every entity, of the pair number `pair`.
    fn normal_pairs(&mut self, tag: Tag, pair: u32, entities: &[Entity], out: &mut [[f64; 2]]);

    /// The uniform variables drawn since this was last asked, in order, if anybody listens.
    fn choices(&mut self) -> Vec<f64> {
        Vec::new()
    }
}

/// Half the distance between two neighbouring uniform numbers.
pub const HALF_A_DRAW: f64 = 1.0 / (1_u64 << 54) as f64;

/// The shares of all uniform numbers below and above `u`, both above 0: the draw 0 stands for all up
/// to the next one, so it is taken as their middle. No quantile at these shares is infinite.
pub fn shares(u: f64) -> (f64, f64) {
    debug_assert!((0.0..1.0).contains(&u), "{u} is no uniform number");
    let below = u.max(HALF_A_DRAW);
    (below, (1.0 - below).max(HALF_A_DRAW))
}
