//! Paired differences: what a trial of one scenario gives, less what the same trial of another does.

use serde::{Deserialize, Serialize};

use crate::engine::metric;
use crate::engine::pairing::Pairing;
use crate::engine::record::{Answer, Record};
use crate::engine::tally::measure::MeasureTally;
use crate::engine::tally::partings::{Level, Partings};
use crate::engine::tally::series::SeriesTally;
use crate::scenario::setup::Setup;

/// Statistics of pairs of trials: other less base.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contrast {
    /// Pairs of which both trials ended well; every other number is about these.
    pub pairs: u64,
    /// Pairs of which one did not, or both.
    pub failed: u64,
    /// Differences of the series that both have, by step date.
    pub series: SeriesTally,
    /// Of each outcome that both have.
    pub outcomes: Vec<OutcomePairs>,
    /// How often what both have fired, by channel.
    pub channels: Vec<Counts>,
    /// The same by kind, over all channels of the kind.
    pub kinds: Vec<Counts>,
    /// Where and when pairs part.
    pub partings: Partings,
    /// Of each kind, how often it fired in the pair at hand.
    #[serde(skip)]
    fired: Vec<[u32; 2]>,
    #[serde(skip)]
    values: Vec<f64>,
}

/// Pairs of answers to an outcome.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OutcomePairs {
    /// Pairs with a yes in both.
    pub both: u64,
    /// In the base only.
    pub base_only: u64,
    /// In the other only.
    pub other_only: u64,
    /// The numbers of the base, where both gave one.
    pub base: MeasureTally,
    /// The numbers of the other.
    pub other: MeasureTally,
    /// Their differences; pairs in which one gave no number are missing.
    pub differences: MeasureTally,
}

/// Pairs of counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Sums over pairs, in the base and in the other.
    pub sums: [u64; 2],
    /// Sums of squares.
    pub squares: [u128; 2],
    /// Sum of the squares of the differences.
    pub square_differences: u128,
    /// Pairs in which it fired in both.
    pub both: u64,
    /// In the base only.
    pub base_only: u64,
    /// In the other only.
    pub other_only: u64,
}

impl Counts {
    fn add(&mut self, [base, other]: [u32; 2]) {
        if base == 0 && other == 0 {
            return;
        }
        let square = |n: u32| u128::from(n).pow(2);
        for (side, n) in [base, other].into_iter().enumerate() {
            self.sums[side] += u64::from(n);
            self.squares[side] += square(n);
        }
        self.square_differences += square(base.abs_diff(other));
        self.both += u64::from(base > 0 && other > 0);
        self.base_only += u64::from(base > 0 && other == 0);
        self.other_only += u64::from(base == 0 && other > 0);
    }

    fn merge(&mut self, other: &Self) {
        for side in 0..2 {
            self.sums[side] += other.sums[side];
            self.squares[side] += other.squares[side];
        }
        self.square_differences += other.square_differences;
        self.both += other.both;
        self.base_only += other.base_only;
        self.other_only += other.other_only;
    }
}

impl OutcomePairs {
    fn add(&mut self, base: &Answer, other: &Answer, is_measure: bool) {
        if !is_measure {
            self.both += u64::from(base.yes && other.yes);
            self.base_only += u64::from(base.yes && !other.yes);
            self.other_only += u64::from(!base.yes && other.yes);
            return;
        }
        let (base, other) = (base.value, other.value);
        if [base, other, other - base].into_iter().all(MeasureTally::takes) {
            self.base.add(base);
            self.other.add(other);
            self.differences.add(other - base);
        } else {
            self.differences.add(f64::NAN);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.both += other.both;
        self.base_only += other.base_only;
        self.other_only += other.other_only;
        self.base.merge(&other.base);
        self.other.merge(&other.other);
        self.differences.merge(&other.differences);
    }
}

impl Contrast {
    /// An empty tally of the pairs of two setups.
    pub fn new(base: &Setup, pairing: &Pairing) -> Self {
        let scales = metric::difference_scales(base);
        let scale = |&(series, _): &(usize, usize)| scales[series];
        let dates = base.frame.timeline.days.len();
        Self {
            pairs: 0,
            failed: 0,
            series: SeriesTally::new(pairing.series.iter().map(scale).collect(), dates),
            outcomes: vec![OutcomePairs::default(); pairing.outcomes.len()],
            channels: vec![Counts::default(); pairing.channels.len()],
            kinds: vec![Counts::default(); pairing.kinds.len()],
            partings: Partings::default(),
            fired: vec![[0; 2]; pairing.kinds.len()],
            values: vec![0.0; pairing.series.len() * dates],
        }
    }

    /// Adds a pair of trials of the same number that both ended well.
    pub fn add(
        &mut self,
        (setup, pairing): (&Setup, &Pairing),
        trial: u32,
        base: &Record,
        other: &Record,
    ) {
        self.pairs += 1;
        for date in 0..setup.frame.timeline.days.len() {
            let (ours, theirs) = (base.at(date), other.at(date));
            let row = &mut self.values[date * pairing.series.len()..][..pairing.series.len()];
            for (value, &(one, two)) in row.iter_mut().zip(&pairing.series) {
                *value = theirs[two] - ours[one];
            }
        }
        self.series.add(&self.values);
        for (pairs, &(one, two)) in self.outcomes.iter_mut().zip(&pairing.outcomes) {
            let is_measure = setup.outcomes[one].question.is_measure();
            pairs.add(&base.answers[one], &other.answers[two], is_measure);
        }
        self.fired.fill([0; 2]);
        for (place, &(one, two)) in pairing.channels.iter().enumerate() {
            let counts = [base.counts[one], other.counts[two]];
            self.channels[place].add(counts);
            let kind = &mut self.fired[pairing.kind_of[place]];
            *kind = [kind[0].saturating_add(counts[0]), kind[1].saturating_add(counts[1])];
        }
        self.kinds.iter_mut().zip(&self.fired).for_each(|(kind, &counts)| kind.add(counts));
        let days = &setup.frame.timeline.days;
        self.partings.add((setup, pairing), trial, (base, other), days, &self.values);
    }

    /// Adds a pair of which a trial failed.
    pub fn add_failure(&mut self) {
        self.failed += 1;
    }

    /// Whether no pair differs in anything that both scenarios have: a score, something that fires, an
    /// answer, a number where both gave one. Exact, however many pairs there are; not so of none.
    pub fn is_nil(&self) -> bool {
        let parted = |level| self.partings.at(level).pairs() > 0;
        self.pairs > 0
            && self.failed == 0
            && ![Level::Scores, Level::Anything, Level::Answers].into_iter().any(parted)
            && self.outcomes.iter().all(|outcome| outcome.differences.is_nil())
    }

    /// Adds all pairs of another tally of the same two setups.
    pub fn merge(&mut self, other: Self) {
        self.pairs += other.pairs;
        self.failed += other.failed;
        self.series.merge(&other.series);
        self.outcomes.iter_mut().zip(&other.outcomes).for_each(|(mine, theirs)| mine.merge(theirs));
        self.channels.iter_mut().zip(&other.channels).for_each(|(mine, theirs)| mine.merge(theirs));
        self.kinds.iter_mut().zip(&other.kinds).for_each(|(mine, theirs)| mine.merge(theirs));
        self.partings.merge(other.partings);
    }
}
