//! The text of a scenario.

use detente::engine::trial::Simulator;
use detente::scenario::setup::Setup;
use detente::scenario::{LoadError, parse};

use super::Outcome;

/// Reads the text, shows what is wrong with it, and runs a trial of it if it is right and small.
pub fn run(text: &str) -> Outcome {
    outcome(parse(text, None))
}

/// What became of a scenario, which is shown to its author or runs a trial.
pub fn outcome(read: Result<Setup, LoadError>) -> Outcome {
    match read {
        Err(LoadError::Wrong(wrong)) => {
            assert!(!wrong.problems.is_empty(), "it was refused without a reason");
            assert!(!wrong.report(false).is_empty());
            Outcome::Refused
        }
        Err(other) => panic!("{other}"),
        Ok(setup) if small(&setup) => {
            if let Err(reason) = Simulator::new(&setup).run(0) {
                // The reasons for which a trial may end: chains without an end in sight.
                let ends = ["changes follow from one", "events set each other off"];
                assert!(ends.iter().any(|end| reason.contains(end)), "the trial failed: {reason}");
            }
            Outcome::Ran
        }
        Ok(_) => Outcome::Read,
    }
}

/// Whether a trial takes no time worth speaking of.
pub fn small(setup: &Setup) -> bool {
    setup.frame.states() <= 6 && setup.frame.timeline.steps() <= 24
}
