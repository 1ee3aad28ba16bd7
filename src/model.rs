//! The pure core: the [`World`](world::World), its states, treaties, sanctions and wars, and the
//! [`Process`](process::Process)es that change it. No files, clock, threads or printing; randomness
//! is asked for through [`Draws`](draws::Draws). `docs/model.md` has every equation with the same
//! symbols.

pub mod balance;
pub mod change;
pub mod clause;
pub mod clocks;
pub mod company;
pub mod consent;
pub mod correlation;
pub mod derived;
pub mod deterrence;
pub mod distribution;
pub mod draws;
pub mod entity;
pub mod event;
pub mod expression;
pub mod formation;
pub mod frame;
pub mod honour;
pub mod hypotheses;
pub mod ids;
pub mod math;
pub mod memory;
pub mod occasions;
pub mod parameters;
pub mod process;
pub mod processes;
pub mod registry;
pub mod sanction;
pub mod state_sets;
pub mod timeline;
pub mod treaty;
pub mod victory;
pub mod war;
pub mod world;
