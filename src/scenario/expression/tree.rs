//! The syntax tree of an expression, and how it is printed.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

use super::token::spelling;
use crate::model::expression::{Comparison, Step};

/// A part of an expression and where it stands in the text. Two trees are equal if they say the
/// same, wherever they stand.
#[derive(Clone, Debug)]
pub struct Tree {
    /// Where it stands (bytes of the text), with the parentheses around it, if any.
    pub span: Range<usize>,
    /// What it is.
    pub node: Node,
}

impl PartialEq for Tree {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

/// What a part of an expression is. Several parts joined by signs of the same rank are one node,
/// so that a long expression is no deep tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A number, 0 or more.
    Number(f64),
    /// A date.
    Date(Date),
    /// A quoted name.
    Text(String),
    /// A name without quotes.
    Name(String),
    /// `true` or `false`.
    Truth(bool),
    /// `not a`
    Not(Box<Tree>),
    /// `-a`
    Negative(Box<Tree>),
    /// `a and b and c`
    And(Vec<Tree>),
    /// `a or b or c`
    Or(Vec<Tree>),
    /// `a < b`. More than one comparison in a row is not allowed, and is a problem of checking.
    Compare(Box<Tree>, Vec<(Comparison, Tree)>),
    /// `a + b - c`
    Sum(Box<Tree>, Vec<(Step, Tree)>),
    /// `a * b / c`
    Product(Box<Tree>, Vec<(Step, Tree)>),
    /// `f(a, b = c)`
    Call(Name, Vec<Argument>),
}

/// A name and where it stands.
#[derive(Clone, Debug)]
pub struct Name {
    /// Where it stands (bytes of the text).
    pub span: Range<usize>,
    /// The name.
    pub text: String,
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// An argument of a function.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// `a`
    Plain(Tree),
    /// `name = a`
    Keyword(Name, Tree),
    /// `a : b`, a bound variable and what is said of it, or a value with its weight.
    Pair(Tree, Tree),
}

impl Argument {
    /// Where it stands.
    pub fn span(&self) -> Range<usize> {
        match self {
            Self::Plain(tree) => tree.span.clone(),
            Self::Keyword(name, value) => name.span.start..value.span.end,
            Self::Pair(first, second) => first.span.start..second.span.end,
        }
    }
}

/// How tightly a node holds together: `or` loosest, what needs no parentheses tightest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Negative,
    Atom,
}

impl Node {
    fn rank(&self) -> Rank {
        match self {
            Self::Or(_) => Rank::Or,
            Self::And(_) => Rank::And,
            Self::Not(_) => Rank::Not,
            Self::Compare(..) => Rank::Compare,
            Self::Sum(..) => Rank::Sum,
            Self::Product(..) => Rank::Product,
            Self::Negative(_) => Rank::Negative,
            _ => Rank::Atom,
        }
    }
}

/// A tree where something of at least this rank belongs: in parentheses if it is looser.
struct Within<'t>(&'t Tree, Rank);

impl fmt::Display for Within<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(tree, least) = self;
        if tree.node.rank() < *least { write!(f, "({tree})") } else { write!(f, "{tree}") }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, all: &[Tree], with: &str, least: Rank) -> fmt::Result {
    for (n, tree) in all.iter().enumerate() {
        let sign = if n == 0 { "" } else { with };
        write!(f, "{sign}{}", Within(tree, least))?;
    }
    Ok(())
}

fn stepped(
    f: &mut fmt::Formatter<'_>,
    (first, rest): (&Tree, &[(Step, Tree)]),
    least: Rank,
) -> fmt::Result {
    write!(f, "{}", Within(first, least))?;
    rest.iter().try_for_each(|(step, tree)| write!(f, " {} {}", sign(*step), Within(tree, least)))
}

/// How a step of a calculation is written.
pub fn sign(step: Step) -> char {
    match step {
        Step::Plus => '+',
        Step::Minus => '-',
        Step::Times => '*',
        Step::Over => '/',
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.node {
            Node::Number(value) => write!(f, "{value}"),
            Node::Date(date) => write!(f, "{date}"),
            Node::Text(text) if text.contains('\'') => write!(f, "\"{text}\""),
            Node::Text(text) => write!(f, "'{text}'"),
            Node::Name(name) => f.write_str(name),
            Node::Truth(value) => write!(f, "{value}"),
            Node::Not(tree) => write!(f, "not {}", Within(tree, Rank::Not)),
            Node::Negative(tree) => write!(f, "-{}", Within(tree, Rank::Negative)),
            Node::And(all) => joined(f, all, " and ", Rank::Not),
            Node::Or(all) => joined(f, all, " or ", Rank::And),
            Node::Compare(first, rest) => {
                write!(f, "{}", Within(first, Rank::Sum))?;
                rest.iter().try_for_each(|(comparison, tree)| {
                    write!(f, " {} {}", spelling(*comparison), Within(tree, Rank::Sum))
                })
            }
            Node::Sum(first, rest) => stepped(f, (first, rest), Rank::Product),
            Node::Product(first, rest) => stepped(f, (first, rest), Rank::Negative),
            Node::Call(name, arguments) => {
                write!(f, "{}(", name.text)?;
                for (n, argument) in arguments.iter().enumerate() {
                    write!(f, "{}{argument}", if n == 0 { "" } else { ", " })?;
                }
                f.write_str(")")
            }
        }
    }
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(tree) => write!(f, "{tree}"),
            Self::Keyword(name, value) => write!(f, "{} = {value}", name.text),
            Self::Pair(first, second) => write!(f, "{first}: {second}"),
        }
    }
}
