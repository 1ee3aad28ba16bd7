//! Numbers that may be distributions.

use std::ops::{Range, RangeInclusive};

use super::{Entry, FromToml, IS_LIST, IS_STRING, Placed, bounds, in_range, shown};
use crate::model::distribution::{Distribution, DistributionError};
use crate::scenario::expression::{Expression, Place, Written};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::tree::Value;

/// The share of a distribution that may lie outside the range of its key, where it is cut off.
const MOST_OUTSIDE: f64 = 0.01;

/// A number: certain, or drawn anew in every trial.
#[derive(Clone, Debug, Default)]
pub struct Number {
    /// The number, or the median of its distribution.
    pub value: f64,
    /// Its distribution, if it has one.
    pub drawn: Option<Box<Drawn>>,
}

/// The distribution in a number's place.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// The full key.
    pub key: String,
    /// Where it stands.
    pub span: Range<usize>,
    /// How it is distributed, cut to the range of the key.
    pub distribution: Distribution,
    /// As its author wrote it.
    pub written: String,
}

impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Self { value, drawn: None }
    }
}

impl Number {
    /// The least and the greatest value that can be drawn.
    pub fn support(&self) -> (f64, f64) {
        self.drawn.as_ref().map_or((self.value, self.value), |drawn| drawn.distribution.support())
    }
}

/// Where a text stands that was read from a value: inside its quotes, if nothing in it is escaped.
pub fn place(text: &str, span: &Range<usize>) -> Place {
    let around = span.len().checked_sub(text.len());
    let plain = !text.contains(['"', '\\']) && !text.contains(char::is_control);
    let offset = match around {
        Some(0) => Some(0),
        Some(2) => Some(1),
        Some(6) if plain => Some(3),
        // A line break after the opening quotes does not count.
        Some(7) if plain => Some(4),
        _ => None,
    };
    let start = span.start + offset.unwrap_or(0);
    Place { start, whole: span.clone(), exact: offset.is_some() }
}

impl FromToml for Expression {
    fn read(value: &Placed<Value>, at: &str, problems: &mut Problems) -> Option<Self> {
        let text = String::read(value, at, problems)?;
        Self::parse(&text, place(&text, &value.span()), problems)
    }
}

/// Reads a number or a distribution whose key has this range.
pub fn number(
    value: &Placed<Value>,
    at: &str,
    range: &RangeInclusive<f64>,
    problems: &mut Problems,
) -> Option<Number> {
    if let Some((found, cure)) = no_number(value.get_ref()) {
        let rule = format!("`{at}` must be a number, or a distribution in quotes");
        problems.add_with_cure(value.span(), rule, found, cure);
        return None;
    }
    match value.get_ref() {
        Value::String(text) | Value::Cell(text) if text.contains('(') => {
            let expression = Expression::parse(text, place(text, &value.span()), problems)?;
            let written = expression.distribution(problems)?;
            let distribution = made(&written).map_err(|error| {
                problems.add(value.span(), error.rule(), error.found());
            });
            let whole = Placed::new(value.span(), text.as_str());
            let distribution = cut(distribution.ok()?, &whole, at, range, problems)?;
            let (key, span, written) = (at.to_owned(), value.span(), text.clone());
            let centre = distribution.quantile(0.5);
            let drawn = Some(Box::new(Drawn { key, span, distribution, written }));
            Some(Number { value: centre, drawn })
        }
        _ => {
            let number = Placed::new(value.span(), f64::read(value, at, problems)?);
            in_range(&number, range, at, problems).map(Number::from)
        }
    }
}

/// What stands in place of a number or a distribution, and how to write one, if it is words or a list
/// of two numbers.
fn no_number(value: &Value) -> Option<(&'static str, String)> {
    match value {
        Value::String(text) if !text.contains('(') && text.split_whitespace().nth(1).is_some() => {
            let cure = "for example \"normal(0.4, 0.05)\" or \"uniform(0.3, 0.5)\"";
            Some((IS_STRING, cure.to_owned()))
        }
        Value::Array(ends) => {
            let [low, high] = &ends[..] else { return None };
            let (low, high) = (as_written(low)?, as_written(high)?);
            let cure = format!("for all values between them, write \"uniform({low}, {high})\"");
            Some((IS_LIST, cure))
        }
        _ => None,
    }
}

/// The digits of a decimal number.
fn as_written(value: &Placed<Value>) -> Option<&str> {
    match value.get_ref() {
        Value::Integer(digits, 10) | Value::Float(digits) => Some(digits),
        _ => None,
    }
}

/// A distribution, written like this, within the range of its key.
fn cut(
    distribution: Distribution,
    written: &Placed<&str>,
    at: &str,
    range: &RangeInclusive<f64>,
    problems: &mut Problems,
) -> Option<Distribution> {
    let (low, high) = (*range.start(), *range.end());
    let outside = 1.0 - distribution.mass(low, high);
    if outside > MOST_OUTSIDE {
        let found = format!("{:.1} % of this distribution lies outside", 100.0 * outside);
        let low = if low == f64::MIN_POSITIVE { 0.0 } else { low };
        let (text, low, high) = (written.get_ref(), shown(low), shown(high));
        let problem = Problem::new(written.span(), bounds(at, range), found);
        problems.push(if outside < 0.99 {
            let cure = format!("if it is meant to be cut off: truncated({text}, {low}, {high})");
            problem.with_cure(cure)
        } else {
            problem
        });
        return None;
    }
    let (least, greatest) = distribution.support();
    if least >= low && greatest <= high {
        return Some(distribution);
    }
    let cut = distribution.truncated(low, high);
    cut.map_err(|error| problems.add(written.span(), error.rule(), error.found())).ok()
}

fn made(written: &Written) -> Result<Distribution, DistributionError> {
    match written {
        Written::Normal { mean, sd } => Distribution::normal(*mean, *sd),
        Written::Uniform { low, high } => Distribution::uniform(*low, *high),
        Written::Beta { alpha, beta, low, high } => Distribution::beta(*alpha, *beta, *low, *high),
        Written::Triangular { low, mode, high } => Distribution::triangular(*low, *mode, *high),
        Written::Lognormal { mu, sigma } => Distribution::lognormal(*mu, *sigma),
        Written::Truncated(whole, low, high) => made(whole)?.truncated(*low, *high),
        Written::Choice(values) => {
            let weighted: Option<Vec<_>> =
                values.iter().map(|(value, weight)| Some((*value, (*weight)?))).collect();
            match weighted {
                Some(weighted) => Distribution::choice(&weighted),
                None => {
                    let values: Vec<_> = values.iter().map(|(value, _)| *value).collect();
                    Distribution::equal_choice(&values)
                }
            }
        }
    }
}

impl Entry<'_> {
    /// The number or distribution under `key`, if there, checked against its range.
    pub fn uncertain(
        &mut self,
        key: &'static str,
        range: RangeInclusive<f64>,
        problems: &mut Problems,
    ) -> Option<Number> {
        let value = self.raw(key)?;
        number(value, &self.path_of(key), &range, problems)
    }

    /// The number or distribution under `key`, which must be there.
    pub fn need_uncertain(
        &mut self,
        key: &'static str,
        range: RangeInclusive<f64>,
        problems: &mut Problems,
    ) -> Option<Number> {
        self.must_have(key);
        self.uncertain(key, range, problems)
    }
}
