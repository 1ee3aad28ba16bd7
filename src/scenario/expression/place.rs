//! Where an expression stands in the scenario.

use std::ops::Range;

/// Where the text of an expression stands among the sources of the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where its first character stands.
    pub start: usize,
    /// The whole value, with its quotes.
    pub whole: Range<usize>,
    /// Whether the text stands there byte for byte. If not, because the string has escapes, a
    /// problem underlines the whole value.
    pub exact: bool,
}

impl Place {
    /// A place in the sources from one in the text.
    pub fn of(&self, span: &Range<usize>) -> Range<usize> {
        if !self.exact {
            return self.whole.clone();
        }
        let (start, end) = (self.start + span.start, self.start + span.end);
        if start < end { start..end } else { self.whole.clone() }
    }
}
