//! The trace of a single trial: what fired, why, and what it changed.

use crate::model::change::Change;
use crate::model::frame::Frame;
use crate::model::ids::{DyadId, StateId};
use crate::model::process::{Firing, Reasons};
use crate::model::world::World;
use crate::scenario::setup::Setup;

/// What fired in a trial, in order.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// The occurrences.
    pub occurrences: Vec<Occurrence>,
    /// Reasons of the firings of the step at hand, in their order.
    reasons: Vec<Option<Reasons>>,
}

/// Something that fired.
#[derive(Clone, Debug, PartialEq)]
pub struct Occurrence {
    /// The day, counted from the start of the run.
    pub day: i32,
    /// What its process calls it, as in `events.csv`.
    pub kind: &'static str,
    /// Who or what, as in `events.csv`.
    pub subject: String,
    /// Why, where it was a matter of chance.
    pub reasons: Option<Reasons>,
    /// What it changed, in order.
    pub effects: Vec<Made>,
}

/// A change as made.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// The change.
    pub change: Change,
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
}

impl Trace {
    /// Notes why this step's firings fired; called before anything is changed.
    pub(super) fn explain(&mut self, reasons: Vec<Option<Reasons>>) {
        self.reasons = reasons;
    }

    /// Begins the occurrence of firing number `n` of the step.
    pub(super) fn begin(&mut self, setup: &Setup, n: usize, firing: &Firing) {
        let process = setup.processes.iter().find(|process| process.about().tag == firing.tag);
        let process = process.expect("only processes of the setup fire");
        self.occurrences.push(Occurrence {
            day: firing.day,
            kind: process.about().fires,
            subject: process.channels(&setup.frame).swap_remove(firing.channel),
            reasons: self.reasons.get_mut(n).and_then(Option::take),
            effects: Vec::new(),
        });
    }

    /// Notes a change of the occurrence just begun.
    pub(super) fn made(&mut self, change: Change, effective: bool, before: &World, after: &World) {
        if let Some(occurrence) = self.occurrences.last_mut() {
            occurrence.effects.push(Made { change, effective, moved: moved(before, after) });
        }
    }
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
            Self::Alignment(dyad) => format!("alignment of {}", pair(dyad)),
            Self::Grievance(dyad) => format!("grievance between {}", pair(dyad)),
        }
    }
}
