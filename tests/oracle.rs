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
    wars: BTreeSet<Pair>,
    pacts: BTreeMap<Pair, Clock>,
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
        let wars = frame.wars.iter().zip(&world.war_on).filter(|(_, on)| **on);
        let wars = wars.flat_map(|(w, _)| &w.dyads).map(|&d| {
            let (i, j) = frame.dyads.pair(d);
            pair(&code(i.index()), &code(j.index()))
        });
        let (sanctions, wars) = (sanctions.collect(), wars.collect());
        let alignment = by_pair(&world.alignment);
        let pacts = alignment.keys().map(|key| {
            let left = streams.unit_exponential(Tag(2), Entity::dyad(&key.0, &key.1), 0);
            (key.clone(), Clock { left, fired: 0 })
        });
        let pacts = pacts.collect();
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
        };
        oracle.bonds0 =
            oracle.states().into_iter().map(|i| (i.clone(), oracle.bonds(&i))).collect();
        oracle
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
        if self.sanctions(i, j) || self.sanctions(j, i) || self.wars.contains(&pair(i, j)) {
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
        let eta = -6.05 + 2.26 * self.alignment[&pair(i, j)] + 0.81 * enemy
            - 0.76 * self.tension(i, j)
            + 0.17 * (1.0 + partners.count() as f64).ln()
            - 0.24 * (distance + 50.0).ln()
            - 0.29 * ci.max(cj).ln()
            + 0.02 * ci.min(cj).ln();
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
                let bond = 0.5 * m + 0.5 * (1.0 + a) / 2.0 + if economic { 0.25 } else { 0.0 };
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
            for (n, i) in members.iter().enumerate() {
                members[n + 1..].iter().for_each(|j| self.jump(i, j, 0.05));
            }
        }
    }

    fn change(&mut self, change: &Change, now: f64) {
        let frame = &self.setup.frame;
        match *change {
            Change::Sign(id) => self.sign(&frame.treaties[id.index()].name, now),
            Change::Terminate(id) => {
                self.treaties.get_mut(&frame.treaties[id.index()].name).unwrap().since = None;
            }
            Change::Impose(id) => {
                let entry = self.sanctions.get_mut(&frame.sanctions[id.index()].name).unwrap();
                if !std::mem::replace(&mut entry.0, true) {
                    let links = entry.1.clone();
                    links.iter().for_each(|(i, j)| self.jump(i, j, -0.05));
                }
            }
            _ => unreachable!("the scenario of this test has no other action"),
        }
    }

    fn step(&mut self, step: usize) {
        let frame = &self.setup.frame;
        let (from, to) = (frame.timeline.days[step], frame.timeline.days[step + 1]);
        let mut due: Vec<(i32, Tag, String, Vec<Change>)> = Vec::new();
        let day = |fraction: f64| from + ((fraction * f64::from(to - from)).ceil() as i32).max(1);

        for event in &frame.events {
            if let Timing::Day(d) = event.timing
                && d > from
                && d <= to
            {
                due.push((d, Tag(100), event.name.clone(), event.changes.clone()));
            }
        }
        let at_risk: Vec<Pair> = self
            .alignment
            .keys()
            .filter(|(i, j)| !self.bound(i, j, "defence") && !self.wars.contains(&pair(i, j)))
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
        for (slot, treaty) in frame.treaties.iter().enumerate() {
            let now = step as f64 * DT;
            let name = &treaty.name;
            let treaty = self.treaties.get_mut(name).unwrap();
            let Some(since) = treaty.since else { continue };
            if !treaty.obligations.contains("defence") {
                continue;
            }
            let hazard = if now - since < 5.0 { 0.013 } else { 0.006 } * DT;
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
        for (i, isolation) in &mut self.isolation {
            let target = self.isolation0[i] - (bonds[i] - self.bonds0[i]) / 8.717;
            let target = target.clamp(0.0, 1.0);
            *isolation = target + (*isolation - target) * (-DT).exp();
        }
        for (key, a) in &mut self.alignment {
            let mut normals = [[0.0; 2]];
            let entity = [Entity::dyad(&key.0, &key.1)];
            self.streams.normal_pairs(Tag(1), (step / 2) as u32, &entity, &mut normals);
            let mu = self.alignment0[key].clamp(-0.97, 0.97);
            let shock = 0.15 * (1.0 - *a * *a).sqrt() * DT.sqrt() * normals[0][step % 2];
            *a = (*a + 0.25 * (mu - *a) * DT + shock).clamp(-1.0, 1.0);
        }
        for grievance in self.grievance.values_mut() {
            *grievance *= (-DT / 5.0).exp();
        }

        due.sort_by(|one, other| (one.0, one.1, &one.2).cmp(&(other.0, other.1, &other.2)));
        for (d, _, _, changes) in due {
            let now = (step as f64 + f64::from(d - from) / f64::from(to - from)) * DT;
            changes.iter().for_each(|change| self.change(change, now));
        }
    }
}

#[test]
fn the_engine_agrees_with_the_oracle() {
    let setup = compile(&flagship());
    let states = setup.frame.states();
    let mut signed = 0;
    for trial in 0..12 {
        let mut simulator = Simulator::new(&setup);
        simulator.run(trial).unwrap();
        let mut oracle = Oracle::new(&setup, trial);
        for step in 0..setup.frame.timeline.steps() {
            oracle.step(step);
            let row = simulator.record().at(step + 1);
            let expected = oracle.isolation.values().chain(oracle.alignment.values());
            for (n, (&engine, &naive)) in row.iter().zip(expected).enumerate() {
                let what = if n < states { "isolation" } else { "alignment" };
                assert!(
                    (engine - naive).abs() < 1e-12,
                    "trial {trial}, step {step}, {what} {n}: {engine} against {naive}"
                );
            }
        }
        for (treaty, since) in setup.frame.treaties.iter().zip(&simulator.world().treaty_since) {
            let naive = oracle.treaties[&treaty.name].since;
            assert_eq!(since.is_some(), naive.is_some(), "trial {trial}: {}", treaty.name);
            signed += usize::from(naive.is_some() && treaty.name.starts_with("pact "));
        }
    }
    assert!(signed > 5, "pacts were formed in these trials: {signed}");
}
