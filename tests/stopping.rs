//! Runs with a rule: where they end, whoever runs them, and the program as a user types it.

#[path = "support/typed.rs"]
mod program;
#[path = "support/scenarios.rs"]
mod support;

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use assert_cmd::Command;
use detente::analysis::Results;
use detente::analysis::precision::{self, Reason, Stopped};
use detente::engine::ensemble::{self, Plan};
use detente::engine::experiment::{Experiment, Findings};
use detente::output::tables;
use detente::scenario::setup::Setup;
use program::Typed;
use serde_json::{Value, json};
use support::{compile, compile_variant};

/// Three states, of which two may sign a pact; a measure, and one that is the same in every trial.
const SCENARIO: &str = r#"
title = "Three states"
[run]
start = 2024-01-01
end = 2026-01-01
seed = 7
trials = { until = "ci_width(a-pact) < 0.05 and relative_ci_width('acts') < 0.5", max = 5_000 }
[states]
XAA = { capability = 0.02, isolation = "normal(0.7, 0.02)", ideal_point = -1.0 }
XBB = { capability = 0.01, isolation = 0.6, ideal_point = -1.1 }
XCC = { capability = 0.02, isolation = 0.3, ideal_point = 1.0 }
[dyads]
default = { distance_km = 100 }
[events.act]
rate = 0.4
actions = [{ contact = "XAA-XBB" }]
[outcomes.a-pact]
ever = "fired('act')"
[outcomes.acts]
value = "times('event', 'act')"
at = "end"
[outcomes.same]
value = "2"
at = "end"
"#;

/// A run with the scenario's rule.
fn until(setup: &Setup, threads: usize) -> (Findings, Stopped) {
    let experiment = Experiment::of(setup);
    let mut findings = Findings::new(&experiment);
    let plan = Plan { threads: Some(threads), ..Plan::new(setup.trials) };
    let rule = setup.stopping.as_ref().expect("there is a rule");
    let told = AtomicU64::new(0);
    let stopped = precision::extend(&experiment, &mut findings, rule, plan, &|trials| {
        told.fetch_add(trials, Ordering::Relaxed);
    });
    assert_eq!(told.into_inner(), findings.trials);
    (findings, stopped.expect("it runs"))
}

/// Every table, by name.
fn tables(setup: &Setup, findings: &Findings) -> Vec<(String, Vec<u8>)> {
    let tables = tables::all(&Results::of(setup, findings)).expect("there are tables");
    tables.into_iter().map(|table| (table.name, table.bytes)).collect()
}

#[test]
fn a_run_ends_at_the_same_trial_on_any_number_of_threads() {
    let setup = compile(SCENARIO);
    let (findings, stopped) = until(&setup, 1);
    assert_eq!((stopped.reason, stopped.min, stopped.max), (Reason::Met, 1_024, 5_000));
    assert!(stopped.clauses.iter().all(|clause| clause.met && clause.width < Some(clause.below)));
    assert_eq!(stopped.looks.last(), Some(&findings.trials));
    assert!(findings.trials.is_multiple_of(64) && stopped.looks.len() > 1, "{stopped:?}");
    for threads in [2, 7] {
        let (other, how) = until(&setup, threads);
        assert_eq!(how, stopped);
        assert_eq!(tables(&setup, &other), tables(&setup, &findings));
    }
    // And the same as those of a run of so many trials.
    let experiment = Experiment::of(&setup);
    let mut plain = Findings::new(&experiment);
    ensemble::extend(&experiment, &mut plain, Plan::new(findings.trials), &|_| {}).unwrap();
    assert_eq!(plain, findings);
}

#[test]
fn a_run_that_does_not_meet_its_rule_has_its_most_trials() {
    let setup = compile(&SCENARIO.replace("< 0.05", "< 0.001"));
    let (findings, stopped) = until(&setup, 2);
    assert_eq!((stopped.reason, findings.trials), (Reason::Most, 5_000));
    assert_eq!(stopped.looks.last(), Some(&5_000));
    assert_eq!(stopped.clauses.iter().map(|c| c.met).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn a_number_that_does_not_vary_is_no_precise_one() {
    let rule = "until = \"ci_width(same) < 0.5\", min = 64, max = 200";
    let text = SCENARIO.replacen("until", "while", 1);
    let (before, rest) = text.split_once("{ while").unwrap();
    let (_, after) = rest.split_once('}').unwrap();
    let setup = compile(&format!("{before}{{ {rule} }}{after}"));
    let (findings, stopped) = until(&setup, 2);
    assert_eq!((stopped.reason, findings.trials), (Reason::Most, 200));
    assert_eq!(stopped.looks, [64, 128, 192, 200]);
    assert_eq!((stopped.clauses[0].width, stopped.clauses[0].met), (Some(0.0), false));
}

#[test]
fn names_are_found_with_quotes_and_without() {
    for written in ["a-pact", "'a-pact'", " a-pact ", "\\\"a-pact\\\""] {
        let setup = compile(&SCENARIO.replace("a-pact)", &format!("{written})")));
        assert_eq!(setup.stopping.unwrap().clauses[0].outcome, 0, "{written}");
    }
    for name in ["3-or-4 and 2024-06-19", "non-aggression", "4th%", "ünder", "is-not"] {
        let text = SCENARIO.replace("outcomes.a-pact", &format!("outcomes.'{name}'"));
        let setup = compile(&text.replace("a-pact)", &format!("{name})")));
        assert_eq!(setup.stopping.unwrap().clauses[0].name, name);
    }
}

/// A number in a variant, or over a rule, is a number; a rule over a number is a rule.
#[test]
fn rules_and_numbers_are_laid_over_each_other() {
    let plain =
        compile_variant(&format!("{SCENARIO}[variant.plain]\nrun.trials = 70"), Some("plain"));
    assert_eq!((plain.trials, plain.stopping), (70, None));
    let more = "[variant.more]\nrun.trials.max = 80";
    let more = compile_variant(&format!("{SCENARIO}{more}"), Some("more"));
    assert_eq!((more.trials, more.stopping.map(|rule| rule.clauses.len())), (80, Some(2)));
}

/// The program, with the scenario as a file.
fn typed(home: &Path, command: &str, more: &[&str]) -> Typed {
    fs::write(home.join("scenario.toml"), SCENARIO).expect("it is written");
    program::typed(home, &[&[command, "scenario.toml"], more].concat())
}

fn manifest(home: &Path) -> Value {
    let bytes = fs::read(home.join("results/scenario/manifest.json")).expect("it is there");
    serde_json::from_slice(&bytes).expect("it is JSON")
}

#[test]
fn run_says_why_it_ended_and_the_manifest_has_it() {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path();
    let run = typed(home, "run", &["--no-charts", "--threads", "1"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let stopped = &manifest(home)["stopping"];
    let trials = manifest(home)["trials"].as_u64().expect("a number");
    let said = run.out.lines().find(|line| line.starts_with("stopped after ")).expect("it says so");
    assert!(said.contains(" trials: ci_width(a-pact) is 0.0"), "{said}");
    assert!(said.contains(", relative_ci_width(acts) is 0."), "{said}");
    let rule = "ci_width(a-pact) < 0.05 and relative_ci_width('acts') < 0.5";
    assert_eq!((&stopped["rule"], &stopped["reason"]), (&json!(rule), &json!("rule met")));
    assert_eq!((&stopped["min"], &stopped["max"]), (&json!(1024), &json!(5000)));
    assert_eq!(stopped["looks"].as_array().and_then(|looks| looks.last()), Some(&json!(trials)));
    let clause = &stopped["clauses"][0];
    assert_eq!(clause["clause"], "ci_width(a-pact)");
    assert_eq!((&clause["outcome"], &clause["below"]), (&json!("a-pact"), &json!(0.05)));
    let row = fs::read_to_string(home.join("results/scenario/outcomes.csv")).unwrap();
    let row: Vec<_> = row.lines().nth(1).expect("a row").split(',').collect();
    let width = row[6].parse::<f64>().unwrap() - row[5].parse::<f64>().unwrap();
    assert!((width - clause["width"].as_f64().unwrap()).abs() < 1e-8 && width < 0.05);

    // The number of trials alone gives the same.
    let tables = |folder: &str| fs::read(home.join(folder).join("blocks.csv")).unwrap();
    let number = trials.to_string();
    let plain = typed(home, "run", &["--no-charts", "--trials", &number, "--out", "plain"]);
    assert_eq!(plain.code, 0, "{}", plain.err);
    assert!(!plain.out.contains("stopped"), "{}", plain.out);
    assert_eq!(tables("plain"), tables("results/scenario"));
    let plain = fs::read_to_string(home.join("plain/manifest.json")).unwrap();
    assert!(plain.contains("\"stopping\": null"));
}

#[test]
fn a_rule_may_be_typed_and_what_is_not_reached_is_a_warning() {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path();
    let more = ["--no-charts", "--until", "ci_width(a-pact) < 0.001", "--max-trials", "1_100"];
    let run = typed(home, "run", &more);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!run.out.contains("stopped"), "{}", run.out);
    let warning =
        "warning: the most trials were reached first, 1,100 trials: ci_width(a-pact) is 0.05";
    assert!(run.err.starts_with(warning), "{}", run.err);
    assert!(run.err.trim_end().ends_with(", not below 0.001"), "{}", run.err);
    let manifest = manifest(home);
    assert_eq!(manifest["stopping"]["reason"], "most trials reached");
    assert_eq!(manifest["stopping"]["looks"], json!([1024, 1100]));
    // What was typed is a change of the scenario, from which the run can be repeated.
    let set = json!(["run.trials.until=ci_width(a-pact) < 0.001", "run.trials.max=1100"]);
    assert_eq!(manifest["arms"][0]["set"], set);
}

#[test]
fn wrong_rules_are_wrong_scenarios_and_what_cannot_go_together_is_usage() {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path();
    for (rule, says) in [
        ("ci_width(a-pcat) < 0.1", "did you mean `a-pact`?"),
        ("ci_width(a-pact) < 10", "for 10 % write 0.1"),
        ("a-pact", "a rule is made of clauses"),
    ] {
        let run = typed(home, "run", &["--until", rule]);
        assert_eq!(run.code, 3, "{}", run.err);
        assert!(run.err.contains(says) && run.err.contains("--> --until:1:"), "{}", run.err);
    }
    for arguments in [
        &["--until", "ci_width(a-pact) < 0.1", "--trials", "100"][..],
        &["--max-trials", "100", "--trials", "100"],
        &["--max-trials", "0"],
        &["--until"],
    ] {
        assert_eq!(typed(home, "run", arguments).code, 2, "{arguments:?}");
    }
    assert!(!home.join("results").exists());
    let most = typed(home, "run", &["--set", "run.trials=5", "--max-trials", "100"]);
    let says = "error: --max-trials needs --until or a rule in the scenario\n";
    assert_eq!((most.code, most.err.as_str()), (2, says));
    // Whatever else is wrong with the scenario is said instead.
    let wrong = ["--set", "run.trials=0", "--max-trials", "100"];
    assert_eq!(typed(home, "run", &wrong).code, 3);
}

#[test]
fn check_and_explain_say_the_rule() {
    let home = tempfile::tempdir().expect("a folder");
    let rule = "until ci_width(a-pact) < 0.05 and relative_ci_width('acts') < 0.5";
    let check = typed(home.path(), "check", &[]);
    let told = check.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(&format!("trials: at most 5000, {rule}")), "{}", check.out);
    let mut explain = Command::new(assert_cmd::cargo::cargo_bin!("detente"));
    let file = home.path().join("scenario.toml");
    let output = explain.args(["explain", "scenario"]).arg(file).output().expect("it starts");
    let text = String::from_utf8(output.stdout).expect("it is text");
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(&format!("at most 5000 trials, {rule}")), "{text}");
}
