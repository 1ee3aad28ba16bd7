//! Everything a run leaves, written in one go.

use crate::analysis::Results;
use crate::engine::tally::Tally;
use crate::output::charts::{self, ChartError};
use crate::output::directory::{DirectoryError, MANIFEST, ResultDirectory};
use crate::output::manifest::{self, Invocation};
use crate::output::tables;
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
    mut directory: ResultDirectory,
) -> Result<Vec<String>, WriteError> {
    let tables = tables::all(results)?;
    let charts = if with_charts { charts::all(setup, results)? } else { Vec::new() };
    let manifest = manifest::json(setup, tally, &tables, &charts, invocation)?;
    directory.write(MANIFEST, &manifest)?;
    let mut names = vec![MANIFEST.to_owned()];
    for table in &tables {
        directory.write(table.name, &table.bytes)?;
        names.push(table.name.to_owned());
    }
    for chart in &charts {
        directory.write(&chart.file, &chart.bytes)?;
        names.push(chart.file.clone());
    }
    directory.finish()?;
    Ok(names)
}
