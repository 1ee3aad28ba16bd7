//! Names resolved, everything put in its place: from a [`Document`] to a [`Setup`].
//!
//! States, treaties, sanctions, wars and events are put in alphabetical order first, so that
//! nothing in the results, to the last bit of a sum, depends on their order in the file.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::entity::Entity;
use crate::model::ids::StateId;
use crate::model::process::Process;
use crate::model::processes::accession;
use crate::model::processes::events::Events;
use crate::model::registry::Choices;
use crate::model::treaty::Layer;
use crate::model::world::World;
use crate::scenario::document::events::Variant;
use crate::scenario::document::{Document, MAX_STATES, Named};
use crate::scenario::load::LoadError;
use crate::scenario::names::suggestion;
use crate::scenario::problem::Problems;
use crate::scenario::setup::{ParameterValue, Setup};

mod agreements;
mod happenings;
mod memory;
mod possible;
mod questions;
mod resolve;
mod scores;

use resolve::{Names, find};

/// Compiles a document. `None` if something is wrong; what is wrong is noted.
///
/// # Errors
/// If the scenario has no variant of this name, and nothing else is wrong.
pub fn compile(
    mut document: Document,
    variant: Option<&str>,
    problems: &mut Problems,
) -> Result<Option<Setup>, LoadError> {
    // So many states have too many dyads to look at; that there are too many is noted.
    if document.states.len() > MAX_STATES {
        return Ok(None);
    }
    sort(&mut document);
    unknown_events(&document, problems);
    let left_out = left_out(&document, variant);
    let setup = assemble(document, variant, left_out.as_deref().unwrap_or_default(), problems);
    if problems.is_empty() {
        left_out?;
    }
    Ok(setup)
}

fn sort(document: &mut Document) {
    document.states.sort_by(|a, b| a.name.cmp(&b.name));
    document.treaties.sort_by(|a, b| a.name.cmp(&b.name));
    document.sanctions.sort_by(|a, b| a.name.cmp(&b.name));
    document.wars.sort_by(|a, b| a.name.cmp(&b.name));
    document.events.sort_by(|a, b| a.name.cmp(&b.name));
}

/// Notes events that a variant leaves out and that are not there.
fn unknown_events(document: &Document, problems: &mut Problems) {
    for Variant { without } in document.variants.iter().filter_map(|v| v.body.as_ref()) {
        for name in without {
            find(&document.events, "event", name, problems);
        }
    }
}

/// Names of the events the variant leaves out.
fn left_out(document: &Document, variant: Option<&str>) -> Result<Vec<String>, LoadError> {
    let Some(asked) = variant else { return Ok(Vec::new()) };
    match document.variants.iter().find(|v| v.name == asked) {
        Some(Named { body, .. }) => {
            let without = body.iter().flat_map(|body| &body.without);
            Ok(without.map(|name| name.get_ref().clone()).collect())
        }
        None => {
            let names: Vec<_> = document.variants.iter().map(|v| v.name.as_str()).collect();
            let hint = match suggestion(asked, &names) {
                Some(hint) => format!("; {hint}"),
                None => "; it has none at all".to_owned(),
            };
            Err(LoadError::NoVariant { asked: asked.to_owned(), hint })
        }
    }
}

fn assemble(
    document: Document,
    variant: Option<&str>,
    left_out: &[String],
    problems: &mut Problems,
) -> Option<Setup> {
    let names = Names::new(&document.states);
    let scores = scores::scores(&document, &names, problems);
    scores::stable(&document, problems);
    scores::levels(&document, problems);
    let agreements = agreements::agreements(&document, &names, problems);
    let events = happenings::events(&document, &names, problems);
    possible::check_all(&document, problems);
    let outcomes = questions::outcomes(&document, &names, problems);
    let (summary_dyads, charts) = questions::charts(&document, &names, problems);
    own_names(&document, &names, problems);

    if !problems.is_empty() {
        return None;
    }
    let run = document.run?;
    let (scores, agreements) = (scores?, agreements?);
    let on = |name: &str| document.processes.iter().any(|p| p.on && p.entry.about.name == name);
    let (frame, in_force) =
        agreements::frame(&names, &scores, agreements, events?, &run.calendar, on);
    distinct_entities(&frame, problems);
    let mut frame = frame;
    frame.events.retain(|event| !left_out.contains(&event.name));

    let mut initial =
        World::new(&frame, scores.capability, scores.isolation, scores.alignment, scores.grievance);
    in_force.apply(&frame, &mut initial);
    for (state, years) in scores.last_force.iter().enumerate() {
        years.iter().for_each(|&at| initial.ledger.use_force(StateId::new(state), at));
    }

    let mut parameters = Vec::new();
    let mut choices = Choices::default();
    for process in &document.processes {
        choices.set(process.entry.about.name, process.on, process.values.clone());
    }
    let mut processes: Vec<Box<dyn Process>> = vec![Box::new(Events)];
    processes.extend(choices.build());
    for process in document.processes.iter().filter(|p| p.on) {
        let values = process.entry.parameters.iter().zip(&process.values);
        parameters.extend(values.map(|(parameter, &value)| ParameterValue {
            process: process.entry.about.name,
            parameter,
            value,
        }));
    }
    Some(Setup {
        title: document.title.unwrap_or_default(),
        question: document.question,
        variant: variant.map(str::to_owned),
        seed: run.seed,
        trials: run.trials,
        calendar: run.calendar,
        frame,
        initial,
        processes,
        outcomes: outcomes?,
        summary_dyads: summary_dyads?,
        charts: charts?,
        parameters,
        sources: document.sources,
    })
}

/// Notes treaties named as one that the model may form: a layer, a space and the dyad, or `league`
/// and the founder.
fn own_names(document: &Document, names: &Names, problems: &mut Problems) {
    let pairs = || names.dyads.iter();
    let of_layer = |layer| pairs().map(move |(_, i, j)| names.agreement(layer, i, j));
    let mut taken: BTreeSet<_> = Layer::ALL.into_iter().flat_map(of_layer).collect();
    taken.extend((0..names.codes.len()).map(|founder| names.league(StateId::new(founder))));
    for entry in document.treaties.iter().filter(|entry| taken.contains(&entry.name)) {
        let rule = "names such as `pact AAA-BBB` belong to treaties that the model may form";
        let found = format!("`{}` is one of them", entry.name);
        problems.add_with_cure(entry.span.clone(), rule, found, "rename the treaty");
    }
    let pairs = names.dyads.iter().flat_map(|(_, i, j)| [(i, j), (j, i)]);
    let taken: BTreeSet<_> = pairs.map(|(i, j)| names.attack(i, j)).collect();
    for entry in document.wars.iter().filter(|entry| taken.contains(&entry.name)) {
        let rule = "names such as `AAA>BBB` belong to wars that the model may begin";
        let found = format!("`{}` is one of them", entry.name);
        problems.add_with_cure(entry.span.clone(), rule, found, "rename the war");
    }
}

/// Two names with one identity would share their random draws.
fn distinct_entities(frame: &crate::model::frame::Frame, problems: &mut Problems) {
    let treaties = frame.treaties.iter().map(|t| (t.entity, t.name.clone()));
    let events = frame.events.iter().map(|e| (e.entity, e.name.clone()));
    let dyads =
        frame.dyads.iter().map(|(d, ..)| (frame.dyad_entities[d.index()], frame.dyad_name(d)));
    let states = frame.codes.iter().zip(&frame.state_entities);
    let states = states.map(|(code, &entity)| (entity, code.to_string()));
    let pairs =
        frame.pairs.iter().map(|(p, ..)| (frame.pair_entities[p.index()], frame.pair_name(p)));
    let wars = frame.wars.iter().map(|w| (w.entity, w.name.clone()));
    let seats = accession::all_seats(frame)
        .map(|(id, s)| (accession::seat_entity(frame, id, s), accession::seat_name(frame, id, s)));
    let mut seen: BTreeMap<Entity, String> = BTreeMap::new();
    for (entity, name) in
        treaties.chain(events).chain(dyads).chain(states).chain(pairs).chain(wars).chain(seats)
    {
        if let Some(other) = seen.insert(entity, name.clone()) {
            let rule = "two entries may not have one identity in the random streams";
            problems.add(0..0, rule, format!("`{other}` and `{name}` do; rename one"));
        }
    }
}
