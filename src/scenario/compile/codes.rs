//! States under one name each: numbers of states become their codes.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::scenario::document::List;
use crate::scenario::document::states::State;
use crate::scenario::names::known_code;
use crate::scenario::problem::Problems;

/// Gives every state its code for a name, and notes states that stand there under two names, such
/// as `731` and `PRK`.
pub fn canonical(states: &mut List<State>, problems: &mut Problems) {
    let mut seen: BTreeMap<String, (String, Range<usize>)> = BTreeMap::new();
    states.retain(|state| {
        let Some(code) = known_code(&state.name) else { return true };
        let Some((name, first)) = seen.get(&code.to_string()) else {
            seen.insert(code.to_string(), (state.name.clone(), state.span.clone()));
            return true;
        };
        // The one further down is the one too many.
        let (place, other) = match first.start < state.span.start {
            true => (state.span.clone(), name),
            false => (first.clone(), &state.name),
        };
        let rule = "a state has one entry in `[states]`";
        problems.add_with_cure(
            place,
            rule,
            format!("`{other}` is the same state"),
            "join the two entries",
        );
        false
    });
    for state in states.iter_mut() {
        if let Some(code) = known_code(&state.name) {
            state.name = code.to_string();
        }
    }
}
