//! `detente compare` as a user types it.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

const SCENARIO: &str = r#"
title = "Two neighbours"
[run]
start = 2000-01-01
end = 2002-01-01
trials = 128
[states]
XAA = { name = "Aland", capability = 0.02, isolation = 0.5, ideal_point = 0.0 }
XBB = { name = "Bland", capability = 0.01, isolation = 0.4, ideal_point = 0.3 }
[dyads]
XAA-XBB = { distance_km = 0 }
[treaties.pact]
members = ["XAA", "XBB"]
obligations = ["defence"]
[events.signature]
date = 2000-06-01
actions = [{ sign = "pact" }]
[events.visits]
rate = 2.0
actions = [{ shift_alignment = "XAA-XBB", by = 0.01 }]
[outcomes.close]
title = "The two are close at the end"
alignment = "XAA-XBB"
above = 0.4
at = 2002-01-01
[outcomes.bound]
title = "They are bound"
treaty = "defence"
between = "XAA-XBB"
by = 2002-01-01
[charts]
isolation = ["XAA", "XBB"]
alignment = ["XAA-XBB"]
[variant.no-pact]
without = ["events.signature"]
[variant.more-visits]
events.visits.rate = 4.0
"#;

struct Typed {
    code: i32,
    out: String,
    err: String,
}

fn home() -> TempDir {
    let home = tempfile::tempdir().expect("a directory for the test");
    fs::write(home.path().join("two.toml"), SCENARIO).unwrap();
    let longer = SCENARIO.replace("end = 2002-01-01\n", "end = 2003-01-01\n");
    fs::write(home.path().join("longer.toml"), longer).unwrap();
    let warmer = SCENARIO.replace("ideal_point = 0.3", "ideal_point = 0.1");
    fs::write(home.path().join("warmer.toml"), warmer).unwrap();
    home
}

fn detente(home: &Path, arguments: &[&str]) -> Typed {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("detente"))
        .args(arguments)
        .current_dir(home)
        .output()
        .expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("it prints text");
    Typed {
        code: output.status.code().expect("it exits"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// Files below a directory, by path, sorted.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("it is there") {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            found.extend(files(&entry.path()).into_iter().map(|below| format!("{name}/{below}")));
        } else {
            found.push(name);
        }
    }
    found.sort();
    found
}

#[test]
fn several_variants_leave_tables_charts_and_a_manifest() {
    let home = home();
    let typed = detente(
        home.path(),
        &["compare", "two.toml", "--variant", "no-pact", "--variant", "more-visits"],
    );
    assert_eq!((typed.code, typed.err.as_str()), (0, ""));
    for text in
        ["no-pact less base", "more-visits less base", "They are bound", "first by event visits"]
    {
        assert!(typed.out.contains(text), "{text}: {}", typed.out);
    }
    assert!(typed.out.contains("only in base: event signature"), "{}", typed.out);
    assert!(
        typed.out.lines().all(|line| line.starts_with("results") || line.chars().count() <= 100)
    );
    let out = home.path().join("results/two-compared");
    let found = files(&out);
    let mut expected = vec![
        "blocks.csv".to_owned(),
        "difference_events.csv".to_owned(),
        "difference_series.csv".to_owned(),
        "differences.csv".to_owned(),
        "manifest.json".to_owned(),
        "partings.csv".to_owned(),
    ];
    for chart in ["differences", "isolation-no-pact", "isolation-more-visits"]
        .into_iter()
        .chain(["alignment-no-pact", "alignment-more-visits"])
    {
        expected.extend(["png", "svg"].map(|format| format!("charts/{chart}.{format}")));
    }
    for arm in ["base", "no-pact", "more-visits"] {
        let tables = ["events", "first_dates", "measures", "outcomes", "summary"];
        expected.extend(tables.map(|table| format!("{arm}/{table}.csv")));
    }
    expected.sort();
    assert_eq!(found, expected);

    // Each arm's tables are those of a run of its own.
    let run = &["run", "two.toml", "--variant", "no-pact", "--no-charts", "--out", "alone"];
    assert_eq!(detente(home.path(), run).code, 0);
    for table in ["summary.csv", "events.csv"] {
        let read = |path: &str| fs::read(home.path().join(path).join(table)).unwrap();
        assert!(read("alone") == read("results/two-compared/no-pact"), "{table}");
    }

    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["kind"], "comparison");
    assert_eq!(manifest["trials"], 128);
    let listed: Vec<_> =
        manifest["files"].as_array().unwrap().iter().map(|file| &file["name"]).collect();
    assert_eq!(listed.len() + 1, expected.len(), "every file is in the manifest");
    let again = detente(home.path(), &["compare", "two.toml", "--variant", "no-pact"]);
    assert_eq!(again.code, 4, "results are not overwritten");
}

#[test]
fn an_event_left_out_or_put_in_is_the_same_pair_the_other_way_round() {
    let home = home();
    let row = |arguments: &[&str], out: &str| {
        let all = [arguments, &["--no-charts", "--out", out]].concat();
        let typed = detente(home.path(), &all);
        assert_eq!(typed.code, 0, "{}", typed.err);
        let table = fs::read_to_string(home.path().join(out).join("differences.csv")).unwrap();
        let bound = table.lines().find(|line| line.contains("They are bound")).unwrap().to_owned();
        let fields: Vec<_> = bound.split(',').map(str::to_owned).collect();
        (fields[0].clone(), fields[8].parse::<f64>().unwrap())
    };
    let without = row(&["compare", "two.toml", "--without", "signature"], "a");
    let with = row(&["compare", "two.toml", "--with", "signature"], "b");
    assert_eq!((without.0.as_str(), with.0.as_str()), ("without-signature", "with-signature"));
    assert!(without.1 < -0.5 && with.1 == -without.1, "{} {}", without.1, with.1);
    let variant = row(&["compare", "two.toml", "--variant", "no-pact"], "c");
    assert_eq!(variant.1, without.1, "leaving it out is what the variant does");
    let files = row(&["compare", "two.toml", "warmer.toml"], "d");
    assert_eq!((files.0.as_str(), files.1), ("warmer", 0.0));
    let based = row(&["compare", "two.toml", "--base", "more-visits", "--with", "signature"], "e");
    assert_eq!(based.0, "with-signature");
}

#[test]
fn a_pair_is_told_side_by_side() {
    let home = home();
    let told = |variant: &str| {
        detente(home.path(), &["compare", "two.toml", "--variant", variant, "--trial", "3"]).out
    };
    insta::assert_snapshot!("side_by_side_no_pact", told("no-pact"));
    insta::assert_snapshot!("side_by_side_more_visits", told("more-visits"));
    assert!(!home.path().join("results").exists(), "nothing is written");
}

#[test]
fn what_cannot_be_compared_is_refused_with_a_reason() {
    let home = home();
    let mut all = String::new();
    for (arguments, code) in [
        (&["two.toml"][..], 2),
        (&["two.toml", "--variant", "no-pakt"], 2),
        (&["two.toml", "--variant", "no-pact", "--variant", "no-pact"], 2),
        (&["two.toml", "--without", "signatur"], 3),
        (&["two.toml", "--base", "no-pact", "--without", "signature"], 3),
        (&["two.toml", "longer.toml"], 2),
        (&["two.toml", "nowhere.toml"], 4),
        (&["two.toml", "--variant", "no-pact", "--set", "events.visits.rate=-1"], 3),
        (&["two.toml", "--variant", "no-pact", "--trial", "3", "--out", "x"], 2),
    ] {
        let typed = detente(home.path(), &[&["compare"], arguments].concat());
        assert_eq!(typed.code, code, "{arguments:?}: {}", typed.err);
        assert!(typed.out.is_empty(), "{arguments:?}");
        all += &format!("$ detente compare {}\n{}\n", arguments.join(" "), typed.err);
    }
    insta::assert_snapshot!("compare_refused", all);
    assert_eq!(files(home.path()), ["longer.toml", "two.toml", "warmer.toml"]);
}
