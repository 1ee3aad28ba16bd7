//! Calculations with numbers and dates.

use std::ops::Range;

use super::{Checker, Part};
use crate::model::expression::{Day, Number, Step};
use crate::scenario::expression::tree::{Tree, sign};
use crate::scenario::expression::words::Kind;

/// What has been computed from the left so far.
enum SoFar {
    Number(Number, Vec<(Step, Number)>),
    Date(Day, Vec<(Step, Number)>),
}

impl SoFar {
    fn part(self) -> Part {
        match self {
            Self::Number(first, rest) => Part::Number(chain(first, rest)),
            Self::Date(day, moves) => Part::Date(moved(day, moves)),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Number(..) => Kind::Number,
            Self::Date(..) => Kind::Date,
        }
    }

    /// Adds or takes away one more part; the two kinds if that makes no sense.
    fn then(self, step: Step, part: Self) -> Result<Self, (Kind, Kind)> {
        let kinds = (self.kind(), part.kind());
        match (self, part) {
            (Self::Number(first, mut rest), Self::Number(number, more)) => {
                rest.push((step, chain(number, more)));
                Ok(Self::Number(first, rest))
            }
            (Self::Date(day, mut moves), Self::Number(years, more)) => {
                moves.push((step, chain(years, more)));
                Ok(Self::Date(day, moves))
            }
            (Self::Date(day, moves), Self::Date(from, more)) if step == Step::Minus => {
                let years = Number::Years(moved(day, moves), moved(from, more));
                Ok(Self::Number(years, Vec::new()))
            }
            (Self::Number(first, rest), Self::Date(day, mut moves)) if step == Step::Plus => {
                moves.push((step, chain(first, rest)));
                Ok(Self::Date(day, moves))
            }
            _ => Err(kinds),
        }
    }
}

fn chain(first: Number, rest: Vec<(Step, Number)>) -> Number {
    if rest.is_empty() { first } else { Number::Chain(Box::new(first), rest.into()) }
}

fn moved(day: Day, moves: Vec<(Step, Number)>) -> Day {
    if moves.is_empty() { day } else { Day::Moved(Box::new(day), moves.into()) }
}

impl Checker<'_, '_, '_> {
    /// `a + b - c`
    pub(super) fn sum(&mut self, first: &Tree, rest: &[(Step, Tree)]) -> Option<Part> {
        let mut so_far = self.summand(first);
        for (step, tree) in rest {
            let part = self.summand(tree);
            so_far = match (so_far, part) {
                (Some(so_far), Some(part)) => match so_far.then(*step, part) {
                    Ok(so_far) => Some(so_far),
                    Err(kinds) => {
                        self.senseless(*step, &(first.span.start..tree.span.end), kinds);
                        None
                    }
                },
                _ => None,
            };
        }
        so_far.map(SoFar::part)
    }

    /// A number or a date.
    fn summand(&mut self, tree: &Tree) -> Option<SoFar> {
        match self.part(tree)? {
            Part::Number(number) => Some(SoFar::Number(number, Vec::new())),
            Part::Date(day) => Some(SoFar::Date(day, Vec::new())),
            other => {
                let kind = other.kind();
                self.wrong(&tree.span, "one adds and subtracts numbers and dates", kind, None);
                None
            }
        }
    }

    fn senseless(&mut self, step: Step, span: &Range<usize>, (a, b): (Kind, Kind)) {
        let rule = "years are added to and subtracted from a date, and the difference of two \
                    dates is a number of years";
        let sign = sign(step);
        self.notes.add(span, rule, format!("this is {} {sign} {}", a.name(), b.name()));
    }

    /// `a * b / c`
    pub(super) fn product(&mut self, first: &Tree, rest: &[(Step, Tree)]) -> Option<Number> {
        let rule = "one multiplies and divides numbers";
        let first = self.number(first, rule);
        let rest: Vec<_> =
            rest.iter().map(|(step, tree)| Some((*step, self.number(tree, rule)?))).collect();
        Some(chain(first?, rest.into_iter().collect::<Option<_>>()?))
    }
}
