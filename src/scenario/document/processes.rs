//! `hypotheses` and `[processes]`: which mechanisms are on, with which parameters.

use std::ops::Range;

use toml::Spanned;

use crate::model::hypotheses::HYPOTHESES;
use crate::model::ids::ParameterId;
use crate::model::registry::{self, PROCESSES};
use crate::scenario::problem::Problems;
use crate::scenario::reader::numbers::number;
use crate::scenario::reader::{Entry, Number, Placed, unknown};
use crate::scenario::setup::Provenance;

/// One process as the scenario wants it.
#[derive(Clone, Debug)]
pub struct ProcessEntry {
    /// Which.
    pub entry: &'static registry::Entry,
    /// Whether it runs.
    pub on: bool,
    /// Its parameters, in the order of its table.
    pub values: Vec<Number>,
    /// Where the file gives them.
    pub places: Vec<Option<Range<usize>>>,
}

/// Reads `[processes]`: every process there is, with defaults where the file says nothing and as the
/// `hypotheses` of the file suppose, whose names are noted.
pub fn read(
    file: &mut Entry<'_>,
    hypotheses: &mut Vec<&'static str>,
    sources: &mut Vec<Provenance>,
    problems: &mut Problems,
) -> Vec<ProcessEntry> {
    let mut entries: Vec<_> = PROCESSES.iter().map(default).collect();
    *hypotheses = suppose(file, &mut entries, problems);
    let Some(table) = file.table("processes", problems) else { return entries };
    for (name, value) in table.named() {
        let Some(entry) = entries.iter_mut().find(|e| e.entry.about.name == *name.get_ref()) else {
            let names: Vec<_> = PROCESSES.iter().map(|e| e.about.name).collect();
            let rule = format!("there is no process `{}`", name.get_ref());
            unknown(name.span(), &rule, name.get_ref(), &names, problems);
            continue;
        };
        let path = table.path_of(name.get_ref());
        if let Some(mut given) = Entry::of(value, &path, name.span(), problems) {
            tune(entry, &mut given, problems);
            sources.extend(given.provenance(problems));
            given.end(problems);
        }
    }
    entries
}

/// Whether the parameters of a process matter: it is on, or one that reads them is.
pub fn matters(process: &ProcessEntry, all: &[ProcessEntry]) -> bool {
    let on = |name: &&str| all.iter().any(|p| p.on && p.entry.about.name == *name);
    process.on || registry::readers(process.entry.about.name).iter().any(on)
}

fn default(entry: &'static registry::Entry) -> ProcessEntry {
    let values = entry.parameters.iter().map(|p| p.default.into()).collect();
    ProcessEntry { entry, on: entry.usual, values, places: vec![None; entry.parameters.len()] }
}

/// Sets what the scenario's hypotheses say. What `[processes]` says of the same goes before it.
fn suppose(
    file: &mut Entry<'_>,
    entries: &mut [ProcessEntry],
    problems: &mut Problems,
) -> Vec<&'static str> {
    let mut supposed = Vec::new();
    let Some(names) = file.get::<Vec<Placed<String>>>("hypotheses", problems) else {
        return supposed;
    };
    let mut taken: Vec<(ParameterId, &str)> = Vec::new();
    for name in names.get_ref() {
        let Some(hypothesis) = HYPOTHESES.iter().find(|h| h.name == name.get_ref()) else {
            let valid: Vec<_> = HYPOTHESES.iter().map(|h| h.name).collect();
            let rule = format!("there is no hypothesis `{}`", name.get_ref());
            unknown(name.span(), &rule, name.get_ref(), &valid, problems);
            continue;
        };
        supposed.push(hypothesis.name);
        for (parameter, value) in hypothesis.values() {
            if let Some((_, other)) = taken.iter().find(|(other, _)| *other == parameter) {
                let rule = "two hypotheses may not set one parameter";
                let found = format!("`{other}` sets `{}`, too", parameter.key());
                problems.add_with_cure(name.span(), rule, found, "leave one of them out");
            }
            taken.push((parameter, hypothesis.name));
            entries[parameter.process].values[parameter.place] = value.into();
        }
    }
    supposed
}

fn tune(process: &mut ProcessEntry, given: &mut Entry<'_>, problems: &mut Problems) {
    if let Some(on) = given.get::<bool>("on", problems) {
        process.on = Spanned::into_inner(on);
    }
    let values = process.values.iter_mut().zip(&mut process.places);
    for (parameter, (value, place)) in process.entry.parameters.iter().zip(values) {
        let Some(given_value) = given.raw(parameter.name) else { continue };
        *place = Some(given_value.span());
        let (path, range) = (given.path_of(parameter.name), parameter.min..=parameter.max);
        if let Some(number) = number(given_value, &path, &range, problems) {
            *value = number;
        }
    }
}
