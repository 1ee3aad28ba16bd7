//! What holds or does not.

use super::{Bound, Day, Facts, Number, Slot, Variable, Who};
use crate::model::ids::{EventId, SanctionId, StateId, TreatyId, WarId};
use crate::model::treaty::Obligation;
use crate::model::world::Status;

/// What may hold or not.
#[derive(Clone, Debug, PartialEq)]
pub enum Truth {
    /// Always, or never.
    Constant(bool),
    /// The opposite.
    Not(Box<Truth>),
    /// All of them.
    And(Box<[Truth]>),
    /// At least one of them.
    Or(Box<[Truth]>),
    /// How two numbers compare.
    Numbers(Comparison, Number, Number),
    /// How two dates compare, in days.
    Days(Comparison, Day, Day),
    /// Whether two states are the same.
    Same(Who, Who),
    /// A relation of one state to another.
    Relation(Relation, Who, Who),
    /// A relation of any state to this one.
    AnyRelation(Relation, Who),
    /// The treaty is signed, in force or not.
    Signed(TreatyId),
    /// The treaty is in force.
    InForce(TreatyId),
    /// The state is a member of the treaty.
    Member(Who, TreatyId),
    /// A link of the sanction entry is in force.
    SanctionOn(SanctionId),
    /// The war is being fought.
    WarOn(WarId),
    /// The event has fired.
    Fired(EventId),
    /// It has held at some moment of the trial.
    Ever(Slot),
    /// It holds for at least one state.
    Any(Variable, Box<Truth>),
    /// It holds for every state.
    All(Variable, Box<Truth>),
}

/// How two numbers or dates may compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
}

impl Comparison {
    /// Whether two numbers compare so; never if one is no number.
    #[inline]
    pub fn holds(self, a: f64, b: f64) -> bool {
        match self {
            Self::Less => a < b,
            Self::AtMost => a <= b,
            Self::Greater => a > b,
            Self::AtLeast => a >= b,
            Self::Equal => a == b,
            Self::Unequal => a != b && !a.is_nan() && !b.is_nan(),
        }
    }
}

/// A relation of one state to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// They fight each other.
    AtWar,
    /// An obligation in force binds them, in either direction.
    Bound(Obligation),
    /// The first owes it to the second.
    Owes(Obligation),
    /// A treaty signed or in force binds them, in either direction.
    Pledged(Obligation),
    /// The first sanctions the second in any way.
    Sanctions,
    /// The first sanctions the second by this type of measure.
    SanctionsBy(usize),
    /// A warning of the first to the second stands.
    Warns,
    /// The first delivers arms to the second.
    Supplies,
    /// They have a common border or a narrow sea between them.
    Contiguous,
}

impl Relation {
    /// Whether `from` has this relation to `to`; no state has one to itself.
    fn holds(self, facts: &Facts<'_>, from: StateId, to: StateId) -> bool {
        if from == to {
            return false;
        }
        let world = facts.world;
        match self {
            Self::AtWar => world.wars.between(facts.frame.dyads.between(from, to)),
            Self::Bound(obligation) => world.treaties.bound(from, to, obligation),
            Self::Owes(obligation) => world.treaties.owes(from, to, obligation),
            Self::Pledged(obligation) => world.treaties.pledged(from, to, obligation),
            Self::Sanctions => world.sanctions.any(from, to),
            Self::SanctionsBy(bit) => world.sanctions.by_type(from, to, bit),
            Self::Warns => world.ledger.warned(from, to, facts.now),
            Self::Supplies => world.ledger.delivering(from, to),
            Self::Contiguous => facts.frame.contiguous[facts.frame.dyads.between(from, to).index()],
        }
    }

    /// Whether any state has this relation to `to`.
    fn of_any(self, facts: &Facts<'_>, to: StateId) -> bool {
        match self {
            Self::AtWar => facts.world.wars.fights(to),
            _ => facts.states().any(|from| self.holds(facts, from, to)),
        }
    }
}

impl Truth {
    /// Whether it holds.
    pub fn holds(&self, facts: &Facts<'_>) -> bool {
        self.within(facts, &mut Bound::nothing())
    }

    /// Whether it holds for what is bound around it.
    pub(super) fn within(&self, facts: &Facts<'_>, bound: &mut Bound) -> bool {
        match self {
            Self::Constant(value) => *value,
            Self::Not(truth) => !truth.within(facts, bound),
            Self::And(all) => all.iter().all(|truth| truth.within(facts, bound)),
            Self::Or(any) => any.iter().any(|truth| truth.within(facts, bound)),
            Self::Numbers(comparison, a, b) => {
                let a = a.within(facts, bound);
                comparison.holds(a, b.within(facts, bound))
            }
            Self::Days(comparison, a, b) => {
                let a = a.within(facts, bound);
                comparison.holds(a, b.within(facts, bound))
            }
            Self::Any(variable, truth) => facts.states().any(|state| {
                bound.set(*variable, state);
                truth.within(facts, bound)
            }),
            Self::All(variable, truth) => facts.states().all(|state| {
                bound.set(*variable, state);
                truth.within(facts, bound)
            }),
            _ => self.read(facts, bound),
        }
    }

    /// Reads a leaf of the tree; what has truths or numbers in it is none.
    fn read(&self, facts: &Facts<'_>, bound: &Bound) -> bool {
        let world = facts.world;
        match *self {
            Self::Same(a, b) => bound.state(a) == bound.state(b),
            Self::Relation(relation, from, to) => {
                relation.holds(facts, bound.state(from), bound.state(to))
            }
            Self::AnyRelation(relation, to) => relation.of_any(facts, bound.state(to)),
            Self::Signed(treaty) => world.treaties.status(treaty) != Status::Absent,
            Self::InForce(treaty) => world.treaties.in_force(treaty),
            Self::Member(state, treaty) => {
                world.treaties.is_member(facts.frame, treaty, bound.state(state))
            }
            Self::SanctionOn(entry) => world.sanctions.entry_on(facts.frame, entry),
            Self::WarOn(war) => world.wars.is_on(war),
            Self::Fired(event) => facts.fired[event.index()] > 0,
            Self::Ever(slot) => facts.tracked[slot.at(bound)].ever,
            _ => false,
        }
    }
}
