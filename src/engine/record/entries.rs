//! Who entered which war in a trial, beside whom, against whom and why.

use serde::{Deserialize, Serialize};

use crate::model::change::Change;
use crate::model::frame::Frame;
use crate::model::ids::{PairId, StateId, WarId};
use crate::model::process::Consequence;
use crate::model::processes::events;
use crate::model::treaty::Obligation;
use crate::model::war::Camp;

/// Why a state entered a war.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reason {
    /// It attacked: a dispute became a war.
    Attack,
    /// An event of the scenario said so.
    Event,
    /// It kept its word: defence or offence.
    Treaty(Obligation),
}

impl Reason {
    /// The name in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Attack => "attack",
            Self::Event => "event",
            Self::Treaty(obligation) => obligation.name(),
        }
    }
}

/// How a state entered a war.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// Beside whom it joined: the creditor of the clause it honoured, or the first of those who began
    /// on its side; `None` for an attacker that began the war.
    pub beside: Option<StateId>,
    /// Who entered.
    pub state: StateId,
    /// Whom it attacked; for one that joined the first of those who began on the other side.
    pub against: StateId,
    /// Why.
    pub reason: Reason,
}

/// Entries into wars before a buffer has to grow.
const ROOM: usize = 256;

/// The entries of one trial, each with its day, in order.
#[derive(Clone, Debug)]
pub struct Entries(Vec<(Entry, i32)>);

impl Default for Entries {
    fn default() -> Self {
        Self(Vec::with_capacity(ROOM))
    }
}

impl Entries {
    /// What has been noted, in order.
    pub fn all(&self) -> &[(Entry, i32)] {
        &self.0
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Notes who enters a war by a change that has just been made, if anybody does.
    pub fn note(&mut self, frame: &Frame, made: &Consequence, day: i32) {
        let by_event = made.tag == events::ABOUT.tag;
        let reason = if by_event { Reason::Event } else { Reason::Attack };
        match made.change {
            Change::Attack(state, against) => {
                self.0.push((Entry { beside: None, state, against, reason }, day));
            }
            Change::StartWar(id) => {
                let war = &frame.wars[id.index()];
                for &state in &war.attackers {
                    let began = |&against| (Entry { beside: None, state, against, reason }, day);
                    self.0.extend(war.targets.iter().map(began));
                }
            }
            change => {
                let Some((war, state, camp)) = change.joins() else { return };
                let (beside, reason) = match change {
                    Change::Honour(call) => (call.creditor, Reason::Treaty(call.obligation)),
                    _ => (first(frame, war, camp), Reason::Event),
                };
                let against = first(frame, war, camp.other());
                self.0.push((Entry { beside: Some(beside), state, against, reason }, day));
            }
        }
    }
}

/// The first in order of position of those who began a war on a side.
fn first(frame: &Frame, war: WarId, camp: Camp) -> StateId {
    let Some(entry) = frame.wars.get(war.index()) else {
        let (attacker, target) = frame.pairs.of(PairId::new(war.index() - frame.wars.len()));
        return if camp == Camp::Attacker { attacker } else { target };
    };
    let side = if camp == Camp::Attacker { &entry.attackers } else { &entry.targets };
    *side.iter().min().expect("a war has two sides")
}
