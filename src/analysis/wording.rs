//! Results in words that never claim more than their intervals allow: pure functions from numbers to
//! text, with their rules in docs/report.md.

pub mod dates;
pub mod difference;
pub mod likelihood;
pub mod numbers;
