//! Distributions, as they are written where a number may stand.

use std::ops::Range;

use super::notes::Notes;
use super::tree::{Argument, Name, Node, Tree};
use crate::model::expression::Step;
use crate::scenario::names::nearest;

/// The names of the distributions.
pub const NAMES: [&str; 7] =
    ["normal", "uniform", "beta", "triangular", "lognormal", "choice", "truncated"];

/// How each is written, in the order of the names.
pub const USAGE: [&str; 7] = [
    "normal(mean, sd)",
    "uniform(low, high)",
    "beta(alpha, beta) or beta(alpha, beta, low, high)",
    "triangular(low, mode, high)",
    "lognormal(mu, sigma)",
    "choice(a, b, c) or choice(a: 0.5, b: 0.3, c: 0.2)",
    "truncated(normal(mean, sd), low, high)",
];

const EXAMPLE: &str = "a number or a distribution such as normal(0.4, 0.05) stands here";

/// A distribution as it is written. Whether its numbers make sense is not checked here.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// Mean and standard deviation.
    Normal {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        sd: f64,
    },
    /// Between two numbers, all equally likely.
    Uniform {
        /// The least.
        low: f64,
        /// The greatest.
        high: f64,
    },
    /// A beta distribution, stretched from 0 and 1 to two other numbers.
    Beta {
        /// The first shape.
        alpha: f64,
        /// The second shape.
        beta: f64,
        /// The least; 0 if not written.
        low: f64,
        /// The greatest; 1 if not written.
        high: f64,
    },
    /// Rising from the least to the mode, falling to the greatest.
    Triangular {
        /// The least.
        low: f64,
        /// The most likely.
        mode: f64,
        /// The greatest.
        high: f64,
    },
    /// A number whose logarithm is normal.
    Lognormal {
        /// The mean of the logarithm.
        mu: f64,
        /// The standard deviation of the logarithm.
        sigma: f64,
    },
    /// One of several numbers, with their probabilities if they are written.
    Choice(Vec<(f64, Option<f64>)>),
    /// Another distribution within bounds.
    Truncated(Box<Written>, f64, f64),
}

/// Whether a tree is one of a distribution, right or wrong.
pub fn is_one(tree: &Tree) -> bool {
    matches!(&tree.node, Node::Call(name, _) if NAMES.contains(&name.text.as_str()))
}

/// The distribution that a tree is, or what is wrong with it.
pub(super) fn read(tree: &Tree, notes: &mut Notes<'_>) -> Option<Written> {
    let Node::Call(name, arguments) = &tree.node else {
        match constant(tree) {
            Some(value) => {
                let cure = format!("write {value} without quotes");
                notes.cured(&tree.span, EXAMPLE, "this is a number in quotes", cure);
            }
            None => notes.add(&tree.span, EXAMPLE, "this is neither"),
        }
        return None;
    };
    match name.text.as_str() {
        "choice" => choice(tree, arguments, notes),
        "truncated" => truncated(tree, name, arguments, notes),
        known if NAMES.contains(&known) => of_numbers(tree, name, arguments, notes),
        _ => {
            unknown(name, notes);
            None
        }
    }
}

fn unknown(name: &Name, notes: &mut Notes<'_>) {
    let cure = match nearest(&name.text, NAMES) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("one of: {}", NAMES.join(", ")),
    };
    let rule = format!("there is no distribution `{}`", name.text);
    notes.cured(&name.span, rule, "unknown", cure);
}

fn of_numbers(
    tree: &Tree,
    name: &Name,
    arguments: &[Argument],
    notes: &mut Notes<'_>,
) -> Option<Written> {
    let numbers: Vec<_> = arguments.iter().map(|argument| number(argument, notes)).collect();
    let numbers = numbers.into_iter().collect::<Option<Vec<f64>>>()?;
    Some(match (name.text.as_str(), &numbers[..]) {
        ("normal", &[mean, sd]) => Written::Normal { mean, sd },
        ("uniform", &[low, high]) => Written::Uniform { low, high },
        ("beta", &[alpha, beta]) => Written::Beta { alpha, beta, low: 0.0, high: 1.0 },
        ("beta", &[alpha, beta, low, high]) => Written::Beta { alpha, beta, low, high },
        ("triangular", &[low, mode, high]) => Written::Triangular { low, mode, high },
        ("lognormal", &[mu, sigma]) => Written::Lognormal { mu, sigma },
        _ => {
            count(&tree.span, name, numbers.len(), notes);
            return None;
        }
    })
}

/// Notes a distribution that is given more or fewer numbers than it takes.
fn count(span: &Range<usize>, name: &Name, here: usize, notes: &mut Notes<'_>) {
    let usage = NAMES.iter().position(|known| *known == name.text).map_or("", |at| USAGE[at]);
    let rule = format!("this distribution is written {usage}");
    let found = format!("{here} in these parentheses");
    let cure = "decimals have a point, as in 0.4".to_owned();
    notes.note(span, rule, found, (here == 4).then_some(cure));
}

fn choice(tree: &Tree, arguments: &[Argument], notes: &mut Notes<'_>) -> Option<Written> {
    let mut values = Vec::new();
    for argument in arguments {
        values.push(match argument {
            Argument::Pair(value, weight) => {
                let (value, weight) = (value_of(value, notes), value_of(weight, notes));
                value.zip(weight).map(|(value, weight)| (value, Some(weight)))
            }
            other => number(other, notes).map(|value| (value, None)),
        });
    }
    let values = values.into_iter().collect::<Option<Vec<_>>>()?;
    let weighted = values.iter().filter(|(_, weight)| weight.is_some()).count();
    if values.is_empty() {
        notes.add(&tree.span, "`choice` has at least one value", "none here");
        return None;
    }
    if weighted != 0 && weighted != values.len() {
        let rule = "either every value of `choice` has a probability or none has";
        let found = format!("{weighted} of {} have one", values.len());
        notes.add(&tree.span, rule, found);
        return None;
    }
    Some(Written::Choice(values))
}

fn truncated(
    tree: &Tree,
    name: &Name,
    arguments: &[Argument],
    notes: &mut Notes<'_>,
) -> Option<Written> {
    let [Argument::Plain(inner), low, high] = arguments else {
        count(&tree.span, name, arguments.len(), notes);
        return None;
    };
    let within = if matches!(inner.node, Node::Call(..)) {
        read(inner, notes)
    } else {
        let rule = "`truncated` begins with another distribution";
        notes.cured(&inner.span, rule, "this is none", format!("write {}", USAGE[6]));
        None
    };
    let (low, high) = (number(low, notes), number(high, notes));
    Some(Written::Truncated(Box::new(within?), low?, high?))
}

fn number(argument: &Argument, notes: &mut Notes<'_>) -> Option<f64> {
    match argument {
        Argument::Plain(tree) => value_of(tree, notes),
        Argument::Keyword(name, _) => {
            let rule = "the numbers of a distribution have no names, their order tells them apart";
            notes.cured(
                &argument.span(),
                rule,
                "a name here",
                format!("leave out {} =", name.text),
            );
            None
        }
        Argument::Pair(..) => {
            let rule = "only the values of `choice` have a colon and a probability";
            notes.add(&argument.span(), rule, "a colon here");
            None
        }
    }
}

fn value_of(tree: &Tree, notes: &mut Notes<'_>) -> Option<f64> {
    let value = constant(tree);
    if value.is_none() {
        let rule = "a distribution is made of numbers";
        let found = if is_one(tree) { "this is a distribution" } else { "this is no number" };
        notes.add(&tree.span, rule, found);
    }
    value
}

/// The value of a number, or of a calculation with numbers.
fn constant(tree: &Tree) -> Option<f64> {
    let steps = |first: &Tree, rest: &[(Step, Tree)]| {
        rest.iter().try_fold(constant(first)?, |value, (step, tree)| {
            Some(step.apply(value, constant(tree)?))
        })
    };
    let value = match &tree.node {
        Node::Number(value) => Some(*value),
        Node::Negative(inner) => constant(inner).map(|value| -value),
        Node::Sum(first, rest) | Node::Product(first, rest) => steps(first, rest),
        _ => None,
    };
    value.filter(|value| value.is_finite())
}
