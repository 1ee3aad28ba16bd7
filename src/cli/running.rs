//! How many trials are run, with what, and where results go: what `run` and `compare` share.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::RangedU64ValueParser;
use indicatif::ProgressBar;

use crate::analysis::precision::{self, Achieved, Reason, Stopped};
use crate::cli::{Failure, progress};
use crate::engine::ensemble::Plan;
use crate::engine::experiment::{Experiment, Findings};
use crate::engine::tally::Tally;
use crate::output::directory::ResultDirectory;

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
    /// Write tables only.
    #[arg(long)]
    no_charts: bool,
    /// Print nothing but warnings and errors.
    #[arg(long, short, conflicts_with = "json")]
    quiet: bool,
    /// Print what came of it as one JSON object, for scripts.
    #[arg(long)]
    json: bool,
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

/// A number of trials as typed; `10_000` is one too, as in a scenario.
fn trials(text: &str) -> Result<u64, String> {
    let number = text.replace('_', "").parse().ok().filter(|n| (1..=MAX_TRIALS).contains(n));
    number.ok_or_else(|| format!("a whole number from 1 to {MAX_TRIALS}"))
}

/// A seed as typed.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.replace('_', "").parse().map_err(|_| format!("a whole number from 0 to {}", u64::MAX))
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

    /// Claims the directory that was typed, or `usual` in results/.
    pub fn claim(&self, usual: &str) -> Result<(PathBuf, ResultDirectory), Failure> {
        let out = self.out.clone().unwrap_or_else(|| Path::new("results").join(usual));
        let directory = ResultDirectory::claim(&out, self.force)?;
        Ok((out, directory))
    }

    /// Runs the trials; how it ended, if there is a rule.
    pub fn run(
        &self,
        experiment: &Experiment<'_>,
        findings: &mut Findings,
    ) -> Result<Option<Stopped>, Failure> {
        let base = experiment.arms()[0];
        let plan = Plan { threads: self.threads, ..Plan::new(self.trials.unwrap_or(base.trials)) };
        // A number on the command line sets the scenario's rule aside.
        let rule = base.stopping.as_ref().filter(|_| self.trials.is_none());
        if let Some(name) = rule.and_then(|rule| precision::lacking(experiment, rule)) {
            return Err(Failure::Usage(format!(
                "the rule asks for outcome `{name}`, which nothing that is compared has"
            )));
        }
        let bar = if self.quiet { ProgressBar::hidden() } else { progress::bar(plan.trials) };
        match rule {
            Some(rule) => Ok(Some(progress::until(experiment, findings, rule, plan, &bar)?)),
            None => progress::extend(experiment, findings, plan, &bar).map(|()| None),
        }
    }
}

/// The command as typed.
pub fn typed() -> Vec<String> {
    std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect()
}

/// Nothing can be said of no trial.
pub fn some_ended_well(tally: &Tally) -> Result<(), Failure> {
    match (tally.trials, tally.failures.first()) {
        (0, Some(first)) => {
            let reason = first.reason.clone();
            Err(Failure::Run { trials: tally.failed, first: first.trial, reason })
        }
        _ => Ok(()),
    }
}

/// The line that says why a run with a rule stopped, if the rule was met.
pub fn why_stopped(stopped: Option<&Stopped>, trials: u64) -> String {
    match stopped {
        Some(Stopped { reason: Reason::Met, clauses, .. }) => {
            format!("stopped after {}: {}\n", counted(trials), widths(clauses))
        }
        _ => String::new(),
    }
}

/// What the widths of a rule have become.
fn widths(clauses: &[Achieved]) -> String {
    let width = |clause: &Achieved| match clause.width {
        Some(width) => format!("{} is {}", clause.clause, figure(width)),
        None => format!("{} is not known", clause.clause),
    };
    clauses.iter().map(width).collect::<Vec<_>>().join(", ")
}

/// A width in four significant digits.
fn figure(width: f64) -> String {
    let digits = 3 - width.max(1e-9).log10().floor() as i32;
    format!("{width:.*}", usize::try_from(digits).unwrap_or(0))
}

/// `12,352 trials`.
fn counted(trials: u64) -> String {
    let digits = trials.to_string();
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + if trials == 1 { " trial" } else { " trials" }
}

/// Says which widths of a rule were not reached, if that is so; `same` is what a width of 0 means.
pub fn warn_of_width(stopped: Option<&Stopped>, same: &str) -> Result<(), Failure> {
    let Some(Stopped { reason: Reason::Most, clauses, max, .. }) = stopped else { return Ok(()) };
    let wanting: Vec<_> = clauses.iter().filter(|clause| !clause.met).collect();
    let shown = wanting.iter().map(|clause| match clause.width {
        Some(0.0) => format!("{} is 0: {same}", clause.clause),
        Some(width) => {
            format!("{} is {}, not below {}", clause.clause, figure(width), clause.below)
        }
        None => format!("{} is not known", clause.clause),
    });
    let shown: Vec<_> = shown.collect();
    let mut stderr = io::stderr().lock();
    let most = counted(*max);
    writeln!(stderr, "warning: the most trials were reached first, {most}: {}", shown.join(", "))?;
    Ok(())
}
