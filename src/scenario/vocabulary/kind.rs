//! What keys take.

use std::fmt;

use crate::model::hypotheses::HYPOTHESES;
use crate::model::sanction::SanctionTypes;
use crate::model::treaty::{Dimension, Obligation, Ratification};
use crate::scenario::calendar::StepLength;
use crate::scenario::document::actions::{LEVELS, SIDES};
use crate::scenario::document::outcomes::STAGES;
use crate::scenario::reader::shown;

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Text of any length.
    Text,
    /// A line of text.
    Line,
    /// The name of a file in the scenario's folder, with this ending.
    File(&'static str),
    /// A date.
    Date,
    /// A date, or the end of the run.
    DateOrEnd,
    /// The first and the last of some days.
    Window,
    /// A number.
    Number(Span),
    /// A number or a distribution.
    Uncertain(Span),
    /// A whole number.
    Whole(u64, u64),
    /// A whole number, or a table: the section of this path.
    WholeOr(u64, u64, &'static str),
    /// True or false.
    Flag,
    /// One of some words.
    Word(Words),
    /// A list of some words.
    Words(Words),
    /// A state.
    State,
    /// A list of states, at least so many.
    States(usize),
    /// A dyad.
    Dyad,
    /// A list of dyads.
    Dyads,
    /// An expression that holds or does not.
    Truth,
    /// An expression that has a value.
    Value,
    /// A rule about widths of intervals.
    Rule,
    /// The name of something in the scenario.
    Name(Of),
    /// A list of such names.
    Names(Of),
    /// The full key of a parameter.
    Parameter,
    /// A list of full keys.
    Keys,
    /// Rows of numbers.
    Matrix,
    /// A table: the section of this path.
    Table(&'static str),
    /// A table: the section of the process that the key names.
    Process,
    /// Tables under names: the section of this path.
    Entries(&'static str),
    /// A table of keys of an entry of the same section.
    Entry,
    /// A list of actions.
    Actions,
}

/// A range of numbers and their unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// The least; the least above 0 stands for "above 0".
    pub low: f64,
    /// The greatest.
    pub high: f64,
    /// The unit; `1` for a pure number.
    pub unit: &'static str,
}

/// Any number.
pub const ANY: Span = Span { low: -f64::MAX, high: f64::MAX, unit: "1" };

impl Span {
    pub(super) const fn of(low: f64, high: f64, unit: &'static str) -> Self {
        Self { low, high, unit }
    }

    /// Whether zero is left out where it would be the least.
    pub fn above_zero(self) -> bool {
        self.low == f64::MIN_POSITIVE
    }

    /// Whether every number lies in it.
    pub fn is_any(self) -> bool {
        self.low == -f64::MAX && self.high == f64::MAX
    }

    /// The range in words; nothing if there is none.
    pub fn words(self) -> String {
        match self {
            any if any.is_any() => String::new(),
            _ if self.above_zero() => format!("above 0, at most {}", shown(self.high)),
            _ => format!("{} to {}", shown(self.low), shown(self.high)),
        }
    }
}

/// Words of the code's own tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// Lengths of steps.
    Steps,
    /// Obligations of treaties.
    Obligations,
    /// Sides of treaties.
    Dimensions,
    /// Ways in which treaties come into force.
    Ratifications,
    /// Types of sanctions.
    SanctionTypes,
    /// Sides of a war.
    Sides,
    /// Levels of a dispute.
    Levels,
    /// Stages of a treaty.
    Stages,
    /// Hypotheses.
    Hypotheses,
}

impl Words {
    /// The words.
    pub fn list(self) -> Vec<&'static str> {
        match self {
            Self::Steps => StepLength::NAMES.map(|(name, _)| name).to_vec(),
            Self::Obligations => Obligation::ALL.map(Obligation::name).to_vec(),
            Self::Dimensions => Dimension::ALL.map(Dimension::name).to_vec(),
            Self::Ratifications => Ratification::NAMES.map(|(name, _)| name).to_vec(),
            Self::SanctionTypes => SanctionTypes::NAMES.to_vec(),
            Self::Sides => SIDES.map(|(name, _)| name).to_vec(),
            Self::Levels => LEVELS.map(|(name, _)| name).to_vec(),
            Self::Stages => STAGES.map(|(name, _)| name).to_vec(),
            Self::Hypotheses => HYPOTHESES.iter().map(|hypothesis| hypothesis.name).collect(),
        }
    }

    /// The words as TOML has them.
    pub fn quoted(self) -> String {
        self.list().iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
    }
}

/// What names are names of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Treaties.
    Treaty,
    /// Sanctions.
    Sanction,
    /// Wars.
    War,
    /// Events.
    Event,
    /// Outcomes.
    Outcome,
}

impl Of {
    /// The section that holds them.
    pub fn section(self) -> &'static str {
        match self {
            Self::Treaty => "treaties",
            Self::Sanction => "sanctions",
            Self::War => "wars",
            Self::Event => "events",
            Self::Outcome => "outcomes",
        }
    }
}

impl Kind {
    /// What it is, in a few words.
    pub fn words(self) -> String {
        let words = match self {
            Self::Text => "text",
            Self::Line => "a line of text",
            Self::File(_) => "the name of a file",
            Self::Date => "a date",
            Self::DateOrEnd => "a date or \"end\"",
            Self::Window => "a list of two dates",
            Self::Number(_) => "a number",
            Self::Uncertain(_) => "a number or a distribution",
            Self::Whole(..) => "a whole number",
            Self::WholeOr(..) => "a whole number or a table",
            Self::Flag => "true or false",
            Self::Word(_) => "a word",
            Self::Words(_) => "a list of words",
            Self::State => "a state code",
            Self::States(_) => "a list of state codes",
            Self::Dyad => "a dyad",
            Self::Dyads => "a list of dyads",
            Self::Truth => "an expression that holds or does not",
            Self::Value => "an expression that has a value",
            Self::Rule => "a rule about widths of intervals",
            Self::Name(of) => return format!("a name of `[{}]`", of.section()),
            Self::Names(of) => return format!("a list of names of `[{}]`", of.section()),
            Self::Parameter => "the full key of a parameter",
            Self::Keys => "a list of full keys",
            Self::Matrix => "a list of rows of numbers",
            Self::Table(_) | Self::Process => "a table",
            Self::Entries(_) => "tables under names",
            Self::Entry => "a table of keys of an entry",
            Self::Actions => "a list of actions",
        };
        words.to_owned()
    }

    /// Which values it may have, in words; nothing where the kind says all.
    pub fn range(self) -> String {
        match self {
            Self::Line => "at most 200 characters".to_owned(),
            Self::File(ending) => format!("`{ending}`, in the scenario's folder"),
            Self::Number(span) | Self::Uncertain(span) => span.words(),
            Self::Whole(low, high) | Self::WholeOr(low, high, _) => {
                format!("{low} to {}", grouped(high))
            }
            Self::Word(words) | Self::Words(words) => words.quoted(),
            Self::States(1) => "at least one".to_owned(),
            Self::States(2) => "at least two".to_owned(),
            Self::Matrix => "-1 to 1".to_owned(),
            _ => String::new(),
        }
    }

    /// The unit of its numbers, where they have one.
    pub fn unit(self) -> Option<&'static str> {
        match self {
            Self::Number(span) | Self::Uncertain(span) if span.unit != "1" => Some(span.unit),
            _ => None,
        }
    }
}

/// A whole number as it is easily read, and as TOML may have it.
fn grouped(number: u64) -> String {
    if number == u64::MAX {
        return "2^64 - 1".to_owned();
    }
    let digits = number.to_string();
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

/// A value that stands for a key that is not given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(u64),
    /// True or false.
    Flag(bool),
    /// A word.
    Word(&'static str),
}

impl fmt::Display for Value {
    /// As TOML has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Whole(number) => grouped(*number).fmt(f),
            Self::Flag(flag) => flag.fmt(f),
            Self::Word(word) => write!(f, "\"{word}\""),
        }
    }
}
