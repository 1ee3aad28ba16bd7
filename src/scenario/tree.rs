//! What a scenario says, before anything is known of its meaning: tables, lists and values, each
//! with its place. TOML files, tables in CSV and words of the command line all become this.

use std::ops::Range;

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Something with its place.
pub type Placed<T> = Spanned<T>;

/// A value.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text.
    String(String),
    /// A whole number: its digits and their base.
    Integer(String, u32),
    /// A decimal number as written.
    Float(String),
    /// True or false.
    Boolean(bool),
    /// A date or time; `None` if it could not be read, which was noted.
    Datetime(Option<String>),
    /// A list.
    Array(Vec<Placed<Value>>),
    /// A table.
    Table(Table),
    /// A cell of a CSV table: what it is depends on what is asked for.
    Cell(String),
}

/// A table: values under keys, in the order written.
#[derive(Clone, Debug, Default)]
pub struct Table {
    entries: IndexMap<String, Slot>,
}

#[derive(Clone, Debug)]
struct Slot {
    key: Range<usize>,
    value: Placed<Value>,
}

impl Value {
    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) | Self::Cell(text) => Some(text),
            _ => None,
        }
    }

    /// The list, if it is one.
    pub fn as_array(&self) -> Option<&[Placed<Value>]> {
        if let Self::Array(list) = self { Some(list) } else { None }
    }

    /// The table, if it is one.
    pub fn as_table(&self) -> Option<&Table> {
        if let Self::Table(table) = self { Some(table) } else { None }
    }

    /// A value of TOML; `base` is where its text begins.
    fn of(value: &DeValue<'_>, base: usize) -> Self {
        match value {
            DeValue::String(text) => Self::String(text.to_string()),
            DeValue::Integer(int) => Self::Integer(int.as_str().to_owned(), int.radix()),
            DeValue::Float(float) => Self::Float(float.as_str().to_owned()),
            DeValue::Boolean(on) => Self::Boolean(*on),
            DeValue::Datetime(moment) => {
                let read = moment.date.is_some() || moment.time.is_some();
                Self::Datetime(read.then(|| moment.to_string()))
            }
            DeValue::Array(list) => {
                let placed = |item: &Spanned<DeValue<'_>>| {
                    Placed::new(shifted(item.span(), base), Self::of(item.get_ref(), base))
                };
                Self::Array(list.iter().map(placed).collect())
            }
            DeValue::Table(table) => Self::Table(Table::of(table, base)),
        }
    }
}

impl Table {
    /// A table of TOML; `base` is where its text begins.
    pub fn of(table: &DeTable<'_>, base: usize) -> Self {
        let mut own = Self::default();
        for (key, value) in table {
            let placed = Placed::new(shifted(value.span(), base), Value::of(value.get_ref(), base));
            own.insert(key.get_ref().to_string(), shifted(key.span(), base), placed);
        }
        own
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value under `key`.
    pub fn get(&self, key: &str) -> Option<&Placed<Value>> {
        self.entries.get(key).map(|slot| &slot.value)
    }

    /// The value under `key`, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Placed<Value>> {
        self.entries.get_mut(key).map(|slot| &mut slot.value)
    }

    /// The table under `key`, if it is one.
    pub fn table_mut(&mut self, key: &str) -> Option<&mut Table> {
        match self.get_mut(key)?.get_mut() {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// Where `key` stands.
    pub fn place_of(&self, key: &str) -> Option<Range<usize>> {
        self.entries.get(key).map(|slot| slot.key.clone())
    }

    /// Puts a value under `key`, which stands at `place`. One that was there goes.
    pub fn insert(&mut self, key: String, place: Range<usize>, value: Placed<Value>) {
        self.entries.insert(key, Slot { key: place, value });
    }

    /// Takes a value out.
    pub fn remove(&mut self, key: &str) -> Option<Placed<Value>> {
        self.entries.shift_remove(key).map(|slot| slot.value)
    }

    /// Keeps the entries whose key is wanted.
    pub fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        self.entries.retain(|key, _| wanted(key));
    }

    /// The keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Every key with its place, and its value.
    pub fn iter(&self) -> impl Iterator<Item = (Placed<&str>, &Placed<Value>)> {
        self.entries
            .iter()
            .map(|(key, slot)| (Placed::new(slot.key.clone(), key.as_str()), &slot.value))
    }

    /// Every value, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Placed<Value>> {
        self.entries.values_mut().map(|slot| &mut slot.value)
    }

    /// Lays `over` on this table: tables are joined key by key, all else is replaced.
    pub fn lay(&mut self, over: Self) {
        for (key, mut slot) in over.entries {
            let below = self.entries.get_mut(&key);
            if let (Some(below), Value::Table(above)) = (below, slot.value.get_mut())
                && let Value::Table(under) = below.value.get_mut()
            {
                under.lay(std::mem::take(above));
                below.key = slot.key;
                continue;
            }
            self.entries.insert(key, slot);
        }
    }

    /// Gives every key another name, where `name` knows one.
    pub fn rename(&mut self, name: impl Fn(&str) -> Option<String>) {
        let entries = std::mem::take(&mut self.entries);
        self.entries =
            entries.into_iter().map(|(key, slot)| (name(&key).unwrap_or(key), slot)).collect();
    }

    /// Lays this table's values under those of `over`: what `over` does not say.
    pub fn lay_under(&self, over: &mut Self) {
        for (key, slot) in &self.entries {
            match over.entries.get_mut(key) {
                None => {
                    over.entries.insert(key.clone(), slot.clone());
                }
                Some(above) => {
                    if let (Value::Table(below), Value::Table(above)) =
                        (slot.value.get_ref(), above.value.get_mut())
                    {
                        below.lay_under(above);
                    }
                }
            }
        }
    }
}

/// A place in a text that begins at `base`.
pub fn shifted(span: Range<usize>, base: usize) -> Range<usize> {
    span.start + base..span.end + base
}
