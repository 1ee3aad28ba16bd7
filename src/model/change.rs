//! What can happen to a world at a moment, and how each change is made.

use crate::model::frame::Frame;
use crate::model::ids::{DyadId, ParameterId, SanctionId, StateId, TreatyId, WarId};
use crate::model::sanction::SanctionTypes;
use crate::model::treaty::{Obligation, Ratification};
use crate::model::war::{Camp, Outcome};
use crate::model::world::World;

/// How far a dispute goes, as the Correlates of War project tells levels of hostility apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A threat of force.
    Threat,
    /// A display of force.
    Display,
    /// The use of force short of war.
    Force,
    /// War: what an event begins that lets a state attack.
    War,
}

/// A clause that an event has called on, and who is to decide on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call {
    /// The war at hand; `None` where the question is whether to begin one.
    pub war: Option<WarId>,
    /// Who owes.
    pub debtor: StateId,
    /// Who is owed.
    pub creditor: StateId,
    /// What is owed.
    pub obligation: Obligation,
    /// The treaty that says so.
    pub treaty: TreatyId,
    /// The side of the creditor.
    pub camp: Camp,
}

/// One change of the world. Processes and events ask for changes; every process that is on may
/// then react to them ([`Process::react`](crate::model::process::Process::react)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// A state calls for a treaty among more than two.
    Convene(StateId),
    /// A treaty is signed.
    Sign(TreatyId),
    /// A signed treaty comes into force.
    Enter(TreatyId),
    /// A treaty ends.
    Terminate(TreatyId),
    /// A state accedes to a treaty.
    Accede(TreatyId, StateId),
    /// A member withdraws from a treaty.
    Withdraw(TreatyId, StateId),
    /// A sanction entry comes into force.
    Impose(SanctionId),
    /// A sanction entry is lifted.
    Lift(SanctionId),
    /// A state joins a sanction entry that is in force.
    JoinSanction(SanctionId, StateId),
    /// The first state sanctions the second by itself.
    Sanction(StateId, StateId, SanctionTypes),
    /// The first state lifts everything it has imposed on the second.
    LiftAll(StateId, StateId),
    /// Under the first state's sanctions, the second concedes.
    Concede(StateId, StateId),
    /// The first state warns the second; the warning stands for so many years.
    Warn(StateId, StateId, f64),
    /// The second state does what the first has warned it of: for so many years the threat is due.
    CallIn(StateId, StateId, f64),
    /// The first state carries out its threat against the second.
    CarryOut(StateId, StateId),
    /// The first state's threat against the second comes to nothing.
    Lapse(StateId, StateId),
    /// The first state delivers arms to the second.
    Deliver(StateId, StateId),
    /// The deliveries of the first state to the second end.
    EndDelivery(StateId, StateId),
    /// The second state supports the first in return for its arms.
    PayBack(StateId, StateId),
    /// The factor by which deliveries raise a state's capability.
    Aid(StateId, f64),
    /// A state's own capability is multiplied.
    ScaleCapability(StateId, f64),
    /// The leaders of two states meet.
    Contact(DyadId),
    /// The first state begins a militarised dispute with the second.
    Dispute(StateId, StateId, Level),
    /// The first state attacks the second: a war of the model.
    Attack(StateId, StateId),
    /// A war of the scenario begins.
    StartWar(WarId),
    /// A state joins a war.
    Join(WarId, StateId, Camp),
    /// A state that fights in a war calls on its allies, as when it is attacked; conditional treaties
    /// bind nobody to a state that chose the war.
    Invoke(WarId, StateId),
    /// The next of those called on in a war decides.
    Decide(WarId),
    /// A debtor honours a clause.
    Honour(Call),
    /// A debtor breaks a clause.
    Break(Call),
    /// A debtor is not asked: it is bound to the other side too, or in no position to act.
    Excuse(Call),
    /// A war ends by an event.
    EndWar(WarId),
    /// A war ends as such wars do.
    Settle(WarId, Outcome),
    /// From now on only an event ends a war.
    HoldWar(WarId),
    /// From now on a parameter of a process has another value; the trial loop sees to it.
    Set(ParameterId, f64),
    /// A dyad's grievance rises.
    Grieve(DyadId, f64),
    /// Alignment of a dyad jumps ([`jump`]); `lasting` moves the value it returns to as well.
    ShiftAlignment {
        /// Whose alignment.
        dyad: DyadId,
        /// The jump J, -1 to 1.
        by: f64,
        /// Whether the anchor moves too.
        lasting: bool,
    },
    /// Isolation of a state jumps ([`jump`] on the range 0 to 1); `lasting` as above.
    ShiftIsolation {
        /// Whose isolation.
        state: StateId,
        /// The jump J, -1 to 1.
        by: f64,
        /// Whether the anchor moves too.
        lasting: bool,
    },
}

/// Moments closer than this are the same (years): rounding of sums of steps.
const SAME_MOMENT: f64 = 1e-9;

impl Call {
    /// Whether honouring it means to fight: defence and offence, not neutrality or non-aggression.
    pub fn fights(&self) -> bool {
        matches!(self.obligation, Obligation::Defence | Obligation::Offence)
    }
}

impl Change {
    /// Who joins which war on which side, if this lets a state join a war.
    pub fn joins(&self) -> Option<(WarId, StateId, Camp)> {
        match *self {
            Self::Join(war, state, camp) => Some((war, state, camp)),
            Self::Honour(call) if call.fights() => Some((call.war?, call.debtor, call.camp)),
            _ => None,
        }
    }

    /// Makes the change at time `now` (years since the start). Gives whether anything changed:
    /// signing a treaty that is in force, say, changes nothing, and nobody reacts to it.
    pub fn apply(&self, frame: &Frame, world: &mut World, now: f64) -> bool {
        match *self {
            Self::Sign(id) => {
                let signed = world.treaties.sign(frame, id, now);
                let waits = match frame.treaties[id.index()].ratification {
                    Ratification::AtSignature => false,
                    Ratification::ByChance => frame.ratification,
                    Ratification::ByEvent => true,
                };
                if signed && !waits {
                    world.treaties.enter(frame, id);
                }
                signed
            }
            Self::Enter(id) => world.treaties.enter(frame, id),
            Self::Terminate(id) => world.treaties.end(frame, id),
            Self::Accede(id, state) => world.treaties.accede(frame, id, state),
            Self::Withdraw(id, state) => world.treaties.withdraw(frame, id, state),
            Self::Impose(id) => world.sanctions.set_entry(frame, id, true),
            Self::Lift(id) => world.sanctions.set_entry(frame, id, false),
            Self::JoinSanction(id, state) => world.sanctions.join(frame, id, state),
            Self::Sanction(from, on, types) => world.sanctions.impose(from, on, types),
            Self::LiftAll(from, on) => world.sanctions.lift(frame, from, on),
            Self::Warn(from, to, years) => {
                world.ledger.warn(from, to, now + years);
                true
            }
            Self::CallIn(from, to, years) => world.ledger.call_in(from, to, now + years),
            Self::CarryOut(from, to) => world.ledger.settle(from, to),
            // A threat that has become due anew does not lapse with the old one.
            Self::Lapse(from, to) => {
                world.ledger.due_until(from, to) <= now + SAME_MOMENT
                    && world.ledger.settle(from, to)
            }
            Self::Deliver(from, to) => world.ledger.set_delivering(from, to, true),
            Self::EndDelivery(from, to) => world.ledger.set_delivering(from, to, false),
            Self::Aid(state, factor) => {
                world.set_aid(state, factor);
                true
            }
            Self::ScaleCapability(state, by) => {
                world.scale_capability(state, by);
                true
            }
            Self::Convene(_)
            | Self::Concede(..)
            | Self::PayBack(..)
            | Self::Contact(_)
            | Self::Excuse(_)
            | Self::Set(..)
            | Self::Decide(_) => true,
            Self::Dispute(from, with, level) => {
                let peace = !world.wars.between(frame.dyads.between(from, with));
                if peace && level >= Level::Force {
                    world.ledger.use_force(from, now);
                }
                peace
            }
            Self::Attack(attacker, target) => {
                let war = frame.war_of(attacker, target);
                let peace = !world.wars.between(frame.dyads.between(attacker, target));
                let begun = peace && world.wars.begin(frame, war, &[attacker], &[target]);
                if begun {
                    world.ledger.use_force(attacker, now);
                }
                begun
            }
            Self::StartWar(id) => {
                let war = &frame.wars[id.index()];
                let begun = world.wars.begin(frame, id, &war.attackers, &war.targets);
                for &attacker in war.attackers.iter().filter(|_| begun) {
                    world.ledger.use_force(attacker, now);
                }
                begun
            }
            Self::Join(war, state, camp) => world.wars.join(frame, war, state, camp),
            Self::Invoke(id, state) => world.wars.part(id, state).camp().is_some(),
            Self::Honour(_) => match self.joins() {
                Some((war, state, camp)) => world.wars.join(frame, war, state, camp),
                None => true,
            },
            Self::Break(Call { debtor, creditor, .. }) => {
                world.ledger.break_word(debtor, creditor, now);
                true
            }
            Self::EndWar(id) | Self::Settle(id, _) => world.wars.end(frame, id),
            Self::HoldWar(id) => world.wars.hold(id),
            Self::Grieve(dyad, by) => {
                world.grievance[dyad.index()] += by;
                by != 0.0
            }
            Self::ShiftAlignment { dyad, by, lasting } => {
                shift(&mut world.alignment[dyad.index()], by, -1.0);
                if lasting {
                    shift(&mut world.alignment_anchor[dyad.index()], by, -1.0);
                }
                true
            }
            Self::ShiftIsolation { state, by, lasting } => {
                shift(&mut world.isolation[state.index()], by, 0.0);
                if lasting {
                    shift(&mut world.isolation_anchor[state.index()], by, 0.0);
                }
                true
            }
        }
    }
}

fn shift(score: &mut f64, by: f64, low: f64) {
    *score = jump(*score, by, low);
}

/// The bounded jump of a score on [`low`, 1]: `x + J (1 - x)` upwards, `x + J (x - low)` downwards,
/// with J between -1 and 1.
#[inline]
pub fn jump(x: f64, j: f64, low: f64) -> f64 {
    let moved = if j > 0.0 { x + j * (1.0 - x) } else { x + j * (x - low) };
    moved.clamp(low, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_covers_its_share_of_the_way_to_the_end_of_the_range() {
        assert_eq!(jump(0.0, 0.5, -1.0), 0.5);
        assert_eq!(jump(0.0, -0.5, -1.0), -0.5);
        assert_eq!(jump(0.6, 0.05, -1.0), 0.62);
        assert_eq!(jump(0.6, -0.5, 0.0), 0.3);
        assert_eq!(jump(-1.0, -0.3, -1.0), -1.0);
        assert_eq!(jump(0.25, 1.0, 0.0), 1.0);
    }
}
