//! Shards in the stead of results: run, or planned.

use std::io::{self, Write};
use std::time::Duration;

use crate::cli::running::{Part, Running, Wish, no_rule};
use crate::cli::shards::Planned;
use crate::cli::{Failure, run};
use crate::engine::shard::Shard;
use crate::output::block_file::Folder;

impl Running {
    /// Runs or plans shards, if that is what was asked for instead of results.
    pub fn instead(&self, wish: &Wish<'_, '_>) -> Result<bool, Failure> {
        if self.plan.is_none() && self.shard.is_none() {
            return Ok(false);
        }
        if self.stopping(wish.experiment)?.is_some() {
            return Err(no_rule("shards"));
        }
        match (&self.plan, self.shard) {
            (Some(plan), _) => plan.print(wish, self.trials_and_threads(wish))?,
            (None, Some(shard)) => self.run_shard(wish, shard)?,
            (None, None) => {}
        }
        Ok(true)
    }

    /// Has shards planned instead of anything run.
    pub fn plan_instead(&mut self, planned: Planned) -> Result<(), Failure> {
        let has = [
            (self.shard.is_some(), "--shard"),
            (self.resume, "--resume"),
            (self.out.is_some(), "--out"),
            (self.force, "--force"),
            (self.no_charts, "--no-charts"),
            (self.json, "--json"),
            (self.mpi, "--mpi"),
        ];
        if let Some((_, option)) = has.into_iter().find(|(has, _)| *has) {
            let why = format!("{option} is none of the options of a command that is to be planned");
            return Err(Failure::Usage(why));
        }
        self.plan = Some(planned);
        Ok(())
    }

    /// Runs a shard, and says where it is unless nothing is to be said.
    fn run_shard(&self, wish: &Wish<'_, '_>, shard: Shard) -> Result<(), Failure> {
        let folder = Folder { path: self.place(&format!("{}-shards", wish.usual)) };
        if let Some(other) = folder.shards()?.into_iter().find(|other| other.of != shard.of) {
            let (place, file) = (folder.path.display(), folder.file(Some(other)));
            let file = file.file_name().unwrap_or_default().display();
            return Err(Failure::Io(format!(
                "{place} has shards of {}, such as {file}; {shard} does not go with them: give another --out",
                other.of
            )));
        }
        folder.prepare(shard)?;
        let (mut stretches, mut ran) =
            self.begin(wish, None, (&folder, Part { shard: Some(shard), quiet: self.quiet }))?;
        stretches.extend(&mut ran.findings, self.trials(wish.experiment))?;
        stretches.keep(&ran.findings, Duration::ZERO)?;
        drop(stretches);
        let (trials, file) = (ran.findings.trials, folder.file(Some(shard)));
        if !self.quiet {
            writeln!(io::stdout(), "{shard}: {trials} trials, {}", file.display())?;
        }
        let about = (wish.about)(self.trials(wish.experiment));
        for (n, setup) in wish.experiment.arms().iter().enumerate() {
            run::warn_of_failures(setup, &ran.findings.arms[n], &about.arms[n].file)?;
        }
        Ok(())
    }
}
