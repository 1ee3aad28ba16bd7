//! `detente run`: trials to tables and charts.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use clap::builder::RangedU64ValueParser;

use crate::analysis::Results;
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
    /// How many trials, instead of the scenario's number.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = trials)]
    trials: Option<u64>,
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
        let mut loaded = self.chosen.load()?;
        loaded.setup.seed = self.seed.unwrap_or(loaded.setup.seed);
        let setup = &loaded.setup;
        let out = self.out.clone().unwrap_or_else(|| default_out(&self.chosen.file, setup));
        let directory = ResultDirectory::claim(&out, self.force)?;

        let started = Instant::now();
        let trials = self.trials.unwrap_or(setup.trials);
        let experiment = Experiment::of(setup);
        let plan = Plan { threads: self.threads, ..Plan::new(trials) };
        let mut findings = Findings::new(&experiment);
        progress::extend(&experiment, &mut findings, plan)?;
        let took = started.elapsed();
        let tally = &findings.arms[0];
        if let (0, Some(first)) = (tally.trials, tally.failures.first()) {
            let reason = first.reason.clone();
            return Err(Failure::Run { trials: tally.failed, first: first.trial, reason });
        }

        let results = Results::of(setup, &findings);
        let command: Vec<_> =
            std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
        let file = self.chosen.name();
        let invocation = Invocation { file: &file, sources: &loaded.sources, command: &command };
        let charts = !self.no_charts;
        let names = write::results(setup, tally, &results, &invocation, charts, directory)?;
        report(setup, tally, &results, took, &out, &names)?;
        warn_of_failures(setup, tally, &file)
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
    tally: &Tally,
    results: &Results,
    took: Duration,
    out: &Path,
    names: &[String],
) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}", setup.heading())?;
    let seconds = took.as_secs_f64();
    let rate = tally.trials as f64 / seconds.max(1e-9);
    writeln!(
        stdout,
        "{} trials of {} steps in {seconds:.1} s ({rate:.0} a second), seed {}\n",
        tally.trials,
        setup.frame.timeline.steps(),
        setup.seed
    )?;
    write!(stdout, "{}", table::outcomes(&results.outcomes))?;
    write!(stdout, "{}", table::measures(&results.measures))?;
    writeln!(stdout, "{}: {}", out.display(), names.join(", "))?;
    Ok(())
}

fn warn_of_failures(setup: &Setup, tally: &Tally, file: &str) -> Result<(), Failure> {
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
