//! Which wars are being fought, by whom.

use crate::model::frame::Frame;
use crate::model::ids::{DyadId, StateId, WarId};
use crate::model::war::{Camp, Part};

/// The wars of a world.
#[derive(Clone, Debug, PartialEq)]
pub struct Wars {
    fought: Vec<Fought>,
    /// The part of every state in every war being fought, war by war.
    parts: Vec<Part>,
    /// The part of every state in the war that ended last.
    ended: Vec<Part>,
    /// How many wars set each dyad against each other.
    between: Vec<u32>,
    /// How many wars each state fights in.
    by_state: Vec<u32>,
    states: usize,
    version: u64,
}

/// A war being fought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fought {
    /// Which.
    pub id: WarId,
    /// Whether only an event ends it.
    pub held: bool,
}

/// Wars at the same time before a buffer has to grow.
const ROOM: usize = 64;

impl Wars {
    pub(super) fn new(frame: &Frame) -> Self {
        let states = frame.states();
        Self {
            fought: Vec::new(),
            parts: Vec::new(),
            ended: vec![Part::Outside; states],
            between: vec![0; frame.dyads.len()],
            by_state: vec![0; states],
            states,
            version: 0,
        }
    }

    /// Makes room for as many wars as there are likely to be at a time.
    pub(super) fn make_room(&mut self) {
        self.fought.reserve(ROOM);
        self.parts.reserve(ROOM * self.states);
    }

    pub(super) fn copy_from(&mut self, other: &Self) {
        self.fought.clear();
        self.fought.extend_from_slice(&other.fought);
        self.parts.clear();
        self.parts.extend_from_slice(&other.parts);
        self.ended.copy_from_slice(&other.ended);
        self.between.copy_from_slice(&other.between);
        self.by_state.copy_from_slice(&other.by_state);
        self.version = other.version;
    }

    /// Counts changes: equal numbers within a trial mean that nothing has changed.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The wars being fought, in the order in which they began.
    pub fn fought(&self) -> &[Fought] {
        &self.fought
    }

    fn place(&self, id: WarId) -> Option<usize> {
        self.fought.iter().position(|war| war.id == id)
    }

    /// Whether a war is being fought.
    pub fn is_on(&self, id: WarId) -> bool {
        self.place(id).is_some()
    }

    /// The part of a state in a war; `Outside` if the war is not being fought.
    pub fn part(&self, id: WarId, state: StateId) -> Part {
        let place = self.place(id);
        place.map_or(Part::Outside, |place| self.parts[place * self.states + state.index()])
    }

    /// The states of one side of a war, in order of position.
    pub fn camp(&self, id: WarId, camp: Camp) -> impl Iterator<Item = StateId> + '_ {
        let parts = self
            .place(id)
            .map_or(&[][..], |place| &self.parts[place * self.states..][..self.states]);
        let in_camp = parts.iter().enumerate().filter(move |(_, part)| part.camp() == Some(camp));
        in_camp.map(|(state, _)| StateId::new(state))
    }

    /// Sets to 0 the rates of what two states at war with each other do not do; each belongs to a dyad.
    #[inline]
    pub fn still(&self, rates: &mut [f64], dyads: impl Iterator<Item = DyadId>) {
        if self.fought.is_empty() {
            return;
        }
        for (rate, dyad) in rates.iter_mut().zip(dyads) {
            *rate = if self.between(dyad) { 0.0 } else { *rate };
        }
    }

    /// W_ij: whether the two states of a dyad are at war with each other.
    #[inline]
    pub fn between(&self, dyad: DyadId) -> bool {
        self.between[dyad.index()] > 0
    }

    /// Whether a state fights in any war.
    #[inline]
    pub fn fights(&self, state: StateId) -> bool {
        self.by_state[state.index()] > 0
    }

    /// Begins a war. False if it is being fought already.
    pub fn begin(
        &mut self,
        frame: &Frame,
        id: WarId,
        attackers: &[StateId],
        targets: &[StateId],
    ) -> bool {
        if self.is_on(id) {
            return false;
        }
        self.version += 1;
        self.fought.push(Fought { id, held: false });
        self.parts.resize(self.fought.len() * self.states, Part::Outside);
        for (states, camp) in [(attackers, Camp::Attacker), (targets, Camp::Target)] {
            states.iter().for_each(|&state| self.enter(frame, id, state, Part::First(camp)));
        }
        true
    }

    /// Lets a state join a war. False if the war is not being fought or the state fights in it.
    pub fn join(&mut self, frame: &Frame, id: WarId, state: StateId, camp: Camp) -> bool {
        if !self.is_on(id) || self.part(id, state) != Part::Outside {
            return false;
        }
        self.version += 1;
        self.enter(frame, id, state, Part::Joined(camp));
        true
    }

    fn enter(&mut self, frame: &Frame, id: WarId, state: StateId, part: Part) {
        let place = self.place(id).expect("the war is being fought");
        let parts = &mut self.parts[place * self.states..][..self.states];
        parts[state.index()] = part;
        for (other, theirs) in parts.iter().enumerate() {
            if part.camp().is_some_and(|camp| theirs.camp() == Some(camp.other())) {
                let dyad = frame.dyads.between(state, StateId::new(other));
                self.between[dyad.index()] += 1;
            }
        }
        self.by_state[state.index()] += 1;
    }

    /// Ends a war. False if it is not being fought.
    pub fn end(&mut self, frame: &Frame, id: WarId) -> bool {
        let Some(place) = self.place(id) else { return false };
        self.version += 1;
        let from = place * self.states;
        for (dyad, i, j) in frame.dyads.iter() {
            let camp = |state: StateId| self.parts[from + state.index()].camp();
            if camp(i).is_some_and(|mine| camp(j) == Some(mine.other())) {
                self.between[dyad.index()] -= 1;
            }
        }
        for (state, wars) in self.by_state.iter_mut().enumerate() {
            *wars -= u32::from(self.parts[from + state] != Part::Outside);
        }
        self.ended.copy_from_slice(&self.parts[from..from + self.states]);
        self.fought.remove(place);
        self.parts.drain(from..from + self.states);
        true
    }

    /// The states that fought on one side of the war that ended last when it ended, in order of
    /// position.
    pub fn ended(&self, camp: Camp) -> impl Iterator<Item = StateId> + '_ {
        let fought = self.ended.iter().enumerate();
        let in_camp = fought.filter(move |(_, part)| part.camp() == Some(camp));
        in_camp.map(|(state, _)| StateId::new(state))
    }

    /// Lets only an event end a war. False if it is not being fought or held already.
    pub fn hold(&mut self, id: WarId) -> bool {
        let Some(place) = self.place(id) else { return false };
        self.version += 1;
        !std::mem::replace(&mut self.fought[place].held, true)
    }
}
