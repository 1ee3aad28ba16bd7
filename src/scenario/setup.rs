//! A compiled scenario: everything a run needs, read-only.

use crate::model::frame::Frame;
use crate::model::ids::{DyadId, StateId};
use crate::model::process::Process;
use crate::model::treaty::Obligation;
use crate::model::world::World;
use crate::scenario::calendar::Calendar;

/// Bins of the histogram of a state's isolation.
pub const ISOLATION_BINS: usize = 1000;

/// Bins of the histogram of a dyad's alignment.
pub const ALIGNMENT_BINS: usize = 400;

/// A compiled scenario.
pub struct Setup {
    /// What the scenario is about, in a few words.
    pub title: String,
    /// The question it asks.
    pub question: Option<String>,
    /// The variant that was compiled, if one was named.
    pub variant: Option<String>,
    /// Key of all random streams.
    pub seed: u64,
    /// How many trials the scenario asks for.
    pub trials: u64,
    /// The dates of the steps.
    pub calendar: Calendar,
    /// The fixed facts.
    pub frame: Frame,
    /// The world at the start.
    pub initial: World,
    /// The processes that are on, in the order in which a step runs them.
    pub processes: Vec<Box<dyn Process>>,
    /// What is asked of every trial.
    pub outcomes: Vec<Outcome>,
    /// Whose alignment is summarised.
    pub summary_dyads: Vec<DyadId>,
    /// What is drawn.
    pub charts: ChartPlan,
    /// Every parameter of every process that is on.
    pub parameters: Vec<ParameterValue>,
    /// Where the entries of the file come from.
    pub sources: Vec<Provenance>,
}

impl Setup {
    /// Title and, if one was named, variant: what heads everything that is said of a run.
    pub fn heading(&self) -> String {
        match &self.variant {
            Some(variant) => format!("{}, variant {variant}", self.title),
            None => self.title.clone(),
        }
    }
}

/// A yes-or-no question about a trial.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The name in the scenario.
    pub name: String,
    /// The title for people.
    pub title: String,
    /// What is asked.
    pub question: Question,
}

/// What an outcome asks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Question {
    /// Whether an obligation binds the two states of a dyad (in either direction).
    Treaty {
        /// Which obligation.
        obligation: Obligation,
        /// Whether a signature is enough.
        stage: Stage,
        /// Between whom.
        dyad: DyadId,
        /// When.
        when: When,
    },
    /// Whether a score lies above or below a value at a step date.
    Score {
        /// Whose score.
        score: Score,
        /// The number of the step date.
        step: usize,
        /// The comparison.
        test: Test,
    },
}

/// How far a treaty has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Signed, in force or not.
    Signed,
    /// In force.
    InForce,
}

/// When a treaty is asked about, in days from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At the end of this day.
    At(i32),
    /// At any time up to and including this day.
    By(i32),
}

/// A score of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Score {
    /// Isolation of a state.
    Isolation(StateId),
    /// Alignment of a dyad.
    Alignment(DyadId),
}

/// A comparison with a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Test {
    /// Strictly above.
    Above(f64),
    /// Strictly below.
    Below(f64),
}

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub struct ChartPlan {
    /// States of the isolation chart.
    pub isolation: Vec<StateId>,
    /// Dyads of the alignment chart.
    pub alignment: Vec<DyadId>,
    /// Outcomes (by number) of the first-date chart.
    pub first_dates: Vec<usize>,
}

/// A parameter as used.
#[derive(Clone, Debug)]
pub struct ParameterValue {
    /// Its process.
    pub process: &'static str,
    /// Its name, default, unit and mark.
    pub parameter: &'static crate::model::parameters::Parameter,
    /// The value of this run.
    pub value: f64,
}

/// Where an entry comes from.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// Its full key in the file.
    pub entry: String,
    /// The source its author names.
    pub source: Option<String>,
    /// The author's note.
    pub note: Option<String>,
}
