//! From words and signs to a tree.
//!
//! What stands between two parentheses is read as a row of parts with signs between them, which
//! [`ranks`](super::ranks) then orders. So only parentheses recurse. How deep they go is limited
//! before anything is parsed, and with it the stack.

use std::ops::Range;

use chumsky::input::{Input, MappedInput};
use chumsky::prelude::{Boxed, Parser, Simple, SimpleSpan, choice, just, recursive};
use chumsky::{IterParser, extra, select};

use super::lexer::Placed;
use super::ranks::{Operand, Prefix, Row};
use super::token::Token;
use super::tree::{Argument, Name, Node, Tree};

type Tokens<'a, 't> = MappedInput<'a, Token<'t>, SimpleSpan, &'a [Placed<'t>]>;
type Failure<'a, 't> = extra::Err<Simple<'a, Token<'t>>>;
type Part<'a, 't, O> = Boxed<'a, 'a, Tokens<'a, 't>, O, Failure<'a, 't>>;

/// The tree of a text of `length` bytes, or the place of the first token that cannot stand where
/// it does.
pub fn tree(tokens: &[Placed<'_>], length: usize) -> Result<Tree, Range<usize>> {
    let input = tokens.split_token_span(SimpleSpan::from(length..length));
    let parsed = recursive(|row| row_of(atom(row.boxed()))).parse(input).into_result();
    parsed.map_err(|failures| {
        failures.first().map_or(length..length, |failure| failure.span().into_range())
    })
}

/// Parts with signs between them.
fn row_of<'a, 't: 'a>(atom: Part<'a, 't, Tree>) -> Part<'a, 't, Tree> {
    let before = select! { Token::Not => Prefix::Not, Token::Minus => Prefix::Minus };
    let before = before.map_with(|sign, at| (sign, range(at.span()))).repeated().collect();
    let operand = before.then(atom).map(|(before, tree)| Operand { before, tree }).boxed();
    let sign = select! {
        sign @ (Token::And | Token::Or | Token::Compare(_)) => sign,
        sign @ (Token::Plus | Token::Minus | Token::Times | Token::Over) => sign,
    };
    let rest = sign.then(operand.clone()).repeated().collect::<Vec<_>>();
    operand
        .then(rest)
        .map(|(first, rest)| {
            let (signs, mut operands): (Vec<_>, Vec<_>) = rest.into_iter().unzip();
            operands.insert(0, first);
            Row { operands, signs }.tree()
        })
        .boxed()
}

/// What holds together by itself: a literal, a name, a call, or anything in parentheses.
fn atom<'a, 't: 'a>(expression: Part<'a, 't, Tree>) -> Part<'a, 't, Tree> {
    let literal = select! {
        Token::Number(value) => Node::Number(value),
        Token::Date(date) => Node::Date(date),
        Token::Text(text) => Node::Text(text.to_owned()),
        Token::Truth(value) => Node::Truth(value),
    };
    let name = select! { Token::Name(text) => text.to_owned() };
    let name = name.map_with(|text, at| Name { span: range(at.span()), text }).boxed();
    let argument = argument(name.clone(), expression.clone());
    let arguments = argument.separated_by(just(Token::Comma)).collect();
    let arguments = arguments.delimited_by(just(Token::Open), just(Token::Close));
    let called = name.then(arguments.or_not()).map(|(name, arguments)| match arguments {
        Some(arguments) => Node::Call(name, arguments),
        None => Node::Name(name.text),
    });
    let literal = literal.map_with(|node, at| Tree { span: range(at.span()), node });
    let called = called.map_with(|node, at| Tree { span: range(at.span()), node });
    let within = expression.delimited_by(just(Token::Open), just(Token::Close));
    let within = within.map_with(|tree, at| Tree { span: range(at.span()), node: tree.node });
    choice((literal, called.boxed(), within.boxed())).boxed()
}

fn argument<'a, 't: 'a>(
    name: Part<'a, 't, Name>,
    expression: Part<'a, 't, Tree>,
) -> Part<'a, 't, Argument> {
    let keyword = name.then_ignore(just(Token::Assign)).then(expression.clone());
    let keyword = keyword.map(|(name, value)| Argument::Keyword(name, value));
    let second = just(Token::Colon).ignore_then(expression.clone()).or_not();
    let plain = expression.then(second).map(|(first, second)| match second {
        Some(second) => Argument::Pair(first, second),
        None => Argument::Plain(first),
    });
    choice((keyword, plain)).boxed()
}

fn range(span: SimpleSpan) -> Range<usize> {
    span.start..span.end
}
