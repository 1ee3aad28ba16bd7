//! The scenario's own events: on a date, or at random at a constant rate.
//!
//! An event of a date happens on it in every trial. An event with a rate is a Poisson process.

use crate::model::clocks::Clocks;
use crate::model::draws::Draws;
use crate::model::event::Timing;
use crate::model::frame::Frame;
use crate::model::ids::EventId;
use crate::model::process::{
    About, Chance, Channel, Effect, Firing, Memory, Next, Process, Reasons, Tag, View,
};
use crate::model::world::World;

/// What this is in results.
pub const ABOUT: About =
    About { name: "events", tag: Tag(100), summary: "what the scenario's author schedules" };

/// What an event is called in `events.csv`.
pub const KIND: &str = "event";

/// The process.
#[derive(Clone, Debug)]
pub struct Events;

impl Events {
    /// Events dated on the first day of the run; they happen before the first step.
    pub fn at_start(frame: &Frame, firings: &mut Vec<Firing>) {
        dated(frame, firings, |day| day == 0);
    }
}

fn dated(frame: &Frame, firings: &mut Vec<Firing>, due: impl Fn(i32) -> bool) {
    for (channel, event) in frame.events.iter().enumerate() {
        if let Timing::Day(day) = event.timing
            && due(day)
        {
            firings.push(firing(channel, day));
        }
    }
}

fn firing(channel: usize, day: i32) -> Firing {
    let effect = Effect::Event(EventId::new(channel));
    Firing { day, tag: ABOUT.tag, channel, effect }
}

impl Process for Events {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        Channel::of(KIND, frame.events.iter().map(|event| event.name.clone())).collect()
    }

    fn memory(&self, frame: &Frame) -> Memory {
        Memory { clocks: Clocks::new(frame.events.len()), ..Memory::default() }
    }

    fn begin(&self, frame: &Frame, _world: &mut World, memory: &mut Memory, draws: &mut dyn Draws) {
        let entities = frame.events.iter().map(|event| event.entity);
        memory.clocks.start(ABOUT.tag, entities, draws);
    }

    fn reasons(&self, view: &View<'_>, _memory: &Memory, channel: usize) -> Option<Reasons> {
        match view.frame.events[channel].timing {
            Timing::Rate(hazard) => {
                Some(Reasons { chance: Chance::Hazard(hazard), terms: Vec::new() })
            }
            Timing::Day(_) => None,
        }
    }

    fn step(
        &self,
        view: View<'_>,
        memory: &mut Memory,
        draws: &mut dyn Draws,
        next: &mut Next<'_>,
    ) {
        let timeline = &view.frame.timeline;
        let (from, to) = (timeline.days[view.step], timeline.days[view.step + 1]);
        dated(view.frame, next.firings, |day| from < day && day <= to);
        for (channel, event) in view.frame.events.iter().enumerate() {
            let Timing::Rate(rate) = event.timing else { continue };
            let key = (ABOUT.tag, event.entity);
            memory.clocks.fire_each(channel, rate * timeline.dt, key, draws, |fraction| {
                let day = timeline.day_within(view.step, fraction);
                next.firings.push(firing(channel, day));
            });
        }
    }
}
