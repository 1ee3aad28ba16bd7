//! What a word or sign means where it stands: other ways of writing become what is meant.
//!
//! The state code of Andorra is `AND`, so capitals alone do not tell an `and`; where it stands
//! does.

use super::lexer::{Placed, in_name, slice};
use super::notes::Notes;
use super::token::Token;
use super::words::{What, Word};
use crate::model::expression::Comparison;
use crate::scenario::reader::dates;

/// The tokens as they are meant. Names without quotes and dates in words are noted; other ways of
/// writing can be told by their spelling.
pub fn mend<'t>(mut tokens: Vec<Placed<'t>>, notes: &mut Notes<'t>) -> Vec<Placed<'t>> {
    for at in 0..tokens.len() {
        tokens[at].0 = meant(&tokens, at);
    }
    quote_names(&dates_in_words(&tokens, notes), notes)
}

fn meant<'t>(tokens: &[Placed<'t>], at: usize) -> Token<'t> {
    let before = |back: usize| at.checked_sub(back).map(|at| tokens[at].0);
    let after_operand = before(1).is_some_and(Token::ends_operand);
    match tokens[at].0 {
        Token::Assign => {
            let argument = match before(2) {
                Some(Token::Comma) => true,
                Some(Token::Open) => matches!(before(3), Some(Token::Name(_))),
                _ => false,
            };
            let named = matches!(before(1), Some(Token::Name(_)));
            if named && argument { Token::Assign } else { Token::Compare(Comparison::Equal) }
        }
        Token::Name(name) if after_operand => match name.to_lowercase().as_str() {
            "and" => Token::And,
            "or" => Token::Or,
            _ => Token::Name(name),
        },
        Token::Name(name) => {
            let operand = tokens.get(at + 1).is_some_and(|(next, _)| next.begins_operand());
            match name.to_lowercase().as_str() {
                "not" if operand => Token::Not,
                "true" => Token::Truth(true),
                "false" => Token::Truth(false),
                _ => Token::Name(name),
            }
        }
        token => token,
    }
}

/// Dates such as `1 June 2026` become one token.
fn dates_in_words<'t>(tokens: &[Placed<'t>], notes: &mut Notes<'t>) -> Vec<Placed<'t>> {
    let mut mended = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let length = [3, 4].into_iter().find(|length| {
            tokens.get(at..at + length).is_some_and(|some| date_in_words(some, notes.text()))
        });
        let length = length.unwrap_or(1);
        let (token, mut span) = tokens[at];
        span.end = tokens[at + length - 1].1.end;
        mended.push((if length > 1 { Token::NoDate } else { token }, span));
        at += length;
    }
    mended
}

fn date_in_words(tokens: &[Placed<'_>], text: &str) -> bool {
    let named = tokens.iter().filter(|(token, _)| matches!(token, Token::Name(_))).count() == 1;
    let rest = tokens.iter().all(|(token, _)| {
        matches!(token, Token::Name(_) | Token::Number(_) | Token::Comma | Token::Minus)
    });
    let ends = tokens.first().zip(tokens.last()).map(|(a, b)| a.1.start..b.1.end);
    named && rest && ends.is_some_and(|ends| dates::cure(slice(text, &ends)).is_some())
}

/// Names without quotes where quoted ones belong, such as `fired(treaty-2024)`, become quoted.
fn quote_names<'t>(tokens: &[Placed<'t>], notes: &mut Notes<'t>) -> Vec<Placed<'t>> {
    let mut mended: Vec<Placed<'t>> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        mended.push(tokens[at]);
        at += 1;
        let [.., (Token::Name(name), _), (Token::Open, _)] = mended[..] else { continue };
        let Some(word) = Word::find(name) else { continue };
        for argument in word.arguments {
            let length = argument_length(&tokens[at..]);
            let unquoted = &tokens[at..at + length];
            if argument.what.quoted().is_some() && is_name(unquoted, notes.text()) {
                mended.push(quoted(unquoted, argument.what, notes));
            } else {
                mended.extend_from_slice(unquoted);
            }
            at += length;
            let Some(comma) = tokens.get(at).filter(|(token, _)| *token == Token::Comma) else {
                break;
            };
            mended.push(*comma);
            at += 1;
        }
    }
    mended
}

/// How many tokens there are before the next comma or parenthesis.
fn argument_length(tokens: &[Placed<'_>]) -> usize {
    let ends = |token| matches!(token, Token::Comma | Token::Open | Token::Close);
    tokens.iter().position(|(token, _)| ends(*token)).unwrap_or(tokens.len())
}

/// Whether the tokens look like a name that lacks its quotes.
fn is_name(tokens: &[Placed<'_>], text: &str) -> bool {
    let [first, ..] = tokens else { return false };
    let last = tokens[tokens.len() - 1];
    let quotes = tokens.iter().any(|(token, _)| {
        matches!(token, Token::Text(_) | Token::Unclosed | Token::Assign | Token::Colon)
    });
    let name = slice(text, &(first.1.start..last.1.end));
    !quotes && name.starts_with(in_name) && !text[last.1.end..].trim_start().starts_with('(')
}

fn quoted<'t>(tokens: &[Placed<'t>], what: What, notes: &mut Notes<'t>) -> Placed<'t> {
    let mut span = tokens[0].1;
    span.end = tokens[tokens.len() - 1].1.end;
    let name = notes.slice(&span.into_range());
    let rule = format!("the name of {} stands in quotes", what.quoted().unwrap_or("anything"));
    notes.cured(&span.into_range(), rule, "no quotes here", format!("write '{name}'"));
    (Token::Text(name), span)
}
