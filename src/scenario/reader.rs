//! Typed reading of TOML that keeps going: every getter notes what is wrong and returns `None`.

use std::ops::{Range, RangeInclusive};

use crate::scenario::names::{self, suggestion};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::setup::Provenance;
use crate::scenario::tree::{Table, Value};

pub mod dates;
mod mend;
pub mod numbers;
mod values;

pub use crate::scenario::tree::Placed;
pub use numbers::Number;
pub use values::{Line, bounds, dyad_codes, in_range, listed_dyad, shown, state_code, undrawable};

/// What a TOML value can be read as.
pub trait FromToml: Sized {
    /// Reads the value, or notes what is wrong with it. `at` is its full key.
    fn read(value: &Placed<Value>, at: &str, problems: &mut Problems) -> Option<Self>;
}

/// One table of the file while it is read.
#[derive(Debug)]
pub struct Entry<'d> {
    path: String,
    place: Range<usize>,
    table: &'d Table,
    asked: Vec<&'static str>,
    lacks: Vec<(Vec<&'static str>, Problem)>,
}

impl<'d> Entry<'d> {
    /// The whole file.
    pub fn root(table: &'d Table) -> Self {
        Self::new(String::new(), 0..0, table)
    }

    fn new(path: String, place: Range<usize>, table: &'d Table) -> Self {
        Self { path, place, table, asked: Vec::new(), lacks: Vec::new() }
    }

    /// The value as a table, or a problem. `place` is where the table's name stands.
    pub fn of(
        value: &'d Placed<Value>,
        path: &str,
        place: Range<usize>,
        problems: &mut Problems,
    ) -> Option<Self> {
        match value.get_ref() {
            Value::Table(table) => Some(Self::new(path.into(), place, table)),
            other => {
                wrong_type(value.span(), path, "a table such as { key = value }", other, problems);
                None
            }
        }
    }

    /// The table under `key`, if there; one that is no table is a problem.
    pub fn table(&mut self, key: &'static str, problems: &mut Problems) -> Option<Entry<'d>> {
        let value = self.raw(key)?;
        Entry::of(value, &self.path_of(key), self.place_of(key), problems)
    }

    /// Full key of this table.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Full key of `key` in this table.
    pub fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Where the name of this table stands.
    pub fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// Where `key` stands; where this table does, if it has no such key.
    pub fn place_of(&self, key: &str) -> Range<usize> {
        self.table.place_of(key).unwrap_or_else(|| self.place())
    }

    /// Whether the table has `key`. Unlike reading it, this does not make it a valid key.
    pub fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// The raw value under `key`.
    pub fn raw(&mut self, key: &'static str) -> Option<&'d Placed<Value>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
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
        Some(Placed::new(value.span(), read))
    }

    /// The value under `key`, which must be there.
    pub fn need<T: FromToml>(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> Option<Placed<T>> {
        self.must_have(key);
        self.get(key, problems)
    }

    /// Remembers that `key` is missing, if it is.
    fn must_have(&mut self, key: &'static str) {
        if !self.has(key) {
            self.raw(key);
            let name =
                if self.path.is_empty() { "the scenario" } else { &format!("`{}`", self.path) };
            let problem =
                Problem::new(self.place(), format!("{name} needs `{key}`"), "it is missing here");
            self.lack(&[key], problem);
        }
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

    /// The choice under `key`, if there: one of some names. `what` is what they are names of.
    pub fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        what: &str,
        choices: &[(&'static str, T)],
        problems: &mut Problems,
    ) -> Option<T> {
        let name = self.get::<String>(key, problems)?;
        let found = choices.iter().find(|(n, _)| n == name.get_ref());
        if found.is_none() {
            let rule = format!("there is no {what} `{}`", name.get_ref());
            let names: Vec<_> = choices.iter().map(|(n, _)| *n).collect();
            unknown(name.span(), &rule, name.get_ref(), &names, problems);
        }
        found.map(|(_, choice)| *choice)
    }

    /// How many elements the list under `key` has, readable or not.
    pub fn len_of(&self, key: &str) -> usize {
        self.table.get(key).and_then(|value| value.get_ref().as_array()).map_or(0, <[_]>::len)
    }

    /// Every entry of the table with its key, in the order of the file. Used where the keys are
    /// names the author chose.
    pub fn named(&self) -> impl Iterator<Item = (Placed<&'d str>, &'d Placed<Value>)> + use<'d> {
        self.table.iter()
    }

    /// What its author says of where the entry comes from, if anything.
    pub fn provenance(&mut self, problems: &mut Problems) -> Option<Provenance> {
        let source = self.get::<String>("source", problems).map(Placed::into_inner);
        let note = self.get::<String>("note", problems).map(Placed::into_inner);
        let said = source.is_some() || note.is_some();
        said.then(|| Provenance { entry: self.path.clone(), source, note })
    }

    /// Remembers a problem that consists in the absence of `keys`. It is forgotten if one of them
    /// turns out to be there misspelt: that is a problem already.
    pub fn lack(&mut self, keys: &[&'static str], problem: Problem) {
        self.lacks.push((keys.to_vec(), problem));
    }

    /// Notes every key nobody asked for, and what is lacking. Returns the keys that the unknown
    /// ones seem to stand for.
    pub fn end(self, problems: &mut Problems) -> Vec<&'static str> {
        let absent: Vec<_> = self.asked.iter().copied().filter(|key| !self.has(key)).collect();
        let nearest = |name, keys: &[&'static str]| {
            let near = names::nearest(name, keys.iter().copied());
            keys.iter().copied().find(|key| Some(*key) == near)
        };
        let mut meant = Vec::new();
        for (key, _) in self.table.iter() {
            let name: &str = key.get_ref();
            if self.asked.contains(&name) {
                continue;
            }
            let owner =
                if self.path.is_empty() { "a scenario" } else { &format!("`{}`", self.path) };
            let rule = format!("{owner} has no key `{name}`");
            // A key that is not there yet is more likely meant than one that is.
            let near = nearest(name, &absent);
            meant.extend(near);
            let cure = match near.or_else(|| nearest(name, &self.asked)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("valid keys: {}", self.asked.join(", ")),
            };
            problems.add_with_cure(key.span(), rule, "unknown", cure);
        }
        let stand_in = |keys: &[&str]| keys.iter().any(|key| meant.contains(key));
        for (_, lack) in self.lacks.into_iter().filter(|(keys, _)| !stand_in(keys)) {
            problems.push(lack);
        }
        meant
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
        None => problems.add_with_cure(span, rule, "unknown", "leave it out"),
    }
}

/// What is said of a string where something else belongs.
pub const IS_STRING: &str = "this is a string";

/// What is said of a list where something else belongs.
pub const IS_LIST: &str = "this is a list";

/// Notes a value of another type than `expected`.
pub fn wrong_type(
    span: Range<usize>,
    at: &str,
    expected: &str,
    found: &Value,
    problems: &mut Problems,
) {
    if unreadable(found) {
        return;
    }
    let cell;
    let kind = match found {
        Value::String(_) => IS_STRING,
        Value::Integer(..) => "this is an integer",
        Value::Float(_) => "this is a decimal number",
        Value::Boolean(_) => "this is a boolean",
        Value::Datetime(_) => "this is a date or time",
        Value::Array(_) => IS_LIST,
        Value::Table(_) => "this is a table",
        Value::Cell(text) => {
            cell = format!("`{text}` is none");
            &cell
        }
    };
    let problem = Problem::new(span, format!("`{at}` must be {expected}"), kind);
    problems.push(match mend::cure(at, expected, found) {
        Some(cure) => problem.with_cure(cure),
        None => problem,
    });
}

/// Whether this is a date that TOML could not read, which was noted then.
fn unreadable(value: &Value) -> bool {
    matches!(value, Value::Datetime(None))
}
