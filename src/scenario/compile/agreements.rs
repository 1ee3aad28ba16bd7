//! What binds and divides the states, and the frame that holds it.

use crate::model::entity::Entity;
use crate::model::event::Event;
use crate::model::frame::{Frame, Sanction, War};
use crate::model::ids::{SanctionId, StateId, TreatyId, WarId};
use crate::model::treaty::{Bond, Dimension, Obligation, Treaty};
use crate::model::world::World;
use crate::scenario::calendar::Calendar;
use crate::scenario::compile::resolve::Names;
use crate::scenario::compile::scores::Scores;
use crate::scenario::document::agreements::Codes;
use crate::scenario::document::{Document, agreements as written};
use crate::scenario::problem::Problems;
use crate::scenario::reader::Placed;

/// Treaties, sanctions and wars with their states resolved, and which are in force at the start.
pub struct Agreements {
    treaties: Vec<Treaty>,
    sanctions: Vec<Sanction>,
    wars: Vec<War>,
    in_force: InForce,
}

/// What is in force at the start.
#[derive(Default)]
pub struct InForce {
    treaties: Vec<(TreatyId, f64)>,
    sanctions: Vec<SanctionId>,
    wars: Vec<WarId>,
}

impl InForce {
    /// Puts it in force.
    pub fn apply(&self, frame: &Frame, world: &mut World) {
        for &(treaty, since) in &self.treaties {
            world.set_treaty(frame, treaty, Some(since));
        }
        for &sanction in &self.sanctions {
            world.set_sanction(frame, sanction, true);
        }
        for &war in &self.wars {
            world.set_war(frame, war, true);
        }
    }
}

/// The treaties, sanctions and wars of the file.
pub fn agreements(
    document: &Document,
    names: &Names,
    problems: &mut Problems,
) -> Option<Agreements> {
    let calendar = document.run.as_ref().map(|run| &run.calendar);
    let mut in_force = InForce::default();
    let mut treaties = Vec::new();
    for (n, entry) in document.treaties.iter().enumerate() {
        let Some(body) = &entry.body else { continue };
        treaties.extend(treaty(&entry.name, body, names, problems));
        if let Some(date) = started(body.signed.as_ref(), "treaty", &entry.name, calendar, problems)
        {
            let since = calendar.map_or(0.0, |calendar| calendar.years(date));
            in_force.treaties.push((TreatyId::new(n), since));
        }
    }
    let mut sanctions = Vec::new();
    for (n, entry) in document.sanctions.iter().enumerate() {
        let Some(body) = &entry.body else { continue };
        let links = cross(&body.senders, &body.targets, names, problems);
        sanctions.extend(links.map(|links| Sanction {
            name: entry.name.clone(),
            links,
            types: body.types,
        }));
        if started(body.since.as_ref(), "sanction", &entry.name, calendar, problems).is_some() {
            in_force.sanctions.push(SanctionId::new(n));
        }
    }
    let mut wars = Vec::new();
    for (n, entry) in document.wars.iter().enumerate() {
        let Some(body) = &entry.body else { continue };
        let pairs = cross(&body.side_a, &body.side_b, names, problems);
        wars.extend(pairs.map(|pairs| {
            War {
                name: entry.name.clone(),
                dyads: pairs
                    .iter()
                    .filter(|(a, b)| a != b)
                    .map(|&(a, b)| names.dyads.between(a, b))
                    .collect(),
            }
        }));
        if started(body.since.as_ref(), "war", &entry.name, calendar, problems).is_some() {
            in_force.wars.push(WarId::new(n));
        }
    }
    let whole = treaties.len() == document.treaties.len()
        && sanctions.len() == document.sanctions.len()
        && wars.len() == document.wars.len();
    whole.then_some(Agreements { treaties, sanctions, wars, in_force })
}

/// The date of something in force at the start; one after the start is a problem.
fn started(
    date: Option<&Placed<jiff::civil::Date>>,
    kind: &str,
    name: &str,
    calendar: Option<&Calendar>,
    problems: &mut Problems,
) -> Option<jiff::civil::Date> {
    let date = date?;
    if let Some(calendar) = calendar
        && *date.get_ref() > calendar.start()
    {
        let rule = format!("{kind} `{name}` has a date, so it is in force when the run starts");
        let found = format!("the run starts on {}", calendar.start());
        let cure = "leave the date out and let an event bring it about";
        problems.add_with_cure(date.span(), rule, found, cure);
    }
    Some(*date.get_ref())
}

fn cross(
    from: &Codes,
    to: &Codes,
    names: &Names,
    problems: &mut Problems,
) -> Option<Vec<(StateId, StateId)>> {
    let (from, to) = (names.states(from, problems), names.states(to, problems));
    let (from, to) = (from?, to?);
    let pairs = from.iter().flat_map(|&a| to.iter().map(move |&b| (a, b)));
    // A state on both sides has been noted already.
    Some(pairs.filter(|(a, b)| a != b).collect())
}

fn treaty(
    name: &str,
    body: &written::Treaty,
    names: &Names,
    problems: &mut Problems,
) -> Option<Treaty> {
    let debtors = body.owed_by.as_ref().map(|list| names.states(list, problems));
    let members = names.states(&body.members, problems)?;
    let debtors = debtors.unwrap_or_else(|| Some(members.clone()))?;
    for code in body.owed_by.iter().flatten() {
        if !body.members.iter().any(|member| member.get_ref() == code.get_ref()) {
            let rule = format!("only members of treaty `{name}` can owe its obligations");
            problems.add(code.span(), rule, format!("{} is not a member", code.get_ref()));
        }
    }
    let entity = Entity::named("treaty", name);
    Some(build(
        name.to_owned(),
        entity,
        members,
        &debtors,
        body.obligations.clone(),
        body.dimensions.clone(),
        names,
    ))
}

fn build(
    name: String,
    entity: Entity,
    members: Vec<StateId>,
    debtors: &[StateId],
    obligations: Vec<Obligation>,
    dimensions: Vec<Dimension>,
    names: &Names,
) -> Treaty {
    let pairs = || members.iter().flat_map(|&a| members.iter().map(move |&b| (a, b)));
    let bonds = pairs()
        .filter(|(a, b)| a != b && debtors.contains(a))
        .map(|(debtor, creditor)| Bond { debtor, creditor })
        .collect();
    let dyads = pairs().filter(|(a, b)| a < b).map(|(a, b)| names.dyads.between(a, b)).collect();
    Treaty { name, entity, bonds, dyads, members, obligations, dimensions }
}

/// The frame; treaties that `pact` may form come after those of the file.
pub fn frame(
    names: &Names,
    scores: &Scores,
    agreements: Agreements,
    events: Vec<Event>,
    calendar: &Calendar,
) -> (Frame, InForce) {
    let Agreements { mut treaties, sanctions, wars, in_force } = agreements;
    let mut pact_slots = Vec::new();
    let code = |i: StateId| names.codes[i.index()].as_str();
    for (_, i, j) in names.dyads.iter() {
        pact_slots.push(TreatyId::new(treaties.len()));
        let name = names.pact(i, j);
        let entity = Entity::named("treaty", &name);
        let sides = vec![Dimension::Military, Dimension::Political];
        let members = vec![i, j];
        treaties.push(build(
            name,
            entity,
            members.clone(),
            &members,
            vec![Obligation::Defence],
            sides,
            names,
        ));
    }
    let frame = Frame {
        codes: names.codes.clone(),
        names: scores.names.clone(),
        dyad_entities: names.dyads.iter().map(|(_, i, j)| Entity::dyad(code(i), code(j))).collect(),
        dyads: names.dyads.clone(),
        weight: scores.capability.iter().map(|c| c.sqrt()).collect(),
        distance_km: scores.distance_km.clone(),
        timeline: calendar.timeline(),
        treaties,
        pact_slots,
        sanctions,
        wars,
        events,
    };
    (frame, in_force)
}
