//! P2 `pact`: two states without a defence obligation between them sign a defence pact.
//!
//! Mechanism: each pair that is neither pledged to defence nor at war with each other has a hazard
//! that rises with alignment, a shared enemy and shared partners and falls with tension, distance
//! and the size of the larger state. Recent contact moves it in time.
//!
//! ```text
//! eta = b0 + b_a a + b_E E + b_T T + b_n ln(1 + n_ij) + b_d ln(d_km + 50)
//!       + b_x ln max(c_i, c_j) + b_m ln min(c_i, c_j) + b_k R_ij + beta_I I_i I_j
//! hazard = ln(1 + exp(eta))   per year
//! ```
//!
//! With `two_sided`, hazards are in part those of mutual consent: the sum of all hazards is dealt out
//! to pairs in proportion to p(j | i) p(i | j), p(j | i) = hazard_ij / sum_k hazard_ik.
//!
//! The pact is bilateral and mutual, with a military and a political side. Units: eta a logit per
//! year, d in km, the rest pure numbers. Source: logit on politically relevant dyads 1951-2014 (331
//! onsets, ATOP 5), year-clustered standard errors in docs/model.md; `hazard` gives back the fitted
//! yearly probability.

use crate::model::formation::{Agreement, Coefficients, Formation, coefficients};
use crate::model::frame::Frame;
use crate::model::ids::DyadId;
use crate::model::parameters::parameters;
use crate::model::process::{About, Tag, Term, View};
use crate::model::treaty::Layer;

/// What this process is.
pub const ABOUT: About = About {
    name: "pact",
    tag: Tag(2),
    summary: "two states without a defence obligation between them sign a defence pact",
};

parameters! {
    /// Parameters of `pact`: coefficients of the log-odds of a defence pact within a year.
    pub struct PactParameters {
        b0 = -6.05, -50.0 => 10.0, "1", Estimated, "constant";
        b_a = 2.26, -10.0 => 10.0, "1", Estimated, "per unit of alignment a (standard error 0.51)";
        b_e = 0.81, -10.0 => 10.0, "1", Estimated, "shared enemy E (standard error 0.33)";
        b_t = -0.76, -10.0 => 10.0, "1", Estimated, "tension T (standard error 0.23)";
        b_n = 0.17, -10.0 => 10.0, "1", Estimated, "per unit of ln(1 + shared defence partners) (standard error 0.19)";
        b_d = -0.24, -10.0 => 10.0, "1", Estimated, "per unit of ln(distance in km + 50) (standard error 0.06)";
        b_x = -0.29, -10.0 => 10.0, "1", Estimated, "per unit of ln of the larger capability (standard error 0.05)";
        b_m = 0.02, -10.0 => 10.0, "1", Estimated, "per unit of ln of the smaller capability (standard error 0.07)";
        b_k = 0.7, -10.0 => 10.0, "1", Assumed, "rapport R: contact fresher than usual makes an agreement likelier now, staler less likely";
        two_sided = 0.0, 0.0 => 1.0, "1", Assumed, "how far hazards are those of mutual consent; 1 draws pairs by the product of both states' choices";
        beta_i = 0.0, -10.0 => 10.0, "1", Estimated, "joint isolation I_i I_j net of the rest (beta_I); no form tried differs from 0, 95 % interval -0.9 to 0.4; 1.0 reproduces the raw gap";
    }
}

/// A defence pact between two states.
#[derive(Clone, Debug)]
pub struct Pact {
    /// The coefficients of its log-odds.
    pub coefficients: Coefficients,
    two_sided: f64,
}

impl Pact {
    /// The process with these parameters.
    #[allow(clippy::new_ret_no_self, reason = "the process is the formation of these agreements")]
    pub fn new(parameters: PactParameters) -> Formation<Self> {
        Formation(Self { coefficients: coefficients!(parameters), two_sided: parameters.two_sided })
    }
}

impl Agreement for Pact {
    const ABOUT: About = ABOUT;
    const LAYER: Layer = Layer::Defence;

    fn fixed(&self, frame: &Frame, dyad: DyadId) -> f64 {
        self.coefficients.fixed(frame, dyad)
    }

    fn hazard(&self, view: &View<'_>, dyad: DyadId) -> f64 {
        self.coefficients.hazard(view, dyad)
    }

    #[inline]
    fn hazards(&self, view: &View<'_>, fixed: &[f64], hazards: &mut [f64]) {
        self.coefficients.hazards(view, fixed, hazards);
    }

    fn two_sided(&self) -> f64 {
        self.two_sided
    }

    fn terms(&self, view: &View<'_>, dyad: DyadId) -> Vec<Term> {
        self.coefficients.terms(view, dyad)
    }
}
