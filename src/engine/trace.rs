//! The trace of a single trial: what fired, why, and what it changed.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::model::change::Change;
use crate::model::frame::Frame;
use crate::model::ids::{DyadId, StateId};
use crate::model::process::{Channel, Consequence, Firing, Reasons, Tag};
use crate::model::world::World;
use crate::scenario::setup::Setup;

/// What fired in a trial, in order.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// The occurrences.
    pub occurrences: Vec<Occurrence>,
    /// The draws that decided: by day, process and channel. Those of clocks are thresholds of unit
    /// rate, those of choices uniform numbers.
    pub draws: HashMap<(i32, Tag, usize), f64>,
    /// A step and a channel of a process whose reasons are wanted whether it fires or not.
    probe: Option<(usize, Tag, usize)>,
    /// Those reasons.
    pub probed: Option<Reasons>,
    /// Reasons of the firings of the step at hand, in their order.
    reasons: Vec<Option<Reasons>>,
    /// The channels of processes, as far as they have been asked for: naming them all takes long.
    known: HashMap<Tag, Vec<Channel>>,
}

/// Something that fired.
#[derive(Clone, Debug, PartialEq)]
pub struct Occurrence {
    /// The day, counted from the start of the run.
    pub day: i32,
    /// What it is, as in `events.csv`.
    pub channel: Channel,
    /// Why, where it was a matter of chance.
    pub reasons: Option<Reasons>,
    /// What it changed, and what followed, in order.
    pub effects: Vec<Made>,
}

/// A change as made.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// How many changes of this occurrence it follows from.
    pub depth: u32,
    /// The change.
    pub change: Change,
    /// What it counts as in `events.csv`, if it follows from another change.
    pub channel: Option<Channel>,
    /// Why, where it was a matter of chance.
    pub reasons: Option<Reasons>,
    /// The members of the treaty that it is about, if any.
    pub members: Vec<StateId>,
    /// Whether it changed anything: signing a treaty that is in force does not.
    pub effective: bool,
    /// The scores it moved, itself or through the reactions of processes.
    pub moved: Vec<Moved>,
}

/// A score that jumped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moved {
    /// Which score.
    pub score: Score,
    /// Before.
    pub from: f64,
    /// After.
    pub to: f64,
}

/// A score that can jump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Score {
    /// Isolation of a state.
    Isolation(StateId),
    /// Alignment of a dyad.
    Alignment(DyadId),
    /// Grievance of a dyad.
    Grievance(DyadId),
    /// Capability of a state.
    Capability(StateId),
}

impl Trace {
    /// Notes why this step's firings fired; called before anything is changed.
    pub(super) fn explain(&mut self, reasons: Vec<Option<Reasons>>) {
        self.reasons = reasons;
    }

    /// An empty trace that is to probe a step and a channel of a process.
    pub fn probing(step: usize, tag: Tag, channel: usize) -> Self {
        Self { probe: Some((step, tag, channel)), ..Self::default() }
    }

    /// Empties it for a new trial; what it is to probe stays.
    pub(super) fn clear(&mut self) {
        *self = Self { probe: self.probe, ..Self::default() };
    }

    /// The channel to probe in a step.
    pub(super) fn probed_in(&self, step: usize) -> Option<(Tag, usize)> {
        self.probe.filter(|(at, ..)| *at == step).map(|(_, tag, channel)| (tag, channel))
    }

    /// Notes which thresholds the clocks of a process have just passed; `firings` is what they fired.
    pub(super) fn passed<'f>(
        &mut self,
        firings: impl DoubleEndedIterator<Item = &'f Firing>,
        passed: &[f64],
    ) {
        for (firing, &threshold) in firings.rev().zip(passed.iter().rev()) {
            self.draws.insert((firing.day, firing.tag, firing.channel), threshold);
        }
    }

    /// Notes which uniform numbers decided what a process has just made follow.
    pub(super) fn chosen(&mut self, day: i32, follow: &[Consequence], choices: &[f64]) {
        let by_chance = follow.iter().filter(|consequence| consequence.reasons.is_some());
        for (consequence, &draw) in by_chance.rev().zip(choices.iter().rev()) {
            if let Some(channel) = consequence.channel {
                self.draws.insert((day, consequence.tag, channel), draw);
            }
        }
    }

    fn channel(&mut self, setup: &Setup, tag: Tag, channel: usize) -> Option<Channel> {
        let channels = match self.known.entry(tag) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let mut processes = setup.processes.iter();
                let process = processes.find(|process| process.about().tag == tag)?;
                place.insert(process.channels(&setup.frame))
            }
        };
        channels.get(channel).cloned()
    }

    /// Begins the occurrence of a firing: number `n` of the step, or one that a condition set off.
    pub(super) fn begin(&mut self, setup: &Setup, n: Option<usize>, firing: &Firing) {
        let channel = self.channel(setup, firing.tag, firing.channel);
        self.occurrences.push(Occurrence {
            day: firing.day,
            channel: channel.expect("only processes of the setup fire"),
            reasons: n.and_then(|n| self.reasons.get_mut(n)).and_then(Option::take),
            effects: Vec::new(),
        });
    }

    /// Notes a change of the occurrence just begun.
    pub(super) fn made(
        &mut self,
        setup: &Setup,
        depth: u32,
        asked: Consequence,
        effective: bool,
        (before, after): (&World, &World),
    ) {
        let channel = asked.channel.and_then(|at| self.channel(setup, asked.tag, at));
        let Some(occurrence) = self.occurrences.last_mut() else { return };
        occurrence.effects.push(Made {
            depth,
            change: asked.change,
            channel,
            reasons: asked.reasons,
            members: members(setup, asked.change, after),
            effective,
            moved: moved(before, after),
        });
    }
}

fn members(setup: &Setup, change: Change, world: &World) -> Vec<StateId> {
    let Change::Sign(id) = change else { return Vec::new() };
    world.treaties.members(&setup.frame, id).collect()
}

fn moved(before: &World, after: &World) -> Vec<Moved> {
    let differing = |from: &[f64], to: &[f64], score: &dyn Fn(usize) -> Score| -> Vec<Moved> {
        let pairs = from.iter().zip(to).enumerate().filter(|(_, (from, to))| from != to);
        pairs.map(|(n, (&from, &to))| Moved { score: score(n), from, to }).collect()
    };
    let isolation = |n| Score::Isolation(StateId::new(n));
    let alignment = |n| Score::Alignment(DyadId::new(n));
    let grievance = |n| Score::Grievance(DyadId::new(n));
    let mut all = differing(&before.isolation, &after.isolation, &isolation);
    let capability = |n| Score::Capability(StateId::new(n));
    all.extend(differing(&before.capability, &after.capability, &capability));
    all.extend(differing(&before.alignment, &after.alignment, &alignment));
    all.extend(differing(&before.grievance, &after.grievance, &grievance));
    all
}

impl Score {
    /// What it is called, with its state or dyad.
    pub fn name(self, frame: &Frame) -> String {
        let pair = |dyad| {
            let (i, j) = frame.dyads.pair(dyad);
            format!("{} and {}", frame.names[i.index()], frame.names[j.index()])
        };
        match self {
            Self::Isolation(state) => format!("isolation of {}", frame.names[state.index()]),
            Self::Capability(state) => format!("capability of {}", frame.names[state.index()]),
            Self::Alignment(dyad) => format!("alignment of {}", pair(dyad)),
            Self::Grievance(dyad) => format!("grievance between {}", pair(dyad)),
        }
    }
}
