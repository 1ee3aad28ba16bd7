//! One trial: the loop over steps.
//!
//! Every step reads the world as it stood at the step's start. Continuous scores move first, then
//! what fired is applied in order of day, process tag and channel (names in alphabetical order), and
//! every process may react.
//! Nothing in the loop allocates once the buffers have grown to their size.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::engine::record::{Channels, Record};
use crate::engine::streams::Streams;
use crate::engine::trace::Trace;
use crate::model::change::Change;
use crate::model::derived::Derived;
use crate::model::event::Timing;
use crate::model::process::{Effect, Firing, Memory, Next, Reasons, View};
use crate::model::processes::events::Events;
use crate::model::world::World;
use crate::scenario::setup::Setup;

/// Runs trials of one setup, one at a time, in buffers of its own.
pub struct Simulator<'s> {
    setup: &'s Setup,
    channels: Channels,
    world: World,
    next: World,
    derived: Derived,
    memories: Vec<Memory>,
    firings: Vec<Firing>,
    record: Record,
}

impl<'s> Simulator<'s> {
    /// Allocates the buffers.
    pub fn new(setup: &'s Setup) -> Self {
        let channels = Channels::new(setup);
        Self {
            setup,
            world: setup.initial.clone(),
            next: setup.initial.clone(),
            derived: Derived::new(&setup.frame),
            memories: setup.processes.iter().map(|process| process.memory(&setup.frame)).collect(),
            firings: Vec::with_capacity(channels.len() + expected_repeats(setup)),
            record: Record::new(setup, &channels),
            channels,
        }
    }

    /// Runs trial number `trial`.
    ///
    /// # Errors
    /// If a score leaves its range or stops being a number, or anything panics: the reason, in
    /// words. The next trial starts afresh all the same.
    pub fn run(&mut self, trial: u32) -> Result<(), String> {
        self.attempt(trial, None)
    }

    /// Runs trial number `trial` and traces what fires. The trial is the same as without a trace.
    ///
    /// # Errors
    /// As [`Simulator::run`]; the trace then ends where the trial did.
    pub fn run_traced(&mut self, trial: u32, trace: &mut Trace) -> Result<(), String> {
        *trace = Trace::default();
        self.attempt(trial, Some(trace))
    }

    fn attempt(&mut self, trial: u32, trace: Option<&mut Trace>) -> Result<(), String> {
        // Every trial starts from the setup, so one cut short leaves nothing behind.
        catch_unwind(AssertUnwindSafe(|| self.steps(trial, trace)))
            .unwrap_or_else(|panic| Err(message(panic.as_ref())))
    }

    fn steps(&mut self, trial: u32, mut trace: Option<&mut Trace>) -> Result<(), String> {
        let mut streams = Streams::new(self.setup.seed, trial);
        self.start(&mut streams, trace.as_deref_mut());
        for step in 0..self.setup.frame.timeline.steps() {
            self.step(step, &mut streams, trace.as_deref_mut());
            self.record.note_date(self.setup, &self.world, step + 1);
            if let Some(broken) = self.world.broken_score(&self.setup.frame) {
                return Err(format!("{broken} after step {}", step + 1));
            }
        }
        Ok(())
    }

    /// The record of the last trial.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The world as the last trial left it.
    pub fn world(&self) -> &World {
        &self.world
    }

    fn start(&mut self, streams: &mut Streams, trace: Option<&mut Trace>) {
        let setup = self.setup;
        self.world.copy_from(&setup.initial);
        self.record.clear();
        self.record.note_treaties(setup, &self.world, 0);
        for (process, memory) in setup.processes.iter().zip(&mut self.memories) {
            process.begin(&setup.frame, &self.world, memory, streams);
        }
        self.next.copy_from(&self.world);
        self.firings.clear();
        Events::at_start(&setup.frame, &mut self.firings);
        self.apply_firings(0, trace);
        std::mem::swap(&mut self.world, &mut self.next);
        self.record.note_date(setup, &self.world, 0);
    }

    fn step(&mut self, step: usize, streams: &mut Streams, mut trace: Option<&mut Trace>) {
        let setup = self.setup;
        self.derived.update(&setup.frame, &self.world);
        self.next.copy_from(&self.world);
        self.firings.clear();
        let view = View { frame: &setup.frame, world: &self.world, derived: &self.derived, step };
        let mut next = Next { world: &mut self.next, firings: &mut self.firings };
        for (process, memory) in setup.processes.iter().zip(&mut self.memories) {
            process.step(view, memory, streams, &mut next);
        }
        self.firings.sort_unstable_by_key(|f| (f.day, f.tag, f.channel));
        if let Some(trace) = trace.as_deref_mut() {
            trace
                .explain(self.firings.iter().map(|firing| reasons(setup, &view, firing)).collect());
        }
        self.apply_firings(step, trace);
        std::mem::swap(&mut self.world, &mut self.next);
    }

    /// Applies what fired to the coming world.
    fn apply_firings(&mut self, step: usize, mut trace: Option<&mut Trace>) {
        let setup = self.setup;
        let from = setup.frame.timeline.days[step];
        for n in 0..self.firings.len() {
            let firing = self.firings[n];
            let days = setup.frame.timeline.days.get(step + 1).map_or(1, |to| to - from);
            let within = f64::from(firing.day - from) / f64::from(days);
            let now = setup.frame.timeline.years(step) + within * setup.frame.timeline.dt;
            if let Some(trace) = trace.as_deref_mut() {
                trace.begin(setup, n, &firing);
            }
            match firing.effect {
                Effect::One(change) => self.make(&change, now, trace.as_deref_mut()),
                Effect::Event(event) => {
                    for change in &setup.frame.events[event.index()].changes {
                        self.make(change, now, trace.as_deref_mut());
                    }
                }
            }
            self.record.note_firing(&self.channels, &firing);
            self.record.note_treaties(setup, &self.next, firing.day);
        }
    }

    fn make(&mut self, change: &Change, now: f64, trace: Option<&mut Trace>) {
        let before = trace.is_some().then(|| self.next.clone());
        let setup = self.setup;
        let effective = change.apply(&setup.frame, &mut self.next, now);
        if effective {
            for process in &setup.processes {
                process.react(&setup.frame, change, &mut self.next);
            }
        }
        if let (Some(trace), Some(before)) = (trace, before) {
            trace.made(*change, effective, &before, &self.next);
        }
    }
}

/// Room for events that fire several times in a step: far more than their mean.
fn expected_repeats(setup: &Setup) -> usize {
    let rates = setup.frame.events.iter().filter_map(|event| match event.timing {
        Timing::Rate(rate) => Some(rate * setup.frame.timeline.dt),
        Timing::Day(_) => None,
    });
    rates.map(|mean| 8 + (4.0 * mean) as usize).sum()
}

fn reasons(setup: &Setup, view: &View<'_>, firing: &Firing) -> Option<Reasons> {
    let process = setup.processes.iter().find(|process| process.about().tag == firing.tag)?;
    process.reasons(view, firing.channel)
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("panicked: {}", text.unwrap_or("no message"))
}
