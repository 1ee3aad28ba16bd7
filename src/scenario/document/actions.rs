//! Actions: what an event does.

use std::ops::RangeInclusive;

use toml::Spanned;

use crate::model::change::Level;
use crate::model::ids::StateCode;
use crate::model::war::Camp;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::{Entry, Number, Placed, unknown, wrong_type};
use crate::scenario::tree::Value;

/// An action of an event.
#[derive(Clone, Debug)]
pub enum Action {
    /// Something is done with a treaty.
    Treaty(OnTreaty, Placed<String>),
    /// A state comes to a treaty or leaves it.
    Membership(OnMembership, Placed<String>, Placed<StateCode>),
    /// A sanction comes into force, or is lifted.
    Sanction(OnSanction, Placed<String>),
    /// `join`: a state joins a sanction.
    JoinSanction(Placed<String>, Placed<StateCode>),
    /// `set`: a parameter of a process has another value from now on.
    Set(Placed<String>, Option<Number>),
    /// Something is done with a war.
    War(OnWar, Placed<String>),
    /// `invoke`: the war counts as an attack on a state that fights in it.
    Invoke(Placed<String>, Placed<StateCode>),
    /// `join_war`: a state joins a war.
    Join(Placed<String>, Placed<StateCode>, Camp),
    /// One state (the first) acts on another.
    Between(Deed, Placed<StateCode>, Placed<StateCode>),
    /// `contact`: the leaders of two states meet.
    Contact(Placed<[StateCode; 2]>),
    /// `shift_alignment`: alignment of a dyad jumps.
    ShiftAlignment(Placed<[StateCode; 2]>, Option<Shift>),
    /// `shift_isolation`: isolation of a state jumps.
    ShiftIsolation(Placed<StateCode>, Option<Shift>),
}

/// What can be done with a treaty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnTreaty {
    /// `sign`.
    Sign,
    /// `ratify`: it comes into force.
    Ratify,
    /// `terminate`.
    Terminate,
}

/// What a state can do about its membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnMembership {
    /// `accede`.
    Accede,
    /// `withdraw`.
    Withdraw,
    /// `denounce`: one of two members ends the treaty.
    Denounce,
}

/// What can be done with a sanction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnSanction {
    /// `impose`.
    Impose,
    /// `lift`.
    Lift,
}

/// What can be done with a war.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnWar {
    /// `start_war`.
    Start,
    /// `end_war`.
    End,
    /// `hold_war`: from now on only an event ends it.
    Hold,
}

/// What one state can do to another.
#[derive(Clone, Debug)]
pub enum Deed {
    /// `warn`; the warning stands for so many years.
    Warn(Number),
    /// `arm`: it begins to deliver arms.
    Arm,
    /// `dispute`: it begins a militarised dispute of this level.
    Dispute(Level),
    /// `attack`: it begins a war.
    Attack,
    /// `lift_all`: it lifts everything it has imposed.
    LiftAll,
}

/// How far a score jumps. (`None` in an [`Action`] where that could not be read.)
#[derive(Clone, Debug)]
pub struct Shift {
    /// The jump, -1 to 1.
    pub by: Number,
    /// Whether the value it returns to moves too.
    pub lasting: bool,
}

/// The verbs of actions.
const VERBS: [&str; 23] = [
    "sign",
    "ratify",
    "terminate",
    "accede",
    "withdraw",
    "denounce",
    "impose",
    "join",
    "lift",
    "lift_all",
    "start_war",
    "end_war",
    "hold_war",
    "join_war",
    "invoke",
    "warn",
    "arm",
    "dispute",
    "attack",
    "contact",
    "shift_alignment",
    "shift_isolation",
    "set",
];

/// Keys that go with verbs.
const COMPANIONS: [&str; 8] = ["by", "lasting", "state", "side", "from", "level", "years", "to"];

/// The actions, `None` where one could not be read; `None` for all if there is no list of them.
pub fn actions(entry: &mut Entry<'_>, problems: &mut Problems) -> Option<Vec<Option<Action>>> {
    let path = entry.path_of("actions");
    let Some(value) = entry.raw("actions") else {
        let rule = format!("`{}` needs `actions`", entry.path());
        let cure = "say what happens, for example: actions = [{ sign = \"name-of-a-treaty\" }]";
        let lack = Problem::new(entry.place(), rule, "it is missing here").with_cure(cure);
        entry.lack(&["actions"], lack);
        return None;
    };
    let Value::Array(list) = value.get_ref() else {
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
        let first = table.and_then(|table| table.iter().next()).map(|(key, _)| key.span());
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
    let unknown_verb = entry.named().find(|(key, _)| !COMPANIONS.contains(key.get_ref()));
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
    let treaty = |does, entry: &mut Entry<'_>, problems: &mut Problems| {
        Some(Action::Treaty(does, entry.get(verb, problems)?))
    };
    let membership = |does, entry: &mut Entry<'_>, problems: &mut Problems| {
        let (name, state) = (entry.get(verb, problems), entry.need("state", problems));
        Some(Action::Membership(does, name?, state?))
    };
    let war = |does, entry: &mut Entry<'_>, problems: &mut Problems| {
        Some(Action::War(does, entry.get(verb, problems)?))
    };
    match verb {
        "sign" => treaty(OnTreaty::Sign, entry, problems),
        "ratify" => treaty(OnTreaty::Ratify, entry, problems),
        "terminate" => treaty(OnTreaty::Terminate, entry, problems),
        "accede" => membership(OnMembership::Accede, entry, problems),
        "withdraw" => membership(OnMembership::Withdraw, entry, problems),
        "denounce" => membership(OnMembership::Denounce, entry, problems),
        "join" => {
            let (name, state) = (entry.get(verb, problems), entry.need("state", problems));
            Some(Action::JoinSanction(name?, state?))
        }
        "set" => {
            let (name, to) = (entry.get(verb, problems), entry.need_uncertain("to", ANY, problems));
            Some(Action::Set(name?, to))
        }
        "impose" => Some(Action::Sanction(OnSanction::Impose, entry.get(verb, problems)?)),
        "lift" => Some(Action::Sanction(OnSanction::Lift, entry.get(verb, problems)?)),
        "start_war" => war(OnWar::Start, entry, problems),
        "end_war" => war(OnWar::End, entry, problems),
        "hold_war" => war(OnWar::Hold, entry, problems),
        "invoke" => {
            let (name, state) = (entry.get(verb, problems), entry.need("state", problems));
            Some(Action::Invoke(name?, state?))
        }
        "join_war" => {
            let (name, state) = (entry.get(verb, problems), entry.need("state", problems));
            entry.need::<String>("side", problems);
            let side = entry.choice("side", "side of a war", &SIDES, problems);
            Some(Action::Join(name?, state?, side?))
        }
        "contact" => Some(Action::Contact(entry.get(verb, problems)?)),
        "shift_alignment" => {
            let dyad = entry.get::<[StateCode; 2]>(verb, problems);
            let shift = shift(entry, problems);
            Some(Action::ShiftAlignment(dyad?, shift))
        }
        "shift_isolation" => {
            let state = entry.get::<StateCode>(verb, problems);
            let shift = shift(entry, problems);
            Some(Action::ShiftIsolation(state?, shift))
        }
        _ => between(verb, entry, problems),
    }
}

/// The range of a parameter that is not known yet.
const ANY: RangeInclusive<f64> = -f64::MAX..=f64::MAX;

/// The sides of a war, by name.
pub const SIDES: [(&str, Camp); 2] = [("a", Camp::Attacker), ("b", Camp::Target)];

/// The levels of a dispute, by name.
pub const LEVELS: [(&str, Level); 3] =
    [("threat", Level::Threat), ("display", Level::Display), ("force", Level::Force)];

/// What one state does to another: the verb has the other, `from` the one.
fn between(verb: &'static str, entry: &mut Entry<'_>, problems: &mut Problems) -> Option<Action> {
    let on = entry.get::<StateCode>(verb, problems);
    let from = entry.need::<StateCode>("from", problems);
    let deed = match verb {
        "warn" => Deed::Warn({
            let years = entry.uncertain("years", 0.01..=100.0, problems);
            years.unwrap_or(1.0.into())
        }),
        "arm" => Deed::Arm,
        "dispute" => {
            let level = entry.choice("level", "level of a dispute", &LEVELS, problems);
            Deed::Dispute(level.unwrap_or(Level::Force))
        }
        "attack" => Deed::Attack,
        _ => Deed::LiftAll,
    };
    let (from, on) = (from?, on?);
    if from.get_ref() == on.get_ref() {
        let rule = format!("`{verb}` takes two different states");
        problems.add(from.span(), rule, format!("{} is both", from.get_ref()));
        return None;
    }
    Some(Action::Between(deed, from, on))
}

fn shift(entry: &mut Entry<'_>, problems: &mut Problems) -> Option<Shift> {
    let lasting = entry.get::<bool>("lasting", problems).is_some_and(Spanned::into_inner);
    let by = entry.need_uncertain("by", -1.0..=1.0, problems)?;
    Some(Shift { by, lasting })
}
