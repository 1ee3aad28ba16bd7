//! `[events]` and `[variants]`: what is to happen, and what a variant leaves out.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::DeValue;

use crate::model::ids::StateCode;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::{Entry, Placed, in_range, unknown, wrong_type};

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
    ShiftAlignment(Placed<[StateCode; 2]>, Option<Shift>),
    /// `shift_isolation`: isolation of a state jumps.
    ShiftIsolation(Placed<StateCode>, Option<Shift>),
}

/// How far a score jumps. (`None` in an [`Action`] where that could not be read.)
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

/// The actions, `None` where one could not be read; `None` for all if there is no list of them.
fn actions(entry: &mut Entry<'_>, problems: &mut Problems) -> Option<Vec<Option<Action>>> {
    let path = entry.path_of("actions");
    let Some(value) = entry.raw("actions") else {
        let rule = format!("`{}` needs `actions`", entry.path());
        let cure = "say what happens, for example: actions = [{ sign = \"name-of-a-treaty\" }]";
        let lack = Problem::new(entry.place(), rule, "it is missing here").with_cure(cure);
        entry.lack(&["actions"], lack);
        return None;
    };
    let DeValue::Array(list) = value.get_ref() else {
        wrong_type(
            value.span(),
            &path,
            "a list of actions such as [{ sign = \"name-of-a-treaty\" }]",
            value.get_ref(),
            problems,
        );
        return None;
    };
    if list.is_empty() {
        let cure = "for example: actions = [{ sign = \"name-of-a-treaty\" }]";
        problems.add_with_cure(
            value.span(),
            format!("`{path}` needs an action"),
            "it is empty",
            cure,
        );
    }
    let read = list.iter().enumerate().map(|(n, item)| {
        // An action has no name: its first key stands for it.
        let table = item.get_ref().as_table();
        let first = table.and_then(|table| table.keys().next()).map(Spanned::span);
        let place = first.unwrap_or(item.span());
        action(Entry::of(item, &format!("{path}[{n}]"), place, problems)?, problems)
    });
    Some(read.collect())
}

fn action(mut entry: Entry<'_>, problems: &mut Problems) -> Option<Action> {
    let verb = |key: &str| VERBS.into_iter().find(|verb| *verb == key);
    let present: Vec<_> = entry.named().filter_map(|(key, _)| verb(key.get_ref())).collect();
    let rule = "an action has exactly one verb";
    let action = match present[..] {
        [verb] => of_verb(verb, &mut entry, problems),
        [] => {
            no_verb(&entry, problems);
            return None;
        }
        [first, second, ..] => {
            let found = format!("`{first}` and `{second}` stand in one action");
            let cure = "write each as an action of its own: { ... }, { ... }";
            problems.add_with_cure(entry.place_of(second), rule, found, cure);
            return None;
        }
    };
    let before = problems.len();
    entry.end(problems);
    action.filter(|_| problems.len() == before)
}

/// Notes what stands where a verb should: an unknown one, or nothing.
fn no_verb(entry: &Entry<'_>, problems: &mut Problems) {
    let unknown_verb = entry.named().find(|(key, _)| !["by", "lasting"].contains(key.get_ref()));
    match unknown_verb {
        Some((key, _)) => {
            let rule = format!("`{}` has no verb `{}`", entry.path(), key.get_ref());
            unknown(key.span(), &rule, key.get_ref(), &VERBS, problems);
        }
        None => {
            let cure = format!("one of: {}", VERBS.join(", "));
            let rule = "an action has exactly one verb";
            problems.add_with_cure(entry.place(), rule, "it has none", cure);
        }
    }
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
            let dyad = entry.get::<[StateCode; 2]>(verb, problems);
            let shift = shift(entry, problems);
            Action::ShiftAlignment(dyad?, shift)
        }
        _ => {
            let state = entry.get::<StateCode>(verb, problems);
            let shift = shift(entry, problems);
            Action::ShiftIsolation(state?, shift)
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
