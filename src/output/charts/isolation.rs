//! Isolation of chosen states over time, and what differs in it.

use crate::output::charts::fan::series::{Metric, of_comparison, of_run};
use crate::output::charts::{Kind, Of, Sheet};
use crate::scenario::setup::Setup;

/// Of a run.
pub const OF_RUN: Kind = Kind {
    name: METRIC.name,
    about: "isolation of chosen states over time: median, 50 % and 90 % of trials",
    of: Of::Run(|setup, results| Sheet::only(of_run(setup, results, &METRIC))),
};

/// Of a comparison: a sheet for each of what is compared with the base.
pub const OF_COMPARISON: Kind = Kind {
    name: METRIC.name,
    about: "difference of isolation from the base: mean with interval, and pairs",
    of: Of::Comparison(|compared| of_comparison(compared, &METRIC)),
};

const METRIC: Metric = Metric {
    name: "isolation",
    title: "Isolation",
    unit: "0 (connected) to 1 (isolated)",
    scale: (0.0, 1.0),
    subjects,
};

/// Codes and names of the chosen states.
fn subjects(setup: &Setup) -> Vec<(String, String)> {
    let states = setup.charts.isolation.iter().map(|state| {
        let code = setup.frame.codes[state.index()];
        (code.to_string(), setup.frame.names[state.index()].clone())
    });
    states.collect()
}
