//! Keys of the top of a file that stand below a header, where TOML makes them part of a section.

use std::ops::Range;

use crate::scenario::problem::Problems;
use crate::scenario::tree::{Placed, Table, Value};
use crate::scenario::vocabulary::SECTIONS;

/// Sections that may be the name of a table in CSV instead.
const IN_CSV: [&str; 4] = ["states", "dyads", "treaties", "sanctions"];

/// A key that stands too far down.
struct Misplaced {
    key: String,
    place: Range<usize>,
    value: Placed<Value>,
    /// What it is part of there: `run`, `processes.pact`.
    section: String,
}

/// Puts keys of the top of a file that stand in a section where they belong, so that the rest is read
/// as it was meant, and notes them. `text` is that of the file and begins at `base`.
pub(super) fn lift(root: &mut Table, text: &str, base: usize, problems: &mut Problems) {
    let header = first_header(root, text, base);
    // A file that extends another may have its title from there.
    let lacks = |key: &str| root.get(key).is_none() && root.get("extends").is_none();
    let titles: Vec<_> = ["title", "question"].into_iter().filter(|key| lacks(key)).collect();
    let known = |key: &&str| *key != "variant" && is_section(key);
    let sections: Vec<_> = root.keys().filter(known).map(str::to_owned).collect();
    let mut found = Vec::new();
    for section in sections {
        if let Some(table) = root.table_mut(&section) {
            take(table, &section, &titles, &mut found);
        }
    }
    for Misplaced { key, place, value, section } in found {
        let rule = format!("`{key}` belongs above the first header in brackets");
        let found = format!("here it is part of `{section}`");
        let below = |header: &&(usize, String)| line_of(text, place.start - base) > header.0;
        let cure = match header.as_ref().filter(below) {
            Some((line, header)) => format!("move it up, above {header} in line {line}"),
            None => format!("write it without `{section}.` before it"),
        };
        problems.add_with_cure(place.clone(), rule, found, cure);
        if root.get(&key).is_none() {
            root.insert(key, place, value);
        }
    }
}

/// Whether there is such a section: of one with another name nobody knows what is meant to be in it.
fn is_section(key: &str) -> bool {
    SECTIONS.iter().any(|section| section.path.split('.').next() == Some(key))
}

/// Takes what belongs above out of a section and the tables in it.
fn take(table: &mut Table, section: &str, titles: &[&str], found: &mut Vec<Misplaced>) {
    let keys: Vec<_> = table.keys().map(str::to_owned).collect();
    for key in keys {
        let place = table.place_of(&key);
        let above = table.get(&key).is_some_and(|value| {
            belongs_above(&key, value.get_ref(), section)
                || titles.contains(&&*key) && is_title(value.get_ref(), section)
        });
        if above && let (Some(place), Some(value)) = (place, table.remove(&key)) {
            found.push(Misplaced { key, place, value, section: section.to_owned() });
        } else if let Some(inner) = table.table_mut(&key) {
            take(inner, &format!("{section}.{key}"), titles, found);
        }
    }
}

/// Whether a key means something at the top of a file only, wherever it stands.
fn belongs_above(key: &str, value: &Value, section: &str) -> bool {
    match value {
        // A quantity may have any name.
        Value::String(_) if section == "quantities" => false,
        Value::String(_) if key == "extends" => true,
        Value::String(name) => IN_CSV.contains(&key) && name.ends_with(".csv"),
        Value::Array(_) => ["without", "hypotheses"].contains(&key),
        _ => false,
    }
}

/// Whether this can be the title or the question of a scenario: outcomes have titles of their own.
fn is_title(value: &Value, section: &str) -> bool {
    let own = section == "quantities" || section.starts_with("outcomes");
    matches!(value, Value::String(_)) && !own
}

/// The first header of a file, with the number of its line.
fn first_header(root: &Table, text: &str, base: usize) -> Option<(usize, String)> {
    let headers = root.iter().filter_map(|(key, _)| {
        let at = key.span().start.checked_sub(base)?;
        let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
        let line = text.get(start..)?.lines().next()?.trim();
        let end = line.starts_with('[').then(|| line.find(']'))??;
        Some((start, line[..=end].to_owned()))
    });
    let (start, header) = headers.min()?;
    Some((line_of(text, start), header))
}

/// The number of the line of a place.
fn line_of(text: &str, place: usize) -> usize {
    1 + text.bytes().take(place).filter(|&byte| byte == b'\n').count()
}
