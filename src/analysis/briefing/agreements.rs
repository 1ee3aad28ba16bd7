//! Who is bound to whom, who sanctions whom, who fights whom.

use super::{entry, listed};
use crate::analysis::story::phrases::names;
use crate::model::change::Change;
use crate::model::ids::{SanctionId, StateId, TreatyId, WarId};
use crate::model::treaty::{Obligation, Ratification, Treaty};
use crate::scenario::setup::Setup;

/// The treaties of the scenario, those in force first.
pub fn treaties(setup: &Setup) -> String {
    let frame = &setup.frame;
    // Those that the model may form come after those of the scenario.
    let slots = &frame.slots;
    let own = slots.layers.iter().map(Vec::len).sum::<usize>() + slots.leagues.len();
    let named = frame.treaties.iter().take(frame.treaties.len() - own).enumerate();
    let named = named.map(|(n, treaty)| (TreatyId::new(n), treaty));
    let (bound, others): (Vec<_>, Vec<_>) =
        named.partition(|(id, _)| setup.initial.treaties.in_force(*id));
    let told = |(id, treaty): (TreatyId, &Treaty)| of_treaty(setup, id, treaty);
    bound.into_iter().chain(others).map(told).collect()
}

fn of_treaty(setup: &Setup, id: TreatyId, treaty: &Treaty) -> String {
    let mut said = vec![owed(setup, treaty)];
    let sides: Vec<_> = treaty.dimensions.iter().map(|side| side.name().to_owned()).collect();
    let stage = if setup.initial.treaties.in_force(id) {
        "in force at the start".to_owned()
    } else {
        let by = events_that(setup, |change| matches!(change, Change::Sign(other) if other == id));
        format!("{}, {}", brought(&by, "signed"), ratified(setup, id, treaty.ratification))
    };
    said.push(format!("Its sides are {}; it is {stage}.", listed(&sides)));
    if treaty.obliges(Obligation::Defence) && !treaty.conditional {
        said.push("Defence is owed even to a member that chose its war.".to_owned());
    }
    if treaty.open {
        said.push("Other states may accede by themselves.".to_owned());
    }
    entry(&treaty.name, &said, &[])
}

/// Who owes what to whom.
fn owed(setup: &Setup, treaty: &Treaty) -> String {
    let frame = &setup.frame;
    let members = names(frame, &treaty.members);
    if treaty.obligations.is_empty() {
        return format!("{members} agree without obligations.");
    }
    let clause = |obligation: &Obligation| match &treaty.articles[*obligation as usize] {
        Some(article) => format!("{} ({article})", obligation.name()),
        None => obligation.name().to_owned(),
    };
    let clauses = listed(&treaty.obligations.iter().map(clause).collect::<Vec<_>>());
    let Some(debtors) = &treaty.debtors else {
        return format!("{members} owe each other {clauses}.");
    };
    let others: Vec<StateId> =
        treaty.members.iter().copied().filter(|state| !debtors.contains(state)).collect();
    let owe = if debtors.len() == 1 { "owes" } else { "owe" };
    let to = match (&others[..], debtors.len()) {
        ([], _) => "each other".to_owned(),
        (others, 1) => names(frame, others),
        (others, _) => format!("each other and {}", names(frame, others)),
    };
    format!("{} {owe} {to} {clauses}.", names(frame, debtors))
}

/// How a signed treaty comes into force.
fn ratified(setup: &Setup, id: TreatyId, ratification: Ratification) -> String {
    match ratification {
        Ratification::ByChance if setup.frame.ratification => "then ratified by chance".to_owned(),
        Ratification::AtSignature | Ratification::ByChance => {
            "in force with its signature".to_owned()
        }
        Ratification::ByEvent => {
            let enters = |change| matches!(change, Change::Enter(other) if other == id);
            brought(&events_that(setup, enters), "ratified")
        }
    }
}

/// The sanctions of the scenario.
pub fn sanctions(setup: &Setup) -> String {
    let frame = &setup.frame;
    let told = frame.sanctions.iter().enumerate().map(|(n, sanction)| {
        let id = SanctionId::new(n);
        let own = &sanction.links[..sanction.own];
        let senders = unique(own.iter().map(|(sender, _)| *sender));
        let targets = unique(own.iter().map(|(_, target)| *target));
        let verb = if senders.len() == 1 { "sanctions" } else { "sanction" };
        let types: Vec<_> = sanction.types.names().map(str::to_owned).collect();
        let who = format!(
            "{} {verb} {}: {}.",
            names(frame, &senders),
            names(frame, &targets),
            listed(&types)
        );
        let stage = if setup.initial.sanctions.entry_on(frame, id) {
            "In force at the start.".to_owned()
        } else {
            let imposes = |change| matches!(change, Change::Impose(other) if other == id);
            format!("It is {}.", brought(&events_that(setup, imposes), "imposed"))
        };
        entry(&sanction.name, &[who, stage], &[])
    });
    told.collect()
}

fn unique(states: impl Iterator<Item = StateId>) -> Vec<StateId> {
    let mut states: Vec<_> = states.collect();
    states.sort_unstable();
    states.dedup();
    states
}

/// The wars of the scenario.
pub fn wars(setup: &Setup) -> String {
    let frame = &setup.frame;
    let told = frame.wars.iter().enumerate().map(|(n, war)| {
        let id = WarId::new(n);
        let who =
            format!("{} against {}.", names(frame, &war.attackers), names(frame, &war.targets));
        let stage = if setup.initial.wars.is_on(id) {
            "Being fought at the start.".to_owned()
        } else {
            let begins = |change| matches!(change, Change::StartWar(other) if other == id);
            format!("It is {}.", brought(&events_that(setup, begins), "begun"))
        };
        entry(&war.name, &[who, stage], &[])
    });
    told.collect()
}

/// Names of the events that make such a change.
fn events_that(setup: &Setup, makes: impl Fn(Change) -> bool) -> Vec<String> {
    let events = setup.frame.events.iter();
    let making = events.filter(|event| event.changes.iter().any(|&change| makes(change)));
    making.map(|event| event.name.clone()).collect()
}

fn brought(events: &[String], done: &str) -> String {
    match events {
        [] => format!("{done} by no event"),
        [one] => format!("{done} by event {one}"),
        more => format!("{done} by events {}", listed(more)),
    }
}
