//! The shape every mechanism of the model has.

use crate::model::change::Change;
use crate::model::clocks::Clocks;
use crate::model::derived::Derived;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::EventId;
use crate::model::world::World;

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
    /// What a channel that fires is called in `events.csv`; empty if nothing fires.
    pub fires: &'static str,
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
#[derive(Clone, Copy, Debug)]
pub enum Effect {
    /// One change.
    One(Change),
    /// The changes of an event.
    Event(EventId),
}

/// Why a channel fired: its hazard at the start of the step, and what made it so.
#[derive(Clone, Debug, PartialEq)]
pub struct Reasons {
    /// The hazard (1/year).
    pub hazard: f64,
    /// The terms of its log-odds, or what else it depends on.
    pub terms: Vec<Term>,
}

/// A term of a log-odds, or a quantity a hazard depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// What it is, with the unit unless it is a pure number.
    pub what: &'static str,
    /// Its value.
    pub value: f64,
    /// What it adds to the log-odds of a year; `None` where the hazard has no log-odds.
    pub contribution: Option<f64>,
}

/// Where a process writes: the world at the end of the step, before jumps, and what fired.
#[derive(Debug)]
pub struct Next<'a> {
    /// The coming world. Each continuous score is written by one process only.
    pub world: &'a mut World,
    /// What fired; the trial loop applies them in order of day, process and channel.
    pub firings: &'a mut Vec<Firing>,
}

/// What a process keeps during a trial; allocated once a worker.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// One clock for each hazard channel.
    pub clocks: Clocks,
    /// Pairs of normal draws, one for each entity that diffuses.
    pub normals: Vec<[f64; 2]>,
    /// Anything else the process notes at the start of a trial.
    pub noted: Vec<f64>,
}

/// A mechanism of the model.
pub trait Process: Send + Sync {
    /// What it is.
    fn about(&self) -> &'static About;

    /// Names of the channels that can fire, for `events.csv`.
    fn channels(&self, _frame: &Frame) -> Vec<String> {
        Vec::new()
    }

    /// Memory for trials of this frame.
    fn memory(&self, _frame: &Frame) -> Memory {
        Memory::default()
    }

    /// Starts a trial.
    fn begin(&self, _frame: &Frame, _world: &World, _memory: &mut Memory, _draws: &mut dyn Draws) {}

    /// Moves the world on by one step.
    fn step(&self, view: View<'_>, memory: &mut Memory, draws: &mut dyn Draws, next: &mut Next<'_>);

    /// Why a channel fired in this step, for the story of a single trial.
    fn reasons(&self, _view: &View<'_>, _channel: usize) -> Option<Reasons> {
        None
    }

    /// Answers a change that has just been made.
    fn react(&self, _frame: &Frame, _change: &Change, _world: &mut World) {}
}
