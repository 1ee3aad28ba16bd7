//! The manifest of a comparison.

use serde::Serialize;

use crate::engine::experiment::{Experiment, Findings};
use crate::engine::tally;
use crate::output::binary::Binary;
use crate::output::manifest::{Arm as Stored, Failure, File, replay};
use crate::output::write::Compared;
use crate::scenario::setup::Setup;

#[derive(Serialize)]
struct Manifest<'a> {
    program: &'static str,
    version: &'static str,
    binary: Binary,
    kind: &'static str,
    title: &'a str,
    question: Option<&'a str>,
    seed: u64,
    trials: u64,
    start: String,
    end: String,
    steps: usize,
    years_a_step: f64,
    command: &'a [String],
    files: Vec<File>,
    /// The base first.
    arms: Vec<Arm<'a>>,
}

#[derive(Serialize)]
struct Arm<'a> {
    failed: u64,
    failures: Vec<Failure>,
    /// Pairs with the base of which a trial failed.
    pairs_failed: u64,
    /// What the base has and this has not, and the other way round.
    only_in_base: &'a [String],
    only_here: &'a [String],
    #[serde(flatten)]
    scenario: Stored,
}

/// The manifest of a comparison.
///
/// # Errors
/// If it cannot be serialised, which it always can.
pub fn of_comparison(
    (experiment, findings): (&Experiment<'_>, &Findings),
    compared: &[Compared<'_>],
    files: Vec<File>,
    command: &[String],
) -> Result<Vec<u8>, serde_json::Error> {
    let base = experiment.arms()[0];
    let arms = compared.iter().enumerate().map(|(n, arm)| {
        let (setup, tally) = (experiment.arms()[n], &findings.arms[n]);
        let other = n.checked_sub(1);
        let unpaired = other.map(|n| &experiment.pairings()[n].unpaired);
        Arm {
            failed: tally.failed,
            failures: tally
                .failures
                .iter()
                .map(|failure| failed(failure, arm.file, setup))
                .collect(),
            pairs_failed: other.map_or(0, |n| findings.contrasts[n].failed),
            only_in_base: unpaired.map_or(&[], |unpaired| &unpaired[0]),
            only_here: unpaired.map_or(&[], |unpaired| &unpaired[1]),
            scenario: Stored {
                name: arm.name.to_owned(),
                ..Stored::of(setup, arm.file, arm.sources)
            },
        }
    });
    let manifest = Manifest {
        program: "detente",
        version: env!("CARGO_PKG_VERSION"),
        binary: Binary::running(),
        kind: "comparison",
        title: &base.title,
        question: base.question.as_deref(),
        seed: base.seed,
        trials: findings.trials,
        start: base.calendar.start().to_string(),
        end: base.calendar.end().to_string(),
        steps: base.frame.timeline.steps(),
        years_a_step: base.frame.timeline.dt,
        command,
        files,
        arms: arms.collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn failed(failure: &tally::Failure, file: &str, setup: &Setup) -> Failure {
    Failure {
        trial: failure.trial,
        reason: failure.reason.clone(),
        replay: replay(file, setup, failure.trial),
    }
}
