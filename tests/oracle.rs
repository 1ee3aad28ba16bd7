//! Holds the engine to a second implementation of a trial: naive, slow, written from the headers of
//! the processes, on the same random streams. Scores agree to 1e-12, everything else exactly.

#[path = "oracle/mod.rs"]
mod naive;
#[path = "support/scenarios.rs"]
mod support;

use naive::compare::{agree, by_kind, kinds};
use support::{compile, compile_variant, flagship};

const EVERYTHING: &str = include_str!("oracle/everything.toml");
const WARS: &str = include_str!("oracle/wars.toml");
const OCCASIONS: &str = include_str!("oracle/occasions.toml");

#[test]
fn the_engine_agrees_with_the_oracle() {
    for variant in [None, Some("forecast")] {
        let text = flagship();
        let happened = by_kind(&agree(compile_variant(&text, variant), &text, 4));
        for kind in ["warning", "dispute", "arms", "sanction", "partnership", "contact"] {
            assert!(happened.get(kind).is_some_and(|&n| n > 5), "{kind} in {happened:?}");
        }
    }
}

#[test]
fn the_engine_agrees_with_the_oracle_on_every_action_and_parameter() {
    let setup = compile(EVERYTHING);
    for value in &setup.parameters {
        let at_default = value.value == value.parameter.default;
        assert!(!at_default, "{} of {} is at its default", value.parameter.name, value.process);
    }
    let possible = kinds(&setup);
    let happened = by_kind(&agree(setup, EVERYTHING, 100));
    // Nothing that was not seen has been compared.
    for kind in possible {
        assert!(happened.get(kind).is_some_and(|&n| n >= 5), "{kind} in {happened:?}");
    }
}

#[test]
fn the_engine_agrees_with_the_oracle_on_wars_that_call_on_allies() {
    let happened = by_kind(&agree(compile(WARS), WARS, 160));
    for kind in ["attack", "clause-honoured", "clause-broken", "clause-excused"] {
        assert!(happened.get(kind).is_some_and(|&n| n >= 100), "{kind} in {happened:?}");
    }
}

#[test]
fn the_engine_agrees_with_the_oracle_on_occasions_and_numbers_drawn_anew() {
    let setup = compile(OCCASIONS);
    let events: Vec<String> = setup.frame.events.iter().map(|event| event.name.clone()).collect();
    let happened = agree(setup, OCCASIONS, 300);
    // Nothing that was not seen has been compared.
    for event in events {
        let times = happened.get(&("event", event.clone())).copied().unwrap_or(0);
        assert!(times >= 20, "{event} happened {times} times");
    }
}
