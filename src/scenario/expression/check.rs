//! From a tree to what the model evaluates: every name is looked up, every part checked for what
//! it is.

use std::ops::Range;

use super::notes::Notes;
use super::scope::Scope;
use super::tree::{Node, Tree};
use super::words::Kind;
use crate::model::expression::{Day, Number, Truth, Variable, Who};

mod arguments;
mod calls;
mod compare;
mod each;
mod happenings;
mod lookup;
mod meant;
mod ranges;
mod sums;

/// A part of an expression that has been checked.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Truth(Truth),
    Number(Number),
    Date(Day),
    State(Who),
    Text(String),
}

impl Part {
    fn kind(&self) -> Kind {
        match self {
            Self::Truth(_) => Kind::Truth,
            Self::Number(_) => Kind::Number,
            Self::Date(_) => Kind::Date,
            Self::State(_) => Kind::State,
            Self::Text(_) => Kind::Text,
        }
    }
}

/// A name that stands for each state in a part of an expression.
struct Binding {
    name: String,
    variable: Variable,
    used: bool,
}

/// What checks an expression.
pub(super) struct Checker<'c, 'n, 'a> {
    notes: Notes<'n>,
    scope: &'c mut Scope<'a>,
    bindings: Vec<Binding>,
}

impl<'c, 'n, 'a> Checker<'c, 'n, 'a> {
    pub(super) fn new(notes: Notes<'n>, scope: &'c mut Scope<'a>) -> Self {
        Self { notes, scope, bindings: Vec::new() }
    }

    /// The whole expression as a truth that is not the same whatever happens.
    pub(super) fn whole_truth(mut self, tree: &Tree) -> Option<Truth> {
        let truth = self.truth(tree, "a condition is something that holds or does not")?;
        match truth.constant() {
            None => Some(truth),
            Some(value) => {
                self.always(&tree.span, value);
                None
            }
        }
    }

    /// The whole expression as a number.
    pub(super) fn whole_number(mut self, tree: &Tree) -> Option<Number> {
        self.number(tree, "a value is a number")
    }

    /// A part of any kind.
    fn part(&mut self, tree: &Tree) -> Option<Part> {
        match &tree.node {
            Node::Number(value) => Some(Part::Number(Number::Constant(*value))),
            Node::Date(date) => Some(Part::Date(Day::Fixed(self.scope.calendar.day(*date)))),
            Node::Text(text) => Some(Part::Text(text.clone())),
            Node::Truth(value) => Some(Part::Truth(Truth::Constant(*value))),
            Node::Name(name) => self.name(name, &tree.span),
            Node::Not(inner) => {
                let inner = self.truth(inner, "`not` stands before a truth")?;
                Some(Part::Truth(Truth::Not(Box::new(inner))))
            }
            Node::Negative(inner) => {
                let inner = self.number(inner, "a minus stands before a number")?;
                Some(Part::Number(Number::Negative(Box::new(inner))))
            }
            Node::And(parts) => {
                self.truths(parts, "`and` joins truths").map(|all| Part::Truth(Truth::And(all)))
            }
            Node::Or(parts) => {
                self.truths(parts, "`or` joins truths").map(|any| Part::Truth(Truth::Or(any)))
            }
            Node::Compare(first, rest) => self.comparison(tree, first, rest).map(Part::Truth),
            Node::Sum(first, rest) => self.sum(first, rest),
            Node::Product(first, rest) => self.product(first, rest).map(Part::Number),
            Node::Call(name, arguments) => self.call(tree, name, arguments),
        }
    }

    /// Each of the parts as a truth; all of them are checked.
    fn truths(&mut self, parts: &[Tree], rule: &str) -> Option<Box<[Truth]>> {
        let truths: Vec<_> = parts.iter().map(|part| self.truth(part, rule)).collect();
        truths.into_iter().collect()
    }

    fn truth(&mut self, tree: &Tree, rule: &str) -> Option<Truth> {
        match self.part(tree)? {
            Part::Truth(truth) => Some(truth),
            other => {
                let text = self.notes.slice(&tree.span);
                let cure = match &other {
                    Part::Number(_) => Some(format!("compare it, as in {text} > 0.5")),
                    Part::Date(Day::Today) => {
                        Some("compare it, as in today >= 2024-06-19".to_owned())
                    }
                    Part::Date(_) => Some(format!("compare it, as in today >= {text}")),
                    Part::State(_) => Some(format!("ask about it, as in at_war({text})")),
                    Part::Text(name) => self.other_kind(name),
                    Part::Truth(_) => None,
                };
                self.wrong(&tree.span, rule, other.kind(), cure);
                None
            }
        }
    }

    fn number(&mut self, tree: &Tree, rule: &str) -> Option<Number> {
        match self.part(tree)? {
            Part::Number(number) => Some(number),
            other => {
                let text = self.notes.slice(&tree.span);
                let cure = match &other {
                    Part::Text(text) if text.parse::<f64>().is_ok() => {
                        Some(format!("write {text} without quotes"))
                    }
                    Part::State(_) => Some(format!("write isolation({text}) or another score")),
                    Part::Truth(_) => {
                        Some("count(s: ...) counts the states for which a truth holds".to_owned())
                    }
                    _ => None,
                };
                self.wrong(&tree.span, rule, other.kind(), cure);
                None
            }
        }
    }

    /// Notes a part of another kind than belongs there.
    fn wrong(&mut self, span: &Range<usize>, rule: &str, kind: Kind, cure: Option<String>) {
        self.notes.note(span, rule, format!("this is {}", kind.name()), cure);
    }

    /// Notes what comes out the same whatever happens.
    fn always(&mut self, span: &Range<usize>, value: bool) {
        let found = if value { "this always holds" } else { "this never holds" };
        self.notes.add(span, "a condition depends on what happens in a trial", found);
    }
}
