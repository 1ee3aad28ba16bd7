//! `detente compare` as a user types it.

#[path = "support/typed.rs"]
mod program;

use std::fs;
use std::path::Path;

use program::typed;
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
[outcomes.warmth]
title = "How close the two are"
value = "alignment(XAA, XBB)"
at = 2002-01-01
[charts]
isolation = ["XAA", "XBB"]
alignment = ["XAA-XBB"]
[variant.no-pact]
without = ["events.signature"]
[variant.more-visits]
events.visits.rate = 4.0
"#;

fn home() -> TempDir {
    let home = tempfile::tempdir().expect("a directory for the test");
    fs::write(home.path().join("two.toml"), SCENARIO).unwrap();
    let longer = SCENARIO.replace("end = 2002-01-01\n", "end = 2003-01-01\n");
    fs::write(home.path().join("longer.toml"), longer).unwrap();
    let warmer = SCENARIO.replace("ideal_point = 0.3", "ideal_point = 0.1");
    fs::write(home.path().join("warmer.toml"), warmer).unwrap();
    let other = SCENARIO.replace("[outcomes.close]", "[outcomes.near]");
    fs::write(home.path().join("other.toml"), other).unwrap();
    let chain = SCENARIO.replace("rate = 2.0\n", "rate = 2.0\nrequires = [\"signature\"]\n");
    fs::write(home.path().join("chain.toml"), chain.replace("without", "# without")).unwrap();
    home
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
    let done = typed(
        home.path(),
        &["compare", "two.toml", "--variant", "no-pact", "--variant", "more-visits"],
    );
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    for text in
        ["no-pact less base", "more-visits less base", "They are bound", "first by event visits"]
    {
        assert!(done.out.contains(text), "{text}: {}", done.out);
    }
    assert!(done.out.contains("only in base, not in no-pact: event signature"), "{}", done.out);
    assert!(
        done.out.lines().all(|line| line.starts_with("results") || line.chars().count() <= 100)
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
        "report.html".to_owned(),
    ];
    for chart in ["differences", "isolation-no-pact", "isolation-more-visits"]
        .into_iter()
        .chain(["alignment-no-pact", "alignment-more-visits"])
    {
        expected.extend(["png", "svg"].map(|format| format!("charts/{chart}.{format}")));
    }
    for arm in ["base", "no-pact", "more-visits"] {
        let tables = [
            "cascades",
            "events",
            "first_dates",
            "measures",
            "network",
            "outcomes",
            "story_lines",
            "summary",
            "timeline",
        ];
        expected.extend(tables.map(|table| format!("{arm}/{table}.csv")));
    }
    expected.sort();
    assert_eq!(found, expected);

    // Each arm's tables are those of a run of its own.
    let run = &["run", "two.toml", "--variant", "no-pact", "--no-charts", "--out", "alone"];
    assert_eq!(typed(home.path(), run).code, 0);
    let tables = ["summary", "events", "network", "timeline", "cascades", "story_lines"];
    for table in tables.map(|table| format!("{table}.csv")) {
        let read = |path: &str| fs::read(home.path().join(path).join(&table)).unwrap();
        assert!(read("alone") == read("results/two-compared/no-pact"), "{table}");
    }

    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["kind"], "comparison");
    assert_eq!(manifest["trials"], 128);
    let listed: Vec<_> =
        manifest["files"].as_array().unwrap().iter().map(|file| &file["name"]).collect();
    assert_eq!(listed.len() + 1, expected.len(), "every file is in the manifest");
    let again = typed(home.path(), &["compare", "two.toml", "--variant", "no-pact"]);
    assert_eq!(again.code, 4, "results are not overwritten");
}

#[test]
fn an_event_left_out_or_put_in_is_the_same_pair_the_other_way_round() {
    let home = home();
    let row = |arguments: &[&str], out: &str| {
        let all = [arguments, &["--no-charts", "--out", out]].concat();
        let done = typed(home.path(), &all);
        assert_eq!(done.code, 0, "{}", done.err);
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
        typed(home.path(), &["compare", "two.toml", "--variant", variant, "--trial", "3"]).out
    };
    insta::assert_snapshot!("side_by_side_no_pact", told("no-pact"));
    insta::assert_snapshot!("side_by_side_more_visits", told("more-visits"));
    assert!(!home.path().join("results").exists(), "nothing is written");
}

/// What is the same says so, and what makes it the same is told.
#[test]
fn what_never_differs_is_said_in_words() {
    let home = home();
    let compare = |more: &[&str]| {
        let usual = ["compare", "two.toml", "--no-charts", "--force", "--trials", "64"];
        typed(home.path(), &[&usual[..], more].concat())
    };
    let warning = "warning: `--set events.visits.rate` replaces what variant `more-visits` says of \
                   `events.visits.rate`\n";
    let set = ["--variant", "more-visits", "--set", "events.visits.rate=4.0"];
    let done = compare(&set);
    assert_eq!((done.code, done.err.as_str()), (0, warning));
    assert!(
        done.out.contains("base and more-visits are the same in every trial\n"),
        "{}",
        done.out
    );
    let warmth = done.out.lines().find(|line| line.starts_with("How close")).unwrap();
    assert!(warmth.contains("  no pair differs"), "{warmth}");
    let table =
        fs::read_to_string(home.path().join("results/two-compared/differences.csv")).unwrap();
    let row: Vec<_> =
        table.lines().find(|row| row.contains(",warmth,")).unwrap().split(',').collect();
    assert_eq!(row[8..14], ["0.0", "0.0", "", "", "", ""], "{row:?}");
    // A change of what the variant says nothing of is no reason to warn.
    let other = ["--variant", "more-visits", "--set", "states.XAA.isolation=0.6"];
    assert_eq!(compare(&other).err, "");
    let itself = compare(&["two.toml"]);
    assert!(itself.out.contains("base and two are the same in every trial\n"), "{}", itself.out);
    let less = compare(&["--variant", "no-pact"]);
    assert!(!less.out.contains("the same in every trial"), "{}", less.out);
    let until = ["compare", "two.toml", "two.toml", "--until", "ci_width(warmth) < 0.1"];
    let most = ["--max-trials", "64", "--no-charts", "--force"];
    let done = typed(home.path(), &[&until[..], &most].concat());
    let says = "ci_width(warmth) is 0: the difference is the same in every pair";
    assert!(done.err.contains(says), "{}", done.err);
}

/// The base is not one more thing to compare with where an event is left out of it.
#[test]
fn a_variant_that_is_the_base_already_is_not_compared_again() {
    let home = home();
    let base = ["--base", "more-visits", "--variant", "more-visits", "--without", "signature"];
    let done =
        typed(home.path(), &[&["compare", "two.toml", "--trials", "64"], &base[..]].concat());
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("without-signature less more-visits"), "{}", done.out);
    assert!(done.out.contains("in each of 2 scenarios"), "{}", done.out);
}

/// The rule of a comparison is about differences, and ends it.
#[test]
fn a_rule_ends_a_comparison_when_the_differences_are_known() {
    let home = home();
    let compare = ["compare", "two.toml", "--variant", "no-pact", "--no-charts", "--out"];
    let until = |out: &str, rule: &[&str]| {
        let done = typed(home.path(), &[&compare[..], &[out], rule].concat());
        assert_eq!(done.code, 0, "{}", done.err);
        let manifest = fs::read_to_string(home.path().join(out).join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        (done, manifest)
    };
    let rule = ["--until", "ci_width(close) < 0.03", "--max-trials", "5000"];
    let (done, manifest) = until("met", &rule);
    let stopping = &manifest["stopping"];
    assert_eq!(stopping["reason"], "rule met", "{stopping}");
    let trials = manifest["trials"].as_u64().unwrap();
    assert!((1_024..5_000).contains(&trials), "{trials}");
    assert!(done.out.contains("stopped after"), "{}", done.out);
    // The width is that of the difference in the table.
    let table = fs::read_to_string(home.path().join("met/differences.csv")).unwrap();
    let row: Vec<_> =
        table.lines().find(|row| row.contains(",close,")).unwrap().split(',').collect();
    let width = row[11].parse::<f64>().unwrap() - row[10].parse::<f64>().unwrap();
    assert!((stopping["clauses"][0]["width"].as_f64().unwrap() - width).abs() < 1e-8);
    let (done, manifest) =
        until("most", &["--until", "ci_width(close) < 0.0001", "--max-trials", "1100"]);
    assert_eq!(
        (&manifest["trials"], &manifest["stopping"]["reason"]),
        (&1100.into(), &"most trials reached".into())
    );
    assert!(done.err.contains("the most trials were reached first"), "{}", done.err);
    // As many trials without the rule give the same.
    let (_, plain) = until("plain", &["--trials", &trials.to_string()]);
    assert!(plain["stopping"].is_null());
    for file in ["differences.csv", "blocks.csv", "no-pact/summary.csv"] {
        let read = |out: &str| fs::read(home.path().join(out).join(file)).unwrap();
        assert!(read("met") == read("plain"), "{file}");
    }
    let verified = typed(home.path(), &["verify", "met"]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
}

#[test]
fn what_cannot_be_compared_is_refused_with_a_reason() {
    let home = home();
    let mut all = String::new();
    for (arguments, code) in [
        (&["two.toml"][..], 2),
        (&["two.toml", "--variant", "no-pakt"], 2),
        (&["two.toml", "--variant", "no-pact", "--variant", "no-pact"], 2),
        (&["two.toml", "--base", "no-pact", "--variant", "no-pact"], 2),
        (&["two.toml", "--without", "signatur"], 3),
        (&["two.toml", "--without", "nope"], 3),
        (&["two.toml", "--with", "signatur"], 3),
        (&["chain.toml", "--without", "signature"], 3),
        (&["two.toml", "--variant", "no-pact", "--max-trials", "500"], 2),
        (&["two.toml", "--base", "no-pact", "--without", "signature"], 3),
        (&["two.toml", "longer.toml"], 2),
        (&["two.toml", "nowhere.toml"], 4),
        (&["two.toml", "other.toml", "--until", "ci_width(close) < 0.01"], 2),
        (&["two.toml", "--variant", "no-pact", "--until", "ci_width(clos) < 0.01"], 3),
        (&["two.toml", "--variant", "no-pact", "--until", "x", "--trials", "9"], 2),
        (&["two.toml", "--variant", "no-pact", "--set", "events.visits.rate=-1"], 3),
        (&["two.toml", "--variant", "no-pact", "--trial", "3", "--out", "x"], 2),
    ] {
        let done = typed(home.path(), &[&["compare"], arguments].concat());
        assert_eq!(done.code, code, "{arguments:?}: {}", done.err);
        assert!(done.out.is_empty(), "{arguments:?}");
        all += &format!("$ detente compare {}\n{}\n", arguments.join(" "), done.err);
    }
    insta::assert_snapshot!("compare_refused", all);
    let left = ["chain.toml", "longer.toml", "other.toml", "two.toml", "warmer.toml"];
    assert_eq!(files(home.path()), left);
}
