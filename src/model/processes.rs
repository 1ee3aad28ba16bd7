//! The mechanisms, one file each. Every file's header gives mechanism, equation, units and source;
//! `docs/model.md` says the same with the same symbols.

pub mod alignment;
pub mod decay;
pub mod events;
pub mod isolation;
pub mod pact;
pub mod pact_end;
