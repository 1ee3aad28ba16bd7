//! Speed of the parts a run is made of. Figures are comparable only within one run on one machine.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

use detente::analysis::Results;
use detente::engine::ensemble::{self, Plan};
use detente::engine::philox;
use detente::engine::streams::Streams;
use detente::engine::tally::Tally;
use detente::engine::trial::Simulator;
use detente::model::derived::Derived;
use detente::model::draws::Draws;
use detente::model::process::{Next, Tag, View};
use detente::model::registry::PROCESSES;
use detente::output::{charts, tables};
use detente::scenario::setup::Setup;

const SCENARIO: &str = include_str!("../scenarios/russia-north-korea-2024.toml");

fn setup(more: &str) -> Setup {
    detente::scenario::parse(&format!("{SCENARIO}{more}"), None).expect("the scenario is right")
}

/// Alignment and one hazard channel for each dyad, nothing else.
fn core() -> Setup {
    let names = PROCESSES.iter().map(|entry| entry.about.name);
    let off = names.filter(|name| !["alignment", "pact", "league"].contains(name));
    setup(&off.map(|name| format!("[processes.{name}]\non = false\n")).collect::<String>())
}

fn dyad_steps(setup: &Setup) -> u64 {
    (setup.frame.dyads.len() * setup.frame.timeline.steps()) as u64
}

fn randomness(c: &mut Criterion) {
    let setup = setup("");
    let mut group = c.benchmark_group("random");
    group.bench_function("philox block", |b| {
        b.iter(|| philox::block(black_box([1, 2, 3, 4]), black_box([5, 6])));
    });
    let entities = &setup.frame.dyad_entities;
    let mut pairs = vec![[0.0; 2]; entities.len()];
    let mut streams = Streams::new(1, 2);
    group.throughput(Throughput::Elements(2 * entities.len() as u64));
    group.bench_function("normal draws", |b| {
        b.iter(|| streams.normal_pairs(Tag(1), black_box(3), entities, &mut pairs));
    });
    group.finish();
}

fn trials(c: &mut Criterion) {
    let mut group = c.benchmark_group("trial, dyad-steps");
    for (name, setup) in [("alignment and one hazard", core()), ("flagship", setup(""))] {
        group.throughput(Throughput::Elements(dyad_steps(&setup)));
        let mut simulator = Simulator::new(&setup);
        let mut trial = 0;
        group.bench_function(name, |b| {
            b.iter(|| {
                trial += 1;
                simulator.run(trial)
            });
        });
    }
    group.finish();
}

/// One step of every process of the flagship, at the start: its share of a step of the model.
fn processes(c: &mut Criterion) {
    let setup = setup("");
    let (frame, world) = (&setup.frame, &setup.initial);
    let mut derived = Derived::new(frame);
    let mut group = c.benchmark_group("step of a process");
    group.bench_function("derived quantities", |b| b.iter(|| derived.update(frame, world)));
    let view = View { frame, world, derived: &derived, step: 0 };
    let mut coming = world.clone();
    group.bench_function("copy of the world", |b| b.iter(|| coming.catch_up(world)));
    for process in &setup.processes {
        let mut memory = process.memory(frame);
        let mut streams = Streams::new(1, 2);
        process.begin(frame, &mut coming, &mut memory, &mut streams);
        let mut firings = Vec::with_capacity(10_000);
        group.bench_function(process.about().name, |b| {
            b.iter(|| {
                firings.clear();
                let mut next = Next { world: &mut coming, firings: &mut firings };
                process.step(view, &mut memory, &mut streams, &mut next);
            });
        });
    }
    group.finish();
}

fn ensembles(c: &mut Criterion) {
    let setup = core();
    let trials = 2_000;
    let mut group = c.benchmark_group("ensemble of alignment and one hazard, dyad-steps");
    group.sample_size(10).throughput(Throughput::Elements(trials * dyad_steps(&setup)));
    for threads in [1, 2] {
        let plan = Plan { threads: Some(threads), ..Plan::new(trials) };
        group.bench_function(BenchmarkId::new("threads", threads), |b| {
            b.iter(|| ensemble::run(&setup, plan, &|_| {}));
        });
    }
    group.finish();
}

fn results(c: &mut Criterion) {
    let setup = setup("");
    let mut simulator = Simulator::new(&setup);
    let mut tally = Tally::new(&setup);
    for trial in 0..200 {
        simulator.run(trial).expect("the trial ends well");
        tally.add(&setup, trial, simulator.record());
    }
    let mut group = c.benchmark_group("results");
    group
        .bench_function("tally a trial", |b| b.iter(|| tally.add(&setup, 199, simulator.record())));
    let results = Results::new(&setup, &tally);
    group.sample_size(10);
    group.bench_function("analysis", |b| b.iter(|| Results::new(&setup, &tally)));
    group.bench_function("tables", |b| b.iter(|| tables::all(&results)));
    group.bench_function("charts", |b| {
        b.iter(|| charts::files(charts::Shown::Run(&setup, &results)));
    });
    group.finish();
}

criterion_group!(benches, randomness, trials, processes, ensembles, results);
criterion_main!(benches);
