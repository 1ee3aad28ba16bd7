//! The scenario's own events: on a date, in a window, or at random at a constant rate.
//!
//! An event of a date has its occasion on it in every trial; one of a window on one of its days,
//! all equally likely. The occasions of an event with a rate are a Poisson process. Whether an
//! occasion is taken is decided when it comes ([`Occasions`](crate::model::occasions::Occasions));
//! events with a condition are looked at after every change, by the trial loop.

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

/// The number of the draw that places an event in its window: none that an occasion can have.
const PLACE: u32 = (1 << 24) - 1;

impl Events {
    /// Events due on the first day of the run; they happen before the first step.
    pub fn at_start(frame: &Frame, memory: &Memory, firings: &mut Vec<Firing>) {
        due(frame, memory, firings, |day| day == 0);
    }
}

/// Occasions of dates and windows. A window's day has been drawn when the trial began.
fn due(frame: &Frame, memory: &Memory, firings: &mut Vec<Firing>, due: impl Fn(i32) -> bool) {
    for (channel, event) in frame.events.iter().enumerate() {
        let day = match event.timing {
            Timing::Day(day) => day,
            Timing::Window(..) => memory.days[channel],
            Timing::Rate(_) | Timing::When(_) => continue,
        };
        if due(day) {
            firings.push(firing(channel, day));
        }
    }
}

/// A day of a window; `u` is uniform on [0, 1).
fn day_of((first, last): (i32, i32), u: f64) -> i32 {
    // The product is below the number of days, which fits.
    first + (u * f64::from(last - first + 1)) as i32
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
        let events = frame.events.len();
        Memory { clocks: Clocks::new(events), days: vec![0; events], ..Memory::default() }
    }

    fn begin(&self, frame: &Frame, _world: &mut World, memory: &mut Memory, draws: &mut dyn Draws) {
        memory.clocks.start_idle();
        for (day, event) in memory.days.iter_mut().zip(&frame.events) {
            if let Timing::Window(first, last) = event.timing {
                *day = day_of((first, last), draws.uniform(ABOUT.tag, event.entity, PLACE));
            }
        }
    }

    fn reasons(&self, view: &View<'_>, _memory: &Memory, channel: usize) -> Option<Reasons> {
        match view.frame.events[channel].timing {
            Timing::Rate(hazard) => {
                Some(Reasons { chance: Chance::Hazard(hazard), terms: Vec::new() })
            }
            Timing::Day(_) | Timing::Window(..) | Timing::When(_) => None,
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
        due(view.frame, memory, next.firings, |day| from < day && day <= to);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_a_window_can_be_drawn() {
        assert_eq!([0.0, 0.34, 0.99].map(|u| day_of((10, 12), u)), [10, 11, 12]);
        assert_eq!(day_of((5, 5), 0.999_999), 5);
    }
}
