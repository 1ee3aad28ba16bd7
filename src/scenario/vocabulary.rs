//! The scenario language as data: every key, with what it takes, what it means and how it is
//! written. `detente schema`, `detente explain key` and docs/keys.md are made from it;
//! tests/vocabulary.rs holds it to what the readers of [`document`](super::document) ask for.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::model::parameters::Mark;

mod actions;
mod agreements;
mod events;
mod find;
mod kind;
mod markdown;
mod outcomes;
mod pages;
mod processes;
mod slips;
mod states;
mod top;
mod uncertain;

pub use find::{Found, Item, find};
pub use kind::{ANY, Kind, Of, Span, Value, Words};
pub use markdown::markdown;
pub use pages::{overview, page};
pub use slips::{slip, unknown};

/// A table of a scenario, or the tables under names of the author's: a part of the language.
#[derive(Clone, Debug)]
pub struct Section {
    /// Where it stands: `run`, `events.*`, `events.*.actions`. `*` stands for any name.
    pub path: Cow<'static, str>,
    /// What it holds, in a sentence.
    pub meaning: &'static str,
    /// How entries come under names, if they do.
    pub entries: Option<Entries>,
    /// Its keys.
    pub keys: Cow<'static, [Key]>,
    /// The forms of which a table of it has exactly one, if it has forms.
    pub forms: &'static [Form],
    /// Which of its keys go together.
    pub groups: &'static [Group],
    /// Whether `source` and `note` may stand in it.
    pub provenance: bool,
}

/// How the entries of a section come under names.
#[derive(Clone, Copy, Debug)]
pub struct Entries {
    /// What their names are.
    pub named: Named,
    /// The first column of a CSV table of them, if they may stand in one.
    pub table: Option<&'static str>,
    /// Whether the section may have a `default` for all of them.
    pub default: bool,
    /// What may stand for an entry in place of a table, if anything.
    pub plain: Option<Kind>,
}

/// What the names of entries are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Codes of states.
    State,
    /// Dyads.
    Dyad,
    /// The author's own.
    Own,
    /// Names that expressions can use.
    Quantity,
    /// Names that a directory can bear.
    Variant,
}

impl Named {
    /// What stands for a name in the path of a key.
    pub fn shown(self) -> &'static str {
        match self {
            Self::State => "CODE",
            Self::Dyad => "CODE-CODE",
            Self::Own | Self::Quantity | Self::Variant => "NAME",
        }
    }
}

/// A key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Whether it has to be there, and what holds if it is not.
    pub need: Need,
    /// What it means.
    pub meaning: &'static str,
    /// A value as it is written; empty where none helps.
    pub example: &'static str,
    /// Keys beside which it cannot stand.
    pub not_with: &'static [&'static str],
    /// What stands behind its default, if it is a parameter.
    pub mark: Option<Mark>,
}

/// Whether a key has to be there, and what holds if it is not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Need {
    /// It has to be there.
    Required,
    /// A [`Group`] says when.
    Grouped,
    /// It need not be there.
    Optional,
    /// This value stands for it.
    Default(Value),
    /// What holds without it, in words.
    Without(&'static str),
}

/// Keys that go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Exactly one of them.
    One(&'static [&'static str]),
    /// One of them at most.
    AtMostOne(&'static [&'static str]),
    /// One of them at least.
    Some(&'static [&'static str]),
}

impl Group {
    /// The keys.
    pub fn keys(self) -> &'static [&'static str] {
        match self {
            Self::One(keys) | Self::AtMostOne(keys) | Self::Some(keys) => keys,
        }
    }

    /// How many of them, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::One(_) => "exactly one of",
            Self::AtMostOne(_) => "at most one of",
            Self::Some(_) => "at least one of",
        }
    }
}

/// A form of a table: a key that tells which, and the keys that go with it.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// The key that tells which form it is.
    pub key: Key,
    /// The keys that go with it.
    pub with: &'static [Key],
    /// Which of these go together.
    pub groups: &'static [Group],
}

impl Key {
    const fn new(name: &'static str, kind: Kind, need: Need, meaning: &'static str) -> Self {
        Self { name, kind, need, meaning, example: "", not_with: &[], mark: None }
    }

    /// A key that has to be there.
    const fn required(name: &'static str, kind: Kind, meaning: &'static str) -> Self {
        Self::new(name, kind, Need::Required, meaning)
    }

    /// A key that need not be there.
    const fn optional(name: &'static str, kind: Kind, meaning: &'static str) -> Self {
        Self::new(name, kind, Need::Optional, meaning)
    }

    /// A key of a group.
    const fn grouped(name: &'static str, kind: Kind, meaning: &'static str) -> Self {
        Self::new(name, kind, Need::Grouped, meaning)
    }

    const fn or(self, value: Value) -> Self {
        Self { need: Need::Default(value), ..self }
    }

    const fn without(self, words: &'static str) -> Self {
        Self { need: Need::Without(words), ..self }
    }

    const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    const fn not_with(self, keys: &'static [&'static str]) -> Self {
        Self { not_with: keys, ..self }
    }
}

/// `source` and `note`, which most tables may have.
pub const PROVENANCE: [Key; 2] = [
    Key::optional(
        "source",
        Kind::Text,
        "Where the entry comes from; it is kept with the results and has no other effect.",
    )
    .example("\"ATOP 5\""),
    Key::optional("note", Kind::Text, "A remark, kept with the results, without any other effect.")
        .example("\"assumed\""),
];

/// `table`: entries of a section in a CSV table.
pub const TABLE: Key = Key::optional(
    "table",
    Kind::File(".csv"),
    "A CSV table in the scenario's folder: a row for each entry, the name first, then a column for \
     each key, dotted for a nested one; an empty cell is a key that is not given.",
);

/// `default`: what holds for every entry of a section.
pub const DEFAULT: Key = Key::optional(
    "default",
    Kind::Entry,
    "Keys that hold for every entry of the section that says nothing else; for dyads, also for \
     those that have no entry.",
);

impl Section {
    /// Keys of every table of the section, without those of its forms.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter().chain(PROVENANCE.iter().filter(|_| self.provenance))
    }

    /// Keys that stand beside the entries of the section.
    pub fn beside(&self) -> impl Iterator<Item = &'static Key> + use<> {
        let table = self.entries.and_then(|entries| entries.table).map(|_| &TABLE);
        let default = self.entries.filter(|entries| entries.default).map(|_| &DEFAULT);
        table.into_iter().chain(default)
    }

    /// The key that holds the section: `events` of `events.*`; nothing for the top of a file.
    pub fn holder(&self) -> &str {
        self.path.strip_suffix(".*").unwrap_or(&self.path)
    }

    /// The path with what stands for a name in place of `*`.
    pub fn shown(&self) -> String {
        let first = self.path.split('.').next().unwrap_or_default();
        let named = match first {
            "states" => Named::State,
            "dyads" => Named::Dyad,
            _ => Named::Own,
        };
        self.path.replace('*', named.shown())
    }

    /// The full key of a key of the section.
    pub fn key_shown(&self, key: &Key) -> String {
        if self.path.is_empty() {
            return key.name.to_owned();
        }
        format!("{}.{}", self.shown(), key.name)
    }
}

/// The whole language, the top of a file first.
pub static SECTIONS: LazyLock<Vec<Section>> = LazyLock::new(|| {
    let mut sections = vec![top::top(), top::RUN, top::TRIALS, states::STATES, states::DYADS];
    sections.extend([agreements::TREATIES, agreements::ARTICLES, agreements::SANCTIONS]);
    sections.extend([agreements::WARS, events::EVENTS, actions::ACTIONS, outcomes::OUTCOMES]);
    sections.extend([uncertain::QUANTITIES, uncertain::CORRELATIONS]);
    sections.extend(processes::all());
    sections.extend([top::SUMMARY, top::CHARTS, top::variant()]);
    sections
});

/// The section of this path.
pub fn section(path: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.path == path)
}

/// A section without entries, forms and groups.
const fn plain(path: &'static str, meaning: &'static str, keys: &'static [Key]) -> Section {
    Section {
        path: Cow::Borrowed(path),
        meaning,
        entries: None,
        keys: Cow::Borrowed(keys),
        forms: &[],
        groups: &[],
        provenance: false,
    }
}
