//! The entries of a scenario file, each read and checked by itself.

use std::ops::{Deref, DerefMut, Range};

use toml::Spanned;

use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::{Entry, Line, Placed, undrawable};
use crate::scenario::setup::Provenance;
use crate::scenario::tree::{Table, Value};

pub mod actions;
pub mod agreements;
pub mod charts;
pub mod events;
pub mod outcomes;
pub mod processes;
pub mod run;
pub mod states;
pub mod trials;
pub mod uncertain;

/// The most states a scenario may have.
pub const MAX_STATES: usize = 300;

/// An entry under a name of the author's, kept even if something in it is wrong, so that other
/// entries can still refer to the name without a second complaint.
#[derive(Clone, Debug)]
pub struct Named<T> {
    /// The name.
    pub name: String,
    /// Where the name stands.
    pub span: Range<usize>,
    /// What could be read.
    pub body: Option<T>,
    /// Whether everything in it could be read.
    pub whole: bool,
}

/// The entries of a section such as `[treaties]`.
#[derive(Clone, Debug)]
pub struct List<T> {
    /// Where the section's name first stands.
    pub place: Range<usize>,
    /// Whether the file has the section, but wrong or under a misspelt name, so that nothing can be
    /// said about what is not in it.
    pub unread: bool,
    entries: Vec<Named<T>>,
}

impl<T> List<T> {
    /// Whether every entry could be read.
    pub fn whole(&self) -> bool {
        !self.unread && self.entries.iter().all(|entry| entry.whole)
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { place: 0..0, unread: false, entries: Vec::new() }
    }
}

impl<T> List<T> {
    /// Leaves out the entries that are not to be kept.
    pub fn retain(&mut self, keep: impl FnMut(&Named<T>) -> bool) {
        self.entries.retain(keep);
    }
}

impl<T> Deref for List<T> {
    type Target = [Named<T>];

    fn deref(&self) -> &[Named<T>] {
        &self.entries
    }
}

impl<T> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut [Named<T>] {
        &mut self.entries
    }
}

/// Everything a scenario file says.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// `title`.
    pub title: Option<String>,
    /// `question`.
    pub question: Option<String>,
    /// `[run]`.
    pub run: Option<run::Run>,
    /// `[states]`.
    pub states: List<states::State>,
    /// `[dyads]`.
    pub dyads: List<states::Dyad>,
    /// `[treaties]`.
    pub treaties: List<agreements::Treaty>,
    /// `[sanctions]`.
    pub sanctions: List<agreements::Sanction>,
    /// `[wars]`.
    pub wars: List<agreements::War>,
    /// `[events]`.
    pub events: List<events::Event>,
    /// `[outcomes]`.
    pub outcomes: List<outcomes::Outcome>,
    /// `[quantities]`.
    pub quantities: Vec<uncertain::Quantity>,
    /// `[correlations]`.
    pub correlations: List<uncertain::Correlated>,
    /// `hypotheses`.
    pub hypotheses: Vec<&'static str>,
    /// `[processes]`, after `hypotheses`.
    pub processes: Vec<processes::ProcessEntry>,
    /// `[summary]` and `[charts]`.
    pub charts: charts::Charts,
    /// `source` and `note` of every entry.
    pub sources: Vec<Provenance>,
}

impl Document {
    /// Reads a parsed file; problems are noted, not returned.
    pub fn read(table: &Table, problems: &mut Problems) -> Self {
        let mut file = Entry::root(table);
        // These have been taken out where they belong; they are valid keys all the same.
        for key in ["extends", "without", "variant"] {
            file.raw(key);
        }
        let (mut sources, mut hypotheses) = (Vec::new(), Vec::new());
        let text = |placed: Option<Placed<String>>| placed.map(Spanned::into_inner);
        let document = Self {
            title: file.need::<Line>("title", problems).map(|line| line.into_inner().0),
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
            quantities: uncertain::quantities(&mut file, &mut sources, problems),
            correlations: section(
                &mut file,
                "correlations",
                &mut sources,
                problems,
                uncertain::correlated,
            ),
            processes: processes::read(&mut file, &mut hypotheses, &mut sources, problems),
            charts: charts::read(&mut file, problems),
            ..Self::default()
        };
        let mut document = Self { sources, hypotheses, ..document };
        document.count_states(&mut file, problems);
        for meant in file.end(problems) {
            document.unread(meant);
        }
        document
    }

    fn count_states(&self, file: &mut Entry<'_>, problems: &mut Problems) {
        let rule = format!("the scenario needs 2 to {MAX_STATES} states in `[states]`");
        let count = self.states.len();
        if !file.has("states") {
            file.lack(&["states"], Problem::new(0..0, rule, "it has none"));
        } else if !self.states.unread && !(2..=MAX_STATES).contains(&count) {
            problems.add(self.states.place.clone(), rule, format!("it has {count}"));
        }
    }

    /// Notes that a section stands in the file under a misspelt name.
    fn unread(&mut self, section: &str) {
        match section {
            "states" => self.states.unread = true,
            "dyads" => self.dyads.unread = true,
            "treaties" => self.treaties.unread = true,
            "sanctions" => self.sanctions.unread = true,
            "wars" => self.wars.unread = true,
            "events" => self.events.unread = true,
            "outcomes" => self.outcomes.unread = true,
            "correlations" => self.correlations.unread = true,
            _ => {}
        }
    }
}

/// Reads a table of named entries with `body`, which sees the entry's name.
fn section<T>(
    file: &mut Entry<'_>,
    key: &'static str,
    sources: &mut Vec<Provenance>,
    problems: &mut Problems,
    body: impl Fn(&Placed<&str>, &mut Entry<'_>, &mut Problems) -> Option<T>,
) -> List<T> {
    let Some(value) = file.raw(key) else { return List::default() };
    let place = file.place_of(key);
    if value.get_ref().as_array().is_some() {
        doubled(value.span(), key, problems);
        return List { place, unread: true, entries: Vec::new() };
    }
    let Some(table) = file.table(key, problems) else {
        return List { place, unread: true, entries: Vec::new() };
    };
    let unread = nameless(&table, problems);
    let read = |(name, value): (Placed<&str>, &Placed<Value>)| {
        let path = table.path_of(name.get_ref());
        let before = problems.len();
        sound(&name, key, problems);
        let body = Entry::of(value, &path, name.span(), problems).and_then(|mut entry| {
            let body = body(&name, &mut entry, problems);
            sources.extend(entry.provenance(problems));
            entry.end(problems);
            body
        });
        let whole = problems.len() == before;
        Named { name: (*name.get_ref()).to_owned(), span: name.span(), body, whole }
    };
    let entries = table.named().filter(|_| !unread).map(read).collect();
    List { place, unread, entries }
}

/// Notes a list in place of a section, as `[[treaties]]` is one.
fn doubled(place: Range<usize>, section: &str, problems: &mut Problems) {
    let name = match section {
        "states" => "CODE",
        "dyads" => "CODE-CODE",
        _ => "NAME",
    };
    let rule = format!("`[{section}]` holds entries under names");
    problems.add_with_cure(place, rule, "this is a list", format!("write [{section}.{name}]"));
}

/// Whether the section holds keys where it should hold named entries, as under `[wars]` for
/// `[wars.some-name]`. One problem is noted, at the first of them.
fn nameless(section: &Entry<'_>, problems: &mut Problems) -> bool {
    if ["states", "dyads"].contains(&section.path()) {
        return false;
    }
    let bare = |(_, value): &(Placed<&str>, &Placed<Value>)| value.get_ref().as_table().is_none();
    let Some((key, _)) = section.named().find(bare) else { return false };
    let rule = format!("`[{}]` holds entries under names", section.path());
    let found = format!("`{}` stands here without one", key.get_ref());
    let cure = format!("begin the entry with a name of your own: [{}.some-name]", section.path());
    problems.add_with_cure(key.span(), rule, found, cure);
    true
}

/// Names stand in tables and charts, where an empty one or one of several lines is no name.
fn sound(name: &Placed<&str>, section: &str, problems: &mut Problems) {
    let text = name.get_ref();
    let found = if text.trim().is_empty() {
        "this is blank"
    } else if text.contains(undrawable) {
        "this has a line break or another control character"
    } else {
        return;
    };
    problems.add(name.span(), format!("entries of `[{section}]` have visible names"), found);
}
