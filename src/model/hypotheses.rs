//! Structural hypotheses by name: what one has to believe, as values of parameters.
//!
//! A scenario lists the ones it supposes. Each sets parameters of processes that the literature
//! disputes, so that a debate can be run by its name.

use crate::model::ids::ParameterId;
use crate::model::parameters::Mark;

/// A hypothesis.
#[derive(Clone, Copy, Debug)]
pub struct Hypothesis {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub summary: &'static str,
    /// Process, parameter and value.
    values: &'static [(&'static str, &'static str, f64)],
    /// What stands behind the values.
    pub mark: Mark,
    /// Where they come from.
    pub source: &'static str,
}

impl Hypothesis {
    /// What it sets.
    pub fn values(&self) -> impl Iterator<Item = (ParameterId, f64)> {
        self.values.iter().map(|&(process, name, value)| {
            let parameter = ParameterId::of(process, name);
            (parameter.expect("hypotheses name parameters there are"), value)
        })
    }
}

/// Every hypothesis.
pub const HYPOTHESES: &[Hypothesis] = &[
    Hypothesis {
        name: "isolation_net",
        summary: "joint isolation makes a defence pact less likely, net of alignment, enemies and distance",
        values: &[("pact", "beta_i", -0.25)],
        mark: Mark::Estimated,
        source: "pairs of two isolated states, politically relevant dyads 1951-2014: -0.25 (standard error 0.34), not distinguishable from 0",
    },
    Hypothesis {
        name: "isolation_raw",
        summary: "isolated states find each other: the raw difference, taken as an effect of isolation itself",
        values: &[("pact", "beta_i", 1.0)],
        mark: Mark::Estimated,
        source: "ln(1.46 % / 0.54 %), defence pacts a year of pairs of two isolated states and of others",
    },
    Hypothesis {
        name: "no_deterrence",
        summary: "defence pacts deter nobody",
        values: &[("crisis", "delta", 0.0)],
        mark: Mark::Published,
        source: "Kenwick, Vasquez and Powers 2015, against Johnson and Leeds 2011",
    },
    Hypothesis {
        name: "honour_before_1945",
        summary: "allies keep their word as before 1945",
        values: &[
            ("casus_foederis", "h_defence", 0.60),
            ("casus_foederis", "h_offence", 0.66),
            ("casus_foederis", "h_neutrality", 0.66),
            ("casus_foederis", "h_non_aggression", 0.66),
        ],
        mark: Mark::Published,
        source: "Berkemeier and Fuhrmann 2018: 66 % of all obligations 1816-1944; defence 0.60",
    },
    Hypothesis {
        name: "honour_since_1945",
        summary: "allies keep their word as since 1945",
        values: &[
            ("casus_foederis", "h_defence", 0.12),
            ("casus_foederis", "h_offence", 0.22),
            ("casus_foederis", "h_neutrality", 0.22),
            ("casus_foederis", "h_non_aggression", 0.22),
        ],
        mark: Mark::Published,
        source: "Berkemeier and Fuhrmann 2018: 22 % of all obligations 1945-2003; defence 0.12 (n = 40)",
    },
    Hypothesis {
        name: "reliable_allies",
        summary: "allies keep their word as often as the wider coding of invoked alliances says",
        values: &[("casus_foederis", "h_defence", 0.66)],
        mark: Mark::Published,
        source: "Leeds and co-authors, updated: about two thirds of invoked alliances fulfilled",
    },
    Hypothesis {
        name: "mutual_consent",
        summary: "a pact takes the consent of both, each choosing among all partners",
        values: &[("pact", "two_sided", 1.0)],
        mark: Mark::Assumed,
        source: "the coordination model of Stadtfeld, Hollway and Block 2017, with the coefficients of the one-sided fit",
    },
    Hypothesis {
        name: "structural_balance",
        summary: "the friend of a friend becomes a friend, the enemy of a friend an enemy",
        values: &[("alignment", "beta_b", 0.5)],
        mark: Mark::Assumed,
        source: "after Marvel, Kleinberg, Kleinberg and Strogatz 2011; the strength is assumed",
    },
    Hypothesis {
        name: "no_balancing",
        summary: "a pact makes nobody suspicious",
        values: &[("balancing", "kappa", 0.0)],
        mark: Mark::Assumed,
        source: "the limit without process `balancing`",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hypothesis_names_parameters_and_values_in_their_range() {
        for hypothesis in HYPOTHESES {
            assert!(hypothesis.values().count() > 0);
            for (parameter, value) in hypothesis.values() {
                let known = parameter.parameter();
                assert!((known.min..=known.max).contains(&value), "{} {value}", parameter.key());
                assert_ne!(known.default, value, "{} is the default", parameter.key());
            }
        }
    }
}
