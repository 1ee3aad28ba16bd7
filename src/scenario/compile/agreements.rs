//! What binds and divides the states, and the frame that holds it.

use std::collections::BTreeSet;

use crate::model::entity::Entity;
use crate::model::frame::{Frame, Slots};
use crate::model::ids::{Pairs, SanctionId, StateId, TreatyId, WarId};
use crate::model::sanction::Sanction;
use crate::model::treaty::{Layer, Obligation, Ratification, Treaty};
use crate::model::war::War;
use crate::model::world::World;
use crate::scenario::calendar::Calendar;
use crate::scenario::compile::resolve::Names;
use crate::scenario::compile::scores::Scores;
use crate::scenario::document::actions::{Action, OnMembership};
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
            world.treaties.sign(frame, treaty, since);
            world.treaties.enter(frame, treaty);
        }
        for &sanction in &self.sanctions {
            world.sanctions.set_entry(frame, sanction, true);
        }
        for &war in &self.wars {
            let War { attackers, targets, .. } = &frame.wars[war.index()];
            world.wars.begin(frame, war, attackers, targets);
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
        let acceding = acceding(document, &entry.name, names);
        treaties.extend(treaty(&entry.name, body, acceding, names, problems));
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
        sanctions.extend(links.map(|mut links| {
            let own = links.len();
            links.extend(joining(document, &entry.name, names, &links));
            let (name, types) = (entry.name.clone(), body.types);
            Sanction { name, links, own, first_link: 0, types }
        }));
        if started(body.since.as_ref(), "sanction", &entry.name, calendar, problems).is_some() {
            in_force.sanctions.push(SanctionId::new(n));
        }
    }
    let mut wars = Vec::new();
    for (n, entry) in document.wars.iter().enumerate() {
        let Some(body) = &entry.body else { continue };
        let sides = names.states(&body.side_a, problems);
        let sides = (sides, names.states(&body.side_b, problems));
        wars.extend(sides.0.zip(sides.1).map(|(attackers, targets)| War {
            name: entry.name.clone(),
            entity: Entity::named("war", &entry.name),
            attackers,
            targets,
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

/// The links of states that events let join a sanction. What is wrong with them is noted elsewhere.
fn joining(
    document: &Document,
    sanction: &str,
    names: &Names,
    links: &[(StateId, StateId)],
) -> Vec<(StateId, StateId)> {
    let events = document.events.iter().filter_map(|event| event.body.as_ref());
    let join = |action: &Action| match action {
        Action::JoinSanction(name, state) if name.get_ref() == sanction => {
            names.codes.binary_search(state.get_ref()).ok().map(StateId::new)
        }
        _ => None,
    };
    let states: BTreeSet<_> = events.flat_map(|event| &event.actions).filter_map(join).collect();
    let targets: BTreeSet<_> = links.iter().map(|(_, target)| *target).collect();
    let all = states.iter().flat_map(|&s| targets.iter().map(move |&target| (s, target)));
    all.filter(|link| link.0 != link.1 && !links.contains(link)).collect()
}

/// The states that events let accede to a treaty. What is wrong with them is noted elsewhere.
fn acceding(document: &Document, treaty: &str, names: &Names) -> Vec<StateId> {
    let events = document.events.iter().filter_map(|event| event.body.as_ref());
    let accede = |action: &Action| match action {
        Action::Membership(OnMembership::Accede, name, state) if name.get_ref() == treaty => {
            names.codes.binary_search(state.get_ref()).ok().map(StateId::new)
        }
        _ => None,
    };
    events.flat_map(|event| &event.actions).filter_map(accede).collect()
}

fn treaty(
    name: &str,
    body: &written::Treaty,
    acceding: Vec<StateId>,
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
    let mut candidates: Vec<_> = if body.open {
        (0..names.codes.len()).map(StateId::new).collect()
    } else {
        members.iter().copied().chain(acceding).collect()
    };
    candidates.sort_unstable();
    candidates.dedup();
    Some(Treaty {
        name: name.to_owned(),
        entity: Entity::named("treaty", name),
        candidates,
        first_seat: 0,
        debtors: body.owed_by.as_ref().map(|_| debtors),
        obligations: body.obligations.clone(),
        articles: body.articles.clone(),
        dimensions: body.dimensions.clone(),
        conditional: body.conditional,
        ratification: body.ratification,
        open: body.open,
        members,
    })
}

/// A treaty that the model may form.
fn slot(
    name: String,
    members: Vec<StateId>,
    candidates: Vec<StateId>,
    layer: Layer,
    open: bool,
) -> Treaty {
    Treaty {
        entity: Entity::named("treaty", &name),
        name,
        members,
        candidates,
        first_seat: 0,
        debtors: None,
        obligations: layer.obligations(),
        articles: [const { None }; Obligation::ALL.len()],
        dimensions: layer.dimensions(),
        conditional: true,
        ratification: Ratification::ByChance,
        open,
    }
}

/// The treaties that the model may form, which come after those of the file.
fn slots(names: &Names, leagues: bool, treaties: &mut Vec<Treaty>) -> Slots {
    let mut slots = Slots::default();
    for layer in Layer::ALL {
        for (_, i, j) in names.dyads.iter() {
            slots.layers[layer as usize].push(TreatyId::new(treaties.len()));
            let name = names.agreement(layer, i, j);
            treaties.push(slot(name, vec![i, j], vec![i, j], layer, false));
        }
    }
    let states: Vec<_> = (0..names.codes.len()).map(StateId::new).collect();
    for &founder in states.iter().filter(|_| leagues) {
        slots.leagues.push(TreatyId::new(treaties.len()));
        let name = names.league(founder);
        treaties.push(slot(name, Vec::new(), states.clone(), Layer::Defence, true));
    }
    slots
}

/// The frame, still without events, and what is in force at the start. `on` says whether a process is on.
pub fn frame(
    names: &Names,
    scores: &Scores,
    agreements: Agreements,
    calendar: &Calendar,
    on: impl Fn(&str) -> bool,
) -> (Frame, InForce) {
    let Agreements { mut treaties, mut sanctions, wars, in_force } = agreements;
    let slots = slots(names, on("league"), &mut treaties);
    let mut seats = 0;
    for treaty in &mut treaties {
        treaty.first_seat = seats;
        seats += treaty.candidates.len();
    }
    let mut links = 0;
    for sanction in &mut sanctions {
        sanction.first_link = links;
        links += sanction.links.len();
    }
    let code = |i: StateId| names.codes[i.index()].as_str();
    let pairs = Pairs::new(names.codes.len());
    let frame = Frame {
        codes: names.codes.clone(),
        names: scores.names.clone(),
        state_entities: names.codes.iter().map(|c| Entity::named("state", c.as_str())).collect(),
        dyad_entities: names.dyads.iter().map(|(_, i, j)| Entity::dyad(code(i), code(j))).collect(),
        pair_entities: pairs.iter().map(|(_, i, j)| Entity::pair(code(i), code(j))).collect(),
        dyads: names.dyads.clone(),
        pairs,
        weight: scores.capability.iter().map(|c| c.sqrt()).collect(),
        distance_km: scores.distance_km.clone(),
        contiguous: scores.contiguous.clone(),
        timeline: calendar.timeline(),
        treaties,
        slots,
        ratification: on("ratification"),
        sanctions,
        wars,
        events: Vec::new(),
    };
    (frame, in_force)
}
