//! The JSON Schema of scenarios: it is one, every good scenario is right by it, and slips that need
//! no more than one entry to be seen are refused.

use std::fs;
use std::path::Path;

use detente::output::schema::schema;
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use toml::de::{DeTable, DeValue};

/// A scenario with what the others here do without.
const RICH: &str = include_str!("support/rich.toml");

fn validator() -> Validator {
    jsonschema::options().should_validate_formats(true).build(&schema()).expect("the schema is one")
}

/// A scenario as validators see it: dates are text.
fn json_of(text: &str) -> Value {
    let table = DeTable::parse(text).expect("it is TOML");
    of_table(table.get_ref())
}

fn of_table(table: &DeTable<'_>) -> Value {
    let pairs = table.iter().map(|(key, value)| (key.get_ref().to_string(), of(value.get_ref())));
    Value::Object(pairs.collect::<Map<_, _>>())
}

fn of(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => json!(text),
        DeValue::Integer(int) => {
            let number = i128::from_str_radix(int.as_str(), int.radix()).expect("it is a number");
            u64::try_from(number).map_or_else(|_| json!(number as f64), |number| json!(number))
        }
        DeValue::Float(float) => json!(float.as_str().parse::<f64>().expect("it is a number")),
        DeValue::Boolean(on) => json!(on),
        DeValue::Datetime(moment) => json!(moment.to_string()),
        DeValue::Array(list) => list.iter().map(|item| of(item.get_ref())).collect(),
        DeValue::Table(table) => of_table(table),
    }
}

/// What the schema has against a scenario.
fn told(validator: &Validator, text: &str) -> Vec<String> {
    let value = json_of(text);
    let errors = validator.iter_errors(&value);
    errors.map(|error| format!("{} {error}", error.instance_path())).collect()
}

/// A constant of another test, as it stands there.
fn constant(file: &str, name: &str) -> String {
    let text = fs::read_to_string(file).expect("the test is there");
    let (_, after) = text.split_once(&format!("const {name}: &str = r#\"")).expect("it is there");
    after.split_once("\"#;").expect("it ends").0.to_owned()
}

fn good() -> String {
    constant("tests/problems.rs", "GOOD")
}

#[test]
fn the_schema_is_a_schema() {
    jsonschema::meta::validate(&schema()).expect("it is valid");
    assert_eq!(schema()["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn good_scenarios_are_right() {
    let validator = validator();
    let mut texts = vec![
        ("the good one of tests/problems.rs".to_owned(), good()),
        ("one with tables".to_owned(), constant("tests/gathering.rs", "MAIN")),
        ("one that extends another".to_owned(), constant("tests/gathering.rs", "CHILD")),
        ("the rich one".to_owned(), RICH.to_owned()),
    ];
    let folders = ["scenarios", "tests/oracle", "src/cli/init"];
    for folder in folders.map(Path::new) {
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let text = fs::read_to_string(&path).expect("it is text");
                texts.push((path.display().to_string(), text));
            }
        }
    }
    assert!(texts.len() >= 7, "the scenarios were found");
    for (name, text) in texts {
        let told = told(&validator, &text);
        assert!(told.is_empty(), "{name}: {told:#?}");
    }
}

#[test]
fn the_rich_scenario_is_right_for_the_reader_too() {
    if let Err(detente::scenario::LoadError::Wrong(wrong)) = detente::scenario::parse(RICH, None) {
        panic!("{}", wrong.report(false));
    }
}

/// A slip in the good scenario of tests/problems.rs: what it replaces by what, and where the schema
/// sees it. The reader refuses it, too.
const SLIPS: &[(&str, &str, &str)] = &[
    ("title = \"Three states\"\n", "", ""),
    ("title = \"Three states\"", "title = 3", "/title"),
    ("title = \"Three states\"", "title = \"\"", "/title"),
    ("question =", "qestion =", ""),
    ("start = 2024-01-01", "start = \"1.1.2024\"", "/run/start"),
    ("end = 2029-01-01\nstep", "end = 2029\nstep", "/run/end"),
    ("start = 2024-01-01\n", "", "/run"),
    ("step = \"month\"", "step = \"day\"", "/run/step"),
    ("trials = 1000", "trials = 0", "/run/trials"),
    ("trials = 1000", "trials = 10.5", "/run/trials"),
    ("trials = 1000", "trials = { until = \"ci_width(bound) < 0.1\", max = 0 }", "/run/trials"),
    ("trials = 1000", "trials = { untill = \"ci_width(bound) < 0.1\" }", "/run/trials"),
    ("seed = 7", "seed = -7", "/run/seed"),
    ("KOR = {", "kor = {", "/states"),
    ("KOR-XBB = {", "KORXBB = {", "/dyads"),
    ("capability = 0.01, ", "", "/states/XBB"),
    ("capability = 0.01", "capability = 0", "/states/XBB/capability"),
    ("capability = 0.01", "capability = \"small\"", "/states/XBB/capability"),
    ("capability = 0.01", "capability = \"gauss(0.01, 0.1)\"", "/states/XBB/capability"),
    ("isolation = 0.7", "isolation = 70", "/states/XAA/isolation"),
    ("capability = 0.01", "capabilty = 0.01", "/states/XBB"),
    ("members = [\"XAA\", \"KOR\"]", "members = [\"XAA\"]", "/treaties/old/members"),
    ("members = [\"XAA\", \"KOR\"]", "members = [\"XAA\", \"XAA\"]", "/treaties/old/members"),
    ("obligations = [\"consultation\"]\n", "", "/treaties/old"),
    (
        "obligations = [\"consultation\"]",
        "obligations = [\"defense\"]",
        "/treaties/old/obligations/0",
    ),
    (
        "types = [\"trade\", \"arms\"]",
        "types = [\"trade\", \"weapons\"]",
        "/sanctions/measures/types/1",
    ),
    ("targets = [\"XBB\"]", "targets = \"XBB\"", "/sanctions/measures/targets"),
    ("targets = [\"XBB\"]", "targets = [\"xbb\"]", "/sanctions/measures/targets/0"),
    ("side_b = [\"KOR\"]\n", "", "/wars/border"),
    ("rate = 0.05", "rate = -0.05", "/events/clash/rate"),
    ("rate = 0.05\n", "", "/events/clash"),
    ("rate = 0.05", "rate = 0.05\ndate = 2025-01-01", "/events/clash"),
    ("date = 2025-06-19", "date = 2025-06-19\nonce = true", "/events/signature"),
    ("date = 2025-06-19", "window = [2025-06-19]", "/events/signature/window"),
    ("actions = [{ start_war = \"border\" }]", "actions = []", "/events/clash/actions"),
    ("{ start_war = \"border\" }", "{ begin_war = \"border\" }", "/events/clash/actions/0"),
    (
        "{ start_war = \"border\" }",
        "{ start_war = \"border\", by = 0.1 }",
        "/events/clash/actions/0",
    ),
    ("{ start_war = \"border\" }", "{ warn = \"XAA\" }", "/events/clash/actions/0"),
    (
        "{ start_war = \"border\" }",
        "{ sign = \"pact\", lift = \"measures\" }",
        "/events/clash/actions/0",
    ),
    ("by = 0.1", "by = 10", "/events/signature/actions/1"),
    ("treaty = \"defence\"", "treaty = \"pact\"", "/outcomes/bound/treaty"),
    ("between = \"XAA-XBB\"\n", "", "/outcomes/bound"),
    ("between = \"XAA-XBB\"", "between = \"XAA-XBB\"\nabove = 1", "/outcomes/bound"),
    ("above = 0.6\n", "", "/outcomes/isolated"),
    ("above = 0.6", "above = 0.6\nbelow = 0.7", "/outcomes/isolated"),
    ("above = 0.6", "above = 60", "/outcomes/isolated/above"),
    ("isolation = \"XBB\"\nat", "at", "/outcomes/isolated"),
    ("tau = 4.0", "tau = 0", "/processes/decay/tau"),
    ("tau = 4.0", "tua = 4.0", "/processes/decay"),
    ("on = true", "on = \"yes\"", "/processes/isolation/on"),
    ("decay =", "decya =", "/processes"),
    ("without = [\"events.clash\"]", "witout = [\"events.clash\"]", "/variant/no-pact"),
    ("[variant.no-pact]", "[variant.\"no pact\"]", "/variant"),
    ("first_dates", "first_date", "/charts"),
];

#[test]
fn slips_are_refused_where_they_stand() {
    let (validator, good) = (validator(), good());
    for (old, new, place) in SLIPS {
        assert!(good.contains(old), "`{old}` occurs");
        let text = good.replacen(old, new, 1);
        let told = told(&validator, &text);
        let here = format!("{place} ");
        assert!(told.iter().any(|line| line.starts_with(&here)), "{old} -> {new}: {told:#?}");
        assert!(detente::scenario::parse(&text, None).is_err(), "{old} -> {new}");
    }
}

#[test]
fn every_key_has_a_title_and_a_description() {
    let schema = schema();
    let check = |name: &str, table: &Value| {
        for (key, property) in table["properties"].as_object().expect("a table has keys") {
            for what in ["title", "description"] {
                assert!(property[what].is_string(), "{name}.{key} has no {what}");
            }
        }
    };
    check("", &schema);
    let defs = schema["$defs"].as_object().expect("there are some");
    for (name, table) in
        defs.iter().filter(|(name, _)| !["whole", "events.actions"].contains(&name.as_str()))
    {
        check(name, table);
    }
    for action in defs["events.actions"]["oneOf"].as_array().expect("there are verbs") {
        check("an action", action);
    }
}
