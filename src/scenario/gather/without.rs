//! `without`: what is left out of a scenario.

use std::collections::BTreeSet;
use std::ops::Range;

use super::keys;
use crate::scenario::names::{known_code, nearest, sort_by_nearness, suggestion};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::tree::{Placed, Table, Value};

/// The most keys that may be left out.
const MOST_LEFT_OUT: usize = 1_000;

/// Leaves out of `table` what the full keys of `without` name.
pub(super) fn leave_out(
    table: &mut Table,
    without: Option<Placed<Value>>,
    problems: &mut Problems,
) {
    let Some(without) = without else { return };
    let rule = "`without` lists full keys, such as \"events.some-event\"";
    let Some(list) = without.get_ref().as_array() else {
        problems.add(without.span(), rule, "this is no list");
        return;
    };
    if list.len() > MOST_LEFT_OUT {
        let rule = format!("`without` lists at most {MOST_LEFT_OUT} keys");
        problems.add(without.span(), rule, format!("it has {}", list.len()));
        return;
    }
    for item in list {
        let Value::String(text) = item.get_ref() else {
            problems.add(item.span(), rule, "this is no key in quotes");
            continue;
        };
        match keys::path(text) {
            Some(path) => leave_out_one(table, &path, text, item.span(), problems),
            None => problems.add(item.span(), rule, "this is no key"),
        }
    }
}

fn leave_out_one(
    table: &mut Table,
    path: &[String],
    text: &str,
    span: Range<usize>,
    problems: &mut Problems,
) {
    if let [section, state] = path
        && section == "states"
        && known_code(state).is_some()
    {
        keys::drop_dyads_of(table, state);
    }
    let path = keys::as_written(table, path);
    let (last, way) = path.split_last().expect("a key has a last part");
    let mut at = Some(&mut *table);
    for part in way {
        at = at.and_then(|table| table.table_mut(part));
    }
    if at.is_some_and(|table| table.remove(last).is_some()) {
        return;
    }
    let rule = format!("there is nothing under `{text}` to leave out");
    let mut known: BTreeSet<String> = keys::all(table);
    // A name without its section is a slip that is easily made.
    let name = |key: &&String| key.split_once('.').map(|(_, name)| name.to_owned());
    let names: Vec<String> = known.iter().filter_map(|key| name(&key)).collect();
    let near = nearest(text, names.iter().map(String::as_str));
    let bare = known.iter().find(|key| near.is_some() && name(key).as_deref() == near);
    let cure = bare.map(|key| format!("did you mean `{key}`?")).or_else(|| {
        // A single word is meant to be an event.
        let (section, name) = text.split_once('.').unwrap_or(("events", text));
        let within = |key: &String| key.split_once('.').is_some_and(|(of, _)| of == section);
        if known.iter().any(within) {
            known.retain(within);
        } else {
            known.retain(|key| key.contains('.') == text.contains('.'));
        }
        let mut known: Vec<_> = known.iter().map(String::as_str).collect();
        sort_by_nearness(name, &mut known, |key| key.split_once('.').map_or(key, |(_, name)| name));
        suggestion(text, &known)
    });
    let problem = Problem::new(span, rule, "unknown");
    problems.push(match cure {
        Some(cure) => problem.with_cure(cure),
        None => problem,
    });
}
