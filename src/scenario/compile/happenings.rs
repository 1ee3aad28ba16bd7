//! Events, and whether everything that has no date is brought about by one.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::model::change::Change;
use crate::model::entity::Entity;
use crate::model::event::{Event, Timing};
use crate::model::ids::{SanctionId, TreatyId, WarId};
use crate::scenario::compile::resolve::{Names, find};
use crate::scenario::document::events::{self as written, Action, Timing as Written};
use crate::scenario::document::run::Run;
use crate::scenario::document::{Document, List, Named};
use crate::scenario::names::nearest;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::Placed;

/// The events of the file.
pub fn events(document: &Document, names: &Names, problems: &mut Problems) -> Option<Vec<Event>> {
    let mut events = Vec::new();
    for entry in &*document.events {
        let Some(body) = &entry.body else { continue };
        let timing = match &body.timing {
            None => None,
            Some(Written::Rate(rate)) => Some(Timing::Rate(*rate)),
            Some(Written::Date(date)) => {
                day_in_run(document, date, "the date of an event", problems).map(Timing::Day)
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
    date: &Placed<Date>,
    what: &str,
    problems: &mut Problems,
) -> Option<i32> {
    let run = document.run.as_ref()?;
    let (calendar, day) = (&run.calendar, *date.get_ref());
    if !(calendar.start()..=calendar.end()).contains(&day) {
        let rule = format!("{what} lies within the run");
        let found = format!("the run goes from {} to {}", calendar.start(), calendar.end());
        let problem = Problem::new(date.span(), rule, found);
        problems.push(match past_last_step(run, day) {
            Some(cure) => problem.with_cure(cure),
            None => problem,
        });
        return None;
    }
    Some(calendar.day(day))
}

/// The cure for a day after the last step and not after the end that is written.
fn past_last_step(run: &Run, day: Date) -> Option<String> {
    let (last, next) = (run.calendar.end(), run.calendar.next_end()?);
    (last < day && day <= run.written_end)
        .then(|| format!("steps end on {last} and {next}; choose a `run.end` that a step ends on"))
}

fn change(
    action: &Action,
    document: &Document,
    names: &Names,
    problems: &mut Problems,
) -> Option<Change> {
    let (treaties, sanctions, wars) = (&document.treaties, &document.sanctions, &document.wars);
    match action {
        Action::Sign(name) => acted_on(treaties, "treaty", name, document, problems)
            .map(|id| Change::Sign(TreatyId::new(id))),
        Action::Terminate(name) => acted_on(treaties, "treaty", name, document, problems)
            .map(|id| Change::Terminate(TreatyId::new(id))),
        Action::Impose(name) => acted_on(sanctions, "sanction", name, document, problems)
            .map(|id| Change::Impose(SanctionId::new(id))),
        Action::Lift(name) => acted_on(sanctions, "sanction", name, document, problems)
            .map(|id| Change::Lift(SanctionId::new(id))),
        Action::StartWar(name) => acted_on(wars, "war", name, document, problems)
            .map(|id| Change::StartWar(WarId::new(id))),
        Action::EndWar(name) => {
            acted_on(wars, "war", name, document, problems).map(|id| Change::EndWar(WarId::new(id)))
        }
        Action::ShiftAlignment(codes, shift) => {
            let (dyad, shift) = (names.dyad(codes, problems)?, (*shift)?);
            Some(Change::ShiftAlignment { dyad, by: shift.by, lasting: shift.lasting })
        }
        Action::ShiftIsolation(code, shift) => {
            let (state, shift) = (names.state(code, problems)?, (*shift)?);
            Some(Change::ShiftIsolation { state, by: shift.by, lasting: shift.lasting })
        }
    }
}

/// The position of what an action names. A name of another kind is noted as such.
fn acted_on<T>(
    list: &List<T>,
    kind: &str,
    name: &Placed<String>,
    document: &Document,
    problems: &mut Problems,
) -> Option<usize> {
    let text = name.get_ref();
    let other = if has(list, text) {
        None
    } else if has(&document.treaties, text) {
        Some(("a treaty", "`sign` or `terminate`"))
    } else if has(&document.sanctions, text) {
        Some(("a sanction", "`impose` or `lift`"))
    } else if has(&document.wars, text) {
        Some(("a war", "`start_war` or `end_war`"))
    } else {
        None
    };
    let Some((what, verbs)) = other else { return find(list, kind, name, problems) };
    let rule = format!("there is no {kind} `{text}`");
    let cure = format!("for {what}: {verbs}");
    problems.add_with_cure(name.span(), rule, format!("`{text}` is {what}"), cure);
    None
}

/// Whether the list has an entry of this name.
pub fn has<T>(list: &List<T>, name: &str) -> bool {
    list.iter().any(|entry| entry.name == name)
}

/// Notes every treaty, sanction and war that is neither in force at the start nor brought about by
/// an event: it would be read and then ignored.
pub fn unused(document: &Document, problems: &mut Problems) {
    // A broken event may have been the one that brings it about.
    let complete =
        |event: &Named<written::Event>| event.body.as_ref().is_some_and(|body| body.complete);
    if document.events.unread || !document.events.iter().all(complete) {
        return;
    }
    let actions = document.events.iter().filter_map(|e| e.body.as_ref()).flat_map(|e| &e.actions);
    let (treaties, sanctions, wars) = (&document.treaties, &document.sanctions, &document.wars);
    let mut signed = BroughtAbout::of(treaties);
    let mut imposed = BroughtAbout::of(sanctions);
    let mut started = BroughtAbout::of(wars);
    for action in actions {
        let (name, known) = match action {
            Action::Sign(name) => (name, signed.note(name)),
            Action::Impose(name) => (name, imposed.note(name)),
            Action::StartWar(name) => (name, started.note(name)),
            _ => continue,
        };
        if !known {
            signed.note_near(name);
            imposed.note_near(name);
            started.note_near(name);
        }
    }
    check(treaties, |t| t.signed.is_some(), "treaty", ("signed", "signs"), &signed, problems);
    check(sanctions, |s| s.since.is_some(), "sanction", ("since", "imposes"), &imposed, problems);
    check(wars, |w| w.since.is_some(), "war", ("since", "starts"), &started, problems);
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
