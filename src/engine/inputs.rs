//! What a trial starts from: the scenario, with its uncertain numbers drawn.

use crate::model::change::Change;
use crate::model::draws::Draws;
use crate::model::event::Timing;
use crate::model::frame::Frame;
use crate::model::ids::{ParameterId, StateId};
use crate::model::process::{Process, Tag};
use crate::model::processes::events::Events;
use crate::model::registry::Choices;
use crate::model::world::World;
use crate::scenario::setup::Setup;
use crate::scenario::uncertainty::Target;

/// The permanent number of the draws of uncertain numbers.
const TAG: Tag = Tag(101);

/// The inputs of a trial, in buffers of their own.
pub struct Inputs {
    /// The fixed facts.
    pub frame: Frame,
    /// The world at the start.
    pub initial: World,
    /// The processes with other parameters than the setup's, if any has.
    processes: Option<Vec<Box<dyn Process>>>,
    /// The named quantities.
    pub quantities: Vec<f64>,
    /// What was drawn for each uncertain number.
    pub drawn: Vec<f64>,
    choices: Choices,
    /// Independent uniform numbers, one for each uncertain number.
    uniforms: Vec<f64>,
    /// Those of a group, and what they become together.
    group: [Vec<f64>; 2],
    /// Whether an event of the last trial set a parameter.
    tuned: bool,
}

impl Inputs {
    /// Inputs as the scenario says, its uncertain numbers at their centres.
    pub fn new(setup: &Setup) -> Self {
        let uncertain = setup.uncertainty.numbers.len();
        let largest = setup.uncertainty.groups.iter().map(|group| group.members.len()).max();
        let largest = largest.unwrap_or_default();
        Self {
            frame: setup.frame.clone(),
            initial: setup.initial.clone(),
            processes: None,
            quantities: setup.quantities.clone(),
            drawn: vec![0.0; uncertain],
            choices: setup.choices.clone(),
            uniforms: vec![0.0; uncertain],
            group: [Vec::with_capacity(largest), Vec::with_capacity(largest)],
            tuned: false,
        }
    }

    /// Draws the uncertain numbers of a trial and puts them in their places.
    pub fn draw(&mut self, setup: &Setup, draws: &mut dyn Draws) {
        let parameters = |target: &Target| matches!(target, Target::Parameter(_));
        let rebuild = self.tuned || setup.uncertainty.targets().any(parameters);
        if std::mem::take(&mut self.tuned) {
            self.choices.clone_from(&setup.choices);
        }
        self.sample(setup, draws);
        for (n, number) in setup.uncertainty.numbers.iter().enumerate() {
            self.put(setup, &number.target, self.drawn[n]);
        }
        if rebuild {
            self.processes = Some(processes(&self.choices));
        }
    }

    /// Sets a parameter from now to the end of the trial.
    pub fn set(&mut self, parameter: ParameterId, value: f64) {
        self.choices.set_one(parameter, value);
        self.processes = Some(processes(&self.choices));
        self.tuned = true;
    }

    /// The processes that are on, with the scenario's events first.
    pub fn processes<'a>(&'a self, setup: &'a Setup) -> &'a [Box<dyn Process>] {
        self.processes.as_deref().unwrap_or(&setup.processes)
    }

    fn sample(&mut self, setup: &Setup, draws: &mut dyn Draws) {
        let numbers = &setup.uncertainty.numbers;
        for (uniform, number) in self.uniforms.iter_mut().zip(numbers) {
            *uniform = draws.uniform(TAG, number.entity, 0);
        }
        for group in &setup.uncertainty.groups {
            let [alone, together] = &mut self.group;
            alone.clear();
            alone.extend(group.members.iter().map(|member| match member.number {
                Some(number) => self.uniforms[number],
                None => draws.uniform(TAG, member.entity, 0),
            }));
            together.clear();
            together.resize(alone.len(), 0.0);
            group.correlation.correlate(alone, together);
            for (member, &uniform) in group.members.iter().zip(&*together) {
                if let Some(number) = member.number {
                    self.uniforms[number] = uniform;
                }
            }
        }
        for (n, number) in numbers.iter().enumerate() {
            self.drawn[n] = number.distribution.quantile(self.uniforms[n]);
        }
    }

    fn put(&mut self, setup: &Setup, target: &Target, value: f64) {
        let (frame, initial) = (&mut self.frame, &mut self.initial);
        match *target {
            Target::Capability(state) => {
                initial.set_capability(state, value);
                frame.weight[state.index()] = value.sqrt();
            }
            Target::Isolation(state) => {
                initial.isolation[state.index()] = value;
                initial.isolation_anchor[state.index()] = value;
            }
            Target::IdealPoint(state) => self.align(setup, state, value),
            Target::Alignment(dyad) => {
                initial.alignment[dyad.index()] = value;
                initial.alignment_anchor[dyad.index()] = value;
            }
            Target::Grievance(dyad) => initial.grievance[dyad.index()] = value,
            Target::Distance(dyad) => frame.distance_km[dyad.index()] = value,
            Target::Parameter(parameter) => self.choices.set_one(parameter, value),
            Target::Rate(event) => frame.events[event.index()].timing = Timing::Rate(value),
            Target::Probability(event) => frame.events[event.index()].terms.probability = value,
            Target::Cooldown(event) => frame.events[event.index()].terms.cooldown = value,
            Target::Amount(event, place) => {
                let change = &mut frame.events[event.index()].changes[place];
                *change = with_amount(*change, value);
            }
            Target::Quantity(place) => self.quantities[place] = value,
        }
    }

    /// Sets a state's ideal point, and with it the alignments that follow from it.
    fn align(&mut self, setup: &Setup, state: StateId, point: f64) {
        let ideal = &setup.uncertainty.ideal;
        for other in (0..self.frame.states()).map(StateId::new).filter(|&other| other != state) {
            let dyad = self.frame.dyads.between(state, other);
            let drawn = ideal.numbers[other.index()].map(|n| self.drawn[n]);
            let Some(theirs) = drawn.or(ideal.points[other.index()]) else { continue };
            if ideal.derived[dyad.index()] {
                let alignment = crate::scenario::uncertainty::alignment(point, theirs);
                self.initial.alignment[dyad.index()] = alignment;
                self.initial.alignment_anchor[dyad.index()] = alignment;
            }
        }
    }
}

/// The scenario's events and the processes that are on, in the order in which a step runs them.
fn processes(choices: &Choices) -> Vec<Box<dyn Process>> {
    let events: Box<dyn Process> = Box::new(Events);
    std::iter::once(events).chain(choices.build()).collect()
}

/// A change with another number in it.
fn with_amount(change: Change, value: f64) -> Change {
    match change {
        Change::Warn(from, on, _) => Change::Warn(from, on, value),
        Change::ShiftAlignment { dyad, lasting, .. } => {
            Change::ShiftAlignment { dyad, by: value, lasting }
        }
        Change::ShiftIsolation { state, lasting, .. } => {
            Change::ShiftIsolation { state, by: value, lasting }
        }
        Change::Set(parameter, _) => Change::Set(parameter, value),
        other => other,
    }
}
