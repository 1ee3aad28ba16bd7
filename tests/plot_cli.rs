//! `detente plot` as a user types it.

#[path = "support/typed.rs"]
mod program;
#[path = "support/shipped.rs"]
mod shipped;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use detente::analysis::Results;
use detente::engine::ensemble::{self, Plan};
use detente::engine::experiment::{Experiment, Findings};
use detente::output::stored::{Stored, Tables};
use program::typed;
use tempfile::TempDir;

const SCENARIO: &str = r#"
title = "Two neighbours"
[run]
start = 2000-01-01
end = 2001-01-01
trials = 80
[states]
XAA = { name = "Aland", capability = 0.02, isolation = "uniform(0.4, 0.6)", ideal_point = 0.0 }
XBB = { name = "Bland & Sons", capability = 0.01, isolation = 0.4, ideal_point = 0.3 }
[dyads]
XAA-XBB = { distance_km = 0 }
[treaties.pact]
members = ["XAA", "XBB"]
obligations = ["defence"]
[events.signature]
rate = 2.0
actions = [{ sign = "pact" }]
[outcomes.bound]
title = "They are bound"
treaty = "defence"
between = "XAA-XBB"
by = 2001-01-01
[outcomes.close]
title = "How close they are"
value = "alignment(XAA, XBB)"
at = 2001-01-01
[charts]
isolation = ["XAA", "XBB"]
alignment = ["XAA-XBB"]
[variant.no-pact]
without = ["events.signature"]
[variant.quiet]
events.signature.rate = 1.0
"#;

/// A folder with a run and a comparison.
fn home() -> TempDir {
    let home = tempfile::tempdir().expect("a directory for the test");
    fs::write(home.path().join("two.toml"), SCENARIO).unwrap();
    done(home.path(), &["run", "two.toml", "--out", "run"]);
    let both = ["--variant", "no-pact", "--variant", "quiet", "--out", "both"];
    done(home.path(), &[&["compare", "two.toml"], &both[..]].concat());
    home
}

fn done(home: &Path, arguments: &[&str]) -> String {
    let done = typed(home, arguments);
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{arguments:?}");
    done.out
}

/// Everything below a folder, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("it is there") {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            let below = files(&entry.path()).into_iter();
            found.extend(below.map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    found
}

fn names(folder: &Path) -> Vec<String> {
    files(folder).into_keys().collect()
}

/// Holds the charts drawn from a result to those that were written with it.
fn hold_to_the_run(home: &Path, result: &str) {
    let before = files(&home.join(result));
    let out = done(home, &["plot", result]);
    let drawn = format!("{result}-charts");
    assert!(out.starts_with(&format!("{drawn}: ")), "{out}");
    assert!(before == files(&home.join(result)), "{result} stays as it is");
    let charts = files(&home.join(result).join("charts"));
    assert!(charts.len() >= 4, "{result}");
    let again = files(&home.join(drawn));
    assert_eq!(charts.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>(), "{result}");
    for (name, bytes) in &charts {
        assert!(bytes == &again[name], "{result}: {name} differs");
    }
}

#[test]
fn charts_drawn_again_are_those_of_the_run_to_the_byte() {
    let home = home();
    hold_to_the_run(home.path(), "run");
    hold_to_the_run(home.path(), "both");
    // Also where there were none, and where only the tables and the manifest are left.
    done(home.path(), &["run", "two.toml", "--no-charts", "--out", "bare"]);
    fs::remove_file(home.path().join("two.toml")).unwrap();
    done(home.path(), &["plot", "bare", "--out", "deep/er"]);
    assert!(files(&home.path().join("deep/er")) == files(&home.path().join("run/charts")));
}

#[test]
fn so_are_those_of_shipped_scenarios() {
    let home = tempfile::tempdir().unwrap();
    let place = |name: &str| fs::canonicalize(format!("scenarios/{name}.toml")).unwrap();
    for name in shipped::names() {
        let file = place(&name).display().to_string();
        done(home.path(), &["run", &file, "--trials", "8", "--out", &name]);
        hold_to_the_run(home.path(), &name);
    }
    let flagship = place("russia-north-korea-2024").display().to_string();
    let variants = ["--variant", "no-pact", "--trials", "8", "--out", "compared"];
    done(home.path(), &[&["compare", &flagship], &variants[..]].concat());
    hold_to_the_run(home.path(), "compared");
}

/// What is read is what was computed, number for number, in every shipped scenario.
#[test]
fn tables_are_read_back_as_they_were_computed() {
    let home = tempfile::tempdir().unwrap();
    for (name, variant) in [
        ("classroom", None),
        ("classroom-exercises", Some("unknown-reputation")),
        ("july-1914", Some("honour-unknown")),
        ("russia-north-korea-2024", Some("forecast")),
        ("nato-accession-2022", None),
        ("sanctions-coalition", Some("by-chance")),
    ] {
        let file = fs::canonicalize(format!("scenarios/{name}.toml")).unwrap();
        let file = file.display().to_string();
        let mut arguments = vec!["run", &file, "--trials", "70", "--no-charts", "--out", name];
        arguments.extend(variant.iter().flat_map(|variant| ["--variant", variant]));
        done(home.path(), &arguments);
        let setup = shipped::load(name, variant);
        let experiment = Experiment::of(&setup);
        let mut findings = Findings::new(&experiment);
        ensemble::extend(&experiment, &mut findings, Plan::new(70), &|_| {}).unwrap();
        let stored = Stored::open(&home.path().join(name)).unwrap();
        let read = stored.tables(&experiment).unwrap();
        assert!(read.altered.is_empty());
        assert!(read.tables == Tables::Run(Results::of(&setup, &findings)), "{name}");
    }
}

#[test]
fn formats_sizes_themes_and_charts_are_what_was_asked_for() {
    let home = home();
    let plot = |arguments: &[&str], out: &str| {
        done(home.path(), &[&["plot"], arguments, &["--out", out]].concat());
        files(&home.path().join(out))
    };
    let named = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    let one = plot(&["run", "--chart", "outcomes", "--format", "svg", "--theme", "dark"], "a");
    assert_eq!(named(&one), ["outcomes-dark.svg"]);
    let themes =
        ["both", "--chart", "isolation-quiet", "--chart", "differences", "--theme", "print,light"];
    let two = plot(&[&themes[..], &["--format", "png,svg,png"]].concat(), "b");
    let expected: Vec<_> = ["differences", "isolation-quiet"]
        .iter()
        .flat_map(|chart| ["light", "print"].map(|theme| format!("{chart}-{theme}")))
        .flat_map(|stem| ["png", "svg"].map(|format| format!("{stem}.{format}")))
        .collect();
    assert_eq!(named(&two), expected);
    assert!(
        two["differences-light.svg"]
            == fs::read(home.path().join("both/charts/differences.svg")).unwrap()
    );
    assert!(two["differences-light.svg"] != two["differences-print.svg"]);
    // A kind is all of its sheets.
    let kind = plot(&["both", "--chart", "isolation", "--format", "svg"], "c");
    assert_eq!(named(&kind), ["isolation-no-pact.svg", "isolation-quiet.svg"]);
    // The size of a PNG is in its header.
    let size = |files: &BTreeMap<String, Vec<u8>>| {
        let bytes = &files["outcomes.png"];
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        (number(16), number(20))
    };
    let outcomes = ["run", "--chart", "outcomes", "--format", "png"];
    let usual = size(&plot(&outcomes, "d"));
    let large = size(&plot(&[&outcomes[..], &["--scale", "4.0"]].concat(), "e"));
    assert_eq!(usual.0, 1920);
    assert_eq!(large, (2 * usual.0, 2 * usual.1));
}

#[test]
fn what_stands_there_is_replaced_only_if_asked_for() {
    let home = home();
    done(home.path(), &["plot", "run"]);
    let charts = home.path().join("run-charts");
    let (before, file) = (files(&charts), charts.join("outcomes.svg"));
    fs::write(&file, "mine").unwrap();
    fs::remove_file(charts.join("isolation.svg")).unwrap();
    let refused = typed(home.path(), &["plot", "run"]);
    assert_eq!((refused.code, refused.out.as_str()), (4, ""));
    assert!(refused.err.contains("exists already; give --force"), "{}", refused.err);
    assert!(!charts.join("isolation.svg").exists(), "nothing is written");
    fs::write(charts.join("notes.txt"), "what I saw").unwrap();
    done(home.path(), &["plot", "run", "--force"]);
    fs::remove_file(charts.join("notes.txt")).expect("what is not a chart stays");
    assert!(files(&charts) == before);
}

#[test]
fn a_result_is_never_written_to() {
    let home = home();
    let before = files(home.path());
    for out in ["run", "run/charts", "run/new/deep", "both/charts", "./both/../run", "new/../run/x"]
    {
        let refused = typed(home.path(), &["plot", "run", "--out", out, "--force"]);
        assert!([2, 4].contains(&refused.code), "{out}: {}", refused.err);
        assert!(refused.out.is_empty(), "{out}");
        assert!(files(home.path()) == before && !home.path().join("new").exists(), "{out}");
    }
    let refused = typed(&home.path().join("run"), &["plot", "."]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(refused.err.contains("no name of its own; give --out"), "{}", refused.err);
    let refused = typed(&home.path().join("run"), &["plot", ".", "--out", "charts2"]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("run", home.path().join("alias")).unwrap();
        let refused = typed(home.path(), &["plot", "run", "--out", "alias/charts", "--force"]);
        assert_eq!(refused.code, 2, "{}", refused.err);
    }
}

/// With commas between them, repeated, or both.
#[test]
fn several_charts_are_asked_for_at_once() {
    let home = home();
    let names = |options: &[&str], out: &str| {
        let options = [&["plot", "run", "--format", "svg", "--out", out], options].concat();
        done(home.path(), &options);
        files(&home.path().join(out)).into_keys().collect::<Vec<_>>()
    };
    let expected = ["alignment.svg", "isolation.svg", "outcomes.svg"];
    let commas = names(&["--chart", "isolation,outcomes,alignment"], "commas");
    assert_eq!(commas, expected);
    let both = names(&["--chart", "isolation,outcomes", "--chart", "alignment"], "both-ways");
    assert_eq!(both, expected);
}

#[test]
fn what_cannot_be_drawn_is_refused_with_a_reason() {
    let home = home();
    let none = SCENARIO.replace("by = 2001-01-01", "at = 2001-01-01");
    fs::write(home.path().join("none.toml"), none).unwrap();
    done(home.path(), &["run", "none.toml", "--no-charts", "--out", "none"]);
    let before = files(home.path());
    let mut all = String::new();
    for (arguments, code) in [
        (&["run", "--chart", "outcome"][..], 2),
        (&["run", "--chart", "weather"], 2),
        (&["run", "--chart", "differences"], 2),
        (&["both", "--chart", "isolation-quit"], 2),
        (&["none", "--chart", "first-dates"], 2),
        (&["run", "--format", "pdf"], 2),
        (&["run", "--theme", "darkk"], 2),
        (&["run", "--scale", "0"], 2),
        (&["run", "--scale", "nan"], 2),
        (&["run", "--scale", "3", "--format", "svg"], 2),
        (&["two.toml"], 3),
        (&["."], 3),
        (&["both/charts"], 3),
        (&["both/manifest.json"], 3),
        (&["nowhere"], 4),
    ] {
        let refused = typed(home.path(), &[&["plot"], arguments].concat());
        assert_eq!(refused.code, code, "{arguments:?}: {}", refused.err);
        assert!(refused.out.is_empty(), "{arguments:?}");
        all += &format!("$ detente plot {}\n{}\n", arguments.join(" "), refused.err);
    }
    insta::assert_snapshot!("plot_refused", all);
    assert!(files(home.path()) == before, "nothing is written");
}

/// Replaces the n-th line, from 1, of a table.
fn line(text: &str, n: usize, with: impl Fn(&str) -> String) -> String {
    let lines = text.lines().enumerate();
    lines.map(|(at, line)| if at + 1 == n { with(line) } else { line.to_owned() } + "\n").collect()
}

type Edit<'a> = (&'a str, &'a dyn Fn(&str) -> String);

/// Every way in which a table is not the one that was written has a place and a rule.
#[test]
fn a_table_that_is_not_one_of_the_scenario_is_refused_at_its_place() {
    let home = home();
    let cell = |place: usize, value: &'static str| {
        move |text: &str| {
            line(text, 3, |row| {
                let mut cells: Vec<_> = row.split(',').collect();
                cells[place] = value;
                cells.join(",")
            })
        }
    };
    let (not_a_number, nan, large, day, other, n) = (
        cell(4, "half"),
        cell(4, "NaN"),
        cell(9, "1.5"),
        cell(2, "1st of May"),
        cell(1, "XCC\u{1b}[31m"),
        cell(3, "81"),
    );
    let (descending, empty, negative) = (cell(6, "0.99"), cell(5, ""), cell(3, "-1"));
    let edits: &[Edit<'_>] = &[
        ("run/summary.csv", &not_a_number),
        ("run/summary.csv", &nan),
        ("run/summary.csv", &large),
        ("run/summary.csv", &day),
        ("run/summary.csv", &other),
        ("run/summary.csv", &n),
        ("run/summary.csv", &descending),
        ("run/summary.csv", &empty),
        ("run/summary.csv", &negative),
        ("run/summary.csv", &|text| text[..text.len() - 9].to_owned()),
        ("run/summary.csv", &|text| text.lines().take(9).map(|line| format!("{line}\n")).collect()),
        ("run/summary.csv", &|text| format!("{text}{}\n", text.lines().last().unwrap())),
        ("run/summary.csv", &|text| text.replacen("q05", "p05", 1)),
        ("run/summary.csv", &|text| line(text, 1, |head| head.replace(",sd", ""))),
        ("run/summary.csv", &|text| line(text, 1, |head| format!("{head},extra"))),
        ("run/summary.csv", &|text| text.replacen(',', ";", usize::MAX)),
        ("run/summary.csv", &|_| String::new()),
        ("run/summary.csv", &|_| "\u{0}\u{0}\n".repeat(9)),
        ("run/outcomes.csv", &|text| text.replace("They are bound", "They are not")),
        ("run/outcomes.csv", &|text| {
            line(text, 2, |_| "bound,They are bound,80,81,1,1,1,0,,,,0.0".into())
        }),
        ("run/measures.csv", &|text| text.replace(",80,0,", ",79,0,")),
        ("run/first_dates.csv", &|text| text.replacen("bound", "close", 1)),
        ("run/events.csv", &|text| text.replacen(",80,", ",800,", 1)),
        ("run/story_lines.csv", &|text| text.replacen("bound", "bonud", 1)),
        ("run/story_lines.csv", &|text| text.replacen("none of them,80", "none of them,79", 1)),
        ("run/story_lines.csv", &|text| text.replacen("none of them", "bound > bound", 1)),
        ("run/story_lines.csv", &|text| text.replacen("none of them", "bound", 1)),
        ("run/variance.csv", &|text| text.replacen("XAA", "XBB", 1)),
        ("run/blocks.csv", &|text| text.replace("1,64,16", "1,64,17")),
        ("run/blocks.csv", &|text| line(text, 2, |row| row[..row.len() - 1].to_owned() + "g")),
        ("both/differences.csv", &|text| text.replacen("no-pact", "other", 1)),
        ("both/differences.csv", &|text| text.replacen("probability", "odds", 1)),
        ("both/difference_series.csv", &|text| {
            text.lines().take(20).map(|line| format!("{line}\n")).collect()
        }),
        ("both/difference_events.csv", &|text| text.replacen("quiet", "loud", 1)),
        ("both/partings.csv", &|text| text.replacen(",80,", ",81,", 1)),
    ];
    let mut all = String::new();
    for (n, (name, edit)) in edits.iter().enumerate() {
        let (path, (result, _)) = (home.path().join(name), name.split_once('/').unwrap());
        let good = fs::read_to_string(&path).unwrap();
        let bad = edit(&good);
        assert_ne!(bad, good, "edit {n} of {name} changes it");
        fs::write(&path, bad).unwrap();
        let refused = typed(home.path(), &["plot", result, "--out", "charts"]);
        assert_eq!(refused.code, 3, "edit {n} of {name}: {}", refused.err);
        assert_eq!(refused.out, "", "{name}");
        assert!(refused.err.lines().count() == 1 && !refused.err.contains('\u{1b}'), "{name}");
        all += &refused.err;
        fs::write(&path, good).unwrap();
    }
    let table = home.path().join("run/events.csv");
    fs::write(&table, [b"kind,\xff\n".as_slice()].concat()).unwrap();
    all += &typed(home.path(), &["plot", "run", "--out", "charts"]).err;
    fs::remove_file(&table).unwrap();
    let missing = typed(home.path(), &["plot", "run", "--out", "charts"]);
    assert_eq!(missing.code, 3);
    all += &missing.err;
    fs::create_dir(&table).unwrap();
    let folder = typed(home.path(), &["plot", "run", "--out", "charts"]);
    assert_eq!(folder.code, 3);
    all += &folder.err;
    insta::assert_snapshot!("plot_tables_refused", all);
    assert!(!home.path().join("charts").exists(), "nothing is written");
}

/// A change that the rules allow is drawn, and said.
#[test]
fn a_table_that_was_changed_with_care_is_drawn_with_a_warning() {
    let home = home();
    let path = home.path().join("run/outcomes.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, line(&text, 2, |_| "bound,They are bound,80,40,0.5,0.4,0.6,0,,,,0.0".into()))
        .unwrap();
    let drawn = typed(home.path(), &["plot", "run", "--chart", "outcomes", "--format", "svg"]);
    assert_eq!(drawn.code, 0, "{}", drawn.err);
    assert_eq!(drawn.err, "warning: outcomes.csv is not the one that was recorded\n");
    assert_eq!(names(&home.path().join("run-charts")), ["outcomes.svg"]);
    let svg = fs::read_to_string(home.path().join("run-charts/outcomes.svg")).unwrap();
    assert!(svg.contains("They are bound\n50.0 %: 40 of 80 trials\n95 % interval 40.0 to 60.0 %"));
}
