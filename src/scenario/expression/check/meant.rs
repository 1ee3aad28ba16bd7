//! Arguments that are written as if for something else, where it is plain what is meant.

use super::Checker;
use crate::model::expression::{Comparison, Step};
use crate::scenario::expression::tree::{Argument, Node, Tree};
use crate::scenario::expression::words::{How, What, Word};

impl Checker<'_, '_, '_> {
    /// Notes the greater of two numbers that is meant to be the highest of all states, and the
    /// other way round.
    pub(super) fn mistaken(&mut self, tree: &Tree, word: &Word, arguments: &[Argument]) -> bool {
        let cure = match (word.name, arguments) {
            ("max", [Argument::Pair(..)]) => "for the highest of all states write highest(s: ...)",
            ("min", [Argument::Pair(..)]) => "for the lowest of all states write lowest(s: ...)",
            ("highest", [Argument::Plain(_), _]) => "for the greater of two write max(A, B)",
            ("lowest", [Argument::Plain(_), _]) => "for the lesser of two write min(A, B)",
            _ => return false,
        };
        let (rule, found) = match word.count().0 {
            2 => ("takes two numbers", "these are the numbers of all states"),
            _ => ("asks every state in turn", "these are two numbers"),
        };
        self.notes.cured(&tree.span, format!("`{}` {rule}", word.name), found, cure);
        true
    }

    /// Notes a pair written as in `[dyads]`, `RUS-UKR` or `RUS>UKR`, where two states belong.
    pub(super) fn joined(&mut self, tree: &Tree, word: &Word, arguments: &[Argument]) -> bool {
        let states = word
            .arguments
            .iter()
            .take(2)
            .filter(|wanted| wanted.what == What::State && wanted.how != How::Keyword);
        let [Argument::Plain(pair), rest @ ..] = arguments else { return false };
        let ends = match &pair.node {
            Node::Sum(first, more) => match &more[..] {
                [(Step::Minus, second)] => [&**first, second],
                _ => return false,
            },
            Node::Compare(first, more) => match &more[..] {
                [(Comparison::Greater, second)] => [&**first, second],
                _ => return false,
            },
            _ => return false,
        };
        let named = |tree: &&Tree| matches!(tree.node, Node::Name(_));
        if states.count() < 2 || !ends.iter().all(named) {
            return false;
        }
        let given = ends.iter().map(|tree| tree.span.clone());
        let given = given.chain(rest.iter().map(Argument::span));
        let given: Vec<_> = given.map(|span| self.notes.slice(&span).to_owned()).collect();
        let rule = format!("`{}` takes two states with a comma between them", word.name);
        let cure = format!("write {}({})", word.name, given.join(", "));
        self.notes.cured(&tree.span, rule, "a pair here", cure);
        true
    }
}
