//! What may be meant by a key that is not known.

use super::Named;
use super::find::{Found, Item, all, find, parts};
use crate::scenario::names::nearest;

/// The key that may be meant where what was typed has been taken for a name of the author's.
pub fn slip(text: &str) -> Option<String> {
    let [Found { item: Item::Section(section), .. }] = &find(text)[..] else { return None };
    let named = section.entries?.named;
    let bare = parts(text).len() == 1 || matches!(named, Named::State | Named::Dyad);
    unknown(text).filter(|near| !bare && near.contains('.'))
}

/// What may be meant by a key that is not known.
pub fn unknown(text: &str) -> Option<String> {
    let asked = parts(text);
    let mut known: Vec<String> = Vec::new();
    for item in all() {
        let parts: Vec<_> = item.parts().into_iter().filter(|part| *part != "*").collect();
        known.push(parts.join("."));
        known.extend(parts.last().map(|last| (*last).to_owned()));
    }
    let near = |parts: &[&str]| {
        let alike = known.iter().filter(|key| key.split('.').count() == parts.len());
        nearest(&parts.join("."), alike.map(String::as_str)).map(str::to_owned)
    };
    let asked: Vec<_> = asked.iter().map(String::as_str).collect();
    let without_name = match asked[..] {
        [first, _, ref rest @ ..] if !rest.is_empty() => near(&[&[first], rest].concat()),
        _ => None,
    };
    near(&asked).or(without_name).or_else(|| near(&[asked.last()?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised() {
        for (text, near) in [
            ("events.rtae", "events.rate"),
            ("events.some-event.rtae", "events.rate"),
            ("isolatoin", "isolation"),
            ("sgin", "sign"),
            ("processes.crisis.delt", "processes.crisis.delta"),
        ] {
            assert_eq!(unknown(text).as_deref(), Some(near), "{text}");
        }
        assert_eq!(unknown("banana-republic"), None);
        assert_eq!(slip("events.rtae").as_deref(), Some("events.rate"));
        for name in ["events", "events.treaty-2024", "events.rate", "states.PRK", "sign"] {
            assert_eq!(slip(name), None, "{name}");
        }
    }
}
