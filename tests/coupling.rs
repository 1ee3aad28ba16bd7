//! Guarantee 3: variants share their randomness. Whatever is added or left out, nobody else's
//! draws move.

#[path = "support/scenarios.rs"]
mod support;

use detente::engine::trial::Simulator;
use detente::scenario::setup::Setup;
use support::{compile, compile_variant, constant_pact, flagship};

/// Name and path of the alignment of every dyad in one trial.
fn paths(setup: &Setup, trial: u32) -> Vec<(String, Vec<f64>)> {
    let mut simulator = Simulator::new(setup);
    simulator.run(trial).unwrap();
    let states = setup.frame.states();
    let dates = setup.calendar.dates().len();
    let path = |n: usize| (0..dates).map(|d| simulator.record().at(d)[states + n]).collect();
    let dyads = setup.summary_dyads.iter().enumerate();
    dyads.map(|(n, &dyad)| (setup.frame.dyad_name(dyad), path(n))).collect()
}

/// Name and (count, first day) of every pact channel in one trial.
fn pacts(setup: &Setup, trial: u32) -> Vec<(String, (u32, i32))> {
    let mut simulator = Simulator::new(setup);
    simulator.run(trial).unwrap();
    let record = simulator.record();
    let first = setup.frame.events.len();
    let dyads = setup.frame.dyads.iter();
    dyads
        .map(|(dyad, ..)| {
            let channel = first + dyad.index();
            let day = if record.counts[channel] > 0 { record.first_day[channel] } else { -1 };
            (setup.frame.dyad_name(dyad), (record.counts[channel], day))
        })
        .collect()
}

/// Holds every entry of `one` to the entry of the same name in `other`.
fn same<T: PartialEq + std::fmt::Debug>(one: &[(String, T)], other: &[(String, T)]) {
    for (name, value) in one {
        let (_, found) = other.iter().find(|(n, _)| n == name).expect("it is still there");
        assert!(value == found, "{name} moved");
    }
}

/// Processes whose effect on others is cut, so that only the draws are left to differ.
fn cut() -> String {
    format!(
        "{}[processes.pact_end]\non = false\n[processes.alignment]\njump_pact = 0\njump_sanction = 0\n",
        constant_pact(0.1)
    )
}

const STATE: &str = "AAA = { capability = 0.01, ideal_point = 0.5, isolation = 0.5 }\n";

fn with_state(text: &str) -> String {
    let states: Vec<_> = compile(text).frame.codes.iter().map(ToString::to_string).collect();
    let dyads: String =
        states.iter().map(|s| format!("AAA-{s} = {{ distance_km = 900 }}\n")).collect();
    text.replace("[states]\n", &format!("[states]\n{STATE}"))
        .replace("[dyads]\n", &format!("[dyads]\n{dyads}"))
}

#[test]
fn a_state_more_moves_no_draw() {
    let text = flagship() + &cut();
    let (without, with) = (compile(&text), compile(&with_state(&text)));
    assert_eq!(with.frame.states(), without.frame.states() + 1);
    for trial in 0..20 {
        same(&paths(&without, trial), &paths(&with, trial));
        same(&pacts(&without, trial), &pacts(&with, trial));
    }
}

#[test]
fn an_event_more_or_less_moves_no_draw() {
    let text = flagship() + &cut();
    let event = "[events.aid]\nrate = 3.0\nactions = [{ shift_isolation = \"PRK\", by = -0.01 }]\n";
    let more = compile(&(text.clone() + event));
    let (all, none) = (compile(&text), compile_variant(&text, Some("forecast")));
    assert!(none.frame.events.is_empty());
    for trial in 0..20 {
        same(&paths(&all, trial), &paths(&more, trial));
        same(&pacts(&all, trial), &pacts(&more, trial));
        // Treaties signed by an event stop the clock of their own dyads, and of no other.
        let signed = ["PRK-RUS"];
        let rest: Vec<_> =
            pacts(&all, trial).into_iter().filter(|(name, _)| !signed.contains(&&**name)).collect();
        same(&rest, &pacts(&none, trial));
    }
}

#[test]
fn a_process_that_is_off_draws_nothing_from_the_others() {
    let text = flagship() + &cut();
    let off = text.replace(
        "[processes.pact_end]\non = false\n",
        "[processes.pact_end]\nq = 0\nq_young = 0\n",
    );
    let (off, on) = (compile(&text), compile(&off));
    assert_eq!(off.processes.len() + 1, on.processes.len());
    for trial in 0..20 {
        same(&paths(&off, trial), &paths(&on, trial));
        same(&pacts(&off, trial), &pacts(&on, trial));
    }
}

#[test]
fn variants_part_only_where_they_differ() {
    let text = flagship();
    let (with, without) = (compile(&text), compile_variant(&text, Some("no-treaty")));
    let treaty = with.calendar.step_at("2024-06-19".parse().unwrap());
    for trial in 0..20 {
        for ((name, one), (_, other)) in paths(&with, trial).iter().zip(paths(&without, trial)) {
            assert_eq!(one[..=treaty], other[..=treaty], "{name} before the treaty");
        }
    }
    let [one, other] = [&with, &without].map(|setup| paths(setup, 0));
    assert!(one != other, "the treaty does something");
}
