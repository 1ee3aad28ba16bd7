//! Everything a run leaves, written in one go.

use sha2::{Digest, Sha256};

use crate::analysis::comparison::Comparison;
use crate::analysis::{Results, blocks};
use crate::engine::experiment::{Experiment, Findings};
use crate::engine::tally::Tally;
use crate::output::charts::theme::LIGHT;
use crate::output::charts::{self, Chart, ChartError, Compared, Drawn, Shown};
use crate::output::directory::{DirectoryError, MANIFEST, ResultDirectory};
use crate::output::hex;
use crate::output::manifest::{self, Column, File, Invocation, Manifest, failures};
use crate::output::report::{self, ReportError};
use crate::output::stored::{self, forms};
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
    /// The report.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The manifest.
    #[error("cannot write the manifest: {0}")]
    Manifest(#[from] serde_json::Error),
}

/// Everything a run or a comparison leaves, in memory: tables, charts, report and manifest.
#[derive(Clone, Debug)]
pub struct Made {
    tables: Vec<Table>,
    charts: Vec<Chart>,
    report: Vec<u8>,
    manifest: Manifest,
}

impl Made {
    /// Makes what a run leaves; charts unless `with_charts` is false.
    ///
    /// # Errors
    /// If a part cannot be made.
    pub fn of_run(
        setup: &Setup,
        tally: &Tally,
        results: &Results,
        invocation: &Invocation<'_>,
        with_charts: bool,
    ) -> Result<Self, WriteError> {
        let drawn = drawn(with_charts, Shown::Run(setup, results))?;
        let charts = charts::files_of(&drawn)?;
        let tables = tables::all(results)?;
        let trials = tally.trials + tally.failed;
        let manifest = Manifest {
            failed: tally.failed,
            failures: failures(invocation.file, setup, tally),
            files: described(&tables, &charts),
            ..manifest::describe(setup, trials, with_charts, invocation)
        };
        let report = report::of_run(setup, results, &drawn, &manifest)?;
        Ok(Self { tables, charts, report, manifest }.listed())
    }

    /// Makes what a comparison leaves; invocations and names are those of the arms, the base first.
    ///
    /// # Errors
    /// If a part cannot be made.
    pub fn of_comparison(
        (experiment, findings): (&Experiment<'_>, &Findings),
        comparison: &Comparison,
        invocations: &[Invocation<'_>],
        names: &[String],
        with_charts: bool,
    ) -> Result<Self, WriteError> {
        let arms = experiment.arms().iter().zip(&findings.arms);
        let results: Vec<_> = arms.map(|(setup, tally)| Results::new(setup, tally)).collect();
        let of_arms: Vec<_> = names.iter().map(String::as_str).zip(&results).collect();
        let blocks = blocks::rows(&findings.blocks);
        let tables = tables::comparison::all(comparison, &blocks, &of_arms)?;
        let base = experiment.arms()[0];
        let shown = Shown::Comparison(Compared { setup: base, comparison, names });
        let drawn = drawn(with_charts, shown)?;
        let charts = charts::files_of(&drawn)?;
        let trials = findings.trials;
        let described_before =
            manifest::describe_comparison(experiment, trials, with_charts, invocations, names);
        let of: Vec<_> = invocations.iter().map(|invocation| invocation.file).collect();
        let manifest = Manifest {
            failed: findings.arms[0].failed,
            failures: failures(of[0], base, &findings.arms[0]),
            compared: manifest::compared(experiment, findings, &of, names),
            files: described(&tables, &charts),
            ..described_before
        };
        let report = report::of_comparison(experiment, comparison, names, &drawn, &manifest)?;
        Ok(Self { tables, charts, report, manifest }.listed())
    }

    /// With the report among the files: it lists all the others, so it comes after them.
    fn listed(mut self) -> Self {
        self.manifest.files.push(File {
            name: report::FILE.to_owned(),
            about: report::ABOUT.to_owned(),
            sha256: hex(&Sha256::digest(&self.report)),
            columns: Vec::new(),
        });
        self
    }

    /// What was run, with what, and what came of it.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Writes everything and puts the directory in place. Gives the names of the files.
    ///
    /// # Errors
    /// If anything cannot be written; nothing is left behind then.
    pub fn write(&self, mut directory: ResultDirectory) -> Result<Vec<String>, WriteError> {
        let manifest = (MANIFEST.to_owned(), self.manifest.bytes()?);
        directory.write(&manifest.0, &manifest.1)?;
        let tables = self.tables.iter().map(|table| (&table.name, &table.bytes));
        let charts = self.charts.iter().map(|chart| (&chart.file, &chart.bytes));
        let mut names = vec![manifest.0];
        for (name, bytes) in tables.chain(charts) {
            directory.write(name, bytes)?;
            names.push(name.clone());
        }
        directory.write(report::FILE, &self.report)?;
        names.push(report::FILE.to_owned());
        directory.finish()?;
        Ok(names)
    }
}

/// Every chart in the usual theme, if they are wanted.
fn drawn(wanted: bool, shown: Shown<'_>) -> Result<Vec<Drawn>, ChartError> {
    if wanted { charts::draw(shown, &LIGHT, |_| true) } else { Ok(Vec::new()) }
}

/// The columns of a table as a manifest lists them.
fn columns(table: &Table) -> Vec<Column> {
    let form = forms::of(&table.name).expect("whatever is written can be read");
    let columns = table.columns.iter().zip(form.columns);
    let column = |(&(name, unit, meaning), read): (&tables::Column, &stored::Column)| Column {
        name: name.to_owned(),
        kind: read.cell.word().to_owned(),
        unit: unit.to_owned(),
        meaning: meaning.to_owned(),
    };
    columns.map(column).collect()
}

/// Tables and charts as a manifest lists them.
fn described(tables: &[Table], charts: &[Chart]) -> Vec<File> {
    let tables = tables.iter().map(|table| File {
        name: table.name.clone(),
        about: table.about.to_owned(),
        sha256: hex(&Sha256::digest(&table.bytes)),
        columns: columns(table),
    });
    let charts = charts.iter().map(|chart| File {
        name: chart.file.clone(),
        about: chart.about.to_owned(),
        sha256: hex(&Sha256::digest(&chart.bytes)),
        columns: Vec::new(),
    });
    tables.chain(charts).collect()
}
