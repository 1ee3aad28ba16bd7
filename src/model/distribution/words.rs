//! How a scenario writes a distribution.

use std::fmt;

use crate::model::distribution::{Choice, Distribution, Shape};

/// A number as briefly as it can be read back.
pub(super) fn number(x: f64) -> String {
    let size = x.abs();
    if x.is_finite() && size != 0.0 && !(1e-5..1e16).contains(&size) {
        format!("{x:e}")
    } else {
        format!("{x}")
    }
}

impl fmt::Display for Distribution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.shape.to_string())
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Normal { mean, sd } => call(f, "normal", &[*mean, *sd]),
            Self::LogNormal { mu, sigma } => call(f, "lognormal", &[*mu, *sigma]),
            Self::Uniform { low, high } => call(f, "uniform", &[*low, *high]),
            Self::Triangular { low, mode, high } => call(f, "triangular", &[*low, *mode, *high]),
            Self::Beta { shapes, low, high } => {
                let (alpha, beta) = shapes.both();
                let all = [alpha, beta, *low, *high];
                call(f, "beta", if (*low, *high) == (0.0, 1.0) { &all[..2] } else { &all })
            }
            Self::Choice(choice) => choice.fmt(f),
            Self::Truncated(cut) => {
                let (low, high) = (number(cut.low), number(cut.high));
                write!(f, "truncated({}, {low}, {high})", cut.whole)
            }
        }
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let equal = self.equal();
        let values = self.weighted().map(|(value, probability)| match equal {
            true => number(value),
            false => format!("{}: {}", number(value), number(probability)),
        });
        write!(f, "choice({})", values.collect::<Vec<_>>().join(", "))
    }
}

fn call(f: &mut fmt::Formatter<'_>, name: &str, arguments: &[f64]) -> fmt::Result {
    let arguments: Vec<_> = arguments.iter().map(|&x| number(x)).collect();
    write!(f, "{name}({})", arguments.join(", "))
}
