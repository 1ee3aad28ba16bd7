//! Many trials in parallel, and whatever else is. The only file that uses threads.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::ThreadPoolBuilder;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::engine::digest::BLOCK;
use crate::engine::experiment::{Experiment, Findings, Worker};
use crate::engine::tally::Tally;
use crate::scenario::setup::Setup;

/// How an ensemble is run. Only `trials` affects the result.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many trials.
    pub trials: u64,
    /// How many threads; `None` takes one for each core.
    pub threads: Option<usize>,
    /// How many blocks a thread takes at a time.
    pub batch: u64,
}

impl Plan {
    /// How many threads there are, if there is work for all of them.
    pub fn most_threads(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, NonZero::get);
        self.threads.unwrap_or_else(cores)
    }

    /// All cores, block by block.
    pub fn new(trials: u64) -> Self {
        Self { trials, threads: None, batch: 1 }
    }
}

/// Why an ensemble did not run.
#[derive(Debug, thiserror::Error)]
pub enum EnsembleError {
    /// The system refused threads.
    #[error("cannot start threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// A trial number does not fit the random streams.
    #[error("{0} trials are more than the random streams can number (2^31)")]
    TooMany(u64),
}

/// Does work, and what it does with [`each`] of several things on so many threads, all cores if `None`.
///
/// # Errors
/// If threads cannot be started.
pub fn on_threads<R: Send>(
    threads: Option<usize>,
    work: impl FnOnce() -> R + Send,
) -> Result<R, EnsembleError> {
    // rayon takes 0 for one a core.
    let pool = ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build()?;
    Ok(pool.install(work))
}

/// Does the same with each of several things, several at a time; gives what came of them in order.
pub fn each<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    things.par_iter().map(work).collect()
}

/// Runs trials 0 to `plan.trials - 1` of one scenario and tallies them. `progress` is told of every
/// finished block how many trials it had.
///
/// # Errors
/// As [`extend`].
pub fn run(
    setup: &Setup,
    plan: Plan,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Tally, EnsembleError> {
    let experiment = Experiment::of(setup);
    let mut findings = Findings::new(&experiment);
    extend(&experiment, &mut findings, plan, progress)?;
    Ok(findings.arms.swap_remove(0))
}

/// Runs the trials of an experiment that are still missing to `plan.trials`, and adds them to what
/// has been found so far: whole blocks, or all there are.
///
/// Each thread takes the next blocks and adds their trials to findings of its own, which are merged
/// at the end. Memory grows with threads, and with trials only by a fingerprint for each block.
///
/// # Errors
/// If threads cannot be started or there are more than 2^31 trials.
pub fn extend(
    experiment: &Experiment<'_>,
    findings: &mut Findings,
    plan: Plan,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), EnsembleError> {
    let first = findings.trials.div_ceil(BLOCK);
    for found in blocks(experiment, first..plan.trials.div_ceil(BLOCK), plan, progress)? {
        findings.merge(found);
    }
    Ok(())
}

/// Runs some blocks of an experiment: what each thread has found.
///
/// # Errors
/// As [`extend`].
pub fn blocks(
    experiment: &Experiment<'_>,
    blocks: std::ops::Range<u64>,
    plan: Plan,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Vec<Findings>, EnsembleError> {
    let count = blocks.end.saturating_sub(blocks.start);
    Ok(deal(experiment, (count, &|n| blocks.start + n), plan, Until::Done, progress)?.0)
}

/// Runs blocks of a range in their order, until it is done or a thread has `enough`: what each thread
/// has found, and which block would be next. Every thread that has found nothing yet begins a block,
/// and what is begun is ended, so all that has been found is of the blocks before that one, without a
/// gap. `enough` is told after each block what its thread has found so far. `give_up` is asked before
/// each trial: if it says so the blocks under way are not ended, and nothing has been found.
///
/// # Errors
/// As [`extend`].
pub fn stretch(
    experiment: &Experiment<'_>,
    blocks: std::ops::Range<u64>,
    plan: Plan,
    (enough, give_up): (Enough<'_>, GiveUp<'_>),
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(Vec<Findings>, u64), EnsembleError> {
    let count = blocks.end.saturating_sub(blocks.start);
    let nth = |n| blocks.start + n;
    let until = Until::Asked { enough, give_up };
    let (found, dealt) = deal(experiment, (count, &nth), plan, until, progress)?;
    Ok((found, blocks.start + dealt))
}

/// Runs the blocks that are listed, as [`blocks`] does those of a range.
///
/// # Errors
/// As [`extend`].
pub fn chosen(
    experiment: &Experiment<'_>,
    list: &[u64],
    plan: Plan,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Vec<Findings>, EnsembleError> {
    let block = |n| usize::try_from(n).map_or(0, |n: usize| list[n]);
    Ok(deal(experiment, (list.len() as u64, &block), plan, Until::Done, progress)?.0)
}

/// Whether a thread has found enough, by what it has found.
pub type Enough<'a> = &'a (dyn Fn(&Findings) -> bool + Sync);

/// Whether the blocks under way are to be left.
pub type GiveUp<'a> = &'a (dyn Fn() -> bool + Sync);

/// How long blocks are dealt out.
#[derive(Clone, Copy)]
enum Until<'a> {
    /// Until there are no more.
    Done,
    /// Until somebody has enough or gives up, if that is before.
    Asked { enough: Enough<'a>, give_up: GiveUp<'a> },
}

/// Deals out so many blocks, the nth of which has the number that is given for it. Gives what each
/// thread has found, and how many blocks were dealt; nothing and none if they were given up.
fn deal(
    experiment: &Experiment<'_>,
    (count, nth): (u64, &(dyn Fn(u64) -> u64 + Sync)),
    plan: Plan,
    until: Until<'_>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(Vec<Findings>, u64), EnsembleError> {
    let trials = u32::try_from(plan.trials).ok().filter(|&trials| trials <= 1 << 31);
    let trials = trials.ok_or(EnsembleError::TooMany(plan.trials))?;
    let batch = plan.batch.max(1);
    // A thread without a block would only cost memory.
    let most = usize::try_from(count.div_ceil(batch).max(1)).unwrap_or(usize::MAX);
    let threads = plan.most_threads().clamp(1, most);
    let pool = ThreadPoolBuilder::new().num_threads(threads).build()?;
    let (enough, give_up): (Enough<'_>, GiveUp<'_>) = match until {
        Until::Done => (&|_| false, &|| false),
        Until::Asked { enough, give_up } => (enough, give_up),
    };
    let (next, ended) = (AtomicU64::new(0), AtomicBool::new(false));
    let given_up = AtomicBool::new(false);
    let found = pool.broadcast(|_| {
        let mut worker = Worker::new(experiment);
        loop {
            let from = next.fetch_add(1, Ordering::Relaxed).saturating_mul(batch);
            if from >= count {
                return worker.into_findings();
            }
            for block in (from..from.saturating_add(batch).min(count)).map(nth) {
                let range = trials_of(block, trials);
                let trials = u64::from(range.end - range.start);
                if !worker.run_block(block, range, give_up) {
                    given_up.store(true, Ordering::Relaxed);
                    return worker.into_findings();
                }
                progress(trials);
            }
            if ended.load(Ordering::Relaxed) || enough(worker.findings()) {
                ended.store(true, Ordering::Relaxed);
                return worker.into_findings();
            }
        }
    });
    if given_up.into_inner() {
        return Ok((Vec::new(), 0));
    }
    Ok((found, next.into_inner().saturating_mul(batch).min(count)))
}

/// The trials of a block, of so many in all.
pub fn trials_of(block: u64, trials: u32) -> std::ops::Range<u32> {
    let at = |block: u64| {
        u32::try_from(block.saturating_mul(BLOCK)).map_or(trials, |trial| trial.min(trials))
    };
    at(block)..at(block + 1)
}
