//! Actions that can never do anything.

use jiff::civil::Date;

use crate::model::ids::StateCode;
use crate::model::treaty::Ratification;
use crate::scenario::document::actions::{Action, OnMembership, OnSanction, OnTreaty, OnWar};
use crate::scenario::document::events as written;
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
    too_soon(action, event, document, problems);
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

/// Notes an action on a treaty, sanction or war by an event that is over before that has begun.
fn too_soon(action: &Action, event: &written::Event, document: &Document, problems: &mut Problems) {
    let (name, begins) = match action {
        // Ratifying and holding have rules of their own.
        Action::Treaty(OnTreaty::Terminate, name) | Action::Membership(_, name, _) => {
            (name, signature(name, document))
        }
        Action::Sanction(OnSanction::Lift, name) | Action::JoinSanction(name, _) => {
            (name, imposition(name, document))
        }
        Action::War(OnWar::End, name) | Action::Join(name, ..) | Action::Invoke(name, _) => {
            (name, outbreak(name, document))
        }
        _ => return,
    };
    if let Some(begun) = begins.filter(|_| early(event, begins)) {
        let text = name.get_ref();
        let (rule, comes) = match action {
            Action::Treaty(..) | Action::Membership(..) => {
                (format!("treaty `{text}` is signed before anything is done with it"), "is signed")
            }
            Action::Sanction(..) | Action::JoinSanction(..) => {
                let rule = format!("sanction `{text}` is imposed before it is joined or lifted");
                (rule, "is imposed")
            }
            _ => (format!("war `{text}` begins before anything is done in it"), "begins"),
        };
        let found = format!("it {comes} on {begun} at the earliest");
        problems.add(name.span(), rule, found);
    }
}

/// The first day on which a treaty can be signed, if that is a day of the run.
fn signature(name: &Name, document: &Document) -> Option<Date> {
    let treaty = body(&document.treaties, name)?;
    begun(document, treaty.signed.as_ref(), |action| match action {
        Action::Treaty(OnTreaty::Sign, signed) => signed.get_ref() == name.get_ref(),
        _ => false,
    })
}

/// The first day on which a sanction can be imposed.
fn imposition(name: &Name, document: &Document) -> Option<Date> {
    let sanction = body(&document.sanctions, name)?;
    begun(document, sanction.since.as_ref(), |action| match action {
        Action::Sanction(OnSanction::Impose, imposed) => imposed.get_ref() == name.get_ref(),
        _ => false,
    })
}

/// The first day on which a war can begin.
fn outbreak(name: &Name, document: &Document) -> Option<Date> {
    let war = body(&document.wars, name)?;
    begun(document, war.since.as_ref(), |action| match action {
        Action::War(OnWar::Start, started) => started.get_ref() == name.get_ref(),
        _ => false,
    })
}

type Name = Placed<String>;
type State = Placed<StateCode>;

fn ratify(name: &Name, event: &written::Event, document: &Document, problems: &mut Problems) {
    let Some(treaty) = body(&document.treaties, name) else { return };
    let text = name.get_ref();
    if treaty.ratification == Ratification::AtSignature {
        let rule = format!("treaty `{text}` is in force at its signature");
        let cure = "set `ratification = \"by event\"`";
        problems.add_with_cure(name.span(), rule, "nothing is left to ratify", cure);
    } else if early(event, signature(name, document)) {
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
    let text = name.get_ref();
    if early(event, outbreak(name, document)) {
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

/// When something comes about at the earliest: `None` if that is before the run, or any day, or never.
fn begun(
    document: &Document,
    before: Option<&Placed<Date>>,
    brings: impl Fn(&Action) -> bool,
) -> Option<Date> {
    if before.is_some() {
        return None;
    }
    let timings = actions(document).filter(|(_, action)| brings(action));
    let dates: Option<Vec<Date>> = timings.map(|(event, _)| event.first_day()).collect();
    dates?.into_iter().min()
}

/// Whether an event is over before something has come about.
fn early(event: &written::Event, begun: Option<Date>) -> bool {
    event.last_day().zip(begun).is_some_and(|(last, begun)| last < begun)
}
