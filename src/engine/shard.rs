//! A part of an experiment for a machine of its own: one of so many runs of blocks.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The most shards of an experiment.
pub const MOST_SHARDS: u64 = 100_000;

/// One of the shards of an experiment. Together they have every block once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shard {
    /// Which one, from 1.
    pub number: u64,
    /// How many there are, at most [`MOST_SHARDS`].
    pub of: u64,
}

impl Shard {
    /// One of so many.
    ///
    /// # Errors
    /// In words, if there is no such shard.
    pub fn new(number: u64, of: u64) -> Result<Self, String> {
        if !(1..=MOST_SHARDS).contains(&of) {
            return Err(format!("there are {of} shards; from 1 to {MOST_SHARDS} can be made"));
        }
        if !(1..=of).contains(&number) {
            return Err(format!("there is no shard {number} of {of}; they are 1 to {of}"));
        }
        Ok(Self { number, of })
    }

    /// Its blocks, of so many. Sizes differ by one block at most; where there are more shards than
    /// blocks, some have none.
    pub fn blocks(self, all: u64) -> Range<u64> {
        let before = |shards: u64| {
            let at = u128::from(all) * u128::from(shards) / u128::from(self.of);
            u64::try_from(at).expect("at most all of them")
        };
        before(self.number - 1)..before(self.number)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "shard {} of {}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.parse::<u64>().ok();
        let parts = text.split_once('/').and_then(|(i, n)| Some((number(i)?, number(n)?)));
        let (number, of) = parts.ok_or("a shard is written i/n, such as 3/16")?;
        Self::new(number, of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_have_every_block_once() {
        for all in [0, 1, 5, 157, u64::MAX] {
            for of in [1, 2, 3, 16, 1000] {
                let mut next = 0;
                for number in 1..=of {
                    let blocks = Shard::new(number, of).unwrap().blocks(all);
                    assert_eq!(blocks.start, next);
                    let size = blocks.end - blocks.start;
                    assert!((all / of..=all.div_ceil(of)).contains(&size), "{number} of {of}");
                    next = blocks.end;
                }
                assert_eq!(next, all);
            }
        }
    }

    #[test]
    fn shards_are_read_as_they_are_written() {
        assert_eq!("3/16".parse(), Ok(Shard { number: 3, of: 16 }));
        for (text, why) in [
            ("3", "i/n"),
            ("3/", "i/n"),
            ("-1/4", "i/n"),
            ("0/4", "no shard 0 of 4"),
            ("5/4", "no shard 5 of 4; they are 1 to 4"),
            ("1/0", "there are 0 shards"),
            ("1/100001", "from 1 to 100000"),
        ] {
            let error = text.parse::<Shard>().unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
