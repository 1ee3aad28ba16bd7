//! Cutting an input down to what makes it fail.

use std::time::{Duration, Instant};

use crate::run::{Fault, attempt, hook, slow};
use crate::targets::Target;

/// Time for one input.
const TIME: Duration = Duration::from_secs(30);

/// The smallest input found, by leaving out parts, that fails at the same place, or takes longer
/// than the limit.
pub fn shrink(target: &Target, input: &str, fault: &Fault, limit: Duration) -> String {
    // Nothing is told of the many panics on the way.
    hook();
    let started = Instant::now();
    let fails = |text: &str| match fault.place.as_str() {
        "slow" => slow(target, text, limit),
        place => attempt(target, text).is_err_and(|found| found.place == place),
    };
    let mut smallest = input.to_owned();
    for pieces in [lines, characters] {
        while let Some(smaller) = pass(&smallest, pieces, &fails, started) {
            smallest = smaller;
        }
    }
    drop(std::panic::take_hook());
    smallest
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn characters(text: &str) -> Vec<&str> {
    let ends = text.char_indices().map(|(at, c)| at..at + c.len_utf8());
    ends.map(|range| &text[range]).collect()
}

/// Leaves out pieces, many at once and then fewer; `None` if none can be missed.
fn pass(
    text: &str,
    pieces: fn(&str) -> Vec<&str>,
    fails: &impl Fn(&str) -> bool,
    started: Instant,
) -> Option<String> {
    let mut kept = pieces(text);
    let before = kept.len();
    let mut size = kept.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < kept.len() {
            if started.elapsed() > TIME {
                break;
            }
            let end = (at + size).min(kept.len());
            let shorter = [&kept[..at], &kept[end..]].concat();
            if fails(&shorter.concat()) {
                kept = shorter;
            } else {
                at = end;
            }
        }
        size /= 2;
    }
    (kept.len() < before).then(|| kept.concat())
}
