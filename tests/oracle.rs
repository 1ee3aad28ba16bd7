//! A naive, slow oracle of a trial: maps keyed by names, every quantity computed afresh from its
//! definition, on the same random streams. The engine agrees to 1e-12.

#[path = "support/scenarios.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};

use detente::engine::streams::Streams;
use detente::engine::trial::Simulator;
use detente::model::change::Change;
use detente::model::draws::Draws;
use detente::model::entity::Entity;
use detente::model::event::Timing;
use detente::model::process::Tag;
use detente::scenario::setup::Setup;
use support::{compile, flagship};

type Pair = (String, String);

fn pair(a: &str, b: &str) -> Pair {
    if a < b { (a.into(), b.into()) } else { (b.into(), a.into()) }
}

/// A hazard's clock: what is left of its threshold, and how often it has fired.
struct Clock {
    left: f64,
    fired: u32,
}

struct Treaty {
    entity: Entity,
    members: Vec<String>,
    /// (debtor, creditor) for every bond.
    bonds: BTreeSet<Pair>,
    obligations: BTreeSet<&'static str>,
    economic: bool,
    political: bool,
    since: Option<f64>,
    end: Clock,
}

struct Oracle<'s> {
    setup: &'s Setup,
    streams: Streams,
    capability: BTreeMap<String, f64>,
    isolation: BTreeMap<String, f64>,
    isolation0: BTreeMap<String, f64>,
    bonds0: BTreeMap<String, f64>,
    alignment: BTreeMap<Pair, f64>,
    alignment0: BTreeMap<Pair, f64>,
    grievance: BTreeMap<Pair, f64>,
    treaties: BTreeMap<String, Treaty>,
    sanctions: BTreeMap<String, (bool, Vec<Pair>, bool)>,
    /// Whether each war is on, and who fights whom in it.
    wars: BTreeMap<String, (bool, Vec<Pair>)>,
    pacts: BTreeMap<Pair, Clock>,
    /// Clocks of the events that come at a rate.
    events: BTreeMap<String, Clock>,
}

const DT: f64 = 1.0 / 12.0;

impl<'s> Oracle<'s> {
    fn new(setup: &'s Setup, trial: u32) -> Self {
        let (frame, world) = (&setup.frame, &setup.initial);
        let code = |i: usize| frame.codes[i].to_string();
        let by_state =
            |values: &[f64]| values.iter().enumerate().map(|(i, &v)| (code(i), v)).collect();
        let by_pair = |values: &[f64]| -> BTreeMap<Pair, f64> {
            frame
                .dyads
                .iter()
                .map(|(d, i, j)| (pair(&code(i.index()), &code(j.index())), values[d.index()]))
                .collect()
        };
        let mut streams = Streams::new(setup.seed, trial);
        let treaties = frame.treaties.iter().zip(&world.treaty_since).map(|(t, &since)| {
            let name = |s: detente::model::ids::StateId| code(s.index());
            let left = streams.unit_exponential(Tag(3), Entity::named("treaty", &t.name), 0);
            let treaty = Treaty {
                entity: Entity::named("treaty", &t.name),
                members: t.members.iter().map(|&m| name(m)).collect(),
                bonds: t.bonds.iter().map(|b| (name(b.debtor), name(b.creditor))).collect(),
                obligations: t.obligations.iter().map(|o| o.name()).collect(),
                economic: t.dimensions.iter().any(|d| d.name() == "economic"),
                political: t.dimensions.iter().any(|d| d.name() == "political"),
                since,
                end: Clock { left, fired: 0 },
            };
            (t.name.clone(), treaty)
        });
        let treaties = treaties.collect();
        let sanctions = frame.sanctions.iter().zip(&world.sanction_on).map(|(s, &on)| {
            let links = s.links.iter().map(|&(a, b)| (code(a.index()), code(b.index()))).collect();
            let counts = (0..3).any(|bit| s.types.holds(bit));
            (s.name.clone(), (on, links, counts))
        });
        let wars = frame.wars.iter().zip(&world.war_on).map(|(w, &on)| {
            let pairs = w.dyads.iter().map(|&d| {
                let (i, j) = frame.dyads.pair(d);
                pair(&code(i.index()), &code(j.index()))
            });
            (w.name.clone(), (on, pairs.collect()))
        });
        let (sanctions, wars) = (sanctions.collect(), wars.collect());
        let alignment = by_pair(&world.alignment);
        let pacts = alignment.keys().map(|key| {
            let left = streams.unit_exponential(Tag(2), Entity::dyad(&key.0, &key.1), 0);
            (key.clone(), Clock { left, fired: 0 })
        });
        let pacts = pacts.collect();
        let events = frame.events.iter().map(|event| {
            let left = streams.unit_exponential(Tag(100), Entity::named("event", &event.name), 0);
            (event.name.clone(), Clock { left, fired: 0 })
        });
        let events = events.collect();
        let mut oracle = Self {
            setup,
            streams,
            capability: by_state(&world.capability),
            isolation: by_state(&world.isolation),
            isolation0: by_state(&world.isolation),
            bonds0: BTreeMap::new(),
            alignment0: alignment.clone(),
            alignment,
            grievance: by_pair(&world.grievance),
            treaties,
            sanctions,
            wars,
            pacts,
            events,
        };
        // Bonds of the start do not know the events of the first day.
        oracle.bonds0 =
            oracle.states().into_iter().map(|i| (i.clone(), oracle.bonds(&i))).collect();
        let first = frame.events.iter().filter(|event| event.timing == Timing::Day(0));
        let first: Vec<_> = first.flat_map(|event| event.changes.clone()).collect();
        first.iter().for_each(|change| oracle.change(change, 0.0));
        oracle
    }

    /// A parameter as the scenario has it.
    fn p(&self, process: &str, name: &str) -> f64 {
        let found = self
            .setup
            .parameters
            .iter()
            .find(|value| value.process == process && value.parameter.name == name);
        found.unwrap_or_else(|| panic!("{process}.{name}")).value
    }

    fn at_war(&self, i: &str, j: &str) -> bool {
        self.wars.values().any(|(on, pairs)| *on && pairs.contains(&pair(i, j)))
    }

    fn states(&self) -> Vec<String> {
        self.capability.keys().cloned().collect()
    }

    fn bound(&self, i: &str, j: &str, obligation: &str) -> bool {
        self.treaties.values().any(|t| {
            t.since.is_some()
                && t.obligations.contains(obligation)
                && (t.bonds.contains(&(i.into(), j.into()))
                    || t.bonds.contains(&(j.into(), i.into())))
        })
    }

    fn sanctions(&self, from: &str, to: &str) -> bool {
        let link = (from.to_owned(), to.to_owned());
        self.sanctions.values().any(|(on, links, counts)| *on && *counts && links.contains(&link))
    }

    fn tension(&self, i: &str, j: &str) -> f64 {
        1.0 - (-0.7 * self.grievance[&pair(i, j)]).exp()
    }

    fn hostility(&self, i: &str, j: &str) -> f64 {
        if self.sanctions(i, j) || self.sanctions(j, i) || self.at_war(i, j) {
            1.0
        } else {
            self.tension(i, j)
        }
    }

    fn third(&self, i: &str, j: &str) -> Vec<String> {
        self.states().into_iter().filter(|k| k != i && k != j).collect()
    }

    fn pact_hazard(&self, (i, j): &Pair) -> f64 {
        let third = self.third(i, j);
        let enemy = third.iter().map(|k| self.hostility(i, k).min(self.hostility(j, k)));
        let enemy = enemy.fold(0.0, f64::max);
        let partners =
            third.iter().filter(|k| self.bound(i, k, "defence") && self.bound(j, k, "defence"));
        let frame = &self.setup.frame;
        let id = |code: &str| {
            let at = frame.codes.iter().position(|c| c.as_str() == code).unwrap();
            detente::model::ids::StateId::new(at)
        };
        let distance = frame.distance_km[frame.dyads.between(id(i), id(j)).index()];
        let (ci, cj) = (self.capability[i], self.capability[j]);
        let b = |name| self.p("pact", name);
        let eta = b("b0")
            + b("b_a") * self.alignment[&pair(i, j)]
            + b("b_e") * enemy
            + b("b_t") * self.tension(i, j)
            + b("b_n") * (1.0 + partners.count() as f64).ln()
            + b("b_d") * (distance + 50.0).ln()
            + b("b_x") * ci.max(cj).ln()
            + b("b_m") * ci.min(cj).ln()
            + b("beta_i") * self.isolation[i] * self.isolation[j];
        (1.0 + eta.exp()).ln()
    }

    /// sum_j w_j B_ij.
    fn bonds(&self, i: &str) -> f64 {
        let others = self.states().into_iter().filter(|j| j != i);
        others
            .map(|j| {
                let m = if self.bound(i, &j, "defence") {
                    1.0
                } else if self.bound(i, &j, "consultation") {
                    0.4
                } else if self.bound(i, &j, "non-aggression") {
                    0.2
                } else {
                    0.0
                };
                let economic = self.treaties.values().any(|t| {
                    let inside = |s: &str| t.members.iter().any(|m| m == s);
                    t.since.is_some() && t.economic && inside(i) && inside(&j)
                });
                let a = self.alignment[&pair(i, &j)];
                let sanctioned = if self.sanctions(&j, i) { 1.0 } else { 0.0 };
                let bond = 0.5 * m
                    + 0.5 * (1.0 + a) / 2.0
                    + if economic { self.p("isolation", "w_eco") } else { 0.0 };
                self.capability[&j].sqrt() * (bond - sanctioned)
            })
            .sum()
    }

    fn jump(&mut self, i: &str, j: &str, by: f64) {
        let a = self.alignment.get_mut(&pair(i, j)).unwrap();
        *a = if by > 0.0 { *a + by * (1.0 - *a) } else { *a + by * (1.0 + *a) };
    }

    fn sign(&mut self, name: &str, now: f64) {
        let treaty = self.treaties.get_mut(name).unwrap();
        if treaty.since.is_some() {
            return;
        }
        treaty.since = Some(now);
        let members = treaty.members.clone();
        if treaty.political {
            let by = self.p("alignment", "jump_pact");
            for (n, i) in members.iter().enumerate() {
                members[n + 1..].iter().for_each(|j| self.jump(i, j, by));
            }
        }
    }

    fn impose(&mut self, name: &str) {
        let by = self.p("alignment", "jump_sanction");
        let entry = self.sanctions.get_mut(name).unwrap();
        if !std::mem::replace(&mut entry.0, true) {
            let links = entry.1.clone();
            links.iter().for_each(|(i, j)| self.jump(i, j, by));
        }
    }

    fn start_war(&mut self, name: &str) {
        let by = self.p("alignment", "jump_war");
        let adds = self.p("decay", "g_war");
        let war = self.wars.get_mut(name).unwrap();
        if !std::mem::replace(&mut war.0, true) {
            for (i, j) in war.1.clone() {
                self.jump(&i, &j, by);
                *self.grievance.get_mut(&pair(&i, &j)).unwrap() += adds;
            }
        }
    }

    fn change(&mut self, change: &Change, now: f64) {
        let frame = &self.setup.frame;
        let code = |s: detente::model::ids::StateId| frame.codes[s.index()].to_string();
        match *change {
            Change::Sign(id) => self.sign(&frame.treaties[id.index()].name, now),
            Change::Terminate(id) => {
                self.treaties.get_mut(&frame.treaties[id.index()].name).unwrap().since = None;
            }
            Change::Impose(id) => self.impose(&frame.sanctions[id.index()].name),
            Change::Lift(id) => {
                self.sanctions.get_mut(&frame.sanctions[id.index()].name).unwrap().0 = false;
            }
            Change::StartWar(id) => self.start_war(&frame.wars[id.index()].name),
            Change::EndWar(id) => {
                self.wars.get_mut(&frame.wars[id.index()].name).unwrap().0 = false;
            }
            Change::ShiftAlignment { dyad, by, lasting } => {
                let (i, j) = frame.dyads.pair(dyad);
                let (i, j) = (code(i), code(j));
                self.jump(&i, &j, by);
                if lasting {
                    let a = self.alignment0.get_mut(&pair(&i, &j)).unwrap();
                    *a += by * if by > 0.0 { 1.0 - *a } else { 1.0 + *a };
                }
            }
            Change::ShiftIsolation { state, by, lasting } => {
                let shift = |i: f64| i + by * if by > 0.0 { 1.0 - i } else { i };
                let now = self.isolation.get_mut(&code(state)).unwrap();
                *now = shift(*now);
                if lasting {
                    let anchor = self.isolation0.get_mut(&code(state)).unwrap();
                    *anchor = shift(*anchor);
                }
            }
        }
    }

    /// S_ij: the weighted mean of a_ik a_kj over third states.
    fn balance(&self, i: &str, j: &str) -> f64 {
        let third = self.third(i, j);
        let weight = |k: &String| self.capability[k].sqrt();
        let sum: f64 = third
            .iter()
            .map(|k| weight(k) * self.alignment[&pair(i, k)] * self.alignment[&pair(k, j)])
            .sum();
        sum / third.iter().map(weight).sum::<f64>()
    }

    fn step(&mut self, step: usize) {
        let frame = &self.setup.frame;
        let (from, to) = (frame.timeline.days[step], frame.timeline.days[step + 1]);
        let mut due: Vec<(i32, Tag, String, Vec<Change>)> = Vec::new();
        let day = |fraction: f64| from + ((fraction * f64::from(to - from)).ceil() as i32).max(1);

        for event in &frame.events {
            let mut happens =
                |d| due.push((d, Tag(100), event.name.clone(), event.changes.clone()));
            match event.timing {
                Timing::Day(d) if d > from && d <= to => happens(d),
                Timing::Day(_) => {}
                Timing::Rate(rate) => {
                    let clock = self.events.get_mut(&event.name).unwrap();
                    let (mut passed, whole) = (0.0, rate * DT);
                    while passed + clock.left <= whole {
                        passed += clock.left;
                        happens(day(passed / whole));
                        clock.fired += 1;
                        let entity = Entity::named("event", &event.name);
                        clock.left = self.streams.unit_exponential(Tag(100), entity, clock.fired);
                    }
                    clock.left -= whole - passed;
                }
            }
        }
        let at_risk: Vec<Pair> = self
            .alignment
            .keys()
            .filter(|(i, j)| !self.bound(i, j, "defence") && !self.at_war(i, j))
            .cloned()
            .collect();
        for key in at_risk {
            let hazard = self.pact_hazard(&key) * DT;
            let entity = Entity::dyad(&key.0, &key.1);
            let clock = self.pacts.get_mut(&key).unwrap();
            if hazard < clock.left {
                clock.left -= hazard;
                continue;
            }
            let name = format!("pact {}-{}", key.0, key.1);
            let slot = frame.treaties.iter().position(|t| t.name == name).unwrap();
            let sign = Change::Sign(detente::model::ids::TreatyId::new(slot));
            due.push((day(clock.left / hazard), Tag(2), name, vec![sign]));
            clock.fired += 1;
            clock.left = self.streams.unit_exponential(Tag(2), entity, clock.fired);
        }
        let end = |name| self.p("pact_end", name);
        let (q, q_young, young_years) = (end("q"), end("q_young"), end("young_years"));
        for (slot, treaty) in frame.treaties.iter().enumerate() {
            let now = step as f64 * DT;
            let name = &treaty.name;
            let treaty = self.treaties.get_mut(name).unwrap();
            let Some(since) = treaty.since else { continue };
            if !treaty.obligations.contains("defence") {
                continue;
            }
            let young = now - since < young_years;
            let hazard = if young { q_young } else { q } * DT;
            if hazard < treaty.end.left {
                treaty.end.left -= hazard;
                continue;
            }
            let end = Change::Terminate(detente::model::ids::TreatyId::new(slot));
            due.push((day(treaty.end.left / hazard), Tag(3), name.clone(), vec![end]));
            treaty.end.fired += 1;
            treaty.end.left =
                self.streams.unit_exponential(Tag(3), treaty.entity, treaty.end.fired);
        }

        let bonds: BTreeMap<String, f64> =
            self.states().into_iter().map(|i| (i.clone(), self.bonds(&i))).collect();
        let (kappa, w_tot) = (self.p("isolation", "kappa_i"), self.p("isolation", "w_tot"));
        let (theta, sigma) = (self.p("alignment", "theta"), self.p("alignment", "sigma"));
        let (beta, tau) = (self.p("alignment", "beta_b"), self.p("decay", "tau"));
        let balance: BTreeMap<Pair, f64> =
            self.alignment.keys().map(|key| (key.clone(), self.balance(&key.0, &key.1))).collect();
        for (i, isolation) in &mut self.isolation {
            let target = self.isolation0[i] - (bonds[i] - self.bonds0[i]) / w_tot;
            let target = target.clamp(0.0, 1.0);
            *isolation = target + (*isolation - target) * (-kappa * DT).exp();
        }
        for (key, a) in &mut self.alignment {
            let mut normals = [[0.0; 2]];
            let entity = [Entity::dyad(&key.0, &key.1)];
            self.streams.normal_pairs(Tag(1), (step / 2) as u32, &entity, &mut normals);
            let start = self.alignment0[key].clamp(-0.97, 0.97);
            let mu = (start.atanh() + beta * balance[key]).tanh();
            let shock = sigma * (1.0 - *a * *a).sqrt() * DT.sqrt() * normals[0][step % 2];
            *a = (*a + theta * (mu - *a) * DT + shock).clamp(-1.0, 1.0);
        }
        for grievance in self.grievance.values_mut() {
            *grievance *= (-DT / tau).exp();
        }

        due.sort_by(|one, other| (one.0, one.1, &one.2).cmp(&(other.0, other.1, &other.2)));
        for (d, _, _, changes) in due {
            let now = (step as f64 + f64::from(d - from) / f64::from(to - from)) * DT;
            changes.iter().for_each(|change| self.change(change, now));
        }
    }
}

/// Holds every score of these trials to the oracle's, and gives how many pacts were signed.
fn agree(setup: &Setup, trials: u32) -> usize {
    let states = setup.frame.states();
    let mut signed = 0;
    for trial in 0..trials {
        let mut simulator = Simulator::new(setup);
        simulator.run(trial).unwrap();
        let mut oracle = Oracle::new(setup, trial);
        for step in 0..setup.frame.timeline.steps() {
            oracle.step(step);
            let row = simulator.record().at(step + 1);
            let expected = oracle.isolation.values().chain(oracle.alignment.values());
            assert_eq!(row.len(), oracle.isolation.len() + oracle.alignment.len());
            for (n, (&engine, &naive)) in row.iter().zip(expected).enumerate() {
                let what = if n < states { "isolation" } else { "alignment" };
                assert!(
                    (engine - naive).abs() < 1e-12,
                    "trial {trial}, step {step}, {what} {n}: {engine} against {naive}"
                );
            }
        }
        let world = simulator.world();
        for (engine, naive) in world.grievance.iter().zip(oracle.grievance.values()) {
            assert!((engine - naive).abs() < 1e-12, "trial {trial}: {engine} against {naive}");
        }
        for (treaty, since) in setup.frame.treaties.iter().zip(&world.treaty_since) {
            let naive = oracle.treaties[&treaty.name].since;
            assert_eq!(since.is_some(), naive.is_some(), "trial {trial}: {}", treaty.name);
            signed += usize::from(naive.is_some() && treaty.name.starts_with("pact "));
        }
    }
    signed
}

#[test]
fn the_engine_agrees_with_the_oracle() {
    let signed = agree(&compile(&flagship()), 12);
    assert!(signed > 5, "pacts were formed in these trials: {signed}");
}

/// Every action, every timing and no parameter at its default.
const EVERYTHING: &str = r#"
title = "Everything at once"
[run]
start = 2020-02-29
end = 2026-02-28
seed = 9
[states]
XAA = { capability = 0.2, isolation = 0.2, ideal_point = 1.0 }
XBB = { capability = 0.05, isolation = 0.5, ideal_point = 0.4 }
XCC = { capability = 0.01, isolation = 0.7, ideal_point = -1.2 }
XDD = { capability = 0.1, isolation = 0.6, ideal_point = -1.0 }
[dyads]
XAA-XBB = { distance_km = 100 }
XAA-XCC = { distance_km = 4000, grievance = 1.5 }
XAA-XDD = { distance_km = 900 }
XBB-XCC = { distance_km = 0, alignment = -0.6, grievance = 0.2 }
XBB-XDD = { distance_km = 50 }
XCC-XDD = { distance_km = 2500 }
[treaties.guarantee]
members = ["XAA", "XBB"]
owed_by = ["XAA"]
obligations = ["defence"]
signed = 2016-06-01
[treaties.league]
members = ["XBB", "XCC", "XDD"]
obligations = ["consultation", "non-aggression"]
dimensions = ["military", "political", "economic"]
[treaties.market]
members = ["XAA", "XDD"]
dimensions = ["economic"]
[treaties.peace]
members = ["XBB", "XCC"]
obligations = ["non-aggression"]
signed = 2010-01-01
[sanctions.bans]
senders = ["XAA"]
targets = ["XDD"]
types = ["travel"]
since = 2019-01-01
[sanctions.embargo]
senders = ["XAA", "XBB"]
targets = ["XCC"]
types = ["trade", "travel"]
[sanctions.old]
senders = ["XDD"]
targets = ["XAA"]
types = ["financial"]
since = 2018-01-01
[wars.border]
side_a = ["XBB", "XAA"]
side_b = ["XCC"]
[wars.old]
side_a = ["XDD"]
side_b = ["XBB"]
since = 2019-12-01
[events.first-day]
date = 2020-02-29
actions = [{ sign = "market" }, { shift_isolation = "XDD", by = 0.3, lasting = true }, { impose = "embargo" }]
[events.thaw]
date = 2021-07-14
actions = [{ lift = "old" }, { end_war = "old" }, { terminate = "peace" }, { shift_alignment = "XBB-XDD", by = 0.4, lasting = true }]
[events.step-date]
date = 2022-03-29
actions = [{ sign = "league" }, { sign = "league" }]
[events.turmoil]
rate = 1.5
actions = [{ start_war = "border" }, { shift_alignment = "XAA-XCC", by = -0.1 }, { shift_isolation = "XCC", by = -0.05 }]
[events.truce]
rate = 2.5
actions = [{ end_war = "border" }, { lift = "embargo" }]
[events.visits]
rate = 30
actions = [{ shift_isolation = "XAA", by = 0.01 }, { impose = "embargo" }]
[processes]
alignment = { theta = 0.6, sigma = 0.3, beta_b = 0.7, jump_pact = 0.11, jump_sanction = -0.07, jump_war = -0.2 }
pact = { b0 = -3.1, b_a = 1.4, b_e = 0.7, b_t = -0.6, b_n = 0.5, b_d = -0.11, b_x = -0.2, b_m = 0.06, beta_i = 0.9 }
pact_end = { q = 0.2, q_young = 0.4, young_years = 2 }
isolation = { kappa_i = 1.7, w_eco = 0.4, w_tot = 3.0 }
decay = { tau = 2.5, g_war = 0.6 }
"#;

#[test]
fn the_engine_agrees_with_the_oracle_on_every_action_and_parameter() {
    let setup = compile(EVERYTHING);
    for value in &setup.parameters {
        assert!(
            value.value != value.parameter.default,
            "{} is at its default",
            value.parameter.name
        );
    }
    let signed = agree(&setup, 40);
    assert!(signed > 20, "pacts were formed in these trials: {signed}");
}
