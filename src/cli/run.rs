//! `detente run`: trials to tables and charts.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use clap::builder::RangedU64ValueParser;

use crate::analysis::Results;
use crate::analysis::precision::{Achieved, Reason, Stopped};
use crate::cli::chosen::Chosen;
use crate::cli::{Failure, progress, table};
use crate::engine::ensemble::Plan;
use crate::engine::experiment::{Experiment, Findings};
use crate::engine::tally::Tally;
use crate::output::directory::ResultDirectory;
use crate::output::manifest::{self, Invocation};
use crate::output::write;
use crate::scenario::setup::Setup;

/// The most trials, as for the scenario's own number.
const MAX_TRIALS: u64 = crate::scenario::document::run::MAX_TRIALS;

/// Run a scenario and write its results.
///
/// Leaves a directory with tables (summary.csv, outcomes.csv, measures.csv, first_dates.csv,
/// events.csv, blocks.csv, with uncertain numbers variance.csv), charts (charts/*.png and *.svg) and manifest.json, which says what every column means and how to get
/// the same bytes again. The same scenario and seed give the same tables and charts on any number
/// of threads.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  detente run scenarios/russia-north-korea-2024.toml --trials 1000 --out /tmp/first-look"
)]
pub struct Run {
    #[command(flatten)]
    chosen: Chosen,
    /// How many trials, instead of what the scenario says, be it a number or a rule.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = trials)]
    trials: Option<u64>,
    /// Run trials until some 95 % intervals are narrow enough: clauses such as
    /// 'ci_width(OUTCOME) < 0.01' or 'relative_ci_width(OUTCOME) < 0.1', joined by `and`. Short for
    /// --set run.trials.until=RULE.
    #[arg(long, value_name = "RULE", conflicts_with = "trials")]
    until: Option<String>,
    /// The most trials of a run with a rule, the scenario's or that of --until; 1,000,000 if nobody
    /// says otherwise. Short for --set run.trials.max=N.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = trials, conflicts_with = "trials")]
    max_trials: Option<u64>,
    /// Key of the random streams, instead of the scenario's.
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = seed)]
    seed: Option<u64>,
    /// How many threads; all cores if not given. Does not change the results.
    #[arg(long, value_name = "K", allow_negative_numbers = true, value_parser = RangedU64ValueParser::<usize>::new().range(1..=1024))]
    threads: Option<usize>,
    /// Where to write; results/ and the scenario's file name (and variant) if not given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace the results that are in DIR. Anything else in the way is never replaced.
    #[arg(long)]
    force: bool,
    /// Write tables only.
    #[arg(long)]
    no_charts: bool,
}

/// A number of trials as typed; `10_000` is one too, as in a scenario.
pub(super) fn trials(text: &str) -> Result<u64, String> {
    let number = text.replace('_', "").parse().ok().filter(|n| (1..=MAX_TRIALS).contains(n));
    number.ok_or_else(|| format!("a whole number from 1 to {MAX_TRIALS}"))
}

/// A seed as typed.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.replace('_', "").parse().map_err(|_| format!("a whole number from 0 to {}", u64::MAX))
}

impl Run {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let mut loaded = self.chosen().load()?;
        loaded.setup.seed = self.seed.unwrap_or(loaded.setup.seed);
        let setup = &loaded.setup;
        let out = self.out.clone().unwrap_or_else(|| default_out(&self.chosen.file, setup));
        let directory = ResultDirectory::claim(&out, self.force)?;

        let started = Instant::now();
        let experiment = Experiment::of(setup);
        let plan = Plan { threads: self.threads, ..Plan::new(self.trials.unwrap_or(setup.trials)) };
        let mut findings = Findings::new(&experiment);
        // A number on the command line sets the scenario's rule aside.
        let stopping = setup.stopping.as_ref().filter(|_| self.trials.is_none());
        let stopped = match stopping {
            Some(rule) => Some(progress::until(&experiment, &mut findings, rule, plan)?),
            None => progress::extend(&experiment, &mut findings, plan).map(|()| None)?,
        };
        let took = started.elapsed();
        let tally = &findings.arms[0];
        some_ended_well(tally)?;

        let results = Results::of(setup, &findings);
        let command = typed();
        let file = self.chosen.name();
        let invocation = Invocation {
            file: &file,
            sources: &loaded.sources,
            command: &command,
            stopping: stopped.as_ref().and_then(|stopped| serde_json::to_value(stopped).ok()),
        };
        let charts = !self.no_charts;
        let names = write::results(setup, tally, &results, &invocation, charts, directory)?;
        report(setup, (tally, stopped.as_ref()), &results, took, (&out, &names))?;
        warn_of_width(stopped.as_ref())?;
        warn_of_failures(setup, tally, &file)
    }

    /// The scenario with what the rule of the command line changes in it.
    fn chosen(&self) -> Chosen {
        let mut chosen = self.chosen.clone();
        chosen.set.extend(self.until.iter().map(|rule| format!("run.trials.until={rule}")));
        chosen.set.extend(self.max_trials.iter().map(|most| format!("run.trials.max={most}")));
        chosen
    }
}

/// The command as typed.
pub(super) fn typed() -> Vec<String> {
    std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect()
}

/// Nothing can be said of no trial.
pub(super) fn some_ended_well(tally: &Tally) -> Result<(), Failure> {
    match (tally.trials, tally.failures.first()) {
        (0, Some(first)) => {
            let reason = first.reason.clone();
            Err(Failure::Run { trials: tally.failed, first: first.trial, reason })
        }
        _ => Ok(()),
    }
}

/// `results/<file name>` or `results/<file name>-<variant>`.
fn default_out(file: &Path, setup: &Setup) -> PathBuf {
    let stem = file.file_stem().unwrap_or(file.as_os_str()).to_string_lossy();
    let variant = setup.variant.as_ref().map(|name| format!("-{name}")).unwrap_or_default();
    Path::new("results").join(format!("{stem}{variant}"))
}

fn report(
    setup: &Setup,
    (tally, stopped): (&Tally, Option<&Stopped>),
    results: &Results,
    took: Duration,
    (out, names): (&Path, &[String]),
) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}", setup.heading())?;
    let seconds = took.as_secs_f64();
    let rate = tally.trials as f64 / seconds.max(1e-9);
    writeln!(
        stdout,
        "{} trials of {} steps in {seconds:.1} s ({rate:.0} a second), seed {}",
        tally.trials,
        setup.frame.timeline.steps(),
        setup.seed
    )?;
    if let Some(Stopped { reason: Reason::Met, clauses, .. }) = stopped {
        let trials = tally.trials + tally.failed;
        writeln!(stdout, "stopped after {}: {}", counted(trials), widths(clauses))?;
    }
    writeln!(stdout)?;
    write!(stdout, "{}", table::outcomes(&results.outcomes, &results.variance))?;
    write!(stdout, "{}", table::measures(&results.measures, &results.variance))?;
    if !results.variance.is_empty() && !setup.outcomes.is_empty() {
        write!(stdout, "{}", table::NUMBERS)?;
    }
    writeln!(stdout, "{}: {}", out.display(), names.join(", "))?;
    Ok(())
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

fn warn_of_width(stopped: Option<&Stopped>) -> Result<(), Failure> {
    let Some(Stopped { reason: Reason::Most, clauses, max, .. }) = stopped else { return Ok(()) };
    let wanting: Vec<_> = clauses.iter().filter(|clause| !clause.met).collect();
    let shown = wanting.iter().map(|clause| match clause.width {
        Some(0.0) => format!("{} is 0: every trial gave the same number", clause.clause),
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

pub(super) fn warn_of_failures(setup: &Setup, tally: &Tally, file: &str) -> Result<(), Failure> {
    if tally.failed == 0 {
        return Ok(());
    }
    let mut stderr = io::stderr().lock();
    writeln!(stderr, "warning: {} trials failed and are not counted above:", tally.failed)?;
    for failure in tally.failures.iter().take(5) {
        writeln!(stderr, "  trial {}: {}", failure.trial, failure.reason)?;
        writeln!(stderr, "    {}", manifest::replay(file, setup, failure.trial))?;
    }
    writeln!(stderr, "  manifest.json lists up to 100 of them with their reasons")?;
    Ok(())
}
