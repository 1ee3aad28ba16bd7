//! P2 `consultation`: two states agree to consult each other in a crisis.
//!
//! Mechanism: as `pact`, for pairs pledged neither to defence nor to consultation.
//!
//! ```text
//! eta = b0 + b_a a + b_E E + b_T T + b_n ln(1 + n_ij) + b_d ln(d_km + 50)
//!       + b_x ln max(c_i, c_j) + b_m ln min(c_i, c_j) + b_k R_ij + beta_I I_i I_j
//! hazard = ln(1 + exp(eta))   per year
//! ```
//!
//! The pact is bilateral and mutual, with a military and a political side. Units: eta a logit per
//! year, d in km, the rest pure numbers. Source: logit on politically relevant dyads 1951-2014 (322
//! onsets, ATOP 5, AUC 0.78), year-clustered standard errors in docs/model.md.

use crate::model::formation::{Agreement, Coefficients, Formation, coefficients};
use crate::model::frame::Frame;
use crate::model::ids::DyadId;
use crate::model::parameters::parameters;
use crate::model::process::{About, Tag, Term, View};
use crate::model::treaty::Layer;

/// What this process is.
pub const ABOUT: About =
    About { name: "consultation", tag: Tag(16), summary: "two states agree to consult each other" };

parameters! {
    /// Parameters of `consultation`: coefficients of the log-odds of a consultation pact within a year.
    pub struct ConsultationParameters {
        b0 = -3.47, -50.0 => 10.0, "1", Estimated, "constant";
        b_a = 1.09, -10.0 => 10.0, "1", Estimated, "per unit of alignment a (standard error 0.41)";
        b_e = 0.68, -10.0 => 10.0, "1", Estimated, "shared enemy E (standard error 0.27)";
        b_t = -0.76, -10.0 => 10.0, "1", Estimated, "tension T (standard error 0.28)";
        b_n = -0.56, -10.0 => 10.0, "1", Estimated, "per unit of ln(1 + shared defence partners) (standard error 0.24)";
        b_d = -0.27, -10.0 => 10.0, "1", Estimated, "per unit of ln(distance in km + 50) (standard error 0.07)";
        b_x = -0.08, -10.0 => 10.0, "1", Estimated, "per unit of ln of the larger capability (standard error 0.07)";
        b_m = 0.09, -10.0 => 10.0, "1", Estimated, "per unit of ln of the smaller capability (standard error 0.07)";
        b_k = 0.7, -10.0 => 10.0, "1", Assumed, "rapport R: contact fresher than usual makes an agreement likelier now, staler less likely";
        beta_i = 0.0, -10.0 => 10.0, "1", Estimated, "joint isolation I_i I_j net of the rest (beta_I); for pairs of two isolated states -0.13 (standard error 0.40)";
    }
}

/// A consultation pact between two states.
#[derive(Clone, Debug)]
pub struct Consultation {
    /// The coefficients of its log-odds.
    pub coefficients: Coefficients,
}

impl Consultation {
    /// The process with these parameters.
    #[allow(clippy::new_ret_no_self, reason = "the process is the formation of these agreements")]
    pub fn new(parameters: ConsultationParameters) -> Formation<Self> {
        Formation(Self { coefficients: coefficients!(parameters) })
    }
}

impl Agreement for Consultation {
    const ABOUT: About = ABOUT;
    const LAYER: Layer = Layer::Consultation;

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
