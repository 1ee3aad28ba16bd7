//! `detente verify`: is a result what it says, and does it come out the same again?

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use clap::builder::RangedU64ValueParser;

use crate::cli::again::Again;
use crate::cli::{Failure, progress};
use crate::engine::digest::BLOCK;
use crate::engine::experiment::Experiment;
use crate::output::manifest::Manifest;
use crate::output::proof::{Report, blocks, records, whole};
use crate::output::stored::{Contents, Found, Stored};
use crate::output::write::WriteError;

/// How many blocks are computed again unless something else is said.
const SAMPLE: u64 = 8;

/// Check a result, and compute a part of it again.
///
/// Holds the files in DIR to what its manifest records, the manifest to the scenario in it, and the
/// trials of some blocks, computed again, to the fingerprints in blocks.csv. With --all everything is
/// computed again and every table, every chart and the report compared to the byte. Another version or binary, and a
/// scenario file that has changed since, are remarks: only the result is verified.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  detente verify results/russia-north-korea-2024\n  \
                  detente verify results/russia-north-korea-2024 --all\n\n\
                  Exit code 1 if anything differs, 3 if there is no result that could be repeated.")]
pub struct Verify {
    /// The directory of the result.
    #[arg(value_name = "DIR")]
    result: PathBuf,
    /// How many blocks of 64 trials to compute again: the first, the last, others evenly between.
    #[arg(long, value_name = "N", default_value_t = SAMPLE, allow_negative_numbers = true, value_parser = blocks_to_try)]
    blocks: u64,
    /// Compute everything again, also tables, charts and report.
    #[arg(long, conflicts_with = "blocks")]
    all: bool,
    /// How many threads; all cores if not given. Does not change the results.
    #[arg(long, value_name = "K", allow_negative_numbers = true, value_parser = RangedU64ValueParser::<usize>::new().range(1..=1024))]
    threads: Option<usize>,
}

/// A number of blocks as typed.
fn blocks_to_try(text: &str) -> Result<u64, String> {
    let number = text.replace('_', "").parse().ok().filter(|&blocks| blocks > 0);
    number.ok_or_else(|| "a whole number from 1; --all computes every block again".to_owned())
}

impl Verify {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let stored = Stored::open(&self.result)?;
        let manifest = &stored.manifest;
        let mut report = Report::new(&stored);
        let contents = stored.contents()?;
        records::check(&stored, &contents, &mut report);
        let of = manifest.trials.div_ceil(BLOCK);
        let list = blocks::sample(of, if self.all { of } else { self.blocks });
        let recorded = recorded(&stored, &contents, &list, &mut report)?;

        let again = Again::load(manifest, self.threads);
        let again = again.and_then(|again| again.experiment().map(drop).map(|()| again));
        let again = again.inspect_err(|_| {
            // What has been found so far; the error is said all the same.
            let _ = write!(io::stdout().lock(), "{}", report.list());
        })?;
        let experiment = again.experiment()?;
        let tried = if self.all {
            whole(&again, &experiment, (manifest, &contents, &recorded), &mut report)?;
            "every table and chart and the report were computed again".to_owned()
        } else {
            let described = again.described(&experiment, &manifest.command);
            describe(manifest, &described, &again, &mut report)?;
            let computed = progress::chosen(&experiment, &list, again.plan())?;
            blocks::compare(&recorded, &computed, of, &mut report);
            format!("{} of {of} blocks were computed again", list.len())
        };
        let said = writeln!(io::stdout().lock(), "{}{}", report.list(), report.verdict(&tried));
        // That it differs counts, also where nobody reads to the end.
        if report.holds() { Ok(said?) } else { Err(Failure::Differs) }
    }
}

/// The recorded fingerprints of some blocks; none if there is no table of them.
fn recorded(
    stored: &Stored,
    contents: &Contents,
    list: &[u64],
    report: &mut Report,
) -> Result<BTreeMap<u64, String>, Failure> {
    let Some(Found::File(_)) = contents.listed.get(blocks::TABLE) else {
        // That a listed file is missing has been said.
        if !stored.manifest.files.iter().any(|file| file.name == blocks::TABLE) {
            report
                .differs(blocks::TABLE, "not in the manifest: there is nothing to hold blocks to");
        }
        return Ok(BTreeMap::new());
    };
    let trials = stored.manifest.trials;
    let table = stored.open_file(blocks::TABLE, blocks::most_bytes(trials))?;
    let wanted = list.iter().copied().collect();
    Ok(blocks::recorded(table, trials, &wanted, report))
}

/// Holds the manifest to what this program would say in its place.
fn describe(
    manifest: &Manifest,
    described: &Manifest,
    again: &Again<'_>,
    report: &mut Report,
) -> Result<(), Failure> {
    let sources: Vec<_> = again.loaded.iter().map(|loaded| &loaded.sources).collect();
    let done = records::check_described(manifest, described, &sources, report);
    Ok(done.map_err(WriteError::from)?)
}

/// Computes everything again.
fn whole(
    again: &Again<'_>,
    experiment: &Experiment<'_>,
    (manifest, contents, recorded): (&Manifest, &Contents, &BTreeMap<u64, String>),
    report: &mut Report,
) -> Result<(), Failure> {
    let findings = again.run(experiment)?;
    let made = again.made(experiment, &findings, &manifest.command)?;
    describe(manifest, made.manifest(), again, report)?;
    blocks::compare(recorded, &findings.blocks, manifest.trials.div_ceil(BLOCK), report);
    whole::check(manifest, made.manifest(), contents, report);
    Ok(())
}
