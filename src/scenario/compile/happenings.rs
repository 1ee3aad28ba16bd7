//! Events, and whether everything that has no date is brought about by one.

use crate::model::change::Change;
use crate::model::entity::Entity;
use crate::model::event::{Event, Timing};
use crate::model::ids::{SanctionId, TreatyId, WarId};
use crate::scenario::compile::resolve::{Names, find};
use crate::scenario::document::events::{Action, Timing as Written};
use crate::scenario::document::{Document, Named};
use crate::scenario::problem::Problems;
use crate::scenario::reader::Placed;

/// The events of the file.
pub fn events(document: &Document, names: &Names, problems: &mut Problems) -> Option<Vec<Event>> {
    let mut events = Vec::new();
    for entry in &document.events {
        let Some(body) = &entry.body else { continue };
        let timing = match &body.timing {
            Written::Rate(rate) => Some(Timing::Rate(*rate)),
            Written::Date(date) => {
                day_in_run(document, date, "an event", problems).map(Timing::Day)
            }
        };
        let changes: Vec<_> =
            body.actions.iter().map(|action| change(action, document, names, problems)).collect();
        let changes: Option<Vec<_>> = changes.into_iter().collect();
        let entity = Entity::named("event", &entry.name);
        events.extend(timing.zip(changes).map(|(timing, changes)| Event {
            name: entry.name.clone(),
            entity,
            timing,
            changes,
        }));
    }
    (events.len() == document.events.len()).then_some(events)
}

/// Days from the start to a date that must lie within the run.
pub fn day_in_run(
    document: &Document,
    date: &Placed<jiff::civil::Date>,
    what: &str,
    problems: &mut Problems,
) -> Option<i32> {
    let calendar = &document.run.as_ref()?.calendar;
    let day = *date.get_ref();
    if !(calendar.start()..=calendar.end()).contains(&day) {
        let rule = format!("{what} lies within the run");
        let found = format!("the run goes from {} to {}", calendar.start(), calendar.end());
        problems.add(date.span(), rule, found);
        return None;
    }
    Some(calendar.day(day))
}

fn change(
    action: &Action,
    document: &Document,
    names: &Names,
    problems: &mut Problems,
) -> Option<Change> {
    let mut treaty = |name| find(&document.treaties, "treaty", name, problems).map(TreatyId::new);
    match action {
        Action::Sign(name) => treaty(name).map(Change::Sign),
        Action::Terminate(name) => treaty(name).map(Change::Terminate),
        Action::Impose(name) => {
            let id = find(&document.sanctions, "sanction", name, problems)?;
            Some(Change::Impose(SanctionId::new(id)))
        }
        Action::Lift(name) => {
            let id = find(&document.sanctions, "sanction", name, problems)?;
            Some(Change::Lift(SanctionId::new(id)))
        }
        Action::StartWar(name) => {
            let id = find(&document.wars, "war", name, problems)?;
            Some(Change::StartWar(WarId::new(id)))
        }
        Action::EndWar(name) => {
            let id = find(&document.wars, "war", name, problems)?;
            Some(Change::EndWar(WarId::new(id)))
        }
        Action::ShiftAlignment(codes, shift) => {
            let dyad = names.dyad(codes, problems)?;
            Some(Change::ShiftAlignment { dyad, by: shift.by, lasting: shift.lasting })
        }
        Action::ShiftIsolation(code, shift) => {
            let state = names.state(code, problems)?;
            Some(Change::ShiftIsolation { state, by: shift.by, lasting: shift.lasting })
        }
    }
}

/// Notes every treaty, sanction and war that is neither in force at the start nor brought about by
/// an event: it would be read and then ignored.
pub fn unused(document: &Document, problems: &mut Problems) {
    let actions =
        || document.events.iter().filter_map(|e| e.body.as_ref()).flat_map(|e| &e.actions);
    // A broken event may have been the one that brings it about.
    if document.events.iter().any(|event| event.body.is_none()) {
        return;
    }
    check(
        &document.treaties,
        |t| t.signed.is_some(),
        "treaty",
        ("signed", "signs"),
        problems,
        |name| actions().any(|action| matches!(action, Action::Sign(n) if n.get_ref() == name)),
    );
    check(
        &document.sanctions,
        |s| s.since.is_some(),
        "sanction",
        ("since", "imposes"),
        problems,
        |name| actions().any(|action| matches!(action, Action::Impose(n) if n.get_ref() == name)),
    );
    check(
        &document.wars,
        |w| w.since.is_some(),
        "war",
        ("since", "starts"),
        problems,
        |name| actions().any(|action| matches!(action, Action::StartWar(n) if n.get_ref() == name)),
    );
}

fn check<T>(
    list: &[Named<T>],
    dated: impl Fn(&T) -> bool,
    kind: &str,
    (key, verb): (&str, &str),
    problems: &mut Problems,
    brought_about: impl Fn(&str) -> bool,
) {
    for entry in list.iter().filter(|entry| entry.body.as_ref().is_some_and(|body| !dated(body))) {
        if !brought_about(&entry.name) {
            let rule = format!("{kind} `{}` never comes into force", entry.name);
            let cure = format!("give it `{key}`, or an event that {verb} it");
            problems.add_with_cure(entry.span.clone(), rule, "no date and no event", cure);
        }
    }
}
