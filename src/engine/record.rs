//! What is kept of one trial until it has ended well: its series, what fired, its answers.

use crate::engine::metric;
use crate::engine::record::occurrences::Lines;
use crate::model::process::{Channel, Tag};
use crate::model::world::World;
use crate::scenario::setup::Setup;

pub mod answers;
pub mod entries;
pub mod occurrences;
pub mod relations;

pub use answers::Answer;
pub use entries::Entries;
pub use occurrences::Occurrences;
pub use relations::Relations;

/// Which channels there are, over all processes.
#[derive(Clone, Debug)]
pub struct Channels {
    /// Tag and first channel of each process, in the order of the setup.
    first: Vec<(Tag, usize)>,
    /// First channel by tag, for those processes that are on.
    by_tag: Vec<Option<usize>>,
    /// The place of each channel in the order of kinds and names, which does not depend on where
    /// states and treaties stand in memory.
    ranks: Vec<u32>,
    /// With what each channel is counted step by step.
    lines: Vec<usize>,
}

impl Channels {
    /// The channels of a setup's processes, one after the other.
    pub fn new(setup: &Setup) -> Self {
        let mut lines = Lines::default();
        let (first, by_tag) = (Vec::new(), Vec::new());
        let mut channels = Self { first, by_tag, ranks: Vec::new(), lines: Vec::new() };
        for process in &setup.processes {
            let (tag, first) = (process.about().tag, channels.ranks.len());
            channels.first.push((tag, first));
            let place = tag.0 as usize;
            channels.by_tag.resize(channels.by_tag.len().max(place + 1), None);
            channels.by_tag[place] = Some(first);
            let its = process.channels(&setup.frame);
            channels.ranks.extend(ranks(&its));
            lines.add(its);
        }
        channels.lines = lines.of_channels;
        channels
    }

    /// How many channels there are.
    pub fn len(&self) -> usize {
        self.ranks.len()
    }

    /// Whether nothing can fire.
    pub fn is_empty(&self) -> bool {
        self.ranks.is_empty()
    }

    /// The process that a channel belongs to, and its number there.
    pub fn owner(&self, channel: usize) -> Option<(Tag, usize)> {
        let processes = self.first.iter().rev();
        let (tag, first) = processes.copied().find(|&(_, first)| first <= channel)?;
        Some((tag, channel - first))
    }

    /// Where a process's channel stands among the process's channels by kind and name.
    pub fn rank(&self, tag: Tag, channel: usize) -> u32 {
        self.of(tag, channel).map_or(0, |channel| self.ranks[channel])
    }

    /// The number of a process's channel; `None` if the process is off.
    fn of(&self, tag: Tag, channel: usize) -> Option<usize> {
        let first = *self.by_tag.get(tag.0 as usize)?;
        first.map(|first| first + channel)
    }
}

fn ranks(channels: &[Channel]) -> Vec<u32> {
    let mut kinds: Vec<&str> = channels.iter().map(|channel| channel.kind).collect();
    kinds.dedup();
    let kind = |at: &usize| kinds.iter().position(|kind| *kind == channels[*at].kind);
    let mut order: Vec<usize> = (0..channels.len()).collect();
    order.sort_by(|a, b| (kind(a), &channels[*a].subject).cmp(&(kind(b), &channels[*b].subject)));
    let mut ranks = vec![0; channels.len()];
    for (rank, channel) in (0..).zip(order) {
        ranks[channel] = rank;
    }
    ranks
}

/// The record of one trial.
#[derive(Clone, Debug)]
pub struct Record {
    /// Scores by step date and series ([`metric::series`]).
    pub values: Vec<f64>,
    /// How often each channel fired.
    pub counts: Vec<u32>,
    /// The day on which each channel fired first; meaningful where it fired.
    pub first_day: Vec<i32>,
    /// The answer to each outcome.
    pub answers: Vec<Answer>,
    /// How often things happened, step by step.
    pub occurrences: Occurrences,
    /// Who entered which war.
    pub entries: Entries,
    /// Who had which relations with whom on a few dates.
    pub relations: Relations,
    /// What happened, in order, if it is kept: two trials are compared by it.
    pub log: Vec<Noted>,
    keeps_log: bool,
    series: usize,
}

/// Something that happened in a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noted {
    /// The day.
    pub day: i32,
    /// The channel, as numbered over all processes.
    pub channel: usize,
}

impl Record {
    /// A record with room for a trial of `setup`.
    pub fn new(setup: &Setup, channels: &Channels) -> Self {
        let series = metric::count(setup);
        Self {
            values: vec![0.0; series * setup.frame.timeline.days.len()],
            counts: vec![0; channels.len()],
            first_day: vec![0; channels.len()],
            answers: vec![Answer::default(); setup.outcomes.len()],
            occurrences: Occurrences::new(setup, channels.lines.iter().max().map_or(0, |n| n + 1)),
            entries: Entries::default(),
            relations: Relations::new(&setup.frame),
            log: Vec::new(),
            keeps_log: false,
            series,
        }
    }

    /// Keeps from now on what happened, in order.
    pub fn keep_log(&mut self) {
        self.keeps_log = true;
    }

    /// How many series there are.
    pub fn series(&self) -> usize {
        self.series
    }

    /// The scores at a step date.
    pub fn at(&self, date: usize) -> &[f64] {
        &self.values[date * self.series..][..self.series]
    }

    /// Empties the record for a new trial.
    pub fn clear(&mut self) {
        self.counts.fill(0);
        self.occurrences.clear();
        self.entries.clear();
        self.relations.clear();
        self.log.clear();
        self.answers.fill(Answer::default());
    }

    /// Notes the scores at a step date, and the relations of states if they are kept of it.
    pub fn note_date(&mut self, setup: &Setup, world: &World, date: usize) {
        let row = &mut self.values[date * self.series..][..self.series];
        metric::read(setup, world, row);
        self.relations.note(&setup.frame, world, date);
    }

    /// Notes that a channel of a process fired.
    pub fn note(&mut self, channels: &Channels, tag: Tag, channel: usize, day: i32) {
        let Some(channel) = channels.of(tag, channel) else { return };
        if self.counts[channel] == 0 {
            self.first_day[channel] = day;
        }
        self.counts[channel] += 1;
        self.occurrences.note(channels.lines[channel], day);
        if self.keeps_log {
            self.log.push(Noted { day, channel });
        }
    }
}
