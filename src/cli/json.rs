//! What came of a run or a comparison, as one JSON object on the standard output.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use crate::analysis::Results;
use crate::analysis::comparison::Comparison;
use crate::analysis::precision::Stopped;
use crate::cli::Failure;
use crate::engine::experiment::{Experiment, Findings};
use crate::engine::tally::Tally;
use crate::scenario::setup::Setup;

/// Prints what came of a run: its outcomes and measures as the tables have them.
pub fn of_run(
    setup: &Setup,
    (tally, stopped): (&Tally, Option<&Stopped>),
    results: &Results,
    took: Duration,
    written: (&Path, &[String]),
) -> Result<(), Failure> {
    let trials = tally.trials + tally.failed;
    let mut told = common(setup, trials, stopped, took, written);
    told["variant"] = json!(setup.variant);
    told["failed"] = json!(tally.failed);
    told["outcomes"] = value(&results.outcomes);
    told["measures"] = value(&results.measures);
    print(&told)
}

/// Prints what came of a comparison: the rows of `differences.csv` and, of those of `partings.csv`,
/// how often pairs part at each level. `names` are those of the arms, the base first.
pub fn of_comparison(
    experiment: &Experiment<'_>,
    names: &[String],
    (findings, stopped): (&Findings, Option<&Stopped>),
    comparison: &Comparison,
    took: Duration,
    written: (&Path, &[String]),
) -> Result<(), Failure> {
    let mut told = common(experiment.arms()[0], findings.trials, stopped, took, written);
    let arms = names.iter().zip(&findings.arms);
    let arms = arms.map(|(name, tally)| json!({ "name": name, "failed": tally.failed }));
    told["arms"] = arms.collect();
    told["differences"] = value(&comparison.differences);
    let levels = comparison.partings.iter().filter(|row| row.kind.is_empty());
    told["partings"] = levels.map(value).collect();
    print(&told)
}

fn common(
    setup: &Setup,
    trials: u64,
    stopped: Option<&Stopped>,
    took: Duration,
    (out, names): (&Path, &[String]),
) -> Value {
    json!({
        "directory": out.to_string_lossy(),
        "files": names,
        "title": setup.title,
        "seed": setup.seed,
        "trials": trials,
        "steps": setup.frame.timeline.steps(),
        "seconds": took.as_secs_f64(),
        "stopping": stopped.map(value),
    })
}

/// Rows are plain numbers, texts and dates, which JSON has.
fn value(rows: &(impl Serialize + ?Sized)) -> Value {
    serde_json::to_value(rows).expect("rows are plain")
}

fn print(told: &Value) -> Result<(), Failure> {
    writeln!(io::stdout(), "{told:#}")?;
    Ok(())
}
