//! Golden tables of every shipped scenario and variant, at 200 trials. Regenerate with
//!
//!     DETENTE_BLESS=1 cargo test --test golden
//!
//! `summary.csv` is long; its rows of the last step date are kept, and the hash of the whole.

#[path = "support/scenarios.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use detente::analysis::Results;
use detente::engine::ensemble::{self, Plan};
use detente::output::tables;
use sha2::{Digest, Sha256};
use support::compile_variant;

/// Shipped scenarios with the variants that are kept.
const SHIPPED: &[(&str, &[Option<&str>])] =
    &[("russia-north-korea-2024", &[None, Some("no-treaty"), Some("forecast")])];

fn kept(name: &str, bytes: &[u8], end: &str) -> Vec<(String, Vec<u8>)> {
    if name != "summary.csv" {
        return vec![(name.to_owned(), bytes.to_owned())];
    }
    let text = String::from_utf8(bytes.to_owned()).expect("a table is text");
    let (header, rows) = text.split_once('\n').expect("a table has a header");
    let rows = rows.lines().filter(|row| row.split(',').nth(2) == Some(end));
    let rows: String = rows.map(|row| format!("{row}\n")).collect();
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    vec![
        ("summary-end.csv".to_owned(), format!("{header}\n{rows}").into_bytes()),
        ("summary.sha256".to_owned(), format!("{hash}\n").into_bytes()),
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

#[test]
fn shipped_scenarios_give_their_golden_tables() {
    for (scenario, variants) in SHIPPED {
        let text = fs::read_to_string(format!("scenarios/{scenario}.toml")).unwrap();
        for variant in *variants {
            let setup = compile_variant(&text, *variant);
            let tally = ensemble::run(&setup, Plan::new(200), &|_| {}).unwrap();
            let folder =
                format!("{scenario}{}", variant.map(|v| format!("-{v}")).unwrap_or_default());
            let folder = PathBuf::from("tests/golden").join(folder);
            let end = setup.calendar.end().to_string();
            for table in tables::all(&Results::new(&setup, &tally)).unwrap() {
                for (name, bytes) in kept(table.name, &table.bytes, &end) {
                    compare(&folder.join(name), &bytes);
                }
            }
        }
    }
}

#[test]
fn every_shipped_scenario_has_golden_tables() {
    for entry in fs::read_dir("scenarios").unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if let Some(stem) = name.strip_suffix(".toml") {
            assert!(SHIPPED.iter().any(|(shipped, _)| *shipped == stem), "{name}");
        }
    }
}
