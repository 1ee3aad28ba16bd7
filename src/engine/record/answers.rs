//! What a trial answers to the outcomes of a scenario.

use crate::model::expression::{Facts, Moments};
use crate::model::world::World;
use crate::scenario::setup::{Fold, Outcome, Question, Score, Stage, Test, When};

/// The answer of one trial to one outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// Yes or no.
    pub yes: bool,
    /// The day on which the answer first became yes, where the outcome asks whether it ever does.
    pub first_day: Option<i32>,
    /// The number, where the outcome asks for one; no number (NaN) if there is none.
    pub value: f64,
    /// Over how many step dates the number was gathered.
    dates: u32,
}

impl Default for Answer {
    fn default() -> Self {
        Self { yes: false, first_day: None, value: f64::NAN, dates: 0 }
    }
}

impl Answer {
    fn yes_since(&mut self, day: i32) {
        if !self.yes {
            (self.yes, self.first_day) = (true, Some(day));
        }
    }
}

/// Answers what can be answered as the world stands. Called at the start, after every firing (for what
/// may have changed) and on every step date, in order of days: the last call up to the asked day is the answer.
pub fn look(outcomes: &[Outcome], answers: &mut [Answer], facts: &Facts<'_>, now: Moments) {
    let day = facts.day;
    for (outcome, answer) in outcomes.iter().zip(answers) {
        match &outcome.question {
            Question::Treaty { obligation, stage, dyad, when } if now >= Moments::Changes => {
                let (i, j) = facts.frame.dyads.pair(*dyad);
                let treaties = &facts.world.treaties;
                let bound = match stage {
                    Stage::Signed => treaties.pledged(i, j, *obligation),
                    Stage::InForce => treaties.bound(i, j, *obligation),
                };
                match *when {
                    When::At(at) if day <= at => answer.yes = bound,
                    When::By(by) if day <= by && bound => answer.yes_since(day),
                    _ => {}
                }
            }
            Question::Score { score, day: at, test } => {
                if now == Moments::StepDates && day == *at {
                    answer.yes = passes(*test, value(*score, facts.world));
                }
            }
            Question::Ever { truth, moments, from, until } => {
                let asked = *moments <= now && (*from..=*until).contains(&day) && !answer.yes;
                if asked && truth.holds(facts) {
                    answer.yes_since(day);
                }
            }
            Question::Holds { truth, moments, at } => {
                if *moments <= now && day <= *at {
                    answer.yes = truth.holds(facts);
                }
            }
            Question::Number { number, moments, fold: Fold::At(at), .. } => {
                if *moments <= now && day <= *at {
                    answer.value = number.value(facts);
                }
            }
            Question::Treaty { .. } | Question::Number { .. } => {}
        }
    }
}

/// Gathers numbers over step dates.
pub fn gather(outcomes: &[Outcome], answers: &mut [Answer], facts: &Facts<'_>) {
    for (outcome, answer) in outcomes.iter().zip(answers) {
        let Question::Number { number, fold, .. } = &outcome.question else { continue };
        let Fold::Over { how, from, until } = fold else { continue };
        if !(*from..=*until).contains(&facts.day) {
            continue;
        }
        let value = number.value(facts);
        // As over states, dates on which there is no number are left out.
        if value.is_nan() {
            continue;
        }
        answer.value = if answer.dates == 0 { value } else { how.join(answer.value, value) };
        answer.dates += 1;
    }
}

/// Ends a trial: means are taken, and numbers put to their test.
pub fn settle(outcomes: &[Outcome], answers: &mut [Answer]) {
    for (outcome, answer) in outcomes.iter().zip(answers) {
        let Question::Number { fold, test, .. } = &outcome.question else { continue };
        if let Fold::Over { how, .. } = fold {
            answer.value = how.finish(answer.value, answer.dates);
        }
        if let Some(test) = test {
            answer.yes = passes(*test, answer.value);
        }
    }
}

fn value(score: Score, world: &World) -> f64 {
    match score {
        Score::Isolation(state) => world.isolation[state.index()],
        Score::Alignment(dyad) => world.alignment[dyad.index()],
    }
}

fn passes(test: Test, value: f64) -> bool {
    match test {
        Test::Above(limit) => value > limit,
        Test::Below(limit) => value < limit,
    }
}
