//! Whether a run of this scenario fits into memory: what every thread keeps does not grow with the
//! trials, but with states, dyads and dates.

use crate::scenario::document::Document;
use crate::scenario::problem::Problems;
use crate::scenario::setup::{ALIGNMENT_BINS, CAPABILITY_BINS, ISOLATION_BINS};

/// The most a thread may need for its tally (bytes).
const MOST: usize = 1 << 30;

/// Bytes of a counter, and of the moments and the recorded value of a series at a date.
const COUNTER: usize = 4;
const MOMENTS: usize = 48 + 8;

/// Bytes of the tally of something that can happen, without its dates.
const CHANNEL: usize = 48;

/// On how many dates relations between states are counted at most, and the bytes of a dyad at one.
const NETWORK_DATES: usize = 14;
const RELATIONS: usize = 12 * COUNTER + 2;

/// Kinds of things that processes do, and the bytes of one at a date.
const KINDS: usize = 36;
const FREQUENCY: usize = 32 + COUNTER;

/// Notes a scenario whose tally would need more than [`MOST`] bytes a thread.
pub fn check(document: &Document, summary_dyads: usize, problems: &mut Problems) {
    let Some(run) = &document.run else { return };
    let dates = run.calendar.dates().len();
    let days = usize::try_from(run.calendar.day(run.calendar.end())).unwrap_or(0) + 1;
    let states = document.states.len();
    let dyads = states * states.saturating_sub(1) / 2;
    let scores = states * ((ISOLATION_BINS + CAPABILITY_BINS) * COUNTER + 2 * MOMENTS);
    let alignment = summary_dyads * (ALIGNMENT_BINS * COUNTER + MOMENTS);
    // What is likely to happen in some trial has its dates counted; whatever can happen is counted.
    let likely = 6 * dyads + 2 * document.treaties.len() + document.events.len();
    let open = document.treaties.iter().filter(|t| t.body.as_ref().is_some_and(|b| b.open)).count();
    let possible = (10 + 60) * dyads + 2 * open * states;
    let series = dates * (scores + alignment + likely * COUNTER) + possible * CHANNEL;
    let network = dyads * dates.min(NETWORK_DATES) * RELATIONS;
    let timeline = dates * (document.events.len() + KINDS) * FREQUENCY;
    let bytes = series + network + timeline + document.outcomes.len() * days * COUNTER;
    if bytes > MOST {
        let rule = format!("the statistics of a run need at most {} MiB a thread", MOST >> 20);
        let found = format!(
            "{} MiB for {states} states, {summary_dyads} summary dyads and {dates} step dates",
            bytes >> 20
        );
        let cure = "list the dyads you need in `[summary] dyads`, or take longer steps";
        problems.add_with_cure(run.end.clone(), rule, found, cure);
    }
}
