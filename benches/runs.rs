//! Whole trials and ensembles.

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};
use detente::engine::ensemble::{self, Plan};
use detente::engine::trial::Simulator;
use detente::scenario::setup::Setup;

use crate::worlds::{self, dyad_steps};

/// A trial of the flagship, and of alignment with one hazard channel.
pub fn trials(c: &mut Criterion) {
    let mut group = c.benchmark_group("trial, dyad-steps");
    for (name, setup) in
        [("alignment and one hazard", worlds::core()), ("flagship", worlds::flagship(""))]
    {
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

/// A trial of ten years with every process on, in worlds of several sizes.
pub fn sizes(c: &mut Criterion) {
    let mut group = c.benchmark_group("trial of ten years, dyad-steps");
    for states in [4, 13, 60, 195] {
        let setup = worlds::of_states(states);
        group.throughput(Throughput::Elements(dyad_steps(&setup)));
        if states > 50 {
            group.sample_size(10).sampling_mode(SamplingMode::Flat);
        }
        let mut simulator = Simulator::new(&setup);
        let mut trial = 0;
        group.bench_function(BenchmarkId::new("states", states), |b| {
            b.iter(|| {
                trial += 1;
                simulator.run(trial)
            });
        });
    }
    group.finish();
}

/// What a second thread is worth.
pub fn ensembles(c: &mut Criterion) {
    let ensemble = |c: &mut Criterion, name: &str, setup: &Setup, trials: u64| {
        let mut group = c.benchmark_group(name);
        group.sample_size(10).throughput(Throughput::Elements(trials * dyad_steps(setup)));
        for threads in [1, 2] {
            let plan = Plan { threads: Some(threads), ..Plan::new(trials) };
            group.bench_function(BenchmarkId::new("threads", threads), |b| {
                b.iter(|| ensemble::run(setup, plan, &|_| {}));
            });
        }
        group.finish();
    };
    let name = "ensemble of alignment and one hazard, dyad-steps";
    ensemble(c, name, &worlds::core(), 2_000);
    ensemble(c, "ensemble of the flagship, dyad-steps", &worlds::flagship(""), 512);
}
