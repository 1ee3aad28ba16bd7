//! Guarantee 3: variants share their randomness. Whatever is added or left out, nobody else's
//! draws move.

#[path = "support/scenarios.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};

use detente::engine::metric::{self, Metric};
use detente::engine::trial::Simulator;
use detente::model::registry::{Choices, PROCESSES};
use detente::scenario::setup::Setup;
use support::{compile, compile_variant, constant_pact, flagship};

/// Name and path of the alignment of every dyad in one trial.
fn paths(setup: &Setup, trial: u32) -> Vec<(String, Vec<f64>)> {
    let mut simulator = Simulator::new(setup);
    simulator.run(trial).unwrap();
    let dates = setup.calendar.dates().len();
    let path = |n: usize| (0..dates).map(|d| simulator.record().at(d)[n]).collect();
    let all = metric::series(setup).into_iter().enumerate();
    let alignments = all.filter(|(_, series)| series.metric == Metric::Alignment);
    alignments.map(|(n, series)| (series.subject, path(n))).collect()
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

/// Every process on, at constant hazards and without effect on the scores that others read, so that
/// only the draws are left to differ.
fn cut() -> String {
    let zero = |process: &str, keys: &[&str]| {
        let keys: String = keys.iter().map(|key| format!("{key} = 0\n")).collect();
        format!("[processes.{process}]\n{keys}")
    };
    let pact = ["b_a", "b_e", "b_t", "b_n", "b_d", "b_x", "b_m", "b_k"];
    let jumps = PROCESSES[0].parameters.iter().map(|p| p.name);
    let jumps: Vec<_> = jumps.filter(|name| name.starts_with("jump") || *name == "k_r").collect();
    let cut = [
        zero("alignment", &jumps),
        constant_pact(0.1),
        zero("consultation", &pact),
        zero("non_aggression", &pact),
        zero("economic_agreement", &["r_a"]),
        zero("contact", &["r_a"]),
        zero("pact_end", &["q", "q_young", "q_other"]),
        zero("withdrawal", &["q"]),
        zero("sanction", &["b_a", "b_t", "b_c", "b_v", "b_n", "share_arms"]) + "m_due = 1\n",
        zero("lifting", &["q"]),
        zero("warning", &["w0", "w1"]),
        zero("arms", &["r_a", "r_w", "r_p", "r_i"]) + "tech = 1\nboost = 1\n",
        zero("crisis", &["b_ctg", "b_t", "b_a", "b_s", "delta"]),
        zero("attack", &["p_war"]),
        zero("war", &["q"]),
    ];
    cut.concat()
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
        // A treaty signed and a war joined by events stop the clocks of their own dyads, and of no
        // other.
        let signed = ["PRK-RUS", "PRK-UKR"];
        let rest: Vec<_> =
            pacts(&all, trial).into_iter().filter(|(name, _)| !signed.contains(&&**name)).collect();
        same(&rest, &pacts(&none, trial));
    }
}

/// Whom a process touches even so: agreements take pairs out of the risk of weaker ones, and what is
/// signed waits for ratification.
fn touched(process: &str) -> &'static [&'static str] {
    match process {
        "pact" => &["consultation", "non-aggression", "partnership", "in-force"],
        "consultation" => &["non-aggression", "partnership", "in-force"],
        "non_aggression" => &["partnership", "in-force"],
        "partnership" | "economic_agreement" => &["in-force"],
        _ => &[],
    }
}

/// Kind, subject, count and first day of everything that fired in one trial.
fn fired(setup: &Setup, trial: u32) -> BTreeMap<(&'static str, String), (u32, i32)> {
    let mut simulator = Simulator::new(setup);
    simulator.run(trial).unwrap();
    let channels = setup.processes.iter().flat_map(|process| process.channels(&setup.frame));
    let counts = simulator.record().counts.iter().zip(&simulator.record().first_day);
    let fired = channels.zip(counts).filter(|(_, (count, _))| **count > 0);
    fired.map(|(c, (&count, &day))| ((c.kind, c.subject), (count, day))).collect()
}

#[test]
fn a_process_that_is_off_draws_nothing_from_the_others() {
    let text = flagship() + &cut();
    let all = compile_variant(&text, Some("forecast"));
    let mut kinds = BTreeSet::new();
    for entry in PROCESSES.iter().filter(|entry| entry.usual) {
        let name = entry.about.name;
        let header = format!("[processes.{name}]\n");
        let off = match text.contains(&header) {
            true => text.replace(&header, &format!("{header}on = false\n")),
            false => format!("{text}{header}on = false\n"),
        };
        let off = compile_variant(&off, Some("forecast"));
        assert_eq!(off.processes.len() + 1, all.processes.len());
        for trial in 0..8 {
            let (with, without) = (fired(&all, trial), fired(&off, trial));
            let own: Vec<_> = (entry.build)(&Choices::default())
                .channels(&all.frame)
                .into_iter()
                .map(|channel| channel.kind)
                .collect();
            for ((kind, subject), found) in &with {
                kinds.insert(*kind);
                if !own.contains(kind) && !touched(name).contains(kind) {
                    let key = (*kind, subject.clone());
                    assert_eq!(without.get(&key), Some(found), "{name} off moves {kind} {subject}");
                }
            }
            for key in without.keys().filter(|(kind, _)| !touched(name).contains(kind)) {
                assert!(with.contains_key(key), "{name} off brings about {key:?}");
            }
        }
    }
    assert!(kinds.len() > 10, "many kinds fired: {kinds:?}");
}

/// A promise that is never kept asks a question at every escalation, and changes nothing else: the
/// draws of the escalations stay where they are.
#[test]
fn a_question_more_moves_no_draw_of_the_escalations() {
    let quarrels =
        "[events.quarrels]\nrate = 6\nactions = [{ dispute = \"XBB\", from = \"XAA\" }]\n";
    let promise = "[treaties.promise]\nmembers = [\"XAA\", \"XBB\"]\nobligations = [\"non-aggression\"]\n\
                   signed = 1999-01-01\n";
    let processes = "[processes.attack]\np_war = 0.2\n[processes.war]\nq = 40\n\
                     [processes.casus_foederis]\nh_non_aggression = 0\n";
    let setup =
        |more: &str| support::peers(&["XAA", "XBB"], 0.0, processes, &(quarrels.to_owned() + more));
    let (with, without) = (setup(promise), setup(""));
    let mut attacks = 0;
    for trial in 0..20 {
        let [mut one, other] = [&with, &without].map(|setup| fired(setup, trial));
        let broken = one.remove(&("clause-broken", "XAA>XBB non-aggression".to_owned()));
        let attack = other.get(&("attack", "XAA>XBB".to_owned()));
        assert_eq!(broken.map(|b| b.0), attack.map(|a| a.0), "every attack breaks the promise");
        assert_eq!(one, other);
        attacks += attack.map_or(0, |a| a.0);
    }
    assert!(attacks > 50, "there were attacks: {attacks}");
}

#[test]
fn variants_part_only_where_they_differ() {
    let text = flagship();
    let (with, without) = (compile(&text), compile_variant(&text, Some("no-pact")));
    let treaty = with.calendar.step_at("2024-06-19".parse().unwrap());
    for trial in 0..20 {
        for ((name, one), (_, other)) in paths(&with, trial).iter().zip(paths(&without, trial)) {
            assert_eq!(one[..=treaty], other[..=treaty], "{name} before the treaty");
        }
    }
    let [one, other] = [&with, &without].map(|setup| paths(setup, 0));
    assert!(one != other, "the treaty does something");
}
