//! From parts and signs in a row to a tree, by the ranks of the signs.

use std::ops::Range;

use super::token::Token;
use super::tree::{Node, Tree};
use crate::model::expression::{Comparison, Step};

/// A part with the signs before it.
#[derive(Clone, Debug)]
pub struct Operand {
    /// The signs before it, in order.
    pub before: Vec<(Prefix, Range<usize>)>,
    /// The part: a literal, a name, a call, or anything in parentheses.
    pub tree: Tree,
}

/// A sign before a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// `not`
    Not,
    /// `-`
    Minus,
}

/// Parts in a row, with one sign fewer between them.
#[derive(Debug)]
pub struct Row<'t> {
    /// The parts, at least one.
    pub operands: Vec<Operand>,
    /// The signs between them.
    pub signs: Vec<Token<'t>>,
}

impl Row<'_> {
    /// The tree of the row.
    pub fn tree(self) -> Tree {
        joined(self, Token::Or, Node::Or, |row| joined(row, Token::And, Node::And, negated))
    }

    /// The rows between the signs that `pick` picks, and those signs.
    fn split<S>(self, pick: impl Fn(Token<'_>) -> Option<S>) -> (Vec<Self>, Vec<S>) {
        let (mut rows, mut picked) = (Vec::new(), Vec::new());
        let mut row = Self { operands: Vec::new(), signs: Vec::new() };
        let mut signs = self.signs.into_iter();
        for operand in self.operands {
            row.operands.push(operand);
            let Some(sign) = signs.next() else { break };
            match pick(sign) {
                None => row.signs.push(sign),
                Some(sign) => {
                    picked.push(sign);
                    rows.push(std::mem::replace(
                        &mut row,
                        Self { operands: Vec::new(), signs: Vec::new() },
                    ));
                }
            }
        }
        rows.push(row);
        (rows, picked)
    }
}

/// Parts with one sign between them, which is all there is to say about the sign.
fn joined<'t>(
    row: Row<'t>,
    sign: Token<'t>,
    node: fn(Vec<Tree>) -> Node,
    part: impl Fn(Row<'t>) -> Tree,
) -> Tree {
    let (rows, signs) = row.split(|token| (token == sign).then_some(()));
    let mut parts: Vec<_> = rows.into_iter().map(part).collect();
    match (signs.is_empty(), parts.pop()) {
        (true, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            Tree { span: around(parts.first(), parts.last()), node: node(parts) }
        }
    }
}

/// `not` before all that is looser than a truth can be.
fn negated(mut row: Row<'_>) -> Tree {
    let mut nots = Vec::new();
    if let Some(first) = row.operands.first_mut() {
        let count = first.before.iter().take_while(|(sign, _)| *sign == Prefix::Not).count();
        nots.extend(first.before.drain(..count));
    }
    let inner = compared(row);
    nots.into_iter().rev().fold(inner, prefixed)
}

fn prefixed(tree: Tree, (sign, at): (Prefix, Range<usize>)) -> Tree {
    let span = at.start..tree.span.end;
    let node = match sign {
        Prefix::Not => Node::Not(Box::new(tree)),
        Prefix::Minus => Node::Negative(Box::new(tree)),
    };
    Tree { span, node }
}

fn compared(row: Row<'_>) -> Tree {
    let pick = |token: Token<'_>| match token {
        Token::Compare(comparison) => Some(comparison),
        _ => None,
    };
    stepped::<Comparison>(row, pick, Node::Compare, |row| {
        let pick = |token: Token<'_>| match token {
            Token::Plus => Some(Step::Plus),
            Token::Minus => Some(Step::Minus),
            _ => None,
        };
        stepped::<Step>(row, pick, Node::Sum, product)
    })
}

fn product(row: Row<'_>) -> Tree {
    let pick = |token: Token<'_>| match token {
        Token::Times => Some(Step::Times),
        Token::Over => Some(Step::Over),
        _ => None,
    };
    stepped::<Step>(row, pick, Node::Product, |row| {
        let operand = row.operands.into_iter().next();
        let operand = operand.expect("a row has one part more than signs");
        operand.before.into_iter().rev().fold(operand.tree, prefixed)
    })
}

/// Parts with signs between them that differ.
fn stepped<'t, S>(
    row: Row<'t>,
    pick: impl Fn(Token<'_>) -> Option<S>,
    node: fn(Box<Tree>, Vec<(S, Tree)>) -> Node,
    part: impl Fn(Row<'t>) -> Tree,
) -> Tree {
    let (rows, signs) = row.split(pick);
    let mut parts = rows.into_iter().map(part);
    let first = parts.next().expect("there is at least one row");
    let rest: Vec<_> = signs.into_iter().zip(parts).collect();
    let Some((_, last)) = rest.last() else { return first };
    Tree { span: around(Some(&first), Some(last)), node: node(Box::new(first), rest) }
}

fn around(first: Option<&Tree>, last: Option<&Tree>) -> Range<usize> {
    first.map_or(0, |tree| tree.span.start)..last.map_or(0, |tree| tree.span.end)
}
