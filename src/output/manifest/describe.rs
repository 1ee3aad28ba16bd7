//! The manifest of a scenario that is run.

use crate::model::registry::PROCESSES;
use crate::output::binary::Binary;
use crate::output::manifest::{
    Arm, Cited, Correlated, Manifest, PROGRAM, Parameter, RUN, Uncertain,
};
use crate::scenario::setup::{ParameterValue, Setup};
use crate::scenario::sources::Sources;
use crate::scenario::uncertainty;

/// What the command line adds to the setup.
#[derive(Clone, Debug)]
pub struct Invocation<'a> {
    /// The scenario file as given.
    pub file: &'a str,
    /// The texts it was made from.
    pub sources: &'a Sources,
    /// The command as typed.
    pub command: &'a [String],
    /// How a run with a stopping rule ended.
    pub stopping: Option<serde_json::Value>,
}

/// What can be said before the run: nothing of files, nor of trials that failed.
pub fn describe(setup: &Setup, trials: u64, charts: bool, invocation: &Invocation<'_>) -> Manifest {
    let registered: Vec<_> = PROCESSES.iter().map(|entry| entry.about.name).collect();
    let is_on = |name: &str| setup.processes.iter().any(|process| process.about().name == name);
    let named = |on: bool| {
        let names = registered.iter().filter(|name| is_on(name) == on);
        names.map(|&name| name.to_owned()).collect()
    };
    let numbers = &setup.uncertainty.numbers;
    let correlated = |group: &uncertainty::Group| Correlated {
        name: group.name.clone(),
        members: group.uncertain().iter().map(|&(_, number)| numbers[number].key.clone()).collect(),
    };
    let sources = setup.sources.iter().map(|source| Cited {
        entry: source.entry.clone(),
        source: source.source.clone(),
        note: source.note.clone(),
    });
    Manifest {
        program: PROGRAM.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        binary: Binary::running(),
        kind: RUN.to_owned(),
        title: setup.title.clone(),
        question: setup.question.clone(),
        seed: setup.seed,
        trials,
        stopping: invocation.stopping.clone(),
        charts,
        failed: 0,
        failures: Vec::new(),
        start: setup.calendar.start().to_string(),
        end: setup.calendar.end().to_string(),
        steps: setup.frame.timeline.steps(),
        years_a_step: setup.frame.timeline.dt,
        command: invocation.command.to_vec(),
        processes_on: named(true),
        processes_off: named(false),
        files: Vec::new(),
        parameters: setup.parameters.iter().map(parameter).collect(),
        uncertain: numbers.iter().map(uncertain).collect(),
        correlations: setup.uncertainty.together().map(correlated).collect(),
        sources: sources.collect(),
        arms: vec![Arm::of(setup, invocation.file, invocation.sources)],
        compared: Vec::new(),
    }
}

fn uncertain(number: &uncertainty::Uncertain) -> Uncertain {
    let quantile = |p| number.distribution.quantile(p);
    Uncertain {
        key: number.key.clone(),
        written: number.written.clone(),
        distribution: number.distribution.to_string(),
        median: quantile(0.5),
        q05: quantile(0.05),
        q95: quantile(0.95),
    }
}

fn parameter(value: &ParameterValue) -> Parameter {
    let known = value.parameter;
    Parameter {
        process: value.process.to_owned(),
        name: known.name.to_owned(),
        value: value.value,
        default: known.default,
        unit: known.unit.to_owned(),
        evidence: known.mark.to_string(),
        meaning: known.meaning.to_owned(),
    }
}
