//! Guarantee 6: a trial that fails is kept, counted and reported, and changes nothing for others.

#[path = "support/scenarios.rs"]
mod support;

use detente::analysis::Results;
use detente::engine::ensemble::{self, Plan};
use detente::engine::tally::Tally;
use detente::model::change::Change;
use detente::model::draws::Draws;
use detente::model::entity::Entity;
use detente::model::frame::Frame;
use detente::model::ids::StateId;
use detente::model::process::{About, Memory, Next, Process, Reaction, Tag, View};
use detente::model::world::World;
use detente::scenario::setup::Setup;
use support::{compile, flagship};

/// In some trials it panics, in others it breaks a score.
struct Saboteur;

const ABOUT: About = About { name: "saboteur", tag: Tag(999), summary: "breaks trials" };

impl Process for Saboteur {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn memory(&self, _: &Frame) -> Memory {
        Memory { noted: vec![0.0], ..Memory::default() }
    }

    fn begin(&self, _: &Frame, _: &mut World, memory: &mut Memory, draws: &mut dyn Draws) {
        memory.noted[0] = draws.unit_exponential(ABOUT.tag, Entity::named("event", "sabotage"), 0);
    }

    fn step(&self, view: View<'_>, memory: &mut Memory, _: &mut dyn Draws, next: &mut Next<'_>) {
        let mood = memory.noted[0];
        assert!(view.step != 3 || mood > 0.1, "mood of {mood:.3}");
        if view.step == 5 && mood > 2.3 {
            next.world.alignment[0] = f64::NAN;
        }
    }

    fn react(&self, change: &Change, memory: &mut Memory, reaction: &mut Reaction<'_>) {
        let mood = memory.noted[0];
        if matches!(change, Change::Contact(_)) && (0.1..=0.13).contains(&mood) {
            // What was to follow must not follow in the worker's next trial.
            let state = StateId::new(0);
            let shift = Change::ShiftIsolation { state, by: 0.9, lasting: true };
            reaction.then(ABOUT.tag, None, shift);
            panic!("a meeting in a mood of {mood:.3}");
        }
    }
}

fn sabotaged() -> Setup {
    let mut setup = compile(&flagship());
    setup.processes.push(Box::new(Saboteur));
    setup
}

fn run(setup: &Setup, threads: usize) -> Tally {
    ensemble::run(setup, Plan { trials: 400, threads: Some(threads), batch: 1 }, &|_| {}).unwrap()
}

#[test]
fn failed_trials_are_counted_and_the_rest_goes_on() {
    // Panics of this test's own process are expected; their messages would only be noise.
    std::panic::set_hook(Box::new(|_| {}));
    let setup = sabotaged();
    let tally = run(&setup, 2);
    assert_eq!(tally.trials + tally.failed, 400);
    // P(mood <= 0.13) + P(mood > 2.3) = 0.122 + 0.100.
    assert!((60..130).contains(&tally.failed), "{} failed", tally.failed);
    let reasons = |text: &str| tally.failures.iter().filter(|f| f.reason.contains(text)).count();
    assert!(reasons("panicked: mood of 0.0") > 10);
    assert!(reasons("panicked: a meeting in a mood of 0.1") > 2);
    assert!(reasons("alignment of BLR-CHN is NaN after step 6") > 10);
    assert!(tally.failures.is_sorted(), "the lowest trial numbers come first");
    assert_eq!(tally, run(&setup, 7));

    let rows = Results::new(&setup, &tally).outcomes;
    assert!(rows.iter().all(|row| row.n == tally.trials && row.failed == tally.failed));
}

#[test]
fn the_trials_that_end_well_are_those_of_a_run_without_failures() {
    std::panic::set_hook(Box::new(|_| {}));
    let (good, bad) = (compile(&flagship()), sabotaged());
    let mut expected = Tally::new(&good);
    let mut simulator = detente::engine::trial::Simulator::new(&good);
    let tally = run(&bad, 1);
    for trial in 0..400 {
        if tally.failures.iter().all(|failure| failure.trial != trial) {
            simulator.run(trial).unwrap();
            expected.add(&good, trial, simulator.record());
        }
    }
    assert!(tally.failed < 100, "every failure is listed");
    assert_eq!(tally.series, expected.series);
    assert_eq!(tally.outcomes, expected.outcomes);
    assert_eq!(tally.story_lines, expected.story_lines);
}
