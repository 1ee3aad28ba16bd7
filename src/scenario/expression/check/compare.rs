//! Comparisons.

use std::ops::Range;

use super::{Checker, Part, ranges};
use crate::model::expression::{Comparison, Number, Truth, Who};
use crate::scenario::expression::token::spelling;
use crate::scenario::expression::tree::{Node, Tree};

impl Checker<'_, '_, '_> {
    /// `a < b`; one comparison only.
    pub(super) fn comparison(
        &mut self,
        tree: &Tree,
        first: &Tree,
        rest: &[(Comparison, Tree)],
    ) -> Option<Truth> {
        let a = self.part(first);
        let others: Vec<_> = rest.iter().map(|(_, tree)| self.part(tree)).collect();
        let [(comparison, second)] = rest else {
            self.chained(tree, first, rest);
            return None;
        };
        let b = others.into_iter().next().flatten();
        let (a, b) = (self.dated(a?, first, second), self.dated(b?, second, first));
        let truth = self.compared(*comparison, (a, b), tree)?;
        match truth.constant() {
            None => Some(truth),
            Some(value) => {
                self.always(&tree.span, value);
                None
            }
        }
    }

    /// Notes `a < b < c`.
    fn chained(&mut self, tree: &Tree, first: &Tree, rest: &[(Comparison, Tree)]) {
        let mut left = first;
        let mut pairs = Vec::new();
        for (comparison, right) in rest {
            let (a, b) = (self.notes.slice(&left.span), self.notes.slice(&right.span));
            pairs.push(format!("{a} {} {b}", spelling(*comparison)));
            left = right;
        }
        let cure = format!("write {}", pairs.join(" and "));
        let rule = "a comparison has two sides";
        self.notes.cured(&tree.span, rule, format!("this has {}", rest.len() + 1), cure);
    }

    /// Notes a date in quotes that is compared with something else than a name. It is left as it
    /// is: texts are not compared.
    fn dated(&mut self, part: Part, tree: &Tree, other: &Tree) -> Part {
        let unreadable = matches!(other.node, Node::Text(_));
        match &part {
            Part::Text(text) if !unreadable && text.parse::<jiff::civil::Date>().is_ok() => {
                let cure = format!("write {text} without quotes");
                let day = text.parse().map(|date| self.scope.calendar.day(date));
                self.notes.cured(&tree.span, "a date has no quotes", "quotes here", cure);
                day.map_or(part, |day| Part::Date(crate::model::expression::Day::Fixed(day)))
            }
            _ => part,
        }
    }

    fn compared(
        &mut self,
        comparison: Comparison,
        sides: (Part, Part),
        tree: &Tree,
    ) -> Option<Truth> {
        let equality = matches!(comparison, Comparison::Equal | Comparison::Unequal);
        match sides {
            (Part::Number(a), Part::Number(b)) => self.numbers(comparison, a, b, &tree.span),
            (Part::Date(a), Part::Date(b)) => Some(Truth::Days(comparison, a, b)),
            (Part::State(a), Part::State(b)) if equality => {
                let same = Truth::Same(a, b);
                let unequal = comparison == Comparison::Unequal;
                Some(if unequal { Truth::Not(Box::new(same)) } else { same })
            }
            (Part::State(_), Part::State(_)) => {
                let rule = "states are the same or not: they are compared by == or !=";
                self.notes.add(&tree.span, rule, format!("`{}` here", spelling(comparison)));
                None
            }
            (a, b) => {
                self.incomparable(&a, &b, &tree.span);
                None
            }
        }
    }

    fn numbers(
        &mut self,
        comparison: Comparison,
        a: Number,
        b: Number,
        span: &Range<usize>,
    ) -> Option<Truth> {
        if let Some(outside) = ranges::decided(comparison, &a, &b) {
            self.notes.note(span, outside.rule(), outside.found(), outside.cure());
            return None;
        }
        Some(Truth::Numbers(comparison, a, b))
    }

    fn incomparable(&mut self, a: &Part, b: &Part, span: &Range<usize>) {
        let rule = "a number is compared with a number, a date with a date, a state with a state";
        let cure = match (a, b) {
            (Part::Truth(_), _) | (_, Part::Truth(_)) => {
                Some("write a truth by itself, or with `not` before it".to_owned())
            }
            (Part::State(Who::State(_)), Part::Number(_)) => {
                Some("write isolation(...) or another score of the state".to_owned())
            }
            (Part::Date(_), Part::Number(Number::Constant(year))) => Some(day_of(*year)),
            (Part::Number(_), Part::Text(text)) if text.parse::<f64>().is_ok() => {
                Some(format!("write {text} without quotes"))
            }
            _ => None,
        };
        let (kind, other) = (a.kind(), b.kind());
        let found = if kind == other {
            format!("these are two {}s", kind.noun())
        } else {
            format!("this is {} and {}", kind.name(), other.name())
        };
        self.notes.note(span, rule, found, cure);
    }
}

/// How to write a date where a number stands, which may be a year.
fn day_of(number: f64) -> String {
    let year = (1000.0..3000.0).contains(&number) && number.fract() == 0.0;
    format!("a date is a day, such as {}-01-01", if year { number } else { 2024.0 })
}
