//! The scenarios that are measured.

use std::fmt::Write;

use detente::model::registry::PROCESSES;
use detente::scenario::setup::Setup;

const FLAGSHIP: &str = include_str!("../scenarios/russia-north-korea-2024.toml");

/// The flagship scenario with more text at its end.
pub fn flagship(more: &str) -> Setup {
    parse(&format!("{FLAGSHIP}{more}"))
}

/// Text that switches off every process but these.
fn only(names: &[&str]) -> String {
    let others = PROCESSES.iter().map(|entry| entry.about.name);
    let others = others.filter(|name| !names.contains(name));
    others.map(|name| format!("[processes.{name}]\non = false\n")).collect()
}

/// The flagship's states with alignment and one hazard channel for each dyad, nothing else.
pub fn core() -> Setup {
    flagship(&only(&["alignment", "pact", "league"]))
}

/// A world of so many invented states over ten years of months, every process on.
pub fn of_states(n: usize) -> Setup {
    let mut text = "\
title = \"Invented states\"

[run]
start = 2025-01-01
end = 2035-01-01
step = \"month\"
trials = 100
seed = 1

[summary]
dyads = [\"XAA-XAB\"]

[dyads]
default = { distance_km = 3000 }
XAA-XAB = { grievance = 1.0 }

[states]
"
    .to_owned();
    for k in 0..n {
        let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).expect("a letter"));
        let code = ['X', letter(k / 26), letter(k)].iter().collect::<String>();
        let capability = 0.5 / (n + k) as f64;
        let (ideal_point, isolation) = ((k % 9) as f64 * 0.4 - 1.6, 0.2 + 0.07 * (k % 7) as f64);
        writeln!(
            text,
            "{code} = {{ name = \"State {k}\", capability = {capability:.5}, \
             ideal_point = {ideal_point:.1}, isolation = {isolation:.2} }}",
        )
        .expect("a string takes text");
    }
    parse(&text)
}

/// How many dyad-steps a trial has.
pub fn dyad_steps(setup: &Setup) -> u64 {
    (setup.frame.dyads.len() * setup.frame.timeline.steps()) as u64
}

fn parse(text: &str) -> Setup {
    detente::scenario::parse(text, None).unwrap_or_else(|problems| panic!("{problems:?}"))
}
