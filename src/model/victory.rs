//! How likely a side is to win a war.

use crate::model::ids::WarId;
use crate::model::math::batch::{exp_all, ln_all};
use crate::model::math::{ln, logistic};
use crate::model::war::Camp;
use crate::model::world::World;

/// P(A wins a decided war) = logistic(initiator + exponent ln(C_A / C_B)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Victory {
    /// The attacker's advantage, a log-odds.
    pub initiator: f64,
    /// Weight of the ratio of capabilities.
    pub exponent: f64,
}

impl Victory {
    /// Probability that side A wins with these coalition capabilities.
    #[inline]
    pub fn of_attacker(&self, attackers: f64, targets: f64) -> f64 {
        logistic(self.initiator + self.exponent * ln(attackers / targets))
    }

    /// Probability that a side of a war wins, with `more` added to its capability.
    pub fn of_camp(&self, world: &World, war: WarId, camp: Camp, more: f64) -> f64 {
        let strength = |side: Camp| {
            let states = world.wars.camp(war, side);
            let sum: f64 = states.map(|state| world.capability[state.index()]).sum();
            if side == camp { sum + more } else { sum }
        };
        let attacker = self.of_attacker(strength(Camp::Attacker), strength(Camp::Target));
        if camp == Camp::Attacker { attacker } else { 1.0 - attacker }
    }

    /// Replaces ratios of capabilities, the attackers' to the targets', by the probabilities that the
    /// targets win.
    pub fn of_targets(&self, ratios: &mut [f64]) {
        ln_all(ratios);
        let terms = ratios.iter_mut();
        terms.for_each(|ratio| *ratio = -(self.initiator + self.exponent * *ratio));
        exp_all(ratios);
        ratios.iter_mut().for_each(|odds| *odds = 1.0 - 1.0 / (1.0 + *odds));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_sides_leave_the_attackers_advantage() {
        let victory = Victory { initiator: 0.54, exponent: 0.30 };
        assert!((victory.of_attacker(0.1, 0.1) - 0.6318).abs() < 1e-4);
    }

    #[test]
    fn targets_win_what_attackers_lose() {
        let victory = Victory { initiator: 0.54, exponent: 0.30 };
        let pairs: Vec<(f64, f64)> = (1..40).map(|n| (f64::from(n) / 40.0, 0.3)).collect();
        let mut chances: Vec<_> = pairs.iter().map(|(a, b)| a / b).collect();
        victory.of_targets(&mut chances);
        for ((a, b), chance) in pairs.into_iter().zip(chances) {
            assert_eq!(chance, 1.0 - victory.of_attacker(a, b));
        }
    }

    /// V23: without an advantage, P(A beats B) + P(B beats A) = 1.
    #[test]
    fn v23_without_an_initiator_the_sides_are_alike() {
        let victory = Victory { initiator: 0.0, exponent: 0.36 };
        for (a, b) in [(0.1, 0.1), (0.3, 0.002), (1e-6, 0.9)] {
            let sum = victory.of_attacker(a, b) + victory.of_attacker(b, a);
            assert!((sum - 1.0).abs() < 1e-12);
        }
    }
}
