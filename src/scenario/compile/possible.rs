//! What can happen at all: whether everything that has no date is brought about by an event, and
//! whether every action finds what it acts on.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::model::ids::StateCode;
use crate::model::treaty::Ratification;
use crate::scenario::document::actions::{Action, OnMembership, OnSanction, OnTreaty, OnWar};
use crate::scenario::document::events::{self as written, Timing};
use crate::scenario::document::{Document, List, Named, agreements};
use crate::scenario::names::nearest;
use crate::scenario::problem::Problems;
use crate::scenario::reader::Placed;

/// Notes what is read and can have no effect.
pub fn check_all(document: &Document, problems: &mut Problems) {
    unused(document, problems);
    for event in document.events.iter().filter_map(|event| event.body.as_ref()) {
        for action in &event.actions {
            idle(action, event, document, problems);
        }
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

/// Notes an action that never does anything.
fn idle(action: &Action, event: &written::Event, document: &Document, problems: &mut Problems) {
    match action {
        Action::Treaty(OnTreaty::Ratify, name) => {
            let Some(treaty) = body(&document.treaties, name) else { return };
            let text = name.get_ref();
            if treaty.ratification == Ratification::AtSignature {
                let rule = format!("treaty `{text}` is in force at its signature");
                let cure = "set `ratification = \"by event\"`";
                problems.add_with_cure(name.span(), rule, "nothing is left to ratify", cure);
            } else if early(
                event,
                begun(
                    document,
                    treaty.signed.as_ref(),
                    |action| matches!(action, Action::Treaty(OnTreaty::Sign, signed) if signed.get_ref() == text),
                ),
            ) {
                let rule = format!("treaty `{text}` is signed before it is ratified");
                problems.add(name.span(), rule, "every signature comes later");
            }
        }
        Action::Membership(OnMembership::Withdraw, name, state) => {
            let Some(treaty) = body(&document.treaties, name) else { return };
            let accedes = |(_, action): (_, &Action)| match action {
                Action::Membership(OnMembership::Accede, other, who) => {
                    other.get_ref() == name.get_ref() && who.get_ref() == state.get_ref()
                }
                _ => false,
            };
            if !treaty.open && !among(&treaty.members, state) && !actions(document).any(accedes) {
                let rule = format!("only a member withdraws from treaty `{}`", name.get_ref());
                problems.add(state.span(), rule, format!("{} is never one", state.get_ref()));
            }
        }
        Action::War(OnWar::Hold, name) => {
            let Some(war) = body(&document.wars, name) else { return };
            let text = name.get_ref();
            if early(
                event,
                begun(
                    document,
                    war.since.as_ref(),
                    |action| matches!(action, Action::War(OnWar::Start, begun) if begun.get_ref() == text),
                ),
            ) {
                let rule = format!("war `{text}` is being fought when it is held");
                problems.add(name.span(), rule, "it begins later");
            }
        }
        Action::Invoke(name, state) => {
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
                let rule =
                    format!("`invoke` names a state that fights in war `{}`", name.get_ref());
                let found = format!("{} is on neither side", state.get_ref());
                problems.add_with_cure(state.span(), rule, found, "`join_war` lets it join");
            }
        }
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

/// Notes every treaty, sanction and war that is neither in force at the start nor brought about by
/// an event: it would be read and then ignored.
fn unused(document: &Document, problems: &mut Problems) {
    // A broken event may have been the one that brings it about.
    let complete =
        |event: &Named<written::Event>| event.body.as_ref().is_some_and(|body| body.complete);
    if document.events.unread || !document.events.iter().all(complete) {
        return;
    }
    let actions = document.events.iter().filter_map(|e| e.body.as_ref()).flat_map(|e| &e.actions);
    let (treaties, sanctions, wars) = (&document.treaties, &document.sanctions, &document.wars);
    let mut signed = BroughtAbout::of(treaties);
    let mut ratified = BroughtAbout::of(treaties);
    let mut imposed = BroughtAbout::of(sanctions);
    let mut started = BroughtAbout::of(wars);
    for action in actions {
        let (name, known) = match action {
            Action::Treaty(OnTreaty::Sign, name) => (name, signed.note(name)),
            Action::Treaty(OnTreaty::Ratify, name) => (name, ratified.note(name)),
            Action::Sanction(OnSanction::Impose, name) => (name, imposed.note(name)),
            Action::War(OnWar::Start, name) => (name, started.note(name)),
            _ => continue,
        };
        if !known {
            signed.note_near(name);
            ratified.note_near(name);
            imposed.note_near(name);
            started.note_near(name);
        }
    }
    check(treaties, |t| t.signed.is_some(), "treaty", ("signed", "signs"), &signed, problems);
    unratified(document, &signed, &ratified, problems);
    check(sanctions, |s| s.since.is_some(), "sanction", ("since", "imposes"), &imposed, problems);
    check(wars, |w| w.since.is_some(), "war", ("since", "starts"), &started, problems);
}

/// Notes treaties that only an event can bring into force, and none does.
fn unratified(
    document: &Document,
    signed: &BroughtAbout<'_>,
    ratified: &BroughtAbout<'_>,
    problems: &mut Problems,
) {
    let waits = |treaty: &agreements::Treaty| {
        treaty.ratification == Ratification::ByEvent && treaty.signed.is_none()
    };
    for entry in document.treaties.iter().filter(|entry| entry.whole) {
        let waits = entry.body.as_ref().is_some_and(waits);
        let name = entry.name.as_str();
        if waits && signed.noted.contains(name) && !ratified.noted.contains(name) {
            let rule = format!("treaty `{}` is ratified by an event", entry.name);
            let cure = "let an event ratify it, or choose another `ratification`";
            problems.add_with_cure(entry.span.clone(), rule, "no event ratifies it", cure);
        }
    }
}

/// Which of a list's entries events bring about.
struct BroughtAbout<'d> {
    names: BTreeSet<&'d str>,
    noted: BTreeSet<&'d str>,
}

impl<'d> BroughtAbout<'d> {
    fn of<T>(list: &'d List<T>) -> Self {
        let names = list.iter().map(|entry| entry.name.as_str()).collect();
        Self { names, noted: BTreeSet::new() }
    }

    /// Notes the entry of this name; false if there is none.
    fn note(&mut self, name: &Placed<String>) -> bool {
        let found = self.names.get(name.get_ref().as_str());
        self.noted.extend(found);
        found.is_some()
    }

    /// Notes the entry that a wrong name seems to mean. The slip is a problem where it stands.
    fn note_near(&mut self, name: &Placed<String>) {
        self.noted.extend(nearest(name.get_ref(), self.names.iter().copied()));
    }
}

fn check<T>(
    list: &List<T>,
    dated: impl Fn(&T) -> bool,
    kind: &str,
    (key, verb): (&str, &str),
    brought_about: &BroughtAbout<'_>,
    problems: &mut Problems,
) {
    // A broken entry may have meant to give its date.
    for entry in list.iter().filter(|entry| entry.whole) {
        let dated = entry.body.as_ref().is_some_and(&dated);
        if !dated && !brought_about.noted.contains(entry.name.as_str()) {
            let rule = format!("{kind} `{}` never comes into force", entry.name);
            let cure = format!("give it `{key}`, or an event that {verb} it");
            let found = format!("no `{key}`, and no event {verb} it");
            problems.add_with_cure(entry.span.clone(), rule, found, cure);
        }
    }
}
