//! The language of conditions, values and distributions: text to tree, tree to what the model
//! evaluates. docs/expressions.md describes it for authors.
//!
//! [`Expression::parse`] makes a tree of a text. A tree becomes a
//! [`Truth`] or a [`Number`]
//! when its names are looked up in a [`Scope`], or a [`Written`] distribution, which names nothing.
//! Everything that is wrong is noted, with its place in the scenario.

mod check;
mod complaints;
pub mod distribution;
mod lexer;
mod limits;
mod mend;
mod notes;
mod parser;
mod place;
mod ranks;
pub mod rule;
mod scope;
mod spelling;
mod token;
pub mod tree;
pub mod words;

pub use distribution::Written;
pub use limits::{MAX_CHARACTERS, MAX_LEVELS};
pub use place::Place;
pub use rule::Rule;
pub use scope::{Known, Memory, Scope, unusable};

use check::Checker;
use lexer::Placed;
use notes::Notes;
use token::Token;
use tree::Tree;

use crate::model::expression::{Number, Truth};
use crate::scenario::problem::Problems;

/// An expression that has been read, with its place in the scenario.
#[derive(Clone, Debug)]
pub struct Expression {
    text: String,
    place: Place,
    tree: Tree,
}

impl Expression {
    /// Reads `text`, which stands at `place`, or notes what is wrong with it.
    ///
    /// Where it is clear what is meant, as in `a && b`, the problem is noted and the tree returned
    /// all the same, so that what else is wrong is found too.
    pub fn parse(text: &str, place: Place, problems: &mut Problems) -> Option<Self> {
        let tree = read(&mut Notes::new(text, &place, problems))?;
        Some(Self { text: text.to_owned(), place, tree })
    }

    /// As its author wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tree.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The condition that the expression is, with every problem of it noted.
    pub fn truth(&self, scope: &mut Scope<'_>, problems: &mut Problems) -> Option<Truth> {
        Checker::new(self.notes(problems), scope).whole_truth(&self.tree)
    }

    /// The value that the expression is, with every problem of it noted.
    pub fn number(&self, scope: &mut Scope<'_>, problems: &mut Problems) -> Option<Number> {
        Checker::new(self.notes(problems), scope).whole_number(&self.tree)
    }

    /// Whether the expression is a distribution, right or wrong.
    pub fn is_distribution(&self) -> bool {
        distribution::is_one(&self.tree)
    }

    /// The distribution that the expression is, with every problem of it noted.
    pub fn distribution(&self, problems: &mut Problems) -> Option<Written> {
        distribution::read(&self.tree, &mut self.notes(problems))
    }

    fn notes<'n>(&'n self, problems: &'n mut Problems) -> Notes<'n> {
        Notes::new(&self.text, &self.place, problems)
    }
}

fn read(notes: &mut Notes<'_>) -> Option<Tree> {
    read_as(notes, |tokens, _| tokens.to_vec())
}

/// Reads words and signs as `meant` takes them.
fn read_as<'t>(
    notes: &mut Notes<'t>,
    meant: fn(&[Placed<'t>], &'t str) -> Vec<Placed<'t>>,
) -> Option<Tree> {
    if !limits::length(notes) {
        return None;
    }
    let tokens = mend::mend(meant(&lexer::tokens(notes.text()), notes.text()), notes);
    let whole = spelling::note(&tokens, notes);
    // What a quote that is not closed swallows may hold parentheses.
    let unclosed = tokens.iter().any(|(token, _)| *token == Token::Unclosed);
    if unclosed || !limits::levels(&tokens, notes) || !whole {
        return None;
    }
    match parser::tree(&tokens, notes.text().len()) {
        Ok(tree) => limits::depth(&tree, notes).then_some(tree),
        Err(place) => {
            complaints::note(&tokens, &place, notes);
            None
        }
    }
}
