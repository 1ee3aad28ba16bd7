//! When a run is precise enough: clauses such as `ci_width(rus-prk) < 0.01`, joined by `and`.
//!
//! Written in words and signs of the language of expressions; but what a width is given is always the
//! name of an outcome, so it needs no quotes, whatever signs are in it.

use std::ops::Range;

use super::lexer::{Placed, slice};
use super::notes::Notes;
use super::token::Token;
use super::tree::{Argument, Name, Node, Tree};
use super::{Place, read_as};
use crate::model::expression::Comparison;
use crate::scenario::names::suggestion;
use crate::scenario::problem::Problems;
use crate::scenario::stopping::Width;

/// A rule that has been read.
#[derive(Clone, Debug)]
pub struct Rule {
    /// As its author wrote it.
    pub text: String,
    /// What has to hold, all of it.
    pub clauses: Vec<Clause>,
}

/// A clause of a rule: a width and what it has to lie below.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Which width.
    pub width: Width,
    /// The outcome's name.
    pub outcome: String,
    /// Where the name stands in the scenario.
    pub span: Range<usize>,
    /// What the width has to lie below; above 0.
    pub below: f64,
    /// Where that stands in the scenario.
    pub below_span: Range<usize>,
}

const FORM: &str = "a rule is made of clauses such as ci_width(NAME) < 0.01, joined by `and`";

impl Rule {
    /// Reads `text`, which stands at `place`, and notes what is wrong with it. The clauses that are
    /// right are returned all the same, so that what is wrong with their names is found too.
    pub fn parse(text: &str, place: &Place, problems: &mut Problems) -> Option<Self> {
        let mut notes = Notes::new(text, place, problems);
        let tree = read_as(&mut notes, joined)?;
        let parts = match &tree.node {
            Node::And(parts) => parts.iter().collect(),
            _ => vec![&tree],
        };
        let clause = |part: &&Tree| clause(part, place, &mut notes);
        let clauses = parts.iter().filter_map(clause).collect();
        Some(Self { text: text.trim().to_owned(), clauses })
    }
}

/// The tokens, with what a function is given made one text.
fn joined<'t>(tokens: &[Placed<'t>], text: &'t str) -> Vec<Placed<'t>> {
    let mut joined: Vec<Placed<'t>> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        joined.push(tokens[at]);
        at += 1;
        let [.., (Token::Name(_), _), (Token::Open, _)] = joined[..] else { continue };
        let ends = |token| matches!(token, Token::Open | Token::Close | Token::Text(_));
        let other = |token| ends(token) || matches!(token, Token::Comma | Token::Unclosed);
        let length = tokens[at..].iter().position(|(token, _)| other(*token));
        let length = length.unwrap_or(tokens.len() - at);
        if length > 0 && tokens.get(at + length).is_some_and(|(next, _)| *next == Token::Close) {
            let (first, last) = (tokens[at].1, tokens[at + length - 1].1);
            let mut span = first;
            span.end = last.end;
            joined.push((Token::Text(slice(text, &span.into_range())), span));
            at += length;
        }
    }
    joined
}

fn clause(tree: &Tree, place: &Place, notes: &mut Notes<'_>) -> Option<Clause> {
    let (left, sign, right) = match &tree.node {
        Node::Compare(left, rest) if rest.len() == 1 => (left, rest[0].0, &rest[0].1),
        Node::Or(_) => {
            notes.cured(&tree.span, FORM, "these are joined by `or`", "write `and`");
            return None;
        }
        Node::Call(..) => {
            notes.cured(&tree.span, FORM, "this says not how narrow", "write < 0.01 behind it");
            return None;
        }
        _ => {
            notes.add(&tree.span, FORM, "this is none");
            return None;
        }
    };
    let call = match (&left.node, &right.node) {
        (Node::Call(name, arguments), _) => Some((name, arguments)),
        (_, Node::Call(..)) => {
            let turned =
                format!("write {} < {}", notes.slice(&right.span), notes.slice(&left.span));
            let cure = (sign == Comparison::Greater).then_some(turned);
            notes.note(&tree.span, FORM, "the width stands behind", cure);
            return None;
        }
        _ => {
            notes.add(&left.span, FORM, "this is no width");
            return None;
        }
    };
    let named = call.and_then(|(name, arguments)| width(name, arguments, &left.span, notes));
    if sign != Comparison::Less {
        let cure = (sign == Comparison::AtMost).then(|| "write `<`".to_owned());
        notes.note(&tree.span, "a rule asks for a width below a number", "this does not", cure);
        return None;
    }
    let below = match right.node {
        Node::Number(below) if below > 0.0 => below,
        _ => {
            notes.add(&right.span, "a width has to lie below a number above 0", "this is none");
            return None;
        }
    };
    let (width, outcome, span) = named?;
    let below_span = place.of(&right.span);
    Some(Clause { width, outcome, span: place.of(&span), below, below_span })
}

/// Which width of which outcome, with the place of its name in the text.
fn width(
    name: &Name,
    arguments: &[Argument],
    span: &Range<usize>,
    notes: &mut Notes<'_>,
) -> Option<(Width, String, Range<usize>)> {
    let known = Width::ALL.into_iter().find(|width| width.name() == name.text);
    let Some(known) = known else {
        let names = Width::ALL.map(Width::name);
        let rule = format!("a rule has no function `{}`", name.text);
        notes.note(&name.span, rule, "unknown", suggestion(&name.text, &names));
        return None;
    };
    match arguments {
        [Argument::Plain(Tree { node: Node::Text(outcome), span })] => {
            Some((known, outcome.trim().to_owned(), span.clone()))
        }
        _ => {
            let rule = format!("`{}` is given the name of one outcome", known.name());
            notes.add(span, rule, "this is given something else");
            None
        }
    }
}
