//! Speed of the parts a run is made of. Figures are comparable only within one run on one machine;
//! docs/performance.md says how they are read. `cargo bench -- floor` runs one group, and so on.

use criterion::{criterion_group, criterion_main};

mod floor;
mod parts;
mod results;
mod runs;
mod worlds;

criterion_group!(
    benches,
    parts::randomness,
    floor::floor,
    parts::processes,
    runs::trials,
    runs::sizes,
    runs::ensembles,
    results::results
);
criterion_main!(benches);
