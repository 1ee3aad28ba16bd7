//! What draws a state to a treaty of many: the company of those already in.

use crate::model::ids::StateId;
use crate::model::process::View;

/// A state's relation to the members of a treaty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Company {
    /// Mean alignment with them.
    pub alignment: f64,
    /// The greatest shared enemy with one of them.
    pub enemy: f64,
    /// Whether none of them is near.
    pub far: bool,
    /// Whether it is at war with one of them.
    pub at_war: bool,
}

impl Company {
    /// The relation of `state` to `members`, of which there is at least one; near is within
    /// `near_km`.
    pub fn of(
        view: &View<'_>,
        state: StateId,
        members: impl Iterator<Item = StateId>,
        near_km: f64,
    ) -> Self {
        let (mut sum, mut count) = (0.0, 0.0);
        let mut company = Self { alignment: 0.0, enemy: 0.0, far: true, at_war: false };
        for member in members {
            let dyad = view.frame.dyads.between(state, member);
            sum += view.world.alignment[dyad.index()];
            count += 1.0;
            company.enemy = company.enemy.max(view.derived.enemy[dyad.index()]);
            company.far &= view.frame.distance_km[dyad.index()] > near_km;
            company.at_war |= view.world.wars.between(dyad);
        }
        Self { alignment: sum / count, ..company }
    }
}
