//! Holds the engine to the oracle.

use detente::engine::trial::Simulator;
use detente::model::ids::{StateId, TreatyId};
use detente::model::war::{Camp, Part};
use detente::scenario::setup::Setup;

use super::acts::Side;
use super::facts::{Facts, Map, Name, Pair, TYPES};
use super::{Channel, Oracle, drawn};

/// Runs trials of both; how often each kind of thing happened in all of them.
pub fn agree(setup: Setup, text: &str, trials: u32) -> Map<Channel, u32> {
    let setup: &'static Setup = Box::leak(Box::new(setup));
    let groups = drawn::groups(text);
    let mut happened = Map::new();
    // One after the other in the same buffers: nothing of a trial is left to the next.
    let mut simulator = Simulator::new(setup);
    for trial in 0..trials {
        let facts = Facts::read(setup, drawn::draw(setup, &groups, trial));
        simulator.run(trial).unwrap();
        same_numbers(facts, &simulator, &format!("trial {trial}"));
        let mut oracle = Oracle::new(facts, trial);
        let what = |step: usize| format!("trial {trial}, step {step}");
        same_scores(&oracle, simulator.record().at(0), &format!("trial {trial}, at the start"));
        for step in 0..facts.setup.frame.timeline.steps() {
            oracle.step(step);
            same_scores(&oracle, simulator.record().at(step + 1), &what(step));
        }
        let what = format!("trial {trial}, at the end");
        same_world(&oracle, &simulator, &what);
        same_counts(&oracle, &simulator, &what);
        for (channel, count) in &oracle.counts {
            *happened.entry(channel.clone()).or_default() += count;
        }
    }
    happened
}

/// How often each kind of thing happened.
pub fn by_kind(happened: &Map<Channel, u32>) -> Map<Name, u32> {
    let mut kinds = Map::new();
    for ((kind, _), count) in happened {
        *kinds.entry(*kind).or_default() += count;
    }
    kinds
}

fn same_numbers(facts: &Facts, simulator: &Simulator<'_>, what: &str) {
    let numbers = &facts.setup.uncertainty.numbers;
    assert_eq!(numbers.len(), facts.drawn.len());
    for (number, engine) in numbers.iter().zip(&simulator.inputs().drawn) {
        let naive = facts.drawn[&number.key];
        let off = (engine - naive).abs() / naive.abs().max(1.0);
        assert!(off < 1e-12, "{what}, {}: {engine} against {naive}", number.key);
    }
}

fn close(engine: f64, naive: f64, what: &str, of: &str) {
    assert!((engine - naive).abs() < 1e-12, "{what}, {of}: {engine} against {naive}");
}

fn same_scores(oracle: &Oracle, row: &[f64], what: &str) {
    let world = &oracle.world;
    let states = world.isolation.len();
    assert_eq!(row.len(), 2 * states + world.alignment.len());
    let (isolation, rest) = row.split_at(states);
    let (capability, dyads) = rest.split_at(states);
    for (engine, (state, naive)) in isolation.iter().zip(&world.isolation) {
        close(*engine, *naive, what, &format!("isolation of {state}"));
    }
    for (engine, state) in capability.iter().zip(world.own_capability.keys()) {
        close(*engine, world.capability(state), what, &format!("capability of {state}"));
    }
    for (engine, (pair, naive)) in dyads.iter().zip(&world.alignment) {
        close(*engine, *naive, what, &format!("alignment of {pair:?}"));
    }
}

fn same_world(oracle: &Oracle, simulator: &Simulator<'_>, what: &str) {
    let (facts, naive, engine) = (oracle.facts, &oracle.world, simulator.world());
    for (n, state) in facts.states.iter().enumerate() {
        close(engine.capability[n], naive.capability(state), what, &format!("c of {state}"));
    }
    for (n, pair) in facts.dyads.iter().enumerate() {
        close(engine.grievance[n], naive.grievance[pair], what, &format!("G of {pair:?}"));
        close(engine.rapport[n], naive.rapport[pair], what, &format!("R of {pair:?}"));
    }
    for (n, text) in facts.treaties.iter().enumerate() {
        let id = TreatyId::new(n);
        let code = |s: StateId| facts.states[s.index()];
        let members: Vec<Name> =
            engine.treaties.members(&facts.setup.frame, id).map(code).collect();
        let standing = naive.treaties.get(text.name);
        let theirs: Vec<Name> = standing.iter().flat_map(|s| s.members.iter().copied()).collect();
        assert_eq!(members, theirs, "{what}: members of {}", text.name);
        let in_force = standing.is_some_and(|s| s.in_force);
        assert_eq!(engine.treaties.in_force(id), in_force, "{what}: {}", text.name);
    }
    for &pair in &facts.pairs {
        same_pair(oracle, simulator, pair, what);
    }
    same_wars(oracle, simulator, what);
}

/// Sanctions by type, threats and deliveries.
fn same_pair(oracle: &Oracle, simulator: &Simulator<'_>, (a, b): Pair, what: &str) {
    let (naive, engine) = (&oracle.world, simulator.world());
    let place = |state: Name| oracle.facts.states.iter().position(|s| *s == state).unwrap();
    let (i, j) = (StateId::new(place(a)), StateId::new(place(b)));
    for (bit, kind) in TYPES.iter().enumerate() {
        let on = engine.sanctions.by_type(i, j, bit);
        assert_eq!(on, naive.sanctions_by(a, b, kind), "{what}: {kind} of {a} on {b}");
    }
    let due = naive.due_until.contains_key(&(a, b));
    assert_eq!(engine.ledger.due(i, j), due, "{what}: threat of {a} to {b}");
    let delivers = naive.delivers_until.contains_key(&(a, b));
    assert_eq!(engine.ledger.delivering(i, j), delivers, "{what}: arms of {a} to {b}");
    let frame = &oracle.facts.setup.frame;
    let at_war = engine.wars.between(frame.dyads.between(i, j));
    assert_eq!(at_war, naive.at_war(a, b), "{what}: {a} against {b}");
}

fn same_wars(oracle: &Oracle, simulator: &Simulator<'_>, what: &str) {
    let (facts, engine) = (oracle.facts, &simulator.world().wars);
    let fought: Map<Name, _> =
        engine.fought().iter().map(|war| (facts.wars[war.id.index()], war)).collect();
    let names: Vec<Name> = fought.keys().copied().collect();
    let theirs: Vec<Name> = oracle.world.wars.keys().copied().collect();
    assert_eq!(names, theirs, "{what}: wars");
    for (name, war) in &oracle.world.wars {
        assert_eq!(fought[name].held, war.held, "{what}: {name}");
        for (n, state) in facts.states.iter().enumerate() {
            let camp = |side| if side == Side::Attacker { Camp::Attacker } else { Camp::Target };
            let part = match war.parts.get(state) {
                None => Part::Outside,
                Some((side, true)) => Part::First(camp(*side)),
                Some((side, false)) => Part::Joined(camp(*side)),
            };
            let theirs = engine.part(fought[name].id, StateId::new(n));
            assert_eq!(theirs, part, "{what}: {state} in {name}");
        }
    }
}

/// What happened, and how often: the same rows, and nothing the engine has no row for.
fn same_counts(oracle: &Oracle, simulator: &Simulator<'_>, what: &str) {
    let setup = oracle.facts.setup;
    let rows = setup.processes.iter().flat_map(|process| process.channels(&setup.frame));
    let engine: Map<Channel, u32> = rows
        .zip(&simulator.record().counts)
        .filter(|(_, count)| **count > 0)
        .map(|(row, &count)| ((row.kind, row.subject), count))
        .collect();
    for (row, count) in &engine {
        assert_eq!(Some(count), oracle.counts.get(row), "{what}: engine has {row:?}");
    }
    for (row, count) in &oracle.counts {
        assert_eq!(Some(count), engine.get(row), "{what}: oracle has {row:?}");
    }
}

/// Every kind of thing that can happen in a scenario.
pub fn kinds(setup: &Setup) -> std::collections::BTreeSet<Name> {
    let rows = setup.processes.iter().flat_map(|process| process.channels(&setup.frame));
    rows.map(|row| row.kind).collect()
}
