//! Actions that can never do anything.

use jiff::civil::Date;

use crate::model::ids::StateCode;
use crate::model::treaty::Ratification;
use crate::scenario::document::actions::{Action, OnMembership, OnTreaty, OnWar};
use crate::scenario::document::events::{self as written, Timing};
use crate::scenario::document::{Document, List, agreements};
use crate::scenario::problem::Problems;
use crate::scenario::reader::Placed;

/// Notes an action that never does anything.
pub fn check(
    action: &Action,
    event: &written::Event,
    document: &Document,
    problems: &mut Problems,
) {
    match action {
        Action::Treaty(OnTreaty::Ratify, name) => ratify(name, event, document, problems),
        Action::Membership(OnMembership::Withdraw, name, state) => {
            withdraw(name, state, document, problems);
        }
        Action::Membership(OnMembership::Denounce, name, state) => {
            denounce(name, state, document, problems);
        }
        Action::JoinSanction(name, state) => join_sanction(name, state, document, problems),
        Action::War(OnWar::Hold, name) => hold(name, event, document, problems),
        Action::Invoke(name, state) => invoke(name, state, document, problems),
        Action::Join(name, state, _) => {
            let Some(war) = body(&document.wars, name) else { return };
            if among(&war.side_a, state) || among(&war.side_b, state) {
                let rule = format!("a state outside joins war `{}`", name.get_ref());
                problems.add(state.span(), rule, format!("{} fights in it", state.get_ref()));
            }
        }
        _ => {}
    }
}

type Name = Placed<String>;
type State = Placed<StateCode>;

fn ratify(name: &Name, event: &written::Event, document: &Document, problems: &mut Problems) {
    let Some(treaty) = body(&document.treaties, name) else { return };
    let text = name.get_ref();
    let signs = |action: &Action| matches!(action, Action::Treaty(OnTreaty::Sign, signed) if signed.get_ref() == text);
    if treaty.ratification == Ratification::AtSignature {
        let rule = format!("treaty `{text}` is in force at its signature");
        let cure = "set `ratification = \"by event\"`";
        problems.add_with_cure(name.span(), rule, "nothing is left to ratify", cure);
    } else if early(event, begun(document, treaty.signed.as_ref(), signs)) {
        let rule = format!("treaty `{text}` is signed before it is ratified");
        problems.add(name.span(), rule, "every signature comes later");
    }
}

/// Whether an event lets a state accede to a treaty.
fn accedes(name: &Name, state: &State, document: &Document) -> bool {
    actions(document).any(|(_, action)| match action {
        Action::Membership(OnMembership::Accede, other, who) => {
            other.get_ref() == name.get_ref() && who.get_ref() == state.get_ref()
        }
        _ => false,
    })
}

fn withdraw(name: &Name, state: &State, document: &Document, problems: &mut Problems) {
    let Some(treaty) = body(&document.treaties, name) else { return };
    if !treaty.open && !among(&treaty.members, state) && !accedes(name, state, document) {
        let rule = format!("only a member withdraws from treaty `{}`", name.get_ref());
        problems.add(state.span(), rule, format!("{} is never one", state.get_ref()));
    }
}

fn denounce(name: &Name, state: &State, document: &Document, problems: &mut Problems) {
    let Some(treaty) = body(&document.treaties, name) else { return };
    if !among(&treaty.members, state) {
        let rule = format!("only a member denounces treaty `{}`", name.get_ref());
        problems.add(state.span(), rule, format!("{} is none", state.get_ref()));
    } else if treaty.members.len() > 2 || treaty.open {
        let rule = "`denounce` ends a treaty of two";
        let found = format!("`{}` can go on without {}", name.get_ref(), state.get_ref());
        let cure = "`withdraw` leaves it, `terminate` ends it for all";
        problems.add_with_cure(name.span(), rule, found, cure);
    }
}

fn join_sanction(name: &Name, state: &State, document: &Document, problems: &mut Problems) {
    let Some(sanction) = body(&document.sanctions, name) else { return };
    let found = if among(&sanction.senders, state) {
        format!("{} is one of its senders", state.get_ref())
    } else if sanction.targets.len() == 1 && among(&sanction.targets, state) {
        format!("{} is its target", state.get_ref())
    } else {
        return;
    };
    problems.add(
        state.span(),
        format!("a state outside joins sanction `{}`", name.get_ref()),
        found,
    );
}

fn hold(name: &Name, event: &written::Event, document: &Document, problems: &mut Problems) {
    let Some(war) = body(&document.wars, name) else { return };
    let text = name.get_ref();
    let starts = |action: &Action| matches!(action, Action::War(OnWar::Start, begun) if begun.get_ref() == text);
    if early(event, begun(document, war.since.as_ref(), starts)) {
        let rule = format!("war `{text}` is being fought when it is held");
        problems.add(name.span(), rule, "it begins later");
    }
}

fn invoke(name: &Name, state: &State, document: &Document, problems: &mut Problems) {
    let Some(war) = body(&document.wars, name) else { return };
    let joins = |(_, action): (_, &Action)| match action {
        Action::Join(other, who, _) => {
            other.get_ref() == name.get_ref() && who.get_ref() == state.get_ref()
        }
        _ => false,
    };
    let fights = among(&war.side_a, state) || among(&war.side_b, state);
    let known = document.states.iter().any(|entry| entry.name == state.get_ref().as_str());
    if known && !fights && !actions(document).any(joins) {
        let rule = format!("`invoke` names a state that fights in war `{}`", name.get_ref());
        let found = format!("{} is on neither side", state.get_ref());
        problems.add_with_cure(state.span(), rule, found, "`join_war` lets it join");
    }
}

/// Every action of every event, with the event.
fn actions(document: &Document) -> impl Iterator<Item = (&written::Event, &Action)> {
    let events = document.events.iter().filter_map(|event| event.body.as_ref());
    events.flat_map(|event| event.actions.iter().map(move |action| (event, action)))
}

/// The entry of this name, if nothing in it is wrong: a wrong one may have meant anything.
fn body<'d, T>(list: &'d List<T>, name: &Placed<String>) -> Option<&'d T> {
    let entry = list.iter().find(|entry| entry.name == *name.get_ref())?;
    entry.body.as_ref().filter(|_| entry.whole)
}

fn among(codes: &agreements::Codes, state: &Placed<StateCode>) -> bool {
    codes.iter().any(|code| code.get_ref() == state.get_ref())
}

/// When something comes about at the earliest: `None` if that is before the run, or a matter of
/// chance, or never.
fn begun(
    document: &Document,
    before: Option<&Placed<Date>>,
    brings: impl Fn(&Action) -> bool,
) -> Option<Date> {
    if before.is_some() {
        return None;
    }
    let timings = actions(document).filter(|(_, action)| brings(action));
    let dates: Option<Vec<Date>> = timings
        .map(|(event, _)| match &event.timing {
            Some(Timing::Date(date)) => Some(*date.get_ref()),
            _ => None,
        })
        .collect();
    dates?.into_iter().min()
}

/// Whether an event comes before something has come about.
fn early(event: &written::Event, begun: Option<Date>) -> bool {
    match (&event.timing, begun) {
        (Some(Timing::Date(date)), Some(begun)) => *date.get_ref() < begun,
        _ => false,
    }
}
