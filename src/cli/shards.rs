//! `detente shards`: work for more than one machine, planned and overseen.

use std::ops::Range;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::Failure;
use crate::output::block_file::Folder;

mod plan;
mod status;

pub use plan::Planned;

/// Split a run or a comparison over many machines.
///
/// `plan` prints a script that runs the shards, `status` says which of them are there; `detente merge`
/// makes the result.
#[derive(Debug, Args)]
pub struct Shards {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Plan(plan::Plan),
    Status(status::Status),
}

impl Shards {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        match &self.what {
            What::Plan(plan) => plan.execute(),
            What::Status(status) => status.execute(),
        }
    }
}

/// The block files in directories, and those that are named themselves.
pub fn files(places: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for place in places {
        if place.is_dir() {
            files.extend(Folder { path: place.clone() }.files()?.0);
        } else {
            files.push(place.clone());
        }
    }
    Ok(files)
}

/// `blocks 20 to 29`, or `block 20`.
pub fn range(blocks: &Range<u64>) -> String {
    match (blocks.start, blocks.end - 1) {
        (first, last) if first == last => format!("block {first}"),
        (first, last) => format!("blocks {first} to {last}"),
    }
}

/// Numbers in order, runs of them by their ends: `1-5, 7`.
pub fn listed(numbers: &[u64]) -> String {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let told = |&(first, last): &(u64, u64)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    runs.iter().map(told).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_listed_by_runs() {
        assert_eq!(listed(&[1, 2, 3, 5, 8, 9]), "1-3, 5, 8-9");
        assert_eq!(listed(&[]), "");
        assert_eq!((range(&(4..5)), range(&(4..9))), ("block 4".into(), "blocks 4 to 8".into()));
    }
}
