//! Tables as Parquet, with the feature `parquet`.

#[path = "support/typed.rs"]
mod program;
#[path = "support/python.rs"]
mod python;

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use jiff::civil::{Date, date};
use parquet::basic::{LogicalType, Type as Physical};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use program::typed;
use python::python_with;
use serde_json::Value;
use tempfile::TempDir;

fn done(home: &Path, arguments: &[&str]) -> String {
    let done = typed(home, arguments);
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{arguments:?}");
    done.out
}

/// A folder with a run that has uncertain numbers, and a comparison.
fn home() -> TempDir {
    let home = tempfile::tempdir().expect("a directory for the test");
    let july = fs::canonicalize("scenarios/july-1914.toml").unwrap().display().to_string();
    let few = ["--trials", "70", "--no-charts", "--variant"];
    let run = ["honour-unknown", "--out", "run"];
    done(home.path(), &[&["run", &july], &few[..], &run].concat());
    let both = ["russia-bound", "--out", "both"];
    done(home.path(), &[&["compare", &july], &few[..], &both].concat());
    home
}

/// The tables of a result, by their names without the ending, with their columns.
fn tables(result: &Path) -> Vec<(String, Value)> {
    let manifest = fs::read(result.join("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    let files = manifest["files"].as_array().unwrap();
    let tables = files.iter().filter(|file| file["columns"].is_array());
    tables
        .map(|file| {
            let name = file["name"].as_str().unwrap().strip_suffix(".csv").unwrap();
            (name.to_owned(), file.clone())
        })
        .collect()
}

/// What a cell of CSV is in a column of a type.
fn typed_cell(kind: &str, cell: &str) -> Field {
    if cell.is_empty() {
        return Field::Null;
    }
    match kind {
        "text" => Field::Str(cell.to_owned()),
        "integer" => Field::Long(cell.parse().unwrap()),
        "number" => Field::Double(cell.parse().unwrap()),
        "boolean" => Field::Bool(cell.parse().unwrap()),
        "date" => {
            let day: Date = cell.parse().unwrap();
            Field::Date((day - date(1970, 1, 1)).get_days())
        }
        other => panic!("{other}"),
    }
}

/// Holds a file to the table it was made from; says how many rows it has.
fn hold_to_the_table(file: &Path, csv: &Path, listed: &Value) -> usize {
    let reader = SerializedFileReader::new(File::open(file).unwrap()).unwrap();
    let schema = reader.metadata().file_metadata().schema_descr();
    let columns = listed["columns"].as_array().unwrap();
    assert_eq!(schema.num_columns(), columns.len());
    let kinds: Vec<_> = columns.iter().map(|column| column["type"].as_str().unwrap()).collect();
    for (n, (column, kind)) in columns.iter().zip(&kinds).enumerate() {
        let there = schema.column(n);
        assert_eq!(there.name(), column["name"]);
        let expected = match *kind {
            "text" => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            "integer" => (Physical::INT64, None),
            "number" => (Physical::DOUBLE, None),
            "boolean" => (Physical::BOOLEAN, None),
            _ => (Physical::INT32, Some(LogicalType::Date)),
        };
        assert_eq!((there.physical_type(), there.logical_type_ref().cloned()), expected);
    }
    let said = reader.metadata().file_metadata().key_value_metadata().unwrap();
    let said = |key: &str| said.iter().find(|entry| entry.key == key).unwrap().value.clone();
    assert_eq!(said("about").unwrap(), listed["about"]);
    let meaning: Value = serde_json::from_str(&said("columns").unwrap()).unwrap();
    assert_eq!(meaning, listed["columns"]);

    let mut table = csv::Reader::from_path(csv).unwrap();
    let mut rows = reader.get_row_iter(None).unwrap();
    let mut number = 0;
    for record in table.records() {
        let record = record.unwrap();
        let row = rows.next().expect("as many rows").unwrap();
        let expected: Vec<_> =
            kinds.iter().zip(&record).map(|(kind, cell)| typed_cell(kind, cell)).collect();
        let found: Vec<_> = row.get_column_iter().map(|(_, field)| field.clone()).collect();
        assert_eq!(found, expected, "row {number} of {}", csv.display());
        number += 1;
    }
    assert!(rows.next().is_none());
    number
}

#[test]
fn every_table_is_there_with_its_types_and_values() {
    let home = home();
    for (result, count) in [("run", 11), ("both", 23)] {
        done(home.path(), &["export", result, "--format", "parquet"]);
        let folder = home.path().join(format!("{result}-parquet"));
        let tables = tables(&home.path().join(result));
        assert_eq!(tables.len(), count);
        let mut rows = 0;
        for (name, listed) in &tables {
            let csv = home.path().join(result).join(format!("{name}.csv"));
            rows += hold_to_the_table(&folder.join(format!("{name}.parquet")), &csv, listed);
        }
        assert!(rows > 1000, "{rows}");
    }
}

#[test]
fn the_bytes_follow_from_the_tables() {
    let home = home();
    for out in ["one", "other"] {
        done(home.path(), &["export", "run", "--format", "parquet", "--out", out]);
    }
    for (name, _) in tables(&home.path().join("run")) {
        let [one, other] = ["one", "other"]
            .map(|out| fs::read(home.path().join(out).join(format!("{name}.parquet"))).unwrap());
        assert!(one == other, "{name}");
    }
}

#[test]
fn tables_are_those_that_were_asked_for_or_an_error_names_them() {
    let home = home();
    let export = |arguments: &[&str]| {
        typed(home.path(), &[&["export", "--format", "parquet"], arguments].concat())
    };
    let some = export(&["both", "--table", "differences,russia-bound/events,outcomes"]);
    let (_, names) = some.out.trim().split_once(": ").unwrap();
    let mut expected = vec!["differences.parquet".to_owned(), "base/outcomes.parquet".to_owned()];
    expected
        .extend(["russia-bound/outcomes", "russia-bound/events"].map(|n| format!("{n}.parquet")));
    assert_eq!(names, expected.join(", "));
    let mut all = String::new();
    for (arguments, code) in [
        (&["run", "--table", "outcome"][..], 2),
        (&["both", "--table", "russia-bond/events"], 2),
        (&["run", "--table", "summary", "--date", "1914"], 2),
        (&["run", "--relation", "war"], 2),
        (&["run", "--least", "0"], 2),
        (&["nowhere"], 4),
    ] {
        let refused = export(arguments);
        assert_eq!((refused.code, refused.out.as_str()), (code, ""), "{arguments:?}");
        all += &format!("$ {}\n{}\n", arguments.join(" "), refused.err);
    }
    let path = home.path().join("run/events.csv");
    let good = fs::read_to_string(&path).unwrap();
    for (from, to) in [(",70,", ",seventy,"), (",70,", ",9223372036854775808,"), ("subject", "x")] {
        fs::write(&path, good.replacen(from, to, 1)).unwrap();
        let refused = export(&["run"]);
        assert_eq!((refused.code, refused.out.as_str()), (3, ""), "{to}");
        all += &refused.err;
    }
    insta::assert_snapshot!("parquet_refused", all);
    assert!(!home.path().join("run-parquet").exists(), "nothing is written");
    fs::write(&path, good.replacen(",70,", ",71,", 1)).unwrap();
    let careful = export(&["run", "--table", "events"]);
    assert_eq!(careful.code, 0);
    assert_eq!(careful.err, "warning: events.csv is not the one that was recorded\n");
}

/// Reads both files of every table with pandas, if there is one that reads Parquet.
#[test]
fn pandas_reads_the_same_from_both_files() {
    let Some(python) = python_with("pandas, pyarrow.parquet") else { return };
    let home = home();
    done(home.path(), &["export", "run", "--format", "parquet"]);
    let script = "\
import sys, pandas, pyarrow.parquet
names = {'string': 'text', 'int64': 'integer', 'double': 'number', 'date32[day]': 'date', 'bool': 'boolean'}
for name in sys.argv[1:]:
    plain = pandas.read_csv(f'run/{name}.csv')
    table = pyarrow.parquet.read_table(f'run-parquet/{name}.parquet')
    frame = table.to_pandas()
    for column in frame.columns:
        ours, theirs = frame[column], plain[column]
        if str(table.schema.field(column).type) == 'date32[day]':
            ours = pandas.to_datetime(ours)
            theirs = pandas.to_datetime(theirs)
        assert (ours.isna() == theirs.isna()).all(), (name, column)
        assert (ours.dropna() == theirs.dropna()).all(), (name, column)
    print(name, *(names[str(field.type)] for field in table.schema))
";
    let tables = tables(&home.path().join("run"));
    let names = tables.iter().map(|(name, _)| name);
    let output =
        Command::new(&python).args(["-c", script]).args(names).current_dir(home.path()).output();
    let output = output.expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let expected: String = tables
        .iter()
        .map(|(name, listed)| {
            let columns = listed["columns"].as_array().unwrap().iter();
            let kinds: Vec<_> = columns.map(|column| column["type"].as_str().unwrap()).collect();
            format!("{name} {}\n", kinds.join(" "))
        })
        .collect();
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}
