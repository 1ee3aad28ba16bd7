//! How many trials are run, with what, and where results go: what `run` and `compare` share.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use clap::builder::RangedU64ValueParser;

use crate::analysis::precision::{self, Stopped};
use crate::cli::Failure;
use crate::cli::sharding::shard;
use crate::cli::shards::Planned;
use crate::engine::ensemble::{self, Plan};
use crate::engine::experiment::{Experiment, Findings};
use crate::engine::shard::Shard;
use crate::engine::tally::Tally;
use crate::output::directory::ResultDirectory;
use crate::output::manifest::{Manifest, shell_word};
use crate::scenario::stopping::Stopping;

mod apart;
mod gathered;
mod results;

/// The most trials, as for the scenario's own number.
const MAX_TRIALS: u64 = crate::scenario::document::run::MAX_TRIALS;

/// Trials, seed, threads, and the directory of results.
#[derive(Clone, Debug, Args)]
pub struct Running {
    /// How many trials, instead of what the scenario says, be it a number or a rule.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = trials)]
    trials: Option<u64>,
    /// Run trials until some 95 % intervals are narrow enough: clauses such as
    /// 'ci_width(OUTCOME) < 0.01' or 'relative_ci_width(OUTCOME) < 0.1', joined by `and`. Of a
    /// comparison it is the interval of the difference, in all that is compared. Short for
    /// --set run.trials.until=RULE.
    #[arg(long, value_name = "RULE", conflicts_with = "trials")]
    until: Option<String>,
    /// The most trials with a rule, the scenario's or that of --until; 1,000,000 if nobody says
    /// otherwise. Short for --set run.trials.max=N.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = trials, conflicts_with = "trials")]
    max_trials: Option<u64>,
    /// Key of the random streams, instead of the scenario's.
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = seed)]
    seed: Option<u64>,
    /// How many threads; all cores if not given. Does not change the results.
    #[arg(long, value_name = "K", allow_negative_numbers = true, value_parser = RangedU64ValueParser::<usize>::new().range(1..=1024))]
    threads: Option<usize>,
    /// Where to write; a directory named after the scenario in results/ if not given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace the results that are in DIR. Anything else in the way is never replaced.
    #[arg(long)]
    force: bool,
    /// Draw no charts: neither as files nor in the report.
    #[arg(long)]
    no_charts: bool,
    /// Print nothing but warnings and errors.
    #[arg(long, short, conflicts_with = "json")]
    quiet: bool,
    /// Print what came of it as one JSON object, for scripts.
    #[arg(long)]
    json: bool,
    /// Go on with what an interrupted run has left in DIR.part; begin if there is nothing.
    #[arg(long)]
    resume: bool,
    /// How often what has been found is kept in DIR.part, in seconds; every half minute, or more
    /// seldom where that would take more than 2 % of the time, if not given.
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = seconds)]
    save_every: Option<Duration>,
    /// Stop at the first trial that fails, and write nothing.
    #[arg(long)]
    fail_fast: bool,
    /// Run one shard of N, such as 3/16, and write it to DIR for `detente merge`; `auto` takes I and N
    /// from a job array of Slurm.
    #[arg(long, value_name = "I/N", value_parser = shard, conflicts_with_all = ["until", "max_trials", "force", "no_charts", "json"])]
    shard: Option<Shard>,
    /// Run a part of the trials in each process of an MPI job, as `mpirun` starts them; the first writes
    /// the results. Only if detente was built with it.
    #[arg(long, conflicts_with_all = ["until", "max_trials", "shard"])]
    mpi: bool,
    /// Instead of running anything, plan shards.
    #[arg(skip)]
    pub plan: Option<Planned>,
}

/// How what came of it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// In words and tables.
    Words,
    /// As a JSON object.
    Json,
    /// Not at all.
    Quiet,
}

/// What has come of an experiment.
pub struct Ran {
    pub findings: Findings,
    /// How it ended, if there is a rule.
    pub stopped: Option<Stopped>,
    /// How many of its trials had been run before.
    pub before: u64,
    /// How long the others took.
    pub took: Duration,
}

impl Ran {
    /// How many trials had been run before, as a report has it.
    pub fn told_before(&self) -> String {
        match self.before {
            0 => String::new(),
            before => format!(" ({before} before)"),
        }
    }
}

/// The directory that the results go to.
pub struct Claimed {
    pub path: PathBuf,
    pub directory: ResultDirectory,
}

/// What of an experiment a process runs, and whether it says nothing.
#[derive(Clone, Copy)]
struct Part {
    shard: Option<Shard>,
    quiet: bool,
}

/// An experiment as the command line has it.
pub struct Wish<'a, 's> {
    pub experiment: &'a Experiment<'s>,
    /// The manifest of a result of so many trials.
    pub about: &'a dyn Fn(u64) -> Manifest,
    /// What a directory of its results is usually called.
    pub usual: &'a str,
}

/// A number of trials as typed; `10_000` is one too, as in a scenario.
fn trials(text: &str) -> Result<u64, String> {
    let number = text.replace('_', "").parse().ok().filter(|n| (1..=MAX_TRIALS).contains(n));
    number.ok_or_else(|| format!("a whole number from 1 to {MAX_TRIALS}"))
}

/// A seed as typed.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.replace('_', "").parse().map_err(|_| format!("a whole number from 0 to {}", u64::MAX))
}

/// A time as typed.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().ok().filter(|&seconds| seconds <= 1e7);
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration.ok_or_else(|| "seconds, from 0 to 10000000".to_owned())
}

impl Running {
    /// What the rule of the command line changes in the scenario, as words of `--set`.
    pub fn rule(&self) -> impl Iterator<Item = String> {
        let until = self.until.iter().map(|rule| format!("run.trials.until={rule}"));
        until.chain(self.max_trials.iter().map(|most| format!("run.trials.max={most}")))
    }

    /// The seed that was typed, or the scenario's.
    pub fn seed(&self, scenario: u64) -> u64 {
        self.seed.unwrap_or(scenario)
    }

    /// Makes what is left to be made on the threads of the run.
    pub fn on_threads<R: Send, E: Send>(
        &self,
        work: impl FnOnce() -> Result<R, E> + Send,
    ) -> Result<R, Failure>
    where
        Failure: From<E>,
    {
        Ok(ensemble::on_threads(self.threads, work)??)
    }

    /// Whether charts are wanted.
    pub fn charts(&self) -> bool {
        !self.no_charts
    }

    /// How what came of it is to be told.
    pub fn telling(&self) -> Telling {
        match (self.quiet, self.json) {
            (true, _) => Telling::Quiet,
            (_, true) => Telling::Json,
            _ => Telling::Words,
        }
    }

    /// Whether the trials are run by the processes of an MPI job.
    pub fn mpi(&self) -> bool {
        self.mpi
    }

    fn place(&self, usual: &str) -> PathBuf {
        self.out.clone().unwrap_or_else(|| Path::new("results").join(usual))
    }

    fn trials_and_threads(&self, wish: &Wish<'_, '_>) -> Plan {
        Plan { threads: self.threads, ..Plan::new(self.trials(wish.experiment)) }
    }

    fn trials(&self, experiment: &Experiment<'_>) -> u64 {
        self.trials.unwrap_or(experiment.arms()[0].trials)
    }

    /// The rule that ends the run, if there is one.
    fn stopping<'s>(&self, experiment: &Experiment<'s>) -> Result<Option<&'s Stopping>, Failure> {
        // A number on the command line sets the scenario's rule aside.
        let rule = experiment.arms()[0].stopping.as_ref().filter(|_| self.trials.is_none());
        match rule.and_then(|rule| precision::lacking(experiment, rule)) {
            None => Ok(rule),
            Some(name) => Err(Failure::Usage(format!(
                "the rule asks for outcome `{name}`, which nothing that is compared has"
            ))),
        }
    }
}

/// Why what is run in parts takes no rule.
fn no_rule(parts: &str) -> Failure {
    let why = "where a run with a rule ends is known only on the way";
    Failure::Usage(format!("{parts} need a number of trials: {why}; give --trials N"))
}

/// The command that goes on with what this one has left.
fn to_go_on() -> String {
    let mut words = typed();
    if !words.iter().any(|word| word == "--resume") {
        words.push("--resume".to_owned());
    }
    words.iter().map(|word| shell_word(word)).collect::<Vec<_>>().join(" ")
}

/// The command as typed.
pub fn typed() -> Vec<String> {
    std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect()
}

/// Nothing can be said of no trial. `replay` is the command that tells one.
pub fn some_ended_well(tally: &Tally, replay: impl Fn(u32) -> String) -> Result<(), Failure> {
    match (tally.trials, tally.failures.first()) {
        (0, Some(first)) => {
            let (reason, replay) = (first.reason.clone(), replay(first.trial));
            Err(Failure::Run { trials: tally.failed, first: first.trial, reason, replay })
        }
        _ => Ok(()),
    }
}
