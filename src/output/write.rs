//! Everything a run leaves, written in one go.

use crate::analysis::comparison::Comparison;
use crate::analysis::{Results, blocks};
use crate::engine::experiment::{Experiment, Findings};
use crate::engine::tally::Tally;
use crate::output::charts::{self, Chart, ChartError};
use crate::output::directory::{DirectoryError, MANIFEST, ResultDirectory};
use crate::output::manifest::{self, Invocation};
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
    let tables = tables::all(results)?;
    let charts = if with_charts { charts::all(setup, results)? } else { Vec::new() };
    let manifest = manifest::json(setup, tally, &tables, &charts, invocation)?;
    files(&manifest, &tables, &charts, directory)
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
    let manifest =
        manifest::of_comparison((experiment, findings), arms, &tables, &charts, command)?;
    files(&manifest, &tables, &charts, directory)
}

fn files(
    manifest: &[u8],
    tables: &[Table],
    charts: &[Chart],
    mut directory: ResultDirectory,
) -> Result<Vec<String>, WriteError> {
    directory.write(MANIFEST, manifest)?;
    let mut names = vec![MANIFEST.to_owned()];
    for table in tables {
        directory.write(&table.name, &table.bytes)?;
        names.push(table.name.clone());
    }
    for chart in charts {
        directory.write(&chart.file, &chart.bytes)?;
        names.push(chart.file.clone());
    }
    directory.finish()?;
    Ok(names)
}
