//! `detente merge`: a result out of its shards.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use crate::cli::again::Again;
use crate::cli::run::warn_of_failures;
use crate::cli::running::typed;
use crate::cli::{Failure, shards, written};
use crate::engine::experiment::Findings;
use crate::output::block_file::{BlockFile, BlockFiles};
use crate::output::directory::ResultDirectory;
use crate::output::manifest::Manifest;

/// Make a result out of the shards of a run or a comparison.
///
/// Takes the block files that `--shard` has left, in whatever order, and leaves the directory that one
/// process would have left. Needs nothing else: the texts of the scenarios are in the block files. All
/// have to be of the same experiment, by the same binary, and have every block of trials once.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  detente merge results/july-1914-shards --out results/july-1914\n\n\
                  Exit code 3 if block files are damaged, do not go together, or make no whole."
)]
pub struct Merge {
    /// Directories with block files, or block files.
    #[arg(required = true, value_name = "DIR")]
    places: Vec<PathBuf>,
    /// Where to write.
    #[arg(long, value_name = "DIR2")]
    out: PathBuf,
    /// Replace the results that are in DIR2. Anything else in the way is never replaced.
    #[arg(long)]
    force: bool,
    /// Write tables only.
    #[arg(long)]
    no_charts: bool,
}

impl Merge {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let files = self.files()?;
        let Some((_, first)) = files.iter().next() else {
            return Err(Failure::NoResult("there are no block files (NAME.blocks)".to_owned()));
        };
        let manifest = Manifest { charts: !self.no_charts, ..first.manifest.clone() };
        let again = Again::load(&manifest, None)?;
        let experiment = again.experiment()?;
        let directory = ResultDirectory::claim(&self.out, self.force)?;

        let mut findings = Findings::new(&experiment);
        for (path, head) in files.iter() {
            let file = BlockFile::read(path)?;
            if file.head != *head {
                let why = format!("{} has changed while it was merged", path.display());
                return Err(Failure::NoResult(why));
            }
            findings.merge(file.findings);
        }
        again.some_ended_well(&experiment, &findings)?;
        let made = again.made(&experiment, &findings, &typed())?;
        let names = made.write(directory)?;

        let mut stdout = io::stdout().lock();
        let headings: Vec<_> = experiment.arms().iter().map(|setup| setup.heading()).collect();
        let (trials, seed, files) = (findings.trials, manifest.seed, files.iter().count());
        let headings = headings.join("; ");
        writeln!(stdout, "{headings}: {trials} trials from {files} block files, seed {seed}")?;
        writeln!(stdout, "{}", written::summary(&self.out, &names))?;
        let arms = experiment.arms().iter().zip(&findings.arms).zip(&manifest.arms);
        for ((setup, tally), arm) in arms {
            warn_of_failures(setup, tally, &arm.file)?;
        }
        Ok(())
    }

    /// What the block files say of themselves, if they make a whole.
    fn files(&self) -> Result<BlockFiles, Failure> {
        let mut heads = Vec::new();
        for path in shards::files(&self.places)? {
            let head = BlockFile::head(&path)?;
            heads.push((path, head));
        }
        let files = BlockFiles::new(heads);
        if let Some((path, why)) = files.foreign() {
            let first = files.iter().next().map(|(first, _)| first.display().to_string());
            let first = first.unwrap_or_default();
            let path = path.display();
            return Err(Failure::NoResult(format!("{path} does not go with {first}: {why}")));
        }
        if let Some((one, two, blocks)) = files.overlap() {
            let (one, two, blocks) = (one.display(), two.display(), shards::range(&blocks));
            return Err(Failure::NoResult(format!("{one} and {two} both have {blocks}")));
        }
        let missing: Vec<_> = files.missing().iter().map(|gap| told(&files, gap)).collect();
        if files.iter().next().is_some() && !missing.is_empty() {
            let (missing, all) =
                (missing.join(", "), files.iter().next().map_or(0, |(_, h)| h.all()));
            let cure = "`detente shards status` says more";
            let why = format!("{missing} of {all} are missing; {cure}");
            return Err(Failure::NoResult(why));
        }
        Ok(files)
    }
}

/// Missing blocks, with the shards they belong to.
fn told(files: &BlockFiles, gap: &std::ops::Range<u64>) -> String {
    let numbers: Vec<u64> = files.shards_of(gap).iter().map(|shard| shard.number).collect();
    let shards = if numbers.is_empty() {
        String::new()
    } else {
        format!(" (shard {})", shards::listed(&numbers))
    };
    format!("{}{shards}", shards::range(gap))
}
