//! The floor: what the arithmetic of alignment and one hazard channel takes by itself.
//!
//! A stripped loop over plain slices: two normals from a block of random numbers, a step of the
//! diffusion, the log-odds of a pact, their exponential, a clock for each dyad. No scenario, no
//! events, no record. Its parts follow, so that one sees what the time is for.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use detente::engine::streams::Streams;
use detente::model::draws::Draws;
use detente::model::entity::Entity;
use detente::model::math::batch::annual_hazards;
use detente::model::process::Tag;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

const DYADS: usize = 78;
const STEPS: usize = 60;
const DT: f64 = 1.0 / 12.0;
const THETA: f64 = 0.25;
const SIGMA: f64 = 0.15;

/// Scores of a world without anything else in it.
struct Scores {
    entities: Vec<Entity>,
    normals: Vec<[f64; 2]>,
    alignment: Vec<f64>,
    anchor: Vec<f64>,
    rates: Vec<f64>,
    remaining: Vec<f64>,
}

impl Scores {
    fn new() -> Self {
        let anchor: Vec<f64> = (0..DYADS).map(|d| (d as f64 / DYADS as f64) - 0.4).collect();
        Self {
            entities: (0..DYADS).map(|d| Entity::named("dyad", &d.to_string())).collect(),
            normals: vec![[0.0; 2]; DYADS],
            alignment: anchor.clone(),
            anchor,
            rates: vec![0.0; DYADS],
            remaining: vec![0.0; DYADS],
        }
    }

    fn draw(&mut self, streams: &mut Streams, pair: usize) {
        let pair = u32::try_from(pair).expect("a few pairs");
        streams.normal_pairs(Tag(1), pair, &self.entities, &mut self.normals);
    }

    fn diffuse(&mut self, half: usize) {
        let shock = SIGMA * DT.sqrt();
        for ((a, anchor), normals) in self.alignment.iter_mut().zip(&self.anchor).zip(&self.normals)
        {
            let moved =
                *a + THETA * (anchor - *a) * DT + shock * (1.0 - *a * *a).sqrt() * normals[half];
            *a = moved.clamp(-1.0, 1.0);
        }
    }

    fn rates(&mut self) {
        self.rates.iter_mut().zip(&self.alignment).for_each(|(eta, a)| *eta = 2.26 * a - 6.05);
        annual_hazards(&mut self.rates);
    }

    /// How many clocks run out; each starts again at 1.
    fn clocks(&mut self) -> u32 {
        let mut fired = 0;
        for (remaining, rate) in self.remaining.iter_mut().zip(&self.rates) {
            *remaining -= rate * DT;
            if *remaining <= 0.0 {
                (*remaining, fired) = (1.0, fired + 1);
            }
        }
        fired
    }

    fn trial(&mut self, trial: u32) -> u32 {
        let mut streams = Streams::new(1, trial);
        for (remaining, &entity) in self.remaining.iter_mut().zip(&self.entities) {
            *remaining = streams.unit_exponential(Tag(2), entity, 0);
        }
        let mut fired = 0;
        self.alignment.copy_from_slice(&self.anchor);
        for step in 0..STEPS {
            if step % 2 == 0 {
                self.draw(&mut streams, step / 2);
            }
            self.diffuse(step % 2);
            self.rates();
            fired += self.clocks();
        }
        fired
    }
}

/// The stripped loop and its parts, in dyad-steps.
pub fn floor(c: &mut Criterion) {
    let mut scores = Scores::new();
    let mut group = c.benchmark_group("floor, dyad-steps");
    group.throughput(Throughput::Elements((DYADS * STEPS) as u64));
    let mut trial = 0;
    group.bench_function("alignment and one hazard", |b| {
        b.iter(|| {
            trial += 1;
            scores.trial(black_box(trial))
        });
    });
    // What benches/numba_loop.py does, over all cores as there.
    let trials: u32 = 2_000;
    group.throughput(Throughput::Elements(u64::from(trials) * (DYADS * STEPS) as u64));
    group.bench_function("alignment and one hazard, all cores", |b| {
        b.iter(|| {
            let trials = (0..black_box(trials)).into_par_iter();
            trials.map_init(Scores::new, Scores::trial).sum::<u32>()
        });
    });
    group.throughput(Throughput::Elements(2 * DYADS as u64));
    let mut streams = Streams::new(1, 1);
    group.bench_function("of it random numbers", |b| {
        b.iter(|| scores.draw(&mut streams, black_box(3)));
    });
    group.throughput(Throughput::Elements(DYADS as u64));
    group.bench_function("of it the diffusion", |b| b.iter(|| scores.diffuse(black_box(0))));
    group.bench_function("of it rates", |b| b.iter(|| scores.rates()));
    group.bench_function("of it clocks", |b| b.iter(|| scores.clocks()));
    // Read and write what a step reads and writes, four numbers a dyad.
    let (from, mut to) = (vec![1.0_f64; 4 * DYADS], vec![0.0_f64; 4 * DYADS]);
    group.bench_function("memory traffic alone", |b| {
        b.iter(|| to.copy_from_slice(black_box(&from)));
    });
    group.finish();
}
