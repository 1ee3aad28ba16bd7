//! What an expression may name.

use crate::model::expression::{Slot, Tracker, Truth, Variable};
use crate::model::ids::{EventId, SanctionId, StateCode, StateId, TreatyId, WarId};
use crate::scenario::calendar::Calendar;
use crate::scenario::names::known_code;

use super::words::Word;

/// Everything that an expression may name, and the memory that expressions have asked for so far.
#[derive(Debug)]
pub struct Scope<'a> {
    /// The states by their codes.
    pub states: Known<'a, StateId>,
    /// The treaties that may be named.
    pub treaties: Known<'a, TreatyId>,
    /// The sanction entries.
    pub sanctions: Known<'a, SanctionId>,
    /// The wars that may be named.
    pub wars: Known<'a, WarId>,
    /// The events.
    pub events: Known<'a, EventId>,
    /// The named quantities by their positions.
    pub quantities: Known<'a, usize>,
    /// The kind and the subject of every channel, in the order of the counts of a trial.
    pub channels: Known<'a, &'a str>,
    /// The processes that are off: nothing of their kinds can happen.
    pub off: Vec<&'static str>,
    /// The dates of the run.
    pub calendar: &'a Calendar,
    /// The memory of `ever` and `since`.
    pub memory: Memory,
}

/// Names of one kind with what they stand for.
#[derive(Clone, Debug)]
pub struct Known<'a, T> {
    /// The names.
    pub list: Vec<(&'a str, T)>,
    /// Whether these are all that the author wrote. If some could not be read, a name that is not
    /// among them is no problem of the expression.
    pub whole: bool,
}

impl<T> Default for Known<'_, T> {
    fn default() -> Self {
        Self { list: Vec::new(), whole: true }
    }
}

impl<'a, T: Copy> Known<'a, T> {
    /// These names and no others.
    pub fn all(list: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        Self { list: list.into_iter().collect(), whole: true }
    }

    /// What a name stands for.
    pub fn find(&self, name: &str) -> Option<T> {
        self.list.iter().find(|(known, _)| *known == name).map(|(_, what)| *what)
    }

    /// The names.
    pub fn names(&self) -> Vec<&'a str> {
        self.list.iter().map(|(name, _)| *name).collect()
    }
}

impl<'a> Known<'a, StateId> {
    /// The states of these codes, in the order of their positions.
    pub fn states(codes: &'a [StateCode]) -> Self {
        Self::all(codes.iter().enumerate().map(|(n, code)| (code.as_str(), StateId::new(n))))
    }
}

/// The memory that expressions need.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    /// What keeps it, inner ones before outer ones.
    pub trackers: Vec<Tracker>,
    /// How many places it has.
    pub places: usize,
}

impl Memory {
    /// The slot where `truth`, which may depend on a variable bound around it, is remembered.
    pub(super) fn slot(&mut self, truth: Truth, each: Option<Variable>, states: usize) -> Slot {
        let same = |tracker: &&Tracker| tracker.truth == truth && tracker.slot.each() == each;
        if let Some(tracker) = self.trackers.iter().find(same) {
            return tracker.slot;
        }
        let slot = Slot::new(self.places, each);
        self.places += slot.places(states);
        self.trackers.push(Tracker::new(truth, slot));
        slot
    }
}

/// Why a name cannot be that of a quantity or of a bound variable, if it cannot.
pub fn unusable(name: &str) -> Option<String> {
    let mut letters = name.chars();
    let begins = letters.next().is_some_and(|c| c.is_alphabetic() || c == '_');
    if !begins || !letters.all(super::lexer::in_name) {
        return Some("this is not letters, digits and _, beginning with a letter".to_owned());
    }
    let reserved = ["and", "or", "not", "true", "false"];
    if reserved.contains(&name.to_lowercase().as_str()) || Word::find(name).is_some() {
        return Some(format!("`{name}` means something else in expressions"));
    }
    known_code(name).map(|_| format!("`{name}` is the code of a state"))
}
