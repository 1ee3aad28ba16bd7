//! Words and signs that are written otherwise than here, and those that mean nothing.

use std::ops::Range;

use super::lexer::{Placed, in_name};
use super::notes::Notes;
use super::token::Token;
use crate::model::expression::Comparison;
use crate::scenario::reader::dates;

/// Notes what is written otherwise. False if something means nothing at all, so that there is
/// nothing to parse.
pub fn note(tokens: &[Placed<'_>], notes: &mut Notes<'_>) -> bool {
    let mut whole = true;
    for (token, span) in tokens {
        let span = span.into_range();
        match token {
            Token::NoNumber => no_number(&span, notes),
            Token::NoDate => no_date(&span, notes),
            Token::Unclosed => unclosed(&span, notes),
            Token::Strange => strange(&span, notes),
            Token::Text(name) => quotes(name, &span, notes),
            _ => otherwise(*token, &span, notes),
        }
        whole &= token.spelling().is_some() || token.ends_operand();
    }
    whole
}

fn no_number(span: &Range<usize>, notes: &mut Notes<'_>) {
    let digits = notes.slice(span);
    let rule = "a number is written as in 0.6, 1_000 or 1e-3, and has no unit";
    let start = digits.trim_end_matches(|c: char| in_name(c) && !c.is_ascii_digit() || c == '%');
    let value = start.replace('_', "").parse::<f64>().ok().filter(|value| value.is_finite());
    let cure = match value {
        Some(value) if digits.ends_with('%') => Some(format!("write {}", value / 100.0)),
        Some(value) => Some(format!("write {value}")),
        None => None,
    };
    let large = digits.parse::<f64>().is_ok_and(f64::is_infinite);
    let found = if large { "this is too large" } else { "this is written otherwise" };
    notes.note(span, rule, found, cure);
}

fn no_date(span: &Range<usize>, notes: &mut Notes<'_>) {
    let date = notes.slice(span);
    match dates::cure(date) {
        Some(cure) => notes.cured(span, dates::RULE, dates::OTHERWISE, cure),
        None => {
            let rule = "a date is a day of the calendar such as 2024-06-19";
            notes.add(span, rule, format!("{date} is no such day"));
        }
    }
}

fn unclosed(span: &Range<usize>, notes: &mut Notes<'_>) {
    let rule = "a quoted name ends with the quote that it begins with";
    let quote = notes.slice(span).chars().next().unwrap_or('\'');
    let cure = format!("add {quote} where the name ends");
    notes.cured(span, rule, "the name that begins here does not end", cure);
}

/// Quotes of typography.
fn quotes(name: &str, span: &Range<usize>, notes: &mut Notes<'_>) {
    // A name that was written without quotes has been noted.
    let written = notes.slice(span);
    if written != name && !written.starts_with(['\'', '"']) {
        let quote = if name.contains('\'') { '"' } else { '\'' };
        let cure = format!("write {quote}{name}{quote}");
        notes.cured(span, "names stand in plain quotes", "these are others", cure);
    }
}

fn strange(span: &Range<usize>, notes: &mut Notes<'_>) {
    let sign = notes.slice(span);
    let cure = match sign {
        "[" | "{" => Some("write ("),
        "]" | "}" => Some("write )"),
        "^" | "**" | "²" => Some("there are no powers: write x * x for the square of x"),
        "%" => Some("write 0.6 for 60 %"),
        ";" => Some("join what must hold with `and`, and what may hold instead with `or`"),
        "." => Some("decimals are written as in 0.6, names with a full stop in quotes"),
        _ => None,
    };
    let rule = "an expression is made of names, numbers, dates and signs such as < and +";
    notes.note(span, rule, format!("`{sign}` means nothing here"), cure.map(str::to_owned));
}

fn otherwise(token: Token<'_>, span: &Range<usize>, notes: &mut Notes<'_>) {
    let written = notes.slice(span);
    let Some(meant) = token.spelling().filter(|meant| *meant != written) else { return };
    let cure = format!("write `{meant}`");
    if written == "=" && token == Token::Compare(Comparison::Equal) {
        let rule = "two things are compared by `==`; a single `=` names an argument";
        notes.cured(span, rule, "a single `=`", cure);
    } else if written.eq_ignore_ascii_case(meant) {
        notes.cured(span, format!("`{meant}` is written in small letters"), "capitals here", cure);
    } else {
        notes.cured(span, format!("an expression has no `{written}`"), "unknown sign", cure);
    }
}
