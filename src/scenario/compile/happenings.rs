//! Events: their times, and the changes their actions make.

use jiff::civil::Date;

use crate::model::change::{Change, Level};
use crate::model::entity::Entity;
use crate::model::event::{Condition, Event, Timing};
use crate::model::ids::{SanctionId, TreatyId, WarId};
use crate::scenario::compile::resolve::{Names, find};
use crate::scenario::document::actions::{Action, Deed, OnMembership, OnSanction, OnTreaty, OnWar};
use crate::scenario::document::events::Timing as Written;
use crate::scenario::document::run::Run;
use crate::scenario::document::{Document, List};
use crate::scenario::expression::Scope;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::Placed;

mod left_out;
mod settings;
mod terms;

pub use left_out::left_out;

/// The events of the file.
pub fn events(
    document: &Document,
    names: &Names,
    scope: &mut Scope<'_>,
    problems: &mut Problems,
) -> Option<Vec<Event>> {
    terms::consistent(document, problems);
    let mut events = Vec::new();
    for entry in &*document.events {
        let Some(body) = &entry.body else { continue };
        let timing = body.timing.as_ref().and_then(|t| timing(t, document, scope, problems));
        let terms = terms::terms(&body.terms, document, problems);
        let changes: Vec<_> =
            body.actions.iter().map(|action| changes(action, document, names, problems)).collect();
        let changes: Option<Vec<_>> = changes.into_iter().collect();
        let changes = changes.map(|changes| changes.concat());
        let entity = Entity::named("event", &entry.name);
        events.extend(timing.zip(terms).zip(changes).map(|((timing, terms), changes)| Event {
            name: entry.name.clone(),
            entity,
            timing,
            terms,
            changes,
        }));
    }
    (events.len() == document.events.len()).then_some(events)
}

fn timing(
    written: &Written,
    document: &Document,
    scope: &mut Scope<'_>,
    problems: &mut Problems,
) -> Option<Timing> {
    let what = "the date of an event";
    match written {
        Written::Rate(rate) => Some(Timing::Rate(rate.value)),
        Written::Date(date) => day_in_run(document, date, what, problems).map(Timing::Day),
        Written::Window(first, last) => {
            let first = day_in_run(document, first, what, problems);
            let last = day_in_run(document, last, what, problems);
            Some(Timing::Window(first?, last?))
        }
        Written::When(when) => {
            let truth = when.get_ref().truth(scope, problems)?;
            let text = when.get_ref().text().to_owned();
            Some(Timing::When(Condition { moments: truth.moments(), truth, text }))
        }
    }
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

/// The changes of an action. An attack is a dispute that is a war.
fn changes(
    action: &Action,
    document: &Document,
    names: &Names,
    problems: &mut Problems,
) -> Option<Vec<Change>> {
    let change = change(action, document, names, problems)?;
    Some(match change {
        Change::Attack(from, on) => vec![Change::Dispute(from, on, Level::War), change],
        _ => vec![change],
    })
}

fn change(
    action: &Action,
    document: &Document,
    names: &Names,
    problems: &mut Problems,
) -> Option<Change> {
    let treaty = |name, problems: &mut Problems| {
        acted_on(&document.treaties, "treaty", name, document, problems).map(TreatyId::new)
    };
    let war = |name, problems: &mut Problems| {
        acted_on(&document.wars, "war", name, document, problems).map(WarId::new)
    };
    Some(match action {
        Action::Treaty(OnTreaty::Sign, name) => Change::Sign(treaty(name, problems)?),
        Action::Treaty(OnTreaty::Ratify, name) => Change::Enter(treaty(name, problems)?),
        Action::Treaty(OnTreaty::Terminate, name) => Change::Terminate(treaty(name, problems)?),
        Action::Membership(does, name, state) => {
            let (id, state) = (treaty(name, problems), names.state(state, problems));
            let (id, state) = (id?, state?);
            match does {
                OnMembership::Accede => Change::Accede(id, state),
                OnMembership::Withdraw | OnMembership::Denounce => Change::Withdraw(id, state),
            }
        }
        Action::Sanction(does, name) => {
            let id = acted_on(&document.sanctions, "sanction", name, document, problems);
            let id = SanctionId::new(id?);
            match does {
                OnSanction::Impose => Change::Impose(id),
                OnSanction::Lift => Change::Lift(id),
            }
        }
        Action::JoinSanction(name, state) => {
            let id = acted_on(&document.sanctions, "sanction", name, document, problems);
            let (id, state) = (id.map(SanctionId::new), names.state(state, problems));
            Change::JoinSanction(id?, state?)
        }
        Action::Set(key, to) => settings::change(key, to.as_ref(), document, problems)?,
        Action::War(OnWar::Start, name) => Change::StartWar(war(name, problems)?),
        Action::War(OnWar::End, name) => Change::EndWar(war(name, problems)?),
        Action::War(OnWar::Hold, name) => Change::HoldWar(war(name, problems)?),
        Action::Invoke(name, state) => {
            let (id, state) = (war(name, problems), names.state(state, problems));
            Change::Invoke(id?, state?)
        }
        Action::Between(deed, from, on) => {
            let (from, on) = (names.state(from, problems), names.state(on, problems));
            let (from, on) = (from?, on?);
            match deed {
                Deed::Warn(years) => Change::Warn(from, on, years.value),
                Deed::Arm => Change::Deliver(from, on),
                Deed::Dispute(level) => Change::Dispute(from, on, *level),
                Deed::Attack => Change::Attack(from, on),
                Deed::LiftAll => Change::LiftAll(from, on),
            }
        }
        Action::Join(name, state, camp) => {
            let (id, state) = (war(name, problems), names.state(state, problems));
            Change::Join(id?, state?, *camp)
        }
        Action::Contact(codes) => Change::Contact(names.dyad(codes, problems)?),
        Action::ShiftAlignment(codes, shift) => {
            let (dyad, shift) = (names.dyad(codes, problems)?, shift.as_ref()?);
            Change::ShiftAlignment { dyad, by: shift.by.value, lasting: shift.lasting }
        }
        Action::ShiftIsolation(code, shift) => {
            let (state, shift) = (names.state(code, problems)?, shift.as_ref()?);
            Change::ShiftIsolation { state, by: shift.by.value, lasting: shift.lasting }
        }
    })
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
        Some(("a treaty", "`sign`, `ratify`, `terminate`, `accede`, `withdraw` or `denounce`"))
    } else if has(&document.sanctions, text) {
        Some(("a sanction", "`impose`, `join` or `lift`"))
    } else if has(&document.wars, text) {
        Some(("a war", "`start_war`, `end_war`, `hold_war`, `join_war` or `invoke`"))
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
