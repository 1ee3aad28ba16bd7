//! Whether block files make a whole: every block of an experiment, once.

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::engine::shard::Shard;
use crate::output::block_file::{Head, other};

/// What block files say of themselves, with their places, in the order of their blocks.
#[derive(Clone, Debug)]
pub struct BlockFiles(Vec<(PathBuf, Head)>);

impl BlockFiles {
    /// Puts them in order, whatever order they come in.
    pub fn new(mut files: Vec<(PathBuf, Head)>) -> Self {
        files.sort_by(|(one, a), (two, b)| (a.first, a.end, one).cmp(&(b.first, b.end, two)));
        Self(files)
    }

    /// They, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Path, &Head)> {
        self.0.iter().map(|(path, head)| (path.as_path(), head))
    }

    /// The first of them that does not go with the first one, and why.
    pub fn foreign(&self) -> Option<(&Path, String)> {
        let mut files = self.iter();
        let (_, ours) = files.next()?;
        files.find_map(|(path, head)| Some((path, stranger(head, ours)?)))
    }

    /// Two of them that have the same blocks, and which.
    pub fn overlap(&self) -> Option<(&Path, &Path, Range<u64>)> {
        let full: Vec<_> = self.iter().filter(|(_, head)| head.first < head.end).collect();
        // In the order of their beginnings, an overlap is one of some neighbours.
        full.windows(2).find_map(|pair| {
            let [(one, a), (two, b)] = pair else { return None };
            let both = b.first..a.end.min(b.end);
            (both.start < both.end).then_some((*one, *two, both))
        })
    }

    /// The blocks that none of them has.
    pub fn missing(&self) -> Vec<Range<u64>> {
        let all = self.0.first().map_or(0, |(_, head)| head.all());
        let (mut missing, mut next) = (Vec::new(), 0);
        for (_, head) in self.iter() {
            if next < head.first {
                missing.push(next..head.first);
            }
            next = next.max(head.end);
        }
        if next < all {
            missing.push(next..all);
        }
        missing
    }

    /// The shards that blocks belong to, if all of them are shards of the same number.
    pub fn shards_of(&self, blocks: &Range<u64>) -> Vec<Shard> {
        let Some((_, head)) = self.0.first() else { return Vec::new() };
        let of = head.shard.map_or(0, |shard| shard.of);
        if self.iter().any(|(_, head)| head.shard.is_none_or(|shard| shard.of != of)) {
            return Vec::new();
        }
        let all = head.all();
        let shards = (1..=of).map(|number| Shard { number, of });
        let meets = |shard: &Shard| {
            let its = shard.blocks(all);
            its.start.max(blocks.start) < its.end.min(blocks.end)
        };
        shards.filter(meets).collect()
    }
}

/// Why a block file does not go with another: another experiment, program or number of trials.
pub fn stranger(theirs: &Head, ours: &Head) -> Option<String> {
    let (one, two) = (theirs.manifest.trials, ours.manifest.trials);
    let trials = || (one != two).then(|| format!("it is of {one} trials in all, not {two}"));
    other(&theirs.manifest, &ours.manifest).or_else(trials)
}
