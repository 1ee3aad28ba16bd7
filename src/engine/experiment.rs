//! What is run together, trial by trial: one scenario, or a base and what it is compared with.

use serde::{Deserialize, Serialize};

use crate::engine::digest::{Blocks, Fingerprint};
use crate::engine::pairing::{Pairing, Unpaired};
use crate::engine::tally::{Contrast, Failure, Split, Tally, Waiting};
use crate::engine::trial::Simulator;
use crate::scenario::setup::Setup;

/// What is run together.
pub struct Experiment<'s> {
    /// The base, then what it is compared with.
    arms: Vec<&'s Setup>,
    /// What each of the others has in common with the base.
    pairings: Vec<Pairing>,
    /// Whether some trials have echoes.
    echoes: bool,
}

impl<'s> Experiment<'s> {
    /// One scenario alone. If it has uncertain numbers, every fourth trial has an echo.
    pub fn of(setup: &'s Setup) -> Self {
        let echoes = !setup.uncertainty.numbers.is_empty();
        Self { arms: vec![setup], pairings: Vec::new(), echoes }
    }

    /// A base and what it is compared with: trials of the same number are pairs.
    ///
    /// # Errors
    /// If they do not run over the same step dates.
    pub fn comparison(base: &'s Setup, others: &[&'s Setup]) -> Result<Self, Unpaired> {
        let pairings =
            others.iter().map(|other| Pairing::new(base, other)).collect::<Result<_, _>>()?;
        let arms = std::iter::once(base).chain(others.iter().copied()).collect();
        Ok(Self { arms, pairings, echoes: false })
    }

    /// The base, then what it is compared with.
    pub fn arms(&self) -> &[&'s Setup] {
        &self.arms
    }

    /// What each of the others has in common with the base.
    pub fn pairings(&self) -> &[Pairing] {
        &self.pairings
    }
}

/// Everything that is kept of an experiment. Like tallies, the same in whatever order it is merged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// How many trials there have been; the next one has this number.
    pub trials: u64,
    /// The statistics of each arm.
    pub arms: Vec<Tally>,
    /// The paired differences of each arm but the first from that.
    pub contrasts: Vec<Contrast>,
    /// What the uncertain numbers explain, if there are any.
    pub split: Option<Split>,
    /// A fingerprint of every block.
    pub blocks: Blocks,
}

impl Findings {
    /// Nothing yet.
    pub fn new(experiment: &Experiment<'_>) -> Self {
        let base = experiment.arms[0];
        let contrast = |pairing| Contrast::new(base, pairing);
        Self {
            trials: 0,
            arms: experiment.arms.iter().map(|setup| Tally::new(setup)).collect(),
            contrasts: experiment.pairings.iter().map(contrast).collect(),
            split: experiment.echoes.then(|| Split::new(base)),
            blocks: Blocks::default(),
        }
    }

    /// Whether the scenario of a contrast and the base were the same in every trial, in all that both
    /// have: every score, everything that fires, every answer. Exact; not so of no trials.
    pub fn agree(&self, experiment: &Experiment<'_>, contrast: usize) -> bool {
        let (pairing, base) = (&experiment.pairings[contrast], experiment.arms[0]);
        let missing = |arm: usize, outcome: usize| self.arms[arm].outcomes[outcome].measure.missing;
        let contrasted = &self.contrasts[contrast];
        let mut outcomes = pairing.outcomes.iter().zip(&contrasted.outcomes);
        contrasted.is_nil()
            && outcomes.all(|(&(ours, theirs), pairs)| {
                // Pairs that lack a number lack it on both sides.
                let lacking = [missing(0, ours), missing(contrast + 1, theirs)];
                !base.outcomes[ours].question.is_measure()
                    || lacking == [pairs.differences.missing; 2]
            })
    }

    /// Adds what has been found in other trials.
    pub fn merge(&mut self, other: Self) {
        self.trials += other.trials;
        self.arms.iter_mut().zip(other.arms).for_each(|(mine, theirs)| mine.merge(theirs));
        self.contrasts
            .iter_mut()
            .zip(other.contrasts)
            .for_each(|(mine, theirs)| mine.merge(theirs));
        if let (Some(mine), Some(theirs)) = (&mut self.split, &other.split) {
            mine.merge(theirs);
        }
        self.blocks.merge(other.blocks);
    }

    /// The failed trial with the lowest number, and the arm it failed in, the first of them if there
    /// are several.
    pub fn first_failure(&self) -> Option<(usize, &Failure)> {
        let first = self.arms.iter().enumerate();
        let first = first.filter_map(|(arm, tally)| Some((arm, tally.failures.first()?)));
        first.min_by_key(|&(arm, failure)| (failure.trial, arm))
    }
}

/// One thread's part of an experiment: simulators with their buffers, and what they have found.
pub struct Worker<'e, 's> {
    experiment: &'e Experiment<'s>,
    simulators: Vec<Simulator<'s>>,
    /// Runs echoes, so that the record of the trial stays at hand.
    echo: Option<Simulator<'s>>,
    fingerprint: Fingerprint,
    findings: Findings,
    /// Scores of each arm that are not yet among the findings.
    waiting: Vec<Waiting>,
    /// Which arms ended the trial at hand well.
    well: Vec<bool>,
}

impl<'e, 's> Worker<'e, 's> {
    /// Allocates the buffers.
    pub fn new(experiment: &'e Experiment<'s>) -> Self {
        let paired = !experiment.pairings.is_empty();
        let simulator = |setup: &&'s Setup| {
            let mut simulator = Simulator::new(setup);
            if paired {
                simulator.keep_log();
            }
            simulator
        };
        Self {
            experiment,
            simulators: experiment.arms.iter().map(simulator).collect(),
            echo: experiment.echoes.then(|| Simulator::new(experiment.arms[0])),
            fingerprint: Fingerprint::default(),
            findings: Findings::new(experiment),
            waiting: experiment.arms.iter().map(|_| Waiting::default()).collect(),
            well: Vec::with_capacity(experiment.arms.len()),
        }
    }

    /// Runs the trials of a block. If it is to `give_up` before the last of them, what has been found
    /// is not of whole blocks and of no use any more: false.
    #[must_use]
    pub fn run_block(
        &mut self,
        block: u64,
        trials: std::ops::Range<u32>,
        give_up: &dyn Fn() -> bool,
    ) -> bool {
        for trial in trials {
            if give_up() {
                return false;
            }
            self.run_trial(trial);
        }
        for (waiting, tally) in self.waiting.iter_mut().zip(&mut self.findings.arms) {
            waiting.settle(&mut tally.series);
        }
        let whole = self.fingerprint.finish();
        self.findings.blocks.digests.insert(block, whole);
        true
    }

    fn run_trial(&mut self, trial: u32) {
        let Self { experiment, simulators, findings, fingerprint, waiting, well, .. } = self;
        findings.trials += 1;
        fingerprint.begin_trial(trial);
        well.clear();
        let arms = simulators.iter_mut().zip(&experiment.arms).zip(&mut findings.arms);
        for (((simulator, setup), tally), waiting) in arms.zip(waiting) {
            let ended = simulator.run(trial);
            well.push(ended.is_ok());
            match ended {
                Ok(()) => {
                    fingerprint.add(Ok(simulator.record()));
                    waiting.add(&simulator.record().values, &mut tally.series);
                    tally.add_rest(setup, trial, simulator.record());
                }
                Err(reason) => {
                    fingerprint.add(Err(&reason));
                    tally.add_failure(Failure { trial, reason });
                }
            }
        }
        let others = simulators[1..].iter().zip(&well[1..]).zip(&experiment.pairings);
        for (contrast, ((other, &ended), pairing)) in findings.contrasts.iter_mut().zip(others) {
            if well[0] && ended {
                let (base, other) = (simulators[0].record(), other.record());
                contrast.add((experiment.arms[0], pairing), trial, base, other);
            } else {
                contrast.add_failure();
            }
        }
        if well[0] {
            self.run_echo(trial);
        }
    }

    fn run_echo(&mut self, trial: u32) {
        let Self { experiment, simulators, echo, findings, fingerprint, .. } = self;
        let (Some(echo), Some(split)) = (echo, &mut findings.split) else { return };
        if !Split::wants(trial) {
            return;
        }
        match echo.run_echo(trial) {
            Ok(()) => {
                fingerprint.add(Ok(echo.record()));
                split.add(experiment.arms[0], trial, simulators[0].record(), echo.record());
            }
            Err(reason) => {
                fingerprint.add(Err(&reason));
                split.add_failure();
            }
        }
    }

    /// What has been found so far.
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// What has been found.
    pub fn into_findings(self) -> Findings {
        self.findings
    }
}
