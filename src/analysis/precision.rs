//! Precision on request: trials until some intervals are narrow enough.
//!
//! A rule is looked at after numbers of trials that are known beforehand, all of them whole blocks but
//! for the last. So where a run ends follows from scenario, seed and rule, and from nothing else. What
//! looking does to the coverage of the intervals is in docs/precision.md and tests/precision.rs.

use serde::Serialize;

use crate::analysis::comparison::paired::Pairs;
use crate::analysis::interval::{Z, wilson};
use crate::analysis::rounded;
use crate::engine::digest::BLOCK;
use crate::engine::ensemble::{self, EnsembleError, Plan};
use crate::engine::experiment::{Experiment, Findings};
use crate::engine::tally::{OutcomePairs, Tally};
use crate::scenario::setup::Setup;
use crate::scenario::stopping::{Clause, Stopping, Width};

/// By which part of the trials so far a look lies behind the one before: an eighth. Looking more often
/// ends runs hardly sooner, and each look is another chance to stop at a lucky moment.
const PART: u64 = 8;

/// The numbers of trials after which a rule is looked at: from `min` on, at most `max`.
pub fn looks(min: u64, max: u64) -> impl Iterator<Item = u64> {
    let whole = move |trials: u64| trials.div_ceil(BLOCK).saturating_mul(BLOCK).min(max);
    let next = move |&at: &u64| (at < max).then(|| whole(at + at.div_ceil(PART)));
    std::iter::successors(Some(whole(min)), next)
}

/// Goes from look to look until the rule is met: the looks made, and whether it was. `met` is told how
/// many trials there are to be, and says whether the rule is met then.
///
/// # Errors
/// Those of `met`.
pub fn sequence<E>(
    looks: impl Iterator<Item = u64>,
    mut met: impl FnMut(u64) -> Result<bool, E>,
) -> Result<(Vec<u64>, bool), E> {
    let mut made = Vec::new();
    for trials in looks {
        made.push(trials);
        if met(trials)? {
            return Ok((made, true));
        }
    }
    Ok((made, false))
}

/// What is known of an outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Estimate {
    /// Of a probability: trials that ended well, and those of them that say yes.
    Share {
        /// Those that say yes.
        yes: u64,
        /// All.
        n: u64,
    },
    /// Of the mean of a measure, over trials that gave a number.
    Mean {
        /// How many.
        n: u64,
        /// Their mean.
        mean: f64,
        /// Their standard deviation.
        sd: f64,
    },
    /// Of the difference of two probabilities, over pairs of trials.
    Difference(Pairs),
}

impl Estimate {
    /// Of the outcome of this number.
    pub fn of(setup: &Setup, tally: &Tally, outcome: usize) -> Self {
        let count = &tally.outcomes[outcome];
        if setup.outcomes[outcome].question.is_measure() {
            let measure = &count.measure;
            Self::Mean { n: measure.n, mean: measure.mean(), sd: measure.sd() }
        } else {
            Self::Share { yes: count.yes, n: tally.trials }
        }
    }

    /// Of the difference in an outcome, from its pairs.
    fn of_pairs(is_measure: bool, pairs: &OutcomePairs, n: u64) -> Self {
        let OutcomePairs { both, base_only, other_only, differences, .. } = pairs;
        if is_measure {
            let (mean, sd) = (differences.mean(), differences.sd());
            return Self::Mean { n: differences.n, mean, sd };
        }
        let [both, base_only, other_only] = [*both, *base_only, *other_only];
        Self::Difference(Pairs { n, both, base_only, other_only })
    }

    /// The width of the 95 % interval; `None` if there is none yet.
    pub fn width(self, width: Width) -> Option<f64> {
        let (absolute, estimate) = match self {
            Self::Share { yes, n } => {
                let (low, high) = wilson(yes, n);
                (high - low, yes as f64 / n.max(1) as f64)
            }
            Self::Mean { n, .. } if n < 2 => return None,
            Self::Difference(Pairs { n: 0, .. }) => return None,
            Self::Difference(pairs) => {
                let (low, high) = pairs.difference_interval(Z);
                (high - low, pairs.difference().abs())
            }
            Self::Mean { n, mean, sd } => (2.0 * Z * sd / (n as f64).sqrt(), mean.abs()),
        };
        match width {
            Width::Absolute => Some(absolute),
            Width::Relative => (estimate > 0.0).then(|| absolute / estimate),
        }
    }

    /// Whether a width lies below a number. A measure that has been the same in every trial so far says
    /// nothing of how far others may lie, so its width of 0 is no precision.
    pub fn meets(self, width: Width, below: f64) -> bool {
        let varies = !matches!(self, Self::Mean { sd, .. } if sd == 0.0);
        varies && self.width(width).is_some_and(|width| width < below)
    }
}

/// What is known of an outcome: of the outcome itself in a run, of the difference in it from the base
/// in each scenario of a comparison that has it.
fn estimates(experiment: &Experiment<'_>, findings: &Findings, outcome: usize) -> Vec<Estimate> {
    let base = experiment.arms()[0];
    if experiment.pairings().is_empty() {
        return vec![Estimate::of(base, &findings.arms[0], outcome)];
    }
    let is_measure = base.outcomes[outcome].question.is_measure();
    let contrasts = experiment.pairings().iter().zip(&findings.contrasts);
    contrasts
        .filter_map(|(pairing, contrast)| {
            let place = pairing.outcomes.iter().position(|&(ours, _)| ours == outcome)?;
            Some(Estimate::of_pairs(is_measure, &contrast.outcomes[place], contrast.pairs))
        })
        .collect()
}

/// The outcome of a rule that none of the scenarios compared with the base has, if there is one: the
/// rule could never be met.
pub fn lacking<'r>(experiment: &Experiment<'_>, stopping: &'r Stopping) -> Option<&'r str> {
    let pairings = experiment.pairings();
    let has = |clause: &&Clause| {
        let mut ours = pairings.iter().flat_map(|pairing| &pairing.outcomes);
        pairings.is_empty() || ours.any(|&(ours, _)| ours == clause.outcome)
    };
    stopping.clauses.iter().find(|clause| !has(clause)).map(|clause| clause.name.as_str())
}

/// The widest interval; `None` if one is not known.
fn widest(estimates: &[Estimate], width: Width) -> Option<f64> {
    let widths: Option<Vec<f64>> = estimates.iter().map(|e| e.width(width)).collect();
    widths?.into_iter().reduce(f64::max)
}

/// How a run with a rule ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stopped {
    /// The rule as written.
    pub rule: String,
    /// From how many trials on it was looked at.
    pub min: u64,
    /// The most trials.
    pub max: u64,
    /// The numbers of trials after which it was looked at.
    pub looks: Vec<u64>,
    /// What became of each clause.
    pub clauses: Vec<Achieved>,
    /// Why the run ended.
    pub reason: Reason,
}

/// What became of a clause.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Achieved {
    /// The width, as a rule has it.
    pub clause: String,
    /// The outcome.
    pub outcome: String,
    /// What it had to lie below.
    pub below: f64,
    /// What it is; `None` if there is none.
    pub width: Option<f64>,
    /// Whether that is enough.
    pub met: bool,
}

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Reason {
    /// The rule was met.
    #[serde(rename = "rule met")]
    Met,
    /// There were no more trials to be had.
    #[serde(rename = "most trials reached")]
    Most,
}

/// Runs the trials of an experiment that are still missing until the rule is met, at most
/// `plan.trials`: by a run, or by every difference of a comparison.
///
/// # Errors
/// As [`ensemble::extend`].
pub fn extend(
    experiment: &Experiment<'_>,
    findings: &mut Findings,
    stopping: &Stopping,
    plan: Plan,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Stopped, EnsembleError> {
    extend_by(experiment, findings, (stopping, plan.trials), |findings, trials| {
        ensemble::extend(experiment, findings, Plan { trials, ..plan }, progress)
    })
}

/// The same, with at most `max` trials, where `extend` runs those that are missing to a number of
/// trials. What has been found so far may lie behind some looks only if this rule was not met then.
///
/// # Errors
/// Those of `extend`.
pub fn extend_by<E>(
    experiment: &Experiment<'_>,
    findings: &mut Findings,
    (stopping, max): (&Stopping, u64),
    mut extend: impl FnMut(&mut Findings, u64) -> Result<(), E>,
) -> Result<Stopped, E> {
    let meets = |findings: &Findings, clause: &Clause| {
        let known = estimates(experiment, findings, clause.outcome);
        !known.is_empty() && known.iter().all(|known| known.meets(clause.width, clause.below))
    };
    let (looks, met) = sequence(looks(stopping.min, max), |trials| {
        if trials < findings.trials {
            return Ok(false);
        }
        extend(findings, trials)?;
        Ok(stopping.clauses.iter().all(|clause| meets(findings, clause)))
    })?;
    let achieved = |clause: &Clause| {
        let known = estimates(experiment, findings, clause.outcome);
        Achieved {
            clause: clause.shown(),
            outcome: clause.name.clone(),
            below: clause.below,
            width: widest(&known, clause.width).map(rounded),
            met: meets(findings, clause),
        }
    };
    Ok(Stopped {
        rule: stopping.rule.clone(),
        min: stopping.min,
        max,
        looks,
        clauses: stopping.clauses.iter().map(achieved).collect(),
        reason: if met { Reason::Met } else { Reason::Most },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_whole_blocks_that_end_at_the_most() {
        let made: Vec<_> = looks(1_024, 2_000).collect();
        assert_eq!(made, [1_024, 1_152, 1_344, 1_536, 1_728, 1_984, 2_000]);
        assert_eq!(looks(1, 100).collect::<Vec<_>>(), [64, 100]);
        assert_eq!(looks(1_024, 500).collect::<Vec<_>>(), [500]);
        assert_eq!(looks(64, 64).collect::<Vec<_>>(), [64]);
        assert_eq!(looks(1_000_000_000, 1_000_000_000).count(), 1);
        assert!(looks(1, 1_000_000_000).count() < 150);
    }

    #[test]
    fn widths_are_those_of_the_tables() {
        let share = Estimate::Share { yes: 15, n: 148 };
        let (low, high) = wilson(15, 148);
        assert_eq!(share.width(Width::Absolute), Some(high - low));
        assert_eq!(share.width(Width::Relative), Some((high - low) / (15.0 / 148.0)));
        let mean = Estimate::Mean { n: 400, mean: -2.0, sd: 10.0 };
        assert!((mean.width(Width::Absolute).unwrap() - 2.0 * 1.96 * 0.5).abs() < 1e-4);
        assert!((mean.width(Width::Relative).unwrap() - 1.96 * 0.5).abs() < 1e-4);
    }

    #[test]
    fn what_says_nothing_yet_meets_no_rule() {
        let none = Estimate::Share { yes: 0, n: 0 };
        assert!(!none.meets(Width::Absolute, 0.99) && !none.meets(Width::Relative, 1e9));
        let never = Estimate::Share { yes: 0, n: 10_000 };
        assert!(never.meets(Width::Absolute, 0.01) && !never.meets(Width::Relative, 1e9));
        let one = Estimate::Mean { n: 1, mean: 3.0, sd: 0.0 };
        let same = Estimate::Mean { n: 1_000, mean: 3.0, sd: 0.0 };
        assert!(!one.meets(Width::Absolute, 1.0) && !same.meets(Width::Absolute, 1.0));
        assert_eq!(same.width(Width::Absolute), Some(0.0));
        let nil = Estimate::Mean { n: 1_000, mean: 0.0, sd: 1.0 };
        assert!(nil.meets(Width::Absolute, 1.0) && !nil.meets(Width::Relative, 1e9));
    }
}
