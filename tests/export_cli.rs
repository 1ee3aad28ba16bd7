//! `detente export` as a user types it.

#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/typed.rs"]
mod program;
#[path = "support/python.rs"]
mod python;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use program::typed;
use python::python_with;
use roxmltree::{Document, Node};
use tempfile::TempDir;

const SCENARIO: &str = include_str!("../scenarios/russia-north-korea-2024.toml");

/// The columns of an edge: text, whole numbers, other numbers.
const TEXTS: [&str; 2] = ["relation", "date"];
const COUNTS: [&str; 2] = ["n", "trials"];
const NUMBERS: [&str; 3] = ["probability", "low", "high"];

fn done(home: &Path, arguments: &[&str]) -> String {
    let done = typed(home, arguments);
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{arguments:?}");
    done.out
}

/// A folder with a run and a comparison.
fn home() -> TempDir {
    let home = tempfile::tempdir().expect("a directory for the test");
    fs::write(home.path().join("flagship.toml"), SCENARIO).unwrap();
    done(home.path(), &["run", "flagship.toml", "--trials", "40", "--no-charts", "--out", "run"]);
    let both = ["--variant", "no-pact", "--trials", "20", "--no-charts", "--out", "both"];
    done(home.path(), &[&["compare", "flagship.toml"], &both[..]].concat());
    home
}

/// The names of the files of a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).expect("it is there");
    let mut names: Vec<_> =
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A row as a table or an edge has it: who, and the value of every column.
type Row = BTreeMap<String, String>;

/// The rows of a table.
fn table(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).expect("the table is there");
    reader.deserialize().map(|row| row.expect("a row of texts")).collect()
}

/// What a GraphML file says, as a reader of XML that knows nothing of this program finds it.
struct Graph {
    directed: bool,
    /// Names by code.
    states: BTreeMap<String, String>,
    edges: Vec<Row>,
    /// The types of the edges' columns.
    types: BTreeMap<String, String>,
}

fn children<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    let namespace = "http://graphml.graphdrawing.org/xmlns";
    node.children().filter(move |child| child.has_tag_name((namespace, name)))
}

fn attribute(node: Node<'_, '_>, name: &str) -> String {
    node.attribute(name).unwrap_or_else(|| panic!("{name} of {node:?}")).to_owned()
}

fn data(node: Node<'_, '_>) -> Row {
    let text = |data: Node<'_, '_>| data.text().unwrap_or_default().to_owned();
    node.children()
        .filter(Node::is_element)
        .map(|data| (attribute(data, "key"), text(data)))
        .collect()
}

fn graph(path: &Path) -> Graph {
    let text = fs::read_to_string(path).expect("the file is there");
    let document = Document::parse(&text).expect("it is XML");
    let root = document.root_element();
    let graphs: Vec<_> = children(root, "graph").collect();
    assert_eq!(graphs.len(), 1, "networkx reads the first only");
    let types = children(root, "key").map(|key| {
        assert_eq!(attribute(key, "id"), attribute(key, "attr.name"));
        (attribute(key, "id"), format!("{} {}", attribute(key, "for"), attribute(key, "attr.type")))
    });
    let states = children(graphs[0], "node").map(|node| {
        let mut data = data(node);
        assert_eq!(data.len(), 1);
        (attribute(node, "id"), data.remove("label").expect("a name"))
    });
    let edges = children(graphs[0], "edge").map(|edge| {
        let mut row = data(edge);
        assert_eq!(row.remove("weight"), row.get("probability").cloned());
        row.extend(
            [("source", "from"), ("target", "to")]
                .map(|(there, here)| (here.to_owned(), attribute(edge, there))),
        );
        let id = ["relation", "from", "to"].map(|name| row[name].as_str()).join(".");
        assert_eq!(attribute(edge, "id"), id);
        row
    });
    Graph {
        directed: attribute(graphs[0], "edgedefault") == "directed",
        states: states.collect(),
        edges: edges.collect(),
        types: types.collect(),
    }
}

/// A number has one value, however it is written.
fn equal(edge: &Row, row: &Row) -> bool {
    let number = |row: &Row, name: &str| row[name].parse::<f64>().expect("a number");
    let [counts, texts] = [&COUNTS[..], &TEXTS[..]];
    edge.len() == row.len()
        && edge.keys().eq(row.keys())
        && texts.iter().chain(counts).chain(&["from", "to"]).all(|name| edge[*name] == row[*name])
        && NUMBERS.iter().all(|name| number(edge, name) == number(row, name))
}

fn directed(row: &Row) -> bool {
    ["sanction", "arms"].contains(&row["relation"].as_str())
}

/// Holds all graphs of a scenario to its table.
fn hold_to_the_table(graphs: &Path, table: &[Row]) {
    let dates: BTreeSet<_> = table.iter().map(|row| row["date"].clone()).collect();
    assert_eq!(dates.len(), 14);
    let mut edges = 0;
    for date in dates {
        for direction in ["undirected", "directed"] {
            let name = format!("network-{date}-{direction}.graphml");
            let graph = graph(&graphs.join(&name));
            assert_eq!(graph.directed, direction == "directed");
            assert_eq!(graph.states.len(), 13);
            assert_eq!(graph.states["PRK"], "North Korea");
            let rows = table.iter().filter(|row| row["date"] == date);
            let rows: Vec<_> = rows.filter(|row| directed(row) == graph.directed).collect();
            assert!(!rows.is_empty(), "{name}");
            assert_eq!(graph.edges.len(), rows.len(), "{name}");
            for (edge, row) in graph.edges.iter().zip(&rows) {
                assert!(equal(edge, row), "{name}: {edge:?} is {row:?}");
                assert!(graph.states.contains_key(&edge["from"]));
                assert!(graph.states.contains_key(&edge["to"]));
            }
            edges += rows.len();
        }
    }
    assert_eq!(edges, table.len());
    assert_eq!(names(graphs).len(), 28);
}

#[test]
fn every_row_of_the_network_is_an_edge_with_its_values() {
    let home = home();
    let out = done(home.path(), &["export", "run", "--date", "all"]);
    assert!(out.starts_with("run-graphml: network-2022-03-01-undirected.graphml, "), "{out}");
    hold_to_the_table(
        &home.path().join("run-graphml"),
        &table(&home.path().join("run/network.csv")),
    );
    done(home.path(), &["export", "both", "--date", "all", "--out", "graphs"]);
    for arm in ["base", "no-pact"] {
        let rows = table(&home.path().join(format!("both/{arm}/network.csv")));
        hold_to_the_table(&home.path().join("graphs").join(arm), &rows);
    }
    assert_eq!(names(&home.path().join("graphs")), ["base", "no-pact"]);
    let first = graph(&home.path().join("run-graphml/network-2022-03-01-directed.graphml"));
    for (kind, columns) in [("string", &TEXTS[..]), ("long", &COUNTS[..]), ("double", &NUMBERS[..])]
    {
        for column in columns {
            assert_eq!(first.types[*column], format!("edge {kind}"));
        }
    }
    assert_eq!(first.types["label"], "node string");
    assert_eq!(first.types["weight"], "edge double");
}

#[test]
fn dates_relations_and_the_least_probability_are_what_was_asked_for() {
    let home = home();
    let rows = table(&home.path().join("run/network.csv"));
    done(home.path(), &["export", "run"]);
    let usual = names(&home.path().join("run-graphml"));
    let both =
        |date: &str| ["directed", "undirected"].map(|d| format!("network-{date}-{d}.graphml"));
    assert_eq!(usual, [both("2022-03-01"), both("2027-03-01")].concat());
    let more = ["--date", "2024,first,2024-07-01", "--relation", "war,defence", "--least", "0.3"];
    done(home.path(), &[&["export", "run", "--out", "some"], &more[..]].concat());
    let dates = ["2022-03-01", "2024-02-01", "2024-07-01", "2024-11-01"];
    assert_eq!(names(&home.path().join("some")), dates.map(|date| both(date)[1].clone()));
    let mut left_out = 0;
    for date in dates {
        let of_date = rows.iter().filter(|row| {
            row["date"] == date && ["war", "defence"].contains(&row["relation"].as_str())
        });
        let (kept, out): (Vec<_>, Vec<_>) =
            of_date.partition(|row| row["probability"].parse::<f64>().unwrap() >= 0.3);
        left_out += out.len();
        let graph = graph(&home.path().join("some").join(&both(date)[1]));
        assert_eq!((graph.edges.len(), graph.states.len()), (kept.len(), 13));
        assert!(graph.edges.iter().zip(&kept).all(|(edge, row)| equal(edge, row)));
    }
    assert!(left_out > 0, "something is less probable");
    done(home.path(), &["export", "run", "--out", "one", "--relation", "arms", "--date", "last"]);
    assert_eq!(names(&home.path().join("one")), [both("2027-03-01")[0].as_str()]);
}

#[test]
fn words_of_a_scenario_stay_words() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("hostile.toml"), hostile::SCENARIO).unwrap();
    let run = ["run", "hostile.toml", "--trials", "4", "--no-charts", "--out", "run"];
    done(home.path(), &run);
    done(home.path(), &["export", "run"]);
    let path = home.path().join("run-graphml/network-2003-01-01-directed.graphml");
    let graph = graph(&path);
    assert_eq!(graph.states["XBB"], "</svg><script>alert(3)</script>");
    assert!(graph.states["XAA"].starts_with("<b>The Democratic People's"));
    assert!(graph.directed && graph.states.len() == 3);
}

/// Opens what was exported with networkx, if there is one.
#[test]
fn networkx_reads_the_graphs_without_a_hint() {
    let Some(python) = python_with("networkx") else { return };
    let home = home();
    done(home.path(), &["export", "run", "--date", "last"]);
    let script = "\
import sys, networkx
for name in sys.argv[1:]:
    graph = networkx.read_graphml(name)
    edges = list(graph.edges(data=True))
    kinds = {tuple(type(data[key]).__name__ for key in ('relation', 'date', 'n', 'trials',
        'probability', 'low', 'high', 'weight')) for _, _, data in edges}
    print(graph.is_directed(), len(graph), len(edges), graph.nodes['PRK']['label'], kinds,
        sum(data['trials'] for _, _, data in edges), sep=';')
";
    let files = ["undirected", "directed"]
        .map(|direction| format!("run-graphml/network-2027-03-01-{direction}.graphml"));
    let output =
        Command::new(&python).args(["-c", script]).args(&files).current_dir(home.path()).output();
    let output = output.expect("it starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let rows = table(&home.path().join("run/network.csv"));
    let mut expected = String::new();
    for (flag, direction) in [("False", false), ("True", true)] {
        let last = rows.iter().filter(|row| row["date"] == "2027-03-01");
        let rows: Vec<_> = last.filter(|row| directed(row) == direction).collect();
        let trials: u64 = rows.iter().map(|row| row["trials"].parse::<u64>().unwrap()).sum();
        let kinds = "{('str', 'str', 'int', 'int', 'float', 'float', 'float', 'float')}";
        expected += &format!("{flag};13;{};North Korea;{kinds};{trials}\n", rows.len());
    }
    assert_eq!(said, expected);
}

#[test]
fn what_cannot_be_exported_is_refused_with_a_reason() {
    let home = home();
    let mut all = String::new();
    for (arguments, code) in [
        (&["run", "--date", "2024-06-19"][..], 2),
        (&["run", "--date", "2031-01"], 2),
        (&["run", "--date", "soon"], 2),
        (&["run", "--relation", "defense"], 2),
        (&["run", "--least", "5"], 2),
        (&["run", "--least", "-0.5"], 2),
        (&["run", "--format", "gexf"], 2),
        (&["run", "--table", "events"], 2),
        (&["run", "--out", "run/graphs"], 2),
        (&["run", "--out", "both/base"], 2),
        (&["flagship.toml"], 3),
        (&["."], 3),
        (&["nowhere"], 4),
    ] {
        let refused = typed(home.path(), &[&["export"], arguments].concat());
        assert_eq!(refused.code, code, "{arguments:?}: {}", refused.err);
        assert!(refused.out.is_empty(), "{arguments:?}");
        let err = refused.err.replace(&home.path().display().to_string(), "HOME");
        all += &format!("$ detente export {}\n{err}\n", arguments.join(" "));
    }
    insta::assert_snapshot!("export_refused", all);
    assert_eq!(names(home.path()), ["both", "flagship.toml", "run"], "nothing is written");
}

/// What is left out of the program says how to get it.
#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_is_refused_by_a_program_without_it() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("hostile.toml"), hostile::SCENARIO).unwrap();
    let run = ["run", "hostile.toml", "--trials", "4", "--no-charts", "--out", "run"];
    done(home.path(), &run);
    let refused = typed(home.path(), &["export", "run", "--format", "parquet"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    let how = "build it with `cargo install --path . --features parquet`";
    assert_eq!(refused.err, format!("error: this detente was built without Parquet; {how}\n"));
    assert_eq!(names(home.path()), ["hostile.toml", "run"]);
}

#[test]
fn what_stands_there_is_replaced_only_if_asked_for() {
    let home = home();
    done(home.path(), &["export", "run"]);
    let folder = home.path().join("run-graphml");
    let file = folder.join("network-2027-03-01-directed.graphml");
    let before = fs::read(&file).unwrap();
    fs::write(&file, "mine").unwrap();
    fs::remove_file(folder.join("network-2022-03-01-directed.graphml")).unwrap();
    let refused = typed(home.path(), &["export", "run"]);
    assert_eq!((refused.code, refused.out.as_str()), (4, ""));
    assert!(refused.err.contains("exists already; give --force"), "{}", refused.err);
    assert_eq!(names(&folder).len(), 3, "nothing is written");
    done(home.path(), &["export", "run", "--force"]);
    assert_eq!(fs::read(&file).unwrap(), before);
    assert_eq!(names(&folder).len(), 4);
}

#[test]
fn a_network_that_is_not_one_of_the_scenario_is_refused_at_its_place() {
    let home = home();
    let mut all = String::new();
    for (name, from, to) in [
        ("run", ",defence,", ",defense,"),
        ("run", ",PRK,", ",XXX,"),
        ("run", ",40,", ",41,"),
        ("run", "2022-08-01", "2022-08-02"),
        ("run", "BLR,", "ZZZ,"),
        ("both/no-pact", ",20,", ",19,"),
        ("both/base", "\n", "\r\n,\n"),
    ] {
        let path = home.path().join(name).join("network.csv");
        let good = fs::read_to_string(&path).unwrap();
        fs::write(&path, good.replacen(from, to, 1)).unwrap();
        let (result, _) = name.split_once('/').unwrap_or((name, ""));
        let refused = typed(home.path(), &["export", result]);
        assert_eq!((refused.code, refused.out.as_str()), (3, ""), "{name}: {}", refused.err);
        all += &refused.err;
        fs::write(&path, good).unwrap();
    }
    // A relation that is there twice, one between a state and itself, and one the wrong way round.
    let path = home.path().join("run/network.csv");
    let good = fs::read_to_string(&path).unwrap();
    let row = good.lines().nth(1).unwrap();
    let (head, pair) = (row.split(',').take(2), row.split(',').skip(2).take(2));
    let (head, pair): (Vec<_>, Vec<_>) = (head.collect(), pair.collect());
    let rest = row.splitn(5, ',').last().unwrap();
    let with = |from, to| format!("{},{from},{to},{rest}", head.join(","));
    for other in [format!("{row}\n{row}"), with(pair[0], pair[0]), with(pair[1], pair[0])] {
        fs::write(&path, good.replacen(row, &other, 1)).unwrap();
        let refused = typed(home.path(), &["export", "run"]);
        assert_eq!((refused.code, refused.out.as_str()), (3, ""), "{other}");
        all += &refused.err;
    }
    insta::assert_snapshot!("export_tables_refused", all);
    // A change that the rules allow is exported, and said.
    let cells: Vec<_> = row.split(',').collect();
    let changed = [&cells[..5], &["1", "0.025", "0.01", "0.1"]].concat().join(",");
    fs::write(&path, good.replacen(row, &changed, 1)).unwrap();
    let careful = typed(home.path(), &["export", "run", "--date", "first"]);
    assert_eq!(careful.code, 0);
    assert_eq!(careful.err, "warning: network.csv is not the one that was recorded\n");
}
