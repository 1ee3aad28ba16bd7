//! Scenario files: read, checked as a whole, compiled to a read-only [`Setup`](setup::Setup).
//!
//! Reading goes in two passes so that every problem is found at once: [`document`] turns TOML into
//! entries and checks each by itself; [`compile`] resolves the names between them. Both report to
//! one list of [`problem::Problems`] with the place of each in the file.

pub mod calendar;
pub mod compile;
pub mod document;
pub mod load;
pub mod names;
pub mod problem;
pub mod reader;
pub mod setup;
pub mod syntax;

pub use load::{LoadError, load, parse};
