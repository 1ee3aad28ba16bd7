//! `detente replay`: the story of a single trial.

use std::io::{self, Write};

use clap::Args;

use crate::analysis::story;
use crate::analysis::wording::numbers::counted;
use crate::cli::Failure;
use crate::cli::chosen::Chosen;
use crate::engine::trace::Trace;
use crate::engine::trial::Simulator;
use crate::scenario::setup::Setup;

/// Tell one trial of a scenario as a dated story.
///
/// Runs the trial alone; it is the same trial as within `detente run` with the same seed and
/// variant. Says which values uncertain numbers have in it, what fired on which day, with the hazard and the terms that made it likely, what it
/// changed and what followed, then the answers to the scenario's outcomes.
#[derive(Debug, Args)]
pub struct Replay {
    #[command(flatten)]
    chosen: Chosen,
    /// Which trial, from 0.
    #[arg(long, value_name = "K", allow_negative_numbers = true, value_parser = trial)]
    trial: u32,
    /// Tell only of wars: how each began, who was called on, who joined.
    #[arg(long)]
    wars: bool,
    /// Tell everything, also the routine of contacts and warnings.
    #[arg(long, conflicts_with = "wars")]
    all: bool,
    /// Key of the random streams, instead of the scenario's.
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = super::running::seed)]
    seed: Option<u64>,
}

impl Replay {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let mut setup = self.chosen.load()?.setup;
        setup.seed = self.seed.unwrap_or(setup.seed);

        note_of_trial(&setup, self.trial)?;
        let mut trace = Trace::default();
        let mut simulator = Simulator::new(&setup);
        let done = simulator.run_traced(self.trial, &mut trace);

        let mut out = io::stdout().lock();
        writeln!(out, "{}: trial {}, seed {}\n", setup.heading(), self.trial, setup.seed)?;
        let numbers = story::numbers(&setup, &simulator.inputs().drawn);
        if !numbers.is_empty() {
            writeln!(out, "Uncertain numbers, as drawn for this trial\n{numbers}")?;
        }
        let told = match (self.wars, self.all) {
            (true, _) => story::wars(&setup, &trace),
            (_, true) => story::tell_all(&setup, &trace),
            _ => story::tell(&setup, &trace),
        };
        write!(out, "{told}")?;
        if let Err(reason) = done {
            return Err(Failure::Alone { trial: self.trial, reason });
        }
        if !setup.outcomes.is_empty() {
            writeln!(out, "\nOutcomes of this trial")?;
            write!(out, "{}", story::answers(&setup, &simulator.record().answers))?;
        }
        Ok(())
    }
}

/// The number of a trial as typed.
pub(super) fn trial(text: &str) -> Result<u32, String> {
    let most = u32::MAX;
    text.parse().map_err(|_| format!("trials are numbered from 0, and no run has one above {most}"))
}

/// Says that a trial is none of a run of the scenario as it stands. It can be told all the same, and a run
/// of more trials has it.
pub(super) fn note_of_trial(setup: &Setup, trial: u32) -> io::Result<()> {
    let trials = setup.trials;
    if u64::from(trial) < trials {
        return Ok(());
    }
    let most = if setup.stopping.is_some() { "at most " } else { "" };
    writeln!(
        io::stderr(),
        "note: the scenario asks for {most}{}, numbered from 0; {trial} is of a run with more",
        counted(trials, "trial")
    )
}
