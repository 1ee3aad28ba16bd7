//! Comparisons that the range of a score decides, such as `isolation(PRK) > 60`.

use crate::model::expression::{Comparison, DyadScore, Number, StateScore};

/// A comparison that comes out the same whatever happens.
pub struct Decided {
    what: &'static str,
    low: f64,
    high: f64,
    bar: f64,
    value: bool,
}

impl Decided {
    pub fn rule(&self) -> String {
        let Self { what, low, high, .. } = self;
        if *high == f64::INFINITY {
            format!("{what} is {low} or more")
        } else {
            format!("{what} lies between {low} and {high}")
        }
    }

    pub fn found(&self) -> &'static str {
        if self.value { "so this always holds" } else { "so this never holds" }
    }

    pub fn cure(&self) -> Option<String> {
        let percent = (self.low, self.high) == (0.0, 1.0) && (2.0..=100.0).contains(&self.bar);
        percent.then(|| format!("for {} % write {}", self.bar, self.bar / 100.0))
    }
}

/// Whether the range of one side decides a comparison with a constant on the other.
pub fn decided(comparison: Comparison, a: &Number, b: &Number) -> Option<Decided> {
    match (a.constant(), b.constant()) {
        (None, Some(bar)) => of(comparison, a, bar),
        (Some(bar), None) => of(mirrored(comparison), b, bar),
        _ => None,
    }
}

fn of(comparison: Comparison, number: &Number, bar: f64) -> Option<Decided> {
    let (what, low, high) = range(number)?;
    let (at_low, at_high) = (comparison.holds(low, bar), comparison.holds(high, bar));
    let inside = (low..=high).contains(&bar);
    let equality = matches!(comparison, Comparison::Equal | Comparison::Unequal);
    let decided = at_low == at_high && !(equality && inside) && !bar.is_nan();
    decided.then_some(Decided { what, low, high, bar, value: at_low })
}

fn range(number: &Number) -> Option<(&'static str, f64, f64)> {
    Some(match number {
        Number::State(StateScore::Isolation, _) => ("isolation", 0.0, 1.0),
        Number::State(StateScore::Capability, _) => ("capability", 0.0, 1.0),
        Number::Dyad(DyadScore::Alignment, ..) => ("alignment", -1.0, 1.0),
        Number::Dyad(DyadScore::Tension, ..) => ("tension", 0.0, 1.0),
        Number::Dyad(DyadScore::Grievance, ..) => ("grievance", 0.0, f64::INFINITY),
        Number::Count(..) => ("a count", 0.0, f64::INFINITY),
        Number::Times(..) => ("how often something has happened", 0.0, f64::INFINITY),
        _ => return None,
    })
}

/// The same comparison with its sides changed.
fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    }
}
