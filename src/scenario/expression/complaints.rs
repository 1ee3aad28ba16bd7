//! What is said when a word or sign cannot stand where it does.

use std::ops::Range;

use super::lexer::Placed;
use super::notes::Notes;
use super::token::Token;

/// Notes what is wrong at the token that stands at `place`, or at the end.
pub fn note(tokens: &[Placed<'_>], place: &Range<usize>, notes: &mut Notes<'_>) {
    let at = tokens.iter().position(|(_, span)| span.start >= place.start);
    let at = at.unwrap_or(tokens.len());
    let here = tokens.get(at);
    let before = at.checked_sub(1).map(|at| tokens[at]);
    match (before, here) {
        (None, None) => {
            let rule = "an expression says what is to hold, or what to compute";
            notes.add(&(0..notes.text().len()), rule, "this is empty");
        }
        (Some(before), Some(_)) if before.0.ends_operand() => after_operand(tokens, at, notes),
        (before, here) => missing(before, here.copied(), notes),
    }
}

/// Something follows a part that is complete.
fn after_operand(tokens: &[Placed<'_>], at: usize, notes: &mut Notes<'_>) {
    let here = tokens[at];
    let span = here.1.into_range();
    let first = notes.slice(&operand_before(tokens, at)).to_owned();
    let second = shown(here, notes);
    match here.0 {
        Token::Comma => {
            let rule = "a comma stands only between what a function is given";
            let cure = decimal(tokens, at, notes)
                .unwrap_or_else(|| "parts are joined by `and` or `or`".to_owned());
            notes.cured(&span, rule, "no function is given this", cure);
        }
        Token::Colon => {
            let rule = "a colon stands only after the name for each state, as in count(s: ...), \
                        or after a value of choice(0.1: 0.5, ...)";
            notes.add(&span, rule, "this one does not");
        }
        _ => {
            let rule = "two parts of an expression are joined by `and`, `or`, a comparison such \
                        as <, or a sign such as +";
            let cure = match (tokens[at - 1].0, here.0) {
                (_, Token::Name("is" | "equals")) => Some("write `==`"),
                (Token::Name(_), Token::Name(_)) => {
                    Some("between things that a function is given stands a comma")
                }
                (Token::Number(_), Token::Open | Token::Name(_)) => Some("to multiply write `*`"),
                _ => None,
            };
            let cure = cure.map(str::to_owned);
            notes.note(&span, rule, format!("nothing joins `{first}` and `{second}`"), cure);
        }
    }
}

/// Where the part before a token stands: a word, or a call or parentheses as a whole.
fn operand_before(tokens: &[Placed<'_>], at: usize) -> Range<usize> {
    let (mut first, mut open) = (at - 1, 0_usize);
    for (n, (token, _)) in tokens[..at].iter().enumerate().rev() {
        first = n;
        match token {
            Token::Close => open += 1,
            Token::Open => open = open.saturating_sub(1),
            _ => {}
        }
        if open == 0 {
            break;
        }
    }
    let called = matches!(tokens[first].0, Token::Open)
        && matches!(first.checked_sub(1).map(|at| tokens[at].0), Some(Token::Name(_)));
    tokens[first - usize::from(called)].1.start..tokens[at - 1].1.end
}

/// How to write a decimal number with a comma.
fn decimal(tokens: &[Placed<'_>], at: usize, notes: &Notes<'_>) -> Option<String> {
    let [(Token::Number(_), whole), (_, comma), (Token::Number(_), decimals), ..] =
        tokens.get(at.checked_sub(1)?..)?
    else {
        return None;
    };
    let near = whole.end == comma.start && comma.end == decimals.start;
    let (whole, decimals) = (whole.into_range(), decimals.into_range());
    near.then(|| format!("write {}.{}", notes.slice(&whole), notes.slice(&decimals)))
}

/// Something is missing before what stands here.
fn missing(before: Option<Placed<'_>>, here: Option<Placed<'_>>, notes: &mut Notes<'_>) {
    let sign = |token| !matches!(token, Token::Open | Token::Close | Token::Comma | Token::Colon);
    match (before, here) {
        (Some((Token::Open, open)), Some((Token::Close, close))) => {
            let span = open.start..close.end;
            notes.add(&span, "parentheses hold a part of the expression", "nothing is in these");
        }
        (Some(before), _) if sign(before.0) => {
            let shown = shown(before, notes);
            let rule = format!("`{shown}` {}", needs(before.0));
            notes.add(&before.1.into_range(), rule, "nothing that fits follows");
        }
        (_, Some(here)) if sign(here.0) => {
            let shown = shown(here, notes);
            let rule = format!("`{shown}` {}", needs(here.0));
            notes.add(&here.1.into_range(), rule, "nothing that fits stands before it");
        }
        (Some(before), Some(here)) => {
            let span = before.1.start..here.1.end;
            notes.add(&span, "commas stand between two things", "something is missing here");
        }
        (Some(lone), None) | (None, Some(lone)) => {
            let found = "something is missing beside this";
            notes.add(&lone.1.into_range(), "a sign joins two parts of an expression", found);
        }
        (None, None) => {}
    }
}

/// What a sign wants on its sides.
fn needs(sign: Token<'_>) -> &'static str {
    match sign {
        Token::And | Token::Or => "joins two truths, one on each side",
        Token::Not => "stands before a truth",
        Token::Compare(_) => "compares two things, one on each side",
        Token::Assign => "stands between the name of an argument and its value",
        _ => "stands between two numbers or dates",
    }
}

/// The token as it is written.
fn shown(token: Placed<'_>, notes: &Notes<'_>) -> String {
    notes.slice(&token.1.into_range()).to_owned()
}
