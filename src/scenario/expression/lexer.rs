//! From characters to words and signs.
//!
//! Nothing fails here: what is no word becomes a token that says so, and other ways of writing a
//! sign (`&&` for `and`) become the token that is meant. What was written differently is noted
//! later, when it is known where it stands.

use std::ops::Range;

use chumsky::prelude::{Parser, SimpleSpan, any, choice, end, just, none_of};
use chumsky::{IterParser, extra};
use jiff::civil::Date;

use super::token::Token;
use crate::model::expression::Comparison;

/// A token and where it stands in the text.
pub type Placed<'t> = (Token<'t>, SimpleSpan);

/// Other ways of writing a sign come with the token that is meant; longer ones first.
const SIGNS: [(&str, Token<'static>); 33] = [
    ("<=", Token::Compare(Comparison::AtMost)),
    (">=", Token::Compare(Comparison::AtLeast)),
    ("==", Token::Compare(Comparison::Equal)),
    ("!=", Token::Compare(Comparison::Unequal)),
    ("<>", Token::Compare(Comparison::Unequal)),
    ("=<", Token::Compare(Comparison::AtMost)),
    ("=>", Token::Compare(Comparison::AtLeast)),
    ("&&", Token::And),
    ("||", Token::Or),
    ("**", Token::Strange),
    ("<", Token::Compare(Comparison::Less)),
    (">", Token::Compare(Comparison::Greater)),
    ("=", Token::Assign),
    ("&", Token::And),
    ("|", Token::Or),
    ("!", Token::Not),
    ("+", Token::Plus),
    ("-", Token::Minus),
    ("*", Token::Times),
    ("/", Token::Over),
    ("(", Token::Open),
    (")", Token::Close),
    (",", Token::Comma),
    (":", Token::Colon),
    ("≤", Token::Compare(Comparison::AtMost)),
    ("≥", Token::Compare(Comparison::AtLeast)),
    ("≠", Token::Compare(Comparison::Unequal)),
    ("−", Token::Minus),
    ("–", Token::Minus),
    ("×", Token::Times),
    ("·", Token::Times),
    ("÷", Token::Over),
    ("¬", Token::Not),
];

/// Quotes by how they open, with what may close them.
const QUOTES: [(char, &str); 6] =
    [('\'', "'"), ('"', "\""), ('‘', "’‘'"), ('’', "’'"), ('“', "”“\""), ('„', "“”\"")];

/// The words and signs of a text.
pub fn tokens(text: &str) -> Vec<Placed<'_>> {
    let token = choice((quoted(), dated(), number(), name(), sign()));
    let spaces = any().filter(|c: &char| c.is_whitespace()).repeated();
    let placed = token.map_with(|token, at| (token, at.span()));
    let all = spaces.ignore_then(placed.then_ignore(spaces).repeated().collect());
    all.then_ignore(end()).parse(text).into_output().unwrap_or_default()
}

/// The text of a span.
pub fn slice<'t>(text: &'t str, span: &Range<usize>) -> &'t str {
    text.get(span.clone()).unwrap_or_default()
}

/// Whether a character may be part of a name.
pub fn in_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

type Plain = extra::Default;

fn quoted<'t>() -> impl Parser<'t, &'t str, Token<'t>, Plain> + Clone {
    choice(QUOTES.map(|(open, close)| {
        let body = none_of(close).repeated().to_slice();
        let closed = body.then_ignore(any().filter(|c: &char| close.contains(*c)));
        just(open)
            .ignore_then(choice((closed.map(Token::Text), any().repeated().to(Token::Unclosed))))
    }))
}

/// Three groups of digits with the same sign between them, if the first or last is a year.
fn dated<'t>() -> impl Parser<'t, &'t str, Token<'t>, Plain> + Clone {
    let day = digits(1, 2);
    let year = digits(4, 4);
    let of = |sign: char| {
        let first = year.then(just(sign)).then(day).then(just(sign)).then(day).ignored();
        let last = day.then(just(sign)).then(day).then(just(sign)).then(year).ignored();
        choice((first, last))
    };
    let written = choice((of('-'), of('/'), of('.')));
    written.then_ignore(any().filter(char::is_ascii_digit).not()).to_slice().map(|day: &str| {
        // Ten characters leave room for a day and for nothing else.
        let date = if day.len() == 10 { day.parse::<Date>().ok() } else { None };
        date.map_or(Token::NoDate, Token::Date)
    })
}

fn digits<'t>(least: usize, most: usize) -> impl Parser<'t, &'t str, (), Plain> + Copy {
    any().filter(char::is_ascii_digit).repeated().at_least(least).at_most(most)
}

/// A number with all that is written onto it: units and a sign for per cent make it none.
fn number<'t>() -> impl Parser<'t, &'t str, Token<'t>, Plain> + Clone {
    let digit = any().filter(char::is_ascii_digit);
    let more = any().filter(|c: &char| c.is_ascii_digit() || *c == '_').repeated();
    let decimals = just('.').then(more);
    let exponent = just('e').or(just('E')).then(just('-').or(just('+')).or_not()).then(digit);
    let exponent = exponent.then(more);
    let whole = digit.then(more).then(decimals.or_not()).ignored();
    let bare = just('.').then(digit).then(more).ignored();
    let unit = any().filter(|c: &char| in_name(*c) || *c == '%').repeated();
    let all = whole.or(bare).then(exponent.or_not()).then(unit);
    all.to_slice().map(|digits| read_number(digits).map_or(Token::NoNumber, Token::Number))
}

/// The number that is written so: digits, which `_` may group, decimals, and an exponent.
fn read_number(digits: &str) -> Option<f64> {
    let plain = |c: char| c.is_ascii_digit() || ['_', '.', 'e', 'E', '-', '+'].contains(&c);
    let whole = !digits.starts_with('.') && !digits.ends_with(['.', '_']);
    let point = digits
        .find('.')
        .is_none_or(|at| digits[at + 1..].starts_with(|c: char| c.is_ascii_digit()));
    if !whole || !point || !digits.chars().all(plain) {
        return None;
    }
    digits.replace('_', "").parse().ok().filter(|number: &f64| number.is_finite())
}

fn name<'t>() -> impl Parser<'t, &'t str, Token<'t>, Plain> + Clone {
    let rest = any().filter(|c: &char| in_name(*c)).repeated();
    let apart = any().filter(|c: &char| in_name(*c)).not();
    // The one obligation whose name has a hyphen.
    let hyphened = just("non-aggression").then(apart).to_slice();
    let plain = any().filter(|c: &char| c.is_alphabetic() || *c == '_').then(rest).to_slice();
    choice((hyphened, plain)).map(|name: &str| match name {
        "and" => Token::And,
        "or" => Token::Or,
        "not" => Token::Not,
        "true" => Token::Truth(true),
        "false" => Token::Truth(false),
        _ => Token::Name(name),
    })
}

fn sign<'t>() -> impl Parser<'t, &'t str, Token<'t>, Plain> + Clone {
    let known = choice(SIGNS.map(|(sign, token)| just(sign).to(token)));
    known.or(any().to(Token::Strange))
}
