//! Typed reading of TOML that keeps going: every getter notes what is wrong and returns `None`.

use std::ops::{Range, RangeInclusive};

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::ids::StateCode;
use crate::scenario::names::{self, suggestion};
use crate::scenario::problem::Problems;

/// A value with its place in the file.
pub type Placed<T> = Spanned<T>;

/// What a TOML value can be read as.
pub trait FromToml: Sized {
    /// Reads the value, or notes what is wrong with it. `at` is its full key.
    fn read(value: &Spanned<DeValue<'_>>, at: &str, problems: &mut Problems) -> Option<Self>;
}

/// One table of the file while it is read.
#[derive(Debug)]
pub struct Entry<'d> {
    path: String,
    span: Range<usize>,
    table: &'d DeTable<'d>,
    asked: Vec<&'static str>,
}

impl<'d> Entry<'d> {
    /// The whole file.
    pub fn root(table: &'d DeTable<'d>) -> Self {
        Self { path: String::new(), span: 0..0, table, asked: Vec::new() }
    }

    /// The value as a table, or a problem.
    pub fn of(
        value: &'d Spanned<DeValue<'d>>,
        path: &str,
        problems: &mut Problems,
    ) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(table) => {
                Some(Self { path: path.into(), span: value.span(), table, asked: Vec::new() })
            }
            other => {
                wrong_type(value.span(), path, "a table", other, problems);
                None
            }
        }
    }

    /// Full key of this table.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Full key of `key` in this table.
    pub fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Where the table stands (its header).
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The raw value under `key`.
    pub fn raw(&mut self, key: &'static str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.asked.push(key);
        self.table.get(key)
    }

    /// The value under `key`, if there.
    pub fn get<T: FromToml>(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> Option<Placed<T>> {
        let value = self.raw(key)?;
        let read = T::read(value, &self.path_of(key), problems)?;
        Some(Spanned::new(value.span(), read))
    }

    /// The value under `key`, which must be there.
    pub fn need<T: FromToml>(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> Option<Placed<T>> {
        if !self.table.contains_key(key) {
            self.asked.push(key);
            let name = if self.path.is_empty() { "the scenario" } else { &self.path };
            problems.add(self.span.clone(), format!("{name} needs `{key}`"), "it is missing here");
            return None;
        }
        self.get(key, problems)
    }

    /// The number under `key`, if there, checked against its range.
    pub fn number(
        &mut self,
        key: &'static str,
        range: RangeInclusive<f64>,
        problems: &mut Problems,
    ) -> Option<f64> {
        let number = self.get::<f64>(key, problems)?;
        in_range(&number, &range, &self.path_of(key), problems)
    }

    /// Every entry of the table with its key, in the order of the file. Used where the keys are
    /// names the author chose.
    pub fn named(
        &self,
    ) -> impl Iterator<Item = (Placed<&'d str>, &'d Spanned<DeValue<'d>>)> + use<'d> {
        self.table.iter().map(|(key, value)| (Spanned::new(key.span(), &**key.get_ref()), value))
    }

    /// Notes every key nobody asked for.
    pub fn end(self, problems: &mut Problems) {
        for (key, _) in self.table {
            let name: &str = key.get_ref();
            if !self.asked.contains(&name) {
                let place = if self.path.is_empty() { "a scenario" } else { &self.path };
                unknown(
                    key.span(),
                    &format!("{place} has no key `{name}`"),
                    name,
                    &self.asked,
                    problems,
                );
            }
        }
    }
}

/// Notes a name that is not among the valid ones, with the nearest.
pub fn unknown(
    span: Range<usize>,
    rule: &str,
    name: &str,
    valid: &[&str],
    problems: &mut Problems,
) {
    match suggestion(name, valid) {
        Some(cure) => problems.add_with_cure(span, rule, "unknown", cure),
        None => problems.add(span, rule, "unknown"),
    }
}

/// A cure for an entry without exactly one of `keys`: the key that a misspelt one may mean, else
/// all of them.
pub fn suggested_one_of(entry: &Entry<'_>, keys: &[&str]) -> String {
    let meant = entry
        .named()
        .filter(|(key, _)| !keys.contains(key.get_ref()))
        .find_map(|(key, _)| names::nearest(key.get_ref(), keys.iter().copied()));
    match meant {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("one of: {}", keys.join(", ")),
    }
}

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
    let rule = match (*range.start(), *range.end()) {
        (low, f64::MAX) => format!("`{at}` must be at least {low}"),
        (low, high) => format!("`{at}` must lie between {low} and {high}"),
    };
    problems.add(number.span(), rule, format!("{value} is out of range"));
    None
}

fn wrong_type(
    span: Range<usize>,
    at: &str,
    expected: &str,
    found: &DeValue<'_>,
    problems: &mut Problems,
) {
    let kind = match found {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    problems.add(span, format!("`{at}` must be {expected}"), format!("this is {kind}"));
}

impl FromToml for f64 {
    fn read(value: &Spanned<DeValue<'_>>, at: &str, problems: &mut Problems) -> Option<Self> {
        let text = match value.get_ref() {
            DeValue::Float(float) => float.as_str().parse().ok(),
            // An integer above 2^53 is rounded, as the author would expect of a number.
            DeValue::Integer(int) => {
                i64::from_str_radix(int.as_str(), int.radix()).ok().map(|i| i as f64)
            }
            other => {
                wrong_type(value.span(), at, "a number", other, problems);
                return None;
            }
        };
        let finite = text.filter(|number: &f64| number.is_finite());
        if finite.is_none() {
            problems.add(value.span(), format!("`{at}` must be a finite number"), "this is not");
        }
        finite
    }
}

impl FromToml for u64 {
    fn read(value: &Spanned<DeValue<'_>>, at: &str, problems: &mut Problems) -> Option<Self> {
        let DeValue::Integer(int) = value.get_ref() else {
            wrong_type(value.span(), at, "a whole number", value.get_ref(), problems);
            return None;
        };
        let number = u64::from_str_radix(int.as_str(), int.radix()).ok();
        if number.is_none() {
            let rule = format!("`{at}` must be a whole number from 0 to {}", u64::MAX);
            problems.add(value.span(), rule, format!("{} is out of range", int.as_str()));
        }
        number
    }
}

impl FromToml for bool {
    fn read(value: &Spanned<DeValue<'_>>, at: &str, problems: &mut Problems) -> Option<Self> {
        let found = value.get_ref().as_bool();
        if found.is_none() {
            wrong_type(value.span(), at, "true or false", value.get_ref(), problems);
        }
        found
    }
}

impl FromToml for String {
    fn read(value: &Spanned<DeValue<'_>>, at: &str, problems: &mut Problems) -> Option<Self> {
        let found = value.get_ref().as_str();
        if found.is_none() {
            wrong_type(value.span(), at, "a string", value.get_ref(), problems);
        }
        found.map(str::to_owned)
    }
}

impl FromToml for Date {
    fn read(value: &Spanned<DeValue<'_>>, at: &str, problems: &mut Problems) -> Option<Self> {
        let (text, date) = match value.get_ref() {
            DeValue::Datetime(moment) => {
                let text = moment.to_string();
                let date = if moment.time.is_none() { text.parse().ok() } else { None };
                (text, date)
            }
            DeValue::String(text) => (text.to_string(), text.parse().ok()),
            other => {
                wrong_type(value.span(), at, "a date such as 2024-06-19", other, problems);
                return None;
            }
        };
        if date.is_none() {
            let rule = format!("`{at}` must be a day of the calendar such as 2024-06-19");
            problems.add(value.span(), rule, format!("{text} is none"));
        }
        date
    }
}

impl FromToml for StateCode {
    fn read(value: &Spanned<DeValue<'_>>, at: &str, problems: &mut Problems) -> Option<Self> {
        let text = String::read(value, at, problems)?;
        state_code(&text, value.span(), problems)
    }
}

/// Reads a state code, assigned by ISO 3166 or left to users.
pub fn state_code(text: &str, span: Range<usize>, problems: &mut Problems) -> Option<StateCode> {
    let code = StateCode::new(text)
        .filter(|&code| names::iso_name(code).is_some() || names::user_assigned(code));
    if code.is_none() {
        let cure = match names::nearest_iso(text) {
            Some(near) => format!("did you mean `{near}`? Invented states take XAA to XZZ"),
            None => "for example PRK; invented states take XAA to XZZ".to_owned(),
        };
        let rule = "a state is named by its ISO 3166 alpha-3 code";
        problems.add_with_cure(span, rule, format!("`{text}` is no such code"), cure);
    }
    code
}

impl<T: FromToml> FromToml for Vec<Placed<T>> {
    fn read(value: &Spanned<DeValue<'_>>, at: &str, problems: &mut Problems) -> Option<Self> {
        let DeValue::Array(list) = value.get_ref() else {
            wrong_type(value.span(), at, "a list", value.get_ref(), problems);
            return None;
        };
        let read = list
            .iter()
            .filter_map(|item| Some(Spanned::new(item.span(), T::read(item, at, problems)?)));
        Some(read.collect())
    }
}
