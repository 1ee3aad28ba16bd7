//! What is tried.

use crate::corpus::Corpus;

pub mod expression;
pub mod tables;
pub mod toml;

/// A reader of what users write.
pub struct Target {
    /// The name on the command line.
    pub name: &'static str,
    /// The inputs that are changed to make others.
    pub seeds: fn(&Corpus) -> &[String],
    /// Tries an input; panics if something is wrong.
    pub run: fn(&str) -> Outcome,
    /// How many executions `cargo test` has time for.
    pub short: u64,
}

/// How far an input came.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was refused, with reasons.
    Refused,
    /// It was understood.
    Read,
    /// It was understood and a trial of it was run.
    Ran,
}

/// All targets, a line each.
#[rustfmt::skip]
pub const TARGETS: &[Target] = &[
    Target { name: "toml", seeds: |corpus| &corpus.scenarios, run: toml::run, short: 10_000 },
    Target { name: "tables", seeds: |corpus| &corpus.tables, run: tables::run, short: 5_000 },
    Target { name: "expression", seeds: |corpus| &corpus.expressions, run: expression::run, short: 5_000 },
];
