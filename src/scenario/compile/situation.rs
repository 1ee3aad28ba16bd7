//! The fixed facts and the world at the start.

use crate::model::entity::Entity;
use crate::model::event::Event;
use crate::model::frame::{Frame, Sanction, War};
use crate::model::ids::{SanctionId, StateId, TreatyId, WarId};
use crate::model::treaty::{Bond, Dimension, Obligation, Treaty};
use crate::model::world::World;
use crate::scenario::calendar::Calendar;
use crate::scenario::compile::resolve::Names;
use crate::scenario::document::agreements::Codes;
use crate::scenario::document::{Document, agreements as written};
use crate::scenario::problem::Problems;
use crate::scenario::reader::Placed;

/// Starting scores by state and dyad.
pub struct Scores {
    names: Vec<String>,
    pub capability: Vec<f64>,
    pub isolation: Vec<f64>,
    pub alignment: Vec<f64>,
    pub grievance: Vec<f64>,
    distance_km: Vec<f64>,
}

/// The scores of `[states]` and `[dyads]`.
pub fn scores(document: &Document, names: &Names, problems: &mut Problems) -> Option<Scores> {
    let states: Vec<_> = document.states.iter().map(|s| s.body.as_ref()).collect();
    let given = given_dyads(document, names, problems);
    let states = states.into_iter().collect::<Option<Vec<_>>>()?;
    let mut scores = Scores {
        names: states.iter().map(|s| s.name.clone()).collect(),
        capability: states.iter().map(|s| s.capability).collect(),
        isolation: states.iter().map(|s| s.isolation).collect(),
        alignment: Vec::new(),
        grievance: Vec::new(),
        distance_km: Vec::new(),
    };
    let (mut far, mut unaligned) = (Vec::new(), Vec::new());
    for (dyad, i, j) in names.dyads.iter() {
        let dyad = given.get(dyad.index()).copied().flatten();
        let name = || format!("{}-{}", names.codes[i.index()], names.codes[j.index()]);
        let derived = states[i.index()].ideal_point.zip(states[j.index()].ideal_point);
        let alignment = dyad
            .and_then(|d| d.alignment)
            .or_else(|| derived.map(|(x, y)| from_ideal_points(x, y)));
        let distance = dyad.and_then(|d| d.distance_km);
        scores.alignment.push(alignment.unwrap_or_else(|| {
            unaligned.push(name());
            0.0
        }));
        scores.distance_km.push(distance.unwrap_or_else(|| {
            far.push(name());
            0.0
        }));
        scores.grievance.push(dyad.map_or(0.0, |d| d.grievance));
    }
    let needs_distance = document.processes.iter().any(|p| p.on && p.entry.about.name == "pact");
    if needs_distance {
        let rule = "process `pact` needs `distance_km` of every dyad in `[dyads]`";
        missing(&far, rule, document, problems);
    }
    let rule = "alignment needs an `ideal_point` of both states, or `alignment` in `[dyads]`";
    missing(&unaligned, rule, document, problems);
    world_weight(document, &scores, problems);
    Some(scores)
}

/// Alignment from ideal points of UN votes: 1 - 2 |x_i - x_j| / 4, no less than -1.
fn from_ideal_points(x: f64, y: f64) -> f64 {
    (1.0 - 2.0 * (x - y).abs() / 4.0).max(-1.0)
}

fn given_dyads<'d>(
    document: &'d Document,
    names: &Names,
    problems: &mut Problems,
) -> Vec<Option<&'d crate::scenario::document::states::Dyad>> {
    let mut given = vec![None; names.dyads.len()];
    for entry in &document.dyads {
        let Some(body) = &entry.body else { continue };
        let codes = Placed::new(entry.span.clone(), body.codes);
        let Some(dyad) = names.dyad(&codes, problems) else { continue };
        if given[dyad.index()].replace(body).is_some() {
            let rule = "a dyad is described once, in either order";
            problems.add(entry.span.clone(), rule, "it stands in `[dyads]` twice");
        }
    }
    given
}

fn missing(dyads: &[String], rule: &str, document: &Document, problems: &mut Problems) {
    let shown = match dyads {
        [] => return,
        few if few.len() <= 6 => few.join(", "),
        many => format!("{}, ... ({} in all)", many[..5].join(", "), many.len()),
    };
    let place = document.dyads.last().map(|d| d.span.clone());
    let place = place.or_else(|| document.states.last().map(|s| s.span.clone())).unwrap_or(0..0);
    problems.add(place, rule, format!("missing: {shown}"));
}

/// The states of a scenario cannot weigh more than the world they are part of.
fn world_weight(document: &Document, scores: &Scores, problems: &mut Problems) {
    let total: f64 = scores.capability.iter().sum();
    let place = document.states.last().map_or(0..0, |s| s.span.clone());
    if total > 1.0 + 1e-9 {
        let rule = "capabilities are shares of the world, so they sum to at most 1";
        problems.add(place.clone(), rule, format!("the sum is {total}"));
    }
    let weight: f64 = scores.capability.iter().map(|c| c.sqrt()).sum();
    let isolation = document.processes.iter().find(|p| p.on && p.entry.about.name == "isolation");
    let Some(isolation) = isolation else { return };
    let parameters = isolation.entry.parameters.iter().zip(&isolation.values);
    for (_, &w_tot) in
        parameters.filter(|(p, w_tot)| p.name == "w_tot" && **w_tot < weight * (1.0 - 1e-9))
    {
        let rule =
            "`processes.isolation.w_tot` is the sum of sqrt(capability) over the whole world";
        let found = format!("{w_tot} is less than these states' own sum, {weight:.3}");
        problems.add(place.clone(), rule, found);
    }
}

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
        let name = format!("pact {}-{}", code(i), code(j));
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
