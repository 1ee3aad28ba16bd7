//! How often things happen in each step of a trial: every event of the scenario, and every kind of
//! thing that processes do.

use crate::model::process::Channel;
use crate::model::processes::events;
use crate::scenario::setup::Setup;

/// What is counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What happens.
    pub kind: &'static str,
    /// The event; empty for all of a kind together.
    pub subject: String,
}

/// The lines of a setup, in the order of its channels, and the line of every channel.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// What is counted together.
    pub lines: Vec<Line>,
    /// The line of every channel.
    pub of_channels: Vec<usize>,
}

impl Lines {
    /// The lines of a setup. Naming every channel takes a moment where there are many states.
    pub fn new(setup: &Setup) -> Self {
        let mut lines = Self::default();
        for process in &setup.processes {
            lines.add(process.channels(&setup.frame));
        }
        lines
    }

    /// Adds the channels of one more process.
    pub fn add(&mut self, channels: Vec<Channel>) {
        let first = self.lines.len();
        for Channel { kind, subject } in channels {
            let subject = if kind == events::KIND { subject } else { String::new() };
            let line = Line { kind, subject };
            // Channels of a kind stand together, as a rule: the last line is looked at first.
            let found = self.lines[first..].iter().rposition(|known| *known == line);
            self.of_channels.push(first + found.unwrap_or(self.lines.len() - first));
            if found.is_none() {
                self.lines.push(line);
            }
        }
    }
}

/// The occurrences of one trial.
#[derive(Clone, Debug)]
pub struct Occurrences {
    /// The days of the step dates.
    days: Vec<i32>,
    counts: Vec<u32>,
}

impl Occurrences {
    /// Room for the occurrences of a trial, in so many lines.
    pub fn new(setup: &Setup, lines: usize) -> Self {
        let days = setup.frame.timeline.days.clone();
        Self { counts: vec![0; lines * days.len()], days }
    }

    /// By line and step date: how often it happened after the date before and up to this one; on
    /// the first day, for the first.
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.counts.fill(0);
    }

    /// Notes that something of a line happened.
    pub fn note(&mut self, line: usize, day: i32) {
        let date = self.days.partition_point(|&date| date < day);
        self.counts[line * self.days.len() + date] += 1;
    }
}
