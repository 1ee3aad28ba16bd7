//! `detente run`: trials to tables, charts and a report.

use std::io::{self, Write};
use std::path::Path;

use clap::Args;

use crate::analysis::Results;
use crate::analysis::wording::numbers::counted;
use crate::cli::chosen::Chosen;
use crate::cli::ranks::Ranks;
use crate::cli::running::{Claimed, Ran, Running, Telling, Wish, some_ended_well, typed};
use crate::cli::stopped::{warn_of_width, why_stopped};
use crate::cli::{Failure, colour, json, table, written};
use crate::engine::experiment::Experiment;
use crate::engine::tally::Tally;
use crate::output::manifest::{self, Invocation};
use crate::output::write::Made;
use crate::scenario::setup::Setup;

/// Run a scenario and write its results.
///
/// Leaves a directory with tables (summary.csv, outcomes.csv, measures.csv, first_dates.csv,
/// events.csv, timeline.csv, cascades.csv, story_lines.csv, network.csv, blocks.csv, with uncertain
/// numbers variance.csv), charts (charts/*.png and *.svg),
/// report.html, which has all of it in one page, and manifest.json, which says what every column means
/// and how to get the same bytes again. The same scenario and seed give the same tables, charts and
/// report on any number of threads.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  detente run scenarios/russia-north-korea-2024.toml --trials 1000 --out /tmp/first-look"
)]
pub struct Run {
    #[command(flatten)]
    chosen: Chosen,
    #[command(flatten)]
    pub(super) running: Running,
}

impl Run {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        Ranks::together(self.running.mpi(), |ranks| self.run(ranks))
    }

    fn run(&self, ranks: &Ranks) -> Result<(), Failure> {
        let mut loaded = self.chosen().load()?;
        loaded.setup.seed = self.running.seed(loaded.setup.seed);
        let setup = &loaded.setup;
        let (command, file) = (typed(), self.chosen.name());
        let mut invocation =
            Invocation { file: &file, sources: &loaded.sources, command: &command, stopping: None };
        let (experiment, charts) = (Experiment::of(setup), self.running.charts());
        let about = |trials| manifest::describe(setup, trials, charts, &invocation);
        let usual = usual_name(&self.chosen.file, setup);
        let wish = Wish { experiment: &experiment, about: &about, usual: &usual };
        if self.running.instead(&wish)? {
            return Ok(());
        }
        let Some((ran, Claimed { path: out, directory })) = self.running.results(&wish, ranks)?
        else {
            return Ok(());
        };
        let tally = &ran.findings.arms[0];
        some_ended_well(tally, |trial| manifest::replay(&file, setup, trial))?;

        let results = Results::of(setup, &ran.findings);
        let stopped = ran.stopped.as_ref();
        invocation.stopping = stopped.and_then(|stopped| serde_json::to_value(stopped).ok());
        let made = self
            .running
            .on_threads(|| Made::of_run(setup, tally, &results, &invocation, charts))?;
        let names = made.write(directory)?;
        Running::finished(&out, ranks)?;
        let written = (out.as_path(), names.as_slice());
        match self.running.telling() {
            Telling::Quiet => {}
            Telling::Json => json::of_run(setup, (tally, stopped), &results, ran.took, written)?,
            Telling::Words => report(setup, &ran, &results, written)?,
        }
        warn_of_width(stopped, "every trial gave the same number")?;
        warn_of_failures(setup, tally, &file)
    }

    /// The scenario with what the rule of the command line changes in it.
    fn chosen(&self) -> Chosen {
        let mut chosen = self.chosen.clone();
        chosen.rule = self.running.rule().collect();
        chosen
    }
}

/// `<file name>` or `<file name>-<variant>`.
fn usual_name(file: &Path, setup: &Setup) -> String {
    let stem = file.file_stem().unwrap_or(file.as_os_str()).to_string_lossy();
    let variant = setup.variant.as_ref().map(|name| format!("-{name}")).unwrap_or_default();
    format!("{stem}{variant}")
}

fn report(
    setup: &Setup,
    ran: &Ran,
    results: &Results,
    (out, names): (&Path, &[String]),
) -> Result<(), Failure> {
    let (tally, stopped) = (&ran.findings.arms[0], ran.stopped.as_ref());
    let mut stdout = io::stdout().lock();
    let coloured = colour(&stdout);
    writeln!(stdout, "{}", setup.heading())?;
    let seconds = ran.took.as_secs_f64();
    let rate = (ran.findings.trials - ran.before) as f64 / seconds.max(1e-9);
    let before = ran.told_before();
    writeln!(
        stdout,
        "{}{before} of {} steps in {seconds:.1} s ({rate:.0} a second), seed {}",
        counted(tally.trials, "trial"),
        setup.frame.timeline.steps(),
        setup.seed
    )?;
    write!(stdout, "{}", why_stopped(stopped, tally.trials + tally.failed))?;
    writeln!(stdout)?;
    write!(stdout, "{}", table::outcomes(&results.outcomes, &results.variance, coloured))?;
    write!(stdout, "{}", table::measures(&results.measures, &results.variance))?;
    if !results.variance.is_empty() && !setup.outcomes.is_empty() {
        write!(stdout, "{}", table::NUMBERS)?;
    }
    writeln!(stdout, "{}", written::summary(out, names))?;
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
