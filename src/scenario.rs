//! Scenario files: read, checked as a whole, compiled to a read-only [`Setup`](setup::Setup).
//!
//! [`gather`] reads every text that belongs to a scenario and joins them to one [`tree`]. Reading it
//! goes in two passes so that every problem is found at once: [`document`] turns the tree into
//! entries and checks each by itself; [`compile`] resolves the names between them. All report to
//! one list of [`problem::Problems`] with the place of each in its text.

pub mod calendar;
pub mod compile;
pub mod cow;
pub mod document;
pub mod expression;
pub mod folder;
pub mod gather;
pub mod load;
pub mod names;
pub mod problem;
pub mod prose;
pub mod reader;
pub mod setup;
pub mod sources;
pub mod stopping;
pub mod syntax;
pub mod tree;
pub mod uncertainty;
pub mod vocabulary;

pub use folder::Folder;
pub use load::{LoadError, Loaded, Wanted, Wrong, load, parse, read};
