//! Sanctions, warnings, arms, disputes and the ends of wars.

use super::acts::{Act, Gravity, Side};
use super::chance::{ordered, war};
use super::facts::{Name, Pair, TYPES, dyad};
use super::rates::yearly;
use super::world::World;
use super::{Oracle, arrow, tag};

impl World {
    /// The hazard of a sanction of i on j.
    fn sanction_hazard(&self, (i, j): Pair, now: f64) -> f64 {
        let p = |name| self.facts.p("sanction", name);
        let since = |at: &f64| now - at < p("v_years");
        let senders = self.facts.others(&[j]);
        let senders = senders.iter().filter(|k| self.bites(k, j)).count();
        let flag = |on: bool| if on { 1.0 } else { 0.0 };
        let eta = p("b0")
            + p("b_a") * self.alignment[&dyad(i, j)]
            + p("b_t") * self.tension(i, j)
            + p("b_c") * self.capability(i).ln()
            + p("b_v") * flag(self.last_force.get(j).is_some_and(since))
            + p("b_n") * (1.0 + senders as f64).ln()
            + p("b_ally") * flag(self.bound(i, j, "defence"));
        let m = if self.due_until.contains_key(&(i, j)) {
            p("m_due")
        } else if self.warned((i, j), now) {
            p("m_warned")
        } else {
            1.0
        };
        yearly(eta) * m
    }

    pub fn warned(&self, pair: Pair, now: f64) -> bool {
        self.warned_until.get(&pair).is_some_and(|until| now < *until)
    }

    fn arms_hazard(&self, (i, j): Pair) -> f64 {
        let p = |name| self.facts.p("arms", name);
        let flag = |on: bool| if on { 1.0 } else { 0.0 };
        let exponent = p("r_a") * self.alignment[&dyad(i, j)]
            + p("r_w") * flag(self.fights(j))
            + p("r_p") * flag(self.bound(i, j, "defence"))
            + p("r_i") * self.isolation[j];
        p("r0") * exponent.exp()
    }

    /// D_ij.
    fn deterrence(&self, (i, j): Pair, now: f64) -> f64 {
        let helps = |k: &Name| self.owes(k, j, "defence") && !self.bound_to(k, i);
        let stays_out = |k: Name| {
            let together = self.capability(j) + self.capability(k);
            let winning = 1.0 - self.attacker_wins(self.capability(i), together);
            1.0 - self.facts.p("crisis", "r") * self.honour((k, j), "defence", winning, now)
        };
        let others = self.facts.others(&[i, j]);
        1.0 - others.into_iter().filter(helps).map(stays_out).product::<f64>()
    }

    fn dispute_hazard(&self, (i, j): Pair, now: f64) -> f64 {
        let p = |name| self.facts.p("crisis", name);
        let touching = self.facts.contiguous.contains(&dyad(i, j));
        let share = self.capability(i) / (self.capability(i) + self.capability(j));
        yearly(
            p("b0")
                + p("b_ctg") * if touching { 1.0 } else { 0.0 }
                + p("b_t") * self.tension(i, j)
                + p("b_a") * self.alignment[&dyad(i, j)]
                + p("b_s") * share
                - p("delta") * self.deterrence((i, j), now),
        )
    }
}

impl Oracle {
    pub fn sanctions_change(&mut self) {
        for &(i, j) in &self.facts.pairs {
            let who = ordered((i, j));
            if self.start.sanctions(i, j) {
                if let Some(day) = self.strikes(tag::LIFTING, who, self.p("lifting", "q")) {
                    let kind = (0, "sanction-lifted");
                    self.will(day, tag::LIFTING, kind, arrow((i, j)), Act::LiftAll((i, j)));
                }
                continue;
            }
            let hazard = self.start.sanction_hazard((i, j), self.now());
            if let Some(day) = self.strikes(tag::SANCTION, who, hazard) {
                let act = Act::Sanction((i, j), self.types((i, j)));
                self.will(day, tag::SANCTION, (0, "sanction"), arrow((i, j)), act);
            }
        }
    }

    /// What a new sanction is made of.
    fn types(&mut self, pair: Pair) -> Vec<Name> {
        let names = ["share_trade", "share_financial", "share_arms", "share_travel"];
        let share = |n: usize| self.facts.p("sanction", names[n]);
        let (mut drawn, mut likeliest) = (Vec::new(), 0);
        for (n, kind) in TYPES.into_iter().enumerate() {
            if self.chance.choose(tag::SANCTION, ordered(pair)) < share(n) {
                drawn.push(kind);
            }
            if share(n) > share(likeliest) {
                likeliest = n;
            }
        }
        if drawn.is_empty() { vec![TYPES[likeliest]] } else { drawn }
    }

    pub fn warnings(&mut self) {
        let dt = self.facts.dt;
        let (w0, w1) = (self.p("warning", "w0"), self.p("warning", "w1"));
        let (decay, years) = (self.p("warning", "decay"), self.p("warning", "threat_years"));
        for &(k, i) in &self.facts.pairs {
            let pair = (k, i);
            let x = self.start.exposure.get(&pair).copied().unwrap_or(0.0);
            self.world.exposure.insert(pair, x * (-decay * dt).exp());
            if !self.start.at_war(k, i) {
                // The integral of X over the step is X (1 - exp(-decay dt)) / decay.
                let acts = x * (1.0 - (-decay * dt).exp()) / decay;
                let hazard = w0 * self.start.hostility(k, i) * dt + w1 * acts;
                for share in self.chance.each(tag::WARNING, ordered(pair), hazard) {
                    let (day, act) = (self.day(share), Act::Warn(pair, years));
                    self.will(day, tag::WARNING, (0, "warning"), arrow(pair), act);
                }
            }
            if let Some(until) = self.start.due_until.get(&pair).copied() {
                self.at_its_time(until, tag::WARNING, (3, "threat-lapsed"), Act::Lapse(pair), pair);
            }
        }
    }

    /// What has its time happens in the step into which it falls.
    fn at_its_time(&mut self, at: f64, tag: u32, kind: (usize, Name), act: Act, pair: Pair) {
        let (now, dt) = (self.now(), self.facts.dt);
        if at <= now + dt {
            let day = self.day(((at - now) / dt).max(0.0));
            self.will(day, tag, kind, arrow(pair), act);
        }
    }

    pub fn deliveries(&mut self) {
        for &(i, j) in &self.facts.pairs {
            if let Some(until) = self.start.delivers_until.get(&(i, j)).copied() {
                let end = Act::EndDelivery((i, j));
                self.at_its_time(until, tag::ARMS, (1, "arms-end"), end, (i, j));
                continue;
            }
            if self.start.sanctions_by(i, j, "arms") || self.start.at_war(i, j) {
                continue;
            }
            let hazard = self.start.arms_hazard((i, j));
            if let Some(day) = self.strikes(tag::ARMS, ordered((i, j)), hazard) {
                self.will(day, tag::ARMS, (0, "arms"), arrow((i, j)), Act::Deliver((i, j)));
            }
        }
    }

    pub fn disputes(&mut self) {
        let short = self.p("crisis", "share_threat") + self.p("crisis", "share_display");
        for &(i, j) in &self.facts.pairs {
            if self.start.at_war(i, j) {
                continue;
            }
            let (who, hazard) = (ordered((i, j)), self.start.dispute_hazard((i, j), self.now()));
            if let Some(day) = self.strikes(tag::CRISIS, who, hazard) {
                let force = self.chance.choose(tag::CRISIS, who) >= short;
                let gravity = if force { Gravity::Force } else { Gravity::Less };
                let act = Act::Dispute((i, j), gravity);
                self.will(day, tag::CRISIS, (0, "dispute"), arrow((i, j)), act);
            }
        }
    }

    /// How a war ends is decided by the world at the start of the step.
    pub fn wars_end(&mut self) {
        let (q, draw) = (self.p("war", "q"), self.p("war", "p_draw"));
        for &name in &self.facts.wars {
            let Some(fought) = self.start.wars.get(name).filter(|war| !war.held) else { continue };
            let attacker = self.start.side_wins(fought, Side::Attacker, 0.0);
            let who = war(name, self.facts.sides.contains_key(name));
            let Some(day) = self.strikes(tag::WAR, who, q) else { continue };
            let u = self.chance.choose(tag::WAR, who);
            let (kind, winner) = if u < draw {
                ((0, "war-drawn"), None)
            } else if u < draw + (1.0 - draw) * attacker {
                ((1, "war-won-by-attacker"), Some(Side::Attacker))
            } else {
                ((2, "war-won-by-target"), Some(Side::Target))
            };
            self.will(day, tag::WAR, kind, name.to_owned(), Act::Settle(name, winner));
        }
    }
}
