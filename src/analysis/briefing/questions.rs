//! What is asked of every trial.

use super::events::flat;
use super::{day, entry, figure};
use crate::analysis::story::phrases::names;
use crate::scenario::names::readable;
use crate::scenario::prose::wrapped;
use crate::scenario::setup::{Fold, How, Outcome, Question, Score, Setup, Stage, Test, When};

/// The outcomes, in the order of the scenario.
pub fn text(setup: &Setup) -> String {
    let told = setup.outcomes.iter().map(|outcome| {
        // One that follows from the name says nothing that it does not.
        let title = if [&readable(&outcome.name), &outcome.name].contains(&&outcome.title) {
            String::new()
        } else {
            super::sentence(&outcome.title)
        };
        entry(&outcome.name, &[title, asked(setup, outcome)], &[])
    });
    told.collect::<String>() + &order(setup)
}

/// What story lines are made of.
fn order(setup: &Setup) -> String {
    let names: Vec<_> = setup.story_lines.iter().map(|&n| setup.outcomes[n].name.clone()).collect();
    if names.is_empty() {
        return String::new();
    }
    let said = format!("Story lines tell in which order these come about: {}.", names.join(", "));
    wrapped("  ", &said)
}

fn asked(setup: &Setup, outcome: &Outcome) -> String {
    let expression = flat(outcome.written.as_deref().unwrap_or_default());
    match &outcome.question {
        Question::Treaty { obligation, stage, dyad, when } => {
            let (i, j) = setup.frame.dyads.pair(*dyad);
            let stage = match stage {
                Stage::Signed => "signed or in force",
                Stage::InForce => "in force",
            };
            let when = match when {
                When::At(at) => format!("at the end of {}", day(setup, *at)),
                When::By(by) => span(setup, 0, *by),
            };
            let who = names(&setup.frame, &[i, j]);
            format!("Does a treaty, {stage}, bind {who} to {} {when}?", obligation.name())
        }
        Question::Score { score, day: on, test } => {
            format!("Does {} lie {} on {}?", of(setup, *score), limit(*test), day(setup, *on))
        }
        Question::Ever { from, until, .. } => {
            format!("Does this hold {}, and when first: {expression}?", span(setup, *from, *until))
        }
        Question::Holds { at, .. } => {
            format!("Does this hold at the end of {}: {expression}?", day(setup, *at))
        }
        Question::Number { fold, test, .. } => {
            let what = folded(setup, *fold);
            match test {
                Some(test) => format!("Does {what} lie {}: {expression}?", limit(*test)),
                None => format!("What is {what}: {expression}?"),
            }
        }
    }
}

fn of(setup: &Setup, score: Score) -> String {
    match score {
        Score::Isolation(state) => format!("the isolation of {}", names(&setup.frame, &[state])),
        Score::Alignment(dyad) => {
            let (i, j) = setup.frame.dyads.pair(dyad);
            format!("the alignment of {}", names(&setup.frame, &[i, j]))
        }
    }
}

/// Which value of an expression.
fn folded(setup: &Setup, fold: Fold) -> String {
    match fold {
        Fold::At(at) => format!("the value at the end of {}", day(setup, at)),
        Fold::Over { how, from, until } => {
            let how = match how {
                How::Maximum => "greatest",
                How::Minimum => "least",
                How::Mean => "mean",
            };
            format!("the {how} value on step dates {}", span(setup, from, until))
        }
    }
}

/// A span of days in words.
fn span(setup: &Setup, from: i32, until: i32) -> String {
    let last = setup.calendar.day(setup.calendar.end());
    match (from <= 0, until >= last) {
        (true, true) => "at any time in the run".to_owned(),
        (true, false) => format!("up to {}", day(setup, until)),
        (false, true) => format!("from {} on", day(setup, from)),
        (false, false) => format!("from {} to {}", day(setup, from), day(setup, until)),
    }
}

fn limit(test: Test) -> String {
    match test {
        Test::Above(value) => format!("above {}", figure(value)),
        Test::Below(value) => format!("below {}", figure(value)),
    }
}
