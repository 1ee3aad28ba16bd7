//! What is kept of one trial until it has ended well: its series, what fired, its answers.

use crate::model::process::{Firing, Tag};
use crate::model::world::World;
use crate::scenario::setup::{Question, Score, Setup, Test, When};

/// Which channels there are, over all processes.
#[derive(Clone, Debug)]
pub struct Channels {
    /// Tag and first channel of each process, in the order of the setup.
    first: Vec<(Tag, usize)>,
    count: usize,
}

impl Channels {
    /// The channels of a setup's processes, one after the other.
    pub fn new(setup: &Setup) -> Self {
        let mut count = 0;
        let first = setup.processes.iter().map(|process| {
            let first = count;
            count += process.channels(&setup.frame).len();
            (process.about().tag, first)
        });
        Self { first: first.collect(), count }
    }

    /// How many channels there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether nothing can fire.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    fn of(&self, firing: &Firing) -> usize {
        let process = self.first.iter().find(|(tag, _)| *tag == firing.tag);
        let (_, first) = process.expect("only processes of the setup fire");
        first + firing.channel
    }
}

/// The record of one trial.
#[derive(Clone, Debug)]
pub struct Record {
    /// Scores by step date and series: isolation of every state, then alignment of every summary
    /// dyad.
    pub values: Vec<f64>,
    /// How often each channel fired.
    pub counts: Vec<u32>,
    /// The day on which each channel fired first; meaningful where it fired.
    pub first_day: Vec<i32>,
    /// The answer to each outcome.
    pub answers: Vec<Answer>,
    series: usize,
}

/// The answer of one trial to one outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Yes or no.
    pub yes: bool,
    /// The day on which the answer first became yes, where the outcome asks for `By`.
    pub first_day: Option<i32>,
}

impl Record {
    /// A record with room for a trial of `setup`.
    pub fn new(setup: &Setup, channels: &Channels) -> Self {
        let series = setup.frame.states() + setup.summary_dyads.len();
        Self {
            values: vec![0.0; series * setup.frame.timeline.days.len()],
            counts: vec![0; channels.len()],
            first_day: vec![0; channels.len()],
            answers: vec![Answer::default(); setup.outcomes.len()],
            series,
        }
    }

    /// The scores at a step date.
    pub fn at(&self, date: usize) -> &[f64] {
        &self.values[date * self.series..][..self.series]
    }

    /// Empties the record for a new trial.
    pub fn clear(&mut self) {
        self.counts.fill(0);
        self.answers.fill(Answer::default());
    }

    /// Notes the scores at a step date, and the answers that hang on it.
    pub fn note_date(&mut self, setup: &Setup, world: &World, date: usize) {
        let row = &mut self.values[date * self.series..][..self.series];
        let (states, dyads) = row.split_at_mut(setup.frame.states());
        states.copy_from_slice(&world.isolation);
        for (value, dyad) in dyads.iter_mut().zip(&setup.summary_dyads) {
            *value = world.alignment[dyad.index()];
        }
        for (outcome, answer) in setup.outcomes.iter().zip(&mut self.answers) {
            if let Question::Score { score, step, test } = outcome.question
                && step == date
            {
                answer.yes = holds(score, test, world);
            }
        }
    }

    /// Notes what fired.
    pub fn note_firing(&mut self, channels: &Channels, firing: &Firing) {
        let channel = channels.of(firing);
        if self.counts[channel] == 0 {
            self.first_day[channel] = firing.day;
        }
        self.counts[channel] += 1;
    }

    /// Answers the questions about treaties as the world stands on `day`. Called after the start
    /// and after every change, in order of days: the last call up to the asked day is the answer.
    pub fn note_treaties(&mut self, setup: &Setup, world: &World, day: i32) {
        for (outcome, answer) in setup.outcomes.iter().zip(&mut self.answers) {
            let Question::Treaty { obligation, dyad, when } = outcome.question else { continue };
            let (i, j) = setup.frame.dyads.pair(dyad);
            let bound = world.bound(i, j, obligation);
            match when {
                When::At(at) if day <= at => answer.yes = bound,
                When::By(by) if day <= by && bound && !answer.yes => {
                    *answer = Answer { yes: true, first_day: Some(day) };
                }
                _ => {}
            }
        }
    }
}

fn holds(score: Score, test: Test, world: &World) -> bool {
    let value = match score {
        Score::Isolation(state) => world.isolation[state.index()],
        Score::Alignment(dyad) => world.alignment[dyad.index()],
    };
    match test {
        Test::Above(limit) => value > limit,
        Test::Below(limit) => value < limit,
    }
}
