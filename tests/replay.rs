//! The story of a single trial: the same trial as within an ensemble, with reasons that add up.

#[path = "support/scenarios.rs"]
mod support;

use std::collections::BTreeMap;

use assert_cmd::Command;
use detente::analysis::story;
use detente::engine::trace::{Made, Trace};
use detente::engine::trial::Simulator;
use detente::model::process::Chance;
use detente::scenario::setup::Setup;
use support::{compile, compile_variant, flagship};

fn traced(setup: &Setup, trial: u32) -> (Trace, Simulator<'_>) {
    let mut trace = Trace::default();
    let mut simulator = Simulator::new(setup);
    simulator.run_traced(trial, &mut trace).unwrap();
    (trace, simulator)
}

#[test]
fn a_traced_trial_is_the_same_trial_and_tells_everything_that_fired() {
    let setup = compile(&flagship());
    let mut plain = Simulator::new(&setup);
    for trial in 0..30 {
        plain.run(trial).unwrap();
        let (trace, simulator) = traced(&setup, trial);
        assert_eq!(simulator.world(), plain.world());
        assert_eq!(simulator.record().values, plain.record().values);
        let fired: u32 = plain.record().counts.iter().sum();
        let told = trace.occurrences.iter().map(|occurrence| {
            let counted = |made: &&Made| made.channel.is_some() && made.effective;
            let event = usize::from(occurrence.channel.kind == "event");
            event + occurrence.effects.iter().filter(counted).count()
        });
        assert_eq!(told.sum::<usize>(), fired as usize);
        assert!(trace.occurrences.is_sorted_by_key(|occurrence| occurrence.day));
    }
}

/// The hazard that a log-odds or a log-rate stands for, by kind; other kinds have no terms to add.
fn hazard_of(kind: &str, sum: f64, factor: f64) -> Option<f64> {
    match kind {
        "pact" | "consultation" | "non-aggression" | "partnership" | "sanction" | "dispute"
        | "accession" => Some(sum.exp().ln_1p() * factor),
        "economic" | "arms" | "contact" => Some(sum.exp()),
        _ => None,
    }
}

#[test]
fn reasons_add_up_to_their_hazard() {
    let setup = compile_variant(&flagship(), Some("forecast"));
    let mut seen = BTreeMap::new();
    for trial in 0..40 {
        for occurrence in traced(&setup, trial).0.occurrences {
            let Some(reasons) = occurrence.reasons else { continue };
            let Chance::Hazard(hazard) = reasons.chance else { panic!("a firing has a hazard") };
            let kind = occurrence.channel.kind;
            let sum = reasons.terms.iter().filter_map(|term| term.contribution).sum();
            let plain = reasons.terms.iter().filter(|term| term.contribution.is_none());
            let Some(expected) = hazard_of(kind, sum, plain.map(|term| term.value).product())
            else {
                continue;
            };
            let subject = occurrence.channel.subject;
            assert!((hazard / expected - 1.0).abs() < 1e-12, "{kind} {subject}: {hazard}");
            *seen.entry(kind).or_insert(0) += 1;
        }
    }
    for kind in [
        "pact",
        "consultation",
        "non-aggression",
        "partnership",
        "sanction",
        "dispute",
        "economic",
        "arms",
        "contact",
    ] {
        assert!(seen.get(kind).is_some_and(|&n| n > 5), "{kind}: {seen:?}");
    }
}

#[test]
fn stories_read_as_they_should() {
    let setup = compile(&flagship());
    let (trace, simulator) = traced(&setup, 41);
    let answers = story::answers(&setup, &simulator.record().answers);
    insta::assert_snapshot!(format!("{}\n{answers}", story::tell(&setup, &trace)));
}

#[test]
fn events_of_the_first_day_are_told_and_what_changes_nothing_is_said_to() {
    let more = "[events.again]\ndate = 2022-03-01\nactions = [\n\
                { start_war = \"russia-ukraine\" }, { shift_isolation = \"PRK\", by = -0.5 }]\n";
    let setup = compile(&(flagship() + more));
    let text = story::tell(&setup, &traced(&setup, 0).0);
    assert!(text.starts_with("1 March 2022: event again\n"), "{text}");
    assert!(text.contains("war russia-ukraine: Russia against Ukraine (already so"), "{text}");
    assert!(text.contains("isolation of North Korea: 0.6600 to 0.3300"), "{text}");
}

fn typed(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("detente")).args(arguments).output();
    let output = output.expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("it prints text");
    (output.status.code().expect("it exits"), text(output.stdout), text(output.stderr))
}

const FLAGSHIP: &str = "scenarios/russia-north-korea-2024.toml";

#[test]
fn replay_tells_a_trial_on_the_command_line() {
    let (code, out, _) = typed(&["replay", FLAGSHIP, "--trial", "7", "--variant", "no-pact"]);
    assert_eq!(code, 0);
    assert!(out.contains("variant no-pact: trial 7, seed 20240619"), "{out}");
    assert!(out.contains("event camp-david") && !out.contains("event treaty-2024"), "{out}");
    assert!(out.contains("Outcomes of this trial\n"), "{out}");
    let (_, other, _) = typed(&["replay", FLAGSHIP, "--trial", "7", "--seed", "1"]);
    assert!(out != other);
    for wrong in [&["replay", FLAGSHIP][..], &["replay", FLAGSHIP, "--trial", "-1"]] {
        assert_eq!(typed(wrong).0, 2);
    }
}

/// Such a trial can be told, and it is said that no run of the scenario as it stands has it.
#[test]
fn replay_notes_a_trial_beyond_those_of_the_run() {
    let (code, out, err) = typed(&["replay", FLAGSHIP, "--trial", "10000"]);
    assert_eq!((code, out.contains("trial 10000")), (0, true));
    assert_eq!(
        err,
        "note: the scenario asks for 10,000 trials, numbered from 0; 10000 is of a run with more\n"
    );
    let (_, _, err) = typed(&["replay", FLAGSHIP, "--trial", "9999"]);
    assert_eq!(err, "");
    let (code, _, err) = typed(&["compare", FLAGSHIP, "--variant", "no-pact", "--trial", "10000"]);
    assert_eq!((code, err.contains("of a run with more")), (0, true), "{err}");
}

#[test]
fn replay_begins_with_the_numbers_that_were_drawn() {
    const RICH: &str = "tests/support/rich.toml";
    let (code, out, _) = typed(&["replay", RICH, "--trial", "5"]);
    assert_eq!(code, 0);
    let text = std::fs::read_to_string(RICH).expect("it is in the crate");
    let setup = compile(&text);
    let (trace, simulator) = traced(&setup, 5);
    let numbers = story::numbers(&setup, &simulator.inputs().drawn);
    insta::assert_snapshot!(numbers);
    let at = |what: &str| out.find(what).unwrap_or_else(|| panic!("{what} in\n{out}"));
    assert!(at("Uncertain numbers, as drawn for this trial\n") < at(&numbers));
    assert!(at(&numbers) < at(&story::tell(&setup, &trace)));
    let (_, certain, _) = typed(&["replay", FLAGSHIP, "--trial", "7"]);
    assert!(!certain.contains("Uncertain numbers"), "{certain}");
}

#[test]
fn explain_prints_equation_and_parameters() {
    let (code, out, _) = typed(&["explain", "process", "pact"]);
    assert_eq!(code, 0);
    assert!(out.contains("eta = b0 + b_a a") && out.contains("| `b_a` | 2.26 |"), "{out}");
    let (_, all, _) = typed(&["explain", "process"]);
    // Each begins a line; what goes on in the next one is indented.
    let named = all.lines().filter(|line| !line.starts_with(' '));
    assert_eq!(named.count(), detente::model::registry::PROCESSES.len());
    let (code, _, err) = typed(&["explain", "process", "pcat"]);
    assert_eq!(code, 2);
    assert!(err.contains("did you mean `pact`?"), "{err}");
}
