//! Everything a run leaves, written in one go.

use sha2::{Digest, Sha256};

use crate::analysis::comparison::Comparison;
use crate::analysis::{Results, blocks};
use crate::engine::experiment::{Experiment, Findings};
use crate::engine::tally::Tally;
use crate::output::charts::{self, Chart, ChartError};
use crate::output::directory::{DirectoryError, MANIFEST, ResultDirectory};
use crate::output::hex;
use crate::output::manifest::{self, Column, Failure, File, Invocation, Manifest};
use crate::output::tables::{self, Table};
use crate::scenario::setup::Setup;
use crate::scenario::sources::Sources;

/// Why results were not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The directory.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// A table.
    #[error("cannot write a table: {0}")]
    Table(#[from] csv::Error),
    /// A chart.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// The manifest.
    #[error("cannot write the manifest: {0}")]
    Manifest(#[from] serde_json::Error),
}

/// Writes tables, charts (unless `with_charts` is false) and manifest, and puts the directory in
/// place. Gives the names of the files.
///
/// # Errors
/// If anything cannot be written; nothing is left behind then.
pub fn results(
    setup: &Setup,
    tally: &Tally,
    results: &Results,
    invocation: &Invocation<'_>,
    with_charts: bool,
    directory: ResultDirectory,
) -> Result<Vec<String>, WriteError> {
    let made = Made::of(setup, results, with_charts)?;
    let manifest = made.manifest(setup, tally, with_charts, invocation);
    made.write(&manifest, directory)
}

/// The tables and charts of a run, in memory.
#[derive(Clone, Debug)]
pub struct Made {
    tables: Vec<Table>,
    charts: Vec<Chart>,
}

impl Made {
    /// Makes them.
    ///
    /// # Errors
    /// If one cannot be made.
    pub fn of(setup: &Setup, results: &Results, with_charts: bool) -> Result<Self, WriteError> {
        let charts = if with_charts { charts::all(setup, results)? } else { Vec::new() };
        Ok(Self { tables: tables::all(results)?, charts })
    }

    /// The manifest that describes them.
    pub fn manifest(
        &self,
        setup: &Setup,
        tally: &Tally,
        with_charts: bool,
        invocation: &Invocation<'_>,
    ) -> Manifest {
        let trials = tally.trials + tally.failed;
        let failure = |failure: &crate::engine::tally::Failure| Failure {
            trial: failure.trial,
            reason: failure.reason.clone(),
            replay: manifest::replay(invocation.file, setup, failure.trial),
        };
        Manifest {
            failed: tally.failed,
            failures: tally.failures.iter().map(failure).collect(),
            files: self.described(),
            ..manifest::describe(setup, trials, with_charts, invocation)
        }
    }

    /// The files as a manifest lists them.
    pub fn described(&self) -> Vec<File> {
        let column = |&(name, unit, meaning): &tables::Column| Column {
            name: name.to_owned(),
            unit: unit.to_owned(),
            meaning: meaning.to_owned(),
        };
        let tables = self.tables.iter().map(|table| File {
            name: table.name.clone(),
            about: table.about.to_owned(),
            sha256: hex(&Sha256::digest(&table.bytes)),
            columns: table.columns.iter().map(column).collect(),
        });
        let charts = self.charts.iter().map(|chart| File {
            name: chart.file.clone(),
            about: chart.about.to_owned(),
            sha256: hex(&Sha256::digest(&chart.bytes)),
            columns: Vec::new(),
        });
        tables.chain(charts).collect()
    }

    /// Writes them with their manifest, and puts the directory in place. Gives the names of the files.
    ///
    /// # Errors
    /// If anything cannot be written; nothing is left behind then.
    pub fn write(
        &self,
        manifest: &Manifest,
        directory: ResultDirectory,
    ) -> Result<Vec<String>, WriteError> {
        self.put(&manifest.bytes()?, directory)
    }

    fn put(
        &self,
        manifest: &[u8],
        mut directory: ResultDirectory,
    ) -> Result<Vec<String>, WriteError> {
        directory.write(MANIFEST, manifest)?;
        let mut names = vec![MANIFEST.to_owned()];
        for table in &self.tables {
            directory.write(&table.name, &table.bytes)?;
            names.push(table.name.clone());
        }
        for chart in &self.charts {
            directory.write(&chart.file, &chart.bytes)?;
            names.push(chart.file.clone());
        }
        directory.finish()?;
        Ok(names)
    }
}

/// A scenario that takes part in a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its file as given.
    pub file: &'a str,
    /// The texts it was made from.
    pub sources: &'a Sources,
    /// Its own tables.
    pub results: &'a Results,
}

/// Writes what a comparison leaves, as [`results`] does for a run. The base is the first of `arms`.
///
/// # Errors
/// If anything cannot be written; nothing is left behind then.
pub fn comparison(
    (experiment, findings, comparison): (&Experiment<'_>, &Findings, &Comparison),
    arms: &[Compared<'_>],
    command: &[String],
    with_charts: bool,
    directory: ResultDirectory,
) -> Result<Vec<String>, WriteError> {
    let tables_of: Vec<_> = arms.iter().map(|arm| (arm.name, arm.results)).collect();
    let blocks = blocks::rows(&findings.blocks);
    let tables = tables::comparison::all(comparison, &blocks, &tables_of)?;
    let names: Vec<String> = arms.iter().map(|arm| arm.name.to_owned()).collect();
    let base = experiment.arms()[0];
    let charts =
        if with_charts { charts::of_comparison(base, comparison, &names)? } else { Vec::new() };
    let made = Made { tables, charts };
    let manifest =
        manifest::of_comparison((experiment, findings), arms, made.described(), command)?;
    made.put(&manifest, directory)
}
