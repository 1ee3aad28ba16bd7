//! Disputes that become wars, and allies who are called on.

use super::acts::{Act, Clause, Gravity, Side};
use super::chance::ordered;
use super::facts::{Name, war_of};
use super::{Channel, Consequence, Oracle, arrow, tag};

/// The row of a verdict on a clause.
fn row(kind: Name, clause: &Clause) -> Channel {
    (kind, format!("{} {}", arrow((clause.debtor, clause.creditor)), clause.obligation))
}

impl Oracle {
    /// Process `attack`: a dispute may become a war, unless the state keeps a promise.
    pub fn escalation(&mut self, act: &Act) -> Vec<Consequence> {
        let Act::Dispute((i, j), Gravity::Force | Gravity::Less) = *act else { return Vec::new() };
        let escalates = self.chance.choose_of(tag::ATTACK, ordered((i, j)), 0, 2);
        if self.world.at_war(i, j) || escalates >= self.p("attack", "p_war") {
            return Vec::new();
        }
        let mut follow = Vec::new();
        // To promise defence is to promise not to attack.
        if ["non-aggression", "defence"].iter().any(|promise| self.world.owes(i, j, promise)) {
            let clause = Clause { war: None, debtor: i, creditor: j, obligation: "non-aggression" };
            let (ci, cj) = (self.world.capability(i), self.world.capability(j));
            let winning = 1.0 - self.world.attacker_wins(ci, cj);
            let draw = self.chance.choose_besides(tag::ATTACK, ordered((i, j)));
            let decision = self.decision(clause, winning, draw);
            let kept = matches!(decision.1, Act::Honour(_));
            follow.push(decision);
            if kept {
                return follow;
            }
        }
        follow.push((Some(("attack", arrow((i, j)))), Act::Attack((i, j))));
        follow
    }

    /// A debtor keeps its word or breaks it; `winning` is the chance of the creditor's side.
    fn decision(&mut self, clause: Clause, winning: f64, draw: f64) -> Consequence {
        let pair = (clause.debtor, clause.creditor);
        let h = self.world.honour(pair, clause.obligation, winning, self.moment);
        if draw < h {
            (Some(row("clause-honoured", &clause)), Act::Honour(clause))
        } else {
            (Some(row("clause-broken", &clause)), Act::Break(clause))
        }
    }

    /// Process `casus_foederis`: what happens calls on clauses, and their debtors decide.
    pub fn called_on(&mut self, act: &Act) -> Vec<Consequence> {
        let (war, mut calls) = match *act {
            Act::Attack((i, j)) => (war_of(i, j), self.outbreak_calls(war_of(i, j))),
            Act::StartWar(war) => (war, self.outbreak_calls(war)),
            Act::Invoke(war, state) => {
                let chose = self.world.wars[war].parts[state] != (Side::Target, true);
                (war, self.call(war, state, "defence", chose))
            }
            Act::Honour(_) | Act::Join(..) => match act.joins() {
                Some((war, state, side)) => (war, self.joiner_calls(war, state, side)),
                None => return Vec::new(),
            },
            Act::Deliberate(war) => return self.next_decision(war),
            Act::EndWar(war) | Act::Settle(war, _) => {
                // The next war of the same name asks afresh.
                self.asked.retain(|asked| asked.0 != war);
                return Vec::new();
            }
            _ => return Vec::new(),
        };
        // Those asked to fight first, of them the most capable; names settle the rest.
        let c = |clause: &Clause| self.world.capability(clause.debtor);
        let names = |clause: &Clause| (clause.debtor, clause.creditor, clause.obligation);
        calls.sort_by_key(names);
        calls.sort_by(|a, b| c(b).total_cmp(&c(a)));
        calls.sort_by_key(|clause| clause.joins().is_none());
        self.calls.extend(calls);
        // Who keeps its word decided in a round that goes on.
        match act {
            Act::Honour(_) => Vec::new(),
            _ => vec![(None, Act::Deliberate(war))],
        }
    }

    /// Defence is owed to those attacked, offence to those who attack, neutrality to all.
    fn outbreak_calls(&self, war: Name) -> Vec<Clause> {
        let fought = &self.world.wars[war];
        let of = |side, obligation| {
            let call = move |state: Name| {
                let first = self.call(war, state, obligation, false);
                first.into_iter().chain(self.call(war, state, "neutrality", false))
            };
            fought.on_side(side).into_iter().flat_map(call)
        };
        of(Side::Target, "defence").chain(of(Side::Attacker, "offence")).collect()
    }

    /// Who joins chose the war, and so did those whom it now fights if they are attackers: their
    /// unconditional allies are called on.
    fn joiner_calls(&self, war: Name, state: Name, side: Side) -> Vec<Clause> {
        let mut calls = self.call(war, state, "defence", true);
        calls.extend(self.call(war, state, "neutrality", false));
        for opponent in self.world.wars[war].on_side(side.other()) {
            calls.extend(self.call(war, opponent, "defence", true));
        }
        calls
    }

    /// Everyone outside the war who owes a state an obligation is called on.
    fn call(
        &self,
        war: Name,
        creditor: Name,
        obligation: Name,
        unconditional: bool,
    ) -> Vec<Clause> {
        let world = &self.world;
        let fought = &world.wars[war];
        let owes = |k: &Name| match unconditional {
            true => world.owes_unconditionally(k, creditor, obligation),
            false => world.owes(k, creditor, obligation),
        };
        let outside = self.facts.others(&[creditor]).into_iter();
        let debtors = outside.filter(|k| !fought.parts.contains_key(k) && owes(k));
        let side = fought.parts[creditor].0;
        let clause = |debtor| Clause { war: Some((war, side)), debtor, creditor, obligation };
        debtors.map(clause).collect()
    }

    /// The first of those called on in a war decides; after all that follows, the next.
    fn next_decision(&mut self, war: Name) -> Vec<Consequence> {
        let in_it = |clause: &Clause| clause.war.is_some_and(|(name, _)| name == war);
        let Some(first) = self.calls.iter().position(in_it) else { return Vec::new() };
        let clause = self.calls.remove(first);
        let verdict = self.verdict(clause);
        verdict.into_iter().chain([(None, Act::Deliberate(war))]).collect()
    }

    /// What becomes of a call; nothing if it has lost its object or was made before.
    fn verdict(&mut self, clause: Clause) -> Option<Consequence> {
        let Clause { war, debtor, creditor, obligation } = clause;
        let (name, side) = war?;
        let fought = self.world.wars[name].clone();
        if fought.parts.contains_key(debtor)
            || !self.asked.insert((name, debtor, creditor, obligation))
        {
            return None;
        }
        let mut more = 0.0;
        if clause.joins().is_some() {
            let against = |o: &Name| self.world.bound_to(debtor, o);
            let enemy = |o: &Name| self.world.at_war(debtor, o);
            if fought.on_side(side.other()).iter().any(against)
                || fought.on_side(side).iter().any(enemy)
            {
                return Some((Some(row("clause-excused", &clause)), Act::Excuse));
            }
            more = self.world.capability(debtor);
        }
        let winning = self.world.side_wins(&fought, side, more);
        let kinds = ["defence", "offence", "neutrality", "non-aggression"];
        let kind = kinds.iter().position(|kind| *kind == obligation).expect("it can be called on");
        let who = ordered((debtor, creditor));
        let draw = self.chance.choose_of(tag::CASUS_FOEDERIS, who, kind as u32, 4);
        Some(self.decision(clause, winning, draw))
    }
}
