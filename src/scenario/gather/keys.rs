//! Keys of a scenario: how they are written, joined and filled in.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::de::DeTable;

use crate::scenario::document::MAX_STATES;
use crate::scenario::names::known_code;
use crate::scenario::problem::Problems;
use crate::scenario::tree::{Placed, Table, Value};

/// The sections whose entries have names.
pub const SECTIONS: [&str; 7] =
    ["states", "dyads", "treaties", "sanctions", "wars", "events", "outcomes"];

/// The parts of a key such as `states.PRK.isolation`.
pub fn path(text: &str) -> Option<Vec<String>> {
    if text.contains(['\n', '=']) {
        return None;
    }
    let line = format!("{text} = 0");
    let table = DeTable::parse(&line).ok()?;
    let (mut at, mut parts) = (table.get_ref(), Vec::new());
    loop {
        let (key, value) = at.iter().next()?;
        parts.push(key.get_ref().to_string());
        match value.get_ref().as_table() {
            Some(table) => at = table,
            None => break,
        }
    }
    // A state or dyad is the same under any of its names.
    if let [section, name, ..] = &mut parts[..] {
        *name = canonical(section, name);
    }
    Some(parts)
}

/// The name of an entry of a section, where an entry has several.
fn canonical(section: &str, name: &str) -> String {
    match section {
        "states" => code(name),
        "dyads" => dyad(name).map_or_else(|| name.to_owned(), |(a, b)| format!("{a}-{b}")),
        _ => name.to_owned(),
    }
}

/// A key with the name that the table has for a state or dyad.
pub fn as_written(table: &Table, path: &[String]) -> Vec<String> {
    let mut path = path.to_vec();
    if let [section, name, ..] = &mut path[..]
        && let Some(Value::Table(entries)) = table.get(section).map(Placed::get_ref)
        && let Some(known) = entries.keys().find(|known| canonical(section, known) == *name)
    {
        known.clone_into(name);
    }
    path
}

/// Whether a text that can be a distribution stands under a full key.
pub fn has_text(table: &Table, path: &[String]) -> bool {
    let path = as_written(table, path);
    let mut at = Some(table);
    let Some((last, way)) = path.split_last() else { return false };
    for part in way {
        at = at.and_then(|table| table.get(part)?.get_ref().as_table());
    }
    match at.and_then(|table| table.get(last)).map(Placed::get_ref) {
        // A quantity may be a table with its value.
        Some(Value::Table(inner)) => {
            inner.get("value").is_some_and(|value| value.get_ref().as_str().is_some())
        }
        Some(value) => value.as_str().is_some_and(|text| text.contains('(')),
        None => false,
    }
}

/// The two codes of a dyad's name, in order.
fn dyad(name: &str) -> Option<(String, String)> {
    let (a, b) = name.split_once('-')?;
    let (a, b) = (code(a), code(b));
    Some(if a <= b { (a, b) } else { (b, a) })
}

/// The code that a state's name means, or the name itself.
fn code(name: &str) -> String {
    known_code(name).map_or_else(|| name.to_owned(), |code| code.to_string())
}

/// Lays one scenario over another. A state or dyad is the same under any of its names.
pub fn lay(below: &mut Table, mut over: Table) {
    for section in ["states", "dyads"] {
        let under = below.get(section).and_then(|value| value.get_ref().as_table());
        if let (Some(under), Some(above)) = (under, over.table_mut(section)) {
            rename(section, under, above);
        }
    }
    below.lay(over);
}

/// Lays the entries of a section over others of the same section.
pub fn lay_section(section: &str, below: &mut Table, mut over: Table) {
    rename(section, below, &mut over);
    below.lay(over);
}

/// Gives the entries of `over` the names under which `below` has them.
fn rename(section: &str, below: &Table, over: &mut Table) {
    let canonical = |name: &str| canonical(section, name);
    let names: BTreeMap<String, &str> = below.keys().map(|name| (canonical(name), name)).collect();
    over.rename(|name| match below.get(name) {
        Some(_) => None,
        None => names.get(&canonical(name)).map(|name| (*name).to_owned()),
    });
}

/// Removes what is said of the dyads of a state.
pub fn drop_dyads_of(table: &mut Table, state: &str) {
    let state = code(state);
    if let Some(dyads) = table.table_mut("dyads") {
        dyads.retain(|name| dyad(name).is_none_or(|(a, b)| a != state && b != state));
    }
}

/// Every key of the first and second level, and of the parameters of processes.
pub fn all(table: &Table) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (section, value) in table.iter() {
        keys.insert((*section.get_ref()).to_owned());
        let Some(entries) = value.get_ref().as_table() else { continue };
        for (entry, value) in entries.iter() {
            let key = format!("{}.{}", section.get_ref(), entry.get_ref());
            let inner = value.get_ref().as_table().filter(|_| *section.get_ref() == "processes");
            keys.extend(
                inner.into_iter().flat_map(Table::keys).map(|last| format!("{key}.{last}")),
            );
            keys.insert(key);
        }
    }
    keys
}

/// Gives every entry of a section what the section's `default` says and the entry does not.
pub fn fill_in(root: &mut Table, problems: &mut Problems) {
    let states: Vec<String> = match root.get("states").map(Placed::get_ref) {
        Some(Value::Table(states)) => {
            states.keys().filter(|key| known_code(key).is_some()).map(code).collect()
        }
        _ => Vec::new(),
    };
    for section in SECTIONS {
        let Some(table) = root.table_mut(section) else { continue };
        let place = table.place_of("default");
        let (Some(default), Some(place)) = (table.remove("default"), place) else { continue };
        let Value::Table(default) = default.get_ref() else {
            let rule = format!("`{section}.default` is a table of keys of an entry");
            let cure = "for example: default = { note = \"invented\" }";
            problems.add_with_cure(default.span(), rule, "this is no table", cure);
            continue;
        };
        if section == "dyads" {
            name_every_dyad(table, &states, &place);
        }
        for value in table.values_mut() {
            if let Value::Table(entry) = value.get_mut() {
                default.lay_under(entry);
            }
        }
    }
}

/// A default of dyads is meant for every dyad, named or not.
fn name_every_dyad(dyads: &mut Table, states: &[String], place: &Range<usize>) {
    // So many states have too many dyads to look at; that there are too many is noted.
    if states.len() > MAX_STATES {
        return;
    }
    let named: BTreeSet<_> = dyads.keys().filter_map(dyad).collect();
    for (n, a) in states.iter().enumerate() {
        for b in &states[n + 1..] {
            let (a, b) = if a <= b { (a, b) } else { (b, a) };
            if a != b && !named.contains(&(a.clone(), b.clone())) {
                let empty = Placed::new(place.clone(), Value::Table(Table::default()));
                dyads.insert(format!("{a}-{b}"), place.clone(), empty);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_parts_with_or_without_quotes() {
        let parts = |text| path(text).map(|parts| parts.join("|"));
        assert_eq!(parts("events.some-event").as_deref(), Some("events|some-event"));
        assert_eq!(parts("events.\"a.b\".date").as_deref(), Some("events|a.b|date"));
        for bad in ["", ".", "a..b", "a b", "a = 1\nb", "a = b"] {
            assert_eq!(path(bad), None, "{bad}");
        }
    }
}
