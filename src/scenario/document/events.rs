//! `[events]` and `[variants]`: what is to happen, and what a variant leaves out.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::DeValue;

use crate::model::ids::StateCode;
use crate::scenario::document::states::dyad_codes;
use crate::scenario::problem::Problems;
use crate::scenario::reader::{Entry, Placed, in_range, suggested_one_of};

/// An event.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub timing: Timing,
    /// What happens, in order.
    pub actions: Vec<Action>,
}

/// When an event happens.
#[derive(Clone, Debug)]
pub enum Timing {
    /// On a date.
    Date(Placed<Date>),
    /// At random, so many times a year.
    Rate(f64),
}

/// An action of an event.
#[derive(Clone, Debug)]
pub enum Action {
    /// `sign`: a treaty comes into force.
    Sign(Placed<String>),
    /// `terminate`: a treaty ends.
    Terminate(Placed<String>),
    /// `impose`: a sanction comes into force.
    Impose(Placed<String>),
    /// `lift`: a sanction is lifted.
    Lift(Placed<String>),
    /// `start_war`: a war begins.
    StartWar(Placed<String>),
    /// `end_war`: a war ends.
    EndWar(Placed<String>),
    /// `shift_alignment`: alignment of a dyad jumps.
    ShiftAlignment(Placed<[StateCode; 2]>, Shift),
    /// `shift_isolation`: isolation of a state jumps.
    ShiftIsolation(Placed<StateCode>, Shift),
}

/// How far a score jumps.
#[derive(Clone, Copy, Debug)]
pub struct Shift {
    /// The jump, -1 to 1.
    pub by: f64,
    /// Whether the value it returns to moves too.
    pub lasting: bool,
}

/// A variant of the scenario.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The events it leaves out.
    pub without: Vec<Placed<String>>,
}

/// The verbs of actions.
const VERBS: [&str; 8] = [
    "sign",
    "terminate",
    "impose",
    "lift",
    "start_war",
    "end_war",
    "shift_alignment",
    "shift_isolation",
];

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
    let has_rate = entry.raw("rate").is_some();
    let rate = entry.number("rate", 0.0..=1000.0, problems);
    let actions = actions(entry, problems);
    let timing = match (entry.raw("date").is_some(), has_rate) {
        (true, false) => date.map(Timing::Date),
        (false, true) => rate.map(Timing::Rate),
        (both, _) => {
            let rule =
                format!("event `{}` needs a `date` or a `rate`, and not both", name.get_ref());
            problems.add(name.span(), rule, if both { "it has both" } else { "it has neither" });
            None
        }
    };
    Some(Event { timing: timing?, actions: actions? })
}

fn actions(entry: &mut Entry<'_>, problems: &mut Problems) -> Option<Vec<Action>> {
    let path = entry.path_of("actions");
    let Some(value) = entry.raw("actions") else {
        problems.add(entry.span(), format!("`{path}` says what happens"), "it is missing here");
        return None;
    };
    let DeValue::Array(list) = value.get_ref() else {
        let rule = format!("`{path}` must be a list of actions such as {{ sign = \"...\" }}");
        problems.add(value.span(), rule, "this is no list");
        return None;
    };
    if list.is_empty() {
        problems.add(value.span(), format!("`{path}` needs an action"), "it is empty");
    }
    let read = list
        .iter()
        .enumerate()
        .map(|(n, item)| action(Entry::of(item, &format!("{path}[{n}]"), problems)?, problems));
    // Every action is read, so that every problem is noted, before any missing one counts.
    read.collect::<Vec<_>>().into_iter().collect()
}

fn action(mut entry: Entry<'_>, problems: &mut Problems) -> Option<Action> {
    let present: Vec<_> = VERBS.into_iter().filter(|verb| entry.raw(verb).is_some()).collect();
    let [verb] = present[..] else {
        let found = match present[..] {
            [] => "no verb here".to_owned(),
            _ => format!("this has {}", present.join(", ")),
        };
        let cure = suggested_one_of(&entry, &VERBS);
        problems.add_with_cure(entry.span(), "an action has exactly one verb", found, cure);
        return None;
    };
    let action = of_verb(verb, &mut entry, problems);
    entry.end(problems);
    action
}

fn of_verb(verb: &'static str, entry: &mut Entry<'_>, problems: &mut Problems) -> Option<Action> {
    let named = |entry: &mut Entry<'_>, problems: &mut Problems| entry.get(verb, problems);
    Some(match verb {
        "sign" => Action::Sign(named(entry, problems)?),
        "terminate" => Action::Terminate(named(entry, problems)?),
        "impose" => Action::Impose(named(entry, problems)?),
        "lift" => Action::Lift(named(entry, problems)?),
        "start_war" => Action::StartWar(named(entry, problems)?),
        "end_war" => Action::EndWar(named(entry, problems)?),
        "shift_alignment" => {
            let dyad = entry.get::<String>(verb, problems);
            let shift = shift(entry, problems);
            let dyad = dyad?;
            let codes = dyad_codes(&dyad, problems)?;
            Action::ShiftAlignment(Spanned::new(dyad.span(), codes), shift?)
        }
        _ => {
            let state = entry.get::<StateCode>(verb, problems);
            let shift = shift(entry, problems);
            Action::ShiftIsolation(state?, shift?)
        }
    })
}

fn shift(entry: &mut Entry<'_>, problems: &mut Problems) -> Option<Shift> {
    let lasting = entry.get::<bool>("lasting", problems).is_some_and(Spanned::into_inner);
    let by = entry.need::<f64>("by", problems)?;
    let path = entry.path_of("by");
    let by = in_range(&by, &(-1.0..=1.0), &path, problems)?;
    Some(Shift { by, lasting })
}
