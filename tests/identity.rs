//! Guarantees 1 and 2: the same bytes however the trials are dealt out, and any trial alone.

#[path = "support/scenarios.rs"]
mod support;

use detente::analysis::Results;
use detente::engine::ensemble::{self, Plan};
use detente::engine::experiment::{Experiment, Findings};
use detente::engine::trial::Simulator;
use detente::output::{charts, tables};
use detente::scenario::setup::Setup;
use support::{compile, flagship};

/// Every table and chart of a run, by name.
fn files(setup: &Setup, threads: usize, batch: u64) -> Vec<(String, Vec<u8>)> {
    let plan = Plan { trials: 330, threads: Some(threads), batch };
    let experiment = Experiment::of(setup);
    let mut findings = Findings::new(&experiment);
    ensemble::extend(&experiment, &mut findings, plan, &|_| {}).unwrap();
    assert_eq!((findings.arms[0].trials, findings.arms[0].failed), (330, 0));
    let results = Results::of(setup, &findings);
    let tables = tables::all(&results).unwrap().into_iter().map(|t| (t.name, t.bytes));
    let charts = charts::files(charts::Shown::Run(setup, &results))
        .unwrap()
        .into_iter()
        .map(|c| (c.file, c.bytes));
    tables.chain(charts).collect()
}

/// Holds the files of two runs to the same names and bytes.
fn same(one: &[(String, Vec<u8>)], other: &[(String, Vec<u8>)], what: &str) {
    let names = |files: &[(String, Vec<u8>)]| -> Vec<String> {
        files.iter().map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(names(one), names(other), "{what}");
    for ((name, one), (_, other)) in one.iter().zip(other) {
        assert!(one == other, "{name} differs: {what}");
    }
}

#[test]
fn threads_and_batches_do_not_change_a_byte() {
    let setup = compile(&flagship());
    let expected = files(&setup, 1, 1);
    let names: Vec<_> = expected.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.contains(&"summary.csv") && names.contains(&"charts/isolation.png"), "{names:?}");
    for (threads, batch) in [(1, 2), (2, 1), (2, 2), (7, 1), (2, 100)] {
        let what = format!("{threads} threads, {batch} blocks at a time");
        same(&expected, &files(&setup, threads, batch), &what);
    }
}

#[test]
fn a_trial_alone_is_the_trial_of_the_ensemble() {
    let setup = compile(&flagship());
    let mut running = Simulator::new(&setup);
    for trial in 0..20 {
        running.run(trial).unwrap();
    }
    let mut alone = Simulator::new(&setup);
    alone.run(19).unwrap();
    assert_eq!(alone.world(), running.world());
    assert_eq!(alone.record().values, running.record().values);
    assert_eq!(alone.record().counts, running.record().counts);
}

#[test]
fn another_seed_is_another_run() {
    let mut setup = compile(&flagship());
    let one = files(&setup, 2, 1);
    setup.seed += 1;
    assert!(one[0].1 != files(&setup, 2, 1)[0].1);
}

/// V20: what the file says does not depend on the order in which it says it.
#[test]
fn the_order_of_the_file_does_not_matter() {
    let text = flagship();
    let setup = compile(&text);
    let shuffled = compile(&shuffle(&text));
    same(&files(&setup, 2, 1), &files(&shuffled, 2, 1), "another order");
}

/// The file with its tables, and the lines of `[states]` and `[dyads]`, in reverse; outcomes and
/// charts, whose order the author chose for reading, keep theirs.
fn shuffle(text: &str) -> String {
    let (head, body) = text.split_once("[run]").expect("there is a run");
    let mut tables: Vec<String> = Vec::new();
    for line in format!("[run]{body}").lines() {
        if line.starts_with('[') {
            tables.push(String::new());
        }
        let table = tables.last_mut().expect("a table has begun");
        table.push_str(line);
        table.push('\n');
    }
    let (keep, mut moved): (Vec<_>, Vec<_>) = tables
        .into_iter()
        .partition(|table| table.starts_with("[outcomes") || table.starts_with("[charts"));
    for table in &mut moved {
        if table.starts_with("[states]") || table.starts_with("[dyads]") {
            let (name, lines) = table.split_once('\n').expect("a table has lines");
            let mut lines: Vec<_> = lines.lines().collect();
            lines.reverse();
            *table = format!("{name}\n{}\n", lines.join("\n"));
        }
    }
    moved.reverse();
    assert!(moved.len() > 20, "there was something to move");
    format!("{head}{}{}", moved.concat(), keep.concat())
}
