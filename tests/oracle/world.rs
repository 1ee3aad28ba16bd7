//! The situation at a moment, in maps by name, and what follows from it by definition.

use std::collections::BTreeSet;

use detente::model::world::Status;

use super::acts::Side;
use super::facts::{Facts, Map, Name, Pair, Text, dyad};

/// A treaty that has been signed.
#[derive(Clone)]
pub struct Standing {
    pub text: &'static Text,
    pub signed: f64,
    pub in_force: bool,
    pub members: BTreeSet<Name>,
}

/// A war being fought.
#[derive(Clone, Default)]
pub struct War {
    pub held: bool,
    /// Everyone's side, and whether they were there at the outbreak.
    pub parts: Map<Name, (Side, bool)>,
}

impl War {
    pub fn on_side(&self, side: Side) -> Vec<Name> {
        self.parts.iter().filter(|(_, part)| part.0 == side).map(|(&state, _)| state).collect()
    }
}

/// What a measure belongs to: an entry of the scenario, or nothing but the state that took it.
pub type Origin = Option<Name>;

#[derive(Clone)]
pub struct World {
    pub facts: &'static Facts,
    /// Without deliveries.
    pub own_capability: Map<Name, f64>,
    pub isolation: Map<Name, f64>,
    pub isolation0: Map<Name, f64>,
    pub alignment: Map<Pair, f64>,
    pub alignment0: Map<Pair, f64>,
    pub grievance: Map<Pair, f64>,
    /// K: how fresh the last contact is.
    pub freshness: Map<Pair, f64>,
    pub rapport: Map<Pair, f64>,
    pub treaties: Map<Name, Standing>,
    /// The measures of a sender against a target: origin and type.
    pub measures: Map<Pair, BTreeSet<(Origin, Name)>>,
    pub wars: Map<Name, War>,
    pub last_force: Map<Name, f64>,
    pub warned_until: Map<Pair, f64>,
    pub due_until: Map<Pair, f64>,
    pub broken_at: Map<Pair, f64>,
    pub delivers_until: Map<Pair, f64>,
    /// X: acts of the second state that the first dislikes.
    pub exposure: Map<Pair, f64>,
}

impl World {
    /// The start of a trial.
    pub fn of_start(facts: &'static Facts) -> Self {
        let (frame, initial) = (&facts.setup.frame, &facts.setup.initial);
        let of_states = |values: &[f64]| -> Map<Name, f64> {
            facts.states.iter().copied().zip(values.iter().copied()).collect()
        };
        let of_dyads = |values: &[f64]| -> Map<Pair, f64> {
            facts.dyads.iter().copied().zip(values.iter().copied()).collect()
        };
        let mut world = Self {
            facts,
            own_capability: of_states(&initial.capability),
            isolation: of_states(&initial.isolation),
            isolation0: of_states(&initial.isolation),
            alignment: of_dyads(&initial.alignment),
            alignment0: of_dyads(&initial.alignment),
            grievance: of_dyads(&initial.grievance),
            freshness: Map::new(),
            rapport: facts.dyads.iter().map(|&pair| (pair, 0.0)).collect(),
            treaties: Map::new(),
            measures: Map::new(),
            wars: Map::new(),
            last_force: Map::new(),
            warned_until: Map::new(),
            due_until: Map::new(),
            broken_at: Map::new(),
            delivers_until: Map::new(),
            exposure: Map::new(),
        };
        for (n, text) in facts.treaties.iter().enumerate() {
            if let Status::InForce { signed } =
                initial.treaties.status(detente::model::ids::TreatyId::new(n))
            {
                let members = text.signatories.iter().copied().collect();
                world
                    .treaties
                    .insert(text.name, Standing { text, signed, in_force: true, members });
            }
        }
        for (n, entry) in frame.sanctions.iter().enumerate() {
            if initial.sanctions.entry_on(frame, detente::model::ids::SanctionId::new(n)) {
                world.impose(&entry.name);
            }
        }
        for fought in initial.wars.fought() {
            world.outbreak(&frame.wars[fought.id.index()].name);
        }
        for (n, &state) in facts.states.iter().enumerate() {
            let at = initial.ledger.last_force(detente::model::ids::StateId::new(n));
            if at.is_finite() {
                world.last_force.insert(state, at);
            }
        }
        world.drawn();
        for &pair in &facts.dyads {
            world.freshness.insert(pair, world.usual_freshness(pair));
        }
        world
    }

    /// Scores at the start that were drawn.
    fn drawn(&mut self) {
        let (facts, ideal) = (self.facts, &self.facts.setup.uncertainty.ideal);
        let drawn = |key: String| facts.drawn.get(&key).copied();
        for &i in &facts.states {
            let capability = drawn(format!("states.{i}.capability"));
            capability.and_then(|c| self.own_capability.insert(i, c));
            if let Some(isolation) = drawn(format!("states.{i}.isolation")) {
                self.isolation.insert(i, isolation);
                self.isolation0.insert(i, isolation);
            }
        }
        let fixed: Map<Name, Option<f64>> =
            facts.states.iter().copied().zip(ideal.points.iter().copied()).collect();
        let point = |i: Name| drawn(format!("states.{i}.ideal_point")).or(fixed[i]);
        for (&(i, j), follows) in facts.dyads.iter().zip(&ideal.derived) {
            let votes = || Some((1.0 - (point(i)? - point(j)?).abs() / 2.0).max(-1.0));
            let voted = if *follows { votes() } else { None };
            if let Some(a) = drawn(format!("dyads.{i}-{j}.alignment")).or(voted) {
                self.alignment.insert((i, j), a);
                self.alignment0.insert((i, j), a);
            }
            let grievance = drawn(format!("dyads.{i}-{j}.grievance"));
            grievance.and_then(|g| self.grievance.insert((i, j), g));
        }
    }

    fn p(&self, process: Name, name: Name) -> f64 {
        self.facts.p(process, name)
    }

    // Capability.

    pub fn capability(&self, state: Name) -> f64 {
        let suppliers = self.delivers_until.keys().filter(|(_, to)| *to == state).count();
        let boost = self.p("arms", "boost").powi(suppliers as i32);
        (self.own_capability[state] * boost).clamp(f64::MIN_POSITIVE, 1.0)
    }

    // Treaties.

    /// The treaties in force of both, of which the first owes the second an obligation.
    fn owing(&self, debtor: Name, creditor: Name, obligation: &str) -> Vec<&Standing> {
        let both = |t: &&Standing| t.members.contains(debtor) && t.members.contains(creditor);
        let owed = |t: &&Standing| t.text.obliges(obligation) && t.text.binds(debtor);
        self.treaties.values().filter(|t| both(t) && owed(t)).collect()
    }

    pub fn owes(&self, debtor: Name, creditor: Name, obligation: &str) -> bool {
        self.owing(debtor, creditor, obligation).iter().any(|t| t.in_force)
    }

    /// The same, under a treaty that holds for a member that chose the war too.
    pub fn owes_unconditionally(&self, debtor: Name, creditor: Name, obligation: &str) -> bool {
        let owing = self.owing(debtor, creditor, obligation);
        owing.iter().any(|t| t.in_force && !t.text.conditional)
    }

    pub fn bound(&self, i: Name, j: Name, obligation: &str) -> bool {
        self.owes(i, j, obligation) || self.owes(j, i, obligation)
    }

    pub fn pledged(&self, i: Name, j: Name, obligation: &str) -> bool {
        [(i, j), (j, i)].iter().any(|&(a, b)| !self.owing(a, b, obligation).is_empty())
    }

    /// The treaties that both have signed.
    pub fn between(&self, i: Name, j: Name) -> impl Iterator<Item = &Standing> {
        self.treaties.values().filter(move |t| t.members.contains(i) && t.members.contains(j))
    }

    /// Whether the first has promised the second anything that forbids to fight it.
    pub fn bound_to(&self, state: Name, other: Name) -> bool {
        let forbid = ["defence", "offence", "neutrality", "non-aggression"];
        forbid.iter().any(|obligation| self.owes(state, other, obligation))
    }

    // Sanctions and wars.

    pub fn sanctions(&self, from: Name, on: Name) -> bool {
        self.measures.contains_key(&(from, on))
    }

    pub fn sanctions_by(&self, from: Name, on: Name, kind: &str) -> bool {
        self.measures.get(&(from, on)).is_some_and(|all| all.iter().any(|(_, k)| *k == kind))
    }

    /// s_ij: a travel ban alone does not count.
    pub fn bites(&self, from: Name, on: Name) -> bool {
        ["trade", "financial", "arms"].iter().any(|kind| self.sanctions_by(from, on, kind))
    }

    pub fn at_war(&self, i: Name, j: Name) -> bool {
        self.wars.values().any(|war| match (war.parts.get(i), war.parts.get(j)) {
            (Some(a), Some(b)) => a.0 != b.0,
            _ => false,
        })
    }

    pub fn fights(&self, state: Name) -> bool {
        self.wars.values().any(|war| war.parts.contains_key(state))
    }

    // What is read at the start of a step.

    pub fn tension(&self, i: Name, j: Name) -> f64 {
        1.0 - (-0.7 * self.grievance[&dyad(i, j)]).exp()
    }

    pub fn hostility(&self, i: Name, j: Name) -> f64 {
        let flag = |on: bool| f64::from(u8::from(on));
        let s = flag(self.bites(i, j)).max(flag(self.bites(j, i)));
        self.tension(i, j).max(s).max(flag(self.at_war(i, j)))
    }

    /// E_ij.
    pub fn shared_enemy(&self, i: Name, j: Name) -> f64 {
        let third = self.facts.others(&[i, j]);
        let both = third.iter().map(|k| self.hostility(i, k).min(self.hostility(j, k)));
        both.fold(0.0, f64::max)
    }

    /// n_ij.
    pub fn shared_partners(&self, i: Name, j: Name) -> usize {
        let third = self.facts.others(&[i, j]);
        third.iter().filter(|k| self.bound(i, k, "defence") && self.bound(j, k, "defence")).count()
    }

    pub fn rivals(&self, k: Name, j: Name) -> bool {
        k != j && (self.alignment[&dyad(k, j)] < 0.0 || self.hostility(k, j) > 0.3)
    }

    /// lambda: how often two states meet.
    pub fn contact_rate(&self, pair: Pair) -> f64 {
        self.p("contact", "r0") * (self.p("contact", "r_a") * self.alignment[&pair]).exp()
    }

    pub fn usual_freshness(&self, pair: Pair) -> f64 {
        let x = self.contact_rate(pair) * self.p("contact", "tau");
        x / (1.0 + x)
    }

    // Keeping one's word.

    /// P(the attacking side wins), with these capabilities.
    pub fn attacker_wins(&self, attackers: f64, targets: f64) -> f64 {
        let (initiator, exponent) = (self.p("war", "initiator"), self.p("war", "exponent"));
        logistic(initiator + exponent * (attackers / targets).ln())
    }

    /// P(a side of a war wins), with someone's capability on top.
    pub fn side_wins(&self, war: &War, side: Side, more: f64) -> f64 {
        let sum = |of: Side| {
            let fight: f64 = war.on_side(of).iter().map(|state| self.capability(state)).sum();
            if of == side { fight + more } else { fight }
        };
        let attacker = self.attacker_wins(sum(Side::Attacker), sum(Side::Target));
        if side == Side::Attacker { attacker } else { 1.0 - attacker }
    }

    /// h_kj.
    pub fn honour(&self, (k, j): Pair, obligation: Name, winning: f64, now: f64) -> f64 {
        let c = |name| self.p("casus_foederis", name);
        let h0 = match obligation {
            "defence" => c("h_defence"),
            "offence" => c("h_offence"),
            "neutrality" => c("h_neutrality"),
            _ => c("h_non_aggression"),
        };
        let since = now - c("reputation_years");
        let broken =
            self.broken_at.iter().filter(|((by, to), at)| *by == k && *to != j && **at > since);
        let eta = (h0 / (1.0 - h0)).ln()
            + c("g_a") * (self.alignment[&dyad(k, j)] - c("a_ref"))
            + c("g_w") * (2.0 * winning - 1.0);
        logistic(eta) * c("reputation").powi(broken.count() as i32)
    }
}

pub fn logistic(eta: f64) -> f64 {
    1.0 / (1.0 + (-eta).exp())
}
