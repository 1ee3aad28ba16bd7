//! Calls of functions.

use super::arguments::Given;
use super::{Checker, Part};
use crate::model::expression::{DyadScore, Fold, Number, Relation, StateScore, Truth, Who};
use crate::scenario::expression::tree::{Argument, Name, Tree};
use crate::scenario::expression::words::{Function, Word};
use crate::scenario::names::suggestion;

impl Checker<'_, '_, '_> {
    /// `f(a, b = c)`
    pub(super) fn call(
        &mut self,
        tree: &Tree,
        name: &Name,
        arguments: &[Argument],
    ) -> Option<Part> {
        let Some(word) = Word::find(&name.text) else {
            self.unknown_function(&name.text, &name.span);
            return None;
        };
        if word.arguments.is_empty() {
            let rule = format!("`{}` stands without parentheses", word.name);
            self.notes.cured(&tree.span, rule, "parentheses here", format!("write {}", word.name));
            return None;
        }
        let given = self.arguments(tree, word, arguments)?;
        match given {
            [Some(Given::State(first)), second, third] => {
                of_states(word.function, first, second, third)
            }
            [Some(Given::Happening(kind)), subject, _] => self.times(&kind, subject, arguments),
            [Some(Given::Truth(truth)), ..] => {
                let Argument::Plain(inner) = arguments.first()? else { return None };
                let slot = self.remembered(inner, truth, word)?;
                Some(match word.function {
                    Function::Since => Part::Number(Number::Since(slot)),
                    _ => Part::Truth(Truth::Ever(slot)),
                })
            }
            [Some(first), second, _] => other(word.function, first, second),
            _ => None,
        }
    }

    /// `times(kind, subject)`
    fn times(
        &mut self,
        kind: &str,
        subject: Option<Given>,
        arguments: &[Argument],
    ) -> Option<Part> {
        let channels = self.scope.channels.list.iter().enumerate();
        let of_kind = channels.filter(|(_, (known, _))| *known == kind);
        let Some(Given::Subject(subject)) = subject else {
            let mut ranges = Vec::new();
            of_kind.for_each(|(channel, _)| extend(&mut ranges, channel));
            return Some(Part::Number(Number::Times(ranges.into())));
        };
        let (mut ranges, mut names) = (Vec::new(), Vec::new());
        for (channel, (_, known)) in of_kind {
            names.push(*known);
            if *known == subject {
                extend(&mut ranges, channel);
            }
        }
        if ranges.is_empty() {
            let rule = format!("nothing of kind `{kind}` happens to `{subject}` in this scenario");
            let cure = suggestion(&subject, &names);
            self.notes.note(&arguments.get(1)?.span(), rule, "unknown", cure);
            return None;
        }
        Some(Part::Number(Number::Times(ranges.into())))
    }
}

/// Adds a channel to ranges in ascending order.
fn extend(ranges: &mut Vec<std::ops::Range<usize>>, channel: usize) {
    match ranges.last_mut() {
        Some(last) if last.end == channel => last.end += 1,
        _ => ranges.push(channel..channel + 1),
    }
}

/// A function of one state, or of a state and something else.
fn of_states(
    function: Function,
    first: Who,
    second: Option<Given>,
    third: Option<Given>,
) -> Option<Part> {
    if let Some(truth) = towards(function, first, &second, &third) {
        return Some(Part::Truth(truth));
    }
    match (second, third) {
        (None, _) => {
            let score = match function {
                Function::Isolation => StateScore::Isolation,
                Function::Capability => StateScore::Capability,
                _ => return None,
            };
            Some(Part::Number(Number::State(score, first)))
        }
        (Some(Given::Treaty(treaty)), _) => Some(Part::Truth(Truth::Member(first, treaty))),
        (Some(Given::State(other)), obligation) => between(function, first, other, obligation),
        _ => None,
    }
}

/// A relation that any state, or one given by name, has to a state.
fn towards(
    function: Function,
    to: Who,
    by: &Option<Given>,
    by_type: &Option<Given>,
) -> Option<Truth> {
    let relation = match (function, by_type) {
        (Function::Sanctioned, Some(Given::SanctionType(bit))) => Relation::SanctionsBy(*bit),
        (Function::Sanctioned, _) => Relation::Sanctions,
        (Function::Warned, _) => Relation::Warns,
        (Function::Supplied, _) => Relation::Supplies,
        (Function::AtWar, _) => Relation::AtWar,
        _ => return None,
    };
    Some(match by {
        Some(Given::State(from)) => Truth::Relation(relation, *from, to),
        _ => Truth::AnyRelation(relation, to),
    })
}

/// What there is between two states.
fn between(function: Function, a: Who, b: Who, third: Option<Given>) -> Option<Part> {
    let score = match function {
        Function::Alignment => DyadScore::Alignment,
        Function::Grievance => DyadScore::Grievance,
        Function::Tension => DyadScore::Tension,
        Function::Distance => DyadScore::Distance,
        _ => {
            let relation = match (function, third) {
                (Function::Contiguous, _) => Relation::Contiguous,
                (Function::Bound, Some(Given::Obligation(owed))) => Relation::Bound(owed),
                (Function::Owes, Some(Given::Obligation(owed))) => Relation::Owes(owed),
                (Function::Pledged, Some(Given::Obligation(owed))) => Relation::Pledged(owed),
                _ => return None,
            };
            return Some(Part::Truth(Truth::Relation(relation, a, b)));
        }
    };
    Some(Part::Number(Number::Dyad(score, a, b)))
}

/// A function of something else than states.
fn other(function: Function, first: Given, second: Option<Given>) -> Option<Part> {
    let fold = match function {
        Function::Sum => Fold::Sum,
        Function::Mean => Fold::Mean,
        Function::Highest => Fold::Highest,
        _ => Fold::Lowest,
    };
    Some(match (first, second) {
        (Given::Treaty(treaty), _) if function == Function::Signed => {
            Part::Truth(Truth::Signed(treaty))
        }
        (Given::Treaty(treaty), _) => Part::Truth(Truth::InForce(treaty)),
        (Given::Sanction(entry), _) => Part::Truth(Truth::SanctionOn(entry)),
        (Given::War(war), _) => Part::Truth(Truth::WarOn(war)),
        (Given::Event(event), _) => Part::Truth(Truth::Fired(event)),
        (Given::TruthOfEach(variable, truth), _) => match function {
            Function::Any => Part::Truth(Truth::Any(variable, Box::new(truth))),
            Function::All => Part::Truth(Truth::All(variable, Box::new(truth))),
            _ => Part::Number(Number::Count(variable, Box::new(truth))),
        },
        (Given::NumberOfEach(variable, number), _) => {
            Part::Number(Number::Over(fold, variable, Box::new(number)))
        }
        (Given::Number(a), Some(Given::Number(b))) if function == Function::Max => {
            Part::Number(Number::Greater(Box::new(a), Box::new(b)))
        }
        (Given::Number(a), Some(Given::Number(b))) => {
            Part::Number(Number::Lesser(Box::new(a), Box::new(b)))
        }
        (Given::Number(number), None) => Part::Number(Number::Absolute(Box::new(number))),
        _ => return None,
    })
}
