//! Which numbers of the world are followed over time, in the order of records and tables.

use crate::engine::tally::Scale;
use crate::model::world::World;
use crate::scenario::setup::Setup;

/// A number that is followed over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Isolation of a state, from 0 (connected) to 1 (isolated).
    Isolation,
    /// Effective capability of a state, above 0 and at most 1 (share of the world at the start).
    Capability,
    /// Alignment of a dyad, from -1 (opposed) to 1 (aligned).
    Alignment,
}

/// A metric of a state or dyad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// What.
    pub metric: Metric,
    /// Whose: the code of a state, or a dyad such as `PRK-RUS`.
    pub subject: String,
}

impl Metric {
    /// What it is called in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Isolation => "isolation",
            Self::Capability => "capability",
            Self::Alignment => "alignment",
        }
    }
}

impl Series {
    /// What it is called where two scenarios are paired, such as `isolation PRK`.
    pub fn name(&self) -> String {
        format!("{} {}", self.metric.name(), self.subject)
    }
}

/// How many series a scenario has.
pub fn count(setup: &Setup) -> usize {
    2 * setup.frame.states() + setup.summary_dyads.len()
}

/// The series: isolation of every state, capability of every state, alignment of every dyad of the
/// summary.
pub fn series(setup: &Setup) -> Vec<Series> {
    let of_states = |metric| {
        let codes = setup.frame.codes.iter();
        codes.map(move |code| Series { metric, subject: code.to_string() })
    };
    let dyads = setup.summary_dyads.iter();
    let dyads = dyads
        .map(|&dyad| Series { metric: Metric::Alignment, subject: setup.frame.dyad_name(dyad) });
    of_states(Metric::Isolation).chain(of_states(Metric::Capability)).chain(dyads).collect()
}

/// Range and resolution of every series, finest at its start.
pub fn scales(setup: &Setup) -> Vec<Scale> {
    let initial = &setup.initial;
    let isolation = initial.isolation.iter().map(|&start| Scale::isolation(start));
    let capability = initial.capability.iter().map(|&start| Scale::capability(start));
    let dyads = setup.summary_dyads.iter().map(|dyad| initial.alignment[dyad.index()]);
    isolation.chain(capability).chain(dyads.map(Scale::alignment)).collect()
}

/// Range and resolution of the differences of every series between trials of this scenario and of another.
pub fn difference_scales(setup: &Setup) -> Vec<Scale> {
    let states = setup.frame.states();
    let isolation = (0..states).map(|_| Scale::isolation_difference());
    let capability = setup.initial.capability.iter();
    let capability = capability.map(|&start| Scale::capability_difference(start));
    let dyads = setup.summary_dyads.iter().map(|_| Scale::alignment_difference());
    isolation.chain(capability).chain(dyads).collect()
}

/// Writes the values of every series in a world.
pub fn read(setup: &Setup, world: &World, row: &mut [f64]) {
    let states = setup.frame.states();
    let (isolation, rest) = row.split_at_mut(states);
    let (capability, dyads) = rest.split_at_mut(states);
    isolation.copy_from_slice(&world.isolation);
    capability.copy_from_slice(&world.capability);
    for (value, dyad) in dyads.iter_mut().zip(&setup.summary_dyads) {
        *value = world.alignment[dyad.index()];
    }
}
