//! A stored result, loaded from its manifest alone, to be computed again: what `rerun` and `verify`
//! share.

use std::io::{self, Write};

use crate::analysis::Results;
use crate::analysis::comparison::Comparison;
use crate::cli::running::some_ended_well;
use crate::cli::{Failure, colour, progress};
use crate::engine::ensemble::{Plan, on_threads};
use crate::engine::experiment::{Experiment, Findings};
use crate::output::manifest::{
    Invocation, Manifest, RUN, describe, describe_comparison, plain, replay,
};
use crate::output::write::Made;
use crate::scenario::setup::Setup;
use crate::scenario::{LoadError, Loaded};

/// A result whose scenarios have been compiled again.
pub struct Again<'m> {
    manifest: &'m Manifest,
    /// The scenario of a run, or those of a comparison, the base first.
    pub loaded: Vec<Loaded>,
    names: Vec<String>,
    threads: Option<usize>,
}

impl<'m> Again<'m> {
    /// Compiles the scenarios from the texts in the manifest.
    pub fn load(manifest: &'m Manifest, threads: Option<usize>) -> Result<Self, Failure> {
        let mut loaded = Vec::new();
        for arm in &manifest.arms {
            let mut one = arm.load().map_err(|error| match error {
                LoadError::Wrong(wrong) => {
                    let what = "error: the scenario in the manifest is wrong for this version";
                    let problems = wrong.report(colour(&io::stderr()));
                    Failure::Scenario(format!("{}\n\n{what}", problems.trim_end()))
                }
                // It is the manifest that asks for a variant, not the user.
                other => wrong_manifest(&other.to_string()),
            })?;
            one.setup.seed = manifest.seed;
            loaded.push(one);
        }
        let names = manifest.arms.iter().map(|arm| arm.name.clone()).collect();
        Ok(Self { manifest, loaded, names, threads })
    }

    /// Says which texts of the scenarios have been changed in the manifest. What several share is said once.
    pub fn warn_of_texts(&self) -> io::Result<()> {
        let texts = self.manifest.arms.iter().flat_map(|arm| &arm.texts);
        let mut told = Vec::new();
        for text in texts.filter(|text| text.digest() != text.sha256) {
            if told.contains(&text) {
                continue;
            }
            let name = plain(&text.name);
            writeln!(io::stderr(), "warning: the text of {name} is not the one that was recorded")?;
            told.push(text);
        }
        Ok(())
    }

    /// The names of the scenarios, the base first.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What was run together.
    pub fn experiment(&self) -> Result<Experiment<'_>, Failure> {
        let setups: Vec<&Setup> = self.loaded.iter().map(|loaded| &loaded.setup).collect();
        if self.manifest.kind == RUN {
            return Ok(Experiment::of(setups[0]));
        }
        Experiment::comparison(setups[0], &setups[1..])
            .map_err(|error| wrong_manifest(&error.to_string()))
    }

    /// As many trials as there were.
    pub fn plan(&self) -> Plan {
        Plan { threads: self.threads, ..Plan::new(self.manifest.trials) }
    }

    /// Runs all trials.
    pub fn run(&self, experiment: &Experiment<'_>) -> Result<Findings, Failure> {
        let mut findings = Findings::new(experiment);
        let plan = self.plan();
        progress::extend(experiment, &mut findings, plan, &progress::bar(plan.trials))?;
        self.some_ended_well(experiment, &findings)?;
        Ok(findings)
    }

    /// Nothing can be said of no trial.
    pub fn some_ended_well(
        &self,
        experiment: &Experiment<'_>,
        findings: &Findings,
    ) -> Result<(), Failure> {
        let arms = experiment.arms().iter().zip(&findings.arms).zip(&self.manifest.arms);
        for ((setup, tally), arm) in arms {
            some_ended_well(tally, |trial| replay(&arm.file, setup, trial))?;
        }
        Ok(())
    }

    /// What can be said without running anything.
    pub fn described(&self, experiment: &Experiment<'_>, command: &[String]) -> Manifest {
        let (trials, charts) = (self.manifest.trials, self.manifest.charts);
        let invocations = self.invocations(command);
        if self.manifest.kind == RUN {
            return describe(experiment.arms()[0], trials, charts, &invocations[0]);
        }
        describe_comparison(experiment, trials, charts, &invocations, &self.names)
    }

    /// The tables, charts and report of what was found, and the manifest that describes them.
    pub fn made(
        &self,
        experiment: &Experiment<'_>,
        findings: &Findings,
        command: &[String],
    ) -> Result<Made, Failure> {
        let charts = self.manifest.charts;
        let invocations = self.invocations(command);
        let base = experiment.arms()[0];
        if self.manifest.kind == RUN {
            let results = Results::of(base, findings);
            let made = || Made::of_run(base, &findings.arms[0], &results, &invocations[0], charts);
            return Ok(on_threads(self.threads, made)??);
        }
        let all = (experiment, findings);
        let comparison = Comparison::new(experiment, &self.names, findings);
        let made = || Made::of_comparison(all, &comparison, &invocations, &self.names, charts);
        Ok(on_threads(self.threads, made)??)
    }

    fn invocations<'a>(&'a self, command: &'a [String]) -> Vec<Invocation<'a>> {
        let arms = self.manifest.arms.iter().zip(&self.loaded);
        let invocation =
            |(arm, loaded): (&'a crate::output::manifest::Arm, &'a Loaded)| Invocation {
                file: &arm.file,
                sources: &loaded.sources,
                command,
                stopping: self.manifest.stopping.clone(),
            };
        arms.map(invocation).collect()
    }
}

fn wrong_manifest(why: &str) -> Failure {
    Failure::NoResult(format!("wrong manifest: {}", plain(why)))
}
