//! Random numbers, and one step of every process.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use detente::engine::philox;
use detente::engine::streams::Streams;
use detente::model::derived::Derived;
use detente::model::draws::Draws;
use detente::model::math::batch::{annual_hazards, exp_all};
use detente::model::math::{annual_hazard, exp};
use detente::model::process::{Next, Tag, View};

use crate::worlds;

/// Numbers of the size of log-odds.
fn etas() -> Vec<f64> {
    (0..624).map(|n| -8.0 + f64::from(n % 97) / 20.0).collect()
}

/// Random numbers and exponentials, one by one and side by side.
pub fn randomness(c: &mut Criterion) {
    let setup = worlds::flagship("");
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
    group.throughput(Throughput::Elements(entities.len() as u64));
    group.bench_function("thresholds", |b| {
        b.iter(|| {
            let draw = |&entity| streams.unit_exponential(Tag(2), entity, black_box(0));
            entities.iter().map(draw).sum::<f64>()
        });
    });
    group.finish();

    let mut group = c.benchmark_group("rates");
    let (etas, mut rates) = (etas(), etas());
    group.throughput(Throughput::Elements(etas.len() as u64));
    let mut each = |name: &str, all: &dyn Fn(&mut [f64])| {
        group.bench_function(name, |b| {
            b.iter(|| {
                rates.copy_from_slice(black_box(&etas));
                all(&mut rates);
            });
        });
    };
    each("exponentials one by one", &|rates| rates.iter_mut().for_each(|x| *x = exp(*x)));
    each("exponentials side by side", &exp_all);
    each("hazards one by one", &|rates| rates.iter_mut().for_each(|x| *x = annual_hazard(*x)));
    each("hazards side by side", &annual_hazards);
    group.finish();
}

/// One step of every process of the flagship, at the start: its share of a step of the model.
pub fn processes(c: &mut Criterion) {
    let setup = worlds::flagship("");
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
