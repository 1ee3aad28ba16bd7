//! `[events]` and `[variants]`: what is to happen, and what a variant leaves out.

use jiff::civil::Date;

use crate::scenario::document::actions::{Action, actions};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::{Entry, Placed};

/// An event.
#[derive(Clone, Debug)]
pub struct Event {
    /// When, if that could be read.
    pub timing: Option<Timing>,
    /// What happens, in order, as far as it could be read.
    pub actions: Vec<Action>,
    /// Whether there are actions and all could be read.
    pub complete: bool,
}

/// When an event happens.
#[derive(Clone, Debug)]
pub enum Timing {
    /// On a date.
    Date(Placed<Date>),
    /// At random, so many times a year.
    Rate(f64),
}

/// A variant of the scenario.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The events it leaves out.
    pub without: Vec<Placed<String>>,
}

/// Reads an entry of `[variants]`.
pub fn variant(
    _name: &Placed<&str>,
    entry: &mut Entry<'_>,
    problems: &mut Problems,
) -> Option<Variant> {
    let without = entry.need::<Vec<Placed<String>>>("without", problems)?;
    Some(Variant { without: without.into_inner() })
}

/// Reads an entry of `[events]`.
pub fn event(name: &Placed<&str>, entry: &mut Entry<'_>, problems: &mut Problems) -> Option<Event> {
    let date = entry.get::<Date>("date", problems);
    let rate = entry.number("rate", 0.0..=1000.0, problems);
    let rule = format!("event `{}` needs either a `date` or a `rate`", name.get_ref());
    let timing = match (entry.has("date"), entry.has("rate")) {
        (true, false) => date.map(Timing::Date),
        (false, true) => rate.map(Timing::Rate),
        (true, true) => {
            problems.add(entry.place_of("rate"), rule, "it has both");
            None
        }
        (false, false) => {
            let lack = Problem::new(entry.place(), rule, "it has neither");
            entry.lack(&["date", "rate"], lack);
            None
        }
    };
    let actions = actions(entry, problems);
    let complete =
        actions.as_ref().is_some_and(|list| !list.is_empty() && list.iter().all(Option::is_some));
    let actions = actions.into_iter().flatten().flatten().collect();
    Some(Event { timing, actions, complete })
}
