//! An experiment run to its results, by this process alone or as one of the ranks of a job.

use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::analysis::precision;
use crate::cli::Failure;
use crate::cli::ranks::Ranks;
use crate::cli::resumed::{self, Wanted};
use crate::cli::running::{Claimed, Part, Ran, Running, Wish, no_rule, to_go_on};
use crate::cli::underway::{Stretches, Underway};
use crate::engine::experiment::Findings;
use crate::output::block_file::Folder;
use crate::output::directory::ResultDirectory;
use crate::scenario::stopping::Stopping;

impl Running {
    /// Claims the directory that was typed, or the usual one in results/, and runs the trials. What has
    /// been found is kept beside it meanwhile. Nothing comes of it at ranks that write no results.
    pub fn results(
        &self,
        wish: &Wish<'_, '_>,
        ranks: &Ranks,
    ) -> Result<Option<(Ran, Claimed)>, Failure> {
        let rule = self.stopping(wish.experiment)?;
        if let (Some(_), Some(_)) = (rule, ranks.shard()) {
            return Err(no_rule("ranks"));
        }
        let (path, whole) = (self.place(wish.usual), ranks.is_first());
        let directory = if whole { Some(ResultDirectory::claim(&path, self.force)?) } else { None };
        ranks.agree()?;
        let folder = Folder::beside(&path);
        let mut ran = self.run(wish, rule, (&folder, ranks))?;
        self.gather(wish, &mut ran, ranks)?;
        match directory {
            Some(directory) => Ok(Some((ran, Claimed { path, directory }))),
            None => Self::finished(&path, ranks).map(|()| None),
        }
    }

    fn run(
        &self,
        wish: &Wish<'_, '_>,
        rule: Option<&Stopping>,
        (folder, ranks): (&Folder, &Ranks),
    ) -> Result<Ran, Failure> {
        let part = Part { shard: ranks.shard(), quiet: self.quiet || !ranks.is_first() };
        let (mut stretches, mut ran) = self.begin(wish, rule, (folder, part))?;
        let (trials, started) = (self.trials(wish.experiment), Instant::now());
        let findings = &mut ran.findings;
        match rule {
            Some(rule) => {
                let extend = |findings: &mut Findings, trials| stretches.extend(findings, trials);
                let done = precision::extend_by(wish.experiment, findings, (rule, trials), extend);
                ran.stopped = Some(done?);
            }
            None => stretches.extend(findings, trials)?,
        }
        ran.took = started.elapsed();
        Ok(ran)
    }

    /// Removes what was kept beside the results, once they stand.
    pub fn finished(out: &Path, ranks: &Ranks) -> Result<(), Failure> {
        ranks.agree()?;
        let folder = Folder::beside(out);
        if let Err(error) = folder.remove(ranks.shard()) {
            let place = folder.path.display();
            let _ = writeln!(
                io::stderr(),
                "warning: cannot remove {place}, which is done with: {error}"
            );
        }
        Ok(())
    }

    pub(super) fn begin<'a, 's>(
        &self,
        wish: &Wish<'a, 's>,
        rule: Option<&Stopping>,
        (folder, part): (&'a Folder, Part),
    ) -> Result<(Stretches<'a, 's>, Ran), Failure> {
        let (experiment, trials, about) =
            (wish.experiment, self.trials(wish.experiment), wish.about);
        let about = Box::new(move || about(trials));
        let rule = rule.map(|rule| rule.rule.clone());
        let wanted = Wanted {
            folder,
            shard: part.shard,
            rule: rule.as_deref(),
            resume: self.resume,
            quiet: part.quiet,
        };
        let mut findings = Findings::new(experiment);
        if let Some(before) = resumed::before(&wanted, &*about)? {
            findings.merge(before);
        }
        let underway = Underway {
            experiment,
            plan: self.trials_and_threads(wish),
            shard: part.shard,
            rule,
            folder,
            about,
            every: self.save_every,
            fail_fast: self.fail_fast,
            quiet: part.quiet,
            resume: to_go_on(),
        };
        let stretches = Stretches::begin(underway, &findings)?;
        let before = findings.trials;
        Ok((stretches, Ran { findings, stopped: None, before, took: Duration::ZERO }))
    }
}
