//! What can happen at all: whether everything that has no date is brought about by an event, and
//! whether every action finds what it acts on.

use std::collections::BTreeSet;

use crate::model::treaty::Ratification;
use crate::scenario::document::actions::{Action, OnSanction, OnTreaty, OnWar};
use crate::scenario::document::events as written;
use crate::scenario::document::{Document, List, Named, agreements};
use crate::scenario::names::nearest;
use crate::scenario::problem::Problems;
use crate::scenario::reader::Placed;

mod idle;

/// Notes what is read and can have no effect. Of a variant, only what `base`, the scenario itself,
/// does not have has to be brought about: a variant may leave an event out.
pub fn check_all(document: &Document, base: Option<&Document>, problems: &mut Problems) {
    unused(document, base, problems);
    for event in document.events.iter().filter_map(|event| event.body.as_ref()) {
        for action in &event.actions {
            idle::check(action, event, document, problems);
        }
    }
}

/// Notes every treaty, sanction and war that is neither in force at the start nor brought about by
/// an event: it would be read and then ignored.
fn unused(document: &Document, base: Option<&Document>, problems: &mut Problems) {
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
    if let Some(base) = base {
        signed.noted.extend(base.treaties.iter().map(|entry| entry.name.as_str()));
        ratified.noted.extend(base.treaties.iter().map(|entry| entry.name.as_str()));
        imposed.noted.extend(base.sanctions.iter().map(|entry| entry.name.as_str()));
        started.noted.extend(base.wars.iter().map(|entry| entry.name.as_str()));
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
