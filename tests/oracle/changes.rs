//! What an act changes by itself.

use std::collections::BTreeSet;

use detente::model::treaty::Ratification;

use super::acts::{Act, Gravity, Side};
use super::facts::{Name, Pair, war_of};
use super::world::{Standing, War, World};

/// J of the way to the end of the range.
pub fn jump(x: &mut f64, by: f64, low: f64) {
    *x += if by > 0.0 { by * (1.0 - *x) } else { by * (*x - low) };
}

impl World {
    /// Makes it happen. Whether it did: whatever finds nothing to change does not happen.
    pub fn happen(&mut self, act: &Act, now: f64) -> bool {
        match *act {
            Act::Sign(treaty, ref members) => self.sign(treaty, members, now),
            Act::Enter(treaty) => self.enter(treaty),
            Act::Terminate(treaty) => self.treaties.remove(treaty).is_some(),
            Act::Accede(treaty, state) => self.accede(treaty, state),
            Act::Withdraw(treaty, state) => self.withdraw(treaty, state),
            Act::Impose(entry) => self.impose(entry),
            Act::Lift(entry) => self.lift(entry),
            Act::JoinSanction(entry, state) => self.join_entry(entry, state),
            Act::Sanction(pair, ref kinds) => self.sanction(pair, kinds),
            Act::LiftAll(pair) => self.measures.remove(&pair).is_some(),
            Act::Set(process, name, value) => {
                self.facts.set(process, name, value);
                true
            }
            Act::Warn(pair, years) => {
                let until = self.warned_until.entry(pair).or_insert(f64::NEG_INFINITY);
                *until = until.max(now + years);
                true
            }
            Act::CallIn(pair) => {
                let until = now + self.facts.p("warning", "threat_years");
                let first = !self.due_until.contains_key(&pair);
                self.due_until.entry(pair).or_insert(until);
                first
            }
            Act::CarryOut(pair) => self.settle_threat(pair, f64::INFINITY),
            // The rounding of moments aside.
            Act::Lapse(pair) => self.settle_threat(pair, now + 1e-9),
            Act::Deliver(pair) => {
                let until = now + self.facts.p("arms", "delivery_years");
                let first = !self.delivers_until.contains_key(&pair);
                self.delivers_until.entry(pair).or_insert(until);
                first
            }
            Act::EndDelivery(pair) => self.delivers_until.remove(&pair).is_some(),
            Act::Dispute((from, with), gravity) => {
                let apart = !self.at_war(from, with);
                if apart && gravity != Gravity::Less {
                    self.use_force(from, now);
                }
                apart
            }
            Act::Break(clause) => {
                self.broken_at.insert((clause.debtor, clause.creditor), now);
                true
            }
            _ => self.happen_in_war(act, now) || self.score_moves(act),
        }
    }

    fn use_force(&mut self, state: Name, now: f64) {
        let last = self.last_force.entry(state).or_insert(now);
        *last = last.max(now);
    }

    /// A threat that was due, at the latest until then, is no more, nor is the warning.
    fn settle_threat(&mut self, pair: Pair, latest: f64) -> bool {
        let due = self.due_until.get(&pair).is_some_and(|until| *until <= latest);
        if due {
            self.due_until.remove(&pair);
            self.warned_until.remove(&pair);
        }
        due
    }

    fn happen_in_war(&mut self, act: &Act, now: f64) -> bool {
        match *act {
            Act::Attack((i, j)) => {
                let apart = !self.at_war(i, j);
                if apart {
                    let parts =
                        [(i, (Side::Attacker, true)), (j, (Side::Target, true))].into_iter();
                    let war = War { held: false, parts: parts.collect() };
                    self.wars.insert(war_of(i, j), war);
                    self.use_force(i, now);
                }
                apart
            }
            Act::StartWar(war) => {
                let begun = self.outbreak(war);
                for attacker in self.facts.sides[war].attackers.iter().filter(|_| begun) {
                    self.use_force(attacker, now);
                }
                begun
            }
            Act::Invoke(war, state) => {
                self.wars.get(war).is_some_and(|war| war.parts.contains_key(state))
            }
            Act::EndWar(war) => self.wars.remove(war).is_some(),
            Act::Settle(war, winner) => self.settle(war, winner),
            Act::HoldWar(war) => match self.wars.get_mut(war) {
                Some(war) => !std::mem::replace(&mut war.held, true),
                None => false,
            },
            Act::Join(war, state, side) => self.join(war, state, side),
            Act::Honour(_) => match act.joins() {
                None => true,
                Some((war, state, side)) => self.join(war, state, side),
            },
            Act::Convene(_)
            | Act::Concede
            | Act::PayBack(_)
            | Act::Contact(_)
            | Act::Deliberate(_)
            | Act::Excuse => true,
            _ => false,
        }
    }

    fn score_moves(&mut self, act: &Act) -> bool {
        match *act {
            Act::Scale(state, by) => {
                let own = self.own_capability.get_mut(state).unwrap();
                *own = (*own * by).clamp(f64::MIN_POSITIVE, 1.0);
            }
            Act::Grieve(pair, by) => *self.grievance.get_mut(&pair).unwrap() += by,
            Act::ShiftAlignment(pair, by, lasting) => {
                jump(self.alignment.get_mut(&pair).unwrap(), by, -1.0);
                if lasting {
                    jump(self.alignment0.get_mut(&pair).unwrap(), by, -1.0);
                }
            }
            Act::ShiftIsolation(state, by, lasting) => {
                jump(self.isolation.get_mut(state).unwrap(), by, 0.0);
                if lasting {
                    jump(self.isolation0.get_mut(state).unwrap(), by, 0.0);
                }
            }
            _ => return false,
        }
        true
    }

    fn sign(&mut self, treaty: Name, members: &[Name], now: f64) -> bool {
        if self.treaties.contains_key(treaty) {
            return false;
        }
        let text = self.facts.text(treaty);
        let waits = match text.ratification {
            Ratification::AtSignature => false,
            Ratification::ByChance => self.facts.on("ratification"),
            Ratification::ByEvent => true,
        };
        let members = members.iter().copied().collect();
        self.treaties.insert(treaty, Standing { text, signed: now, in_force: !waits, members });
        true
    }

    fn enter(&mut self, treaty: Name) -> bool {
        match self.treaties.get_mut(treaty) {
            Some(standing) => !std::mem::replace(&mut standing.in_force, true),
            None => false,
        }
    }

    fn accede(&mut self, treaty: Name, state: Name) -> bool {
        match self.treaties.get_mut(treaty) {
            Some(t) => t.text.candidates.contains(&state) && t.members.insert(state),
            None => false,
        }
    }

    fn withdraw(&mut self, treaty: Name, state: Name) -> bool {
        let Some(standing) = self.treaties.get_mut(treaty) else { return false };
        let left = standing.members.remove(state);
        if standing.members.len() < 2 {
            self.treaties.remove(treaty);
        }
        left
    }

    /// Whether a state sanctions another under an entry.
    fn linked(&self, entry: Name, link: &Pair) -> bool {
        self.measures.get(link).is_some_and(|all| all.iter().any(|(of, _)| *of == Some(entry)))
    }

    pub fn entry_on(&self, entry: Name) -> bool {
        self.measures.keys().any(|link| self.linked(entry, link))
    }

    /// The links of an entry that are not in force.
    pub fn missing(&self, entry: Name) -> Vec<Pair> {
        let links = self.facts.entries[entry].links.iter();
        links.copied().filter(|link| !self.linked(entry, link)).collect()
    }

    /// Those that would bind the targets of an entry to a state that joins it.
    pub fn missing_of(&self, entry: Name, state: Name) -> Vec<Pair> {
        let targets: BTreeSet<Name> =
            self.facts.entries[entry].links.iter().map(|link| link.1).collect();
        let links = targets.into_iter().filter(|&on| on != state).map(|on| (state, on));
        links.filter(|link| self.entry_on(entry) && !self.linked(entry, link)).collect()
    }

    pub fn impose(&mut self, entry: Name) -> bool {
        self.link(entry, &self.missing(entry))
    }

    fn join_entry(&mut self, entry: Name, state: Name) -> bool {
        self.link(entry, &self.missing_of(entry, state))
    }

    fn link(&mut self, entry: Name, links: &[Pair]) -> bool {
        for &link in links {
            let kinds = self.facts.entries[entry].types.iter();
            self.measures.entry(link).or_default().extend(kinds.map(|&kind| (Some(entry), kind)));
        }
        !links.is_empty()
    }

    fn lift(&mut self, entry: Name) -> bool {
        let held = |measures: &Self| measures.measures.values().map(BTreeSet::len).sum::<usize>();
        let before = held(self);
        for all in self.measures.values_mut() {
            all.retain(|(origin, _)| *origin != Some(entry));
        }
        self.measures.retain(|_, all| !all.is_empty());
        held(self) < before
    }

    fn sanction(&mut self, pair: Pair, kinds: &[Name]) -> bool {
        let news = kinds.iter().any(|kind| !self.sanctions_by(pair.0, pair.1, kind));
        if news {
            let measures = self.measures.entry(pair).or_default();
            measures.extend(kinds.iter().map(|&kind| (None, kind)));
        }
        news
    }

    pub fn outbreak(&mut self, war: Name) -> bool {
        if self.wars.contains_key(war) {
            return false;
        }
        let sides = &self.facts.sides[war];
        let attackers = sides.attackers.iter().map(|&state| (state, (Side::Attacker, true)));
        let targets = sides.targets.iter().map(|&state| (state, (Side::Target, true)));
        let parts = attackers.chain(targets).collect();
        self.wars.insert(war, War { held: false, parts });
        true
    }

    fn join(&mut self, war: Name, state: Name, side: Side) -> bool {
        let Some(war) = self.wars.get_mut(war) else { return false };
        let outside = !war.parts.contains_key(state);
        if outside {
            war.parts.insert(state, (side, false));
        }
        outside
    }

    /// The losers are those who fight on the losing side when the war ends.
    fn settle(&mut self, war: Name, winner: Option<Side>) -> bool {
        let Some(war) = self.wars.remove(war) else { return false };
        if let Some(winner) = winner {
            let loss = self.facts.p("war", "loss");
            for loser in war.on_side(winner.other()) {
                self.score_moves(&Act::Scale(loser, loss));
            }
        }
        true
    }
}
