//! P2 `non_aggression`: two states promise not to attack each other.
//!
//! Mechanism: as `pact`, for pairs pledged to none of defence, consultation and non-aggression.
//!
//! ```text
//! eta = b0 + b_a a + b_E E + b_T T + b_n ln(1 + n_ij) + b_d ln(d_km + 50)
//!       + b_x ln max(c_i, c_j) + b_m ln min(c_i, c_j) + b_k R_ij + beta_I I_i I_j
//! hazard = ln(1 + exp(eta))   per year
//! ```
//!
//! The pact is bilateral and mutual, with a military and a political side. Units: eta a logit per
//! year, d in km, the rest pure numbers. Source: logit on politically relevant dyads 1951-2014 (572
//! onsets, ATOP 5, AUC 0.77), year-clustered standard errors in docs/model.md.

use crate::model::formation::{Agreement, Coefficients, Formation, coefficients};
use crate::model::frame::Frame;
use crate::model::ids::DyadId;
use crate::model::parameters::parameters;
use crate::model::process::{About, Tag, Term, View};
use crate::model::treaty::Layer;

/// What this process is.
pub const ABOUT: About = About {
    name: "non_aggression",
    tag: Tag(17),
    summary: "two states promise not to attack each other",
};

parameters! {
    /// Parameters of `non_aggression`: coefficients of the log-odds of a non-aggression pact within a year.
    pub struct NonAggressionParameters {
        b0 = -0.29, -50.0 => 10.0, "1", Estimated, "constant";
        b_a = 0.40, -10.0 => 10.0, "1", Estimated, "per unit of alignment a (standard error 0.43)";
        b_e = -0.27, -10.0 => 10.0, "1", Estimated, "shared enemy E (standard error 0.24)";
        b_t = -0.63, -10.0 => 10.0, "1", Estimated, "tension T (standard error 0.23)";
        b_n = -0.32, -10.0 => 10.0, "1", Estimated, "per unit of ln(1 + shared defence partners) (standard error 0.53)";
        b_d = -0.38, -10.0 => 10.0, "1", Estimated, "per unit of ln(distance in km + 50) (standard error 0.11)";
        b_x = -0.07, -10.0 => 10.0, "1", Estimated, "per unit of ln of the larger capability (standard error 0.10)";
        b_m = 0.21, -10.0 => 10.0, "1", Estimated, "per unit of ln of the smaller capability (standard error 0.07)";
        b_k = 0.7, -10.0 => 10.0, "1", Assumed, "rapport R: contact fresher than usual makes an agreement likelier now, staler less likely";
        beta_i = 0.0, -10.0 => 10.0, "1", Estimated, "joint isolation I_i I_j net of the rest (beta_I); for pairs of two isolated states 0.07 (standard error 0.28)";
    }
}

/// A non-aggression pact between two states.
#[derive(Clone, Debug)]
pub struct NonAggression {
    /// The coefficients of its log-odds.
    pub coefficients: Coefficients,
}

impl NonAggression {
    /// The process with these parameters.
    #[allow(clippy::new_ret_no_self, reason = "the process is the formation of these agreements")]
    pub fn new(parameters: NonAggressionParameters) -> Formation<Self> {
        Formation(Self { coefficients: coefficients!(parameters) })
    }
}

impl Agreement for NonAggression {
    const ABOUT: About = ABOUT;
    const LAYER: Layer = Layer::NonAggression;

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

    fn terms(&self, view: &View<'_>, dyad: DyadId) -> Vec<Term> {
        self.coefficients.terms(view, dyad)
    }
}
