//! `[run]`: when, how finely, how often.

use jiff::civil::Date;
use toml::Spanned;

use crate::scenario::calendar::{Calendar, MAX_STEPS, StepLength};
use crate::scenario::document::trials::{self, Trials};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::Entry;

/// The most trials a run may have: the sums behind the means stay exact up to here.
pub const MAX_TRIALS: u64 = 1_000_000_000;

/// What `[run]` says.
#[derive(Clone, Debug)]
pub struct Run {
    /// The step dates.
    pub calendar: Calendar,
    /// How many trials, or until when.
    pub trials: Trials,
    /// Key of the random streams.
    pub seed: u64,
    /// The end as written; the last step may end before it.
    pub written_end: Date,
    /// Where the end stands.
    pub end: std::ops::Range<usize>,
}

/// Reads `[run]`.
pub fn read(file: &mut Entry<'_>, problems: &mut Problems) -> Option<Run> {
    if file.raw("run").is_none() {
        let rule = "the scenario needs a table `[run]` with `start` and `end`";
        file.lack(&["run"], Problem::new(0..0, rule, "it has none"));
    }
    let mut entry = file.table("run", problems)?;
    let start = entry.need::<Date>("start", problems);
    let end = entry.need::<Date>("end", problems);
    let step = step(&mut entry, problems);
    let trials = trials::read(&mut entry, problems);
    let seed = entry.get::<u64>("seed", problems).map_or(0, Spanned::into_inner);
    entry.end(problems);

    let (start, end, step) = (start?, end?, step?);
    let calendar = Calendar::new(*start.get_ref(), *end.get_ref(), step);
    if calendar.dates().len() < 2 {
        let rule = "`run.end` must lie at least one step after `run.start`";
        problems.add(end.span(), rule, format!("the run starts on {}", start.get_ref()));
        return None;
    }
    if calendar.dates().len() > MAX_STEPS {
        let rule = format!("a run has fewer than {MAX_STEPS} steps");
        let found = "too far from `run.start` for this step";
        problems.add_with_cure(end.span(), rule, found, "choose a longer `run.step`");
        return None;
    }
    Some(Run { calendar, trials, seed, written_end: *end.get_ref(), end: end.span() })
}

fn step(entry: &mut Entry<'_>, problems: &mut Problems) -> Option<StepLength> {
    if !entry.has("step") {
        entry.raw("step");
        return Some(StepLength::Month);
    }
    entry.choice("step", "step", &StepLength::NAMES, problems)
}
