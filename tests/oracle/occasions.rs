//! When events have occasions, which of them they take, and what conditions come to hold.

use detente::model::entity::Entity;
use detente::model::event::Timing;

use super::conditions::Remembered;
use super::facts::{Event, Name};
use super::language::Node;
use super::{Effect, Firing, Oracle, tag};

fn who(event: &Event) -> Entity {
    Entity::named("event", event.name)
}

/// The number of the draw that places an event in its window: the last there is.
const PLACE: u32 = (1 << 24) - 1;

impl Oracle {
    fn occasion(&mut self, day: i32, event: &'static Event) {
        let channel = ("event", event.name.to_owned());
        let effect = Effect::Occasion(event);
        self.due.push(Firing { day, tag: tag::EVENTS, kind: 0, channel, effect });
    }

    /// Dates and windows.
    pub fn dated_events(&mut self, due: impl Fn(i32) -> bool) {
        for event in &self.facts.events {
            let day = match event.timing {
                Timing::Day(day) => day,
                Timing::Window(first, last) => {
                    let u = self.chance.number(tag::EVENTS, who(event), PLACE);
                    (first..=last).nth((u * f64::from(last - first + 1)) as usize).expect("a day")
                }
                _ => continue,
            };
            if due(day) {
                self.occasion(day, event);
            }
        }
    }

    pub fn random_events(&mut self) {
        for event in &self.facts.events {
            let Timing::Rate(rate) = event.timing else { continue };
            for share in self.chance.each(tag::EVENTS, who(event), rate * self.facts.dt) {
                let day = self.day(share);
                self.occasion(day, event);
            }
        }
    }

    /// On the day from which an event may happen, its condition is looked at.
    pub fn looks(&mut self, within: impl Fn(i32) -> bool) {
        for event in &self.facts.events {
            if event.condition.is_some() && within(event.from) {
                let channel = ("look", event.name.to_owned());
                let effect = Effect::Look;
                self.due.push(Firing { day: event.from, tag: u32::MAX, kind: 0, channel, effect });
            }
        }
    }

    /// Whether an event takes an occasion it has now.
    pub fn takes(&mut self, event: &Event) -> bool {
        // The n-th occasion has the n-th draw, whatever came of those before.
        let drawn = self.chance.choose(tag::EVENTS, who(event));
        let happened = |name: &Name| self.happened.contains_key(name);
        let rests = match self.happened.get(event.name) {
            Some(last) => event.once || self.moment - last < event.cooldown - 1e-9,
            None => false,
        };
        let excluded = self.facts.events.iter().any(|other| {
            let exclude =
                other.excludes.contains(&event.name) || event.excludes.contains(&other.name);
            exclude && happened(&other.name)
        });
        let takes = drawn < event.probability
            && event.from <= self.day
            && self.day <= event.until
            && event.requires.iter().all(happened)
            && !excluded
            && !rests;
        if takes {
            self.happened.insert(event.name, self.moment);
        }
        takes
    }

    /// Looks at the world: what conditions remember, and events whose condition comes to hold.
    pub fn look(&mut self, step_date: bool) {
        loop {
            self.remember(step_date);
            let looked_at = |event: &&Event| {
                event.condition.as_ref().is_some_and(|c| step_date || !c.on_step_dates())
            };
            let events: Vec<&'static Event> = self.facts.events.iter().filter(looked_at).collect();
            let holds = |event: &Event, oracle: &Self| {
                let in_time = event.from <= oracle.day && oracle.day <= event.until;
                in_time && oracle.holds(event.condition.as_ref().expect("it was looked at"))
            };
            for event in &events {
                if !holds(event, self) {
                    self.held.remove(event.name);
                }
            }
            let comes =
                |event: &&&'static Event| holds(event, self) && !self.held.contains(event.name);
            let Some(event) = events.iter().find(comes) else { return };
            self.held.insert(event.name);
            if self.takes(event) {
                self.happens(event);
            }
        }
    }

    /// `ever` and `since`, each at its own moments, those within others first.
    fn remember(&mut self, step_date: bool) {
        let mut inner: Vec<(Name, &'static Node)> = Vec::new();
        for condition in self.facts.events.iter().filter_map(|event| event.condition.as_ref()) {
            condition.parts(&mut |part| {
                if let Node::Call("ever" | "since", given, _, text) = part {
                    inner.push((*text, &given[0]));
                }
            });
        }
        for (text, node) in inner {
            if !step_date && node.on_step_dates() {
                continue;
            }
            let (holds, moment) = (self.holds(node), self.moment);
            let Remembered { held, since } = self.remembered.entry(text).or_default();
            if holds && !*held {
                *since = Some(moment);
            }
            *held = holds;
        }
    }

    pub fn happens(&mut self, event: &'static Event) {
        *self.counts.entry(("event", event.name.to_owned())).or_default() += 1;
        event.acts.iter().for_each(|act| self.make((None, act.clone())));
    }
}
