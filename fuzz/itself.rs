//! The program tried on targets that are known to fail.

use std::panic::catch_unwind;
use std::time::Duration;

use crate::arguments::{self, Arguments, Asked};
use crate::corpus::Corpus;
use crate::mutate::input;
use crate::run::{Report, Span, attempt, hook, run};
use crate::shrink::shrink;
use crate::targets::{Outcome, TARGETS, Target};

/// Tells whether the program does what it says.
pub fn check(corpus: &Corpus) -> bool {
    let checks: [Check; 4] = [
        ("inputs follow from their numbers", inputs),
        ("panics are found, named and cut down", panics),
        ("what takes long is found", slowness),
        ("words are understood", words),
    ];
    let wrong = checks.iter().filter(|(what, check)| {
        let failed = catch_unwind(|| check(corpus)).is_err();
        if failed {
            println!("not so: {what}");
        }
        failed
    });
    let wrong = wrong.count();
    println!("test fuzz::itself ... {}", if wrong == 0 { "ok" } else { "FAILED" });
    wrong == 0
}

/// What is held, and whether it is so.
type Check = (&'static str, fn(&Corpus));

fn inputs(corpus: &Corpus) {
    let made: Vec<_> = (0..200).map(|number| input(&TARGETS[0], number, corpus)).collect();
    let again: Vec<_> = (0..200).rev().map(|number| input(&TARGETS[0], number, corpus)).collect();
    assert!(made.iter().eq(again.iter().rev()));
    assert!(made.windows(2).all(|pair| pair[0] != pair[1]));
    assert!(made[0] != input(&SLOW, 0, corpus));
}

const PANICS: Target = Target {
    name: "panics",
    seeds: |corpus| &corpus.scenarios,
    run: |text| {
        assert!(!(text.contains("XBB") && text.contains("9999")), "both at once");
        Outcome::Read
    },
    short: 0,
};

const SLOW: Target = Target {
    name: "slow",
    seeds: |corpus| &corpus.scenarios,
    run: |text| {
        if text.contains("9999") {
            std::thread::sleep(Duration::from_millis(400));
        }
        Outcome::Refused
    },
    short: 0,
};

fn tried(target: &Target, first: u64, executions: u64, corpus: &Corpus) -> Report {
    run(target, Span { first, executions, limit: Duration::from_millis(200) }, corpus, false)
}

fn panics(corpus: &Corpus) {
    let report = tried(&PANICS, 0, 3_000, corpus);
    let [failure] = &report.failures[..] else { panic!("one place, once") };
    assert!(failure.fault.message.contains("both at once"));
    hook();
    let fails = |number: &u64| attempt(&PANICS, &input(&PANICS, *number, corpus)).is_err();
    let first = (0..3_000).find(fails);
    assert_eq!(first, Some(failure.execution), "the first is told");
    let alone = tried(&PANICS, failure.execution, 1, corpus);
    assert_eq!(alone.failures[0].execution, failure.execution);
    let found = input(&PANICS, failure.execution, corpus);
    let smallest = shrink(&PANICS, &found, &failure.fault, Duration::from_secs(2));
    assert_eq!(smallest.len(), "XBB9999".len(), "{smallest}");
}

fn slowness(corpus: &Corpus) {
    let slow = (0..).find(|&number| input(&SLOW, number, corpus).contains("9999"));
    let report = tried(&SLOW, slow.unwrap_or_default(), 1, corpus);
    assert_eq!(report.failures[0].fault.place, "slow");
}

fn words(_: &Corpus) {
    let read = |words: &str| {
        let words: Vec<_> = words.split_whitespace().map(str::to_owned).collect();
        arguments::read(words.into_iter(), TARGETS)
    };
    let runs = |words: &str| match read(words) {
        Ok(Asked::Run(runs)) => runs,
        _ => panic!("{words} runs something"),
    };
    let all = |runs: &[Arguments]| runs.len() == TARGETS.len() && runs.iter().all(|run| !run.long);
    for words in ["", "--nocapture", "--test-threads 1", "--skip toml --quiet"] {
        assert!(all(&runs(words)), "{words}");
    }
    for words in ["--ignored", "a_test_of_another_file"] {
        assert!(runs(words).is_empty(), "{words}");
    }
    assert_eq!(runs("om").len(), 1);
    let long = runs("toml 1_000_000 --from 7");
    assert_eq!((long[0].executions, long[0].first, long[0].long), (1_000_000, 7, true));
    assert!(matches!(read("--list --format terse"), Ok(Asked::List)));
    for wrong in ["tom 1", "toml many", "toml 1 --from", "toml 1 2"] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}
