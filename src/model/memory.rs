//! What a process keeps during a trial.

use std::collections::HashSet;

use crate::model::balance::Balance;
use crate::model::change::Call;
use crate::model::clocks::Clocks;
use crate::model::deterrence::Deterrents;
use crate::model::entity::Entity;
use crate::model::ids::{StateId, TreatyId, WarId};
use crate::model::treaty::Obligation;

/// What a process keeps during a trial; allocated once a worker.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// One clock for each hazard channel.
    pub clocks: Clocks,
    /// Pairs of normal draws, one for each entity that diffuses.
    pub normals: Vec<[f64; 2]>,
    /// Anything else the process notes.
    pub noted: Vec<f64>,
    /// Days that were drawn when the trial began.
    pub days: Vec<i32>,
    /// Rates of the step (1/year), 0 where nothing can fire.
    pub rates: Vec<f64>,
    /// Which channels can fire, as long as what that hangs on has not changed.
    pub at_risk: AtRisk,
    /// Identities of what has clocks, where the frame does not hold them.
    pub entities: Vec<Entity>,
    /// The treaties and states that each have a channel, where it stands for a seat.
    pub seats: Vec<(TreatyId, StateId)>,
    /// How many choices each entity has made: numbers its draws.
    pub choices: Vec<u32>,
    /// Clauses called on that wait for their decision.
    pub calls: Vec<Call>,
    /// Clauses that have been called on, until their war ends: war, debtor, creditor, obligation.
    pub asked: HashSet<(WarId, StateId, StateId, Obligation)>,
    /// Who deters whom.
    pub deterrents: Deterrents,
    /// Structural balance.
    pub balance: Balance,
    /// States in an order of the moment.
    pub order: Vec<StateId>,
}

/// Which channels can fire at all, kept until what that hangs on changes.
#[derive(Clone, Debug, Default)]
pub struct AtRisk {
    channels: Vec<bool>,
    list: Vec<usize>,
    /// The versions of the parts of the world that it was worked out for.
    versions: Option<[u64; 3]>,
}

impl AtRisk {
    /// Room for so many channels.
    pub fn new(channels: usize) -> Self {
        let list = Vec::with_capacity(channels);
        Self { channels: vec![false; channels], list, versions: None }
    }

    /// Forgets everything: a new trial begins.
    pub fn forget(&mut self) {
        self.versions = None;
    }

    /// Asks again of each channel whether it `can` fire, if the versions are new; whether they
    /// are.
    #[inline]
    pub fn update(&mut self, versions: [u64; 3], can: impl Fn(usize) -> bool) -> bool {
        if self.versions == Some(versions) {
            return false;
        }
        self.versions = Some(versions);
        self.list.clear();
        for (n, at_risk) in self.channels.iter_mut().enumerate() {
            *at_risk = can(n);
            if *at_risk {
                self.list.push(n);
            }
        }
        true
    }

    /// Whether each channel can fire.
    #[inline]
    pub fn channels(&self) -> &[bool] {
        &self.channels
    }

    /// Those that can, in order.
    #[inline]
    pub fn list(&self) -> &[usize] {
        &self.list
    }
}

impl Memory {
    /// Starts a trial in which clocks are idle, no choice has been made, and it is not known what can
    /// fire.
    pub fn begin(&mut self) {
        self.clocks.start_idle();
        self.choices.fill(0);
        self.at_risk.forget();
    }

    /// The number of an entity's next choice.
    pub fn next_choice(&mut self, entity: usize) -> u32 {
        take_number(&mut self.choices[entity])
    }
}

/// The number of the next choice, of those counted here.
pub fn take_number(choices: &mut u32) -> u32 {
    *choices += 1;
    *choices - 1
}
