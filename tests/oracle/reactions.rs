//! What states make of what happens, process by process in the order of the registry.

use super::acts::Act;
use super::chance::{ordered, state};
use super::changes::jump;
use super::facts::{Name, Pair, dyad};
use super::world::logistic;
use super::{Consequence, Oracle, arrow, tag};

impl Oracle {
    /// Answers what has just happened. What follows comes afterwards, in this order.
    pub fn react(&mut self, act: &Act) -> Vec<Consequence> {
        let mut follow = Vec::new();
        self.alignment_jumps(act);
        match *act {
            Act::Convene(founder) => follow.extend(self.convene(founder)),
            Act::Contact(pair) => {
                let fresh = (-self.left_of_step() / self.p("contact", "tau")).exp();
                self.world.freshness.insert(pair, fresh);
                self.world.rapport.insert(pair, fresh - self.start.usual_freshness(pair));
            }
            Act::LiftAll(pair) => follow.extend(self.concession(pair)),
            _ => {}
        }
        follow.extend(self.dislikes(act));
        follow.extend(self.paid_for_arms(act));
        follow.extend(self.escalation(act));
        follow.extend(self.called_on(act));
        follow.extend(self.suspicion(act));
        self.grievances_grow(act);
        follow
    }

    /// Every pair that a war sets against each other at its outbreak, or when a state joins it.
    fn new_opponents(&self, act: &Act) -> Vec<Pair> {
        match *act {
            Act::StartWar(war) => {
                let sides = &self.facts.sides[war];
                let against = |&i: &Name| sides.targets.iter().map(move |&j| (i, j));
                sides.attackers.iter().flat_map(against).collect()
            }
            _ => match act.joins() {
                Some((war, state, side)) => {
                    let opponents = self.world.wars[war].on_side(side.other());
                    opponents.into_iter().map(|j| (state, j)).collect()
                }
                None => Vec::new(),
            },
        }
    }

    fn alignment_jumps(&mut self, act: &Act) {
        let (jumps, size): (Vec<Pair>, Name) = match *act {
            Act::Sign(treaty, _) => (self.new_ties(treaty, None), "jump_pact"),
            Act::Accede(treaty, state) => (self.new_ties(treaty, Some(state)), "jump_pact"),
            Act::Impose(_) | Act::JoinSanction(..) => (self.imposed.clone(), "jump_sanction"),
            Act::Sanction(pair, _) => (vec![pair], "jump_sanction"),
            Act::Warn(pair, _) => (vec![pair], "jump_warning"),
            Act::Dispute(pair, _) => (vec![pair], "jump_dispute"),
            Act::Attack(pair) => (vec![pair], "jump_war"),
            Act::StartWar(_) | Act::Honour(_) | Act::Join(..) => {
                (self.new_opponents(act), "jump_war")
            }
            Act::Break(clause) => (vec![(clause.debtor, clause.creditor)], "jump_broken"),
            Act::Deliver(pair) => (vec![pair], "jump_arms"),
            Act::PayBack(pair) => (vec![pair], "jump_support"),
            _ => return,
        };
        let size = self.p("alignment", size);
        for (i, j) in jumps {
            jump(self.world.alignment.get_mut(&dyad(i, j)).unwrap(), size, -1.0);
        }
    }

    /// The pairs that a treaty with a political side joins, all or those of one state.
    fn new_ties(&self, treaty: Name, who: Option<Name>) -> Vec<Pair> {
        let standing = &self.world.treaties[treaty];
        let joined = |&&(i, j): &&Pair| {
            let members = standing.members.contains(i) && standing.members.contains(j);
            standing.text.political && members && who.is_none_or(|who| who == i || who == j)
        };
        self.facts.dyads.iter().filter(joined).copied().collect()
    }

    fn grievances_grow(&mut self, act: &Act) {
        let (pairs, size) = match *act {
            Act::Dispute(pair, _) => (vec![pair], "g_dispute"),
            _ => (self.new_opponents(act), "g_war"),
        };
        for (i, j) in pairs {
            *self.world.grievance.get_mut(&dyad(i, j)).unwrap() += self.p("decay", size);
        }
    }

    /// A state calls for a league: the others are asked, the most aligned with it first.
    fn convene(&mut self, founder: Name) -> Option<Consequence> {
        let text = self.facts.text(&format!("league {founder}"));
        if self.world.treaties.contains_key(text.name) {
            return None;
        }
        let alignment = |j: Name| self.start.alignment[&dyad(founder, j)];
        let mut order = self.facts.others(&[founder]);
        order.sort_by(|a, b| alignment(b).total_cmp(&alignment(a)));
        let mut inside = vec![founder];
        for j in order {
            if inside.iter().any(|m| self.start.at_war(j, m)) {
                continue;
            }
            let consents = logistic(self.start.draw_to("league", "c0", j, &inside));
            if self.chance.choose(tag::LEAGUE, state(j)) < consents {
                inside.push(j);
            }
        }
        let channel = ("league", founder.to_owned());
        (inside.len() >= 3).then_some((Some(channel), Act::Sign(text.name, inside)))
    }

    fn concession(&mut self, pair: Pair) -> Option<Consequence> {
        let conceded = self.chance.choose(tag::LIFTING, ordered(pair));
        let channel = ("concession", arrow(pair));
        (conceded < self.p("lifting", "p_concede")).then_some((Some(channel), Act::Concede))
    }

    /// Process `warning`: exposures, threats that fall due, threats carried out.
    fn dislikes(&mut self, act: &Act) -> Vec<Consequence> {
        match *act {
            Act::Sign(treaty, _) => self.treaty_disliked(treaty, None),
            Act::Accede(treaty, state) => self.treaty_disliked(treaty, Some(state)),
            Act::Deliver((supplier, recipient)) => {
                let rivals = |oracle: &Self, k: Name| oracle.start.rivals(k, recipient);
                self.disliked(supplier, &rivals)
            }
            Act::Dispute((initiator, _), _) => self.disliked(initiator, &|_, _| true),
            Act::Sanction(pair, _) => self.carried_out(&[pair]),
            Act::Impose(_) | Act::JoinSanction(..) => self.carried_out(&self.imposed),
            _ => Vec::new(),
        }
    }

    fn treaty_disliked(&mut self, treaty: Name, who: Option<Name>) -> Vec<Consequence> {
        let standing = self.world.treaties[treaty].clone();
        let heavy = ["defence", "offence", "consultation"];
        if !heavy.iter().any(|obligation| standing.text.obliges(obligation)) {
            return Vec::new();
        }
        let members = &standing.members;
        let actors = members.iter().filter(|&&i| who.is_none_or(|who| who == i));
        let answers = actors.flat_map(|&i| {
            self.disliked(i, &|oracle, k| {
                let mut partners = members.iter().filter(|&&j| j != i);
                !members.contains(k) && partners.any(|j| oracle.start.rivals(k, j))
            })
        });
        answers.collect()
    }

    /// What `i` has done is disliked by every opponent whom it offends.
    fn disliked(&mut self, i: Name, offends: &dyn Fn(&Self, Name) -> bool) -> Vec<Consequence> {
        let mut follow = Vec::new();
        for k in self.facts.others(&[i]) {
            if self.start.alignment[&dyad(k, i)] >= 0.0 || !offends(self, k) {
                continue;
            }
            *self.world.exposure.entry((k, i)).or_default() += 1.0;
            let warned = self.world.warned((k, i), self.moment);
            let due = self.world.due_until.contains_key(&(k, i));
            if warned && !due && !self.world.sanctions(k, i) {
                follow.push((Some(("threat-due", arrow((k, i)))), Act::CallIn((k, i))));
            }
        }
        follow
    }

    fn carried_out(&self, sanctioned: &[Pair]) -> Vec<Consequence> {
        let due = sanctioned.iter().filter(|pair| self.world.due_until.contains_key(pair));
        let settle =
            |&pair: &Pair| (Some(("threat-carried-out", arrow(pair))), Act::CarryOut(pair));
        due.map(settle).collect()
    }

    fn paid_for_arms(&mut self, act: &Act) -> Option<Consequence> {
        match *act {
            Act::Deliver(pair) => {
                let pays = self.chance.choose(tag::ARMS, ordered(pair));
                let channel = ("arms-for-support", arrow(pair));
                (pays < self.p("arms", "p_payback")).then_some((Some(channel), Act::PayBack(pair)))
            }
            Act::PayBack((supplier, _)) => {
                Some((None, Act::Scale(supplier, self.p("arms", "tech"))))
            }
            _ => None,
        }
    }

    /// Process `balancing`.
    fn suspicion(&self, act: &Act) -> Vec<Consequence> {
        let (treaty, who) = match *act {
            Act::Sign(treaty, _) => (treaty, None),
            Act::Accede(treaty, state) => (treaty, Some(state)),
            _ => return Vec::new(),
        };
        let standing = &self.world.treaties[treaty];
        if !standing.text.obliges("defence") && !standing.text.obliges("offence") {
            return Vec::new();
        }
        let kappa = self.p("balancing", "kappa");
        let mut follow = Vec::new();
        for &i in standing.members.iter().filter(|&&i| who.is_none_or(|who| who == i)) {
            let outside = self.facts.states.iter().filter(|k| !standing.members.contains(*k));
            let suspicious = outside.filter(|k| self.start.rivals(k, i));
            follow.extend(suspicious.map(|&k| (None, Act::Grieve(dyad(k, i), kappa))));
        }
        follow
    }
}
