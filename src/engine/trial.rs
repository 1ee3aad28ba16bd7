//! One trial: the loop over steps.
//!
//! Every step reads the world as it stood at the step's start. Continuous scores move first, then
//! what fired is applied in order of day, process tag and channel (names in alphabetical order).
//! Every process may react to every change, and what follows from one is made before the next.
//! Nothing in the loop allocates once the buffers have grown to their size.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::engine::inputs::Inputs;
use crate::engine::record::relations::versions;
use crate::engine::record::{Channels, Record, answers};
use crate::engine::streams::Streams;
use crate::engine::trace::Trace;
use crate::model::derived::Derived;
use crate::model::event::Timing;
use crate::model::expression::{Moments, Tracked};
use crate::model::occasions::Occasions;
use crate::model::process::{
    Consequence, Effect, Firing, Memory, Next, Process, Reasons, Tag, View,
};
use crate::model::processes::events::Events;
use crate::model::world::World;
use crate::scenario::setup::Setup;

mod look;
mod make;
mod order;

use order::Order;

/// Runs trials of one setup, one at a time, in buffers of its own.
pub struct Simulator<'s> {
    setup: &'s Setup,
    channels: Channels,
    inputs: Inputs,
    world: World,
    next: World,
    derived: Derived,
    memories: Vec<Memory>,
    /// How many of the processes run, the scenario's events first.
    running: usize,
    occasions: Occasions,
    /// What `ever` and `since` remember.
    tracked: Vec<Tracked>,
    firings: Vec<Firing>,
    order: Order,
    /// What is still to be made, the next last, with how many changes it follows from.
    pending: Vec<(u32, Consequence)>,
    /// What follows from the change at hand.
    follow: Vec<Consequence>,
    record: Record,
    /// The versions of all relations between states after the last firing.
    versions: [u64; 4],
    /// Whether every expression is looked at after every firing.
    #[cfg(test)]
    thorough: bool,
}

impl<'s> Simulator<'s> {
    /// Allocates the buffers.
    pub fn new(setup: &'s Setup) -> Self {
        let channels = Channels::new(setup);
        let room_to_fire = channels.len() + setup.looks.len() + expected_repeats(setup);
        let world = || {
            let mut world = setup.initial.clone();
            world.make_room();
            world
        };
        Self {
            setup,
            world: world(),
            next: world(),
            derived: Derived::new(&setup.frame),
            inputs: Inputs::new(setup),
            occasions: Occasions::new(setup.frame.events.len()),
            tracked: vec![Tracked::default(); setup.memory.places],
            running: setup.processes.len(),
            memories: setup.processes.iter().map(|process| process.memory(&setup.frame)).collect(),
            firings: Vec::with_capacity(room_to_fire),
            order: Order::with_room(room_to_fire),
            pending: Vec::with_capacity(room_to_follow(setup)),
            follow: Vec::with_capacity(room_to_follow(setup)),
            record: Record::new(setup, &channels),
            versions: [0; 4],
            #[cfg(test)]
            thorough: false,
            channels,
        }
    }

    /// The same of the script alone: the start and the scenario's events, with every process still.
    pub fn of_script(setup: &'s Setup) -> Self {
        Self { running: 1, ..Self::new(setup) }
    }

    /// The same of the start alone: no event ever happens either.
    pub fn of_start(setup: &'s Setup) -> Self {
        let mut simulator = Self::of_script(setup);
        for event in &mut simulator.inputs.frame.events {
            event.terms.until = i32::MIN;
        }
        simulator
    }

    /// Runs trial number `trial`.
    ///
    /// # Errors
    /// If a score leaves its range or stops being a number, or anything panics: the reason, in
    /// words. The next trial starts afresh all the same.
    pub fn run(&mut self, trial: u32) -> Result<(), String> {
        self.attempt((trial, trial), None)
    }

    /// Runs the echo of a trial: its uncertain numbers are those of the trial, all other chance is
    /// its own. What the two have in common is due to those numbers.
    ///
    /// # Errors
    /// As [`Simulator::run`].
    pub fn run_echo(&mut self, trial: u32) -> Result<(), String> {
        self.attempt((trial, trial | ECHO), None)
    }

    /// Keeps from now on in the record what happens, in order.
    pub fn keep_log(&mut self) {
        self.record.keep_log();
    }

    /// Runs trial number `trial` and traces what fires. The trial is the same as without a trace.
    ///
    /// # Errors
    /// As [`Simulator::run`]; the trace then ends where the trial did.
    pub fn run_traced(&mut self, trial: u32, trace: &mut Trace) -> Result<(), String> {
        trace.clear();
        self.attempt((trial, trial), Some(trace))
    }

    /// Runs a trial: where its uncertain numbers come from, and where all other chance.
    fn attempt(&mut self, trial: (u32, u32), trace: Option<&mut Trace>) -> Result<(), String> {
        // Every trial starts from the setup, so one cut short leaves nothing behind.
        catch_unwind(AssertUnwindSafe(|| self.steps(trial, trace)))
            .unwrap_or_else(|panic| Err(message(panic.as_ref())))
    }

    fn steps(
        &mut self,
        (numbers, rest): (u32, u32),
        mut trace: Option<&mut Trace>,
    ) -> Result<(), String> {
        self.inputs.draw(self.setup, &mut Streams::new(self.setup.seed, numbers));
        let mut streams = Streams::new(self.setup.seed, rest);
        if trace.is_some() {
            streams.listen();
        }
        self.start(&mut streams, trace.as_deref_mut())?;
        for step in 0..self.inputs.frame.timeline.steps() {
            self.step(step, &mut streams, trace.as_deref_mut())?;
            self.record.note_date(self.setup, &self.world, step + 1);
            if let Some(broken) = self.world.broken_score(&self.setup.frame) {
                return Err(format!("{broken} after step {}", step + 1));
            }
        }
        answers::settle(&self.setup.outcomes, &mut self.record.answers);
        Ok(())
    }

    /// The record of the last trial.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// What the last trial started from.
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// The world as the last trial left it.
    pub fn world(&self) -> &World {
        &self.world
    }

    fn start(
        &mut self,
        streams: &mut Streams,
        mut trace: Option<&mut Trace>,
    ) -> Result<(), String> {
        let setup = self.setup;
        self.world.copy_from(&self.inputs.initial);
        self.record.clear();
        self.occasions.clear();
        self.tracked.fill(Tracked::default());
        let running = &self.inputs.processes(setup)[..self.running];
        for (process, memory) in running.iter().zip(&mut self.memories) {
            process.begin(&self.inputs.frame, &mut self.world, memory, streams);
        }
        self.next.copy_from(&self.world);
        self.derived.forget();
        self.derived.update(&self.inputs.frame, &self.world);
        // A trial that was cut short may have left something.
        self.pending.clear();
        self.follow.clear();
        self.firings.clear();
        Events::at_start(&self.inputs.frame, &self.memories[0], &mut self.firings);
        // What holds at the start has come to hold, whatever the first day brings.
        self.look_about((0, 0, Moments::StepDates), streams, trace.as_deref_mut())?;
        self.versions = versions(&self.next);
        self.apply_firings((0, 0), streams, trace)?;
        std::mem::swap(&mut self.world, &mut self.next);
        self.record.note_date(setup, &self.world, 0);
        Ok(())
    }

    fn step(
        &mut self,
        step: usize,
        streams: &mut Streams,
        mut trace: Option<&mut Trace>,
    ) -> Result<(), String> {
        let frame = &self.inputs.frame;
        self.derived.update(frame, &self.world);
        self.next.catch_up(&self.world);
        self.firings.clear();
        let view = View { frame, world: &self.world, derived: &self.derived, step };
        let mut next = Next { world: &mut self.next, firings: &mut self.firings };
        let running = &self.inputs.processes(self.setup)[..self.running];
        for (process, memory) in running.iter().zip(&mut self.memories) {
            let fired = next.firings.len();
            process.step(view, memory, streams, &mut next);
            if let Some(trace) = trace.as_deref_mut() {
                // What fires because it is due has no reasons, and may stand between what clocks fire.
                let clocked = next.firings[fired..].iter();
                let clocked = clocked
                    .filter(|firing| process.reasons(&view, memory, firing.channel).is_some());
                trace.passed(clocked, &streams.heard().passed);
            }
        }
        self.firings.extend(look::due(self.setup, step));
        self.order.sort(&self.channels, &mut self.firings);
        if let Some(trace) = trace.as_deref_mut() {
            let all = (self.inputs.processes(self.setup), &*self.memories);
            let why =
                self.firings.iter().map(|firing| reasons(all, &view, (firing.tag, firing.channel)));
            trace.explain(why.collect());
            if let Some(channel) = trace.probed_in(step) {
                trace.probed = reasons(all, &view, channel);
            }
        }
        let end = frame.timeline.days[step + 1];
        self.apply_firings((step, end), streams, trace)?;
        std::mem::swap(&mut self.world, &mut self.next);
        Ok(())
    }

    /// Applies what fired to the coming world, each firing with all that follows from it, and looks
    /// at the world after each and on the step date.
    fn apply_firings(
        &mut self,
        (step, end): (usize, i32),
        streams: &mut Streams,
        mut trace: Option<&mut Trace>,
    ) -> Result<(), String> {
        for n in 0..self.firings.len() {
            let firing = self.firings[n];
            if firing.effect == Effect::Look {
                let moment = (step, firing.day, Moments::Changes);
                self.look(moment, streams, trace.as_deref_mut())?;
            } else if self.happens(step, &firing, streams) {
                if let Some(trace) = trace.as_deref_mut() {
                    trace.begin(self.setup, Some(n), &firing);
                }
                self.carry_out(step, &firing, streams, trace.as_deref_mut())?;
                let moment = (step, firing.day, self.moments_after(firing.effect, firing.day));
                self.look(moment, streams, trace.as_deref_mut())?;
            }
        }
        self.look((step, end, Moments::StepDates), streams, trace)
    }

    /// Whether a firing comes to anything: an event has to take its occasion.
    fn happens(&mut self, step: usize, firing: &Firing, streams: &mut Streams) -> bool {
        let Effect::Event(event) = firing.effect else { return true };
        let frame = &self.inputs.frame;
        let at = (firing.day, frame.timeline.moment(step, firing.day));
        self.occasions.take(frame, event, at, firing.tag, streams)
    }
}

/// The bit of a trial's number that only echoes have.
const ECHO: u32 = 1 << 31;

/// Room for what follows from one change: a multiple of what a treaty of all states sets off.
fn room_to_follow(setup: &Setup) -> usize {
    64 + 4 * setup.frame.pairs.len()
}

/// Room for events that fire several times in a step: far more than their mean.
fn expected_repeats(setup: &Setup) -> usize {
    let rates = setup.frame.events.iter().filter_map(|event| match &event.timing {
        Timing::Rate(rate) => Some(rate * setup.frame.timeline.dt),
        _ => None,
    });
    rates.map(|mean| 8 + (4.0 * mean) as usize).sum()
}

fn reasons(
    (processes, memories): (&[Box<dyn Process>], &[Memory]),
    view: &View<'_>,
    (tag, channel): (Tag, usize),
) -> Option<Reasons> {
    let mut all = processes.iter().zip(memories);
    let (process, memory) = all.find(|(process, _)| process.about().tag == tag)?;
    process.reasons(view, memory, channel)
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("panicked: {}", text.unwrap_or("no message"))
}
