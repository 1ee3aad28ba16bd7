//! What a scenario answers by itself: trials of its script, the start and the events, with every process
//! still.

use crate::engine::trial::Simulator;
use crate::scenario::setup::Setup;

/// How many trials of a script are run: events that come at random may not come in the first.
pub const TRIALS: u32 = 64;

/// For each outcome, the share of trials of the script with the answer yes, less that of the same trials
/// without its events: 1 if the events always make it yes, -1 if they always make it no, 0 for outcomes that
/// ask for a number. What holds from the start on is not the events' doing, nor is what processes would make
/// of it.
pub fn written(setup: &Setup) -> Vec<f64> {
    let mut changed = vec![0_i32; setup.outcomes.len()];
    if setup.frame.events.is_empty() || setup.outcomes.iter().all(|o| o.question.is_measure()) {
        return vec![0.0; changed.len()];
    }
    let ended =
        pairs([Simulator::of_start(setup), Simulator::of_script(setup)], |start, script| {
            let answers = start.record().answers.iter().zip(&script.record().answers);
            for ((changed, outcome), (before, after)) in
                changed.iter_mut().zip(&setup.outcomes).zip(answers)
            {
                if !outcome.question.is_measure() {
                    *changed += i32::from(after.yes) - i32::from(before.yes);
                }
            }
        });
    changed.iter().map(|&changed| f64::from(changed) / f64::from(ended.max(1))).collect()
}

/// Which of these outcomes the scripts of two setups answer differently in any trial. An answer of yes or no
/// differs there because one of the two writes down what is asked for, so that it says nothing of what
/// follows.
pub fn settled(setups: [&Setup; 2], outcomes: &[(usize, usize)]) -> Vec<bool> {
    let mut settled = vec![false; outcomes.len()];
    pairs(setups.map(Simulator::of_script), |ours, theirs| {
        for (settled, &(one, two)) in settled.iter_mut().zip(outcomes) {
            let yes = |simulator: &Simulator<'_>, n: usize| simulator.record().answers[n].yes;
            let measure = setups[0].outcomes[one].question.is_measure();
            *settled |= !measure && yes(ours, one) != yes(theirs, two);
        }
    });
    settled
}

/// Runs two simulators trial by trial and looks at those pairs that end well; how many do.
fn pairs(
    [mut one, mut other]: [Simulator<'_>; 2],
    mut look: impl FnMut(&Simulator<'_>, &Simulator<'_>),
) -> u32 {
    let mut ended = 0;
    for trial in 0..TRIALS {
        if one.run(trial).is_ok() && other.run(trial).is_ok() {
            look(&one, &other);
            ended += 1;
        }
    }
    ended
}
