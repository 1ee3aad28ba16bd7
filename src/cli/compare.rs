//! `detente compare`: what differs between scenarios, from paired trials.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use crate::analysis::comparison::Comparison;
use crate::analysis::comparison::parting::Pair;
use crate::analysis::comparison::side_by_side;
use crate::analysis::wording::numbers::counted;
use crate::cli::ranks::Ranks;
use crate::cli::replay::note_of_trial;
use crate::cli::run::warn_of_failures;
use crate::cli::running::{Claimed, Ran, Running, Telling, Wish, some_ended_well, typed};
use crate::cli::stopped::{warn_of_width, why_stopped};
use crate::cli::{Failure, comparison_table, json, written};
use crate::engine::experiment::Experiment;
use crate::output::manifest::{self, Invocation};
use crate::output::write::Made;

mod arms;

use arms::{Arm, Wishes};

/// Compare variants of a scenario, or scenarios, by paired trials.
///
/// Every trial is run in the base and in everything it is compared with, with the same random
/// numbers, so that the difference is known better than from separate runs. Leaves a directory with
/// differences.csv (outcomes), difference_series.csv, difference_events.csv, partings.csv (how often
/// trials part, when and by what), blocks.csv, the tables of each arm in a folder of its own, charts,
/// report.html, which has all of it in one page, and manifest.json.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  detente compare scenarios/russia-north-korea-2024.toml --variant no-pact\n  \
    detente compare scenarios/russia-north-korea-2024.toml --without treaty-2024-in-force\n  \
    detente compare scenarios/russia-north-korea-2024.toml --variant no-pact --trial 17"
)]
pub struct Compare {
    /// The scenario file (TOML), and files to compare it with.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Compare with this variant. May be given several times.
    #[arg(long, value_name = "NAME")]
    variant: Vec<String>,
    /// The base is this variant, not the scenario itself.
    #[arg(long, value_name = "NAME")]
    base: Option<String>,
    /// Compare with the base without this event (or full key). May be given several times.
    #[arg(long, value_name = "EVENT")]
    without: Vec<String>,
    /// Leave this event (or full key) out of the base, and compare with the scenario that has it. May
    /// be given several times.
    #[arg(long, value_name = "EVENT")]
    with: Vec<String>,
    /// Change every scenario: a full key and its value. May be given several times.
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    #[command(flatten)]
    pub(super) running: Running,
    /// Write nothing; tell this trial of the base and of what it is compared with, side by side.
    #[arg(long, value_name = "K", allow_negative_numbers = true, value_parser = crate::cli::replay::trial, conflicts_with_all = ["trials", "until", "max_trials", "out", "force", "no_charts", "threads", "quiet", "json", "resume", "save_every", "fail_fast", "shard", "mpi"])]
    trial: Option<u32>,
}

impl Compare {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        Ranks::together(self.running.mpi(), |ranks| self.at(ranks))
    }

    fn at(&self, ranks: &Ranks) -> Result<(), Failure> {
        let wishes = Wishes {
            files: &self.files,
            variants: &self.variant,
            base: self.base.as_deref(),
            without: &self.without,
            with: &self.with,
            set: &self.set,
            rule: &self.running.rule().collect::<Vec<_>>(),
        };
        let mut arms = arms::load(&wishes)?;
        let seed = self.running.seed(arms[0].loaded.setup.seed);
        arms.iter_mut().for_each(|arm| arm.loaded.setup.seed = seed);
        let setups: Vec<_> = arms.iter().map(|arm| &arm.loaded.setup).collect();
        let experiment = Experiment::comparison(setups[0], &setups[1..])
            .map_err(|error| Failure::Usage(error.to_string()))?;
        match self.trial {
            Some(trial) => tell(&experiment, &arms, trial),
            None => self.compare(&experiment, &arms, ranks),
        }
    }

    fn compare(
        &self,
        experiment: &Experiment<'_>,
        arms: &[Arm],
        ranks: &Ranks,
    ) -> Result<(), Failure> {
        let names: Vec<String> = arms.iter().map(|arm| arm.name.clone()).collect();
        let command = typed();
        let mut invocations: Vec<_> = arms
            .iter()
            .map(|arm| Invocation {
                file: &arm.file,
                sources: &arm.loaded.sources,
                command: &command,
                stopping: None,
            })
            .collect();
        let charts = self.running.charts();
        let about = |trials| {
            manifest::describe_comparison(experiment, trials, charts, &invocations, &names)
        };
        let file = &self.files[0];
        let stem = file.file_stem().unwrap_or(file.as_os_str()).to_string_lossy();
        let wish = Wish { experiment, about: &about, usual: &format!("{stem}-compared") };
        if self.running.instead(&wish)? {
            return Ok(());
        }
        let Some((ran, Claimed { path: out, directory })) = self.running.results(&wish, ranks)?
        else {
            return Ok(());
        };
        for (arm, tally) in arms.iter().zip(&ran.findings.arms) {
            let replay = |trial| manifest::replay(&arm.file, &arm.loaded.setup, trial);
            some_ended_well(tally, replay).map_err(|failure| failure.within(&arm.name))?;
        }
        let comparison = Comparison::new(experiment, &names, &ran.findings);
        let stopped = ran.stopped.as_ref();
        let stopping = stopped.and_then(|stopped| serde_json::to_value(stopped).ok());
        invocations.iter_mut().for_each(|invocation| invocation.stopping.clone_from(&stopping));
        let all = (experiment, &ran.findings);
        let made = self
            .running
            .on_threads(|| Made::of_comparison(all, &comparison, &invocations, &names, charts))?;
        let files = made.write(directory)?;
        Running::finished(&out, ranks)?;
        let written = (out.as_path(), files.as_slice());
        match self.running.telling() {
            Telling::Quiet => {}
            Telling::Json => json::of_comparison(
                experiment,
                &names,
                (&ran.findings, stopped),
                &comparison,
                ran.took,
                written,
            )?,
            Telling::Words => {
                report(experiment, arms, &ran, &comparison)?;
                writeln!(io::stdout(), "{}", written::summary(&out, &files))?;
            }
        }
        warn_of_width(stopped, "the difference is the same in every pair")?;
        for (arm, tally) in arms.iter().zip(&ran.findings.arms) {
            warn_of_failures(&arm.loaded.setup, tally, &arm.file)?;
        }
        Ok(())
    }
}

fn tell(experiment: &Experiment<'_>, arms: &[Arm], trial: u32) -> Result<(), Failure> {
    let setups = experiment.arms();
    note_of_trial(setups[0], trial)?;
    let mut out = io::stdout().lock();
    for (n, pairing) in experiment.pairings().iter().enumerate() {
        let names = [arms[0].name.as_str(), arms[n + 1].name.as_str()];
        let pair = Pair::run([setups[0], setups[n + 1]], pairing, trial)
            .map_err(|reason| Failure::Alone { trial, reason })?;
        let seed = setups[0].seed;
        writeln!(
            out,
            "{}: trial {trial}, seed {seed}, {} and {}\n",
            setups[0].title, names[0], names[1]
        )?;
        writeln!(out, "{}", side_by_side::tell(&pair, names))?;
    }
    Ok(())
}

fn report(
    experiment: &Experiment<'_>,
    arms: &[Arm],
    ran: &Ran,
    comparison: &Comparison,
) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let base = experiment.arms()[0];
    let (findings, before) = (&ran.findings, ran.told_before());
    let seconds = ran.took.as_secs_f64();
    writeln!(out, "{}", base.title)?;
    writeln!(
        out,
        "{}{before} of {} steps in each of {} scenarios in {seconds:.1} s, seed {}",
        counted(findings.trials, "trial"),
        base.frame.timeline.steps(),
        arms.len(),
        base.seed
    )?;
    writeln!(out, "{}", why_stopped(ran.stopped.as_ref(), findings.trials))?;
    write!(out, "{}", comparison_table::differences(&comparison.differences, &arms[0].name))?;
    write!(out, "{}", comparison_table::partings(&comparison.partings))?;
    for (n, pairing) in experiment.pairings().iter().enumerate() {
        let contrast = &findings.contrasts[n];
        let names = [arms[0].name.as_str(), arms[n + 1].name.as_str()];
        for (here, there, alone) in [(0, 1, &pairing.unpaired[0]), (1, 0, &pairing.unpaired[1])] {
            if !alone.is_empty() {
                let (here, there) = (names[here], names[there]);
                writeln!(out, "only in {here}, not in {there}: {}", listed(alone))?;
            }
        }
        if findings.agree(experiment, n) {
            let apart = pairing.unpaired.iter().any(|alone| !alone.is_empty());
            let apart = if apart { ", but for what only one of them has" } else { "" };
            writeln!(out, "{} and {} are the same in every trial{apart}", names[0], names[1])?;
        }
        if contrast.failed > 0 {
            let failed = contrast.failed;
            writeln!(
                io::stderr(),
                "warning: {failed} pairs are not counted: a trial of them failed"
            )?;
        }
    }
    writeln!(out)?;
    Ok(())
}

/// The first of many things, and how many more there are.
fn listed(things: &[String]) -> String {
    const SHOWN: usize = 6;
    let shown: Vec<_> = things.iter().take(SHOWN).map(String::as_str).collect();
    match things.len() {
        n if n > SHOWN => format!("{} and {} more", shown.join(", "), n - SHOWN),
        _ => shown.join(", "),
    }
}
