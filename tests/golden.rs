//! Golden tables of every shipped scenario and its main variants, at few trials. Regenerate with
//!
//!     DETENTE_BLESS=1 cargo test --test golden
//!
//! Of the long tables the rows that say most are kept, and the hash of the whole.

#[path = "support/shipped.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use detente::analysis::Results;
use detente::engine::ensemble::{self, Plan};
use detente::output::tables;
use sha2::{Digest, Sha256};

/// A shipped scenario, a variant, and how many trials of it are kept.
type Kept = (&'static str, Option<&'static str>, u64);

const KEPT: &[Kept] = &[
    ("classroom", None, 200),
    ("classroom", Some("no-guarantee"), 200),
    ("classroom-exercises", None, 200),
    ("classroom-exercises", Some("better-reputation"), 200),
    ("classroom-exercises", Some("unknown-reputation"), 200),
    ("july-1914", None, 200),
    ("july-1914", Some("honour-unknown"), 200),
    ("july-1914", Some("russia-bound"), 200),
    ("july-1914", Some("italy-and-romania-owe"), 200),
    ("nato-accession-2022", None, 20),
    ("nato-accession-2022", Some("no-accession"), 20),
    ("nato-accession-2022", Some("holdouts-by-chance"), 20),
    ("nato-accession-2022", Some("unknown"), 20),
    ("russia-north-korea-2024", None, 200),
    ("russia-north-korea-2024", Some("no-pact"), 200),
    ("russia-north-korea-2024", Some("forecast"), 200),
    ("russia-north-korea-2024", Some("no-arms-trade"), 20),
    ("russia-north-korea-2024", Some("west-does-not-react"), 20),
    ("russia-north-korea-2024", Some("economic-bloc"), 20),
    ("russia-north-korea-2024", Some("article-4-invoked"), 20),
    ("sanctions-coalition", None, 20),
    ("sanctions-coalition", Some("nobody-joins"), 20),
    ("sanctions-coalition", Some("china-joins"), 20),
    ("sanctions-coalition", Some("terms"), 20),
    ("sanctions-coalition", Some("by-chance"), 20),
];

/// Whether a row of a long table is kept: of scores over time and of first dates those of the last
/// step date; of relations those of the last step date that hold in half of the trials; of what
/// happened the scenario's own events and what came in half of the trials; of steps those in which
/// something happened in half of the trials.
fn wanted(table: &str, row: &str, end: &str, trials: u64) -> bool {
    let cells: Vec<_> = row.split(',').collect();
    let in_half = |cell: &str| 2 * cell.parse::<u64>().expect("a count") >= trials;
    match table {
        "summary.csv" => cells[2] == end,
        "first_dates.csv" => cells[1] == end,
        "timeline.csv" => in_half(cells[cells.len() - 4]),
        "network.csv" => cells[0] == end && in_half(cells[5]),
        _ => cells[0] == "event" || in_half(cells[3]),
    }
}

/// What is kept of a table, by name of the file.
fn kept(name: &str, bytes: &[u8], end: &str, trials: u64) -> Vec<(String, Vec<u8>)> {
    let (stem, _) = name.split_once('.').expect("a table is a file of a kind");
    let part = match stem {
        "summary" | "first_dates" | "network" => format!("{stem}-end.csv"),
        "events" | "timeline" => format!("{stem}-likely.csv"),
        _ => return vec![(name.to_owned(), bytes.to_owned())],
    };
    let text = String::from_utf8(bytes.to_owned()).expect("a table is text");
    let (header, rows) = text.split_once('\n').expect("a table has a header");
    let rows: String = rows
        .lines()
        .filter(|row| wanted(name, row, end, trials))
        .map(|row| format!("{row}\n"))
        .collect();
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    vec![
        (part, format!("{header}\n{rows}").into_bytes()),
        (format!("{stem}.sha256"), format!("{hash}\n").into_bytes()),
    ]
}

fn compare(path: &Path, bytes: &[u8]) {
    if std::env::var_os("DETENTE_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("it is in a folder")).unwrap();
        fs::write(path, bytes).unwrap();
        return;
    }
    let golden = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let line =
        golden.split(|&b| b == b'\n').zip(bytes.split(|&b| b == b'\n')).position(|(a, b)| a != b);
    assert!(golden == bytes, "{} differs, first in line {:?}", path.display(), line.map(|n| n + 1));
}

fn folder(&(scenario, variant, _): &Kept) -> PathBuf {
    let variant = variant.map(|name| format!("-{name}")).unwrap_or_default();
    Path::new("tests/golden").join(format!("{scenario}{variant}"))
}

#[test]
fn shipped_scenarios_give_their_golden_tables() {
    for run in KEPT {
        let &(scenario, variant, trials) = run;
        let setup = support::load(scenario, variant);
        let tally = ensemble::run(&setup, Plan::new(trials), &|_| {}).unwrap();
        let end = setup.calendar.end().to_string();
        for table in tables::all(&Results::new(&setup, &tally)).unwrap() {
            for (name, bytes) in kept(&table.name, &table.bytes, &end, trials) {
                compare(&folder(run).join(name), &bytes);
            }
        }
    }
}

#[test]
fn every_shipped_scenario_has_golden_tables_and_no_others_are_kept() {
    for scenario in support::names() {
        assert!(KEPT.iter().any(|(shipped, ..)| *shipped == scenario), "{scenario}");
    }
    for entry in fs::read_dir("tests/golden").unwrap() {
        let path = entry.unwrap().path();
        assert!(KEPT.iter().any(|run| folder(run) == path), "{}", path.display());
    }
}
