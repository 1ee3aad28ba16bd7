//! P2 `partnership`: two states declare a political partnership without obligations.
//!
//! Mechanism: as `consultation`, so many times as likely, for pairs that no treaty with a political
//! side joins.
//!
//! ```text
//! hazard = ratio ln(1 + exp(eta))   per year,   eta as in `consultation`
//! ```
//!
//! The partnership has a political side only. Units: ratio a pure number, eta a logit per year.
//! Source: the ratio is assumed; eta is that of consultation pacts.

use crate::model::formation::{Agreement, Coefficients, Formation, coefficients};
use crate::model::frame::Frame;
use crate::model::ids::DyadId;
use crate::model::parameters::parameters;
use crate::model::process::{About, Tag, Term, View};
use crate::model::processes::consultation::ConsultationParameters;
use crate::model::treaty::Layer;

/// What this process is.
pub const ABOUT: About = About {
    name: "partnership",
    tag: Tag(18),
    summary: "two states declare a political partnership without obligations",
};

parameters! {
    /// Parameters of `partnership`; the coefficients of its log-odds are those of `consultation`.
    pub struct PartnershipParameters {
        ratio = 5.0, 0.0 => 1000.0, "1", Assumed, "how many times as likely as a consultation pact";
    }
}

/// A political partnership between two states.
#[derive(Clone, Debug)]
pub struct Partnership {
    ratio: f64,
    coefficients: Coefficients,
}

impl Partnership {
    /// The process with these parameters.
    #[allow(clippy::new_ret_no_self, reason = "the process is the formation of these agreements")]
    pub fn new(
        parameters: PartnershipParameters,
        consultation: ConsultationParameters,
    ) -> Formation<Self> {
        let coefficients = coefficients!(consultation);
        Formation(Self { ratio: parameters.ratio, coefficients })
    }
}

impl Agreement for Partnership {
    const ABOUT: About = ABOUT;
    const LAYER: Layer = Layer::Partnership;

    fn fixed(&self, frame: &Frame, dyad: DyadId) -> f64 {
        self.coefficients.fixed(frame, dyad)
    }

    fn hazard(&self, view: &View<'_>, dyad: DyadId) -> f64 {
        self.ratio * self.coefficients.hazard(view, dyad)
    }

    #[inline]
    fn hazards(&self, view: &View<'_>, fixed: &[f64], hazards: &mut [f64]) {
        self.coefficients.hazards(view, fixed, hazards);
        hazards.iter_mut().for_each(|hazard| *hazard *= self.ratio);
    }

    fn terms(&self, view: &View<'_>, dyad: DyadId) -> Vec<Term> {
        let mut terms = self.coefficients.terms(view, dyad);
        terms.push(Term::plain("times the hazard of consultation", self.ratio));
        terms
    }
}
