//! Scenarios of several texts: files that extend others, tables beside them, changes from the
//! command line.

use std::fs;
use std::path::Path;

use detente::scenario::setup::Setup;
use detente::scenario::{self, LoadError, Wanted};

/// A scenario whose states, dyads and treaties stand in tables.
const MAIN: &str = r#"title = "Tables"

[run]
start = 2024-01-01
end = 2026-01-01

[states]
table = "states.csv"
default = { isolation = 0.5 }
KOR = { isolation = 0.2 }

[dyads]
table = "dyads.csv"
default = { distance_km = 1000 }

[treaties]
table = "treaties.csv"

[sanctions]
table = "lists/sanctions.csv"

[outcomes.bound]
treaty = "defence"
between = "KOR-PRK"
"#;

const STATES: &str = "code,capability,isolation,ideal_point,name
KOR,0.02,0.3,1.0,
731,0.01,0.66,-1.5,\"Korea, North\"
USA,0.12,,2.1,
";

const DYADS: &str = "dyad,distance_km,grievance\r\nPRK-KOR,0,2.5\r\n";

const TREATIES: &str = "name,members,obligations,signed,articles.defence,source
alliance,USA KOR,defence consultation,1953-10-01,article 3,\"the treaty's text, in force 1954\"
";

const SANCTIONS: &str = "name,senders,targets,types,since
measures,\"USA;KOR\",PRK,trade; arms,2006-10-14
";

/// The table of states as spreadsheet programs write it: with a byte-order mark, lines that end as on
/// Windows, and a note that goes on in a second line.
const STATES_OF_A_SPREADSHEET: &str = "\u{feff}code,capability,isolation,ideal_point,name,note\r\n\
KOR,0.02,0.3,1.0,,\r\n\
731,0.01,0.66,-1.5,\"Korea, North\",\"said to be \"\"isolated\"\"\r\nfor long\"\r\n\
USA,0.12,,2.1,,\r\n";

/// A folder with these files beside those of the good scenario, in place of them where they have
/// their names.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let good = [
        ("main.toml", MAIN),
        ("states.csv", STATES),
        ("dyads.csv", DYADS),
        ("treaties.csv", TREATIES),
        ("lists/sanctions.csv", SANCTIONS),
    ];
    for (name, text) in good.iter().chain(files) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn load(folder: &Path, wanted: Wanted<'_>) -> Result<Setup, String> {
    match scenario::load(&folder.join("main.toml"), wanted) {
        Ok(loaded) => Ok(loaded.setup),
        Err(LoadError::Wrong(wrong)) => {
            Err(wrong.report(false).replace(&format!("{}/", folder.display()), ""))
        }
        Err(other) => panic!("{other}"),
    }
}

fn right(files: &[(&str, &str)]) -> Setup {
    load(folder(files).path(), Wanted::default()).unwrap_or_else(|told| panic!("{told}"))
}

fn told(files: &[(&str, &str)], set: &[&str]) -> String {
    let set: Vec<String> = set.iter().map(|&words| words.to_owned()).collect();
    let wanted = Wanted { variant: None, set: &set, ..Wanted::default() };
    load(folder(files).path(), wanted).err().expect("something is wrong")
}

fn compare(name: &str, told: &str) {
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(name, told);
    });
}

#[test]
fn tables_defaults_and_overrides() {
    let setup = right(&[]);
    let codes: Vec<_> = setup.frame.codes.iter().map(ToString::to_string).collect();
    assert_eq!(codes, ["KOR", "PRK", "USA"]);
    assert_eq!(setup.initial.isolation, [0.2, 0.66, 0.5]);
    assert_eq!(setup.frame.names[1], "Korea, North");
    assert_eq!(setup.frame.distance_km, [0.0, 1000.0, 1000.0]);
    assert_eq!(setup.initial.grievance, [2.5, 0.0, 0.0]);
    let treaty = &setup.frame.treaties[0];
    assert_eq!((treaty.name.as_str(), treaty.members.len()), ("alliance", 2));
    assert_eq!(treaty.articles[0].as_deref(), Some("article 3"));
    assert_eq!(setup.frame.sanctions[0].links.len(), 2);
    assert_eq!(setup.sources[0].source.as_deref(), Some("the treaty's text, in force 1954"));
}

#[test]
fn a_table_as_spreadsheet_programs_write_it() {
    let setup = right(&[("states.csv", STATES_OF_A_SPREADSHEET)]);
    assert_eq!(setup.initial.isolation, [0.2, 0.66, 0.5]);
    assert_eq!(setup.frame.names[1], "Korea, North");
    let note = setup.sources.iter().find(|source| source.entry == "states.731");
    let note = note.expect("it has a note").note.as_deref();
    assert_eq!(note, Some("said to be \"isolated\"\r\nfor long"));
    // Places are counted as an editor does.
    let wrong = STATES_OF_A_SPREADSHEET.replace("0.66", "1.66");
    compare("table_of_a_spreadsheet", &told(&[("states.csv", &wrong)], &[]));
}

#[test]
fn a_table_stands_for_its_section() {
    let files = [("main.toml", &*MAIN.replace("[sanctions]\ntable = \"lists/sanctions.csv\"", ""))];
    let main = files[0].1.replacen("title", "sanctions = \"lists/sanctions.csv\"\ntitle", 1);
    assert_eq!(right(&[("main.toml", &main)]).frame.sanctions.len(), 1);
}

const CHILD: &str = r#"extends = "base.toml"
without = ["sanctions.measures", "outcomes.bound"]
title = "Child"

[states.PRK]
isolation = 0.9

[states.XAA]
capability = 0.001
ideal_point = 0.0

[dyads]
KOR-PRK = { grievance = 0.0 }

[variant.closer]
dyads.PRK-KOR.distance_km = 5
"#;

#[test]
fn a_scenario_says_only_what_differs_from_another() {
    let setup = right(&[("main.toml", CHILD), ("base.toml", MAIN)]);
    assert_eq!(setup.title, "Child");
    assert_eq!(setup.initial.isolation, [0.2, 0.9, 0.5, 0.5]);
    assert_eq!(setup.initial.grievance[0], 0.0);
    assert_eq!((setup.frame.sanctions.len(), setup.outcomes.len()), (0, 0));
}

#[test]
fn what_a_scenario_extends_is_read_wherever_it_says_so() {
    // One problem: that the two keys stand too far down.
    let moved = CHILD.replace(
        "extends = \"base.toml\"\nwithout = [\"sanctions.measures\", \"outcomes.bound\"]\n",
        "",
    );
    let child = moved.replace(
        "isolation = 0.9\n",
        "isolation = 0.9\nextends = \"base.toml\"\nwithout = [\"sanctions.measures\", \"outcomes.bound\"]\n",
    );
    assert!(child.contains("extends") && !moved.contains("extends"));
    compare("extends_in_a_state", &told(&[("main.toml", &child), ("base.toml", MAIN)], &[]));
}

#[test]
fn names_of_the_author_are_no_keys_of_the_top() {
    let more = "[quantities]\ntitle = \"uniform(0, 1)\"\nextends = \"uniform(0, 1)\"\n\
                [variant.other]\ntitle = \"Other\"\nhypotheses = [\"no_balancing\"]\n";
    let setup = right(&[("main.toml", &format!("{MAIN}{more}"))]);
    assert_eq!(setup.quantity_names, ["title", "extends"]);
}

#[test]
fn a_variant_of_an_extended_scenario() {
    let folder = folder(&[("main.toml", CHILD), ("base.toml", MAIN)]);
    let closer = load(folder.path(), Wanted { variant: Some("closer"), ..Wanted::default() });
    assert_eq!(closer.unwrap_or_else(|told| panic!("{told}")).frame.distance_km[0], 5.0);
}

#[test]
fn a_state_that_is_left_out_takes_its_dyads_along() {
    // Under any of its names: the table has it as 731.
    for name in ["731", "PRK"] {
        let main = format!(
            "extends = \"base.toml\"\n\
             without = [\"states.{name}\", \"dyads.default\", \"sanctions.measures\", \"outcomes.bound\"]\n\
             [dyads]\nKOR-USA = {{ distance_km = 8000 }}",
        );
        let setup = right(&[("main.toml", &main), ("base.toml", MAIN)]);
        assert_eq!((setup.frame.states(), setup.frame.distance_km[0]), (2, 8000.0));
    }
}

#[test]
fn changes_from_the_command_line() {
    let folder = folder(&[]);
    let set = |words: &[&str]| {
        let set: Vec<String> = words.iter().map(|&words| words.to_owned()).collect();
        load(folder.path(), Wanted { variant: None, set: &set, ..Wanted::default() })
            .unwrap_or_else(|told| panic!("{told}"))
    };
    assert_eq!(set(&["states.KOR.isolation=0.4"]).initial.isolation[0], 0.4);
    assert_eq!(set(&["title = \"Other\""]).title, "Other");
    assert_eq!(set(&["title=Some other"]).title, "Some other");
    assert_eq!(set(&["run.step=week", "run.end=2025-01-01"]).frame.timeline.steps(), 52);
    assert_eq!(set(&["run.seed=3", "run.seed=4"]).seed, 4);
    assert_eq!(set(&["dyads.KOR-PRK={ grievance = 1 }"]).initial.grievance[0], 1.0);
    assert!(set(&["processes.pact.on=false"]).processes.iter().all(|p| p.about().name != "pact"));
}

#[test]
fn a_scenario_may_make_certain_what_the_one_it_extends_correlates() {
    let base = format!(
        "{MAIN}[quantities]\na = \"uniform(0, 1)\"\nb = \"uniform(0, 1)\"\nc = \"uniform(0, 1)\"\n\
         [correlations.g]\nmembers = [\"quantities.a\", \"quantities.b\", \"quantities.c\"]\ncorrelation = 0.5\n"
    );
    let main = "extends = \"base.toml\"\n[quantities]\nb = 0.2\n";
    let setup = right(&[("main.toml", main), ("base.toml", &base)]);
    assert_eq!(setup.quantities[1], 0.2);
    assert_eq!(setup.uncertainty.together().next().map(|group| group.uncertain().len()), Some(2));
}

/// A test for each case: its name, the file that differs, and how.
macro_rules! cases {
    ($($name:ident: $file:literal $old:literal => $new:literal;)+) => {
        $(#[test]
        fn $name() {
            let good = match $file {
                "main.toml" => MAIN,
                "states.csv" => STATES,
                "dyads.csv" => DYADS,
                "treaties.csv" => TREATIES,
                "lists/sanctions.csv" => SANCTIONS,
                other => panic!("{other}"),
            };
            assert!(good.contains($old), "{}", $old);
            compare(stringify!($name), &told(&[($file, &good.replacen($old, $new, 1))], &[]));
        })+
    };
}

cases! {
    table_number_out_of_range: "states.csv" "0.66" => "1.66";
    table_no_number: "states.csv" "0.66" => "high";
    table_unknown_column: "states.csv" "ideal_point" => "idealpoint";
    table_missing_cell: "states.csv" "0.01" => "";
    table_unknown_state: "states.csv" "KOR,0.02" => "KRO,0.02";
    table_unknown_number: "states.csv" "731" => "732000";
    table_state_twice: "states.csv" "USA,0.12" => "KOR,0.12";
    table_short_row: "states.csv" "0.12,,2.1," => "0.12,,2.1";
    table_long_row: "states.csv" "0.3,1.0," => "0,3,1.0,";
    table_wrong_first_column: "states.csv" "code" => "state";
    table_decimal_comma: "states.csv" "0.02" => "\"0,02\"";
    table_name_without_quotes: "main.toml" "\"states.csv\"" => "states.csv";
    table_column_twice: "states.csv" "ideal_point,name" => "isolation,name";
    table_column_without_name: "states.csv" "ideal_point,name" => ",name";
    table_semicolons: "states.csv" "code,capability,isolation,ideal_point,name" => "code;capability;isolation;ideal_point;name";
    table_tabs: "states.csv" "code,capability,isolation,ideal_point,name" => "code\tcapability\tisolation\tideal_point\tname";
    table_quoted_semicolons: "dyads.csv" "dyad,distance_km,grievance" => "\"dyad\";\"distance_km\";\"grievance\"";
    table_unclosed_quote: "states.csv" "Korea, North\"" => "Korea, North";
    table_quote_closed_too_late: "states.csv" "Korea, North\"\nUSA,0.12,,2.1," => "Korea, North\nUSA,0.12,,2.1,\"America\"";
    table_quote_closed_in_next_row: "states.csv" "Korea, North\"\nUSA,0.12,,2.1," => "Korea, North\nUSA,0.12,,2.1,America\"";
    table_unclosed_quote_in_header: "states.csv" "ideal_point,name\nKOR" => "ideal_point,\"name\nKOR\"";
    table_text_behind_quotes: "states.csv" "Korea, North\"" => "Korea, North\" (DPRK)";
    table_quotes_within_quotes: "states.csv" "Korea, North" => "Korea, \"North\"";
    table_space_before_quotes: "states.csv" "-1.5,\"" => "-1.5, \"";
    table_list_element: "treaties.csv" "USA KOR" => "USA JPN";
    table_list_of_words: "treaties.csv" "defence consultation" => "defence, consultation";
    table_quoted_list_element: "lists/sanctions.csv" "USA;KOR" => "USA;KRO";
    table_obligation: "treaties.csv" "defence consultation" => "defense consultation";
    table_date: "treaties.csv" "1953-10-01" => "1.10.1953";
    table_dyad: "dyads.csv" "PRK-KOR" => "PRK/KOR";
    table_nested_key: "treaties.csv" "articles.defence" => "articles.defense";
    table_not_there: "main.toml" "states.csv" => "state.csv";
    table_no_name: "main.toml" "table = \"states.csv\"" => "table = 3";
    table_outside: "main.toml" "states.csv" => "../states.csv";
    table_absolute: "main.toml" "states.csv" => "/etc/passwd";
    extends_not_there: "main.toml" "title" => "extends = \"states\"\ntitle";
    extends_outside: "main.toml" "title" => "extends = \"../../base.toml\"\ntitle";
    extends_itself: "main.toml" "title" => "extends = \"main.toml\"\ntitle";
    extends_no_name: "main.toml" "title" => "extends = [\"base.toml\"]\ntitle";
    extends_a_table: "main.toml" "title" => "extends = \"states.csv\"\ntitle";
    extends_below_a_header: "main.toml" "end = 2026-01-01\n" => "end = 2026-01-01\nextends = \"none.toml\"\n";
    hypotheses_below_a_header: "main.toml" "[outcomes.bound]" => "[processes.crisis]\ndelta = 0.1\nhypotheses = [\"no_balancing\"]\n\n[outcomes.bound]";
    hypotheses_in_a_dotted_key: "main.toml" "title" => "processes.hypotheses = [\"no_balancing\"]\ntitle";
    title_below_a_header: "main.toml" "title = \"Tables\"\n\n[run]\n" => "[run]\ntitle = \"Tables\"\nquestion = \"Who?\"\n";
    table_below_a_header: "main.toml" "[treaties]\ntable = \"treaties.csv\"\n\n[sanctions]\ntable = \"lists/sanctions.csv\"\n" => "treaties = \"treaties.csv\"\nsanctions = \"lists/sanctions.csv\"\n";
    override_out_of_range: "main.toml" "isolation = 0.2" => "isolation = 2.0";
    default_of_states: "main.toml" "isolation = 0.5" => "isolaton = 0.5";
}

#[test]
fn an_empty_table() {
    compare("table_empty", &told(&[("states.csv", "")], &[]));
    compare("table_of_a_header", &told(&[("states.csv", "code,capability\n")], &[]));
}

#[test]
fn a_circle_of_files() {
    let (a, b) = ("extends = \"a.toml\"\n", "extends = \"main.toml\"\n");
    compare("extends_circle", &told(&[("main.toml", a), ("a.toml", b)], &[]));
}

#[test]
fn a_long_chain_of_files() {
    let name = |n: usize| if n == 0 { "main.toml".to_owned() } else { format!("f{n}.toml") };
    let names: Vec<_> = (0..12).map(name).collect();
    let texts: Vec<_> = (1..13).map(|n| format!("extends = \"{}\"\n", name(n))).collect();
    let files: Vec<_> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    compare("extends_too_deep", &told(&files, &[]));
}

#[test]
fn problems_of_several_files_at_once() {
    let child = CHILD
        .replace("isolation = 0.9", "isolation = 9")
        .replace("base.toml\"\nwithout", "base.toml\"\nwihtout");
    let base = MAIN.replace("2026-01-01", "2026-13-01");
    let states = STATES.replace("0.12", "twelve");
    let files = [("main.toml", &*child), ("base.toml", &*base), ("states.csv", &*states)];
    compare("several_files", &told(&files, &["run.step=moth"]));
}

#[test]
fn wrong_changes_from_the_command_line() {
    compare("set_no_value", &told(&[], &["states.KOR.isolation"]));
    compare("set_unknown_key", &told(&[], &["states.KOR.isolaton=0.4"]));
    compare("set_out_of_range", &told(&[], &["states.KOR.isolation=4"]));
    compare("set_no_number", &told(&[], &["states.KOR.isolation=high"]));
    compare("set_unknown_state", &told(&[], &["states.JPN.isolation=0.4"]));
    compare("set_no_key", &told(&[], &["=3"]));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("states.csv"), STATES).unwrap();
    let folder = folder(&[]);
    let link = folder.path().join("states.csv");
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink(outside.path().join("states.csv"), link).unwrap();
    let told = load(folder.path(), Wanted::default()).err().expect("it is refused");
    compare("table_link_outside", &told);
}

#[test]
fn a_table_that_is_no_text() {
    let folder = folder(&[]);
    fs::write(folder.path().join("states.csv"), b"code,capability\nKOR,\xff\n").unwrap();
    compare(
        "table_not_utf8",
        &load(folder.path(), Wanted::default()).err().expect("it is refused"),
    );
}
