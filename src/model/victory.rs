//! How likely a side is to win a war.

use crate::model::ids::{StateId, WarId};
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

    /// Probability that the target of an attack beats it with the help of a third state.
    #[inline]
    pub fn of_target(
        &self,
        world: &World,
        (attacker, target): (StateId, StateId),
        helper: StateId,
    ) -> f64 {
        let c = |state: StateId| world.capability[state.index()];
        1.0 - self.of_attacker(c(attacker), c(target) + c(helper))
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
