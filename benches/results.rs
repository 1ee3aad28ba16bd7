//! What becomes of trials: tallies, tables, charts.

use criterion::Criterion;
use detente::analysis::Results;
use detente::engine::tally::{Tally, Waiting};
use detente::engine::trial::Simulator;
use detente::output::{charts, tables};

use crate::worlds;

/// Tallies, analysis, tables and charts of the flagship.
pub fn results(c: &mut Criterion) {
    let setup = worlds::flagship("");
    let mut simulator = Simulator::new(&setup);
    let mut tally = Tally::new(&setup);
    for trial in 0..200 {
        simulator.run(trial).expect("the trial ends well");
        tally.add(&setup, trial, simulator.record());
    }
    let mut group = c.benchmark_group("results");
    group.bench_function("tally a trial, scores at once", |b| {
        b.iter(|| tally.add(&setup, 199, simulator.record()));
    });
    let mut waiting = Waiting::default();
    group.bench_function("tally a trial, scores of several together", |b| {
        b.iter(|| {
            waiting.add(&simulator.record().values, &mut tally.series);
            tally.add_rest(&setup, 199, simulator.record());
        });
    });
    let results = Results::new(&setup, &tally);
    group.sample_size(10);
    group.bench_function("analysis", |b| b.iter(|| Results::new(&setup, &tally)));
    group.bench_function("tables", |b| b.iter(|| tables::all(&results)));
    group.bench_function("charts", |b| {
        b.iter(|| charts::files(charts::Shown::Run(&setup, &results)));
    });
    group.finish();
}
