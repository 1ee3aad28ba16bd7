//! Every column of every table is declared: in the manifest with its type, unit and meaning, and by name
//! in docs/results.md. What a plain reader of CSV takes a column for is what it is declared to be.

#[path = "support/results.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::civil::Date;
use serde_json::Value;
use support::typed;

/// Everything that tables are about: pacts, wars and who joins them, sanctions, uncertain numbers, events
/// with and without a date, outcomes of every kind.
const SCENARIO: &str = r#"
title = "Three"
[run]
start = 2000-01-01
end = 2002-01-01
[states]
XAA = { name = "Aland", capability = 0.02, isolation = "uniform(0.4, 0.6)", ideal_point = 0.0 }
XBB = { name = "Bland", capability = 0.01, isolation = 0.4, ideal_point = 0.3 }
XCC = { name = "Cland", capability = 0.03, isolation = 0.4, ideal_point = -1.3 }
[dyads]
default = { distance_km = 10 }
[treaties.pact]
members = ["XAA", "XBB"]
obligations = ["defence"]
[sanctions.embargo]
senders = ["XBB"]
targets = ["XCC"]
types = ["trade"]
[events.signature]
rate = "uniform(1, 3)"
actions = [{ sign = "pact" }]
[events.embargo]
date = 2000-06-01
actions = [{ impose = "embargo" }]
[events.assault]
date = 2001-06-01
actions = [{ attack = "XAA", from = "XCC" }]
[outcomes.bound]
treaty = "defence"
between = "XAA-XBB"
by = 2001-01-01
[outcomes.signed]
ever = "fired('signature')"
[outcomes.refused]
ever = "fired('embargo')"
[outcomes.attacked]
ever = "fired('assault')"
[outcomes.fought]
ever = "at_war(XAA, XCC)"
[outcomes.joined]
ever = "at_war(XBB, XCC)"
[outcomes.alone]
ever = "isolation(XCC) > 0.1"
[summary]
story_lines = ["signed", "refused", "attacked", "fought", "joined", "alone"]
[outcomes.close]
title = "How close, at the end"
value = "alignment(XAA, XBB)"
at = "end"
[outcomes.once]
ever = "alignment(XAA, XBB) > 0.9"
[outcomes.years]
value = "since(at_war(XAA, XCC))"
at = "end"
[variant.other]
events.signature.rate = 0.5
"#;

/// Cells that pandas or R take for a missing value beside empty ones.
const MISSING: [&str; 18] = [
    "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>",
    "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null",
];

/// The results of a run, of one that a rule ends, of two shards, and of a comparison, by name.
fn results(home: &Path) -> [&'static str; 4] {
    fs::write(home.join("three.toml"), SCENARIO).unwrap();
    let until = ["--until", "ci_width(bound) < 0.3", "--max-trials", "4000"];
    let done = |arguments: &[&str]| {
        let done = typed(home, arguments);
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{arguments:?}");
    };
    let with = |first: &str, more: &[&str], out: &str| {
        done(&[&[first, "three.toml", "--no-charts", "--out", out], more].concat());
    };
    with("run", &["--trials", "150"], "run");
    with("run", &until, "rule");
    with("compare", &["--trials", "150", "--variant", "other"], "comparison");
    for shard in ["1/2", "2/2"] {
        done(&["run", "three.toml", "--trials", "150", "--out", "shards", "--shard", shard]);
    }
    done(&["merge", "shards", "--out", "merged"]);
    ["run", "rule", "comparison", "merged"]
}

struct Table {
    name: String,
    columns: Vec<Value>,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Every CSV file below a folder, by its path within it.
fn tables(folder: &Path, within: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder.join(within)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let path = if within.is_empty() { name } else { format!("{within}/{name}") };
        if folder.join(&path).is_dir() {
            tables(folder, &path, found);
        } else if path.ends_with(".csv") {
            found.insert(path);
        }
    }
}

/// The tables of a result, with what its manifest declares of them; there are no others.
fn declared(result: &Path) -> Vec<Table> {
    let manifest = fs::read(result.join("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    let mut found = BTreeSet::new();
    tables(result, "", &mut found);
    let mut declared = Vec::new();
    for file in manifest["files"].as_array().unwrap() {
        let name = file["name"].as_str().unwrap().to_owned();
        assert_eq!(found.remove(&name), file["columns"].is_array(), "{name}");
        let Some(columns) = file["columns"].as_array() else { continue };
        let mut reader = csv::Reader::from_path(result.join(&name)).unwrap();
        let words = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        let header = words(reader.headers().unwrap());
        let rows = reader.records().map(|row| words(&row.unwrap())).collect();
        declared.push(Table { name, columns: columns.clone(), header, rows });
    }
    assert!(found.is_empty(), "not in the manifest: {found:?}");
    declared
}

fn word<'a>(column: &'a Value, key: &str) -> &'a str {
    column[key].as_str().unwrap_or_else(|| panic!("{key} of {column}"))
}

/// The type that a reader without a hint gives a column: that which all cells have that are not empty.
fn inferred(cells: &[&str]) -> &'static str {
    let all = |is: fn(&str) -> bool| cells.iter().all(|cell| is(cell));
    match () {
        () if cells.is_empty() => "nothing",
        () if all(|cell| cell.parse::<i64>().is_ok()) => "integer",
        () if all(|cell| cell.parse::<f64>().is_ok()) => "number",
        () if all(|cell| matches!(cell.to_lowercase().as_str(), "true" | "false" | "t" | "f")) => {
            "boolean"
        }
        () if all(|cell| cell.len() == 10 && cell.parse::<Date>().is_ok()) => "date",
        () => "text",
    }
}

/// Holds a table to what is declared of it, and says which of its columns had values.
fn hold(table: &Table, seen: &mut BTreeMap<String, BTreeSet<String>>) {
    let Table { name, columns, header, rows } = table;
    let names: Vec<_> = columns.iter().map(|column| word(column, "name")).collect();
    assert_eq!(&names, header, "{name}");
    let seen = seen.entry(name.rsplit('/').next().unwrap().to_owned()).or_default();
    for (place, column) in columns.iter().enumerate() {
        let (what, kind) = (format!("{name}, {}", names[place]), word(column, "type"));
        assert_eq!(column.as_object().unwrap().len(), 4, "{what}");
        assert!(!word(column, "meaning").is_empty(), "{what}");
        let unit = word(column, "unit");
        match kind {
            "text" | "date" | "boolean" => assert_eq!(unit, "", "{what}"),
            "number" => assert!(!unit.is_empty(), "{what}"),
            "integer" => {}
            other => panic!("{what}: {other}"),
        }
        let cells: Vec<_> = rows.iter().map(|row| row[place].as_str()).collect();
        assert!(!cells.iter().any(|cell| MISSING.contains(cell)), "{what}");
        let filled: Vec<_> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        let fits = match (inferred(&filled), kind) {
            ("nothing", _) | ("integer", "number") => true,
            (inferred, declared) => inferred == declared,
        };
        assert!(fits, "{what}: {kind} in the manifest, {} to a reader", inferred(&filled));
        if !filled.is_empty() {
            seen.insert(names[place].to_owned());
        }
    }
}

#[test]
fn every_column_is_declared_with_a_type_that_its_cells_have() {
    let home = tempfile::tempdir().unwrap();
    let mut seen = BTreeMap::new();
    let mut all = BTreeMap::new();
    for result in results(home.path()) {
        let tables = declared(&home.path().join(result));
        let expected = if result == "comparison" { 5 + 2 * 9 } else { 11 };
        assert_eq!(tables.len(), expected, "{result}");
        for table in &tables {
            hold(table, &mut seen);
            let name = table.name.rsplit('/').next().unwrap();
            let columns: Vec<_> = table.columns.clone();
            let before = all.insert(name.to_owned(), columns.clone());
            assert!(before.is_none_or(|before| before == columns), "{name} is one table");
        }
    }
    assert_eq!(all.len(), 15, "{:?}", all.keys());
    // The scenario fills what can be filled, so that types are held to values and not to nothing.
    let empty: Vec<_> = all
        .iter()
        .flat_map(|(name, columns)| columns.iter().map(move |column| (name, word(column, "name"))))
        .filter(|(name, column)| !seen[*name].contains(*column))
        .collect();
    assert!(empty.is_empty(), "never a value in {empty:?}");
    hold_to_the_page(&all);
}

/// The page names every column of every table in its section, and no other.
fn hold_to_the_page(tables: &BTreeMap<String, Vec<Value>>) {
    let page = fs::read_to_string("docs/results.md").unwrap();
    for (name, columns) in tables {
        let heading = format!("\n### `{name}`\n");
        let (_, section) = page.split_once(&heading).unwrap_or_else(|| panic!("{name} has none"));
        let section = section.split("\n#").next().unwrap();
        let (_, rows) = section.split_once("\n| column | unit | meaning |\n").expect("columns");
        let rows = rows.split("\n\n").next().unwrap().lines().skip(1);
        let mut named = Vec::new();
        for row in rows {
            let cells: Vec<_> = row.split('|').map(str::trim).collect();
            let names = cells[1].split(", ").map(|name| name.trim_matches('`').to_owned());
            named.extend(names.map(|name| (name, cells[2])));
        }
        let declared = columns.iter();
        let mut declared: Vec<_> = declared
            .map(|column| (word(column, "name").to_owned(), word(column, "unit")))
            .collect();
        // A row of the page may be about several columns that do not stand side by side.
        named.sort();
        declared.sort();
        assert_eq!(named, declared, "docs/results.md on {name}");
    }
}
