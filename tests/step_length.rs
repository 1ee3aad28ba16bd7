//! V24 for the whole model: how often things happen does not hang on the length of the step.

#[path = "support/scenarios.rs"]
mod support;

use std::collections::BTreeMap;

use detente::engine::trial::Simulator;
use detente::scenario::setup::Setup;
use support::{compile_variant, flagship, moments};

/// The kinds that are counted.
const KINDS: [&str; 7] =
    ["dispute", "sanction", "pact", "consultation", "arms", "contact", "sanction-lifted"];

/// The flagship without what asks for months, in steps of this length.
fn setup(step: &str, seed: u64) -> Setup {
    let text = flagship();
    let outcomes = text.find("[outcomes.").expect("it has outcomes");
    let text = text[..outcomes].replace("step = \"month\"", &format!("step = \"{step}\""));
    let mut setup = compile_variant(&text, Some("forecast"));
    setup.seed = seed;
    setup
}

/// Counts a year in each trial, by kind.
fn counts(setup: &Setup, trials: u32) -> BTreeMap<&'static str, Vec<f64>> {
    let channels = setup.processes.iter().flat_map(|process| process.channels(&setup.frame));
    let kinds: Vec<_> = channels.map(|channel| channel.kind).collect();
    let years = setup.frame.timeline.steps() as f64 * setup.frame.timeline.dt;
    let mut simulator = Simulator::new(setup);
    let mut counts: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    for trial in 0..trials {
        simulator.run(trial).expect("the trial ends well");
        for kind in KINDS {
            let of_kind = kinds.iter().zip(&simulator.record().counts).filter(|(k, _)| **k == kind);
            let count: u32 = of_kind.map(|(_, count)| count).sum();
            counts.entry(kind).or_default().push(f64::from(count) / years);
        }
    }
    counts
}

fn compare(steps: [&str; 2], trials: [u32; 2], bar: f64) {
    let [one, other] = [0, 1].map(|n| counts(&setup(steps[n], n as u64 + 1), trials[n]));
    for kind in KINDS {
        let ((p, v), (q, w)) = (moments(&one[kind]), moments(&other[kind]));
        let (n, m) = (one[kind].len() as f64, other[kind].len() as f64);
        let error = (v / n + w / m).sqrt();
        // A Poisson count of this mean would have the variance mean / years.
        let clustering = v * 5.0 / p;
        println!(
            "{kind}: {p:.4} ({:.4}) in steps of a {}, {q:.4} ({:.4}) of a {}; variance over that of a \
             Poisson count {clustering:.2}",
            (v / n).sqrt(),
            steps[0],
            (w / m).sqrt(),
            steps[1]
        );
        assert!((p - q).abs() < bar * error, "{kind}: {p} and {q}, error {error}");
    }
}

/// Three combined standard errors for seven comparisons; two would fail in three of ten runs.
#[test]
fn v24_months_and_weeks_agree() {
    compare(["month", "week"], [600, 300], 3.0);
}

/// The figures of docs/model.md: a quarter of an hour.
#[test]
#[ignore = "slow: 12,000 trials; prints the figures of docs/model.md"]
fn v24_months_weeks_and_quarters_at_length() {
    compare(["month", "week"], [8_000, 4_000], 4.0);
    compare(["month", "quarter"], [8_000, 8_000], f64::INFINITY);
}
