//! What two setups have in common: which series, outcomes and channels of one are which of the
//! other. Everything is known by its name, so that two files can be paired as well as two variants.

use std::collections::HashMap;

use crate::engine::metric;
use crate::engine::record::{Noted, Record};
use crate::engine::script;
use crate::model::process::Channel;
use crate::scenario::setup::Setup;

/// Which parts of two setups are the same.
#[derive(Clone, Debug, Default)]
pub struct Pairing {
    /// Series of both: where they stand in the base and in the other.
    pub series: Vec<(usize, usize)>,
    /// Outcomes of both that ask for the same kind of answer.
    pub outcomes: Vec<(usize, usize)>,
    /// Which of them the two scripts answer differently by themselves, with every process still.
    pub settled: Vec<bool>,
    /// Channels of both.
    pub channels: Vec<(usize, usize)>,
    /// Which kind each of those channels is of: a place in `kinds`.
    pub kind_of: Vec<usize>,
    /// The kinds of channels both have.
    pub kinds: Vec<&'static str>,
    /// What only one of the two has, of outcomes, series and events, in words.
    pub unpaired: [Vec<String>; 2],
    /// For each channel of the base and of the other, its place in `channels`.
    places: [Vec<Option<usize>>; 2],
}

/// Why two setups cannot be paired.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unpaired(String);

impl Pairing {
    /// Pairs two setups.
    ///
    /// # Errors
    /// If they do not run over the same step dates.
    pub fn new(base: &Setup, other: &Setup) -> Result<Self, Unpaired> {
        if base.calendar.dates() != other.calendar.dates() {
            let run = |setup: &Setup| {
                let steps = setup.frame.timeline.steps();
                format!("{} to {} in {steps} steps", setup.calendar.start(), setup.calendar.end())
            };
            return Err(Unpaired(format!(
                "trials can be paired only if they run over the same step dates: \"{}\" runs from {}, \"{}\" from {}",
                base.heading(),
                run(base),
                other.heading(),
                run(other)
            )));
        }
        let mut pairing = Self::default();
        let (ours, theirs) = (series(base), series(other));
        pairing.series = pairing.matched("", &ours, &theirs);
        let (ours, theirs) = (outcomes(base), outcomes(other));
        pairing.outcomes = pairing.matched("outcome ", &ours, &theirs);
        pairing.settled = script::settled([base, other], &pairing.outcomes);
        pairing.pair_channels(&channels(base), &channels(other));
        Ok(pairing)
    }

    fn matched(&mut self, what: &str, ours: &[String], theirs: &[String]) -> Vec<(usize, usize)> {
        let (pairs, alone) = matched(ours, theirs);
        for (side, names, alone) in [(0, ours, &alone[0]), (1, theirs, &alone[1])] {
            self.unpaired[side].extend(alone.iter().map(|&n| format!("{what}{}", names[n])));
        }
        pairs
    }

    fn pair_channels(&mut self, ours: &[Channel], theirs: &[Channel]) {
        let names = |channels: &[Channel]| -> Vec<String> {
            channels.iter().map(|channel| format!("{} {}", channel.kind, channel.subject)).collect()
        };
        let (pairs, alone) = matched(&names(ours), &names(theirs));
        for (side, channels) in [ours, theirs].into_iter().enumerate() {
            // Of processes that are off in the other, the kind says enough.
            let mut said: Vec<String> = Vec::new();
            for channel in alone[side].iter().map(|&n| &channels[n]) {
                let all = channels.iter().filter(|c| c.kind == channel.kind).count();
                let alone =
                    alone[side].iter().filter(|&&n| channels[n].kind == channel.kind).count();
                let words = if all == alone && all > 1 {
                    format!("{} (all)", channel.kind)
                } else {
                    format!("{} {}", channel.kind, channel.subject)
                };
                if !said.contains(&words) {
                    said.push(words);
                }
            }
            self.unpaired[side].extend(said);
        }
        self.places = [vec![None; ours.len()], vec![None; theirs.len()]];
        for (place, &(one, two)) in pairs.iter().enumerate() {
            self.places[0][one] = Some(place);
            self.places[1][two] = Some(place);
            let kind = ours[one].kind;
            let known = self.kinds.iter().position(|k| *k == kind);
            self.kind_of.push(known.unwrap_or(self.kinds.len()));
            if known.is_none() {
                self.kinds.push(kind);
            }
        }
        self.channels = pairs;
    }

    /// What happened in the base (side 0) or the other (side 1) of what both can tell: each with
    /// its place in the log, and its channel by its place among the common ones.
    pub fn common<'a>(
        &'a self,
        side: usize,
        record: &'a Record,
    ) -> impl Iterator<Item = (usize, Noted)> + 'a {
        record.log.iter().enumerate().filter_map(move |(n, noted)| {
            let channel = self.places[side][noted.channel]?;
            Some((n, Noted { day: noted.day, channel }))
        })
    }
}

/// The pairs of places at which two lists have the same name, and the places of the others.
fn matched(ours: &[String], theirs: &[String]) -> (Vec<(usize, usize)>, [Vec<usize>; 2]) {
    let places: HashMap<&str, usize> =
        theirs.iter().enumerate().map(|(n, name)| (name.as_str(), n)).collect();
    let mut pairs = Vec::new();
    let mut alone = [Vec::new(), Vec::new()];
    let mut met = vec![false; theirs.len()];
    for (n, name) in ours.iter().enumerate() {
        match places.get(name.as_str()) {
            Some(&place) => {
                met[place] = true;
                pairs.push((n, place));
            }
            None => alone[0].push(n),
        }
    }
    alone[1] = (0..theirs.len()).filter(|&n| !met[n]).collect();
    (pairs, alone)
}

/// The names of the series, in the order of a record.
fn series(setup: &Setup) -> Vec<String> {
    metric::series(setup).iter().map(metric::Series::name).collect()
}

/// The names of the outcomes; numbers and answers of yes or no do not go together.
fn outcomes(setup: &Setup) -> Vec<String> {
    let kind = |measure| if measure { " (a number)" } else { "" };
    let name = |outcome: &crate::scenario::setup::Outcome| {
        format!("{}{}", outcome.name, kind(outcome.question.is_measure()))
    };
    setup.outcomes.iter().map(name).collect()
}

/// Every channel, in the order of a record.
pub fn channels(setup: &Setup) -> Vec<Channel> {
    setup.processes.iter().flat_map(|process| process.channels(&setup.frame)).collect()
}
