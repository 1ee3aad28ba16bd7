//! Which occasions events take, and whether that can be.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::day_in_run;
use crate::model::event::Terms;
use crate::model::ids::EventId;
use crate::scenario::compile::resolve::find;
use crate::scenario::document::events::{Event, Terms as Written};
use crate::scenario::document::{Document, Named};
use crate::scenario::problem::Problems;
use crate::scenario::reader::Placed;

/// The terms of an event. What it excludes excludes it, too.
pub fn terms(written: &Written, document: &Document, problems: &mut Problems) -> Option<Terms> {
    let what = "the date of an event";
    let mut day = |date: &Option<Placed<Date>>, usual| match date {
        Some(date) => day_in_run(document, date, what, problems),
        None => Some(usual),
    };
    let from = day(&written.from, i32::MIN);
    let until = day(&written.until, i32::MAX);
    let requires = events(&written.requires, document, problems);
    let excludes = events(&written.excludes, document, problems);
    Some(Terms {
        probability: written.probability.value,
        once: written.once,
        cooldown: written.cooldown.value,
        from: from?,
        until: until?,
        requires: requires?,
        excludes: excludes?,
    })
}

fn events(
    names: &[Placed<String>],
    document: &Document,
    problems: &mut Problems,
) -> Option<Vec<EventId>> {
    let ids: Vec<_> = names
        .iter()
        .map(|name| find(&document.events, "event", name, problems).map(EventId::new))
        .collect();
    ids.into_iter().collect()
}

/// Notes events that can never happen for what they require or exclude.
pub fn consistent(document: &Document, problems: &mut Problems) {
    let known: BTreeMap<&str, &Named<Event>> =
        document.events.iter().map(|entry| (entry.name.as_str(), entry)).collect();
    let settled = settled(document, &known);
    for entry in &*document.events {
        let Some(body) = &entry.body else { continue };
        let terms = &body.terms;
        for name in &terms.excludes {
            if *name.get_ref() == entry.name {
                let rule = format!("event `{}` excludes other events", entry.name);
                let cure = "`once = true` lets it happen once";
                problems.add_with_cure(name.span(), rule, "this is itself", cure);
            }
        }
        for name in &terms.requires {
            if terms.excludes.iter().any(|other| other.get_ref() == name.get_ref()) {
                let rule = format!("event `{}` cannot require what it excludes", entry.name);
                problems.add(name.span(), rule, "this is in both lists");
            }
            if !settled.contains(entry.name.as_str())
                && let Some(circle) = circle(&known, &entry.name, name.get_ref())
            {
                let rule = format!("event `{}` cannot require itself", entry.name);
                problems.add(name.span(), rule, format!("it does: {circle}"));
            }
            let required = known.get(name.get_ref().as_str()).and_then(|e| e.body.as_ref());
            if let Some(required) = required {
                too_late(entry, body, name, required, problems);
            }
        }
    }
}

type Known<'d> = BTreeMap<&'d str, &'d Named<Event>>;

fn required<'d>(known: &Known<'d>, name: &str) -> Vec<&'d str> {
    let body = known.get(name).and_then(|entry| entry.body.as_ref());
    body.map_or_else(Vec::new, |body| {
        body.terms.requires.iter().map(|name| name.get_ref().as_str()).collect()
    })
}

/// The events whose requirements end, however far they go: those that can happen after what they
/// require. The others stand in a circle, or require what does.
fn settled<'d>(document: &'d Document, known: &Known<'d>) -> BTreeSet<&'d str> {
    let mut open: BTreeMap<&str, usize> = BTreeMap::new();
    let mut waiting: BTreeMap<&str, Vec<&'d str>> = BTreeMap::new();
    let mut ready: Vec<&'d str> = Vec::new();
    for entry in &*document.events {
        let all: BTreeSet<_> = required(known, &entry.name).into_iter().collect();
        let needs = all.into_iter().filter(|name| known.contains_key(name));
        let mut count = 0;
        for name in needs {
            waiting.entry(name).or_default().push(&entry.name);
            count += 1;
        }
        if count == 0 {
            ready.push(&entry.name);
        }
        open.insert(&entry.name, count);
    }
    let mut settled = BTreeSet::new();
    while let Some(name) = ready.pop() {
        settled.insert(name);
        for next in waiting.remove(name).unwrap_or_default() {
            let left = open.entry(next).or_default();
            *left = left.saturating_sub(1);
            if *left == 0 {
                ready.push(next);
            }
        }
    }
    settled
}

/// The chain of requirements from an event by one it requires back to it, if there is one.
fn circle(known: &Known<'_>, event: &str, first: &str) -> Option<String> {
    let mut from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut open = vec![first];
    while let Some(name) = open.pop() {
        if name == event {
            let mut chain = vec![event];
            let mut at = event;
            while let Some(&before) = from.get(at) {
                chain.push(before);
                if before == first {
                    break;
                }
                at = before;
            }
            chain.push(event);
            chain.reverse();
            chain.dedup();
            if chain.len() == 1 {
                chain.push(event);
            }
            return Some(chain.join(" -> "));
        }
        for next in required(known, name) {
            if next != first && !from.contains_key(next) {
                from.insert(next, name);
                open.push(next);
            }
        }
    }
    None
}

/// Notes an event that is over before what it requires can happen.
fn too_late(
    entry: &Named<Event>,
    body: &Event,
    required: &Placed<String>,
    other: &Event,
    problems: &mut Problems,
) {
    if let (Some(last), Some(first)) = (body.last_day(), other.first_day())
        && last < first
    {
        let rule = format!("event `{}` comes after what it requires", entry.name);
        let found = format!("`{}` comes on {first} at the earliest", required.get_ref());
        problems.add(required.span(), rule, found);
    }
}
