//! What an expression reads, and when it is therefore to be looked at.

use super::{Day, DyadScore, Number, Relation, Slot, Truth, Variable, Who};

/// When an expression is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moments {
    /// After every firing with all its consequences, and on step dates: it reads how often things
    /// have happened.
    Firings,
    /// After every firing that changed a relation between states or was an event, on the days from
    /// which anything counts, and on step dates: nothing that it reads has changed after any other.
    Changes,
    /// On step dates only, because it reads what moves all the time.
    StepDates,
}

/// A part of a tree that reads something.
#[derive(Clone, Copy)]
pub(super) enum Leaf {
    /// Something that moves all the time.
    Moving,
    /// How often something has happened.
    Counted,
    /// The state that this stands for.
    Who(Who),
    /// A place of memory.
    Slot(Slot),
    /// Anything else that may differ between moments or trials.
    Other,
}

impl Truth {
    /// When it is to be looked at. What stands in `ever` or `since` is looked at by its own
    /// tracker, at its own moments.
    pub fn moments(&self) -> Moments {
        moments(|found| self.leaves(found))
    }

    /// Whether it depends on a variable, bound around it or within it.
    pub fn mentions(&self, variable: Variable) -> bool {
        mentions(variable, |found| self.leaves(found))
    }

    /// Calls `found` with every leaf.
    pub(super) fn leaves(&self, found: &mut dyn FnMut(Leaf)) {
        match self {
            Self::Constant(_) => {}
            Self::Not(truth) | Self::Any(_, truth) | Self::All(_, truth) => truth.leaves(found),
            Self::And(truths) | Self::Or(truths) => truths.iter().for_each(|t| t.leaves(found)),
            Self::Numbers(_, a, b) => [a, b].into_iter().for_each(|n| n.leaves(found)),
            Self::Days(_, a, b) => [a, b].into_iter().for_each(|d| d.leaves(found)),
            Self::Same(a, b) => [*a, *b].into_iter().for_each(|who| found(Leaf::Who(who))),
            // A warning lapses with time, when nothing happens.
            Self::Relation(Relation::Warns, a, b) => {
                found(Leaf::Moving);
                [*a, *b].into_iter().for_each(|who| found(Leaf::Who(who)));
            }
            Self::AnyRelation(Relation::Warns, who) => {
                found(Leaf::Moving);
                found(Leaf::Who(*who));
            }
            Self::Relation(_, a, b) => {
                found(Leaf::Other);
                [*a, *b].into_iter().for_each(|who| found(Leaf::Who(who)));
            }
            Self::AnyRelation(_, who) | Self::Member(who, _) => {
                found(Leaf::Other);
                found(Leaf::Who(*who));
            }
            Self::Signed(_)
            | Self::InForce(_)
            | Self::SanctionOn(_)
            | Self::WarOn(_)
            | Self::Fired(_) => found(Leaf::Other),
            Self::Ever(slot) => found(Leaf::Slot(*slot)),
        }
    }
}

impl Number {
    /// When it is to be looked at; see [`Truth::moments`].
    pub fn moments(&self) -> Moments {
        moments(|found| self.leaves(found))
    }

    /// Whether it depends on a variable, bound around it or within it.
    pub fn mentions(&self, variable: Variable) -> bool {
        mentions(variable, |found| self.leaves(found))
    }

    pub(super) fn leaves(&self, found: &mut dyn FnMut(Leaf)) {
        match self {
            Self::Constant(_) => {}
            Self::Quantity(_) => found(Leaf::Other),
            Self::Times(_) => found(Leaf::Counted),
            Self::Negative(number) | Self::Absolute(number) | Self::Over(_, _, number) => {
                number.leaves(found);
            }
            Self::Chain(first, rest) => {
                first.leaves(found);
                rest.iter().for_each(|(_, number)| number.leaves(found));
            }
            Self::Greater(a, b) | Self::Lesser(a, b) => {
                a.leaves(found);
                b.leaves(found);
            }
            Self::Years(to, from) => [to, from].into_iter().for_each(|day| day.leaves(found)),
            Self::State(_, who) => {
                found(Leaf::Moving);
                found(Leaf::Who(*who));
            }
            Self::Dyad(score, a, b) => {
                let fixed = *score == DyadScore::Distance;
                found(if fixed { Leaf::Other } else { Leaf::Moving });
                [*a, *b].into_iter().for_each(|who| found(Leaf::Who(who)));
            }
            Self::Count(_, truth) => truth.leaves(found),
            Self::Since(slot) => {
                found(Leaf::Moving);
                found(Leaf::Slot(*slot));
            }
        }
    }
}

impl Day {
    /// Whether it depends on a variable.
    pub fn mentions(&self, variable: Variable) -> bool {
        mentions(variable, |found| self.leaves(found))
    }

    pub(super) fn leaves(&self, found: &mut dyn FnMut(Leaf)) {
        match self {
            Self::Fixed(_) => {}
            Self::Today => found(Leaf::Moving),
            Self::Moved(day, moves) => {
                day.leaves(found);
                moves.iter().for_each(|(_, years)| years.leaves(found));
            }
        }
    }
}

fn moments(leaves: impl FnOnce(&mut dyn FnMut(Leaf))) -> Moments {
    let (mut moving, mut counted) = (false, false);
    leaves(&mut |leaf| match leaf {
        Leaf::Moving => moving = true,
        // What is remembered may change whenever its tracker looks.
        Leaf::Counted | Leaf::Slot(_) => counted = true,
        Leaf::Who(_) | Leaf::Other => {}
    });
    match (moving, counted) {
        (true, _) => Moments::StepDates,
        (_, true) => Moments::Firings,
        _ => Moments::Changes,
    }
}

fn mentions(variable: Variable, leaves: impl FnOnce(&mut dyn FnMut(Leaf))) -> bool {
    let mut mentioned = false;
    leaves(&mut |leaf| {
        mentioned |= match leaf {
            Leaf::Who(who) => who == Who::Each(variable),
            Leaf::Slot(slot) => slot.each() == Some(variable),
            Leaf::Moving | Leaf::Counted | Leaf::Other => false,
        }
    });
    mentioned
}
