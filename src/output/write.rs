//! Everything a run leaves, written in one go.

use sha2::{Digest, Sha256};

use crate::analysis::comparison::Comparison;
use crate::analysis::{Results, blocks};
use crate::engine::experiment::{Experiment, Findings};
use crate::engine::tally::Tally;
use crate::output::charts::{self, Chart, ChartError, Compared, Shown};
use crate::output::directory::{DirectoryError, MANIFEST, ResultDirectory};
use crate::output::hex;
use crate::output::manifest::{self, Column, File, Invocation, Manifest, failures};
use crate::output::tables::{self, Table};
use crate::scenario::setup::Setup;

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
        let charts = drawn(with_charts, Shown::Run(setup, results))?;
        Ok(Self { tables: tables::all(results)?, charts })
    }

    /// Makes those of a comparison; `names` are those of the arms, the base first.
    ///
    /// # Errors
    /// If one cannot be made.
    pub fn of_comparison(
        (experiment, findings): (&Experiment<'_>, &Findings),
        comparison: &Comparison,
        names: &[String],
        with_charts: bool,
    ) -> Result<Self, WriteError> {
        let arms = experiment.arms().iter().zip(&findings.arms);
        let results: Vec<_> = arms.map(|(setup, tally)| Results::new(setup, tally)).collect();
        let of_arms: Vec<_> = names.iter().map(String::as_str).zip(&results).collect();
        let blocks = blocks::rows(&findings.blocks);
        let tables = tables::comparison::all(comparison, &blocks, &of_arms)?;
        let shown = Compared { setup: experiment.arms()[0], comparison, names };
        let charts = drawn(with_charts, Shown::Comparison(shown))?;
        Ok(Self { tables, charts })
    }

    /// The manifest that describes those of a comparison: what was run with each arm, the base first.
    pub fn manifest_of_comparison(
        &self,
        (experiment, findings): (&Experiment<'_>, &Findings),
        with_charts: bool,
        invocations: &[Invocation<'_>],
        names: &[String],
    ) -> Manifest {
        let described = manifest::describe_comparison(
            experiment,
            findings.trials,
            with_charts,
            invocations,
            names,
        );
        let files: Vec<_> = invocations.iter().map(|invocation| invocation.file).collect();
        Manifest {
            failed: findings.arms[0].failed,
            failures: failures(files[0], experiment.arms()[0], &findings.arms[0]),
            compared: manifest::compared(experiment, findings, &files, names),
            files: self.described(),
            ..described
        }
    }

    /// The manifest that describes those of a run.
    pub fn manifest(
        &self,
        setup: &Setup,
        tally: &Tally,
        with_charts: bool,
        invocation: &Invocation<'_>,
    ) -> Manifest {
        let trials = tally.trials + tally.failed;
        Manifest {
            failed: tally.failed,
            failures: failures(invocation.file, setup, tally),
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
        mut directory: ResultDirectory,
    ) -> Result<Vec<String>, WriteError> {
        directory.write(MANIFEST, &manifest.bytes()?)?;
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

fn drawn(wanted: bool, shown: Shown<'_>) -> Result<Vec<Chart>, ChartError> {
    if wanted { charts::files(shown) } else { Ok(Vec::new()) }
}
