//! Which of its occasions an event takes, and what has happened so far.
//!
//! A date, a rate, a window or a condition gives an event occasions. It takes one with its
//! probability, if what it requires has happened, nothing that it excludes has, and neither its
//! days nor its cooldown forbid it. The draw of an occasion is numbered by how many the event has
//! had, taken or not, so that it depends on no other event.

use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::EventId;
use crate::model::process::Tag;

/// Moments closer than this are the same (years): rounding of sums of steps.
const SAME_MOMENT: f64 = 1e-9;

/// What the events of a trial have done so far.
#[derive(Clone, Debug)]
pub struct Occasions {
    /// How often each event has happened.
    fired: Vec<u32>,
    /// When it last happened (years since the start).
    last: Vec<f64>,
    /// How many occasions it has had.
    had: Vec<u32>,
    /// Whether its condition held when it was last looked at.
    held: Vec<bool>,
}

impl Occasions {
    /// Nothing has happened.
    pub fn new(events: usize) -> Self {
        Self {
            fired: vec![0; events],
            last: vec![f64::NEG_INFINITY; events],
            had: vec![0; events],
            held: vec![false; events],
        }
    }

    /// Begins a trial.
    pub fn clear(&mut self) {
        self.fired.fill(0);
        self.last.fill(f64::NEG_INFINITY);
        self.had.fill(0);
        self.held.fill(false);
    }

    /// How often each event has happened.
    pub fn fired(&self) -> &[u32] {
        &self.fired
    }

    /// Notes whether an event's condition holds. True if it has just come to hold.
    pub fn comes_to_hold(&mut self, event: EventId, holds: bool) -> bool {
        let held = std::mem::replace(&mut self.held[event.index()], holds);
        holds && !held
    }

    /// Whether the event takes the occasion it has on this day; if so, it has happened.
    pub fn take(
        &mut self,
        frame: &Frame,
        event: EventId,
        (day, now): (i32, f64),
        tag: Tag,
        draws: &mut dyn Draws,
    ) -> bool {
        let n = event.index();
        let number = self.had[n];
        self.had[n] += 1;
        let (terms, entity) = (&frame.events[n].terms, frame.events[n].entity);
        let taken = self.may(frame, event, day, now)
            && (terms.probability >= 1.0 || draws.uniform(tag, entity, number) < terms.probability);
        if taken {
            self.fired[n] += 1;
            self.last[n] = now;
        }
        taken
    }

    fn may(&self, frame: &Frame, event: EventId, day: i32, now: f64) -> bool {
        let n = event.index();
        let terms = &frame.events[n].terms;
        let happened = |event: &EventId| self.fired[event.index()] > 0;
        terms.may_on(day)
            && !(terms.once && self.fired[n] > 0)
            && now - self.last[n] >= terms.cooldown - SAME_MOMENT
            && terms.requires.iter().all(happened)
            && !terms.excludes.iter().any(happened)
    }
}
