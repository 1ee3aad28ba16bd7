//! Scores that move by themselves: alignment, isolation, grievance, rapport.

use super::chance::both;
use super::facts::{Name, Pair, dyad};
use super::world::World;
use super::{Oracle, tag};

impl World {
    /// B_ij.
    fn bond(&self, i: Name, j: Name) -> f64 {
        let pair = dyad(i, j);
        let m = if self.bound(i, j, "defence") {
            1.0
        } else if self.bound(i, j, "consultation") {
            0.4
        } else if self.bound(i, j, "non-aggression") {
            0.2
        } else {
            0.0
        };
        let p = |name| self.facts.p("isolation", name);
        let trade = self.sanctions_by(i, j, "trade") || self.sanctions_by(j, i, "trade");
        let economic = self.between(i, j).any(|t| t.in_force && t.text.economic);
        let e = if economic { 1.0 } else { 0.0 } * if trade { p("trade_left") } else { 1.0 };
        let s = if self.bites(j, i) { 1.0 } else { 0.0 };
        0.5 * m
            + 0.5 * (1.0 + self.alignment[&pair]) / 2.0
            + p("w_eco") * e
            + p("w_con") * self.rapport[&pair]
            - s
    }

    /// sum_j w_j B_ij.
    pub fn bonds(&self, i: Name) -> f64 {
        let others = self.facts.others(&[i]);
        others.iter().map(|j| self.facts.weight[j] * self.bond(i, j)).sum()
    }

    /// S_ij.
    fn balance(&self, (i, j): Pair) -> f64 {
        let third = self.facts.others(&[i, j]);
        let weight = |k: &&'static str| self.facts.weight[*k];
        let product = |k: &&'static str| self.alignment[&dyad(i, k)] * self.alignment[&dyad(k, j)];
        let sum: f64 = third.iter().map(|k| weight(k) * product(k)).sum();
        let weights: f64 = third.iter().map(weight).sum();
        if third.is_empty() { 0.0 } else { sum / weights }
    }
}

impl Oracle {
    pub fn move_scores(&mut self) {
        for &pair in &self.facts.dyads {
            let moved = self.moved_alignment(pair);
            self.world.alignment.insert(pair, moved);
            let kept = (-self.facts.dt / self.p("decay", "tau")).exp();
            self.world.grievance.insert(pair, self.start.grievance[&pair] * kept);
            let kept = (-self.facts.dt / self.p("contact", "tau")).exp();
            let fresh = self.start.freshness[&pair] * kept;
            self.world.freshness.insert(pair, fresh);
            self.world.rapport.insert(pair, fresh - self.start.usual_freshness(pair));
        }
        for &i in &self.facts.states {
            let moved = self.moved_isolation(i);
            self.world.isolation.insert(i, moved);
        }
    }

    fn moved_alignment(&mut self, pair: Pair) -> f64 {
        let (start, dt) = (&self.start, self.facts.dt);
        let p = |name| self.facts.p("alignment", name);
        let a = start.alignment[&pair];
        let a0 = start.alignment0[&pair].clamp(-0.97, 0.97);
        let mu = (a0.atanh() + p("beta_b") * start.balance(pair)).tanh();
        let open = 1.0 - a * a;
        let drift = p("theta") * (mu - a) + p("k_r") * start.rapport[&pair] * open;
        let nu = p("additive");
        let noise = p("sigma") * (nu + (1.0 - nu) * open).sqrt() * dt.sqrt();
        let z = self.chance.shock(tag::ALIGNMENT, both(pair), self.step);
        (a + drift * dt + noise * z).clamp(-1.0, 1.0)
    }

    fn moved_isolation(&self, i: Name) -> f64 {
        let gained = self.start.bonds(i) - self.bonds0[i];
        let target = self.start.isolation0[i] - gained / self.p("isolation", "w_tot");
        let target = target.clamp(0.0, 1.0);
        let kept = (-self.p("isolation", "kappa_i") * self.facts.dt).exp();
        target + (self.start.isolation[i] - target) * kept
    }
}
