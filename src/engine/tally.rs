//! Exact, mergeable statistics of many trials.
//!
//! Everything kept is an integer: histogram counts, fixed-point sums, least and greatest values.
//! Integer addition has no rounding, so the tally of an ensemble does not depend on how its trials
//! were dealt out to threads, blocks or machines, nor on the order of merging.

use serde::{Deserialize, Serialize};

use crate::engine::metric;
use crate::engine::record::Record;
use crate::engine::record::occurrences::Lines;
use crate::scenario::setup::Setup;

mod cascades;
mod contrast;
mod dates;
mod exact_days;
mod measure;
mod network;
mod partings;
mod scale;
mod series;
mod split;
mod story_lines;
mod timeline;
mod waiting;

pub use cascades::{Cascades, Entered};
pub use contrast::{Contrast, Counts, OutcomePairs};
pub use dates::FirstDates;
pub use exact_days::ExactDays;
pub use measure::MeasureTally;
pub use network::Network;
pub use partings::{Cause, Level, Parting, Partings, Side, parting};
pub use scale::{Measure, Scale};
pub use series::{Cell, SeriesTally};
pub use split::{Group, Split, Sums};
pub use story_lines::{Days, Order, StoryLine, StoryLines};
pub use timeline::{Frequency, Timeline};
pub use waiting::Waiting;

/// A trial that did not end well.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Failure {
    /// Its number.
    pub trial: u32,
    /// Why, in words.
    pub reason: String,
}

/// How many failures are kept with their reasons; all are counted.
const FAILURES_KEPT: usize = 100;

/// Statistics of a channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChannelTally {
    /// How often it fired, over all trials.
    pub fired: u64,
    /// When it fired first, by step date.
    pub first: FirstDates,
}

/// Statistics of an outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutcomeTally {
    /// In how many trials the answer is yes.
    pub yes: u64,
    /// When the answer first became yes, by day, for outcomes that ask whether it ever does.
    pub first: FirstDates,
    /// The number, for outcomes that ask for one.
    pub measure: MeasureTally,
}

/// Statistics of an ensemble.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// How many trials ended well; every other number is about these.
    pub trials: u64,
    /// How many did not.
    pub failed: u64,
    /// The failures with the lowest trial numbers.
    pub failures: Vec<Failure>,
    /// Every series ([`metric::series`]).
    pub series: SeriesTally,
    /// Every channel of every process.
    pub channels: Vec<ChannelTally>,
    /// Every outcome.
    pub outcomes: Vec<OutcomeTally>,
    /// Relations between states on a few dates.
    pub network: Network,
    /// How often things happened, step by step.
    pub timeline: Timeline,
    /// Who entered whose war.
    pub cascades: Cascades,
    /// In which order chosen outcomes came.
    pub story_lines: StoryLines,
    /// Every day of the run, the grid of the outcomes' first dates.
    every_day: Vec<i32>,
}

impl Tally {
    /// An empty tally for `setup`.
    pub fn new(setup: &Setup) -> Self {
        let days = &setup.frame.timeline.days;
        let every_day: Vec<i32> = (0..=days[days.len() - 1]).collect();
        let Lines { lines, of_channels } = Lines::new(setup);
        let channel = ChannelTally { fired: 0, first: FirstDates::new() };
        let outcome =
            OutcomeTally { yes: 0, first: FirstDates::new(), measure: MeasureTally::default() };
        Self {
            trials: 0,
            failed: 0,
            failures: Vec::new(),
            series: SeriesTally::new(metric::scales(setup), days.len()),
            channels: vec![channel; of_channels.len()],
            outcomes: vec![outcome; setup.outcomes.len()],
            network: Network::new(setup),
            timeline: Timeline::new(lines.len() * days.len()),
            cascades: Cascades::default(),
            story_lines: StoryLines::default(),
            every_day,
        }
    }

    /// Adds a trial that ended well.
    pub fn add(&mut self, setup: &Setup, trial: u32, record: &Record) {
        self.series.add(&record.values);
        self.add_rest(setup, trial, record);
    }

    /// Adds all of a trial that ended well but its scores, which are waiting.
    pub fn add_rest(&mut self, setup: &Setup, trial: u32, record: &Record) {
        let days = &setup.frame.timeline.days;
        self.trials += 1;
        self.network.add(&record.relations);
        self.timeline.add(&record.occurrences);
        self.cascades.add(&record.entries);
        self.story_lines.add(&setup.story_lines, trial, &record.answers);
        let fired = record.counts.iter().zip(&record.first_day);
        for (channel, (&count, &day)) in self.channels.iter_mut().zip(fired) {
            if count > 0 {
                channel.fired += u64::from(count);
                channel.first.add(day, days);
            }
        }
        let asked = setup.outcomes.iter().zip(&record.answers);
        for (outcome, (asked, answer)) in self.outcomes.iter_mut().zip(asked) {
            if asked.question.is_measure() {
                outcome.measure.add(answer.value);
            }
            outcome.yes += u64::from(answer.yes);
            if let Some(day) = answer.first_day {
                outcome.first.add(day, &self.every_day);
            }
        }
    }

    /// The grid of the outcomes' first dates: every day of the run.
    pub fn every_day(&self) -> &[i32] {
        &self.every_day
    }

    /// Adds a trial that failed.
    pub fn add_failure(&mut self, failure: Failure) {
        self.failed += 1;
        self.keep(vec![failure]);
    }

    fn keep(&mut self, failures: Vec<Failure>) {
        self.failures.extend(failures);
        self.failures.sort();
        self.failures.truncate(FAILURES_KEPT);
    }

    /// Adds all trials of another tally of the same setup.
    pub fn merge(&mut self, other: Self) {
        self.trials += other.trials;
        self.failed += other.failed;
        self.keep(other.failures);
        self.series.merge(&other.series);
        self.network.merge(&other.network);
        self.timeline.merge(&other.timeline);
        self.cascades.merge(other.cascades);
        self.story_lines.merge(other.story_lines);
        for (mine, theirs) in self.channels.iter_mut().zip(&other.channels) {
            mine.fired += theirs.fired;
            mine.first.merge(&theirs.first);
        }
        for (mine, theirs) in self.outcomes.iter_mut().zip(&other.outcomes) {
            mine.yes += theirs.yes;
            mine.measure.merge(&theirs.measure);
            mine.first.merge(&theirs.first);
        }
    }
}
