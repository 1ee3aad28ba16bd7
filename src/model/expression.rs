//! Compiled expressions: what an author asks of the world, as trees whose names are resolved.
//!
//! A [`Truth`] holds or does not, a [`Number`] has a value, a [`Day`] is a date. Evaluation reads
//! [`Facts`], changes nothing and allocates nothing. It follows the rules of floating-point
//! numbers: a division by zero is infinite or no number (NaN), and a comparison with what is no
//! number never holds, not even `!=`. The same is said of a state and itself: it is not at war, not
//! bound and not contiguous with itself, and its alignment, grievance, tension and distance to
//! itself are no numbers.
//!
//! An expression that looks back, by `ever` or `since`, reads a slot of [`Tracked`] memory that a
//! [`Tracker`] keeps; [`note`] lets the trackers look at the world.

use crate::model::frame::Frame;
use crate::model::ids::StateId;
use crate::model::world::World;

mod constant;
mod day;
mod memory;
mod number;
mod reads;
mod truth;

pub use day::Day;
pub use memory::{Slot, Tracked, Tracker, note};
pub use number::{DyadScore, Fold, Number, StateScore, Step};
pub use reads::Moments;
pub use truth::{Comparison, Relation, Truth};

/// The most variables that may be bound at a place of an expression.
pub const MAX_VARIABLES: usize = 4;

/// Everything an expression may read.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The fixed facts.
    pub frame: &'a Frame,
    /// The world as it stands.
    pub world: &'a World,
    /// The day, counted from the start of the run.
    pub day: i32,
    /// Model time (years since the start).
    pub now: f64,
    /// How often each event has fired in this trial, by position.
    pub fired: &'a [u32],
    /// How often each channel has fired in this trial.
    pub counts: &'a [u32],
    /// The value of each named quantity in this trial.
    pub quantities: &'a [f64],
    /// The memory of `ever` and `since`, by slot.
    pub tracked: &'a [Tracked],
}

impl Facts<'_> {
    /// Every state, in order of position.
    fn states(&self) -> impl Iterator<Item = StateId> + use<> {
        (0..self.frame.states()).map(StateId::new)
    }
}

/// The number of a bound variable: how many others are bound around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Variable(u8);

impl Variable {
    /// The variable that is bound within `depth` others; `None` if that is one too many.
    pub fn new(depth: usize) -> Option<Self> {
        u8::try_from(depth).ok().filter(|_| depth < MAX_VARIABLES).map(Self)
    }

    fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A state in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// This one.
    State(StateId),
    /// The one that a variable stands for.
    Each(Variable),
}

/// What the bound variables stand for at a place of an expression.
#[derive(Clone, Copy, Debug)]
struct Bound([StateId; MAX_VARIABLES]);

impl Bound {
    /// Nothing is bound; checked expressions read a variable only where it is.
    fn nothing() -> Self {
        Self([StateId::new(0); MAX_VARIABLES])
    }

    fn set(&mut self, variable: Variable, state: StateId) {
        self.0[variable.index()] = state;
    }

    fn state(&self, who: Who) -> StateId {
        match who {
            Who::State(state) => state,
            Who::Each(variable) => self.0[variable.index()],
        }
    }
}
