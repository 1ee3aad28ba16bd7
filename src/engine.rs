//! Running trials: random streams, the trial loop, the ensemble and its tallies.
//!
//! The engine prints nothing and writes nothing; it reports progress through a callback.

pub mod digest;
pub mod ensemble;
pub mod experiment;
pub mod inputs;
pub mod metric;
pub mod pairing;
pub mod philox;
pub mod record;
pub mod script;
pub mod shard;
pub mod streams;
pub mod tally;
pub mod trace;
pub mod trial;
mod ziggurat;
