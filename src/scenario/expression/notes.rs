//! Where what is wrong with an expression is noted.

use std::ops::Range;

use super::Place;
use super::lexer::slice;
use crate::scenario::problem::{Problem, Problems};

/// The text of an expression with the list that its problems go to.
pub struct Notes<'n> {
    text: &'n str,
    place: &'n Place,
    problems: &'n mut Problems,
}

impl<'n> Notes<'n> {
    /// Notes on the text that stands at `place`.
    pub fn new(text: &'n str, place: &'n Place, problems: &'n mut Problems) -> Self {
        Self { text, place, problems }
    }

    /// The text.
    pub fn text(&self) -> &'n str {
        self.text
    }

    /// What stands at a place of the text.
    pub fn slice(&self, span: &Range<usize>) -> &'n str {
        slice(self.text, span)
    }

    /// Notes a problem without a cure.
    pub fn add(&mut self, span: &Range<usize>, rule: impl Into<String>, found: impl Into<String>) {
        self.problems.push(Problem::new(self.place.of(span), rule, found));
    }

    /// Notes a problem with its cure.
    pub fn cured(
        &mut self,
        span: &Range<usize>,
        rule: impl Into<String>,
        found: impl Into<String>,
        cure: impl Into<String>,
    ) {
        self.problems.push(Problem::new(self.place.of(span), rule, found).with_cure(cure));
    }

    /// Notes a problem whose cure may be known.
    pub fn note(
        &mut self,
        span: &Range<usize>,
        rule: impl Into<String>,
        found: impl Into<String>,
        cure: Option<String>,
    ) {
        match cure {
            Some(cure) => self.cured(span, rule, found, cure),
            None => self.add(span, rule, found),
        }
    }
}
