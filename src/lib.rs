//! detente: a scenario engine for alliance dynamics.
//!
//! A scenario file describes states (capability, isolation, alignment), their treaties, sanctions
//! and wars, and events. The engine runs many trials in parallel and tallies them; results are CSV
//! tables, charts and a manifest. The equations are in `docs/model.md`, the structure in
//! `ARCHITECTURE.md`.
//!
//! # Guarantees
//!
//! 1. The same binary, scenario and seed give the same bytes in every CSV, SVG and PNG, at any
//!    number of threads, however blocks of trials are dealt out to them, in any shards, interrupted
//!    or not.
//! 2. Any trial can be run alone, with a trace of what fired, why and what it changed, and is then
//!    the same as within an ensemble.
//! 3. Variants of a scenario share their randomness: adding or leaving out a state, an event, a
//!    treaty or a process moves nobody else's draws.
//! 4. Memory does not grow with the number of trials.
//! 5. The loop over steps allocates nothing once its buffers have grown to their size, but where an
//!    event sets a parameter.
//! 6. A wrong scenario is refused before the run, with every problem at once. No user input makes
//!    the program panic. A trial that fails is kept, counted and reported; it neither stops the batch nor disappears.
//! 7. Result directories appear whole, and existing ones are not overwritten unless asked for.
//! 8. A result can be repeated from its manifest alone, and what has been altered in it is named.
//! 9. A run that ends before its time goes on from what was kept. What is kept is used whole and for
//!    its own experiment, or refused by name.
//!
//! # Example
//!
//! ```
//! use detente::analysis::Results;
//! use detente::engine::ensemble::{self, Plan};
//!
//! let scenario = r#"
//!     title = "Two states"
//!     [run]
//!     start = 2024-01-01
//!     end = 2034-01-01
//!     [states]
//!     XAA = { capability = 0.02, isolation = 0.7, ideal_point = -1.0 }
//!     XBB = { capability = 0.01, isolation = 0.6, ideal_point = -1.1 }
//!     [dyads]
//!     XAA-XBB = { distance_km = 0 }
//!     [outcomes.pact]
//!     treaty = "defence"
//!     between = "XAA-XBB"
//! "#;
//! let setup = detente::scenario::parse(scenario, None)?;
//! let tally = ensemble::run(&setup, Plan::new(1_000), &|_trials| {})?;
//! let results = Results::new(&setup, &tally);
//! let pact = &results.outcomes[0];
//! assert!(pact.low <= pact.probability && pact.probability <= pact.high);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod analysis;
pub mod cli;
pub mod engine;
pub mod model;
pub mod output;
pub mod scenario;
