//! What a manifest says of a comparison beside what it says of its base.

use serde::{Deserialize, Serialize};

use crate::engine::experiment::{Experiment, Findings};
use crate::output::manifest::{Arm, COMPARISON, Failure, Invocation, Manifest, describe, failures};

/// How a scenario stands to the base that it is compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "docs/results.md says what every field means")]
pub struct Compared {
    pub name: String,
    pub failed: u64,
    pub failures: Vec<Failure>,
    /// Pairs with the base of which a trial failed.
    pub pairs_failed: u64,
    pub only_in_base: Vec<String>,
    pub only_here: Vec<String>,
}

/// What can be said before the run: that of the base, and which arms there are.
pub fn describe_comparison(
    experiment: &Experiment<'_>,
    trials: u64,
    charts: bool,
    invocations: &[Invocation<'_>],
    names: &[String],
) -> Manifest {
    let arms = experiment.arms().iter().zip(invocations).zip(names);
    let arm = |((setup, invocation), name): ((&&_, &Invocation<'_>), &String)| Arm {
        name: name.clone(),
        ..Arm::of(setup, invocation.file, invocation.sources)
    };
    Manifest {
        kind: COMPARISON.to_owned(),
        arms: arms.map(arm).collect(),
        ..describe(experiment.arms()[0], trials, charts, &invocations[0])
    }
}

/// How each scenario stands to the base; `files` and `names` are those of the arms, the base first.
pub fn compared(
    experiment: &Experiment<'_>,
    findings: &Findings,
    files: &[&str],
    names: &[String],
) -> Vec<Compared> {
    let others = experiment.pairings().iter().zip(&findings.contrasts).enumerate();
    others
        .map(|(n, (pairing, contrast))| {
            let arm = n + 1;
            let (setup, tally) = (experiment.arms()[arm], &findings.arms[arm]);
            let [only_in_base, only_here] = pairing.unpaired.clone();
            Compared {
                name: names[arm].clone(),
                failed: tally.failed,
                failures: failures(files[arm], setup, tally),
                pairs_failed: contrast.failed,
                only_in_base,
                only_here,
            }
        })
        .collect()
}
