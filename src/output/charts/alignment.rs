//! Alignment of chosen dyads over time, and what differs in it.

use crate::output::charts::fan::series::{Metric, of_comparison, of_run};
use crate::output::charts::{Kind, Of, Sheet};
use crate::scenario::setup::Setup;

/// Of a run.
pub const OF_RUN: Kind = Kind {
    name: METRIC.name,
    about: "alignment of chosen dyads over time: median, 50 % and 90 % of trials",
    of: Of::Run(|setup, results| Sheet::only(of_run(setup, results, &METRIC))),
};

/// Of a comparison: a sheet for each of what is compared with the base.
pub const OF_COMPARISON: Kind = Kind {
    name: METRIC.name,
    about: "difference of alignment from the base: mean with interval, and pairs",
    of: Of::Comparison(|compared| of_comparison(compared, &METRIC)),
};

const METRIC: Metric = Metric {
    name: "alignment",
    title: "Alignment",
    unit: "-1 (opposed) to 1 (aligned)",
    scale: (-1.0, 1.0),
    subjects,
};

/// Codes and names of the chosen dyads.
fn subjects(setup: &Setup) -> Vec<(String, String)> {
    let dyads = setup.charts.alignment.iter().map(|&dyad| {
        let (i, j) = setup.frame.dyads.pair(dyad);
        let [i, j] = [i, j].map(|state| &setup.frame.names[state.index()]);
        (setup.frame.dyad_name(dyad), format!("{i} and {j}"))
    });
    dyads.collect()
}
