//! An experiment under way: run in stretches, between which what has been found is kept, and which end
//! when somebody asks for it.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use crate::cli::signals::Signals;
use crate::cli::{Failure, progress};
use crate::engine::digest::BLOCK;
use crate::engine::ensemble::{self, Enough, GiveUp, Plan};
use crate::engine::experiment::{Experiment, Findings};
use crate::engine::shard::Shard;
use crate::output::block_file::{Folder, Head};
use crate::output::manifest::{self, Manifest};

/// How often what has been found is kept, unless something else is said or it takes long.
const USUAL: Duration = Duration::from_secs(30);

/// Keeping may take one part in so many of the time.
const PARTS: u32 = 50;

/// What is run, and how.
pub struct Underway<'a, 's> {
    pub experiment: &'a Experiment<'s>,
    pub plan: Plan,
    pub shard: Option<Shard>,
    /// The stopping rule, if there is one.
    pub rule: Option<String>,
    pub folder: &'a Folder,
    /// The manifest of the result to be.
    pub about: Box<dyn Fn() -> Manifest + 'a>,
    /// How often what has been found is kept, if that was said.
    pub every: Option<Duration>,
    pub fail_fast: bool,
    /// Whether nothing is to be said, also not how far it has come.
    pub quiet: bool,
    /// The command that goes on.
    pub resume: String,
}

/// An experiment that is being run.
pub struct Stretches<'a, 's> {
    of: Underway<'a, 's>,
    signals: Signals,
    bar: ProgressBar,
    due: Instant,
    /// How many blocks the block file has.
    kept: u64,
}

impl<'a, 's> Stretches<'a, 's> {
    /// Begins, or goes on with what has been found and kept.
    pub fn begin(of: Underway<'a, 's>, findings: &Findings) -> Result<Self, Failure> {
        let signals = Signals::watch()
            .map_err(|error| Failure::Io(format!("cannot watch for Ctrl-C: {error}")))?;
        let blocks = blocks(of.shard, of.plan.trials);
        let trials =
            of.plan.trials.min(blocks.end * BLOCK) - of.plan.trials.min(blocks.start * BLOCK);
        let bar = if of.quiet {
            ProgressBar::hidden()
        } else {
            progress::bar_of_a_run(trials, signals.clone())
        };
        bar.set_length(trials);
        bar.set_position(findings.trials);
        let due = Instant::now() + of.every.unwrap_or(USUAL);
        let kept = findings.blocks.digests.len() as u64;
        Ok(Self { of, signals, bar, due, kept })
    }

    /// Runs what is missing to so many trials of the experiment, or of what the shard has of them.
    pub fn extend(&mut self, findings: &mut Findings, trials: u64) -> Result<(), Failure> {
        self.first_failure(findings)?;
        let blocks = blocks(self.of.shard, trials);
        // A run may be gone on with to more trials, so a last block that is not whole is not kept.
        let whole = blocks.start.max(blocks.end.min(trials / BLOCK));
        for end in [whole, blocks.end] {
            self.stretches(findings, blocks.start..end, trials)?;
        }
        Ok(())
    }

    fn stretches(
        &mut self,
        findings: &mut Findings,
        blocks: Range<u64>,
        trials: u64,
    ) -> Result<(), Failure> {
        loop {
            let next = blocks.start + findings.blocks.digests.len() as u64;
            if next >= blocks.end {
                return Ok(());
            }
            if let Some(code) = self.signals.asked() {
                self.keep(findings, Duration::ZERO)?;
                return Err(self.stopped(code, findings));
            }
            let pace = Pace::new(&self.of.plan, blocks.end - next);
            let (signals, due, fail_fast) = (&self.signals, self.due, self.of.fail_fast);
            let enough = |found: &Findings| {
                signals.asked().is_some()
                    || pace.is_slow()
                    || Instant::now() >= due
                    || (fail_fast && found.first_failure().is_some())
            };
            let plan = Plan { trials, ..self.of.plan };
            let give_up = || signals.asked().is_some() && pace.is_stuck();
            let bar = &self.bar;
            let done = |trials| {
                pace.ended_a_block();
                bar.inc(trials);
            };
            let until: (Enough<'_>, GiveUp<'_>) = (&enough, &give_up);
            let (found, _) =
                ensemble::stretch(self.of.experiment, next..blocks.end, plan, until, &done)?;
            let waited = self.due.elapsed();
            found.into_iter().for_each(|found| findings.merge(found));
            self.first_failure(findings)?;
            let whole = findings.trials.is_multiple_of(BLOCK);
            if Instant::now() >= self.due && (whole || self.of.shard.is_some()) {
                self.keep(findings, waited)?;
            }
        }
    }

    /// Keeps what has been found. The first of the threads may have waited so long for the last.
    pub fn keep(&mut self, findings: &Findings, waited: Duration) -> Result<(), Failure> {
        let began = Instant::now();
        let found = findings.blocks.digests.len() as u64;
        if found > self.kept || (found == 0 && self.of.shard.is_some()) {
            let first = blocks(self.of.shard, self.of.plan.trials).start;
            let about = (self.of.rule.clone(), self.of.shard);
            let head = Head::new((self.of.about)(), about, (first, findings));
            self.of.folder.write(&head, findings).map_err(|error| self.not_kept(&error))?;
            self.kept = found;
        }
        // The ends of blocks that are under way are spread evenly: of n threads each waits on average
        // (n - 1) / 2n of the time until the last ends.
        let threads = u32::try_from(self.of.plan.most_threads()).unwrap_or(u32::MAX);
        let cost =
            began.elapsed() + waited.mul_f64(f64::from(threads - 1) / (2.0 * f64::from(threads)));
        let every = self.of.every.unwrap_or_else(|| USUAL.max(cost * PARTS));
        self.due = Instant::now() + every;
        Ok(())
    }

    fn first_failure(&self, findings: &Findings) -> Result<(), Failure> {
        match findings.first_failure().filter(|_| self.of.fail_fast) {
            None => Ok(()),
            Some((arm, failure)) => {
                self.bar.finish_and_clear();
                let setup = self.of.experiment.arms()[arm];
                let file = &(self.of.about)().arms[arm].file;
                let replay = manifest::replay(file, setup, failure.trial);
                Err(Failure::First { trial: failure.trial, reason: failure.reason.clone(), replay })
            }
        }
    }

    fn stopped(&self, code: u8, findings: &Findings) -> Failure {
        self.bar.finish_and_clear();
        let (done, of) = (findings.trials, self.bar.length().unwrap_or_default());
        let what = self.of.shard.map(|shard| format!("{shard}: ")).unwrap_or_default();
        let said = if self.kept == 0 {
            format!("{what}stopped before the first block of trials had ended; nothing is kept")
        } else {
            let (place, resume) = (self.of.folder.path.display(), &self.of.resume);
            format!(
                "{what}stopped after {done} of {of} trials, kept in {place}; to go on:\n  {resume}"
            )
        };
        Failure::Stopped { code, said }
    }

    fn not_kept(&self, error: &crate::output::block_file::BlockFileError) -> Failure {
        self.bar.finish_and_clear();
        let before = match self.kept {
            0 => String::new(),
            _ => format!("; what was kept before is still there; to go on:\n  {}", self.of.resume),
        };
        Failure::Io(format!("{error}{before}"))
    }
}

impl Drop for Stretches<'_, '_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// How fast the blocks of a stretch end.
struct Pace {
    began: Instant,
    threads: f64,
    ended: AtomicU64,
}

/// How long whoever asks to stop waits for the blocks under way. Where blocks take longer, a stretch
/// is a block of every thread: what has ended is then never lost with what is under way.
const PATIENCE: Duration = Duration::from_secs(1);

impl Pace {
    fn new(plan: &Plan, blocks: u64) -> Self {
        let threads = (plan.most_threads() as f64).min(blocks as f64);
        Self { began: Instant::now(), threads, ended: AtomicU64::new(0) }
    }

    fn ended_a_block(&self) {
        self.ended.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether blocks take too long, as far as is known: those that have ended, and one under way on
    /// every other thread.
    fn is_slow(&self) -> bool {
        let ended = self.ended.load(Ordering::Relaxed) as f64;
        let block =
            self.began.elapsed().mul_f64(self.threads / (ended + self.threads - 1.0).max(1.0));
        block > PATIENCE
    }

    /// Whether no block has ended, although anybody would have waited long enough.
    fn is_stuck(&self) -> bool {
        self.ended.load(Ordering::Relaxed) == 0 && self.began.elapsed() > PATIENCE
    }
}

/// The blocks of so many trials, or what a shard has of them.
fn blocks(shard: Option<Shard>, trials: u64) -> Range<u64> {
    let all = trials.div_ceil(BLOCK);
    shard.map_or(0..all, |shard| shard.blocks(all))
}
