//! From names in the file to positions.

use crate::model::ids::{DyadId, Dyads, StateCode, StateId};
use crate::model::treaty::Layer;
use crate::scenario::document::List;
use crate::scenario::document::states::State;
use crate::scenario::names::{known_code, nearest, suggestion};
use crate::scenario::problem::Problems;
use crate::scenario::reader::{Placed, unknown};

/// The states of the scenario, in alphabetical order, and their dyads.
pub struct Names {
    pub codes: Vec<StateCode>,
    pub dyads: Dyads,
    /// Names in `[states]` that are no codes, each noted when it was read.
    misspelt: Vec<String>,
    /// Whether the file's states could not be read, or are too few to be all that are meant.
    unread: bool,
}

impl Names {
    /// The states of `[states]`, also those with a wrong body.
    pub fn new(states: &List<State>) -> Self {
        let codes: Vec<_> = states.iter().filter_map(|s| known_code(&s.name)).collect();
        let misspelt = states.iter().filter(|s| known_code(&s.name).is_none());
        let misspelt = misspelt.map(|s| s.name.clone()).collect();
        let dyads = Dyads::new(codes.len());
        Self { codes, dyads, misspelt, unread: states.unread || states.len() < 2 }
    }

    /// Whether these are all the states the author wrote.
    pub fn whole(&self) -> bool {
        self.misspelt.is_empty() && !self.unread
    }

    /// The name of two states' dyad, codes in alphabetical order.
    pub fn dyad_name(&self, i: StateId, j: StateId) -> String {
        format!("{}-{}", self.codes[i.index()], self.codes[j.index()])
    }

    /// The name of the treaty of a layer that the model may form between two states.
    pub fn agreement(&self, layer: Layer, i: StateId, j: StateId) -> String {
        format!("{} {}", layer.name(), self.dyad_name(i, j))
    }

    /// The name of the war that begins with an attack of one state on another.
    pub fn attack(&self, from: StateId, on: StateId) -> String {
        format!("{}>{}", self.codes[from.index()], self.codes[on.index()])
    }

    /// The name of the league that a state may found.
    pub fn league(&self, founder: StateId) -> String {
        format!("league {}", self.codes[founder.index()])
    }

    /// The state of this code. Unknown ones are noted, unless they were misspelt in `[states]`.
    pub fn state(&self, code: &Placed<StateCode>, problems: &mut Problems) -> Option<StateId> {
        let text = code.get_ref().as_str();
        let found = self.codes.binary_search(code.get_ref()).ok().map(StateId::new);
        let excused = || nearest(text, self.misspelt.iter().map(String::as_str)).is_some();
        if found.is_none() && !self.unread && !excused() {
            let names: Vec<_> = self.codes.iter().map(StateCode::as_str).collect();
            let rule = format!("{text} is not among the states of this scenario");
            unknown(code.span(), &rule, text, &names, problems);
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
    list: &List<T>,
    kind: &str,
    name: &Placed<String>,
    problems: &mut Problems,
) -> Option<usize> {
    let found = list.iter().position(|entry| entry.name == *name.get_ref());
    if found.is_none() && !list.unread {
        let rule = format!("there is no {kind} `{}`", name.get_ref());
        let names: Vec<_> = list.iter().map(|entry| entry.name.as_str()).collect();
        let cure = suggestion(name.get_ref(), &names)
            .unwrap_or_else(|| format!("the scenario has no {kind} at all"));
        problems.add_with_cure(name.span(), rule, "unknown", cure);
    }
    found
}
