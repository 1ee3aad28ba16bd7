//! What states remember of each other's words and deeds: warnings, refusals, disputes, deliveries.

use crate::model::frame::Frame;
use crate::model::ids::StateId;

/// Long ago: before anything that is remembered.
const NEVER: f64 = f64::NEG_INFINITY;

/// Warnings, refusals, disputes and deliveries of a world. Times are in years since the start.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    /// Until when a warning stands, by ordered pair (row = who warned).
    warned_until: Vec<f64>,
    /// Until when a threat whose condition was met is due to be carried out.
    due_until: Vec<f64>,
    /// How many threats are due: mostly none is, and then there is nothing to look up.
    due: u32,
    /// When a state last broke its word to another (row = who broke it).
    broken_at: Vec<f64>,
    /// Whether any state ever has: mostly none has, and then there is nothing to look up.
    any_broken: bool,
    /// Whether a state is delivering arms to another (row = supplier).
    delivering: Vec<bool>,
    /// When each state last began a dispute with force.
    last_force: Vec<f64>,
    states: usize,
    version: u64,
    deliveries: u64,
}

impl Ledger {
    pub(super) fn new(frame: &Frame) -> Self {
        let n = frame.states();
        Self {
            warned_until: vec![NEVER; n * n],
            due_until: vec![NEVER; n * n],
            due: 0,
            broken_at: vec![NEVER; n * n],
            any_broken: false,
            delivering: vec![false; n * n],
            last_force: vec![NEVER; n],
            states: n,
            version: 0,
            deliveries: 0,
        }
    }

    pub(super) fn copy_from(&mut self, other: &Self) {
        self.warned_until.copy_from_slice(&other.warned_until);
        self.due_until.copy_from_slice(&other.due_until);
        self.broken_at.copy_from_slice(&other.broken_at);
        (self.due, self.any_broken) = (other.due, other.any_broken);
        self.delivering.copy_from_slice(&other.delivering);
        self.last_force.copy_from_slice(&other.last_force);
        (self.version, self.deliveries) = (other.version, other.deliveries);
    }

    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// Counts how often deliveries have begun or ended.
    pub fn deliveries(&self) -> u64 {
        self.deliveries
    }

    #[inline]
    fn at(&self, from: StateId, to: StateId) -> usize {
        from.index() * self.states + to.index()
    }

    /// Whether a warning by `sender` to `target` stands.
    pub fn warned(&self, sender: StateId, target: StateId, now: f64) -> bool {
        now < self.warned_until[self.at(sender, target)]
    }

    /// Notes a warning that stands until then.
    pub fn warn(&mut self, sender: StateId, target: StateId, until: f64) {
        self.version += 1;
        let at = self.at(sender, target);
        self.warned_until[at] = self.warned_until[at].max(until);
    }

    /// Whether a threat by `sender` to `target` is due: its condition was met, and it has neither
    /// been carried out nor lapsed.
    #[inline]
    pub fn due(&self, sender: StateId, target: StateId) -> bool {
        self.due_until[self.at(sender, target)] != NEVER
    }

    /// Whether any threat is due.
    #[inline]
    pub fn any_due(&self) -> bool {
        self.due > 0
    }

    /// Until when it is due.
    pub fn due_until(&self, sender: StateId, target: StateId) -> f64 {
        self.due_until[self.at(sender, target)]
    }

    /// Makes a threat due until then. False if it is due already.
    pub fn call_in(&mut self, sender: StateId, target: StateId, until: f64) -> bool {
        if self.due(sender, target) {
            return false;
        }
        self.version += 1;
        let at = self.at(sender, target);
        self.due_until[at] = until;
        self.due += 1;
        true
    }

    /// Settles a threat, carried out or not, and with it the warning. False if none was due.
    pub fn settle(&mut self, sender: StateId, target: StateId) -> bool {
        if !self.due(sender, target) {
            return false;
        }
        self.version += 1;
        let at = self.at(sender, target);
        (self.due_until[at], self.warned_until[at]) = (NEVER, NEVER);
        self.due -= 1;
        true
    }

    /// Notes that `debtor` broke its word to `creditor`.
    pub fn break_word(&mut self, debtor: StateId, creditor: StateId, now: f64) {
        self.version += 1;
        let at = self.at(debtor, creditor);
        self.broken_at[at] = now;
        self.any_broken = true;
    }

    /// Whether any state has ever broken its word.
    pub fn any_broken(&self) -> bool {
        self.any_broken
    }

    /// To how many states the debtor has broken its word since `since`.
    pub fn broken(&self, debtor: StateId, since: f64) -> u32 {
        let row = &self.broken_at[debtor.index() * self.states..][..self.states];
        row.iter().fold(0, |count, at| count + u32::from(*at > since))
    }

    /// Whether the debtor has broken its word to the creditor since `since`.
    #[inline]
    pub fn broken_to(&self, debtor: StateId, creditor: StateId, since: f64) -> bool {
        self.broken_at[self.at(debtor, creditor)] > since
    }

    /// To how many states other than `creditor` the debtor has broken its word since `since`.
    pub fn broken_to_others(&self, debtor: StateId, creditor: StateId, since: f64) -> u32 {
        if !self.any_broken {
            return 0;
        }
        self.broken(debtor, since) - u32::from(self.broken_to(debtor, creditor, since))
    }

    /// Whether arms are being delivered.
    #[inline]
    pub fn delivering(&self, supplier: StateId, recipient: StateId) -> bool {
        self.delivering[self.at(supplier, recipient)]
    }

    /// Begins or ends deliveries. False if that changes nothing.
    pub fn set_delivering(&mut self, supplier: StateId, recipient: StateId, on: bool) -> bool {
        let at = self.at(supplier, recipient);
        let changed = std::mem::replace(&mut self.delivering[at], on) != on;
        self.version += u64::from(changed);
        self.deliveries += u64::from(changed);
        changed
    }

    /// How many states deliver arms to `recipient`.
    pub fn suppliers(&self, recipient: StateId) -> u32 {
        let column = self.delivering.iter().skip(recipient.index()).step_by(self.states);
        column.fold(0, |count, &on| count + u32::from(on))
    }

    /// When a state last began a dispute with force.
    #[inline]
    pub fn last_force(&self, state: StateId) -> f64 {
        self.last_force[state.index()]
    }

    /// Notes a dispute with force.
    pub fn use_force(&mut self, state: StateId, now: f64) {
        self.version += 1;
        self.last_force[state.index()] = self.last_force[state.index()].max(now);
    }
}
