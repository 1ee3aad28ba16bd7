//! Gathers the texts that make a scenario: its file, what that extends, the tables beside it, the
//! words of the command line. Joins them to one table.

use std::ops::Range;

use crate::scenario::folder::{Folder, MAX_BYTES};
use crate::scenario::names::nearest;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::sources::Sources;
use crate::scenario::syntax::{self, Remarks};
use crate::scenario::tree::{Placed, Table, Value};

mod cells;
mod keys;
mod misplaced;
mod set;
mod tables;
mod variants;
mod without;

pub use keys::{SECTIONS, has_text, path as path_of_key};
pub use variants::MOST_VARIANTS;
pub use variants::Variant;

use without::leave_out;

/// How many files may extend each other.
const MOST_LEVELS: usize = 8;

/// The most bytes all texts of a scenario may have together.
const MOST_BYTES: usize = 4 * MAX_BYTES;

/// What has been gathered.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Every text read.
    pub sources: Sources,
    /// What the scenario says, its variants apart; `None` if a text could not be read.
    pub root: Option<Table>,
    /// What each variant says, by name.
    pub variants: Table,
    /// What the scenarios say that this one extends, each with what it extends itself.
    below: Vec<Table>,
    /// Changes from the command line, in their order.
    set: Vec<Table>,
    /// Full keys that the command line leaves out, with their places.
    left_out: Option<Placed<Value>>,
    /// What is still to be noted.
    pub remarks: Remarks,
}

/// A folder, and what has been read from it.
struct Gatherer<'a> {
    folder: &'a Folder,
    sources: Sources,
    remarks: Remarks,
    /// The files being read: each extends the one after it.
    trail: Vec<String>,
    /// What those that are extended say, where they have groups of numbers that go together.
    below: Vec<Table>,
    /// Whether a table could not be read, so that nothing can be said about what is missing.
    broken: bool,
    problems: &'a mut Problems,
}

/// Gathers what belongs to the scenario of this text.
pub fn gather(
    name: &str,
    text: &str,
    folder: &Folder,
    (set, without): (&[String], &[String]),
    problems: &mut Problems,
) -> Gathered {
    let mut gatherer = Gatherer {
        folder,
        sources: Sources::default(),
        remarks: Remarks::default(),
        trail: Vec::new(),
        below: Vec::new(),
        broken: false,
        problems,
    };
    let root = gatherer.file(name, text, folder.main());
    let left_out = gatherer.left_out(without, root.as_ref());
    let set = set.iter().filter_map(|words| gatherer.set(words)).collect();
    let Gatherer { sources, remarks, broken, below, .. } = gatherer;
    let root = root.filter(|_| !broken);
    let variants = Table::default();
    let mut gathered = Gathered { sources, root, variants, below, set, left_out, remarks };
    match gathered.root.as_mut().and_then(|root| root.remove("variant")) {
        None => {}
        Some(variants) => match variants.get_ref() {
            Value::Table(table) => gathered.variants = table.clone(),
            _ => {
                let (rule, found) = ("`variant` holds variants under names", "this is no table");
                problems.add_with_cure(variants.span(), rule, found, "write [variant.NAME]");
            }
        },
    }
    gathered
}

impl Gathered {
    /// The scenario as a table: with a variant laid over it, with what the command line changes if it
    /// is the one that is wanted, and with the defaults of its sections. `None` if it could not be
    /// read.
    pub fn table(
        &self,
        variant: Option<&str>,
        wanted: bool,
        problems: &mut Problems,
    ) -> Option<Table> {
        let mut root = self.varied(variant, problems)?;
        if wanted {
            leave_out(&mut root, self.left_out.clone(), problems);
        }
        for over in self.set.iter().filter(|_| wanted) {
            keys::lay(&mut root, over.clone());
        }
        keys::fill_in(&mut root, problems);
        Some(root)
    }

    /// The scenario with a variant laid over it.
    fn varied(&self, variant: Option<&str>, problems: &mut Problems) -> Option<Table> {
        let mut root = self.root.clone()?;
        if let Some(name) = variant
            && let Some(Value::Table(over)) = self.variants.get(name).map(Placed::get_ref)
        {
            let mut over = over.clone();
            leave_out(&mut root, over.remove("without"), problems);
            over.remove("note");
            over.remove("source");
            keys::lay(&mut root, over);
        }
        Some(root)
    }

    /// What the scenario says where less is laid over it: not the command line, not the variant, not
    /// the scenario on what it extends. Only what has groups of numbers that go together.
    pub fn before(&self, variant: Option<&str>, wanted: bool) -> Vec<Table> {
        let unheard = &mut Problems::default();
        let grouped = |table: &Table| table.get("correlations").is_some();
        let mut tables = self.below.clone();
        if variant.is_some() && self.root.as_ref().is_some_and(grouped) {
            tables.extend(self.varied(None, unheard));
        }
        if wanted && (self.left_out.is_some() || !self.set.is_empty()) {
            tables.extend(self.varied(variant, unheard));
        }
        tables.retain(grouped);
        tables.iter_mut().for_each(|table| keys::fill_in(table, unheard));
        tables
    }
}

impl Gatherer<'_> {
    /// The table of a file, with what it extends below it.
    fn file(&mut self, name: &str, text: &str, path: &str) -> Option<Table> {
        // A byte-order mark is passed over.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let base = self.sources.add(name, text);
        let parsed = syntax::read(text, base, self.problems);
        self.remarks.extend(parsed.remarks);
        let mut table = parsed.table?;
        misplaced::lift(&mut table, text, base, self.problems);
        self.trail.push(path.to_owned());
        let extends = table.remove("extends");
        self.expand(&mut table, path);
        let below = extends.map(|value| self.extended(&value, path));
        self.trail.pop();
        let without = table.remove("without");
        match below {
            Some(below) => {
                let mut below = below?;
                if below.get("correlations").is_some() {
                    self.below.push(below.clone());
                }
                leave_out(&mut below, without, self.problems);
                keys::lay(&mut below, table);
                Some(below)
            }
            None => {
                if let Some(without) = without {
                    let rule = "`without` leaves out what the extended scenario has";
                    let found = "this scenario extends no other";
                    let cure = "`without` also stands in a variant: [variant.NAME]";
                    self.problems.add_with_cure(without.span(), rule, found, cure);
                }
                Some(table)
            }
        }
    }

    /// The table of the file that `value` names.
    fn extended(&mut self, value: &Placed<Value>, from: &str) -> Option<Table> {
        let rule = "`extends` names a scenario in this folder";
        let Value::String(name) = value.get_ref() else {
            let cure = "for example: extends = \"base.toml\"";
            self.problems.add_with_cure(value.span(), rule, "this is no name of a file", cure);
            return None;
        };
        if self.trail.len() >= MOST_LEVELS {
            let rule = format!("at most {MOST_LEVELS} scenarios extend each other");
            self.problems.add(value.span(), rule, "this would be one more");
            return None;
        }
        let path = self.path(name, from, value.span(), rule)?;
        if let Some(at) = self.trail.iter().position(|file| *file == path) {
            let chain: Vec<_> =
                self.trail[at..].iter().chain([&path]).map(String::as_str).collect();
            let found = format!("this closes the circle {}", chain.join(" -> "));
            self.problems.add(value.span(), "no scenario extends itself", found);
            return None;
        }
        let text = self.read(&path, value.span(), rule)?;
        self.file(&path, &text, &path)
    }

    /// A file's path from the scenario's folder, if it does not lead out of it.
    fn path(&mut self, name: &str, from: &str, span: Range<usize>, rule: &str) -> Option<String> {
        let path = self.folder.resolve(name, from);
        if let Err(found) = &path {
            self.problems.add(span, rule, found.clone());
        }
        path.ok()
    }

    fn read(&mut self, path: &str, span: Range<usize>, rule: &str) -> Option<String> {
        let read = self.folder.read(path);
        let text = match read {
            Ok(text) => text,
            Err(found) => {
                let problem = Problem::new(span, rule, found);
                let names = self.folder.beside(path);
                self.problems.push(match nearest(path, names.iter().map(String::as_str)) {
                    Some(near) if near != path => {
                        problem.with_cure(format!("did you mean `{near}`?"))
                    }
                    _ => problem,
                });
                return None;
            }
        };
        if self.sources.bytes() + text.len() > MOST_BYTES {
            let rule = format!("the files of a scenario have at most {MOST_BYTES} bytes together");
            self.problems.add(span, rule, "with this one there are more");
            return None;
        }
        Some(text)
    }
}
