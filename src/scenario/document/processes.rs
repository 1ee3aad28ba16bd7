//! `[processes]`: which mechanisms are on, with which parameters.

use std::ops::Range;

use toml::Spanned;

use crate::model::registry::{self, PROCESSES};
use crate::scenario::problem::Problems;
use crate::scenario::reader::{Entry, in_range, unknown};

/// One process as the scenario wants it.
#[derive(Clone, Debug)]
pub struct ProcessEntry {
    /// Which.
    pub entry: &'static registry::Entry,
    /// Whether it runs.
    pub on: bool,
    /// Its parameters, in the order of its table.
    pub values: Vec<f64>,
    /// Where the file gives them.
    pub places: Vec<Option<Range<usize>>>,
}

/// Reads `[processes]`: every process there is, with defaults where the file says nothing.
pub fn read(file: &mut Entry<'_>, problems: &mut Problems) -> Vec<ProcessEntry> {
    let mut entries: Vec<_> = PROCESSES.iter().map(default).collect();
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
            given.end(problems);
        }
    }
    entries
}

fn default(entry: &'static registry::Entry) -> ProcessEntry {
    let values = entry.parameters.iter().map(|p| p.default).collect();
    ProcessEntry { entry, on: entry.usual, values, places: vec![None; entry.parameters.len()] }
}

fn tune(process: &mut ProcessEntry, given: &mut Entry<'_>, problems: &mut Problems) {
    if let Some(on) = given.get::<bool>("on", problems) {
        process.on = Spanned::into_inner(on);
    }
    let values = process.values.iter_mut().zip(&mut process.places);
    for (parameter, (value, place)) in process.entry.parameters.iter().zip(values) {
        if let Some(number) = given.get::<f64>(parameter.name, problems) {
            let path = given.path_of(parameter.name);
            *place = Some(number.span());
            let range = parameter.min..=parameter.max;
            *value = in_range(&number, &range, &path, problems).unwrap_or(*value);
        }
    }
}
