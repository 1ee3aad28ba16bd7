//! `detente explain`: a scenario in words, and pages about keys, processes, hypotheses and functions.

use std::fs;

use assert_cmd::Command;
use detente::model::hypotheses::HYPOTHESES;
use detente::model::registry::PROCESSES;
use detente::scenario::expression::distribution;
use detente::scenario::expression::words::WORDS;
use detente::scenario::vocabulary::{SECTIONS, find};

const RICH: &str = "tests/support/rich.toml";

/// What is printed, with the exit code.
fn explained(arguments: &[&str]) -> (i32, String) {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("detente"))
        .arg("explain")
        .args(arguments)
        .output()
        .expect("the program starts");
    let code = output.status.code().expect("it exits");
    let said = if code == 0 { output.stdout } else { output.stderr };
    (code, String::from_utf8(said).expect("it prints text"))
}

/// The page, whose lines a terminal can show. Only what cannot be broken may be longer.
fn page(arguments: &[&str]) -> String {
    let (code, text) = explained(arguments);
    assert_eq!(code, 0, "{arguments:?}: {text}");
    for line in text.lines() {
        let long = line.chars().count() > 80 && line.trim().contains(' ');
        assert!(!long, "{arguments:?}: {line}");
        assert_eq!(line, line.trim_end(), "{arguments:?}");
    }
    text
}

fn compare(name: &str, arguments: &[&str]) {
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(name, page(arguments));
    });
}

#[test]
fn a_scenario_in_words() {
    compare("rich", &["scenario", RICH]);
    let (file, variant) = ("scenarios/july-1914.toml", "honour-unknown");
    compare("july_1914", &["scenario", file, "--variant", variant]);
}

#[test]
fn a_scenario_as_it_is_varied() {
    let set = ["--set", "processes.crisis.delta=1", "--set", "run.trials=5"];
    let text = page(&[&["scenario", RICH, "--variant", "quiet"][..], &set].concat());
    for said in [
        "Quiet, variant quiet",
        "5 trials",
        "Changed on the command line: processes.crisis.delta=1, run.trials=5.",
        "quiet (this one)",
        "1 (set by the scenario) in place of 0.62 (published)",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("  clash\n"), "what is left out is not told: {text}");
}

#[test]
fn every_shipped_scenario_and_variant_can_be_told() {
    let mut told = 0;
    for entry in fs::read_dir("scenarios").expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let file = path.display().to_string();
        let text = page(&["scenario", &file]);
        let (_, variants) = text.split_once("\nVariants\n").unwrap_or_default();
        let names = variants.lines().filter_map(|line| line.strip_prefix("  "));
        for name in names.filter(|line| !line.starts_with(' ')) {
            assert!(page(&["scenario", &file, "--variant", name]).contains("(this one)"));
            told += 1;
        }
    }
    assert!(told > 10, "the variants were found: {told}");
}

#[test]
fn pages_of_keys() {
    for (name, key) in [
        ("key_rate", "events.some-event.rate"),
        ("key_warn", "warn"),
        ("key_isolation", "isolation"),
        ("key_parameter", "processes.crisis.delta"),
        ("section_states", "states"),
        ("section_events_by_a_slip", "events.rtae"),
        ("section_outcomes", "outcomes"),
    ] {
        compare(name, &["key", key]);
    }
    compare("keys", &["key"]);
}

/// Everything in the vocabulary is found under its full name.
#[test]
fn every_key_has_a_page() {
    for section in &*SECTIONS {
        let of_forms = section.forms.iter().flat_map(|form| form.with.iter().chain([&form.key]));
        for key in section.keys().chain(of_forms) {
            let full = section.key_shown(key);
            let found = find(&full);
            // A key that holds a section is found as that.
            let named = |shown: String| shown.split('.').any(|part| part == key.name);
            assert!(found.iter().any(|found| named(found.item.shown())), "{full}: {found:?}");
        }
    }
}

#[test]
fn pages_of_processes_hypotheses_and_functions() {
    compare("processes", &["process"]);
    compare("hypotheses", &["hypothesis"]);
    compare("functions", &["function"]);
    for hypothesis in HYPOTHESES {
        assert!(page(&["hypothesis", hypothesis.name]).contains(hypothesis.name));
    }
    for name in WORDS.iter().map(|word| word.name).chain(distribution::NAMES) {
        assert!(page(&["function", name]).contains(name));
    }
    for entry in PROCESSES {
        assert_eq!(explained(&["process", entry.about.name]).0, 0);
    }
}

#[test]
fn what_is_not_known_gets_the_nearest() {
    for (arguments, near) in [
        (["key", "isolatoin"], "did you mean `isolation`?"),
        (["key", "events.x.rtae"], "did you mean `events.rate`?"),
        (["process", "pakt"], "did you mean `pact`?"),
        (["hypothesis", "no_deterence"], "did you mean `no_deterrence`?"),
        (["function", "isolaton"], "did you mean `isolation`?"),
        (["function", "nromal"], "did you mean `normal`?"),
    ] {
        let (code, text) = explained(&arguments);
        assert_eq!(code, 2);
        assert!(text.contains(near), "{text}");
    }
    assert_eq!(explained(&["key", "banana"]).0, 2);
    assert_eq!(explained(&["scenario", "no/such.toml"]).0, 4);
    assert_eq!(explained(&["scenario", RICH, "--variant", "quite"]).0, 2);
    assert_eq!(explained(&["scenario", RICH, "--set", "run.step=moth"]).0, 3);
    assert_eq!(explained(&[]).0, 2);
}
