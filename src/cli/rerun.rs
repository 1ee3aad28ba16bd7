//! `detente rerun`: a result once more, from its manifest alone.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::RangedU64ValueParser;

use crate::cli::again::Again;
use crate::cli::run::warn_of_failures;
use crate::cli::running::typed;
use crate::cli::{Failure, written};
use crate::output::directory::ResultDirectory;
use crate::output::manifest::{File, plain};
use crate::output::proof::records;
use crate::output::proof::whole::{Compared, compare, lacking};
use crate::output::stored::{Contents, Stored};

/// Repeat a result from its manifest alone.
///
/// Takes the texts of the scenario (or of all that were compared), the variant, the changes of --set
/// and --without, the seed and the number of trials from DIR/manifest.json and runs them again; the scenario's files need not exist. Says
/// whether every table and chart and the report have the same bytes as those in DIR, and which have not. A file that
/// is missing in DIR is held to the hash that the manifest records.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  detente rerun results/russia-north-korea-2024\n\n\
                  Exit code 1 if a file differs.")]
pub struct Rerun {
    /// The directory of the result.
    #[arg(value_name = "DIR")]
    result: PathBuf,
    /// Where to write; DIR with -rerun appended if not given.
    #[arg(long, value_name = "DIR2")]
    out: Option<PathBuf>,
    /// Replace the results that are in DIR2. Anything else in the way is never replaced.
    #[arg(long)]
    force: bool,
    /// How many threads; all cores if not given. Does not change the results.
    #[arg(long, value_name = "K", allow_negative_numbers = true, value_parser = RangedU64ValueParser::<usize>::new().range(1..=1024))]
    threads: Option<usize>,
}

impl Rerun {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let out = self.place()?;
        let stored = Stored::open(&self.result)?;
        // Before anything is written: DIR2 might be a part of DIR.
        let contents = stored.contents()?;
        let manifest = &stored.manifest;
        let again = Again::load(manifest, self.threads)?;
        let experiment = again.experiment()?;
        again.warn_of_texts()?;
        let directory = ResultDirectory::claim(&out, self.force)?;

        let findings = again.run(&experiment)?;
        let made = again.made(&experiment, &findings, &typed())?;
        let names = made.write(directory)?;

        let mut stdout = io::stdout().lock();
        let headings: Vec<_> = experiment.arms().iter().map(|setup| setup.heading()).collect();
        let (trials, seed) = (manifest.trials, manifest.seed);
        writeln!(stdout, "{}: {trials} trials, seed {seed}", headings.join("; "))?;
        writeln!(stdout, "{}", written::summary(&out, &names))?;
        let arms = experiment.arms().iter().zip(&findings.arms).zip(&manifest.arms);
        for ((setup, tally), arm) in arms {
            warn_of_failures(setup, tally, &arm.file)?;
        }
        said(&told(&stored, &contents, &made.manifest().files), &stored)
    }

    /// Where to write: never where the result is.
    fn place(&self) -> Result<PathBuf, Failure> {
        let out = match (&self.out, self.result.file_name()) {
            (Some(out), _) => out.clone(),
            (None, Some(name)) => {
                let mut name = name.to_owned();
                name.push("-rerun");
                self.result.with_file_name(name)
            }
            (None, None) => {
                let place = self.result.display();
                return Err(Failure::Usage(format!("{place} has no name of its own; give --out")));
            }
        };
        let real = |path: &Path| path.canonicalize().ok();
        if real(&out).is_some_and(|out| Some(out) == real(&self.result)) {
            let place = out.display();
            let why = format!("{place} is the result itself; give another --out");
            return Err(Failure::Usage(why));
        }
        Ok(out)
    }
}

/// How the files that were made stand to those of the result.
#[derive(Default)]
struct Told {
    differ: Vec<String>,
    /// Those that are held to the manifest, because they are not there.
    gone: usize,
    all: usize,
}

fn told(stored: &Stored, contents: &Contents, again: &[File]) -> Told {
    let mut told = Told::default();
    for file in again {
        told.all += 1;
        match compare(file, &stored.manifest, contents) {
            Compared::Same => {}
            Compared::AsRecorded => told.gone += 1,
            Compared::Other(_) => told.differ.push(format!("{} differs", file.name)),
            Compared::Unknown => told.differ.push(format!("{} was not among them", file.name)),
        }
    }
    for name in lacking(&stored.manifest, again) {
        told.differ.push(format!("{} was not made again", plain(name)));
    }
    told
}

/// Says it; that anything differs is a failure, also where nobody reads to the end.
fn said(told: &Told, stored: &Stored) -> Result<(), Failure> {
    let place = stored.path.display();
    let Told { differ, gone, all } = told;
    let mut text: String = differ.iter().map(|line| format!("  {line}\n")).collect();
    if *gone > 0 {
        let what = "not there; held to the hashes in its manifest";
        text += &format!("  {gone} of {all} files of {place} are {what}\n");
    }
    if differ.is_empty() {
        let there = format!("files are those of {place}, byte for byte");
        text += &match (*gone, all - gone) {
            (0, _) => format!("verdict: agrees; all {all} {there}\n"),
            (_, 0) => format!(
                "verdict: agrees; all {all} files have the hashes that the manifest of {place} records\n"
            ),
            (gone, left) => format!(
                "verdict: agrees; {left} of {all} {there}; of the others ({gone}) the hashes are those that its manifest records\n"
            ),
        };
    } else {
        let reason = records::other(&stored.manifest);
        let reason = reason.map(|why| format!("; the likely reason is {why}")).unwrap_or_default();
        text += &format!("verdict: differs in {} of {all} files{reason}\n", differ.len());
    }
    let written = io::stdout().lock().write_all(text.as_bytes());
    if differ.is_empty() { Ok(written?) } else { Err(Failure::Differs) }
}
