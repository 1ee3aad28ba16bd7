//! A compiled scenario: everything a run needs, read-only.

use crate::model::expression::{Moments, Number, Truth};
use crate::model::frame::Frame;
use crate::model::ids::{DyadId, StateId};
use crate::model::process::Process;
use crate::model::registry::Choices;
use crate::model::treaty::Obligation;
use crate::model::world::World;
use crate::scenario::calendar::Calendar;
use crate::scenario::expression::Memory;
use crate::scenario::stopping::Stopping;
use crate::scenario::uncertainty::Uncertainty;

/// Bins of the histogram of a state's isolation.
pub const ISOLATION_BINS: usize = 1000;

/// Bins of the histogram of a state's capability.
pub const CAPABILITY_BINS: usize = 500;

/// Bins of the histogram of a dyad's alignment.
pub const ALIGNMENT_BINS: usize = 400;

/// The most outcomes that story lines are made of: so many have 1957 orders.
pub const MOST_OF_STORY_LINES: usize = 6;

/// A compiled scenario.
pub struct Setup {
    /// What the scenario is about, in a few words.
    pub title: String,
    /// The question it asks.
    pub question: Option<String>,
    /// The variant that was compiled, if one was named.
    pub variant: Option<String>,
    /// What the command line changed: full keys and their values.
    pub set: Vec<String>,
    /// What the command line left out: full keys, or names of events.
    pub without: Vec<String>,
    /// Key of all random streams.
    pub seed: u64,
    /// How many trials the scenario asks for; with a rule, at most.
    pub trials: u64,
    /// What may end a run before.
    pub stopping: Option<Stopping>,
    /// The dates of the steps.
    pub calendar: Calendar,
    /// The fixed facts.
    pub frame: Frame,
    /// The world at the start.
    pub initial: World,
    /// The processes that are on, in the order in which a step runs them, with their parameters at
    /// their centres.
    pub processes: Vec<Box<dyn Process>>,
    /// What the processes are made from.
    pub choices: Choices,
    /// The named quantities, at their centres.
    pub quantities: Vec<f64>,
    /// Their names.
    pub quantity_names: Vec<String>,
    /// What `ever` and `since` have to remember.
    pub memory: Memory,
    /// Numbers that are drawn anew in every trial.
    pub uncertainty: Uncertainty,
    /// What is asked of every trial.
    pub outcomes: Vec<Outcome>,
    /// Days on which the world is looked at though nothing may happen: from then on something is
    /// asked. In order, each once.
    pub looks: Vec<i32>,
    /// Whose alignment is summarised.
    pub summary_dyads: Vec<DyadId>,
    /// Outcomes (by number) whose order story lines tell: each asks when something first comes about.
    pub story_lines: Vec<usize>,
    /// What is drawn.
    pub charts: ChartPlan,
    /// The hypotheses that the scenario supposes, by name.
    pub hypotheses: Vec<&'static str>,
    /// Every parameter of every process that is on.
    pub parameters: Vec<ParameterValue>,
    /// Where the entries of the file come from.
    pub sources: Vec<Provenance>,
}

impl Setup {
    /// Title, variant and what was left out: what heads everything that is said of a run.
    pub fn heading(&self) -> String {
        let variant = self.variant.as_ref().map(|name| format!(", variant {name}"));
        let without = self.without.iter().map(|key| format!(", without {key}"));
        format!("{}{}{}", self.title, variant.unwrap_or_default(), without.collect::<String>())
    }
}

/// A question about a trial: yes or no, or a number.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The name in the scenario.
    pub name: String,
    /// The title for people.
    pub title: String,
    /// What is asked.
    pub question: Question,
    /// The expression in it as its author wrote it, if there is one.
    pub written: Option<String>,
}

/// What an outcome asks.
#[derive(Clone, Debug, PartialEq)]
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
        /// The step date (days from the start).
        day: i32,
        /// The comparison.
        test: Test,
    },
    /// Whether an expression ever holds.
    Ever {
        /// What has to hold.
        truth: Truth,
        /// When it is looked at.
        moments: Moments,
        /// The first day that counts.
        from: i32,
        /// The last day that counts.
        until: i32,
    },
    /// Whether an expression holds at the end of a day.
    Holds {
        /// What has to hold.
        truth: Truth,
        /// When it is looked at.
        moments: Moments,
        /// The day.
        at: i32,
    },
    /// A number, or whether it lies above or below a value.
    Number {
        /// What is asked for.
        number: Number,
        /// When it is looked at.
        moments: Moments,
        /// At which date, or how it is gathered over dates.
        fold: Fold,
        /// The comparison, if there is one.
        test: Option<Test>,
    },
}

impl Question {
    /// Whether the answer is a number and not yes or no.
    pub fn is_measure(&self) -> bool {
        matches!(self, Self::Number { test: None, .. })
    }

    /// Whether it asks when something first comes about.
    pub fn has_first_date(&self) -> bool {
        matches!(self, Self::Ever { .. } | Self::Treaty { when: When::By(_), .. })
    }
}

/// Which of a number's values are asked for. Days are counted from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// That at the end of a day.
    At(i32),
    /// One that is gathered over step dates.
    Over {
        /// How.
        how: How,
        /// The first day that counts.
        from: i32,
        /// The last day that counts.
        until: i32,
    },
}

/// How a number is gathered over step dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The greatest.
    Maximum,
    /// The least.
    Minimum,
    /// The mean.
    Mean,
}

impl How {
    /// Joins what has been gathered with one more value.
    pub fn join(self, so_far: f64, value: f64) -> f64 {
        match self {
            Self::Maximum => so_far.max(value),
            Self::Minimum => so_far.min(value),
            Self::Mean => so_far + value,
        }
    }

    /// What comes of it over so many dates.
    pub fn finish(self, gathered: f64, dates: u32) -> f64 {
        match self {
            _ if dates == 0 => f64::NAN,
            Self::Maximum | Self::Minimum => gathered,
            Self::Mean => gathered / f64::from(dates),
        }
    }
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
