//! Executions on all cores, watched.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::ScopedJoinHandle;
use std::time::{Duration, Instant};

use crate::corpus::Corpus;
use crate::mutate;
use crate::supervise::Status;
use crate::targets::{Outcome, Target};

/// An execution that takes longer hangs.
pub const HANGS: Duration = Duration::from_secs(2);

/// How much longer one is waited for before the process gives up: a busy machine is no hang.
const PATIENCE: u32 = 10;

/// Failures at so many different places are told.
const MOST_FAILURES: usize = 10;

/// Which executions.
#[derive(Clone, Copy)]
pub struct Span {
    pub first: u64,
    pub executions: u64,
    /// An execution that takes longer hangs.
    pub limit: Duration,
}

/// What went wrong.
#[derive(Clone)]
pub struct Fault {
    /// Where: the same place is the same fault.
    pub place: String,
    pub message: String,
}

/// An execution that failed.
pub struct Failure {
    pub execution: u64,
    pub fault: Fault,
}

/// What came of it.
pub struct Report {
    /// The first at each place.
    pub failures: Vec<Failure>,
    counts: [u64; 3],
    failed: u64,
    took: Duration,
}

impl Report {
    /// In a few words.
    pub fn summary(&self) -> String {
        let [refused, read, ran] = self.counts;
        format!(
            "{refused} refused, {} read, {ran} of them run, {} failed, {:.1} s",
            read + ran,
            self.failed,
            self.took.as_secs_f64()
        )
    }
}

/// What all threads know of.
struct Shared<'a> {
    target: &'a Target,
    span: Span,
    corpus: &'a Corpus,
    next: AtomicU64,
    counts: [AtomicU64; 3],
    failed: AtomicU64,
    failures: Mutex<BTreeMap<String, Failure>>,
    started: Instant,
    /// For each thread the number after that of its execution, or 0, and when it began (ms).
    current: Vec<[AtomicU64; 2]>,
}

/// Runs the executions of a target.
pub fn run(target: &Target, span: Span, corpus: &Corpus, progress: bool) -> Report {
    hook();
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let threads = cores.min(usize::try_from(span.executions).unwrap_or(cores)).max(1);
    let shared = Shared {
        target,
        span,
        corpus,
        next: AtomicU64::new(0),
        counts: Default::default(),
        failed: AtomicU64::new(0),
        failures: Mutex::new(BTreeMap::new()),
        started: Instant::now(),
        current: (0..threads).map(|_| Default::default()).collect(),
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn({
                    let shared = &shared;
                    move || work(shared, thread)
                })
            })
            .collect();
        watch(&shared, progress, || workers.iter().all(ScopedJoinHandle::is_finished));
    });
    let _ = std::panic::take_hook();
    let failures = shared.failures.into_inner().unwrap_or_default();
    Report {
        failures: failures.into_values().take(MOST_FAILURES).collect(),
        counts: shared.counts.map(AtomicU64::into_inner),
        failed: shared.failed.into_inner(),
        took: shared.started.elapsed(),
    }
}

/// Notes panics instead of telling them.
pub fn hook() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        note(Fault { place, message: info.to_string() });
    }));
}

thread_local! {
    /// The first panic of this thread's execution.
    static FIRST: RefCell<Option<Fault>> = const { RefCell::new(None) };
}

fn note(fault: Fault) {
    FIRST.with_borrow_mut(|first| {
        first.get_or_insert(fault);
    });
}

/// Tries an input. [`hook`] has to be set for the fault to have a place.
pub fn attempt(target: &Target, input: &str) -> Result<Outcome, Fault> {
    FIRST.set(None);
    catch_unwind(AssertUnwindSafe(|| (target.run)(input))).map_err(|_| {
        let unknown = Fault { place: String::new(), message: "a panic".to_owned() };
        FIRST.take().unwrap_or(unknown)
    })
}

fn work(shared: &Shared<'_>, thread: usize) {
    let mut status = Status::of_thread(thread);
    loop {
        let offset = shared.next.fetch_add(1, Ordering::Relaxed);
        if offset >= shared.span.executions {
            return;
        }
        let execution = shared.span.first.wrapping_add(offset);
        status.note(execution);
        let input = mutate::input(shared.target, execution, shared.corpus);
        let [number, began] = &shared.current[thread];
        let now = shared.started.elapsed();
        began.store(now.as_millis() as u64, Ordering::Relaxed);
        number.store(execution.wrapping_add(1), Ordering::Release);
        let outcome = attempt(shared.target, &input);
        number.store(0, Ordering::Release);
        let took = shared.started.elapsed().saturating_sub(now);
        match outcome {
            // Slow twice is no accident of a busy machine.
            Ok(_) if took > shared.span.limit && slow(shared.target, &input, shared.span.limit) => {
                let message = format!("it took {:.1} s", took.as_secs_f64());
                shared.fail(execution, Fault { place: "slow".to_owned(), message });
            }
            Ok(outcome) => drop(shared.counts[outcome as usize].fetch_add(1, Ordering::Relaxed)),
            Err(fault) => shared.fail(execution, fault),
        }
    }
}

/// Whether an input takes longer than this when tried once more.
pub fn slow(target: &Target, input: &str, limit: Duration) -> bool {
    let started = Instant::now();
    let _ = attempt(target, input);
    started.elapsed() > limit
}

impl Shared<'_> {
    fn fail(&self, execution: u64, fault: Fault) {
        self.failed.fetch_add(1, Ordering::Relaxed);
        let Ok(mut failures) = self.failures.lock() else { return };
        let known = failures.get(&fault.place).map(|failure| failure.execution);
        if known.is_none_or(|known| execution < known) {
            failures.insert(fault.place.clone(), Failure { execution, fault });
        }
    }

    /// The execution that has taken so long that it will hardly end.
    fn hanging(&self) -> Option<u64> {
        let now = self.started.elapsed().as_millis() as u64;
        let long = (self.span.limit * PATIENCE).as_millis() as u64;
        self.current.iter().find_map(|[number, began]| {
            let execution = number.load(Ordering::Acquire).checked_sub(1)?;
            (now.saturating_sub(began.load(Ordering::Relaxed)) > long).then_some(execution)
        })
    }
}

/// Tells how it goes until all is done; ends the process if an execution hangs.
fn watch(shared: &Shared<'_>, progress: bool, done: impl Fn() -> bool) {
    let every = Duration::from_secs(if io::stderr().is_terminal() { 1 } else { 10 });
    let mut told = Instant::now();
    while !done() {
        std::thread::sleep(Duration::from_millis(20));
        if let Some(execution) = shared.hanging() {
            hung(shared, execution);
        }
        if progress && told.elapsed() > every {
            tell(shared);
            told = Instant::now();
        }
    }
}

fn tell(shared: &Shared<'_>) {
    let done = shared.next.load(Ordering::Relaxed).min(shared.span.executions);
    let rate = done as f64 / shared.started.elapsed().as_secs_f64();
    // A line that cannot be written is not worth stopping for.
    let _ = writeln!(
        io::stderr(),
        "{}: {done} of {} executions, {rate:.0} a second, {} failed",
        shared.target.name,
        shared.span.executions,
        shared.failed.load(Ordering::Relaxed)
    );
}

/// A thread that hangs cannot be stopped, so the process is.
fn hung(shared: &Shared<'_>, execution: u64) -> ! {
    let name = shared.target.name;
    println!("\ntest fuzz::{name} ... FAILED");
    let waited = shared.span.limit * PATIENCE;
    println!("execution {execution} hangs: it has not ended in {} s", waited.as_secs());
    println!("again: cargo test --test fuzz -- {name} 1 --from {execution}");
    println!(
        "its input:\n--------\n{}\n--------",
        mutate::input(shared.target, execution, shared.corpus)
    );
    std::process::exit(1);
}
