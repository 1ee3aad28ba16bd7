//! Looking at the world after a change and on step dates: what is remembered, what is answered, and
//! which conditions have come to hold.

use super::Simulator;
use crate::engine::inputs::Inputs;
use crate::engine::record::answers;
use crate::engine::record::relations::versions;
use crate::engine::streams::Streams;
use crate::engine::trace::Trace;
use crate::model::event::{Event, Timing};
use crate::model::expression::{Facts, Moments, Tracked, note};
use crate::model::ids::EventId;
use crate::model::occasions::Occasions;
use crate::model::process::{Effect, Firing, Tag};
use crate::model::processes::events;
use crate::model::world::World;
use crate::scenario::setup::Setup;

/// The days of a step on which something is asked for the first time: looks, each after all that
/// happens on its day.
pub(super) fn due(setup: &Setup, step: usize) -> impl Iterator<Item = Firing> {
    let days = &setup.frame.timeline.days;
    let (from, to) = (days[step], days[step + 1]);
    let due = setup.looks.iter().filter(move |&&day| from < day && day < to);
    due.map(|&day| Firing { day, tag: LAST, channel: 0, effect: Effect::Look })
}

/// The tag of a look: after all processes.
const LAST: Tag = Tag(u32::MAX);

/// The most events that conditions may set off on one day.
const MOST_EVENTS: u32 = 10_000;

/// What expressions may read.
fn facts<'a>(
    inputs: &'a Inputs,
    world: &'a World,
    (occasions, counts, tracked): (&'a Occasions, &'a [u32], &'a [Tracked]),
    (step, day): (usize, i32),
) -> Facts<'a> {
    Facts {
        frame: &inputs.frame,
        world,
        day,
        now: inputs.frame.timeline.moment(step, day),
        fired: occasions.fired(),
        counts,
        quantities: &inputs.quantities,
        tracked,
    }
}

impl Simulator<'_> {
    /// Which expressions have to be looked at after a firing of this day: all on a day from which any of
    /// them counts, and else those that read what has changed.
    pub(super) fn moments_after(&mut self, effect: Effect, day: i32) -> Moments {
        let versions = versions(&self.next);
        let before = std::mem::replace(&mut self.versions, versions);
        #[cfg(test)]
        if self.thorough {
            return Moments::Changes;
        }
        let begins = || self.setup.looks.binary_search(&day).is_ok();
        let changed = before != versions || matches!(effect, Effect::Event(_)) || begins();
        if changed { Moments::Changes } else { Moments::Firings }
    }

    /// Looks at the coming world, and adds to what is gathered over step dates.
    pub(super) fn look(
        &mut self,
        (step, day, moments): (usize, i32, Moments),
        streams: &mut Streams,
        trace: Option<&mut Trace>,
    ) -> Result<(), String> {
        self.look_about((step, day, moments), streams, trace)?;
        self.answer_date(step, day, moments);
        Ok(())
    }

    /// Looks at the coming world: answers outcomes, and lets events happen whose conditions have
    /// come to hold, one after the other, as each may change what the next one sees.
    pub(super) fn look_about(
        &mut self,
        (step, day, moments): (usize, i32, Moments),
        streams: &mut Streams,
        mut trace: Option<&mut Trace>,
    ) -> Result<(), String> {
        self.answer(step, day, moments);
        // What an event does may change anything.
        let mut now = moments;
        for _ in 0..MOST_EVENTS {
            let Some(firing) = self.condition_met((step, day, now), streams) else {
                return Ok(());
            };
            now = Moments::Changes.max(moments);
            if let Some(trace) = trace.as_deref_mut() {
                trace.begin(self.setup, None, &firing);
            }
            self.carry_out(step, &firing, streams, trace.as_deref_mut())?;
            self.answer(step, day, now);
        }
        Err(format!("more than {MOST_EVENTS} events set each other off on one day"))
    }

    /// The next event that takes the occasion of its condition having come to hold. Every condition
    /// is looked at: one that no longer holds can come to hold again.
    fn condition_met(
        &mut self,
        (step, day, now): (usize, i32, Moments),
        streams: &mut Streams,
    ) -> Option<Firing> {
        let mut met = None;
        for n in 0..self.inputs.frame.events.len() {
            let Event { timing: Timing::When(condition), terms, .. } = &self.inputs.frame.events[n]
            else {
                continue;
            };
            if condition.moments > now {
                continue;
            }
            // A condition that has held before the event may happen comes to hold with that day.
            let holds = terms.may_on(day) && condition.truth.holds(&self.facts(step, day));
            let event = EventId::new(n);
            if holds && met.is_some() {
                // Its turn comes when it has been seen what the one before it does.
                continue;
            }
            if self.occasions.comes_to_hold(event, holds) {
                let effect = Effect::Event(event);
                let firing = Firing { day, tag: events::ABOUT.tag, channel: n, effect };
                met = self.happens(step, &firing, streams).then_some(firing);
            }
        }
        met
    }

    fn facts(&self, step: usize, day: i32) -> Facts<'_> {
        facts(
            &self.inputs,
            &self.next,
            (&self.occasions, &self.record.counts, &self.tracked),
            (step, day),
        )
    }

    /// Notes what `ever` and `since` are to remember, and answers outcomes as the world stands.
    fn answer(&mut self, step: usize, day: i32, moments: Moments) {
        let Self { setup, inputs, next, occasions, tracked, record, .. } = self;
        let seen = facts(inputs, next, (occasions, &record.counts, &[]), (step, day));
        note(&setup.memory.trackers, tracked, &seen, moments);
        let seen = Facts { tracked, ..seen };
        answers::look(&setup.outcomes, &mut record.answers, &seen, moments);
    }

    /// Adds to the outcomes that gather numbers over step dates, once what happens on the date has.
    fn answer_date(&mut self, step: usize, day: i32, moments: Moments) {
        if moments == Moments::StepDates {
            let Self { setup, inputs, next, occasions, tracked, record, .. } = self;
            let seen = facts(inputs, next, (occasions, &record.counts, tracked), (step, day));
            answers::gather(&setup.outcomes, &mut record.answers, &seen);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::trial::Simulator;
    use crate::scenario::{parse, setup::Setup};

    const FLAGSHIP: &str = include_str!("../../../scenarios/russia-north-korea-2024.toml");

    /// Truths and numbers of every word that reads what can change.
    const TRUTHS: [&str; 24] = [
        "at_war(RUS, UKR)",
        "at_war(USA)",
        "bound(RUS, PRK, defence)",
        "bound(CHN, RUS, non-aggression)",
        "owes(PRK, RUS, defence)",
        "pledged(RUS, PRK, consultation)",
        "sanctioned(PRK, by = USA)",
        "sanctioned(CHN)",
        "warned(CHN, by = USA)",
        "supplied(RUS, by = PRK)",
        "supplied(UKR)",
        "signed('comprehensive-partnership')",
        "in_force('comprehensive-partnership')",
        "member(PRK, 'comprehensive-partnership')",
        "fired('north-korean-troops')",
        "ever(warned(RUS, by = JPN))",
        "any(s: at_war(s, USA))",
        "all(s: s == USA or not sanctioned(s, by = USA))",
        "since(bound(USA, KOR, consultation)) > 0.3",
        "since(warned(PRK, by = USA)) < 0.05",
        "times('warning') >= 40",
        "times('dispute', 'RUS>UKR') >= 1",
        "count(s: sanctioned(RUS, by = s)) >= 9",
        "isolation(PRK) < 0.6 and warned(PRK)",
    ];

    /// The flagship without its variants, with two outcomes and an event for each of them.
    fn setup() -> Setup {
        let (world, _) = FLAGSHIP.split_once("[variant.").expect("it has variants");
        let mut text = world.to_owned();
        for (n, truth) in TRUTHS.iter().enumerate() {
            text += &format!(
                "\n[outcomes.o{n}]\never = \"{truth}\"\n\n\
                 [outcomes.h{n}]\nholds = \"{truth}\"\nat = 2025-05-01\n\n\
                 [events.e{n}]\nwhen = \"{truth}\"\nactions = [{{ warn = \"IRN\", from = \"UKR\" }}]\n"
            );
        }
        parse(&text, None).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    fn answers(simulator: &Simulator<'_>) -> impl Iterator<Item = (bool, Option<i32>)> {
        simulator.record().answers.iter().map(|answer| (answer.yes, answer.first_day))
    }

    #[test]
    fn looking_only_where_something_may_have_changed_misses_nothing() {
        let setup = setup();
        let (mut usual, mut thorough) = (Simulator::new(&setup), Simulator::new(&setup));
        thorough.thorough = true;
        for trial in 0..60 {
            usual.run(trial).unwrap();
            thorough.run(trial).unwrap();
            for (n, (one, two)) in answers(&usual).zip(answers(&thorough)).enumerate() {
                assert_eq!(one, two, "trial {trial}, {}", setup.outcomes[n].name);
            }
            assert_eq!(usual.record().counts, thorough.record().counts, "trial {trial}");
            assert_eq!(usual.record().first_day, thorough.record().first_day, "trial {trial}");
        }
    }
}
