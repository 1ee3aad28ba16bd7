//! How `run` and `compare` tell what came of it: tables, JSON, or nothing.

#[path = "support/typed.rs"]
mod program;

use std::fs;
use std::path::PathBuf;

use program::typed;
use serde_json::Value;

fn scenario() -> String {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios/classroom.toml");
    file.to_string_lossy().into_owned()
}

fn json(out: &str) -> Value {
    serde_json::from_str(out).unwrap_or_else(|error| panic!("{error}: {out}"))
}

/// The rows of a table as maps of texts.
fn rows(path: PathBuf) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn json_has_the_rows_of_the_tables_and_nothing_else_is_printed() {
    let home = tempfile::tempdir().unwrap();
    let run = &["run", &scenario(), "--trials", "70", "--no-charts", "--out", "it", "--json"];
    let ran = typed(home.path(), run);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let told = json(&ran.out);
    assert_eq!((&told["trials"], &told["failed"]), (&70.into(), &0.into()));
    assert_eq!(told["directory"], "it");
    for (key, file) in [("outcomes", "outcomes.csv"), ("measures", "measures.csv")] {
        let written = rows(home.path().join("it").join(file));
        let told = told[key].as_array().unwrap();
        assert!(!written.is_empty() && told.len() == written.len(), "{key}");
        for (told, written) in told.iter().zip(&written) {
            assert_eq!(told["outcome"], written["outcome"].as_str());
            let number = if key == "outcomes" { "probability" } else { "mean" };
            assert_eq!(told[number].as_f64(), written[number].parse().ok(), "{key} {number}");
        }
    }
    for file in told["files"].as_array().unwrap() {
        assert!(home.path().join("it").join(file.as_str().unwrap()).exists(), "{file}");
    }
}

#[test]
fn so_has_that_of_a_comparison() {
    let home = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(scenario()).unwrap();
    fs::write(home.path().join("s.toml"), text + "\n[variant.same]\nnote = \"nothing\"\n").unwrap();
    let typing = ["compare", "s.toml", "--variant", "same", "--trials", "70", "--out", "it"];
    let ran = typed(home.path(), &[&typing[..], &["--no-charts", "--json"]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let told = json(&ran.out);
    let differences = told["differences"].as_array().unwrap();
    assert_eq!(differences.len(), rows(home.path().join("it/differences.csv")).len());
    assert!(differences.iter().all(|row| row["difference"].as_f64() == Some(0.0)));
    assert_eq!(told["arms"].as_array().unwrap().len(), 2);
    assert_eq!(told["partings"].as_array().unwrap().len(), 5, "one of each level");
}

#[test]
fn quiet_says_nothing_and_writes_all_the_same() {
    let home = tempfile::tempdir().unwrap();
    let of = |out, more: &[&str]| {
        let scenario = scenario();
        let typing = ["run", &scenario, "--trials", "70", "--no-charts", "--out", out];
        typed(home.path(), &[&typing[..], more].concat())
    };
    let (quiet, loud) = (of("quiet", &["--quiet"]), of("loud", &[]));
    assert_eq!((quiet.code, quiet.out.as_str(), quiet.err.as_str()), (0, "", ""));
    assert!(loud.out.contains("95 % interval") && loud.out.contains('▒'), "{}", loud.out);
    assert!(!loud.out.contains('\u{1b}'), "no colours where nobody sees them");
    let read = |name| fs::read(home.path().join(name).join("summary.csv")).unwrap();
    assert!(read("quiet") == read("loud"));
    let still_said = of("quiet", &["--quiet"]);
    assert_eq!((still_said.code, still_said.out.as_str()), (4, ""));
    assert!(still_said.err.contains("--force"), "{}", still_said.err);
    assert_eq!(of("other", &["--quiet", "--json"]).code, 2, "one or the other");
}

/// A shard has its own line instead of a report: `--quiet` is heeded there too, and `--json` refused.
#[test]
fn a_shard_is_as_quiet_as_a_run() {
    let home = tempfile::tempdir().unwrap();
    let of = |shard: &str, more: &[&str]| {
        let scenario = scenario();
        let typing = ["run", &scenario, "--trials", "300", "--out", "it", "--shard", shard];
        typed(home.path(), &[&typing[..], more].concat())
    };
    let quiet = of("1/3", &["--quiet"]);
    assert_eq!((quiet.code, quiet.out.as_str(), quiet.err.as_str()), (0, "", ""));
    assert!(home.path().join("it/shard-1-of-3.blocks").exists());
    assert!(of("2/3", &[]).out.starts_with("shard 2 of 3: 128 trials, "));
    let refused = of("3/3", &["--json"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("--json"), "{}", refused.err);

    let scenario = scenario();
    let run = ["run", &scenario, "--trials", "64", "--out", "new", "--resume", "--quiet"];
    let begun = typed(home.path(), &run);
    assert_eq!((begun.code, begun.out.as_str(), begun.err.as_str()), (0, "", ""));
}
