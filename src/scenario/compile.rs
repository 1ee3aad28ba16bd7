//! Names resolved, everything put in its place: from a [`Document`] to a [`Setup`].
//!
//! States, treaties, sanctions, wars and events are put in alphabetical order first, so that
//! nothing in the results, to the last bit of a sum, depends on their order in the file.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::entity::Entity;
use crate::model::process::Process;
use crate::model::processes::events::Events;
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
    let agreements = agreements::agreements(&document, &names, problems);
    let events = happenings::events(&document, &names, problems);
    happenings::unused(&document, problems);
    let outcomes = questions::outcomes(&document, &names, problems);
    let (summary_dyads, charts) = questions::charts(&document, &names, problems);
    pact_names(&document, &names, problems);

    if !problems.is_empty() {
        return None;
    }
    let run = document.run?;
    let (scores, agreements) = (scores?, agreements?);
    let (frame, in_force) = agreements::frame(&names, &scores, agreements, events?, &run.calendar);
    distinct_entities(&frame, problems);
    let mut frame = frame;
    frame.events.retain(|event| !left_out.contains(&event.name));

    let mut initial =
        World::new(&frame, scores.capability, scores.isolation, scores.alignment, scores.grievance);
    in_force.apply(&frame, &mut initial);

    let mut parameters = Vec::new();
    let mut processes: Vec<Box<dyn Process>> = vec![Box::new(Events)];
    for process in document.processes.iter().filter(|p| p.on) {
        processes.push((process.entry.build)(&process.values));
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

/// Notes treaties named as one that process `pact` may form: `pact`, a space and the dyad.
fn pact_names(document: &Document, names: &Names, problems: &mut Problems) {
    let taken: BTreeSet<_> = names.dyads.iter().map(|(_, i, j)| names.pact(i, j)).collect();
    for entry in document.treaties.iter().filter(|entry| taken.contains(&entry.name)) {
        let rule = "two entries may not have one identity in the random streams";
        let found = "process `pact` gives this name to a pact of its own";
        problems.add_with_cure(entry.span.clone(), rule, found, "rename the treaty");
    }
}

/// Two names with one identity would share their random draws.
fn distinct_entities(frame: &crate::model::frame::Frame, problems: &mut Problems) {
    let treaties = frame.treaties.iter().map(|t| (t.entity, t.name.clone()));
    let events = frame.events.iter().map(|e| (e.entity, e.name.clone()));
    let dyads =
        frame.dyads.iter().map(|(d, ..)| (frame.dyad_entities[d.index()], frame.dyad_name(d)));
    let mut seen: BTreeMap<Entity, String> = BTreeMap::new();
    for (entity, name) in treaties.chain(events).chain(dyads) {
        if let Some(other) = seen.insert(entity, name.clone()) {
            let rule = "two entries may not have one identity in the random streams";
            problems.add(0..0, rule, format!("`{other}` and `{name}` do; rename one"));
        }
    }
}
