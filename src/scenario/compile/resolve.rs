//! From names in the file to positions.

use crate::model::ids::{DyadId, Dyads, StateCode, StateId};
use crate::scenario::document::Named;
use crate::scenario::document::states::State;
use crate::scenario::names::suggestion;
use crate::scenario::problem::Problems;
use crate::scenario::reader::{Placed, unknown};

/// The most states a scenario may have.
const MAX_STATES: usize = 300;

/// The states of the scenario, in alphabetical order, and their dyads.
pub struct Names {
    pub codes: Vec<StateCode>,
    pub dyads: Dyads,
}

impl Names {
    /// The states of `[states]`, also those with a wrong body.
    pub fn new(states: &[Named<State>], problems: &mut Problems) -> Self {
        let codes: Vec<_> = states.iter().filter_map(|s| StateCode::new(&s.name)).collect();
        if !(2..=MAX_STATES).contains(&states.len()) {
            let rule = format!("`[states]` needs 2 to {MAX_STATES} states");
            let place = states.last().map_or(0..0, |s| s.span.clone());
            problems.add(place, rule, format!("it has {}", states.len()));
        }
        let dyads = Dyads::new(codes.len());
        Self { codes, dyads }
    }

    pub fn state(&self, code: &Placed<StateCode>, problems: &mut Problems) -> Option<StateId> {
        let found = self.codes.binary_search(code.get_ref()).ok().map(StateId::new);
        if found.is_none() {
            let names: Vec<_> = self.codes.iter().map(StateCode::as_str).collect();
            let rule = format!("{} is not among the states of this scenario", code.get_ref());
            unknown(code.span(), &rule, code.get_ref().as_str(), &names, problems);
        }
        found
    }

    pub fn states(
        &self,
        codes: &[Placed<StateCode>],
        problems: &mut Problems,
    ) -> Option<Vec<StateId>> {
        let ids: Vec<_> = codes.iter().map(|code| self.state(code, problems)).collect();
        let mut ids = ids.into_iter().collect::<Option<Vec<_>>>()?;
        ids.sort_unstable();
        ids.dedup();
        Some(ids)
    }

    pub fn dyad(&self, codes: &Placed<[StateCode; 2]>, problems: &mut Problems) -> Option<DyadId> {
        let [a, b] = *codes.get_ref();
        let a = self.state(&Placed::new(codes.span(), a), problems);
        let b = self.state(&Placed::new(codes.span(), b), problems);
        Some(self.dyads.between(a?, b?))
    }
}

/// The position of the entry called `name`.
pub fn find<T>(
    list: &[Named<T>],
    kind: &str,
    name: &Placed<String>,
    problems: &mut Problems,
) -> Option<usize> {
    let found = list.iter().position(|entry| entry.name == *name.get_ref());
    if found.is_none() {
        let rule = format!("there is no {kind} `{}`", name.get_ref());
        let names: Vec<_> = list.iter().map(|entry| entry.name.as_str()).collect();
        let cure = suggestion(name.get_ref(), &names)
            .unwrap_or_else(|| format!("the scenario has no {kind} at all"));
        problems.add_with_cure(name.span(), rule, "unknown", cure);
    }
    found
}
