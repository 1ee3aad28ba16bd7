//! The entries of a scenario file, each read and checked by itself.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::scenario::problem::Problems;
use crate::scenario::reader::{Entry, Placed};
use crate::scenario::setup::Provenance;

pub mod agreements;
pub mod charts;
pub mod events;
pub mod outcomes;
pub mod processes;
pub mod run;
pub mod states;

/// An entry under a name of the author's. Its body is `None` if something in it is wrong, so that
/// other entries can still refer to the name without a second complaint.
#[derive(Clone, Debug)]
pub struct Named<T> {
    /// The name.
    pub name: String,
    /// Where the name stands.
    pub span: Range<usize>,
    /// What was read.
    pub body: Option<T>,
}

/// Everything a scenario file says.
#[derive(Debug, Default)]
pub struct Document {
    /// `title`.
    pub title: Option<String>,
    /// `question`.
    pub question: Option<String>,
    /// `[run]`.
    pub run: Option<run::Run>,
    /// `[states]`.
    pub states: Vec<Named<states::State>>,
    /// `[dyads]`.
    pub dyads: Vec<Named<states::Dyad>>,
    /// `[treaties]`.
    pub treaties: Vec<Named<agreements::Treaty>>,
    /// `[sanctions]`.
    pub sanctions: Vec<Named<agreements::Sanction>>,
    /// `[wars]`.
    pub wars: Vec<Named<agreements::War>>,
    /// `[events]`.
    pub events: Vec<Named<events::Event>>,
    /// `[outcomes]`.
    pub outcomes: Vec<Named<outcomes::Outcome>>,
    /// `[processes]`.
    pub processes: Vec<processes::ProcessEntry>,
    /// `[summary]` and `[charts]`.
    pub charts: charts::Charts,
    /// `[variants]`.
    pub variants: Vec<Named<events::Variant>>,
    /// `source` and `note` of every entry.
    pub sources: Vec<Provenance>,
}

impl Document {
    /// Reads a parsed file; problems are noted, not returned.
    pub fn read(table: &DeTable<'_>, problems: &mut Problems) -> Self {
        let mut file = Entry::root(table);
        let mut sources = Vec::new();
        let text = |placed: Option<Placed<String>>| placed.map(Spanned::into_inner);
        let document = Self {
            title: text(file.need("title", problems)),
            question: text(file.get("question", problems)),
            run: run::read(&mut file, problems),
            states: section(&mut file, "states", &mut sources, problems, states::state),
            dyads: section(&mut file, "dyads", &mut sources, problems, states::dyad),
            treaties: section(&mut file, "treaties", &mut sources, problems, agreements::treaty),
            sanctions: section(
                &mut file,
                "sanctions",
                &mut sources,
                problems,
                agreements::sanction,
            ),
            wars: section(&mut file, "wars", &mut sources, problems, agreements::war),
            events: section(&mut file, "events", &mut sources, problems, events::event),
            outcomes: section(&mut file, "outcomes", &mut sources, problems, outcomes::outcome),
            processes: processes::read(&mut file, problems),
            charts: charts::read(&mut file, problems),
            variants: section(&mut file, "variants", &mut sources, problems, events::variant),
            sources: Vec::new(),
        };
        file.end(problems);
        Self { sources, ..document }
    }
}

/// Reads a table of named entries with `body`, which sees the entry's name.
fn section<T>(
    file: &mut Entry<'_>,
    key: &'static str,
    sources: &mut Vec<Provenance>,
    problems: &mut Problems,
    body: impl Fn(&Placed<&str>, &mut Entry<'_>, &mut Problems) -> Option<T>,
) -> Vec<Named<T>> {
    let Some(value) = file.raw(key) else { return Vec::new() };
    let Some(table) = Entry::of(value, key, problems) else { return Vec::new() };
    let mut read = |(name, value): (Placed<&str>, &Spanned<DeValue<'_>>)| {
        let path = table.path_of(name.get_ref());
        let body = Entry::of(value, &path, problems).and_then(|mut entry| {
            let (source, note) = (entry.get("source", problems), entry.get("note", problems));
            let body = body(&name, &mut entry, problems);
            if source.is_some() || note.is_some() {
                let (source, note) =
                    (source.map(Spanned::into_inner), note.map(Spanned::into_inner));
                sources.push(Provenance { entry: path, source, note });
            }
            entry.end(problems);
            body
        });
        Named { name: (*name.get_ref()).to_owned(), span: name.span(), body }
    };
    table.named().map(&mut read).collect()
}
