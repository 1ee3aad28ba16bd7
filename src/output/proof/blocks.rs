//! Blocks of trials by their fingerprints.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use crate::analysis::blocks::Row;
use crate::engine::digest::{BLOCK, Blocks};
use crate::output::hex;
use crate::output::proof::{Report, short};

/// Where the fingerprints are.
pub const TABLE: &str = "blocks.csv";

/// The longest row of the table, in bytes, and its header.
const MOST_OF_A_ROW: u64 = 100;

/// So many of all blocks: the first, the last, and others between them at even distances.
pub fn sample(blocks: u64, wanted: u64) -> Vec<u64> {
    let wanted = wanted.min(blocks);
    let (last, gaps) = (blocks.saturating_sub(1), wanted.saturating_sub(1).max(1));
    let place = |n: u64| u128::from(n) * u128::from(last) / u128::from(gaps);
    (0..wanted).map(|n| u64::try_from(place(n)).unwrap_or(last)).collect()
}

/// How many bytes the table may have.
pub fn most_bytes(trials: u64) -> u64 {
    (trials.div_ceil(BLOCK) + 1) * MOST_OF_A_ROW
}

/// The fingerprints of the `wanted` blocks that a table holds, and how its rows go with the number of
/// trials.
pub fn recorded(
    table: impl Read,
    trials: u64,
    wanted: &BTreeSet<u64>,
    report: &mut Report,
) -> BTreeMap<u64, String> {
    let mut found = BTreeMap::new();
    match rows(table, trials, |row| {
        if wanted.contains(&row.block) {
            found.insert(row.block, row.sha256);
        }
    }) {
        Ok(blocks) => report.agrees(TABLE, format!("{blocks} blocks, as {trials} trials make")),
        Err(why) => report.differs(TABLE, why),
    }
    found
}

/// Hands out the rows of a table; says at which one it does not go with the number of trials.
fn rows(table: impl Read, trials: u64, mut each: impl FnMut(Row)) -> Result<u64, String> {
    let blocks = trials.div_ceil(BLOCK);
    let mut next = 0;
    for row in csv::Reader::from_reader(table).deserialize::<Row>() {
        // What the reader says may hold anything that stands in the file.
        let row = row.map_err(|_| format!("row {next} is no block"))?;
        if next == blocks {
            return Err(format!("expected {blocks} blocks for {trials} trials, found more"));
        }
        let first = next * BLOCK;
        let expected = BLOCK.min(trials.saturating_sub(first));
        if (row.block, row.first_trial, row.trials) != (next, first, expected) {
            let told =
                format!("block {} of trials {}", row.block, range(row.first_trial, row.trials));
            if row.block == next {
                each(row);
            }
            return Err(format!(
                "expected block {next} of trials {} for {trials} trials, found {told}",
                range(first, expected)
            ));
        }
        each(row);
        next += 1;
    }
    if next == blocks {
        return Ok(blocks);
    }
    Err(format!("expected {blocks} blocks for {trials} trials, found {next}"))
}

/// Trials by their numbers.
fn range(first: u64, count: u64) -> String {
    match count.checked_sub(1) {
        None => "none".to_owned(),
        Some(more) => format!("{first} to {}", first.saturating_add(more)),
    }
}

/// Holds blocks that were computed again to their recorded fingerprints, if there are
/// any.
pub fn compare(recorded: &BTreeMap<u64, String>, computed: &Blocks, of: u64, report: &mut Report) {
    if recorded.is_empty() {
        return;
    }
    let mut wrong = Vec::new();
    for (block, (_, digest)) in &computed.digests {
        let found = hex(digest);
        let told = match recorded.get(block) {
            Some(expected) if *expected == found => continue,
            Some(expected) => {
                format!("expected {}, computed {}", short(expected), short(&found))
            }
            None => "no fingerprint is recorded".to_owned(),
        };
        wrong.push((format!("block {block}"), told));
    }
    let tried = computed.digests.len();
    if wrong.is_empty() {
        report.agrees("blocks", format!("{tried} of {of} computed again"));
    }
    report.computed_anew_differ("blocks", &wrong);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_the_first_and_the_last_and_no_block_twice() {
        for (blocks, wanted, expected) in [
            (1, 8, &[0][..]),
            (3, 8, &[0, 1, 2]),
            (157, 1, &[0]),
            (157, 2, &[0, 156]),
            (157, 4, &[0, 52, 104, 156]),
            (9, 8, &[0, 1, 2, 3, 4, 5, 6, 8]),
            (0, 8, &[]),
        ] {
            assert_eq!(sample(blocks, wanted), expected, "{wanted} of {blocks}");
        }
        let all: BTreeSet<_> = sample(15_625_000, 15_624_999).into_iter().collect();
        assert_eq!(all.len(), 15_624_999);
    }

    #[test]
    fn rows_that_do_not_go_with_the_trials_are_named() {
        let table = |rows: &[&str]| {
            let header = "block,first_trial,trials,sha256".to_owned();
            rows.iter().fold(header, |table, row| table + "\n" + row)
        };
        let two = table(&["0,0,64,aa", "1,64,36,bb"]);
        let told = |text: &str, trials| rows(text.as_bytes(), trials, |_| {});
        assert_eq!(told(&two, 100), Ok(2));
        let most = table(&[&format!("0,{0},{0},aa", u64::MAX)]);
        let cases = [
            (two.clone(), 101),
            (two.clone(), 64),
            (two, 1_000),
            (table(&["0,0,64,aa"]), 100),
            (table(&["1,64,36,bb"]), 100),
            (table(&["0,0,-64,aa"]), 100),
            (table(&["0,0,0,aa"]), 100),
            (most, 100),
            ("".to_owned(), 100),
        ];
        let told = cases.iter().map(|(text, trials)| told(text, *trials).unwrap_err());
        insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"), @"
        expected block 1 of trials 64 to 100 for 101 trials, found block 1 of trials 64 to 99
        expected 1 blocks for 64 trials, found more
        expected block 1 of trials 64 to 127 for 1000 trials, found block 1 of trials 64 to 99
        expected 2 blocks for 100 trials, found 1
        expected block 0 of trials 0 to 63 for 100 trials, found block 1 of trials 64 to 99
        row 0 is no block
        expected block 0 of trials 0 to 63 for 100 trials, found block 0 of trials none
        expected block 0 of trials 0 to 63 for 100 trials, found block 0 of trials 18446744073709551615 to 18446744073709551615
        expected 2 blocks for 100 trials, found 0
        ");
    }
}
