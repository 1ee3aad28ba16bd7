//! When a run ends before it has had its most trials: as soon as some intervals are narrow enough.

/// From how many trials on a rule is looked at, unless the scenario says otherwise.
pub const DEFAULT_MIN: u64 = 1_024;

/// The most trials of a run that has a rule, unless the scenario says otherwise.
pub const DEFAULT_MAX: u64 = 1_000_000;

/// A rule, with its names resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Stopping {
    /// As its author wrote it.
    pub rule: String,
    /// What has to hold, all of it.
    pub clauses: Vec<Clause>,
    /// From how many trials on the rule is looked at.
    pub min: u64,
}

/// A width, and what it has to lie below.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// Which width.
    pub width: Width,
    /// Of which outcome, by number.
    pub outcome: usize,
    /// The outcome's name.
    pub name: String,
    /// What the width has to lie below.
    pub below: f64,
}

/// A width of a 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// From its lower to its upper end.
    Absolute,
    /// That, divided by the estimate.
    Relative,
}

impl Width {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Absolute, Self::Relative];

    /// The function that is it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Absolute => "ci_width",
            Self::Relative => "relative_ci_width",
        }
    }
}

impl Clause {
    /// The width in words of the rule: `ci_width(rus-prk)`.
    pub fn shown(&self) -> String {
        format!("{}({})", self.width.name(), self.name)
    }
}
