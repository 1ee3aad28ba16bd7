//! P2 `economic_agreement`: two states make an economic agreement.
//!
//! Mechanism: a hazard that rises with alignment, for pairs that neither sanction each other in
//! trade, finance or arms nor are joined by a treaty with an economic side.
//!
//! ```text
//! hazard r = r0 exp(r_a a_ij) (1 - max(s_ij, s_ji))   per year
//! P(in force at the start) = r / (r + q_usual)
//! ```
//!
//! Scenarios do not list the economic agreements of the past, which the starting scores of isolation
//! contain: a trial starts with as many of them as form and end in the long run, drawn by chance.
//! Otherwise every new one would seem to end isolation.
//!
//! The agreement has an economic side only. Units: r0 and q_usual in 1/year, r_a and a pure numbers.
//! Source: assumed.

use crate::model::formation::{Agreement, Formation};
use crate::model::frame::Frame;
use crate::model::ids::DyadId;
use crate::model::math::batch::exp_all;
use crate::model::math::{exp, ln};
use crate::model::parameters::parameters;
use crate::model::process::{About, Tag, Term, View};
use crate::model::treaty::Layer;
use crate::model::world::World;

/// What this process is.
pub const ABOUT: About = About {
    name: "economic_agreement",
    tag: Tag(19),
    summary: "two states make an economic agreement",
};

parameters! {
    /// Parameters of `economic_agreement`.
    pub struct EconomicAgreementParameters {
        r0 = 0.05, 0.0 => 50.0, "1/year", Assumed, "hazard at alignment 0";
        r_a = 1.0, -10.0 => 10.0, "1", Assumed, "per unit of alignment a, in the exponent";
        q_usual = 0.025, 0.0 => 50.0, "1/year", Assumed, "hazard of their end that the start reckons with; that of treaties without defence in `pact_end`";
    }
}

/// An economic agreement between two states.
#[derive(Clone, Debug)]
pub struct EconomicAgreement {
    parameters: EconomicAgreementParameters,
}

impl EconomicAgreement {
    /// The process with these parameters.
    #[allow(clippy::new_ret_no_self, reason = "the process is the formation of these agreements")]
    pub fn new(parameters: EconomicAgreementParameters) -> Formation<Self> {
        Formation(Self { parameters })
    }

    #[inline]
    fn rate(&self, frame: &Frame, world: &World, dyad: DyadId) -> f64 {
        let (i, j) = frame.dyads.pair(dyad);
        if world.sanctions.bite(i, j) || world.sanctions.bite(j, i) {
            return 0.0;
        }
        self.parameters.r0 * exp(self.parameters.r_a * world.alignment[dyad.index()])
    }
}

impl Agreement for EconomicAgreement {
    const ABOUT: About = ABOUT;
    const LAYER: Layer = Layer::Economic;

    fn fixed(&self, _frame: &Frame, _dyad: DyadId) -> f64 {
        0.0
    }

    fn hazard(&self, view: &View<'_>, dyad: DyadId) -> f64 {
        self.rate(view.frame, view.world, dyad)
    }

    #[inline]
    fn hazards(&self, view: &View<'_>, _fixed: &[f64], hazards: &mut [f64]) {
        let EconomicAgreementParameters { r0, r_a, .. } = self.parameters;
        let View { frame, world, .. } = view;
        hazards.iter_mut().zip(&world.alignment).for_each(|(eta, a)| *eta = r_a * a);
        exp_all(hazards);
        for ((_, i, j), hazard) in frame.dyads.iter().zip(hazards) {
            let sanctioned = world.sanctions.bite(i, j) || world.sanctions.bite(j, i);
            *hazard = if sanctioned { 0.0 } else { r0 * *hazard };
        }
    }

    fn already(&self, frame: &Frame, world: &World, dyad: DyadId) -> f64 {
        let rate = self.rate(frame, world, dyad);
        if rate == 0.0 { 0.0 } else { rate / (rate + self.parameters.q_usual) }
    }

    fn terms(&self, view: &View<'_>, dyad: DyadId) -> Vec<Term> {
        let EconomicAgreementParameters { r0, r_a, .. } = self.parameters;
        vec![
            Term::adding("rate at alignment 0", r0, ln(r0)),
            Term::linear("alignment", view.world.alignment[dyad.index()], r_a),
        ]
    }
}
