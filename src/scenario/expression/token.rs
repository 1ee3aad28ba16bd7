//! The words and signs of an expression.

use jiff::civil::Date;

use crate::model::expression::Comparison;

/// A word or sign. Names and quoted texts are slices of the expression's text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Token<'t> {
    /// A number, 0 or more.
    Number(f64),
    /// A date.
    Date(Date),
    /// What stands between quotes.
    Text(&'t str),
    /// A name without quotes.
    Name(&'t str),
    /// `true` or `false`.
    Truth(bool),
    /// `and`
    And,
    /// `or`
    Or,
    /// `not`
    Not,
    /// `<` and the like.
    Compare(Comparison),
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `=`, between the name of an argument and its value.
    Assign,
    /// What looks like a number and is none.
    NoNumber,
    /// What looks like a date and is none.
    NoDate,
    /// A quote that is never closed, with all that follows.
    Unclosed,
    /// A sign that means nothing.
    Strange,
}

impl Token<'_> {
    /// How it is written, if there is one way.
    pub fn spelling(self) -> Option<&'static str> {
        Some(match self {
            Self::Truth(true) => "true",
            Self::Truth(false) => "false",
            Self::And => "and",
            Self::Or => "or",
            Self::Not => "not",
            Self::Compare(comparison) => spelling(comparison),
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Over => "/",
            Self::Open => "(",
            Self::Close => ")",
            Self::Comma => ",",
            Self::Colon => ":",
            Self::Assign => "=",
            _ => return None,
        })
    }

    /// Whether a part of the expression may end with it.
    pub fn ends_operand(self) -> bool {
        matches!(
            self,
            Self::Number(_)
                | Self::Date(_)
                | Self::Text(_)
                | Self::Name(_)
                | Self::Truth(_)
                | Self::Close
        )
    }

    /// Whether a part of the expression may begin with it, signs apart.
    pub fn begins_operand(self) -> bool {
        matches!(
            self,
            Self::Number(_)
                | Self::Date(_)
                | Self::Text(_)
                | Self::Name(_)
                | Self::Truth(_)
                | Self::Open
                | Self::Not
        )
    }
}

/// How a comparison is written.
pub fn spelling(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
        Comparison::Equal => "==",
        Comparison::Unequal => "!=",
    }
}
