//! Names resolved, everything put in its place: from a [`Document`] to a [`Setup`].
//!
//! States, treaties, sanctions, wars and events are put in alphabetical order first, so that
//! nothing in the results, to the last bit of a sum, depends on their order in the file.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::entity::Entity;
use crate::model::event::{Event, Timing};
use crate::model::expression::Moments;
use crate::model::frame::Frame;
use crate::model::ids::{EventId, StateId};
use crate::model::process::{Channel, Process};
use crate::model::processes::accession;
use crate::model::processes::events::{self, Events};
use crate::model::registry::Choices;
use crate::model::treaty::Layer;
use crate::model::world::World;
use crate::scenario::calendar::Calendar;
use crate::scenario::document::{Document, MAX_STATES};
use crate::scenario::problem::Problems;
use crate::scenario::setup::{Outcome, ParameterValue, Question, Setup};
use crate::scenario::tree::Table;

mod agreements;
mod codes;
mod expressions;
mod happenings;
mod memory;
mod possible;
mod questions;
mod resolve;
mod scores;
mod stopping;
mod story_lines;
mod uncertain;

use resolve::Names;

/// Which scenario of a file is compiled.
#[derive(Clone, Copy, Debug)]
pub struct Of<'a> {
    /// The variant's name; none for the scenario itself.
    pub variant: Option<&'a str>,
    /// What the scenario itself says, for a variant. A variant may leave out the event that brings
    /// about a treaty, sanction or war of the scenario.
    pub base: Option<&'a Document>,
    /// What the scenario says where less is laid over it: a number of a group that goes together may
    /// be uncertain there and certain here.
    pub before: &'a [Table],
}

/// Compiles a document. `None` if something is wrong; what is wrong is noted.
pub fn compile(mut document: Document, of: Of<'_>, problems: &mut Problems) -> Option<Setup> {
    // So many states have too many dyads to look at; that there are too many is noted.
    if document.states.len() > MAX_STATES {
        return None;
    }
    codes::canonical(&mut document.states, problems);
    sort(&mut document);
    if let Some(base) = of.base {
        happenings::left_out(&mut document, base, problems);
    }
    assemble(document, of, problems)
}

fn sort(document: &mut Document) {
    document.states.sort_by(|a, b| a.name.cmp(&b.name));
    document.treaties.sort_by(|a, b| a.name.cmp(&b.name));
    document.sanctions.sort_by(|a, b| a.name.cmp(&b.name));
    document.wars.sort_by(|a, b| a.name.cmp(&b.name));
    document.events.sort_by(|a, b| a.name.cmp(&b.name));
}

fn assemble(document: Document, of: Of<'_>, problems: &mut Problems) -> Option<Setup> {
    let names = Names::new(&document.states);
    let scores = scores::scores(&document, &names, problems);
    scores::stable(&document, problems);
    scores::levels(&document, problems);
    let agreements = agreements::agreements(&document, &names, problems);
    possible::check_all(&document, of.base, problems);
    let (summary_dyads, charts) = questions::charts(&document, &names, problems);
    let story_lines = story_lines::chosen(&document, problems);
    own_names(&document, &names, problems);

    // Without one, which was noted, names are resolved all the same: where a date counts, the run is asked for.
    let calendar = document.run.as_ref().map_or_else(Calendar::unknown, |run| run.calendar.clone());
    let choices = choices(&document);
    let mut processes: Vec<Box<dyn Process>> = vec![Box::new(Events)];
    processes.extend(choices.build());
    let on = |name: &str| document.processes.iter().any(|p| p.on && p.entry.about.name == name);
    let framed = scores.as_ref().zip(agreements);
    let framed = framed.map(|(s, a)| agreements::frame(&names, s, a, &calendar, on));

    let channels = channels(&document, &processes, framed.as_ref().map(|(frame, _)| frame));
    let mut scope = expressions::scope(&document, &names, &channels, &calendar);
    scope.channels.whole = framed.is_some();
    let events = happenings::events(&document, &names, &mut scope, problems);
    let outcomes = questions::outcomes(&document, &names, &mut scope, problems);
    let stopping = stopping::stopping(&document, outcomes.as_deref(), problems);
    let memory = scope.memory;
    let looks = looks(events.as_deref(), outcomes.as_deref());
    if !problems.is_empty() {
        return None;
    }
    let run = document.run.as_ref()?;
    let (mut frame, in_force) = framed?;
    frame.events = events?;
    exclude_both_ways(&mut frame.events);
    distinct_entities(&frame, problems);
    let scores = scores?;
    let mut initial =
        World::new(&frame, scores.capability, scores.isolation, scores.alignment, scores.grievance);
    in_force.apply(&frame, &mut initial);
    for (state, years) in scores.last_force.iter().enumerate() {
        years.iter().for_each(|&at| initial.ledger.use_force(StateId::new(state), at));
    }
    let uncertainty = uncertain::uncertainty(&document, &names, of.before, problems);
    Some(Setup {
        variant: of.variant.map(str::to_owned),
        set: Vec::new(),
        without: Vec::new(),
        seed: run.seed,
        trials: run.trials.most,
        stopping,
        calendar,
        frame,
        initial,
        processes,
        choices,
        quantities: document
            .quantities
            .iter()
            .map(|quantity| quantity.number.as_ref().map_or(0.0, |number| number.value))
            .collect(),
        quantity_names: document.quantities.iter().map(|quantity| quantity.name.clone()).collect(),
        memory,
        uncertainty,
        outcomes: outcomes?,
        looks,
        summary_dyads: summary_dyads?,
        story_lines: story_lines?,
        charts: charts?,
        parameters: parameters(&document),
        hypotheses: document.hypotheses,
        title: document.title.unwrap_or_default(),
        question: document.question,
        sources: document.sources,
    })
}

/// Which processes are on, with which values.
fn choices(document: &Document) -> Choices {
    let mut choices = Choices::default();
    for process in &document.processes {
        let values = process.values.iter().map(|number| number.value).collect();
        choices.set(process.entry.about.name, process.on, values);
    }
    choices
}

/// What can happen, in the order in which it is counted; only the scenario's own events while the
/// rest is not known.
fn channels(
    document: &Document,
    processes: &[Box<dyn Process>],
    frame: Option<&Frame>,
) -> Vec<Channel> {
    let events = document.events.iter().map(|entry| entry.name.clone());
    let events = Channel::of(events::KIND, events);
    let others = processes.iter().skip(1).zip(std::iter::repeat(frame));
    events
        .chain(others.flat_map(|(p, frame)| frame.map(|f| p.channels(f)).unwrap_or_default()))
        .collect()
}

/// The days from which conditions that are looked at on changes count.
fn looks(events: Option<&[Event]>, outcomes: Option<&[Outcome]>) -> Vec<i32> {
    let of_events = events.unwrap_or_default().iter().filter_map(|event| match &event.timing {
        Timing::When(condition) => {
            (condition.moments != Moments::StepDates).then_some(event.terms.from)
        }
        _ => None,
    });
    let of_outcomes = outcomes.unwrap_or_default().iter().filter_map(|o| match o.question {
        Question::Ever { moments, from, .. } if moments != Moments::StepDates => Some(from),
        _ => None,
    });
    let days: BTreeSet<_> = of_events.chain(of_outcomes).filter(|&day| day > 0).collect();
    days.into_iter().collect()
}

/// Every parameter of every process that is on.
fn parameters(document: &Document) -> Vec<ParameterValue> {
    let on = document.processes.iter().filter(|process| process.on);
    on.flat_map(|process| {
        let values = process.entry.parameters.iter().zip(&process.values);
        values.map(|(parameter, number)| ParameterValue {
            process: process.entry.about.name,
            parameter,
            value: number.value,
        })
    })
    .collect()
}

/// What an event excludes excludes it.
fn exclude_both_ways(events: &mut [Event]) {
    let pairs: Vec<_> = events
        .iter()
        .enumerate()
        .flat_map(|(n, event)| {
            event.terms.excludes.iter().map(move |other| (*other, EventId::new(n)))
        })
        .collect();
    for (event, excluded) in pairs {
        let list = &mut events[event.index()].terms.excludes;
        if !list.contains(&excluded) {
            list.push(excluded);
        }
    }
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
fn distinct_entities(frame: &Frame, problems: &mut Problems) {
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
