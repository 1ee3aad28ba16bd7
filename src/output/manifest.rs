//! `manifest.json`: what was run, with what, and what every file and column means.

mod comparison;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::analysis::precision::Stopped;
use crate::engine::tally::Tally;
use crate::model::registry::PROCESSES;
use crate::output::charts::Chart;
use crate::output::tables::Table;
use crate::scenario::setup::Setup;
use crate::scenario::sources::{Source, Sources};
use crate::scenario::uncertainty;

pub use comparison::of_comparison;

/// What the command line adds to the setup.
#[derive(Clone, Debug)]
pub struct Invocation<'a> {
    /// The scenario file as given.
    pub file: &'a str,
    /// The texts it was made from.
    pub sources: &'a Sources,
    /// The command as typed.
    pub command: &'a [String],
    /// How a run with a rule ended.
    pub stopping: Option<&'a Stopped>,
}

#[derive(Serialize)]
struct Manifest<'a> {
    program: &'static str,
    version: &'static str,
    title: &'a str,
    question: Option<&'a str>,
    variant: Option<&'a str>,
    seed: u64,
    trials: u64,
    stopping: Option<&'a Stopped>,
    failed: u64,
    failures: Vec<Failure<'a>>,
    start: String,
    end: String,
    steps: usize,
    years_a_step: f64,
    command: &'a [String],
    processes_on: Vec<&'static str>,
    processes_off: Vec<&'static str>,
    files: Vec<File<'a>>,
    parameters: Vec<Parameter>,
    uncertain: Vec<Uncertain<'a>>,
    correlations: Vec<Correlated<'a>>,
    sources: Vec<Cited<'a>>,
    scenario: Scenario<'a>,
}

#[derive(Serialize)]
struct Failure<'a> {
    trial: u32,
    reason: &'a str,
    replay: String,
}

#[derive(Serialize)]
struct File<'a> {
    name: &'a str,
    about: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    columns: Vec<Column>,
}

#[derive(Serialize)]
struct Column {
    name: &'static str,
    unit: &'static str,
    meaning: &'static str,
}

#[derive(Serialize)]
struct Parameter {
    process: &'static str,
    name: &'static str,
    value: f64,
    default: f64,
    unit: &'static str,
    evidence: String,
    meaning: &'static str,
}

/// A number that is drawn anew in every trial.
#[derive(Serialize)]
struct Uncertain<'a> {
    key: &'a str,
    written: &'a str,
    /// As written, cut to the range of its key.
    distribution: String,
    median: f64,
    q05: f64,
    q95: f64,
}

#[derive(Serialize)]
struct Correlated<'a> {
    name: &'a str,
    members: Vec<&'a str>,
}

#[derive(Serialize)]
struct Cited<'a> {
    entry: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct Scenario<'a> {
    file: &'a str,
    /// What `--set` changed, in the order given.
    set: &'a [String],
    /// What `--without` left out.
    without: &'a [String],
    texts: Vec<Text<'a>>,
}

/// A text of the scenario: its own file, what that extends, and the tables beside it.
#[derive(Serialize)]
struct Text<'a> {
    name: &'a str,
    sha256: String,
    text: &'a str,
}

/// The manifest of a run.
///
/// # Errors
/// If it cannot be serialised, which it always can.
pub fn json(
    setup: &Setup,
    tally: &Tally,
    tables: &[Table],
    charts: &[Chart],
    invocation: &Invocation<'_>,
) -> Result<Vec<u8>, serde_json::Error> {
    let registered: Vec<_> = PROCESSES.iter().map(|entry| entry.about.name).collect();
    let on = |name: &&str| setup.processes.iter().any(|process| process.about().name == *name);
    let manifest = Manifest {
        program: "detente",
        version: env!("CARGO_PKG_VERSION"),
        title: &setup.title,
        question: setup.question.as_deref(),
        variant: setup.variant.as_deref(),
        seed: setup.seed,
        trials: tally.trials + tally.failed,
        stopping: invocation.stopping,
        failed: tally.failed,
        failures: failures(invocation.file, setup, tally),
        start: setup.calendar.start().to_string(),
        end: setup.calendar.end().to_string(),
        steps: setup.frame.timeline.steps(),
        years_a_step: setup.frame.timeline.dt,
        command: invocation.command,
        processes_on: registered.iter().copied().filter(on).collect(),
        processes_off: registered.iter().copied().filter(|name| !on(name)).collect(),
        files: files(tables, charts),
        parameters: setup.parameters.iter().map(parameter).collect(),
        uncertain: setup.uncertainty.numbers.iter().map(uncertain).collect(),
        correlations: setup
            .uncertainty
            .groups
            .iter()
            .map(|group| Correlated {
                name: &group.name,
                members: group
                    .members
                    .iter()
                    .map(|&member| setup.uncertainty.numbers[member].key.as_str())
                    .collect(),
            })
            .collect(),
        sources: setup
            .sources
            .iter()
            .map(|source| Cited {
                entry: &source.entry,
                source: source.source.as_deref(),
                note: source.note.as_deref(),
            })
            .collect(),
        scenario: scenario(invocation.file, setup, invocation.sources),
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The tables and charts, with what their columns mean.
fn files<'a>(tables: &'a [Table], charts: &'a [Chart]) -> Vec<File<'a>> {
    let tables = tables.iter().map(|table| File {
        name: &table.name,
        about: table.about,
        columns: table
            .columns
            .iter()
            .map(|&(name, unit, meaning)| Column { name, unit, meaning })
            .collect(),
    });
    let charts = charts.iter().map(|chart| File {
        name: &chart.file,
        about: chart.about,
        columns: Vec::new(),
    });
    tables.chain(charts).collect()
}

/// The failures that are kept, each with the command that replays it.
fn failures<'a>(file: &str, setup: &Setup, tally: &'a Tally) -> Vec<Failure<'a>> {
    let failure = |failure: &'a crate::engine::tally::Failure| Failure {
        trial: failure.trial,
        reason: &failure.reason,
        replay: replay(file, setup, failure.trial),
    };
    tally.failures.iter().map(failure).collect()
}

fn scenario<'a>(file: &'a str, setup: &'a Setup, sources: &'a Sources) -> Scenario<'a> {
    let texts = sources.iter().map(text).collect();
    Scenario { file, set: &setup.set, without: &setup.without, texts }
}

/// The command that replays a trial, ready for a shell.
pub fn replay(file: &str, setup: &Setup, trial: u32) -> String {
    let variant = setup.variant.as_ref().map(|v| format!(" --variant {v}")).unwrap_or_default();
    let set: String =
        setup.set.iter().map(|words| format!(" --set {}", shell_word(words))).collect();
    let without: String =
        setup.without.iter().map(|words| format!(" --without {}", shell_word(words))).collect();
    let (file, seed) = (shell_word(file), setup.seed);
    format!("detente replay {file} --trial {trial} --seed {seed}{variant}{without}{set}")
}

/// A word as a shell takes it.
pub fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

fn text(source: &Source) -> Text<'_> {
    let sha256 = hex(&Sha256::digest(&source.text));
    Text { name: &source.name, sha256, text: &source.text }
}

fn uncertain(number: &uncertainty::Uncertain) -> Uncertain<'_> {
    let quantile = |p| number.distribution.quantile(p);
    Uncertain {
        key: &number.key,
        written: &number.written,
        distribution: number.distribution.to_string(),
        median: quantile(0.5),
        q05: quantile(0.05),
        q95: quantile(0.95),
    }
}

fn parameter(value: &crate::scenario::setup::ParameterValue) -> Parameter {
    let known = value.parameter;
    Parameter {
        process: value.process,
        name: known.name,
        value: value.value,
        default: known.default,
        unit: known.unit,
        evidence: known.mark.to_string(),
        meaning: known.meaning,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
