//! Tables of a result may have been edited by anyone: whatever is in a cell, reading them does not panic,
//! and neither does drawing what was read.

#[path = "support/typed.rs"]
mod program;

use std::fs;
use std::path::Path;

use detente::engine::experiment::Experiment;
use detente::output::charts::theme::THEMES;
use detente::output::charts::{self, Compared, Shown};
use detente::output::stored::{Stored, StoredError, Tables};
use detente::scenario::Loaded;
use program::typed;

const SCENARIO: &str = r#"
title = "Three neighbours"
[run]
start = 2000-01-01
end = 2001-01-01
step = "quarter"
trials = 70
[states]
XAA = { capability = "uniform(0.01, 0.02)", isolation = 0.5, ideal_point = 0.0 }
XBB = { capability = 0.01, isolation = 0.4, ideal_point = 0.3 }
XCC = { capability = 0.01, isolation = 0.4, ideal_point = 0.9 }
[dyads]
default = { distance_km = 10 }
[treaties.pact]
members = ["XAA", "XBB"]
obligations = ["defence"]
signed = 1995-01-01
[events.blow]
date = 2000-05-01
actions = [{ attack = "XBB", from = "XCC" }]
[outcomes.bound]
treaty = "defence"
between = "XAA-XBB"
by = 2001-01-01
[outcomes.close]
value = "alignment(XAA, XBB)"
at = 2001-01-01
[variant.apart]
states.XBB.isolation = 0.9
"#;

/// What a cell is replaced by.
const WORDS: [&str; 22] = [
    "",
    "0",
    "-0",
    "1",
    "-1",
    "0.5",
    "1e-300",
    "1e308",
    "-1e308",
    "1e999",
    "nan",
    "inf",
    "80",
    "18446744073709551615",
    "18446744073709551616",
    "2000-01-01",
    "-009999-01-01",
    "9999-12-31",
    "\"",
    "\"a\nb\"",
    "XAA",
    "é\u{1b}",
];

/// Makes a result.
fn made(home: &Path, arguments: &[&str]) {
    let made = typed(home, arguments);
    assert_eq!((made.code, made.err.as_str()), (0, ""), "{arguments:?}: {}", made.out);
}

/// The scenarios of a result, compiled from its manifest.
fn arms(stored: &Stored) -> Vec<Loaded> {
    stored.manifest.arms.iter().map(|arm| arm.load().expect("the texts are right")).collect()
}

/// Reads the tables and draws every chart; whether they were taken.
fn taken(stored: &Stored, experiment: &Experiment<'_>, names: &[String]) -> bool {
    let read = match stored.tables(experiment) {
        Ok(read) => read,
        Err(StoredError::Table { wrong, .. }) => {
            assert!(!wrong.rule.contains(char::is_control), "{wrong:?}");
            return false;
        }
        Err(other) => panic!("{other}"),
    };
    let setup = experiment.arms()[0];
    let shown = match &read.tables {
        Tables::Run(results) => Shown::Run(setup, results),
        Tables::Comparison(comparison) => Shown::Comparison(Compared { setup, comparison, names }),
    };
    charts::draw(shown, THEMES[2], |_| true).expect("what was read can be drawn");
    true
}

/// Tries every word in every column of two rows of every table of a result.
fn hold(result: &Path) {
    let stored = Stored::open(result).unwrap();
    let loaded = arms(&stored);
    let setups: Vec<_> = loaded.iter().map(|loaded| &loaded.setup).collect();
    let experiment = match setups[..] {
        [setup] => Experiment::of(setup),
        _ => Experiment::comparison(setups[0], &setups[1..]).unwrap(),
    };
    let names: Vec<_> = stored.manifest.arms.iter().map(|arm| arm.name.clone()).collect();
    assert!(taken(&stored, &experiment, &names), "as they were written");
    let mut tried = [0, 0];
    let tables = stored.manifest.files.iter().map(|file| file.name.as_str());
    for name in tables.filter(|name| name.ends_with(".csv") && !name.contains('/')) {
        let path = result.join(name);
        let good = fs::read_to_string(&path).unwrap();
        let lines: Vec<_> = good.lines().collect();
        assert!(lines.len() > 1, "{name} has rows to be changed");
        for line in [1, lines.len() - 1] {
            let cells = lines[line].split(',').count();
            for (cell, word) in (0..cells).flat_map(|cell| WORDS.map(|word| (cell, word))) {
                let mut row: Vec<_> = lines[line].split(',').collect();
                row[cell] = word;
                let row = row.join(",");
                let mut edited = lines.clone();
                edited[line] = &row;
                fs::write(&path, edited.join("\n") + "\n").unwrap();
                tried[usize::from(taken(&stored, &experiment, &names))] += 1;
            }
        }
        fs::write(&path, good).unwrap();
    }
    let [refused, taken] = tried;
    assert!(refused > 500 && taken > 20, "{refused} refused, {taken} taken");
}

#[test]
fn no_cell_of_a_run_makes_reading_or_drawing_panic() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("three.toml"), SCENARIO).unwrap();
    let run = ["run", "three.toml", "--no-charts", "--out", "run"];
    made(home.path(), &run);
    hold(&home.path().join("run"));
}

#[test]
fn neither_does_one_of_a_comparison() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("three.toml"), SCENARIO).unwrap();
    let run = ["compare", "three.toml", "--variant", "apart", "--no-charts", "--out", "both"];
    made(home.path(), &run);
    hold(&home.path().join("both"));
}
