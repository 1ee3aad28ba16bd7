//! Properties that hold for any world: scores stay in their ranges, and relabelling the states
//! permutes the results.

#[path = "support/scenarios.rs"]
mod support;

use std::collections::BTreeMap;

use detente::engine::trial::Simulator;
use detente::model::frame::{Frame, Slots};
use detente::model::ids::{Dyads, Pairs, StateId, TreatyId};
use detente::model::registry::PROCESSES;
use detente::model::treaty::{Obligation, Treaty};
use detente::model::world::World;
use detente::scenario::setup::Setup;
use proptest::prelude::{Strategy, prop, prop_assert, proptest};
use proptest::test_runner::Config;
use support::compile;

fn scenario(a: [f64; 3], isolation: f64, parameters: &[(&str, &str, f64)], shift: f64) -> String {
    let mut tables: BTreeMap<&str, String> = BTreeMap::new();
    for (process, name, value) in parameters {
        *tables.entry(process).or_default() += &format!("{name} = {value:?}\n");
    }
    *tables.entry("league").or_default() += "on = true\n";
    let processes: String =
        tables.iter().map(|(process, lines)| format!("[processes.{process}]\n{lines}")).collect();
    format!(
        "title = \"any\"\n[run]\nstart = 2020-01-31\nend = 2024-01-31\n[states]\n\
         XAA = {{ capability = 0.5, isolation = {isolation:?} }}\n\
         XBB = {{ capability = 0.001, isolation = 1.0 }}\n\
         XCC = {{ capability = 0.1, isolation = 0.0 }}\n\
         [dyads]\n\
         XAA-XBB = {{ distance_km = 0, alignment = {:?}, grievance = 9 }}\n\
         XAA-XCC = {{ distance_km = 9000, alignment = {:?} }}\n\
         XBB-XCC = {{ distance_km = 10, alignment = {:?} }}\n\
         [treaties.all]\nmembers = [\"XAA\", \"XBB\", \"XCC\"]\nobligations = [\"defence\"]\n\
         dimensions = [\"military\", \"political\", \"economic\"]\n\
         [sanctions.one]\nsenders = [\"XAA\"]\ntargets = [\"XBB\"]\ntypes = [\"trade\"]\n\
         [wars.one]\nside_a = [\"XAA\", \"XCC\"]\nside_b = [\"XBB\"]\n\
         [events.turmoil]\nrate = 2\nactions = [\n\
         {{ sign = \"all\" }}, {{ impose = \"one\" }}, {{ start_war = \"one\" }},\n\
         {{ shift_alignment = \"XAA-XBB\", by = {shift:?}, lasting = true }},\n\
         {{ shift_isolation = \"XCC\", by = {shift:?}, lasting = true }}]\n\
         [events.calm]\nrate = 3\nactions = [\n\
         {{ terminate = \"all\" }}, {{ lift = \"one\" }}, {{ end_war = \"one\" }}]\n\
         [events.strife]\nrate = 4\nactions = [\n\
         {{ attack = \"XCC\", from = \"XAA\" }}, {{ warn = \"XAA\", from = \"XCC\" }},\n\
         {{ arm = \"XBB\", from = \"XAA\" }}, {{ contact = \"XBB-XCC\" }},\n\
         {{ withdraw = \"all\", state = \"XCC\" }}, {{ lift_all = \"XBB\", from = \"XAA\" }}]\n\
         {processes}",
        a[0], a[1], a[2]
    )
}

/// Any value of any parameter, over the whole of its range or near its default.
fn parameters() -> impl Strategy<Value = Vec<(&'static str, &'static str, f64)>> {
    let any = PROCESSES.iter().flat_map(|entry| {
        entry.parameters.iter().map(|parameter| {
            let name = (entry.about.name, parameter.name);
            // A world of three states weighs at most sqrt(3) with capabilities that sum to 1.
            let low = if parameter.name == "w_tot" { 2.0 } else { parameter.min };
            // Two shares of one whole.
            let whole = ["share_threat", "share_display"].contains(&parameter.name);
            let high = if whole { 0.5 } else { parameter.max };
            prop::strategy::Union::new([
                (low..=high).boxed(),
                prop::strategy::Just(parameter.default.max(low)).boxed(),
            ])
            .prop_map(move |value| (name.0, name.1, value))
        })
    });
    any.collect::<Vec<_>>()
}

proptest! {
    #![proptest_config(Config { cases: 200, failure_persistence: None, ..Config::default() })]

    #[test]
    fn scores_stay_in_their_ranges(
        a in [-1.0..=1.0, -1.0..=1.0, -1.0..=1.0_f64],
        isolation in 0.0..=1.0,
        parameters in parameters(),
        shift in -1.0..=1.0,
    ) {
        let setup = compile(&scenario(a, isolation, &parameters, shift));
        let mut simulator = Simulator::new(&setup);
        for trial in 0..5 {
            // A score out of its range, or not a number, is an error of the trial.
            prop_assert!(simulator.run(trial).is_ok(), "{:?}", simulator.run(trial));
        }
    }

    #[test]
    fn relabelling_states_permutes_the_results(order in prop::sample::subsequence(vec![0, 1, 2, 3], 4).prop_shuffle(), trial in 0..1000_u32) {
        let straight = setup_in_order(&[0, 1, 2, 3]);
        let permuted = setup_in_order(&order);
        let (one, other) = (scores(&straight, trial), scores(&permuted, trial));
        prop_assert!(one.keys().eq(other.keys()));
        for (name, value) in &one {
            prop_assert!((value - other[name]).abs() < 1e-12, "{name}: {value} against {}", other[name]);
        }
    }
}

/// Every score at the end of a trial by the names of its states.
fn scores(setup: &Setup, trial: u32) -> BTreeMap<String, f64> {
    let mut simulator = Simulator::new(setup);
    simulator.run(trial).unwrap();
    let (frame, world) = (&setup.frame, simulator.world());
    let states = frame.codes.iter().zip(&world.isolation);
    let states = states.map(|(code, &isolation)| (code.to_string(), isolation));
    let dyads = frame.dyads.iter().map(|(d, ..)| (frame.dyad_name(d), world.alignment[d.index()]));
    states.chain(dyads).collect()
}

/// Four states among whom every process fires often, laid out in this order in memory (a compiled
/// scenario always has them in alphabetical order).
fn setup_in_order(order: &[usize]) -> Setup {
    let setup = compile(BUSY);
    let old = &setup.frame;
    let mut position = [0; 4];
    order.iter().enumerate().for_each(|(new, &old)| position[old] = new);
    let state = |old: StateId| StateId::new(position[old.index()]);
    let sorted = |states: &[StateId]| {
        let mut states: Vec<_> = states.iter().map(|&s| state(s)).collect();
        states.sort_unstable();
        states
    };
    let (dyads, pairs) = (Dyads::new(4), Pairs::new(4));
    let was = |new: StateId| StateId::new(order[new.index()]);
    let old_dyad: Vec<_> =
        dyads.iter().map(|(_, i, j)| old.dyads.between(was(i), was(j))).collect();
    let old_pair: Vec<_> =
        pairs.iter().map(|(_, i, j)| old.pairs.between(was(i), was(j))).collect();
    let by_state = |values: &[f64]| order.iter().map(|&k| values[k]).collect::<Vec<_>>();
    let by_dyad = |values: &[f64]| old_dyad.iter().map(|d| values[d.index()]).collect::<Vec<_>>();
    let treaties = old.treaties.iter().map(|treaty| Treaty {
        members: sorted(&treaty.members),
        candidates: sorted(&treaty.candidates),
        debtors: treaty.debtors.as_ref().map(|debtors| sorted(debtors)),
        ..treaty.clone()
    });
    let layers = old
        .slots
        .layers
        .each_ref()
        .map(|layer| old_dyad.iter().map(|d| layer[d.index()]).collect::<Vec<_>>());
    let leagues = order.iter().map(|&k| old.slots.leagues[k]).collect();
    let frame = Frame {
        codes: order.iter().map(|&k| old.codes[k]).collect(),
        names: order.iter().map(|&k| old.names[k].clone()).collect(),
        state_entities: order.iter().map(|&k| old.state_entities[k]).collect(),
        dyad_entities: old_dyad.iter().map(|d| old.dyad_entities[d.index()]).collect(),
        pair_entities: old_pair.iter().map(|p| old.pair_entities[p.index()]).collect(),
        weight: by_state(&old.weight),
        distance_km: by_dyad(&old.distance_km),
        contiguous: old_dyad.iter().map(|d| old.contiguous[d.index()]).collect(),
        treaties: treaties.collect(),
        slots: Slots { layers, leagues },
        dyads: dyads.clone(),
        pairs,
        ..old.clone()
    };
    let start = &setup.initial;
    let mut initial = World::new(
        &frame,
        by_state(&start.capability),
        by_state(&start.isolation),
        by_dyad(&start.alignment),
        by_dyad(&start.grievance),
    );
    for n in (0..frame.treaties.len()).map(TreatyId::new) {
        if start.treaties.in_force(n) {
            initial.treaties.sign(&frame, n, -1.0);
            initial.treaties.enter(&frame, n);
        }
    }
    Setup { summary_dyads: dyads.iter().map(|(d, ..)| d).collect(), frame, initial, ..setup }
}

/// Four states, every process on, hazards high, some alliances.
const BUSY: &str = r#"
title = "busy"
[run]
start = 2000-01-01
end = 2006-01-01
seed = 20240619
[states]
XAA = { capability = 0.2, isolation = 0.1, ideal_point = 0.1 }
XBB = { capability = 0.05, isolation = 0.4, ideal_point = -0.6 }
XCC = { capability = 0.01, isolation = 0.7, ideal_point = 1.4 }
XDD = { capability = 0.1, isolation = 0.6, ideal_point = 0.9 }
[dyads]
XAA-XBB = { distance_km = 0, grievance = 0.4 }
XAA-XCC = { distance_km = 600, contiguous = true }
XAA-XDD = { distance_km = 900, alignment = -0.6, grievance = 1.0 }
XBB-XCC = { distance_km = 1500, alignment = 0.7 }
XBB-XDD = { distance_km = 10, alignment = -0.2 }
XCC-XDD = { distance_km = 2100, alignment = -0.5, grievance = 0.1 }
[treaties.triple]
members = ["XAA", "XBB", "XCC"]
obligations = ["defence", "offence"]
conditional = false
open = true
signed = 1999-01-01
[treaties.quiet]
members = ["XBB", "XDD"]
obligations = ["neutrality", "non-aggression"]
signed = 1999-01-01
[processes.league]
on = true
rate = 0.3
c0 = 1
[processes.pact]
b0 = -2
[processes.consultation]
b0 = -2
[processes.alignment]
beta_b = 0.5
[processes.pact_end]
q = 0.3
q_young = 0.3
[processes.sanction]
b0 = -2
[processes.lifting]
q = 0.5
[processes.arms]
r0 = 0.2
[processes.crisis]
b0 = -1
[processes.attack]
p_war = 0.4
[processes.accession]
b0 = -1
[processes.withdrawal]
q = 0.2
"#;

/// Alignment is one number a dyad; what else is symmetric is so in both directions.
#[test]
fn symmetric_quantities_are_symmetric() {
    let setup = setup_in_order(&[2, 0, 3, 1]);
    let mut simulator = Simulator::new(&setup);
    let mut bound = 0;
    for trial in 0..50 {
        simulator.run(trial).unwrap();
        let world = simulator.world();
        let mut derived = detente::model::derived::Derived::new(&setup.frame);
        derived.update(&setup.frame, world);
        for (dyad, i, j) in setup.frame.dyads.iter() {
            let owes = |a: StateId, b: StateId| world.treaties.owes(a, b, Obligation::Defence);
            assert_eq!(owes(i, j), owes(j, i), "no treaty here names its debtors");
            bound += usize::from(owes(i, j));
            assert_eq!(derived.hostility(i, j), derived.hostility(j, i));
            let others = (0..setup.frame.states()).map(StateId::new);
            let shared = others.filter(|&k| owes(i, k) && owes(j, k)).count();
            assert_eq!(derived.shared[dyad.index()] as usize, shared);
        }
    }
    assert!(bound > 20, "pacts were formed: {bound}");
}
