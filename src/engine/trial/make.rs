//! Making a change, with all that follows from it in the same moment.

use super::Simulator;
use crate::engine::streams::Streams;
use crate::engine::trace::Trace;
use crate::model::change::Change;
use crate::model::process::{Consequence, Effect, Firing, Reaction, View};

/// The most changes that may follow from one firing: far more than any chain of allies is long.
const MOST_CONSEQUENCES: u32 = 1_000_000;

impl Simulator<'_> {
    /// Makes the changes of a firing, with all that follows.
    pub(super) fn carry_out(
        &mut self,
        step: usize,
        firing: &Firing,
        streams: &mut Streams,
        mut trace: Option<&mut Trace>,
    ) -> Result<(), String> {
        let Firing { day, tag, channel, .. } = *firing;
        let mut plan = |change, channel| {
            let asked = Consequence { tag, channel, change, reasons: None };
            self.pending.push((0, asked));
        };
        match firing.effect {
            // Counted if it changes something.
            Effect::One(change) => plan(change, Some(channel)),
            Effect::Event(event) => {
                self.record.note(&self.channels, tag, channel, day);
                let changes = &self.inputs.frame.events[event.index()].changes;
                changes.iter().rev().for_each(|&change| plan(change, None));
            }
            Effect::Look => {}
        }
        let mut made = 0;
        while let Some((depth, consequence)) = self.pending.pop() {
            self.make(step, day, (depth, consequence), streams, trace.as_deref_mut());
            made += 1;
            if made > MOST_CONSEQUENCES {
                self.pending.clear();
                return Err(format!("more than {MOST_CONSEQUENCES} changes follow from one"));
            }
        }
        Ok(())
    }

    /// Makes a change, lets every process answer it, and plans what follows.
    fn make(
        &mut self,
        step: usize,
        day: i32,
        (depth, consequence): (u32, Consequence),
        streams: &mut Streams,
        mut trace: Option<&mut Trace>,
    ) {
        let before = trace.is_some().then(|| self.next.clone());
        let now = self.inputs.frame.timeline.moment(step, day);
        let effective = consequence.change.apply(&self.inputs.frame, &mut self.next, now);
        if let Change::Set(parameter, value) = consequence.change {
            self.inputs.set(parameter, value);
        }
        if effective {
            self.record.entries.note(&self.inputs.frame, &consequence, day);
            if let Some(channel) = consequence.channel {
                self.record.note(&self.channels, consequence.tag, channel, day);
            }
            let running = &self.inputs.processes(self.setup)[..self.running];
            let mut reaction = Reaction {
                view: View {
                    frame: &self.inputs.frame,
                    world: &self.world,
                    derived: &self.derived,
                    step,
                },
                now,
                world: &mut self.next,
                draws: streams,
                follow: &mut self.follow,
                traced: trace.is_some(),
            };
            for (process, memory) in running.iter().zip(&mut self.memories) {
                let so_far = reaction.follow.len();
                process.react(&consequence.change, memory, &mut reaction);
                if let Some(trace) = trace.as_deref_mut() {
                    trace.chosen(day, &reaction.follow[so_far..], &reaction.draws.choices());
                }
            }
            let follow = self.follow.drain(..).rev();
            // One ally after the other decides at one depth: being next follows from nothing.
            let deeper = u32::from(!matches!(consequence.change, Change::Decide(_)));
            self.pending.extend(follow.map(|follows| (depth + deeper, follows)));
        }
        if let (Some(trace), Some(before)) = (trace, before) {
            trace.made(self.setup, depth, consequence, effective, (&before, &self.next));
        }
    }
}
