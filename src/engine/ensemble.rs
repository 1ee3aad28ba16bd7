//! Many trials in parallel. The only file that uses threads.

use std::num::NonZero;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::ThreadPoolBuilder;

use crate::engine::tally::{Failure, Tally};
use crate::engine::trial::Simulator;
use crate::scenario::setup::Setup;

/// How an ensemble is run. Only `trials` affects the result.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many trials.
    pub trials: u64,
    /// How many threads; `None` takes one for each core.
    pub threads: Option<usize>,
    /// How many trials a thread takes at a time.
    pub block: u64,
}

impl Plan {
    /// Blocks of this many trials unless said otherwise.
    pub const BLOCK: u64 = 64;

    /// All cores, blocks of the usual size.
    pub fn new(trials: u64) -> Self {
        Self { trials, threads: None, block: Self::BLOCK }
    }
}

/// Why an ensemble did not run.
#[derive(Debug, thiserror::Error)]
pub enum EnsembleError {
    /// The system refused threads.
    #[error("cannot start threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// A trial number does not fit the random streams.
    #[error("{0} trials are more than the random streams can number (2^32)")]
    TooMany(u64),
}

/// Runs trials 0 to `plan.trials - 1` and tallies them. `progress` is told of every finished block
/// how many trials it had.
///
/// Each thread takes the next block and adds its trials to a tally of its own; the tallies are
/// merged at the end. Memory grows with threads, not with trials.
///
/// # Errors
/// If threads cannot be started or there are more than 2^32 trials.
pub fn run(
    setup: &Setup,
    plan: Plan,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Tally, EnsembleError> {
    let trials = u32::try_from(plan.trials).map_err(|_| EnsembleError::TooMany(plan.trials))?;
    let block = plan.block.max(1);
    let blocks = plan.trials.div_ceil(block).max(1);
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    // A thread without a block would only cost memory.
    let most = usize::try_from(blocks).unwrap_or(usize::MAX);
    let threads = plan.threads.unwrap_or(cores).clamp(1, most);
    let pool = ThreadPoolBuilder::new().num_threads(threads).build()?;
    let next = AtomicU64::new(0);
    let tallies = pool.broadcast(|_| {
        let mut tally = Tally::new(setup);
        let mut simulator = Simulator::new(setup);
        loop {
            let first = next.fetch_add(1, Ordering::Relaxed).saturating_mul(block);
            let last = first.saturating_add(block).min(u64::from(trials));
            if first >= last {
                return tally;
            }
            for trial in first..last {
                let trial = u32::try_from(trial).expect("below the number of trials");
                run_one(setup, &mut simulator, trial, &mut tally);
            }
            progress(last - first);
        }
    });
    Ok(tallies.into_iter().reduce(merged).unwrap_or_else(|| Tally::new(setup)))
}

fn merged(mut left: Tally, right: Tally) -> Tally {
    left.merge(right);
    left
}

/// Runs a trial and tallies it; one that fails is kept as a failure.
fn run_one(setup: &Setup, simulator: &mut Simulator<'_>, trial: u32, tally: &mut Tally) {
    match simulator.run(trial) {
        Ok(()) => tally.add(setup, simulator.record()),
        Err(reason) => tally.add_failure(Failure { trial, reason }),
    }
}
