//! Who entered whose war, over trials.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::engine::record::entries::{Entries, Entry};
use crate::engine::tally::ExactDays;

/// How often a state entered a war in a way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entered {
    /// In all trials together.
    pub count: u64,
    /// When first, to the day.
    pub first: ExactDays,
}

/// Entries into wars: each way that any trial has seen, of which there are at most so many as
/// states, opponents and companions make.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cascades {
    ways: BTreeMap<Entry, Entered>,
}

impl Cascades {
    /// Adds a trial.
    pub fn add(&mut self, entries: &Entries) {
        let all = entries.all();
        for (n, (entry, day)) in all.iter().enumerate() {
            let entered = self.ways.entry(*entry).or_default();
            entered.count += 1;
            if !all[..n].iter().any(|(earlier, _)| earlier == entry) {
                entered.first.add(*day);
            }
        }
    }

    /// Adds other trials.
    pub fn merge(&mut self, other: Self) {
        for (entry, theirs) in other.ways {
            let mine = self.ways.entry(entry).or_default();
            mine.count += theirs.count;
            mine.first.merge(&theirs.first);
        }
    }

    /// Every way that has been seen.
    pub fn ways(&self) -> &BTreeMap<Entry, Entered> {
        &self.ways
    }
}
