//! What each kind of value looks like.

use std::ops::{Range, RangeInclusive};

use super::{FromToml, Placed, wrong_type};
use crate::model::ids::StateCode;
use crate::scenario::names;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::tree::Value;

/// The number if it lies in `range`; a problem otherwise.
pub fn in_range(
    number: &Placed<f64>,
    range: &RangeInclusive<f64>,
    at: &str,
    problems: &mut Problems,
) -> Option<f64> {
    let value = *number.get_ref();
    if range.contains(&value) {
        return Some(value);
    }
    let found = format!("{} is out of range", shown(value));
    let problem = Problem::new(number.span(), bounds(at, range), found);
    // A share of at most 1 that is given in percent.
    let percent = *range.start() >= 0.0 && *range.end() == 1.0 && (1.0..=100.0).contains(&value);
    problems.push(if percent {
        problem.with_cure(format!("if it is {} %, write {}", shown(value), shown(value / 100.0)))
    } else {
        problem
    });
    None
}

/// The rule that a number lies in its range.
pub fn bounds(at: &str, range: &RangeInclusive<f64>) -> String {
    let (low, high) = (*range.start(), shown(*range.end()));
    if low == f64::MIN_POSITIVE {
        return format!("`{at}` must lie above 0 and be at most {high}");
    }
    format!("`{at}` must lie between {} and {high}", shown(low))
}

/// A number for people: very large and very small ones in exponents.
pub fn shown(value: f64) -> String {
    let text = value.to_string();
    if text.len() <= 20 { text } else { format!("{value:e}") }
}

impl FromToml for f64 {
    fn read(value: &Placed<Value>, at: &str, problems: &mut Problems) -> Option<Self> {
        let text = match value.get_ref() {
            Value::Float(float) => float.parse().ok(),
            // An integer above 2^53 is rounded, as the author would expect of a number.
            Value::Integer(digits, radix) => {
                i128::from_str_radix(digits, *radix).ok().map(|i| i as f64)
            }
            Value::Cell(text) if text.parse::<Self>().is_ok() => text.parse().ok(),
            other => {
                wrong_type(value.span(), at, "a number", other, problems);
                return None;
            }
        };
        let finite = text.filter(|number: &f64| number.is_finite());
        if finite.is_none() {
            let nan = text.is_some_and(f64::is_nan);
            let found = if nan { "this is not a number" } else { "this is infinite or too large" };
            problems.add(value.span(), format!("`{at}` must be a finite number"), found);
        }
        finite
    }
}

impl FromToml for u64 {
    fn read(value: &Placed<Value>, at: &str, problems: &mut Problems) -> Option<Self> {
        let (digits, radix) = match value.get_ref() {
            Value::Integer(digits, radix) => (digits, *radix),
            Value::Cell(text) if text.parse::<i128>().is_ok() => (text, 10),
            other => {
                wrong_type(value.span(), at, "a whole number", other, problems);
                return None;
            }
        };
        let number = Self::from_str_radix(digits, radix).ok();
        if number.is_none() {
            let rule = format!("`{at}` must be a whole number from 0 to {}", Self::MAX);
            problems.add(value.span(), rule, format!("{digits} is out of range"));
        }
        number
    }
}

impl FromToml for bool {
    fn read(value: &Placed<Value>, at: &str, problems: &mut Problems) -> Option<Self> {
        let found = match value.get_ref() {
            Value::Boolean(on) => Some(*on),
            Value::Cell(text) => text.parse().ok(),
            _ => None,
        };
        if found.is_none() {
            wrong_type(value.span(), at, "true or false", value.get_ref(), problems);
        }
        found
    }
}

impl FromToml for String {
    fn read(value: &Placed<Value>, at: &str, problems: &mut Problems) -> Option<Self> {
        let Some(text) = value.get_ref().as_str() else {
            wrong_type(value.span(), at, "a string", value.get_ref(), problems);
            return None;
        };
        if text.contains(|c| undrawable(c) && !['\n', '\r', '\t'].contains(&c)) {
            let rule = format!("`{at}` must be text that charts and tables can hold");
            problems.add(value.span(), rule, "this has a control character");
            return None;
        }
        Some(text.to_owned())
    }
}

/// A text of one line, for titles and names.
#[derive(Clone, Debug)]
pub struct Line(pub String);

impl Line {
    /// The most characters: charts and tables have to hold it.
    const MOST: usize = 200;
}

impl FromToml for Line {
    fn read(value: &Placed<Value>, at: &str, problems: &mut Problems) -> Option<Self> {
        let text = String::read(value, at, problems)?;
        let length = text.chars().count();
        let found = if text.contains(undrawable) {
            "this has a line break or a tab".to_owned()
        } else if text.trim().is_empty() {
            "this is blank".to_owned()
        } else if length > Self::MOST {
            format!("this has {length} characters")
        } else {
            return Some(Self(text));
        };
        let rule = format!("`{at}` must be one line of at most {} characters", Self::MOST);
        problems.add(value.span(), rule, found);
        None
    }
}

/// Whether a character is none that a line of text in a chart can hold.
pub fn undrawable(c: char) -> bool {
    c.is_control() || ['\u{fffe}', '\u{ffff}'].contains(&c)
}

impl FromToml for StateCode {
    fn read(value: &Placed<Value>, at: &str, problems: &mut Problems) -> Option<Self> {
        let text = match value.get_ref() {
            Value::String(text) | Value::Cell(text) => text,
            // A number of the Correlates of War project.
            Value::Integer(digits, 10) => digits,
            other => {
                wrong_type(value.span(), at, "a state code such as \"PRK\"", other, problems);
                return None;
            }
        };
        state_code(text, value.span(), problems)
    }
}

impl FromToml for [StateCode; 2] {
    fn read(value: &Placed<Value>, at: &str, problems: &mut Problems) -> Option<Self> {
        if let Some(text) = value.get_ref().as_str() {
            return dyad_codes(text, value.span(), problems);
        }
        if let Some(dyad) = listed_dyad(value.get_ref()) {
            let rule = format!("`{at}` must be a dyad such as \"PRK-RUS\"");
            let cure = format!("write \"{dyad}\"");
            problems.add_with_cure(value.span(), rule, "this is a list", cure);
        } else {
            wrong_type(value.span(), at, "a dyad such as \"PRK-RUS\"", value.get_ref(), problems);
        }
        None
    }
}

/// The dyad that a list of two state codes means.
pub fn listed_dyad(value: &Value) -> Option<String> {
    let codes: Vec<_> = value.as_array()?.iter().map(|code| code.get_ref().as_str()).collect();
    let [Some(a), Some(b)] = codes[..] else { return None };
    let (a, b) = (names::known_code(&a.to_uppercase())?, names::known_code(&b.to_uppercase())?);
    (a != b).then(|| format!("{a}-{b}"))
}

/// Reads a dyad's name, such as `PRK-RUS`.
pub fn dyad_codes(
    text: &str,
    span: Range<usize>,
    problems: &mut Problems,
) -> Option<[StateCode; 2]> {
    let halves = text.split_once('-').filter(|_| meant_dyad(text).is_none());
    let Some((a, b)) = halves else {
        let rule = "a dyad is named by two state codes with a hyphen, such as PRK-RUS";
        let problem = Problem::new(span, rule, format!("`{text}` is not"));
        problems.push(match meant_dyad(text) {
            Some(meant) => problem.with_cure(format!("did you mean `{meant}`?")),
            None => problem,
        });
        return None;
    };
    let (a, b) = (state_code(a, span.clone(), problems), state_code(b, span.clone(), problems));
    let (a, b) = (a?, b?);
    if a == b {
        problems.add(span, "a dyad has two different states", format!("{a} stands here twice"));
        return None;
    }
    Some([a, b])
}

/// The dyad that a name means which has all the letters, but in small ones or oddly joined.
fn meant_dyad(text: &str) -> Option<String> {
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    let (a, b) = letters.split_at_checked(3)?;
    let (a, b) = (a.to_uppercase(), b.to_uppercase());
    names::known_code(&a).and(names::known_code(&b))?;
    let meant = format!("{a}-{b}");
    (meant != text).then_some(meant)
}

/// Reads a state code, assigned by ISO 3166 or left to users.
pub fn state_code(text: &str, span: Range<usize>, problems: &mut Problems) -> Option<StateCode> {
    let code = names::known_code(text);
    if code.is_none() {
        let cure = match names::nearest_code(text) {
            Some(near) => format!("did you mean `{near}`? Invented states take XAA to XZZ"),
            None => "write it as in PRK; invented states take XAA to XZZ".to_owned(),
        };
        let rule = "a state is named by its ISO 3166 alpha-3 code";
        problems.add_with_cure(span, rule, format!("`{text}` is no such code"), cure);
    }
    code
}

impl<T: FromToml> FromToml for Vec<Placed<T>> {
    fn read(value: &Placed<Value>, at: &str, problems: &mut Problems) -> Option<Self> {
        let Value::Array(list) = value.get_ref() else {
            wrong_type(value.span(), at, "a list such as [...]", value.get_ref(), problems);
            return None;
        };
        let read = list.iter().enumerate().filter_map(|(n, item)| {
            let read = T::read(item, &format!("{at}[{n}]"), problems)?;
            Some(Placed::new(item.span(), read))
        });
        Some(read.collect())
    }
}
