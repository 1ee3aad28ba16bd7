//! Why two trials of the same number part: which draw met which rates.

use crate::analysis::comparison::Other;
use crate::engine::pairing::Pairing;
use crate::engine::record::{Channels, Record};
use crate::engine::tally::{Level, Side, parting};
use crate::engine::trace::Trace;
use crate::engine::trial::Simulator;
use crate::model::process::{Chance, Channel, Reasons};
use crate::model::processes::events;
use crate::scenario::setup::Setup;

/// A trial told twice: in the base and in the other.
pub struct Pair<'s> {
    /// The two scenarios.
    pub setups: [&'s Setup; 2],
    /// What they have in common.
    pub pairing: &'s Pairing,
    /// The number of the trial.
    pub trial: u32,
    /// What happened in each.
    pub traces: [Trace; 2],
    /// What was recorded of each.
    pub records: [Record; 2],
}

/// What parted a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// In which trial it happened first, or at all.
    pub side: Side,
    /// The day.
    pub day: i32,
    /// What happened.
    pub what: Channel,
    /// What happened to the same subject on that day in the other, if anything did.
    pub instead: Option<Channel>,
    /// The reasons in the base and in the other, as far as there are any.
    pub reasons: [Option<Reasons>; 2],
    /// What was drawn: a threshold of unit rate for a hazard, a uniform number for a choice.
    pub draw: Option<f64>,
}

/// Something of a trace that stands in a record's log too.
struct Entry<'t> {
    day: i32,
    what: &'t Channel,
    reasons: Option<&'t Reasons>,
}

impl<'s> Pair<'s> {
    /// Runs both trials.
    ///
    /// # Errors
    /// If one of them fails: the reason.
    pub fn run(setups: [&'s Setup; 2], pairing: &'s Pairing, trial: u32) -> Result<Self, String> {
        let run = |setup: &Setup| traced(setup, trial, Trace::default());
        let ((one, ours), (two, theirs)) = (run(setups[0])?, run(setups[1])?);
        Ok(Self { setups, pairing, trial, traces: [one, two], records: [ours, theirs] })
    }

    /// What parts the two at a level of [`Level::Anything`] or [`Level::Story`].
    pub fn parts(&self, level: Level) -> Option<Reason> {
        let found = parting(self.pairing, (&self.records[0], &self.records[1]), level)?;
        let (here, there) = match found.side {
            Side::Base => (0, 1),
            Side::Other => (1, 0),
        };
        let entries = [entries(&self.traces[here]), entries(&self.traces[there])];
        let entry = entries[0].get(found.place)?;
        let against = found.against.and_then(|place| entries[1].get(place)).filter(|against| {
            against.day == entry.day && against.what.subject == entry.what.subject
        });
        let common = self.pairing.channels[found.noted.channel];
        let places = [common.0, common.1];
        let theirs = match entry.reasons.map(|reasons| reasons.chance) {
            Some(Chance::Hazard(_)) => self.hazard(there, places[there], entry.day),
            _ => against.and_then(|against| against.reasons.cloned()),
        };
        let mut reasons = [entry.reasons.cloned(), theirs];
        if here == 1 {
            reasons.swap(0, 1);
        }
        let channels = Channels::new(self.setups[here]);
        let draw = channels.owner(places[here]).and_then(|(tag, channel)| {
            self.traces[here].draws.get(&(entry.day, tag, channel)).copied()
        });
        Some(Reason {
            side: found.side,
            day: entry.day,
            what: entry.what.clone(),
            instead: against.map(|against| against.what.clone()),
            reasons,
            draw,
        })
    }

    /// The reasons of a channel in the step of a day, whether it fired or not.
    fn hazard(&self, side: usize, channel: usize, day: i32) -> Option<Reasons> {
        let setup = self.setups[side];
        let step = setup.frame.timeline.days.iter().position(|&end| end >= day)?.checked_sub(1)?;
        let (tag, channel) = Channels::new(setup).owner(channel)?;
        traced(setup, self.trial, Trace::probing(step, tag, channel)).ok()?.0.probed
    }
}

/// Runs a pair of a contrast.
pub(super) fn pair<'a>(other: &Other<'a>, trial: u32) -> Option<Pair<'a>> {
    Pair::run([other.base.0, other.setup.0], other.pairing, trial).ok()
}

fn traced(setup: &Setup, trial: u32, mut trace: Trace) -> Result<(Trace, Record), String> {
    let mut simulator = Simulator::new(setup);
    simulator.keep_log();
    simulator.run_traced(trial, &mut trace)?;
    Ok((trace, simulator.record().clone()))
}

/// What of a trace stands in the record's log too, in its order.
fn entries(trace: &Trace) -> Vec<Entry<'_>> {
    let mut entries = Vec::new();
    for occurrence in &trace.occurrences {
        let is_event = occurrence.channel.kind == events::KIND;
        let day = occurrence.day;
        if is_event {
            let reasons = occurrence.reasons.as_ref();
            entries.push(Entry { day, what: &occurrence.channel, reasons });
        }
        for (n, made) in occurrence.effects.iter().enumerate().filter(|(_, made)| made.effective) {
            let Some(what) = &made.channel else { continue };
            let own = (n == 0 && !is_event).then_some(occurrence.reasons.as_ref()).flatten();
            entries.push(Entry { day, what, reasons: made.reasons.as_ref().or(own) });
        }
    }
    entries
}
