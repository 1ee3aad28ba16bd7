//! Properties that hold for any world: scores stay in their ranges, and relabelling the states
//! permutes the results.

#[path = "support/scenarios.rs"]
mod support;

use std::collections::BTreeMap;

use detente::engine::trial::Simulator;
use detente::model::entity::Entity;
use detente::model::frame::Frame;
use detente::model::ids::{DyadId, Dyads, StateCode, StateId, TreatyId};
use detente::model::process::Process;
use detente::model::processes::events::Events;
use detente::model::registry::PROCESSES;
use detente::model::treaty::{Bond, Dimension, Obligation, Treaty};
use detente::model::world::World;
use detente::scenario::setup::Setup;
use proptest::prelude::{Strategy, prop, prop_assert, proptest};
use proptest::test_runner::Config;
use support::{compile, pair};

fn scenario(a: [f64; 3], isolation: f64, parameters: &[(&str, &str, f64)], shift: f64) -> String {
    let mut tables: BTreeMap<&str, String> = BTreeMap::new();
    for (process, name, value) in parameters {
        *tables.entry(process).or_default() += &format!("{name} = {value:?}\n");
    }
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
            prop::strategy::Union::new([
                (low..=parameter.max).boxed(),
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

/// Four states with a pact process that fires often, laid out in this order in memory (a compiled
/// scenario always has them in alphabetical order).
fn setup_in_order(order: &[usize]) -> Setup {
    let codes = ["XAA", "XBB", "XCC", "XDD"];
    let capability = [0.2, 0.05, 0.01, 0.1];
    let isolation = [0.1, 0.4, 0.7, 0.6];
    let alignment = |i: usize, j: usize| 0.9 - 0.2 * (i + i * j) as f64;
    let dyads = Dyads::new(4);
    let at = |d: DyadId| {
        let (i, j) = dyads.pair(d);
        let (i, j) = (order[i.index()], order[j.index()]);
        (i.min(j), i.max(j))
    };
    let of_dyads = |f: &dyn Fn(usize, usize) -> f64| -> Vec<f64> {
        dyads
            .iter()
            .map(|(d, ..)| {
                let (i, j) = at(d);
                f(i, j)
            })
            .collect()
    };
    let base = pair(6, "month", 0.0, "", "");
    let treaties = dyads.iter().map(|(d, i, j)| {
        let (low, high) = at(d);
        let name = format!("pact {}-{}", codes[low], codes[high]);
        Treaty {
            entity: Entity::named("treaty", &name),
            name,
            members: vec![i, j],
            obligations: vec![Obligation::Defence],
            bonds: vec![Bond { debtor: i, creditor: j }, Bond { debtor: j, creditor: i }],
            dyads: vec![d],
            dimensions: vec![Dimension::Military, Dimension::Political],
        }
    });
    let frame = Frame {
        codes: order.iter().map(|&k| StateCode::new(codes[k]).unwrap()).collect(),
        names: order.iter().map(|&k| codes[k].to_owned()).collect(),
        dyad_entities: dyads
            .iter()
            .map(|(d, ..)| Entity::dyad(codes[at(d).0], codes[at(d).1]))
            .collect(),
        weight: order.iter().map(|&k| f64::sqrt(capability[k])).collect(),
        distance_km: of_dyads(&|i, j| 300.0 * (i + 2 * j) as f64),
        timeline: base.frame.timeline.clone(),
        treaties: treaties.collect(),
        pact_slots: (0..dyads.len()).map(TreatyId::new).collect(),
        sanctions: Vec::new(),
        wars: Vec::new(),
        events: Vec::new(),
        dyads: dyads.clone(),
    };
    let initial = World::new(
        &frame,
        order.iter().map(|&k| capability[k]).collect(),
        order.iter().map(|&k| isolation[k]).collect(),
        of_dyads(&alignment),
        of_dyads(&|i, j| (i * j) as f64 / 3.0),
    );
    let processes = PROCESSES.iter().map(|entry| {
        let values: Vec<f64> = entry
            .parameters
            .iter()
            .map(|p| match p.name {
                "b0" => -2.0,
                "beta_b" => 0.5,
                "q" | "q_young" => 0.2,
                _ => p.default,
            })
            .collect();
        (entry.build)(&values)
    });
    let events: Box<dyn Process> = Box::new(Events);
    Setup {
        processes: std::iter::once(events).chain(processes).collect(),
        summary_dyads: dyads.iter().map(|(d, ..)| d).collect(),
        frame,
        initial,
        ..base
    }
}

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
        for (_, i, j) in setup.frame.dyads.iter() {
            let owes = |a: StateId, b: StateId| world.owes(a, b, Obligation::Defence);
            assert_eq!(owes(i, j), owes(j, i), "bilateral pacts are mutual");
            bound += usize::from(owes(i, j));
            assert_eq!(derived.hostility(i, j), derived.hostility(j, i));
            assert_eq!(derived.shared_enemy(i, j), derived.shared_enemy(j, i));
            assert_eq!(derived.shared_partners(i, j), derived.shared_partners(j, i));
        }
    }
    assert!(bound > 20, "pacts were formed: {bound}");
}
