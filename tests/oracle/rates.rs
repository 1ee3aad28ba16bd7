//! Treaties that come and go, meetings.

use detente::model::treaty::Ratification;

use super::acts::Act;
use super::chance::{Chance, both, seat, state, treaty};
use super::facts::{Name, Pair, Text, dyad};
use super::world::{Standing, World};
use super::{Oracle, dash, tag};

/// ln(1 + exp(eta)): the hazard that gives a yearly probability of these log-odds.
pub fn yearly(eta: f64) -> f64 {
    eta.exp().ln_1p()
}

/// Layers of agreements: process, tag, name of the treaty and of what happens.
const LAYERS: [(Name, u32, Name); 5] = [
    ("pact", 2, "pact"),
    ("consultation", 16, "consultation"),
    ("non_aggression", 17, "non-aggression"),
    ("partnership", 18, "partnership"),
    ("economic_agreement", tag::ECONOMIC_AGREEMENT, "economic"),
];

impl World {
    /// Whether two states may come to an agreement of a layer.
    fn may_agree(&self, process: Name, (i, j): Pair) -> bool {
        let pledged = |obligations: &[&str]| obligations.iter().any(|o| self.pledged(i, j, o));
        let joined = match process {
            "pact" => pledged(&["defence"]),
            "consultation" => pledged(&["defence", "consultation"]),
            "non_aggression" => pledged(&["defence", "consultation", "non-aggression"]),
            "partnership" => self.between(i, j).any(|t| t.text.political),
            _ => self.between(i, j).any(|t| t.text.economic),
        };
        !joined && !self.at_war(i, j)
    }

    /// The log-odds of an agreement within a year.
    fn eta(&self, process: Name, (i, j): Pair) -> f64 {
        let b = |name| self.facts.p(process, name);
        let (ci, cj) = (self.capability(i), self.capability(j));
        b("b0")
            + b("b_a") * self.alignment[&(i, j)]
            + b("b_e") * self.shared_enemy(i, j)
            + b("b_t") * self.tension(i, j)
            + b("b_n") * (1.0 + self.shared_partners(i, j) as f64).ln()
            + b("b_d") * (self.facts.distance[&(i, j)] + 50.0).ln()
            + b("b_x") * ci.max(cj).ln()
            + b("b_m") * ci.min(cj).ln()
            + b("b_k") * self.rapport[&(i, j)]
            + b("beta_i") * self.isolation[i] * self.isolation[j]
    }

    fn agreement_hazard(&self, process: Name, (i, j): Pair) -> f64 {
        let p = |name| self.facts.p(process, name);
        match process {
            "partnership" => p("ratio") * yearly(self.eta("consultation", (i, j))),
            "economic_agreement" if self.bites(i, j) || self.bites(j, i) => 0.0,
            "economic_agreement" => p("r0") * (p("r_a") * self.alignment[&(i, j)]).exp(),
            _ => yearly(self.eta(process, (i, j))),
        }
    }

    /// The hazard of a pact where both states choose: the sum of all, dealt out by p(j | i) p(i | j).
    fn consented_hazard(&self, pair: Pair) -> f64 {
        let hazard = |pair: Pair| {
            if self.may_agree("pact", pair) { self.agreement_hazard("pact", pair) } else { 0.0 }
        };
        let share = self.facts.p("pact", "two_sided");
        let (plain, dyads) = (hazard(pair), &self.facts.dyads);
        if share == 0.0 || plain == 0.0 {
            return plain;
        }
        let of = |state: Name| -> f64 {
            dyads.iter().filter(|d| d.0 == state || d.1 == state).map(|&d| hazard(d)).sum()
        };
        let mutual = |d: Pair| match hazard(d) {
            0.0 => 0.0,
            h => (h / of(d.0)) * (h / of(d.1)),
        };
        let total: f64 = dyads.iter().map(|&d| hazard(d)).sum();
        let all: f64 = dyads.iter().map(|&d| mutual(d)).sum();
        (1.0 - share) * plain + share * total * mutual(pair) / all
    }

    /// Economic agreements of the past, which scenarios do not list: as many as form and end in
    /// the long run, in force when a trial starts.
    pub fn past_agreements(&mut self, chance: &mut Chance) {
        let (process, facts) = ("economic_agreement", self.facts);
        for &pair in facts.dyads.iter().filter(|_| facts.on(process)) {
            if !self.may_agree(process, pair) {
                continue;
            }
            let r = self.agreement_hazard(process, pair);
            let usual = r / (r + facts.p(process, "q_usual"));
            if r > 0.0 && chance.choose(tag::ECONOMIC_AGREEMENT, both(pair)) < usual {
                let text = facts.text(&format!("economic {}", dash(pair)));
                let members = text.signatories.iter().copied().collect();
                let standing = Standing { text, signed: 0.0, in_force: true, members };
                self.treaties.insert(text.name, standing);
            }
        }
    }

    /// What an accession or a consent hangs on, with the names of its parameters.
    pub fn draw_to(&self, process: Name, b0: Name, j: Name, members: &[Name]) -> f64 {
        let b = |name| self.facts.p(process, name);
        let sum: f64 = members.iter().map(|m| self.alignment[&dyad(j, m)]).sum();
        let enemies = members.iter().map(|m| self.shared_enemy(j, m));
        let near = |m: &Name| self.facts.distance[&dyad(j, m)] <= b("near_km");
        b(b0)
            + b("b_a") * (sum / members.len() as f64)
            + b("b_e") * enemies.fold(0.0, f64::max)
            + if members.iter().any(near) { 0.0 } else { b("b_far") }
    }
}

impl Oracle {
    pub fn agreements(&mut self) {
        for (process, tag, name) in LAYERS {
            for &pair in self.facts.dyads.iter().filter(|_| self.facts.on(process)) {
                if !self.start.may_agree(process, pair) {
                    continue;
                }
                let hazard = match process {
                    "pact" => self.start.consented_hazard(pair),
                    _ => self.start.agreement_hazard(process, pair),
                };
                if let Some(day) = self.strikes(tag, both(pair), hazard) {
                    let text = self.facts.text(&format!("{name} {}", dash(pair)));
                    let sign = Act::Sign(text.name, text.signatories.clone());
                    self.will(day, tag, (0, name), dash(pair), sign);
                }
            }
        }
        for &pair in &self.facts.dyads {
            let rate = self.start.contact_rate(pair);
            if self.start.at_war(pair.0, pair.1) {
                continue;
            }
            for share in self.chance.each(tag::CONTACT, both(pair), rate * self.facts.dt) {
                let day = self.day(share);
                self.will(day, tag::CONTACT, (0, "contact"), dash(pair), Act::Contact(pair));
            }
        }
    }

    pub fn treaties_change(&mut self) {
        for &founder in self.facts.states.iter().filter(|_| self.facts.on("league")) {
            let exists =
                self.start.treaties.keys().any(|name| *name == format!("league {founder}"));
            let rate = if exists { continue } else { self.p("league", "rate") };
            if let Some(day) = self.strikes(tag::LEAGUE, state(founder), rate) {
                let kind = (0, "league-call");
                self.will(day, tag::LEAGUE, kind, founder.to_owned(), Act::Convene(founder));
            }
        }
        for text in &self.facts.treaties {
            self.enters_or_ends(text);
            for &state in &text.candidates {
                self.comes_or_goes(text, state);
            }
        }
    }

    fn enters_or_ends(&mut self, text: &'static Text) {
        let Some(standing) = self.start.treaties.get(text.name) else { return };
        let (name, who) = (text.name, treaty(text.name));
        if !standing.in_force {
            let rate = match text.ratification {
                Ratification::ByChance => self.p("ratification", "rate"),
                _ => return,
            };
            if let Some(day) = self.strikes(tag::RATIFICATION, who, rate) {
                let kind = (0, "in-force");
                self.will(day, tag::RATIFICATION, kind, name.to_owned(), Act::Enter(name));
            }
            return;
        }
        let young = self.now() - standing.signed < self.p("pact_end", "young_years");
        let rate = match (text.obliges("defence"), young) {
            (false, _) => self.p("pact_end", "q_other"),
            (true, true) => self.p("pact_end", "q_young"),
            (true, false) => self.p("pact_end", "q"),
        };
        if let Some(day) = self.strikes(tag::PACT_END, who, rate) {
            self.will(day, tag::PACT_END, (0, "pact-end"), name.to_owned(), Act::Terminate(name));
        }
    }

    fn comes_or_goes(&mut self, text: &'static Text, state: Name) {
        let Some(standing) = self.start.treaties.get(text.name) else { return };
        let members: Vec<Name> = standing.members.iter().copied().collect();
        if !standing.in_force {
            return;
        }
        let (who, subject) = (seat(text.name, state), format!("{state} {}", text.name));
        if members.contains(&state) {
            if members.len() > 2
                && let Some(day) = self.strikes(tag::WITHDRAWAL, who, self.p("withdrawal", "q"))
            {
                let act = Act::Withdraw(text.name, state);
                self.will(day, tag::WITHDRAWAL, (0, "withdrawal"), subject, act);
            }
        } else if text.open && !members.iter().any(|m| self.start.at_war(state, m)) {
            let rate = yearly(self.start.draw_to("accession", "b0", state, &members));
            if let Some(day) = self.strikes(tag::ACCESSION, who, rate) {
                let act = Act::Accede(text.name, state);
                self.will(day, tag::ACCESSION, (0, "accession"), subject, act);
            }
        }
    }
}
