//! How long and how deep an expression may be, and that its parentheses match.
//!
//! Length and parentheses are checked before anything is parsed, because parentheses are what the
//! parser recurses on. The tree is checked before anything else is done with it.

use std::ops::Range;

use super::lexer::Placed;
use super::notes::Notes;
use super::token::Token;
use super::tree::{Argument, Node, Tree};

/// The most characters of an expression.
pub const MAX_CHARACTERS: usize = 2_000;

/// The most levels: of parentheses in each other, and of parts in each other.
pub const MAX_LEVELS: usize = 64;

/// Notes the first part that lies too deep.
fn deeper(span: &Range<usize>, notes: &mut Notes<'_>) {
    let rule =
        format!("the parts of an expression lie at most {MAX_LEVELS} levels deep in each other");
    notes.add(span, rule, "this lies deeper");
}

/// Whether the text is not too long.
pub fn length(notes: &mut Notes<'_>) -> bool {
    let length = notes.text().chars().count();
    if length > MAX_CHARACTERS {
        let rule = format!("an expression has at most {MAX_CHARACTERS} characters");
        let found = format!("this has {length}");
        notes.add(&(0..notes.text().len()), rule, found);
    }
    length <= MAX_CHARACTERS
}

/// Whether every parenthesis has its counterpart and nothing lies too deep.
pub fn levels(tokens: &[Placed<'_>], notes: &mut Notes<'_>) -> bool {
    let mut open = Vec::new();
    let (mut level, mut ends) = (0, false);
    for (token, span) in tokens {
        match token {
            Token::Open => {
                open.push((span.into_range(), level));
                level += 1;
            }
            Token::Close => match open.pop() {
                Some((_, outside)) => level = outside,
                None => {
                    let rule = "every ) closes a ( before it";
                    notes.cured(&span.into_range(), rule, "this one closes none", "leave it out");
                    return false;
                }
            },
            Token::Not => level += 1,
            Token::Minus if !ends => level += 1,
            _ => {}
        }
        ends = token.ends_operand();
        if level > MAX_LEVELS {
            deeper(&span.into_range(), notes);
            return false;
        }
        if ends || *token == Token::Comma {
            level = open.last().map_or(0, |(_, outside)| outside + 1);
        }
    }
    if let Some((span, _)) = open.last() {
        notes.cured(span, "every ( is closed by a )", "this one is never closed", "add a )");
    }
    open.is_empty()
}

/// Whether no part of the tree lies too deep.
pub fn depth(tree: &Tree, notes: &mut Notes<'_>) -> bool {
    let deep = too_deep(tree, MAX_LEVELS);
    if let Some(tree) = deep {
        deeper(&tree.span, notes);
    }
    deep.is_none()
}

/// The first part that lies more than `levels` deep.
fn too_deep(tree: &Tree, levels: usize) -> Option<&Tree> {
    let Some(levels) = levels.checked_sub(1) else { return Some(tree) };
    let deep = |tree| too_deep(tree, levels);
    match &tree.node {
        Node::Not(inner) | Node::Negative(inner) => deep(inner),
        Node::And(parts) | Node::Or(parts) => parts.iter().find_map(deep),
        Node::Compare(first, rest) => {
            deep(first).or_else(|| rest.iter().find_map(|(_, tree)| deep(tree)))
        }
        Node::Sum(first, rest) | Node::Product(first, rest) => {
            deep(first).or_else(|| rest.iter().find_map(|(_, tree)| deep(tree)))
        }
        Node::Call(_, arguments) => arguments.iter().find_map(|argument| match argument {
            Argument::Plain(tree) | Argument::Keyword(_, tree) => deep(tree),
            Argument::Pair(first, second) => deep(first).or_else(|| deep(second)),
        }),
        Node::Number(_) | Node::Date(_) | Node::Text(_) | Node::Name(_) | Node::Truth(_) => None,
    }
}
