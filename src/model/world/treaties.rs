//! Which treaties are signed and in force, who is a member, and what follows for each pair.

use crate::model::frame::Frame;
use crate::model::ids::{DyadId, StateId, TreatyId};
use crate::model::treaty::{Dimension, Obligation, Obligations, Treaty};
use crate::model::world::debts::{Debts, count};

/// Where a treaty stands. Times are in years since the start, negative before it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Status {
    /// Not signed, or ended.
    #[default]
    Absent,
    /// Signed and not yet in force.
    Signed {
        /// When it was signed.
        at: f64,
    },
    /// In force.
    InForce {
        /// When it was signed.
        signed: f64,
    },
}

/// The treaties of a world.
#[derive(Clone, Debug, PartialEq)]
pub struct Treaties {
    status: Vec<Status>,
    /// Which seats are taken: for each treaty, one for each state that may be a member.
    seats: Vec<bool>,
    /// Obligations in force.
    owed: Debts,
    /// Obligations signed or in force.
    pledged: Debts,
    /// Treaties in force with an economic side, by dyad.
    economic: Vec<u32>,
    /// Treaties signed or in force with an economic side, and with a political side, by dyad.
    signed_economic: Vec<u32>,
    signed_political: Vec<u32>,
    states: usize,
    version: u64,
    owed_version: u64,
}

impl Treaties {
    pub(super) fn new(frame: &Frame) -> Self {
        let (n, dyads) = (frame.states(), frame.dyads.len());
        let seats = frame.treaties.iter().map(|treaty| treaty.candidates.len()).sum();
        Self {
            status: vec![Status::Absent; frame.treaties.len()],
            seats: vec![false; seats],
            owed: Debts::new(n),
            pledged: Debts::new(n),
            economic: vec![0; dyads],
            signed_economic: vec![0; dyads],
            signed_political: vec![0; dyads],
            states: n,
            version: 0,
            owed_version: 0,
        }
    }

    pub(super) fn copy_from(&mut self, other: &Self) {
        self.status.copy_from_slice(&other.status);
        self.seats.copy_from_slice(&other.seats);
        self.owed.copy_from(&other.owed);
        self.pledged.copy_from(&other.pledged);
        self.economic.copy_from_slice(&other.economic);
        self.signed_economic.copy_from_slice(&other.signed_economic);
        self.signed_political.copy_from_slice(&other.signed_political);
        (self.version, self.owed_version) = (other.version, other.owed_version);
    }

    /// Counts changes: equal numbers within a trial mean equal treaties.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Counts changes of what is owed: equal numbers within a trial mean that nobody owes more or
    /// less.
    pub fn owed_version(&self) -> u64 {
        self.owed_version
    }

    /// Where a treaty stands.
    #[inline]
    pub fn status(&self, id: TreatyId) -> Status {
        self.status[id.index()]
    }

    /// Whether a treaty is in force.
    #[inline]
    pub fn in_force(&self, id: TreatyId) -> bool {
        matches!(self.status(id), Status::InForce { .. })
    }

    /// The members of a treaty that is signed, in order of position; none of any other.
    pub fn members<'a>(
        &'a self,
        frame: &'a Frame,
        id: TreatyId,
    ) -> impl DoubleEndedIterator<Item = StateId> + Clone + 'a {
        let treaty = &frame.treaties[id.index()];
        let seats = &self.seats[treaty.first_seat..][..treaty.candidates.len()];
        treaty.candidates.iter().zip(seats).filter(|(_, taken)| **taken).map(|(&state, _)| state)
    }

    /// Whether a state is a member.
    pub fn is_member(&self, frame: &Frame, id: TreatyId, state: StateId) -> bool {
        let treaty = &frame.treaties[id.index()];
        let place = treaty.candidates.binary_search(&state);
        place.is_ok_and(|place| self.seats[treaty.first_seat + place])
    }

    /// Whether `debtor` owes `creditor` this obligation under any treaty in force.
    #[inline]
    pub fn owes(&self, debtor: StateId, creditor: StateId, obligation: Obligation) -> bool {
        self.owed_by(debtor, creditor).has(obligation)
    }

    /// All that `debtor` owes `creditor` under treaties in force.
    #[inline]
    pub fn owed_by(&self, debtor: StateId, creditor: StateId) -> Obligations {
        self.owed.of(debtor, creditor)
    }

    /// Whether this obligation binds two states, in either direction.
    #[inline]
    pub fn bound(&self, a: StateId, b: StateId, obligation: Obligation) -> bool {
        self.owed_by(a, b).or(self.owed_by(b, a)).has(obligation)
    }

    /// The same for treaties that are signed or in force.
    #[inline]
    pub fn pledged(&self, a: StateId, b: StateId, obligation: Obligation) -> bool {
        self.pledged.of(a, b).or(self.pledged.of(b, a)).has(obligation)
    }

    /// Whether a treaty in force with an economic side joins the dyad.
    #[inline]
    pub fn economic(&self, dyad: DyadId) -> bool {
        self.economic[dyad.index()] > 0
    }

    /// Whether a treaty with this side, signed or in force, joins the dyad (economic or political).
    #[inline]
    pub fn signed_side(&self, dyad: DyadId, side: Dimension) -> bool {
        match side {
            Dimension::Economic => self.signed_economic[dyad.index()] > 0,
            _ => self.signed_political[dyad.index()] > 0,
        }
    }

    /// Signs a treaty: its members, or those who have taken their seats, pledge themselves. False
    /// if it is signed already.
    pub fn sign(&mut self, frame: &Frame, id: TreatyId, now: f64) -> bool {
        if self.status(id) != Status::Absent {
            return false;
        }
        self.version += 1;
        self.status[id.index()] = Status::Signed { at: now };
        let treaty = &frame.treaties[id.index()];
        for &member in &treaty.members {
            let seat = treaty.seat(member);
            self.seats[seat] = true;
        }
        self.count_all(frame, id, Stage::Pledged, true);
        true
    }

    /// Seats the founders of a treaty that has no members of its own; signing it comes next.
    pub fn seat(&mut self, frame: &Frame, id: TreatyId, founder: StateId) {
        self.version += 1;
        let seat = frame.treaties[id.index()].seat(founder);
        self.seats[seat] = true;
    }

    /// Brings a signed treaty into force. False if it is not signed or in force already.
    pub fn enter(&mut self, frame: &Frame, id: TreatyId) -> bool {
        let Status::Signed { at } = self.status(id) else { return false };
        self.version += 1;
        self.status[id.index()] = Status::InForce { signed: at };
        self.count_all(frame, id, Stage::InForce, true);
        true
    }

    /// Ends a treaty, signed or in force. False if there is none.
    pub fn end(&mut self, frame: &Frame, id: TreatyId) -> bool {
        if self.status(id) == Status::Absent {
            return false;
        }
        self.version += 1;
        if self.in_force(id) {
            self.count_all(frame, id, Stage::InForce, false);
        }
        self.count_all(frame, id, Stage::Pledged, false);
        self.status[id.index()] = Status::Absent;
        let treaty = &frame.treaties[id.index()];
        self.seats[treaty.first_seat..][..treaty.candidates.len()].fill(false);
        true
    }

    /// Lets a state accede to a treaty. False if it is a member, may not be one, or the treaty is
    /// not signed.
    pub fn accede(&mut self, frame: &Frame, id: TreatyId, state: StateId) -> bool {
        let treaty = &frame.treaties[id.index()];
        let may = treaty.candidates.binary_search(&state).is_ok();
        if self.status(id) == Status::Absent || !may || self.is_member(frame, id, state) {
            return false;
        }
        self.version += 1;
        self.count_member(frame, id, state, true);
        self.seats[treaty.seat(state)] = true;
        true
    }

    /// Lets a member withdraw; a treaty left with fewer than two members ends. False if it is no
    /// member.
    pub fn withdraw(&mut self, frame: &Frame, id: TreatyId, state: StateId) -> bool {
        if !self.is_member(frame, id, state) || self.status(id) == Status::Absent {
            return false;
        }
        self.version += 1;
        let seat = frame.treaties[id.index()].seat(state);
        self.seats[seat] = false;
        self.count_member(frame, id, state, false);
        if self.members(frame, id).count() < 2 {
            self.end(frame, id);
        }
        true
    }

    /// Counts what binds `state` with the seated members, of which it is none.
    fn count_member(&mut self, frame: &Frame, id: TreatyId, state: StateId, up: bool) {
        let treaty = &frame.treaties[id.index()];
        let stages = [Stage::Pledged, Stage::InForce];
        let in_force = self.in_force(id);
        for stage in stages.into_iter().filter(|&stage| stage == Stage::Pledged || in_force) {
            for (place, &other) in treaty.candidates.iter().enumerate() {
                if self.seats[treaty.first_seat + place] && other != state {
                    self.count_pair(frame, treaty, (state, other), stage, up);
                }
            }
        }
    }

    fn count_all(&mut self, frame: &Frame, id: TreatyId, stage: Stage, up: bool) {
        let treaty = &frame.treaties[id.index()];
        let seat = |world: &Self, place: usize| world.seats[treaty.first_seat + place];
        for (m, &a) in treaty.candidates.iter().enumerate() {
            for (n, &b) in treaty.candidates.iter().enumerate().skip(m + 1) {
                if seat(self, m) && seat(self, n) {
                    self.count_pair(frame, treaty, (a, b), stage, up);
                }
            }
        }
    }

    fn count_pair(
        &mut self,
        frame: &Frame,
        treaty: &Treaty,
        (a, b): (StateId, StateId),
        stage: Stage,
        up: bool,
    ) {
        let debts = match stage {
            Stage::Pledged => &mut self.pledged,
            Stage::InForce => &mut self.owed,
        };
        for (debtor, creditor) in [(a, b), (b, a)] {
            if treaty.binds(debtor) {
                let changes = debts.count((debtor, creditor), &treaty.obligations, up);
                self.owed_version += u64::from(changes && stage == Stage::InForce);
            }
        }
        let dyad = frame.dyads.between(a, b).index();
        match stage {
            Stage::Pledged => {
                if treaty.has(Dimension::Economic) {
                    count(&mut self.signed_economic[dyad], up);
                }
                if treaty.has(Dimension::Political) {
                    count(&mut self.signed_political[dyad], up);
                }
            }
            Stage::InForce if treaty.has(Dimension::Economic) => {
                count(&mut self.economic[dyad], up);
            }
            Stage::InForce => {}
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Pledged,
    InForce,
}
