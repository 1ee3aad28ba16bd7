//! The shape every mechanism of the model has.

use crate::model::change::Change;
use crate::model::derived::Derived;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::EventId;
use crate::model::world::World;

pub use crate::model::memory::{AtRisk, Memory, take_number};

/// A process's permanent number. It is part of the key of its random streams, so it never changes
/// and is never given to another process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(pub u32);

/// What a process is, for documentation and results.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// The name in scenario files and results.
    pub name: &'static str,
    /// The permanent number.
    pub tag: Tag,
    /// One sentence.
    pub summary: &'static str,
}

/// Something of a process that can happen, a row of `events.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// What happens.
    pub kind: &'static str,
    /// To whom or what.
    pub subject: String,
}

/// Kinds of channels that fire so often that a story leaves them out, unless all is wanted.
pub const ROUTINE: [&str; 5] = ["warning", "contact", "threat-due", "threat-lapsed", "arms-end"];

/// Whether a kind of channel is routine.
pub fn is_routine(kind: &str) -> bool {
    ROUTINE.contains(&kind)
}

impl Channel {
    /// Channels of one kind.
    pub fn of(
        kind: &'static str,
        subjects: impl IntoIterator<Item = String>,
    ) -> impl Iterator<Item = Self> {
        subjects.into_iter().map(move |subject| Self { kind, subject })
    }

    /// Channels of one kind, one for each ordered pair.
    pub fn of_pairs(kind: &'static str, frame: &Frame) -> impl Iterator<Item = Self> {
        Self::of(kind, frame.pairs.iter().map(|(pair, ..)| frame.pair_name(pair)))
    }
}

/// What a process may read in a step: the world as it stood at the step's start, and what follows
/// from it. Rates read here cannot depend on the order of processes, dyads or states.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The fixed facts.
    pub frame: &'a Frame,
    /// The world at the start of the step.
    pub world: &'a World,
    /// Tension, hostility and the like at the start of the step.
    pub derived: &'a Derived,
    /// The step's number, from 0.
    pub step: usize,
}

impl View<'_> {
    /// Model time at the start of the step (years since the start).
    #[inline]
    pub fn now(&self) -> f64 {
        self.frame.timeline.years(self.step)
    }
}

/// What fired in a step, and what is to change.
#[derive(Clone, Copy, Debug)]
pub struct Firing {
    /// The day, counted from the start of the run.
    pub day: i32,
    /// Which process fired.
    pub tag: Tag,
    /// Which of the process's channels fired; with day and tag the order in which a step's firings
    /// are applied.
    pub channel: usize,
    /// What is to change.
    pub effect: Effect,
}

/// What a firing changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    /// One change.
    One(Change),
    /// The changes of an event.
    Event(EventId),
    /// None: on this day something may be asked for the first time.
    Look,
}

/// What follows from a change, in the same moment.
#[derive(Clone, Debug)]
pub struct Consequence {
    /// Which process draws it.
    pub tag: Tag,
    /// Which of the process's channels it counts for, if any.
    pub channel: Option<usize>,
    /// What is to change.
    pub change: Change,
    /// Why, where it was a matter of chance and the trial is traced.
    pub reasons: Option<Reasons>,
}

/// Why something happened, and what made it likely.
#[derive(Clone, Debug, PartialEq)]
pub struct Reasons {
    /// How likely it was.
    pub chance: Chance,
    /// The terms of its log-odds, or what else it depends on.
    pub terms: Vec<Term>,
}

/// How likely something was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Chance {
    /// Its hazard at the start of the step (1/year).
    Hazard(f64),
    /// Its probability when the choice was made.
    Probability(f64),
    /// The probability of keeping one's word, kept or not.
    Honour(f64),
}

impl Chance {
    /// The hazard (1/year) or the probability.
    pub fn value(self) -> f64 {
        match self {
            Self::Hazard(value) | Self::Probability(value) | Self::Honour(value) => value,
        }
    }
}

/// A term of a log-odds, or a quantity a chance depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// What it is, with the unit unless it is a pure number.
    pub what: &'static str,
    /// Its value.
    pub value: f64,
    /// What it adds to the log-odds; `None` where there are none.
    pub contribution: Option<f64>,
}

impl Term {
    /// A term that adds `b` times its value.
    pub fn linear(what: &'static str, value: f64, b: f64) -> Self {
        Self { what, value, contribution: Some(b * value) }
    }

    /// A term that adds something else.
    pub fn adding(what: &'static str, value: f64, contribution: f64) -> Self {
        Self { what, value, contribution: Some(contribution) }
    }

    /// A quantity that is no term of a log-odds.
    pub fn plain(what: &'static str, value: f64) -> Self {
        Self { what, value, contribution: None }
    }
}

/// Where a process writes: the world at the end of the step, before jumps, and what fired.
#[derive(Debug)]
pub struct Next<'a> {
    /// The coming world. Each continuous score is written by one process only.
    pub world: &'a mut World,
    /// What fired; the trial loop applies them in order of day, process and channel.
    pub firings: &'a mut Vec<Firing>,
}

/// What a process may use in answering a change that has just been made.
pub struct Reaction<'a> {
    /// The start of the step.
    pub view: View<'a>,
    /// The moment (years since the start).
    pub now: f64,
    /// The coming world, with everything made so far.
    pub world: &'a mut World,
    /// Random numbers.
    pub draws: &'a mut dyn Draws,
    /// What follows, in order: each with all that follows from it before the next.
    pub follow: &'a mut Vec<Consequence>,
    /// Whether reasons are wanted.
    pub traced: bool,
}

impl Reaction<'_> {
    /// Adds a change that follows.
    pub fn then(&mut self, tag: Tag, channel: Option<usize>, change: Change) {
        self.follow.push(Consequence { tag, channel, change, reasons: None });
    }

    /// Adds a change that follows by chance; `reasons` are worked out only if wanted.
    pub fn by_chance(
        &mut self,
        tag: Tag,
        channel: Option<usize>,
        change: Change,
        reasons: impl FnOnce() -> Reasons,
    ) {
        let reasons = self.traced.then(reasons);
        self.follow.push(Consequence { tag, channel, change, reasons });
    }
}

/// A mechanism of the model.
pub trait Process: Send + Sync {
    /// What it is.
    fn about(&self) -> &'static About;

    /// What of it can happen, for `events.csv`.
    fn channels(&self, _frame: &Frame) -> Vec<Channel> {
        Vec::new()
    }

    /// Memory for trials of this frame.
    fn memory(&self, _frame: &Frame) -> Memory {
        Memory::default()
    }

    /// Starts a trial: sets whatever of the memory the last trial may have changed, and what of the
    /// world is a matter of chance from the start. Processes begin in the order of a step.
    fn begin(
        &self,
        _frame: &Frame,
        _world: &mut World,
        memory: &mut Memory,
        _draws: &mut dyn Draws,
    ) {
        memory.begin();
    }

    /// Moves the world on by one step.
    fn step(
        &self,
        _view: View<'_>,
        _memory: &mut Memory,
        _draws: &mut dyn Draws,
        _next: &mut Next<'_>,
    ) {
    }

    /// Why a channel fired in this step, for the story of a single trial.
    fn reasons(&self, _view: &View<'_>, _memory: &Memory, _channel: usize) -> Option<Reasons> {
        None
    }

    /// Answers a change that has just been made.
    fn react(&self, _change: &Change, _memory: &mut Memory, _reaction: &mut Reaction<'_>) {}
}
