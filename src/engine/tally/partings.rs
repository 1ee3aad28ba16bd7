//! Where and when two trials of the same number part ways.
//!
//! What only one of the two scenarios has, such as an event left out, is passed over: that the two
//! differ in it is given. They part where something else differs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::engine::pairing::Pairing;
use crate::engine::record::{Noted, Record};
use crate::model::process::is_routine;
use crate::scenario::setup::Setup;

/// How closely two trials are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// A score of a series differs at a step date, by however little.
    Scores,
    /// Something happened in one and not, or not on that day, in the other.
    Anything,
    /// The same, but for the routine of contacts and warnings.
    Story,
    /// The answer to an outcome that is yes or no differs. (A number differs wherever a score does, by
    /// however little.)
    Answers,
    /// The same, but for answers that the scripts settle by themselves
    /// ([`Pairing::settled`](crate::engine::pairing::Pairing::settled)).
    OpenAnswers,
}

impl Level {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Scores, Self::Anything, Self::Story, Self::Answers, Self::OpenAnswers];

    /// What it is called in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scores => "scores",
            Self::Anything => "anything",
            Self::Story => "story",
            Self::Answers => "answers",
            Self::OpenAnswers => "open answers",
        }
    }
}

/// In which of two trials something happened first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Side {
    /// In the base.
    Base,
    /// In the other.
    Other,
}

/// How many trials of a cause are kept by number, the lowest.
const EXAMPLES: usize = 64;

/// Something that parted trials.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// Pairs by the day on which they parted.
    pub days: BTreeMap<i32, u64>,
    /// The lowest numbers of trials that it parted, with their days.
    pub examples: Vec<(u32, i32)>,
}

impl Cause {
    fn add(&mut self, trial: u32, day: i32) {
        *self.days.entry(day).or_default() += 1;
        self.keep(&[(trial, day)]);
    }

    fn keep(&mut self, examples: &[(u32, i32)]) {
        self.examples.extend(examples);
        self.examples.sort_unstable();
        self.examples.truncate(EXAMPLES);
    }

    fn merge(&mut self, other: &Self) {
        for (&day, &n) in &other.days {
            *self.days.entry(day).or_default() += n;
        }
        self.keep(&other.examples);
    }

    /// How many pairs.
    pub fn pairs(&self) -> u64 {
        self.days.values().sum()
    }

    /// The first day by which at least the share `p` of its pairs have parted.
    pub fn day(&self, p: f64) -> Option<i32> {
        // A share of a whole number of pairs, at least 0.
        let rank = ((p * self.pairs() as f64).ceil() as u64).max(1);
        let mut seen = 0;
        let mut days = self.days.iter();
        days.find(|(_, n)| {
            seen += **n;
            seen >= rank
        })
        .map(|(&day, _)| day)
    }

    /// A typical trial: of those kept, the one that parted nearest the median day.
    pub fn typical(&self) -> Option<(u32, i32)> {
        let median = self.day(0.5)?;
        self.examples.iter().copied().min_by_key(|&(trial, day)| (day.abs_diff(median), trial))
    }
}

/// What parted pairs of trials.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partings {
    /// By level, side, and channel (its place among the common ones). Scores and answers have no
    /// channel; of them the day is that of the first step date, or of the end.
    pub causes: BTreeMap<(Level, Side, Option<usize>), Cause>,
}

impl Partings {
    /// Adds a pair of trials. `differences` are those of the common series, by step date.
    pub fn add(
        &mut self,
        (setup, pairing): (&Setup, &Pairing),
        trial: u32,
        (base, other): (&Record, &Record),
        days: &[i32],
        differences: &[f64],
    ) {
        let series = pairing.series.len().max(1);
        let first = differences.chunks(series).position(|row| row.iter().any(|&d| d != 0.0));
        if let Some(date) = first {
            self.note((Level::Scores, Side::Base, None), trial, days[date]);
        }
        for level in [Level::Anything, Level::Story] {
            if let Some(parting) = parting(pairing, (base, other), level) {
                let (side, noted) = (parting.side, parting.noted);
                self.note((level, side, Some(noted.channel)), trial, noted.day);
            }
        }
        let differs = |&(one, two): &(usize, usize)| {
            let is_measure = setup.outcomes[one].question.is_measure();
            !is_measure && base.answers[one].yes != other.answers[two].yes
        };
        let end = days[days.len() - 1];
        if pairing.outcomes.iter().any(differs) {
            self.note((Level::Answers, Side::Base, None), trial, end);
        }
        let mut answers = pairing.outcomes.iter().zip(&pairing.settled);
        if answers.any(|(pair, settled)| !settled && differs(pair)) {
            self.note((Level::OpenAnswers, Side::Base, None), trial, end);
        }
    }

    fn note(&mut self, key: (Level, Side, Option<usize>), trial: u32, day: i32) {
        self.causes.entry(key).or_default().add(trial, day);
    }

    /// Adds other pairs.
    pub fn merge(&mut self, other: Self) {
        for (key, cause) in other.causes {
            self.causes.entry(key).or_default().merge(&cause);
        }
    }

    /// All causes of a level as one.
    pub fn at(&self, level: Level) -> Cause {
        let mut all = Cause::default();
        let of = self.causes.iter().filter(|((l, ..), _)| *l == level);
        of.for_each(|(_, cause)| all.merge(cause));
        all
    }
}

/// Where two trials part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parting {
    /// In which of them it happened.
    pub side: Side,
    /// What: a day, and a channel by its place among the common ones.
    pub noted: Noted,
    /// Its place in the log of that side.
    pub place: usize,
    /// The place in the log of the other side of what happened there next, if anything did.
    pub against: Option<usize>,
}

/// The first thing that happened in one of two trials and not then in the other.
pub fn parting(
    pairing: &Pairing,
    (base, other): (&Record, &Record),
    level: Level,
) -> Option<Parting> {
    let told = |(_, noted): &(usize, Noted)| {
        level != Level::Story || !is_routine(pairing.kinds[pairing.kind_of[noted.channel]])
    };
    let mut ours = pairing.common(0, base).filter(told);
    let mut theirs = pairing.common(1, other).filter(told);
    loop {
        let (one, two) = (ours.next(), theirs.next());
        if one.map(|(_, noted)| noted) == two.map(|(_, noted)| noted) {
            one?;
            continue;
        }
        // What comes first parts them; on one day, what the base has.
        let day = |noted: Option<(usize, Noted)>| noted.map_or(i32::MAX, |(_, noted)| noted.day);
        let (side, first, second) =
            if day(one) <= day(two) { (Side::Base, one?, two) } else { (Side::Other, two?, one) };
        let against = second.map(|(place, _)| place);
        return Some(Parting { side, noted: first.1, place: first.0, against });
    }
}
